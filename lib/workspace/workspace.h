/* Applications that know each other. */
#ifndef HD_WORKSPACE_WORKSPACE_H
#define HD_WORKSPACE_WORKSPACE_H

#include "contract.h"
#include "core/reading/tree.h"
#include "model/neighbour.h"

#include <hybriddeploy/workspace.h>

/* An entry of the workspace: a model or a contract. */
struct member {
    const char *path;
    /* Where the workspace names it. */
    const struct hd_mark *mark;
    /* Whether it is a contract, or should be one; else it is a model. */
    bool is_contract;
    struct hd_document *document;
    struct hd_model *model;
    /* NULL when it could not be read. */
    const struct hd_contract *contract;
    /* Findings of this member alone, which one thread at a time adds; tell_members() hands them over in the order of the members. */
    struct hd_diagnostics *report;
    /* The status of the last step for this member; only HD_NO_MEMORY ends the steps of all members. */
    enum hd_status status;
    /* Errors that are found between it and another one; of these what was found when they were listed. */
    size_t n_errors, n_listed_errors;
    /* The contract that the other models know, and its services as they know them. */
    const struct hd_contract *announced;
    struct neighbour *neighbours;
    /* The state that reload.c replaced first, which has the contract that is announced; else NULL. */
    struct member *known;
};

struct hd_workspace {
    struct arena arena;
    struct hd_workspace_options options;
    struct member *members;
    size_t n_members;
    struct neighbours neighbours;
    /* Whether a collection has findings of the members' own. */
    bool is_told;
    /* Its own file. */
    char file[];
};

/* The paths that an entry of the workspace means, sorted; an entry without a star means itself. */
struct paths {
    struct arena *arena;
    const char **paths;
    size_t n;
};
enum { MOST_MEMBERS = 10000 };
void find_paths(struct paths *paths, const char *folder, const char *pattern);

/* A contract from its tree; NULL after reporting why it is none. */
const struct hd_contract *contract_load(struct hd_workspace *workspace, struct arena *nodes, struct hd_diagnostics *report,
                                        const struct node *tree);

/* Reports where two sides do not agree, each with both places. */
void check_consent(struct hd_workspace *workspace, struct hd_diagnostics *report);

/* Steps for one member, which keep its status; `user` is the workspace. */
void load_member(void *user, size_t index);
void resolve_with_neighbours(void *user, size_t index);
void check_member(void *user, size_t index);

void no_memory_is_fatal(struct hd_workspace *workspace, enum hd_status status);
bool workspace_load_all(struct hd_workspace *workspace, struct hd_diagnostics *report);
/* Checks all, and tells what was not told before, and what is between the members. */
void workspace_check_all(struct hd_workspace *workspace, struct hd_diagnostics *report);
/* Frees the members, and leaves a workspace without any. */
void workspace_empty(struct hd_workspace *workspace);
void free_member(struct member *member);

#endif
