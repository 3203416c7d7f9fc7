#include "among.h"

bool same_text(const char *a, const char *b)
{
    return a ? b && !strcmp(a, b) : !b;
}

bool is_among(const char *word, const char *const *list, size_t n_list)
{
    for (size_t i = 0; i < n_list; i++)
        if (list[i] && *list[i] == *word && !strcmp(word, list[i]))
            return true;
    return false;
}

bool is_among_any_case(const char *text, size_t length, const char *const *list, size_t n_list)
{
    for (size_t i = 0; i < n_list; i++)
        if (letter_lower(*text) == letter_lower(*list[i]) && letters_same(text, list[i], length) && !list[i][length])
            return true;
    return false;
}
