/* A number of pods, or a percentage of them. */
#ifndef HD_CORE_TEXT_INT_OR_PERCENT_H
#define HD_CORE_TEXT_INT_OR_PERCENT_H

#include <stdbool.h>
#include <stdint.h>

struct int_or_percent {
    int64_t number;
    bool is_percent;
};

/* Whether the text, which may be NULL, is one; `*value` is set only then. */
bool int_or_percent_of(const char *text, struct int_or_percent *value);

/* How many of `total` it is; a part of one counts as one, as Kubernetes counts for budgets and surges. */
int64_t int_or_percent_up(struct int_or_percent value, int64_t total);

#endif
