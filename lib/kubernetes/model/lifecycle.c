/* Hooks at the start and end of a container. */
#include "core/tables/field.h"
#include "model/delivery.h"
#include "model/port.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

#include <stdlib.h>
#include <string.h>

#define T hd_lifecycle_handler
static const struct hd_field lifecycle_handler_fields[] = {
    BOOL("enabled", enabled, .ours = true),
    OBJ("exec", exec, hd_exec_action, .choice = 1),
    OBJ("httpGet", http_get, hd_http_get_action, .choice = 1, .ours = true),
    OBJ("sleep", sleep, hd_sleep_action, .choice = 1, .since = 30),
};
const struct hd_struct hd_lifecycle_handler_struct = STRUCT(lifecycle_handler_fields, .scalar = "enabled");
#undef T

#define T hd_lifecycle
static const struct hd_field lifecycle_fields[] = {
    OBJ("postStart", post_start, hd_lifecycle_handler, .none = true),
    OBJ("preStop", pre_stop, hd_lifecycle_handler, .none = true),
};
const struct hd_struct hd_lifecycle_struct = STRUCT(lifecycle_fields);
#undef T

/* Flagger's copies lack what Kubernetes has had since 1.28, such as a hook that sleeps. (Flagger 1.36: k8s.io/api v0.27) */
static void resolve_pre_stop(struct hd_container *container, bool by_command)
{
    static const char *const sleep[] = {"sleep", "5"};
    struct hd_lifecycle_handler *hook = &container->lifecycle.pre_stop;

    if (struct_is_set(&hd_lifecycle_handler_struct, hook))
        return;
    if (by_command)
        hook->exec = (struct hd_exec_action){.command = sleep, .n_command = 2};
    else
        hook->sleep.seconds = 5;
}

/* Sidecars stop later than the service's own container by themselves; those beside it are told at the same moment. */
void resolve_lifecycle(struct hd_model *model, struct hd_service *service)
{
    /* The list is the model's own copy. */
    struct hd_named_container *extra = (struct hd_named_container *)(uintptr_t)service->pod.extra_containers;
    bool by_command = is_delivered_by(service, HD_EXECUTOR_FLAGGER);

    if (model->kube_minor < 30 || runs_to_end(service) || !service_n_ports(service) || service->pod.termination_grace_period_seconds <= 5)
        return;
    resolve_pre_stop(&service->container, by_command);
    for (size_t i = 0; i < service->pod.n_extra_containers; i++)
        if (extra[i].container.n_ports)
            resolve_pre_stop(&extra[i].container, by_command);
}

/* Seconds that a command such as `sleep 15` or `sh -c "sleep 15"` waits; 0 for any other. */
static int64_t slept(const struct hd_exec_action *exec)
{
    const char *text, *first;
    char *end;
    long long seconds;

    if (!exec->n_command)
        return 0;
    text = exec->command[exec->n_command - 1];
    first = exec->command[0];
    if (!strncmp(text, "sleep ", 6))
        text += 6;
    else if (exec->n_command != 2 || (strcmp(first, "sleep") && strcmp(first, "/bin/sleep") && strcmp(first, "/usr/bin/sleep")))
        return 0;
    seconds = strtoll(text, &end, 10);
    return *end && strcmp(end, "s") ? 0 : seconds;
}

static void check_handler(struct checker *checker, const struct container_in *in, const struct hd_lifecycle_handler *handler)
{
    int64_t grace = in->service->pod.termination_grace_period_seconds;
    int64_t seconds = handler->sleep.seconds ? handler->sleep.seconds : slept(&handler->exec);
    struct finding *finding;

    if (handler->enabled == HD_FALSE)
        return;
    check_http_get(checker, in, &handler->http_get);
    if (handler->exec.n_command)
        check_program(checker, AT_ITEM(&handler->exec, command, 0), handler->exec.command[0]);
    if (!seconds || !grace || seconds < grace)
        return;
    finding = found(checker, HD_SLEEP_BEYOND_GRACE, handler->sleep.seconds ? AT(&handler->sleep, seconds) : AT(&handler->exec, command),
                    "the preStop hook sleeps %lld s, so no time is left in which the process can stop", (long long)seconds);
    also_at(finding, AT(&in->service->pod, termination_grace_period_seconds), "the pod is killed after %lld s", (long long)grace);
    hint(finding, "raise terminationGracePeriodSeconds, or shorten the sleep");
}

void check_lifecycle(struct checker *checker, const struct container_in *in)
{
    const struct hd_lifecycle *lifecycle = &in->container->lifecycle;

    if (in->role == CONTAINER_INIT && struct_is_set(&hd_lifecycle_struct, lifecycle)) {
        hint(found(checker, HD_INIT_LIFECYCLE, AT_STRUCT(lifecycle),
                   "the init container %s runs to its end, so it cannot have lifecycle hooks", in->name),
             "remove lifecycle; put a container that keeps running under sidecars");
        return;
    }
    check_handler(checker, in, &lifecycle->post_start);
    check_handler(checker, in, &lifecycle->pre_stop);
}
