#define _POSIX_C_SOURCE 200809L
#include "backward/explain.h"
#include "call.h"
#include "input.h"
#include "output.h"
#include "verbs.h"
#include "workspace.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *digits_of(const char *text)
{
    bool has_prefix = (text[0] == 'H' || text[0] == 'h') && (text[1] == 'D' || text[1] == 'd');

    return has_prefix ? text + 2 : text;
}

/* HD1234, hd1234 or 1234. */
static bool is_code(const char *text)
{
    const char *digits = digits_of(text);

    return *digits && digits[strspn(digits, "0123456789")] == '\0';
}

static void print_indented(struct output *output, const char *title, const char *text)
{
    output_print(output, "\n%s:\n", title);
    while (*text) {
        size_t length = strcspn(text, "\n");

        output_text(output, length ? "    " : "");
        output_sink(output, text, length);
        output_text(output, "\n");
        text += length + (text[length] == '\n');
    }
}

static int explain_code(const struct call *call, const char *text)
{
    int number = strlen(digits_of(text)) == 4 ? atoi(digits_of(text)) : 0;
    const struct hd_code_info *code = hd_code_info(number);
    struct output output;
    int status;

    if (!code)
        return complain(EXIT_WRONG_CALL, "there is no code %s\nhybridgen list codes shows them", text);
    status = output_open(&output, call->output);
    if (status)
        return status;
    if (call->format == HD_FORMAT_JSON) {
        code_as_json(&output, code);
        return output_close(&output, false);
    }
    output_print(&output, "HD%04d (%s): ", number, code->severity == HD_ERROR ? "error" : "warning");
    output_text(&output, code->what);
    output_text(&output, "\n");
    print_indented(&output, "Why", code->why);
    print_indented(&output, "Wrong", code->wrong);
    print_indented(&output, "Right", code->right);
    if (code->severity == HD_WARNING) {
        output_text(&output, "\nWhere it is meant, say so in the model, for the application or one service:\n");
        output_print(&output, "    silence: {HD%04d: \"why this is right here\"}\n", number);
    }
    return output_close(&output, false);
}

static int explain_model(const struct call *call, const char *path)
{
    struct input input;
    struct output output;
    int status = input_open(&input, call), closed;
    enum hd_status explained;

    if (!status)
        status = output_open(&output, call->output);
    if (status)
        return input_close(&input, status);
    explained = (call->format == HD_FORMAT_JSON ? hd_explain_json : hd_explain)(input.model, path, output_sink, &output);
    if (explained == HD_BAD_CALL && path && !access(path, F_OK))
        status = complain(EXIT_WRONG_CALL, "%s is a file: write %s:LINE to explain a line of a manifest, or name a model with -f", path, path);
    else if (explained == HD_BAD_CALL)
        status = complain(EXIT_WRONG_CALL, "the model has nothing at %s\nhybridgen explain shows all of it", path);
    else if (explained == HD_NO_MEMORY)
        status = status_of(&input, explained);
    closed = output_close(&output, status != EXIT_FINE);
    return input_close(&input, closed ? closed : status);
}

int run_explain(const struct call *call)
{
    const char *what = call->n_operands ? call->operands[0] : NULL;

    if (call->format == HD_FORMAT_LIST)
        return complain(EXIT_WRONG_CALL, "explain writes YAML, or with --format json JSON, one object a line; a List is for manifests");
    if (call->n_operands == 1 && is_code(what))
        return explain_code(call, what);
    if (manifest_is_meant(call))
        return explain_manifest(call);
    return workspace_is_meant(call) ? workspace_explain(call, what) : explain_model(call, what);
}
