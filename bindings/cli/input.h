/* From the call's files to a complete model, with the diagnostics on the way. */
#ifndef HYBRIDGEN_INPUT_H
#define HYBRIDGEN_INPUT_H

#include "options.h"

#include <hybriddeploy/hybriddeploy.h>

/* The model for one environment. */
struct variant {
    struct hd_document *document;
    struct hd_model *model;
};

/* A model of a workspace, borrowed from it: as it is without an environment, and as it was loaded last, when further files may have been read. */
struct member {
    const char *file;
    struct hd_document *document, *latest;
};

struct input {
    const struct call *call;
    const char *revision;
    /* The inputs that were loaded, with their texts. */
    struct hd_source *sources;
    size_t n_sources;
    /* The file of the environment at a revision; without a text when there is none. */
    struct hd_source environment_file;
    /* The names of the files that were read. */
    const char *const *files;
    size_t n_files;
    const char *standard;
    struct hd_diagnostics *diagnostics;
    /* The one that was loaded last, and those before it. */
    struct hd_document *document;
    struct hd_model *model;
    struct variant *before;
    size_t n_before;
    /* Instead of all this, the workspace in a file: as it was loaded last, all that were loaded, and the models of the first. */
    const char *file;
    char *own_file; /* its name, where it is of a revision */
    struct hd_workspace *workspace, **workspaces;
    size_t n_workspaces;
    struct member *members;
    size_t n_members;
};

/* Loads and resolves. Anything but EXIT_FINE leaves no model; input_close() follows in either case. */
int input_open(struct input *input, const struct call *call);
/* The same with the files as they are in a revision of git; NULL is the files as they are. */
int input_open_at(struct input *input, const struct call *call, const char *revision);

/* Only makes the collection of diagnostics; input_close() follows in either case. */
int input_begin(struct input *input, const struct call *call);
/* A new collection in the place of one whose findings will be found again. */
int input_begin_again(struct input *input);

/* Whether the Kubernetes version of the call has the form of one; complains when not. */
int check_kube_version(const struct call *call);
/* Whether a finding is about what the call lays over the models, which is a mistake of the call. */
bool has_wrong_call(const struct input *input);

/* The same in two steps: the inputs are read, and the model is loaded for an environment (NULL: for none), as often as is wanted. */
int input_read(struct input *input, const struct call *call, const char *revision);
int input_load(struct input *input, const char *environment);
int input_resolve(struct input *input);

/* The names of the model's environments. Borrowed from the document. */
int input_environments(struct input *input, const char *const **ret_names, size_t *ret_n);

/* Prints the diagnostics, or keeps them for a document, and frees what is not kept. Returns `status`, or what follows from the diagnostics when it is EXIT_FINE. */
int input_close(struct input *input, int status);

void input_free(struct input *input);

/* Exit status for a library's status. */
int status_of(const struct input *input, enum hd_status status);

#endif
