/* Structs of which most words are zero, kept small. */
#ifndef HD_CORE_MEMORY_PACKED_H
#define HD_CORE_MEMORY_PACKED_H

#include "arena.h"

/* Packs an object whose size is a multiple of that of a pointer. */
const uintptr_t *pack(struct arena *arena, const void *object, size_t size);

/* Fills an object of the same size. */
void unpack(const uintptr_t *packed, void *object, size_t size);

#endif
