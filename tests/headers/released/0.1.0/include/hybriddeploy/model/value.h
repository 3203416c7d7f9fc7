#ifndef HYBRIDDEPLOY_MODEL_VALUE_H
#define HYBRIDDEPLOY_MODEL_VALUE_H
#include <hybriddeploy/position.h>
#include <stdbool.h>
#include <stdint.h>
enum hd_bool { HD_BOOL_UNSET = 0, HD_TRUE = 1, HD_FALSE = 2 };
struct hd_opt_int {
    bool set;
    int64_t value;
};
#define HD_INT(number) {.set = true, .value = (number)}
#define HD_LIST(member, type, ...)            \
    .member = (const type[]){__VA_ARGS__},    \
    .n_##member = sizeof((const type[]){__VA_ARGS__}) / sizeof(type)
#define HD_STRINGS(member, ...) HD_LIST(member, char *const, __VA_ARGS__)
struct hd_pair {
    const char *name;
    const char *value;
    const struct hd_at *at;
};
struct hd_quantity {
    const char *name;
    const char *amount;
    const struct hd_at *at;
};
struct hd_selector_expression {
    const char *key;
    const char *selector_operator;
    const char *const *values;
    size_t n_values;
    const struct hd_at *at;
};
struct hd_label_selector {
    const struct hd_pair *match_labels;
    size_t n_match_labels;
    const struct hd_selector_expression *match_expressions;
    size_t n_match_expressions;
    const struct hd_at *at;
};
#endif
