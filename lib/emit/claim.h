/* What claims and claim templates say alike. */
#ifndef HD_EMIT_CLAIM_H
#define HD_EMIT_CLAIM_H

#include "plan/plan.h"

/* `spec:` of a claim. */
void emit_claim_spec(struct yaml_out *y, const struct hd_claim *claim);
/* `volumeClaimTemplates:` of a StatefulSet. */
void emit_claim_templates(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service);

#endif
