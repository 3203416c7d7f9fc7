/** Resolving and checking a model. */
#ifndef HYBRIDDEPLOY_CHECK_H
#define HYBRIDDEPLOY_CHECK_H

#include <hybriddeploy/diagnostic.h>
#include <hybriddeploy/model.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A model with every default filled in, its call graph, and the manifests that follow from it. */
struct hd_model;

/** Options for resolving; zeroes are the defaults. Set size to sizeof. */
struct hd_resolve_options {
    /** sizeof(struct hd_resolve_options). */
    size_t size;
    /** Replaces the application's kubernetesVersion. */
    const char *kubernetes_version;
    /** Replaces the application's namespace. */
    const char *namespace_name;
};

/**
 * Fills in on a copy what `app` leaves out: from the service's runtime, then from the library's defaults. `options` may
 * be NULL. On HD_OK `*ret_model` is the caller's; free it with hd_model_free(). `app` must live as long as the model.
 *
 * HD_BAD_CALL, with a diagnostic that says where, when `app->abi` is not HD_ABI, an enum has a value that it does not have, a list has
 * a count but no array, a list of strings holds NULL, or the program sets a member that only newer versions of the library know.
 */
HD_API enum hd_status hd_resolve(const struct hd_app *app, const struct hd_resolve_options *options, struct hd_diagnostics *diagnostics,
                                 struct hd_model **ret_model);

/** Frees the model. NULL is allowed. */
HD_API void hd_model_free(struct hd_model *model);

/**
 * The complete application as a program of this layout reads it; NULL is the library's own layout. Borrowed from the model. NULL when
 * `model` is NULL, or memory ran out while a copy was made for a layout that is not the library's.
 */
HD_API const struct hd_app *hd_model_app_in(const struct hd_model *model, const struct hd_layout *layout);

/** The complete application. Borrowed from the model. NULL as with hd_model_app_in(). */
static inline const struct hd_app *hd_model_app(const struct hd_model *model)
{
    return hd_model_app_in(model, HD_ABI);
}

/** Checks every rule, collects all findings. HD_INVALID when `diagnostics` then has errors, also from earlier stages. */
HD_API enum hd_status hd_check(const struct hd_model *model, struct hd_diagnostics *diagnostics);

/** hd_resolve() and hd_check() in one, for callers that want only the findings. HD_INVALID when `diagnostics` then has errors. */
HD_API enum hd_status hd_validate(const struct hd_app *app, const struct hd_resolve_options *options, struct hd_diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif

#endif
