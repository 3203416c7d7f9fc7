/* One application of a workspace anew. */
#include "workspace.h"

#include "core/memory/hash.h"
#include "core/reporting/refuse.h"

#include <stdlib.h>
#include <string.h>

static int add_to_hash(void *user, const char *text, size_t length)
{
    uint64_t *hash = user;

    *hash = hash_bytes(*hash, text, length);
    return 0;
}

/* A number for all that others may rely on; 0 when that is unknown. */
static uint64_t contract_hash(const struct member *member)
{
    uint64_t hash = HASH_START;

    if (!member->model || !member->contract)
        return 0;
    return hd_contract_write(member->model, add_to_hash, &hash) == HD_OK ? hash : 0;
}

static bool points_at(const struct hd_diagnostics *report, const char *file)
{
    for (size_t i = 0; i < report->n_findings; i++) {
        const char *related = report->findings[i]->diagnostic.related.file;

        if (related && !strcmp(related, file))
            return true;
    }
    return false;
}

/* Whether a finding of another member names a line of this one, which may have moved. */
static bool is_pointed_at(const struct hd_workspace *workspace, const struct member *member)
{
    for (size_t i = 0; i < workspace->n_members; i++)
        if (&workspace->members[i] != member && points_at(workspace->members[i].report, member->path))
            return true;
    return false;
}

static bool is_same_to_others(const struct hd_workspace *workspace, const struct member *fresh, const struct member *old)
{
    uint64_t hash = contract_hash(fresh);

    return hash && hash == contract_hash(old) && !is_pointed_at(workspace, fresh);
}

/* The others keep all that they know, but lines have moved. */
static void move_places(const struct member *member)
{
    const struct hd_contract *announced = member->announced, *fresh = member->contract;

    for (size_t i = 0; i < announced->n_services; i++) {
        member->neighbours[i].at = fresh->services[i].at;
        for (size_t k = 0; k < announced->services[i].n_calls; k++)
            ((struct hd_call *)(uintptr_t)&announced->services[i].calls[k])->at = fresh->services[i].calls[k].at;
    }
}

/* Keeps the first of the states that are replaced, and no later one: the others borrow from what the first one announced. */
static void replace(struct member *member, struct member *old, struct member *room)
{
    member->announced = old->announced;
    member->neighbours = old->neighbours;
    member->known = old->known;
    if (old->known) {
        free_member(old);
    } else {
        hd_diagnostics_free(old->report);
        old->report = NULL;
        *room = *old;
        member->known = room;
    }
    move_places(member);
}

/* False when others may depend on what changed: then it is as it was. */
static bool reload_alone(struct hd_workspace *workspace, size_t index)
{
    struct member *member = &workspace->members[index], old = *member, *room;
    const struct hd_diagnostics_options options = {.size = sizeof options, .strict = old.report->strict};

    if (!old.model || !old.contract || !old.announced)
        return false;
    room = old.known ? NULL : arena_new(&workspace->arena, struct member);
    *member = (struct member){.path = old.path, .mark = old.mark, .report = hd_diagnostics_new(&options), .n_errors = old.n_errors};
    if (member->report) {
        load_member(workspace, index);
        resolve_with_neighbours(workspace, index);
        check_member(workspace, index);
        if (member->status != HD_NO_MEMORY && is_same_to_others(workspace, member, &old)) {
            replace(member, &old, room);
            return true;
        }
    }
    free_member(member);
    *member = old;
    return false;
}

static bool reload_all(struct hd_workspace *workspace, struct hd_diagnostics *report)
{
    workspace_empty(workspace);
    return workspace_load_all(workspace, report);
}

enum hd_status hd_workspace_reload(struct hd_workspace *workspace, size_t index, struct hd_diagnostics *report, bool *ret_all)
{
    jmp_buf out_of_memory;
    bool is_all;

    if (!workspace || !report)
        return refuse_call(report, "hd_workspace_reload() is given NULL for the workspace");
    if (index >= workspace->n_members)
        return refuse_call(report, "hd_workspace_reload() is given number %zu of %zu applications", index, workspace->n_members);
    hd_diagnostics_clear(report);
    workspace->arena.out_of_memory = report->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory)) {
        hd_diagnostics_clear(report);
        workspace_empty(workspace);
        return HD_NO_MEMORY;
    }
    is_all = !reload_alone(workspace, index);
    if (ret_all)
        *ret_all = is_all;
    if (!is_all)
        report_take(report, workspace->members[index].report);
    else if (reload_all(workspace, report))
        workspace_check_all(workspace, report);
    report_finish(report);
    return !workspace->n_members ? HD_UNREADABLE : hd_diagnostics_errors(report) ? HD_INVALID : HD_OK;
}
