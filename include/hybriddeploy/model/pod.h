/** Members that the containers of a pod share. */
#ifndef HYBRIDDEPLOY_MODEL_POD_H
#define HYBRIDDEPLOY_MODEL_POD_H

#include <hybriddeploy/model/container.h>
#include <hybriddeploy/model/scheduling.h>
#include <hybriddeploy/model/volume.h>

/** A right on Kubernetes objects in the namespace. */
struct hd_policy_rule {
    /** API groups; "" is the core group. Required with resources. */
    const char *const *api_groups;
    size_t n_api_groups;
    /**
     * Resources in the plural: configmaps, deployments/scale. Those that belong to no namespace, such as nodes or namespaces, are granted by
     * a ClusterRole `<namespace>.<service>`, all others by a Role. Excludes nonResourceURLs; a rule has one of the two.
     */
    const char *const *resources;
    size_t n_resources;
    /** Names of single objects. Default: all, which presumes that the program may touch every object of these resources. */
    const char *const *resource_names;
    size_t n_resource_names;
    /** get, list, watch, create, update, patch, delete ... */
    const char *const *verbs;
    size_t n_verbs;
    /**
     * Paths of the API server that are no resources, such as /metrics; a star at the end stands for the rest. A ClusterRole grants them; the
     * verbs are methods of HTTP in lower case: get, post.
     */
    const char *const *non_resource_urls;
    size_t n_non_resource_urls;
    const struct hd_at *at;
};

/** The identity of the pods. */
struct hd_service_account {
    /** Name of an account that exists. Default: one is generated with the service's name, so that no two services share their rights. */
    const char *name;
    /** Annotations of the account that is generated, for example for a cloud's workload identity. Excludes name. */
    const struct hd_pair *annotations;
    size_t n_annotations;
    /** Rights, as a Role and RoleBinding in the namespace. Default: none, which is safe because most programs never ask the API server. */
    const struct hd_policy_rule *rules;
    size_t n_rules;
    /** Whether the pods get a token. Default: only with rules, because a token that nobody uses can only be stolen. */
    enum hd_bool automount_service_account_token;
    const struct hd_at *at;
};

/** Rights of all containers of the pod. Defaults meet the restricted Pod Security Standard. */
struct hd_pod_security_context {
    /**
     * Whether the kubelet refuses to start containers as root. Default: true, which is safe because a program that breaks out is nobody on
     * the node.
     */
    enum hd_bool run_as_non_root;
    /**
     * User id, 0 to 2147483647, not 1337 (a mesh proxy's). Default: 10001 for cpython and condon, because the generated images have this
     * user; none means the image's own user.
     */
    struct hd_opt_int run_as_user;
    /**
     * Group id, 0 to 2147483647. Default: 10001 for cpython and condon, because the generated images have this group; none means the
     * image's own group.
     */
    struct hd_opt_int run_as_group;
    /**
     * Group that owns volumes, 0 to 2147483647. Default: 10001 for cpython and condon, so that the user can write to volumes; none leaves
     * the owner as it is.
     */
    struct hd_opt_int fs_group;
    /** OnRootMismatch or Always. Default: OnRootMismatch when volumes are claimed, because a large volume is not walked at each start. */
    const char *fs_group_change_policy;
    struct hd_profile seccomp_profile;
    struct hd_profile app_armor_profile;
    struct hd_selinux_options se_linux_options;
    /** Kernel parameters by name; the baseline security level allows the safe ones alone. */
    const struct hd_pair *sysctls;
    size_t n_sysctls;
    const struct hd_at *at;
};

/** Extra lines of /etc/hosts. */
struct hd_host_alias {
    /** Address. */
    const char *ip;
    /** Names of the address. */
    const char *const *hostnames;
    size_t n_hostnames;
    const struct hd_at *at;
};

/** The pod's resolver. */
struct hd_dns_config {
    /** At most 3 addresses. */
    const char *const *nameservers;
    size_t n_nameservers;
    /** At most 32 domains. */
    const char *const *searches;
    size_t n_searches;
    /** Options by name, such as ndots; a value may be empty. */
    const struct hd_pair *options;
    size_t n_options;
    const struct hd_at *at;
};

/** Members of the pod other than the service's own container; members of the service in YAML. */
struct hd_pod {
    /** Labels of the pods alone. */
    const struct hd_pair *pod_labels;
    size_t n_pod_labels;
    /** Annotations of the pods alone. */
    const struct hd_pair *pod_annotations;
    size_t n_pod_annotations;
    /**
     * Secrets with registry credentials: of the model, or such as exist in the namespace. One that comes from a store gets the type
     * kubernetes.io/dockerconfigjson, because the kubelet uses no other, and so needs the key .dockerconfigjson. Default: none, which is
     * safe for images that need no credential or nodes that have it.
     */
    const char *const *image_pull_secrets;
    size_t n_image_pull_secrets;
    /** Containers that run to their end, in this order, before the others start. */
    const struct hd_named_container *init_containers;
    size_t n_init_containers;
    /** Native sidecars: init containers that keep running, started before and stopped after the service. Kubernetes 1.29 or later. */
    const struct hd_named_container *sidecars;
    size_t n_sidecars;
    /**
     * Containers that start and stop together with the service's own one, as containers of the pod; sidecars are better for helpers that
     * must be there before it and after it. A pod of a Job or CronJob has ended when all of them have.
     */
    const struct hd_named_container *extra_containers;
    size_t n_extra_containers;
    /** Volumes. */
    const struct hd_volume *volumes;
    size_t n_volumes;
    struct hd_service_account service_account;
    struct hd_pod_security_context pod_security_context;
    /** Labels a node must have. */
    const struct hd_pair *node_selector;
    size_t n_node_selector;
    /** Taints to put up with. */
    const struct hd_toleration *tolerations;
    size_t n_tolerations;
    struct hd_affinity affinity;
    /**
     * How the pods spread over zones and nodes. Default: as evenly as possible, without ever keeping a pod from starting; none leaves it to
     * the scheduler. Not for a DaemonSet, which has a pod on every node.
     */
    const struct hd_topology_spread *topology_spread_constraints;
    size_t n_topology_spread_constraints;
    /** Name of a priority class, of the application's priorityClasses or one that exists. */
    const char *priority_class_name;
    /** Name of a container runtime class that exists. */
    const char *runtime_class_name;
    /** Name of the scheduler. Default: the cluster's, because few clusters have another. */
    const char *scheduler_name;
    /**
     * Seconds between the request to stop and the kill, 1 to 86400. Default: 30, which presumes that the program ends within it on SIGTERM.
     */
    int64_t termination_grace_period_seconds;
    /** ClusterFirst, ClusterFirstWithHostNet, Default or None. Default: ClusterFirst, because it is Kubernetes' own, and finds Services. */
    const char *dns_policy;
    struct hd_dns_config dns_config;
    const struct hd_host_alias *host_aliases;
    size_t n_host_aliases;
    /** Whether the pod uses its node's network; the baseline security level forbids it. */
    enum hd_bool host_network;
    /** Whether the pod sees its node's processes; the baseline security level forbids it. */
    enum hd_bool host_pid;
    /** Whether the pod shares its node's IPC; the baseline security level forbids it. */
    enum hd_bool host_ipc;
    /**
     * Whether the containers see each other's processes. Default: false, which is safe because one that was taken over cannot look into the
     * others.
     */
    enum hd_bool share_process_namespace;
    /**
     * Whether Services are also given as environment variables. Default: false, because names of strangers would become variables of the
     * program.
     */
    enum hd_bool enable_service_links;
    const struct hd_at *at;
};

#endif
