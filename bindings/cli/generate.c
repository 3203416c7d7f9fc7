#include "call.h"
#include "input.h"
#include "output.h"
#include "verbs.h"

#include <stdlib.h>
#include <string.h>

/* The object that KIND/NAME likely meant, as the end of a complaint. */
static void complain_of_name(const struct hd_model *model, const char *only)
{
    size_t n = hd_manifest_count(model), n_names = 0, kind = strcspn(only, "/");
    const char **names = grow(NULL, (n + 1) * sizeof *names), *nearest;
    struct hd_generate_options options = {.size = sizeof options, .n_only = 1};
    char *kind_alone = grow(NULL, kind + 1);
    const char *kinds[1] = {kind_alone};

    memcpy(kind_alone, only, kind);
    kind_alone[kind] = '\0';
    options.only = kinds;
    for (size_t i = 0; i < n; i++)
        if (hd_manifest_is_selected(hd_manifest_at(model, i), &options))
            names[n_names++] = hd_manifest_at(model, i)->name;
    nearest = only[kind] ? hd_did_you_mean(only + kind + 1, names, n_names) : NULL;
    complain(EXIT_WRONG_CALL, "--only %s: the model yields no such object%s%s%s%s%s", only, nearest ? "; did you mean " : "",
             nearest ? kind_alone : "", nearest ? "/" : "", nearest ? nearest : "", nearest ? "?" : "");
    free(kind_alone);
    free(names);
}

/* Says which choices choose nothing. A kind may be absent from a model; an object that is named must be there. */
static int check_only(const struct call *call, const struct hd_model *model)
{
    int status = EXIT_FINE;

    for (size_t k = 0; k < call->n_only; k++) {
        struct hd_generate_options options = {.size = sizeof options, .only = &call->only[k], .n_only = 1};
        bool found = false;

        for (size_t i = 0; i < hd_manifest_count(model) && !found; i++)
            found = hd_manifest_is_selected(hd_manifest_at(model, i), &options);
        if (found)
            continue;
        complain_of_name(model, call->only[k]);
        if (strchr(call->only[k], '/'))
            status = EXIT_WRONG_CALL;
    }
    return status;
}

static int generate_stream(const struct call *call, struct input *input, const struct hd_generate_options *options)
{
    struct output output;
    int status = output_open(&output, call->output), closed;

    if (status)
        return status;
    status = status_of(input, hd_generate(input->model, options, input->diagnostics, output_sink, &output));
    closed = output_close(&output, status != EXIT_FINE);
    return closed ? closed : status;
}

static void say_written(const struct call *call, const struct hd_model *model, const struct hd_generate_options *options)
{
    size_t n = 0;

    for (size_t i = 0; i < hd_manifest_count(model); i++)
        n += hd_manifest_is_selected(hd_manifest_at(model, i), options) != 0;
    complain(EXIT_FINE, "%s: %zu manifests written to %s", hd_model_app(model)->name, n,
             call->output && strcmp(call->output, "-") != 0 ? call->output : "standard output");
}

int run_generate(const struct call *call)
{
    struct hd_generate_options options = {
        .size = sizeof options, .format = call->format, .only = call->only, .n_only = call->n_only, .force = call->force};
    bool folder = call->output && output_is_folder(call->output);
    struct input input;
    int status;

    if (folder && call->format == HD_FORMAT_LIST)
        return complain(EXIT_WRONG_CALL, "--format list writes one object, and -o %s is a folder", call->output);
    if (call->force && !folder)
        return complain(EXIT_WRONG_CALL, "--force is for folders");
    status = input_open(&input, call);
    if (!status && call->n_only) {
        status = status_of(&input, hd_check(input.model, input.diagnostics));
        if (!status)
            status = check_only(call, input.model);
    }
    if (!status && folder)
        status = status_of(&input, hd_generate_folder(input.model, &options, input.diagnostics, call->output));
    else if (!status)
        status = generate_stream(call, &input, &options);
    if (!status && call->verbose)
        say_written(call, input.model, &options);
    return input_close(&input, status);
}
