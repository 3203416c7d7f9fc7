/* Progressive delivery, as rules and emitters look at it. */
#ifndef HD_MODEL_DELIVERY_H
#define HD_MODEL_DELIVERY_H

#include "model.h"

/* Suffixes of the second and third Services of a service in delivery. */
#define STABLE "stable"
#define CANARY "canary"
#define PREVIEW "preview"
#define PRIMARY "primary"

/* The label that tells the two versions of a service apart; its values are STABLE and CANARY. */
#define LABEL_TRACK "hybriddeploy/track"

enum delivery_way { NO_DELIVERY, CANARY_WAY, BLUE_GREEN_WAY };

/* How a service is delivered, and by whom. */
enum delivery_way delivery_way(const struct hd_service *service);
static inline bool is_delivered_by(const struct hd_service *service, enum hd_executor executor)
{
    return service->delivery.executor == executor && delivery_way(service) != NO_DELIVERY;
}

/* What judges the new version. */
const struct hd_analysis *delivery_analysis(const struct hd_service *service);
bool has_analysis(const struct hd_service *service);

/* Whether a mesh could split what comes in by a port: not what is encrypted already, nor UDP; and whether there is such a port. */
bool port_can_be_weighed(const struct hd_port *port);
bool can_be_weighed(const struct hd_service *service);

/* Whether Argo Rollouts splits requests by two Services of the versions, which a mesh's route weighs. */
bool splits_by_services(const struct hd_model *model, const struct hd_service *service);

/* Whether the requests to a service are split between its versions. */
bool is_weighed(const struct hd_model *model, const struct hd_service *service);

/* Pods of the new version in a plain canary; 0 without one. */
int64_t canary_replicas(const struct hd_service *service);

/* A label that pods have, and Deployments select by, because of the delivery; its name is NULL when there is none. */
struct hd_pair delivery_label(const struct hd_service *service);

#endif
