/* Volumes of the pod, and where containers see them. */
#include "pod.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names of the volumes that the library adds. */
#define TMP "tmp"
#define CONFIG_FILES "config-files"

static void emit_mode(struct yaml_out *y, const char *key, const char *octal)
{
    if (octal)
        y_int(y, key, strtol(octal, NULL, 8));
}

static void emit_items(struct yaml_out *y, const struct hd_key_volume *source)
{
    SEQ(y, "items")
        for (size_t i = 0; i < source->n_items; i++)
            ITEM(y) {
                y_str(y, "key", source->items[i].key);
                y_str(y, "path", source->items[i].path);
                emit_mode(y, "mode", source->items[i].mode);
            }
    y_tri(y, "optional", source->optional);
}

/* The key of the name differs between a volume's own secret and one in a projection. */
static void emit_key_volume(struct yaml_out *y, const char *key, const char *name_key, const struct hd_key_volume *source)
{
    MAP(y, key) {
        y_str(y, name_key, source->name);
        if (source->name)
            emit_mode(y, "defaultMode", source->default_mode ? source->default_mode : "0444");
        emit_items(y, source);
    }
}

static void emit_projection(struct yaml_out *y, const struct hd_projection *projection)
{
    MAP(y, "secret") {
        y_str(y, "name", projection->secret.name);
        emit_items(y, &projection->secret);
    }
    MAP(y, "configMap") {
        y_str(y, "name", projection->config_map.name);
        emit_items(y, &projection->config_map);
    }
    Y_OBJECT(y, "serviceAccountToken", hd_token_projection, &projection->service_account_token);
    MAP(y, "downwardAPI")
        SEQ(y, "items")
            for (size_t i = 0; i < projection->n_downward_api; i++)
                ITEM(y) {
                    y_str(y, "path", projection->downward_api[i].path);
                    MAP(y, "fieldRef")
                        y_str(y, "fieldPath", projection->downward_api[i].field);
                }
}

static void emit_empty_dir(struct yaml_out *y, const struct hd_empty_dir *empty_dir)
{
    if (empty_dir->medium || empty_dir->size_limit)
        Y_OBJECT(y, "emptyDir", hd_empty_dir, empty_dir);
    else if (empty_dir->enabled == HD_TRUE)
        y_empty_map(y, "emptyDir");
}

static void emit_claim_name(struct yaml_out *y, const struct hd_service *service, const struct hd_volume *volume)
{
    char name[256];

    if (volume->existing_claim)
        snprintf(name, sizeof name, "%s", volume->existing_claim);
    else
        snprintf(name, sizeof name, "%s-%s", service->name, volume->name);
    MAP(y, "persistentVolumeClaim")
        y_str(y, "claimName", name);
}

static void emit_volume(struct yaml_out *y, const struct hd_service *service, const struct hd_volume *volume)
{
    if (volume->claim_template.size)
        return; /* the StatefulSet brings it */
    ITEM(y) {
        y_str(y, "name", volume->name);
        emit_empty_dir(y, &volume->empty_dir);
        if (volume->claim.size || volume->existing_claim)
            emit_claim_name(y, service, volume);
        emit_key_volume(y, "secret", "secretName", &volume->secret);
        emit_key_volume(y, "configMap", "name", &volume->config_map);
        MAP(y, "projected")
            SEQ(y, "sources")
                for (size_t i = 0; i < volume->n_projected; i++)
                    ITEM(y)
                        emit_projection(y, &volume->projected[i]);
        MAP(y, "hostPath")
            y_str(y, "path", volume->host_path);
    }
}

static bool mounts_tmp(const struct hd_container *container)
{
    for (size_t i = 0; i < container->n_volume_mounts; i++)
        if (!strcmp(container->volume_mounts[i].mount_path, "/tmp"))
            return true;
    return false;
}

/* A container whose own file system is read-only gets a place for scratch files, unless it has one there. */
static bool needs_tmp(const struct hd_service *service, const struct hd_container *container, bool is_main)
{
    if (container->security_context.read_only_root_filesystem != HD_TRUE || mounts_tmp(container))
        return false;
    for (size_t i = 0; is_main && i < service->pod.n_volumes; i++)
        if (service->pod.volumes[i].mount_path && !strcmp(service->pod.volumes[i].mount_path, "/tmp"))
            return false;
    return true;
}

/* Each container has its own: what one leaves there is nobody else's business. */
static void tmp_name(char *name, size_t size, const char *container, bool is_main)
{
    if (is_main)
        snprintf(name, size, TMP);
    else
        snprintf(name, size, TMP "-%s", container);
}

static void emit_tmp_volume(struct yaml_out *y, const struct hd_service *service, const char *name, const struct hd_container *container, bool is_main)
{
    char volume[128];

    if (!needs_tmp(service, container, is_main))
        return;
    tmp_name(volume, sizeof volume, name, is_main);
    ITEM(y) {
        y_str(y, "name", volume);
        y_empty_map(y, "emptyDir");
    }
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static void emit_config_volume(struct yaml_out *y, const struct hd_service *service)
{
    char name[128];

    snprintf(name, sizeof name, "%s-config", service->name);
    ITEM(y) {
        y_str(y, "name", CONFIG_FILES);
        MAP(y, "configMap") {
            y_str(y, "name", name);
            emit_mode(y, "defaultMode", "0444");
            SEQ(y, "items")
                for (size_t i = 0; i < service->container.n_config_files; i++)
                    ITEM(y) {
                        const char *key = base_name(service->container.config_files[i].path);

                        y_str(y, "key", key);
                        y_str(y, "path", key);
                        emit_mode(y, "mode", service->container.config_files[i].mode);
                    }
        }
    }
}

void emit_volumes(struct yaml_out *y, const struct hd_service *service)
{
    const struct hd_pod *pod = &service->pod;

    SEQ(y, "volumes") {
        for (size_t i = 0; i < pod->n_volumes; i++)
            emit_volume(y, service, &pod->volumes[i]);
        if (service->container.n_config_files)
            emit_config_volume(y, service);
        emit_tmp_volume(y, service, service->name, &service->container, true);
        for (size_t i = 0; i < pod->n_init_containers; i++)
            emit_tmp_volume(y, service, pod->init_containers[i].name, &pod->init_containers[i].container, false);
        for (size_t i = 0; i < pod->n_sidecars; i++)
            emit_tmp_volume(y, service, pod->sidecars[i].name, &pod->sidecars[i].container, false);
    }
}

static void emit_own_mounts(struct yaml_out *y, const struct hd_service *service)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++) {
        const struct hd_volume *volume = &service->pod.volumes[i];

        if (volume->mount_path)
            ITEM(y) {
                y_str(y, "mountPath", volume->mount_path);
                y_str(y, "name", volume->name);
                y_str(y, "subPath", volume->sub_path);
                y_tri(y, "readOnly", volume->read_only);
            }
    }
    for (size_t i = 0; i < service->container.n_config_files; i++) {
        const struct hd_config_file *file = &service->container.config_files[i];

        ITEM(y) {
            y_str(y, "mountPath", file->path);
            y_str(y, "name", CONFIG_FILES);
            y_str(y, "subPath", base_name(file->path));
            y_bool(y, "readOnly", true);
        }
    }
}

void emit_volume_mounts(struct yaml_out *y, const struct hd_service *service, const char *name, const struct hd_container *container, bool is_main)
{
    char tmp[128];

    SEQ(y, "volumeMounts") {
        for (size_t i = 0; i < container->n_volume_mounts; i++)
            ITEM(y)
                Y_FIELDS(y, hd_volume_mount, &container->volume_mounts[i]);
        if (is_main)
            emit_own_mounts(y, service);
        if (needs_tmp(service, container, is_main)) {
            tmp_name(tmp, sizeof tmp, name, is_main);
            ITEM(y) {
                y_str(y, "mountPath", "/tmp");
                y_str(y, "name", tmp);
            }
        }
    }
}
