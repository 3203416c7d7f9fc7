/* Files of configuration, mounted from a generated ConfigMap. */
#include "core/reporting/report.h"
#include "core/tables/field.h"
#include "core/text/file.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "parts.h"

#include <string.h>

#define T hd_config_file
static const struct hd_field config_file_fields[] = {
    STR("path", path, .required = true, .format = &format_absolute_path),
    STR("key", key, .format = &format_config_key),
    STR("content", content, .choice = 1),
    STR("fromFile", from_file, .choice = 1, .format = &format_relative_path),
    STR("mode", mode, .format = &format_mode),
};
const struct hd_struct hd_config_file_struct = STRUCT(config_file_fields, .scalar = "content", .keyed_by = "path");
#undef T

static void read_content(struct hd_model *model, struct hd_config_file *file, struct hd_diagnostics *report)
{
    const char *beside = field_file(&hd_config_file_struct, field_of(&hd_config_file_struct, "fromFile"), file);
    const char *name = file_name_beside(&model->arena, beside, file->from_file), *why;
    size_t length = 0;
    char *content;

    /* The rules of fields tell a path that leaves the folder: whoever wrote the model has no right to read other files. */
    if (!format_is_valid(&format_relative_path, file->from_file))
        return;
    content = file_read_beside(&model->arena, beside, file->from_file, LARGEST_CONFIG, &length, &why);
    if (!content)
        hint(finding_at(report, HD_NO_CONFIG_FILE, AT(file, from_file), "%s cannot be used: %s", name, why),
             "fromFile names a file beside the model, of at most 1 MiB of text");
    else if (strlen(content) != length)
        hint(finding_at(report, HD_NUL_BYTE, AT(file, from_file), "%s is not text: it holds a NUL byte", name),
             "put binary data into a volume or the image");
    else
        file->content = content;
}

const char *config_file_key(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* All files of a service share a ConfigMap: only those of its own container go without the container's name. */
static const char *key_of(struct hd_model *model, const char *path, const char *container_name)
{
    const char *key = config_file_key(path);

    return container_name ? arena_printf(&model->arena, "%s.%s", container_name, key) : key;
}

void resolve_config_files(struct hd_model *model, struct hd_container *container, const char *name, struct hd_diagnostics *report)
{
    struct hd_config_file *files = arena_copy(&model->arena, container->config_files, container->n_config_files * sizeof *files);

    if (!container->n_config_files)
        return;
    for (size_t i = 0; i < container->n_config_files; i++) {
        if (files[i].from_file && !files[i].content)
            read_content(model, &files[i], report);
        if (files[i].path && !files[i].key)
            files[i].key = key_of(model, files[i].path, name);
    }
    container->config_files = files;
}
