#include "promql.h"

#include "core/tables/field.h"
#include "core/text/letter.h"
#include "core/text/monitoring_units.h"
#include "model/delivery.h"
#include "model/mesh.h"
#include "model/resolve.h"
#include "telemetry/model/request_source.h"

#include <string.h>

enum { DEEPEST = 4 };

static const struct request_series *series_of(const struct promql *query)
{
    const struct request_source *source = &request_sources[query->source];

    return source->ambient && query->model->app->mesh.mode == HD_MESH_AMBIENT ? source->ambient : source->series;
}

bool promql_sees_versions(const struct hd_service *service)
{
    return !runs_to_end(service) && !is_delivered_by(service, HD_EXECUTOR_ARGO_ROLLOUTS);
}

static void expand(struct promql_text *out, const struct promql *query, const char *template, int depth);

static inline void put(struct promql_text *out, const char *text, size_t length)
{
    size_t room = PROMQL_LONGEST - 1 - out->length;

    length = length < room ? length : room;
    memcpy(out->text + out->length, text, length);
    out->length += length;
}

static void put_text(struct promql_text *out, const char *text)
{
    if (text)
        put(out, text, strlen(text));
}

/* `rate(name{matchers,matcher}[window])` */
static void put_rate(struct promql_text *out, const struct promql *query, const char *name, const char *matchers, const char *matcher,
                     int depth)
{
    put_text(out, "rate(");
    put_text(out, name);
    put_text(out, "{");
    expand(out, query, matchers, depth);
    if (matcher) {
        put_text(out, ",");
        expand(out, query, matcher, depth);
    }
    put_text(out, "}[");
    put_text(out, query->window);
    put_text(out, "])");
}

static void put_sum(struct promql_text *out, const struct promql *query, const char *name, const char *matchers, const char *matcher,
                    int depth)
{
    put_text(out, "sum(");
    put_rate(out, query, name, matchers, matcher, depth);
    put_text(out, ")");
}

/* A gRPC error is an HTTP response of status 200: its series are others. */
static void put_errors(struct promql_text *out, const struct promql *query, const struct request_series *series, const char *matchers,
                       int depth)
{
    put_text(out, "sum(");
    put_rate(out, query, series->count, matchers, series->error, depth);
    if (series->grpc_error && query->service && answers_grpc(query->service)) {
        put_text(out, " or ");
        put_rate(out, query, series->count, matchers, series->grpc_error, depth);
    }
    put_text(out, ")");
}

/* Bounds are whole numbers or not by the version of Prometheus that scrapes: 250 or 250.0. */
static void put_within(struct promql_text *out, const struct promql *query, const struct request_series *series, int depth)
{
    char bound[DECIMAL_LONGEST], matcher[2 * DECIMAL_LONGEST];
    size_t length = 0;

    decimal_text(bound, query->latency_ms, request_sources[query->source].in_seconds ? 3 : 0);
    memcpy(matcher, "le=~\"", 5);
    length = 5;
    for (const char *p = bound; *p; p++) {
        if (*p == '.') {
            memcpy(matcher + length, "\\\\", 2);
            length += 2;
        }
        matcher[length++] = *p;
    }
    memcpy(matcher + length, strchr(bound, '.') ? "\"" : "(\\\\.0)?\"", strchr(bound, '.') ? 2 : 9);
    put_sum(out, query, series->time_bucket, series->served, matcher, depth);
}

/* CronJobs number their Jobs by time; KEDA lets the API server make up five letters. */
static const char *name_of_jobs(const struct hd_service *service)
{
    if (service && service->workload == HD_WORKLOAD_CRON_JOB)
        return "@service-[0-9]+";
    return service && is_scaled_job(service) ? "@service-[a-z0-9]{5}" : "@service";
}

struct pods_of_workload {
    enum hd_workload workload;
    const char *wanted, *available, *generation;
};

static const struct pods_of_workload pods_of_workloads[] = {
    {HD_WORKLOAD_DEPLOYMENT, "max(kube_deployment_spec_replicas{namespace=\"@namespace\",deployment=\"@service\"})",
     "max(kube_deployment_status_replicas_available{namespace=\"@namespace\",deployment=\"@service\"})",
     "kube_deployment_status_observed_generation{namespace=\"@namespace\",deployment=\"@service\"}"},
    {HD_WORKLOAD_STATEFUL_SET, "max(kube_statefulset_replicas{namespace=\"@namespace\",statefulset=\"@service\"})",
     "max(kube_statefulset_status_replicas_ready{namespace=\"@namespace\",statefulset=\"@service\"})",
     "kube_statefulset_status_observed_generation{namespace=\"@namespace\",statefulset=\"@service\"}"},
    {HD_WORKLOAD_DAEMON_SET, "max(kube_daemonset_status_desired_number_scheduled{namespace=\"@namespace\",daemonset=\"@service\"})",
     "max(kube_daemonset_status_number_available{namespace=\"@namespace\",daemonset=\"@service\"})",
     "kube_daemonset_status_observed_generation{namespace=\"@namespace\",daemonset=\"@service\"}"},
};

/* The new version stands beside the old one: in a Deployment of its own, or in a ReplicaSet of the same Rollout. */
static const struct pods_of_workload pods_of_versions = {
    HD_WORKLOAD_DEPLOYMENT, "sum(max by (deployment) (kube_deployment_spec_replicas{namespace=\"@namespace\",deployment@versions}))",
    "sum(max by (deployment) (kube_deployment_status_replicas_available{namespace=\"@namespace\",deployment@versions}))",
    "kube_deployment_status_observed_generation{namespace=\"@namespace\",deployment@versions}"};

#define OF_ROLLOUT(metric)                                                                                           \
    "sum(max by (replicaset) (" metric "{namespace=\"@namespace\"} * on (namespace, replicaset) group_left () "      \
    "kube_replicaset_owner{namespace=\"@namespace\",owner_kind=\"Rollout\",owner_name=\"@service\"}))"

static const struct pods_of_workload pods_of_rollout = {HD_WORKLOAD_DEPLOYMENT, OF_ROLLOUT("kube_replicaset_spec_replicas"),
                                                        OF_ROLLOUT("kube_replicaset_status_ready_replicas"), NULL};

static const struct pods_of_workload *pods_of(const struct promql *query)
{
    if (query->service && is_delivered_by(query->service, HD_EXECUTOR_ARGO_ROLLOUTS))
        return &pods_of_rollout;
    if (query->service && (delivery_way(query->service) != NO_DELIVERY || query->service->n_versions))
        return &pods_of_versions;
    for (size_t i = 1; query->service && i < sizeof pods_of_workloads / sizeof *pods_of_workloads; i++)
        if (pods_of_workloads[i].workload == query->service->workload)
            return &pods_of_workloads[i];
    return &pods_of_workloads[0];
}

/* Those with the same first letter together, the most frequent of them first. */
enum word {
    ALL,
    ANSWERS,
    APPLICATION,
    ASKED,
    AUTOSCALER,
    AVAILABLE,
    BOUND,
    BUCKET,
    CONTAINER,
    CASE,
    CODE,
    COLLECTOR,
    COUNT,
    ERROR,
    ERRORS,
    FAILED,
    GENERATION,
    JOB,
    NAMESPACE,
    NAME,
    REPORTER,
    REQUESTS,
    SERVICE,
    SERIES,
    THRESHOLD,
    TIME,
    UNIT,
    VALUE,
    VERSIONS,
    WANTED,
    WINDOW,
    WITHIN,
    N_WORDS
};

static const char words[N_WORDS][12] = {
    "all", "answers", "application", "asked", "autoscaler", "available", "bound", "bucket", "container", "case", "code", "collector",
    "count", "error", "errors", "failed", "generation", "job", "namespace", "name", "reporter", "requests", "service", "series",
    "threshold", "time", "unit", "value", "versions", "wanted", "window", "within"};

/* The first word with each letter; another letter's for those that no word begins with. */
static const unsigned char first_words[26] = {
    ['a' - 'a'] = ALL, ['b' - 'a'] = BOUND, ['c' - 'a'] = CONTAINER, ['e' - 'a'] = ERROR, ['f' - 'a'] = FAILED, ['g' - 'a'] = GENERATION,
    ['j' - 'a'] = JOB, ['n' - 'a'] = NAMESPACE, ['r' - 'a'] = REPORTER, ['s' - 'a'] = SERVICE, ['t' - 'a'] = THRESHOLD, ['u' - 'a'] = UNIT,
    ['v' - 'a'] = VALUE, ['w' - 'a'] = WANTED};

/* Callers ask for the name without a suffix, and Istio counts all versions as one canonical service. A long list would leave no room for the rest of the query. */
static void put_versions(struct promql_text *out, const struct hd_service *service)
{
    enum { MOST_NAMED = 8 };

    put_text(out, "=~\"");
    put_text(out, service->name);
    put_text(out, service->n_versions > MOST_NAMED ? "(-[-a-z0-9]+" : "(-(");
    for (size_t i = 0; service->n_versions <= MOST_NAMED && i < service->n_versions; i++) {
        put_text(out, i ? "|" : "");
        put_text(out, service->versions[i].name);
    }
    put_text(out, service->n_versions > MOST_NAMED ? ")?\"" : "))?\"");
}

static void put_of_requests(struct promql_text *out, const struct promql *query, enum word word, int depth)
{
    const struct request_series *series = series_of(query);
    const char *asked = series->asked ? series->asked : series->served;

    switch (word) {
    case REQUESTS:
        put_sum(out, query, series->count, series->served, NULL, depth);
        break;
    case ERRORS:
        put_errors(out, query, series, series->served, depth);
        break;
    case ASKED:
        put_sum(out, query, series->count, asked, NULL, depth);
        break;
    case FAILED:
        put_errors(out, query, series, asked, depth);
        break;
    case TIME:
        put_sum(out, query, series->time_sum, series->served, NULL, depth);
        break;
    case ANSWERS:
        put_sum(out, query, series->time_count, series->served, NULL, depth);
        break;
    case WITHIN:
        put_within(out, query, series, depth);
        break;
    case ALL:
        expand(out, query, series->all, depth);
        break;
    case ERROR:
        put_text(out, series->error);
        break;
    case COUNT:
        put_text(out, series->count);
        break;
    case BUCKET:
        put_text(out, series->time_bucket);
        break;
    case NAME:
        put_text(out, series->name);
        break;
    case CODE:
        put_text(out, series->code);
        break;
    case REPORTER:
        put_text(out, series->reporter);
        break;
    case UNIT:
        put_text(out, request_sources[query->source].in_seconds ? "s" : "ms");
        break;
    default:
        expand(out, query, series->served, depth);
    }
}

static void put_word(struct promql_text *out, const struct promql *query, enum word word, int depth)
{
    switch (word) {
    case APPLICATION:
        put_text(out, query->model->app->name);
        break;
    case NAMESPACE:
        put_text(out, query->model->app->namespace_name);
        break;
    case SERVICE:
        put_text(out, query->service ? query->service->name : NULL);
        break;
    case CONTAINER:
        expand(out, query, "namespace=\"@namespace\",container=\"@service\"", depth);
        break;
    case AUTOSCALER:
        expand(out, query, "namespace=\"@namespace\",horizontalpodautoscaler@versions", depth);
        break;
    case COLLECTOR:
        expand(out, query, "namespace=\"@namespace\"", depth);
        break;
    case JOB:
        expand(out, query, name_of_jobs(query->service), depth);
        break;
    case WANTED:
        expand(out, query, pods_of(query)->wanted, depth);
        break;
    case AVAILABLE:
        expand(out, query, pods_of(query)->available, depth);
        break;
    case GENERATION:
        if (pods_of(query)->generation)
            expand(out, query, pods_of(query)->generation, depth);
        break;
    case WINDOW:
        put_text(out, query->window);
        break;
    case THRESHOLD:
        put_text(out, query->threshold);
        break;
    case BOUND:
        put_text(out, query->bound);
        break;
    case CASE:
        put_text(out, query->label);
        break;
    case VERSIONS:
        /* Objects of a service in delivery have suffixes. */
        if (query->service && query->service->n_versions)
            put_versions(out, query->service);
        else
            expand(out, query,
                   query->service && delivery_way(query->service) != NO_DELIVERY ? "=~\"@service(-stable|-canary|-preview|-primary)?\""
                                                                                 : "=\"@service\"",
                   depth);
        break;
    case VALUE:
        put_text(out, request_sources[query->source].in_seconds ? "{{ $value | humanizeDuration }}" : "{{ $value | humanize }}ms");
        break;
    default:
        put_of_requests(out, query, word, depth);
    }
}

/* The word at the beginning of a text, and its length. */
static enum word word_at(const char *text, size_t *ret_length)
{
    for (int word = letter_is_lower(*text) ? first_words[*text - 'a'] : N_WORDS; word < N_WORDS && *words[word] == *text; word++) {
        size_t length = 1;

        while (words[word][length] && words[word][length] == text[length])
            length++;
        *ret_length = length;
        if (!words[word][length] && !letter_is_lower(text[length]))
            return (enum word)word;
    }
    return N_WORDS; /* GCOVR_EXCL_LINE: templates are the library's own, and have no other words */
}

static void expand(struct promql_text *out, const struct promql *query, const char *template, int depth)
{
    while (*template && depth < DEEPEST) {
        const char *at = strchr(template, '@');
        size_t length = 0;
        enum word word;

        put(out, template, at ? (size_t)(at - template) : strlen(template));
        if (!at)
            return;
        word = word_at(at + 1, &length);
        put_word(out, query, word, depth + 1);
        template = at + 1 + length;
    }
}

const char *promql(struct promql_text *out, const struct promql *query, const char *template)
{
    /* Most legends and units are ready. */
    if (!strchr(template, '@'))
        return template;
    out->length = 0;
    expand(out, query, template, 0);
    out->text[out->length] = '\0';
    return out->text;
}
