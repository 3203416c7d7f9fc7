/* The texts that diagnostics speak of. */
#ifndef HYBRIDGEN_SOURCE_H
#define HYBRIDGEN_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place in a text that was found already; the next one is mostly further on. */
struct cursor {
    size_t line_start, offset;
    uint32_t line, column;
};

/* An input: what was read before, or a file that is read again once a line of it has to be shown. */
struct source {
    /* As diagnostics call it. */
    char *name;
    char *text;
    size_t length;
    /* Whether reading it is still to be tried. */
    bool unread;
    struct cursor cursors[2];
};

struct sources {
    struct source *items;
    size_t n_items;
};

/* Adds an input under its name in diagnostics. With text, from malloc(), it is not read, and the text is freed with it. */
void sources_add(struct sources *sources, const char *name, char *text, size_t length);
void sources_free(struct sources *sources);

/*
 * Finds a place; false when there is no such text or line. `second` tells second places, which come in no order, from first
 * ones, which are sorted. A column past the end is the end.
 */
bool sources_find(struct sources *sources, const char *name, uint32_t line, uint32_t column, bool second, const struct source **ret_source,
                  struct cursor *ret_place);

#endif
