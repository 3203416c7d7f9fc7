/* Rules for deliveries that do what they say, but not what was meant: shares below a pod, bounds that nothing can pass. */
#include "core/tables/bounded.h"
#include "core/text/among.h"
#include "core/text/duration.h"
#include "core/text/format.h"
#include "core/text/monitoring_units.h"
#include "core/text/quantity.h"
#include "delivery_checks.h"
#include "model/delivery.h"
#include "model/mesh.h"
#include "model/resolve.h"

#include <string.h>

/* Without a mesh the share of requests is the share of pods, of which one is the least. */
static void check_shares(struct checker *checker, const struct hd_service *service)
{
    const struct hd_canary *canary = &service->delivery.canary;
    int64_t pods = bounded(least_replicas(service));

    if (splits_by_services(checker->model, service) || service->delivery.executor != HD_EXECUTOR_ARGO_ROLLOUTS || !pods)
        return;
    for (size_t i = 0; i < canary->n_steps; i++) {
        const struct hd_canary_step *step = &canary->steps[i];
        int64_t weight = bounded(step->set_weight.value);
        struct finding *finding;

        /* Twice as much as was meant, or more. */
        if (!weight || 100 / (pods + 1) < 2 * weight)
            continue;
        finding = found(checker, HD_SHARE_BELOW_POD, AT(step, set_weight),
                        "%lld percent of %lld pods is less than one pod, so the new version gets about %lld percent of the requests",
                        (long long)weight, (long long)pods, (long long)(100 / (pods + 1)));
        also_at(finding, service->replicas.set ? AT(service, replicas) : AT(&service->autoscaling, min_replicas), "the number of pods");
        hint(finding,
             "write at least %lld, or use a mesh (mesh: sidecar), which splits requests and not pods; if one pod is meant, accept this "
             "with silence",
             (long long)((100 + pods - 1) / pods));
        return;
    }
}

static const char *longest_timeout(const struct hd_service *service, struct where *ret_where)
{
    const char *longest = service->traffic_policy.timeout;

    *ret_where = AT(&service->traffic_policy, timeout);
    for (size_t i = 0; !longest && i < service->n_expose; i++) {
        if (duration_us(service->expose[i].timeout) <= 0)
            return NULL;
        longest = service->expose[i].timeout;
        *ret_where = AT(&service->expose[i], timeout);
    }
    return longest;
}

/* The mesh ends requests before they are as slow as the analysis must see them. */
static void check_latency(struct checker *checker, const struct hd_service *service)
{
    const struct hd_analysis *analysis = delivery_analysis(service);
    struct where where;
    const char *timeout = longest_timeout(service, &where);
    struct finding *finding;

    if (duration_us(timeout) <= 0 || duration_us(analysis->latency) <= duration_us(timeout) || service->n_expose > 1)
        return;
    finding = found(checker, HD_LATENCY_ABOVE_TIMEOUT, AT(analysis, latency),
                    "the latency of %.30s is above the timeout, so no response can take that long", analysis->latency);
    also_at(finding, where, "the timeout is %.30s", timeout);
    hint(finding, "write a latency below the timeout, or raise the timeout");
}

/* With every request good, one that a client broke off ends the release. */
static void check_perfection(struct checker *checker, const struct hd_analysis *analysis)
{
    int64_t rate = percent_millionths(analysis->success_rate), whole = percent_millionths("100");

    if (rate >= whole)
        hint(found(checker, HD_ANALYSIS_PERFECT, AT(analysis, success_rate), "successRate %.20s fails a version for a single request that fails",
                   analysis->success_rate),
             "write what the old version reaches as well, such as 99.5; if no request may fail, accept this with silence");
}

/* Whether the query divides what went wrong or well by all of it, so that its value is at most 1. */
static bool is_share(const char *query)
{
    static const char *const parts[] = {"error", "fail", "success", "5..", "hit", "miss", "reject", "drop"};
    const char *divided = strstr(query, ") / sum("), *before = divided ? divided : query;
    bool is_part = false;

    divided = divided ? divided : strstr(query, ")/sum(");
    before = divided ? divided : query;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *part = strstr(query, parts[i]);

        is_part |= part && part < before;
    }
    return is_part && !strstr(query, "100") && !strchr(query, '*') && !strstr(query, "_sum");
}

static void check_bound_of_share(struct checker *checker, const struct hd_delivery_metric *metric)
{
    bool of_max = metric->max != NULL;
    const char *bound = of_max ? metric->max : metric->min;
    struct finding *finding;

    if (!metric->query || !bound || !quantity_is_valid(bound) || quantity_compare(bound, "1") <= 0 || !is_share(metric->query))
        return;
    finding = found(checker, HD_FRACTION_AS_PERCENT, of_max ? AT(metric, max) : AT(metric, min),
                    "the query yields a share of at most 1, so %s %.20s is %s", of_max ? "max" : "min", bound,
                    of_max ? "never passed" : "never reached");
    also_at(finding, AT(metric, query), "the query divides a part by the whole");
    hint(finding, "write a fraction, such as 0.05, or multiply the query by 100; if its value may be above 1, accept this with silence");
}

/* Whether the brackets that follow hold a label that has several values in every application. */
static bool has_many_groups(const char *by)
{
    size_t open = strcspn(by, "("), length = strcspn(by, ")");
    char labels[64];

    if (open > 3 || length - open >= sizeof labels)
        return false;
    memcpy(labels, by + open, length - open);
    labels[length - open] = '\0';
    return strstr(labels, "pod") || strstr(labels, "instance") || strstr(labels, "code") || strstr(labels, "path");
}

/* by (pod) outside of all brackets: a number for each pod, of which the executor sees the first. */
static void check_single(struct checker *checker, const struct hd_delivery_metric *metric)
{
    int depth = 0;

    for (const char *p = text_or(metric->query, ""); *p; p++) {
        depth += (*p == '(' || *p == '{' || *p == '[') - (*p == ')' || *p == '}' || *p == ']');
        if (depth || strncmp(p, "by", 2) || p == metric->query || !strchr(" )", p[-1]) || !has_many_groups(p + 2))
            continue;
        hint(found(checker, HD_SEVERAL_NUMBERS, AT(metric, query), "the query yields a number for each group, but the executor judges one"),
             "remove by (...), or put sum(), max() or avg() around it; if there is one group alone, accept this with silence");
        return;
    }
}

void check_delivery_sense(struct checker *checker, const struct hd_service *service)
{
    const struct hd_analysis *analysis = delivery_analysis(service);

    if (delivery_way(service) == CANARY_WAY)
        check_shares(checker, service);
    if (!has_analysis(service))
        return;
    if (analysis->latency)
        check_latency(checker, service);
    if (analysis->success_rate)
        check_perfection(checker, analysis);
    for (size_t i = 0; i < analysis->n_metrics; i++) {
        check_bound_of_share(checker, &analysis->metrics[i]);
        check_single(checker, &analysis->metrics[i]);
    }
}
