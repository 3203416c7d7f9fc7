#include "suggest.h"

#include "among.h"
#include "letter.h"

#include <hybriddeploy/diagnostic.h>
#include <string.h>

enum { LONGEST = 64 };

struct suggestion suggest_for(const char *word)
{
    /* A third of the letters may be wrong. */
    return (struct suggestion){.word = word, .distance = strlen(word) / 3 + 2};
}

/* Edits (insert, delete, replace, swap of neighbours) from one word to the other; case counts for nothing. */
static size_t edits(const char *a, size_t n, const char *b, size_t m)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2], *spare;

    for (size_t k = 0; k <= m; k++)
        last[k] = k;
    for (size_t i = 1; i <= n; i++) {
        row[0] = i;
        for (size_t k = 1; k <= m; k++) {
            char x = letter_lower(a[i - 1]), y = letter_lower(b[k - 1]);
            size_t best = last[k - 1] + (x != y);

            if (last[k] + 1 < best)
                best = last[k] + 1;
            if (row[k - 1] + 1 < best)
                best = row[k - 1] + 1;
            if (i > 1 && k > 1 && x == letter_lower(b[k - 2]) && y == letter_lower(a[i - 2]) && before[k - 2] + 1 < best)
                best = before[k - 2] + 1;
            row[k] = best;
        }
        spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[m];
}

void suggest_try(struct suggestion *suggestion, const char *candidate)
{
    size_t n = strlen(suggestion->word), m = strlen(candidate), distance;

    if (n > LONGEST || m > LONGEST || !n || !m)
        return;
    distance = edits(suggestion->word, n, candidate, m);
    /* The beginning of a longer word is near as well, when nothing is nearer: autoscal, autoscaling. */
    if (distance >= suggestion->distance && !suggestion->nearest && n >= 4 && !strncmp(suggestion->word, candidate, n))
        distance = suggestion->distance - 1;
    if (distance < suggestion->distance) {
        suggestion->distance = distance;
        suggestion->nearest = candidate;
    }
}

const char *hd_did_you_mean(const char *word, const char *const *candidates, size_t n_candidates)
{
    struct suggestion suggestion = suggest_for(text_or(word, ""));

    for (size_t i = 0; word && candidates && i < n_candidates; i++)
        if (candidates[i])
            suggest_try(&suggestion, candidates[i]);
    return suggestion.nearest;
}
