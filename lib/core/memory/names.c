#define _DEFAULT_SOURCE
#include "names.h"

#include <string.h>
#include <unistd.h>

/* Addresses of this process are the key where the system gives no random bytes, because others do not know them. */
static void make_key(struct arena *arena)
{
    if (getentropy(arena->hash_key, sizeof arena->hash_key)) {
        arena->hash_key[0] = (uintptr_t)&arena;
        arena->hash_key[1] = (uintptr_t)arena->chunks;
    }
    arena->hash_key[0] |= 1; /* made */
}

static inline uint64_t rotated(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static inline void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotated(v[1], 13) ^ v[0];
    v[3] = rotated(v[3], 16) ^ v[2];
    v[0] = rotated(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = rotated(v[1], 17) ^ v[2];
    v[3] = rotated(v[3], 21) ^ v[0];
    v[2] = rotated(v[2], 32);
}

static inline void take_word(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
}

/* SipHash-1-3. */
uint64_t names_hash(struct arena *arena, const char *text)
{
    uint64_t v[4], word = 0;
    size_t length = strlen(text), left = length;

    if (!arena->hash_key[0])
        make_key(arena);
    v[0] = arena->hash_key[0] ^ UINT64_C(0x736f6d6570736575);
    v[1] = arena->hash_key[1] ^ UINT64_C(0x646f72616e646f6d);
    v[2] = arena->hash_key[0] ^ UINT64_C(0x6c7967656e657261);
    v[3] = arena->hash_key[1] ^ UINT64_C(0x7465646279746573);
    for (; left >= sizeof word; left -= sizeof word, text += sizeof word) {
        memcpy(&word, text, sizeof word);
        take_word(v, word);
    }
    word = 0;
    memcpy(&word, text, left);
    take_word(v, word ^ (uint64_t)length << 56);
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

static void make_entries(struct names *names, size_t count)
{
    size_t size = 4;

    while (size < count * 2)
        size *= 2;
    names->entries = arena_array(names->arena, size, sizeof *names->entries);
    names->mask = (uint32_t)size - 1;
}

void names_init(struct arena *arena, struct names *names, size_t count)
{
    *names = (struct names){.arena = arena};
    if (!arena->hash_key[0])
        make_key(arena);
    make_entries(names, count);
}

/* The hash tells nearly all other names apart without looking at them. */
static struct name_entry *slot(const struct names *names, uint64_t hash, const char *name)
{
    uint32_t i = (uint32_t)hash & names->mask;

    while (names->entries[i].name && (names->entries[i].hash != hash || strcmp(names->entries[i].name, name)))
        i = (i + 1) & names->mask;
    return &names->entries[i];
}

static void grow(struct names *names)
{
    const struct name_entry *old = names->entries;
    uint32_t old_mask = names->mask;

    make_entries(names, (size_t)names->count * 2);
    for (uint32_t i = 0; i <= old_mask; i++)
        if (old[i].name)
            *slot(names, old[i].hash, old[i].name) = old[i];
}

/* The entry of a name; a new one has no value yet. */
static struct name_entry *entry_of(struct names *names, const char *name)
{
    uint64_t hash = names_hash(names->arena, name);
    struct name_entry *entry = slot(names, hash, name);

    if (entry->name)
        return entry;
    if (names->count >= (names->mask + 1) / 4 * 3) {
        grow(names);
        entry = slot(names, hash, name);
    }
    names->count++;
    *entry = (struct name_entry){hash, name, NULL};
    return entry;
}

const void *names_add(struct names *names, const char *name, const void *value)
{
    struct name_entry *entry = entry_of(names, name);
    const void *has_it = entry->value;

    if (!has_it)
        entry->value = value;
    return has_it;
}

void names_set(struct names *names, const char *name, const void *value)
{
    entry_of(names, name)->value = value;
}

const void *names_find(const struct names *names, const char *name)
{
    return names->entries ? slot(names, names_hash(names->arena, name), name)->value : NULL;
}
