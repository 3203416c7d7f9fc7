#include "host.h"

#include "core/text/joined.h"

void emit_mesh_host(struct yaml_out *y, const char *key, const struct hd_model *model, const struct hd_service *service, const char *suffix)
{
    char host[256];

    y_str(y, key, JOINED(host, service->name, suffix ? "-" : "", suffix, ".", model->app->namespace_name, ".svc.cluster.local"));
}
