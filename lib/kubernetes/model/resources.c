/* Requests and limits of containers. */
#include "core/tables/field.h"
#include "core/text/quantity.h"
#include "core/text/suggest.h"
#include "model/runtime.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

#include <string.h>

#define T hd_resources
static const struct hd_field resources_fields[] = {
    LIST("requests", requests, hd_quantity, .none = true),
    LIST("limits", limits, hd_quantity, .none = true),
};
const struct hd_struct hd_resources_struct = STRUCT(resources_fields);
#undef T

static bool is_of(const struct hd_quantity *quantity, const struct hd_resources *library)
{
    const struct hd_quantity *other = resource_named(library->requests, library->n_requests, quantity->name);

    return other && other->amount == quantity->amount;
}

void resolve_requests(struct hd_model *model, struct hd_resources *resources, const struct hd_resources *library)
{
    struct hd_quantity *requests = arena_copy(&model->arena, resources->requests, resources->n_requests * sizeof *requests);

    for (size_t i = 0; i < resources->n_requests; i++) {
        const struct hd_quantity *limit = NULL;

        if (requests[i].name && is_of(&requests[i], library))
            limit = resource_named(resources->limits, resources->n_limits, requests[i].name);
        if (limit && limit->amount && quantity_is_valid(limit->amount) && quantity_compare(requests[i].amount, limit->amount) > 0)
            requests[i].amount = limit->amount;
    }
    if (resources->n_requests)
        resources->requests = requests;
}

static const struct hd_quantity *entry_of(const struct hd_quantity *quantities, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (quantities[i].name && !strcmp(quantities[i].name, name))
            return &quantities[i];
    return NULL;
}

static bool has_name(const struct hd_quantity *quantities, size_t count, const char *name)
{
    const struct hd_quantity *entry = entry_of(quantities, count, name);

    return entry && !is_none(entry->amount);
}

/* Whether somebody decided that there is no memory limit. */
static bool refuses_memory_limit(const struct hd_resources *resources)
{
    return (resources->limits && !resources->n_limits) || entry_of(resources->limits, resources->n_limits, "memory");
}

bool resource_is_requested(const struct hd_container *container, const char *name)
{
    const struct hd_resources *resources = &container->resources;

    return has_name(resources->requests, resources->n_requests, name) || has_name(resources->limits, resources->n_limits, name);
}

/* Requests ephemeral storage by default: a pod without a request is evicted first when the disk is full, and may be put on a full node. */
void resolve_scratch(struct hd_model *model, struct hd_container *container)
{
    struct hd_resources *resources = &container->resources;
    struct hd_quantity *requests;

    if (resource_is_requested(container, "ephemeral-storage") ||
        entry_of(resources->requests, resources->n_requests, "ephemeral-storage"))
        return;
    requests = arena_array(&model->arena, resources->n_requests + 1, sizeof *requests);
    if (resources->n_requests)
        memcpy(requests, resources->requests, resources->n_requests * sizeof *requests);
    requests[resources->n_requests] = (struct hd_quantity){.name = "ephemeral-storage", .amount = "64Mi"};
    resources->requests = requests;
    resources->n_requests++;
}

static bool is_hugepages(const char *name)
{
    return !strncmp(name, "hugepages-", 10);
}

static bool is_extended(const char *name)
{
    return strchr(name, '/') != NULL;
}

static bool is_bytes(const char *name)
{
    return !strcmp(name, "memory") || !strcmp(name, "ephemeral-storage");
}

static bool is_known(const char *name)
{
    if (is_extended(name))
        return format_is_valid(&format_label_key, name) && strncmp(name, "kubernetes.io/", 14);
    return !strcmp(name, "cpu") || is_bytes(name) || (is_hugepages(name) && quantity_is_valid(name + 10));
}

static void report_unknown(struct checker *checker, const struct hd_quantity *quantity)
{
    struct finding *finding = found(checker, HD_UNKNOWN_RESOURCE, AT_STRUCT(quantity), "there is no resource \"%.60s\"", quantity->name);
    struct suggestion suggestion = suggest_for(quantity->name);

    suggest_try(&suggestion, "cpu");
    suggest_try(&suggestion, "memory");
    suggest_try(&suggestion, "ephemeral-storage");
    if (strstr(quantity->name, "gpu"))
        hint(finding, "a device has its vendor's domain: nvidia.com/gpu, amd.com/gpu");
    else
        hint_nearest(finding, suggestion.nearest,
                     "cpu, memory, ephemeral-storage, hugepages-SIZE, or a device with its vendor's domain, such as nvidia.com/gpu");
}

/* Memory counts in bytes, and a container runtime takes some of it to begin with. */
static void check_bytes(struct checker *checker, const struct hd_quantity *quantity)
{
    struct amount amount = quantity_of(quantity->amount).amount;

    if (amount.nano)
        hint(found(checker, HD_MILLI_BYTES, AT(quantity, amount), "%s of %s is a fraction of a byte: m means thousandths", quantity->amount,
                   quantity->name),
             "write %.*sMi", (int)strspn(quantity->amount, "0123456789."), quantity->amount);
    else if (amount.units > 0 && amount.units < 4 * 1024 * 1024 && !strcmp(quantity->name, "memory"))
        hint(
            found(checker, HD_TINY_MEMORY, AT(quantity, amount), "%s of memory is too little for any container to start", quantity->amount),
            "a bare number is bytes; 512Mi is 512 megabytes");
}

static void check_cpu(struct checker *checker, const struct hd_quantity *quantity)
{
    struct amount amount = quantity_of(quantity->amount).amount;

    if (amount.nano % 1000000)
        hint(found(checker, HD_CPU_ROUNDED, AT(quantity, amount), "%s of cpu is rounded up to a thousandth", quantity->amount),
             "write %lldm", (long long)quantity_milli(quantity->amount));
    else if (amount_compare(amount, (struct amount){256, 0}) > 0)
        hint(found(checker, HD_CPU_WITHOUT_M, AT(quantity, amount), "%s means that many whole CPUs", quantity->amount),
             "for thousandths of a CPU write %sm", quantity->amount);
}

bool tell_negative(struct checker *checker, const struct hd_quantity *quantity)
{
    if (!quantity_is_given(quantity) || amount_sign(quantity_of(quantity->amount).amount) >= 0)
        return false;
    hint(found(checker, HD_NEGATIVE_AMOUNT, AT(quantity, amount), "%s of %s is negative", quantity->amount, quantity->name),
         "give an amount from 0");
    return true;
}

static void check_amount(struct checker *checker, const struct hd_quantity *quantity)
{
    if (!quantity->name)
        return;
    if (!is_known(quantity->name))
        report_unknown(checker, quantity);
    if (!quantity_is_given(quantity) || tell_negative(checker, quantity))
        return;
    if (is_extended(quantity->name) && quantity_of(quantity->amount).amount.nano)
        hint(found(checker, HD_PART_OF_DEVICE, AT(quantity, amount), "%s is only given in whole numbers", quantity->name), "round %s up",
             quantity->amount);
    else if (is_bytes(quantity->name))
        check_bytes(checker, quantity);
    else if (!strcmp(quantity->name, "cpu"))
        check_cpu(checker, quantity);
}

/* An amount that nobody wrote comes from the runtime; say so, since it cannot be pointed at. */
static const char *whose(const struct hd_quantity *quantity, const struct hd_quantity *other)
{
    return !quantity->at && other->at ? " (the runtime's default)" : "";
}

static void check_pair(struct checker *checker, const struct hd_quantity *request, const struct hd_quantity *limit)
{
    int order = quantity_compare(request->amount, limit->amount);
    struct finding *finding;

    if (order < 0 && (is_extended(request->name) || is_hugepages(request->name))) {
        finding = found(checker, HD_REQUEST_NOT_LIMIT, AT(request, amount),
                        "the request of %s must equal the limit, because it cannot be overcommitted: request %s, limit %s", request->name,
                        request->amount, limit->amount);
        also_at(finding, AT(limit, amount), "the limit is %s", limit->amount);
        hint(finding, "give only the limit; the request follows");
    } else if (order > 0) {
        finding = found(checker, HD_LIMIT_BELOW_REQUEST, AT(request, amount), "the %s request %s%s is above the limit %s%s", request->name,
                        request->amount, whose(request, limit), limit->amount, whose(limit, request));
        also_at(finding, AT(limit, amount), "the limit is %s%s", limit->amount, whose(limit, request));
        if (quantity_of(request->amount).suffix != quantity_of(limit->amount).suffix && is_bytes(request->name))
            hint(finding, "1M is 1000 * 1000 bytes, 1Mi is 1024 * 1024: use one kind of unit");
        else
            hint(finding, "raise the limit to at least %s, or lower the request", request->amount);
    }
}

/* The scheduler plans by requests, and a quota counts them. */
static void check_given(struct checker *checker, const struct container_in *in, const char *name)
{
    if (resource_is_requested(in->container, name) || autoscaling_measures(in, name))
        return;
    hint(found(checker, HD_NO_REQUEST, AT(&in->container->resources, requests), "%s requests no %s, so its node may have none to spare",
               in->name, name),
         "give resources.requests.%s", name);
}

static void check_limits(struct checker *checker, const struct hd_container *container)
{
    const struct hd_resources *resources = &container->resources;
    bool ordinary = resource_is_requested(container, "cpu") || resource_is_requested(container, "memory");

    for (size_t i = 0; i < resources->n_requests; i++) {
        const struct hd_quantity *request = &resources->requests[i];
        const struct hd_quantity *limit = quantity_is_given(request) ? resource_named(resources->limits, resources->n_limits, request->name) : NULL;

        if (limit)
            check_pair(checker, request, limit);
        else if (quantity_is_given(request) && (is_extended(request->name) || is_hugepages(request->name)))
            hint(found(checker, HD_REQUEST_NOT_LIMIT, AT(request, amount), "%s cannot be overcommitted, so it needs a limit of %s",
                       request->name, request->amount),
                 "write it under limits; the request follows");
    }
    for (size_t i = 0; i < resources->n_limits && !ordinary; i++)
        if (quantity_is_given(&resources->limits[i]) && is_hugepages(resources->limits[i].name))
            hint(found(checker, HD_HUGEPAGES_ALONE, AT(&resources->limits[i], amount),
                       "%s is given alone, but Kubernetes requires cpu or memory beside it", resources->limits[i].name),
                 "give a memory request as well");
}

void check_amounts(struct checker *checker, const struct hd_container *container)
{
    const struct hd_resources *resources = &container->resources;

    for (size_t i = 0; i < resources->n_requests; i++)
        check_amount(checker, &resources->requests[i]);
    for (size_t i = 0; i < resources->n_limits; i++)
        check_amount(checker, &resources->limits[i]);
    check_limits(checker, container);
}

void check_resources(struct checker *checker, const struct container_in *in)
{
    const struct hd_resources *resources = &in->container->resources;

    check_amounts(checker, in->container);
    if (in->role == CONTAINER_INIT)
        return;
    check_given(checker, in, "cpu");
    check_given(checker, in, "memory");
    /* The runtime container sets no limit on purpose, because it knows nothing of the program. */
    if (resource_is_requested(in->container, "memory") && !has_name(resources->limits, resources->n_limits, "memory") &&
        !refuses_memory_limit(resources) &&
        !(in->container == &in->service->container && runs_container(in->service)))
        hint(found(checker, HD_NO_MEMORY_LIMIT, AT(resources, limits), "%s has no memory limit, so a leak can stop other pods of its node",
                   in->name),
             "give resources.limits.memory, or write memory: none where the program needs all that it can get");
}
