/* All families. Whoever adds one adds it here. */
#include "delivery/family.h"
#include "gateway/family.h"
#include "kubernetes/family.h"
#include "mesh/family.h"
#include "operations/family.h"
#include "telemetry/family.h"

const struct family *const families[N_FAMILIES] = {
    &kubernetes_family, &mesh_family, &gateway_family, &delivery_family, &operations_family, &telemetry_family,
};
