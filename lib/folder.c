/* Manifests to a folder, one file each, and what goes with them; it changes as a whole. */
#define _POSIX_C_SOURCE 200809L
#include "core/reporting/refuse.h"
#include "core/reporting/report.h"
#include "model/model.h"
#include "output/below.h"
#include "output/files.h"
#include "output/in_place.h"
#include "plan/selection.h"

#include <errno.h>
#include <fcntl.h>
#include <hybriddeploy/diff.h>
#include <string.h>

bool output_failed_as_said(struct output *output)
{
    struct finding *finding = finding_in(output->report, HD_OUTPUT_UNWRITABLE, output->folder, 0, 0, NULL,
                                         "the folder cannot be written: %s", output->staging.why);

    hint(finding, "%s",
         output->staging.remedy ? output->staging.remedy
                                : "give a folder that can be written, or a new one in a folder that exists and can be written");
    return false;
}

/* Reports a failure after the new folder is in its place. */
static bool uncleared(struct output *output)
{
    struct finding *finding =
        finding_in(output->report, HD_OUTPUT_UNWRITABLE, output->folder, 0, 0, NULL,
                   "the folder is written, but temporary files of this run could not be removed: %s", output->staging.why);

    hint(finding, "the next run tries to remove them");
    return false;
}

/* Reports a failure after some files may be in their places. */
static bool unfinished(struct output *output)
{
    struct finding *finding;

    if (!output->staging.is_half)
        return output->staging.is_marked ? output_failed_as_said(output) : uncleared(output);
    finding = finding_in(output->report, HD_OUTPUT_UNWRITABLE, output->folder, 0, 0, NULL, "only a part of the folder is written: %s",
                         output->staging.why);
    hint(finding, "run it again for the whole folder: this completes it");
    return false;
}

bool output_failed(struct output *output, const char *doing, const char *name)
{
    output->staging.why = arena_printf(&output->arena, "%s %s: %s", doing, name, strerror(errno));
    return output_failed_as_said(output);
}

/* A file of the folder that may not be replaced. */
static void refuse(struct output *output, enum hd_code code, const char *name, const char *what, const char *remedy)
{
    size_t length = strlen(output->folder);
    const char *file = arena_printf(&output->arena, "%s%s%s", output->folder, length && output->folder[length - 1] == '/' ? "" : "/", name);

    hint(finding_in(output->report, code, file, 0, 0, NULL, "the file %s", what), "%s", remedy);
    output->n_refused++;
}

static bool is_forced(const struct output *output)
{
    return output->options && output->options->force;
}

/* Refuses --only after an interrupted run, because the files that it does not write would stay a mixture of old and new. */
static bool refuse_part(struct output *output)
{
    output->staging.why =
        "an earlier run was interrupted, so some files of the folder are old and some new, and --only does not complete them";
    output->staging.remedy = "write the whole folder first, without --only";
    return output_failed_as_said(output);
}

static bool read_index(struct output *output)
{
    const char *why;
    enum index_status status = index_read(&output->arena, output->staging.target_fd, &output->old, &why);

    if (output->old.is_half && output->options && output->options->n_only)
        return refuse_part(output);
    if (status == INDEX_READ || status == INDEX_MISSING || is_forced(output))
        return true;
    refuse(output, HD_BAD_INDEX, INDEX_NAME,
           status == INDEX_NEWER ? "was written by a newer version of the library"
                                 : arena_printf(&output->arena, "is not an index of generated files: %s", why),
           status == INDEX_NEWER
               ? "use that version; with --force files of the same names are overwritten, and all other files of the folder stay"
               : "restore it; with --force files of the same names are overwritten, and all other files of the folder stay");
    return false;
}

/* Manifests are named for YAML. */
static const char *file_name(struct output *output, const struct hd_manifest *manifest)
{
    size_t stem = strlen(manifest->file_name) - strlen(".yaml");

    if (!output->options || output->options->format != HD_FORMAT_JSON)
        return manifest->file_name;
    return arena_printf(&output->arena, "%.*s.json", (int)stem, manifest->file_name);
}

/* Whether the same manifest is written now in the other format. */
static bool is_replaced(struct output *output, const char *name)
{
    const char *dot = strrchr(name, '.'), *other;

    if (index_find(&output->new, name) || !dot)
        return true;
    other = arena_printf(&output->arena, "%.*s%s", (int)(dot - name), name, strcmp(dot, ".json") ? ".json" : ".yaml");
    return index_find(&output->new, other);
}

/* Whether a file from an earlier run is still there. */
static bool is_there(const struct output *output, const char *name)
{
    struct stat status;

    return output->staging.target_fd >= 0 && below_stat(output->staging.target_fd, name, &status);
}

/* Lists what the folder will hold: what is asked for; when that is not all, also what is there from earlier runs. */
static void list_files(struct output *output)
{
    const struct hd_model *model = output->model;
    bool is_part = output->options->n_only;

    for (size_t i = 0; i < model->n_manifests; i++)
        if (manifest_is_selected(&model->manifests[i], output->options))
            index_add(&output->arena, &output->new, file_name(output, &model->manifests[i]), 0);
    for (size_t i = 0; i < model->n_files; i++)
        if (file_is_selected(&model->files[i], output->options)) {
            index_add(&output->arena, &output->new, model->files[i].path, 0);
            output->new.files[output->new.n_files - 1].executable = model->files[i].executable;
        }
    index_add(&output->arena, &output->new, KUSTOMIZATION, 0);
    output->n_written = output->new.n_files;
    index_build(&output->arena, &output->new);
    for (size_t i = 0; is_part && i < output->old.n_files; i++)
        if (!is_replaced(output, output->old.files[i].name) && is_there(output, output->old.files[i].name))
            index_add(&output->arena, &output->new, output->old.files[i].name, output->old.files[i].hash);
    index_build(&output->arena, &output->new);
}

/* A file of the folder that will be replaced must be what was generated, or what will be; false when that cannot be told. */
static bool check_replaced(struct output *output, const char *name, const struct indexed *old, struct indexed *new,
                           const struct stat *status)
{
    uint64_t hash = 0;
    bool is_file = S_ISREG(status->st_mode), may_run = status->st_mode & S_IXUSR;

    if (is_file && !staging_hash(&output->staging, output->staging.target_fd, name, &hash))
        return false;
    if (is_file && old && hash == old->hash && hash == new->hash && (may_run || !new->executable))
        output->n_intact++;
    if (is_file)
        new->was = hash;
    if ((is_file && (index_knows(old, hash) || hash == new->hash)) || is_forced(output))
        return true;
    if (old)
        refuse(output, HD_EDITED_FILE, name, "was edited after it had been generated",
               "make the change in the model, so that it is kept; --force overwrites the file");
    else
        refuse(output, HD_FOREIGN_FILE, name, "was not generated, but a generated file has the same name",
               "move it away, or write to another folder; --force overwrites the file");
    return true;
}

/* A file that is generated no longer goes away only when it is what was generated: nothing else of it would be left. */
static bool check_gone(struct output *output, const char *name, const struct indexed *old, const struct stat *status)
{
    uint64_t hash = 0;
    bool is_file = S_ISREG(status->st_mode);

    if (is_file && !staging_hash(&output->staging, output->staging.target_fd, name, &hash))
        return false;
    if (is_file && index_knows(old, hash))
        index_add(&output->arena, &output->gone, old->name, hash);
    else
        refuse(output, HD_EDITED_FILE, name, "was edited after it had been generated, but is not generated any more",
               "make the change in the model, or remove the file");
    return true;
}

static bool take_over(struct output *output, const char *name)
{
    if (output->staging.in_place)
        return true;
    if (!staging_make_way(&output->staging, name))
        return false;
    if (staging_link(&output->staging, name))
        return true;
    arena_grow(&output->arena, output->movers, output->n_movers);
    output->movers[output->n_movers++] = arena_strndup(&output->arena, name, strlen(name));
    return true;
}

/* Decides what becomes of an entry of the folder: it is replaced, goes away, or stays. */
static bool visit(void *user, const char *name, const struct stat *status)
{
    struct output *output = user;
    const struct indexed *old = index_find(&output->old, name);
    struct indexed *new = index_find(&output->new, name);
    bool is_written = new && (size_t)(new - output->new.files) < output->n_written;

    if (is_written && S_ISDIR(status->st_mode))
        refuse(output, HD_FOREIGN_FILE, name, "has the same name as a folder", "move it away, or write to another folder");
    else if (index_has_folder(&output->new, name) && !S_ISDIR(status->st_mode))
        refuse(output, HD_FOREIGN_FILE, name, "has the same name as a folder of generated files",
               "move it away, or write to another folder");
    else if (index_has_folder(&output->old, name) && !S_ISDIR(status->st_mode))
        refuse(output, HD_FOREIGN_FILE, name, S_ISLNK(status->st_mode) ? "is a symbolic link where the index names generated files in a folder"
                                                                       : "is a file where the index names generated files in a folder",
               "move it away; generated files are neither read nor removed through it");
    else if (S_ISDIR(status->st_mode) && (index_has_folder(&output->new, name) || index_has_folder(&output->old, name)))
        return staging_each(&output->staging, output->staging.target_fd, name, visit, output);
    else if (is_written)
        return check_replaced(output, name, old, new, status);
    else if (old && !new && !S_ISDIR(status->st_mode))
        return check_gone(output, name, old, status);
    else
        return take_over(output, name);
    return true;
}

static bool take_stock(struct output *output)
{
    if (output->staging.target_fd >= 0 && !staging_each(&output->staging, output->staging.target_fd, NULL, visit, output))
        return output_failed_as_said(output);
    return !output->n_refused;
}

/* Whether the folder is as it would become. */
static bool is_up_to_date(const struct output *output)
{
    return !output->old.is_half && output->n_intact == output->n_written && output->old.n_files == output->new.n_files;
}

static bool write_folder(struct output *output)
{
    struct staging *staging = &output->staging;

    if (!staging_open(staging, output->folder) || !staging_recover(staging))
        return output_failed_as_said(output);
    if (!read_index(output))
        return false;
    list_files(output);
    if (!staging_create(staging))
        return output_failed_as_said(output);
    if (!write_manifests(output) || !write_files(output) || !write_kustomization(output) || !take_stock(output))
        return false;
    if (is_up_to_date(output)) {
        /* The files keep their times, but make takes the index's for that of this run. The folder is right whether this works or not. */
        (void)utimensat(staging->target_fd, INDEX_NAME, NULL, AT_SYMLINK_NOFOLLOW);
        return true;
    }
    if (!write_index(output))
        return false;
    if (staging->in_place)
        return write_half_index(output) && (in_place_commit(staging, &output->new, output->n_written, &output->gone) || unfinished(output));
    if (!staging_commit(staging, output->movers, output->n_movers))
        return output_failed_as_said(output);
    return staging_clear(staging, &output->old, &output->new) || uncleared(output);
}

enum hd_status hd_generate_folder(const struct hd_model *model, const struct hd_generate_options *options, struct hd_diagnostics *report,
                                  const char *folder)
{
    struct hd_generate_options own;
    struct output output = {.model = model, .options = &own, .report = report, .folder = folder};
    jmp_buf out_of_memory;
    enum hd_status status;

    if (!model || !report || !folder || !*folder)
        return refuse_call(report, "hd_generate_folder() is given %s", !model ? "NULL for the model" : "no name of the folder");
    status = take_generate_options(model, report, &own, options);
    if (status == HD_OK && own.format == HD_FORMAT_LIST)
        status = refuse_call(report, "format is HD_FORMAT_LIST, but a folder holds one file for each manifest");
    if (status == HD_OK)
        status = hd_check(model, report);
    if (status == HD_OK && own.against)
        status = hd_check_against(model, own.against, report);
    if (status != HD_OK)
        return status;
    arena_init(&output.arena, &out_of_memory);
    report->arena.out_of_memory = &out_of_memory;
    staging_init(&output.staging, &output.arena);
    if (setjmp(out_of_memory))
        output.status = HD_NO_MEMORY;
    else if (!write_folder(&output) && output.status == HD_OK)
        output.status = HD_UNWRITABLE;
    staging_close(&output.staging);
    arena_free(&output.arena);
    report_finish(report);
    return output.status;
}
