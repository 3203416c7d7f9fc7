/* A 64-bit FNV-1a hash: the same in every run, for what comes out. Tables of names have their own (names.h), which nobody can foresee. */
#ifndef HD_CORE_MEMORY_HASH_H
#define HD_CORE_MEMORY_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)

/* Adds bytes to a hash that began as HASH_START. */
static inline uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static inline uint64_t hash_word(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* Another hash, for what is compared within one process: eight bytes at a time, of which the last may overlap those before. */
static inline uint64_t hash_quickly(uint64_t hash, const char *bytes, size_t length)
{
    uint64_t word = length;

    if (length < sizeof word) {
        for (size_t i = 0; i < length; i++)
            word = word << 8 | (unsigned char)bytes[i];
        return hash_word(hash, word);
    }
    hash += length;
    for (size_t i = 0; i < length - sizeof word; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        hash = hash_word(hash, word);
    }
    memcpy(&word, bytes + length - sizeof word, sizeof word);
    return hash_word(hash, word);
}

static inline uint64_t hash_text(const char *text)
{
    uint64_t hash = HASH_START;

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash ^ hash >> 32;
}

#endif
