/* Parts of the rules for forms of strings. */
#ifndef HD_CORE_TEXT_FORMAT_TEXT_H
#define HD_CORE_TEXT_FORMAT_TEXT_H

#include "letter.h"

#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT "0123456789"

/* Control characters and what ends a line, for patterns of the schema; then those that a text of several lines may have. */
#define CONTROLS "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029"
#define CONTROLS_BUT_LINES "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u2028\\u2029"

static inline bool all_of(const char *text, size_t length, const char *set)
{
    return length && strspn(text, set) >= length;
}

static inline bool is_alnum(char c)
{
    return letter_is_lower(c) || letter_is_upper(c) || letter_is_digit(c);
}

/* Letters and digits at both ends; between them small letters, digits and characters of `more`, most of which are seldom there. */
static inline bool is_name(const char *text, size_t length, const char *more)
{
    for (size_t i = 0; i < length; i++)
        if (!letter_is_lower(text[i]) && !letter_is_digit(text[i]) && (!text[i] || !strchr(more, text[i])))
            return false;
    return length && is_alnum(*text) && is_alnum(text[length - 1]);
}

#endif
