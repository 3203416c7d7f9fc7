#ifndef HYBRIDDEPLOY_DOCUMENT_H
#define HYBRIDDEPLOY_DOCUMENT_H
#include <hybriddeploy/diagnostic.h>
#include <hybriddeploy/model.h>
#ifdef __cplusplus
extern "C" {
#endif
struct hd_document;
struct hd_source {
    const char *name;
    const char *text;
    size_t length;
};
struct hd_load_options {
    size_t size;
    const char *const *sets;
    size_t n_sets;
    size_t max_bytes;
};
HD_API enum hd_status hd_document_load(const struct hd_source *sources, size_t n_sources, const struct hd_load_options *options,
                                       struct hd_diagnostics *diagnostics, struct hd_document **ret_document);
HD_API enum hd_status hd_document_load_file(const char *name, struct hd_diagnostics *diagnostics, struct hd_document **ret_document);
HD_API void hd_document_free(struct hd_document *document);
HD_API const struct hd_app *hd_document_app_in(const struct hd_document *document, const struct hd_layout *layout);
static inline const struct hd_app *hd_document_app(const struct hd_document *document)
{
    return hd_document_app_in(document, HD_ABI);
}
#ifdef __cplusplus
}
#endif
#endif
