/* Volumes of collectors: files of the node, claims and secrets. */
#include "collectors.h"

#include "exporter.h"

#include <string.h>

void add_pod_volume(struct hd_model *model, struct hd_pod *pod, struct hd_volume volume)
{
    struct hd_volume *volumes = arena_longer(&model->arena, pod->volumes, pod->n_volumes, sizeof *volumes);

    volumes[pod->n_volumes++] = volume;
    pod->volumes = volumes;
}

static void mount(struct hd_model *model, struct hd_service *service, struct hd_volume volume, const char *path, enum hd_bool read_only)
{
    struct hd_container *container = &service->container;
    struct hd_volume_mount *mounts = arena_longer(&model->arena, container->volume_mounts, container->n_volume_mounts, sizeof *mounts);

    add_pod_volume(model, &service->pod, volume);
    mounts[container->n_volume_mounts++] = (struct hd_volume_mount){.mount_path = path, .name = volume.name, .read_only = read_only};
    container->volume_mounts = mounts;
}

void set_collector_volumes(struct hd_model *model, struct hd_service *service, enum collector_role role)
{
    const struct hd_collector *collector = &model->app->telemetry.collector;
    struct hd_volume tls;

    /* Agents run as root to read the node's files, without any other right. */
    if (role == COLLECTOR_AGENT && collector->container_logs == HD_TRUE) {
        mount(model, service, (struct hd_volume){.name = "logs", .host_path = "/var/log/pods"}, "/var/log/pods", HD_TRUE);
        service->pod.pod_security_context.run_as_non_root = HD_FALSE;
        service->pod.pod_security_context.run_as_user = (struct hd_opt_int)HD_INT(0);
    }
    if (stores_queues(model->app, role))
        mount(model, service, (struct hd_volume){.name = "queues", .claim_template = collector->storage}, COLLECTOR_STORAGE_PATH,
              HD_BOOL_UNSET);
    if (!hands_on(role) && exporter_tls_volume(model, &tls))
        mount(model, service, tls, EXPORTER_TLS_PATH, HD_TRUE);
}
