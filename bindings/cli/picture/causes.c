/* Why each connection is allowed: the lines of the model and of the manifests. */
#include "picture.h"

#include "../app.h"
#include "../call.h"
#include "../graph.h"

#include <stdlib.h>
#include <string.h>

static void add(struct link *link, char *text)
{
    for (size_t i = 0; i < link->n_reasons; i++)
        if (!strcmp(link->reasons[i], text)) {
            free(text);
            return;
        }
    link->reasons = room(link->reasons, link->n_reasons, sizeof *link->reasons);
    link->reasons[link->n_reasons++] = text;
}

static void add_at(struct link *link, const struct hd_at *at, char *text)
{
    if (at && at->file)
        add(link, printed("%s:%u:%u: model: %s", at->file, at->line, at->column, text));
    else
        add(link, printed("model: %s", text));
    free(text);
}

static const struct hd_service *service_of(const struct hd_app *app, const struct end *end)
{
    const char *name =
        end->workload && !strcmp(end->workload->namespace_name, app->namespace_name) ? graph_service_of(end->workload) : NULL;

    for (size_t i = 0; name && i < app->n_services; i++)
        if (!strcmp(app->services[i].name, name))
            return &app->services[i];
    return NULL;
}

/* The lines of the model from which a connection follows. */
static void add_model(const struct picture *picture, struct link *link)
{
    const struct hd_app *app = app_of(picture->model);
    const struct end *from = &picture->ends[link->from], *to = &picture->ends[link->to];
    const struct hd_service *caller = service_of(app, from), *callee = service_of(app, to);

    for (size_t i = 0; caller && callee && i < caller->n_calls; i++)
        if (!strcmp(caller->calls[i].to, callee->name))
            add_at(link, caller->calls[i].at, printed("%s calls %s", caller->name, callee->name));
    for (size_t i = 0; from->kind == HD_CLUSTER_END_WAY_IN && callee && i < callee->n_expose; i++)
        add_at(link, callee->expose[i].at, printed("%s is exposed", callee->name));
}

static int keep(void *user, const struct hd_cluster_reason *reason)
{
    add(user, graph_reason(reason));
    return 0;
}

/* Several rules may allow a range together, so that none of them does alone: then its halves are asked for. */
static enum hd_status add_rules(const struct picture *picture, struct link *link, struct hd_cluster_range range)
{
    const struct end *from = &picture->ends[link->from], *to = &picture->ends[link->to];
    const char *source = from->first ? from->first : from->name, *target = to->first ? to->first : to->name;
    const uint16_t middle = (uint16_t)(range.first + (range.last - range.first) / 2);
    struct link found = {0};
    int is_allowed = 0;
    enum hd_status status =
        hd_cluster_why(picture->cluster, picture->options, source, target, &range, picture->diagnostics, keep, &found, &is_allowed);

    if (status == HD_OK && !is_allowed && range.first != range.last) {
        link_free_reasons(&found);
        status = add_rules(picture, link, (struct hd_cluster_range){range.transport, range.first, middle});
        return status == HD_OK ? add_rules(picture, link, (struct hd_cluster_range){range.transport, (uint16_t)(middle + 1), range.last})
                               : status;
    }
    for (size_t i = 0; i < found.n_reasons; i++)
        add(link, found.reasons[i]);
    free(found.reasons);
    return status;
}

/* The rules of manifests for all ports. Other protocols, which have none, cannot be asked for, and come only with all traffic. */
static enum hd_status add_all_rules(const struct picture *picture, struct link *link)
{
    enum hd_status status = HD_OK;

    for (size_t i = 0; i < link->n_ranges && status == HD_OK; i++) {
        struct hd_cluster_range range = link->ranges[i];

        range.first = range.first ? range.first : 1; /* hd_cluster_why() knows no port 0 */
        if (range.transport != HD_TRANSPORT_OTHER)
            status = add_rules(picture, link, range);
    }
    return status;
}

/* hd_cluster_why() does not know the ways in, whose requests come from pods that need not be among the manifests. */
static void add_way(struct link *link, const struct end *way)
{
    const struct hd_cluster_object *object = way->object;

    add(link, printed("%s:%u:%u: ingress: %s %s/%s leads requests to these pods, and their policies let in its gateway", object->place.file,
                      object->place.line, object->place.column, object->kind, object->namespace_name, object->name));
}

enum hd_status picture_find_causes(struct picture *picture)
{
    enum hd_status status = HD_OK;

    for (size_t i = 0; i < picture->n_links && status == HD_OK; i++) {
        struct link *link = &picture->links[i];

        if (!link->n_told)
            continue;
        if (picture->model)
            add_model(picture, link);
        if (picture->ends[link->from].kind == HD_CLUSTER_END_WAY_IN)
            add_way(link, &picture->ends[link->from]);
        else
            status = add_all_rules(picture, link);
    }
    return status;
}
