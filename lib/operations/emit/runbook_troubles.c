/* The runbook's troubles that the application can have: symptom, cause, and the commands that show it. */
#include "core/writing/quote.h"
#include "model/graph.h"
#include "model/mesh.h"
#include "model/resolve.h"
#include "operations/model/operations.h"
#include "runbook.h"

#include <string.h>

static bool has_rollout(const struct hd_service *service)
{
    return !runs_to_end(service);
}

/* One line of commands for each service that the test takes. */
static void put_each(struct text_out *t, const struct hd_app *app, bool (*takes)(const struct hd_service *service), const char *before,
                     const char *after)
{
    for (size_t i = 0; i < app->n_services; i++)
        if (takes(&app->services[i])) {
            put_kubectl(t, app);
            text_put(t, before, workload_resource(&app->services[i]), "/", app->services[i].name, after, "\n");
        }
}

static bool any(const struct hd_app *app, bool (*takes)(const struct hd_service *service))
{
    for (size_t i = 0; i < app->n_services; i++)
        if (takes(&app->services[i]))
            return true;
    return false;
}

static void write_not_ready(struct text_out *t, const struct hd_app *app)
{
    if (!any(app, has_rollout))
        return;
    text_put(
        t,
        "\n### Pods are not ready, or restart\n\nThe last words of a container tell most; a probe that fails is among the pod's events.\n"
        "OOMKilled: raise limits.memory in the model. Exit code 0 of a service: its program ends instead of serving.\n");
    begin_commands(t);
    for (size_t i = 0; i < app->n_services; i++)
        if (has_rollout(&app->services[i])) {
            put_kubectl(t, app);
            text_put(t, "describe pods --selector app.kubernetes.io/name=", app->services[i].name, "\n");
        }
    for (size_t i = 0; i < app->n_services; i++)
        if (has_rollout(&app->services[i])) {
            put_kubectl(t, app);
            text_put(t, "logs --selector app.kubernetes.io/name=", app->services[i].name, " --container ", app->services[i].name,
                     " --tail 50 --prefix\n");
        }
    end_commands(t);
}

static void write_pull(struct text_out *t, const struct hd_app *app)
{
    text_put(t, "\n### ErrImagePull, ImagePullBackOff\n\nThe tag does not exist in the registry, or the namespace may not pull. These are "
                "the images:\n");
    begin_commands(t);
    put_kubectl(t, app);
    text_put(t,
             "get pods --output "
             "'custom-columns=POD:.metadata.name,IMAGE:.spec.containers[*].image,WHY:.status.containerStatuses[*].state.waiting.reason'\n");
    end_commands(t);
}

static void write_secrets(struct text_out *t, const struct hd_app *app)
{
    bool external = false;

    if (!app->n_secrets)
        return;
    text_put(t, "\n### CreateContainerConfigError: a secret is missing\n\n| secret | keys | brought by |\n|---|---|---|\n");
    for (size_t i = 0; i < app->n_secrets; i++) {
        const struct hd_secret *secret = &app->secrets[i];

        text_put(t, "| ", secret->name, " | ");
        for (size_t k = 0; k < secret->n_keys; k++) {
            text_put(t, k ? ", " : "");
            text_markdown(t, secret->keys[k].name);
        }
        if (secret->existing == HD_TRUE)
            text_put(t, " | somebody else |\n");
        else
            text_put(t, " | External Secrets, from the store ", secret->store.name, " |\n");
        external |= secret->existing != HD_TRUE;
    }
    begin_commands(t);
    put_kubectl(t, app);
    text_put(t, "get secrets\n");
    if (external) {
        put_kubectl(t, app);
        text_put(t, "get externalsecrets\n");
        put_kubectl(t, app);
        text_put(t, "describe externalsecrets\n");
    }
    end_commands(t);
    text_put(t, "\nA value that changes later reaches the Secret and files of it, but no environment variable of a pod that runs: nothing is restarted by "
                "itself. This restarts those that use it:\n");
    begin_commands(t);
    text_put(t, "scripts/maintenance.sh rotate-secret ", app->secrets[0].name, "\n");
    end_commands(t);
}

static void write_network(struct text_out *t, const struct hd_model *model)
{
    const struct hd_app *app = model->app;

    text_put(t, "\n### Connections time out\n\nWhat the model does not declare is closed. Who may open connections to whom, and why:\n\n"
                "| to | from | why |\n|---|---|---|\n");
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < graph_n_in(model, &app->services[i]); k++) {
            const struct edge *edge = graph_in(model, &app->services[i], k);

            text_put(t, "| ", app->services[i].name, " | ");
            text_markdown(t, edge->from->name);
            text_put(t, " | ", edge->reason, " |\n");
        }
    text_put(t,
             "\nA caller that is not there is missing from `calls` in the model. Names that do not resolve point to the cluster's DNS.\n");
    begin_commands(t);
    put_kubectl(t, app);
    text_put(t, "get networkpolicies\n");
    put_kubectl(t, app);
    text_put(t, "get endpointslices\n");
    end_commands(t);
}

static bool is_autoscaled(const struct hd_service *service)
{
    enum hd_scaler scaler = service_scaler(service);

    return scaler && scaler != HD_SCALER_EXTERNAL && !runs_to_end(service);
}

static void write_autoscaler(struct text_out *t, const struct hd_app *app)
{
    if (!any(app, is_autoscaled))
        return;
    text_put(t, "\n### The number of pods does not follow the load\n\n`<unknown>` means that the autoscaler gets no metrics: "
                "metrics-server is missing or ill.\n"
                "At the maximum, raise autoscaling.maxReplicas in the model.\n");
    begin_commands(t);
    put_kubectl(t, app);
    text_put(t, "get horizontalpodautoscalers\n");
    for (size_t i = 0; i < app->n_services; i++)
        if (is_autoscaled(&app->services[i])) {
            put_kubectl(t, app);
            text_put(t, "describe horizontalpodautoscaler ", app->services[i].name, "\n");
        }
    end_commands(t);
}

static void write_scaled_jobs(struct text_out *t, const struct hd_app *app)
{
    if (!any(app, is_scaled_job))
        return;
    text_put(t, "\n### Work waits, and no Job starts\n\nKEDA asks the triggers, and makes Jobs while one of them has work. A condition Ready that is "
                "False names the trigger that does not answer.\nAt the maximum, raise autoscaling.maxReplicas in the model.\n");
    begin_commands(t);
    for (size_t i = 0; i < app->n_services; i++)
        if (is_scaled_job(&app->services[i])) {
            put_kubectl(t, app);
            text_put(t, "describe scaledjob ", app->services[i].name, "\n");
            put_kubectl(t, app);
            text_put(t, "get jobs --selector scaledjob.keda.sh/name=", app->services[i].name, "\n");
        }
    end_commands(t);
}

static void write_rollout(struct text_out *t, const struct hd_app *app)
{
    if (!any(app, has_rollout))
        return;
    text_put(
        t, "\n### A rollout does not end\n\nThe new pods do not become ready; the old ones serve as long. See them first, then go back.\n");
    begin_commands(t);
    put_each(t, app, has_rollout, "rollout history ", "");
    end_commands(t);
    text_put(t, "\nBack to what ran before the last deploy, for the one service that is ill:\n\n");
    for (size_t i = 0; i < app->n_services; i++)
        if (has_rollout(&app->services[i]))
            text_put(t, "- `scripts/deploy-hybrid.sh rollback --service ", app->services[i].name, "`\n");
    text_put(t, "\nWhat is in the repository still says the new version: change it back there too.\n");
}

static bool has_claim(const struct hd_service *service)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++)
        if (service->pod.volumes[i].claim.size || service->pod.volumes[i].claim_template.size)
            return true;
    return false;
}

static void write_storage(struct text_out *t, const struct hd_app *app)
{
    if (!any(app, has_claim))
        return;
    text_put(t, "\n### Pods are Pending for their storage\n\nNo volume fits the claim, or it is attached to another node.\n");
    begin_commands(t);
    put_kubectl(t, app);
    text_put(t, "get persistentvolumeclaims\n");
    put_kubectl(t, app);
    text_put(t, "describe persistentvolumeclaims\n");
    end_commands(t);
}

static bool has_budget(const struct hd_service *service)
{
    return service->disruption_budget.enabled == HD_TRUE;
}

static void write_drain(struct text_out *t, const struct hd_app *app)
{
    if (!any(app, has_budget))
        return;
    text_put(t, "\n### A node cannot be drained\n\nA budget without allowed disruptions waits for pods that are not ready: bring those up "
                "first.\n");
    begin_commands(t);
    put_kubectl(t, app);
    text_put(t, "get poddisruptionbudgets\n");
    end_commands(t);
}

static void write_mesh(struct text_out *t, const struct hd_app *app)
{
    if (!mesh_is_on(app))
        return;
    text_put(t, "\n### 403 RBAC: access denied, 503 upstream connect error\n\n403: the caller's service account is not among those that "
                "may call: it is missing\n"
                "from `calls` in the model, or runs under another account. 503: no pod of the callee is ready, or one of the two is "
                "outside the mesh.\n");
    begin_commands(t);
    put_kubectl(t, app);
    text_put(t, "get authorizationpolicies,peerauthentications,destinationrules\n");
    end_commands(t);
}

static void write_damage(struct text_out *t, const struct hd_app *app)
{
    const struct hd_backup *backup = &app->operations.backup;

    if (app->operations.enabled != HD_TRUE)
        return;
    text_put(t, "\n### Objects are gone or damaged\n\nThe first says what; the second brings back what is generated, as far as needed: it "
                "restarts, scales, applies, restores.\n");
    begin_commands(t);
    text_put(t, "scripts/disaster-recovery.sh check\nscripts/disaster-recovery.sh recover\n");
    end_commands(t);
    if (!uses_velero(app)) {
        text_put(t, "\nData in volumes is in no backup.\n");
        return;
    }
    text_put(t, "\nVelero backs the namespace up at `", backup->schedule, "` (UTC) and keeps it for ", backup->retention, ". ",
             backup->volumes == HD_VOLUMES_NONE ? "Data in volumes is not in it." : "Data in volumes is in it.");
    if (backup->n_exempt)
        text_put(t, " Not needed, by name:");
    for (size_t i = 0; i < backup->n_exempt; i++) {
        text_put(t, i ? ", " : " ", backup->exempt[i].claim);
        if (backup->exempt[i].reason) {
            text_put(t, " (");
            text_markdown(t, backup->exempt[i].reason);
            text_put(t, ")");
        }
    }
    text_put(t, backup->n_exempt ? "." : "", "\n");
    begin_commands(t);
    text_put(t, "kubectl --namespace ", backup->velero.namespace_name,
             " get backups.velero.io --selector velero.io/schedule-name=", app->name, "\n");
    end_commands(t);
    text_put(t, "\nThe latest good backup comes back, over what is there, with `kubectl create --filename backup/restore.yaml`; a backup "
                "is made at once\n"
                "with `kubectl create --filename backup/backup.yaml`.\n");
}

void write_troubles(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_model *model = subject->model;

    text_put(t, "\n## When something is wrong\n");
    write_not_ready(t, model->app);
    write_pull(t, model->app);
    write_secrets(t, model->app);
    write_network(t, model);
    write_autoscaler(t, model->app);
    write_scaled_jobs(t, model->app);
    write_rollout(t, model->app);
    write_storage(t, model->app);
    write_drain(t, model->app);
    write_mesh(t, model->app);
    write_damage(t, model->app);
}
