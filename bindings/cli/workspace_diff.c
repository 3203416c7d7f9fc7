/* The verb diff for workspaces: application by application, and whose calls the change breaks. */
#define _POSIX_C_SOURCE 200809L
#include "call.h"
#include "characters.h"
#include "diff_words.h"
#include "expect.h"
#include "output.h"
#include "side.h"
#include "workspace.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BY_CONTRACT "known by its contract alone"

/* The comparison of an application: what differs, or why it is not compared. */
struct compared {
    const char *name, *why;
    struct hd_diff *diff;
    /* The manifests of a side that is a folder. */
    struct hd_cluster *clusters[2];
    /* The two sides; NULL for one that is manifests. */
    const struct hd_model *models[2];
    bool is_new, is_gone;
};

struct comparison {
    struct side *before, *after;
    /* No manifests, which an application is compared with that only one side has. */
    struct hd_cluster *nothing;
    struct compared *all;
    size_t n;
    /* Of each application what the formats show. */
    struct changes *changes;
    /* Of applications that have folders. */
    char **names;
    size_t n_names;
    enum hd_effect worst;
    /* The findings of the new side that are about both sides of a call, and that the old side does not have. */
    const struct hd_diagnostic **breaks;
    size_t n_breaks;
};

static bool is_between(const struct hd_diagnostic *diagnostic)
{
    static const int codes[] = {HD_CALL_WITHOUT_CONSENT, HD_NEIGHBOUR_UNKNOWN, HD_NEIGHBOUR_MESH, HD_HOST_SHARED, HD_OBJECT_SHARED, HD_NAMESPACE_SHARED};

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (diagnostic->code == codes[i])
            return true;
    return false;
}

/* The texts of a finding, without places: another line, or another folder, makes no new mistake of an old one. */
static bool has_finding(const struct hd_diagnostics *diagnostics, const struct hd_diagnostic *wanted)
{
    for (size_t i = 0; i < hd_diagnostics_count(diagnostics); i++) {
        const struct hd_diagnostic *one = hd_diagnostics_get(diagnostics, i);

        if (one->code == wanted->code && !strcmp(one->message, wanted->message))
            return true;
    }
    return false;
}

static void find_breaks(struct comparison *comparison)
{
    const struct hd_diagnostics *old = comparison->before->input.diagnostics, *new = comparison->after->input.diagnostics;
    size_t n = hd_diagnostics_count(new);

    comparison->breaks = grow(NULL, (n + 1) * sizeof *comparison->breaks);
    for (size_t i = 0; comparison->after->input.workspace && i < n; i++) {
        const struct hd_diagnostic *one = hd_diagnostics_get(new, i);

        if (is_between(one) && !(comparison->before->input.workspace && has_finding(old, one)))
            comparison->breaks[comparison->n_breaks++] = one;
    }
}

static char *in_folder(const char *folder, const char *name, const char *file)
{
    return printed("%s%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", name, file);
}

/* Whether generate wrote a folder for an application. */
static bool has_folder(const char *folder, const char *name)
{
    char *index = in_folder(folder, name, "/.hybriddeploy");
    bool has = !access(index, F_OK);

    free(index);
    return has;
}

static const char *read_folder(const struct side *side, const char *name, struct hd_cluster **ret_cluster)
{
    const struct hd_cluster_options options = {.size = sizeof options, .keep_content = 1};
    char *path = in_folder(side->folder, name, "");
    const struct hd_source source = {.name = path};
    enum hd_status status = hd_cluster_read(&source, 1, &options, side->input.diagnostics, ret_cluster);

    free(path);
    return status == HD_OK ? NULL : "not compared, because its manifests cannot be read";
}

/* The application on a side, in `*ret`. Returns why it cannot be compared; NULL when it can, also when it is not there. */
static const char *find(const struct comparison *comparison, const struct side *side, const char *name, struct hd_cluster **ret_cluster,
                        struct hd_diff_side *ret)
{
    const struct hd_workspace *workspace = side->input.workspace;
    const char *why = NULL;
    size_t index;

    *ret = (struct hd_diff_side){.size = sizeof *ret, .cluster = comparison->nothing};
    if (side->folder) {
        if (has_folder(side->folder, name)) {
            why = read_folder(side, name, ret_cluster);
            ret->cluster = *ret_cluster;
        }
        return why;
    }
    index = workspace_find(&side->input, name, strlen(name));
    if (index == hd_workspace_count(workspace))
        return NULL;
    if (!hd_workspace_model(workspace, index))
        return BY_CONTRACT;
    if (!workspace_is_usable(&side->input, index))
        return "not compared, because its model has mistakes";
    ret->model = hd_workspace_model(workspace, index);
    ret->cluster = NULL;
    return NULL;
}

static int compare_one(struct comparison *comparison, const char *name)
{
    struct compared one = {.name = name};
    struct hd_diff_side old, new;
    const char *why_old = find(comparison, comparison->before, name, &one.clusters[0], &old);
    const char *why_new = find(comparison, comparison->after, name, &one.clusters[1], &new);
    int status = EXIT_FINE;

    one.models[0] = old.model;
    one.models[1] = new.model;
    one.why = why_new ? why_new : why_old;
    one.is_new = old.cluster == comparison->nothing;
    one.is_gone = new.cluster == comparison->nothing;
    old.has_own_connections = true;
    if (!one.why)
        status = status_of(&comparison->after->input, hd_diff_sides(&old, &new, comparison->after->input.diagnostics, &one.diff));
    if (one.diff && hd_diff_worst(one.diff) > comparison->worst)
        comparison->worst = hd_diff_worst(one.diff);
    comparison->all = grow(comparison->all, (comparison->n + 1) * sizeof *comparison->all);
    comparison->all[comparison->n++] = one;
    return status;
}

static bool is_compared(const struct comparison *comparison, const char *name)
{
    for (size_t i = 0; i < comparison->n; i++)
        if (!strcmp(comparison->all[i].name, name))
            return true;
    return false;
}

static int by_name(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The applications for which a folder has one, sorted. */
static int compare_folder(struct comparison *comparison, const char *folder)
{
    DIR *listing = opendir(folder);
    const struct dirent *entry;
    size_t first = comparison->n_names;
    int status = EXIT_FINE;

    while (listing && (entry = readdir(listing)))
        if (*entry->d_name != '.' && has_folder(folder, entry->d_name)) {
            comparison->names = grow(comparison->names, (comparison->n_names + 1) * sizeof *comparison->names);
            comparison->names[comparison->n_names] = grow(NULL, strlen(entry->d_name) + 1);
            strcpy(comparison->names[comparison->n_names++], entry->d_name);
        }
    if (listing)
        closedir(listing);
    if (comparison->n_names > first)
        qsort(comparison->names + first, comparison->n_names - first, sizeof *comparison->names, by_name);
    for (size_t i = first; !status && i < comparison->n_names; i++)
        if (!is_compared(comparison, comparison->names[i]))
            status = compare_one(comparison, comparison->names[i]);
    return status;
}

static int compare_side(struct comparison *comparison, const struct side *side)
{
    const struct hd_workspace *workspace = side->input.workspace;
    int status = side->folder ? compare_folder(comparison, side->folder) : EXIT_FINE;

    for (size_t i = 0; !status && i < hd_workspace_count(workspace); i++) {
        const char *name = hd_workspace_name(workspace, i);

        if (name && !is_compared(comparison, name))
            status = compare_one(comparison, name);
    }
    return status;
}

/* The applications of NEW in their order, and behind them those that only OLD has. */
static int compare_all(struct comparison *comparison)
{
    int status = compare_side(comparison, comparison->after);

    return status ? status : compare_side(comparison, comparison->before);
}

static const char *state_of(const struct compared *one)
{
    if (one->why)
        return one->why;
    if (hd_diff_worst(one->diff) <= HD_EFFECT_NOTHING && !hd_diff_n_causes(one->diff) && !hd_diff_n_edges(one->diff))
        return "same";
    return one->is_new ? "new" : one->is_gone ? "gone" : "changed";
}

static bool is_same(const struct compared *one)
{
    return !strcmp(state_of(one), "same");
}

/* Names of folders, and of models that are wrong, may hold anything. */
static void write_text(struct output *output, const char *text, bool is_markdown)
{
    if (is_markdown)
        output_markdown_text(output, text);
    else
        output_plain_text(output, text);
}

/* Applications that are the same are only counted. */
static void write_applications(const struct comparison *comparison, struct output *output, bool is_markdown)
{
    size_t n_same = 0;

    for (size_t i = 0; i < comparison->n; i++) {
        const struct compared *one = &comparison->all[i];

        if (is_same(one)) {
            n_same++;
            continue;
        }
        output_text(output, is_markdown ? "### " : "application ");
        write_text(output, one->name, is_markdown);
        output_text(output, one->why ? " is " : one->is_new ? " is new" : one->is_gone ? " is gone" : "");
        output_text(output, one->why ? one->why : "");
        output_text(output, is_markdown ? "\n\n" : "\n");
        if (one->diff)
            write_diff_with_connections(output, &comparison->changes[i], is_markdown ? HD_DIFF_MARKDOWN : HD_DIFF_TEXT);
        output_text(output, "\n");
    }
    if (n_same)
        output_print(output, "%zu application%s unchanged\n", n_same, n_same == 1 ? " is" : "s are");
}

static void write_breaks(const struct comparison *comparison, struct output *output, bool is_markdown)
{
    if (!comparison->n_breaks)
        return;
    output_text(output, is_markdown ? "\n### What the change breaks between applications\n\n" : "what the change breaks between applications:\n");
    for (size_t i = 0; i < comparison->n_breaks; i++) {
        const struct hd_diagnostic *one = comparison->breaks[i];

        output_text(output, is_markdown ? "- " : "  ");
        if (one->file) {
            write_text(output, one->file, is_markdown);
            output_print(output, ":%u:%u: ", (unsigned)one->line, (unsigned)one->column);
        }
        write_text(output, one->message, is_markdown);
        output_print(output, " [HD%04d]\n", one->code);
    }
}

static void breaks_as_json(const struct comparison *comparison, struct output *output)
{
    output_text(output, "],\"breaks\":[");
    for (size_t i = 0; i < comparison->n_breaks; i++) {
        const struct hd_diagnostic *one = comparison->breaks[i];
        char code[16] = "HD";

        output_text(output, i ? ",\n" : "\n");
        snprintf(code, sizeof code, "HD%04d", one->code);
        output_json(output, true, "code", code);
        output_json(output, false, "message", one->message);
        output_json(output, false, "file", one->file);
        output_print(output, ",\"line\":%u,\"column\":%u}", (unsigned)one->line, (unsigned)one->column);
    }
    output_text(output, "]}\n");
}

static void write_json(const struct comparison *comparison, struct output *output)
{
    output_json(output, true, "worst", hd_effect_name(comparison->worst));
    output_text(output, ",\"applications\":[");
    for (size_t i = 0; i < comparison->n; i++) {
        const struct compared *one = &comparison->all[i];

        output_text(output, i ? ",\n" : "\n");
        output_json(output, true, "application", one->name);
        output_json(output, false, "state", one->why ? "not compared" : state_of(one));
        output_json(output, false, "why", one->why);
        output_text(output, ",\"diff\":");
        if (one->diff)
            write_diff_with_connections(output, &comparison->changes[i], HD_DIFF_JSON);
        else
            output_text(output, "null");
        output_text(output, "}");
    }
    breaks_as_json(comparison, output);
}

/* The file of an application, or the folder of all; NULL when the side does not have it. */
static const char *file_of(const struct side *side, const char *name)
{
    size_t index = side->input.workspace ? workspace_find(&side->input, name, strlen(name)) : 0;

    return index < hd_workspace_count(side->input.workspace) ? hd_workspace_file(side->input.workspace, index) : side->folder;
}

/* A side of the comparison as that of one application. What is wrong between applications does not hinder reading its manifests. */
static struct side side_of(const struct comparison *comparison, const struct side *side, const struct compared *one, size_t index,
                           struct hd_diagnostics *diagnostics)
{
    struct side own = *side;

    own.input.diagnostics = diagnostics;
    own.input.model = (struct hd_model *)one->models[index];
    own.cluster = one->models[index] ? NULL : one->clusters[index] ? one->clusters[index] : comparison->nothing;
    return own;
}

/* Finds what the formats show of an application; of one that was not compared, the note that says why. */
static int find_changes_of(const struct comparison *comparison, size_t index, struct hd_diagnostics *diagnostics)
{
    const struct compared *one = &comparison->all[index];
    struct changes *changes = &comparison->changes[index];
    struct side before = side_of(comparison, comparison->before, one, 0, diagnostics);
    struct side after = side_of(comparison, comparison->after, one, 1, diagnostics);

    if (one->diff)
        changes_begin(changes, one->diff);
    else
        *changes = (struct changes){.note = printed("%s", one->why)};
    changes->application = one->name;
    changes->is_new = one->is_new;
    changes->is_gone = one->is_gone;
    changes->is_same = is_same(one);
    changes->file = file_of(comparison->after, one->name);
    changes->revisions[0] = before.input.revision;
    changes->revisions[1] = after.input.revision;
    return one->diff ? changes_find_connections(changes, &before, &after) : EXIT_FINE;
}

static int find_changes(struct comparison *comparison)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    int status = diagnostics ? EXIT_FINE : complain(EXIT_UNREADABLE, "out of memory");

    comparison->changes = grow(NULL, (comparison->n + 1) * sizeof *comparison->changes);
    memset(comparison->changes, 0, (comparison->n + 1) * sizeof *comparison->changes);
    for (size_t i = 0; i < comparison->n && !status; i++)
        status = find_changes_of(comparison, i, diagnostics);
    hd_diagnostics_free(diagnostics);
    return status;
}

static int write_all(const struct call *call, const struct comparison *comparison)
{
    bool is_json = call->format_word && !strcmp(call->format_word, "json");
    bool is_markdown = call->format_word && !strcmp(call->format_word, "markdown");
    struct output output;
    int status = output_open(&output, call->output);

    if (status)
        return status;
    if (is_json) {
        write_json(comparison, &output);
    } else if (call->format_word && !strcmp(call->format_word, "sarif")) {
        write_diff_sarif(&output, comparison->changes, comparison->n, comparison->breaks, comparison->n_breaks);
    } else if (call->format_word && !strcmp(call->format_word, "html")) {
        write_workspace_diff_html(&output, comparison->changes, comparison->n, comparison->breaks, comparison->n_breaks);
    } else {
        write_applications(comparison, &output, is_markdown);
        write_breaks(comparison, &output, is_markdown);
    }
    status = output_close(&output, false);
    return status || !call->fail_on || comparison->worst < call->fail_on ? status : EXIT_DRIFT;
}

/* --expect and --write-expect. */
static int expect_changes(const struct call *call, struct expect *expect, const struct comparison *comparison)
{
    struct findings findings = {0};
    int status = EXIT_FINE;

    for (size_t i = 0; i < comparison->n && call->expect; i++)
        if (comparison->all[i].why && strcmp(comparison->all[i].why, BY_CONTRACT))
            expect_tell_unknown(expect, "not all is checked", findings_text(&findings, "the application %s is %s", comparison->all[i].name, comparison->all[i].why),
                                "correct its model", &findings);
    for (size_t i = 0; i < comparison->n && call->expect; i++)
        if (comparison->all[i].diff)
            expect_judge(expect, &comparison->changes[i], &findings);
    if (call->write_expect)
        status = expect_write(call->write_expect, comparison->changes, comparison->n);
    if (!status && call->expect)
        status = expect_end(expect, call, &comparison->after->input, &findings);
    else
        findings_free(&findings);
    return status;
}

static int compare(const struct call *call, struct expect *expect, struct side *before, struct side *after)
{
    struct comparison comparison = {.before = before, .after = after, .worst = HD_EFFECT_NOTHING};
    const struct hd_cluster_options options = {.size = sizeof options, .keep_content = 1};
    const struct hd_source empty = {.name = "<nothing>", .text = "# nothing\n", .length = 10};
    int status = status_of(&after->input, hd_cluster_read(&empty, 1, &options, after->input.diagnostics, &comparison.nothing));

    if (!status)
        status = compare_all(&comparison);
    if (!status)
        status = find_changes(&comparison);
    if (!status) {
        find_breaks(&comparison);
        status = write_all(call, &comparison);
    }
    if ((status == EXIT_FINE || status == EXIT_DRIFT) && (call->expect || call->write_expect)) {
        int expected = expect_changes(call, expect, &comparison);

        status = expected ? expected : status;
    }
    for (size_t i = 0; i < comparison.n; i++) {
        if (comparison.changes)
            changes_free(&comparison.changes[i]);
        hd_diff_free(comparison.all[i].diff);
        hd_cluster_free(comparison.all[i].clusters[0]);
        hd_cluster_free(comparison.all[i].clusters[1]);
    }
    while (comparison.n_names)
        free(comparison.names[--comparison.n_names]);
    free(comparison.names);
    hd_cluster_free(comparison.nothing);
    free(comparison.changes);
    free(comparison.all);
    free(comparison.breaks);
    return status;
}

/* Drops the findings between applications of the old side, because the change did not make them; those of one application stay, because they
 * say why it is not compared. */
static void forget_old_findings(struct side *before)
{
    for (size_t i = 0; i < hd_workspace_count(before->input.workspace); i++)
        if (hd_workspace_model(before->input.workspace, i) ? !workspace_is_usable(&before->input, i)
                                                           : !hd_workspace_name(before->input.workspace, i))
            return;
    if (before->input.workspace)
        input_begin_again(&before->input);
}

int workspace_diff(const struct call *call, struct expect *expect, struct side *before, struct side *after)
{
    if (!before->input.workspace && !after->input.workspace)
        return complain(EXIT_WRONG_CALL, "neither OLD nor NEW is a workspace, but -f %s is one", call->files[0]);
    return compare(call, expect, before, after);
}

int workspace_diff_close(struct side *before, struct side *after, int status)
{
    int of_after;

    forget_old_findings(before);
    of_after = side_close(after, status);
    return side_close(before, of_after);
}
