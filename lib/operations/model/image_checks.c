/* Rules for the image that is built against what the pod makes of it: mounts, programs, versions of the images below, platforms and nodes.
 */
#include "build.h"
#include "core/text/among.h"
#include "core/text/letter.h"
#include "core/text/within.h"
#include "image_base.h"
#include "model/checks.h"
#include "model/runtime.h"
#include "parts.h"

#include <string.h>

static const char *program_folder(const struct hd_service *service)
{
    return runs_condon(service) || !service->container.working_dir ? "/app" : service->container.working_dir;
}

/* What of the image a mount at this path hides; NULL when it hides nothing that the program needs. */
static const char *hidden_by(const struct hd_service *service, const char *path)
{
    const char *const folders[] = {program_folder(service), "/opt/venv", "/packages", "/usr", "/bin", "/lib", "/usr/local"};
    bool is_python = !runs_condon(service), is_distroless = service->build.form == HD_IMAGE_DISTROLESS;

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if ((i == 1 && (!is_python || is_distroless)) || (i == 2 && (!is_python || !is_distroless)))
            continue;
        if (path_is_within(folders[i], path))
            return folders[i];
    }
    return NULL;
}

static void check_mount(struct checker *checker, const struct hd_service *service, struct where where, const char *path)
{
    const char *hidden = path && strcmp(path, "/") ? hidden_by(service, path) : NULL;

    if (hidden)
        hint(found(checker, HD_MOUNT_OVER_PROGRAM, where, "the volume at %s hides %s of the image, %s", path, hidden,
                   !strncmp(hidden, "/usr", 4) || !strcmp(hidden, "/bin") || !strcmp(hidden, "/lib")
                       ? "in which the system's programs are"
                       : "into which the Dockerfile puts the program"),
             "mount it at a folder of its own, such as %s/data; if an init container copies the program there, accept this with silence",
             program_folder(service));
}

static void check_mounts(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++)
        check_mount(checker, service, AT(&service->pod.volumes[i], mount_path), service->pod.volumes[i].mount_path);
    for (size_t i = 0; i < service->container.n_volume_mounts; i++)
        check_mount(checker, service, AT(&service->container.volume_mounts[i], mount_path), service->container.volume_mounts[i].mount_path);
}

/* What is installed for one Python is not found, or not loaded, by another. */
static bool check_python(struct checker *checker, const struct hd_service *service)
{
    const struct hd_build *build = &service->build;
    int base = image_python(build->base_image), builder = image_python(build->builder_image);
    struct finding *finding;

    if (runs_condon(service) || !base || !builder || base == builder)
        return true;
    finding = found(checker, HD_PYTHONS_APART, AT(build, base_image), "packages are installed for Python 3.%d, but %.80s has Python 3.%d",
                    builder, build->base_image, base);
    also_at(finding, build->python_version ? AT(build, python_version) : AT(build, builder_image), "Python 3.%d", builder);
    hint(finding, "write the same version in both, as in pythonVersion: \"3.%d\"", base);
    return false;
}

static void check_libraries(struct checker *checker, const struct hd_service *service)
{
    const struct hd_build *build = &service->build;
    int base = image_glibc(build->base_image), builder = image_glibc(build->builder_image);
    struct finding *finding;

    if (image_is_alpine(build->base_image)) {
        hint(found(checker, HD_BASE_OF_ALPINE, AT(build, base_image),
                   "%.80s has neither glibc nor apt-get and useradd, which the Dockerfile and what it builds need", build->base_image),
             "use a base of Debian, such as debian:12-slim or python:3.13-slim; or write build: off, and a Dockerfile of your own");
        return;
    }
    if (!base || !builder || base >= builder)
        return;
    finding = found(checker, HD_GLIBC_OLDER, AT(build, base_image),
                    "%.80s has glibc 2.%d, but the program is built with 2.%d, and does not start", build->base_image, base, builder);
    also_at(finding, AT(build, builder_image), "it is built in %.80s", build->builder_image);
    hint(finding, "use a base that is as new as builderImage, or a builderImage that is as old as the base");
}

static bool is_built_for(const struct hd_build *build, const char *architecture)
{
    for (size_t i = 0; i < build->n_platforms; i++) {
        const char *slash = strchr(build->platforms[i], '/');

        if (!slash)
            return true;
        if (!strncmp(slash + 1, architecture, strlen(architecture)) &&
            (!slash[1 + strlen(architecture)] || slash[1 + strlen(architecture)] == '/'))
            return true;
    }
    return !build->n_platforms;
}

static void other_platform(struct checker *checker, const struct hd_service *service, struct where where, const char *value)
{
    const struct hd_build *build = &service->build;
    const char *list = NULL;
    struct finding *finding;

    for (size_t i = 0; i < build->n_platforms && i < 12; i++)
        list = arena_listed(&checker->report->arena, list, build->platforms[i]);
    finding = found(checker, HD_IMAGE_PLATFORM, where, "the pods run on %.40s alone, but the image is built for %s", value, list);
    also_at(finding, AT(build, platforms), "the platforms of the image");
    hint(finding, "add linux/%.40s to build.platforms, or choose other nodes", value);
}

static bool is_arch_label(const char *key)
{
    return key && (!strcmp(key, "kubernetes.io/arch") || !strcmp(key, "beta.kubernetes.io/arch"));
}

static void check_term(struct checker *checker, const struct hd_service *service, const struct hd_node_selector_term *term)
{
    for (size_t i = 0; i < term->n_match_expressions; i++) {
        const struct hd_selector_expression *expression = &term->match_expressions[i];
        bool fits = false;

        if (!is_arch_label(expression->key) || !same_text(expression->selector_operator, "In") || !expression->n_values)
            continue;
        for (size_t k = 0; k < expression->n_values; k++)
            fits |= is_built_for(&service->build, expression->values[k]);
        if (!fits)
            other_platform(checker, service, AT_ITEM(expression, values, 0), expression->values[0]);
    }
}

static void check_nodes(struct checker *checker, const struct hd_service *service)
{
    const struct hd_node_selector *required = &service->pod.affinity.node_affinity.required;

    for (size_t i = 0; i < service->pod.n_node_selector; i++) {
        const struct hd_pair *label = &service->pod.node_selector[i];

        if (is_arch_label(label->name) && label->value && !is_built_for(&service->build, label->value))
            other_platform(checker, service, AT(label, value), label->value);
    }
    for (size_t i = 0; i < required->n_node_selector_terms && required->n_node_selector_terms == 1; i++)
        check_term(checker, service, &required->node_selector_terms[i]);
}

void check_image_and_pods(struct checker *checker, const struct hd_service *service)
{
    check_mounts(checker, service);
    if (check_python(checker, service))
        check_libraries(checker, service);
    check_nodes(checker, service);
    check_programs(checker, service);
}
