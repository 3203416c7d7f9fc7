/* Rules for files that a program writes where its file system is read-only. */
#include "core/text/among.h"
#include "core/text/within.h"
#include "core/text/word_list.h"
#include "model/checks.h"
#include "model/container.h"
#include "parts.h"
#include "pod_checks.h"

/* Variables that name a folder or file to write, and options of commands. */
static const char names[] = " PROMETHEUS_MULTIPROC_DIR prometheus_multiproc_dir TMPDIR TEMP TMP LOG_DIR LOG_FILE CACHE_DIR DATA_DIR UPLOAD_DIR STATE_DIR XDG_CACHE_HOME "
                            "HF_HOME TRANSFORMERS_CACHE MPLCONFIGDIR NUMBA_CACHE_DIR PYTHONPYCACHEPREFIX TORCH_HOME NLTK_DATA DOWNLOAD_DIR SPOOL_DIR ";
static const char options[] = " --log-file --logfile --access-logfile --error-logfile --pid --pidfile --worker-tmp-dir --data-dir --cache-dir --storage.tsdb.path "
                              "--upload-dir --state-dir ";

/* Whether the container can write at a path: in a volume, or in what is writable anyway. */
static bool is_writable(const struct container_in *in, const char *path)
{
    const struct hd_pod *pod = &in->service->pod;

    if (path_is_within(path, "/tmp") || path_is_within(path, "/dev") || path_is_within(path, "/proc"))
        return true;
    for (size_t i = 0; in->role == CONTAINER_MAIN && i < pod->n_volumes; i++)
        if (pod->volumes[i].mount_path && path_is_within(path, pod->volumes[i].mount_path))
            return true;
    for (size_t i = 0; i < in->container->n_volume_mounts; i++)
        if (in->container->volume_mounts[i].mount_path && path_is_within(path, in->container->volume_mounts[i].mount_path))
            return true;
    return false;
}

static void check_path(struct checker *checker, const struct container_in *in, struct where where, const char *subject, const char *path)
{
    struct finding *finding;

    if (!path || *path != '/' || is_writable(in, path))
        return;
    finding =
        found(checker, HD_WRITES_READ_ONLY, where, "%s is %.80s, but the file system of the container is read-only there", subject, path);
    also_at(finding, AT(&in->container->security_context, read_only_root_filesystem), "readOnlyRootFilesystem");
    hint(finding,
         "write below /tmp, or mount a volume there: volumes: {work: {mountPath: %.80s, emptyDir: on}}; if nothing is written, accept this "
         "with silence",
         path);
}

static void check_word(struct checker *checker, const struct container_in *in, struct where where, const char *word, const char *next)
{
    size_t length = strcspn(word, "=");

    if (*word == '-' && word_list_has(options, word, length))
        check_path(checker, in, where, arena_strndup(&checker->report->arena, word, length), word[length] ? word + length + 1 : next);
}

static void check_container(struct checker *checker, const struct container_in *in)
{
    const struct hd_container *container = in->container;

    if (container->security_context.read_only_root_filesystem != HD_TRUE)
        return;
    for (size_t i = 0; i < container->n_env; i++)
        if (container->env[i].name && container->env[i].value && *container->env[i].value == '/' &&
            word_list_has(names, container->env[i].name, strlen(container->env[i].name)))
            check_path(checker, in, AT(&container->env[i], value), container->env[i].name, container->env[i].value);
    for (size_t i = 0; i < container->n_command; i++)
        check_word(checker, in, AT_ITEM(container, command, i), container->command[i],
                   i + 1 < container->n_command ? container->command[i + 1] : NULL);
    for (size_t i = 0; i < container->n_args; i++)
        check_word(checker, in, AT_ITEM(container, args, i), container->args[i], i + 1 < container->n_args ? container->args[i + 1] : NULL);
}

void check_writing(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);

        check_container(checker, &in);
    }
}
