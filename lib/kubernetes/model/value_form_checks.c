/* Rules for values that known programs and controllers read in one form only: numbers, words, hosts, addresses. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/format.h"
#include "core/text/json_text.h"
#include "core/text/quantity.h"
#include "core/text/time_zone.h"
#include "core/text/word_list.h"
#include "model/tables.h"
#include "parts.h"
#include "text_checks.h"

#include <stdlib.h>

#define DIGITS "0123456789"

enum form {
    /* One of a list of words; of the open ones readers may know more, so that only one that is nearly right is a mistake. */
    FORM_BOOLEAN,
    FORM_GIN_MODE,
    FORM_SSL_MODE,
    FORM_LEVEL,
    FORM_TRUTH,
    FORM_STAGE,
    FORM_ZONE,
    FORM_NUMBER,
    FORM_SHARE,
    FORM_SECONDS,
    FORM_MILLISECONDS,
    FORM_GO_MEMORY,
    FORM_MODULE, /* of Python */
    FORM_URL,
    FORM_SIZE, /* of nginx */
    FORM_QUANTITY,
    FORM_NEVER,
    /* Lists with commas. */
    FORM_PORTS,
    FORM_HOSTS,
    FORM_HOST, /* without a port */
    FORM_ORIGINS,
    FORM_RANGES,
    /* Keys of annotations with any value, which show only what another one was meant to be. */
    FORM_ANY,
};

/* Names of variables, or their ends behind an underscore, and keys of annotations; and what is right: words, or a sentence. */
static const struct known {
    const char *names, *right;
} known[] = {
    [FORM_BOOLEAN] = {" ssl-redirect force-ssl-redirect enable-cors use-regex ", " true false "},
    [FORM_GIN_MODE] = {" GIN_MODE ", " release debug test "},
    [FORM_SSL_MODE] = {" PGSSLMODE SSLMODE ", " disable allow prefer require verify-ca verify-full "},
    [FORM_LEVEL] = {" LOG_LEVEL LOGLEVEL ", " trace debug info notice warn warning error err critical fatal off silly verbose none panic "},
    [FORM_TRUTH] = {" ENABLED DEBUG ", " true false yes no on off "},
    [FORM_STAGE] = {" NODE_ENV RAILS_ENV ", " production development staging test "},
    [FORM_ZONE] = {" TZ TIMEZONE TIME_ZONE ", "a name such as Europe/Vienna or UTC"},
    [FORM_NUMBER] = {" WEB_CONCURRENCY GOMAXPROCS POOL_SIZE RETRIES MINUTES HOURS DAYS proxy-read-timeout proxy-send-timeout proxy-connect-timeout limit-rps ",
                     "a number without a unit"},
    [FORM_SHARE] = {" SAMPLE_RATE SAMPLING_RATE SAMPLING_RATIO ", "a share such as 0.1"},
    [FORM_SECONDS] = {" SECONDS SECS ", "seconds, such as 30"},
    [FORM_MILLISECONDS] = {" MS MILLIS MILLISECONDS ", "milliseconds, such as 30000"},
    [FORM_GO_MEMORY] = {" GOMEMLIMIT ", "a number with MiB or GiB"},
    [FORM_MODULE] = {" SETTINGS_MODULE ", "a module, such as shop.settings"},
    [FORM_URL] = {" URL URI ", "a whole address, such as http://orders:8000"},
    [FORM_SIZE] = {" proxy-body-size ", "a number, or one with k, m or g"},
    [FORM_QUANTITY] = {" proxyCPU proxyCPULimit proxyMemory proxyMemoryLimit ", "an amount such as 100m or 128Mi"},
    [FORM_NEVER] = {" configuration-snippet server-snippet ", "no snippet, because controllers refuse it"},
    [FORM_PORTS] = {" PORT excludeInboundPorts excludeOutboundPorts includeInboundPorts includeOutboundPorts ", "numbers up to 65535"},
    [FORM_HOSTS] = {" ALLOWED_HOSTS BOOTSTRAP_SERVERS ", "hosts without a scheme"},
    [FORM_HOST] = {" ", "the host alone"},
    [FORM_ORIGINS] = {" ORIGINS ", "scheme and host without a path"},
    [FORM_RANGES] = {" includeOutboundIPRanges excludeOutboundIPRanges ", "ranges such as 10.0.0.0/8"},
    [FORM_ANY] = {" auth-url backend-protocol canary canary-weight cors-allow-headers cors-allow-methods cors-allow-origin limit-rpm proxy-buffer-size proxy-buffering "
                  "rewrite-target ssl-passthrough whitelist-source-range allowlist-source-range denylist-source-range scrape path ",
                  ""},
};
enum { N_FORMS = sizeof known / sizeof *known };

/* Schemes of which another one may be a misspelling. */
static const char schemes[] = " http https postgres postgresql psql mysql mysql2 mariadb redis rediss amqp amqps mongodb kafka grpc ";

static bool is_url(struct checker *checker, const char *name, const char *value, const char **nearest)
{
    size_t length = strspn(value, "abcdefghijklmnopqrstuvwxyz" DIGITS ".-");
    const char *rest = value + length;

    if (!strncmp(value, "jdbc:postgres:", 14))
        return false;
    if (length < 2 || *rest != ':' || word_list_has(schemes, value, length))
        return length < 2 || *rest != ':' || !strncmp(rest, "://", 3);
    if (strncmp(rest, "://", 3))
        /* Some drivers and proxies take a host and its port alone. */
        return !letter_is_digit(rest[1]) || strstr(name, "PROXY") || strstr(name, "NATS") || strstr(name, "DATABASE");
    *nearest = length > 3 ? word_list_nearest(&checker->report->arena, schemes, arena_strndup(&checker->scratch, value, length), true) : NULL;
    return !*nearest;
}

/* One of a list. */
static bool is_item(enum form form, const char *item)
{
    const char *colon = strchr(item, ':');

    switch (form) {
    case FORM_PORTS:
        return *item == '*' || (!item[strspn(item, DIGITS)] && strtol(item, NULL, 10) < 65536);
    case FORM_RANGES:
        return *item == '*' || format_is_valid(&format_cidr, item);
    case FORM_ORIGINS:
        /* Patterns are for readers that take them. */
        return strpbrk(item, "*^") || !strcmp(item, "null") || (colon && !strncmp(colon, "://", 3) && !strchr(colon + 3, '/'));
    case FORM_HOSTS:
        return !colon || strncmp(colon, "://", 3);
    default:
        return !colon || strchr(colon + 1, ':');
    }
}

static bool is_list(struct checker *checker, enum form form, const char *value)
{
    static const char around[] = " ,[]\"'\n";

    for (const char *item = value + strspn(value, around); *item; item += strspn(item, around)) {
        size_t length = strcspn(item, around);

        if (!is_item(form, arena_strndup(&checker->scratch, item, length)))
            return false;
        item += length;
    }
    return true;
}

static bool has_form(struct checker *checker, const char *name, const char *value, enum form form, const char **nearest)
{
    size_t length = strlen(value), digits = strspn(value, DIGITS);
    bool is_number = strspn(value, DIGITS ".-_") == length;
    long number = strtol(value, NULL, 10);

    if (*known[form].right == ' ') {
        if (word_list_has(known[form].right, value, length))
            return true;
        *nearest = word_list_nearest(&checker->report->arena, known[form].right, value, form >= FORM_LEVEL);
        return form >= FORM_LEVEL && !*nearest;
    }
    switch (form) {
    case FORM_ZONE:
        /* Rules of POSIX have digits, and words such as local are for one reader. */
        if (strpbrk(value, DIGITS ":") || time_zone_gap(value) || (letter_is_lower(*value) && !strchr(value, '/')))
            return true;
        *nearest = nearest_time_zone(&checker->report->arena, value);
        return false;
    case FORM_NUMBER:
        return is_number;
    case FORM_SHARE:
        return !is_number || number < 2 || number > 100;
    case FORM_SECONDS:
    case FORM_MILLISECONDS:
        return is_number && (!strstr(name, "TIMEOUT") || number < 1 || (form == FORM_SECONDS ? number < 5000 || number % 3600 == 0 : number > 60));
    case FORM_GO_MEMORY:
        return !strcmp(value, "off") || !value[digits] || !strcmp(value + digits, "B") || !strcmp(value + digits + 1, "iB");
    case FORM_MODULE:
        return !strchr(value, '/');
    case FORM_URL:
        return is_url(checker, name, value, nearest);
    case FORM_SIZE:
        return digits && (!value[digits] || (strchr("kKmMgG", value[digits]) && !value[digits + 1]));
    case FORM_QUANTITY:
        return format_is_valid(&format_quantity, value);
    case FORM_NEVER:
        return false;
    case FORM_ANY:
        return true;
    default:
        return is_list(checker, form, value);
    }
}

static bool check_form(struct checker *checker, struct where where, const char *name, const char *value, enum form form)
{
    const char *nearest = NULL, *right = known[form].right;

    if (!*value || strchr(value, '$') || has_form(checker, name, value, form, &nearest))
        return true;
    hint_nearest(found(checker, HD_VALUE_NOT_READ, where, "%.80s should not be \"%.60s\"", name, value), nearest,
                 "write %s; if what reads it takes this too, accept this with silence",
                 *right == ' ' ? word_list_listed(&checker->report->arena, right) : right);
    return false;
}

/* A text that can only be meant as JSON. */
static void check_json(struct checker *checker, const struct hd_env *env)
{
    const char *begin = env->value + (*env->value == '[' && env->value[1] == '{'), *expected, *at;
    size_t length = strlen(env->value);

    if (!*begin || !begin[1] || !strchr("[{", *begin) || !strchr("\"'", begin[1]) || !strchr("]}", env->value[length - 1]) || strchr(env->value, '$'))
        return;
    at = json_fault(env->value, &expected);
    if (at)
        hint(found(checker, HD_VALUE_NOT_READ, AT(env, value), "%.80s is no JSON: %s is expected at \"%.20s\"", env->name, expected, at),
             "correct it; if what reads it takes this too, accept this with silence");
}

/* The kubelet asks by the pod's address, which is none of these hosts. */
static void check_hosts(struct checker *checker, const struct hd_container *container, const struct hd_env *env)
{
    const struct hd_http_get_action *get = &container->readiness_probe.http_get;
    struct finding *finding;

    if (!*env->value || strpbrk(env->value, "*$") || container->readiness_probe.enabled != HD_TRUE || !struct_is_set(&hd_http_get_action_struct, get))
        return;
    for (size_t i = 0; i < get->n_http_headers; i++)
        if (get->http_headers[i].name && letters_same(get->http_headers[i].name, "host", 4) && !get->http_headers[i].name[4])
            return;
    finding = found(checker, HD_PROBE_PROTOCOL, AT(env, value), "the probe asks by the pod's address, which is not among the hosts that are allowed");
    also_at(finding, AT_STRUCT(&container->readiness_probe), "the probe");
    hint(finding, "write httpHeaders: {Host: %.*s} for the probes; if the program lets the kubelet in, accept this with silence",
         (int)strcspn(env->value, ", "), env->value);
}

void check_form_of_variable(struct checker *checker, const struct hd_container *container, const struct hd_env *env)
{
    size_t form = 0;

    check_json(checker, env);
    while (form < N_FORMS && !word_list_ends(known[form].names, env->name))
        form++;
    /* Clients of Elasticsearch and of memcached take addresses. */
    if (form == N_FORMS && is_server_name(env->name) && !strstr(env->name, "ELASTIC") && !strstr(env->name, "CACHE"))
        form = FORM_HOST;
    if (form < N_FORMS && check_form(checker, AT(env, value), env->name, env->value, (enum form)form) && form == FORM_HOSTS && strstr(env->name, "ALLOWED"))
        check_hosts(checker, container, env);
}

/* Whose keys they are. */
static const char *const readers_of_annotations[] = {"nginx.ingress.kubernetes.io", "prometheus.io", "traffic.sidecar.istio.io"};

static void check_key(struct checker *checker, const struct hd_pair *pair, const char *key)
{
    struct arena *arena = &checker->report->arena;
    const char *nearest = NULL;

    for (size_t form = 0; form < N_FORMS; form++) {
        if (word_list_has(known[form].names, key, strlen(key)))
            return;
        nearest = nearest ? nearest : word_list_nearest(arena, known[form].names, key, true);
    }
    if (nearest)
        hint_nearest(found(checker, HD_VALUE_NOT_READ, AT(pair, name), "nobody reads the annotation %.100s", pair->name),
                     arena_printf(arena, "%.*s%s", (int)(key - pair->name), pair->name, nearest), "correct it");
}

/* Annotations of the controller nginx, of Prometheus, and of Istio's sidecars. */
static void check_list(struct checker *checker, const struct hd_pair *pairs, size_t n_pairs)
{
    for (size_t i = 0; i < n_pairs; i++) {
        const char *name = pairs[i].name, *slash = name ? strchr(name, '/') : NULL, *word = NULL;

        if (slash && IS_AMONG(arena_strndup(&checker->scratch, name, (size_t)(slash - name)), readers_of_annotations))
            check_key(checker, &pairs[i], slash + 1);
        if (slash && pairs[i].value && (strstr(name, "nginx.ingress.") || strstr(name, "sidecar.istio.")))
            word = arena_printf(&checker->scratch, " %s ", slash + 1);
        for (size_t form = 0; word && form < N_FORMS; form++)
            if (strstr(known[form].names, word))
                check_form(checker, AT(&pairs[i], value), name, pairs[i].value, (enum form)form);
    }
}

void check_annotations_of_ingress(struct checker *checker)
{
    check_list(checker, checker->app->ingress.annotations, checker->app->ingress.n_annotations);
}

void check_annotations_of_pods(struct checker *checker, const struct hd_service *service)
{
    const struct hd_pod *pod = &service->pod;

    check_list(checker, pod->pod_annotations, pod->n_pod_annotations);
    for (size_t i = 0; i < pod->n_pod_annotations; i++)
        if (same_text(pod->pod_annotations[i].name, "prometheus.io/port") && pod->pod_annotations[i].value)
            check_scrape_annotation(checker, service, &pod->pod_annotations[i]);
}
