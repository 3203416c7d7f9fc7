#include "promql_words.h"

#include "letter.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum promql_type promql_fail(struct promql_reader *reader, const char *at, const char *format, ...)
{
    va_list args;

    if (reader->failed)
        return PROMQL_NOTHING;
    reader->failed = true;
    reader->fault->at = at;
    va_start(args, format);
    vsnprintf(reader->fault->words, sizeof reader->fault->words, format, args);
    va_end(args);
    return PROMQL_NOTHING;
}

void promql_skip_space(struct promql_reader *reader)
{
    for (;;) {
        reader->next += strspn(reader->next, " \t\r\n");
        if (*reader->next != '#')
            return;
        reader->next += strcspn(reader->next, "\n");
    }
}

bool promql_take(struct promql_reader *reader, const char *sign)
{
    promql_skip_space(reader);
    if (strncmp(reader->next, sign, strlen(sign)) != 0)
        return false;
    reader->next += strlen(sign);
    return true;
}

bool promql_expect(struct promql_reader *reader, const char *sign, const char *open)
{
    if (promql_take(reader, sign))
        return true;
    if (*reader->next)
        promql_fail(reader, reader->next, "%s is expected before \"%.20s\"", sign, reader->next);
    else
        promql_fail(reader, open, "%.1s is never closed", open);
    return false;
}

size_t promql_word_length(const struct promql_reader *reader)
{
    return strchr(LETTERS ":", *reader->next) && *reader->next ? strspn(reader->next, LETTERS DIGITS ":") : 0;
}

bool promql_take_word(struct promql_reader *reader, const char *word)
{
    promql_skip_space(reader);
    if (promql_word_length(reader) != strlen(word) || !letters_same(reader->next, word, strlen(word)))
        return false;
    reader->next += strlen(word);
    return true;
}

bool promql_read_string(struct promql_reader *reader)
{
    const char *begin = reader->next;
    char quote = *begin;

    for (reader->next++; *reader->next && *reader->next != quote; reader->next++) {
        if (*reader->next == '\n' && quote != '`')
            break;
        if (*reader->next == '\\' && quote != '`' && reader->next[1])
            reader->next++;
    }
    if (*reader->next != quote) {
        promql_fail(reader, begin, "the quote %c is never closed", quote);
        return false;
    }
    reader->next++;
    return true;
}

size_t promql_duration_length(const char *text)
{
    static const char *const units[] = {"ms", "y", "w", "d", "h", "m", "s"};
    size_t length = 0;

    for (;;) {
        size_t digits = strspn(text + length, DIGITS), i = 0;

        while (digits && i < sizeof units / sizeof *units && strncmp(text + length + digits, units[i], strlen(units[i])) != 0)
            i++;
        if (!digits || i == sizeof units / sizeof *units)
            return length && !strchr(LETTERS DIGITS, text[length]) ? length : text[length] ? 0 : length;
        length += digits + strlen(units[i]);
    }
}

bool promql_read_duration(struct promql_reader *reader)
{
    const char *begin, *template_end;
    size_t length;

    promql_skip_space(reader);
    begin = reader->next;
    /* Flagger fills in {{ interval }}. */
    template_end = !strncmp(begin, "{{", 2) ? strstr(begin, "}}") : NULL;
    if (template_end) {
        reader->next = template_end + 2;
        return true;
    }
    length = promql_duration_length(begin);
    if (!length && strspn(begin, DIGITS) && !strchr(LETTERS, begin[strspn(begin, DIGITS)])) {
        promql_fail(reader, begin, "the duration %.*s has no unit", (int)strspn(begin, DIGITS), begin);
        return false;
    }
    if (!length) {
        length = strcspn(begin, "]: \t)");
        promql_fail(reader, begin, "\"%.*s\" is no duration, such as 5m or 1h30m", (int)(length < 30 ? length : 30), begin);
        return false;
    }
    reader->next = begin + length;
    return true;
}

/* strtod() is not used, because its decimal point depends on the locale. */
const char *promql_behind_number(const char *text)
{
    const char *end = text;

    if (!strncmp(text, "0x", 2))
        return text + 2 + strspn(text + 2, DIGITS "abcdefABCDEF");
    end += strspn(end, DIGITS "_");
    end += *end == '.' ? 1 + strspn(end + 1, DIGITS) : 0;
    if (*end == 'e' || *end == 'E') {
        const char *exponent = end + 1 + (end[1] == '-' || end[1] == '+');

        end = strspn(exponent, DIGITS) ? exponent + strspn(exponent, DIGITS) : end;
    }
    return end;
}
