/** One container: image, command, environment, ports, probes, resources, security. */
#ifndef HYBRIDDEPLOY_MODEL_CONTAINER_H
#define HYBRIDDEPLOY_MODEL_CONTAINER_H

#include <hybriddeploy/model/value.h>

/** A container image. Either a whole reference, or parts; parts left out come from the application. */
struct hd_image {
    /** Whole reference, `registry/repository:tag` or `registry/repository@sha256:...`. Excludes the parts. */
    const char *reference;
    /** Registry host, with an optional path. Default: the application's imageRegistry. */
    const char *registry;
    /** Repository below the registry. Default: the service's name, so that each service has its own. */
    const char *repository;
    /** Tag; `latest` is refused, because its image can change without a change of the model. Default: the application's imageTag. */
    const char *tag;
    /** Content digest, `sha256:` and 64 hexadecimal digits. Wins over the tag. */
    const char *digest;
    const struct hd_at *at;
};

/** When the kubelet fetches the image. */
enum hd_pull_policy { HD_PULL_POLICY_UNSET = 0, HD_PULL_ALWAYS, HD_PULL_IF_NOT_PRESENT, HD_PULL_NEVER };

/** Application protocol of a port; it decides appProtocol and, with a mesh, which traffic rules can apply. */
enum hd_protocol {
    HD_PROTOCOL_UNSET = 0,
    HD_PROTOCOL_HTTP,
    HD_PROTOCOL_HTTP2,
    HD_PROTOCOL_HTTPS,
    HD_PROTOCOL_GRPC,
    HD_PROTOCOL_GRPC_WEB,
    HD_PROTOCOL_WEBSOCKET,
    HD_PROTOCOL_TCP,
    HD_PROTOCOL_TLS,
    HD_PROTOCOL_MONGO,
    HD_PROTOCOL_MYSQL,
    HD_PROTOCOL_REDIS,
    HD_PROTOCOL_UDP
};

/** Whether callers must present a certificate of the mesh. */
enum hd_mtls_mode { HD_MTLS_MODE_UNSET = 0, HD_MTLS_STRICT, HD_MTLS_PERMISSIVE };

/** A port that a container listens on and its Service offers. */
struct hd_port {
    /**
     * Port name, unique within the service; at most 15 of a-z, 0-9 and -, with a letter. Default: the protocol, because meshes read it
     * from names. (Kubernetes: IsValidPortName)
     */
    const char *name;
    /** Number the container listens on, 1 to 65535. */
    int64_t port;
    /** Number the Service offers, 1 to 65535. Default: the container's, so that callers and the program name the same number. */
    int64_t service_port;
    /** Application protocol. Default: the one that the name begins with, as in grpc-orders; else http, because most ports speak it. */
    enum hd_protocol protocol;
    /**
     * Port on every node, for a Service of type NodePort or LoadBalancer, 1 to 65535. Default: chosen by the cluster, so that no two
     * Services want the same one.
     */
    int64_t node_port;
    /** Port on the pod's node, 1 to 65535; policies let every address reach it. The baseline security level forbids it. */
    int64_t host_port;
    /** In a mesh: STRICT, or PERMISSIVE to accept callers from outside the mesh as well. Default: the service's mesh.mtls. */
    enum hd_mtls_mode mtls;
    const struct hd_at *at;
};

/** One environment variable: a value, or where the value comes from. */
struct hd_env {
    /** Variable name: letters, digits, `_`, `-`, `.`, not beginning with a digit. (Kubernetes: IsEnvVarName, strict form) */
    const char *name;
    /**
     * Literal value, with the name at most 131,071 bytes. `$(NAME)` stands for another variable of the container, wherever it stands in the
     * list; `$$(NAME)` for the text itself. Something that looks like a credential is refused: use secret.
     */
    const char *value;
    /** Name of a secret of the application (see secrets); key says which entry. */
    const char *secret;
    /** Name of a ConfigMap that exists in the namespace; key says which entry. */
    const char *config_map;
    /** Entry of the secret or ConfigMap. */
    const char *key;
    /** Field of the pod: metadata.name, metadata.namespace, status.podIP, spec.nodeName ... (Kubernetes: core/v1 fieldRef) */
    const char *field;
    /** Resource of the container: limits.cpu, requests.memory ... (Kubernetes: core/v1 resourceFieldRef) */
    const char *resource;
    /**
     * Unit in which the resource is given: 1, 1m for cpu; 1, 1Mi, 1Gi ... for memory. Default: 1, so that nothing is rounded but parts of a
     * core or byte.
     */
    const char *divisor;
    /**
     * Whether the container may start when the secret or ConfigMap or its key is missing. Default: false, so that a program never runs
     * without what it needs.
     */
    enum hd_bool optional;
    const struct hd_at *at;
};

/** All entries of a secret or ConfigMap as environment variables. */
struct hd_env_from {
    /** Name of a secret of the application. */
    const char *secret;
    /** Name of a ConfigMap that exists in the namespace. */
    const char *config_map;
    /** Text put before each name. Default: none, so that variables are named as the entries are. */
    const char *prefix;
    /** Whether the container may start when it is missing. Default: false, so that a program never runs without what it needs. */
    enum hd_bool optional;
    const struct hd_at *at;
};

/** A file of configuration, mounted read-only from a generated ConfigMap; a change of it rolls the pods. */
struct hd_config_file {
    /** Absolute path in the container. */
    const char *path;
    /**
     * Key in the ConfigMap, unique within the service. Default: the last part of the path, because a key has no /; in an init container or
     * sidecar after its name and a dot, so that two never meet.
     */
    const char *key;
    /** The file's content, at most 1 MiB for all files of a service. (Kubernetes: core/v1 ConfigMap) */
    const char *content;
    /**
     * File beside the model (for a hand-built model, in the working directory) to read the content from: a relative path without `..` that
     * leads over no link, so that a model from a stranger cannot publish other files of whoever generates.
     */
    const char *from_file;
    /** Permission bits, octal text such as "0444". Default: 0444, which is safe because nobody can change the file. */
    const char *mode;
    const struct hd_at *at;
};

/** CPU, memory and other resources of a container. */
struct hd_resources {
    /**
     * Amounts that the scheduler reserves on the node. Default: the runtime's cpu and memory; of ephemeral-storage, which logs and
     * scratch files are in, 64Mi unless it is in limits, which is then the request as well. Safe, because it bounds nothing. `none`
     * in place of an amount refuses it.
     */
    const struct hd_quantity *requests;
    size_t n_requests;
    /**
     * Most that the container may use; not below the request. Default: the runtime's, which presumes the reference programs of cpython and
     * condon; container has none, because nobody knows what the program needs. `cpu: none` leaves the CPU without a limit, `limits: none`
     * everything.
     */
    const struct hd_quantity *limits;
    size_t n_limits;
    const struct hd_at *at;
};

/** A program to run in the container. */
struct hd_exec_action {
    /** Program and arguments; no shell is involved. */
    const char *const *command;
    size_t n_command;
    const struct hd_at *at;
};

/** URI scheme of an HTTP request. */
enum hd_scheme { HD_SCHEME_UNSET = 0, HD_SCHEME_HTTP, HD_SCHEME_HTTPS };

/** An HTTP request to the container. */
struct hd_http_get_action {
    /** Path of the request, beginning with `/`. Default: that of the runtime's probe, else `/`, because every server has it. */
    const char *path;
    /**
     * Name or number of a declared port. Default: the container's first port that is not for metrics, which presumes that it speaks HTTP.
     */
    const char *port;
    /** HTTP or HTTPS. Default: HTTP, because few containers end TLS themselves; a port that speaks https is asked by HTTPS. */
    enum hd_scheme scheme;
    /** Headers of the request. */
    const struct hd_pair *http_headers;
    size_t n_http_headers;
    const struct hd_at *at;
};

/** A TCP connection to the container. */
struct hd_tcp_socket_action {
    /** Name or number of a declared port. */
    const char *port;
    const struct hd_at *at;
};

/** A gRPC health check. */
struct hd_grpc_action {
    /**
     * Name or number of a declared port; the number is emitted, since Kubernetes takes no name here. Default: the container's first port
     * that is not for metrics, which presumes that it speaks gRPC.
     */
    const char *port;
    /** Service name in the health request. Default: "", the server as a whole, because every server with health checks knows it. */
    const char *service;
    const struct hd_at *at;
};

/** A wait. */
struct hd_sleep_action {
    /** Seconds, 1 to 86400, not above terminationGracePeriodSeconds. (Kubernetes: core/v1 validation) */
    int64_t seconds;
    const struct hd_at *at;
};

/** How the kubelet finds out how a container is. At most one of httpGet, tcpSocket, grpc and exec. */
struct hd_probe {
    /** `false` (in YAML also a word alone, `livenessProbe: off` or none) removes a probe that the runtime would bring. */
    enum hd_bool enabled;
    struct hd_http_get_action http_get;
    struct hd_tcp_socket_action tcp_socket;
    struct hd_grpc_action grpc;
    struct hd_exec_action exec;
    /**
     * Seconds to wait after the container's start, 0 to 86400. Default: 0, which presumes a program that answers within failureThreshold
     * probes; slower ones have a startupProbe.
     */
    struct hd_opt_int initial_delay_seconds;
    /** Seconds between probes, 1 to 86400. Default: 10, because it is Kubernetes' own. */
    int64_t period_seconds;
    /**
     * Seconds until an answer counts as failed, 1 to 86400. Default: 1, because it is Kubernetes' own; it presumes a program that answers
     * at once.
     */
    int64_t timeout_seconds;
    /**
     * Successes in a row after a failure until the container counts as well, 1 to 1000; 1 for liveness and startup. Default: 1, because it
     * is Kubernetes' own.
     */
    int64_t success_threshold;
    /** Failures in a row until the container counts as failed, 1 to 1000. Default: 3, because it is Kubernetes' own. */
    int64_t failure_threshold;
    /** Grace period in seconds when this probe kills the container, 1 to 86400; not for readiness. Default: the pod's. */
    int64_t termination_grace_period_seconds;
    const struct hd_at *at;
};

/** Action at a point of the container's life. Exactly one of exec, httpGet and sleep. */
struct hd_lifecycle_handler {
    /** `false` (in YAML also a word alone, `preStop: none`) removes a hook that a default would bring. */
    enum hd_bool enabled;
    struct hd_exec_action exec;
    struct hd_http_get_action http_get;
    struct hd_sleep_action sleep;
    const struct hd_at *at;
};

/** Hooks at the container's start and end. */
struct hd_lifecycle {
    /** Runs when the container has started; the container is not ready before it ends. */
    struct hd_lifecycle_handler post_start;
    /**
     * Runs before the container is told to stop. Default for a service with ports, and for each of its extraContainers with ports, from
     * Kubernetes 1.30: sleep 5 s, so that load balancers learn first. Safe, because it only delays the stop; none removes it.
     */
    struct hd_lifecycle_handler pre_stop;
    const struct hd_at *at;
};

/** Linux capabilities to add and to drop, without the CAP_ prefix. */
struct hd_capabilities {
    /** Added; the restricted level allows NET_BIND_SERVICE alone. */
    const char *const *add;
    size_t n_add;
    /** Dropped. Default: ALL, which programs that do not administer their node never miss; none drops nothing. */
    const char *const *drop;
    size_t n_drop;
    const struct hd_at *at;
};

/** Kind of a seccomp or AppArmor profile. */
enum hd_profile_type {
    HD_PROFILE_UNSET = 0,
    HD_PROFILE_RUNTIME_DEFAULT,
    HD_PROFILE_LOCALHOST,
    HD_PROFILE_UNCONFINED,
    /** No profile is written, also where a default would bring one; the node decides. */
    HD_PROFILE_NONE
};

/** A seccomp or AppArmor profile. */
struct hd_profile {
    /** RuntimeDefault, Localhost or Unconfined; none leaves the profile out, also where a default or a runtime would bring one. */
    enum hd_profile_type type;
    /** File of the profile below the kubelet's folder on the node; given exactly when type is Localhost. */
    const char *localhost_profile;
    const struct hd_at *at;
};

/** SELinux labels. */
struct hd_selinux_options {
    /** User; the baseline security level forbids it. */
    const char *user;
    /** Role; the baseline security level forbids it. */
    const char *role;
    /** Type; the baseline security level allows container_t, container_init_t, container_kvm_t and container_engine_t. */
    const char *type;
    /** Level, such as s0:c123,c456. */
    const char *level;
    const struct hd_at *at;
};

/** How files see the kernel's /proc. */
enum hd_proc_mount { HD_PROC_MOUNT_UNSET = 0, HD_PROC_MOUNT_DEFAULT, HD_PROC_MOUNT_UNMASKED };

/** Rights of one container. Defaults meet the restricted Pod Security Standard. */
struct hd_security_context {
    /**
     * Whether a process may gain more rights than its parent. Default: false, which is safe because programs without setuid files never
     * need it.
     */
    enum hd_bool allow_privilege_escalation;
    /** Whether the container is root on its node. Default: false, which is safe because only what administers its node needs it. */
    enum hd_bool privileged;
    /**
     * Whether the container's own file system is read-only. Default: true. /tmp stays writable, up to 1Gi: a pod that writes more is
     * evicted, which is safe for the others on its node. For another size mount a volume there: `volumes: {scratch: {mountPath: /tmp,
     * emptyDir: {sizeLimit: 5Gi}}}`.
     */
    enum hd_bool read_only_root_filesystem;
    /** Whether the kubelet refuses to start it as root. Default: the pod's. */
    enum hd_bool run_as_non_root;
    /** User id, 0 to 2147483647. Default: the pod's. */
    struct hd_opt_int run_as_user;
    /** Group id, 0 to 2147483647. Default: the pod's. */
    struct hd_opt_int run_as_group;
    struct hd_capabilities capabilities;
    struct hd_profile seccomp_profile;
    struct hd_profile app_armor_profile;
    struct hd_selinux_options se_linux_options;
    /** Default or Unmasked. Default: Default, which hides parts of /proc. */
    enum hd_proc_mount proc_mount;
    const struct hd_at *at;
};

/** A volume of the pod, mounted into this container. */
struct hd_volume_mount {
    /** Absolute path in the container, unique within it. */
    const char *mount_path;
    /** Name of a volume of the service. */
    const char *name;
    /** Relative path inside the volume, with no `..` in it. */
    const char *sub_path;
    /** As subPath, with $(VARIABLE) expanded. Excludes subPath. */
    const char *sub_path_expr;
    /** Whether the container sees it read-only. Default: false, because most programs mount what they write. */
    enum hd_bool read_only;
    /**
     * Whether file systems that are mounted later are seen: None, HostToContainer (those of the node), or Bidirectional (also those of
     * this container, on the node), which needs a privileged container. Default: None, so that containers and their node cannot surprise
     * each other.
     */
    const char *mount_propagation;
    /**
     * With readOnly: whether what is mounted below is read-only too, Disabled, IfPossible or Enabled; not together with mountPropagation.
     * Default: Disabled, because not every node can do it. Kubernetes 1.31 or later. (Kubernetes: core/v1 validation)
     */
    const char *recursive_read_only;
    const struct hd_at *at;
};

/** Members of a container. Services, init containers and sidecars all have them as members of their own. */
struct hd_container {
    struct hd_image image;
    /** Always, IfNotPresent or Never. Default: IfNotPresent, which is safe because a tag never means another image: latest is refused. */
    enum hd_pull_policy image_pull_policy;
    /** Replaces the image's entry point. */
    const char *const *command;
    size_t n_command;
    /** Replaces the image's arguments. */
    const char *const *args;
    size_t n_args;
    /** Working directory. Default: the image's, because the program was put there. */
    const char *working_dir;
    /**
     * Ports that the container listens on, [] or none for none. Default: the runtime's, http on 8000, which presumes a Python server;
     * container listens where the model says.
     */
    const struct hd_port *ports;
    size_t n_ports;
    /** Environment variables. */
    const struct hd_env *env;
    size_t n_env;
    /** Secrets and ConfigMaps whose entries all become environment variables. */
    const struct hd_env_from *env_from;
    size_t n_env_from;
    /** Files of configuration. */
    const struct hd_config_file *config_files;
    size_t n_config_files;
    struct hd_resources resources;
    /**
     * Until it succeeds the other probes wait; for slow starters. Default: none, which presumes a program that starts before its
     * livenessProbe has failed for good.
     */
    struct hd_probe startup_probe;
    /**
     * While it fails the pod gets no traffic. Default: the runtime's, httpGet /ready, which presumes a Python server that has this path;
     * container asks by TCP whether its first port is open.
     */
    struct hd_probe readiness_probe;
    /**
     * When it fails the container is restarted. Default: the runtime's, httpGet /health, which presumes a Python server that has this path;
     * container has none, because a wrong one restarts for ever.
     */
    struct hd_probe liveness_probe;
    struct hd_lifecycle lifecycle;
    /**
     * File from which the kubelet reads why the container ended, an absolute path. Default: /dev/termination-log, which the kubelet puts
     * into every container.
     */
    const char *termination_message_path;
    /**
     * File, or FallbackToLogsOnError: the last lines of the log where a container that failed wrote no such file. Default: File, because
     * logs may hold what not everybody who sees the pod's status may read.
     */
    const char *termination_message_policy;
    struct hd_security_context security_context;
    /** Volumes of the pod that this container sees. */
    const struct hd_volume_mount *volume_mounts;
    size_t n_volume_mounts;
    const struct hd_at *at;
};

/** An init container, a sidecar, or a container beside the service's own. */
struct hd_named_container {
    /** Container name, a DNS label, unique within the service. */
    const char *name;
    struct hd_container container;
    const struct hd_at *at;
};

#endif
