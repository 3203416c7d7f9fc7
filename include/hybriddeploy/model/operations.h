/** Bringing the application up, keeping it up, bringing it back. */
#ifndef HYBRIDDEPLOY_MODEL_OPERATIONS_H
#define HYBRIDDEPLOY_MODEL_OPERATIONS_H

#include <hybriddeploy/model/value.h>

/** How a backup stores the volumes of claims. */
enum hd_volume_backup { HD_VOLUME_BACKUP_UNSET = 0, HD_VOLUMES_SNAPSHOT, HD_VOLUMES_FILES, HD_VOLUMES_NONE };

/** A claim whose data is not backed up, and why. */
struct hd_exemption {
    /** Name of the claim: the service's and the volume's, `<service>-<volume>`, or that of a claim that exists. */
    const char *claim;
    /** Reason why its data needs no backup, for readers of the model. */
    const char *reason;
    const struct hd_at *at;
};

/** An entry of a secret. */
struct hd_secret_entry {
    /** Name of the Secret. */
    const char *name;
    /** Key in it. */
    const char *key;
    const struct hd_at *at;
};

/** Velero, which backs up the namespace with its volumes. */
struct hd_velero {
    /** Whether the cluster has it. Default: true when anything else here is given, because nobody describes what is not there. */
    enum hd_bool enabled;
    /** Namespace in which Velero runs. Default: velero, because Velero installs itself there. */
    const char *namespace_name;
    /**
     * Name of the BackupStorageLocation. Default: default, because Velero names its first one so; with a bucket, the application's name,
     * and it is generated.
     */
    const char *storage_location;
    /** Object storage: Velero's name of the provider, such as aws, azure or gcp. */
    const char *provider;
    /** Object storage: name of the bucket. */
    const char *bucket;
    /** Object storage: folder in the bucket. */
    const char *prefix;
    /** Object storage: the provider's own settings, such as region. */
    const struct hd_pair *config;
    size_t n_config;
    /**
     * Object storage: entry of a Secret in Velero's namespace with the credentials. Default: those that Velero was installed with, which
     * presumes that they may use this bucket.
     */
    struct hd_secret_entry credential;
    /** VolumeSnapshotLocations. Default: the provider's only one, because Velero takes it when no other is named. */
    const char *const *snapshot_locations;
    size_t n_snapshot_locations;
    /**
     * Whether the data of snapshots is moved into the object storage, so that it outlives the volumes' own storage; with volumes:
     * snapshot, for volumes whose driver makes CSI snapshots, and with Velero's node agent. Default: what Velero does, which is not to
     * move it; safe where the storage keeps snapshots apart from the volumes.
     */
    enum hd_bool snapshot_move_data;
    const struct hd_at *at;
};

/** Backups of the application. */
struct hd_backup {
    /**
     * When a backup is made, in cron's five fields or a word such as @daily, in UTC. Default: 0 3 * * *, because most applications have
     * little to do at night.
     */
    const char *schedule;
    /** How long a backup is kept, a Go duration. Default: 720h, so that a mistake of a month ago can be undone. */
    const char *retention;
    /**
     * How volumes are backed up: snapshot, files (by a node agent) or none. Default: snapshot with Velero, because that needs no agent; else
     * none, because nobody could store them.
     */
    enum hd_volume_backup volumes;
    /**
     * Claims whose data needs no backup, by name: `exempt: {search-cache: it fills itself}`. They are left out of Velero's backups; with
     * snapshots the claim is left out as a whole, by a label, which a StatefulSet that is there cannot get any more.
     */
    const struct hd_exemption *exempt;
    size_t n_exempt;
    /** Whether backups hold the values of secrets. Default: false, because their store brings them back. */
    enum hd_bool secrets;
    struct hd_velero velero;
    const struct hd_at *at;
};

/** Operations of the application; `operations: on` stands for all defaults. */
struct hd_operations {
    /**
     * Whether an output folder gets scripts, Dockerfiles, runbook and the like. Default: false, because other tools may do all this; true
     * when anything else here is given.
     */
    enum hd_bool enabled;
    /** How much work may be lost at most, a Go duration such as 24h: the time between two backups. */
    const char *recovery_point;
    /** How long it may take to bring the application back at most, a Go duration such as 1h. */
    const char *recovery_time;
    /** Web page of the source, for images' labels. */
    const char *source;
    struct hd_backup backup;
    const struct hd_at *at;
};

#endif
