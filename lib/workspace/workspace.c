/* Workspaces: from a file that lists applications to models that know each other. */
#include "workspace.h"

#include "core/reading/lay_over.h"
#include "core/reading/load.h"
#include "core/reporting/refuse.h"
#include "core/tables/check_fields.h"
#include "core/text/file.h"
#include "document.h"
#include "resolve.h"

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
        struct member *member = arena_new(&workspace->arena, struct member);
        const struct member *first;

        *member = (struct member){.path = paths->paths[i], .mark = mark};
        first = names_add(known, member->path, member);
        if (first) {
            report_twice(report, member, first, member->path);
            continue;
        }
        arena_grow(&workspace->arena, workspace->members, workspace->n_members);
        workspace->members[workspace->n_members++] = *member;
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

/* Whether a file that ends with .json is a contract, which is loaded then. */
static bool load_contract(struct hd_workspace *workspace, struct hd_diagnostics *report, struct member *member)
{
    size_t length = strlen(member->path), n_findings = report->n_findings;
    struct tree_memory memory = {.nodes = &workspace->arena, .texts = &workspace->arena};
    struct node *tree;

    if (length < 5 || strcmp(member->path + length - 5, ".json"))
        return false;
    tree = read_tree(memory, report, member->path);
    if (tree && tree->kind == NODE_MAPPING && !tree_value(tree, "contract") && tree_value(tree, "services"))
        return report->n_findings != n_findings;
    if (tree)
        member->contract = contract_load(workspace, &workspace->arena, report, tree);
    return true;
}

/* One more call of the public functions, which leave the collection without a place to go when memory runs out. */
static void take_back(struct hd_workspace *workspace, struct hd_diagnostics *report)
{
    report->arena.out_of_memory = workspace->arena.out_of_memory;
}

static void no_memory_is_fatal(struct hd_workspace *workspace, enum hd_status status)
{
    if (status == HD_NO_MEMORY)
        longjmp(*workspace->arena.out_of_memory, 1);
}

/* What is found here is found again when the neighbours are known. */
static void resolve_alone(struct hd_workspace *workspace, struct member *member)
{
    struct hd_diagnostics *unseen = hd_diagnostics_new(NULL);
    enum hd_status status = unseen ? hd_resolve(hd_document_app_in(member->document, NULL), NULL, unseen, &member->alone) : HD_NO_MEMORY;

    hd_diagnostics_free(unseen);
    no_memory_is_fatal(workspace, status);
    member->model = member->alone;
}

static void load_member(struct hd_workspace *workspace, const struct hd_workspace_options *options, struct hd_diagnostics *report,
                        struct member *member)
{
    size_t n_errors = hd_diagnostics_errors(report);

    if (!load_contract(workspace, report, member)) {
        no_memory_is_fatal(workspace, options->load ? options->load(options->user, member->path, report, &member->document)
                                                               : hd_document_load_file(member->path, report, &member->document));
        take_back(workspace, report);
    }
    if (member->document) {
        resolve_alone(workspace, member);
        if (member->alone->app->name && member->alone->app->namespace_name)
            member->contract = contract_of(&workspace->arena, member->alone);
    }
    report_finish(report);
    member->n_errors += hd_diagnostics_errors(report) - n_errors;
}

static void know_each_other(struct hd_workspace *workspace, struct hd_diagnostics *report)
{
    struct neighbours *neighbours = &workspace->neighbours;
    struct names known;

    names_init(&workspace->arena, &neighbours->services, workspace->n_members);
    names_init(&workspace->arena, &neighbours->applications, workspace->n_members);
    names_init(&workspace->arena, &known, workspace->n_members);
    for (size_t i = 0; i < workspace->n_members; i++) {
        struct member *member = &workspace->members[i];
        const struct member *first = member->contract ? names_add(&known, member->contract->name, member) : NULL;

        if (first) {
            report_twice(report, member, first, arena_printf(&report->arena, "the application %s", member->contract->name));
            member->n_errors++;
            member->contract = NULL;
        } else if (member->contract) {
            contract_add_neighbours(&workspace->arena, neighbours, member->contract);
        }
    }
}

static void resolve_member(struct hd_workspace *workspace, const struct hd_workspace_options *options, struct hd_diagnostics *report,
                           struct member *member)
{
    const struct hd_resolve_options resolve = {.size = sizeof resolve, .kubernetes_version = options->kubernetes_version};
    size_t n_errors = hd_diagnostics_errors(report);

    if (!member->document)
        return;
    member->model = NULL;
    no_memory_is_fatal(workspace,
                       resolve_among(hd_document_app_in(member->document, NULL), &workspace->neighbours, &resolve, report, &member->model));
    take_back(workspace, report);
    if (member->contract)
        member->contract = contract_of(&workspace->arena, member->model);
    member->n_errors += hd_diagnostics_errors(report) - n_errors;
}

static bool load_all(struct hd_workspace *workspace, const struct hd_workspace_options *options, struct hd_diagnostics *report,
                     const char *file)
{
    struct tree_memory memory = {.nodes = &workspace->arena, .texts = &workspace->arena};
    struct workspace_file listed = {NULL, 0, NULL};
    struct node *tree = read_tree(memory, report, file);
    struct field_rules rules = {.report = report};

    if (!tree)
        return false;
    load_tree(memory, report, &workspace_struct, &listed, tree, NULL);
    check_fields(&rules, &workspace_struct, &listed);
    report_locate_in(report, &workspace_struct, &listed);
    if (report_has_errors(report, 0))
        return false;
    list_members(workspace, report, &listed, file);
    for (size_t i = 0; i < workspace->n_members; i++)
        load_member(workspace, options, report, &workspace->members[i]);
    know_each_other(workspace, report);
    for (size_t i = 0; i < workspace->n_members; i++)
        resolve_member(workspace, options, report, &workspace->members[i]);
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
    workspace = calloc(1, sizeof *workspace);
    if (!workspace)
        return HD_NO_MEMORY;
    arena_init(&workspace->arena, &out_of_memory);
    take_back(workspace, report);
    if (setjmp(out_of_memory)) {
        report->n_sources = 0;
        hd_workspace_free(workspace);
        return HD_NO_MEMORY;
    }
    is_loaded = load_all(workspace, &own, report, file);
    report_finish(report);
    if (!is_loaded) {
        hd_workspace_free(workspace);
        return HD_UNREADABLE;
    }
    *ret_workspace = workspace;
    return HD_OK;
}

enum hd_status hd_workspace_check(struct hd_workspace *workspace, struct hd_diagnostics *report)
{
    jmp_buf out_of_memory;

    if (!workspace || !report)
        return refuse_call(report, "hd_workspace_check() is given NULL for the workspace");
    workspace->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory)) {
        report->n_sources = 0;
        return HD_NO_MEMORY;
    }
    for (size_t i = 0; i < workspace->n_members; i++) {
        struct member *member = &workspace->members[i];
        size_t n_errors = hd_diagnostics_errors(report);

        if (member->model)
            no_memory_is_fatal(workspace, hd_check(member->model, report));
        member->n_errors += hd_diagnostics_errors(report) - n_errors;
    }
    take_back(workspace, report);
    check_consent(workspace, report);
    report_finish(report);
    return hd_diagnostics_errors(report) ? HD_INVALID : HD_OK;
}

void hd_workspace_free(struct hd_workspace *workspace)
{
    if (!workspace)
        return;
    for (size_t i = 0; i < workspace->n_members; i++) {
        struct member *member = &workspace->members[i];

        if (member->model != member->alone)
            hd_model_free(member->model);
        hd_model_free(member->alone);
        hd_document_free(member->document);
    }
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

size_t hd_workspace_errors(const struct hd_workspace *workspace, size_t index)
{
    const struct member *member = member_at(workspace, index);

    return member ? member->n_errors : 0;
}
