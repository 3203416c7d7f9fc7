/* The inputs of a document, read and laid over each other. */
#ifndef HD_INPUTS_H
#define HD_INPUTS_H

#include "document.h"

/* A load in progress. */
struct loading {
    struct tree_memory memory;
    struct hd_diagnostics *report;
    const struct hd_load_options *options;
    /* The environment that was chosen; NULL for the model without one. */
    const char *environment;
    size_t most_bytes;
    struct hd_document *document;
    struct environment_layers layers;
    /* Names of files in the positions of the environment's layers. */
    const char **layer_files;
    size_t n_layer_files;
};

/* The tree of the model; NULL after reporting why an input cannot be read, or a setting cannot be followed. */
struct node *inputs_read(struct loading *loading, const struct hd_source *sources, size_t n_sources);

#endif
