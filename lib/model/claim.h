/* Claims on storage, wherever the model has one. */
#ifndef HD_MODEL_CLAIM_H
#define HD_MODEL_CLAIM_H

#include "selector.h"

bool claim_has_mode(const struct hd_claim *claim, const char *mode);
/* Whether only one node, or one pod, can have what the claim brings. */
bool claim_is_exclusive(const struct hd_claim *claim);

void check_claim(struct checker *checker, const struct hd_claim *claim);

#endif
