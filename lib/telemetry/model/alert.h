/* The table of all alerts, from which rules, runbook and checks are made; and which of them a model has. */
#ifndef HD_TELEMETRY_MODEL_ALERT_H
#define HD_TELEMETRY_MODEL_ALERT_H

#include "model/model.h"

/* Metrics and members that an alert needs. */
enum alert_need {
    NEEDS_NOTHING = 0,
    NEEDS_REQUESTS = 1,         /* metrics of requests, from the chosen source */
    NEEDS_KUBE_STATE = 1 << 1,  /* kube-state-metrics */
    NEEDS_CADVISOR = 1 << 2,    /* the kubelets' metrics of containers */
    NEEDS_CERT_MANAGER = 1 << 3,
    NEEDS_MESH = 1 << 4,        /* istiod's own metrics */
    NEEDS_COLLECTOR = 1 << 5,   /* a collector of the model, which is scraped */
    NEEDS_CPU_LIMIT = 1 << 6,   /* of the service's container */
    NEEDS_MEMORY_LIMIT = 1 << 7,
    NEEDS_AUTOSCALER = 1 << 8
};

/* Kind of a threshold: the highest value that is allowed, or the lowest. */
enum alert_bound { BOUND_NONE, BOUND_MOST_PERCENT, BOUND_LEAST_PERCENT, BOUND_DURATION };

/* One rule of an alert. Expressions are templates: see telemetry/emit/promql.h. */
struct alert_case {
    /* Value of the label that distinguishes the rules of the alert, or NULL. */
    const char *label;
    unsigned needs;
    const char *expression;
};

enum { MOST_ALERT_CASES = 3 };

struct alert_kind {
    /* Key of the alert in the model, and its name in Prometheus. */
    const char *key, *name;
    /* Offset of its struct hd_alert in struct hd_alerts. */
    size_t offset;
    bool of_service;
    enum alert_bound bound;
    /* Kinds of workload that it is for; 0: all. */
    unsigned workloads;
    /* Defaults; NULL when the alert does not have the value. */
    const char *threshold, *window, *hold, *severity;
    /* Name of the label that distinguishes its rules, or NULL. */
    const char *label;
    struct alert_case cases[MOST_ALERT_CASES];
    /* Annotations; first our templates (@word) are replaced, then Prometheus replaces its own. */
    const char *summary, *description;
    /* For the runbook: what it means for users, what it says when its series are missing, and what to do, step by step. */
    const char *meaning, *missing, *action[5];
};

extern const struct alert_kind alert_kinds[];
extern const size_t n_alert_kinds;
/* The alert of objectives, for the runbook; its rules are made elsewhere. */
extern const struct alert_kind slo_alert_kind;

/* The alert as the model has it: of the application, and of a service (NULL when services do not have this alert). */
const struct hd_alert *alert_of_app(const struct hd_app *app, const struct alert_kind *kind);
const struct hd_alert *alert_of_service(const struct hd_service *service, const struct alert_kind *kind);

/* Whether alerts are on: for the application (service NULL), or for a service. */
bool has_alerts(const struct hd_app *app, const struct hd_service *service);

/* The alert with all its figures; `service` is NULL for those of the application. */
struct hd_alert alert_effective(const struct hd_app *app, const struct hd_service *service, const struct alert_kind *kind);

/* Needs of a rule that the model does not meet, as bits of enum alert_need: only metrics of the application, or also those of a service. */
unsigned alert_lacks_metrics(const struct hd_app *app, const struct alert_case *one);
unsigned alert_lacks(const struct hd_model *model, const struct hd_service *service, const struct alert_case *one);

/* Whether the rule is generated: the alert is on, is for such a workload, and lacks nothing. */
bool alert_is_raised(const struct hd_model *model, const struct hd_service *service, const struct alert_kind *kind,
                     const struct alert_case *one);
/* Whether any rule of the alert is generated, for the application or for any service. */
bool alert_is_used(const struct hd_model *model, const struct alert_kind *kind);

/* Anchor of an alert in the runbook: its name in lower case, as headings get it. */
enum { ALERT_ANCHOR_LONGEST = 40 };
void alert_anchor(char anchor[ALERT_ANCHOR_LONGEST], const struct alert_kind *kind);

/* The source that counts the requests of a service; HD_REQUESTS_UNSET for none. */
enum hd_request_source request_source(const struct hd_model *model, const struct hd_service *service);
/* Whether a service has a port on which its source tells requests apart; and whether it has one for gRPC, whose errors are not HTTP errors.
 */
bool answers_requests(const struct hd_model *model, const struct hd_service *service);
bool answers_grpc(const struct hd_service *service);

#endif
