/* Reads the objects that lead requests from outside to Services: Ingress, Route, routes of the Gateway API, VirtualService. */
#include "kinds.h"

#include <string.h>

static struct way *new_way(struct hd_cluster *cluster, const struct field *root)
{
    struct way *way = arena_new(&cluster->arena, struct way);

    way->object = root->manifest->object;
    way->end_name = arena_printf(&cluster->arena, "%s/%s[%s]", way->object->namespace_name, way->object->name, way->object->kind);
    return way;
}

static void add_way(struct hd_cluster *cluster, const struct field *root, struct way *way)
{
    if (root->manifest->is_refused || !way->n_backends)
        return;
    arena_grow(&cluster->arena, cluster->ways, cluster->n_ways);
    cluster->ways[cluster->n_ways++] = way;
}

static struct backend *add_backend(struct hd_cluster *cluster, struct way *way, const struct field *at, const char *namespace,
                                   const char *service)
{
    struct backend *backend;

    arena_grow(&cluster->arena, way->backends, way->n_backends);
    backend = &way->backends[way->n_backends++];
    *backend =
        (struct backend){.place = place_of(at), .namespace = namespace ? namespace : way->object->namespace_name, .service = service};
    return backend;
}

/* Reads a port, which is a number or a name. */
static void read_port(const struct field *port, struct backend *backend)
{
    if (is_number(port))
        backend->number = (uint16_t)number_of(port, 1, 65535, 0);
    else
        backend->port_name = name_at(port);
}

static void ingress_backend(struct hd_cluster *cluster, struct way *way, const struct field *backend)
{
    struct field service = member(backend, "service"), name = member(&service, "name"), port = member(&service, "port");
    struct field number = member(&port, "number"), port_name = member(&port, "name");

    if (name.node)
        read_port(number.node ? &number : &port_name, add_backend(cluster, way, &service, NULL, name_at(&name)));
}

void read_ingress(struct hd_cluster *cluster, const struct field *root)
{
    struct field spec = member(root, "spec"), fallback = member(&spec, "defaultBackend"), rules = member(&spec, "rules");
    struct way *way = new_way(cluster, root);
    size_t n_rules = item_count(&rules);

    ingress_backend(cluster, way, &fallback);
    for (size_t i = 0; i < n_rules; i++) {
        struct field rule = item(&rules, i), http = member(&rule, "http"), paths = member(&http, "paths");
        size_t n_paths = item_count(&paths);

        for (size_t j = 0; j < n_paths; j++) {
            struct field path = item(&paths, j), backend = member(&path, "backend");

            ingress_backend(cluster, way, &backend);
        }
    }
    add_way(cluster, root, way);
}

static void route_backend(struct hd_cluster *cluster, struct way *way, const struct field *to, const struct field *port)
{
    struct field kind = member(to, "kind"), name = member(to, "name");
    const char *word = text_of(&kind);
    struct backend *backend;

    if (!name.node || (word && strcmp(word, "Service") != 0))
        return;
    backend = add_backend(cluster, way, to, NULL, name_at(&name));
    backend->is_target = true;
    read_port(port, backend);
}

void read_route(struct hd_cluster *cluster, const struct field *root)
{
    struct field spec = member(root, "spec"), to = member(&spec, "to"), port = member(&spec, "port"), target = member(&port, "targetPort");
    struct field others = member(&spec, "alternateBackends");
    struct way *way = new_way(cluster, root);
    size_t n = item_count(&others);

    route_backend(cluster, way, &to, &target);
    for (size_t i = 0; i < n; i++) {
        struct field other = item(&others, i);

        route_backend(cluster, way, &other, &target);
    }
    add_way(cluster, root, way);
}

/* Whether a route of the Gateway API has a Gateway as parent. One with a Service as parent is for calls inside a mesh. */
static bool has_gateway(const struct field *spec)
{
    struct field parents = member(spec, "parentRefs");
    size_t n = item_count(&parents);

    for (size_t i = 0; i < n; i++) {
        struct field parent = item(&parents, i), kind = member(&parent, "kind");
        const char *word = text_of(&kind);

        if (!word || strcmp(word, "Service") != 0)
            return true;
    }
    return false;
}

static void reference_backends(struct hd_cluster *cluster, struct way *way, const struct field *references)
{
    size_t n = item_count(references);

    for (size_t i = 0; i < n; i++) {
        struct field reference = item(references, i), kind = member(&reference, "kind"), name = member(&reference, "name");
        struct field of_namespace = member(&reference, "namespace"), port = member(&reference, "port");
        const char *word = text_of(&kind);

        if (name.node && (!word || !strcmp(word, "Service")))
            read_port(&port, add_backend(cluster, way, &reference, name_at(&of_namespace), name_at(&name)));
    }
}

void read_gateway_route(struct hd_cluster *cluster, const struct field *root)
{
    struct field spec = member(root, "spec"), rules = member(&spec, "rules");
    struct way *way = new_way(cluster, root);
    size_t n = has_gateway(&spec) ? item_count(&rules) : 0;

    for (size_t i = 0; i < n; i++) {
        struct field rule = item(&rules, i), references = member(&rule, "backendRefs");

        reference_backends(cluster, way, &references);
    }
    add_way(cluster, root, way);
}

/* Reads a host of Istio: `name` is a Service of the same namespace, `name.namespace...` one of another namespace. */
static void host_backend(struct hd_cluster *cluster, struct way *way, const struct field *destination)
{
    struct field host = member(destination, "host"), port = member(destination, "port"), number = member(&port, "number");
    const char *name = name_at(&host), *dot = name ? strchr(name, '.') : NULL;
    struct manifest *manifest = destination->manifest;

    if (!name)
        return;
    if (!dot) {
        read_port(&number, add_backend(cluster, way, destination, NULL, name));
        return;
    }
    read_port(&number,
              add_backend(cluster, way, destination, keep(manifest, arena_strndup(&cluster->arena, dot + 1, strcspn(dot + 1, "."))),
                          keep(manifest, arena_strndup(&cluster->arena, name, (size_t)(dot - name)))));
}

static void virtual_routes(struct hd_cluster *cluster, struct way *way, const struct field *rules)
{
    size_t n_rules = item_count(rules);

    for (size_t i = 0; i < n_rules; i++) {
        struct field rule = item(rules, i), routes = member(&rule, "route"), mirror = member(&rule, "mirror");
        size_t n_routes = item_count(&routes);

        for (size_t j = 0; j < n_routes; j++) {
            struct field route = item(&routes, j), destination = member(&route, "destination");

            host_backend(cluster, way, &destination);
        }
        host_backend(cluster, way, &mirror);
    }
}

void read_virtual_service(struct hd_cluster *cluster, const struct field *root)
{
    static const char *const protocols[] = {"http", "tls", "tcp"};
    struct field spec = member(root, "spec"), gateways = member(&spec, "gateways");
    struct way *way = new_way(cluster, root);
    size_t n = item_count(&gateways);
    bool is_way_in = false;

    for (size_t i = 0; i < n; i++) {
        struct field gateway = item(&gateways, i);
        const char *name = text_of(&gateway);

        is_way_in = is_way_in || (name && strcmp(name, "mesh") != 0);
    }
    for (size_t i = 0; is_way_in && i < sizeof protocols / sizeof *protocols; i++) {
        struct field rules = member(&spec, protocols[i]);

        virtual_routes(cluster, way, &rules);
    }
    add_way(cluster, root, way);
}

bool backend_means(const struct backend *backend, const struct service_port *port)
{
    if (backend->port_name)
        return port->name == backend->port_name || (backend->is_target && port->target_name == backend->port_name);
    return !backend->number || backend->number == (backend->is_target ? port->target : port->number);
}
