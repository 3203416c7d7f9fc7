/** One service: its container, its number of pods, its calls and exposures. */
#ifndef HYBRIDDEPLOY_MODEL_SERVICE_H
#define HYBRIDDEPLOY_MODEL_SERVICE_H

#include <hybriddeploy/model/autoscaling.h>
#include <hybriddeploy/model/build.h>
#include <hybriddeploy/model/manifest.h>
#include <hybriddeploy/model/mesh.h>
#include <hybriddeploy/model/delivery.h>
#include <hybriddeploy/model/patch.h>
#include <hybriddeploy/model/pod.h>
#include <hybriddeploy/model/signals.h>
#include <hybriddeploy/model/traffic.h>
#include <hybriddeploy/model/route.h>
#include <hybriddeploy/model/versions.h>

/** Kubernetes kind that runs the pods. */
enum hd_workload {
    HD_WORKLOAD_UNSET = 0,
    HD_WORKLOAD_DEPLOYMENT,
    HD_WORKLOAD_STATEFUL_SET,
    HD_WORKLOAD_DAEMON_SET,
    HD_WORKLOAD_JOB,
    HD_WORKLOAD_CRON_JOB
};

/** How new pods replace old ones. */
enum hd_strategy_type { HD_STRATEGY_UNSET = 0, HD_STRATEGY_ROLLING_UPDATE, HD_STRATEGY_RECREATE, HD_STRATEGY_ON_DELETE };

/** Deployment strategy, or update strategy of a StatefulSet or DaemonSet. */
struct hd_strategy {
    /**
     * RollingUpdate; Recreate for a Deployment; OnDelete for a StatefulSet or DaemonSet. Default: RollingUpdate, so that pods answer during
     * an update; but Recreate for a Deployment of one pod with a claim that only one node can have, or with an existing claim, because two
     * pods that write into one folder may spoil it. RollingUpdate, when it is written, stays.
     */
    enum hd_strategy_type type;
    /**
     * Pods above the wanted number during an update, a number or a percentage. Default: 1 for a Deployment, 0 for a DaemonSet, so that a
     * new pod is there before an old one leaves.
     */
    const char *max_surge;
    /**
     * Pods that may be missing during an update, a number or a percentage. Default: 0 where pods may surge, else 1, so that updates lose no
     * pod that answers.
     */
    const char *max_unavailable;
    /** StatefulSet: pods below this ordinal keep the old version, from 0. Default: 0, so that an update reaches all pods. */
    struct hd_opt_int partition;
    const struct hd_at *at;
};

/** Whether the claims of a StatefulSet's pods are kept or deleted. */
struct hd_claim_retention {
    /** Retain or Delete, when the StatefulSet is deleted. Default: Retain, which is safe because data outlives its StatefulSet. */
    const char *when_deleted;
    /** Retain or Delete, when it is scaled down. Default: Retain, which is safe because data outlives its pod. */
    const char *when_scaled;
    const struct hd_at *at;
};

/** Members of Jobs and CronJobs only; members of the service in YAML. */
struct hd_job {
    /** CronJob: when to run, in cron's five fields or a word such as @daily. */
    const char *schedule;
    /**
     * CronJob: IANA time zone of the schedule, such as Europe/Vienna. Default: the controller manager's, which presumes that its zone,
     * mostly UTC, is meant. Kubernetes 1.25 or later.
     */
    const char *time_zone;
    /** CronJob: Allow, Forbid or Replace. Default: Forbid, which is safe because two runs never meet. */
    const char *concurrency_policy;
    /** Whether it does not run for now. Default: false, because a job is described in order to run. */
    enum hd_bool suspend;
    /** CronJob: seconds after which a missed run is skipped, 10 to 31536000. */
    int64_t starting_deadline_seconds;
    /** CronJob: finished runs to keep, from 0. Default: 3, because it is Kubernetes' own. */
    struct hd_opt_int successful_jobs_history_limit;
    /** CronJob: failed runs to keep, from 0. Default: 1, because it is Kubernetes' own. */
    struct hd_opt_int failed_jobs_history_limit;
    /** Pods that must succeed, from 1. Default: 1, because it is Kubernetes' own. */
    int64_t completions;
    /** Pods at the same time, from 0. Default: 1, because it is Kubernetes' own. */
    struct hd_opt_int parallelism;
    /** NonIndexed, or Indexed to number the pods. Default: NonIndexed, because it is Kubernetes' own. */
    const char *completion_mode;
    /** Retries before the job has failed, from 0. Default: 6, because it is Kubernetes' own. */
    struct hd_opt_int backoff_limit;
    /** Seconds the job may take, from 1. Default: without end, which presumes a program that ends by itself. */
    int64_t active_deadline_seconds;
    /**
     * Seconds after which a finished job is removed, from 0. Default: 86400 for a Job, so that finished jobs do not pile up. It presumes
     * that nobody applies the manifest again: GitOps would run a removed job anew. none keeps it.
     */
    struct hd_opt_int ttl_seconds_after_finished;
    /** OnFailure or Never. Default: Never, so that the logs of a failed pod stay. */
    const char *restart_policy;
    const struct hd_at *at;
};

/** The Service object. */
struct hd_service_object {
    /** ClusterIP, NodePort or LoadBalancer. Default: ClusterIP, which is safe because nothing outside the cluster reaches it. */
    const char *type;
    /**
     * Whether it is headless (clusterIP: None): DNS gives the pods' addresses. Default: true for a StatefulSet's governing Service, so that
     * each pod has a name of its own; else false.
     */
    enum hd_bool headless;
    /** Annotations of the Service alone. */
    const struct hd_pair *annotations;
    size_t n_annotations;
    /** None or ClientIP. Default: None, so that requests spread over all pods. */
    const char *session_affinity;
    /** Seconds of ClientIP affinity, 1 to 86400. Default: 10800, because it is Kubernetes' own. */
    int64_t session_affinity_timeout_seconds;
    /** Cluster or Local; only for NodePort and LoadBalancer. Default: Cluster, so that every node takes requests. */
    const char *external_traffic_policy;
    /** Cluster or Local. Default: Cluster, so that pods of other nodes are found too. */
    const char *internal_traffic_policy;
    /** PreferClose from Kubernetes 1.31, written as PreferSameZone where that is its name; PreferSameZone and PreferSameNode from 1.34. */
    const char *traffic_distribution;
    /**
     * SingleStack, PreferDualStack (addresses of both families where the cluster has both) or RequireDualStack. Default: SingleStack, which
     * every cluster has.
     */
    const char *ip_family_policy;
    /**
     * IPv4, IPv6 or both; the first is that of the address that programs are given. Default: the cluster's own, because its pods have
     * addresses of that family.
     */
    const char *const *ip_families;
    size_t n_ip_families;
    /** Whether DNS also gives pods that are not ready. Default: false, so that nobody calls a pod that cannot answer. */
    enum hd_bool publish_not_ready_addresses;
    /** Class of load balancer; only for LoadBalancer. */
    const char *load_balancer_class;
    /** Address ranges that may use the load balancer; only for LoadBalancer. */
    const char *const *load_balancer_source_ranges;
    size_t n_load_balancer_source_ranges;
    const struct hd_at *at;
};

/** A port of a further Service. */
struct hd_extra_service_port {
    /** Name or number of the service's port to which it leads. */
    const char *target_port;
    /** Name of the port. Default: that of the target port, because both speak the same. */
    const char *name;
    /** Number, 1 to 65535. Default: that of the target port in the service's own Service, so that clients of both ask alike. */
    int64_t port;
    /**
     * Port on every node, 1 to 65535, for NodePort and LoadBalancer. Default: the cluster chooses one, so that no two Services want the
     * same.
     */
    int64_t node_port;
    const struct hd_at *at;
};

/** A further Service for the pods of a service. */
struct hd_extra_service {
    /** Name of the object, unique among all Services of the application. */
    const char *name;
    /** Its ports. Default: all ports of the service, because that is what its pods offer. */
    const struct hd_extra_service_port *ports;
    size_t n_ports;
    struct hd_service_object service;
    const struct hd_at *at;
};

/** A service or external that this service calls. */
struct hd_call {
    /** Name of a service, an external, or a Service among the objects of `manifests`. */
    const char *to;
    /**
     * Name or number of its port. Needed when it has several; default: its only one that is not for metrics, because no other can be meant.
     */
    const char *port;
    /**
     * HTTP methods that are used, GET or any in upper case; a mesh refuses others. Default: all, which presumes that the other side refuses
     * what this one must not do.
     */
    const char *const *methods;
    size_t n_methods;
    /**
     * Paths that are used; one that ends with * means all that begin so. A mesh refuses others. Default: all, which presumes that the other
     * side refuses what this one must not do.
     */
    const char *const *paths;
    size_t n_paths;
    /**
     * Time that a request of this caller may take, retries included, a Go duration from 1ms. Default: that of the other side's
     * trafficPolicy, else without end, because only its makers know how long an answer takes.
     */
    const char *timeout;
    /**
     * The version that gets all requests of this caller. Default: the one that the versions' own matches and weights choose, because
     * they hold for all callers.
     */
    const char *version;
    /** Retries of requests of this caller that failed. */
    struct hd_retries retries;
    struct hd_call_policy traffic_policy;
    const struct hd_at *at;
};

/**
 * Somebody outside of the application who may call the service: a service of another application, pods of a namespace, or addresses.
 * Policies let it in by what pods cannot give themselves: their namespace, and in a mesh their service account.
 */
struct hd_caller {
    /**
     * `APPLICATION/SERVICE`: a service of another application that hybriddeploy describes. Its namespace, labels and account are those of its
     * own model in a workspace; else those that such a model has by default. Excludes cidrs.
     */
    const char *from;
    /** Namespace of the pods. Default: with `from`, the name of that application, because it is the default there. Excludes cidrs. */
    const char *namespace_name;
    /**
     * Labels of the pods. Default: with `from`, those by which the application selects the pods of the service; else all pods of the
     * namespace, which presumes that all of them may call.
     */
    const struct hd_pair *pod_labels;
    size_t n_pod_labels;
    /**
     * Service account of the pods, by which the mesh knows them. Default: with `from`, the name of that service, because it is the default
     * there; else any account of the namespace.
     */
    const char *service_account;
    /** Address ranges in CIDR form, for callers outside the cluster. Excludes namespace. */
    const char *const *cidrs;
    size_t n_cidrs;
    /**
     * Whether its pods are in the mesh too. Default: true with serviceAccount, and in a mesh with `from`, which presumes that applications of
     * one kind share the mesh; else false, because what is outside of the application is mostly outside of its mesh too.
     */
    enum hd_bool mesh;
    /**
     * Name or number of the port that is called. Needed when the service has several; default: its only one that is not for metrics,
     * because no other can be meant.
     */
    const char *port;
    /** HTTP methods that it may use, GET or any in upper case; a mesh refuses others. Default: all, because the service itself knows more. */
    const char *const *methods;
    size_t n_methods;
    /**
     * Paths that it may use; one that ends with * means all that begin so. A mesh refuses others. Default: all, because the service itself
     * knows more.
     */
    const char *const *paths;
    size_t n_paths;
    const struct hd_at *at;
};

/** Where Prometheus finds metrics. */
struct hd_metrics {
    /**
     * `false` (in YAML also the word alone, `metrics: off`) closes the service to Prometheus. Default: true for a service with a port that
     * speaks HTTP or is called metrics, where there is a Prometheus, because nothing else answers Prometheus.
     */
    enum hd_bool enabled;
    /**
     * Name or number of a port that answers by HTTP. Default: a port called metrics, else the first that speaks HTTP, but not gRPC; none
     * in a mesh with proxies for a service that sends its metrics, has no such port, or has the runtime container, because the proxy's
     * own are meant then.
     */
    const char *port;
    /** Path of the metrics, beginning with `/`. Default: /metrics, because libraries of Prometheus answer there. */
    const char *path;
    /** Time between two scrapes, such as 30s. Default: the application's, see telemetry.scraping. */
    const char *interval;
    /** Time a scrape may take, not above the interval. Default: the application's. */
    const char *scrape_timeout;
    const struct hd_at *at;
};

/** A warning that is accepted, and why. */
struct hd_silence {
    /** Code of the warning, such as HD6129. Errors cannot be silenced. */
    const char *code;
    /** Why the warning is accepted, in words for readers of the model. */
    const char *reason;
    const struct hd_at *at;
};

/**
 * A service of the application. As an entry of `runtimes` it holds the defaults of the services that name it as their runtime; only
 * an entry has `base`, and only a service has `runtime`.
 */
struct hd_service {
    /** Name of the service and its objects; a DNS label that begins with a letter, at most 63 long (a StatefulSet's 52, a CronJob's 52). */
    const char *name;
    /**
     * Name of the runtime from which the service takes what it leaves out: `container` (any image: nothing is assumed of the program),
     * `cpython` (Python), `condon` (alias `codon`; compiled Python), or an entry of `runtimes`. Default: container for a service with a
     * whole `image`, because nothing else is known of the program; without both, cpython's defaults hold, and HD2126 says so.
     */
    const char *runtime;
    /**
     * Deployment, StatefulSet, DaemonSet, Job or CronJob. Default: CronJob with a schedule, because only it has one; else Deployment,
     * because most services keep nothing on disk.
     */
    enum hd_workload workload;
    /**
     * Fixed number of pods, from 0; excludes autoscaling. Default: those of the autoscaler; without one 2, so that one pod answers while
     * the other is away, but 1 with the runtime container, because not every program bears a second one.
     */
    struct hd_opt_int replicas;
    struct hd_container container;
    struct hd_pod pod;
    struct hd_job job;
    /** Services and externals that the service calls; the network policy closes all other connections. */
    const struct hd_call *calls;
    size_t n_calls;
    /** Who may call the service from outside of the application. Default: nobody, which is safe because all others are kept out. */
    const struct hd_caller *callers;
    size_t n_callers;
    /** Under which paths the public gateway reaches the service. Default: not at all, which is safe because nobody outside reaches it. */
    const struct hd_exposure *expose;
    size_t n_expose;
    struct hd_metrics metrics;
    struct hd_service_telemetry telemetry;
    struct hd_service_object service;
    /**
     * Further Services for the same pods, with ports, a type or annotations of their own. Calls name the service itself: policies hold for
     * pods, whatever the Service.
     */
    const struct hd_extra_service *extra_services;
    size_t n_extra_services;
    struct hd_service_mesh mesh;
    struct hd_autoscaling autoscaling;
    struct hd_disruption_budget disruption_budget;
    /** How others treat the service when they call it. */
    struct hd_traffic_policy traffic_policy;
    struct hd_delivery delivery;
    /**
     * Versions that run at the same time, each in a Deployment of its own, instead of one Deployment. Default: none, because most services
     * have one version.
     */
    const struct hd_version *versions;
    size_t n_versions;
    struct hd_strategy strategy;
    /** Seconds a new pod must be ready before it counts, 0 to 86400. Default: 0, because a pod that is ready can answer. */
    struct hd_opt_int min_ready_seconds;
    /**
     * Deployment: seconds until an update that makes no progress has failed, from 1; above minReadySeconds. Default: 600, because it is
     * Kubernetes' own.
     */
    int64_t progress_deadline_seconds;
    /** Old versions to keep, from 0. Default: 10, because it is Kubernetes' own. */
    struct hd_opt_int revision_history_limit;
    /** StatefulSet: OrderedReady or Parallel. Default: OrderedReady, because it is Kubernetes' own. */
    const char *pod_management_policy;
    struct hd_claim_retention persistent_volume_claim_retention_policy;
    struct hd_build build;
    /** Labels of all objects of the service and its pods. */
    const struct hd_pair *labels;
    size_t n_labels;
    /** Annotations of all objects of the service, not of its pods. */
    const struct hd_pair *annotations;
    size_t n_annotations;
    /**
     * Labels by which a Deployment, StatefulSet or DaemonSet that runs already selects its pods. A selector cannot change: without this the
     * API server refuses to update a workload that has another one. The pods have these labels beside the library's own, by which
     * everything else selects them. Default: app.kubernetes.io/name and app.kubernetes.io/instance, because no two services of a namespace
     * have both alike.
     */
    const struct hd_pair *selector;
    size_t n_selector;
    /** Changes of the service's manifests for which the model has no word. */
    const struct hd_patch *patches;
    size_t n_patches;
    /** Further objects of the service, which the library does not make; they come and go with it. */
    const struct hd_foreign_manifest *manifests;
    size_t n_manifests;
    /** Warnings that are accepted for this service. */
    const struct hd_silence *silence;
    size_t n_silence;
    /**
     * Only in an entry of `runtimes`: name of the runtime that this one builds on, one of the library's or another entry. Default:
     * container, which assumes nothing. Entries named container, cpython or condon have none: they change the library's own defaults.
     * In a resolved service: the library's runtime below all entries.
     */
    const char *base;
    const struct hd_at *at;
};

#endif
