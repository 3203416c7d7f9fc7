/* Pods that are to run near others or apart, and those that may not share a node: with a DaemonSet's, which run on every node, or with their own kind. */
#include "core/memory/names.h"
#include "core/text/among.h"
#include "core/text/int_or_percent.h"
#include "model/checks.h"
#include "model/labels.h"
#include "model/resolve.h"
#include "parts.h"

#include <string.h>

#define NAMESPACE_NAME "kubernetes.io/metadata.name"

static bool has_value(const struct hd_selector_expression *expression, const char *value)
{
    for (size_t i = 0; value && i < expression->n_values; i++)
        if (!strcmp(expression->values[i], value))
            return true;
    return false;
}

static bool holds(const struct hd_selector_expression *expression, const char *value)
{
    const char *operator = text_or(expression->selector_operator, "");

    return !strcmp(operator, "In")             ? has_value(expression, value)
           : !strcmp(operator, "NotIn")        ? !has_value(expression, value)
           : !strcmp(operator, "Exists")       ? value != NULL
           : !strcmp(operator, "DoesNotExist") ? !value
                                               : false;
}

static bool selects_pods(const struct hd_model *model, const struct hd_label_selector *selector, const struct hd_service *service)
{
    for (size_t i = 0; i < selector->n_match_labels; i++) {
        const struct hd_pair *pair = &selector->match_labels[i];
        const char *value = pair->name ? pod_label(model, service, pair->name) : NULL;

        if (!value || strcmp(value, text_or(pair->value, "")))
            return false;
    }
    for (size_t i = 0; i < selector->n_match_expressions; i++) {
        const struct hd_selector_expression *expression = &selector->match_expressions[i];

        if (!expression->key || !holds(expression, pod_label(model, service, expression->key)))
            return false;
    }
    return true;
}

/* Whether the selector surely selects the namespace: of its labels only the name is known. */
static bool selects_namespace(const struct hd_label_selector *selector, const char *name)
{
    for (size_t i = 0; i < selector->n_match_labels; i++)
        if (!selector->match_labels[i].name || strcmp(selector->match_labels[i].name, NAMESPACE_NAME) ||
            !selector->match_labels[i].value || strcmp(selector->match_labels[i].value, name))
            return false;
    return !selector->n_match_expressions;
}

/* Whether the term concerns the namespace: its own one when the term names none; an empty selector, which must be told apart, means all. */
static bool means_here(const struct hd_pod_affinity_term *term, const char *name)
{
    bool has_selector = term->namespace_selector.match_labels || term->namespace_selector.n_match_expressions;

    for (size_t i = 0; i < term->n_namespaces; i++)
        if (!strcmp(term->namespaces[i], name))
            return true;
    return has_selector ? selects_namespace(&term->namespace_selector, name) : !term->n_namespaces;
}

/* The term by which the pods of one service may not run near those of another. */
static const struct hd_pod_affinity_term *term_against(const struct checker *checker, const struct hd_service *service,
                                                       const struct hd_service *other)
{
    const struct hd_pod_affinity *anti = &service->pod.affinity.pod_anti_affinity;
    const char *namespace_name = checker->app->namespace_name;

    for (size_t i = 0; namespace_name && i < anti->n_required; i++)
        if (means_here(&anti->required[i], namespace_name) && selects_pods(checker->model, &anti->required[i].label_selector, other))
            return &anti->required[i];
    return NULL;
}

/* Taints that only the others tolerate would leave them nodes of their own. */
static bool runs_wherever(const struct hd_service *daemon, const struct hd_service *other)
{
    return daemon->workload == HD_WORKLOAD_DAEMON_SET && !daemon->pod.n_node_selector &&
           !daemon->pod.affinity.node_affinity.required.n_node_selector_terms && !other->pod.n_tolerations;
}

static const struct hd_pod_affinity_term *exclusion(const struct checker *checker, const struct hd_service *daemon,
                                                    const struct hd_service *other)
{
    const struct hd_pod_affinity_term *term = runs_wherever(daemon, other) ? term_against(checker, other, daemon) : NULL;

    return !term && runs_wherever(daemon, other) ? term_against(checker, daemon, other) : term;
}

static void report_exclusion(struct checker *checker, const struct hd_service *daemon, const struct hd_service *other,
                             const struct hd_pod_affinity_term *term)
{
    const char *name = text_or(other->name, "this service"), *everywhere = text_or(daemon->name, "the DaemonSet");
    struct finding *finding =
        found(checker, HD_PODS_EXCLUDED, AT_STRUCT(term),
              "no node can run the pods of %s: %s runs on every node, and podAntiAffinity forbids both on one node", name, everywhere);

    also_at(finding, AT(daemon, workload), "%s is a DaemonSet", everywhere);
    hint(finding, "move the term to preferredDuringSchedulingIgnoredDuringExecution, or give each of the two services a nodeSelector");
}

/* Kubernetes holds a term against the pods of either side. One of the DaemonSet that excludes several services is told once. */
static void check_daemon_set(struct checker *checker, const struct hd_service *daemon)
{
    const struct hd_app *app = checker->app;
    const struct hd_pod_affinity_term *told = NULL;

    for (const struct hd_service *other = app->services; other < app->services + app->n_services; other++) {
        const struct hd_pod_affinity_term *term = NULL;

        /* Two DaemonSets are compared once, when it is the turn of the first. */
        if (other > daemon || other->workload != HD_WORKLOAD_DAEMON_SET)
            term = exclusion(checker, daemon, other);
        if (term && term != told)
            report_exclusion(checker, daemon, other, term);
        told = term ? term : told;
    }
}

/* Whether an update starts a new pod before it stops any old one. */
static bool starts_before_it_stops(const struct hd_service *service)
{
    struct int_or_percent surge, unavailable;

    return (service->workload == HD_WORKLOAD_DEPLOYMENT || service->workload == HD_WORKLOAD_DAEMON_SET) &&
           service->strategy.type == HD_STRATEGY_ROLLING_UPDATE && int_or_percent_of(service->strategy.max_surge, &surge) &&
           int_or_percent_of(service->strategy.max_unavailable, &unavailable) && surge.number && !unavailable.number;
}

/* A port of the node, which one pod at a time can have. */
static const struct hd_port *node_port(const struct hd_service *service)
{
    for (size_t i = 0; i < service->container.n_ports; i++)
        if (service->container.ports[i].host_port)
            return &service->container.ports[i];
    return NULL;
}

/* Where no node is left over, the new pod waits for a place that only the old one could give. */
static void check_update(struct checker *checker, const struct hd_service *service)
{
    const struct hd_pod_affinity_term *term = term_against(checker, service, service);
    const struct hd_port *port = term ? NULL : node_port(service);
    bool by_node = !term || !term->topology_key || !strcmp(term->topology_key, "kubernetes.io/hostname");
    const char *place = by_node ? "node" : arena_printf(&checker->report->arena, "value of %.80s", term->topology_key);

    if (!starts_before_it_stops(service) || (!term && !port))
        return;
    hint(found(checker, HD_UPDATE_NEEDS_NODE, term ? AT_STRUCT(term) : AT(port, host_port),
               "%s allows one pod of %s for each %s, and an update starts a new pod before it stops an old one, so it waits for ever "
               "where every %s has a pod",
               term ? "podAntiAffinity" : "hostPort", service_called(service), place, place),
         term ? "write strategy: {maxSurge: 0, maxUnavailable: 1}, or move the term to preferredDuringSchedulingIgnoredDuringExecution"
              : "write strategy: {maxSurge: 0, maxUnavailable: 1}");
}

/* Labels by which people find the pods of a program; controllers and others have many more. */
static const char *const names_of_programs[] = {"app", "app.kubernetes.io/name", "k8s-app"};

/* These labels of all pods, as name=value; made once, and only where some service has affinity. */
static void index_labels(struct checker *checker, struct names *labels)
{
    const struct hd_app *app = checker->app;

    names_init(&checker->scratch, labels, app->n_services);
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < sizeof names_of_programs / sizeof *names_of_programs; k++) {
            const char *value = pod_label(checker->model, &app->services[i], names_of_programs[k]);

            if (value)
                names_add(labels, arena_printf(&checker->scratch, "%s=%s", names_of_programs[k], value), app);
        }
}

static bool is_label_of_somebody(struct checker *checker, struct names *labels, const struct hd_pair *label)
{
    if (!label->name || !label->value || !IS_AMONG(label->name, names_of_programs))
        return true;
    if (!labels->entries)
        index_labels(checker, labels);
    return names_find(labels, arena_printf(&checker->scratch, "%s=%s", label->name, label->value)) != NULL;
}

static void check_term(struct checker *checker, struct names *labels, const struct hd_pod_affinity_term *term)
{
    const struct hd_label_selector *selector = &term->label_selector;

    if (term->n_namespaces || term->namespace_selector.match_labels || term->namespace_selector.n_match_expressions)
        return;
    for (size_t i = 0; i < selector->n_match_labels; i++)
        if (!is_label_of_somebody(checker, labels, &selector->match_labels[i]))
            hint(found(checker, HD_AFFINITY_TO_NOBODY, AT(&selector->match_labels[i], value), "no pods of this application have %.100s: %.63s",
                       selector->match_labels[i].name, selector->match_labels[i].value),
                 "write app.kubernetes.io/name and the name of a service; if others have such pods here, accept this with silence");
}

static void check_terms(struct checker *checker, struct names *labels, const struct hd_pod_affinity *affinity)
{
    for (size_t i = 0; i < affinity->n_required; i++)
        check_term(checker, labels, &affinity->required[i]);
    for (size_t i = 0; i < affinity->n_preferred; i++)
        check_term(checker, labels, &affinity->preferred[i].pod_affinity_term);
}

/* Manifests of others may have pods with any labels. */
static bool has_foreign_pods(const struct hd_app *app)
{
    bool has_manifests = app->n_manifests;

    for (size_t i = 0; i < app->n_services; i++)
        has_manifests |= app->services[i].n_manifests > 0;
    return has_manifests;
}

void check_exclusion(struct checker *checker)
{
    bool knows_all_pods = !has_foreign_pods(checker->app);
    struct names labels = {0};

    for (size_t i = 0; i < checker->app->n_services; i++) {
        check_update(checker, &checker->app->services[i]);
        if (knows_all_pods) {
            check_terms(checker, &labels, &checker->app->services[i].pod.affinity.pod_affinity);
            check_terms(checker, &labels, &checker->app->services[i].pod.affinity.pod_anti_affinity);
        }
        if (checker->app->services[i].workload == HD_WORKLOAD_DAEMON_SET)
            check_daemon_set(checker, &checker->app->services[i]);
    }
}
