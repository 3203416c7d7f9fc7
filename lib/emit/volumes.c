/* Volumes of the pod, and where containers see them. */
#include "core/text/among.h"
#include "model/derived.h"
#include "model/tables.h"
#include "plan/labels.h"
#include "pod.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names of the volumes that the library adds; that no volume of the model has one is checked (kubernetes/model/mount.c). */
#define TMP "tmp"
/* Most that a container may leave there: one that fills its node's disk would take other pods with it. */
#define TMP_SIZE "1Gi"
#define CONFIG_FILES "config-files"
/* Room for one: 63, as for a DNS label. */
enum { TMP_NAME_SIZE = 64 };

/* Default mode of files from secrets and configuration: everybody may read them. */
#define FILE_MODE "0444"

static void emit_mode(struct yaml_out *y, const char *key, const char *octal)
{
    if (octal)
        y_int(y, key, strtol(octal, NULL, 8));
}

static void emit_items(struct yaml_out *y, const struct hd_key_to_path *items, size_t n_items)
{
    SEQ(y, "items")
        for (size_t i = 0; i < n_items; i++)
            ITEM(y) {
                y_str(y, "key", items[i].key);
                y_str(y, "path", items[i].path);
                emit_mode(y, "mode", items[i].mode);
            }
}

/* The key of the name differs between a volume's own secret and one in a projection. */
static void emit_key_volume(struct yaml_out *y, const char *key, const char *name_key, const struct hd_key_volume *source)
{
    MAP(y, key) {
        y_str(y, name_key, source->name);
        if (source->name)
            emit_mode(y, "defaultMode", source->default_mode ? source->default_mode : FILE_MODE);
        emit_items(y, source->items, source->n_items);
        y_tri(y, "optional", source->optional);
    }
}

static void emit_key_projection(struct yaml_out *y, const char *key, const struct hd_key_projection *source)
{
    MAP(y, key) {
        y_str(y, "name", source->name);
        emit_items(y, source->items, source->n_items);
        y_tri(y, "optional", source->optional);
    }
}

static void emit_projection(struct yaml_out *y, const struct hd_projection *projection)
{
    emit_key_projection(y, "secret", &projection->secret);
    emit_key_projection(y, "configMap", &projection->config_map);
    Y_OBJECT(y, "serviceAccountToken", hd_token_projection, &projection->service_account_token);
    MAP(y, "downwardAPI")
        SEQ(y, "items")
            for (size_t i = 0; i < projection->n_downward_api; i++)
                ITEM(y) {
                    y_str(y, "path", projection->downward_api[i].path);
                    emit_field_ref(y, projection->downward_api[i].field);
                }
}

static void emit_empty_dir(struct yaml_out *y, const struct hd_empty_dir *empty_dir)
{
    if (empty_dir->medium || empty_dir->size_limit)
        Y_OBJECT(y, "emptyDir", hd_empty_dir, empty_dir);
    else if (empty_dir->enabled == HD_TRUE)
        y_empty_map(y, "emptyDir");
}

static bool is_block(const struct hd_volume *volume)
{
    const char *mode = volume->claim.size ? volume->claim.volume_mode : volume->claim_template.volume_mode;

    return mode && !strcmp(mode, "Block");
}

static void emit_claim_name(struct yaml_out *y, const struct hd_service *service, const struct hd_volume *volume)
{
    MAP(y, "persistentVolumeClaim") {
        if (volume->existing_claim)
            y_str(y, "claimName", volume->existing_claim);
        else
            emit_derived(y, "claimName", service, volume->name);
    }
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
        MAP(y, "projected") {
            if (volume->n_projected)
                emit_mode(y, "defaultMode", FILE_MODE);
            SEQ(y, "sources")
                for (size_t i = 0; i < volume->n_projected; i++)
                    ITEM(y)
                        emit_projection(y, &volume->projected[i]);
        }
        MAP(y, "hostPath") {
            y_str(y, "path", volume->host_path);
            if (volume->host_path)
                y_str(y, "type", text_or(volume->host_path_type, ""));
        }
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
static bool needs_tmp(const struct hd_service *service, const struct container_in *self)
{
    if (self->container->security_context.read_only_root_filesystem != HD_TRUE || mounts_tmp(self->container))
        return false;
    for (size_t i = 0; !self->number && i < service->pod.n_volumes; i++)
        if (service->pod.volumes[i].mount_path && !strcmp(service->pod.volumes[i].mount_path, "/tmp"))
            return false;
    return true;
}

/* Each container has a scratch volume of its own. */
static void tmp_name(char name[TMP_NAME_SIZE], size_t number)
{
    snprintf(name, TMP_NAME_SIZE, number ? TMP "-%zu" : TMP, number);
}

static void emit_tmp_volume(struct yaml_out *y, const struct hd_service *service, const struct container_in *self)
{
    char name[TMP_NAME_SIZE];

    if (!needs_tmp(service, self))
        return;
    /* Each container has its own: what one leaves there is nobody else's business. */
    tmp_name(name, self->number);
    ITEM(y) {
        y_str(y, "name", name);
        MAP(y, "emptyDir")
            y_str(y, "sizeLimit", TMP_SIZE);
    }
}

/* One volume holds the files of all containers; each mounts its own. */
static void emit_config_volume(struct yaml_out *y, const struct hd_service *service)
{
    ITEM(y) {
        y_str(y, "name", CONFIG_FILES);
        MAP(y, "configMap") {
            emit_derived(y, "name", service, CONFIG);
            emit_mode(y, "defaultMode", FILE_MODE);
            SEQ(y, "items")
                for (size_t i = 0; i < service_n_containers(service); i++) {
                    const struct hd_container *container = service_container_at(service, i).container;

                    for (size_t k = 0; k < container->n_config_files; k++)
                        ITEM(y) {
                            y_str(y, "key", container->config_files[k].key);
                            y_str(y, "path", container->config_files[k].key);
                            emit_mode(y, "mode", container->config_files[k].mode);
                        }
                }
        }
    }
}

void emit_volumes(struct yaml_out *y, const struct hd_service *service)
{
    struct container_in container;

    SEQ(y, "volumes") {
        for (size_t i = 0; i < service->pod.n_volumes; i++)
            emit_volume(y, service, &service->pod.volumes[i]);
        if (has_config_files(service))
            emit_config_volume(y, service);
        for (size_t i = 0; i < service_n_containers(service); i++) {
            container = service_container_at(service, i);
            emit_tmp_volume(y, service, &container);
        }
    }
}

static void emit_own_mounts(struct yaml_out *y, const struct hd_service *service)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++) {
        const struct hd_volume *volume = &service->pod.volumes[i];

        if (volume->mount_path && !is_block(volume))
            ITEM(y) {
                y_str(y, "mountPath", volume->mount_path);
                y_str(y, "name", volume->name);
                y_str(y, "subPath", volume->sub_path);
                if (volume->read_only == HD_TRUE)
                    y_bool(y, "readOnly", true);
            }
    }
}

static void emit_config_mounts(struct yaml_out *y, const struct hd_container *container)
{
    for (size_t i = 0; i < container->n_config_files; i++)
        ITEM(y) {
            y_str(y, "mountPath", container->config_files[i].path);
            y_str(y, "name", CONFIG_FILES);
            y_str(y, "subPath", container->config_files[i].key);
            y_bool(y, "readOnly", true);
        }
}

/* The volume is a device, without a file system. */
static bool names_block(const struct hd_service *service, const char *name)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++)
        if (is_block(&service->pod.volumes[i]) && !strcmp(service->pod.volumes[i].name, name))
            return true;
    return false;
}

static void emit_device(struct yaml_out *y, const char *path, const char *name)
{
    ITEM(y) {
        y_str(y, "devicePath", path);
        y_str(y, "name", name);
    }
}

static void emit_devices(struct yaml_out *y, const struct hd_service *service, const struct container_in *self)
{
    const struct hd_container *container = self->container;

    SEQ(y, "volumeDevices") {
        for (size_t i = 0; i < container->n_volume_mounts; i++)
            if (names_block(service, container->volume_mounts[i].name))
                emit_device(y, container->volume_mounts[i].mount_path, container->volume_mounts[i].name);
        for (size_t i = 0; !self->number && i < service->pod.n_volumes; i++)
            if (service->pod.volumes[i].mount_path && is_block(&service->pod.volumes[i]))
                emit_device(y, service->pod.volumes[i].mount_path, service->pod.volumes[i].name);
    }
}

void emit_volume_mounts(struct yaml_out *y, const struct hd_service *service, const struct container_in *self)
{
    const struct hd_container *container = self->container;
    char name[TMP_NAME_SIZE];

    SEQ(y, "volumeMounts") {
        for (size_t i = 0; i < container->n_volume_mounts; i++)
            if (!names_block(service, container->volume_mounts[i].name))
                ITEM(y)
                    Y_FIELDS(y, hd_volume_mount, &container->volume_mounts[i]);
        if (!self->number)
            emit_own_mounts(y, service);
        emit_config_mounts(y, container);
        if (needs_tmp(service, self)) {
            tmp_name(name, self->number);
            ITEM(y) {
                y_str(y, "mountPath", "/tmp");
                y_str(y, "name", name);
            }
        }
    }
    emit_devices(y, service, self);
}
