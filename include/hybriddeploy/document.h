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

/**
 * One input. Later inputs are laid over earlier ones: mappings merge, also over a list whose elements have names, and everything else is
 * replaced. null takes away what earlier inputs say: a member, an element, and with its last element a list. It is an error where they
 * say nothing. Of members that exclude each other the later input's stays. A service that no earlier input has needs its runtime or its
 * whole image, and the name of the application must be the same in all inputs.
 */
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
    /**
     * Overrides `path=value`, such as `services.auth.replicas=3`; the value is YAML, and null takes away what was said before. Laid over all
     * sources, in order, by the same rules, but `name=value` gives the application another name.
     */
    const char *const *sets;
    size_t n_sets;
    /** Largest input accepted, in bytes. Default: 256 MiB. Inputs of 2 GiB and more are refused with every value. */
    size_t max_bytes;
    /**
     * Environment to load: its layer is laid over all sources, before `sets`. A layer is the entry of this name in `environments` of the
     * sources, and behind it the file `hybriddeploy.NAME.yaml` beside a first source that is called hybriddeploy.yaml. It follows the rules
     * of a later source. The member `environment` of the application is the name, unless the model says otherwise. Default: NULL, or
     * `base`: the model without an environment.
     */
    const char *environment;
    /**
     * The file of the environment, for programs whose sources are no files in a folder, such as those of a revision of git. Default: NULL,
     * the file beside the first source, where there is one.
     */
    const struct hd_source *environment_file;
};

/**
 * Loads a model. Mistakes of the model are collected in `diagnostics` and leave HD_OK: hd_check() then finds more, and
 * generating is refused. Input that cannot be read or is no YAML gives HD_UNREADABLE and no document.
 * Where memory runs out, also inside of libfyaml, the result is HD_NO_MEMORY and no document. libfyaml before 1.0 crashes when
 * one of two small allocations fails in it; the library makes sure of memory for them just before, so only another thread that
 * takes it in that moment can cause this.
 * An environment that the model does not have gives HD_UNREADABLE with HD_NO_ENVIRONMENT among the diagnostics.
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
 * The names of the model's environments: those in the sources, in order, then those that have a file beside the first source, sorted. The
 * environment that the document was loaded for makes no difference. A program that checks several environments gives all its calls one
 * collection of diagnostics, which then tells each mistake once, with the environments that have it (hd_diagnostic.environments).
 * `*ret_names` is borrowed from the document. HD_NO_MEMORY, and HD_BAD_CALL when an argument is NULL.
 */
HD_API enum hd_status hd_document_environments(struct hd_document *document, const char *const **ret_names, size_t *ret_n);

/**
 * The inputs that the model was read from, with their texts: the sources as they were given, and behind them the file of the environment.
 * Borrowed from the document. NULL when an argument is NULL.
 */
HD_API const struct hd_source *hd_document_sources(const struct hd_document *document, size_t *ret_n);

/**
 * The model as a program of this layout reads it; NULL is the library's own layout, which hd_schema_root() describes. Borrowed from the
 * document. Several threads may ask at the same time. NULL when `document` is NULL, or memory ran out while a copy was made for a
 * layout that is not the library's.
 */
HD_API const struct hd_app *hd_document_app_in(const struct hd_document *document, const struct hd_layout *layout);

/** The model. Borrowed from the document. NULL after hd_document_resolve(), and as with hd_document_app_in(). */
static inline const struct hd_app *hd_document_app(const struct hd_document *document)
{
    return hd_document_app_in(document, HD_ABI);
}

/**
 * An entry of a list, for the three arguments `layout`, `entry` and `size` of hd_document_add() and hd_document_replace(); `pointer` points
 * to a struct of the list's type, or, for a list of texts, to a `const char *`.
 */
#define HD_ENTRY(pointer) HD_ABI, (pointer), sizeof *(pointer)

/**
 * Adds an entry at the end of a list of a loaded model: hd_document_add(document, "services.web.env", HD_ENTRY(&env), diagnostics).
 * The list is named by its model path, as in diagnostics. The entry is copied with all that it points to, so it may be a variable of the
 * calling function.
 *
 * The three functions that change a document need it alone: free the models that were made of it before, and ask for hd_document_app()
 * again after, because pointers to the lists of the one that was asked for before are no longer valid. Whether the changed model is
 * right is what hd_check() says. The memory of what was replaced and removed is freed with the document. A call takes time in proportion
 * to the lengths of the lists that its path leads through.
 *
 * HD_BAD_CALL, with a diagnostic that says why and no change, when an argument is NULL; when the path names no list; when the size is not
 * that of the list's struct; when the entry has no name where it must have one, or that of another entry; and for a struct that
 * hd_resolve() refuses as well. HD_NO_MEMORY without a change.
 */
HD_API enum hd_status hd_document_add(struct hd_document *document, const char *list, const struct hd_layout *layout, const void *entry,
                                      size_t size, struct hd_diagnostics *diagnostics);

/**
 * Puts another entry in the place of one. The path names the entry by its key or its index: `services.web.env.LOG_LEVEL`,
 * `services.web.tolerations[0]`. To change a part of an entry, take it from hd_document_app(), change the copy, and put it in its place:
 * members that stay the same keep their position in the file, those that differ have none. The entry may have another name than the one
 * before. Errors and all else as with hd_document_add(); HD_BAD_CALL also when there is no such entry.
 */
HD_API enum hd_status hd_document_replace(struct hd_document *document, const char *path, const struct hd_layout *layout, const void *entry,
                                          size_t size, struct hd_diagnostics *diagnostics);

/**
 * Removes an entry, which the path names as with hd_document_replace(). A list of named entries that loses its last one is unset;
 * another list is then given and empty, which refuses the entries of a runtime. Errors and all else as with hd_document_replace().
 */
HD_API enum hd_status hd_document_remove(struct hd_document *document, const char *path, struct hd_diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif

#endif
