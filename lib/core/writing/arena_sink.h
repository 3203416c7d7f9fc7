/* A sink that keeps in an arena what it is given. */
#ifndef HD_CORE_WRITING_ARENA_SINK_H
#define HD_CORE_WRITING_ARENA_SINK_H

#include "core/memory/arena.h"

/* The text that a sink has received: `bytes` ends with a NUL byte, and is NULL before the first piece. The caller sets `arena` alone. */
struct arena_text {
    struct arena *arena;
    char *bytes;
    size_t length, capacity;
};

/* A sink for the library; `user` is a struct arena_text. */
int arena_sink(void *user, const char *text, size_t length);

#endif
