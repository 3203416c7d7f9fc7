/* Rules for the rights of a service's account. */
#include "core/text/among.h"
#include "core/text/letter.h"
#include "model/checks.h"
#include "parts.h"

static const char *const verbs[] = {"get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"};
/* Verbs that pass a boundary: whoever has them can take further rights. */
static const char *const escalating[] = {"escalate", "bind", "impersonate"};

/* Words for what a verb does, and the verb. */
static const char *const other_words[][2] = {{"read", "get"},    {"view", "get"},   {"write", "update"},
                                             {"edit", "update"}, {"add", "create"}, {"remove", "delete"}};

/* Resources that rules often name, and their API group. */
static const struct resource_group {
    const char *resource;
    const char *group;
} known[] = {
    {"pods", ""},
    {"services", ""},
    {"endpoints", ""},
    {"configmaps", ""},
    {"secrets", ""},
    {"events", ""},
    {"serviceaccounts", ""},
    {"persistentvolumeclaims", ""},
    {"deployments", "apps"},
    {"statefulsets", "apps"},
    {"daemonsets", "apps"},
    {"replicasets", "apps"},
    {"jobs", "batch"},
    {"cronjobs", "batch"},
    {"horizontalpodautoscalers", "autoscaling"},
    {"poddisruptionbudgets", "policy"},
    {"ingresses", "networking.k8s.io"},
    {"networkpolicies", "networking.k8s.io"},
    {"leases", "coordination.k8s.io"},
    {"endpointslices", "discovery.k8s.io"},
};

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

        if (!verb || !*verb || IS_AMONG(verb, verbs))
            continue;
        if (!strcmp(verb, "*")) {
            wildcard(checker, AT_ITEM(rule, verbs, i), "verbs");
        } else if (IS_AMONG(verb, escalating)) {
            hint(found(checker, HD_RIGHTS_ESCALATE, AT_ITEM(rule, verbs, i), "with %s the service can take rights that it was not given",
                       verb),
                 "remove it, because hardly any application needs it, and give the rights themselves");
        } else if (meant_verb(verb)) {
            hint(found(checker, HD_RIGHTS_UNKNOWN_VERB, AT_ITEM(rule, verbs, i), "no request has the verb %.40s", verb), "did you mean %s?",
                 meant_verb(verb));
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

static void check_groups(struct checker *checker, const struct hd_policy_rule *rule)
{
    bool every_group = is_among("*", rule->api_groups, rule->n_api_groups);

    for (size_t i = 0; i < rule->n_api_groups; i++)
        if (rule->api_groups[i] && !strcmp(rule->api_groups[i], "*"))
            wildcard(checker, AT_ITEM(rule, api_groups, i), "API groups");
    for (size_t i = 0; i < rule->n_resources; i++) {
        const char *resource = rule->resources[i];
        size_t length = resource ? strcspn(resource, "/") : 0;

        if (!resource)
            continue;
        if (!strcmp(resource, "*"))
            wildcard(checker, AT_ITEM(rule, resources, i), "resources");
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (is_kind_of(resource, length, known[k].resource))
                hint(found(checker, HD_RIGHTS_SINGULAR, AT_ITEM(rule, resources, i), "no resource is called %.80s", resource),
                     "resources are in the plural and in lower case: %s", known[k].resource);
        for (size_t k = 0; k < sizeof known / sizeof *known && !every_group && rule->n_api_groups; k++)
            if (strlen(known[k].resource) == length && !memcmp(known[k].resource, resource, length) &&
                !is_among(known[k].group, rule->api_groups, rule->n_api_groups) && !(length == 6 && !memcmp(resource, "events", 6))) {
                struct finding *finding =
                    found(checker, HD_RIGHTS_WRONG_GROUP, AT_ITEM(rule, resources, i),
                          "%.80s are in the API group \"%s\", which this rule does not name", resource, known[k].group);

                also_at(finding, AT(rule, api_groups), "the groups of the rule");
                hint(finding, "write apiGroups: [\"%s\"]; resources of several groups need a rule each", known[k].group);
            }
    }
}

static void check_secrets_read(struct checker *checker, const struct hd_policy_rule *rule)
{
    bool reads = is_among("get", rule->verbs, rule->n_verbs) || is_among("list", rule->verbs, rule->n_verbs) ||
                 is_among("watch", rule->verbs, rule->n_verbs);

    for (size_t i = 0; i < rule->n_resources; i++)
        if (reads && rule->resources[i] && !strcmp(rule->resources[i], "secrets") && !rule->n_resource_names)
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
        check_verbs(checker, &account->rules[i]);
        check_groups(checker, &account->rules[i]);
        check_secrets_read(checker, &account->rules[i]);
    }
}
