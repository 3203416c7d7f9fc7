#include "listener.h"

#include "kinds.h"
#include "model/route.h"
#include "model/routing/gateway.h"

#include <stdio.h>
#include <string.h>

void listener_name(char name[LISTENER_LONGEST], const char *protocol, const char *host)
{
    if (!host || !strcmp(host, "*"))
        snprintf(name, LISTENER_LONGEST, "%s", protocol);
    else
        snprintf(name, LISTENER_LONGEST, "%s.%s%.240s", protocol, *host == '*' ? "wildcard." : "", *host == '*' ? host + 2 : host);
}

/* Of wildcards the longest one: TLS and requests choose the most special listener, and find only the routes of that. */
const char *listener_host(const struct hd_gateway *gateway, const char *host)
{
    const char *found = NULL;

    for (size_t i = 0; host && i < gateway->n_hosts; i++)
        if (!strcmp(gateway->hosts[i], host))
            return host;
        else if (host_covers(gateway->hosts[i], host) && (!found || strlen(gateway->hosts[i]) > strlen(found)))
            found = gateway->hosts[i];
    return found;
}

void emit_parent(struct yaml_out *y, const struct hd_model *model, const struct hd_gateway *gateway, const char *protocol, const char *host)
{
    char name[LISTENER_LONGEST];

    listener_name(name, protocol, listener_host(gateway, host));
    ITEM(y) {
        y_str(y, "group", GATEWAY_GROUP);
        y_str(y, "kind", "Gateway");
        y_str(y, "name", gateway->name);
        y_str(y, "namespace", gateway_namespace(model->app));
        y_str(y, "sectionName", gateway_is_shared(model->app) ? model->app->gateway.parent_ref.section_name : name);
    }
}
