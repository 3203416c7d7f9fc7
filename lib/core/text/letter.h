/* Letters of ASCII, whatever the locale. */
#ifndef HD_CORE_TEXT_LETTER_H
#define HD_CORE_TEXT_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool letter_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool letter_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool letter_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How many digits a text begins with. */
static inline size_t letter_digits(const char *text)
{
    size_t n = 0;

    while (letter_is_digit(text[n]))
        n++;
    return n;
}

/* Writes a number before `end`. Returns where it begins. */
static inline char *letter_number(char *end, uint64_t number)
{
    do
        *--end = (char)('0' + number % 10);
    while (number /= 10);
    return end;
}

static inline char letter_lower(char c)
{
    return letter_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* Whether two texts begin with the same `length` letters, small or capital. Neither is read behind its end. */
static inline bool letters_same(const char *a, const char *b, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (letter_lower(a[i]) != letter_lower(b[i]) || !a[i])
            return false;
    return true;
}

#endif
