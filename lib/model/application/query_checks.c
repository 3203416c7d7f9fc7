/* Rules for queries of Prometheus: it takes them, and they say something about what is there. */
#include "core/text/among.h"
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

static void check_names(struct checker *checker, struct where where, const char *query)
{
    for (const char *equals = strstr(query, "=\""); equals; equals = strstr(equals + 2, "=\""))
        if (names_service(query, equals))
            check_value(checker, where, query, equals + 2, strcspn(equals + 2, "\""));
}

/* Prometheus answers +Inf for a quantile above 1, which no bound means. */
static void check_quantile(struct checker *checker, struct where where, const char *query)
{
    for (const char *call = strstr(query, "quantile"); call; call = strstr(call + 1, "quantile")) {
        const char *number = call + strcspn(call, "( "), *digits;
        struct finding *finding;
        size_t whole;

        number += strspn(number, "( ");
        digits = number + strspn(number, "0");
        whole = strspn(digits, "0123456789");
        if (number == digits + whole || !whole || (whole == 1 && *digits == '1' && digits[1] != '.') || !strchr(",. ", digits[whole]))
            continue;
        finding = found(checker, HD_QUANTILE_ABOVE_ONE, where, "the quantile %.*s is above 1, so the result is always infinite",
                        (int)strcspn(number, ", )"), number);
        found_inside(finding, query, number);
        hint(finding, "write it as a fraction, 0.99 in place of 99; if it is no quantile of histogram_quantile, accept this with silence");
        return;
    }
}

/* A counter says how much there was since the process began; only its rate says how much there is. */
static void check_counter(struct checker *checker, struct where where, const char *query)
{
    for (const char *end = strstr(query, "_total"); end; end = strstr(end + 1, "_total")) {
        const char *behind = end + strlen("_total"), *begin = end;
        struct finding *finding;

        if (is_name_letter(*behind))
            continue;
        behind += strspn(behind, " ");
        if (*behind == '{')
            behind += strcspn(behind, "}") + (behind[strcspn(behind, "}")] == '}');
        behind += strspn(behind, " ");
        while (begin > query && (is_name_letter(begin[-1]) || begin[-1] == ':'))
            begin--;
        if (*behind == '[' || *behind == '=' || *behind == '!' || (begin > query && (begin[-1] == '"' || begin[-1] == '\'')))
            continue;
        finding = found(checker, HD_COUNTER_WITHOUT_RATE, where, "%.*s only grows, so its value says nothing about this version",
                                        (int)(end - begin > 60 ? 60 : end - begin + 6), begin);

        found_inside(finding, query, begin);
        hint(finding, "write rate(...[5m]) or increase(...[5m]) around it; if the total is meant, accept this with silence");
        return;
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
    check_counter(checker, where, query);
}
