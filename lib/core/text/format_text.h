/* What the forms of strings are made of. */
#ifndef HD_CORE_TEXT_FORMAT_TEXT_H
#define HD_CORE_TEXT_FORMAT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT "0123456789"

static inline bool all_of(const char *text, size_t length, const char *set)
{
    return length && strspn(text, set) >= length;
}

static inline bool is_alnum(char c)
{
    return c && strchr(LOWER UPPER DIGIT, c);
}

/* Letters and digits at both ends, characters of `set` between. */
static inline bool is_name(const char *text, size_t length, const char *set)
{
    return all_of(text, length, set) && is_alnum(*text) && is_alnum(text[length - 1]);
}

#endif
