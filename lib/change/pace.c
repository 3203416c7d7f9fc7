/* Finds out how many pods a restart replaces, and how fast. */
#include "core/text/among.h"
#include "diff.h"
#include "model/delivery.h"
#include "model/model.h"
#include "model/resolve.h"

#include <string.h>

static const char *or_zero(const char *value)
{
    return text_or(value, "0");
}

static const char *pace_of(struct arena *arena, const struct hd_service *service)
{
    const struct hd_strategy *strategy = &service->strategy;

    if (is_delivered_by(service, HD_EXECUTOR_ARGO_ROLLOUTS))
        return "in the steps of its delivery, by Argo Rollouts";
    if (is_delivered_by(service, HD_EXECUTOR_FLAGGER))
        return "in the steps of its delivery, by Flagger";
    if (strategy->type == HD_STRATEGY_ON_DELETE)
        return "each when somebody deletes it";
    if (strategy->type == HD_STRATEGY_RECREATE)
        return "all at once, with none running in between";
    if (service->workload == HD_WORKLOAD_STATEFUL_SET)
        return strategy->partition.value
                   ? arena_printf(arena, "one after the other, but for those below number %lld", (long long)strategy->partition.value)
                   : "one after the other";
    return arena_printf(arena, "at most %s more and %s fewer than wanted at a time", or_zero(strategy->max_surge),
                        or_zero(strategy->max_unavailable));
}

void find_pace(struct hd_diff *diff, struct hd_object_change *object)
{
    const struct hd_service *service = object->service && diff->after ? graph_callee(diff->after, object->service).service : NULL;

    if (!service)
        return;
    object->least_pods = least_replicas(service);
    object->most_pods = most_replicas(service);
    object->pace = pace_of(&diff->arena, service);
}
