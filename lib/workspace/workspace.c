/* Workspaces: from a file that lists applications to models that know each other. */
#include "workspace.h"

#include "core/reading/lay_over.h"
#include "core/reading/load.h"
#include "core/reporting/refuse.h"
#include "core/tables/check_fields.h"
#include "core/text/file.h"
#include "document.h"
#include "resolve.h"
#include "threads.h"

#include <stdlib.h>
#include <string.h>

/** The file that lists applications. */
struct workspace_file {
    const char *const *applications;
    size_t n_applications;
    const struct hd_at *at;
};

static const char doc_workspace_file_[] = "The applications of a workspace.";
static const char doc_workspace_file_applications[] = "Models, contracts, and patterns of them with stars, below the folder of this file.";

#define T workspace_file
static const struct hd_field workspace_fields[] = {
    STRS("applications", applications, .required = true, .format = &format_relative_path),
};
static const struct hd_struct workspace_struct = STRUCT(workspace_fields);
#undef T

enum { MOST_BYTES = 256 * 1024 * 1024 };

static struct node *read_tree(struct tree_memory memory, struct hd_diagnostics *report, const char *path)
{
    const char *why;
    size_t length;
    char *text = file_read(memory.texts, path, MOST_BYTES, &length, &why);

    if (text)
        return tree_read(memory, report, path, text, length);
    finding_in(report, HD_UNREADABLE_INPUT, path, 0, 0, NULL, "the input cannot be read: %s", why);
    return NULL;
}

static void report_twice(struct hd_diagnostics *report, const struct member *member, const struct member *first, const char *what)
{
    struct finding *finding = finding_in(report, HD_APPLICATION_TWICE, member->mark->file, member->mark->line, member->mark->column,
                                         "applications", "%s is listed twice", what);

    also_in(finding, first->mark->file, first->mark->line, first->mark->column, "the first entry");
    hint(finding, "remove one of the two, or let the pattern name fewer files");
}

static void add_members(struct hd_workspace *workspace, struct hd_diagnostics *report, struct names *known, const struct paths *paths,
                        const struct hd_mark *mark)
{
    for (size_t i = 0; i < paths->n; i++) {
        const struct member member = {.path = paths->paths[i], .mark = mark};
        /* By number from 1, because the members move as their array grows. */
        uintptr_t first = (uintptr_t)names_add(known, member.path, (const void *)(uintptr_t)(workspace->n_members + 1));

        if (first) {
            /* The mistake is the list's, not that of the application. */
            report_twice(report, &member, &workspace->members[first - 1], member.path);
            continue;
        }
        arena_grow(&workspace->arena, workspace->members, workspace->n_members);
        workspace->members[workspace->n_members++] = member;
    }
}

static void list_members(struct hd_workspace *workspace, struct hd_diagnostics *report, const struct workspace_file *listed, const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *folder = arena_strndup(&workspace->arena, file, slash ? (size_t)(slash - file) + 1 : 0);
    struct names known;

    names_init(&workspace->arena, &known, listed->n_applications);
    for (size_t i = 0; i < listed->n_applications; i++) {
        const struct hd_mark *mark = at_mark(listed->at, &workspace_fields[0], (uint32_t)i + 1);
        struct paths paths = {.arena = &workspace->arena};

        find_paths(&paths, folder, listed->applications[i]);
        if (!paths.n)
            hint(finding_in(report, HD_NO_APPLICATION, mark->file, mark->line, mark->column, "applications", "%s names no file",
                            listed->applications[i]),
                 "correct the pattern, or remove it");
        add_members(workspace, report, &known, &paths, mark);
    }
}

static bool is_json(const char *path)
{
    size_t length = strlen(path);

    return length >= 5 && !strcmp(path + length - 5, ".json");
}

/* Loads a file that ends with .json, unless it is a model. */
static void load_contract(struct hd_workspace *workspace, struct member *member)
{
    struct tree_memory memory = {.nodes = &workspace->arena, .texts = &workspace->arena};
    struct node *tree;

    member->report->arena.out_of_memory = workspace->arena.out_of_memory;
    tree = read_tree(memory, member->report, member->path);
    member->is_contract = !tree || tree->kind != NODE_MAPPING || tree_value(tree, "contract") || !tree_value(tree, "services") ||
                          member->report->n_findings;
    if (tree && member->is_contract)
        member->contract = contract_load(workspace, &workspace->arena, member->report, tree);
    report_finish(member->report);
}

void no_memory_is_fatal(struct hd_workspace *workspace, enum hd_status status)
{
    if (status == HD_NO_MEMORY)
        longjmp(*workspace->arena.out_of_memory, 1);
}

/* Does something with each member, at the same time where that is allowed. */
static void with_members(struct hd_workspace *workspace, work_at *work, bool in_turn)
{
    in_threads(work, workspace, workspace->n_members, in_turn ? 1 : workspace->options.max_threads);
    for (size_t i = 0; i < workspace->n_members; i++)
        no_memory_is_fatal(workspace, workspace->members[i].status);
}

static void load_document(void *user, size_t index)
{
    const struct hd_workspace *workspace = user;
    const struct hd_workspace_options *options = &workspace->options;
    struct member *member = &workspace->members[index];

    if (member->is_contract)
        return;
    member->status = options->load ? options->load(options->user, member->path, member->report, &member->document)
                                   : hd_document_load_file(member->path, member->report, &member->document);
}

/* The contract lives as long as the model, from which it borrows. */
static enum hd_status make_contract(struct member *member)
{
    jmp_buf out_of_memory;

    member->model->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory))
        return HD_NO_MEMORY;
    if (member->model->app->name && member->model->app->namespace_name)
        member->contract = contract_of(&member->model->arena, member->model);
    return HD_OK;
}

static void resolve_by_itself(void *user, size_t index)
{
    const struct hd_workspace *workspace = user;
    const struct hd_resolve_options options = {.size = sizeof options, .kubernetes_version = workspace->options.kubernetes_version};
    struct member *member = &workspace->members[index];

    if (!member->document)
        return;
    member->status = resolve_alone(member->document, &options, member->report, &member->model);
    if (member->status == HD_OK)
        member->status = make_contract(member);
}

void load_member(void *user, size_t index)
{
    load_document(user, index);
    resolve_by_itself(user, index);
}

static void load_members(struct hd_workspace *workspace, const struct hd_diagnostics *report)
{
    const struct hd_diagnostics_options options = {.size = sizeof options, .strict = report->strict};

    for (size_t i = 0; i < workspace->n_members; i++) {
        struct member *member = &workspace->members[i];

        member->report = hd_diagnostics_new(&options);
        no_memory_is_fatal(workspace, member->report ? HD_OK : HD_NO_MEMORY);
        if (is_json(member->path))
            load_contract(workspace, member);
    }
    if (workspace->options.load && !workspace->options.load_in_threads) {
        with_members(workspace, load_document, true);
        with_members(workspace, resolve_by_itself, false);
    } else {
        with_members(workspace, load_member, false);
    }
}

static void know_each_other(struct hd_workspace *workspace, struct hd_diagnostics *report)
{
    struct neighbours *neighbours = &workspace->neighbours;
    struct names known;

    names_init(&workspace->arena, &neighbours->services, workspace->n_members);
    names_init(&workspace->arena, &neighbours->applications, workspace->n_members);
    names_init(&workspace->arena, &neighbours->calls, workspace->n_members);
    names_init(&workspace->arena, &known, workspace->n_members);
    for (size_t i = 0; i < workspace->n_members; i++) {
        struct member *member = &workspace->members[i];
        const struct member *first = member->contract ? names_add(&known, member->contract->name, member) : NULL;

        if (first) {
            report_twice(report, member, first, arena_printf(&report->arena, "the application %s", member->contract->name));
            member->n_errors = member->n_listed_errors = 1;
            member->contract = NULL;
        } else if (member->contract) {
            member->neighbours = contract_add_neighbours(&workspace->arena, neighbours, member->contract);
            member->announced = member->contract;
        }
    }
}

void resolve_with_neighbours(void *user, size_t index)
{
    const struct hd_workspace *workspace = user;
    struct member *member = &workspace->members[index];

    if (!member->model)
        return;
    member->status = resolve_among(member->model, &workspace->neighbours, member->report);
    if (member->status == HD_OK && member->contract)
        member->status = make_contract(member);
}

/* Adds what was found in each member since it was told last. */
static void tell_members(struct hd_workspace *workspace, struct hd_diagnostics *report)
{
    workspace->is_told = true;
    for (size_t i = 0; i < workspace->n_members; i++)
        report_take(report, workspace->members[i].report);
}

bool workspace_load_all(struct hd_workspace *workspace, struct hd_diagnostics *report)
{
    struct tree_memory memory = {.nodes = &workspace->arena, .texts = &workspace->arena};
    struct workspace_file listed = {NULL, 0, NULL};
    struct node *tree = read_tree(memory, report, workspace->file);
    struct field_rules rules = {.report = report};

    if (!tree)
        return false;
    load_tree(memory, report, &workspace_struct, &listed, tree, NULL);
    check_fields(&rules, &workspace_struct, &listed);
    report_locate_in(report, &workspace_struct, &listed);
    if (report_has_errors(report, 0))
        return false;
    list_members(workspace, report, &listed, workspace->file);
    load_members(workspace, report);
    know_each_other(workspace, report);
    with_members(workspace, resolve_with_neighbours, false);
    tell_members(workspace, report);
    return workspace->n_members;
}

static enum hd_status take_options(struct hd_diagnostics *report, struct hd_workspace_options *own,
                                   const struct hd_workspace_options *options)
{
    enum hd_status status = options_take(report, own, sizeof *own, options, "hd_workspace_options");
    struct hd_resolve_options taken, resolve = {.size = sizeof resolve, .kubernetes_version = own->kubernetes_version};

    return status == HD_OK ? resolve_options_take(report, &taken, &resolve) : status;
}

enum hd_status hd_workspace_load(const char *file, const struct hd_workspace_options *options, struct hd_diagnostics *report,
                                 struct hd_workspace **ret_workspace)
{
    struct hd_workspace_options own;
    struct hd_workspace *workspace;
    enum hd_status status;
    jmp_buf out_of_memory;
    bool is_loaded;

    if (!file || !report || !ret_workspace)
        return refuse_call(report, "hd_workspace_load() is given NULL for %s", !file ? "the file" : "ret_workspace");
    status = take_options(report, &own, options);
    if (status != HD_OK)
        return status;
    workspace = calloc(1, sizeof *workspace + strlen(file) + 1);
    if (!workspace)
        return HD_NO_MEMORY;
    strcpy(workspace->file, file);
    arena_init(&workspace->arena, &out_of_memory);
    report->arena.out_of_memory = &out_of_memory;
    workspace->options = own;
    if (setjmp(out_of_memory)) {
        report->n_sources = 0;
        /* The workspace has the texts of what was told. */
        if (workspace->is_told)
            hd_diagnostics_clear(report);
        hd_workspace_free(workspace);
        return HD_NO_MEMORY;
    }
    is_loaded = workspace_load_all(workspace, report);
    report_finish(report);
    if (!is_loaded) {
        hd_workspace_free(workspace);
        return HD_UNREADABLE;
    }
    *ret_workspace = workspace;
    return HD_OK;
}

void check_member(void *user, size_t index)
{
    const struct hd_workspace *workspace = user;
    struct member *member = &workspace->members[index];

    if (member->model)
        member->status = hd_check(member->model, member->report);
}

void workspace_check_all(struct hd_workspace *workspace, struct hd_diagnostics *report)
{
    bool is_new = !report_has_errors(report, 0);

    with_members(workspace, check_member, false);
    for (size_t i = 0; i < workspace->n_members; i++) {
        /* Another collection than that of hd_workspace_load() is told its errors, too. */
        if (is_new)
            workspace->members[i].report->n_taken = 0;
        workspace->members[i].n_errors = workspace->members[i].n_listed_errors;
    }
    tell_members(workspace, report);
    check_consent(workspace, report);
    report_finish(report);
}

enum hd_status hd_workspace_check(struct hd_workspace *workspace, struct hd_diagnostics *report)
{
    jmp_buf out_of_memory;

    if (!workspace || !report)
        return refuse_call(report, "hd_workspace_check() is given NULL for the workspace");
    workspace->arena.out_of_memory = report->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory)) {
        report->n_sources = 0;
        return HD_NO_MEMORY;
    }
    workspace_check_all(workspace, report);
    return hd_diagnostics_errors(report) ? HD_INVALID : HD_OK;
}

void free_member(struct member *member)
{
    hd_model_free(member->model);
    hd_document_free(member->document);
    hd_diagnostics_free(member->report);
}

void workspace_empty(struct hd_workspace *workspace)
{
    for (size_t i = 0; i < workspace->n_members; i++) {
        free_member(&workspace->members[i]);
        if (workspace->members[i].known)
            free_member(workspace->members[i].known);
    }
    workspace->members = NULL;
    workspace->n_members = 0;
    arena_empty(&workspace->arena);
}

void hd_workspace_free(struct hd_workspace *workspace)
{
    if (!workspace)
        return;
    workspace_empty(workspace);
    arena_free(&workspace->arena);
    free(workspace);
}

size_t hd_workspace_count(const struct hd_workspace *workspace)
{
    return workspace ? workspace->n_members : 0;
}

static const struct member *member_at(const struct hd_workspace *workspace, size_t index)
{
    return index < hd_workspace_count(workspace) ? &workspace->members[index] : NULL;
}

const char *hd_workspace_name(const struct hd_workspace *workspace, size_t index)
{
    const struct member *member = member_at(workspace, index);

    return member && member->contract ? member->contract->name : NULL;
}

const char *hd_workspace_file(const struct hd_workspace *workspace, size_t index)
{
    const struct member *member = member_at(workspace, index);

    return member ? member->path : NULL;
}

struct hd_model *hd_workspace_model(const struct hd_workspace *workspace, size_t index)
{
    const struct member *member = member_at(workspace, index);

    return member ? member->model : NULL;
}

struct hd_document *hd_workspace_document(const struct hd_workspace *workspace, size_t index)
{
    const struct member *member = member_at(workspace, index);

    return member ? member->document : NULL;
}

size_t hd_workspace_errors(const struct hd_workspace *workspace, size_t index)
{
    const struct member *member = member_at(workspace, index);

    return member ? member->n_errors + hd_diagnostics_errors(member->report) : 0;
}
