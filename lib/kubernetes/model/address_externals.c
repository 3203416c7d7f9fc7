#include "address_externals.h"

#include "model/graph.h"

static void begin(struct arena *arena, struct external_index *index, size_t count)
{
    names_init(arena, &index->hosts, count);
    names_init(arena, &index->namespaces, count);
}

static void add(struct external_index *index, const struct hd_external *external)
{
    if (external->host)
        names_add(&index->hosts, external->host, external);
    if (external->namespace_name)
        names_add(&index->namespaces, external->namespace_name, external);
}

static const struct hd_external *find(const struct external_index *index, const char *namespace_name, const char *host)
{
    const struct hd_external *found = host ? names_find(&index->hosts, host) : NULL;

    return found || !namespace_name ? found : names_find(&index->namespaces, namespace_name);
}

const struct hd_external *external_at(struct checker *checker, const char *namespace_name, const char *host)
{
    const struct hd_app *app = checker->app;

    if (!app->n_externals)
        return NULL;
    if (!checker->externals.hosts.entries) {
        begin(&checker->report->arena, &checker->externals, app->n_externals);
        for (size_t i = 0; i < app->n_externals; i++)
            add(&checker->externals, &app->externals[i]);
    }
    return find(&checker->externals, namespace_name, host);
}

const struct hd_external *called_external_at(struct checker *checker, const struct hd_service *service, const char *namespace_name,
                                             const char *host)
{
    if (!external_at(checker, namespace_name, host))
        return NULL;
    if (checker->called_by != service) {
        begin(&checker->scratch, &checker->called, service->n_calls);
        for (size_t i = 0; i < service->n_calls; i++) {
            const char *to = service->calls[i].to;
            const struct hd_external *external = to ? graph_callee(checker->model, to).external : NULL;

            if (external)
                add(&checker->called, external);
        }
        checker->called_by = service;
    }
    return find(&checker->called, namespace_name, host);
}
