#include "word_list.h"

#include "letter.h"
#include "suggest.h"

#include <string.h>

bool word_list_has(const char *words, const char *text, size_t length)
{
    /* Asked for each variable, and most begin with another letter. */
    for (const char *p = words; p[1]; p++)
        if (*p == ' ' && letter_lower(p[1]) == letter_lower(*text) && letters_same(p + 1, text, length) && p[1 + length] == ' ')
            return true;
    return false;
}

bool word_list_ends(const char *words, const char *text)
{
    size_t length = strlen(text), n;

    for (const char *p = words; p[1]; p += 1 + n) {
        n = (size_t)(strchr(p + 1, ' ') - (p + 1));
        if (n <= length && letters_same(text + length - n, p + 1, n) && (n == length || text[length - n - 1] == '_'))
            return true;
    }
    return false;
}

const char *word_list_listed(struct arena *arena, const char *words)
{
    const char *list = NULL;

    for (const char *p = words; p[1]; p += 1 + strcspn(p + 1, " "))
        list = arena_listed(arena, list, arena_strndup(arena, p + 1, strcspn(p + 1, " ")));
    return list;
}

const char *word_list_nearest(struct arena *arena, const char *words, const char *text, bool surely)
{
    struct suggestion suggestion = suggest_for(text);

    if (surely)
        suggestion.distance = strlen(text) / 4 + 1;
    for (const char *p = words; p[1]; p += 1 + strcspn(p + 1, " "))
        suggest_try(&suggestion, arena_strndup(arena, p + 1, strcspn(p + 1, " ")));
    return suggestion.nearest;
}
