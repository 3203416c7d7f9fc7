/* Storage. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/quantity.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

CHOICES(access_mode, WORD("ReadWriteOnce"), WORD("ReadOnlyMany"), WORD("ReadWriteMany"), WORD("ReadWriteOncePod"));
CHOICES(medium_of_empty_dir, WORD("Memory"), WORD("HugePages"), WORD("HugePages-2Mi"), WORD("HugePages-1Gi"));
CHOICES(type_of_host_path, WORD("Directory"), WORD("DirectoryOrCreate"), WORD("File"), WORD("FileOrCreate"), WORD("Socket"),
        WORD("CharDevice"), WORD("BlockDevice"));
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
    STR("medium", medium, .words = &medium_of_empty_dir),
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
    STR("audience", audience, .format = &format_line),
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
    OBJ("claimTemplate", claim_template, hd_claim, .workloads = FOR(STATEFUL_SET), .choice = 1, .ours = true),
    STR("existingClaim", existing_claim, .choice = 1, .ours = true, .format = &format_subdomain),
    STRS("accessModes", access_modes, .words = &access_mode, .ours = true),
    OBJ("emptyDir", empty_dir, hd_empty_dir, .choice = 1),
    OBJ("secret", secret, hd_key_volume, .choice = 1, .ours = true),
    OBJ("configMap", config_map, hd_key_volume, .choice = 1, .ours = true),
    LIST("projected", projected, hd_projection, .choice = 1, .ours = true),
    STR("hostPath", host_path, .choice = 1, .ours = true, .format = &format_absolute_path),
    STR("hostPathType", host_path_type, .ours = true, .words = &type_of_host_path),
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

/* Files of secrets, ConfigMaps and the like, which the kubelet mounts read-only. */
static bool holds_keys(const struct hd_volume *volume)
{
    return volume->secret.name || volume->config_map.name || volume->n_projected;
}

bool volume_is_read_only(const struct hd_volume *volume, enum hd_bool read_only)
{
    return volume && (read_only == HD_TRUE || holds_keys(volume));
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
        if (volume->mount_path && volume->read_only == HD_BOOL_UNSET && holds_keys(volume))
            volume->read_only = HD_TRUE;
        if (!context->fs_group_change_policy && (volume->claim.size || volume->claim_template.size || volume->existing_claim))
            context->fs_group_change_policy = "OnRootMismatch";
    }
}

/* Whether the volume says what is in it; an empty list or a scratch space that is off is nothing. */
static bool has_source(const struct hd_volume *volume)
{
    return struct_is_set(&hd_claim_struct, &volume->claim) || struct_is_set(&hd_claim_struct,
                                                                            &volume->claim_template) || volume->existing_claim ||
           volume->empty_dir.enabled == HD_TRUE || volume->empty_dir.medium || volume->empty_dir.size_limit ||
           struct_is_set(&hd_key_volume_struct, &volume->secret) || struct_is_set(&hd_key_volume_struct, &volume->config_map) ||
           volume->projected || volume->host_path;
}

static void check_source(struct checker *checker, const struct hd_volume *volume)
{
    if (!has_source(volume))
        hint(found(checker, HD_NO_VOLUME_SOURCE, AT_STRUCT(volume), "the volume has no source"),
             "give one of claim, claimTemplate, existingClaim, emptyDir, secret, configMap, projected, hostPath");
    else if (volume->projected && !volume->n_projected)
        hint(found(checker, HD_NO_VOLUME_SOURCE, AT(volume, projected), "projected lists no source"),
             "list at least one secret, configMap, serviceAccountToken or downwardAPI");
    if (volume->host_path_type && !volume->host_path)
        hint(found(checker, HD_HOST_PATH_TYPE_ALONE, AT(volume, host_path_type), "hostPathType has no effect without hostPath"),
             "give hostPath, the path on the node, or remove hostPathType");
    for (size_t i = 0; i < volume->n_projected; i++)
        if (!struct_is_set(&hd_projection_struct, &volume->projected[i]))
            hint(found(checker, HD_NO_VOLUME_SOURCE, AT_STRUCT(&volume->projected[i]), "this source is empty"),
                 "give secret, configMap, serviceAccountToken or downwardAPI");
    if (!volume->mount_path && (volume->sub_path || volume->read_only))
        hint(found(checker, HD_MOUNT_WITHOUT_PATH, volume->sub_path ? AT(volume, sub_path) : AT(volume, read_only),
                   "%s has no effect without mountPath", volume->sub_path ? "subPath" : "readOnly"),
             "give mountPath, or write it in volumeMounts of the container");
}

/* What is written to the volume counts for the pod, which is evicted above the sum of its limits. */
static void check_scratch(struct checker *checker, const struct hd_service *service, const struct hd_empty_dir *empty_dir)
{
    const struct hd_quantity *limit = NULL;
    struct amount sum = {0};
    struct finding *finding;

    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);
        const struct hd_resources *resources = &in.container->resources;
        const struct hd_quantity *own = resource_named(resources->limits, resources->n_limits, "ephemeral-storage");

        if (in.role == CONTAINER_INIT)
            continue;
        if (!own || amount_sign(quantity_of(own->amount).amount) < 0)
            return;
        limit = limit ? limit : own;
        sum = amount_sum(sum, quantity_of(own->amount).amount);
    }
    if (!limit || amount_compare(quantity_of(empty_dir->size_limit).amount, sum) <= 0)
        return;
    finding = found(checker, HD_SCRATCH_ABOVE_LIMIT, AT(empty_dir, size_limit),
                    "the volume may hold %s, but the pod is evicted when its containers and volumes have more than their limits of "
                    "ephemeral-storage",
                    empty_dir->size_limit);
    also_at(finding, AT(limit, amount), "the limit is %s", limit->amount);
    hint(finding, "raise the limit of ephemeral-storage above the sizeLimit, or lower the sizeLimit");
}

static void check_empty_dir(struct checker *checker, const struct hd_service *service, const struct hd_empty_dir *empty_dir)
{
    bool is_ram_disk = empty_dir->medium && !strcmp(empty_dir->medium, "Memory");
    const struct hd_quantity *most = NULL;
    struct finding *finding;

    if (is_ram_disk && !empty_dir->size_limit && !at_refused(empty_dir->at, "sizeLimit"))
        hint(found(checker, HD_MEMORY_VOLUME_TOO_LARGE, AT(empty_dir, medium),
                   "a RAM disk without sizeLimit counts as memory and can grow to the memory limit: the container is killed before the disk "
                   "is full"),
             "write a sizeLimit below the memory limit: emptyDir: {medium: Memory, sizeLimit: 64Mi}");
    if (!empty_dir->size_limit || !quantity_is_valid(empty_dir->size_limit))
        return;
    if (quantity_compare(empty_dir->size_limit, "0") < 0)
        hint(found(checker, HD_NEGATIVE_AMOUNT, AT(empty_dir, size_limit), "%s is negative", empty_dir->size_limit),
             "give an amount above 0");
    if (!is_ram_disk) {
        check_scratch(checker, service, empty_dir);
        return;
    }
    for (size_t i = 0; i < service_n_containers(service); i++) {
        const struct hd_resources *resources = &service_container_at(service, i).container->resources;
        const struct hd_quantity *limit = resource_named(resources->limits, resources->n_limits, "memory");

        if (limit && (!most || quantity_compare(limit->amount, most->amount) > 0))
            most = limit;
    }
    if (!most || quantity_compare(empty_dir->size_limit, most->amount) < 0)
        return;
    finding = found(checker, HD_MEMORY_VOLUME_TOO_LARGE, AT(empty_dir, size_limit),
                    "a RAM disk of %s counts as memory, and the memory limit is %s: the container is killed before the disk is full",
                    empty_dir->size_limit, most->amount);
    also_at(finding, AT(most, amount), "the largest memory limit of the pod's containers");
    hint(finding, "lower sizeLimit, or raise the memory limit above it");
}

/* The files of one volume; two of one path would hide each other, or the API server refuses them. */
struct files {
    struct names names;
    struct checker *checker;
};

static void add_file(struct files *files, const char *path, const struct where *where)
{
    struct hd_diagnostics *report = files->checker->report;
    const struct where *first = path ? names_add(&files->names, path, arena_copy(&report->arena, where, sizeof *where)) : NULL;
    struct finding *finding;

    if (!first)
        return;
    finding = finding_at(report, HD_FILE_TWICE, *where, "two files of the volume have the path %s", path);
    also_at(finding, *first, "the first file");
    hint(finding, "give one of them another path");
}

static void add_items(struct files *files, const struct hd_key_to_path *items, size_t n_items)
{
    for (size_t i = 0; i < n_items; i++)
        add_file(files, items[i].path, &AT(&items[i], path));
}

static void check_field(struct checker *checker, const struct hd_field_file *file)
{
    static const char *const fields[] = {"metadata.name", "metadata.namespace", "metadata.uid", "metadata.labels", "metadata.annotations"};

    if (!file->field || !strncmp(file->field, "metadata.labels['", 17) || !strncmp(file->field, "metadata.annotations['", 22) ||
        IS_AMONG(file->field, fields))
        return;
    hint(found(checker, HD_BAD_FIELD, AT(file, field), "a file cannot take its content from the field \"%.60s\"", file->field),
         "use metadata.name, metadata.namespace, metadata.uid, metadata.labels, metadata.annotations, or a single one: "
         "metadata.labels['team']");
}

static void check_files(struct checker *checker, const struct hd_volume *volume)
{
    size_t n_files = volume->secret.n_items + volume->config_map.n_items + volume->n_projected;
    struct files files = {.checker = checker};

    for (size_t i = 0; i < volume->n_projected; i++)
        n_files += volume->projected[i].secret.n_items + volume->projected[i].config_map.n_items + volume->projected[i].n_downward_api;
    if (!n_files)
        return;
    names_init(&checker->report->arena, &files.names, n_files);
    add_items(&files, volume->secret.items, volume->secret.n_items);
    add_items(&files, volume->config_map.items, volume->config_map.n_items);
    for (size_t i = 0; i < volume->n_projected; i++) {
        const struct hd_projection *projection = &volume->projected[i];

        add_items(&files, projection->secret.items, projection->secret.n_items);
        add_items(&files, projection->config_map.items, projection->config_map.n_items);
        add_file(&files, projection->service_account_token.path, &AT(&projection->service_account_token, path));
        for (size_t k = 0; k < projection->n_downward_api; k++) {
            add_file(&files, projection->downward_api[k].path, &AT(&projection->downward_api[k], path));
            check_field(checker, &projection->downward_api[k]);
        }
    }
}

void check_volumes(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++) {
        const struct hd_volume *volume = &service->pod.volumes[i];

        check_source(checker, volume);
        check_empty_dir(checker, service, &volume->empty_dir);
        check_files(checker, volume);
        check_claims(checker, service, volume);
    }
    check_mounted_volumes(checker, service);
}
