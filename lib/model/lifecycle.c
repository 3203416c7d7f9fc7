/* Hooks at the start and end of a container. */
#include "../core/field.h"
#include "resolve.h"
#include "tables.h"

#define T hd_lifecycle_handler
static const struct hd_field lifecycle_handler_fields[] = {
    OBJ("exec", exec, hd_exec_action, .choice = 1),
    OBJ("httpGet", http_get, hd_http_get_action, .choice = 1, .ours = true),
    OBJ("sleep", sleep, hd_sleep_action, .choice = 1, .since = 30),
};
const struct hd_struct hd_lifecycle_handler_struct = STRUCT(lifecycle_handler_fields);
#undef T

#define T hd_lifecycle
static const struct hd_field lifecycle_fields[] = {
    OBJ("postStart", post_start, hd_lifecycle_handler),
    OBJ("preStop", pre_stop, hd_lifecycle_handler),
};
const struct hd_struct hd_lifecycle_struct = STRUCT(lifecycle_fields);
#undef T

void resolve_lifecycle(struct hd_model *model, struct hd_service *service)
{
    struct hd_lifecycle *lifecycle = &service->container.lifecycle;
    int64_t grace = service->pod.termination_grace_period_seconds;

    if (model->kube_minor < 30 || runs_to_end(service) || !service_n_ports(service) || grace <= 5 ||
        struct_is_set(&hd_lifecycle_handler_struct, &lifecycle->pre_stop))
        return;
    lifecycle->pre_stop.sleep.seconds = 5;
}
