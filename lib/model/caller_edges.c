/* The edges of callers: who comes in from outside of the application without the gateway. */
#include "caller.h"
#include "core/text/among.h"
#include "graph.h"
#include "model.h"
#include "port.h"

#include <string.h>

static const char *name_of(struct hd_model *model, const struct hd_caller *caller)
{
    if (caller->from)
        return caller->from;
    if (!caller->namespace_name)
        return caller->cidrs[0];
    return caller->service_account ? arena_printf(&model->arena, "%s/%s", caller->namespace_name, caller->service_account)
                                   : caller->namespace_name;
}

struct key {
    struct arena *arena;
    const char **parts;
    size_t n;
};

static void add_part(struct key *key, const char *text)
{
    arena_grow(key->arena, key->parts, key->n);
    key->parts[key->n++] = text_or(text, "");
}

static void add_parts(struct key *key, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add_part(key, texts[i]);
    add_part(key, NULL);
}

static const char *join_parts(const struct key *key)
{
    size_t length = 0;
    char *text, *end;

    for (size_t i = 0; i < key->n; i++)
        length += strlen(key->parts[i]) + 1;
    text = end = arena_room(key->arena, length, 1);
    for (size_t i = 0; i < key->n; i++) {
        size_t n = strlen(key->parts[i]);

        memcpy(end, key->parts[i], n);
        end[n] = i + 1 < key->n ? '\n' : '\0';
        end += n + 1;
    }
    return text;
}

const char *caller_key(struct arena *arena, const struct hd_caller *caller, bool with_requests)
{
    struct key key = {.arena = arena};

    add_part(&key, caller->from);
    add_part(&key, caller->namespace_name);
    add_part(&key, caller->service_account);
    add_part(&key, caller->mesh == HD_TRUE ? "mesh" : NULL);
    for (size_t i = 0; i < caller->n_pod_labels; i++) {
        add_part(&key, caller->pod_labels[i].name);
        add_part(&key, caller->pod_labels[i].value);
    }
    add_parts(&key, caller->cidrs, caller->n_cidrs);
    if (with_requests) {
        add_part(&key, caller->port);
        add_parts(&key, caller->methods, caller->n_methods);
        add_parts(&key, caller->paths, caller->n_paths);
    }
    return join_parts(&key);
}

/* One peer for all services that it may call, so that one rule lets it into what they share, such as a waypoint. */
static const struct peer *peer_of(struct hd_model *model, const struct hd_caller *caller)
{
    struct graph *graph = &model->graph;
    const char *key = caller_key(&model->arena, caller, false);
    struct hd_platform_peer pods = {.namespace_name = caller->namespace_name,
                                    .pod_labels = caller->pod_labels,
                                    .n_pod_labels = caller->n_pod_labels,
                                    .cidrs = caller->cidrs,
                                    .n_cidrs = caller->n_cidrs,
                                    .mesh = caller->namespace_name ? caller->mesh : HD_FALSE,
                                    .service_account = caller->service_account};
    const struct peer *known;
    struct peer *peer;

    if (!graph->callers.arena)
        names_init(&model->arena, &graph->callers, 8);
    known = names_find(&graph->callers, key);
    if (known)
        return known;
    peer = graph_add_platform_peer(model, name_of(model, caller), &pods);
    peer->is_caller = true;
    names_add(&graph->callers, key, peer);
    return peer;
}

void graph_add_callers(struct hd_model *model, const struct peer *self)
{
    for (size_t i = 0; i < self->service->n_callers; i++) {
        const struct hd_caller *caller = &self->service->callers[i];
        const struct hd_port *port = caller->port ? service_port(self->service, caller->port) : NULL;
        struct edge edge = {.to = self, .n_ports = 1, .reason = "call", .layer = LAYER_BOTH, .caller = caller};

        if (!port || (!caller->namespace_name && !caller->n_cidrs))
            continue;
        edge.from = peer_of(model, caller);
        edge.ports = graph_port(model, port->port, port->protocol == HD_PROTOCOL_UDP);
        graph_carry_call(model, &edge);
    }
}
