/** Compares two models, or manifests: which objects of a cluster a change touches, and with what effect. */
#ifndef HYBRIDDEPLOY_DIFF_H
#define HYBRIDDEPLOY_DIFF_H

#include <hybriddeploy/check.h>
#include <hybriddeploy/cluster.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The effect of a change on an object, or of a field that differs. Later values are greater effects. */
enum hd_effect {
    HD_EFFECT_UNSET = 0,
    /** The API server would see no difference. */
    HD_EFFECT_NOTHING,
    /** The object is new. */
    HD_EFFECT_CREATE,
    /** It is changed in place, and no pod is replaced. */
    HD_EFFECT_UPDATE,
    /** Its pods are replaced by new ones, as its strategy says. */
    HD_EFFECT_RESTART,
    /** The API server refuses to change the field: the object has to be deleted and made again. */
    HD_EFFECT_RECREATE,
    /** The object is no longer there. */
    HD_EFFECT_DELETE,
    /** Stored data can be lost, or the source of a Secret's values changes. */
    HD_EFFECT_DATA
};

/** A field of an object that differs. Borrowed from its struct hd_diff, like the other structs in this header. */
struct hd_field_change {
    /** Path in the object: `spec.template.spec.containers[web].image`. An element is given by its name, or else by its index. */
    const char *path;
    /** The values as JSON, on one line; NULL where there is none. */
    const char *before, *after;
    enum hd_effect effect;
    /** Why the effect is more than an update, in words with its source; NULL for an update. */
    const char *why;
    /** Whether the API server refuses the change of the field. */
    bool is_refused;
};

/** A line of the model that the user changed; where NEW is manifests, a line of them. */
struct hd_cause {
    /**
     * Model path, such as `services.web.replicas`. For a service that is new or gone it is the path of the service, `services.web`. In a
     * manifest it is kind and name of the object, and behind a blank the path of the field: `Deployment/web spec.replicas`.
     */
    const char *path;
    /** The values as the model spells them, or as JSON in manifests; NULL where there is none, and for `before` where OLD is no model. */
    const char *before, *after;
    /** File of the line: in the new model, or in the old one when is_gone. NULL when unknown, as in models that a program made. */
    const char *file;
    /** From 1; 0 when unknown. */
    uint32_t line, column;
    /** Whether file, line and column are a place in the old model, because the line is gone. */
    bool is_gone;
};

/** An object that is new, gone or differs. */
struct hd_object_change {
    /** The greatest effect of its fields. For an object that is new: HD_EFFECT_CREATE; that is gone: HD_EFFECT_DELETE or HD_EFFECT_DATA. */
    enum hd_effect effect;
    /** Why the effect is more than an update; NULL when it is not. */
    const char *why;
    /** As in struct hd_manifest; version is the one after the change, unless the object is gone. */
    const char *group, *version, *kind, *namespace_name, *name, *service;
    /** The fields that differ, in the order of the manifest. None when the object is new or gone. */
    const struct hd_field_change *fields;
    size_t n_fields;
    /**
     * The lines that may have caused the change, at most 16: changed lines of its service, those of the entry that it is named after, and
     * lines outside of services whose value or name occurs in the fields that differ; of the latter the first 256 are looked at, because every
     * object may share them. None when no line changed, but the library.
     */
    const struct hd_cause *const *causes;
    size_t n_causes;
    /** For HD_EFFECT_RESTART: how many pods are replaced, at least and at most; and how fast, in words. Else 0 and NULL. */
    int64_t least_pods, most_pods;
    const char *pace;
};

/** A connection that is allowed only before, or only after. */
struct hd_edge_change {
    /** Borrowed from the model that has it. */
    const struct hd_edge *edge;
    bool is_added;
};

/** Amounts of resources: cpu in thousandths of a core, the others in bytes. */
struct hd_amounts {
    int64_t cpu, memory, ephemeral_storage;
};

/**
 * Sums over the pods of an application, as the scheduler counts them: containers and sidecars together, or an init container where it needs more.
 * At the smallest and at the greatest number of replicas. Of each DaemonSet one pod is counted; a Job and a CronJob have none at least, and
 * as many as its parallelism at most, a ScaledJob of KEDA as many for each of its Jobs. Sidecars that a mesh injects are not among them.
 */
struct hd_diff_load {
    struct hd_amounts least_requests, most_requests, least_limits, most_limits;
};

/** The result of a comparison. It borrows from both sides. */
struct hd_diff;

/** One side of a comparison: either a model, or manifests. Set size to sizeof. */
struct hd_diff_side {
    /** sizeof(struct hd_diff_side). */
    size_t size;
    /** A model that passed hd_check(). */
    const struct hd_model *model;
    /** Manifests that were read with keep_content in struct hd_cluster_options. */
    const struct hd_cluster *cluster;
    /** Whether the caller compares connections by itself, so that no note says that they are not compared. Read of the side before. */
    bool has_own_connections;
};

/**
 * Compares what two models generate. Both must have passed hd_check(), and must live as long as the result. On HD_OK `*ret_diff` is the
 * caller's; free it with hd_diff_free(). HD_BAD_CALL, with a diagnostic, when an argument is NULL, or a model was not checked, or the two
 * are different applications, because two objects of the same name would then be compared although they are not related.
 *
 * Time grows with the number of generated objects, memory with the number of differences.
 */
HD_API enum hd_status hd_diff(const struct hd_model *before, const struct hd_model *after, struct hd_diagnostics *diagnostics,
                              struct hd_diff **ret_diff);

/**
 * Compares as hd_diff() does, where one side or both are manifests: a folder or stream that this library or another program wrote, or what
 * `kubectl get -o yaml` prints, which is called a dump here.
 *
 * Status, fields that only servers write, and their defaults are no differences. A dump may lack objects and hold those of others: kinds
 * of which it holds nothing are not compared, and what only a dump has is a difference only when its labels say that this library wrote
 * it for the application; hd_diff_note() says what was left out. In a manifest without a namespace that of the model is meant, where the model
 * has such an object. Objects with an owner, such as ReplicaSets, take no part. Connections are compared between two models alone;
 * hd_cluster_connections() lists those of manifests.
 *
 * Causes are lines of NEW: where it is a model, those lines of it whose values the changed fields have, because it is not known which the
 * user changed. What is gone has its place in OLD.
 */
HD_API enum hd_status hd_diff_sides(const struct hd_diff_side *before, const struct hd_diff_side *after, struct hd_diagnostics *diagnostics,
                                    struct hd_diff **ret_diff);

/**
 * Checks that the API server would take the manifests of a model where those of `running` are: each field that it refuses to change is an
 * error in `diagnostics`, at the line of the model that its value comes from. `running` is read with keep_content in struct hd_cluster_options, and
 * is compared as by hd_diff_sides(). HD_INVALID when something would be refused.
 */
HD_API enum hd_status hd_check_against(const struct hd_model *model, const struct hd_cluster *running, struct hd_diagnostics *diagnostics);

/** Frees the result. NULL is allowed. */
HD_API void hd_diff_free(struct hd_diff *diff);

/** The greatest effect of its objects; HD_EFFECT_NOTHING when none differs. HD_EFFECT_UNSET when `diff` is NULL. */
HD_API enum hd_effect hd_diff_worst(const struct hd_diff *diff);

/** A word for an effect: nothing, create, update, restart, recreate, delete, data. NULL for other numbers. */
HD_API const char *hd_effect_name(enum hd_effect effect);

/** Number of objects that differ. 0 when `diff` is NULL. */
HD_API size_t hd_diff_n_objects(const struct hd_diff *diff);

/** Object `index`: in the order of application, those that are gone last. NULL past the end. */
HD_API const struct hd_object_change *hd_diff_object(const struct hd_diff *diff, size_t index);

/** Number of changed lines. 0 when `diff` is NULL. */
HD_API size_t hd_diff_n_causes(const struct hd_diff *diff);

/** Cause `index`: in the order of the model, those that are gone last. NULL past the end. */
HD_API const struct hd_cause *hd_diff_cause(const struct hd_diff *diff, size_t index);

/** Number of connections that were added or removed. 0 when `diff` is NULL. */
HD_API size_t hd_diff_n_edges(const struct hd_diff *diff);

/** Connection `index`: those that were added first. NULL past the end. */
HD_API const struct hd_edge_change *hd_diff_edge(const struct hd_diff *diff, size_t index);

/** The load before or after the change. NULL when `diff` is NULL. */
HD_API const struct hd_diff_load *hd_diff_load(const struct hd_diff *diff, bool is_after);

/** Number of notes: sentences that say what was not compared. 0 when `diff` is NULL. */
HD_API size_t hd_diff_n_notes(const struct hd_diff *diff);

/** Note `index`; NULL past the end. */
HD_API const char *hd_diff_note(const struct hd_diff *diff, size_t index);

/** Kind `index` that was not compared, because a side that a server wrote holds no object of it; NULL past the end. One of the notes names them all. */
HD_API const char *hd_diff_missing_kind(const struct hd_diff *diff, size_t index);

/** How hd_diff_write() writes. */
enum hd_diff_format {
    /** By cause, for people. */
    HD_DIFF_TEXT = 0,
    /** One JSON object: worst, causes, objects, edges. */
    HD_DIFF_JSON,
    /** A table of at most 30 lines with the details folded, for the comment of a pull request. */
    HD_DIFF_MARKDOWN
};

/** Writes the result. HD_BAD_CALL for NULL or an unknown format; HD_UNWRITABLE when the sink stopped. */
HD_API enum hd_status hd_diff_write(const struct hd_diff *diff, enum hd_diff_format format, hd_sink *sink, void *user);

#ifdef __cplusplus
}
#endif

#endif
