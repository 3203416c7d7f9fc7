/* Rights of containers and pods. */
#include "core/tables/field.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

#include <stdlib.h>
#include <string.h>

WORDS(hd_profile_type, {"RuntimeDefault", HD_PROFILE_RUNTIME_DEFAULT}, {"Localhost", HD_PROFILE_LOCALHOST},
      {"Unconfined", HD_PROFILE_UNCONFINED}, {"none", HD_PROFILE_NONE});
WORDS(hd_proc_mount, {"Default", HD_PROC_MOUNT_DEFAULT}, {"Unmasked", HD_PROC_MOUNT_UNMASKED});

#define LARGEST_ID 2147483647

CHOICES(group_change, WORD("OnRootMismatch"), WORD("Always"));

#define T hd_capabilities
static const struct hd_field capabilities_fields[] = {
    STRS("add", add, .format = &format_capability),
    STRS("drop", drop, .none = true, .format = &format_capability),
};
const struct hd_struct hd_capabilities_struct = STRUCT(capabilities_fields);
#undef T

#define T hd_profile
static const struct hd_field profile_fields[] = {
    ENUM("type", type, hd_profile_type, .required = true),
    STR("localhostProfile", localhost_profile, .format = &format_line),
};
const struct hd_struct hd_profile_struct = STRUCT(profile_fields, .scalar = "type");
#undef T

#define T hd_selinux_options
static const struct hd_field selinux_options_fields[] = {
    STR("user", user, .format = &format_line),
    STR("role", role, .format = &format_line),
    STR("type", type, .format = &format_line),
    STR("level", level, .format = &format_line),
};
const struct hd_struct hd_selinux_options_struct = STRUCT(selinux_options_fields);
#undef T

#define T hd_security_context
static const struct hd_field security_context_fields[] = {
    BOOL("allowPrivilegeEscalation", allow_privilege_escalation),
    BOOL("privileged", privileged),
    BOOL("readOnlyRootFilesystem", read_only_root_filesystem),
    BOOL("runAsNonRoot", run_as_non_root),
    OPT("runAsUser", run_as_user, .max = LARGEST_ID),
    OPT("runAsGroup", run_as_group, .max = LARGEST_ID),
    OBJ("capabilities", capabilities, hd_capabilities),
    OBJ("seccompProfile", seccomp_profile, hd_profile),
    OBJ("appArmorProfile", app_armor_profile, hd_profile, .since = 30),
    OBJ("seLinuxOptions", se_linux_options, hd_selinux_options),
    ENUM("procMount", proc_mount, hd_proc_mount),
};
const struct hd_struct hd_security_context_struct = STRUCT(security_context_fields);
#undef T

#define T hd_pod_security_context
static const struct hd_field pod_security_context_fields[] = {
    BOOL("runAsNonRoot", run_as_non_root),
    OPT("runAsUser", run_as_user, .none = true, .max = LARGEST_ID),
    OPT("runAsGroup", run_as_group, .none = true, .max = LARGEST_ID),
    OPT("fsGroup", fs_group, .none = true, .max = LARGEST_ID),
    STR("fsGroupChangePolicy", fs_group_change_policy, .words = &group_change),
    OBJ("seccompProfile", seccomp_profile, hd_profile),
    OBJ("appArmorProfile", app_armor_profile, hd_profile, .since = 30),
    OBJ("seLinuxOptions", se_linux_options, hd_selinux_options),
    LIST("sysctls", sysctls, hd_pair, .key_format = &format_sysctl, .format = &format_line, .ours = true),
};
const struct hd_struct hd_pod_security_context_struct = STRUCT(pod_security_context_fields);
#undef T

/* A privileged container has all rights already; the API server refuses that it may not gain any. */
void resolve_security_context(struct hd_security_context *context)
{
    if (context->privileged == HD_TRUE && !context->allow_privilege_escalation)
        context->allow_privilege_escalation = HD_TRUE;
}

static void check_profile(struct checker *checker, const struct hd_profile *profile)
{
    const char *file = profile->localhost_profile;

    if (profile->type == HD_PROFILE_LOCALHOST && (!file || !*file))
        hint(found(checker, HD_PROFILE_FILE, AT(profile, type), "type Localhost needs localhostProfile"),
             "give localhostProfile, the name of a file on the nodes");
    if (profile->type && profile->type != HD_PROFILE_LOCALHOST && file)
        hint(found(checker, HD_PROFILE_FILE, AT(profile, localhost_profile), "localhostProfile is only for the type Localhost"),
             "write type: Localhost, or remove localhostProfile");
}

/* The kubelet would refuse to start it, again and again. */
static void check_root(struct checker *checker, const struct container_in *in)
{
    const struct hd_security_context *context = &in->container->security_context;
    const struct hd_pod_security_context *pod = &in->service->pod.pod_security_context;
    bool own_user = context->run_as_user.set, own_rule = context->run_as_non_root != HD_BOOL_UNSET;
    const struct hd_opt_int *user = own_user ? &context->run_as_user : &pod->run_as_user;
    enum hd_bool non_root = own_rule ? context->run_as_non_root : pod->run_as_non_root;
    struct finding *finding;

    /* A user of the pod is the same for all its containers. */
    if (!user->set || user->value || non_root != HD_TRUE || level_refuses_root(checker) ||
        (in->role != CONTAINER_MAIN && !own_user && !own_rule))
        return;
    finding = found(checker, HD_ROOT_REFUSED, own_user ? AT(context, run_as_user) : AT(pod, run_as_user),
                    "%s would run as root, but runAsNonRoot is true, so the kubelet never starts it", in->name);
    also_at(finding, own_rule ? AT(context, run_as_non_root) : AT(pod, run_as_non_root), "runAsNonRoot is true%s",
            own_rule || pod->at ? "" : " by default");
    hint(finding, "give another runAsUser, or write runAsNonRoot: false");
}

static void check_mesh_user(struct checker *checker, struct where where, const struct hd_opt_int *user)
{
    if (user->set && user->value == 1337)
        hint(found(checker, HD_MESH_USER, where, "1337 is the user of the mesh's proxy, so traffic of this user bypasses the mesh"),
             "use another id");
}

/* The first port that any process may listen on, as the pod's parameters say. */
static int64_t first_open_port(const struct hd_pod_security_context *context)
{
    for (size_t i = 0; i < context->n_sysctls; i++)
        if (context->sysctls[i].name && context->sysctls[i].value &&
            !strcmp(context->sysctls[i].name, "net.ipv4.ip_unprivileged_port_start"))
            return strtoll(context->sysctls[i].value, NULL, 10);
    return 1024;
}

static void check_low_ports(struct checker *checker, const struct container_in *in)
{
    const struct hd_security_context *context = &in->container->security_context;
    const struct hd_pod_security_context *pod = &in->service->pod.pod_security_context;
    const struct hd_opt_int *user = context->run_as_user.set ? &context->run_as_user : &pod->run_as_user;

    for (size_t i = 0; i < context->capabilities.n_add; i++)
        if (!strcmp(context->capabilities.add[i], "NET_BIND_SERVICE"))
            return;
    if (!hd_opt_int_has_number(*user) || !user->value)
        return;
    for (size_t i = 0; i < in->container->n_ports; i++) {
        const struct hd_port *port = &in->container->ports[i];

        if (port->port > 0 && port->port < first_open_port(pod))
            hint(found(checker, HD_LOW_PORT, AT(port, port), "%s is not root, and many nodes let only root listen on port %lld", in->name,
                       (long long)port->port),
                 "listen above 1023 and give servicePort: %lld, or set the sysctl net.ipv4.ip_unprivileged_port_start to 0",
                 (long long)port->port);
    }
}

/* Official images that start as root unless they are told another user, with the user that they have for it; "" when they have none. */
static const char *const images_of_root[][2] = {
    {"nginx", "101"},  {"httpd", "33"},   {"redis", "999"},  {"valkey", "999"},    {"postgres", "999"}, {"mysql", "999"},   {"mariadb", "999"},
    {"mongo", "999"},  {"rabbitmq", "999"}, {"busybox", ""}, {"alpine", ""},       {"debian", ""},      {"ubuntu", ""},     {"python", ""},
    {"node", "1000"},  {"golang", ""},    {"ruby", ""},      {"php", "33"},        {"caddy", ""},       {"traefik", ""},    {"nats", ""},
    {"registry", ""},  {"wordpress", "33"}, {"ghost", "1000"}, {"eclipse-temurin", ""}, {"zookeeper", "1000"}, {"influxdb", "1000"},
};

const char *official_image(const char *reference, size_t *ret_length)
{
    static const char *const before[] = {"docker.io/library/", "docker.io/", "library/"};

    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (!strncmp(reference, before[i], strlen(before[i]))) {
            reference += strlen(before[i]);
            break;
        }
    *ret_length = strcspn(reference, ":@");
    return memchr(reference, '/', *ret_length) ? NULL : reference;
}

/* The kubelet refuses a container that may not be root, when its image names no other user. */
static void check_image_user(struct checker *checker, const struct container_in *in)
{
    const struct hd_security_context *context = &in->container->security_context;
    const struct hd_pod_security_context *pod = &in->service->pod.pod_security_context;
    enum hd_bool non_root = context->run_as_non_root ? context->run_as_non_root : pod->run_as_non_root;
    const char *reference = in->container->image.reference, *name;
    size_t length;

    if (!reference || non_root != HD_TRUE || hd_opt_int_has_number(context->run_as_user) || hd_opt_int_has_number(pod->run_as_user))
        return;
    name = official_image(reference, &length);
    for (size_t i = 0; name && i < sizeof images_of_root / sizeof *images_of_root; i++) {
        const char *user = images_of_root[i][1];

        if (strlen(images_of_root[i][0]) != length || memcmp(images_of_root[i][0], name, length) != 0)
            continue;
        hint(found(checker, HD_IMAGE_OF_ROOT, AT(&in->container->image, reference),
                   "the image %s starts as root, which runAsNonRoot forbids, so the kubelet does not start it", images_of_root[i][0]),
             "write podSecurityContext: {runAsUser: %s}, a user that can read its files; or use an image that names a user; if this image is another "
             "one of the same name, accept this with silence", *user ? user : "10001");
        return;
    }
}

void check_security_context(struct checker *checker, const struct container_in *in)
{
    const struct hd_security_context *context = &in->container->security_context;
    struct finding *finding;

    check_profile(checker, &context->seccomp_profile);
    check_profile(checker, &context->app_armor_profile);
    check_root(checker, in);
    check_mesh_user(checker, AT(context, run_as_user), &context->run_as_user);
    check_image_user(checker, in);
    check_low_ports(checker, in);
    if (context->privileged == HD_TRUE && context->allow_privilege_escalation == HD_FALSE) {
        finding = found(checker, HD_ESCALATION_CONTRADICTED, AT(context, allow_privilege_escalation),
                        "allowPrivilegeEscalation: false contradicts privileged: a privileged container has all rights");
        also_at(finding, AT(context, privileged), "privileged is true");
        hint(finding, "remove one of the two");
    }
    if (context->proc_mount == HD_PROC_MOUNT_UNMASKED)
        hint(found(checker, HD_PROC_UNMASKED, AT(context, proc_mount),
                   "procMount Unmasked needs a user namespace, which these pods do not have"),
             "remove procMount");
}

void check_pod_security_context(struct checker *checker, const struct hd_service *service)
{
    const struct hd_pod_security_context *context = &service->pod.pod_security_context;

    check_profile(checker, &context->seccomp_profile);
    check_profile(checker, &context->app_armor_profile);
    check_mesh_user(checker, AT(context, run_as_user), &context->run_as_user);
}
