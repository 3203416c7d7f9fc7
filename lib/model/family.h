/*
 * What a family of manifests brings: Kubernetes' own, the mesh, the Gateway API, ... Model, graph, plan and the emitters that
 * families share go over families[] and name none. Each function may be NULL.
 */
#ifndef HD_MODEL_FAMILY_H
#define HD_MODEL_FAMILY_H

#include "checks.h"

struct file_part;
struct file_row;
struct file_subject;
struct plan_row;
struct text_out;
struct yaml_out;

/* When the application's parts are resolved. */
enum app_phase {
    APP_PARTS,     /* before any service: what services take over from the application is complete after it */
    APP_EXTERNALS, /* externals are complete but for what is said for all that call them */
    APP_SERVICES,  /* services are complete but for their calls, and names can be looked up */
    APP_CALLS,     /* calls are complete: what is built from whole services, such as services that nobody wrote */
    APP_ROUTES,    /* the routes from outside are known; the graph is built next */
    APP_TEXTS,     /* texts that stand in manifests and are checked by nobody; left out where nothing is written */
    N_APP_PHASES
};

/* When a service is resolved. */
enum service_phase {
    SERVICE_GIVEN,     /* the user's layers are laid, but the library's are not: what excludes one of its defaults */
    SERVICE_LAYERS,    /* all layers and fixed defaults are laid */
    SERVICE_IMAGES,    /* it is known whether the image is built: what the image is called */
    SERVICE_VARIABLES, /* the image is known: what the containers are given, before anyone looks at them */
    SERVICE_PODS,      /* what runs in the pods */
    SERVICE_CALLERS,   /* pods are complete: how they are called, delivered and kept */
    SERVICE_LAST,      /* what follows from all of this */
    N_SERVICE_PHASES
};

/* A service that is being resolved. */
struct resolving {
    struct hd_model *model;
    struct hd_service *service;
    /* As the user wrote it, without any layer; NULL for a service that nobody wrote. */
    const struct hd_service *given;
    struct hd_diagnostics *report;
};

/* When edges of the whole application are added to the graph. */
enum graph_phase {
    GRAPH_PODS,     /* pods of the application that are no service, and what they send and ask */
    GRAPH_PLATFORM, /* what else there is: the services' edges come next */
    GRAPH_LAST,     /* all edges of services are there */
    N_GRAPH_PHASES
};

/* When edges of one service are added to the graph. */
enum edge_phase {
    EDGE_SENDS, /* what its pods send by themselves, before its calls */
    EDGE_CALLS, /* its calls are there */
    EDGE_NEEDS, /* what its pods need beside */
    N_EDGE_PHASES
};

/* Labels or annotations. */
struct pairs {
    const struct hd_pair *pairs;
    size_t n;
};

/* Room for what one family gives the pods of one service. */
struct pair_room {
    struct hd_pair pairs[9];
    size_t n;
    char port[24], config[256];
};

enum { MOST_NAMESPACE_LABELS = 2 };

struct family {
    void (*resolve_app[N_APP_PHASES])(struct hd_model *model, struct hd_diagnostics *report);
    void (*resolve_service[N_SERVICE_PHASES])(const struct resolving *resolving);
    /* What a call leaves out, once all services are complete. */
    void (*resolve_call)(struct hd_model *model, struct hd_call *call);

    void (*add_edges[N_GRAPH_PHASES])(struct hd_model *model);
    void (*add_service_edges[N_EDGE_PHASES])(struct hd_model *model, const struct peer *self);
    /* What proxies send that belong to no pod of a service. */
    void (*add_proxy_edges)(struct hd_model *model, const struct peer *proxy);
    /* Adds an edge as it travels: a call, anything else, a scrape. False when it travels as it is meant, and nothing was added. */
    bool (*carry_call)(struct hd_model *model, const struct edge *edge);
    bool (*carry)(struct hd_model *model, const struct edge *edge);
    bool (*carry_scrape)(struct hd_model *model, const struct peer *from, const struct peer *self);
    /* Marks the externals that are used without being called by a service. */
    void (*mark_externals)(const struct hd_model *model, bool *used);

    void (*check_app)(struct checker *checker);
    void (*check_service)(struct checker *checker, const struct hd_service *service);
    /* Gives the words to write instead of a key that other tools have and the struct does not; NULL for any other key. */
    const char *(*foreign_key)(const struct hd_struct *type, const char *key);

    /* What pods and the namespace are given when they are written, beside what the model says of them by then. */
    struct pairs (*pod_labels)(struct pair_room *room, const struct hd_model *model, const struct hd_service *service);
    struct pairs (*pod_annotations)(struct pair_room *room, const struct hd_model *model, const struct hd_service *service);
    /* At most MOST_NAMESPACE_LABELS; returns how many. */
    size_t (*namespace_labels)(const struct hd_model *model, struct hd_pair *room);
    /* The routes by which requests are split between two versions of a service. */
    void (*emit_split_routes)(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service);
    /* Its chapter of the runbook. */
    void (*write_runbook)(struct text_out *t, const struct file_subject *subject);

    /* Its kinds of manifests, from the lowest order up. */
    const struct plan_row *const *kinds;
    size_t n_kinds;
};

/* What a family puts into a folder beside its manifests: the parts of files, and the kinds of files in them. */
struct family_files {
    const struct file_part *const *parts;
    size_t n_parts;
    const struct file_row *const *rows;
    size_t n_rows;
};

enum { N_FAMILIES = 6 };
/* The order matters where two families do the same in one phase; in families.c. */
extern const struct family *const families[N_FAMILIES];
/* Those that put files into a folder, up to NULL; apart, so that a build without folders has none of what writes them. */
extern const struct family_files *const families_files[];

#endif
