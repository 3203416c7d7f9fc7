/* Storage. */
#include "../core/field.h"
#include "resolve.h"
#include "tables.h"

CHOICES(access_mode, WORD("ReadWriteOnce"), WORD("ReadOnlyMany"), WORD("ReadWriteMany"), WORD("ReadWriteOncePod"));
CHOICES(mode_of_volume, WORD("Filesystem"), WORD("Block"));

#define T hd_claim
static const struct hd_field claim_fields[] = {
    STR("size", size, .required = true, .ours = true, .format = &format_quantity),
    STR("storageClassName", storage_class_name, .format = &format_subdomain),
    STRS("accessModes", access_modes, .words = &access_mode),
    STR("volumeMode", volume_mode, .words = &mode_of_volume),
    STR("volumeName", volume_name, .format = &format_subdomain),
    OBJ("selector", selector, hd_label_selector),
};
const struct hd_struct hd_claim_struct = STRUCT(claim_fields, .scalar = "size");
#undef T

#define T hd_empty_dir
static const struct hd_field empty_dir_fields[] = {
    BOOL("enabled", enabled, .ours = true),
    STR("medium", medium),
    STR("sizeLimit", size_limit, .format = &format_quantity),
};
const struct hd_struct hd_empty_dir_struct = STRUCT(empty_dir_fields, .scalar = "enabled");
#undef T

#define T hd_key_to_path
static const struct hd_field key_to_path_fields[] = {
    STR("key", key, .required = true, .format = &format_config_key),
    STR("path", path, .required = true, .format = &format_relative_path),
    STR("mode", mode, .ours = true, .format = &format_mode),
};
const struct hd_struct hd_key_to_path_struct = STRUCT(key_to_path_fields, .scalar = "path", .keyed_by = "key");
#undef T

#define T hd_key_volume
static const struct hd_field key_volume_fields[] = {
    STR("name", name, .required = true, .ours = true, .format = &format_subdomain),
    LIST("items", items, hd_key_to_path, .ours = true),
    STR("defaultMode", default_mode, .ours = true, .format = &format_mode),
    BOOL("optional", optional, .ours = true),
};
const struct hd_struct hd_key_volume_struct = STRUCT(key_volume_fields, .scalar = "name");
#undef T

#define T hd_key_projection
static const struct hd_field key_projection_fields[] = {
    STR("name", name, .required = true, .format = &format_subdomain),
    LIST("items", items, hd_key_to_path, .ours = true),
    BOOL("optional", optional, .ours = true),
};
const struct hd_struct hd_key_projection_struct = STRUCT(key_projection_fields, .scalar = "name");
#undef T

#define T hd_token_projection
static const struct hd_field token_projection_fields[] = {
    STR("path", path, .required = true, .format = &format_relative_path),
    STR("audience", audience),
    INT("expirationSeconds", expiration_seconds, .min = 600, .max = 4294967296, .def_int = 3600),
};
const struct hd_struct hd_token_projection_struct = STRUCT(token_projection_fields, .scalar = "path");
#undef T

#define T hd_field_file
static const struct hd_field field_file_fields[] = {
    STR("path", path, .required = true, .format = &format_relative_path),
    STR("field", field, .required = true),
};
const struct hd_struct hd_field_file_struct = STRUCT(field_file_fields, .scalar = "field", .keyed_by = "path");
#undef T

#define T hd_projection
static const struct hd_field projection_fields[] = {
    OBJ("secret", secret, hd_key_projection, .choice = 1),
    OBJ("configMap", config_map, hd_key_projection, .choice = 1),
    OBJ("serviceAccountToken", service_account_token, hd_token_projection, .choice = 1),
    LIST("downwardAPI", downward_api, hd_field_file, .choice = 1),
};
const struct hd_struct hd_projection_struct = STRUCT(projection_fields);
#undef T

#define T hd_volume
static const struct hd_field volume_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("mountPath", mount_path, .ours = true, .format = &format_absolute_path),
    STR("subPath", sub_path, .ours = true, .format = &format_relative_path),
    BOOL("readOnly", read_only, .ours = true),
    OBJ("claim", claim, hd_claim, .choice = 1, .ours = true),
    OBJ("claimTemplate", claim_template, hd_claim, .choice = 1, .ours = true),
    STR("existingClaim", existing_claim, .choice = 1, .ours = true, .format = &format_subdomain),
    OBJ("emptyDir", empty_dir, hd_empty_dir, .choice = 1),
    OBJ("secret", secret, hd_key_volume, .choice = 1, .ours = true),
    OBJ("configMap", config_map, hd_key_volume, .choice = 1, .ours = true),
    LIST("projected", projected, hd_projection, .choice = 1, .ours = true),
    STR("hostPath", host_path, .choice = 1, .ours = true, .format = &format_absolute_path),
};
const struct hd_struct hd_volume_struct = STRUCT(volume_fields, .keyed_by = "name");
#undef T

static void resolve_claim(struct hd_claim *claim)
{
    static const char *const one_node[] = {"ReadWriteOnce"};

    if (claim->size && !claim->n_access_modes) {
        claim->access_modes = one_node;
        claim->n_access_modes = 1;
    }
}

/* The list is the model's own copy: its elements have defaults. */
void resolve_volumes(struct hd_service *service)
{
    struct hd_pod_security_context *context = &service->pod.pod_security_context;
    struct hd_volume *volumes = (struct hd_volume *)(uintptr_t)service->pod.volumes;

    for (size_t i = 0; i < service->pod.n_volumes; i++) {
        struct hd_volume *volume = &volumes[i];

        resolve_claim(&volume->claim);
        resolve_claim(&volume->claim_template);
        if (volume->read_only == HD_BOOL_UNSET && (volume->secret.name || volume->config_map.name || volume->n_projected))
            volume->read_only = HD_TRUE;
        if (!context->fs_group_change_policy && (volume->claim.size || volume->claim_template.size || volume->existing_claim))
            context->fs_group_change_policy = "OnRootMismatch";
    }
}
