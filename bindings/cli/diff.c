/* The verb diff: compares two models, environments of one, or manifests, each from files or from a revision of git. */
#define _POSIX_C_SOURCE 200809L
#include "call.h"
#include "input.h"
#include "output.h"
#include "side.h"
#include "verbs.h"
#include "workspace.h"

#include <string.h>
#include <unistd.h>

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
    struct hd_diff_side old = side_given(before), new = side_given(after);
    struct hd_diff *diff;
    int status;

    if (call->environment && !old.model && !new.model)
        return complain(EXIT_WRONG_CALL, "--environment %s: neither OLD nor NEW is a model", call->environment);
    status = status_of(&after->input, hd_diff_sides(&old, &new, after->input.diagnostics, &diff));
    if (status)
        return status;
    status = write_diff(call, diff);
    hd_diff_free(diff);
    return status;
}

static int check_operands(const struct call *call)
{
    if (call->n_operands > 1 && call->n_files && !access(call->operands[1], F_OK))
        return complain(EXIT_WRONG_CALL, "NEW is %s, and -f names %s; give one of them", call->operands[1], call->files[0]);
    if (call->n_environments > 2)
        return complain(EXIT_WRONG_CALL, "diff compares two environments, not %zu", call->n_environments);
    if (!call->n_operands && call->n_environments < 2)
        return complain(EXIT_WRONG_CALL, "diff needs OLD [NEW], or two environments as in -e staging -e production");
    for (size_t i = 0; !call->n_operands && i < call->n_files; i++)
        if (!strcmp(call->files[i], "-"))
            return complain(EXIT_WRONG_CALL, "standard input can be read only once, and both environments need the model");
    return EXIT_FINE;
}

static bool is_for_workspace(const struct call *call)
{
    for (size_t i = 0; i < call->n_operands; i++)
        if (workspace_is_file(call->operands[i]))
            return true;
    return workspace_is_meant(call) && call->n_operands < 2;
}

static int run_for_workspaces(const struct call *call)
{
    const char *first = call->n_environments > 1 ? call->first_environment : call->environment;
    struct side before, after;
    int status = side_open_beside_workspace(&before, call, call->n_operands ? call->operands[0] : NULL, first), of_after;

    of_after = side_open_beside_workspace(&after, call, call->n_operands > 1 ? call->operands[1] : NULL, call->environment);
    if (status <= EXIT_WRONG_MODEL && of_after <= EXIT_WRONG_MODEL) {
        status = workspace_diff(call, &before, &after);
        status = status ? status : of_after;
    } else
        status = status > of_after ? status : of_after;
    return workspace_diff_close(&before, &after, status);
}

int run_diff(const struct call *call)
{
    struct side before, after;
    int status = check_operands(call), of_after;

    if (status)
        return status;
    if (is_for_workspace(call))
        return run_for_workspaces(call);
    status = side_open(&before, call, call->n_operands ? call->operands[0] : NULL, call->n_environments > 1 ? call->first_environment : call->environment);
    of_after = side_open(&after, call, call->n_operands > 1 ? call->operands[1] : NULL, call->environment);
    status = status ? status : of_after;
    if (!status)
        status = compare(call, &before, &after);
    of_after = side_close(&after, status);
    return side_close(&before, of_after);
}
