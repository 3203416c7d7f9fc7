/* Models of programs whose headers are older or newer than the library. */
#ifndef HD_MODEL_LAYOUT_H
#define HD_MODEL_LAYOUT_H

#include "core/memory/arena.h"
#include "core/tables/path.h"

#include <hybriddeploy/schema.h>

/* The library's own layout, for what it hands out. */
extern const struct hd_layout layout_own;

/*
 * The application in the library's own layout: itself, or a copy. NULL when it cannot be read, or sets members that the library does
 * not know; `report`, which may be NULL, then says why.
 */
const struct hd_app *layout_take(struct arena *arena, struct hd_diagnostics *report, const struct hd_app *app);

/* A struct of a program, as it hands it over. */
struct program_struct {
    const struct hd_layout *layout;
    const void *object;
    size_t size;
};

/* The same for one struct of a model; `path` leads to it, and `report` is not NULL. */
const void *layout_take_struct(struct arena *arena, struct hd_diagnostics *report, const struct program_struct *given,
                               const struct hd_struct *type, const struct step *path);

/* Copies of one application, in layouts of programs that asked for it. */
struct layout_copies {
    _Atomic(struct layout_copy *) first;
};

/*
 * The application in the layout of a program, NULL meaning the library's own: itself, or a copy, which is made at the first call and may
 * be asked for by several threads. NULL when memory ran out or the layout cannot be read.
 */
const struct hd_app *layout_give(struct layout_copies *copies, const struct hd_app *app, const struct hd_layout *layout);
void layout_copies_free(struct layout_copies *copies);

#endif
