#include "names.h"

#include "hash.h"

#include <string.h>

void names_init(struct arena *arena, struct names *names, size_t count)
{
    size_t size = 16;

    while (size < count * 2)
        size *= 2;
    names->entries = arena_array(arena, size, sizeof *names->entries);
    names->mask = (uint32_t)size - 1;
}

/* The hash tells nearly all other names apart without looking at them. */
static struct name_entry *slot(const struct names *names, uint64_t hash, const char *name)
{
    uint32_t i = (uint32_t)hash & names->mask;

    while (names->entries[i].name && (names->entries[i].hash != hash || strcmp(names->entries[i].name, name)))
        i = (i + 1) & names->mask;
    return &names->entries[i];
}

const void *names_add(struct names *names, const char *name, const void *value)
{
    uint64_t hash = hash_text(name);
    struct name_entry *entry = slot(names, hash, name);

    if (entry->name)
        return entry->value;
    *entry = (struct name_entry){hash, name, value};
    return NULL;
}

const void *names_find(const struct names *names, const char *name)
{
    return names->entries ? slot(names, hash_text(name), name)->value : NULL;
}
