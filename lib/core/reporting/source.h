/* The texts that diagnostics speak of. */
#ifndef HD_CORE_REPORTING_SOURCE_H
#define HD_CORE_REPORTING_SOURCE_H

#include "core/memory/arena.h"

#include <hybriddeploy/document.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place in a text that was found already; the next one is mostly further on. */
struct cursor {
    size_t line_start, offset;
    uint32_t line, column;
};

/* An input: a text that was given, or a file that is read again once a line of it has to be shown. */
struct source {
    /* As diagnostics call it. */
    const char *name;
    const char *text;
    size_t length;
    struct cursor cursors[2];
};

struct sources {
    struct arena *arena;
    struct source *items;
    size_t n_items;
};

/* Adds a text under its name in diagnostics. */
struct source *sources_add(struct sources *sources, const char *name, const char *text, size_t length);

/* Whether there is a text of this name. */
bool sources_has(const struct sources *sources, const char *name);

/*
 * Finds a place; false when there is no such text or line. `second` tells second places, which come in no order, from first
 * ones, which are sorted. A column past the end is the end.
 */
bool sources_find(struct sources *sources, const char *name, uint32_t line, uint32_t column, bool second, const struct source **ret_source,
                  struct cursor *ret_place);

#endif
