/* The externals that an address may mean, found by their hosts and namespaces. */
#ifndef HD_KUBERNETES_MODEL_ADDRESS_EXTERNALS_H
#define HD_KUBERNETES_MODEL_ADDRESS_EXTERNALS_H

#include "model/checks.h"

/* The first external with this host, else the first with this namespace; either argument may be NULL. NULL when there is none. */
const struct hd_external *external_at(struct checker *checker, const char *namespace_name, const char *host);

/* The same among those that a service calls, which are asked for while its rules run. */
const struct hd_external *called_external_at(struct checker *checker, const struct hd_service *service, const char *namespace_name,
                                             const char *host);

#endif
