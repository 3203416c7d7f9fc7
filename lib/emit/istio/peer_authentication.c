/* PeerAuthentication: whether callers must be of the mesh. */
#include "../kubernetes/labels.h"
#include "kinds.h"

static void plan_app(struct hd_model *model, const struct plan_row *row)
{
    if (mesh_is_on(model->app))
        plan_add(model, row, "default", NULL, NULL);
}

static void plan_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service_in_mesh(model->app, service) && service->mesh.mtls != model->app->mesh.mtls)
        plan_add(model, row, service->name, service, NULL);
}

static void emit(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    enum hd_mtls_mode mode = service ? service->mesh.mtls : subject->model->app->mesh.mtls;

    MAP(y, "spec") {
        if (service)
            MAP(y, "selector")
                emit_selector(y, "matchLabels", subject->model, service);
        MAP(y, "mtls")
            y_str(y, "mode", enum_name(&hd_mtls_mode_enum, (int)mode));
    }
}

const struct plan_row peer_authentication_row = {
    .step = 42,
    .info = {"security.istio.io", "v1", "PeerAuthentication", "istio", "with a mesh; one more for a service whose mtls differs"},
    .version = istio_api_version,
    .plan_app = plan_app,
    .plan_service = plan_service,
    .emit = emit,
};
