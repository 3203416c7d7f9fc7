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
    /* Instead of all this, a workspace. */
    struct hd_workspace *workspace;
};

/* Loads and resolves. Anything but EXIT_FINE leaves no model; input_close() follows in either case. */
int input_open(struct input *input, const struct call *call);
/* The same with the files as they are in a revision of git; NULL is the files as they are. */
int input_open_at(struct input *input, const struct call *call, const char *revision);

/* Only makes the collection of diagnostics; input_close() follows in either case. */
int input_begin(struct input *input, const struct call *call);

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
