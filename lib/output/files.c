/* Writes the files of an output folder to its staging folder. */
#define _POSIX_C_SOURCE 200809L
#include "files.h"

#include "core/memory/hash.h"
#include "core/writing/writer.h"
#include "plan/selection.h"
#include "model/model.h"
#include "below.h"
#include "in_place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct file_sink {
    int fd;
    uint64_t hash;
};

static int to_file(void *user, const char *text, size_t length)
{
    struct file_sink *sink = user;

    sink->hash = hash_bytes(sink->hash, text, length);
    while (length) {
        ssize_t n = write(sink->fd, text, length);

        if (n < 0 && errno != EINTR)
            return 1;
        if (n > 0) {
            text += n;
            length -= (size_t)n;
        }
    }
    return 0;
}

static bool open_file(struct output *output, const char *name, bool executable, struct file_sink *sink)
{
    struct staging *staging = &output->staging;

    if (!staging_make_way(staging, name))
        return output_failed_as_said(output);
    staging->file_fd = below_open(staging->fd, name, O_WRONLY | O_CREAT | O_EXCL, executable ? 0777 : 0666);
    *sink = (struct file_sink){.fd = staging->file_fd, .hash = HASH_START};
    return staging->file_fd >= 0 || output_failed(output, "making", name);
}

/* Some file systems report only on close that the disk is full. */
static bool close_file(struct output *output, const char *name)
{
    int fd = output->staging.file_fd;

    output->staging.file_fd = -1;
    return !close(fd) || output_failed(output, "writing", name);
}

static void note(struct indexed *file, const struct file_sink *sink)
{
    file->hash = file->was = sink->hash;
}

bool write_manifests(struct output *output)
{
    const struct hd_model *model = output->model;
    enum hd_format format = output->options ? output->options->format : HD_FORMAT_YAML;
    struct indexed *file = output->new.files;
    struct file_sink sink = {.fd = -1};

    for (size_t i = 0; i < model->n_manifests; i++) {
        if (!manifest_is_selected(&model->manifests[i], output->options))
            continue;
        if (!open_file(output, file->name, false, &sink))
            return false;
        output->status = hd_manifest_write(model, i, format, to_file, &sink);
        if (output->status == HD_UNWRITABLE)
            return output_failed(output, "writing", file->name);
        if (output->status != HD_OK || !close_file(output, file->name))
            return false;
        note(file++, &sink);
    }
    return true;
}

bool write_files(struct output *output)
{
    const struct hd_model *model = output->model;
    struct file_sink sink = {.fd = -1};

    for (size_t i = 0; i < model->n_files; i++) {
        const struct hd_file *file = &model->files[i];

        if (!file_is_selected(file, output->options))
            continue;
        if (!open_file(output, file->path, file->executable, &sink))
            return false;
        output->status = hd_file_write(model, i, to_file, &sink);
        if (output->status == HD_UNWRITABLE)
            return output_failed(output, "writing", file->path);
        if (output->status != HD_OK || !close_file(output, file->path))
            return false;
        note(index_find(&output->new, file->path), &sink);
    }
    return true;
}

/* Files in sub-folders, and texts, are no manifests. */
static bool is_manifest(const char *name)
{
    const char *dot = strrchr(name, '.');

    return !strchr(name, '/') && dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".json"));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void emit_kustomization(struct yaml_out *y, const char *const *resources, size_t n_resources)
{
    DOC(y) {
        y_str(y, "apiVersion", "kustomize.config.k8s.io/v1beta1");
        y_str(y, "kind", "Kustomization");
        y_strs(y, "resources", resources, n_resources);
        if (!n_resources)
            y_empty_seq(y, "resources");
    }
}

/* Names of manifests sort in the order of application. */
bool write_kustomization(struct output *output)
{
    const char **resources = arena_array(&output->arena, output->new.n_files, sizeof *resources);
    struct indexed *own = index_find(&output->new, KUSTOMIZATION);
    size_t n_resources = 0;
    struct file_sink sink = {.fd = -1};
    struct yaml_out y;
    jmp_buf out_of_memory;

    for (size_t i = 0; i < output->new.n_files; i++)
        if (&output->new.files[i] != own && is_manifest(output->new.files[i].name))
            resources[n_resources++] = output->new.files[i].name;
    qsort(resources, n_resources, sizeof *resources, by_name);
    if (!open_file(output, KUSTOMIZATION, false, &sink))
        return false;
    writer_init(&y, HD_FORMAT_YAML, to_file, &sink, &out_of_memory);
    if (setjmp(out_of_memory)) {
        writer_free(&y);
        output->status = HD_NO_MEMORY;
        return false;
    }
    emit_kustomization(&y, resources, n_resources);
    writer_flush(&y);
    writer_free(&y);
    if (y.failed)
        return output_failed(output, "writing", KUSTOMIZATION);
    note(own, &sink);
    return close_file(output, KUSTOMIZATION);
}

static bool write_text(struct output *output, const char *name, const char *text, size_t length)
{
    struct file_sink sink = {.fd = -1};

    if (!open_file(output, name, false, &sink))
        return false;
    if (to_file(&sink, text, length))
        return output_failed(output, "writing", name);
    return close_file(output, name);
}

bool write_index(struct output *output)
{
    size_t length;
    char *text = index_text(&output->arena, &output->new, &length);

    return write_text(output, INDEX_NAME, text, length);
}

bool write_half_index(struct output *output)
{
    size_t length;
    char *text = index_half_text(&output->arena, &output->new, &output->gone, &length);

    return write_text(output, HALF_NAME, text, length);
}
