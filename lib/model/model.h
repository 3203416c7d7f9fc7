/* A model in work: the complete application, its call graph, its manifests. */
#ifndef HD_MODEL_MODEL_H
#define HD_MODEL_MODEL_H

#include "collectors.h"
#include "core/memory/arena.h"
#include "core/memory/names.h"
#include "foreign.h"
#include "given.h"
#include "graph.h"
#include "layout.h"
#include "route.h"
#include "tables.h"

#include <hybriddeploy/check.h>

/* Kubernetes versions that are known: 1.OLDEST to 1.NEWEST. */
enum { KUBE_OLDEST = 24, KUBE_NEWEST = 37 };
/* Istio versions that are known. */
enum { ISTIO_OLDEST = 20, ISTIO_NEWEST = 31, GATEWAY_API_NEWEST = 6 };

/* Parts of the model that only a mesh has; all empty without one. */
struct mesh_state {
    /* For each service, whether calls to it go through the waypoint. */
    bool *uses_waypoint;
    struct peer *waypoint, *kubelet, *istiod;
    /* Whose call was the last that goes through the waypoint. */
    const struct peer *calls_waypoint;
    /* For each service, a bit for each port that is called through the waypoint. */
    uint64_t *called_ports;
};

struct hd_model {
    struct arena arena;
    /* The application as the user gave it, and the complete one. Given services are read through given_service(). */
    const struct hd_app *given;
    /* The given services, where the complete ones took their place; else NULL. */
    struct given_service *packed;
    struct hd_app *app;
    struct layout_copies copies;
    /* The application's services again, where they may be changed while resolving. */
    struct hd_service *services;
    /* Whether errors were found when the application was loaded or resolved. */
    bool was_refused;
    /* Whether hd_check() found no error; several threads may find that at the same time. */
    _Atomic(bool) is_valid;
    int kube_minor;
    int istio_minor;
    /* By name: services and externals. */
    struct names names;
    /* By name of a further Service: the service that has it. Empty without any. */
    struct names extra_services;
    /* By name: entries of `runtimes`. */
    struct names runtimes;
    /* The defaults of the library's runtimes, then NULL; and those of every service, below all runtimes. See runtime.h. */
    const struct hd_service *runtime_defaults[4], *service_defaults;
    /* Services of other applications; NULL when none is known. */
    const struct neighbours *neighbours;
    /* Claims that need no backup. */
    struct names exempt;
    struct collectors collectors;
    struct graph graph;
    /* By service the first of its objectives, and by objective the next of the same service; see slo.h. */
    const struct hd_slo **first_slo, **next_slo;
    struct routes routes;
    /* Gateways of the mesh; or the application's `gateway` as one of these, which is `own_gateway` too. */
    const struct hd_gateway *gateways;
    struct hd_gateway *own_gateway;
    size_t n_gateways;
    /* For each gateway, its hosts by name. */
    struct names *gateway_hosts;
    /* By service, what the gateway sends to it, where anybody wants tokens; see token.h. */
    const struct admission **admissions;
    struct mesh_state mesh;
    struct foreign foreign;
    struct hd_manifest *manifests;
    /* For each manifest, the row of the plan that emits it and what it is emitted from. */
    struct planned *planned;
    size_t n_manifests;
    /* NULL without any. */
    struct patches *patches;
    /* Files that are no manifests, and for each what it is written from. */
    struct hd_file *files;
    struct planned_file *planned_files;
    size_t n_files;
};

#endif
