/* The functions and aggregations of PromQL. (Prometheus: promql/parser/functions.go, docs/querying/functions.md) */
#ifndef HD_CORE_TEXT_PROMQL_FUNCTIONS_H
#define HD_CORE_TEXT_PROMQL_FUNCTIONS_H

#include <stddef.h>

/* Types of values; PROMQL_NOTHING after a fault. */
enum promql_type { PROMQL_NOTHING, PROMQL_SCALAR, PROMQL_VECTOR, PROMQL_RANGE, PROMQL_STRING };

struct promql_function {
    const char *name;
    /*
     * A letter for each: v an instant vector, r a range of one, s a scalar, t a text. The argument behind a ? may be left out, and the
     * argument before a * comes any number of times.
     */
    const char *arguments;
    enum promql_type result;
};

/* The function or aggregation of a name, in small or capital letters; NULL when there is none. */
const struct promql_function *promql_function(const char *name, size_t length);
const struct promql_function *promql_aggregation(const char *name, size_t length);
/* The name of a function or aggregation that is nearest to a word; NULL when none is near. */
const char *promql_nearest(const char *word);

#endif
