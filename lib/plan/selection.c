#include "selection.h"

#include "core/reporting/refuse.h"
#include "core/text/letter.h"
#include "model/model.h"

#include <string.h>

/* Whether `Kind` or `Kind/name` means this kind, and the rest is "" or "/name". */
static const char *behind_kind(const char *only, const char *kind)
{
    size_t length = strcspn(only, "/");

    return length == strlen(kind) && letters_same(only, kind, length) ? only + length : NULL;
}

static bool is_meant(const struct hd_manifest *manifest, const char *only)
{
    const char *name = behind_kind(only, manifest->kind);

    return name && (!*name || !strcmp(name + 1, manifest->name));
}

bool manifest_is_selected(const struct hd_manifest *manifest, const struct hd_generate_options *options)
{
    for (size_t i = 0; options && i < options->n_only; i++)
        if (is_meant(manifest, options->only[i]))
            return true;
    return !options || !options->n_only;
}

bool file_is_selected(const struct hd_file *file, const struct hd_generate_options *options)
{
    for (size_t i = 0; options && i < options->n_only; i++)
        if (!strcmp(options->only[i], file->part) || !strcmp(options->only[i], file->path))
            return true;
    for (size_t i = 0; options && i < options->n_with; i++)
        if (!strcmp(options->with[i], file->part) || (file->group && !strcmp(options->with[i], file->group)))
            return true;
    return file->is_default && (!options || (!options->n_only && !options->n_with));
}

/* Takes the options, and refuses those that are wrong with every model. */
static enum hd_status take_options(struct hd_diagnostics *report, struct hd_generate_options *own, const struct hd_generate_options *options)
{
    enum hd_status status = options_take(report, own, sizeof *own, options, "hd_generate_options");

    if (status == HD_OK && (own->format < HD_FORMAT_YAML || own->format > HD_FORMAT_LIST))
        status = refuse_call(report, "format is %d, which is not a value of enum hd_format", (int)own->format);
    if (status == HD_OK)
        status = check_words(report, own->only, own->n_only, "only");
    return status == HD_OK ? check_words(report, own->with, own->n_with, "with") : status;
}

int hd_manifest_is_selected(const struct hd_manifest *manifest, const struct hd_generate_options *options)
{
    struct hd_generate_options own;

    return manifest && take_options(NULL, &own, options) == HD_OK && manifest_is_selected(manifest, &own);
}

int hd_file_is_selected(const struct hd_file *file, const struct hd_generate_options *options)
{
    struct hd_generate_options own;

    return file && take_options(NULL, &own, options) == HD_OK && file_is_selected(file, &own);
}

static bool is_part(const char *word, bool or_group)
{
    const struct hd_part_info *part;

    for (size_t i = 0; (part = hd_part_at(i)); i++)
        if (!strcmp(part->name, word) || (or_group && part->group && !strcmp(part->group, word)))
            return true;
    return false;
}

static bool is_kind(const char *word)
{
    const struct hd_kind_info *kind;
    const char *name;

    for (size_t i = 0; (kind = hd_kind_at(i)); i++)
        if ((name = behind_kind(word, kind->kind)) && !*name)
            return true;
    return false;
}

static bool is_in_model(const struct hd_model *model, const char *word)
{
    struct hd_generate_options one = {.only = &word, .n_only = 1};

    for (size_t i = 0; i < model->n_manifests; i++)
        if (is_meant(&model->manifests[i], word))
            return true;
    for (size_t i = 0; i < model->n_files; i++)
        if (file_is_selected(&model->files[i], &one))
            return true;
    return false;
}

enum hd_status take_generate_options(const struct hd_model *model, struct hd_diagnostics *report, struct hd_generate_options *own,
                                     const struct hd_generate_options *options)
{
    enum hd_status status = take_options(report, own, options);

    for (size_t i = 0; status == HD_OK && i < own->n_only; i++)
        if (!is_kind(own->only[i]) && !is_part(own->only[i], false) && !is_in_model(model, own->only[i]))
            status = refuse_call(report, "only[%zu] is \"%.200s\", which is no kind, no part, and no object or file of the model", i,
                                 own->only[i]);
    for (size_t i = 0; status == HD_OK && i < own->n_with; i++)
        if (!is_part(own->with[i], true) && strcmp(own->with[i], "none") != 0)
            status = refuse_call(report, "with[%zu] is \"%.200s\", which is no part and no group of parts", i, own->with[i]);
    return status;
}
