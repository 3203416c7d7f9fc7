/* Rules for secrets: each comes from somewhere, and goes somewhere. */
#include "model/checks.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/suggest.h"

#include <string.h>

void index_secrets(struct checker *checker)
{
    const struct hd_app *app = checker->app;

    names_init(&checker->report->arena, &checker->secrets, app->n_secrets);
    checker->secret_used = arena_array(&checker->report->arena, app->n_secrets, sizeof *checker->secret_used);
    checker->secret_opens_registry = arena_array(&checker->report->arena, app->n_secrets, sizeof *checker->secret_opens_registry);
    checker->secret_keys = arena_array(&checker->report->arena, app->n_secrets, sizeof *checker->secret_keys);
    for (size_t i = 0; i < app->n_secrets; i++) {
        const struct hd_secret *secret = &app->secrets[i];

        if (secret->name)
            names_add(&checker->secrets, secret->name, secret);
        names_init(&checker->report->arena, &checker->secret_keys[i], secret->n_keys);
        for (size_t k = 0; k < secret->n_keys; k++)
            if (secret->keys[k].name)
                names_add(&checker->secret_keys[i], secret->keys[k].name, &secret->keys[k]);
    }
}

const struct hd_secret *find_secret(struct checker *checker, const char *name, struct where where)
{
    const struct hd_app *app = checker->app;
    const struct hd_secret *secret = names_find(&checker->secrets, name);
    struct suggestion suggestion = suggest_for(name);
    struct finding *finding;

    if (secret) {
        checker->secret_used[secret - app->secrets] = true;
        return secret;
    }
    if (!where.object || foreign_makes_secret(checker->model, name))
        return NULL;
    finding = found(checker, HD_UNKNOWN_SECRET, where, "there is no secret \"%.80s\" in secrets", name);
    for (size_t i = 0; i < app->n_secrets && checker->n_suggestions < MOST_SUGGESTIONS; i++)
        if (app->secrets[i].name)
            suggest_try(&suggestion, app->secrets[i].name);
    checker->n_suggestions++;
    hint_nearest(finding, suggestion.nearest,
                 "declare it: secrets: {%.80s: {keys: {...}}}, with existing: true if it is created outside of the model", name);
    return NULL;
}

bool secret_has_key(const struct checker *checker, const struct hd_secret *secret, const char *key)
{
    return names_find(&checker->secret_keys[secret - checker->app->secrets], key) != NULL;
}

void check_secret_key(struct checker *checker, const struct hd_secret *secret, const char *key, struct where where)
{
    struct suggestion suggestion = suggest_for(key);
    struct finding *finding;
    const char *list = NULL;

    /* A secret without any keys is reported itself. */
    if (!secret->n_keys || secret_has_key(checker, secret, key))
        return;
    for (size_t i = 0; i < secret->n_keys; i++) {
        const char *name = secret->keys[i].name;

        if (!name || !*name)
            continue;
        if (checker->n_suggestions < MOST_SUGGESTIONS)
            suggest_try(&suggestion, name);
        if (i < 12)
            list = arena_listed(&checker->report->arena, list, name);
    }
    /* Keys without names are reported themselves. */
    if (!list)
        return;
    checker->n_suggestions++;
    finding = found(checker, HD_UNKNOWN_SECRET_KEY, where, "the secret %s has no key \"%.80s\"", secret->name, key);
    also_at(finding, AT(secret, keys), "its keys: %s", list);
    hint_nearest(finding, suggestion.nearest, "use one of its keys (%s), or add the key to the secret", list);
}

static void check_files(struct checker *checker, const char *name, struct where where, enum hd_bool optional,
                        const struct hd_key_to_path *items, size_t n_items)
{
    const struct hd_secret *secret = name ? find_secret(checker, name, optional == HD_TRUE ? (struct where){0} : where) : NULL;

    for (size_t i = 0; secret && optional != HD_TRUE && i < n_items; i++)
        if (items[i].key)
            check_secret_key(checker, secret, items[i].key, AT(&items[i], key));
}

/* Secrets that become files, or open registries. */
void check_secret_volumes(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++) {
        const struct hd_volume *volume = &service->pod.volumes[i];

        /* Volumes of a collector come from elsewhere in the model, and are checked there. */
        if (volume->name == exporter_tls_volume_name)
            continue;
        check_files(checker, volume->secret.name, AT(&volume->secret, name), volume->secret.optional, volume->secret.items,
                    volume->secret.n_items);
        for (size_t k = 0; k < volume->n_projected; k++) {
            const struct hd_key_projection *secret = &volume->projected[k].secret;

            check_files(checker, secret->name, AT(secret, name), secret->optional, secret->items, secret->n_items);
        }
    }
    for (size_t i = 0; i < service->pod.n_image_pull_secrets; i++) {
        const char *name = service->pod.image_pull_secrets[i];
        const struct hd_secret *secret = name ? find_secret(checker, name, (struct where){0}) : NULL;

        if (secret)
            checker->secret_opens_registry[secret - checker->app->secrets] = true;
    }
}

/* Whether a duration is zero, however it is written: 0, 0s, 0h0m. */
static bool is_zero(const char *duration)
{
    return !duration[strcspn(duration, "123456789")];
}

static void check_secret(struct checker *checker, const struct hd_secret *secret)
{
    for (size_t i = 0; secret->existing != HD_TRUE && i < secret->n_keys; i++) {
        const struct hd_secret_key *key = &secret->keys[i];

        if (!key->remote_key && !at_refused(key->at, "remoteKey"))
            hint(found(checker, HD_NO_REMOTE_KEY, AT_STRUCT(key), "%s has no remoteKey, so its place in the secret store is unknown",
                       text_or(key->name, "this key")),
                 "give the key in the store: {remoteKey: shop/database, property: url}; or write existing: true in the secret if it is "
                 "created outside of the model");
    }
    if (secret->existing != HD_TRUE && secret->refresh_interval && format_is_valid(&format_duration, secret->refresh_interval) &&
        is_zero(secret->refresh_interval))
        hint(found(checker, HD_NEVER_REFRESHED, AT(secret, refresh_interval), "the secret is fetched once and never again"),
             "give an interval such as 1h, because a changed password would not arrive");
}

void check_secrets(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    bool said = false;

    for (size_t i = 0; i < app->n_secrets; i++) {
        const struct hd_secret *secret = &app->secrets[i];

        check_secret(checker, secret);
        /* Mostly the application's store was forgotten, so this is said once. */
        if (secret->existing == HD_TRUE || secret->store.name || said || at_refused(secret->store.at, "name") ||
            at_refused(app->secret_store.at, "name"))
            continue;
        said = true;
        hint(found(checker, HD_NO_STORE, AT_STRUCT(secret), "the secret %s has no store", text_or(secret->name, "")),
             "name the ClusterSecretStore for all secrets: secretStore: vault");
    }
}

/* The kubelet reads one key of a registry credential, and passes over a Secret without it. */
static void check_registry_credential(struct checker *checker, const struct hd_secret *secret)
{
    if (!secret->n_keys || secret_has_key(checker, secret, ".dockerconfigjson") ||
        (secret->existing == HD_TRUE && secret_has_key(checker, secret, ".dockercfg")))
        return;
    hint(found(checker, HD_PULL_SECRET_KEY, AT(secret, keys),
               "imagePullSecrets name the secret %.80s, which has no key .dockerconfigjson, so the kubelet does not use it", secret->name),
         "name the key so: keys: {.dockerconfigjson: shop/registry}");
}

void check_secrets_used(struct checker *checker)
{
    const struct hd_app *app = checker->app;

    for (size_t i = 0; i < app->n_secrets; i++) {
        if (checker->secret_opens_registry[i])
            check_registry_credential(checker, &app->secrets[i]);
        if (!checker->secret_used[i] && app->secrets[i].name && names_find(&checker->secrets, app->secrets[i].name) == &app->secrets[i])
            hint(found(checker, HD_SECRET_UNUSED, AT(&app->secrets[i], name), "no service uses the secret %s", app->secrets[i].name),
                 "use it in env, envFrom or volumes, or remove it, because a secret that nobody needs should not be in the namespace");
    }
}
