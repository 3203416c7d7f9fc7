/* Letters of ASCII, whatever the locale. */
#ifndef HD_CORE_LETTER_H
#define HD_CORE_LETTER_H

static inline char letter_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

#endif
