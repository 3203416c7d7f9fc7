/* Progressive delivery. */
#include "family.h"

#include "delivery/emit/kinds.h"
#include "delivery/model/parts.h"

static const struct plan_row *const kinds[] = {
    &analysis_template_row,
    &rollout_row,
    &metric_template_row,
    &flagger_canary_row,
};

const struct family delivery_family = {
    .resolve_service = {[SERVICE_CALLERS] = resolve_delivery},
    .check_service = check_delivery,
    .kinds = kinds,
    .n_kinds = sizeof kinds / sizeof *kinds,
};
