#ifndef HYBRIDDEPLOY_MODEL_SCHEDULING_H
#define HYBRIDDEPLOY_MODEL_SCHEDULING_H
#include <hybriddeploy/model/value.h>
struct hd_toleration {
    const char *key;
    const char *toleration_operator;
    const char *value;
    const char *effect;
    struct hd_opt_int toleration_seconds;
    const struct hd_at *at;
};
struct hd_node_selector_term {
    const struct hd_selector_expression *match_expressions;
    size_t n_match_expressions;
    const struct hd_selector_expression *match_fields;
    size_t n_match_fields;
    const struct hd_at *at;
};
struct hd_preferred_node {
    int64_t weight;
    struct hd_node_selector_term preference;
    const struct hd_at *at;
};
struct hd_node_selector {
    const struct hd_node_selector_term *node_selector_terms;
    size_t n_node_selector_terms;
    const struct hd_at *at;
};
struct hd_node_affinity {
    struct hd_node_selector required;
    const struct hd_preferred_node *preferred;
    size_t n_preferred;
    const struct hd_at *at;
};
struct hd_pod_affinity_term {
    struct hd_label_selector label_selector;
    struct hd_label_selector namespace_selector;
    const char *const *namespaces;
    size_t n_namespaces;
    const char *topology_key;
    const struct hd_at *at;
};
struct hd_preferred_pod {
    int64_t weight;
    struct hd_pod_affinity_term pod_affinity_term;
    const struct hd_at *at;
};
struct hd_pod_affinity {
    const struct hd_pod_affinity_term *required;
    size_t n_required;
    const struct hd_preferred_pod *preferred;
    size_t n_preferred;
    const struct hd_at *at;
};
struct hd_affinity {
    struct hd_node_affinity node_affinity;
    struct hd_pod_affinity pod_affinity;
    struct hd_pod_affinity pod_anti_affinity;
    const struct hd_at *at;
};
struct hd_topology_spread {
    const char *topology_key;
    int64_t max_skew;
    const char *when_unsatisfiable;
    int64_t min_domains;
    const char *node_affinity_policy;
    const char *node_taints_policy;
    const struct hd_at *at;
};
#endif
