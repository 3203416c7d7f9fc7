/* A comparison as the command shows it: what the library found, and the connections that are new or gone, in one form for models and manifests. */
#ifndef HYBRIDGEN_CHANGES_H
#define HYBRIDGEN_CHANGES_H

#include "side.h"

#include <hybriddeploy/diff.h>

/* A connection that is new or gone. */
struct connection {
    /* "web -> orders", and the ports behind it: "8000/TCP, 53/UDP"; "all ports" when it has none. */
    char *ends, *ports;
    /* Its two ends, as the model or the manifests name them. */
    char *from, *to;
    /* Why, as the model knows it: "call", or "call, in the mesh alone"; of manifests, what limits it; may be "". */
    char *reason;
    bool is_added;
    /* Whether it comes from outside of the cluster: from the gateway, or from addresses. */
    bool is_from_outside;
};

struct changes {
    const struct hd_diff *diff;
    /* Of a workspace, the application; else NULL. */
    const char *application;
    /* Whether only the new side has the application, or only the old one, and whether nothing of it differs. */
    bool is_new, is_gone, is_same;
    /* The file or folder of the new side, where no line is known; may be NULL. */
    const char *file;
    /* The revisions that the sides are of, the old one first; NULL for files as they are. */
    const char *revisions[2];
    struct connection *connections;
    size_t n_connections;
    /* Whether they were found in manifests, so that the library does not write them. */
    bool are_of_manifests;
    /* Why they were not compared, and the sentence about it; or NULL. */
    const char *why_not;
    char *note;
    /* Objects by their first cause: `first` has for each cause, and behind them for objects without one, the first object as an index from 1;
     * `next` the one that follows, 0 for none. And the greatest effect of those that name the cause. */
    size_t n_causes, *first, *next;
    enum hd_effect *worst;
};

void changes_begin(struct changes *changes, const struct hd_diff *diff);
/* Compares the connections that the manifests of both sides allow, if a side is manifests. Returns an exit status. */
int changes_find_connections(struct changes *changes, struct side *before, struct side *after);
void changes_free(struct changes *changes);

/*
 * The changed line that fits best as the reason of a connection; NULL when none does. It looks at all lines, so that it should be asked for
 * MOST_PLACED connections of a diff at most.
 */
enum { MOST_PLACED = 1000 };
const struct hd_cause *changes_cause_of(const struct changes *changes, const struct connection *connection);

/* Adds a connection, which takes the texts over. */
void changes_add(struct changes *changes, struct connection connection);

#endif
