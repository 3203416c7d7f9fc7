/* What stands in one container. */
#include "../core/field.h"
#include "tables.h"

#define T hd_volume_mount
static const struct hd_field volume_mount_fields[] = {
    STR("mountPath", mount_path, .required = true, .format = &format_absolute_path),
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("subPath", sub_path, .choice = 1, .format = &format_relative_path),
    STR("subPathExpr", sub_path_expr, .choice = 1, .format = &format_relative_path),
    BOOL("readOnly", read_only, .omit_zero = true),
};
const struct hd_struct hd_volume_mount_struct = STRUCT(volume_mount_fields, .scalar = "name", .keyed_by = "mountPath");
#undef T

#define T hd_container
static const struct hd_field container_fields[] = {
    OBJ("image", image, hd_image),
    ENUM("imagePullPolicy", image_pull_policy, hd_pull_policy, .def_int = HD_PULL_IF_NOT_PRESENT),
    STRS("command", command),
    STRS("args", args),
    STR("workingDir", working_dir, .format = &format_absolute_path),
    LIST("ports", ports, hd_port, .short_key = "port", .workloads = SERVING),
    LIST("env", env, hd_env),
    LIST("envFrom", env_from, hd_env_from),
    LIST("configFiles", config_files, hd_config_file),
    OBJ("resources", resources, hd_resources),
    OBJ("startupProbe", startup_probe, hd_probe, .workloads = SERVING),
    OBJ("readinessProbe", readiness_probe, hd_probe, .workloads = SERVING),
    OBJ("livenessProbe", liveness_probe, hd_probe, .workloads = SERVING),
    OBJ("lifecycle", lifecycle, hd_lifecycle),
    OBJ("securityContext", security_context, hd_security_context),
    LIST("volumeMounts", volume_mounts, hd_volume_mount),
};
const struct hd_struct hd_container_struct = STRUCT(container_fields);
#undef T

#define T hd_named_container
static const struct hd_field named_container_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    EMBED(container, hd_container),
};
const struct hd_struct hd_named_container_struct = STRUCT(named_container_fields, .keyed_by = "name");
#undef T
