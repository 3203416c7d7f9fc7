/* ExternalSecret: lets the External Secrets Operator bring a secret from its store. */
#include "kinds.h"
#include "model/tables.h"

/* A secret and what its pods use it for. */
struct brought {
    const struct hd_secret *secret;
    bool opens_registry; /* imagePullSecrets of some pod name it */
};

static void pull_secrets(struct hd_model *model, struct names *ret)
{
    const struct hd_app *app = model->app;
    size_t n = 0;

    for (size_t i = 0; i < app->n_services; i++)
        n += app->services[i].pod.n_image_pull_secrets;
    names_init(&model->arena, ret, n);
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].pod.n_image_pull_secrets; k++)
            names_add(ret, app->services[i].pod.image_pull_secrets[k], app);
}

static void plan_external_secret(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_app *app = model->app;
    struct names pulled;

    pull_secrets(model, &pulled);
    for (size_t i = 0; i < app->n_secrets; i++) {
        struct brought *brought;

        if (app->secrets[i].existing == HD_TRUE)
            continue;
        brought = arena_new(&model->arena, struct brought);
        *brought = (struct brought){&app->secrets[i], app->secrets[i].name && names_find(&pulled, app->secrets[i].name)};
        plan_add(model, row, app->secrets[i].name, NULL, brought);
    }
}

static void emit_external_secret(struct yaml_out *y, const struct subject *subject)
{
    const struct brought *brought = subject->object;
    const struct hd_secret *secret = brought->secret;

    MAP(y, "spec") {
        y_str(y, "refreshInterval", secret->refresh_interval);
        MAP(y, "secretStoreRef") {
            y_str(y, "name", secret->store.name);
            y_str(y, "kind", enum_name(&hd_store_kind_enum, (int)secret->store.kind));
        }
        MAP(y, "target") {
            y_str(y, "name", secret->name);
            y_str(y, "creationPolicy", "Owner");
            /* The kubelet uses no Secret of another type; the operator would make an Opaque one. */
            if (brought->opens_registry)
                MAP(y, "template")
                    y_str(y, "type", "kubernetes.io/dockerconfigjson");
        }
        SEQ(y, "data")
            for (size_t i = 0; i < secret->n_keys; i++)
                ITEM(y) {
                    y_str(y, "secretKey", secret->keys[i].name);
                    MAP(y, "remoteRef") {
                        y_str(y, "key", secret->keys[i].remote_key);
                        y_str(y, "property", secret->keys[i].property);
                        y_str(y, "version", secret->keys[i].version);
                        /* The definition's defaults: filled in inside of a list, they would be a change with each apply. */
                        y_str(y, "conversionStrategy", "Default");
                        y_str(y, "decodingStrategy", "None");
                        y_str(y, "metadataPolicy", "None");
                    }
                }
    }
}

const struct plan_row external_secret_row = {
    .step = 25,
    .info = {"external-secrets.io", "v1", "ExternalSecret", "kubernetes", "for a secret that is brought from a store"},
    .plan_app = plan_external_secret,
    .emit = emit_external_secret,
};
