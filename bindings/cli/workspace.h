/* Several applications in one call, which know each other. */
#ifndef HYBRIDGEN_WORKSPACE_H
#define HYBRIDGEN_WORKSPACE_H

#include "input.h"
#include "output.h"

/* Whether a file is a workspace: its name ends with workspace.yaml. */
bool workspace_is_file(const char *file);
/* Whether the call is for a workspace, which is then its only file. */
bool workspace_is_meant(const struct call *call);

/*
 * Loads and checks the workspace `file` for an environment, or none. Also with EXIT_WRONG_MODEL the applications that are right may be used.
 * input_close() follows in either case.
 */
int workspace_open(struct input *input, const struct call *call, const char *file, const char *environment);

/* Whether an application can be generated: it was read, and by itself has no mistakes. */
bool workspace_is_usable(const struct input *input, size_t index);

/*
 * Loads the workspace once more, with one setting more for an application: its model, or NULL when the setting is refused. `*ret_workspace`, which
 * may be NULL, holds the model and is freed after `diagnostics`.
 */
struct hd_model *workspace_try(const struct input *input, size_t index, const char *setting, struct hd_diagnostics *diagnostics,
                               struct hd_workspace **ret_workspace);

/* The models of a workspace that can be generated; `*ret_n` of them. To be freed. */
const struct hd_model **workspace_models(const struct input *input, size_t *ret_n);

/* The application of a name: its index; the number of applications when there is none. `length` bytes of `name` are read. */
size_t workspace_find(const struct input *input, const char *name, size_t length);
/* Complains that there is no application of a name, and lists those that there are. */
int workspace_complain(const struct input *input, const char *what, const char *name, size_t length);

struct expect;
struct side;

/* Compares application by application, also with the file of --expect that was read. */
int workspace_diff(const struct call *call, struct expect *expect, struct side *before, struct side *after);
/* As side_close() for both. */
int workspace_diff_close(struct side *before, struct side *after, int status);

int workspace_validate(const struct call *call);
/* Writes a folder for each application whose model is right. */
int workspace_generate(const struct call *call, const struct hd_generate_options *options);
/* Shows the models, or of one of them what is at APPLICATION/PATH. */
int workspace_explain(const struct call *call, const char *path);
/* Lists the applications. */
int workspace_list(const struct call *call, struct output *output);

#endif
