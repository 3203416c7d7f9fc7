/* "Did you mean ...?" */
#ifndef HD_CORE_TEXT_SUGGEST_H
#define HD_CORE_TEXT_SUGGEST_H

#include <stddef.h>

/* Remembers the candidate nearest to a misspelled word. */
struct suggestion {
    const char *word;
    const char *nearest; /* NULL while none is near enough */
    size_t distance;
};

struct suggestion suggest_for(const char *word);
void suggest_try(struct suggestion *suggestion, const char *candidate);

#endif
