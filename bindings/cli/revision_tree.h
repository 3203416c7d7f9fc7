/* The files of a workspace as they are in a revision of git. */
#ifndef HYBRIDGEN_REVISION_TREE_H
#define HYBRIDGEN_REVISION_TREE_H

struct call;
struct input;

/*
 * Opens a workspace as it is at a revision: as workspace_open(), with names of files as REVISION:./FILE. Its files are written to a folder of
 * the run's own, because a workspace finds its applications by patterns, and are gone when this returns.
 */
int revision_open_workspace(struct input *input, const struct call *call, const char *revision, const char *file, const char *environment);

#endif
