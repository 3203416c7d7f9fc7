/* From a name to what has it. */
#ifndef HD_CORE_MEMORY_NAMES_H
#define HD_CORE_MEMORY_NAMES_H

#include "arena.h"

#include <stdint.h>

struct names {
    struct name_entry {
        uint64_t hash;
        const char *name;
        const void *value;
    } *entries;
    uint32_t mask, count;
    struct arena *arena;
};

/* For about `count` names; it grows with more. */
void names_init(struct arena *arena, struct names *names, size_t count);
/* Adds a name; when it is there already, nothing changes and what has it is returned, else NULL. */
const void *names_add(struct names *names, const char *name, const void *value);
/* Adds a name, or gives it another value. */
void names_set(struct names *names, const char *name, const void *value);
const void *names_find(const struct names *names, const char *name);

/*
 * A hash of a text that nobody can foresee, so that nobody can choose texts that collide: with a random key of the arena. It differs
 * from run to run, so nothing that comes out may depend on it.
 */
uint64_t names_hash(struct arena *arena, const char *text);

#endif
