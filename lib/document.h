/* A loaded model. */
#ifndef HD_DOCUMENT_H
#define HD_DOCUMENT_H

#include "core/memory/arena.h"
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
    struct layout_copies copies;
    struct roomy_list *roomy;
    size_t n_roomy;
};

#endif
