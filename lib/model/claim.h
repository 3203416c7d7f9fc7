/* Claims on storage, wherever the model has one. */
#ifndef HD_MODEL_CLAIM_H
#define HD_MODEL_CLAIM_H

#include "selector.h"

bool claim_has_mode(const struct hd_claim *claim, const char *mode);
/* Whether only one node, or one pod, can have the claim of the volume: one that the model makes, or one that exists. */
bool volume_is_exclusive(const struct hd_volume *volume);

void check_claim(struct checker *checker, const struct hd_claim *claim);

#endif
