/* Rules between fields and between services; each stands in the file of its concept. */
#ifndef HD_MODEL_CHECKS_H
#define HD_MODEL_CHECKS_H

#include "core/reporting/report.h"
#include "model.h"

struct checker {
    const struct hd_model *model;
    const struct hd_app *app;
    struct hd_diagnostics *report;
    int kube_minor;
    /* Secrets by name, and which of them somebody uses. */
    struct names secrets;
    bool *secret_used;
    /* For each secret, its keys by name. */
    struct names *secret_keys;
    /* Findings about the whole mesh that were reported already, because once is enough. */
    bool gateway_refused, prometheus_refused, collector_refused, drain_refused;
    /* Names that a nearest one was looked for. */
    unsigned n_suggestions;
};

/* Reports a finding of a rule: found(checker, HD_CODE, AT(object, member), "what is wrong", ...). See finding_at(). */
#define found(checker, ...) finding_at((checker)->report, __VA_ARGS__)

/* Looking for the nearest name goes through all of them; after so many misspelled names it is no help any more. */
enum { MOST_SUGGESTIONS = 100 };

void check_application(struct checker *checker);
/* Calls the rules of all concepts for one service. */
void check_service(struct checker *checker, const struct hd_service *service);

/* Rules for the application as a whole. */
void check_object_names(struct checker *checker);
void check_application_labels(struct checker *checker);
void check_traffic_of_externals(struct checker *checker);
void check_externals(struct checker *checker);
void check_ingress(struct checker *checker);
/* Rules for the mesh's gateways. */
void check_gateways(struct checker *checker);
void check_routes_reached(struct checker *checker);
void check_chains(struct checker *checker);
void check_gateway_api(struct checker *checker);
void check_node_ports_apart(struct checker *checker);
void check_secrets(struct checker *checker);
void check_telemetry(struct checker *checker);
void check_alerts(struct checker *checker);
void check_alert_routing(struct checker *checker);
void check_slos(struct checker *checker);
void check_dashboards(struct checker *checker);
void check_bounds_of_namespace(struct checker *checker);
/* Refuses pods that exclude each other from every node. */
void check_exclusion(struct checker *checker);
void check_operations(struct checker *checker);
/* Comes after the rules of all services. */
void check_secrets_used(struct checker *checker);

/* The runtime of a service, and the entries of `runtimes`. */
void check_runtime(struct checker *checker, const struct hd_service *service);
void check_runtimes(struct checker *checker);
void check_service_labels(struct checker *checker, const struct hd_service *service);
/* The tag that the application gives to all images. */
void check_image_tag(struct checker *checker);
/* Rules for the content of a service's pods, and for their number. */
void check_pods(struct checker *checker, const struct hd_service *service);
void check_calls(struct checker *checker, const struct hd_service *service);
void check_delivery(struct checker *checker, const struct hd_service *service);
void check_traffic(struct checker *checker, const struct hd_service *service);
void check_reached(struct checker *checker, const struct hd_service *service);
void check_expose(struct checker *checker, const struct hd_service *service);
void check_routes_of(struct checker *checker, const struct hd_service *service);
/* Rules for the mesh: for the application, and for one service. */
void check_mesh(struct checker *checker);
/* Rules for service accounts of the mesh: callers that would be refused, and callers that cannot be told apart. */
void check_mesh_accounts(struct checker *checker);
void check_mesh_callers(struct checker *checker, const struct hd_service *service);
void check_service_mesh(struct checker *checker, const struct hd_service *service);
void check_metrics(struct checker *checker, const struct hd_service *service);
void check_ports(struct checker *checker, const struct hd_service *service);
void check_service_object(struct checker *checker, const struct hd_service *service);
void check_secret_volumes(struct checker *checker, const struct hd_service *service);
void check_env(struct checker *checker, const struct hd_service *service);
void check_config_files(struct checker *checker, const struct hd_service *service);
void check_way_to_api(struct checker *checker, const struct hd_service *service);
void check_service_account(struct checker *checker, const struct hd_service *service);
void check_build(struct checker *checker, const struct hd_service *service);
void check_service_telemetry(struct checker *checker, const struct hd_service *service);
void check_service_alerts(struct checker *checker, const struct hd_service *service);
/* Refuses a latency objective above the timeout, because no request could miss it. */
void check_latency_below_timeout(struct checker *checker, const struct hd_service *service, const char *latency, struct where where);

/* The service or external whose name is nearest to a misspelled one, or NULL. */
const char *nearest_callee(struct checker *checker, const char *name);

/* The secret of a name, which counts as used from now on; NULL after reporting (not when `where` names no place). */
void index_secrets(struct checker *checker);
const struct hd_secret *find_secret(struct checker *checker, const char *name, struct where where);
bool secret_has_key(const struct checker *checker, const struct hd_secret *secret, const char *key);
void check_secret_key(struct checker *checker, const struct hd_secret *secret, const char *key, struct where where);

/* Whether the Service has a port on every node, NodePort or LoadBalancer, by which anybody may come in. */
bool service_opens_nodes(const struct hd_service_object *object);

/* The ports of somebody in words, for messages: "http (8000), metrics (9000)"; "none" without any. */
const char *container_ports_in_words(struct checker *checker, const struct hd_container *container);
const char *service_ports_in_words(struct checker *checker, const struct hd_service *service);
const char *external_ports_in_words(struct checker *checker, const struct hd_external *external);

/* Ports that share one name space: each name and each number (per transport) stands once. */
struct port_names {
    struct names names, numbers;
};
void port_names_init(struct checker *checker, struct port_names *ports, size_t count);
void check_port_once(struct checker *checker, struct port_names *ports, const char *name, int64_t number, enum hd_protocol protocol,
                     struct where name_where, struct where number_where);

#endif
