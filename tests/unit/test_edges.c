/* The graph of connections, as programs see it. */
#include "cmocka_test.h"

#include <hybriddeploy/hybriddeploy.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const get[] = {"GET"};
static const struct hd_service services[] = {
    {.name = "web",
     .runtime = "cpython",
     .metrics = {.enabled = HD_FALSE},
     HD_LIST(expose, struct hd_exposure, {.path = "/"}),
     HD_LIST(calls, struct hd_call, {.to = "api", .methods = get, .n_methods = 1}, {.to = "postgres"})},
    {.name = "api", .runtime = "condon"},
};
static const struct hd_external externals[] = {
    {.name = "postgres", .namespace_name = "databases", HD_LIST(ports, struct hd_external_port, {.port = 5432})},
};
static const struct hd_app shop = {.abi = HD_ABI,
                                   .name = "shop",
                                   .namespace_name = "store",
                                   .host = "shop.example.com",
                                   .image_registry = "registry.example.com",
                                   .image_tag = "1",
                                   .externals = externals,
                                   .n_externals = 1,
                                   .services = services,
                                   .n_services = 2};

static void add_peer(char *text, size_t size, const char *before, const struct hd_peer *peer)
{
    static const char *const kinds[] = {"unset", "service", "external", "platform", "own"};
    size_t length = strlen(text);

    if (peer)
        snprintf(text + length, size - length, "%s%s %s in %s", before, kinds[peer->kind], peer->name,
                 peer->namespace_name ? peer->namespace_name : "-");
}

/* All edges of the model, one a line. */
static void write_edges(const struct hd_app *app, char *text, size_t size)
{
    struct hd_diagnostics *report = hd_diagnostics_new(NULL);
    struct hd_model *model;

    *text = '\0';
    assert_int_equal(hd_resolve(app, NULL, report, &model), HD_OK);
    for (size_t i = 0; i < hd_model_n_edges(model); i++) {
        const struct hd_edge *edge = hd_model_edge(model, i);
        size_t length;

        add_peer(text, size, "", edge->from);
        add_peer(text, size, " to ", edge->to);
        for (size_t k = 0; k < edge->n_ports; k++) {
            length = strlen(text);
            snprintf(text + length, size - length, " %" PRId64 "%s", edge->ports[k].number, edge->ports[k].is_udp ? "/udp" : "");
        }
        length = strlen(text);
        snprintf(text + length, size - length, " (%s)%s%s", edge->reason, edge->in_network ? " network" : "", edge->in_mesh ? " mesh" : "");
        add_peer(text, size, " by ", edge->by);
        length = strlen(text);
        snprintf(text + length, size - length, "\n");
        assert_true(length + 2 < size);
    }
    hd_model_free(model);
    hd_diagnostics_free(report);
}

static void every_edge_has_its_reason(void **state)
{
    char text[8000];

    (void)state;
    write_edges(&shop, text, sizeof text);
    assert_string_equal(text, "service web in store to platform dns in kube-system 53/udp 53 (dns) network mesh\n"
                              "service web in store to service api in store 8000 (call) network mesh\n"
                              "service web in store to external postgres in databases 5432 (call) network mesh\n"
                              "platform gateway in istio-ingress to service web in store 8000 (gateway) network mesh\n"
                              "service api in store to platform dns in kube-system 53/udp 53 (dns) network mesh\n"
                              "platform prometheus in monitoring to service api in store 8000 (metrics) network mesh\n");
}

static void a_waypoint_stands_between(void **state)
{
    struct hd_app ambient = shop;
    char text[8000];

    (void)state;
    ambient.mesh = (struct hd_mesh){.mode = HD_MESH_AMBIENT};
    write_edges(&ambient, text, sizeof text);
    if (!strstr(text, "service web in store to service api in store 8000 (call) mesh by own waypoint in store\n"))
        fail_msg("no waypoint between web and api:\n%s", text);
}

/* Back ends of the collector have the names of their exporters, or those of services and externals. */
static void back_ends_have_names(void **state)
{
    static const struct hd_exporter exporters[] = {
        {.name = "traces", .type = "otlp", .endpoint = "tempo.observability:4317"},
        {.name = "here", .type = "otlp", .endpoint = "jaeger:4317"},
        {.name = "address", .type = "otlp", .endpoint = "192.0.2.7:4317"},
        {.name = "second", .type = "otlp", .endpoint = "192.0.2.8:4317"},
        {.name = "again", .type = "otlp_http", .endpoint = "http://192.0.2.7:4318"},
        {.name = "own", .type = "otlp_http", .endpoint = "http://api:8000"},
        {.name = "other", .type = "otlp", .external = "postgres", .port = "5432"},
    };
    struct hd_app app = shop;
    char text[8000];

    (void)state;
    app.telemetry.collector.exporters = exporters;
    app.telemetry.collector.n_exporters = LENGTH(exporters);
    write_edges(&app, text, sizeof text);
    if (!strstr(text, "own shop-collector in store to platform back-end-traces in observability 4317 (telemetry) network mesh\n"
                      "own shop-collector in store to platform back-end-here in store 4317 (telemetry) network mesh\n"
                      "own shop-collector in store to platform back-end-address in - 4317 (telemetry) network mesh\n"
                      "own shop-collector in store to platform back-end-second in - 4317 (telemetry) network mesh\n"
                      "own shop-collector in store to platform back-end-address in - 4318 (telemetry) network mesh\n"
                      "own shop-collector in store to service api in store 8000 (telemetry) network mesh\n"
                      "own shop-collector in store to external postgres in databases 5432 (telemetry) network mesh\n"))
        fail_msg("other back ends:\n%s", text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_edge_has_its_reason), cmocka_unit_test(a_waypoint_stands_between),
                                       cmocka_unit_test(back_ends_have_names)};

    return RUN(tests);
}
