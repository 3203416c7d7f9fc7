/* A service of the application. */
#include "core/tables/field.h"
#include "model/checks.h"
#include "model/resolve.h"
#include "model/tables.h"

WORDS(hd_workload, {"Deployment", HD_WORKLOAD_DEPLOYMENT}, {"StatefulSet", HD_WORKLOAD_STATEFUL_SET}, {"DaemonSet", HD_WORKLOAD_DAEMON_SET},
      {"Job", HD_WORKLOAD_JOB}, {"CronJob", HD_WORKLOAD_CRON_JOB});

CHOICES(pod_management, WORD("OrderedReady"), WORD("Parallel"));

#define T hd_silence
static const struct hd_field silence_fields[] = {
    STR("code", code, .required = true, .format = &format_code),
    STR("reason", reason, .required = true, .format = &format_text),
};
const struct hd_struct hd_silence_struct = STRUCT(silence_fields, .scalar = "reason", .keyed_by = "code");
#undef T

#define T hd_service
static const struct hd_field service_fields[] = {
    STR("name", name, .required = true, .format = &format_service_name),
    STR("runtime", runtime, .format = &format_service_name),
    ENUM("kind", workload, hd_workload),
    OPT("replicas", replicas, .max = 2147483647, .replaces = 1, .workloads = FOR(DEPLOYMENT) | FOR(STATEFUL_SET)),
    EMBED(container, hd_container),
    EMBED(pod, hd_pod),
    EMBED(job, hd_job),
    LIST("calls", calls, hd_call),
    LIST("callers", callers, hd_caller, .workloads = SERVING),
    LIST("expose", expose, hd_exposure, .workloads = SERVING),
    OBJ("metrics", metrics, hd_metrics, .none = true, .workloads = SERVING),
    OBJ("telemetry", telemetry, hd_service_telemetry),
    OBJ("service", service, hd_service_object, .workloads = SERVING),
    LIST("extraServices", extra_services, hd_extra_service, .workloads = SERVING),
    OBJ("mesh", mesh, hd_service_mesh),
    OBJ("autoscaling", autoscaling, hd_autoscaling, .none = true, .replaces = 1, .workloads = REPLICATED | FOR(JOB)),
    OBJ("disruptionBudget", disruption_budget, hd_disruption_budget, .none = true, .workloads = FOR(DEPLOYMENT) | FOR(STATEFUL_SET)),
    OBJ("trafficPolicy", traffic_policy, hd_traffic_policy, .workloads = SERVING, .mesh = IN_MESH),
    OBJ("delivery", delivery, hd_delivery, .workloads = FOR(DEPLOYMENT)),
    LIST("versions", versions, hd_version, .workloads = FOR(DEPLOYMENT)),
    OBJ("strategy", strategy, hd_strategy, .workloads = SERVING),
    OPT("minReadySeconds", min_ready_seconds, .max = 86400, .workloads = SERVING),
    INT("progressDeadlineSeconds", progress_deadline_seconds, .min = 1, .max = 2147483647, .workloads = FOR(DEPLOYMENT)),
    OPT("revisionHistoryLimit", revision_history_limit, .max = 2147483647, .workloads = SERVING),
    STR("podManagementPolicy", pod_management_policy, .words = &pod_management, .workloads = FOR(STATEFUL_SET)),
    OBJ("persistentVolumeClaimRetentionPolicy", persistent_volume_claim_retention_policy, hd_claim_retention, .since = 27,
        .workloads = FOR(STATEFUL_SET)),
    OBJ("build", build, hd_build),
    LIST("labels", labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    LIST("annotations", annotations, hd_pair, .key_format = &format_annotation_key, .format = &format_text),
    LIST("selector", selector, hd_pair, .key_format = &format_label_key, .format = &format_label_value, .workloads = SERVING),
    LIST("patches", patches, hd_patch),
    LIST("manifests", manifests, hd_foreign_manifest),
    LIST("silence", silence, hd_silence),
    STR("base", base, .format = &format_service_name),
};
const struct hd_struct hd_service_struct = STRUCT(service_fields, .keyed_by = "name");
#undef T

struct where least_place(const struct hd_service *service)
{
    return service->autoscaling.enabled == HD_TRUE ? AT(&service->autoscaling, min_replicas) : AT(service, replicas);
}

void also_least(struct finding *finding, const struct hd_service *service)
{
    also_at(finding, least_place(service), "%s is %lld", service->autoscaling.enabled == HD_TRUE ? "minReplicas" : "replicas",
            (long long)least_replicas(service));
}
