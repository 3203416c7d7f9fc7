/* The container: mounts, command, and its checks. */
#include "core/tables/field.h"
#include "model/tables.h"
#include "pod_checks.h"

#include <string.h>

CHOICES(propagation, WORD("None"), WORD("HostToContainer"), WORD("Bidirectional"));
CHOICES(recursion, WORD("Disabled"), WORD("IfPossible"), WORD("Enabled"));
CHOICES(message_policy, WORD("File"), WORD("FallbackToLogsOnError"));

#define T hd_volume_mount
static const struct hd_field volume_mount_fields[] = {
    STR("mountPath", mount_path, .required = true, .format = &format_absolute_path),
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("subPath", sub_path, .choice = 1, .format = &format_relative_path),
    STR("subPathExpr", sub_path_expr, .choice = 1, .format = &format_relative_path),
    BOOL("readOnly", read_only, .omit_zero = true),
    STR("mountPropagation", mount_propagation, .words = &propagation),
    STR("recursiveReadOnly", recursive_read_only, .words = &recursion, .since = 31),
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
    LIST("ports", ports, hd_port, .none = true, .short_key = "port", .workloads = SERVING),
    LIST("env", env, hd_env),
    LIST("envFrom", env_from, hd_env_from),
    LIST("configFiles", config_files, hd_config_file),
    OBJ("resources", resources, hd_resources),
    OBJ("startupProbe", startup_probe, hd_probe, .none = true, .workloads = SERVING),
    OBJ("readinessProbe", readiness_probe, hd_probe, .none = true, .workloads = SERVING),
    OBJ("livenessProbe", liveness_probe, hd_probe, .none = true, .workloads = SERVING),
    OBJ("lifecycle", lifecycle, hd_lifecycle),
    STR("terminationMessagePath", termination_message_path, .def = "/dev/termination-log", .format = &format_absolute_path),
    STR("terminationMessagePolicy", termination_message_policy, .def = "File", .words = &message_policy),
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

/* Where the name of a container stands. */
static struct where name_of(const struct container_in *in)
{
    const struct hd_named_container *named =
        (const struct hd_named_container *)(const void *)((const char *)in->container - offsetof(struct hd_named_container, container));

    return in->role == CONTAINER_MAIN ? AT(in->service, name) : AT(named, name);
}

static void check_names(struct checker *checker, const struct hd_service *service)
{
    struct names names;
    size_t count = service_n_containers(service);

    if (count < 2)
        return;
    names_init(&checker->scratch, &names, count);
    for (size_t i = 0; i < count; i++) {
        struct container_in in = service_container_at(service, i), *first, *copy;
        struct finding *finding;

        copy = arena_copy(&checker->scratch, &in, sizeof in);
        first = (struct container_in *)(uintptr_t)names_add(&names, in.name, copy);
        if (!first || in.name == unnamed_container)
            continue;
        finding = found(checker, HD_SAME_CONTAINER, name_of(&in), "two containers of the pod are called %s", in.name);
        also_at(finding, name_of(first), first->role == CONTAINER_MAIN ? "the service's own container is called %s" : "the first one",
                in.name);
        hint(finding, "rename one: names are unique in a pod, across all its containers");
    }
}

/* Kubernetes starts programs without a shell, so nobody splits a command line into words. */
void check_program(struct checker *checker, struct where where, const char *program)
{
    const char *words = "", *rest = program;
    struct finding *finding;

    if (!program || !strchr(program, ' '))
        return;
    finding = found(checker, HD_COMMAND_IN_ONE_WORD, where,
                    "the kubelet looks for a program called \"%.60s%s\", because no shell splits the text at its blanks", program,
                    strlen(program) > 60 ? "..." : "");
    if (strlen(program) > 200 || strpbrk(program, "'\"\\$|&;<>(){}*\n")) {
        hint(finding, "write each word as an element of the list, or start a shell: command: [sh, -c, ...]");
        return;
    }
    while (*(rest += strspn(rest, " "))) {
        size_t length = strcspn(rest, " ");

        words = arena_printf(&checker->report->arena, "%s%s%.*s", words, *words ? ", " : "", (int)length, rest);
        rest += length;
    }
    hint(finding, "write command: [%s]", words);
}

/* "--port 8000" as one argument; what comes after = may hold blanks. */
static void check_args(struct checker *checker, const struct hd_container *container)
{
    for (size_t i = 0; i < container->n_args; i++) {
        const char *arg = container->args[i], *blank = strchr(arg, ' ');

        if (blank && arg[0] == '-' && !strpbrk(arg, "='\"\n") && blank[1])
            hint(found(checker, HD_COMMAND_IN_ONE_WORD, AT_ITEM(container, args, i),
                       "\"%.60s\" is passed as one argument, because no shell splits it at its blanks", arg),
                 "write each word as an element of the list: [%.*s, ...]", (int)(blank - arg > 60 ? 60 : blank - arg), arg);
    }
}

void check_containers(struct checker *checker, const struct hd_service *service)
{
    check_names(checker, service);
    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);

        check_image(checker, &in);
        if (in.container->n_command)
            check_program(checker, AT_ITEM(in.container, command, 0), in.container->command[0]);
        check_args(checker, in.container);
        check_resources(checker, &in);
        check_probes(checker, &in);
        check_lifecycle(checker, &in);
        check_security_context(checker, &in);
    }
    check_versions(checker, service);
}
