/*
 * For programs that are linked with -Wl,--wrap=arena_init: arenas in which every piece is an allocation of its own, so that a
 * sanitizer sees where one piece ends, and every one of them can fail.
 */
#ifndef HD_TESTS_UNIT_WRAPPED_ARENA_H
#define HD_TESTS_UNIT_WRAPPED_ARENA_H

#include "core/memory/arena.h"

void __real_arena_init(struct arena *arena, jmp_buf *out_of_memory);
void __wrap_arena_init(struct arena *arena, jmp_buf *out_of_memory);

void __wrap_arena_init(struct arena *arena, jmp_buf *out_of_memory)
{
    __real_arena_init(arena, out_of_memory);
    arena->chunk_size = 0;
}

#endif
