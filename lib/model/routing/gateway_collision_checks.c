/* Gateways of Istio that the same pods serve must leave each other their ports and hosts. */
#include "core/memory/names.h"
#include "core/text/among.h"
#include "gateway.h"
#include "model/checks.h"
#include "parts.h"

/* Pods, a port and perhaps a host in one text. */
static const char *place_of(struct arena *arena, const struct hd_gateway *gateway, int64_t port, const char *host)
{
    const char *text = arena_printf(arena, "%d %s", (int)port, host);

    for (size_t i = 0; i < gateway->n_selector; i++)
        text = arena_printf(arena, "%s\n%s=%s", text, text_or(gateway->selector[i].name, ""),
                            text_or(gateway->selector[i].value, ""));
    return text;
}

/* A port of pods either takes TLS, or does not. */
static void check_port_alike(struct checker *checker, struct names *places, const struct hd_gateway *gateway, int64_t port)
{
    const struct hd_gateway *first = names_add(places, place_of(&checker->report->arena, gateway, port, ""), gateway);
    struct finding *finding;

    if (!first || (gateway_has_tls(first) && first->port == port) == (gateway_has_tls(gateway) && gateway->port == port))
        return;
    finding = found(checker, HD_GATEWAYS_COLLIDE, gateway->port == port ? AT(gateway, port) : AT(gateway, https_redirect),
                    "port %d takes TLS in one of two gateways in the same pods, and plain HTTP in the other", (int)port);
    also_at(finding, AT_STRUCT(first), "the first gateway with this port");
    hint(finding, "give the gateways different ports or selectors");
}

/* Two Gateways that the same pods serve must not want the same host at a port. */
static void check_host_once(struct checker *checker, struct names *places, const struct hd_gateway *gateway, size_t index, int64_t port)
{
    const char *host = gateway->hosts[index];
    const struct hd_gateway *first = names_add(places, place_of(&checker->report->arena, gateway, port, host), gateway);
    struct finding *finding;

    if (!first)
        return;
    finding = found(checker, HD_GATEWAYS_COLLIDE, AT_ITEM(gateway, hosts, index), "%.253s is a host of two gateways in the same pods", host);
    also_at(finding, AT(first, hosts), "the first gateway with this host");
    hint(finding, "remove the host from one of the two, or give them different selectors or ports");
}

static void check_apart(struct checker *checker, struct names *places, const struct hd_gateway *gateway)
{
    check_port_alike(checker, places, gateway, gateway->port);
    for (size_t i = 0; i < gateway->n_hosts; i++)
        check_host_once(checker, places, gateway, i, gateway->port);
    if (!gateway_redirects(gateway) || gateway->port == HTTP_PORT)
        return;
    check_port_alike(checker, places, gateway, HTTP_PORT);
    for (size_t i = 0; i < gateway->n_hosts; i++)
        check_host_once(checker, places, gateway, i, HTTP_PORT);
}

/* With the Gateway API each gateway has pods of its own. */
void check_gateways_apart(struct checker *checker)
{
    const struct hd_mesh *mesh = &checker->app->mesh;
    struct names places;
    size_t n_places = 0;

    if (app_routes_by(checker->app, HD_ROUTING_GATEWAY))
        return;
    for (size_t i = 0; i < mesh->n_gateways; i++)
        n_places += 1 + mesh->gateways[i].n_hosts;
    names_init(&checker->report->arena, &places, 2 * n_places);
    for (size_t i = 0; i < mesh->n_gateways; i++)
        check_apart(checker, &places, &mesh->gateways[i]);
}
