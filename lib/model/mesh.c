#include "mesh.h"

#include "collectors.h"

/* The first Istio in which the API versions are v1. */
enum { ISTIO_V1 = 22 };

bool uses_waypoint(const struct hd_model *model, const struct hd_service *service)
{
    return model->mesh.uses_waypoint && !is_collector(model, service) && model->mesh.uses_waypoint[service - model->app->services];
}

const char *istio_api_version(const struct hd_model *model)
{
    return model->istio_minor >= ISTIO_V1 ? "v1" : "v1beta1";
}
