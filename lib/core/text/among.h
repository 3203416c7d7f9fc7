/* Whether texts are the same, or one of a fixed list. */
#ifndef HD_CORE_TEXT_AMONG_H
#define HD_CORE_TEXT_AMONG_H

#include "letter.h"

#include <string.h>

/* Two texts that are both NULL are the same. */
static inline bool same_text(const char *a, const char *b)
{
    return a ? b && !strcmp(a, b) : !b;
}

static inline bool is_among(const char *word, const char *const *list, size_t n_list)
{
    for (size_t i = 0; i < n_list; i++)
        if (list[i] && *list[i] == *word && !strcmp(word, list[i]))
            return true;
    return false;
}

/* Likewise for the first `length` bytes of a text, in small or capital letters. */
static inline bool is_among_any_case(const char *text, size_t length, const char *const *list, size_t n_list)
{
    for (size_t i = 0; i < n_list; i++)
        if (letters_same(text, list[i], length) && !list[i][length])
            return true;
    return false;
}

#define IS_AMONG(word, list) is_among((word), (list), sizeof(list) / sizeof *(list))
#define IS_AMONG_ANY_CASE(text, length, list) is_among_any_case((text), (length), (list), sizeof(list) / sizeof *(list))

#endif
