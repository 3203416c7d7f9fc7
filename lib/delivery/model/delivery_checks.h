/* Rules for all executors, and for flagger. */
#ifndef HD_DELIVERY_MODEL_DELIVERY_CHECKS_H
#define HD_DELIVERY_MODEL_DELIVERY_CHECKS_H

#include "model/checks.h"

const char *executor_name(const struct hd_service *service);
/* Reports a setting that the executor does not support. */
void not_for(struct checker *checker, const struct hd_service *service, struct where where, const char *what, const char *right);

void check_flagger(struct checker *checker, const struct hd_service *service);

/* Versions that run at the same time. */
void check_versions_chosen(struct checker *checker, const struct hd_service *service);

/* Shares below a pod, and latencies that nothing can pass. */
void check_delivery_sense(struct checker *checker, const struct hd_service *service);

#endif
