/* Rules for versions that run at the same time: their weights, and who could choose among them. */
#include "core/tables/field.h"
#include "delivery_checks.h"
#include "model/delivery.h"
#include "model/mesh.h"
#include "model/tables.h"
#include "model/version.h"

static void check_no_delivery(struct checker *checker, const struct hd_service *service)
{
    struct finding *finding;

    if (!service->delivery.executor)
        return;
    finding = found(checker, HD_VERSIONS_IN_DELIVERY, AT(service, versions), "%s has versions that stay, and a delivery that replaces one by another",
                    service->name ? service->name : "the service");
    also_at(finding, AT(&service->delivery, executor), "delivery is given here");
    hint(finding, "remove delivery, and move the weights of the versions yourself; or remove versions");
}

static void check_weights(struct checker *checker, const struct hd_service *service)
{
    int64_t sum = 0;
    bool any = false;

    for (size_t i = 0; i < service->n_versions; i++) {
        const struct hd_version *version = &service->versions[i];

        if (!version->weight.set)
            continue;
        if (version->weight.value < 0 || version->weight.value > 100)
            return;
        any = true;
        sum += version->weight.value;
        if (version->weight.value && version->replicas.set && !version->replicas.value)
            hint(found(checker, HD_VERSION_WITHOUT_PODS, AT(version, weight), "%s gets %lld percent of the requests, but has no pods",
                       version->name ? version->name : "the version", (long long)version->weight.value),
                 "write replicas: 1, or weight: 0");
    }
    if (any && sum != 100)
        hint(found(checker, HD_WEIGHTS, AT(service, versions), "the weights of the versions add up to %lld, not to 100", (long long)sum),
             "let the weights add up to 100; a version without one gets no requests");
}

/* Who chooses: a proxy of each caller or a waypoint, by routes of Istio. */
static void check_chosen(struct checker *checker, const struct hd_service *service)
{
    const struct hd_app *app = checker->app;
    struct where where = AT(service, versions);
    struct finding *finding;

    if (!mesh_is_on(app) || !chooses_version(service))
        return;
    if (!service_in_mesh(app, service)) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "weights of versions need a mesh, which this service is not in");
        hint(finding, "remove the weights: requests then spread over the pods of all versions; or remove mesh: off");
    } else if (app->mesh.routing == HD_ROUTING_GATEWAY) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "weights of versions need Istio's routes");
        also_at(finding, AT(&app->mesh, routing), "routes are written in the Gateway API because of this");
        hint(finding, "write routing: istio");
    } else if (!can_be_weighed(service)) {
        hint(found(checker, HD_DELIVERY_WITHOUT_PORT, where,
                   "requests cannot choose a version, because the service has no port whose requests a proxy sees"),
             "remove the weights, or write a port that is neither UDP nor encrypted");
    } else if (app->mesh.mode == HD_MESH_AMBIENT && !uses_waypoint(checker->model, service)) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "weights of versions need a waypoint");
        also_at(finding, AT(&service->service, headless), "calls to a headless service do not pass a waypoint");
        hint(finding, "remove headless, or the weights");
    }
}

void check_versions_chosen(struct checker *checker, const struct hd_service *service)
{
    if (!service->n_versions || service->workload != HD_WORKLOAD_DEPLOYMENT)
        return;
    check_no_delivery(checker, service);
    check_weights(checker, service);
    check_chosen(checker, service);
}
