#ifndef HYBRIDDEPLOY_DIAGNOSTIC_H
#define HYBRIDDEPLOY_DIAGNOSTIC_H
#include <hybriddeploy/version.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
enum hd_severity { HD_WARNING = 1, HD_ERROR = 2 };
enum hd_status {
    HD_OK = 0,
    HD_INVALID = 1,
    HD_UNREADABLE = 2,
    HD_UNWRITABLE = 3,
    HD_NO_MEMORY = 4,
    HD_BAD_CALL = 5
};
struct hd_place {
    const char *file;
    uint32_t line, column;
    const char *path;
    const char *message;
};
struct hd_diagnostic {
    int code;
    enum hd_severity severity;
    const char *file;
    uint32_t line, column;
    const char *path;
    const char *message;
    const char *hint;
    struct hd_place related;
};
struct hd_diagnostics;
struct hd_diagnostics_options {
    size_t size;
    size_t limit;
    int strict;
};
HD_API struct hd_diagnostics *hd_diagnostics_new(const struct hd_diagnostics_options *options);
HD_API void hd_diagnostics_free(struct hd_diagnostics *diagnostics);
HD_API size_t hd_diagnostics_count(const struct hd_diagnostics *diagnostics);
HD_API const struct hd_diagnostic *hd_diagnostics_get(const struct hd_diagnostics *diagnostics, size_t index);
HD_API size_t hd_diagnostics_errors(const struct hd_diagnostics *diagnostics);
HD_API size_t hd_diagnostics_omitted(const struct hd_diagnostics *diagnostics);
struct hd_code_info {
    int code;
    enum hd_severity severity;
    const char *name;
    const char *what;
    const char *why;
    const char *wrong, *right;
};
HD_API const struct hd_code_info *hd_code_info(int code);
HD_API const struct hd_code_info *hd_code_at(size_t index);
HD_API const char *hd_did_you_mean(const char *word, const char *const *candidates, size_t n_candidates);
#ifdef __cplusplus
}
#endif
#endif
