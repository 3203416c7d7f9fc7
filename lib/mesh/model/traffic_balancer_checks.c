/* Rules for load balancing: which pod gets a request. */
#include "core/memory/names.h"
#include "core/tables/field.h"
#include "model/tables.h"
#include "formats.h"
#include "traffic_checks.h"

#include <string.h>

/* Localities by what they cover, with or without a star below us/a by us/a, and by all that covers that, such as us. */
struct covered {
    struct names by_name, by_wider;
};

/* A copy of the first `length` letters that outlives the rule. */
static const char *part(struct checker *checker, const char *locality, size_t length)
{
    return arena_printf(&checker->report->arena, "%.*s", (int)length, locality);
}

static bool ends_with_star(const char *locality)
{
    return locality[strlen(locality) - 1] == '*';
}

/* Without the slash and star at the end; * alone stays. */
static size_t covered_length(const char *locality)
{
    size_t length = strlen(locality);

    return length > 2 && ends_with_star(locality) ? length - 2 : length;
}

/* The next wider locality's length; 0 behind a region. */
static size_t wider_length(const char *locality, size_t length)
{
    while (length && locality[length - 1] != '/')
        length--;
    return length ? length - 1 : 0;
}

/*
 * Adds the locality of `value`; returns what has it, or a part of it, already. With `in_order` one that ends with * may follow
 * those that it covers, as the first that fits is taken. (Istio: validateLocalities)
 */
static const void *cover(struct checker *checker, struct covered *covered, const char *locality, const void *value, bool in_order)
{
    size_t length = covered_length(locality);
    const char *name = part(checker, locality, length);
    const void *other = names_add(&covered->by_name, name, value);

    for (size_t wider = wider_length(locality, length); !other && wider; wider = wider_length(locality, wider))
        other = names_find(&covered->by_name, part(checker, locality, wider));
    if (!other)
        other = strcmp(name, "*") ? names_find(&covered->by_name, "*") : NULL;
    if (!other && !(in_order && ends_with_star(locality)))
        other = names_find(&covered->by_wider, name);
    for (size_t wider = wider_length(locality, length); wider; wider = wider_length(locality, wider))
        names_add(&covered->by_wider, part(checker, locality, wider), value);
    names_add(&covered->by_wider, "*", value);
    return other;
}

static void covered_init(struct checker *checker, struct covered *covered, size_t count)
{
    names_init(&checker->report->arena, &covered->by_name, count);
    names_init(&checker->report->arena, &covered->by_wider, 2 * count + 1);
}

static bool is_locality(const char *text)
{
    return text && format_is_valid(&format_locality, text);
}

static struct finding *overlap(struct checker *checker, struct where where, const char *locality, const char *other)
{
    return found(checker, HD_LOCALITIES_OVERLAP, where, strcmp(locality, other) ? "%.80s and %.80s overlap" : "%.80s is listed twice",
                 locality, other);
}

static void check_origins(struct checker *checker, const struct hd_locality_lb *locality)
{
    struct covered covered;

    if (locality->n_distribute < 2)
        return;
    covered_init(checker, &covered, locality->n_distribute);
    for (size_t i = 0; i < locality->n_distribute; i++) {
        const struct hd_locality_distribution *from = &locality->distribute[i];
        const struct hd_locality_distribution *other = is_locality(from->from) ? cover(checker, &covered, from->from, from, true) : NULL;
        struct finding *finding;

        if (!other)
            continue;
        finding = overlap(checker, AT(from, from), from->from, other->from);
        also_at(finding, AT(other, from), "the shares of requests from there are set here");
        hint(finding, "remove one of the two; or write the wider one last and with * at its end, because the first match is used");
    }
}

static void check_shares_apart(struct checker *checker, const struct hd_locality_distribution *distribution)
{
    struct covered covered;

    if (distribution->n_to < 2)
        return;
    covered_init(checker, &covered, distribution->n_to);
    for (size_t i = 0; i < distribution->n_to; i++) {
        const struct hd_locality_share *share = &distribution->to[i];
        const struct hd_locality_share *other =
            is_locality(share->locality) ? cover(checker, &covered, share->locality, share, false) : NULL;
        struct finding *finding;

        if (!other)
            continue;
        finding = overlap(checker, AT(share, locality), share->locality, other->locality);
        also_at(finding, AT(other, locality), "the share of this locality is set here");
        hint(finding, "write localities that do not contain each other");
    }
}

static void check_warmup(struct checker *checker, const struct hd_load_balancer *balancer)
{
    const struct hd_consistent_hash *hash = &balancer->consistent_hash;
    bool hashes = struct_is_set(&hd_consistent_hash_struct, hash);
    struct finding *finding;

    if (!struct_is_set(&hd_warmup_struct, &balancer->warmup) || balancer_warms_up(balancer))
        return;
    finding = found(checker, HD_WARMUP_UNUSED, AT(balancer, warmup), "warmup has no effect with %s",
                    hashes ? "consistentHash" : "this value of simple");
    if (hashes)
        also_at(finding, AT(balancer, consistent_hash), "consistentHash is given here");
    else
        also_at(finding, AT(balancer, simple), "simple is given here");
    hint(finding, "remove warmup, or write simple: LEAST_REQUEST or ROUND_ROBIN");
}

static void check_distribution(struct checker *checker, const struct hd_locality_distribution *distribution)
{
    int64_t sum = 0;

    check_shares_apart(checker, distribution);
    for (size_t i = 0; i < distribution->n_to; i++) {
        if (distribution->to[i].weight < 1 || distribution->to[i].weight > 100)
            return;
        sum += distribution->to[i].weight;
    }
    if (sum != 100 && distribution->n_to)
        hint(found(checker, HD_LOCALITY_SUM, AT(distribution, to), "the weights of the localities add up to %lld", (long long)sum),
             "write weights that add up to 100");
}

void check_balancer(struct checker *checker, struct settings settings)
{
    const struct hd_locality_lb *locality = &settings.load_balancer->locality_lb_setting;
    const struct hd_consistent_hash *hash = &settings.load_balancer->consistent_hash;
    const struct hd_outlier_detection *outlier = settings.outlier_detection;

    if (hash->use_source_ip == HD_FALSE)
        hint(found(checker, HD_HASH_OF_NOTHING, AT(hash, use_source_ip),
                   "consistentHash needs to know by what requests are hashed, but useSourceIp is false"),
             "write httpHeaderName, httpCookie, useSourceIp: true or httpQueryParameterName");
    check_warmup(checker, settings.load_balancer);
    check_origins(checker, locality);
    for (size_t i = 0; i < locality->n_distribute; i++)
        check_distribution(checker, &locality->distribute[i]);
    for (size_t i = 0; i < locality->n_failover; i++)
        if (locality->failover[i].from && locality->failover[i].to && !strcmp(locality->failover[i].from, locality->failover[i].to))
            hint(found(checker, HD_FAILOVER_TO_SELF, AT(&locality->failover[i], to), "failover from %.60s goes to the same region",
                       locality->failover[i].to),
                 "write another region in to");
    if ((locality->n_failover || locality->n_failover_priority) && !struct_is_set(&hd_outlier_detection_struct, outlier))
        hint(found(checker, HD_FAILOVER_WITHOUT_EJECTION, locality->n_failover ? AT(locality, failover) : AT(locality, failover_priority),
                   "failover has no effect without outlierDetection, because no pod counts as unhealthy"),
             "write outlierDetection, such as {consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s}");
}
