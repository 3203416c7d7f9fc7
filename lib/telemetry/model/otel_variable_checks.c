/* Rules for variables of OpenTelemetry's SDKs that the user sets by hand: names and values that the SDKs know. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/format.h"
#include "core/text/suggest.h"
#include "core/text/word_list.h"
#include "model/checks.h"
#include "model/container.h"
#include "model/tables.h"
#include "parts.h"

#include <string.h>

/* How a value is written. Of open lists SDKs may know more words, so that only one that is nearly right counts as misspelled. */
enum value_kind { ANY_VALUE, ONE_WORD, OPEN_WORDS, TRUTH_VALUE, SOME_NUMBER, SOME_PAIRS };

/* (OpenTelemetry: specification, environment variables) */
static const struct otel_variable {
    const char *name;
    enum value_kind kind;
    const char *words; /* with a space around each */
} otel_variables[] = {
    {"OTEL_SDK_DISABLED", TRUTH_VALUE, NULL},
    {"OTEL_RESOURCE_ATTRIBUTES", SOME_PAIRS, NULL},
    {"OTEL_SERVICE_NAME", ANY_VALUE, NULL},
    {"OTEL_LOG_LEVEL", OPEN_WORDS, " none error warn info debug verbose all "},
    {"OTEL_PROPAGATORS", OPEN_WORDS, " tracecontext baggage b3 b3multi jaeger xray ottrace none "},
    {"OTEL_TRACES_SAMPLER", ONE_WORD,
     " always_on always_off traceidratio parentbased_always_on parentbased_always_off parentbased_traceidratio "
     "parentbased_jaeger_remote jaeger_remote xray "},
    {"OTEL_TRACES_SAMPLER_ARG", ANY_VALUE, NULL},
    {"OTEL_TRACES_EXPORTER", OPEN_WORDS, " otlp console none zipkin logging jaeger otlp_proto_grpc otlp_proto_http "},
    {"OTEL_METRICS_EXPORTER", OPEN_WORDS, " otlp console none prometheus logging otlp_proto_grpc otlp_proto_http "},
    {"OTEL_LOGS_EXPORTER", OPEN_WORDS, " otlp console none logging otlp_proto_grpc otlp_proto_http "},
    {"OTEL_METRICS_EXEMPLAR_FILTER", ONE_WORD, " always_on always_off trace_based "},
    {"OTEL_METRIC_EXPORT_INTERVAL", SOME_NUMBER, NULL},
    {"OTEL_METRIC_EXPORT_TIMEOUT", SOME_NUMBER, NULL},
    {"OTEL_BSP_SCHEDULE_DELAY", SOME_NUMBER, NULL},
    {"OTEL_BSP_EXPORT_TIMEOUT", SOME_NUMBER, NULL},
    {"OTEL_BSP_MAX_QUEUE_SIZE", SOME_NUMBER, NULL},
    {"OTEL_BSP_MAX_EXPORT_BATCH_SIZE", SOME_NUMBER, NULL},
    {"OTEL_EXPORTER_OTLP_ENDPOINT", ANY_VALUE, NULL},
    {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", ANY_VALUE, NULL},
    {"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", ANY_VALUE, NULL},
    {"OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", ANY_VALUE, NULL},
    {"OTEL_EXPORTER_OTLP_PROTOCOL", ONE_WORD, " grpc http/protobuf http/json "},
    {"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", ONE_WORD, " grpc http/protobuf http/json "},
    {"OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", ONE_WORD, " grpc http/protobuf http/json "},
    {"OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", ONE_WORD, " grpc http/protobuf http/json "},
    {"OTEL_EXPORTER_OTLP_HEADERS", SOME_PAIRS, NULL},
    {"OTEL_EXPORTER_OTLP_TIMEOUT", SOME_NUMBER, NULL},
    {"OTEL_EXPORTER_OTLP_COMPRESSION", ONE_WORD, " gzip none "},
    {"OTEL_EXPORTER_OTLP_INSECURE", TRUTH_VALUE, NULL},
    {"OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", ONE_WORD, " cumulative delta lowmemory "},
};

static void report_word(struct checker *checker, const struct hd_env *env, const struct otel_variable *known, const char *word)
{
    const char *nearest = word_list_nearest(&checker->report->arena, known->words, word, false);
    struct finding *finding;

    if (known->kind == OPEN_WORDS && !nearest)
        return;
    finding = found(checker, HD_OTEL_VALUE, AT(env, value), "OpenTelemetry's SDKs do not know \"%.60s\" as %s", word, env->name);
    hint_nearest(finding, nearest, "write one of %s", word_list_listed(&checker->report->arena, known->words));
}

static void check_words(struct checker *checker, const struct hd_env *env, const struct otel_variable *known)
{
    for (const char *word = env->value + strspn(env->value, " "); *word;) {
        size_t length = strcspn(word, known->kind == OPEN_WORDS ? ", " : " ");

        if (length && !word_list_has(known->words, word, length)) {
            report_word(checker, env, known, arena_strndup(&checker->report->arena, word, length));
            return;
        }
        word += length + strspn(word + length, ", ");
    }
}

static struct finding *not_understood(struct checker *checker, const struct hd_env *env, const char *meant)
{
    return found(checker, HD_OTEL_VALUE, AT(env, value), "OpenTelemetry's SDKs do not understand \"%.60s\" as %s, which is %s", env->value,
                 env->name, meant);
}

static void check_pairs(struct checker *checker, const struct hd_env *env)
{
    for (const char *pair = env->value; *pair;) {
        size_t length = strcspn(pair, ",");

        if (length > strspn(pair, " ") && !memchr(pair, '=', length)) {
            hint(not_understood(checker, env, "a list of key=value"), "write key=value, and a comma between two");
            return;
        }
        pair += length + (pair[length] == ',');
    }
}

static const char *value_of(const struct hd_container *container, const char *name)
{
    for (size_t i = 0; i < container->n_env; i++)
        if (same_text(container->env[i].name, name))
            return container->env[i].value;
    return NULL;
}

/* The share of traces that a sampler by ratio keeps. */
static void check_ratio(struct checker *checker, const struct hd_container *container, const struct hd_env *env)
{
    const char *sampler = value_of(container, "OTEL_TRACES_SAMPLER");

    if (sampler && strstr(sampler, "traceidratio") && !format_is_valid(&format_ratio, env->value))
        hint(not_understood(checker, env, "a share from 0 to 1"), "write 0.1 for ten percent");
}

static void check_known(struct checker *checker, const struct hd_container *container, const struct hd_env *env,
                        const struct otel_variable *known)
{
    size_t digits = strspn(env->value, "0123456789");

    switch (known->kind) {
    case ONE_WORD:
    case OPEN_WORDS:
        check_words(checker, env, known);
        break;
    case TRUTH_VALUE:
        if (!word_list_has(" true false ", env->value, strlen(env->value)))
            hint(not_understood(checker, env, "true or false"), "write \"true\" or \"false\"; anything else counts as false");
        break;
    case SOME_NUMBER:
        if (!digits)
            hint(not_understood(checker, env, "a number"), "write a number; times are in milliseconds");
        break;
    case SOME_PAIRS:
        check_pairs(checker, env);
        break;
    case ANY_VALUE:
        if (!strcmp(env->name, "OTEL_TRACES_SAMPLER_ARG"))
            check_ratio(checker, container, env);
        break;
    }
}

/* Only a name that is nearly known: SDKs of single languages have many of their own. */
static void check_name(struct checker *checker, const struct hd_env *env)
{
    struct suggestion suggestion = suggest_for(env->name);
    struct finding *finding;

    for (size_t i = 0; i < sizeof otel_variables / sizeof *otel_variables; i++)
        suggest_try(&suggestion, otel_variables[i].name);
    if (!suggestion.nearest || suggestion.distance > 2)
        return;
    finding = found(checker, HD_OTEL_NAME, AT(env, name), "no SDK of OpenTelemetry reads \"%.80s\"", env->name);
    hint_nearest(finding, suggestion.nearest, "see the variables of OpenTelemetry's specification");
}

static void check_variable(struct checker *checker, const struct hd_container *container, const struct hd_env *env)
{
    for (size_t i = 0; i < sizeof otel_variables / sizeof *otel_variables; i++)
        if (!strcmp(env->name, otel_variables[i].name)) {
            if (env->value && *env->value && !strchr(env->value, '$'))
                check_known(checker, container, env, &otel_variables[i]);
            return;
        }
    check_name(checker, env);
}

void check_otel_variables(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_containers(service); i++) {
        const struct hd_container *container = service_container_at(service, i).container;

        for (size_t k = 0; k < container->n_env; k++) {
            const struct hd_env *env = &container->env[k];

            /* The library's own have no place in a file. */
            if (env->name && !strncmp(env->name, "OTEL_", 5) && struct_at(&hd_env_struct, env)->line)
                check_variable(checker, container, env);
        }
    }
}
