#include "promql_functions.h"

#include "letter.h"
#include "suggest.h"

#include <string.h>

static const struct promql_function functions[] = {
    {"abs", "v", PROMQL_VECTOR},
    {"absent", "v", PROMQL_VECTOR},
    {"absent_over_time", "r", PROMQL_VECTOR},
    {"acos", "v", PROMQL_VECTOR},
    {"acosh", "v", PROMQL_VECTOR},
    {"asin", "v", PROMQL_VECTOR},
    {"asinh", "v", PROMQL_VECTOR},
    {"atan", "v", PROMQL_VECTOR},
    {"atanh", "v", PROMQL_VECTOR},
    {"avg_over_time", "r", PROMQL_VECTOR},
    {"ceil", "v", PROMQL_VECTOR},
    {"changes", "r", PROMQL_VECTOR},
    {"clamp", "vss", PROMQL_VECTOR},
    {"clamp_max", "vs", PROMQL_VECTOR},
    {"clamp_min", "vs", PROMQL_VECTOR},
    {"cos", "v", PROMQL_VECTOR},
    {"cosh", "v", PROMQL_VECTOR},
    {"count_over_time", "r", PROMQL_VECTOR},
    {"day_of_month", "?v", PROMQL_VECTOR},
    {"day_of_week", "?v", PROMQL_VECTOR},
    {"day_of_year", "?v", PROMQL_VECTOR},
    {"days_in_month", "?v", PROMQL_VECTOR},
    {"deg", "v", PROMQL_VECTOR},
    {"delta", "r", PROMQL_VECTOR},
    {"deriv", "r", PROMQL_VECTOR},
    {"double_exponential_smoothing", "rss", PROMQL_VECTOR},
    {"exp", "v", PROMQL_VECTOR},
    {"first_over_time", "r", PROMQL_VECTOR},
    {"floor", "v", PROMQL_VECTOR},
    {"histogram_avg", "v", PROMQL_VECTOR},
    {"histogram_count", "v", PROMQL_VECTOR},
    {"histogram_fraction", "ssv", PROMQL_VECTOR},
    {"histogram_quantile", "sv", PROMQL_VECTOR},
    {"histogram_stddev", "v", PROMQL_VECTOR},
    {"histogram_stdvar", "v", PROMQL_VECTOR},
    {"histogram_sum", "v", PROMQL_VECTOR},
    {"holt_winters", "rss", PROMQL_VECTOR},
    {"hour", "?v", PROMQL_VECTOR},
    {"idelta", "r", PROMQL_VECTOR},
    {"increase", "r", PROMQL_VECTOR},
    {"info", "v?v", PROMQL_VECTOR},
    {"irate", "r", PROMQL_VECTOR},
    {"label_join", "vttt*", PROMQL_VECTOR},
    {"label_replace", "vtttt", PROMQL_VECTOR},
    {"last_over_time", "r", PROMQL_VECTOR},
    {"ln", "v", PROMQL_VECTOR},
    {"log10", "v", PROMQL_VECTOR},
    {"log2", "v", PROMQL_VECTOR},
    {"mad_over_time", "r", PROMQL_VECTOR},
    {"max_over_time", "r", PROMQL_VECTOR},
    {"min_over_time", "r", PROMQL_VECTOR},
    {"minute", "?v", PROMQL_VECTOR},
    {"month", "?v", PROMQL_VECTOR},
    {"pi", "", PROMQL_SCALAR},
    {"predict_linear", "rs", PROMQL_VECTOR},
    {"present_over_time", "r", PROMQL_VECTOR},
    {"quantile_over_time", "sr", PROMQL_VECTOR},
    {"rad", "v", PROMQL_VECTOR},
    {"rate", "r", PROMQL_VECTOR},
    {"resets", "r", PROMQL_VECTOR},
    {"round", "v?s", PROMQL_VECTOR},
    {"scalar", "v", PROMQL_SCALAR},
    {"sgn", "v", PROMQL_VECTOR},
    {"sin", "v", PROMQL_VECTOR},
    {"sinh", "v", PROMQL_VECTOR},
    {"sort", "v", PROMQL_VECTOR},
    {"sort_by_label", "vt*", PROMQL_VECTOR},
    {"sort_by_label_desc", "vt*", PROMQL_VECTOR},
    {"sort_desc", "v", PROMQL_VECTOR},
    {"sqrt", "v", PROMQL_VECTOR},
    {"stddev_over_time", "r", PROMQL_VECTOR},
    {"stdvar_over_time", "r", PROMQL_VECTOR},
    {"sum_over_time", "r", PROMQL_VECTOR},
    {"tan", "v", PROMQL_VECTOR},
    {"tanh", "v", PROMQL_VECTOR},
    {"time", "", PROMQL_SCALAR},
    {"timestamp", "v", PROMQL_VECTOR},
    {"ts_of_first_over_time", "r", PROMQL_VECTOR},
    {"ts_of_last_over_time", "r", PROMQL_VECTOR},
    {"ts_of_max_over_time", "r", PROMQL_VECTOR},
    {"ts_of_min_over_time", "r", PROMQL_VECTOR},
    {"vector", "s", PROMQL_VECTOR},
    {"year", "?v", PROMQL_VECTOR},
};

static const struct promql_function aggregations[] = {
    {"avg", "v", PROMQL_VECTOR},
    {"bottomk", "sv", PROMQL_VECTOR},
    {"count", "v", PROMQL_VECTOR},
    {"count_values", "tv", PROMQL_VECTOR},
    {"group", "v", PROMQL_VECTOR},
    {"limitk", "sv", PROMQL_VECTOR},
    {"limit_ratio", "sv", PROMQL_VECTOR},
    {"max", "v", PROMQL_VECTOR},
    {"min", "v", PROMQL_VECTOR},
    {"quantile", "sv", PROMQL_VECTOR},
    {"stddev", "v", PROMQL_VECTOR},
    {"stdvar", "v", PROMQL_VECTOR},
    {"sum", "v", PROMQL_VECTOR},
    {"topk", "sv", PROMQL_VECTOR},
};

enum { N_FUNCTIONS = sizeof functions / sizeof *functions, N_AGGREGATIONS = sizeof aggregations / sizeof *aggregations };

static const struct promql_function *find(const struct promql_function *list, size_t n_list, const char *name, size_t length)
{
    for (size_t i = 0; i < n_list; i++)
        if (strlen(list[i].name) == length && letters_same(name, list[i].name, length))
            return &list[i];
    return NULL;
}

const struct promql_function *promql_function(const char *name, size_t length)
{
    return find(functions, N_FUNCTIONS, name, length);
}

const struct promql_function *promql_aggregation(const char *name, size_t length)
{
    return find(aggregations, N_AGGREGATIONS, name, length);
}

const char *promql_nearest(const char *word)
{
    struct suggestion suggestion = suggest_for(word);

    for (size_t i = 0; i < N_FUNCTIONS; i++)
        suggest_try(&suggestion, functions[i].name);
    for (size_t i = 0; i < N_AGGREGATIONS; i++)
        suggest_try(&suggestion, aggregations[i].name);
    return suggestion.nearest;
}
