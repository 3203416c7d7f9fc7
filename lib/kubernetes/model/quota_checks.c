/* Rules for quotas: names, and whether the application fits into them, at rest and while it is updated. */
#include "admission.h"
#include "core/text/among.h"
#include "core/text/format.h"
#include "model/checks.h"
#include "model/delivery.h"
#include "parts.h"
#include "pod_checks.h"

/* Names without a slash that a ResourceQuota knows. (Kubernetes: core/v1 validation) */
static const char *const quota_names[] = {
    "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage", "requests.storage",
    "limits.cpu", "limits.memory", "limits.ephemeral-storage", "pods", "services", "services.loadbalancers", "services.nodeports",
    "secrets", "configmaps", "persistentvolumeclaims", "replicationcontrollers", "resourcequotas",
};

static bool is_quota_name(const char *name)
{
    if (IS_AMONG(name, quota_names))
        return true;
    if (!strncmp(name, "requests.hugepages-", 19) || !strncmp(name, "hugepages-", 10))
        return true;
    return strchr(name, '/') && format_is_valid(&format_label_key, name);
}

static void check_quota_names(struct checker *checker, const struct hd_resource_quota *quota)
{
    for (size_t i = 0; i < quota->n_hard; i++) {
        const struct hd_quantity *hard = &quota->hard[i];
        struct finding *finding;
        const char *nearest;

        if (!hard->name || is_quota_name(hard->name))
            continue;
        finding = found(checker, HD_QUOTA_NAME, AT(hard, name), "a quota has no resource \"%.80s\"", hard->name);
        nearest = hd_did_you_mean(hard->name, quota_names, sizeof quota_names / sizeof *quota_names);
        hint_nearest(finding, nearest,
                     "use requests.cpu, limits.memory, pods, requests.storage ..., or count/ and a resource: count/deployments.apps");
        /* Where the nearest is there as well, another one may be meant. */
        if (nearest && resource_named(quota->hard, quota->n_hard, nearest))
            finding->nearest = NULL;
    }
}

static struct amount amount_at_rest(const struct hd_model *model, const struct workload *workload, const struct counted *counted, bool most)
{
    int64_t pods = most ? workload->most : workload->fewest;

    return amount_sum(amount_once(workload, counted), amount_times(amount_of_pod(model, workload, counted), (uint32_t)pods));
}

/* "web 3 x 250m, orders 500m": what the sum is made of; those that come after the first few are counted. */
static const char *terms(struct checker *checker, const struct counted *counted, bool most)
{
    enum { FIRST_FEW = 5 };
    struct arena *arena = &checker->report->arena;
    const char *text = "";
    size_t n = 0;

    for (size_t i = 0; i < n_workloads(checker->model); i++) {
        struct workload workload = workload_at(checker->model, i);
        struct amount sum = amount_at_rest(checker->model, &workload, counted, most);
        int64_t pods = most ? workload.most : workload.fewest;
        bool is_product = pods > 1 && counted->what != COUNTED_PODS && counted->what != COUNTED_CLAIMS && !amount_sign(amount_once(&workload, counted));

        if (!amount_sign(sum) || n++ >= FIRST_FEW)
            continue;
        text = is_product ? arena_printf(arena, "%s%s%s %lld x %s", text, *text ? ", " : "", workload.name, (long long)pods,
                                         amount_text(&checker->report->arena, counted, amount_of_pod(checker->model, &workload, counted)))
                          : arena_printf(arena, "%s%s%s %s", text, *text ? ", " : "", workload.name, amount_text(&checker->report->arena, counted, sum));
    }
    return n > FIRST_FEW ? arena_printf(arena, "%s and %zu others", text, n - FIRST_FEW) : text;
}

/* What all take together; and of their updates, which come one after the other where there is no room for two, the largest. */
struct sum {
    struct amount at_rest, extra;
    struct workload updated;
};

static struct sum sum_of(const struct hd_model *model, const struct counted *counted, bool most)
{
    struct sum sum = {{0}, {0}, {0}};

    for (size_t i = 0; i < n_workloads(model); i++) {
        struct workload workload = workload_at(model, i);
        struct amount extra = {0};

        sum.at_rest = amount_sum(sum.at_rest, amount_at_rest(model, &workload, counted, most));
        /* Claims of further pods are made when a set grows, and no update makes one grow. */
        if (counted->what != COUNTED_CLAIMS && counted->what != COUNTED_STORAGE)
            extra = amount_times(amount_of_pod(model, &workload, counted), (uint32_t)(most ? workload.most_extra : workload.extra));
        if (amount_compare(extra, sum.extra) > 0) {
            sum.extra = extra;
            sum.updated = workload;
        }
    }
    return sum;
}

static const char *whole_text(struct checker *checker, const struct counted *counted, const struct sum *sum)
{
    return amount_text(&checker->report->arena, counted, amount_sum(sum->at_rest, sum->extra));
}

static void too_small_at_rest(struct checker *checker, const struct hd_quantity *hard, const struct counted *counted,
                              const struct sum *least, const struct sum *most)
{
    hint(found(checker, HD_QUOTA_TOO_SMALL, AT(hard, amount), "%s %s is too little: even the fewest pods need %s (%s)", hard->name,
               hard->amount, amount_text(&checker->report->arena, counted, least->at_rest), terms(checker, counted, false)),
         "raise it to at least %s, or lower requests, limits or the numbers of pods", whole_text(checker, counted, most));
}

static void too_small_for_update(struct checker *checker, const struct hd_quantity *hard, const struct counted *counted,
                                 const struct sum *least, const struct sum *most)
{
    const struct workload *updated = &least->updated;
    bool is_run = updated->service->workload == HD_WORKLOAD_CRON_JOB;
    const char *at_rest = terms(checker, counted, false);
    struct finding *finding =
        found(checker, HD_QUOTA_STOPS_UPDATE, AT(hard, amount), "%s %s is too little %s %s%s: that needs %s (%s%sand %s more for %s)",
              hard->name, hard->amount, is_run ? "for a run of" : "while", updated->name, is_run ? "" : " is updated",
              whole_text(checker, counted, least), at_rest, *at_rest ? ", " : "", amount_text(&checker->report->arena, counted, least->extra), updated->name);

    also_at(finding, updated->where, "%s", updated->because);
    hint(finding, "raise it to at least %s%s", whole_text(checker, counted, most),
         is_run                                     ? ", or lower requests, limits or the numbers of pods"
         : delivery_way(updated->service) == NO_DELIVERY ? ", or let a pod stop first: strategy: {maxSurge: 0, maxUnavailable: 1}"
                                                         : ", or run fewer pods");
}

static void check_sum(struct checker *checker, const struct hd_quantity *hard, const struct counted *counted)
{
    struct amount bound;
    struct sum least, most;

    if (!hard->amount || !quantity_is_valid(hard->amount))
        return;
    bound = quantity_of(hard->amount).amount;
    least = sum_of(checker->model, counted, false);
    most = sum_of(checker->model, counted, true);
    if (amount_compare(least.at_rest, bound) > 0)
        too_small_at_rest(checker, hard, counted, &least, &most);
    else if (amount_compare(amount_sum(least.at_rest, least.extra), bound) > 0)
        too_small_for_update(checker, hard, counted, &least, &most);
    else if (amount_compare(most.at_rest, bound) > 0)
        hint(found(checker, HD_QUOTA_STOPS_SCALING, AT(hard, amount), "%s %s stops autoscaling: the most pods need %s (%s)", hard->name,
                   hard->amount, amount_text(&checker->report->arena, counted, most.at_rest), terms(checker, counted, true)),
             "raise it to at least %s, which is enough for an update too; or lower maxReplicas", whole_text(checker, counted, &most));
    else if (amount_compare(amount_sum(most.at_rest, most.extra), bound) > 0)
        hint(found(checker, HD_QUOTA_STOPS_SCALING, AT(hard, amount), "%s %s stops updates of %s while all have their most pods: they need %s (%s, and %s more)",
                   hard->name, hard->amount, most.updated.name, whole_text(checker, counted, &most), terms(checker, counted, true),
                   amount_text(&checker->report->arena, counted, most.extra)),
             "raise it to at least %s, or lower maxReplicas", whole_text(checker, counted, &most));
}

/* When a quota bounds a resource, the API server refuses pods with a container that gives no amount of it. */
static void check_container_says(struct checker *checker, const struct hd_quantity *hard, const struct counted *counted,
                                 const struct container_in *in)
{
    const char *member = counted->what == COUNTED_LIMITS ? "limits" : "requests";
    struct finding *finding;

    if (container_has_amount(checker->app, in->container, counted))
        return;
    finding = found(checker, HD_QUOTA_WANTS_AMOUNT,
                    is_of_application(checker, in->service) ? AT(&in->container->resources, limits) : AT(&checker->app->telemetry.collector, resources),
                    "%s has no %s.%s, but a quota bounds it", in->name, member, counted->resource);
    also_at(finding, AT(hard, amount), "the quota");
    hint(finding, "the API server refuses the pods: give resources.%s.%s, or a default in limitRanges", member, counted->resource);
}

static void check_everyone_says(struct checker *checker, const struct hd_quantity *hard, const struct counted *counted)
{
    if ((counted->what != COUNTED_REQUESTS && counted->what != COUNTED_LIMITS) ||
        (strcmp(counted->resource, "cpu") != 0 && strcmp(counted->resource, "memory") != 0))
        return;
    for (size_t i = 0; i < n_workloads(checker->model); i++) {
        struct workload workload = workload_at(checker->model, i);

        for (size_t k = 0; workload.service && k < service_n_containers(workload.service); k++) {
            struct container_in in = service_container_at(workload.service, k);

            check_container_says(checker, hard, counted, &in);
        }
    }
}

static void check_quota(struct checker *checker, const struct hd_resource_quota *quota)
{
    struct counted counted;

    check_quota_names(checker, quota);
    /* With scopes it counts only some of the pods. */
    for (size_t i = 0; i < quota->n_hard; i++) {
        const struct hd_quantity *hard = &quota->hard[i];

        if (!hard->name || tell_negative(checker, hard) || quota->n_scopes || !counted_by(hard->name, &counted))
            continue;
        check_sum(checker, hard, &counted);
        check_everyone_says(checker, hard, &counted);
    }
}

void check_bounds_of_namespace(struct checker *checker)
{
    const struct hd_app *app = checker->app;

    for (size_t i = 0; i < app->n_resource_quotas; i++)
        check_quota(checker, &app->resource_quotas[i]);
    for (size_t i = 0; i < app->n_limit_ranges; i++)
        check_limit_range(checker, &app->limit_ranges[i]);
    for (size_t i = 0; i < app->n_priority_classes; i++) {
        const struct hd_priority_class *class = &app->priority_classes[i];

        if (class->name && !strncmp(class->name, "system-", 7))
            hint(found(checker, HD_RESERVED_PRIORITY, AT(class, name), "names that begin with system- are reserved for Kubernetes"),
                 "begin the name with that of the application, as in %.63s-high", text_or(app->name, "shop"));
    }
}
