/* The collectors that a model has, each as the service that runs it: nobody wrote it, and it is in no list of services. */
#ifndef HD_MODEL_COLLECTORS_H
#define HD_MODEL_COLLECTORS_H

#include <hybriddeploy/model.h>
#include <stdbool.h>

struct hd_model;
struct peer;

enum collector_role { COLLECTOR_GATEWAY, COLLECTOR_AGENT, COLLECTOR_SIDECAR, COLLECTOR_BALANCER };

struct collector {
    enum collector_role role;
    /* Of the OpenTelemetryCollector; the Service, account and workload that come of it have the name of `service`. */
    const char *name;
    /* A complete service where the library makes its objects; with the operator its name and what stands in its container. */
    struct hd_service *service;
    /* Labels of the pods. */
    const struct hd_pair *labels;
    size_t n_labels;
    struct peer *peer;
    /* The file with its configuration, where the library makes its objects; its containers share it. */
    struct hd_config_file *config;
};

/* Agents, or a balancer, come before the gateway to which they send. */
struct collectors {
    struct collector *all;
    size_t n;
    /* Where exporters send to, beside externals. */
    struct back_ends {
        struct peer **peers;
        size_t n;
    } back_ends;
};

/* The collector that services send to, or that sends to back ends; NULL when there is none. */
const struct collector *collector_first(const struct hd_model *model);
const struct collector *collector_last(const struct hd_model *model);
/* Whether `service` is what runs a collector. */
bool is_collector(const struct hd_model *model, const struct hd_service *service);

/* The volume with the files of exporters' TLS, in the pods of a collector and in those that have one as a sidecar. */
extern const char exporter_tls_volume_name[];

/* Whether somebody scrapes the service by the library's doing. */
static inline bool is_scraped(const struct hd_app *app, const struct hd_service *service)
{
    return app->telemetry.enabled == HD_TRUE && service->metrics.enabled == HD_TRUE;
}

#endif
