/** Storage: claims, scratch space, and secrets and other data as files. */
#ifndef HYBRIDDEPLOY_MODEL_VOLUME_H
#define HYBRIDDEPLOY_MODEL_VOLUME_H

#include <hybriddeploy/model/value.h>

/** A PersistentVolumeClaim to generate. */
struct hd_claim {
    /** Storage requested, a quantity above zero. */
    const char *size;
    /** Name of the StorageClass. Default: the cluster's default class, which presumes that the cluster has one. */
    const char *storage_class_name;
    /**
     * ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod. Default: ReadWriteOnce, which every storage provider has, and which is
     * safe because two nodes never write at once.
     */
    const char *const *access_modes;
    size_t n_access_modes;
    /** Filesystem or Block. Default: Filesystem, because programs that write to devices are few. */
    const char *volume_mode;
    /** Name of the PersistentVolume to bind. Default: any that fits, because most volumes are made for their claim. */
    const char *volume_name;
    /** Volumes the claim may bind. */
    struct hd_label_selector selector;
    const struct hd_at *at;
};

/** Scratch space that lives as long as the pod. */
struct hd_empty_dir {
    /** `true` for scratch space with all defaults. */
    enum hd_bool enabled;
    /**
     * `Memory` for a RAM disk, which counts against the memory limit. Default: the node's disk, because the program needs its memory
     * itself.
     */
    const char *medium;
    /** Most it may hold, a quantity. Default: as much as the node has, which presumes a program that removes what it no longer needs. */
    const char *size_limit;
    const struct hd_at *at;
};

/** One key of a secret or ConfigMap, as a file. */
struct hd_key_to_path {
    /** Key in the secret or ConfigMap. */
    const char *key;
    /** Relative path of the file, with no `..` in it. */
    const char *path;
    /** Permission bits, octal text such as "0400". Default: those of the volume, so that all files have the same. */
    const char *mode;
    const struct hd_at *at;
};

/** A secret or ConfigMap as files. */
struct hd_key_volume {
    /** Name: for a secret, of the application's secrets; for a ConfigMap, one that exists in the namespace. */
    const char *name;
    /** Keys to project. Default: all, so that a new key needs no change here. */
    const struct hd_key_to_path *items;
    size_t n_items;
    /** Permission bits of the files, octal text such as "0400". Default: 0444, which is safe because nobody can change the files. */
    const char *default_mode;
    /** Whether the pod may start without it. Default: false, so that a program never runs without what it needs. */
    enum hd_bool optional;
    const struct hd_at *at;
};

/** A secret or ConfigMap beside others in one folder. */
struct hd_key_projection {
    /** Name: for a secret, of the application's secrets; for a ConfigMap, one that exists in the namespace. */
    const char *name;
    /** Keys to project. Default: all, so that a new key needs no change here. */
    const struct hd_key_to_path *items;
    size_t n_items;
    /** Whether the pod may start without it. Default: false, so that a program never runs without what it needs. */
    enum hd_bool optional;
    const struct hd_at *at;
};

/** A service account token as a file. */
struct hd_token_projection {
    /** Relative path of the file. */
    const char *path;
    /** Audience of the token. Default: the API server, because it is Kubernetes' own. */
    const char *audience;
    /**
     * Life of the token in seconds, 600 to 4294967296. Default: 3600, which the kubelet renews in time. (Kubernetes: core/v1 validation)
     */
    int64_t expiration_seconds;
    const struct hd_at *at;
};

/** A field of the pod as a file. */
struct hd_field_file {
    /** Relative path of the file. */
    const char *path;
    /** metadata.name, metadata.namespace, metadata.uid, metadata.labels, metadata.annotations, or one of these with ['key']. */
    const char *field;
    const struct hd_at *at;
};

/** One source of a projected volume. Exactly one of its members. */
struct hd_projection {
    struct hd_key_projection secret;
    struct hd_key_projection config_map;
    struct hd_token_projection service_account_token;
    /** Fields of the pod. */
    const struct hd_field_file *downward_api;
    size_t n_downward_api;
    const struct hd_at *at;
};

/** A volume of the pod. Exactly one source; mountPath mounts it into the service's own container. */
struct hd_volume {
    /** Volume name, a DNS label, unique within the service. */
    const char *name;
    /** Absolute path in the service's container. Without it, volumeMounts of a container name the volume. */
    const char *mount_path;
    /** Path inside the volume for mountPath, relative, without `..`. Default: the whole volume, because a volume mostly has one use. */
    const char *sub_path;
    /**
     * Whether mountPath is read-only. Default: false, because programs mount what they write; true for secrets and ConfigMaps, because
     * nobody can write there.
     */
    enum hd_bool read_only;
    /** A claim to generate: a PersistentVolumeClaim `<service>-<volume>`, shared by all pods. */
    struct hd_claim claim;
    /** A claim for each pod of a StatefulSet. */
    struct hd_claim claim_template;
    /** Name of a claim that exists in the namespace. Unless accessModes says more, one pod may have it, as one node has ReadWriteOnce. */
    const char *existing_claim;
    /**
     * Access modes of existingClaim, as it was made: with ReadWriteMany or ReadOnlyMany several pods may have it. Default: ReadWriteOnce,
     * which is safe because a second pod is refused.
     */
    const char *const *access_modes;
    size_t n_access_modes;
    struct hd_empty_dir empty_dir;
    struct hd_key_volume secret;
    struct hd_key_volume config_map;
    /** Several sources in one folder. */
    const struct hd_projection *projected;
    size_t n_projected;
    /** Path on the node; the baseline security level forbids it. */
    const char *host_path;
    /**
     * What must be at hostPath, else the pod does not start: Directory, File, Socket, CharDevice or BlockDevice; DirectoryOrCreate and
     * FileOrCreate make it. Default: nothing is checked, and a folder is made where nothing is, because it is Kubernetes' own.
     */
    const char *host_path_type;
    const struct hd_at *at;
};

#endif
