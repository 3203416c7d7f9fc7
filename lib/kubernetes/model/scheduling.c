/* Scheduling: the choice of nodes for pods. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/suggest.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "pod_checks.h"

#include <stdlib.h>
#include <string.h>

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
    STRS("matchLabelKeys", match_label_keys, .format = &format_label_key, .since = 31),
    STRS("mismatchLabelKeys", mismatch_label_keys, .format = &format_label_key, .since = 31),
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
    STRS("matchLabelKeys", match_label_keys, .format = &format_label_key, .ours = true, .none = true, .since = 27),
    STR("nodeAffinityPolicy", node_affinity_policy, .words = &honor_policy, .since = 26),
    STR("nodeTaintsPolicy", node_taints_policy, .words = &honor_policy, .since = 26),
};
const struct hd_struct hd_topology_spread_struct = STRUCT(topology_spread_fields);
#undef T

/* Labels of nodes that Kubernetes has renamed. */
static const struct {
    const char *old, *now;
} renamed_labels[] = {
    {"beta.kubernetes.io/arch", "kubernetes.io/arch"},
    {"beta.kubernetes.io/os", "kubernetes.io/os"},
    {"beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type"},
    {"failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"},
    {"failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"},
    {"node-role.kubernetes.io/master", "node-role.kubernetes.io/control-plane"},
};

/* Labels that all nodes have; others belong to a provider or a team. */
static const char *const labels_of_nodes[] = {"kubernetes.io/hostname",     "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
                                              "kubernetes.io/arch",         "kubernetes.io/os",            "node.kubernetes.io/instance-type"};

/* What other tools call the architectures of the label. */
static const char *const architectures[][2] = {{"x86_64", "amd64"}, {"x86-64", "amd64"}, {"x64", "amd64"}, {"aarch64", "arm64"}, {"arm64v8", "arm64"}};

static void check_label_known(struct checker *checker, struct where where, const char *label)
{
    struct suggestion suggestion;

    if (IS_AMONG(label, labels_of_nodes))
        return;
    suggestion = suggest_for(label);
    for (size_t i = 0; i < sizeof labels_of_nodes / sizeof *labels_of_nodes; i++)
        suggest_try(&suggestion, labels_of_nodes[i]);
    if (suggestion.nearest && suggestion.distance <= 2)
        hint_nearest(found(checker, HD_NO_SUCH_NODE_LABEL, where, "nodes do not have the label \"%.100s\"", label), suggestion.nearest,
                     "write a label that nodes have, such as topology.kubernetes.io/zone");
}

static void check_architecture(struct checker *checker, const struct hd_pair *pair)
{
    if (!same_text(pair->name, "kubernetes.io/arch") || !pair->value)
        return;
    for (size_t i = 0; i < sizeof architectures / sizeof *architectures; i++)
        if (!strcmp(pair->value, architectures[i][0]))
            hint_nearest(found(checker, HD_NO_SUCH_NODE_LABEL, AT(pair, value), "no node has the architecture \"%s\"", pair->value),
                         architectures[i][1], "write amd64 or arm64");
}

static void check_label(struct checker *checker, struct where where, const char *label)
{
    if (label && strstr(label, "kubernetes.io/"))
        check_label_known(checker, where, label);
    for (size_t i = 0; label && i < sizeof renamed_labels / sizeof *renamed_labels; i++)
        if (!strcmp(label, renamed_labels[i].old))
            hint(found(checker, HD_OLD_NODE_LABEL, where, "current nodes do not have the label %s", label), "write %s",
                 renamed_labels[i].now);
}

static void check_node_term(struct checker *checker, const struct hd_node_selector_term *term)
{
    check_expressions(checker, term->match_expressions, term->n_match_expressions, NODES);
    for (size_t i = 0; i < term->n_match_expressions; i++)
        check_label(checker, AT(&term->match_expressions[i], key), term->match_expressions[i].key);
    check_expressions(checker, term->match_fields, term->n_match_fields, NODE_FIELDS);
}

static void check_pod_term(struct checker *checker, const struct hd_service *service, const struct hd_pod_affinity_term *term)
{
    check_selector(checker, &term->label_selector);
    check_selector(checker, &term->namespace_selector);
    check_label(checker, AT(term, topology_key), term->topology_key);
    check_label_keys_of_term(checker, service, term);
}

static void check_pod_affinity(struct checker *checker, const struct hd_service *service, const struct hd_pod_affinity *affinity)
{
    for (size_t i = 0; i < affinity->n_required; i++)
        check_pod_term(checker, service, &affinity->required[i]);
    for (size_t i = 0; i < affinity->n_preferred; i++)
        check_pod_term(checker, service, &affinity->preferred[i].pod_affinity_term);
}

static void check_affinity(struct checker *checker, const struct hd_service *service)
{
    const struct hd_affinity *affinity = &service->pod.affinity;
    const struct hd_node_affinity *nodes = &affinity->node_affinity;

    for (size_t i = 0; i < nodes->required.n_node_selector_terms; i++)
        check_node_term(checker, &nodes->required.node_selector_terms[i]);
    for (size_t i = 0; i < nodes->n_preferred; i++)
        check_node_term(checker, &nodes->preferred[i].preference);
    check_pod_affinity(checker, service, &affinity->pod_affinity);
    check_pod_affinity(checker, service, &affinity->pod_anti_affinity);
}

static void check_toleration(struct checker *checker, const struct hd_toleration *toleration)
{
    bool exists = toleration->toleration_operator && !strcmp(toleration->toleration_operator, "Exists");

    if (exists && toleration->value && *toleration->value)
        hint(found(checker, HD_TOLERATION_VALUE, AT(toleration, value), "Exists tolerates every value of the taint"),
             "remove value, or write operator: Equal");
    if (!exists && (!toleration->key || !*toleration->key))
        hint(found(checker, HD_TOLERATION_OF_ALL, AT_STRUCT(toleration), "the toleration names no taint"),
             "give key, or write operator: Exists to tolerate every taint");
    if (toleration->toleration_seconds.set && (!toleration->effect || strcmp(toleration->effect, "NoExecute")))
        hint(found(checker, HD_TOLERATION_SECONDS, AT(toleration, toleration_seconds),
                   "tolerationSeconds needs effect: NoExecute, because only this effect evicts pods after a time"),
             "write effect: NoExecute, or remove tolerationSeconds");
}

/* The nodes that nodeSelector leaves are one domain; while there are fewer than minDomains, a domain takes maxSkew pods. */
static void check_domains(struct checker *checker, const struct hd_service *service, const struct hd_topology_spread *spread)
{
    const struct hd_pod *pod = &service->pod;

    if (spread->min_domains < 2 || least_replicas(service) <= spread->max_skew || same_text(spread->node_affinity_policy, "Ignore"))
        return;
    for (size_t i = 0; i < pod->n_node_selector; i++)
        if (same_text(pod->node_selector[i].name, spread->topology_key))
            hint(found(checker, HD_NO_SUCH_NODE_LABEL, AT(spread, min_domains), "nodeSelector leaves one domain, so pods stay Pending"),
                 "remove minDomains, or %s from nodeSelector", spread->topology_key);
}

static void check_spread(struct checker *checker, const struct hd_service *service)
{
    const struct hd_pod *pod = &service->pod;
    const struct hd_topology_spread *spread = pod->topology_spread_constraints;
    struct names names;

    if (!pod->n_topology_spread_constraints)
        return;
    names_init(&checker->scratch, &names, pod->n_topology_spread_constraints);
    for (size_t i = 0; i < pod->n_topology_spread_constraints; i++) {
        const char *when = text_or(spread[i].when_unsatisfiable, "");
        const struct hd_topology_spread *first;
        struct finding *finding;

        check_label(checker, AT(&spread[i], topology_key), spread[i].topology_key);
        check_label_keys_of_spread(checker, service, &spread[i]);
        if (spread[i].min_domains && !strcmp(when, "ScheduleAnyway"))
            hint(found(checker, HD_MIN_DOMAINS, AT(&spread[i], min_domains), "minDomains needs whenUnsatisfiable: DoNotSchedule"),
                 "write whenUnsatisfiable: DoNotSchedule, or remove minDomains");
        if (!spread[i].topology_key)
            continue;
        check_domains(checker, service, &spread[i]);
        first = names_add(&names, arena_printf(&checker->scratch, "%s %s", spread[i].topology_key, when), &spread[i]);
        if (!first)
            continue;
        finding = found(checker, HD_SPREAD_TWICE, AT(&spread[i], topology_key), "two constraints spread the pods over %s",
                        spread[i].topology_key);
        also_at(finding, AT(first, topology_key), "the first constraint");
        hint(finding, "remove one of the two; a second one is allowed only with another whenUnsatisfiable");
    }
}

void check_scheduling(struct checker *checker, const struct hd_service *service)
{
    const struct hd_pod *pod = &service->pod;

    for (size_t i = 0; i < pod->n_node_selector; i++) {
        check_label(checker, AT_STRUCT(&pod->node_selector[i]), pod->node_selector[i].name);
        check_architecture(checker, &pod->node_selector[i]);
    }
    for (size_t i = 0; i < pod->n_tolerations; i++)
        check_toleration(checker, &pod->tolerations[i]);
    check_affinity(checker, service);
    check_spread(checker, service);
}
