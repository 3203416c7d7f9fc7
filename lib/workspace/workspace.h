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
    /* Errors that are found between it and another one. */
    size_t n_errors;
};

struct hd_workspace {
    struct arena arena;
    struct hd_workspace_options options;
    struct member *members;
    size_t n_members;
    struct neighbours neighbours;
    /* Whether a collection has findings of the members' own. */
    bool is_told;
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

#endif
