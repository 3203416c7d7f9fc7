/* Ingress: the way in to everything that is exposed. */
#include "core/text/among.h"
#include "kinds.h"
#include "model/delivery.h"
#include "model/derived.h"
#include "model/port.h"
#include "model/tables.h"
#include "plan/labels.h"

#include <stdlib.h>
#include <string.h>

/* Exposures in the order in which they are written. */
struct way {
    const char *host, *path;
    enum hd_path_type type;
    const struct hd_service *service;
    const struct hd_port *port;
    const char *suffix; /* NULL, or that of the Service of one version */
    size_t number;
};

/* The ways of one Ingress. */
struct ways {
    struct way *ways;
    size_t n;
    const struct backend *backend;
    struct pairs annotations;
};

/* ingress-nginx speaks plain HTTP to all backends of an Ingress, unless an annotation of it names another protocol. */
static const struct backend {
    enum hd_protocol protocol;
    const char *suffix, *word;
} plain = {0}, backends[] = {{HD_PROTOCOL_GRPC, "grpc", "GRPC"}, {HD_PROTOCOL_HTTPS, "https", "HTTPS"}};

#define BACKEND_PROTOCOL "nginx.ingress.kubernetes.io/backend-protocol"

static int compare_text(const char *a, const char *b)
{
    return strcmp(text_or(a, ""), text_or(b, ""));
}

/* Full host names before wildcards, and those before none. */
static int host_rank(const char *host)
{
    return !host ? 2 : *host == '*';
}

/* The more special a way the earlier, so that the file reads as it is matched; then by name. */
static int compare(const void *left, const void *right)
{
    const struct way *a = left, *b = right;
    size_t n_a = strlen(a->path), n_b = strlen(b->path);
    int order = host_rank(a->host) - host_rank(b->host);

    if (!order)
        order = compare_text(a->host, b->host);
    if (!order)
        order = (n_a < n_b) - (n_a > n_b);
    if (!order)
        order = strcmp(a->path, b->path);
    if (!order)
        order = (b->type == HD_PATH_EXACT) - (a->type == HD_PATH_EXACT);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static const struct backend *backend_of(const struct hd_ingress *ingress, const struct hd_port *port)
{
    for (size_t i = 0; i < ingress->n_annotations; i++)
        if (ingress->annotations[i].name && !strcmp(ingress->annotations[i].name, BACKEND_PROTOCOL))
            return &plain;
    for (size_t i = 0; ingress->class_name && !strcmp(ingress->class_name, "nginx") && i < sizeof backends / sizeof *backends; i++)
        if (backends[i].protocol == port->protocol)
            return &backends[i];
    return &plain;
}

static void add_way(struct hd_model *model, struct ways *ways, struct way way)
{
    if (backend_of(&model->app->ingress, way.port) != ways->backend)
        return;
    arena_grow(&model->arena, ways->ways, ways->n);
    way.number = ways->n;
    ways->ways[ways->n++] = way;
}

/* A new version before it takes over has all ways in of the old one, under a host of its own. */
static void add_ways(struct hd_model *model, struct ways *ways, const struct hd_service *service)
{
    const char *preview = delivery_way(service) == BLUE_GREEN_WAY ? service->delivery.blue_green.preview_host : NULL;

    for (size_t i = 0; i < service->n_expose; i++) {
        const struct hd_exposure *expose = &service->expose[i];
        const struct hd_port *port = service_port(service, expose->port);

        for (size_t h = 0; port && expose->path && h < exposure_n_hosts(expose); h++)
            add_way(model, ways, (struct way){exposure_host(expose, h), expose->path, expose->path_type, service, port, NULL, 0});
        if (port && expose->path && preview)
            add_way(model, ways, (struct way){preview, expose->path, expose->path_type, service, port, PREVIEW, 0});
    }
}

static struct pairs annotations_of(struct hd_model *model, const struct backend *backend)
{
    const struct hd_ingress *ingress = &model->app->ingress;
    struct hd_pair *pairs;

    if (backend == &plain)
        return (struct pairs){ingress->annotations, ingress->n_annotations};
    pairs = arena_longer(&model->arena, ingress->annotations, ingress->n_annotations, sizeof *pairs);
    pairs[ingress->n_annotations] = (struct hd_pair){.name = BACKEND_PROTOCOL, .value = backend->word};
    return (struct pairs){pairs, ingress->n_annotations + 1};
}

static void plan_for_backend(struct hd_model *model, const struct plan_row *row, const struct backend *backend)
{
    const char *name = model->app->name;
    struct ways *ways = arena_new(&model->arena, struct ways);

    ways->backend = backend;
    for (size_t i = 0; i < model->app->n_services; i++)
        add_ways(model, ways, &model->app->services[i]);
    if (!ways->n)
        return;
    qsort(ways->ways, ways->n, sizeof *ways->ways, compare);
    ways->annotations = annotations_of(model, backend);
    plan_add(model, row, name && backend->suffix ? arena_printf(&model->arena, "%s-%s", name, backend->suffix) : name, NULL, ways);
}

static void plan_ingress(struct hd_model *model, const struct plan_row *row)
{
    if (model->app->ingress.enabled != HD_TRUE)
        return;
    plan_for_backend(model, row, &plain);
    for (size_t i = 0; i < sizeof backends / sizeof *backends; i++)
        plan_for_backend(model, row, &backends[i]);
}

static struct pairs annotations(const struct subject *subject)
{
    const struct ways *ways = subject->object;

    return ways->annotations;
}

static bool begins_host(const struct ways *ways, size_t i)
{
    return i == 0 || compare_text(ways->ways[i].host, ways->ways[i - 1].host) != 0;
}

static void emit_path(struct yaml_out *y, const struct way *way)
{
    ITEM (y) {
        y_str(y, "path", way->path);
        y_str(y, "pathType", enum_name(&hd_path_type_enum, (int)way->type));
        MAP (y, "backend")
            MAP (y, "service") {
                if (way->suffix)
                    emit_derived(y, "name", way->service, way->suffix);
                else
                    y_str(y, "name", way->service->name);
                MAP (y, "port")
                    y_str(y, "name", way->port->name);
            }
    }
}

static void emit_rules(struct yaml_out *y, const struct ways *ways)
{
    size_t i = 0;

    SEQ (y, "rules")
        while (i < ways->n)
            ITEM (y) {
                y_str(y, "host", ways->ways[i].host);
                MAP (y, "http")
                    SEQ (y, "paths")
                        do
                            emit_path(y, &ways->ways[i]);
                        while (++i < ways->n && !begins_host(ways, i));
            }
}

static void emit_ingress(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_ingress *ingress = &subject->model->app->ingress;
    const struct ways *ways = subject->object;

    MAP (y, "spec") {
        y_str(y, "ingressClassName", ingress->class_name);
        if (ingress->tls_secret)
            SEQ (y, "tls")
                ITEM (y) {
                    SEQ (y, "hosts")
                        for (size_t i = 0; i < ways->n; i++)
                            if (begins_host(ways, i))
                                y_str(y, NULL, ways->ways[i].host);
                    y_str(y, "secretName", ingress->tls_secret);
                }
        emit_rules(y, ways);
    }
}

const struct plan_row ingress_row = {
    .step = 70,
    .info = {"networking.k8s.io", "v1", "Ingress", "kubernetes", "with ingress, when anything is exposed"},
    .plan_app = plan_ingress,
    .annotations = annotations,
    .emit = emit_ingress,
};
