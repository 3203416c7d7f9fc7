/* The verbs explain and list for a workspace. */
#include "app.h"
#include "call.h"
#include "characters.h"
#include "output.h"
#include "workspace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each value names its application first, for programs: the lines of one model, with a member more. */
struct naming {
    struct output *output;
    const char *name;
    bool is_inside; /* of a line */
};

static int write_named(void *user, const char *text, size_t length)
{
    struct naming *naming = user;

    for (size_t i = 0; i < length; i++) {
        if (!naming->is_inside && text[i] == '{') {
            output_json(naming->output, true, "application", naming->name);
            output_text(naming->output, ",");
        } else
            output_sink(naming->output, &text[i], 1);
        naming->is_inside = text[i] != '\n';
    }
    return naming->output->error;
}

static enum hd_status explain_one(const struct call *call, const struct input *input, size_t index, const char *path, struct output *output)
{
    const struct hd_model *model = hd_workspace_model(input->workspace, index);
    struct naming naming = {.output = output, .name = hd_workspace_name(input->workspace, index)};

    if (call->format == HD_FORMAT_JSON)
        return hd_explain_json(model, path, write_named, &naming);
    return hd_explain(model, path, output_sink, output);
}

/* One YAML document an application. */
static int explain_all(const struct call *call, const struct input *input, struct output *output)
{
    int status = EXIT_FINE;
    bool is_first = true;

    for (size_t i = 0; !status && i < hd_workspace_count(input->workspace); i++) {
        if (!hd_workspace_model(input->workspace, i))
            continue;
        if (call->format != HD_FORMAT_JSON && !is_first)
            output_text(output, "---\n");
        is_first = false;
        status = status_of(input, explain_one(call, input, i, NULL, output));
    }
    return status;
}

static int explain_path(const struct call *call, const struct input *input, const char *path, struct output *output)
{
    size_t length = strcspn(path, "/.[\"'"), found = workspace_find(input, path, length);
    const char *rest = path[length] == '/' && path[length + 1] ? path + length + 1 : NULL;
    enum hd_status status;

    if (path[length] && path[length] != '/')
        return complain(EXIT_WRONG_CALL, "explain %s: say which application it is of, as in APPLICATION/%s", path, path);
    if (found == hd_workspace_count(input->workspace))
        return workspace_complain(input, "explain", path, length);
    if (!hd_workspace_model(input->workspace, found))
        return complain(EXIT_WRONG_CALL, "explain: %.*s is known by its contract alone, which is %s", (int)length, path,
                        hd_workspace_file(input->workspace, found));
    status = explain_one(call, input, found, rest, output);
    if (status == HD_BAD_CALL)
        return complain(EXIT_WRONG_CALL, "the model of %.*s has nothing at %s\nhybridgen explain -f %s %.*s shows all of it", (int)length, path,
                        rest ? rest : "", input->file, (int)length, path);
    return status_of(input, status);
}

/* As with one model, what is wrong in the models is told beside what they say. */
int workspace_explain(const struct call *call, const char *path)
{
    struct input input;
    struct output output;
    int status = workspace_open(&input, call, call->files[0], call->environment), opened, closed;

    if (status > EXIT_WRONG_MODEL)
        return input_close(&input, status);
    opened = output_open(&output, call->output);
    if (opened)
        return input_close(&input, opened);
    opened = path ? explain_path(call, &input, path, &output) : explain_all(call, &input, &output);
    closed = output_close(&output, opened != EXIT_FINE);
    status = opened > status ? opened : status;
    return input_close(&input, closed > status ? closed : status);
}

static const char *state_of(const struct input *input, size_t index)
{
    if (hd_workspace_errors(input->workspace, index))
        return "wrong";
    return hd_workspace_model(input->workspace, index) ? "model" : "contract";
}

static void list_as_text(const struct input *input, struct output *output)
{
    size_t widest = 0;

    for (size_t i = 0; i < hd_workspace_count(input->workspace); i++) {
        const char *name = hd_workspace_name(input->workspace, i);

        widest = name && strlen(name) > widest ? strlen(name) : widest;
    }
    for (size_t i = 0; i < hd_workspace_count(input->workspace); i++) {
        const char *name = hd_workspace_name(input->workspace, i), *shown = name ? name : "?";
        size_t length = strlen(shown);

        /* The name of a model that is wrong may hold anything. */
        output_plain_text(output, shown);
        output_print(output, "%*s  %-8s  ", (int)(widest > length ? widest - length : 0), "", state_of(input, i));
        output_plain_text(output, hd_workspace_file(input->workspace, i));
        output_text(output, "\n");
    }
}

static void list_as_json(const struct input *input, struct output *output)
{
    for (size_t i = 0; i < hd_workspace_count(input->workspace); i++) {
        const struct hd_model *model = hd_workspace_model(input->workspace, i);
        const char *name = hd_workspace_name(input->workspace, i);

        output_json(output, true, "application", name);
        /* Without a model, only a contract that was read has a name. */
        output_json(output, false, "kind", model || !name ? "model" : "contract");
        output_json(output, false, "file", hd_workspace_file(input->workspace, i));
        output_json(output, false, "namespace", model ? app_of(model)->namespace_name : NULL);
        output_print(output, ",\"errors\":%zu}\n", hd_workspace_errors(input->workspace, i));
    }
}

int workspace_list(const struct call *call, struct output *output)
{
    struct input input;
    int status = workspace_open(&input, call, call->files[0], NULL);

    if (status <= EXIT_WRONG_MODEL)
        (call->format == HD_FORMAT_JSON ? list_as_json : list_as_text)(&input, output);
    return input_close(&input, status);
}
