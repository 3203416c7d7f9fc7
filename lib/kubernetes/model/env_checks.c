/* Rules for environment variables. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/credential.h"
#include "core/text/quantity.h"
#include "model/checks.h"
#include "model/container.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

/* Fields of a pod that the kubelet can put into a variable. (Kubernetes: core/v1 validation) */
static const char *const pod_fields[] = {
    "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
    "status.hostIP", "status.hostIPs",     "status.podIP", "status.podIPs",
};
static const char *const container_resources[] = {"cpu", "memory", "ephemeral-storage"};

static const char *name_of(const struct hd_env *env)
{
    return text_or(env->name, "");
}

static bool has_source(const struct hd_env *env)
{
    return env->secret || env->config_map || env->field || env->resource;
}

/* Whether the loader refused what was given as value or source. */
static bool was_given(const struct hd_at *at)
{
    return at_refused(at, "value") || at_refused(at, "secret") || at_refused(at, "configMap") || at_refused(at, "field") || at_refused(at, "resource");
}

static void check_source(struct checker *checker, const struct hd_env *env)
{
    const struct hd_at *at = struct_at(&hd_env_struct, env);

    if (env->secret || env->config_map) {
        if (!env->key && !at_refused(at, "key"))
            hint(found(checker, HD_ENV_WITHOUT_KEY, env->secret ? AT(env, secret) : AT(env, config_map),
                       "the variable names %s, but no key of it", env->secret ? env->secret : env->config_map),
                 "add key; to take all keys as variables, use envFrom");
    } else if (env->key) {
        if (!at_refused(at, "secret") && !at_refused(at, "configMap"))
            hint(found(checker, HD_ENV_KEY_ALONE, AT(env, key), "key is given without secret or configMap"),
                 "name the secret or ConfigMap beside it: {secret: ..., key: %.80s}", env->key);
    } else if (!env->value && !has_source(env) && !was_given(at) && env->name && format_is_valid(&format_env_name, env->name)) {
        hint(found(checker, HD_ENV_WITHOUT_VALUE, AT_STRUCT(env), "%s has neither a value nor a source", name_of(env)),
             "write %s: some-value, %s: \"\" for an empty value, or %s: {secret: ..., key: ...}", name_of(env), name_of(env), name_of(env));
    }
    if (env->divisor && !env->resource && !at_refused(at, "resource"))
        hint(found(checker, HD_BAD_DIVISOR, AT(env, divisor), "divisor is given without resource"),
             "add a resource such as resource: limits.memory, or remove divisor");
}

static bool is_pod_field(const char *field)
{
    static const char *const maps[] = {"metadata.labels['", "metadata.annotations['"};
    size_t length = strlen(field);

    if (IS_AMONG(field, pod_fields))
        return true;
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        if (!strncmp(field, maps[i], strlen(maps[i])))
            return length > strlen(maps[i]) + 2 && !strcmp(field + length - 2, "']");
    return false;
}

static void check_field(struct checker *checker, const struct hd_env *env)
{
    struct finding *finding;
    const char *nearest;

    if (is_pod_field(env->field))
        return;
    finding = found(checker, HD_BAD_FIELD, AT(env, field), "a variable cannot take its value from the field \"%.80s\"", env->field);
    nearest = hd_did_you_mean(env->field, pod_fields, sizeof pod_fields / sizeof *pod_fields);
    hint_nearest(finding, nearest,
                 "use metadata.name, .namespace, .uid, .labels['key'], .annotations['key'], spec.nodeName, spec.serviceAccountName, "
                 "status.podIP, status.podIPs, status.hostIP or status.hostIPs");
}

static bool is_container_resource(const char *name)
{
    if (!strncmp(name, "hugepages-", 10))
        return name[10] != '\0';
    return IS_AMONG(name, container_resources);
}

/* Divisors are 1 and 1m for cpu; 1 and the whole units for everything else. */
static bool is_divisor(const char *divisor, bool is_cpu)
{
    static const char *const units[] = {"1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"};
    char canonical[QUANTITY_LONGEST];

    quantity_canonical(canonical, divisor);
    if (!strcmp(canonical, "0"))
        return true;
    if (is_cpu)
        return !strcmp(canonical, "1") || !strcmp(canonical, "1m");
    return IS_AMONG(canonical, units);
}

static void check_resource(struct checker *checker, const struct hd_env *env)
{
    const char *dot = strchr(env->resource, '.');
    bool of_container = !strncmp(env->resource, "limits.", 7) || !strncmp(env->resource, "requests.", 9);

    if (!of_container || !is_container_resource(dot + 1)) {
        hint(found(checker, HD_BAD_RESOURCE, AT(env, resource), "a variable cannot take its value from the resource \"%.80s\"",
                   env->resource),
             "use limits. or requests. and cpu, memory, ephemeral-storage or hugepages-SIZE, such as limits.memory");
        return;
    }
    if (env->divisor && quantity_is_valid(env->divisor) && !is_divisor(env->divisor, !strcmp(dot + 1, "cpu")))
        hint(found(checker, HD_BAD_DIVISOR, AT(env, divisor), "%s cannot be given in units of %.40s", env->resource, env->divisor), "%s",
             !strcmp(dot + 1, "cpu") ? "use 1 for whole CPUs or 1m for thousandths" : "use 1 for bytes, or one unit such as 1Mi or 1Gi");
}

static void check_value(struct checker *checker, const struct hd_env *env)
{
    size_t length = strlen(env->value);
    const char *kind = credential_kind(env->value, length);
    struct finding *finding;

    if (kind)
        finding = found(checker, HD_LITERAL_CREDENTIAL, AT(env, value), "the value of %s holds %s", name_of(env), kind);
    else if (is_credential_name(name_of(env), strlen(name_of(env))) && !is_harmless(env->value, length) &&
             !names_find(&checker->secrets, env->value))
        finding = found(checker, HD_LITERAL_CREDENTIAL, AT(env, value), "the value of %s looks like a credential", name_of(env));
    else
        return;
    hint(finding,
         "keep it in the secret store: %s: {secret: my-secret, key: value}, with "
         "secrets: {my-secret: {keys: {value: path/in/the/store}}}",
         name_of(env));
}

static void check_variable(struct checker *checker, const struct hd_env *env)
{
    bool optional = env->optional == HD_TRUE;
    const struct hd_secret *secret =
        env->secret && *env->secret ? find_secret(checker, env->secret, optional ? (struct where){0} : AT(env, secret)) : NULL;

    check_source(checker, env);
    if (secret && env->key && !optional)
        check_secret_key(checker, secret, env->key, AT(env, key));
    if (env->field)
        check_field(checker, env);
    if (env->resource)
        check_resource(checker, env);
    if (env->value)
        check_value(checker, env);
}

static void check_env_from(struct checker *checker, const struct hd_env_from *from)
{
    if (from->secret && *from->secret)
        find_secret(checker, from->secret, from->optional == HD_TRUE ? (struct where){0} : AT(from, secret));
    if (!from->secret && !from->config_map && !at_refused(from->at, "secret") && !at_refused(from->at, "configMap"))
        hint(found(checker, HD_ENV_FROM_NOTHING, AT_STRUCT(from), "envFrom names neither a secret nor a configMap"),
             "name a secret or a ConfigMap: envFrom: [{secret: ...}]");
}

/* Two sources with the same key: the later one hides the value of the earlier one. */
static void check_sources_apart(struct checker *checker, const struct hd_container *container)
{
    struct names names;

    if (container->n_env_from < 2)
        return;
    names_init(&checker->report->arena, &names, container->n_env_from);
    for (size_t i = 0; i < container->n_env_from; i++) {
        const struct hd_env_from *from = &container->env_from[i], *other = NULL;
        const struct hd_secret *secret = from->secret ? names_find(&checker->secrets, from->secret) : NULL;
        const char *twice = NULL;
        struct finding *finding;

        for (size_t k = 0; secret && k < secret->n_keys && !other; k++) {
            twice = arena_printf(&checker->report->arena, "%s%s", text_or(from->prefix, ""),
                                 text_or(secret->keys[k].name, ""));
            other = names_add(&names, twice, from);
        }
        if (!other || other->secret == from->secret)
            continue;
        finding = found(checker, HD_ENV_FROM_TWICE, AT(from, secret), "%s has the key %.80s as well as %s, and only its value is seen",
                        from->secret, twice, other->secret);
        also_at(finding, AT(other, secret), "the other secret");
        hint(finding, "write a prefix for one of them: {secret: %s, prefix: DB_}; or take single keys with env", from->secret);
    }
}

void check_container_env(struct checker *checker, const struct hd_service *service, const struct hd_container *container)
{
    const struct collector *collector = collector_first(checker->model);

    /* Variables of a collector come from elsewhere in the model, and are checked there. */
    if (collector && container->n_env && container->env == collector->service->container.env)
        return;
    for (size_t i = 0; i < container->n_env; i++)
        check_variable(checker, &container->env[i]);
    for (size_t i = 0; i < container->n_env_from; i++)
        check_env_from(checker, &container->env_from[i]);
    check_sources_apart(checker, container);
    check_references(checker, service, container);
}

void check_env(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_containers(service); i++)
        check_container_env(checker, service, service_container_at(service, i).container);
}
