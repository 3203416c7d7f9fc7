#include "app.h"
#include "call.h"
#include "depfile.h"
#include "expected.h"
#include "input.h"
#include "output.h"
#include "side.h"
#include "verbs.h"
#include "workspace.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The object or file that KIND/NAME likely meant, as the end of a complaint. */
static void complain_of_name(const struct hd_model *model, const char *only)
{
    size_t n = hd_manifest_count(model), n_files = hd_file_count(model), n_names = 0, kind = strcspn(only, "/");
    const char **names = grow(NULL, (n + n_files + 1) * sizeof *names), *nearest;
    struct hd_generate_options options = {.size = sizeof options, .n_only = 1};
    char *kind_alone = grow(NULL, kind + 1);
    const char *kinds[1] = {kind_alone};

    memcpy(kind_alone, only, kind);
    kind_alone[kind] = '\0';
    options.only = kinds;
    for (size_t i = 0; i < n; i++)
        if (hd_manifest_is_selected(hd_manifest_at(model, i), &options))
            names[n_names++] = hd_manifest_at(model, i)->name;
    for (size_t i = 0; i < n_files; i++)
        if (hd_file_is_selected(hd_file_at(model, i), &options) && strchr(hd_file_at(model, i)->path, '/'))
            names[n_names++] = strchr(hd_file_at(model, i)->path, '/') + 1;
    nearest = only[kind] ? hd_did_you_mean(only + kind + 1, names, n_names) : NULL;
    complain(EXIT_WRONG_CALL, "--only %s: the model has no such %s%s%s%s%s%s", only, strchr(only, '.') ? "file" : "object",
             nearest ? "; did you mean " : "", nearest ? kind_alone : "", nearest ? "/" : "", nearest ? nearest : "", nearest ? "?" : "");
    free(kind_alone);
    free(names);
}

/* How many manifests and files the options mean; `*ret_file` is one of the files. */
static size_t count_selected(const struct hd_model *model, const struct hd_generate_options *options, size_t *ret_n_files, size_t *ret_file)
{
    size_t n = 0;

    *ret_n_files = *ret_file = 0;
    for (size_t i = 0; i < hd_manifest_count(model); i++)
        n += hd_manifest_is_selected(hd_manifest_at(model, i), options) != 0;
    for (size_t i = 0; i < hd_file_count(model); i++)
        if (hd_file_is_selected(hd_file_at(model, i), options)) {
            *ret_file = i;
            ++*ret_n_files;
        }
    return n;
}

/* Says which choices choose nothing. A kind may be absent from a model; an object that is named must be there. */
static int check_only(const struct call *call, const struct hd_model *model)
{
    int status = EXIT_FINE;

    for (size_t k = 0; k < call->n_only; k++) {
        struct hd_generate_options options = {.size = sizeof options, .only = &call->only[k], .n_only = 1};
        size_t n_files, file;

        if (count_selected(model, &options, &n_files, &file) || n_files)
            continue;
        complain_of_name(model, call->only[k]);
        if (strchr(call->only[k], '/'))
            status = EXIT_WRONG_CALL;
    }
    return status;
}

/* A stream takes manifests, or one file that is none. */
static enum hd_status write_stream(struct input *input, const struct hd_generate_options *options, size_t n_files, size_t file,
                                   struct output *output)
{
    enum hd_status status;

    if (!n_files || !options->n_only)
        return hd_generate(input->model, options, input->diagnostics, output_sink, output);
    status = hd_check(input->model, input->diagnostics);
    return status == HD_OK ? hd_file_write(input->model, file, output_sink, output) : status;
}

static int generate_stream(const struct call *call, struct input *input, const struct hd_generate_options *options)
{
    /* Not on the stack, where its buffer would push all that is called onto pages that nobody has touched yet. */
    static struct output output;
    size_t n_files, file, n_manifests = count_selected(input->model, options, &n_files, &file);
    int status, closed;

    if (options->n_only && n_files && n_files + n_manifests > 1)
        return complain(EXIT_WRONG_CALL,
                        "--only chooses %zu manifests and %zu other files; write them to a folder with -o DIR/, or choose one file",
                        n_manifests, n_files);
    status = output_open(&output, call->output);
    if (status)
        return status;
    status = status_of(input, write_stream(input, options, n_files, file, &output));
    closed = output_close(&output, status != EXIT_FINE);
    return closed ? closed : status;
}

static void say_written(const struct call *call, const struct hd_model *model, const struct hd_generate_options *options, bool folder)
{
    size_t n_files, file, n = count_selected(model, options, &n_files, &file);
    const char *where = call->output && strcmp(call->output, "-") != 0 ? call->output : "standard output";

    if (n_files && (folder || options->n_only))
        complain(EXIT_FINE, "%s: %zu manifests and %zu other files written to %s", app_of(model)->name, n, n_files, where);
    else
        complain(EXIT_FINE, "%s: %zu manifests written to %s", app_of(model)->name, n, where);
}

/* A name without a dot that is not there yet means a folder when there is more to write than manifests. */
static bool means_folder(const struct call *call, const struct hd_model *model, const struct hd_generate_options *options)
{
    size_t n_files, file;

    count_selected(model, options, &n_files, &file);
    return n_files && !options->n_only && output_may_be_folder(call->output);
}

static int check_output(const struct call *call, bool folder)
{
    if (folder && call->format == HD_FORMAT_LIST)
        return complain(EXIT_WRONG_CALL, "--format list writes one object, but -o %s is a folder", call->output);
    if (call->force && !folder)
        return complain(EXIT_WRONG_CALL, "--force has an effect only on folders: give -o DIR/");
    if ((call->check || call->outputs) && !folder)
        return complain(EXIT_WRONG_CALL, "--%s needs a folder: give -o DIR/", call->check ? "check" : "outputs");
    if ((call->check || call->outputs) && call->n_only)
        return complain(EXIT_WRONG_CALL, "--%s needs the whole folder: remove --only", call->check ? "check" : "outputs");
    if (call->depfile && (!call->output || !strcmp(call->output, "-")))
        return complain(EXIT_WRONG_CALL, "--depfile needs a file or folder that depends on the model: give -o");
    if (call->n_with && !folder)
        return complain(EXIT_WRONG_CALL, "--with needs a folder: give -o DIR/, or --only with the path of one file");
    return EXIT_FINE;
}

static int generate(const struct call *call, struct input *input, const struct hd_generate_options *options, bool folder)
{
    int status;

    if (call->check)
        return expected_check(call, input, options);
    if (call->outputs)
        return expected_list(call, input, options);
    if (folder)
        status = status_of(input, hd_generate_folder(input->model, options, input->diagnostics, call->output));
    else
        status = generate_stream(call, input, options);
    return !status && call->depfile ? depfile_write(call, input, folder) : status;
}

static struct hd_generate_options options_of(const struct call *call, const struct hd_cluster *against)
{
    return (struct hd_generate_options){.size = sizeof(struct hd_generate_options),
                                        .format = call->format,
                                        .only = call->only,
                                        .n_only = call->n_only,
                                        .force = call->force,
                                        .with = call->with,
                                        .n_with = call->n_with,
                                        .against = against};
}

/* Checks the models of all environments, before anything is written. */
static int check_environments(struct input *input, const char *const *names, size_t n)
{
    int worst = EXIT_FINE;

    for (size_t i = 0; i < n && worst <= EXIT_WRONG_MODEL; i++) {
        int status = input_load(input, names[i]);

        if (!status)
            status = input_resolve(input);
        if (!status)
            status = status_of(input, hd_check(input->model, input->diagnostics));
        worst = status > worst ? status : worst;
    }
    return worst;
}

/* Writes the model of one environment to a folder of its own. */
static int generate_environment(const struct call *call, const struct input *input, const struct variant *variant, const char *name)
{
    struct hd_generate_options options = options_of(call, NULL);
    struct input one = *input;
    struct call of_one = *call;
    char *folder = grow(NULL, strlen(call->output) + strlen(name) + 2);
    int status;

    sprintf(folder, "%s%s%s", call->output, call->output[strlen(call->output) - 1] == '/' ? "" : "/", name);
    of_one.output = folder;
    one.model = variant->model;
    one.document = variant->document;
    status = call->n_only ? check_only(call, one.model) : EXIT_FINE;
    if (!status)
        status = generate(&of_one, &one, &options, true);
    if (!status && call->verbose && !call->check && !call->outputs)
        say_written(&of_one, one.model, &options, true);
    free(folder);
    return status;
}

static int generate_environments(const struct call *call, struct input *input)
{
    const char *const *names;
    size_t n;
    int status = input_load(input, NULL), worst = EXIT_FINE;

    if (!status)
        status = input_environments(input, &names, &n);
    if (status)
        return status;
    if (!n)
        return complain(EXIT_WRONG_CALL, "--environments: the model has no environments");
    status = check_environments(input, names, n);
    if (status)
        return status;
    if (!call->check && !call->outputs && mkdir(call->output, 0777) && errno != EEXIST)
        return complain(EXIT_UNWRITTEN, "%s cannot be made: %s", call->output, strerror(errno));
    for (size_t i = 0; i < n && worst != EXIT_UNWRITTEN; i++) {
        /* The first that was loaded is the model without an environment, the last stands in the input itself. */
        struct variant last = {input->document, input->model};

        status = generate_environment(call, input, i + 1 < n ? &input->before[i + 1] : &last, names[i]);
        worst = status > worst ? status : worst;
    }
    return worst;
}

static int run_for_environments(const struct call *call)
{
    struct input input;
    int status;

    if (!call->output || !strcmp(call->output, "-"))
        return complain(EXIT_WRONG_CALL, "--environments writes folders: give -o DIR/");
    if (call->environment)
        return complain(EXIT_WRONG_CALL, "--environments writes all of them: remove --environment %s", call->environment);
    if (call->depfile)
        return complain(EXIT_WRONG_CALL, "--depfile is for one output: write each environment with a call of its own, with --environment");
    status = check_output(call, true);
    if (status)
        return status;
    status = input_read(&input, call, NULL);
    if (!status)
        status = generate_environments(call, &input);
    return input_close(&input, status);
}

static int generate_against(const struct call *call, const struct hd_cluster *against)
{
    struct hd_generate_options options = options_of(call, against);
    bool streams = !call->output || !strcmp(call->output, "-");
    bool folder = !streams && output_is_folder(call->output);
    struct input input;
    int status;

    status = folder || streams ? check_output(call, folder) : EXIT_FINE;
    if (status)
        return status;
    status = input_open(&input, call);
    if (!status && !folder && !streams) {
        folder = means_folder(call, input.model, &options);
        status = check_output(call, folder);
    }
    if (!status && call->n_only) {
        status = status_of(&input, hd_check(input.model, input.diagnostics));
        if (!status)
            status = check_only(call, input.model);
    }
    if (!status)
        status = generate(call, &input, &options, folder);
    if (!status && call->verbose && !call->check && !call->outputs)
        say_written(call, input.model, &options, folder);
    return input_close(&input, status);
}

int run_generate(const struct call *call)
{
    struct hd_generate_options options = options_of(call, NULL);
    struct side against;
    int status;

    if (workspace_is_meant(call))
        return workspace_generate(call, &options);
    if (call->environments && call->against)
        return complain(EXIT_WRONG_CALL, "--against: each environment has its own; generate them one by one with --environment");
    if (call->environments)
        return run_for_environments(call);
    if (!call->against)
        return generate_against(call, NULL);
    status = manifests_open(&against, call, call->against, "--against");
    status = status ? status : generate_against(call, against.cluster);
    return side_close(&against, status);
}
