#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_chunk {
    struct arena_chunk *older;
    size_t size;
    max_align_t data[];
};

/* The first chunk holds an ordinary model; later ones double up to a size at which their number no longer matters. */
enum { FIRST_CHUNK = 32 * 1024, LARGEST_CHUNK = 1024 * 1024, ALIGNMENT = sizeof(max_align_t) > 16 ? 16 : sizeof(max_align_t) };

void arena_init(struct arena *arena, jmp_buf *out_of_memory)
{
    *arena = (struct arena){.chunk_size = FIRST_CHUNK, .out_of_memory = out_of_memory};
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->chunks, arena->next};
}

/* The first chunk stays, because more will be taken; those that follow begin to double from here again. */
void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    while (arena->chunks != mark.chunk && arena->chunks->older) {
        struct arena_chunk *older = arena->chunks->older;

        arena->size -= arena->chunks->size;
        arena->chunk_size = arena->chunk_size > FIRST_CHUNK ? arena->chunk_size / 2 : FIRST_CHUNK;
        free(arena->chunks);
        arena->chunks = older;
    }
    if (!arena->chunks)
        return;
    arena->next = mark.chunk ? mark.next : (char *)arena->chunks->data;
    arena->end = (char *)arena->chunks->data + arena->chunks->size;
}

void arena_empty(struct arena *arena)
{
    arena_rewind(arena, (struct arena_mark){0});
}

void arena_free(struct arena *arena)
{
    arena_empty(arena);
    free(arena->chunks);
    arena->chunks = NULL;
    arena->next = arena->end = NULL;
}

static void add_chunk(struct arena *arena, size_t size)
{
    size_t payload = size > arena->chunk_size ? size : arena->chunk_size;
    struct arena_chunk *chunk = NULL;

    if (size < SIZE_MAX / 2)
        chunk = malloc(sizeof *chunk + payload);
    if (!chunk)
        longjmp(*arena->out_of_memory, 1);
    chunk->older = arena->chunks;
    chunk->size = payload;
    arena->chunks = chunk;
    arena->size += payload;
    arena->next = (char *)chunk->data;
    arena->end = arena->next + payload;
    if (arena->chunk_size < LARGEST_CHUNK)
        arena->chunk_size *= 2;
}

/* Texts stand close together; everything else begins on a boundary. */
static inline void *take(struct arena *arena, size_t size, size_t alignment)
{
    size_t gap = -(uintptr_t)arena->next & (alignment - 1), left = (size_t)(arena->end - arena->next);
    void *memory;

    /* Even nothing has an address. */
    if (!arena->next || left < size || left - size < gap) {
        add_chunk(arena, size);
        gap = 0;
    }
    memory = arena->next + gap;
    arena->next += gap + size;
    return memory;
}

void *arena_room(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        longjmp(*arena->out_of_memory, 1);
    return take(arena, count * size, ALIGNMENT);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    return memset(arena_room(arena, count, size), 0, count * size);
}

void *arena_copy(struct arena *arena, const void *data, size_t size)
{
    void *memory = take(arena, size, ALIGNMENT);

    return size ? memcpy(memory, data, size) : memory;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    char *copy = take(arena, length + 1, 1);

    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

/* Most texts fit into what is left of the chunk, so they are printed only once. */
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    size_t left = (size_t)(arena->end - arena->next);
    va_list again;
    char *text;
    int length;

    va_copy(again, args);
    length = vsnprintf(arena->next, left, format, again);
    va_end(again);
    if (length < 0)
        longjmp(*arena->out_of_memory, 1);
    if ((size_t)length < left)
        return take(arena, (size_t)length + 1, 1);
    text = take(arena, (size_t)length + 1, 1);
    vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

char *arena_listed(struct arena *arena, const char *list, const char *item)
{
    return arena_printf(arena, "%s%s%s", list ? list : "", list ? ", " : "", item);
}

void *arena_longer(struct arena *arena, const void *items, size_t count, size_t size)
{
    void *longer = arena_room(arena, count + 1, size);

    if (count)
        memcpy(longer, items, count * size);
    return longer;
}

/* Frees what an array leaves behind when it grows, where it had a chunk for itself. */
static void free_alone(struct arena *arena, const void *items, size_t size)
{
    struct arena_chunk **link = &arena->chunks, *chunk;

    while (*link && (void *)(*link)->data != items)
        link = &(*link)->older;
    chunk = *link;
    if (!chunk || chunk->size != size)
        return;
    *link = chunk->older;
    arena->size -= size;
    free(chunk);
}

void *arena_grown(struct arena *arena, const void *items, size_t count, size_t size)
{
    void *grown;

    if (count & (count - 1) || (count == 0 && items))
        return (void *)(uintptr_t)items;
    if (count > SIZE_MAX / 2)
        longjmp(*arena->out_of_memory, 1);
    grown = arena_room(arena, count ? count * 2 : 1, size);
    if (!count)
        return grown;
    memcpy(grown, items, count * size);
    if (count * size >= LARGEST_CHUNK)
        free_alone(arena, items, count * size);
    return grown;
}
