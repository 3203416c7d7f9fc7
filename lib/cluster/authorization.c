/* AuthorizationPolicy, as security.istio.io/v1 describes it. */
#include "core/text/letter.h"
#include "kinds.h"

#include <string.h>

/* A key, the attribute that its list is about, and whether its values must not match. */
struct key {
    const char *name;
    enum attribute attribute;
    bool is_not;
};

static const struct key source_keys[] = {
    {"principals", ATTRIBUTE_PRINCIPAL, false},
    {"notPrincipals", ATTRIBUTE_PRINCIPAL, true},
    {"requestPrincipals", ATTRIBUTE_OTHER_HTTP, false},
    {"notRequestPrincipals", ATTRIBUTE_OTHER_HTTP, true},
    {"namespaces", ATTRIBUTE_NAMESPACE, false},
    {"notNamespaces", ATTRIBUTE_NAMESPACE, true},
    {"serviceAccounts", ATTRIBUTE_ACCOUNT, false},
    {"notServiceAccounts", ATTRIBUTE_ACCOUNT, true},
    {"ipBlocks", ATTRIBUTE_ADDRESS, false},
    {"notIpBlocks", ATTRIBUTE_ADDRESS, true},
    {"remoteIpBlocks", ATTRIBUTE_OTHER, false},
    {"notRemoteIpBlocks", ATTRIBUTE_OTHER, true},
    {NULL, ATTRIBUTE_OTHER, false},
};

static const struct key operation_keys[] = {
    {"hosts", ATTRIBUTE_HOST, false},
    {"notHosts", ATTRIBUTE_HOST, true},
    {"ports", ATTRIBUTE_PORT, false},
    {"notPorts", ATTRIBUTE_PORT, true},
    {"methods", ATTRIBUTE_METHOD, false},
    {"notMethods", ATTRIBUTE_METHOD, true},
    {"paths", ATTRIBUTE_PATH, false},
    {"notPaths", ATTRIBUTE_PATH, true},
    {NULL, ATTRIBUTE_OTHER, false},
};

/* Keys of conditions; of those that end in a bracket or a dot, more follows. */
static const struct key condition_keys[] = {
    {"source.ip", ATTRIBUTE_ADDRESS, false},
    {"source.namespace", ATTRIBUTE_NAMESPACE, false},
    {"source.principal", ATTRIBUTE_PRINCIPAL, false},
    {"source.serviceAccount", ATTRIBUTE_ACCOUNT, false},
    {"destination.port", ATTRIBUTE_PORT, false},
    {"destination.ip", ATTRIBUTE_OTHER, false},
    {"remote.ip", ATTRIBUTE_OTHER, false},
    {"connection.sni", ATTRIBUTE_OTHER, false},
    {"experimental.", ATTRIBUTE_OTHER, false},
    {"request.", ATTRIBUTE_OTHER_HTTP, false},
};

static bool read_address(const struct field *value, struct ip_range *range)
{
    const char *text = text_of(value);
    const char *bits = text && strchr(text, ':') ? "%s/128" : "%s/32";

    if (text && ip_read_block(strchr(text, '/') ? text : arena_printf(value->manifest->arena, bits, text), range))
        return true;
    if (text)
        hint(refuse(value, HD_BAD_FORM, "%s is not a range of addresses", text), "write an address and its bits, such as 10.0.0.0/8");
    return false;
}

/* A port, which stands in quotes. */
static bool read_port(const struct field *value, uint16_t *port)
{
    const char *text = text_of(value);
    unsigned long number = 0;

    for (const char *c = text; c && *c && number <= 65535; c++)
        number = *c >= '0' && *c <= '9' ? number * 10 + (unsigned long)(*c - '0') : 65536;
    *port = (uint16_t)number;
    if (text && (!number || number > 65535))
        refuse(value, HD_OUT_OF_RANGE, "a port must be from 1 to 65535, not %s", text);
    return text != NULL;
}

/* Hosts are compared without regard to capital letters. */
static const char *lower(struct arena *arena, const char *text)
{
    char *copy = arena_strndup(arena, text, strlen(text));

    for (char *c = copy; *c; c++)
        *c = letter_lower(*c);
    return copy;
}

static void read_value(const struct field *value, struct term *term)
{
    struct arena *arena = value->manifest->arena;
    const char *text = text_of(value);

    if (!text)
        return;
    if (term->attribute == ATTRIBUTE_ADDRESS)
        term->n += read_address(value, &term->blocks[term->n]);
    else if (term->attribute == ATTRIBUTE_PORT)
        term->n += read_port(value, &term->ports[term->n]);
    else if (term->attribute == ATTRIBUTE_ACCOUNT && !strchr(text, '/'))
        term->patterns.items[term->patterns.n++] =
            (struct pattern){PATTERN_EXACT, arena_printf(arena, "%s/%s", value->manifest->object->namespace_name, text)};
    else if (term->attribute == ATTRIBUTE_ACCOUNT)
        term->patterns.items[term->patterns.n++] = (struct pattern){PATTERN_EXACT, text};
    else
        term->patterns.items[term->patterns.n++] = pattern_of(arena, term->attribute == ATTRIBUTE_HOST ? lower(arena, text) : text);
}

/* Adds a term for a list of values, which may be absent. */
static void add_term(const struct field *list, enum attribute attribute, bool is_not, struct terms *terms)
{
    struct arena *arena = list->manifest->arena;
    size_t n = item_count(list);
    struct term *term;

    if (!n)
        return;
    arena_grow(arena, terms->items, terms->n);
    term = &terms->items[terms->n++];
    *term = (struct term){.attribute = attribute, .is_not = is_not};
    if (attribute == ATTRIBUTE_ADDRESS)
        term->blocks = arena_array(arena, n, sizeof *term->blocks);
    else if (attribute == ATTRIBUTE_PORT)
        term->ports = arena_array(arena, n, sizeof *term->ports);
    else
        term->patterns.items = arena_array(arena, n, sizeof *term->patterns.items);
    for (size_t i = 0; i < n; i++) {
        struct field value = item(list, i);

        read_value(&value, term);
    }
}

/* Reads a source or an operation. */
static struct terms read_terms(const struct field *mapping, const struct key *keys)
{
    const char *names[16] = {NULL};
    struct terms terms = {NULL, 0};

    for (size_t i = 0; keys[i].name; i++)
        names[i] = keys[i].name;
    allow_keys(mapping, names);
    for (size_t i = 0; keys[i].name; i++) {
        struct field list = member(mapping, keys[i].name);

        add_term(&list, keys[i].attribute, keys[i].is_not, &terms);
    }
    if (!terms.n)
        refuse(mapping, HD_MISSING, "%s needs at least one of its members", mapping->key);
    return terms;
}

/* Reads `from` or `to`. */
static struct terms *read_list(const struct field *list, const char *key, const struct key *keys, size_t *ret_count)
{
    const char *const names[] = {key, NULL};
    size_t n = item_count(list);
    struct terms *all = arena_array(list->manifest->arena, n, sizeof *all);

    if (list->node && !n)
        hint(refuse(list, HD_MISSING, "%s is empty", list->key), "leave it out to mean everything");
    for (size_t i = 0; i < n; i++) {
        struct field entry = item(list, i), mapping = member(&entry, key);

        allow_keys(&entry, names);
        all[i] = read_terms(&mapping, keys);
    }
    *ret_count = n;
    return all;
}

static const struct key *condition_of(const char *name)
{
    for (size_t i = 0; i < sizeof condition_keys / sizeof *condition_keys; i++) {
        const struct key *key = &condition_keys[i];
        size_t length = strlen(key->name);

        if (!strcmp(key->name, name) || (key->name[length - 1] == '.' && !strncmp(key->name, name, length)))
            return key;
    }
    return NULL;
}

static void read_condition(const struct field *condition, struct terms *terms)
{
    static const char *const keys[] = {"key", "values", "notValues", NULL};
    struct field name = member(condition, "key"), values = member(condition, "values"), others = member(condition, "notValues");
    const char *text = text_of(&name);
    const struct key *key = text ? condition_of(text) : NULL;

    allow_keys(condition, keys);
    if (!name.node || (!item_count(&values) && !item_count(&others)))
        refuse(condition, HD_MISSING, "an entry of when needs key, and values or notValues");
    else if (text && !key)
        refuse(&name, HD_UNKNOWN_WORD, "Istio knows no attribute \"%s\"", text);
    if (!key)
        return;
    add_term(&values, key->attribute, false, terms);
    add_term(&others, key->attribute, true, terms);
}

static void note(struct auth_rule *rule, const struct terms *terms)
{
    for (size_t i = 0; i < terms->n; i++) {
        rule->has_http = rule->has_http || terms->items[i].attribute >= ATTRIBUTE_HTTP;
        rule->has_other = rule->has_other || terms->items[i].attribute == ATTRIBUTE_OTHER;
    }
}

static struct auth_rule read_rule(const struct field *field)
{
    static const char *const keys[] = {"from", "to", "when", NULL};
    struct field from = member(field, "from"), to = member(field, "to"), when = member(field, "when");
    struct auth_rule rule = {.place = place_of(field)};
    size_t n = item_count(&when);

    allow_keys(field, keys);
    rule.from = read_list(&from, "source", source_keys, &rule.n_from);
    rule.to = read_list(&to, "operation", operation_keys, &rule.n_to);
    for (size_t i = 0; i < n; i++) {
        struct field condition = item(&when, i);

        read_condition(&condition, &rule.when);
    }
    for (size_t i = 0; i < rule.n_from; i++)
        note(&rule, &rule.from[i]);
    for (size_t i = 0; i < rule.n_to; i++)
        note(&rule, &rule.to[i]);
    note(&rule, &rule.when);
    return rule;
}

static void add_target(const struct field *reference, struct authorization *policy)
{
    struct field kind = member(reference, "kind"), name = member(reference, "name");

    if (!reference->node)
        return;
    arena_grow(reference->manifest->arena, policy->targets, policy->n_targets);
    policy->targets[policy->n_targets++] = (struct auth_target){text_of(&kind), name_at(&name)};
    if (!kind.node || !name.node)
        refuse(reference, HD_MISSING, "a target needs kind and name");
}

static void read_targets(const struct field *spec, struct authorization *policy)
{
    struct field one = member(spec, "targetRef"), list = member(spec, "targetRefs");
    size_t n = item_count(&list);

    add_target(&one, policy);
    for (size_t i = 0; i < n; i++) {
        struct field reference = item(&list, i);

        add_target(&reference, policy);
    }
}

void read_authorization_policy(struct hd_cluster *cluster, const struct field *root)
{
    static const char *const keys[] = {"selector", "targetRef", "targetRefs", "action", "provider", "rules", NULL};
    static const char *const actions[] = {
        [AUTH_ALLOW] = "ALLOW", [AUTH_DENY] = "DENY", [AUTH_CUSTOM] = "CUSTOM", [AUTH_AUDIT] = "AUDIT", NULL};
    struct field spec = member(root, "spec"), pods = member(&spec, "selector"), action = member(&spec, "action");
    struct field rules = member(&spec, "rules");
    struct authorization *policy = arena_new(&cluster->arena, struct authorization);
    int word = word_of(&action, actions);

    allow_keys(&spec, keys);
    policy->object = root->manifest->object;
    policy->pods = read_match_labels(&pods);
    policy->action = word < 0 ? AUTH_ALLOW : (enum auth_action)word;
    read_targets(&spec, policy);
    policy->n_rules = item_count(&rules);
    policy->rules = arena_array(&cluster->arena, policy->n_rules, sizeof *policy->rules);
    for (size_t i = 0; i < policy->n_rules; i++) {
        struct field rule = item(&rules, i);

        policy->rules[i] = read_rule(&rule);
    }
    if (root->manifest->is_refused || policy->action == AUTH_AUDIT)
        return;
    arena_grow(&cluster->arena, cluster->authorizations, cluster->n_authorizations);
    cluster->authorizations[cluster->n_authorizations++] = policy;
}
