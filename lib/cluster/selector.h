/* Label selectors. */
#ifndef HD_CLUSTER_SELECTOR_H
#define HD_CLUSTER_SELECTOR_H

#include "manifest.h"

enum operator{ OPERATOR_IN, OPERATOR_NOT_IN, OPERATOR_EXISTS, OPERATOR_DOES_NOT_EXIST };

struct requirement {
    const char *key;
    enum operator operator;
    const char **values;
    size_t n_values;
};

/* All requirements must hold. A selector without requirements selects everything. */
struct selector {
    struct hd_cluster_place place;
    struct requirement *requirements;
    size_t n_requirements;
};

/* Reads a LabelSelector; an absent one is empty. */
struct selector read_selector(const struct field *field);

/* Reads a selector that has matchLabels alone, as those of Istio. */
struct selector read_match_labels(const struct field *field);

/* Reads the selector of a Service, a mapping of labels. */
struct selector read_labels_as_selector(const struct field *field);

/* Reads a mapping of labels, such as metadata.labels. The result is sorted by key. */
struct hd_cluster_label *read_labels(const struct field *field, size_t *ret_count);

/* The value of a label; NULL when it is absent. Keys and values come from keep(), so that equal texts are one pointer. */
const char *label_value(const struct hd_cluster_label *labels, size_t n_labels, const char *key);

bool selector_matches(const struct selector *selector, const struct hd_cluster_label *labels, size_t n_labels);

#endif
