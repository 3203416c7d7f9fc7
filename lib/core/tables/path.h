/* Model paths: services.auth-service.ports[0].port */
#ifndef HD_CORE_TABLES_PATH_H
#define HD_CORE_TABLES_PATH_H

#include "core/memory/arena.h"

/* One step of a model path; the steps of a path stand on the stack of whoever walks the model. */
struct step {
    const struct step *outer;
    const char *key;  /* member, or NULL */
    const char *name; /* key of a keyed list's element, or NULL */
    size_t index;     /* element of another list, from 1; 0 when it is none */
    const char *text; /* a path that was given as text, before key, name and index; or NULL */
};

/* The path to a step, in memory of the arena. */
char *path_text(struct arena *arena, const struct step *step);

/*
 * The path behind its next step when that step is `key`, `other_key` (both may be NULL) or this index (-1: none); else NULL. A path
 * that is empty stays so.
 */
const char *path_behind(const char *path, const char *key, const char *other_key, long index);

#endif
