/* Memory that is freed all at once. */
#ifndef HD_CORE_MEMORY_ARENA_H
#define HD_CORE_MEMORY_ARENA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * An allocation either succeeds or unwinds to `out_of_memory`, which the public function on top of the call set with
 * setjmp(); so nothing between them checks. Whatever is not in an arena must be reachable from that function's frame.
 */
struct arena {
    struct arena_chunk *chunks;
    char *next, *end;
    size_t chunk_size;
    /* Bytes of all chunks. */
    size_t size;
    jmp_buf *out_of_memory;
    /* Random key of the hashes in names.c; zero until it is made. */
    uint64_t hash_key[2];
};

void arena_init(struct arena *arena, jmp_buf *out_of_memory);
void arena_free(struct arena *arena);
/* Ends all that is in it, and keeps room for what comes next. */
void arena_empty(struct arena *arena);

/* The place that an arena has reached; arena_rewind() ends all that was taken since. No array of before may grow in between. */
struct arena_mark {
    struct arena_chunk *chunk;
    char *next;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Zeroed memory for `count` elements. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* The same, to be filled at once. */
void *arena_room(struct arena *arena, size_t count, size_t size);
void *arena_copy(struct arena *arena, const void *data, size_t size);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0), nonnull(2)));

/* A list for people, "one, two", with one more item; NULL begins it. */
char *arena_listed(struct arena *arena, const char *list, const char *item);

#define arena_new(arena, type) ((type *)arena_array((arena), 1, sizeof(type)))

/* A copy of the array `items` of `count`, with room for one more, which is to be filled; for arrays that belong to somebody else. */
void *arena_longer(struct arena *arena, const void *items, size_t count, size_t size);

/*
 * Makes room for one more element in the array `items` of `count`, which doubles as it grows: capacity is the next power
 * of two. The new element is to be filled. Nobody may keep pointers into the array, because large ones are freed when they grow.
 */
#define arena_grow(arena, items, count) ((items) = arena_grown((arena), (items), (count), sizeof *(items)))
void *arena_grown(struct arena *arena, const void *items, size_t count, size_t size);

#endif
