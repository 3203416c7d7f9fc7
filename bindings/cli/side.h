/* A side of a comparison: a model, or manifests. */
#ifndef HYBRIDGEN_SIDE_H
#define HYBRIDGEN_SIDE_H

#include "input.h"

struct side {
    struct call call;
    const char *file;
    struct input input;
    /* NULL when the side is a model. */
    struct hd_cluster *cluster;
    /* Beside a workspace, the folder in which each application has one; NULL when the side is a workspace. */
    const char *folder;
};

/*
 * Opens what the operands of the call name, and its environments: each a folder of manifests; a file or standard input with manifests or a
 * model; else a revision of git, at which the files of the call are read. Without an operand it is these files as they are. Models are
 * checked. side_close() of both follows in either case.
 */
int sides_open(struct side *before, struct side *after, const struct call *call);

/* Opens one side where one of the two is a workspace. EXIT_WRONG_MODEL leaves the applications of a workspace that are right. */
int side_open_beside_workspace(struct side *side, const struct call *call, const char *operand, const char *environment);

/* Opens what must be manifests, for `option`. side_close() follows in either case. */
int manifests_open(struct side *side, const struct call *call, const char *name, const char *option);

/* The side for the library. */
struct hd_diff_side side_given(const struct side *side);

/* As input_close(). */
int side_close(struct side *side, int status);

#endif
