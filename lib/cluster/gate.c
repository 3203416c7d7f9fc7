#include "gate.h"

#include <string.h>

enum { MOST_WORDS = 256, MOST_REQUESTS = 4096 };

#define DEFAULT_TRUST_DOMAIN "cluster.local"

/* The trust domain of the mesh is not in the manifests, unless it is given. Istio reads cluster.local as the own one. */
static enum truth principal_matches(const struct pattern *pattern, const struct caller *caller)
{
    const struct patterns one = {(struct pattern *)(uintptr_t)pattern, 1};
    const char *slash = strchr(pattern->text, '/');
    enum truth truth = patterns_match(one, caller->principal);
    struct pattern rest = {pattern->kind, slash};

    if (truth == TRUTH_YES || pattern->kind == PATTERN_SUFFIX)
        return truth;
    if (caller->own_principal)
        return patterns_match(one, caller->own_principal);
    if (!slash || !strncmp(pattern->text, DEFAULT_TRUST_DOMAIN "/", sizeof DEFAULT_TRUST_DOMAIN))
        return pattern->kind == PATTERN_PREFIX && !slash ? TRUTH_UNKNOWN : TRUTH_NO;
    return patterns_match((struct patterns){&rest, 1}, strchr(caller->principal, '/')) == TRUTH_YES ? TRUTH_UNKNOWN : TRUTH_NO;
}

static enum truth identity_matches(const struct term *term, const struct caller *caller)
{
    enum truth truth = TRUTH_NO;

    if (caller->kind == CALLER_PLAIN)
        return TRUTH_NO;
    for (size_t i = 0; i < term->patterns.n && truth < TRUTH_YES; i++) {
        const struct pattern *pattern = &term->patterns.items[i];
        const struct patterns one = {term->patterns.items + i, 1};

        if (caller->kind == CALLER_ANYBODY || (caller->kind == CALLER_SOMEBODY && pattern->kind != PATTERN_PRESENT))
            truth = TRUTH_UNKNOWN;
        else if (caller->kind == CALLER_SOMEBODY)
            truth = TRUTH_YES;
        else if (term->attribute == ATTRIBUTE_PRINCIPAL)
            truth = truth_or(truth, principal_matches(pattern, caller));
        else
            truth = truth_or(truth, patterns_match(one, term->attribute == ATTRIBUTE_NAMESPACE ? caller->namespace : caller->account));
    }
    return truth;
}

/* An address of outside stands for a range that each block contains as a whole or not at all. Those of pods are not in the manifests. */
static enum truth address_matches(const struct term *term, const struct caller *caller)
{
    if (!caller->address)
        return TRUTH_UNKNOWN;
    for (size_t i = 0; i < term->n; i++)
        if (ip_range_contains(&term->blocks[i], caller->address))
            return TRUTH_YES;
    return TRUTH_NO;
}

static enum truth port_matches(const struct term *term, uint16_t port)
{
    for (size_t i = 0; i < term->n; i++)
        if (term->ports[i] == port)
            return TRUTH_YES;
    return TRUTH_NO;
}

static enum truth term_matches(const struct term *term, const struct request *request)
{
    if (request->is_any && term->attribute >= ATTRIBUTE_HTTP)
        return TRUTH_UNKNOWN;
    switch (term->attribute) {
    case ATTRIBUTE_PRINCIPAL:
    case ATTRIBUTE_NAMESPACE:
    case ATTRIBUTE_ACCOUNT:
        return identity_matches(term, request->caller);
    case ATTRIBUTE_ADDRESS:
        return address_matches(term, request->caller);
    case ATTRIBUTE_PORT:
        return port_matches(term, request->port);
    case ATTRIBUTE_METHOD:
        return patterns_match(term->patterns, request->method);
    case ATTRIBUTE_PATH:
        return patterns_match(term->patterns, request->path);
    case ATTRIBUTE_HOST:
        return patterns_match(term->patterns, request->host);
    default:
        return TRUTH_UNKNOWN;
    }
}

/* Whether the proxy knows the attribute of such a request. */
static bool is_read(const struct gate *gate, const struct request *request, enum attribute attribute)
{
    if (attribute >= ATTRIBUTE_HTTP)
        return request->method != NULL;
    return attribute != ATTRIBUTE_OTHER || !gate->is_ztunnel;
}

static enum truth all_match(const struct gate *gate, const struct terms *terms, const struct request *request)
{
    enum truth truth = TRUTH_YES;

    for (size_t i = 0; i < terms->n && truth > TRUTH_NO; i++) {
        const struct term *term = &terms->items[i];
        enum truth matches;

        if (!is_read(gate, request, term->attribute))
            continue;
        matches = term_matches(term, request);
        truth = truth_and(truth, term->is_not ? truth_not(matches) : matches);
    }
    return truth;
}

static enum truth one_matches(const struct gate *gate, const struct terms *list, size_t n, const struct request *request)
{
    enum truth truth = n ? TRUTH_NO : TRUTH_YES;

    for (size_t i = 0; i < n && truth < TRUTH_YES; i++)
        truth = truth_or(truth, all_match(gate, &list[i], request));
    return truth;
}

/* A rule that asks for what a proxy does not know allows nothing there; one that denies does so without asking for it. */
enum truth rule_matches(const struct gate *gate, const struct authorization *policy, const struct auth_rule *rule,
                        const struct request *request)
{
    enum truth truth;

    if (policy->action == AUTH_ALLOW && ((rule->has_http && !request->method) || (rule->has_other && gate->is_ztunnel)))
        return TRUTH_NO;
    truth = one_matches(gate, rule->to, rule->n_to, request);
    if (truth > TRUTH_NO)
        truth = truth_and(truth, one_matches(gate, rule->from, rule->n_from, request));
    return truth > TRUTH_NO ? truth_and(truth, all_match(gate, &rule->when, request)) : truth;
}

static enum truth policy_matches(const struct gate *gate, const struct authorization *policy, const struct request *request)
{
    enum truth truth = TRUTH_NO;

    for (size_t i = 0; i < policy->n_rules && truth < TRUTH_YES; i++)
        truth = truth_or(truth, rule_matches(gate, policy, &policy->rules[i], request));
    return truth;
}

enum truth gate_passes(const struct gate *gate, const struct request *request)
{
    enum truth matches[] = {[AUTH_ALLOW] = TRUTH_NO, [AUTH_DENY] = TRUTH_NO, [AUTH_CUSTOM] = TRUTH_NO};
    bool has_allow = false;
    enum truth passes;

    for (size_t i = 0; i < gate->n && matches[AUTH_DENY] < TRUTH_YES; i++) {
        const struct authorization *policy = gate->policies[i];

        has_allow = has_allow || policy->action == AUTH_ALLOW;
        if (matches[policy->action] < TRUTH_YES)
            matches[policy->action] = truth_or(matches[policy->action], policy_matches(gate, policy, request));
    }
    passes = has_allow ? matches[AUTH_ALLOW] : TRUTH_YES;
    passes = truth_and(passes, truth_not(matches[AUTH_DENY]));
    return matches[AUTH_CUSTOM] == TRUTH_NO ? passes : truth_and(passes, TRUTH_UNKNOWN);
}

static struct patterns add(struct arena *arena, const struct terms *terms, enum attribute attribute, struct patterns with)
{
    for (size_t i = 0; i < terms->n; i++)
        for (size_t j = 0; terms->items[i].attribute == attribute && j < terms->items[i].patterns.n; j++) {
            arena_grow(arena, with.items, with.n);
            with.items[with.n++] = terms->items[i].patterns.items[j];
        }
    return with;
}

struct patterns gate_patterns(struct arena *arena, const struct gate *gate, enum attribute attribute, struct patterns with)
{
    for (size_t i = 0; i < gate->n; i++)
        for (size_t j = 0; j < gate->policies[i]->n_rules; j++)
            for (size_t k = 0; k < gate->policies[i]->rules[j].n_to; k++)
                with = add(arena, &gate->policies[i]->rules[j].to[k], attribute, with);
    return with;
}

static bool make(struct arena *arena, const struct gate *gate, enum attribute attribute, const char *first, struct words *words)
{
    return words_make(arena, gate_patterns(arena, gate, attribute, (struct patterns){NULL, 0}), first, MOST_WORDS, words);
}

void gate_settle(struct gate *gate, struct arena *arena)
{
    for (size_t i = 0; i < gate->n; i++)
        for (size_t j = 0; j < gate->policies[i]->n_rules; j++)
            gate->has_http = gate->has_http || gate->policies[i]->rules[j].has_http;
    if (!gate->has_http || gate->is_ztunnel)
        return;
    gate->has_words = make(arena, gate, ATTRIBUTE_METHOD, "GET", &gate->methods) && make(arena, gate, ATTRIBUTE_PATH, "/", &gate->paths) &&
                      make(arena, gate, ATTRIBUTE_HOST, "host", &gate->hosts);
    gate->has_words = gate->has_words && gate->methods.n * gate->paths.n * gate->hosts.n <= MOST_REQUESTS;
}

/* The answers about several requests, as one. */
struct answers {
    bool any[TRUTH_YES + 1];
};

static enum access access_of(const struct answers *answers)
{
    if (answers->any[TRUTH_YES])
        return answers->any[TRUTH_NO] || answers->any[TRUTH_UNKNOWN] ? ACCESS_SOME : ACCESS_ALL;
    return answers->any[TRUTH_UNKNOWN] ? ACCESS_UNKNOWN : ACCESS_NONE;
}

/* Asks about all requests that the proxy reads. Often who calls and the port decide alone. */
static void ask_all(const struct gate *gate, struct request *request, struct answers *answers)
{
    enum truth truth;

    request->is_any = true;
    request->method = "";
    truth = gate_passes(gate, request);
    request->is_any = false;
    if (truth != TRUTH_UNKNOWN || !gate->has_words) {
        answers->any[truth] = true;
        return;
    }
    for (size_t i = 0; i < gate->methods.n; i++)
        for (size_t j = 0; j < gate->paths.n; j++)
            for (size_t k = 0; k < gate->hosts.n && access_of(answers) != ACCESS_SOME; k++) {
                request->method = gate->methods.items[i];
                request->path = gate->paths.items[j];
                request->host = gate->hosts.items[k];
                answers->any[gate_passes(gate, request)] = true;
            }
}

enum access gate_access(const struct gate *gate, const struct caller *caller, uint16_t port, enum protocol protocol)
{
    struct request request = {.caller = caller, .port = port};
    struct answers answers = {{false}};
    bool reads = gate->has_http && !gate->is_ztunnel && protocol != PROTOCOL_TCP;

    if (!gate->n)
        return ACCESS_ALL;
    if (!reads || protocol == PROTOCOL_ANY)
        answers.any[gate_passes(gate, &request)] = true;
    if (reads)
        ask_all(gate, &request, &answers);
    return access_of(&answers);
}
