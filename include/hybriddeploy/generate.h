/** Manifests: which there are, and their text. */
#ifndef HYBRIDDEPLOY_GENERATE_H
#define HYBRIDDEPLOY_GENERATE_H

#include <hybriddeploy/check.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One manifest. Borrowed from its model. */
struct hd_manifest {
    /** API group; "" is the core group. */
    const char *group;
    /** API version within the group. */
    const char *version;
    /** Kind, such as Deployment. */
    const char *kind;
    /** Namespace; NULL for objects without one. */
    const char *namespace_name;
    /** Name of the object. */
    const char *name;
    /** Name of its file in a folder, unique; files sort in the order of application. */
    const char *file_name;
    /** Name of the service it belongs to; NULL for the application's own. */
    const char *service;
};

/** A file beside the manifests that is not a manifest: a Dockerfile, a script, a runbook. Borrowed from its model. */
struct hd_file {
    /** Part that it belongs to, such as dockerfiles; see hd_part_at(). */
    const char *part;
    /** Group of the part; NULL when it has none. */
    const char *group;
    /** Path in a folder, with slashes; unique. */
    const char *path;
    /** Name of the service it belongs to; NULL for the application's own. */
    const char *service;
    /** Whether it is a program. */
    int executable;
    /** Whether a folder gets it when hd_generate_options.with and only are not given. */
    int is_default;
};

/** A part of the files that are no manifests. Static. */
struct hd_part_info {
    /** Its name, as `with` and `only` take it. */
    const char *name;
    /** A name for several parts, which `with` takes as well: ops. NULL when there is none. */
    const char *group;
    /** Its content, and when a folder gets it, in words. */
    const char *what, *when;
};

/** How the output is written. */
enum hd_format {
    /** YAML documents. */
    HD_FORMAT_YAML = 0,
    /** JSON, one object a line. */
    HD_FORMAT_JSON,
    /** One Kubernetes List, in YAML. Not for single manifests and folders. */
    HD_FORMAT_LIST
};

struct hd_cluster;

/** Which manifests, and how; zeroes are the defaults. Set size to sizeof. */
struct hd_generate_options {
    /** sizeof(struct hd_generate_options). */
    size_t size;
    enum hd_format format;
    /**
     * Only these: `Kind` or `Kind/name`, without regard to case; a part of the files that are no manifests, or a file's path.
     * A kind may be absent from the model; an object or a file that is named must be there. Default: all.
     */
    const char *const *only;
    size_t n_only;
    /** For folders: overwrite generated files that were edited by hand. */
    int force;
    /**
     * For folders: parts of the files that are no manifests, by name or group; `none` is no part. Default: those whose `when` holds, or,
     * with `only`, those that it names.
     */
    const char *const *with;
    size_t n_with;
    /**
     * The objects that run in the cluster, read with keep_content. When hd_check_against() finds that the API server would refuse to
     * change one of them, nothing is written. Default: NULL, nothing is compared.
     */
    const struct hd_cluster *against;
};

/** A row of the list of kinds. Static. */
struct hd_kind_info {
    const char *group, *version, *kind;
    /** Family of manifests: kubernetes, ... */
    const char *family;
    /** When such a manifest exists, in words. */
    const char *when;
};

/** Entry `index` of the kinds that can be generated, in order of application; NULL past the end. */
HD_API const struct hd_kind_info *hd_kind_at(size_t index);

/** Number of manifests. */
HD_API size_t hd_manifest_count(const struct hd_model *model);

/** Manifest `index` in the order of application; NULL past the end. */
HD_API const struct hd_manifest *hd_manifest_at(const struct hd_model *model, size_t index);

/** Whether the `only` of the options means this manifest; true when `options` is NULL or has none. */
HD_API int hd_manifest_is_selected(const struct hd_manifest *manifest, const struct hd_generate_options *options);

/** Writes one manifest. HD_BAD_CALL unless the model has passed hd_check() or hd_generate(). HD_UNWRITABLE when the sink stopped. */
HD_API enum hd_status hd_manifest_write(const struct hd_model *model, size_t index, enum hd_format format, hd_sink *sink, void *user);

/** Entry `index` of the parts of files that are no manifests; NULL past the end. */
HD_API const struct hd_part_info *hd_part_at(size_t index);

/** Number of files that can go with the manifests in a folder. */
HD_API size_t hd_file_count(const struct hd_model *model);

/** File `index`, by part; NULL past the end. */
HD_API const struct hd_file *hd_file_at(const struct hd_model *model, size_t index);

/** Whether a folder gets this file with these options, which may be NULL. */
HD_API int hd_file_is_selected(const struct hd_file *file, const struct hd_generate_options *options);

/** Writes one file. HD_BAD_CALL unless the model has passed hd_check() or hd_generate(). HD_UNWRITABLE when the sink stopped. */
HD_API enum hd_status hd_file_write(const struct hd_model *model, size_t index, hd_sink *sink, void *user);

/**
 * Checks the model and writes its manifests in the order of application. With errors in `diagnostics` nothing is
 * written and HD_INVALID returned. `options` may be NULL.
 */
HD_API enum hd_status hd_generate(const struct hd_model *model, const struct hd_generate_options *options,
                                  struct hd_diagnostics *diagnostics, hd_sink *sink, void *user);

/**
 * Checks the model and writes its manifests to a folder, one file each, with a kustomization.yaml and an index, .hybriddeploy. Files
 * that go with them (`with`) stand in sub-folders of their parts.
 *
 * The folder changes as a whole or not at all: a new one is made beside it and takes its place, also when the run is killed. Only
 * a folder that has to stay (the current one, one on which a file system is mounted, one in a folder that cannot be written)
 * changes file by file, after all files were gathered: a run that is killed just then leaves some files old and some new, its index
 * says so, and the next run that writes the whole folder completes it; until then `only` is refused.
 *
 * `folder` may be a link. Below it no link is followed. What a killed run left beside or inside it is cleared away only when it is
 * proven to be this user's own; other things of such names may have come with files of somebody else, and are an error.
 *
 * Files and folders of others stay as they are. Generated files that are no longer needed are removed, as long as nobody edited
 * them. With generated files that were edited, or files of others where a generated one would be, nothing is written and
 * HD_UNWRITABLE returned. With `force` a generated file overwrites them; an edited one that is generated no longer is still refused.
 * With `only`, files of earlier runs that are not asked for stay, and kustomization.yaml lists them all. In JSON the files
 * are called .json.
 */
HD_API enum hd_status hd_generate_folder(const struct hd_model *model, const struct hd_generate_options *options,
                                         struct hd_diagnostics *diagnostics, const char *folder);

#ifdef __cplusplus
}
#endif

#endif
