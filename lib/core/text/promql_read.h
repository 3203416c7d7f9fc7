/* Queries of Prometheus, read as far as its own parser does. */
#ifndef HD_CORE_TEXT_PROMQL_READ_H
#define HD_CORE_TEXT_PROMQL_READ_H

#include <stdbool.h>
#include <stddef.h>

/* The first fault of a query: words for people, and the text from which on it is wrong. */
struct promql_fault {
    char words[160];
    const char *at;
};

/* Whether Prometheus takes the query; else `*ret_fault` says why not. The text lives as long as the fault is used. */
bool promql_is_valid(const char *query, struct promql_fault *ret_fault);

#endif
