#include "source.h"

#include "call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void sources_add(struct sources *sources, const char *name, char *text, size_t length)
{
    struct source *source;

    sources->items = grow(sources->items, (sources->n_items + 1) * sizeof *sources->items);
    source = &sources->items[sources->n_items++];
    *source = (struct source){.text = text, .length = length, .unread = !text};
    source->name = grow(NULL, strlen(name) + 1);
    strcpy(source->name, name);
}

void sources_free(struct sources *sources)
{
    for (size_t i = 0; i < sources->n_items; i++) {
        if (sources->items[i].text != sources->items[i].name)
            free(sources->items[i].text);
        free(sources->items[i].name);
    }
    free(sources->items);
}

/* Reads a file again. One that cannot be read twice, such as a pipe, is shown without its lines. */
static void read_again(struct source *source)
{
    struct stat status;
    FILE *file;

    source->unread = false;
    if (stat(source->name, &status) || !S_ISREG(status.st_mode) || status.st_size <= 0)
        return;
    file = fopen(source->name, "rb");
    if (!file)
        return;
    source->text = malloc((size_t)status.st_size);
    if (source->text)
        source->length = fread(source->text, 1, (size_t)status.st_size, file);
    fclose(file);
}

/* A setting is its own text: diagnostics name the whole of it. */
static struct source *source_named(struct sources *sources, const char *name)
{
    struct source *source;

    for (size_t i = 0; i < sources->n_items; i++)
        if (!strcmp(sources->items[i].name, name))
            return &sources->items[i];
    if (strncmp(name, "--set ", 6) != 0)
        return NULL;
    sources_add(sources, name, NULL, 0);
    source = &sources->items[sources->n_items - 1];
    source->text = source->name;
    source->length = strlen(name);
    source->unread = false;
    return source;
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

    if (source && source->unread)
        read_again(source);
    if (!source || !source->text || !source->length || !line)
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
