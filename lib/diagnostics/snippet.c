#include "snippet.h"

#include "core/reporting/value_end.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

/* Columns of text shown, and how many of them before the caret where a line is cut. */
enum { SHOWN = 110, SHOWN_BEFORE = 60, TAB = 8 };

/* Where the shown part of a line begins: as many columns before the caret as there is room for. */
static size_t window_start(const struct line *line, size_t columns)
{
    size_t start = line->caret;

    while (start > line->start) {
        struct cell cell;
        size_t before = start - 1;

        while (before > line->start && start - before < 4 && ((unsigned char)line->text[before] & 0xc0) == 0x80)
            before--;
        text_cell(line->text + before, line->end - before, &cell);
        if (cell.width > columns)
            break;
        columns -= cell.width;
        start = before;
    }
    return start;
}

static bool fits(const struct line *line)
{
    size_t columns = 0;

    if (line->end - line->start > LOOKED_AT)
        return false;
    for (size_t i = line->start; i < line->end;) {
        struct cell cell;

        i += text_cell(line->text + i, line->end - i, &cell);
        columns += cell.width;
    }
    return columns <= SHOWN;
}

static void put_repeated(struct text_out *out, const char *what, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_put(out, what);
}

static size_t put(struct text_out *out, const struct line *line, size_t i, size_t *column)
{
    struct cell cell;
    size_t n;

    if (line->text[i] == '\t') {
        size_t width = TAB - *column % TAB;

        put_repeated(out, " ", width);
        *column += width;
        return 1;
    }
    n = text_cell(line->text + i, line->end - i, &cell);
    text_putn(out, cell.text, cell.n_bytes);
    *column += cell.width;
    return n;
}

void snippet_print(struct text_out *out, const struct source *source, const struct cursor *place, bool has_column, const char *mark,
                   const char *plain)
{
    struct line line = line_at(source, place);
    char number[24];
    size_t from, i, column = 0, caret_column, value = 0, value_column;

    if (line.end == line.start)
        return;
    from = fits(&line) ? line.start : window_start(&line, SHOWN_BEFORE);
    value = value_end(&line);
    text_putn(out, number, (size_t)snprintf(number, sizeof number, "%5u | ", (unsigned)place->line));
    text_put(out, from > line.start ? "..." : NULL);
    column = from > line.start ? 3 : 0;
    caret_column = value_column = column;
    for (i = from; i < line.end && (i <= line.caret || column < SHOWN);) {
        if (i <= line.caret)
            caret_column = column;
        i += put(out, &line, i, &column);
        if (i <= line.caret)
            caret_column = column;
        if (i <= value)
            value_column = column;
    }
    text_put(out, i < line.end ? "...\n" : "\n");
    if (!has_column)
        return;
    text_put(out, "      | ");
    put_repeated(out, " ", caret_column);
    text_put(out, mark, "^");
    put_repeated(out, "~", value_column > caret_column + 1 ? value_column - caret_column - 1 : 0);
    text_put(out, plain, "\n");
}
