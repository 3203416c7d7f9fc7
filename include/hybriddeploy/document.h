/** Documents: a model loaded from YAML or JSON. */
#ifndef HYBRIDDEPLOY_DOCUMENT_H
#define HYBRIDDEPLOY_DOCUMENT_H

#include <hybriddeploy/diagnostic.h>
#include <hybriddeploy/model.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A loaded model with the text it came from. */
struct hd_document;

/** One input. Later inputs are laid over earlier ones: mappings merge, everything else is replaced. */
struct hd_source {
    /** File to read; `-` is standard input. With `text`, only its name in diagnostics. */
    const char *name;
    /** Text to read instead of the file, or NULL. */
    const char *text;
    /** Length of the text in bytes. */
    size_t length;
};

/** Options for loading; zeroes are the defaults. Set size to sizeof. */
struct hd_load_options {
    /** sizeof(struct hd_load_options). */
    size_t size;
    /** Overrides `path=value`, such as `services.auth.replicas=3`; the value is YAML. Laid over all sources, in order. */
    const char *const *sets;
    size_t n_sets;
    /** Largest input accepted, in bytes. Default: 256 MiB. Inputs of 2 GiB and more are refused with every value. */
    size_t max_bytes;
};

/**
 * Loads a model. Mistakes of the model are collected in `diagnostics` and leave HD_OK: hd_check() then finds more, and
 * generating is refused. Input that cannot be read or is no YAML gives HD_UNREADABLE and no document.
 * Where memory runs out, also inside of libfyaml, the result is HD_NO_MEMORY and no document. libfyaml before 1.0 crashes when
 * one of two small allocations fails in it; the library makes sure of memory for them just before, so only another thread that
 * takes it in that moment can cause this.
 * `options` may be NULL. On HD_OK `*ret_document` is the caller's; free it with hd_document_free() after the diagnostics
 * and models that came from it.
 */
HD_API enum hd_status hd_document_load(const struct hd_source *sources, size_t n_sources, const struct hd_load_options *options,
                                       struct hd_diagnostics *diagnostics, struct hd_document **ret_document);

/** hd_document_load() for one file. */
HD_API enum hd_status hd_document_load_file(const char *name, struct hd_diagnostics *diagnostics, struct hd_document **ret_document);

/** Frees the document and its model. NULL is allowed. */
HD_API void hd_document_free(struct hd_document *document);

/**
 * The model as a program of this layout reads it; NULL is the library's own layout, which hd_schema_root() describes. Borrowed from the
 * document. Several threads may ask at the same time. NULL when `document` is NULL, or memory ran out while a copy was made for a
 * layout that is not the library's.
 */
HD_API const struct hd_app *hd_document_app_in(const struct hd_document *document, const struct hd_layout *layout);

/** The model. Borrowed from the document. NULL as with hd_document_app_in(). */
static inline const struct hd_app *hd_document_app(const struct hd_document *document)
{
    return hd_document_app_in(document, HD_ABI);
}

#ifdef __cplusplus
}
#endif

#endif
