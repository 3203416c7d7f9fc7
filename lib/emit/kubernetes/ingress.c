/* Ingress: the way in to everything that is exposed. */
#include "../../model/port.h"
#include "kinds.h"

#include <stdlib.h>
#include <string.h>

/* What is exposed, in the order in which it is written. */
struct route {
    const char *host, *path;
    enum hd_path_type type;
    const struct hd_service *service;
    const struct hd_port *port;
    size_t number;
};

struct routes {
    struct route *routes;
    size_t n;
};

static int compare_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

/* Full host names before wildcards, and those before none. */
static int host_rank(const char *host)
{
    return !host ? 2 : *host == '*';
}

/* The more special a route the earlier, so that the file reads as it is matched; then by name. */
static int compare(const void *left, const void *right)
{
    const struct route *a = left, *b = right;
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

static void add_routes(struct hd_model *model, struct routes *routes, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_expose; i++) {
        const struct hd_exposure *expose = &service->expose[i];
        const struct hd_port *port = service_port(service, expose->port);

        if (!port || !expose->path)
            continue;
        arena_grow(&model->arena, routes->routes, routes->n);
        routes->routes[routes->n] = (struct route){expose->host, expose->path, expose->path_type, service, port, routes->n};
        routes->n++;
    }
}

static void plan(struct hd_model *model, const struct plan_row *row)
{
    struct routes *routes;

    if (model->app->ingress.enabled != HD_TRUE)
        return;
    routes = arena_new(&model->arena, struct routes);
    for (size_t i = 0; i < model->app->n_services; i++)
        add_routes(model, routes, &model->app->services[i]);
    if (!routes->n)
        return;
    qsort(routes->routes, routes->n, sizeof *routes->routes, compare);
    plan_add(model, row, model->app->name, NULL, routes);
}

static struct pairs annotations(const struct subject *subject)
{
    const struct hd_ingress *ingress = &subject->model->app->ingress;

    return (struct pairs){ingress->annotations, ingress->n_annotations};
}

static bool begins_host(const struct routes *routes, size_t i)
{
    return i == 0 || compare_text(routes->routes[i].host, routes->routes[i - 1].host) != 0;
}

static void emit_path(struct yaml_out *y, const struct route *route)
{
    ITEM(y) {
        y_str(y, "path", route->path);
        y_str(y, "pathType", enum_name(&hd_path_type_enum, (int)route->type));
        MAP(y, "backend")
            MAP(y, "service") {
                y_str(y, "name", route->service->name);
                MAP(y, "port")
                    y_str(y, "name", route->port->name);
            }
    }
}

static void emit_rules(struct yaml_out *y, const struct routes *routes)
{
    size_t i = 0;

    SEQ(y, "rules")
        while (i < routes->n)
            ITEM(y) {
                y_str(y, "host", routes->routes[i].host);
                MAP(y, "http")
                    SEQ(y, "paths")
                        do
                            emit_path(y, &routes->routes[i]);
                        while (++i < routes->n && !begins_host(routes, i));
            }
}

static void emit(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_ingress *ingress = &subject->model->app->ingress;
    const struct routes *routes = subject->object;

    MAP(y, "spec") {
        y_str(y, "ingressClassName", ingress->class_name);
        if (ingress->tls_secret)
            SEQ(y, "tls")
                ITEM(y) {
                    SEQ(y, "hosts")
                        for (size_t i = 0; i < routes->n; i++)
                            if (begins_host(routes, i))
                                y_str(y, NULL, routes->routes[i].host);
                    y_str(y, "secretName", ingress->tls_secret);
                }
        emit_rules(y, routes);
    }
}

const struct plan_row ingress_row = {
    .step = 70,
    .info = {"networking.k8s.io", "v1", "Ingress", "kubernetes", "with ingress, when anything is exposed"},
    .plan_app = plan,
    .annotations = annotations,
    .emit = emit,
};
