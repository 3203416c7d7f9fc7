/* Rules for queries of Prometheus: it takes them, and they say something about what is there. */
#include "core/text/among.h"
#include "core/text/monitoring_units.h"
#include "core/text/promql_read.h"
#include "core/text/suggest.h"
#include "model/checks.h"

#include <string.h>

/* Labels whose value is the name of a service, in the metrics of Istio, Kubernetes and the SDKs. */
static const char *const service_labels[] = {"service",       "app",          "service_name", "destination_workload", "destination_service_name",
                                             "source_workload", "destination_app", "deployment"};

static bool is_name_letter(char c)
{
    return letter_is_digit(c) || letter_is_lower(letter_lower(c)) || c == '_';
}

/* The name before label="value", of which `equals` is the =. */
static bool names_service(const char *query, const char *equals)
{
    const char *begin = equals;

    while (begin > query && is_name_letter(begin[-1]))
        begin--;
    return IS_AMONG_ANY_CASE(begin, (size_t)(equals - begin), service_labels);
}

/* Only a name that is nearly that of a service: others may be outside of the application. */
static void check_value(struct checker *checker, struct where where, const char *query, const char *value, size_t length)
{
    char name[64];
    struct suggestion suggestion;
    struct finding *finding;

    if (!length || length >= sizeof name || checker->n_suggestions >= MOST_SUGGESTIONS)
        return;
    memcpy(name, value, length);
    name[length] = '\0';
    if (graph_callee(checker->model, name).service || graph_callee(checker->model, name).external)
        return;
    checker->n_suggestions++;
    suggestion = suggest_for(name);
    for (size_t i = 0; i < checker->app->n_services; i++)
        if (checker->app->services[i].name)
            suggest_try(&suggestion, checker->app->services[i].name);
    if (!suggestion.nearest || suggestion.distance > 2)
        return;
    finding = found(checker, HD_QUERY_OF_NOBODY, where, "the query asks for \"%s\", but no service has that name", name);
    found_inside(finding, query, value);
    hint(finding, "did you mean %s? If another application has this name, accept this with silence", suggestion.nearest);
}

/* 5.., GET|POST and /health.* are for =~ and !~ alone. */
static bool is_pattern(const char *value, size_t length)
{
    const char *sign = value + strcspn(value, "*+|\"");

    return *sign == '|' || (*sign != '"' && sign > value && sign[-1] == '.') || (length == 3 && value[1] == '.' && value[2] == '.');
}

static void report_pattern(struct checker *checker, struct where where, const char *query, const char *value, size_t length)
{
    struct finding *finding = found(checker, HD_QUERY_OF_NOBODY, where, "no label is \"%.*s\" letter by letter", (int)(length > 40 ? 40 : length), value);

    found_inside(finding, query, value);
    hint(finding, "write =~ or !~; if no pattern is meant, accept this with silence");
}

static void check_names(struct checker *checker, struct where where, const char *query)
{
    for (const char *equals = strstr(query, "=\""); equals; equals = strstr(equals + 2, "=\"")) {
        size_t length = strcspn(equals + 2, "\"");

        if (is_pattern(equals + 2, length))
            report_pattern(checker, where, query, equals + 2, length);
        else if (names_service(query, equals))
            check_value(checker, where, query, equals + 2, length);
    }
}

/* Whether a number is above 1: 99, 1.5, but not 1.0 and 0.99. */
static bool is_above_one(const char *number)
{
    const char *digits = number + strspn(number, "0");
    size_t whole = strspn(digits, "0123456789");

    if (whole != 1 || *digits != '1')
        return whole > 0;
    return digits[1] == '.' && digits[2 + strspn(digits + 2, "0")] && letter_is_digit(digits[2 + strspn(digits + 2, "0")]);
}

/* Prometheus answers +Inf for a quantile above 1, which no bound means. */
static void check_quantile(struct checker *checker, struct where where, const char *query)
{
    static const char name[] = "quantile";

    for (const char *call = strstr(query, name); call; call = strstr(call + 1, name)) {
        const char *number = call + strlen(name);
        struct finding *finding;

        number += strncmp(number, "_over_time", 10) ? 0 : 10;
        number += strspn(number, " ");
        if (*number != '(')
            continue;
        number += strspn(number, "( ");
        if (!is_above_one(number) || !strchr(",. )", number[strspn(number, "0123456789.")]))
            continue;
        finding = found(checker, HD_QUANTILE_ABOVE_ONE, where, "the quantile %.*s is above 1, so the result is always infinite",
                        (int)strcspn(number, ", )"), number);
        found_inside(finding, query, number);
        hint(finding, "write it as a fraction, 0.99 in place of 99; if it is no quantile of histogram_quantile, accept this with silence");
        return;
    }
}

/* What is behind a text in quotes, a comment, or the matchers in braces; the same place when none begins there. */
static const char *behind_aside(const char *at)
{
    bool in_braces = *at == '{';

    if (*at == '#')
        return at + strcspn(at, "\n");
    if (!in_braces && !strchr("\"'`", *at))
        return at;
    for (char end = in_braces ? '}' : *at++; *at && *at != end; at++) {
        if (*at == '\\' && !in_braces && end != '`' && at[1])
            at++;
        else if (in_braces && strchr("\"'`", *at)) {
            at = behind_aside(at);
            at--;
        }
    }
    return at + (*at != '\0');
}

/* Whether the query asks with this name, which ends in _total, for a value, and not for a range of values or whether there is any. */
static bool is_value_of_counter(const char *query, const char *begin, const char *behind)
{
    behind += strspn(behind, " ");
    if (*behind == '{')
        behind = behind_aside(behind);
    behind += strspn(behind, " ");
    while (begin > query && strchr(" (", begin[-1]))
        begin--;
    return *behind != '[' && *behind != '=' && *behind != '!' && (begin - query < 6 || strncmp(begin - 6, "absent", 6) != 0);
}

/* A counter says how much there was since the process began; only its rate says how much there is. */
static void check_counter(struct checker *checker, struct where where, const char *query)
{
    static const char suffix[] = "_total";

    for (const char *at = query; *at;) {
        const char *begin = at, *aside = behind_aside(at);
        struct finding *finding;

        while (is_name_letter(*at) || *at == ':')
            at++;
        if (at > begin + strlen(suffix) && !strncmp(at - strlen(suffix), suffix, strlen(suffix)) && is_value_of_counter(query, begin, at)) {
            finding = found(checker, HD_COUNTER_WITHOUT_RATE, where, "%.*s only grows, so its value says nothing about this version",
                            (int)(at - begin > 60 ? 60 : at - begin), begin);
            found_inside(finding, query, begin);
            hint(finding, "write rate(...[5m]) or increase(...[5m]) around it; if the total is meant, accept this with silence");
            return;
        }
        at = aside > begin ? aside : at > begin ? at : at + 1;
    }
}

/* The first place of a word; NULL when there is none. */
static const char *word_in(const char *query, const char *word)
{
    size_t length = strlen(word);
    const char *at = strstr(query, word);

    while (at && ((at > query && is_name_letter(at[-1])) || is_name_letter(at[length])))
        at = strstr(at + 1, word);
    return at;
}

/* The sum of buckets of all bounds is none of them, and has no quantile. */
static void check_bounds(struct checker *checker, struct where where, const char *query)
{
    const char *call = strstr(query, "histogram_quantile"), *bucket = call ? strstr(call, "_bucket") : NULL, *sum = bucket ? word_in(call, "sum") : NULL;
    struct finding *finding;

    if (!sum || sum > bucket || word_in(query, "le") || word_in(query, "without"))
        return;
    finding = found(checker, HD_QUERY_OF_NOBODY, where, "the sum loses le, so the quantile has no buckets");
    found_inside(finding, query, sum);
    hint(finding, "write sum by (le) (...)");
}

/* A rate needs two samples. Where the model gives no interval, 15 s are presumed between them. */
static void check_windows(struct checker *checker, struct where where, const char *query)
{
    int64_t interval = prometheus_duration_ms(text_or(checker->app->telemetry.scraping.interval, "15s"));

    for (const char *call = query, *open; (call = strstr(call, "rate(")) && (open = strchr(call, '[')); call = open) {
        const char *window = arena_strndup(&checker->scratch, open + 1, strcspn(open + 1, "]"));
        int64_t length = prometheus_duration_ms(window);
        struct finding *finding;

        if (length < 1 || length >= 2 * interval)
            continue;
        finding = found(checker, HD_QUERY_OF_NOBODY, where, "a rate over %s has no result, because it needs two samples", window);
        found_inside(finding, query, open);
        hint(finding, "write [2m] or more; if the metric is scraped often enough, accept this with silence");
    }
}

void check_query(struct checker *checker, struct where where, const char *query, enum hd_code code, const char *consequence)
{
    struct promql_fault fault;
    struct finding *finding;

    if (!promql_is_valid(query, &fault)) {
        finding = found(checker, code, where, "Prometheus refuses the query: %s", fault.words);
        found_inside(finding, query, fault.at);
        hint(finding, "try the query in Prometheus first; %s", consequence);
        return;
    }
    if (strchr(query, '"'))
        check_names(checker, where, query);
    check_quantile(checker, where, query);
    check_bounds(checker, where, query);
    check_windows(checker, where, query);
    check_counter(checker, where, query);
}
