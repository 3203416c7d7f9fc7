/* ExternalSecret: lets the External Secrets Operator bring a secret from its store. */
#include "kinds.h"
#include "model/tables.h"

static void plan_external_secret(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_app *app = model->app;

    for (size_t i = 0; i < app->n_secrets; i++)
        if (app->secrets[i].existing != HD_TRUE)
            plan_add(model, row, app->secrets[i].name, NULL, &app->secrets[i]);
}

static void emit_external_secret(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_secret *secret = subject->object;

    MAP(y, "spec") {
        y_str(y, "refreshInterval", secret->refresh_interval);
        MAP(y, "secretStoreRef") {
            y_str(y, "name", secret->store.name);
            y_str(y, "kind", enum_name(&hd_store_kind_enum, (int)secret->store.kind));
        }
        MAP(y, "target") {
            y_str(y, "name", secret->name);
            y_str(y, "creationPolicy", "Owner");
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
