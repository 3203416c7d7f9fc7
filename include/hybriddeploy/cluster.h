/** Clusters: manifests that are read back, this library's or anybody's, and what they let happen. */
#ifndef HYBRIDDEPLOY_CLUSTER_H
#define HYBRIDDEPLOY_CLUSTER_H

#include <hybriddeploy/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Objects of a cluster that were read from manifests. */
struct hd_cluster;

/** Options for reading; zeroes are the defaults. Set size to sizeof. */
struct hd_cluster_options {
    /** sizeof(struct hd_cluster_options). */
    size_t size;
    /** Largest file or text accepted, in bytes. Default: 256 MiB. Those of 2 GiB and more are refused with every value. */
    size_t max_bytes;
    /** Most objects accepted, of all inputs together; those behind them are left out with an error. Default: 1,000,000. */
    size_t max_objects;
};

/** A place in a manifest. */
struct hd_cluster_place {
    /** File, as diagnostics name it. */
    const char *file;
    /** From 1; the column is counted in characters. */
    uint32_t line, column;
};

/** One object. Borrowed from its cluster. */
struct hd_cluster_object {
    /** API group, "" for the core group; version; kind. */
    const char *group, *version, *kind;
    /** Namespace, `default` where the manifest gives none; NULL for kinds that have none. */
    const char *namespace_name;
    /** Its name. */
    const char *name;
    /** Where it begins. */
    struct hd_cluster_place place;
    /**
     * Whether it takes part in what is decided: its kind is one of those that hd_cluster_read() knows, and it has no mistake for which a
     * server would refuse it.
     */
    int takes_part;
};

/** A label. */
struct hd_cluster_label {
    const char *key, *value;
};

/** Protocols below HTTP and the like, which network policies tell apart. */
enum hd_transport {
    HD_TRANSPORT_UNSET = 0,
    HD_TRANSPORT_TCP,
    HD_TRANSPORT_UDP,
    HD_TRANSPORT_SCTP,
    /** All other protocols, such as ICMP, which have no ports. */
    HD_TRANSPORT_OTHER
};

/** A port that a container names. */
struct hd_cluster_port {
    /** Name; NULL when it has none. */
    const char *name;
    uint16_t number;
    enum hd_transport transport;
};

/** Pods that are alike, because one object makes them. Borrowed from its cluster. */
struct hd_cluster_workload {
    /** The object that makes them; for pods that are made by another object than those that were read, the first of the pods. */
    const struct hd_cluster_object *object;
    /** Kind and name of what makes them. */
    const char *kind, *name;
    /** Their namespace. */
    const char *namespace_name;
    /** Labels of the pods, in order of their keys. */
    const struct hd_cluster_label *labels;
    size_t n_labels;
    /** Ports that their containers name. */
    const struct hd_cluster_port *ports;
    size_t n_ports;
    /** Name of their service account, `default` when none is given. */
    const char *service_account;
    /** Whether they use the network of their nodes, which makes network policies ignore them. */
    int host_network;
};

/**
 * Reads manifests: files, folders with all files in them that end in .yaml, .yml or .json, and texts, with one or several documents each,
 * in YAML or JSON; a List stands for its items. In folders no link is followed, and what has none of apiVersion, kind and metadata is
 * passed over.
 *
 * Taken are pods and what makes them (Pod, ReplicationController, ReplicaSet, Deployment, StatefulSet, DaemonSet, Job, CronJob, Argo's
 * Rollout), Namespace, NetworkPolicy, Service, and what leads requests in: Ingress, Route of OpenShift, the routes of the Gateway API,
 * VirtualService. Objects of all other kinds are named by hd_cluster_object_at(), and nothing is read of them. An object that a server
 * would refuse is an error in `diagnostics` and takes no part; all others are read all the same, and the result is HD_OK.
 *
 * HD_UNREADABLE, and no cluster, when a source cannot be read at all. `options` may be NULL. On HD_OK `*ret_cluster` is the caller's; free
 * it with hd_cluster_free(). Texts are not needed after the call.
 */
HD_API enum hd_status hd_cluster_read(const struct hd_source *sources, size_t n_sources, const struct hd_cluster_options *options,
                                      struct hd_diagnostics *diagnostics, struct hd_cluster **ret_cluster);

/** Frees the cluster. NULL is allowed. */
HD_API void hd_cluster_free(struct hd_cluster *cluster);

/** Number of objects. 0 when `cluster` is NULL. */
HD_API size_t hd_cluster_object_count(const struct hd_cluster *cluster);

/** Object `index`, in the order of reading; NULL past the end. */
HD_API const struct hd_cluster_object *hd_cluster_object_at(const struct hd_cluster *cluster, size_t index);

/** Number of workloads. 0 when `cluster` is NULL. */
HD_API size_t hd_cluster_workload_count(const struct hd_cluster *cluster);

/** Workload `index`, in order of namespace, name and kind; NULL past the end. */
HD_API const struct hd_cluster_workload *hd_cluster_workload_at(const struct hd_cluster *cluster, size_t index);

#ifdef __cplusplus
}
#endif

#endif
