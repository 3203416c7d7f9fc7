#include "call.h"
#include "input.h"
#include "output.h"
#include "verbs.h"

#include <string.h>

/* HD1234, hd1234 or 1234; 0 when it is no code. */
static int code_of(const char *text)
{
    int code = 0;

    if ((text[0] == 'H' || text[0] == 'h') && (text[1] == 'D' || text[1] == 'd'))
        text += 2;
    if (strlen(text) != 4 || strspn(text, "0123456789") != 4)
        return 0;
    for (; *text; text++)
        code = code * 10 + (*text - '0');
    return code;
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

static int explain_code(const struct call *call, int number)
{
    const struct hd_code_info *code = hd_code_info(number);
    struct output output;
    int status;

    if (!code)
        return complain(EXIT_WRONG_CALL, "there is no code HD%04d\nhybridgen list codes shows them", number);
    status = output_open(&output, call->output);
    if (status)
        return status;
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
    explained = hd_explain(input.model, path, output_sink, &output);
    status = explained == HD_BAD_CALL ? complain(EXIT_WRONG_CALL, "the complete model has nothing at %s", path) : status_of(&input, explained);
    closed = output_close(&output, status != EXIT_FINE);
    return input_close(&input, closed ? closed : status);
}

int run_explain(const struct call *call)
{
    const char *operand = call->n_operands ? call->operands[0] : NULL;
    int code = operand ? code_of(operand) : 0;

    return code ? explain_code(call, code) : explain_model(call, operand);
}
