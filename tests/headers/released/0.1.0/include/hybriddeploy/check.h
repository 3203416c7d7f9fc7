#ifndef HYBRIDDEPLOY_CHECK_H
#define HYBRIDDEPLOY_CHECK_H
#include <hybriddeploy/diagnostic.h>
#include <hybriddeploy/model.h>
#ifdef __cplusplus
extern "C" {
#endif
struct hd_model;
struct hd_resolve_options {
    size_t size;
    const char *kubernetes_version;
    const char *namespace_name;
};
HD_API enum hd_status hd_resolve(const struct hd_app *app, const struct hd_resolve_options *options, struct hd_diagnostics *diagnostics,
                                 struct hd_model **ret_model);
HD_API void hd_model_free(struct hd_model *model);
HD_API const struct hd_app *hd_model_app_in(const struct hd_model *model, const struct hd_layout *layout);
static inline const struct hd_app *hd_model_app(const struct hd_model *model)
{
    return hd_model_app_in(model, HD_ABI);
}
HD_API enum hd_status hd_check(const struct hd_model *model, struct hd_diagnostics *diagnostics);
HD_API enum hd_status hd_validate(const struct hd_app *app, const struct hd_resolve_options *options, struct hd_diagnostics *diagnostics);
#ifdef __cplusplus
}
#endif
#endif
