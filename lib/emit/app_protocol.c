#include "app_protocol.h"
#include "core/tables/field.h"
#include "model/tables.h"

const char *app_protocol(enum hd_protocol protocol)
{
    switch (protocol) {
    case HD_PROTOCOL_HTTP2:
        return "kubernetes.io/h2c";
    case HD_PROTOCOL_WEBSOCKET:
        return "kubernetes.io/ws";
    case HD_PROTOCOL_UDP:
        return NULL;
    default:
        return enum_name(&hd_protocol_enum, (int)protocol);
    }
}
