/** Clusters: reads manifests, written by this library or by others, into objects and workloads. */
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
    /** Most objects accepted from all inputs together; further objects are left out, with an error. Default: 1,000,000. */
    size_t max_objects;
    /** Whether all content of the objects is kept, as hd_diff_sides() needs it. Default: only what connections need, because all takes much memory. */
    int keep_content;
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
     * Whether the object is used: hd_cluster_read() knows its kind, and a server would not refuse it. Another object has no influence on
     * workloads and connections.
     */
    int takes_part;
};

/** A label. */
struct hd_cluster_label {
    const char *key, *value;
};

/** Transport protocols, as network policies distinguish them. */
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

/** The pods that one object makes, such as those of a Deployment. Borrowed from its cluster. */
struct hd_cluster_workload {
    /** The object that makes the pods; the first of the pods when the object that makes them is not among the manifests. */
    const struct hd_cluster_object *object;
    /** Kind and name of the object that makes them, also when it is not among the manifests. */
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
    /** Whether they have hostNetwork: see host_network_as_pods in struct hd_connectivity_options. */
    int host_network;
};

/**
 * Reads manifests: files, folders with all files in them that end in .yaml, .yml or .json, and texts, with one or several documents each,
 * in YAML or JSON; the items of a List are read like documents. In folders no link is followed, and a document with none of apiVersion,
 * kind and metadata is skipped.
 *
 * These kinds are used: Pod and the kinds that make pods (ReplicationController, ReplicaSet, Deployment, StatefulSet, DaemonSet, Job,
 * CronJob, Argo's Rollout, KEDA's ScaledJob), Namespace, NetworkPolicy, Service, the kinds that lead requests into the cluster (Ingress, Route of
 * OpenShift, the routes of the Gateway API, VirtualService), and of Istio AuthorizationPolicy, PeerAuthentication, Sidecar, ServiceEntry, and
 * Gateways of the class istio-waypoint, whose pods are a workload. hd_cluster_object_at() also lists objects of other kinds, but their content
 * is not read. An object that a server would refuse is an error in `diagnostics`, and its takes_part is 0; the others are read, and the
 * result is HD_OK.
 *
 * HD_UNREADABLE, and no cluster, when a source cannot be read at all. `options` may be NULL. On HD_OK `*ret_cluster` is the caller's; free
 * it with hd_cluster_free(). Texts are not needed after the call.
 */
HD_API enum hd_status hd_cluster_read(const struct hd_source *sources, size_t n_sources, const struct hd_cluster_options *options,
                                      struct hd_diagnostics *diagnostics, struct hd_cluster **ret_cluster);

/** Whether hd_cluster_read() takes objects of a kind into account, in any version; those of other kinds decide nothing. False for NULL. */
HD_API bool hd_cluster_reads(const char *group, const char *kind);

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
