#include "source.h"

#include "core/text/file.h"

#include <string.h>
#include <sys/stat.h>

enum { MOST_BYTES = 256 * 1024 * 1024 };

struct source *sources_add(struct sources *sources, const char *name, const char *text, size_t length)
{
    arena_grow(sources->arena, sources->items, sources->n_items);
    sources->items[sources->n_items] = (struct source){.name = name, .text = text, .length = length};
    return &sources->items[sources->n_items++];
}

/* Reads a file again. One that cannot be read twice, such as a pipe, is shown without its lines. */
static struct source *read_again(struct sources *sources, const char *name)
{
    struct stat status;
    const char *text = NULL, *why;
    size_t length = 0;

    if (!stat(name, &status) && S_ISREG(status.st_mode))
        text = file_read(sources->arena, name, MOST_BYTES, &length, &why);
    return sources_add(sources, name, text, length);
}

bool sources_has(const struct sources *sources, const char *name)
{
    for (size_t i = 0; i < sources->n_items; i++)
        if (!strcmp(sources->items[i].name, name))
            return true;
    return false;
}

/* A setting is its own text: diagnostics name the whole of it. */
static struct source *source_named(struct sources *sources, const char *name)
{
    for (size_t i = 0; i < sources->n_items; i++)
        if (!strcmp(sources->items[i].name, name))
            return &sources->items[i];
    return !strncmp(name, "--set ", 6) ? sources_add(sources, name, name, strlen(name)) : read_again(sources, name);
}

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

static bool next_line(const struct source *source, struct cursor *cursor)
{
    size_t i = cursor->offset;

    while (i < source->length && !is_break(source->text[i]))
        i++;
    if (i == source->length)
        return false;
    i += source->text[i] == '\r' && i + 1 < source->length && source->text[i + 1] == '\n' ? 2 : 1;
    cursor->line++;
    cursor->column = 1;
    cursor->line_start = cursor->offset = i;
    return true;
}

/* Columns count characters; a byte that belongs to none counts as one. */
static void next_column(const struct source *source, struct cursor *cursor)
{
    cursor->offset++;
    while (cursor->offset < source->length && ((unsigned char)source->text[cursor->offset] & 0xc0) == 0x80)
        cursor->offset++;
    cursor->column++;
}

bool sources_find(struct sources *sources, const char *name, uint32_t line, uint32_t column, bool second, const struct source **ret_source,
                  struct cursor *ret_place)
{
    struct source *source = source_named(sources, name);
    struct cursor *cursor;

    if (!source->text || !source->length || !line)
        return false;
    cursor = &source->cursors[second];
    if (!cursor->line || cursor->line > line || (cursor->line == line && cursor->column > column)) {
        *cursor = (struct cursor){.line = 1, .column = 1};
        if (source->length >= 3 && !memcmp(source->text, "\xef\xbb\xbf", 3))
            cursor->line_start = cursor->offset = 3;
    }
    while (cursor->line < line)
        if (!next_line(source, cursor))
            return false;
    while (cursor->column < column && cursor->offset < source->length && !is_break(source->text[cursor->offset]))
        next_column(source, cursor);
    *ret_source = source;
    *ret_place = *cursor;
    return true;
}
