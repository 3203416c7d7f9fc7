/* Where pods run. */
#include "../core/field.h"
#include "tables.h"

CHOICES(operators, WORD("Exists"), WORD("Equal"));
CHOICES(effects, WORD("NoSchedule"), WORD("PreferNoSchedule"), WORD("NoExecute"));
CHOICES(unsatisfiable, WORD("DoNotSchedule"), WORD("ScheduleAnyway"));
CHOICES(honor_policy, WORD("Honor"), WORD("Ignore"));

#define T hd_toleration
static const struct hd_field toleration_fields[] = {
    STR("key", key, .format = &format_label_key),
    STR("operator", toleration_operator, .words = &operators),
    STR("value", value, .format = &format_label_value),
    STR("effect", effect, .words = &effects),
    OPT("tolerationSeconds", toleration_seconds, .max = 31536000),
};
const struct hd_struct hd_toleration_struct = STRUCT(toleration_fields);
#undef T

#define T hd_node_selector_term
static const struct hd_field node_selector_term_fields[] = {
    LIST("matchExpressions", match_expressions, hd_selector_expression),
    LIST("matchFields", match_fields, hd_selector_expression),
};
const struct hd_struct hd_node_selector_term_struct = STRUCT(node_selector_term_fields);
#undef T

#define T hd_preferred_node
static const struct hd_field preferred_node_fields[] = {
    INT("weight", weight, .required = true, .min = 1, .max = 100),
    OBJ("preference", preference, hd_node_selector_term, .required = true),
};
const struct hd_struct hd_preferred_node_struct = STRUCT(preferred_node_fields);
#undef T

#define T hd_node_selector
static const struct hd_field node_selector_fields[] = {
    LIST("nodeSelectorTerms", node_selector_terms, hd_node_selector_term, .required = true),
};
const struct hd_struct hd_node_selector_struct = STRUCT(node_selector_fields);
#undef T

#define T hd_node_affinity
static const struct hd_field node_affinity_fields[] = {
    OBJ("requiredDuringSchedulingIgnoredDuringExecution", required, hd_node_selector),
    LIST("preferredDuringSchedulingIgnoredDuringExecution", preferred, hd_preferred_node),
};
const struct hd_struct hd_node_affinity_struct = STRUCT(node_affinity_fields);
#undef T

#define T hd_pod_affinity_term
static const struct hd_field pod_affinity_term_fields[] = {
    OBJ("labelSelector", label_selector, hd_label_selector, .required = true),
    OBJ("namespaceSelector", namespace_selector, hd_label_selector),
    STRS("namespaces", namespaces, .format = &format_dns_label),
    STR("topologyKey", topology_key, .required = true, .format = &format_label_key),
};
const struct hd_struct hd_pod_affinity_term_struct = STRUCT(pod_affinity_term_fields);
#undef T

#define T hd_preferred_pod
static const struct hd_field preferred_pod_fields[] = {
    INT("weight", weight, .required = true, .min = 1, .max = 100),
    OBJ("podAffinityTerm", pod_affinity_term, hd_pod_affinity_term, .required = true),
};
const struct hd_struct hd_preferred_pod_struct = STRUCT(preferred_pod_fields);
#undef T

#define T hd_pod_affinity
static const struct hd_field pod_affinity_fields[] = {
    LIST("requiredDuringSchedulingIgnoredDuringExecution", required, hd_pod_affinity_term),
    LIST("preferredDuringSchedulingIgnoredDuringExecution", preferred, hd_preferred_pod),
};
const struct hd_struct hd_pod_affinity_struct = STRUCT(pod_affinity_fields);
#undef T

#define T hd_affinity
static const struct hd_field affinity_fields[] = {
    OBJ("nodeAffinity", node_affinity, hd_node_affinity),
    OBJ("podAffinity", pod_affinity, hd_pod_affinity),
    OBJ("podAntiAffinity", pod_anti_affinity, hd_pod_affinity),
};
const struct hd_struct hd_affinity_struct = STRUCT(affinity_fields);
#undef T

#define T hd_topology_spread
static const struct hd_field topology_spread_fields[] = {
    STR("topologyKey", topology_key, .required = true, .format = &format_label_key),
    INT("maxSkew", max_skew, .min = 1, .max = 1000000, .def_int = 1),
    STR("whenUnsatisfiable", when_unsatisfiable, .def = "ScheduleAnyway", .words = &unsatisfiable),
    INT("minDomains", min_domains, .min = 1, .max = 1000000, .since = 27),
    STR("nodeAffinityPolicy", node_affinity_policy, .words = &honor_policy, .since = 26),
    STR("nodeTaintsPolicy", node_taints_policy, .words = &honor_policy, .since = 26),
};
const struct hd_struct hd_topology_spread_struct = STRUCT(topology_spread_fields);
#undef T
