/* Rules between fields and between services; each stands in the file of its concept. */
#ifndef HD_MODEL_CHECKS_H
#define HD_MODEL_CHECKS_H

#include "core/reporting/report.h"
#include "model.h"

/* Externals by their hosts and by their namespaces; the first of each. */
struct external_index {
    struct names hosts, namespaces;
};

struct checker {
    /* First, because a thousand rules ask for it: the code is 1 kB smaller so. */
    struct hd_diagnostics *report;
    const struct hd_model *model;
    const struct hd_app *app;
    int kube_minor;
    /* Secrets by name, which of them somebody uses, and which of them imagePullSecrets name. */
    struct names secrets;
    bool *secret_used, *secret_opens_registry;
    /* For each secret, its keys by name. */
    struct names *secret_keys;
    /* All externals, and those that the service `called_by` calls; made when an address asks for them. */
    struct external_index externals, called;
    const struct hd_service *called_by;
    /* The volumes with an existing claim that only one node can mount, by the claim; the first of each. */
    struct names existing_claims;
    bool knows_claims;
    /* Findings about the whole mesh that were reported already, because once is enough. */
    bool gateway_refused, prometheus_refused, collector_refused, drain_refused;
    /* For what the rules of one service need while they run; it is emptied after each service. */
    struct arena scratch;
    /* The service that given_of() unpacked last, as the user wrote it; large, so last. */
    const struct hd_service *unpacked;
    struct hd_service given_room;
    /* Names that a nearest one was looked for. */
    unsigned n_suggestions;
};

/* Reports a finding of a rule: found(checker, HD_CODE, AT(object, member), "what is wrong", ...). See finding_at(). */
#define found(checker, ...) finding_at((checker)->report, __VA_ARGS__)

/* A service as the user wrote it, without what resolving completed. It is there until the next call. */
static inline const struct hd_service *given_of(struct checker *checker, const struct hd_service *service)
{
    if (checker->model->packed && checker->unpacked == service)
        return &checker->given_room;
    checker->unpacked = service;
    return given_service(checker->model, (size_t)(service - checker->app->services), &checker->given_room);
}

/* Whether the Pod Security Standard of the namespace forbids root. */
static inline bool level_refuses_root(const struct checker *checker)
{
    return checker->app->pod_security && checker->app->pod_security <= HD_POD_SECURITY_RESTRICTED;
}

/* Looking for the nearest name goes through all of them; after so many misspelled names it is no help any more. */
enum { MOST_SUGGESTIONS = 100 };

/* What the application says of itself as a whole. */
void check_application(struct checker *checker);
void check_platform(struct checker *checker);
void check_externals(struct checker *checker);
/* Tells that pods of this namespace are blocked, if it is the application's: the default deny holds for each pod of it. */
void check_neighbour(struct checker *checker, const char *namespace_name, struct where where, const char *name);
#define CLOSED_NEIGHBOUR "%s is in the application's own namespace, where the default deny blocks its pods"
#define CLOSED_NEIGHBOUR_HINT \
    "make it a service of the model, move it to another namespace, or give its pods a NetworkPolicy that lets the requests in"
void check_node_ports_apart(struct checker *checker);
void check_secrets(struct checker *checker);
/* After all services. */
void check_secrets_used(struct checker *checker);

/* The runtime of a service, and the entries of `runtimes`. */
void check_runtime(struct checker *checker, const struct hd_service *service);
void check_runtimes(struct checker *checker);
void check_calls(struct checker *checker, const struct hd_service *service);
void check_callers_of(struct checker *checker, const struct hd_service *service);
void check_reached(struct checker *checker, const struct hd_service *service);
void check_ports(struct checker *checker, const struct hd_service *service);
void check_secret_volumes(struct checker *checker, const struct hd_service *service);

/* When a cron schedule runs; it may be NULL or of the wrong form. */
void check_schedule_times(struct checker *checker, struct where where, const char *schedule);
/* The same for the time zone in which it runs, which may be NULL. */
void check_time_zone(struct checker *checker, struct where where, const char *zone, const char *schedule, struct where schedule_where);

/* A query of Prometheus; `code` is for one that it refuses, and the consequence says what comes of that. */
void check_query(struct checker *checker, struct where where, const char *query, enum hd_code code, const char *consequence);

/* The service or external whose name is nearest to a misspelled one, or NULL. */
const char *nearest_callee(struct checker *checker, const char *name);

/* The secret of a name, which counts as used from now on; NULL after reporting (not when `where` names no place). */
void index_secrets(struct checker *checker);
const struct hd_secret *find_secret(struct checker *checker, const char *name, struct where where);
bool secret_has_key(const struct checker *checker, const struct hd_secret *secret, const char *key);
void check_secret_key(struct checker *checker, const struct hd_secret *secret, const char *key, struct where where);

/* Where the fewest pods of a service are set; and that place as the second one of a finding. */
struct where least_place(const struct hd_service *service);
void also_least(struct finding *finding, const struct hd_service *service);

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
