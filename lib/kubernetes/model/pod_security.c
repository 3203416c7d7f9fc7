/* Checks against the Pod Security Standard of the namespace. (Kubernetes: pod-security-admission, policy/check_*.go) */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/tables.h"
#include "pod_checks.h"

/* Whether the namespace enforces this level or a stricter one. */
static bool enforces(const struct checker *checker, enum hd_pod_security level)
{
    return checker->app->pod_security && checker->app->pod_security <= level;
}

static const char *level_name(enum hd_pod_security level)
{
    return enum_name(&hd_pod_security_enum, (int)level);
}

/* Says what would be right, which level would allow it, and where the level was chosen. */
static void refuse(struct checker *checker, struct finding *finding, enum hd_pod_security level, const char *right)
{
    const char *enforced = level_name(checker->app->pod_security);
    const char *allows = level_name(level == HD_POD_SECURITY_BASELINE ? HD_POD_SECURITY_PRIVILEGED : HD_POD_SECURITY_BASELINE);

    hint(finding, "%s; podSecurity %s forbids it, %s would allow it", right, enforced, allows);
    if (checker->model->given->pod_security)
        also_at(finding, AT(checker->app, pod_security), "podSecurity is %s", enforced);
}

/* Reports what baseline forbids, and so restricted as well. */
#define BASELINE(checker, code, where, right, ...)                                                    \
    do {                                                                                              \
        if (enforces((checker), HD_POD_SECURITY_BASELINE))                                            \
            refuse((checker), finding_at((checker)->report, (code), (where), __VA_ARGS__), HD_POD_SECURITY_BASELINE, (right)); \
    } while (0)

/* Reports what only restricted forbids. */
#define RESTRICTED(checker, code, where, right, ...)                                                  \
    do {                                                                                              \
        if (enforces((checker), HD_POD_SECURITY_RESTRICTED))                                          \
            refuse((checker), finding_at((checker)->report, (code), (where), __VA_ARGS__), HD_POD_SECURITY_RESTRICTED, (right)); \
    } while (0)

static void check_selinux(struct checker *checker, const struct hd_selinux_options *options)
{
    static const char *const types[] = {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"};

    if (options->user && *options->user)
        BASELINE(checker, HD_SELINUX_CHANGED, AT(options, user), "remove it", "the SELinux user %s is forbidden", options->user);
    if (options->role && *options->role)
        BASELINE(checker, HD_SELINUX_CHANGED, AT(options, role), "remove it", "the SELinux role %s is forbidden", options->role);
    if (options->type && (!IS_AMONG(options->type, types) || (checker->kube_minor < 31 && !strcmp(options->type, "container_engine_t"))))
        BASELINE(checker, HD_SELINUX_CHANGED, AT(options, type),
                 "use container_t, container_init_t, container_kvm_t, or container_engine_t from 1.31",
                 "the SELinux type %s is forbidden", options->type);
}

static void check_profiles(struct checker *checker, const struct hd_profile *seccomp, const struct hd_profile *app_armor)
{
    if (seccomp->type == HD_PROFILE_UNCONFINED)
        BASELINE(checker, HD_SECCOMP_OFF, AT(seccomp, type), "write RuntimeDefault",
                 "without seccomp a process may make every system call");
    if (app_armor->type == HD_PROFILE_UNCONFINED)
        BASELINE(checker, HD_APP_ARMOR_OFF, AT(app_armor, type), "write RuntimeDefault", "AppArmor is switched off");
}

/* Kernel parameters that concern the pod alone, and since which version they count as safe. */
static const struct {
    const char *name;
    int since;
} safe_sysctls[] = {
    {"kernel.shm_rmid_forced", 0},          {"net.ipv4.ip_local_port_range", 0},        {"net.ipv4.tcp_syncookies", 0},
    {"net.ipv4.ping_group_range", 0},       {"net.ipv4.ip_unprivileged_port_start", 0}, {"net.ipv4.ip_local_reserved_ports", 27},
    {"net.ipv4.tcp_keepalive_time", 29},    {"net.ipv4.tcp_fin_timeout", 29},           {"net.ipv4.tcp_keepalive_intvl", 29},
    {"net.ipv4.tcp_keepalive_probes", 29},  {"net.ipv4.tcp_rmem", 32},                  {"net.ipv4.tcp_wmem", 32},
};

static bool is_safe_sysctl(const char *name, int kube_minor)
{
    for (size_t i = 0; i < sizeof safe_sysctls / sizeof *safe_sysctls; i++)
        if (!strcmp(safe_sysctls[i].name, name))
            return kube_minor >= safe_sysctls[i].since;
    return false;
}

/* The restricted level asks for a profile of the pod, or of each of its containers. */
static void check_seccomp_is_there(struct checker *checker, const struct hd_service *service)
{
    const struct hd_profile *profile = &service->pod.pod_security_context.seccomp_profile;

    for (size_t i = 0; profile->type == HD_PROFILE_NONE && i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);
        enum hd_profile_type own = in.container->security_context.seccomp_profile.type;

        if (own && own != HD_PROFILE_NONE)
            continue;
        RESTRICTED(checker, HD_SECCOMP_OFF, AT(profile, type), "write RuntimeDefault", "%s has no seccomp profile", in.name);
        return;
    }
}

static void check_pod_level(struct checker *checker, const struct hd_service *service)
{
    const struct hd_pod *pod = &service->pod;
    const struct hd_pod_security_context *context = &pod->pod_security_context;

    if (pod->host_network == HD_TRUE)
        BASELINE(checker, HD_HOST_NAMESPACE, AT(pod, host_network), "remove hostNetwork", "the pod would use its node's network");
    if (pod->host_pid == HD_TRUE)
        BASELINE(checker, HD_HOST_NAMESPACE, AT(pod, host_pid), "remove hostPID", "the pod would see its node's processes");
    if (pod->host_ipc == HD_TRUE)
        BASELINE(checker, HD_HOST_NAMESPACE, AT(pod, host_ipc), "remove hostIPC", "the pod would share its node's IPC");
    for (size_t i = 0; i < pod->n_volumes; i++)
        if (pod->volumes[i].host_path)
            BASELINE(checker, HD_HOST_PATH, AT(&pod->volumes[i], host_path), "use a claim or emptyDir",
                     "%s of the node would be open to the pod",
                     pod->volumes[i].host_path);
    for (size_t i = 0; i < context->n_sysctls; i++)
        if (context->sysctls[i].name && format_is_valid(&format_sysctl, context->sysctls[i].name) && !is_safe_sysctl(context->sysctls[i].name, checker->kube_minor))
            BASELINE(checker, HD_SYSCTL_UNSAFE, AT_STRUCT(&context->sysctls[i]), "remove it",
                     "%s is not on the list of safe kernel parameters for 1.%d", context->sysctls[i].name, checker->kube_minor);
    check_selinux(checker, &context->se_linux_options);
    check_profiles(checker, &context->seccomp_profile, &context->app_armor_profile);
    check_seccomp_is_there(checker, service);
    if (context->run_as_user.set && !context->run_as_user.value)
        RESTRICTED(checker, HD_ROOT_USER, AT(context, run_as_user), "remove it for the default 10001, or use another id above 0",
                   "the pod would run as root");
}

static void check_capabilities(struct checker *checker, const struct hd_capabilities *capabilities)
{
    static const char *const harmless[] = {"AUDIT_WRITE", "CHOWN",   "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL",      "MKNOD",
                                           "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"};
    bool drops_all = false;

    for (size_t i = 0; i < capabilities->n_add; i++) {
        const char *name = capabilities->add[i];

        if (!format_is_valid(&format_capability, name) || !strcmp(name, "NET_BIND_SERVICE"))
            continue;
        if (IS_AMONG(name, harmless))
            RESTRICTED(checker, HD_CAPABILITY_ADDED, AT_ITEM(capabilities, add, i), "remove it", "the capability %s is forbidden", name);
        else
            BASELINE(checker, HD_CAPABILITY_ADDED, AT_ITEM(capabilities, add, i), "remove it", "the capability %s is forbidden", name);
    }
    for (size_t i = 0; i < capabilities->n_drop; i++)
        drops_all |= !strcmp(capabilities->drop[i], "ALL");
    if (!drops_all)
        RESTRICTED(checker, HD_CAPABILITIES_KEPT, AT(capabilities, drop), "write drop: [ALL]",
                   "the container keeps the capabilities that the container runtime gives by default");
}

static void check_users(struct checker *checker, const struct container_in *in)
{
    const struct hd_security_context *context = &in->container->security_context;
    const struct hd_pod_security_context *pod = &in->service->pod.pod_security_context;

    if (context->run_as_user.set && !context->run_as_user.value)
        RESTRICTED(checker, HD_ROOT_USER, AT(context, run_as_user), "remove it to use the pod's user, or use another id above 0",
                   "%s would run as root", in->name);
    if (context->run_as_non_root == HD_FALSE)
        RESTRICTED(checker, HD_MAY_BE_ROOT, AT(context, run_as_non_root), "write true", "%s may run as root", in->name);
    else if (context->run_as_non_root != HD_TRUE && pod->run_as_non_root != HD_TRUE && in->role == CONTAINER_MAIN)
        RESTRICTED(checker, HD_MAY_BE_ROOT, AT(pod, run_as_non_root), "write true", "the pod may run as root");
}

static void check_container_level(struct checker *checker, const struct container_in *in)
{
    const struct hd_security_context *context = &in->container->security_context;

    if (context->privileged == HD_TRUE)
        BASELINE(checker, HD_PRIVILEGED, AT(context, privileged), "remove privileged", "%s would be root on its node", in->name);
    else if (context->allow_privilege_escalation != HD_FALSE)
        RESTRICTED(checker, HD_ESCALATION, AT(context, allow_privilege_escalation), "write false",
                   "processes of %s may gain rights that the container was not given", in->name);
    check_capabilities(checker, &context->capabilities);
    check_selinux(checker, &context->se_linux_options);
    check_profiles(checker, &context->seccomp_profile, &context->app_armor_profile);
    check_users(checker, in);
    for (size_t i = 0; i < in->container->n_ports; i++)
        if (in->container->ports[i].host_port)
            BASELINE(checker, HD_HOST_PORT, AT(&in->container->ports[i], host_port), "remove hostPort, and use the Service",
                     "port %lld of the node would lead into the pod", (long long)in->container->ports[i].host_port);
}

void check_pod_security(struct checker *checker, const struct hd_service *service)
{
    check_pod_level(checker, service);
    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);

        check_container_level(checker, &in);
    }
}
