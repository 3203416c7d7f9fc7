/* Rules for the rights of a service's account. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/letter.h"
#include "core/text/suggest.h"
#include "core/text/word_list.h"
#include "model/checks.h"
#include "parts.h"
#include "rights.h"

static const char *const verbs[] = {"get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"};
/* Verbs that pass a boundary: whoever has them can take further rights. */
static const char *const escalating[] = {"escalate", "bind", "impersonate"};

/* Words for what a verb does, and the verb. */
static const char *const other_words[][2] = {{"read", "get"},    {"view", "get"},   {"write", "update"},
                                             {"edit", "update"}, {"add", "create"}, {"remove", "delete"}};

static void wildcard(struct checker *checker, struct where where, const char *what)
{
    hint(found(checker, HD_RIGHTS_WILDCARD, where, "* gives rights for all %s, also for those that are added later", what),
         "list those that the service needs");
}

/* The verb that a wrong word probably stands for, or NULL. Special resources have other verbs, so not every unknown word is a mistake. */
static const char *meant_verb(const char *word)
{
    for (size_t i = 0; i < sizeof other_words / sizeof *other_words; i++)
        if (!strcmp(word, other_words[i][0]))
            return other_words[i][1];
    return hd_did_you_mean(word, verbs, sizeof verbs / sizeof *verbs);
}

static void check_verbs(struct checker *checker, const struct hd_policy_rule *rule)
{
    for (size_t i = 0; i < rule->n_verbs; i++) {
        const char *verb = rule->verbs[i];

        if (!*verb || IS_AMONG(verb, verbs))
            continue;
        if (!strcmp(verb, "*")) {
            wildcard(checker, AT_ITEM(rule, verbs, i), "verbs");
        } else if (IS_AMONG(verb, escalating)) {
            hint(found(checker, HD_RIGHTS_ESCALATE, AT_ITEM(rule, verbs, i), "with %s the service can take rights that it was not given",
                       verb),
                 "remove it, because hardly any application needs it, and give the rights themselves");
        } else if (meant_verb(verb)) {
            struct finding *finding = found(checker, HD_RIGHTS_UNKNOWN_VERB, AT_ITEM(rule, verbs, i), "no request has the verb %.40s", verb);

            hint(finding, "did you mean %s?", meant_verb(verb));
            meant(finding, verb, "%s", meant_verb(verb));
        }
    }
}

/* Whether a word is the kind (ConfigMap, configmap, ConfigMaps) of a resource (configmaps). */
static bool is_kind_of(const char *word, size_t length, const char *resource)
{
    size_t rest = strlen(resource);

    if (length > rest || length + 2 < rest || (length == rest && !memcmp(word, resource, length)))
        return false;
    for (size_t i = 0; i < length; i++)
        if (letter_lower(word[i]) != resource[i])
            return false;
    return length == rest || !strcmp(resource + length, "s") || !strcmp(resource + length, "es");
}

/* Several groups may have a resource of one name; the first is the usual one. */
static void check_group_of(struct checker *checker, const struct hd_policy_rule *rule, size_t index)
{
    const char *resource = rule->resources[index];
    size_t length = strcspn(resource, "/");
    const struct api_resource *first = NULL;
    struct finding *finding;

    for (size_t k = 0; k < n_api_resources; k++) {
        if (strlen(api_resources[k].resource) != length || memcmp(api_resources[k].resource, resource, length) != 0)
            continue;
        if (is_among(api_resources[k].group, rule->api_groups, rule->n_api_groups))
            return;
        if (!first)
            first = &api_resources[k];
    }
    if (!first)
        return;
    finding = found(checker, HD_RIGHTS_WRONG_GROUP, AT_ITEM(rule, resources, index),
                    "%.80s are in the API group \"%s\", which this rule does not name", resource, first->group);
    also_at(finding, AT(rule, api_groups), "the groups of the rule");
    hint(finding, "write apiGroups: [\"%s\"]; resources of several groups need a rule each", first->group);
}

/* A rule is for resources of API groups, or for paths that are no resources. (Kubernetes: rbac/validation) */
static void check_object_of(struct checker *checker, const struct hd_policy_rule *rule)
{
    if (rule->n_non_resource_urls) {
        struct finding *finding;

        if (!rule->api_groups && !rule->resource_names)
            return;
        finding = found(checker, HD_RIGHTS_OF_NOTHING, rule->api_groups ? AT(rule, api_groups) : AT(rule, resource_names),
                        "%s is for resources, but the rule is for nonResourceURLs", rule->api_groups ? "apiGroups" : "resourceNames");
        also_at(finding, AT(rule, non_resource_urls), "the rule's nonResourceURLs");
        hint(finding, "remove it, or write a rule of its own for the resources");
        return;
    }
    if (!rule->n_resources && !at_refused(rule->at, "resources") && !at_refused(rule->at, "nonResourceURLs"))
        hint(found(checker, HD_RIGHTS_OF_NOTHING, AT_STRUCT(rule), "the rule is for nothing: it names no resources"),
             "write resources: [configmaps], or nonResourceURLs: [/metrics]");
    else if (!rule->n_api_groups && !at_refused(rule->at, "apiGroups"))
        hint(found(checker, HD_RIGHTS_OF_NOTHING, AT_STRUCT(rule), "the rule is for nothing: it names no apiGroups"),
             "write apiGroups: [\"\"] for the core group, [apps] for Deployments");
}

static void check_groups(struct checker *checker, const struct hd_policy_rule *rule)
{
    bool every_group = is_among("*", rule->api_groups, rule->n_api_groups);

    for (size_t i = 0; i < rule->n_api_groups; i++)
        if (!strcmp(rule->api_groups[i], "*"))
            wildcard(checker, AT_ITEM(rule, api_groups, i), "API groups");
    for (size_t i = 0; i < rule->n_resources; i++) {
        const char *resource = rule->resources[i];
        size_t length = strcspn(resource, "/");

        if (!strcmp(resource, "*"))
            wildcard(checker, AT_ITEM(rule, resources, i), "resources");
        for (size_t k = 0; k < n_api_resources; k++)
            if (is_kind_of(resource, length, api_resources[k].resource)) {
                hint(found(checker, HD_RIGHTS_SINGULAR, AT_ITEM(rule, resources, i), "no resource is called %.80s", resource),
                     "resources are in the plural and in lower case: %s", api_resources[k].resource);
                break;
            }
        if (!every_group && rule->n_api_groups)
            check_group_of(checker, rule, i);
    }
}

/* Names are only known of objects that are there, or that a request for many selects by name. */
static void check_names(struct checker *checker, const struct hd_policy_rule *rule)
{
    for (size_t i = 0; rule->n_resource_names && i < rule->n_verbs; i++) {
        const char *verb = rule->verbs[i];
        bool creates = same_text(verb, "create"), lists = same_text(verb, "list") || same_text(verb, "watch");
        struct finding *finding;

        if (!creates && !lists && !same_text(verb, "deletecollection"))
            continue;
        if (lists && is_among("get", rule->verbs, rule->n_verbs) && rule->n_resource_names == 1)
            continue;
        /* The names of subresources are those of their objects. */
        if (creates && rule->n_resources && strchr(rule->resources[0], '/'))
            continue;
        finding = found(checker, HD_RIGHTS_BY_NAME, AT_ITEM(rule, verbs, i), "%s cannot be restricted by resourceNames, %s", verb,
                        creates ? "because the name is not known when the right is checked, so the right never applies"
                                : "unless the request selects one object by its name");
        also_at(finding, AT(rule, resource_names), "the names");
        hint(finding, "write a rule of its own for %s, without resourceNames%s", verb,
             creates ? "" : "; if the program selects by metadata.name, accept this with silence");
        return;
    }
}

/* Subresources, and the verbs that requests for them have. (Kubernetes: API reference) */
static const struct subresource {
    const char *name, *of, *verbs;
} subresources[] = {
    {"log", " pods ", " get "},
    {"exec", " pods ", " create get "},
    {"attach", " pods ", " create get "},
    {"portforward", " pods ", " create get "},
    {"proxy", " pods services nodes ", " create get update patch delete "},
    {"eviction", " pods ", " create "},
    {"binding", " pods ", " create "},
    {"ephemeralcontainers", " pods ", " get update patch "},
    {"resize", " pods ", " get update patch "},
    {"status", NULL, " get update patch "},
    {"scale", " deployments statefulsets replicasets replicationcontrollers ", " get update patch "},
    {"token", " serviceaccounts ", " create "},
    {"finalizers", NULL, " update "},
    {"finalize", " namespaces ", " update "},
    {"approval", " certificatesigningrequests ", " get update patch "},
};

/* Only a name that is nearly known: others may belong to a newer Kubernetes. */
static void no_subresource(struct checker *checker, struct where where, const char *resource, const char *name)
{
    struct suggestion suggestion = suggest_for(name);

    for (size_t i = 0; i < sizeof subresources / sizeof *subresources; i++)
        suggest_try(&suggestion, subresources[i].name);
    if (suggestion.nearest)
        hint(found(checker, HD_RIGHTS_SUBRESOURCE, where, "there is no subresource %.80s", resource), "did you mean %s?", suggestion.nearest);
}

static bool is_known_resource(const char *resource, size_t length)
{
    for (size_t i = 0; i < n_api_resources; i++)
        if (strlen(api_resources[i].resource) == length && !memcmp(api_resources[i].resource, resource, length))
            return true;
    return false;
}

static void check_subresource(struct checker *checker, const struct hd_policy_rule *rule, size_t index)
{
    const char *resource = rule->resources[index], *slash = strchr(resource, '/');
    const struct subresource *known = NULL;
    size_t length = slash ? (size_t)(slash - resource) : 0;
    bool applies = false;

    if (!slash || !strcmp(slash, "/*") || !is_known_resource(resource, length))
        return;
    for (size_t i = 0; i < sizeof subresources / sizeof *subresources; i++)
        if (!strcmp(slash + 1, subresources[i].name) && (!subresources[i].of || word_list_has(subresources[i].of, resource, length)))
            known = &subresources[i];
    if (!known) {
        no_subresource(checker, AT_ITEM(rule, resources, index), resource, slash + 1);
        return;
    }
    for (size_t i = 0; i < rule->n_verbs; i++)
        applies |= !strcmp(rule->verbs[i], "*") || word_list_has(known->verbs, rule->verbs[i], strlen(rule->verbs[i]));
    if (!applies && rule->n_verbs)
        hint(found(checker, HD_RIGHTS_SUBRESOURCE, AT_ITEM(rule, verbs, 0), "no request for %.80s has the verb %.40s", resource, rule->verbs[0]),
             "the verbs of %s are %s", slash + 1, word_list_listed(&checker->report->arena, known->verbs));
}

static void check_secrets_read(struct checker *checker, const struct hd_policy_rule *rule)
{
    bool reads = is_among("get", rule->verbs, rule->n_verbs) || is_among("list", rule->verbs, rule->n_verbs) ||
                 is_among("watch", rule->verbs, rule->n_verbs);

    for (size_t i = 0; i < rule->n_resources; i++)
        if (reads && !strcmp(rule->resources[i], "secrets") && !rule->n_resource_names)
            hint(found(checker, HD_RIGHTS_SECRETS, AT_ITEM(rule, resources, i), "the service can read every secret of the namespace"),
                 "name the secrets that it needs: resourceNames: [...]; for its own secrets it needs no right: use env or volumes");
}

static void check_account(struct checker *checker, const struct hd_service_account *account)
{
    struct finding *finding;

    if (account->name && account->n_rules) {
        finding =
            found(checker, HD_RIGHTS_OF_OTHERS, AT(account, rules), "all pods that use the account %s get these rights too", account->name);
        also_at(finding, AT(account, name), "the account exists already");
        hint(finding, "remove name: the service then gets its own account with these rights");
    }
    if (account->n_rules && account->automount_service_account_token == HD_FALSE) {
        finding = found(checker, HD_RIGHTS_WITHOUT_TOKEN, AT(account, automount_service_account_token),
                        "automountServiceAccountToken is false, so the pods have no token and cannot use the rights");
        also_at(finding, AT(account, rules), "the rights");
        hint(finding, "remove automountServiceAccountToken: with rules the pods get a token");
    }
}

void check_service_account(struct checker *checker, const struct hd_service *service)
{
    const struct hd_service_account *account = &service->pod.service_account;

    check_account(checker, account);
    for (size_t i = 0; i < account->n_rules; i++) {
        check_object_of(checker, &account->rules[i]);
        check_verbs(checker, &account->rules[i]);
        check_groups(checker, &account->rules[i]);
        check_names(checker, &account->rules[i]);
        for (size_t k = 0; k < account->rules[i].n_resources; k++)
            check_subresource(checker, &account->rules[i], k);
        check_secrets_read(checker, &account->rules[i]);
    }
}
