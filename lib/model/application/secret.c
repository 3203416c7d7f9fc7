/* Secrets, by reference to a store. */
#include "core/tables/field.h"
#include "core/tables/layer.h"
#include "model/resolve.h"
#include "model/tables.h"

WORDS(hd_store_kind, {"ClusterSecretStore", HD_CLUSTER_SECRET_STORE}, {"SecretStore", HD_SECRET_STORE});

#define T hd_secret_store
static const struct hd_field secret_store_fields[] = {
    STR("name", name, .format = &format_subdomain),
    ENUM("kind", kind, hd_store_kind, .def_int = HD_CLUSTER_SECRET_STORE),
};
const struct hd_struct hd_secret_store_struct = STRUCT(secret_store_fields, .scalar = "name");
#undef T

#define T hd_secret_key
static const struct hd_field secret_key_fields[] = {
    STR("name", name, .required = true, .format = &format_config_key),
    STR("remoteKey", remote_key, .format = &format_line),
    STR("property", property, .format = &format_line),
    STR("version", version, .format = &format_line),
};
const struct hd_struct hd_secret_key_struct = STRUCT(secret_key_fields, .scalar = "remoteKey", .keyed_by = "name");
#undef T

#define T hd_secret
static const struct hd_field secret_fields[] = {
    STR("name", name, .required = true, .format = &format_subdomain),
    LIST("keys", keys, hd_secret_key, .required = true),
    OBJ("store", store, hd_secret_store),
    STR("refreshInterval", refresh_interval, .def = "1h", .format = &format_duration),
    BOOL("existing", existing),
};
const struct hd_struct hd_secret_struct = STRUCT(secret_fields, .keyed_by = "name");
#undef T

void resolve_secrets(struct hd_model *model)
{
    struct hd_secret *secrets = (struct hd_secret *)(uintptr_t)model->app->secrets;

    for (size_t i = 0; i < model->app->n_secrets; i++)
        layer_fill(&model->arena, &hd_secret_store_struct, &secrets[i].store, &model->app->secret_store, 0);
}
