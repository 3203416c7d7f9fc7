/* Volumes of the pod, and where its containers see them. */
#include "core/text/among.h"
#include "core/text/format.h"
#include "core/text/suggest.h"
#include "pod_checks.h"

#include <stdio.h>
#include <string.h>

/* A place in a container where something is mounted. */
struct mount {
    const char *path;
    struct where where;
    /* The mount, and whether a mount point for another one can be made in it. */
    const struct hd_volume *volume;
    bool read_only;
};

/* The volumes of one service by name, and which of them somebody mounts. */
struct volumes {
    const struct hd_service *service;
    struct names names;
    bool *mounted;
};

static const struct hd_volume *volume_named(struct checker *checker, struct volumes *volumes, const struct hd_volume_mount *mount)
{
    const struct hd_volume *volume = mount->name ? names_find(&volumes->names, mount->name) : NULL;
    struct suggestion suggestion;
    struct finding *finding;

    if (volume)
        volumes->mounted[volume - volumes->service->pod.volumes] = true;
    if (volume || !mount->name || !format_is_valid(&format_dns_label, mount->name))
        return volume;
    finding = found(checker, HD_NO_SUCH_VOLUME, AT(mount, name), "there is no volume %s", mount->name);
    suggestion = suggest_for(mount->name);
    for (size_t i = 0; i < volumes->service->pod.n_volumes && i < 100; i++)
        if (volumes->service->pod.volumes[i].name)
            suggest_try(&suggestion, volumes->service->pod.volumes[i].name);
    hint_nearest(finding, suggestion.nearest, "declare it under volumes of the service");
    return NULL;
}

/* The mounts of a container, those of its own list and of volumes with a mountPath. Configuration files have rules of their own. */
static size_t collect(struct checker *checker, struct volumes *volumes, const struct container_in *in, struct mount *mounts)
{
    const struct hd_container *container = in->container;
    const struct hd_pod *pod = &in->service->pod;
    size_t n_mounts = 0;

    for (size_t i = 0; i < container->n_volume_mounts; i++) {
        const struct hd_volume_mount *mount = &container->volume_mounts[i];
        const struct hd_volume *volume = volume_named(checker, volumes, mount);

        mounts[n_mounts++] =
            (struct mount){mount->mount_path, AT(mount, mount_path), volume, volume_is_read_only(volume, mount->read_only)};
    }
    for (size_t i = 0; in->role == CONTAINER_MAIN && i < pod->n_volumes; i++) {
        const struct hd_volume *volume = &pod->volumes[i];

        volumes->mounted[i] |= volume->mount_path != NULL;
        if (volume->mount_path)
            mounts[n_mounts++] = (struct mount){volume->mount_path, AT(volume, mount_path), volume,
                                                volume_is_read_only(volume, volume->read_only)};
    }
    return n_mounts;
}

/* Only a container that is root on its node can mount something for the node. (Kubernetes: core/v1 validation) */
static void check_propagation(struct checker *checker, const struct container_in *in, const struct hd_volume_mount *mount)
{
    const struct hd_security_context *context = &in->container->security_context;
    const char *propagation = mount->mount_propagation;
    struct finding *finding;

    if (propagation && !strcmp(propagation, "Bidirectional") && context->privileged != HD_TRUE) {
        finding = found(checker, HD_PROPAGATION_UNPRIVILEGED, AT(mount, mount_propagation),
                        "%s is not privileged, so the API server refuses mountPropagation: Bidirectional", in->name);
        also_at(finding, AT(context, privileged), "privileged is false%s", context->at ? "" : " by default");
        hint(finding, "write mountPropagation: HostToContainer, which shows what the node mounts; or securityContext: {privileged: true}");
    }
    if (!mount->recursive_read_only || !strcmp(mount->recursive_read_only, "Disabled"))
        return;
    if (mount->read_only != HD_TRUE)
        hint(found(checker, HD_RECURSIVE_UNUSED, AT(mount, recursive_read_only),
                   "recursiveReadOnly needs readOnly: true, without which the API server refuses the pod"),
             "write readOnly: true, or remove recursiveReadOnly");
    if (propagation && strcmp(propagation, "None")) {
        finding = found(checker, HD_RECURSIVE_UNUSED, AT(mount, recursive_read_only),
                        "recursiveReadOnly excludes mountPropagation: %.40s, so the API server refuses the pod", propagation);
        also_at(finding, AT(mount, mount_propagation), "mountPropagation");
        hint(finding, "remove one of the two");
    }
}

/* The path as the container runtime sees it: without a slash at its end. */
static const char *place(struct checker *checker, const char *path)
{
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/')
        length--;
    return path[length] ? arena_strndup(&checker->report->arena, path, length) : path;
}

/* The path of a mount as volumeMounts has it; NULL for one that stands elsewhere. */
static const char *entry_path(const struct container_in *in, const struct mount *mount)
{
    const struct hd_volume_mount *mounts = in->container->volume_mounts, *entry = mount->where.object;

    return mounts && entry >= mounts && entry < mounts + in->container->n_volume_mounts ? entry->mount_path : NULL;
}

static void check_once(struct checker *checker, struct names *places, const struct container_in *in, const struct mount *mount,
                       const char *path)
{
    const struct mount *first = names_add(places, path, mount);
    struct finding *finding;

    if (!strcmp(path, "/"))
        hint(found(checker, HD_MOUNT_OVER_ROOT, mount->where, "a volume at / would hide the whole image of %s", in->name),
             "mount it at a folder of its own, such as /data");
    /* Two entries of volumeMounts with one path are refused as a key that stands twice. */
    if (!first || (entry_path(in, mount) && same_text(entry_path(in, mount), entry_path(in, first))))
        return;
    finding = found(checker, HD_MOUNT_TWICE, mount->where, "two volumes or files are mounted at %s", path);
    also_at(finding, first->where, "the first one");
    hint(finding, "choose another path: %s can have only one mount at a path", in->name);
}

/* The runtime makes a place for a mount in what is mounted above it, and cannot where that is read-only. */
static void check_inside(struct checker *checker, const struct names *places, const struct mount *mount, const char *path)
{
    char *folder = arena_strndup(&checker->report->arena, path, strlen(path));

    for (char *slash = strrchr(folder, '/'); slash && slash > folder; slash = strrchr(folder, '/')) {
        const struct mount *above;
        struct finding *finding;

        *slash = '\0';
        above = names_find(places, folder);
        if (!above)
            continue;
        if (above->read_only) {
            finding = found(checker, HD_MOUNT_IN_READ_ONLY, mount->where,
                            "%s lies in a read-only volume, so no mount point can be made there", path);
            also_at(finding, above->where, "the volume at %s", folder);
            hint(finding, "mount it outside of %s, or add it to that volume as one more projected file", folder);
        }
        return;
    }
}

static void check_mounts(struct checker *checker, struct volumes *volumes, const struct container_in *in)
{
    size_t most = in->container->n_volume_mounts + (in->role == CONTAINER_MAIN ? in->service->pod.n_volumes : 0);
    struct mount *mounts;
    struct names places;
    size_t n_mounts;

    if (!most)
        return;
    for (size_t i = 0; i < in->container->n_volume_mounts; i++)
        check_propagation(checker, in, &in->container->volume_mounts[i]);
    mounts = arena_array(&checker->scratch, most, sizeof *mounts);
    n_mounts = collect(checker, volumes, in, mounts);
    names_init(&checker->scratch, &places, n_mounts);
    for (size_t i = 0; i < n_mounts; i++)
        if (mounts[i].path && format_is_valid(&format_absolute_path, mounts[i].path)) {
            mounts[i].path = place(checker, mounts[i].path);
            check_once(checker, &places, in, &mounts[i], mounts[i].path);
        }
    for (size_t i = 0; i < n_mounts && n_mounts > 1; i++)
        if (mounts[i].path)
            check_inside(checker, &places, &mounts[i], mounts[i].path);
}

static bool has_tmp(const struct container_in *in)
{
    const struct hd_pod *pod = &in->service->pod;

    for (size_t i = 0; i < in->container->n_volume_mounts; i++)
        if (in->container->volume_mounts[i].mount_path && !strcmp(in->container->volume_mounts[i].mount_path, "/tmp"))
            return true;
    for (size_t i = 0; in->role == CONTAINER_MAIN && i < pod->n_volumes; i++)
        if (pod->volumes[i].mount_path && !strcmp(pod->volumes[i].mount_path, "/tmp"))
            return true;
    return false;
}

/* A volume that the library adds has its name already. */
static void check_name_free(struct checker *checker, const struct volumes *volumes, const char *name, const char *what_for)
{
    const struct hd_volume *volume = names_find(&volumes->names, name);

    if (volume)
        hint(found(checker, HD_VOLUME_NAME_TAKEN, AT(volume, name), "the library adds a volume called %s itself, for %s", name, what_for),
             "rename this one");
}

static void check_added(struct checker *checker, const struct volumes *volumes)
{
    bool has_files = false;
    char name[32];

    for (size_t i = 0; i < service_n_containers(volumes->service); i++) {
        struct container_in in = service_container_at(volumes->service, i);

        has_files |= in.container->n_config_files > 0;
        snprintf(name, sizeof name, i ? "tmp-%zu" : "tmp", i);
        if (in.container->security_context.read_only_root_filesystem == HD_TRUE && !has_tmp(&in))
            check_name_free(checker, volumes, name, "scratch files at /tmp");
    }
    if (has_files)
        check_name_free(checker, volumes, "config-files", "configFiles");
}

void check_mounted_volumes(struct checker *checker, const struct hd_service *service)
{
    struct volumes volumes = {.service = service};
    const struct hd_pod *pod = &service->pod;

    if (pod->n_volumes)
        names_init(&checker->scratch, &volumes.names, pod->n_volumes);
    volumes.mounted = arena_array(&checker->scratch, pod->n_volumes + 1, sizeof *volumes.mounted);
    for (size_t i = 0; i < pod->n_volumes; i++)
        if (pod->volumes[i].name)
            names_add(&volumes.names, pod->volumes[i].name, &pod->volumes[i]);
    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);

        check_mounts(checker, &volumes, &in);
    }
    for (size_t i = 0; i < pod->n_volumes; i++)
        if (!volumes.mounted[i])
            hint(found(checker, HD_VOLUME_UNUSED, AT_STRUCT(&pod->volumes[i]), "no container mounts the volume %s",
                       text_or(pod->volumes[i].name, "")),
                 "give it a mountPath for the service's own container, or name it in volumeMounts of another container");
    check_added(checker, &volumes);
}
