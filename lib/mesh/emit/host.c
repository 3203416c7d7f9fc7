#include "host.h"

#include <stdio.h>

void emit_mesh_host(struct yaml_out *y, const char *key, const struct hd_model *model, const struct hd_service *service, const char *suffix)
{
    char host[256];

    snprintf(host, sizeof host, "%.63s%s%s.%.63s.svc.cluster.local", service->name, suffix ? "-" : "", suffix ? suffix : "",
             model->app->namespace_name);
    y_str(y, key, host);
}
