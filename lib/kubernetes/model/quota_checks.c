/* Rules for the bounds of the namespace: names, order, and whether the application fits into them. */
#include "core/text/among.h"
#include "core/text/format.h"
#include "core/text/quantity.h"
#include "model/checks.h"
#include "model/mesh.h"
#include "model/resolve.h"
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

/* The amount that a line of a quota sums up: requests or limits of a resource, or pods. */
struct counted {
    const char *resource; /* NULL for pods */
    bool of_limits;
};

static bool is_counted(const char *name, struct counted *counted)
{
    if (!strcmp(name, "pods"))
        *counted = (struct counted){NULL, false};
    else if (!strncmp(name, "limits.", 7))
        *counted = (struct counted){name + 7, true};
    else if (!strncmp(name, "requests.", 9) && strcmp(name, "requests.storage") != 0)
        *counted = (struct counted){name + 9, false};
    else if (!strcmp(name, "cpu") || !strcmp(name, "memory") || !strcmp(name, "ephemeral-storage"))
        *counted = (struct counted){name, false};
    else
        return false;
    return true;
}

/* The container's amount of the counted resource; the limit is taken where no request is given, as the API server does. */
static const struct hd_quantity *amount_in(const struct hd_container *container, const struct counted *counted)
{
    const struct hd_resources *resources = &container->resources;
    const struct hd_quantity *amount = NULL;

    if (!counted->of_limits)
        amount = resource_named(resources->requests, resources->n_requests, counted->resource);
    if (!amount)
        amount = resource_named(resources->limits, resources->n_limits, counted->resource);
    if (!amount || !amount->amount || !quantity_is_valid(amount->amount) || amount_sign(quantity_of(amount->amount).amount) <= 0)
        return NULL;
    return amount;
}

static struct amount amount_of_pod(const struct hd_app *app, const struct hd_service *service, const struct counted *counted)
{
    const struct hd_container proxy = {.resources = service->mesh.proxy.resources};
    struct amount sum = {0};

    if (!counted->resource)
        return (struct amount){1, 0};
    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);
        const struct hd_quantity *amount = in.role == CONTAINER_INIT ? NULL : amount_in(in.container, counted);

        if (amount)
            sum = amount_sum(sum, quantity_of(amount->amount).amount);
    }
    if (service_has_proxy(app, service) && amount_in(&proxy, counted))
        sum = amount_sum(sum, quantity_of(amount_in(&proxy, counted)->amount).amount);
    return sum;
}

static uint32_t pods_of(const struct hd_service *service, bool most)
{
    int64_t pods = 1;

    if (service->workload == HD_WORKLOAD_CRON_JOB && !most)
        return 0;
    if (runs_to_end(service))
        pods = service->job.parallelism.set ? service->job.parallelism.value : 1;
    else if (service->workload != HD_WORKLOAD_DAEMON_SET)
        pods = most ? most_replicas(service) : least_replicas(service);
    return pods < 0 ? 0 : pods > INT32_MAX ? INT32_MAX : (uint32_t)pods;
}

static struct amount sum_of(const struct hd_app *app, const struct counted *counted, bool most)
{
    struct amount sum = {0};

    for (size_t i = 0; i < app->n_services; i++)
        sum = amount_sum(sum, amount_times(amount_of_pod(app, &app->services[i], counted), pods_of(&app->services[i], most)));
    return sum;
}

/* A sum as a quantity, rounded up to what people read: thousandths of CPUs, mebibytes, pieces. */
static const char *sum_text(struct checker *checker, const struct counted *counted, struct amount sum)
{
    const int64_t mebi = 1024 * 1024;
    char canonical[QUANTITY_LONGEST];
    int64_t steps = sum.units == INT64_MAX ? sum.units : sum.units + (sum.nano > 0);
    const char *unit = "";

    if (counted->resource && !strcmp(counted->resource, "cpu")) {
        steps = amount_milli(sum);
        unit = "m";
    } else if (counted->resource && (!strcmp(counted->resource, "memory") || !strcmp(counted->resource, "ephemeral-storage"))) {
        steps = steps / mebi + (steps % mebi != 0);
        unit = "Mi";
    }
    quantity_canonical(canonical, arena_printf(&checker->report->arena, "%lld%s", (long long)steps, unit));
    return arena_strndup(&checker->report->arena, canonical, strlen(canonical));
}

static void check_sum(struct checker *checker, const struct hd_quantity *hard, const struct counted *counted)
{
    struct amount bound, least, most;

    if (!hard->amount || !quantity_is_valid(hard->amount))
        return;
    bound = quantity_of(hard->amount).amount;
    least = sum_of(checker->app, counted, false);
    most = sum_of(checker->app, counted, true);
    if (amount_compare(least, bound) > 0)
        hint(found(checker, HD_QUOTA_TOO_SMALL, AT(hard, amount), "%s %s is too little: the services need %s even at their fewest pods",
                   hard->name, hard->amount, sum_text(checker, counted, least)),
             "raise it to at least %s, or lower requests, limits or minReplicas", sum_text(checker, counted, most));
    else if (amount_compare(most, bound) > 0)
        hint(found(checker, HD_QUOTA_STOPS_SCALING, AT(hard, amount), "%s %s stops autoscaling: at their most pods the services need %s",
                   hard->name, hard->amount, sum_text(checker, counted, most)),
             "raise it, and leave room for an update's extra pods; or lower maxReplicas");
}

/* A default of a LimitRange stands in where a container says nothing. */
static bool has_default(const struct hd_app *app, const struct counted *counted)
{
    for (size_t i = 0; i < app->n_limit_ranges; i++)
        for (size_t k = 0; k < app->limit_ranges[i].n_limits; k++) {
            const struct hd_limit_range_item *item = &app->limit_ranges[i].limits[k];

            if (!item->type || strcmp(item->type, "Container") != 0)
                continue;
            if (resource_named(item->default_limit, item->n_default_limit, counted->resource) ||
                resource_named(item->max, item->n_max, counted->resource) ||
                (!counted->of_limits && resource_named(item->default_request, item->n_default_request, counted->resource)))
                return true;
        }
    return false;
}

/* When a quota bounds a resource, the API server refuses pods with a container that gives no amount of it. */
static void check_everyone_says(struct checker *checker, const struct hd_quantity *hard, const struct counted *counted)
{
    const struct hd_app *app = checker->app;
    const char *member = counted->of_limits ? "limits" : "requests";

    if (!counted->resource || (strcmp(counted->resource, "cpu") != 0 && strcmp(counted->resource, "memory") != 0) ||
        has_default(app, counted))
        return;
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < service_n_containers(&app->services[i]); k++) {
            struct container_in in = service_container_at(&app->services[i], k);
            struct finding *finding;

            if (amount_in(in.container, counted))
                continue;
            finding = found(checker, HD_QUOTA_WANTS_AMOUNT, AT(&in.container->resources, limits), "%s has no %s.%s, but a quota bounds it",
                            in.name, member, counted->resource);
            also_at(finding, AT(hard, amount), "the quota");
            hint(finding, "the API server refuses the pods: give resources.%s.%s, or a default in limitRanges", member, counted->resource);
        }
}

static void check_quota(struct checker *checker, const struct hd_resource_quota *quota)
{
    struct counted counted;

    check_quota_names(checker, quota);
    /* With scopes it counts only some of the pods. */
    for (size_t i = 0; i < quota->n_hard && !quota->n_scopes; i++)
        if (quota->hard[i].name && is_counted(quota->hard[i].name, &counted)) {
            check_sum(checker, &quota->hard[i], &counted);
            check_everyone_says(checker, &quota->hard[i], &counted);
        }
}

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
}

static void outside(struct checker *checker, const struct container_in *in, const struct hd_quantity *amount, const char *member,
                    const struct hd_quantity *bound, bool too_much)
{
    struct finding *finding = found(checker, HD_OUTSIDE_LIMITS, AT(amount, amount), "%s's %s of %s %s %s", in->name, member, amount->name,
                                    amount->amount, too_much ? "is more than a container may have" : "is less than a container must have");

    also_at(finding, AT(bound, amount), "the limit range's %s", too_much ? "max" : "min");
    hint(finding, "the API server refuses the pods: use %s %s here, or change the limit range", too_much ? "at most" : "at least",
         bound->amount);
}

static void check_within(struct checker *checker, const struct container_in *in, const struct hd_limit_range_item *item)
{
    for (size_t i = 0; i < item->n_min; i++) {
        const struct hd_quantity *bound = &item->min[i], *amount;

        amount = bound->name && bound->amount && quantity_is_valid(bound->amount)
                     ? amount_in(in->container, &(struct counted){bound->name, false})
                     : NULL;
        if (amount && quantity_compare(amount->amount, bound->amount) < 0)
            outside(checker, in, amount, "request", bound, false);
    }
    for (size_t i = 0; i < item->n_max; i++) {
        const struct hd_quantity *bound = &item->max[i], *amount;

        amount = bound->name && bound->amount && quantity_is_valid(bound->amount)
                     ? amount_in(in->container, &(struct counted){bound->name, true})
                     : NULL;
        if (amount && quantity_compare(amount->amount, bound->amount) > 0)
            outside(checker, in, amount, "limit", bound, true);
    }
}

static void check_limit_range(struct checker *checker, const struct hd_limit_range *range)
{
    const struct hd_app *app = checker->app;

    for (size_t i = 0; i < range->n_limits; i++) {
        const struct hd_limit_range_item *item = &range->limits[i];

        check_item(checker, item);
        for (size_t k = 0; k < app->n_services && item->type && !strcmp(item->type, "Container"); k++)
            for (size_t n = 0; n < service_n_containers(&app->services[k]); n++) {
                struct container_in in = service_container_at(&app->services[k], n);

                check_within(checker, &in, item);
            }
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
                 "begin the name with that of the application, as in %.63s-high", app->name ? app->name : "shop");
    }
}
