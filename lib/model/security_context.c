/* Rights of containers and pods. */
#include "../core/field.h"
#include "tables.h"

WORDS(hd_profile_type, {"RuntimeDefault", HD_PROFILE_RUNTIME_DEFAULT}, {"Localhost", HD_PROFILE_LOCALHOST},
      {"Unconfined", HD_PROFILE_UNCONFINED});
WORDS(hd_proc_mount, {"Default", HD_PROC_MOUNT_DEFAULT}, {"Unmasked", HD_PROC_MOUNT_UNMASKED});

#define LARGEST_ID 2147483647

CHOICES(group_change, WORD("OnRootMismatch"), WORD("Always"));

#define T hd_capabilities
static const struct hd_field capabilities_fields[] = {
    STRS("add", add, .format = &format_capability),
    STRS("drop", drop, .format = &format_capability),
};
const struct hd_struct hd_capabilities_struct = STRUCT(capabilities_fields);
#undef T

#define T hd_profile
static const struct hd_field profile_fields[] = {
    ENUM("type", type, hd_profile_type, .required = true),
    STR("localhostProfile", localhost_profile),
};
const struct hd_struct hd_profile_struct = STRUCT(profile_fields, .scalar = "type");
#undef T

#define T hd_selinux_options
static const struct hd_field selinux_options_fields[] = {
    STR("user", user),
    STR("role", role),
    STR("type", type),
    STR("level", level),
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
    OPT("runAsUser", run_as_user, .max = LARGEST_ID),
    OPT("runAsGroup", run_as_group, .max = LARGEST_ID),
    OPT("fsGroup", fs_group, .max = LARGEST_ID),
    STR("fsGroupChangePolicy", fs_group_change_policy, .words = &group_change),
    OBJ("seccompProfile", seccomp_profile, hd_profile),
    OBJ("appArmorProfile", app_armor_profile, hd_profile, .since = 30),
    OBJ("seLinuxOptions", se_linux_options, hd_selinux_options),
    LIST("sysctls", sysctls, hd_pair, .key_format = &format_sysctl, .ours = true),
};
const struct hd_struct hd_pod_security_context_struct = STRUCT(pod_security_context_fields);
#undef T
