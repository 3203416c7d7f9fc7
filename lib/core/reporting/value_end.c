#include "value_end.h"

#include <string.h>

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

size_t value_end(const struct line *line)
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

struct line line_at(const struct source *source, const struct cursor *place)
{
    struct line line = {.text = source->text, .start = place->line_start, .caret = place->offset, .end = place->offset};

    while (line.end < source->length && line.end - line.caret < LOOKED_AT && source->text[line.end] != '\n' &&
           source->text[line.end] != '\r')
        line.end++;
    return line;
}
