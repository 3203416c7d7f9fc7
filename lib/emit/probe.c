/* Probes and hooks of a container, and the actions they take. */
#include "core/text/among.h"
#include "model/tables.h"
#include "pod.h"

static void emit_http_get(struct yaml_out *y, const struct hd_http_get_action *action)
{
    MAP(y, "httpGet") {
        Y_FIELDS(y, hd_http_get_action, action);
        y_pair_list(y, "httpHeaders", action->http_headers, action->n_http_headers);
    }
}

static void emit_grpc(struct yaml_out *y, const struct hd_grpc_action *action)
{
    MAP(y, "grpc") {
        y_int_or_str(y, "port", action->port);
        y_str(y, "service", text_or(action->service, ""));
    }
}

void emit_probe(struct yaml_out *y, const char *key, const struct hd_probe *probe)
{
    if (probe->enabled == HD_TRUE)
        MAP(y, key) {
            if (probe->http_get.path)
                emit_http_get(y, &probe->http_get);
            if (probe->grpc.port)
                emit_grpc(y, &probe->grpc);
            Y_FIELDS(y, hd_probe, probe);
        }
}

static void emit_handler(struct yaml_out *y, const char *key, const struct hd_lifecycle_handler *handler)
{
    if (handler->enabled == HD_FALSE)
        return;
    MAP(y, key) {
        if (handler->http_get.path)
            emit_http_get(y, &handler->http_get);
        Y_FIELDS(y, hd_lifecycle_handler, handler);
    }
}

void emit_lifecycle(struct yaml_out *y, const struct hd_lifecycle *lifecycle)
{
    MAP(y, "lifecycle") {
        emit_handler(y, "postStart", &lifecycle->post_start);
        emit_handler(y, "preStop", &lifecycle->pre_stop);
    }
}
