/** Workspaces: applications that call each other, judged together; and the contracts by which those of other repositories take part. */
#ifndef HYBRIDDEPLOY_WORKSPACE_H
#define HYBRIDDEPLOY_WORKSPACE_H

#include <hybriddeploy/generate.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Applications that know each other. */
struct hd_workspace;

/** Loads one of the models of a workspace: calls hd_document_load() and returns what it returns. The workspace resolves the document and frees it. */
typedef enum hd_status hd_workspace_loader(void *user, const char *file, struct hd_diagnostics *diagnostics, struct hd_document **ret_document);

/** Options for loading; zeroes are the defaults. Set size to sizeof. */
struct hd_workspace_options {
    /** sizeof(struct hd_workspace_options). */
    size_t size;
    /** Loads the models in the place of hd_document_load_file(), as for an environment or with settings. Default: NULL. */
    hd_workspace_loader *load;
    /** Given to load. */
    void *user;
    /** Replaces the kubernetesVersion of every application. */
    const char *kubernetes_version;
    /** Whether load may be called by several threads at the same time. */
    bool load_in_threads;
    /** Threads that work at the applications at most, here and in hd_workspace_check(). Default: one for each processor; 1 is the caller's alone. */
    size_t max_threads;
};

/**
 * Loads a workspace: a file with the list `applications`, whose entries are models, contracts, and patterns of them such as
 * TEAM/hybriddeploy.yaml with a star for TEAM, all below the folder of the file; and resolves its models, which know each other then: calls of
 * application/service lead to the services of the others. A model or contract that cannot be read is told, and those beside it are there
 * all the same. HD_UNREADABLE when the workspace itself cannot be read, or names nothing; HD_BAD_CALL for options of a wrong size, and for a
 * kubernetes_version that is none. `options` may be NULL. On HD_OK `*ret_workspace` is the caller's; free it with hd_workspace_free()
 * after the diagnostics.
 */
HD_API enum hd_status hd_workspace_load(const char *file, const struct hd_workspace_options *options, struct hd_diagnostics *diagnostics,
                                        struct hd_workspace **ret_workspace);

/** Frees the workspace and its models. NULL is allowed. */
HD_API void hd_workspace_free(struct hd_workspace *workspace);

/** Number of applications, contracts among them. 0 when `workspace` is NULL. */
HD_API size_t hd_workspace_count(const struct hd_workspace *workspace);

/** Name of application `index`; NULL past the end, and for one that could not be read. */
HD_API const char *hd_workspace_name(const struct hd_workspace *workspace, size_t index);

/** File that application `index` is read from, as the workspace's name and its entry say it; NULL past the end. */
HD_API const char *hd_workspace_file(const struct hd_workspace *workspace, size_t index);

/** Model of application `index`, borrowed; NULL past the end, for a contract, and for one that could not be read. */
HD_API struct hd_model *hd_workspace_model(const struct hd_workspace *workspace, size_t index);

/**
 * Document of application `index`, borrowed, as hd_document_resolve() leaves it; NULL past the end, for a contract, and for one that could not be
 * read.
 */
HD_API struct hd_document *hd_workspace_document(const struct hd_workspace *workspace, size_t index);

/** Number of errors that were found in application `index`, or in what it and another one say of each other. */
HD_API size_t hd_workspace_errors(const struct hd_workspace *workspace, size_t index);

/**
 * Checks every model by itself, and that both sides of each call between applications agree: that the callee lets the caller in, is in the
 * same mesh, and that no host, name or namespace is used twice. HD_INVALID when `diagnostics` then has errors.
 */
HD_API enum hd_status hd_workspace_check(struct hd_workspace *workspace, struct hd_diagnostics *diagnostics);

/**
 * Loads application `index` anew after its file changed, by the loader and the options of the workspace, and checks it: for editors, and for
 * tools that watch files. While what others rely on, its contract, says the same, so does all that was found between it and others: nothing
 * else is done, and `diagnostics`, which is cleared first, has the findings of this application. Else the whole workspace is loaded and checked
 * anew, `*ret_all` is true, and `diagnostics` has all findings. `ret_all` may be NULL.
 *
 * Models, documents and findings of the workspace that were borrowed or told before end with this call. HD_INVALID when `diagnostics` has errors; HD_BAD_CALL when there is no application `index`.
 * HD_NO_MEMORY, and HD_UNREADABLE when the workspace itself cannot be read any more, leave a workspace without applications.
 */
HD_API enum hd_status hd_workspace_reload(struct hd_workspace *workspace, size_t index, struct hd_diagnostics *diagnostics, bool *ret_all);

/**
 * Writes the contract of a model as one JSON object: its namespace and mesh, its services with their ports and accounts, who is let in, and the
 * hosts that it owns. The model need not pass hd_check(): each of two applications that call each other needs the contract of the other one
 * to be right. HD_BAD_CALL without a model or its name. HD_UNWRITABLE when the sink stopped.
 */
HD_API enum hd_status hd_contract_write(const struct hd_model *model, hd_sink *sink, void *user);

/** Writes the JSON Schema (draft 2020-12) of contracts. HD_UNWRITABLE when the sink stopped. */
HD_API enum hd_status hd_contract_schema_write(hd_sink *sink, void *user);

#ifdef __cplusplus
}
#endif

#endif
