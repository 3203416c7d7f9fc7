/** Values that many model structs share. */
#ifndef HYBRIDDEPLOY_MODEL_VALUE_H
#define HYBRIDDEPLOY_MODEL_VALUE_H

#include <hybriddeploy/position.h>
#include <stdbool.h>
#include <stdint.h>

/** A truth value that can be left out. `= true` in C means HD_TRUE; write HD_FALSE for false, since plain 0 means unset. */
enum hd_bool { HD_BOOL_UNSET = 0, HD_TRUE = 1, HD_FALSE = 2 };

/** An integer for which zero is a real value: `{.set = true, .value = 0}`, or HD_INT(0). */
struct hd_opt_int {
    /** Whether there is a number. */
    bool set;
    /** The number. */
    int64_t value;
};

/**
 * A struct hd_opt_int that is set to `number`: an initialiser in C, to be assigned with (struct hd_opt_int) before it; a value in C++.
 */
#ifdef __cplusplus
#define HD_INT(number) hd_opt_int{true, (number)}
#else
#define HD_INT(number) {.set = true, .value = (number)}
#endif

/**
 * In place of a number: none at all, so that the default is refused too, as HD_INT(HD_NONE) or for a plain integer HD_NONE. Only members
 * whose row in the tables allows it may have it (hd_field.none); YAML and Python write the word none. Other kinds of members have
 * their own way: an amount is the text "none", a list is empty but not NULL, and a struct has `.enabled = HD_FALSE`.
 */
#define HD_NONE INT64_MIN

/** Whether an integer has a number: it is set, and not HD_NONE. */
static inline bool hd_opt_int_has_number(struct hd_opt_int integer)
{
    return integer.set && integer.value != HD_NONE;
}

/**
 * Sets a list member and its count in a designated initialiser:
 * `HD_LIST(ports, struct hd_port, {.name = "http", .port = 8000})`.
 *
 * In C, inside of a function, the list is there until its block ends. In C++ it is there for ever, and is made once: it cannot name local
 * variables. Designated initialisers are C++20, and an extension of compilers before.
 */
#ifdef __cplusplus
#define HD_LIST_(type, result, ...)                    \
    ([] {                                              \
        static const type hd_items_[] = {__VA_ARGS__}; \
        return result;                                 \
    }())
#define HD_LIST(member, type, ...)                                \
    .member = HD_LIST_(type, &hd_items_[0], __VA_ARGS__),         \
    .n_##member = HD_LIST_(type, sizeof hd_items_ / sizeof hd_items_[0], __VA_ARGS__)
#else
#define HD_LIST(member, type, ...)            \
    .member = (const type[]){__VA_ARGS__},    \
    .n_##member = sizeof((const type[]){__VA_ARGS__}) / sizeof(type)
#endif

/** HD_LIST for a list of strings: `HD_STRINGS(command, "python", "-m", "app")`. */
#define HD_STRINGS(member, ...) HD_LIST(member, char *const, __VA_ARGS__)

/** One entry of a map from text to text: a label, an annotation, a node selector. */
struct hd_pair {
    /** Key of the entry. */
    const char *name;
    /** Value of the entry. */
    const char *value;
    const struct hd_at *at;
};

/** One amount of a resource. */
struct hd_quantity {
    /** Resource name: cpu, memory, ephemeral-storage, hugepages-SIZE, or an extended resource such as nvidia.com/gpu. */
    const char *name;
    /**
     * Kubernetes quantity: 250m, 1.5, 512Mi, 2Gi; or none in requests and limits, which refuses the runtime's amount. (Kubernetes:
     * apimachinery resource.Quantity)
     */
    const char *amount;
    const struct hd_at *at;
};

/** One expression of a label selector. */
struct hd_selector_expression {
    /** Label key. */
    const char *key;
    /** In, NotIn, Exists or DoesNotExist; node selectors also know Gt and Lt. (Kubernetes: meta/v1 validation) */
    const char *selector_operator;
    /** Values for In and NotIn (at least one); none for Exists and DoesNotExist. */
    const char *const *values;
    size_t n_values;
    const struct hd_at *at;
};

/** A Kubernetes label selector; all its terms must hold. */
struct hd_label_selector {
    /** Labels that must be present with these values. */
    const struct hd_pair *match_labels;
    size_t n_match_labels;
    /** Expressions that must hold. */
    const struct hd_selector_expression *match_expressions;
    size_t n_match_expressions;
    const struct hd_at *at;
};

#endif
