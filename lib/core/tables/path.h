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
};

/* The path to a step, in memory of the arena. */
char *path_text(struct arena *arena, const struct step *step);

#endif
