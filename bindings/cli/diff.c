/* The verb diff: compares two models, environments of one, or manifests, each from files or from a revision of git. */
#define _POSIX_C_SOURCE 200809L
#include "call.h"
#include "diff_words.h"
#include "expect.h"
#include "input.h"
#include "output.h"
#include "side.h"
#include "verbs.h"
#include "workspace.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *word_of(const struct call *call)
{
    return call->format_word ? call->format_word : "text";
}

static void write_in_format(const struct call *call, const struct changes *changes, struct output *output)
{
    const char *word = word_of(call);

    if (!strcmp(word, "sarif"))
        write_diff_sarif(output, changes, 1, NULL, 0);
    else if (!strcmp(word, "html"))
        write_diff_html(output, changes);
    else
        write_diff_with_connections(output, changes, !strcmp(word, "json") ? HD_DIFF_JSON : !strcmp(word, "markdown") ? HD_DIFF_MARKDOWN : HD_DIFF_TEXT);
}

static int write_diff(const struct call *call, const struct changes *changes)
{
    struct output output;
    int status = output_open(&output, call->output);

    if (status)
        return status;
    write_in_format(call, changes, &output);
    status = output_close(&output, false);
    return status || !call->write_expect ? status : expect_write(call->write_expect, changes, 1);
}

static int show(const struct call *call, struct expect *expect, const struct hd_diff *diff, struct side *before, struct side *after)
{
    struct changes changes;
    int status;

    changes_begin(&changes, diff);
    changes.file = after->input.n_sources ? after->input.sources[0].name : after->file;
    changes.revisions[0] = before->input.revision;
    changes.revisions[1] = after->input.revision;
    status = changes_find_connections(&changes, before, after);
    if (!status)
        status = write_diff(call, &changes);
    if (!status && call->expect) {
        struct findings findings = {0};

        expect_judge(expect, &changes, &findings);
        status = expect_end(expect, call, &after->input, &findings);
    }
    changes_free(&changes);
    return status || !call->fail_on || hd_diff_worst(diff) < call->fail_on ? status : EXIT_DRIFT;
}

static int compare(const struct call *call, struct expect *expect, struct side *before, struct side *after)
{
    struct hd_diff_side old = side_given(before), new = side_given(after);
    struct hd_diff *diff;
    int status;

    if (call->environment && !old.model && !new.model)
        return complain(EXIT_WRONG_CALL, "--environment %s: neither OLD nor NEW is a model", call->environment);
    old.has_own_connections = true;
    status = status_of(&after->input, hd_diff_sides(&old, &new, after->input.diagnostics, &diff));
    if (status)
        return status;
    status = show(call, expect, diff, before, after);
    hd_diff_free(diff);
    return status;
}

/* Nothing is compared while the file of --expect has mistakes. */
static int open_expect(const struct call *call, struct expect *expect)
{
    struct findings findings = {0};
    int status = call->expect ? expect_read(expect, call->expect, &findings) : EXIT_FINE;
    const struct hd_source source = {.name = expect->file, .text = expect->text, .length = expect->length};

    findings_say(&findings, call, &source, 1);
    findings_free(&findings);
    return status;
}

/* Refuses two documents on one output, because the second would replace the first or follow it in the same file. */
static int check_outputs(const struct call *call)
{
    const char *output = call->output ? call->output : "-";

    if (call->expect && call->write_expect)
        return complain(EXIT_WRONG_CALL, "--expect and --write-expect exclude each other");
    if (call->write_expect && !strcmp(call->write_expect, output))
        return complain(EXIT_WRONG_CALL,
                        "the comparison and the file of --write-expect would both be written to %s\ngive one of them another file",
                        strcmp(output, "-") ? output : "standard output");
    return EXIT_FINE;
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
    return check_outputs(call);
}

static bool is_for_workspace(const struct call *call)
{
    for (size_t i = 0; i < call->n_operands; i++)
        if (workspace_is_file(call->operands[i]))
            return true;
    return workspace_is_meant(call);
}

static int run_for_workspaces(const struct call *call, struct expect *expect)
{
    const char *first = call->n_environments > 1 ? call->first_environment : call->environment;
    struct side before, after;
    int status, of_after;

    status = side_open_beside_workspace(&before, call, call->n_operands ? call->operands[0] : NULL, first);
    of_after = side_open_beside_workspace(&after, call, call->n_operands > 1 ? call->operands[1] : NULL, call->environment);
    if (status <= EXIT_WRONG_MODEL && of_after <= EXIT_WRONG_MODEL) {
        status = workspace_diff(call, expect, &before, &after);
        status = status ? status : of_after;
    } else
        status = status > of_after ? status : of_after;
    return workspace_diff_close(&before, &after, status);
}

int run_diff(const struct call *call)
{
    struct side before, after;
    struct expect expect = {0};
    int status = check_operands(call), of_after;

    if (!status)
        status = open_expect(call, &expect);
    if (!status && is_for_workspace(call))
        status = run_for_workspaces(call, &expect);
    if (status || is_for_workspace(call)) {
        expect_free(&expect);
        return status;
    }
    status = sides_open(&before, &after, call);
    if (!status)
        status = compare(call, &expect, &before, &after);
    expect_free(&expect);
    of_after = side_close(&after, status);
    return side_close(&before, of_after);
}
