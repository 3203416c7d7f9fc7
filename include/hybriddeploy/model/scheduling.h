/** Where pods run: Kubernetes' own words. */
#ifndef HYBRIDDEPLOY_MODEL_SCHEDULING_H
#define HYBRIDDEPLOY_MODEL_SCHEDULING_H

#include <hybriddeploy/model/value.h>

/** A node taint that the pods put up with. */
struct hd_toleration {
    /** Taint key; empty only with operator Exists, which then tolerates everything. */
    const char *key;
    /** Exists or Equal. Default: Equal, because it is Kubernetes' own. */
    const char *toleration_operator;
    /** Taint value; none with Exists. */
    const char *value;
    /** NoSchedule, PreferNoSchedule or NoExecute. Default: all, because the key alone says which taint is meant. */
    const char *effect;
    /** Seconds to stay after the taint appears, 0 to 31536000, only with NoExecute. Default: for ever, because it is Kubernetes' own. */
    struct hd_opt_int toleration_seconds;
    const struct hd_at *at;
};

/** Nodes described by their labels and fields; all parts must hold. */
struct hd_node_selector_term {
    const struct hd_selector_expression *match_expressions;
    size_t n_match_expressions;
    const struct hd_selector_expression *match_fields;
    size_t n_match_fields;
    const struct hd_at *at;
};

/** Nodes that would be better than others. */
struct hd_preferred_node {
    /** How much better, 1 to 100. */
    int64_t weight;
    struct hd_node_selector_term preference;
    const struct hd_at *at;
};

/** Nodes on which the pods must run; any term may hold. */
struct hd_node_selector {
    const struct hd_node_selector_term *node_selector_terms;
    size_t n_node_selector_terms;
    const struct hd_at *at;
};

/** Rules on nodes. */
struct hd_node_affinity {
    struct hd_node_selector required;
    const struct hd_preferred_node *preferred;
    size_t n_preferred;
    const struct hd_at *at;
};

/** Pods near which, or far from which, pods run. */
struct hd_pod_affinity_term {
    /** The pods; `{}` selects all. */
    struct hd_label_selector label_selector;
    /** Namespaces of the other pods by their labels; `{}` selects all. */
    struct hd_label_selector namespace_selector;
    /** Namespaces of the other pods. Default: this one, because it is Kubernetes' own. */
    const char *const *namespaces;
    size_t n_namespaces;
    /** Node label; nodes with the same value of it count as near: kubernetes.io/hostname, topology.kubernetes.io/zone ... */
    const char *topology_key;
    /** Labels whose values the other pods must share with this one, beside labelSelector. Kubernetes 1.31 or later. */
    const char *const *match_label_keys;
    size_t n_match_label_keys;
    /** Labels whose values the other pods must not share with this one, beside labelSelector. Kubernetes 1.31 or later. */
    const char *const *mismatch_label_keys;
    size_t n_mismatch_label_keys;
    const struct hd_at *at;
};

/** A pod affinity term that is a wish. */
struct hd_preferred_pod {
    /** How much it is wished, 1 to 100. */
    int64_t weight;
    struct hd_pod_affinity_term pod_affinity_term;
    const struct hd_at *at;
};

/** Rules on other pods. */
struct hd_pod_affinity {
    const struct hd_pod_affinity_term *required;
    size_t n_required;
    const struct hd_preferred_pod *preferred;
    size_t n_preferred;
    const struct hd_at *at;
};

/** All rules on nodes and other pods. */
struct hd_affinity {
    struct hd_node_affinity node_affinity;
    struct hd_pod_affinity pod_affinity;
    struct hd_pod_affinity pod_anti_affinity;
    const struct hd_at *at;
};

/** How evenly the pods spread. The selector is the service's own; a list given here replaces the default over zones and nodes. */
struct hd_topology_spread {
    /** Node label to spread over. */
    const char *topology_key;
    /** Largest difference in pods between two values of the label, 1 to 1000000. Default: 1, which is as even as pods can be. */
    int64_t max_skew;
    /** DoNotSchedule or ScheduleAnyway. Default: ScheduleAnyway, which is safe because no pod waits for a better place. */
    const char *when_unsatisfiable;
    /** Least number of values of the label, 1 to 1000000, only with DoNotSchedule. */
    int64_t min_domains;
    /**
     * Labels of the pods whose values tell versions apart: only pods with the same values are counted. Default for a Deployment:
     * pod-template-hash, so that the pods of an update are spread by themselves; none counts old and new pods together. Kubernetes 1.27
     * or later.
     */
    const char *const *match_label_keys;
    size_t n_match_label_keys;
    /** Honor or Ignore. */
    const char *node_affinity_policy;
    /** Honor or Ignore. */
    const char *node_taints_policy;
    const struct hd_at *at;
};

#endif
