/* Whether texts are the same, or one of a fixed list; and a text, or another one where there is none. */
#ifndef HD_CORE_TEXT_AMONG_H
#define HD_CORE_TEXT_AMONG_H

#include "letter.h"

#include <string.h>

/* Two texts that are both NULL are the same. */
bool same_text(const char *a, const char *b);

static inline const char *text_or(const char *text, const char *other)
{
    return text ? text : other;
}

bool is_among(const char *word, const char *const *list, size_t n_list);

/* Likewise for the first `length` bytes of a text, in small or capital letters. */
bool is_among_any_case(const char *text, size_t length, const char *const *list, size_t n_list);

#define IS_AMONG(word, list) is_among((word), (list), sizeof(list) / sizeof *(list))
#define IS_AMONG_ANY_CASE(text, length, list) is_among_any_case((text), (length), (list), sizeof(list) / sizeof *(list))

#endif
