/* dockerfiles/<service>/Dockerfile: agrees with the manifests in user, ports and what is run. */
#include "dockerfile.h"

#include "core/writing/quote.h"
#include "kinds.h"
#include "model/runtime.h"
#include "operations/model/build.h"
#include "operations/model/operations.h"

#include <string.h>

void write_packages(struct text_out *t, const char *const *packages, size_t n_packages)
{
    bool all_pinned = true;

    if (!n_packages)
        return;
    for (size_t i = 0; i < n_packages; i++)
        all_pinned &= strchr(packages[i], '=') != NULL;
    if (!all_pinned)
        text_put(t, "# Debian keeps only the newest version of a package: one that is pinned is gone with the next fix.\n"
                    "# hadolint ignore=DL3008\n");
    text_put(t, "RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n"
                "    --mount=type=cache,target=/var/lib/apt,sharing=locked \\\n"
                "    rm -f /etc/apt/apt.conf.d/docker-clean \\\n"
                "    && apt-get update \\\n"
                "    && apt-get install --yes --no-install-recommends");
    for (size_t i = 0; i < n_packages; i++)
        text_put(t, " \\\n        ", packages[i]);
    text_put(t, "\n");
}

void write_args(struct text_out *t, const struct hd_build *build)
{
    for (size_t i = 0; i < build->n_args; i++) {
        const char *value = build->args[i].value;

        text_put(t, "ARG ", build->args[i].name);
        /* A value of several lines comes from docker-bake.hcl alone. */
        if (value && is_one_line(value)) {
            text_put(t, "=");
            text_docker(t, value);
        }
        text_put(t, "\n");
    }
}

static void write_label(struct text_out *t, const char *name, const char *value)
{
    if (!value || !is_one_line(value))
        return;
    text_put(t, " \\\n    org.opencontainers.image.", name, "=");
    text_docker(t, value);
}

void write_image_labels(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_app *app = subject->model->app;
    const struct hd_service *service = subject->service;

    text_put(t, "ARG REVISION=\"\"\nLABEL org.opencontainers.image.title=\"", service->name, "\"");
    write_label(t, "version", service->container.image.tag);
    write_label(t, "base.name", service->build.base_image);
    write_label(t, "source", app->operations.source);
    text_put(t, " \\\n    org.opencontainers.image.revision=\"$REVISION\"\n");
}

/* Without an id of the model's the image's own user is the one that it makes by default. */
static struct hd_opt_int given(struct hd_opt_int id)
{
    return hd_opt_int_has_number(id) ? id : (struct hd_opt_int){0};
}

static struct hd_opt_int user_of(const struct hd_service *service)
{
    struct hd_opt_int own = service->container.security_context.run_as_user;

    return hd_opt_int_has_number(own) ? own : given(service->pod.pod_security_context.run_as_user);
}

static struct hd_opt_int group_of(const struct hd_service *service)
{
    struct hd_opt_int own = service->container.security_context.run_as_group;

    return hd_opt_int_has_number(own) ? own : given(service->pod.pod_security_context.run_as_group);
}

void write_user_made(struct text_out *t, const struct hd_service *service)
{
    struct hd_opt_int user = user_of(service), group = group_of(service);

    if (!user.value)
        return;
    text_put(t, "RUN groupadd --non-unique --gid ");
    text_int(t, group.set ? group.value : user.value);
    text_put(t, " app \\\n    && useradd --no-log-init --non-unique --uid ");
    text_int(t, user.value);
    text_put(t, " --gid app --no-create-home --home-dir /tmp --shell /usr/sbin/nologin app\n");
}

const char *image_folder(const struct hd_service *service)
{
    const char *folder = service->container.working_dir;

    return folder && is_one_line(folder) ? folder : "/app";
}

void write_folder(struct text_out *t, const struct hd_service *service)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-";
    const char *folder = image_folder(service);

    text_put(t, "WORKDIR ");
    if (folder[strspn(folder, plain)])
        text_docker(t, folder);
    else
        text_put(t, folder);
    text_put(t, "\n");
}

static void write_ports(struct text_out *t, const struct hd_container *container)
{
    if (!container->n_ports)
        return;
    text_put(t, "EXPOSE");
    for (size_t i = 0; i < container->n_ports; i++) {
        text_put(t, " ");
        text_int(t, container->ports[i].port);
        if (container->ports[i].protocol == HD_PROTOCOL_UDP)
            text_put(t, "/udp");
    }
    text_put(t, "\n");
}

static void write_user(struct text_out *t, const struct hd_service *service)
{
    struct hd_opt_int user = user_of(service), group = group_of(service);

    if (!user.set)
        return;
    if (!user.value)
        text_put(t, "# So does the pod.\n# hadolint ignore=DL3002\n");
    text_put(t, "USER ");
    text_int(t, user.value);
    if (group.set) {
        text_put(t, ":");
        text_int(t, group.value);
    }
    text_put(t, "\n");
}

/* The command that runs when the pod has none; in exec form, so that signals reach the program. */
static void write_entry(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_container *container = &subject->service->container;
    const struct image_entry *entry = image_entry(subject->arena, subject->service);

    text_put(t, "ENTRYPOINT ");
    if (container->n_command)
        text_json_list(t, container->command, container->n_command);
    else
        text_json_list(t, entry->words, entry->n_words);
    text_put(t, "\n");
    if (!container->n_args)
        return;
    text_put(t, "CMD ");
    text_json_list(t, container->args, container->n_args);
    text_put(t, "\n");
}

static void write_dockerfile(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_service *service = subject->service;

    text_put(t, "# syntax=docker/dockerfile:1\n# The image of ", service->name,
             ". Written by hybriddeploy: change the model, not this file.\n\n");
    if (runs_condon(service))
        write_condon_stages(t, subject);
    else
        write_cpython_stages(t, subject);
    text_put(t, "# A place that can be written to where the file system is read-only.\nENV HOME=/tmp\n");
    write_ports(t, &service->container);
    write_user(t, service);
    text_put(t, "# The kubelet asks the program how it is.\nHEALTHCHECK NONE\n");
    write_entry(t, subject);
}

static void write_ignored(struct text_out *t, const struct file_subject *subject)
{
    (void)subject;
    text_put(t, "# What no image needs, and what none may have.\n"
                "**/.git\n**/.github\n**/.gitlab-ci.yml\n**/.dockerignore\n**/Dockerfile*\n"
                "**/.venv\n**/venv\n**/__pycache__\n**/*.py[cod]\n**/.pytest_cache\n**/.mypy_cache\n**/.coverage\n"
                "**/.env\n**/.env.*\n**/*.pem\n**/*.key\n**/id_rsa*\n");
}

static void plan_dockerfile(struct hd_model *model, const struct file_row *row, const struct hd_service *service)
{
    if (is_built(service))
        file_add(model, row, arena_printf(&model->arena, "dockerfiles/%s/Dockerfile", service->name), service, NULL);
}

static void plan_ignored(struct hd_model *model, const struct file_row *row, const struct hd_service *service)
{
    if (is_built(service))
        file_add(model, row, arena_printf(&model->arena, "dockerfiles/%s/Dockerfile.dockerignore", service->name), service, NULL);
}

const struct file_part dockerfiles_part = {
    .info = {"dockerfiles", "ops", "Dockerfiles of the services, and docker-bake.hcl, which builds them all", "the model has operations"},
    .is_default = has_operations,
};

const struct file_row dockerfile_row = {.part = &dockerfiles_part, .plan_service = plan_dockerfile, .text = write_dockerfile};
const struct file_row dockerignore_row = {.part = &dockerfiles_part, .plan_service = plan_ignored, .text = write_ignored};
