/* Callers: who may call a service from outside of the application. */
#include "core/tables/field.h"
#include "model/labels.h"
#include "model/mesh.h"
#include "model/neighbour.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/tables.h"

#include <string.h>

#define T hd_caller
static const struct hd_field caller_fields[] = {
    STR("from", from, .format = &format_neighbour),
    STR("namespace", namespace_name, .choice = 1, .format = &format_dns_label),
    LIST("podLabels", pod_labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    STR("serviceAccount", service_account, .format = &format_subdomain, .mesh = IN_MESH),
    STRS("cidrs", cidrs, .choice = 1, .format = &format_cidr),
    BOOL("mesh", mesh, .mesh = IN_MESH),
    IOS("port", port, .format = &format_port_ref),
    STRS("methods", methods, .format = &format_method, .mesh = IN_MESH),
    STRS("paths", paths, .format = &format_call_path, .mesh = IN_MESH),
};
const struct hd_struct hd_caller_struct = STRUCT(caller_fields, .scalar = "from");
#undef T

/* A service whose model is not known, where nobody changed what is said of it by default. */
static struct neighbour presumed(struct hd_model *model, const char *from)
{
    const char *slash = strchr(from, '/');
    const char *application = arena_strndup(&model->arena, from, (size_t)(slash - from));
    struct hd_pair *labels = arena_array(&model->arena, 2, sizeof *labels);

    labels[0] = (struct hd_pair){.name = LABEL_NAME, .value = slash + 1};
    labels[1] = (struct hd_pair){.name = LABEL_INSTANCE, .value = application};
    return (struct neighbour){.external = {.namespace_name = application, .pod_labels = labels, .n_pod_labels = 2, .mesh = HD_TRUE},
                              .account = slash + 1};
}

static void fill_from_neighbour(struct hd_model *model, struct hd_caller *caller)
{
    const struct neighbour *known = find_neighbour(model, caller->from);
    const struct neighbour neighbour = known ? *known : presumed(model, caller->from);

    if (!caller->namespace_name)
        caller->namespace_name = neighbour.external.namespace_name;
    if (!caller->n_pod_labels) {
        caller->pod_labels = neighbour.external.pod_labels;
        caller->n_pod_labels = neighbour.external.n_pod_labels;
    }
    if (!mesh_is_on(model->app))
        return;
    if (caller->mesh == HD_BOOL_UNSET)
        caller->mesh = neighbour.external.mesh;
    if (!caller->service_account && caller->mesh == HD_TRUE)
        caller->service_account = neighbour.account;
}

void resolve_callers(struct hd_model *model, struct hd_service *service)
{
    struct hd_caller *callers = arena_copy(&model->arena, service->callers, service->n_callers * sizeof *callers);

    if (!service->n_callers)
        return;
    service->callers = callers;
    for (size_t i = 0; i < service->n_callers; i++) {
        if (callers[i].from && format_is_valid(&format_neighbour, callers[i].from))
            fill_from_neighbour(model, &callers[i]);
        if (mesh_is_on(model->app) && callers[i].mesh == HD_BOOL_UNSET)
            callers[i].mesh = callers[i].service_account ? HD_TRUE : HD_FALSE;
        if (!callers[i].port && only_port(service))
            callers[i].port = only_port(service)->name;
    }
}
