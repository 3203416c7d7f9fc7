/**
 * The model: one application, as plain structs.
 *
 * All-zero is valid everywhere and means "unset"; hd_resolve() fills in defaults. A hand-built model belongs to
 * whoever wrote it, may be `static const`, and no library function changes or frees it. A loaded model belongs to
 * its document. The YAML file says the same things under the names that each member's table row gives: camelCase,
 * and the Kubernetes word wherever there is one.
 */
#ifndef HYBRIDDEPLOY_MODEL_H
#define HYBRIDDEPLOY_MODEL_H

#include <hybriddeploy/model/manifest.h>
#include <hybriddeploy/model/mesh.h>
#include <hybriddeploy/model/operations.h>
#include <hybriddeploy/model/service.h>
#include <hybriddeploy/model/telemetry.h>

/** Value for hd_app.abi: the layout of the model's structs that a program was compiled with (layout.h). */
#define HD_ABI (&hd_layout_of_program)

struct hd_layout;

/** Pod Security Standard that the namespace enforces. (Kubernetes: pod-security-admission) */
enum hd_pod_security { HD_POD_SECURITY_UNSET = 0, HD_POD_SECURITY_RESTRICTED, HD_POD_SECURITY_BASELINE, HD_POD_SECURITY_PRIVILEGED };

/** The policies of a cluster's network: those of Kubernetes alone, or those of Cilium too. */
enum hd_network_policy { HD_NETWORK_POLICY_UNSET = 0, HD_NETWORK_POLICY_KUBERNETES, HD_NETWORK_POLICY_CILIUM };

/** Whether a secret store serves one namespace or the cluster. */
enum hd_store_kind { HD_STORE_KIND_UNSET = 0, HD_CLUSTER_SECRET_STORE, HD_SECRET_STORE };

/** A store of the External Secrets Operator, set up by the operators of the cluster (Vault, AWS, GCP, Azure or any other). */
struct hd_secret_store {
    /** Name of the store. */
    const char *name;
    /** ClusterSecretStore or SecretStore. Default: ClusterSecretStore, because most clusters have one store for all namespaces. */
    enum hd_store_kind kind;
    const struct hd_at *at;
};

/** One entry of a secret. */
struct hd_secret_key {
    /** Key in the Kubernetes Secret. */
    const char *name;
    /** Key in the store, such as a Vault path. */
    const char *remote_key;
    /** Property below the remote key. */
    const char *property;
    /** Version of the remote key. Default: the newest, so that a value that was changed in the store arrives. */
    const char *version;
    const struct hd_at *at;
};

/** A secret that lives outside; its values never stand in the model. */
struct hd_secret {
    /** Name of the Kubernetes Secret. */
    const char *name;
    /** Entries, brought by an ExternalSecret; for an existing secret only the names of its keys, [url, password]. */
    const struct hd_secret_key *keys;
    size_t n_keys;
    /** Store. Default: the application's secretStore. */
    struct hd_secret_store store;
    /**
     * How often the store is asked, a Go duration such as 15m or 1h. Default: 1h, which brings a changed value within the hour and asks the
     * store rarely.
     */
    const char *refresh_interval;
    /**
     * Whether the Secret is created outside of the model; no ExternalSecret is generated then. Default: false, so that nobody has to create
     * the Secret by hand.
     */
    enum hd_bool existing;
    const struct hd_at *at;
};

/** A port of an external. */
struct hd_external_port {
    /** Port name, unique within the external. Default: the protocol, because meshes read it from names. */
    const char *name;
    /** Number, 1 to 65535: of the pods when they are in the cluster. */
    int64_t port;
    /**
     * Application protocol. Default: the one that the name begins with, as in grpc or grpc-orders; else tcp, which is safe because proxies
     * pass its bytes on as they are.
     */
    enum hd_protocol protocol;
    const struct hd_at *at;
};

/** Something outside the application that its services call: pods of another namespace, or addresses. */
struct hd_external {
    /** Name that calls use, unique among services and externals. */
    const char *name;
    /** Namespace of the pods. */
    const char *namespace_name;
    /** Labels of the pods. Default: all pods of the namespace, which presumes that all of them may be called. */
    const struct hd_pair *pod_labels;
    size_t n_pod_labels;
    /**
     * Address ranges in CIDR form, for hosts outside the cluster. Excludes namespace. In a mesh of sidecars the ServiceEntry has them
     * too, unless trafficPolicy.loadBalancer makes proxies look the host up.
     */
    const char *const *cidrs;
    size_t n_cidrs;
    /**
     * Host name, for people and for a mesh. A NetworkPolicy cannot express it: give namespace or cidrs too. With platform.networkPolicy
     * cilium a host outside the cluster is enough; *. before it stands for one label then.
     */
    const char *host;
    /**
     * ExternalName: a Service of the external's name, through which DNS leads programs to `host`; needs host. Programs that speak HTTP or
     * TLS name the Service in their requests, which not every server takes. Default: no Service, because programs know the host themselves.
     */
    const char *service;
    /**
     * Whether its pods are in the mesh too. Default: false, because what is outside of the application is mostly outside of its mesh too.
     */
    enum hd_bool mesh;
    /** Ports that are called; `port: 5432` stands for a single one. */
    const struct hd_external_port *ports;
    size_t n_ports;
    /** TLS that the callers' proxies begin; needs host. */
    struct hd_client_tls tls;
    /** Timeouts, connection limits and load balancing of its callers; needs host. */
    struct hd_traffic_policy traffic_policy;
    const struct hd_at *at;
};

/** Further pods of a part of the cluster. They are reached on the same ports. */
struct hd_platform_pods {
    /** Namespace of the pods. Default: that of the part, because they do the same as its own. */
    const char *namespace_name;
    /** Labels of the pods. Default: all pods of the namespace, which presumes that all of them do the same. */
    const struct hd_pair *pod_labels;
    size_t n_pod_labels;
    /**
     * Service account of the pods, by which the mesh knows them. Default: they are in the mesh if the part is, and any account may be
     * theirs, because only those who run them know it.
     */
    const char *service_account;
    const struct hd_at *at;
};

/** Pods of the platform with which the services must be able to talk. */
struct hd_platform_peer {
    /**
     * Whether the cluster has it. Default: see platform; naming its namespace, labels or addresses says true, because nobody describes what
     * is not there.
     */
    enum hd_bool enabled;
    /** Namespace of its pods. */
    const char *namespace_name;
    /** Labels of its pods. Default: all pods of the namespace, which presumes that all of them are part of it. */
    const struct hd_pair *pod_labels;
    size_t n_pod_labels;
    /** Address ranges that it may also have. */
    const char *const *cidrs;
    size_t n_cidrs;
    /**
     * Whether its pods are in the mesh. Default: true for a gateway in the default namespace, one that Istio starts for the Gateway API,
     * and where serviceAccount is given, because all these are known to be.
     */
    enum hd_bool mesh;
    /**
     * Service account of its pods, by which the mesh knows them. Default: istio-ingress for a gateway in the default namespace, because the
     * guide of Istio names it so; any of its namespace for those that Istio starts for the Gateway API.
     */
    const char *service_account;
    /**
     * Port, 1 to 65535, of platform.dns or apiServer. Default: 53, because resolvers' pods listen there, but on OpenShift at 5353; 443 and
     * 6443, because API servers listen at one of these.
     */
    int64_t port;
    /** Further pods that do the same, such as a second gateway, or kube-dns beside the cache of each node. */
    const struct hd_platform_pods *others;
    size_t n_others;
    const struct hd_at *at;
};

/** Parts of the cluster that the application uses: resolver, gateway, Prometheus, collector, control plane. */
struct hd_platform {
    /**
     * Resolver. Default: pods with k8s-app=kube-dns in kube-system, and node-local DNS on 169.254.20.10, because kubeadm and most providers
     * install them so.
     */
    struct hd_platform_peer dns;
    /**
     * Where requests from outside arrive. Default: namespace ingress-nginx for an Ingress of class nginx, else istio-ingress, because the
     * guides of both install them so.
     */
    struct hd_platform_peer gateway;
    /**
     * Prometheus, which scrapes the services. One that is a service of the application is named by the application's namespace and the
     * label app.kubernetes.io/name, alone; its own policy then lets it out to them. Default: namespace monitoring, which presumes that it
     * was installed there.
     */
    struct hd_platform_peer prometheus;
    /**
     * OpenTelemetry collector, to which services send on 4317 and 4318; one that is a service of the application is named as prometheus is.
     * Default: none, because a cluster may have none; enabled by naming its namespace.
     */
    struct hd_platform_peer collector;
    /**
     * Istio's control plane, which proxies and waypoints ask. Default: with a mesh, pods with app=istiod in istio-system, because Istio
     * installs it so.
     */
    struct hd_platform_peer istiod;
    /**
     * KEDA's operator, which asks the services that triggers name. Default: where a service has triggers, pods with app=keda-operator in
     * the namespace keda, because the guide of KEDA installs it so.
     */
    struct hd_platform_peer keda;
    /**
     * Policies that the network knows; cilium adds a CiliumNetworkPolicy for what no NetworkPolicy can name. Default: kubernetes, because
     * every plugin knows these; cilium for a gateway of that class.
     */
    enum hd_network_policy network_policy;
    /**
     * API server, which services with rules and collectors ask; cidrs are those of its endpoints. Default: Cilium's entity kube-apiserver,
     * else none, because nobody else knows its addresses.
     */
    struct hd_platform_peer api_server;
    const struct hd_at *at;
};

/** An Ingress for everything that is exposed. Without it none is generated: requests come in by `gateway`, a mesh, or outside of the model. */
struct hd_ingress {
    /** Whether to generate it. Default: true when anything else here is given, because nobody describes an Ingress that is not wanted. */
    enum hd_bool enabled;
    /**
     * Name of the IngressClass. With nginx, ports that speak gRPC or HTTPS get an Ingress of their own, whose annotation backend-protocol
     * says so; one given here keeps all in one. Default: the cluster's default class, which presumes that the cluster has one.
     */
    const char *class_name;
    /** Name of a secret of the application with tls.crt and tls.key, for all hosts. */
    const char *tls_secret;
    /** Annotations for the controller. */
    const struct hd_pair *annotations;
    size_t n_annotations;
    const struct hd_at *at;
};

/** A ResourceQuota of the namespace. */
struct hd_resource_quota {
    /** Name of the object. */
    const char *name;
    /** Limits on sums: requests.cpu, limits.memory, pods, count/deployments.apps ... */
    const struct hd_quantity *hard;
    size_t n_hard;
    /** Pods it counts: Terminating, NotTerminating, BestEffort, NotBestEffort, PriorityClass, CrossNamespacePodAffinity. */
    const char *const *scopes;
    size_t n_scopes;
    const struct hd_at *at;
};

/** Bounds for one type of object. */
struct hd_limit_range_item {
    /** Container, Pod or PersistentVolumeClaim. */
    const char *type;
    /** Limits for containers that have none. */
    const struct hd_quantity *default_limit;
    size_t n_default_limit;
    /** Requests for containers that have none. */
    const struct hd_quantity *default_request;
    size_t n_default_request;
    /** Least allowed. */
    const struct hd_quantity *min;
    size_t n_min;
    /** Most allowed. */
    const struct hd_quantity *max;
    size_t n_max;
    /** Most that a limit may be, as a multiple of its request. */
    const struct hd_quantity *max_limit_request_ratio;
    size_t n_max_limit_request_ratio;
    const struct hd_at *at;
};

/** A LimitRange of the namespace. */
struct hd_limit_range {
    /** Name of the object. */
    const char *name;
    /** Bounds by type. */
    const struct hd_limit_range_item *limits;
    size_t n_limits;
    const struct hd_at *at;
};

/** A PriorityClass to generate. */
struct hd_priority_class {
    /** Name of the object; cluster-wide, so begin it with the application's. */
    const char *name;
    /** Higher goes first, -2147483648 to 1000000000. */
    struct hd_opt_int value;
    /** PreemptLowerPriority or Never. Default: PreemptLowerPriority, because it is Kubernetes' own. */
    const char *preemption_policy;
    /** Its purpose, in words. */
    const char *description;
    const struct hd_at *at;
};

/** The application. */
struct hd_app {
    /** HD_ABI, by which the library reads the structs of a program that was compiled with older or newer headers. Always first. */
    const struct hd_layout *abi;
    /** Name of the application: a DNS label. */
    const char *name;
    /** Namespace of all objects: a DNS label. Default: the application's name, so that two applications do not meet in one. */
    const char *namespace_name;
    /**
     * Environment, such as production; a label of all objects. Default: the name of the document's environment, when it was loaded for one,
     * so that nobody says it twice.
     */
    const char *environment;
    /** Host name under which exposed services are reached; `*` is every one that reaches the gateway. */
    const char *host;
    /** Several host names under which exposed services are reached. Excludes host. */
    const char *const *hosts;
    size_t n_hosts;
    /**
     * Kubernetes version of the cluster, "1.24" to the newest known; quote it, 1.30 is a number. Default: the newest known, which presumes
     * a cluster that is kept up to date.
     */
    const char *kubernetes_version;
    /** Registry host and path before every image's repository. */
    const char *image_registry;
    /** Tag of every image that gives none. */
    const char *image_tag;
    /** Labels of all objects. */
    const struct hd_pair *labels;
    size_t n_labels;
    /** Annotations of all objects, not of pods. */
    const struct hd_pair *annotations;
    size_t n_annotations;
    /**
     * Pod Security level that the namespace enforces: restricted, baseline or privileged. Default: restricted, which is safe because pods
     * that need more are refused at once.
     */
    enum hd_pod_security pod_security;
    /** Defaults by runtime; an entry named cpython or condon takes every member of a service. */
    const struct hd_service *runtimes;
    size_t n_runtimes;
    /** Store of the secrets that name no store themselves. */
    struct hd_secret_store secret_store;
    /** Secrets, by reference. */
    const struct hd_secret *secrets;
    size_t n_secrets;
    /** Destinations outside of the application that its services call. */
    const struct hd_external *externals;
    size_t n_externals;
    struct hd_platform platform;
    struct hd_ingress ingress;
    struct hd_app_gateway gateway;
    struct hd_mesh mesh;
    struct hd_telemetry telemetry;
    struct hd_operations operations;
    const struct hd_resource_quota *resource_quotas;
    size_t n_resource_quotas;
    const struct hd_limit_range *limit_ranges;
    size_t n_limit_ranges;
    const struct hd_priority_class *priority_classes;
    size_t n_priority_classes;
    /** Changes of manifests for which the model has no word. */
    const struct hd_patch *patches;
    size_t n_patches;
    /** Further objects, which the library does not make; they are applied, checked and removed with the application. */
    const struct hd_foreign_manifest *manifests;
    size_t n_manifests;
    /** Warnings that are accepted everywhere. */
    const struct hd_silence *silence;
    size_t n_silence;
    /** The services, at least one; each needs only a name and its runtime. */
    const struct hd_service *services;
    size_t n_services;
    const struct hd_at *at;
};

#include <hybriddeploy/layout.h>

#endif
