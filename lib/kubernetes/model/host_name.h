/* Hosts that may be Services. */
#ifndef HD_KUBERNETES_MODEL_HOST_NAME_H
#define HD_KUBERNETES_MODEL_HOST_NAME_H

#include <stdbool.h>

/* Names by which an address may mean a Service: name.namespace.svc.domain. */
struct host_name {
    char name[64], namespace_name[64];
    bool is_service; /* .svc follows: nothing else has such a name */
    bool is_word;    /* one label alone */
    bool is_pod;     /* a pod of a StatefulSet, by a name of its own */
};

/* False for a host that cannot be a Service: an address, a domain of more than two labels. */
bool read_host(const char *host, struct host_name *name);

#endif
