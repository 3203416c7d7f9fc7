/* The verb diff: compares two models, each from files or from a revision of git. */
#define _POSIX_C_SOURCE 200809L
#include "call.h"
#include "input.h"
#include "output.h"
#include "verbs.h"

#include <string.h>
#include <unistd.h>

/* A side is a file that is named, or the files of the call, at a revision where that is given. */
struct side {
    struct call call;
    const char *file;
    struct input input;
};

/* Opens and checks one side. Its warnings are for validate; here they would come twice. */
static int open_side(struct side *side, const struct call *call, const char *operand)
{
    const char *revision = NULL;
    int status;

    side->call = *call;
    side->call.quiet = true;
    if (operand && strcmp(operand, "-") != 0 && access(operand, F_OK))
        revision = operand;
    else if (operand) {
        side->file = operand;
        side->call.files = &side->file;
        side->call.n_files = 1;
    }
    status = input_open_at(&side->input, &side->call, revision);
    return status ? status : status_of(&side->input, hd_check(side->input.model, side->input.diagnostics));
}

static enum hd_diff_format format_of(const struct call *call)
{
    const char *word = call->format_word ? call->format_word : "text";

    return !strcmp(word, "json") ? HD_DIFF_JSON : !strcmp(word, "markdown") ? HD_DIFF_MARKDOWN : HD_DIFF_TEXT;
}

static int write_diff(const struct call *call, const struct hd_diff *diff)
{
    struct output output;
    int status = output_open(&output, call->output);

    if (status)
        return status;
    hd_diff_write(diff, format_of(call), output_sink, &output);
    status = output_close(&output, false);
    return status || !call->fail_on || hd_diff_worst(diff) < call->fail_on ? status : EXIT_DRIFT;
}

static int compare(const struct call *call, struct side *before, struct side *after)
{
    const char *old = hd_model_app(before->input.model)->name, *new = hd_model_app(after->input.model)->name;
    struct hd_diff *diff;
    int status;

    if (strcmp(old, new) != 0)
        return complain(EXIT_WRONG_CALL, "%s and %s are two applications; diff compares two states of one", old, new);
    status = status_of(&after->input, hd_diff(before->input.model, after->input.model, after->input.diagnostics, &diff));
    if (status)
        return status;
    status = write_diff(call, diff);
    hd_diff_free(diff);
    return status;
}

int run_diff(const struct call *call)
{
    struct side before, after;
    int status, of_after;

    if (call->n_operands > 1 && call->n_files && !access(call->operands[1], F_OK))
        return complain(EXIT_WRONG_CALL, "NEW is %s, and -f names %s; give one of them", call->operands[1], call->files[0]);
    status = open_side(&before, call, call->operands[0]);
    of_after = open_side(&after, call, call->n_operands > 1 ? call->operands[1] : NULL);
    status = status ? status : of_after;
    if (!status)
        status = compare(call, &before, &after);
    of_after = input_close(&after.input, status);
    return input_close(&before.input, of_after);
}
