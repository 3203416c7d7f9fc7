#include "pattern.h"

#include <string.h>

enum truth truth_not(enum truth truth)
{
    return (enum truth)(TRUTH_YES - truth);
}

enum truth truth_and(enum truth left, enum truth right)
{
    return left < right ? left : right;
}

enum truth truth_or(enum truth left, enum truth right)
{
    return left > right ? left : right;
}

struct pattern pattern_of(struct arena *arena, const char *text)
{
    size_t length = strlen(text);

    if (strstr(text, "{*}") || strstr(text, "{**}"))
        return (struct pattern){PATTERN_TEMPLATE, text};
    if (!strcmp(text, "*"))
        return (struct pattern){PATTERN_PRESENT, ""};
    if (*text == '*')
        return (struct pattern){PATTERN_SUFFIX, text + 1};
    if (length && text[length - 1] == '*')
        return (struct pattern){PATTERN_PREFIX, arena_strndup(arena, text, length - 1)};
    return (struct pattern){PATTERN_EXACT, text};
}

static enum truth match(const struct pattern *pattern, const char *text)
{
    size_t length = strlen(pattern->text), end = strlen(text);
    bool matches = false;

    switch (pattern->kind) {
    case PATTERN_EXACT:
        matches = !strcmp(pattern->text, text);
        break;
    case PATTERN_PREFIX:
        matches = !strncmp(pattern->text, text, length);
        break;
    case PATTERN_SUFFIX:
        matches = end >= length && !strcmp(text + end - length, pattern->text);
        break;
    case PATTERN_PRESENT:
        matches = *text != '\0';
        break;
    case PATTERN_TEMPLATE:
        return TRUTH_UNKNOWN;
    }
    return matches ? TRUTH_YES : TRUTH_NO;
}

enum truth patterns_match(struct patterns patterns, const char *text)
{
    enum truth truth = TRUTH_NO;

    for (size_t i = 0; i < patterns.n && truth < TRUTH_YES; i++)
        truth = truth_or(truth, match(&patterns.items[i], text));
    return truth;
}

struct patterns patterns_join(struct arena *arena, struct patterns left, struct patterns right)
{
    struct patterns all = {arena_room(arena, left.n + right.n, sizeof *all.items), left.n + right.n};

    for (size_t i = 0; i < all.n; i++)
        all.items[i] = i < left.n ? left.items[i] : right.items[i - left.n];
    return all;
}

/* A character that no pattern has; 0 when there is none. */
static char free_letter(struct patterns patterns)
{
    static const char preferred[] = "xyzqwvkjXYZQWVKJ0123456789~_-";
    bool is_used[256] = {false};

    for (size_t i = 0; i < patterns.n; i++)
        for (const char *c = patterns.items[i].text; *c; c++)
            is_used[(unsigned char)*c] = true;
    for (const char *c = preferred; *c; c++)
        if (!is_used[(unsigned char)*c])
            return *c;
    for (int c = '!'; c < 0x7f; c++)
        if (!is_used[c])
            return (char)c;
    return '\0';
}

/* The patterns of a kind, with the empty text as one of them. */
static struct words texts_of(struct arena *arena, struct patterns patterns, enum pattern_kind kind)
{
    struct words words = {arena_array(arena, patterns.n + 1, sizeof *words.items), 1};

    words.items[0] = "";
    for (size_t i = 0; i < patterns.n; i++)
        if (patterns.items[i].kind == kind)
            words.items[words.n++] = patterns.items[i].text;
    return words;
}

bool words_make(struct arena *arena, struct patterns patterns, const char *first, size_t most, struct words *ret_words)
{
    struct words starts = texts_of(arena, patterns, PATTERN_PREFIX), ends = texts_of(arena, patterns, PATTERN_SUFFIX);
    struct words exact = texts_of(arena, patterns, PATTERN_EXACT), all = {NULL, 0};
    char letter = free_letter(patterns);
    bool is_path = *first == '/';

    if (is_path)
        starts.items[0] = first;
    if (!letter || starts.n > most || ends.n > most || exact.n > most || starts.n * ends.n + exact.n > most)
        return false;
    all.items = arena_array(arena, starts.n * ends.n + exact.n, sizeof *all.items);
    for (size_t i = 0; i < starts.n; i++)
        for (size_t j = 0; j < ends.n; j++)
            all.items[all.n++] = arena_printf(arena, "%s%c%s", starts.items[i], letter, ends.items[j]);
    if (patterns_match(patterns, first) == TRUTH_NO)
        all.items[0] = first;
    for (size_t i = 1; i < exact.n; i++)
        all.items[all.n++] = exact.items[i];
    *ret_words = (struct words){all.items, 0};
    for (size_t i = 0; i < all.n; i++)
        if (!is_path || *all.items[i] == '/')
            ret_words->items[ret_words->n++] = all.items[i];
    return true;
}
