#include "snippet.h"

#include "text.h"

#include <stdio.h>
#include <string.h>

/* Columns of text shown, and how many of them before the caret where a line is cut; bytes looked at before and after it. */
enum { SHOWN = 110, SHOWN_BEFORE = 60, LOOKED_AT = 8 * SHOWN, TAB = 8 };

struct line {
    const char *text;         /* of the source */
    size_t start, caret, end; /* offsets; the caret may stand at the end */
};

static size_t skip_quoted(const char *text, size_t i, size_t end)
{
    char quote = text[i++];

    for (; i < end; i++) {
        if (quote == '"' && text[i] == '\\')
            i++;
        else if (text[i] == quote && quote == '\'' && i + 1 < end && text[i + 1] == quote)
            i++;
        else if (text[i] == quote)
            return i + 1;
    }
    return end;
}

static bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* Whether brackets are open at the caret, as far as its line tells. */
static bool is_in_brackets(const struct line *line)
{
    size_t start = line->caret - line->start > LOOKED_AT ? line->caret - LOOKED_AT : line->start;
    int depth = 0;

    for (size_t i = start; i < line->caret; i++) {
        char c = line->text[i];

        if (is_quote(c) && (i == start || strchr(" [{,:", line->text[i - 1])))
            i = skip_quoted(line->text, i, line->end) - 1;
        else if (c == '[' || c == '{')
            depth++;
        else if (c == ']' || c == '}')
            depth--;
    }
    return depth > 0;
}

static size_t collection_end(const struct line *line)
{
    int depth = 0;

    for (size_t i = line->caret; i < line->end; i++) {
        char c = line->text[i];

        if (is_quote(c))
            i = skip_quoted(line->text, i, line->end) - 1;
        else if (c == '[' || c == '{')
            depth++;
        else if ((c == ']' || c == '}') && --depth == 0)
            return i + 1;
    }
    return line->caret + 1;
}

static size_t plain_end(const struct line *line)
{
    bool in_brackets = is_in_brackets(line);
    /* The path of a setting ends at the equals sign. */
    bool is_setting = line->end - line->start > 6 && !strncmp(line->text + line->start, "--set ", 6) &&
                      !memchr(line->text + line->start, '=', line->caret - line->start);
    size_t i = line->caret;

    for (; i < line->end; i++) {
        char c = line->text[i], next = i + 1 < line->end ? line->text[i + 1] : ' ';

        if ((c == '=' && is_setting) || (c == ':' && strchr(" \t,]}", next)) || ((c == ' ' || c == '\t') && next == '#') ||
            (in_brackets && strchr(",]}", c)))
            break;
    }
    return i;
}

/* The end of the value at the caret, as far as its line shows it. */
static size_t value_end(const struct line *line)
{
    size_t end;
    char c;

    if (line->caret >= line->end)
        return line->caret;
    c = line->text[line->caret];
    end = is_quote(c) ? skip_quoted(line->text, line->caret, line->end) : c == '[' || c == '{' ? collection_end(line) : plain_end(line);
    while (end > line->caret + 1 && (line->text[end - 1] == ' ' || line->text[end - 1] == '\t'))
        end--;
    return end;
}

/* Goes back from the caret by as many columns as there is room for. */
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
    struct line line = {.text = source->text, .start = place->line_start, .caret = place->offset, .end = place->offset};
    char number[24];
    size_t from, i, column = 0, caret_column, value = 0, value_column;

    while (line.end < source->length && line.end - line.caret < LOOKED_AT && source->text[line.end] != '\n' &&
           source->text[line.end] != '\r')
        line.end++;
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
