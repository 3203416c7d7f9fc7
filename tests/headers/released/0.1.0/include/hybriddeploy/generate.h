#ifndef HYBRIDDEPLOY_GENERATE_H
#define HYBRIDDEPLOY_GENERATE_H
#include <hybriddeploy/check.h>
#ifdef __cplusplus
extern "C" {
#endif
struct hd_manifest {
    const char *group;
    const char *version;
    const char *kind;
    const char *namespace_name;
    const char *name;
    const char *file_name;
    const char *service;
};
struct hd_file {
    const char *part;
    const char *group;
    const char *path;
    const char *service;
    int executable;
    int is_default;
};
struct hd_part_info {
    const char *name;
    const char *group;
    const char *what, *when;
};
enum hd_format {
    HD_FORMAT_YAML = 0,
    HD_FORMAT_JSON,
    HD_FORMAT_LIST
};
typedef int hd_sink(void *user, const char *text, size_t length);
struct hd_generate_options {
    size_t size;
    enum hd_format format;
    const char *const *only;
    size_t n_only;
    int force;
    const char *const *with;
    size_t n_with;
};
struct hd_kind_info {
    const char *group, *version, *kind;
    const char *family;
    const char *when;
};
HD_API const struct hd_kind_info *hd_kind_at(size_t index);
HD_API size_t hd_manifest_count(const struct hd_model *model);
HD_API const struct hd_manifest *hd_manifest_at(const struct hd_model *model, size_t index);
HD_API int hd_manifest_is_selected(const struct hd_manifest *manifest, const struct hd_generate_options *options);
HD_API enum hd_status hd_manifest_write(const struct hd_model *model, size_t index, enum hd_format format, hd_sink *sink, void *user);
HD_API const struct hd_part_info *hd_part_at(size_t index);
HD_API size_t hd_file_count(const struct hd_model *model);
HD_API const struct hd_file *hd_file_at(const struct hd_model *model, size_t index);
HD_API int hd_file_is_selected(const struct hd_file *file, const struct hd_generate_options *options);
HD_API enum hd_status hd_file_write(const struct hd_model *model, size_t index, hd_sink *sink, void *user);
HD_API enum hd_status hd_generate(const struct hd_model *model, const struct hd_generate_options *options,
                                  struct hd_diagnostics *diagnostics, hd_sink *sink, void *user);
HD_API enum hd_status hd_generate_folder(const struct hd_model *model, const struct hd_generate_options *options,
                                         struct hd_diagnostics *diagnostics, const char *folder);
#ifdef __cplusplus
}
#endif
#endif
