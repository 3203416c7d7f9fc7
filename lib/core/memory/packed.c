#include "packed.h"

#include <string.h>

/* For each group of words there is one word with a bit for each that is not zero, and then these. */
enum { GROUP = sizeof(uintptr_t) * 8 };

static size_t packed_size(const uintptr_t *words, size_t n_words)
{
    size_t size = (n_words + GROUP - 1) / GROUP;

    for (size_t i = 0; i < n_words; i++)
        size += words[i] != 0;
    return size;
}

const uintptr_t *pack(struct arena *arena, const void *object, size_t size)
{
    const uintptr_t *words = object;
    size_t n_words = size / sizeof *words;
    uintptr_t *packed = arena_room(arena, packed_size(words, n_words), sizeof *packed), *next = packed, *bits = NULL;

    for (size_t i = 0; i < n_words; i++) {
        if (i % GROUP == 0) {
            bits = next++;
            *bits = 0;
        }
        if (!words[i])
            continue;
        *bits |= (uintptr_t)1 << i % GROUP;
        *next++ = words[i];
    }
    return packed;
}

void unpack(const uintptr_t *packed, void *object, size_t size)
{
    uintptr_t *words = object;

    memset(object, 0, size);
    for (size_t i = 0; i < size / sizeof *words; i += GROUP)
        for (uint64_t bits = *packed++; bits; bits &= bits - 1)
            words[i + (size_t)__builtin_ctzll(bits)] = *packed++;
}
