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
    struct hd_document *document;
    /* The model as it is by itself, whose texts the others may use, and as one that knows its neighbours; they may be one. */
    struct hd_model *alone, *model;
    /* NULL when it could not be read. */
    const struct hd_contract *contract;
    size_t n_errors;
};

struct hd_workspace {
    struct arena arena;
    struct member *members;
    size_t n_members;
    struct neighbours neighbours;
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
