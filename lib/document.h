/* A loaded model. */
#ifndef HD_DOCUMENT_H
#define HD_DOCUMENT_H

#include "core/memory/arena.h"
#include "environments.h"
#include "model/layout.h"

#include <hybriddeploy/document.h>

/* The array of a list that entries were added to. */
struct roomy_list {
    const void *items;
    size_t capacity;
};

struct hd_document {
    struct arena arena;
    struct hd_app app;
    /* Whether hd_document_resolve() completes the model in place. */
    bool is_taken;
    struct layout_copies copies;
    struct roomy_list *roomy;
    size_t n_roomy;
    /* The inputs: those that were given, and behind them the file of the environment. */
    struct hd_source *sources;
    size_t n_sources, n_given;
    struct environment_names environments;
    /* The options, for the models of the other environments. */
    const char *const *sets;
    size_t n_sets, max_bytes;
};

/* The document's model, which is from now on changed in place, so that hd_document_app() no longer gives it; NULL when it was taken before. */
struct hd_app *document_take_app(struct hd_document *document);

#endif
