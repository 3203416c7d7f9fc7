/* Rules for limit ranges: the order of their bounds, and whether all containers, pods and claims of the application are within them. */
#include "admission.h"
#include "model/checks.h"
#include "model/mesh.h"
#include "parts.h"
#include "pod_checks.h"

#include <string.h>

/* Two amounts of one resource of which the first may not be above the second. */
static void check_order(struct checker *checker, const struct hd_quantity *lower, const char *lower_name, const struct hd_quantity *uppers,
                        size_t n_uppers, const char *upper_name)
{
    const struct hd_quantity *upper = lower->name ? resource_named(uppers, n_uppers, lower->name) : NULL;
    struct finding *finding;

    if (!upper || !lower->amount || !upper->amount || !quantity_is_valid(lower->amount) || !quantity_is_valid(upper->amount) ||
        quantity_compare(lower->amount, upper->amount) <= 0)
        return;
    finding = found(checker, HD_LIMIT_ORDER, AT(lower, amount), "%s %s %s is above %s %s", lower_name, lower->name, lower->amount,
                    upper_name, upper->amount);
    also_at(finding, AT(upper, amount), "%s is %s", upper_name, upper->amount);
    hint(finding, "the order is min, defaultRequest, default, max");
}

#define CHECK_ORDER(checker, item, lower, lower_name, upper, upper_name) \
    for (size_t i_ = 0; i_ < (item)->n_##lower; i_++)                     \
    check_order(checker, &(item)->lower[i_], lower_name, (item)->upper, (item)->n_##upper, upper_name)

/* (Kubernetes: validation of LimitRange) */
static void check_ratio_of_bounds(struct checker *checker, const struct hd_limit_range_item *item, const struct hd_quantity *ratio)
{
    const struct hd_quantity *min = resource_named(item->min, item->n_min, ratio->name), *max = resource_named(item->max, item->n_max, ratio->name);
    int64_t times = quantity_milli(ratio->amount);
    struct finding *finding;

    if (times < 1000) {
        hint(found(checker, HD_LIMIT_ORDER, AT(ratio, amount), "maxLimitRequestRatio %s %s is less than 1", ratio->name, ratio->amount),
             "a limit is never below its request: give 1 or more");
        return;
    }
    if (!min || !max || times > UINT32_MAX ||
        amount_compare(amount_times(quantity_of(min->amount).amount, (uint32_t)times), amount_times(quantity_of(max->amount).amount, 1000)) <= 0)
        return;
    finding = found(checker, HD_LIMIT_ORDER, AT(ratio, amount), "maxLimitRequestRatio %s %s is above max divided by min, %s / %s", ratio->name,
                    ratio->amount, max->amount, min->amount);
    also_at(finding, AT(min, amount), "min is %s", min->amount);
    hint(finding, "nothing within min and max has this ratio: give a smaller one, or a greater max");
}

static bool has_negative(struct checker *checker, const struct hd_limit_range_item *item)
{
    const struct {
        const struct hd_quantity *amounts;
        size_t n;
    } lists[] = {{item->min, item->n_min},
                 {item->default_request, item->n_default_request},
                 {item->default_limit, item->n_default_limit},
                 {item->max, item->n_max},
                 {item->max_limit_request_ratio, item->n_max_limit_request_ratio}};
    bool is_negative = false;

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t k = 0; k < lists[i].n; k++)
            is_negative |= lists[i].amounts[k].name && tell_negative(checker, &lists[i].amounts[k]);
    return is_negative;
}

static void check_item(struct checker *checker, const struct hd_limit_range_item *item)
{
    bool has_default_member = item->n_default_limit || item->n_default_request;

    if (!item->type)
        return;
    if (has_default_member && strcmp(item->type, "Container") != 0) {
        struct finding *finding =
            found(checker, HD_LIMIT_NOT_FOR_TYPE, item->n_default_limit ? AT(item, default_limit) : AT(item, default_request),
                  "a limit of type %s takes no default and no defaultRequest", item->type);

        also_at(finding, AT(item, type), "the type");
        hint(finding, "write type: Container, or give only min and max");
    }
    CHECK_ORDER(checker, item, min, "min", max, "max");
    CHECK_ORDER(checker, item, min, "min", default_request, "defaultRequest");
    CHECK_ORDER(checker, item, min, "min", default_limit, "default");
    CHECK_ORDER(checker, item, default_request, "defaultRequest", default_limit, "default");
    CHECK_ORDER(checker, item, default_request, "defaultRequest", max, "max");
    CHECK_ORDER(checker, item, default_limit, "default", max, "max");
    for (size_t i = 0; i < item->n_max_limit_request_ratio; i++)
        if (item->max_limit_request_ratio[i].name && quantity_is_given(&item->max_limit_request_ratio[i]))
            check_ratio_of_bounds(checker, item, &item->max_limit_request_ratio[i]);
}

/* Something with resources; and where that is told, when nobody wrote the amounts of it. */
struct holder {
    const char *name;
    const struct hd_resources *resources;
    struct where where;
    bool is_own; /* a container of a service, whose amounts have their own place */
};

static struct where place_of_amount(const struct holder *holder, const struct hd_quantity *amount)
{
    return holder->is_own || amount->at ? AT(amount, amount) : holder->where;
}

static void outside(struct checker *checker, const struct holder *holder, const struct hd_quantity *amount, const char *member,
                    const struct hd_quantity *bound, bool too_much)
{
    struct finding *finding =
        found(checker, HD_OUTSIDE_LIMITS, place_of_amount(holder, amount), "%s's %s of %s %s %s", holder->name, member,
              amount->name, amount->amount, too_much ? "is more than a container may have" : "is less than a container must have");

    also_at(finding, AT(bound, amount), "the limit range's %s", too_much ? "max" : "min");
    hint(finding, "the API server refuses the pods: use %s %s here, or change the limit range", too_much ? "at most" : "at least",
         bound->amount);
}

static const struct hd_quantity *limit_of(const struct hd_resources *resources, const char *name)
{
    return resource_named(resources->limits, resources->n_limits, name);
}

/* The limit is taken where no request is given, as the API server does. */
static const struct hd_quantity *request_of(const struct hd_resources *resources, const char *name)
{
    const struct hd_quantity *request = resource_named(resources->requests, resources->n_requests, name);

    return request ? request : limit_of(resources, name);
}

static void check_ratio(struct checker *checker, const struct holder *holder, const struct hd_quantity *ratio)
{
    const struct hd_quantity *limit = limit_of(holder->resources, ratio->name), *request = request_of(holder->resources, ratio->name);
    const struct hd_container container = {.resources = *holder->resources};
    const struct counted requests = {COUNTED_REQUESTS, ratio->name, NULL, 0}, limits = {COUNTED_LIMITS, ratio->name, NULL, 0};
    struct amount asked = amount_of_container(checker->app, &container, &requests);
    struct amount most = amount_of_container(checker->app, &container, &limits);
    int64_t times = quantity_milli(ratio->amount);
    struct finding *finding;

    /* A ratio below 1 is told where it stands. */
    if (times < 1000 || (amount_sign(asked) && amount_sign(most) &&
                         (times > UINT32_MAX || amount_compare(amount_times(most, 1000), amount_times(asked, (uint32_t)times)) <= 0)))
        return;
    finding = found(checker, HD_LIMIT_RATIO,
                    limit     ? place_of_amount(holder, limit)
                    : request ? place_of_amount(holder, request)
                              : holder->where,
                    amount_sign(asked) && amount_sign(most) ? "%s's limit of %s %s is more than %s times its request of %s"
                                                            : "%s has no limit of %s, but a limit range bounds its ratio",
                    holder->name, ratio->name, amount_text(&checker->report->arena, &limits, most), ratio->amount,
                    amount_text(&checker->report->arena, &requests, asked));
    also_at(finding, AT(ratio, amount), "the limit range's maxLimitRequestRatio");
    hint(finding, "the API server refuses the pods: raise the request, lower the limit, or change the limit range");
}

static void check_within(struct checker *checker, const struct holder *holder, const struct hd_limit_range_item *item)
{
    for (size_t i = 0; i < item->n_min; i++) {
        const struct hd_quantity *bound = &item->min[i];
        const struct hd_quantity *amount = quantity_is_given(bound) ? request_of(holder->resources, bound->name) : NULL;

        if (amount && quantity_compare(amount->amount, bound->amount) < 0)
            outside(checker, holder, amount, "request", bound, false);
    }
    for (size_t i = 0; i < item->n_max; i++) {
        const struct hd_quantity *bound = &item->max[i];
        const struct hd_quantity *amount = quantity_is_given(bound) ? limit_of(holder->resources, bound->name) : NULL;

        if (amount && quantity_compare(amount->amount, bound->amount) > 0)
            outside(checker, holder, amount, "limit", bound, true);
    }
    for (size_t i = 0; i < item->n_max_limit_request_ratio; i++)
        if (quantity_is_given(&item->max_limit_request_ratio[i]))
            check_ratio(checker, holder, &item->max_limit_request_ratio[i]);
}

bool is_of_application(const struct checker *checker, const struct hd_service *service)
{
    return service >= checker->app->services && service < checker->app->services + checker->app->n_services;
}

static struct where place_of(const struct checker *checker, const struct hd_service *service)
{
    return is_of_application(checker, service) ? AT_STRUCT(service) : AT_STRUCT(&checker->app->telemetry.collector);
}

/* What the mesh gives to all proxies alike is told at the first. */
static void check_containers_of(struct checker *checker, const struct hd_service *service, const struct hd_limit_range_item *item,
                                const struct hd_quantity **told)
{
    const struct hd_resources *proxy = proxy_resources(checker->app, service);

    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);
        struct holder holder = {in.name, &in.container->resources, place_of(checker, service), is_of_application(checker, service)};

        check_within(checker, &holder, item);
    }
    if (proxy && proxy->limits != *told) {
        check_within(checker, &(struct holder){"the mesh's proxy", proxy, AT(&checker->app->mesh, mode), false}, item);
        *told = proxy->limits;
    }
}

static void check_pod_bound(struct checker *checker, const struct workload *workload, const struct hd_quantity *bound, bool is_max)
{
    struct counted counted = {is_max ? COUNTED_LIMITS : COUNTED_REQUESTS, bound->name, NULL, 0};
    struct amount sum, limit;
    struct finding *finding;

    if (!quantity_is_given(bound))
        return;
    sum = amount_of_pod(checker->model, workload, &counted);
    limit = quantity_of(bound->amount).amount;
    if (!amount_sign(sum) || (is_max ? amount_compare(sum, limit) <= 0 : amount_compare(sum, limit) >= 0))
        return;
    finding = found(checker, HD_OUTSIDE_LIMITS, place_of(checker, workload->service), "the %s of %s in a pod of %s are %s together, which is %s",
                    is_max ? "limits" : "requests", bound->name, workload->name, amount_text(&checker->report->arena, &counted, sum),
                    is_max ? "more than a pod may have" : "less than a pod must have");
    also_at(finding, AT(bound, amount), "the limit range's %s", is_max ? "max" : "min");
    hint(finding, "the API server refuses the pods: %s than %s, or change the limit range",
         is_max ? "let the containers, and a mesh's proxy, have no more" : "let the containers request no less", bound->amount);
}

static void check_pod_of(struct checker *checker, const struct workload *workload, const struct hd_limit_range_item *item)
{
    for (size_t i = 0; i < item->n_min; i++)
        check_pod_bound(checker, workload, &item->min[i], false);
    for (size_t i = 0; i < item->n_max; i++)
        check_pod_bound(checker, workload, &item->max[i], true);
}

static void check_claim_bound(struct checker *checker, const struct hd_claim *claim, const struct hd_quantity *bound, bool is_max)
{
    struct finding *finding;
    int order;

    if (!quantity_is_given(bound) || strcmp(bound->name, "storage") != 0)
        return;
    order = quantity_compare(claim->size, bound->amount);
    if (is_max ? order <= 0 : order >= 0)
        return;
    finding = found(checker, HD_OUTSIDE_LIMITS, claim->at ? AT(claim, size) : AT_STRUCT(&checker->app->telemetry.collector),
                    "a claim of %s is %s", claim->size, is_max ? "more than a claim may have" : "less than a claim must have");
    also_at(finding, AT(bound, amount), "the limit range's %s", is_max ? "max" : "min");
    hint(finding, "the API server refuses the claim: use %s %s here, or change the limit range", is_max ? "at most" : "at least",
         bound->amount);
}

static void check_claims_of(struct checker *checker, const struct hd_service *service, const struct hd_limit_range_item *item)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++) {
        const struct hd_claim *claims[] = {&service->pod.volumes[i].claim, &service->pod.volumes[i].claim_template};

        for (size_t k = 0; k < 2; k++) {
            if (!claims[k]->size || !quantity_is_valid(claims[k]->size))
                continue;
            for (size_t n = 0; n < item->n_min; n++)
                check_claim_bound(checker, claims[k], &item->min[n], false);
            for (size_t n = 0; n < item->n_max; n++)
                check_claim_bound(checker, claims[k], &item->max[n], true);
        }
    }
}

static void check_all_within(struct checker *checker, const struct hd_limit_range_item *item)
{
    const struct hd_quantity *told = NULL;

    for (size_t i = 0; item->type && i < n_workloads(checker->model); i++) {
        struct workload workload = workload_at(checker->model, i);

        if (!workload.service)
            continue;
        if (!strcmp(item->type, "Container"))
            check_containers_of(checker, workload.service, item, &told);
        else if (!strcmp(item->type, "Pod"))
            check_pod_of(checker, &workload, item);
        else
            check_claims_of(checker, workload.service, item);
    }
}

void check_limit_range(struct checker *checker, const struct hd_limit_range *range)
{
    for (size_t i = 0; i < range->n_limits; i++) {
        if (has_negative(checker, &range->limits[i]))
            continue;
        check_item(checker, &range->limits[i]);
        check_all_within(checker, &range->limits[i]);
    }
}
