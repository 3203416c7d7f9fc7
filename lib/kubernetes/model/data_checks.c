/* Rules for data that is lost, and for callers that are not sent where they were before. */
#include "core/text/among.h"
#include "model/checks.h"
#include "model/mesh.h"
#include "parts.h"

static void check_retention(struct checker *checker, const struct hd_service *service)
{
    const struct hd_claim_retention *retention = &service->persistent_volume_claim_retention_policy;
    struct finding *finding;

    if (!same_text(retention->when_scaled, "Delete") || service->autoscaling.enabled != HD_TRUE)
        return;
    finding = found(checker, HD_DATA_SCALED_AWAY, AT(retention, when_scaled),
                    "the autoscaler removes pods when there is less to do, and their claims with all data are deleted with them");
    also_at(finding, AT(&service->autoscaling, min_replicas), "the autoscaler");
    hint(finding, "write whenScaled: Retain, or autoscaling: off; if the data can be made anew, accept this with silence");
}

/* Proxies choose the pods themselves, and never ask the Service. */
static void check_affinity(struct checker *checker, const struct hd_service *service)
{
    struct finding *finding;

    if (!same_text(service->service.session_affinity, "ClientIP") || !service_in_mesh(checker->app, service))
        return;
    finding = found(checker, HD_AFFINITY_IN_MESH, AT(&service->service, session_affinity),
                    "sessionAffinity has no effect for callers of the mesh, because their proxies choose the pods");
    also_at(finding, AT(&checker->app->mesh, mode), "the mesh");
    hint(finding,
         "write trafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true}}}; if callers outside the mesh need it, accept this "
         "with silence");
}

void check_data(struct checker *checker, const struct hd_service *service)
{
    check_retention(checker, service);
    check_affinity(checker, service);
}
