/* What the reader of manifests finds wrong with the patched ones, and did not with the others. */
#ifndef HD_PATCH_PROOF_H
#define HD_PATCH_PROOF_H

#include "model/checks.h"

void prove_patched(struct checker *checker);

#endif
