/* The pod template: what its containers share. */
#include "pod.h"

#include "core/memory/hash.h"
#include "model/derived.h"
#include "model/tables.h"
#include "plan/labels.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void emit_security_context(struct yaml_out *y, const struct hd_pod_security_context *context)
{
    MAP(y, "securityContext") {
        Y_FIELDS(y, hd_pod_security_context, context);
        y_pair_list(y, "sysctls", context->sysctls, context->n_sysctls);
    }
}

/* As even as possible among the pods of the same version: old ones leave during an update. */
static void emit_match_label_keys(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service,
                                  const struct hd_topology_spread *spread)
{
    y_strs(y, "matchLabelKeys", spread->match_label_keys, spread->n_match_label_keys);
    if (!spread->match_label_keys && model->kube_minor >= 27 && service->workload == HD_WORKLOAD_DEPLOYMENT)
        SEQ(y, "matchLabelKeys")
            y_str(y, NULL, is_delivered_by(service, HD_EXECUTOR_ARGO_ROLLOUTS) ? "rollouts-pod-template-hash" : "pod-template-hash");
}

static void emit_topology_spread(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    SEQ(y, "topologySpreadConstraints")
        for (size_t i = 0; i < service->pod.n_topology_spread_constraints; i++)
            ITEM(y) {
                Y_FIELDS(y, hd_topology_spread, &service->pod.topology_spread_constraints[i]);
                MAP(y, "labelSelector")
                    emit_selector(y, "matchLabels", model, service);
                emit_match_label_keys(y, model, service, &service->pod.topology_spread_constraints[i]);
            }
}

static void emit_dns_config(struct yaml_out *y, const struct hd_dns_config *config)
{
    MAP(y, "dnsConfig") {
        Y_FIELDS(y, hd_dns_config, config);
        SEQ(y, "options")
            for (size_t i = 0; i < config->n_options; i++)
                ITEM(y) {
                    y_str(y, "name", config->options[i].name);
                    if (config->options[i].value && *config->options[i].value)
                        y_str(y, "value", config->options[i].value);
                }
    }
}

static void emit_containers(struct yaml_out *y, const struct hd_service *service, const struct version *version)
{
    size_t first_extra = service_n_containers(service) - service->pod.n_extra_containers;
    struct container_in container;
    struct hd_container own = service->container;

    if (version)
        own.image.reference = version->image;
    if (version && version->given && version->given->n_env) {
        own.env = version->given->env;
        own.n_env = version->given->n_env;
    }
    if (version && version->given && struct_is_set(&hd_resources_struct, &version->given->resources))
        own.resources = version->given->resources;

    SEQ(y, "initContainers")
        for (size_t i = 1; i < first_extra; i++) {
            container = service_container_at(service, i);
            emit_container(y, service, &container);
        }
    SEQ(y, "containers") {
        container = service_container_at(service, 0);
        container.container = &own;
        emit_container(y, service, &container);
        for (size_t i = first_extra; i < service_n_containers(service); i++) {
            container = service_container_at(service, i);
            emit_container(y, service, &container);
        }
    }
}

static void emit_spec(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const struct version *version)
{
    const struct hd_pod *pod = &service->pod;

    MAP(y, "spec") {
        y_str(y, "serviceAccountName", account_name(service));
        y_tri(y, "automountServiceAccountToken", pod->service_account.automount_service_account_token);
        y_str(y, "restartPolicy", service->job.restart_policy);
        Y_FIELDS(y, hd_pod, pod);
        emit_security_context(y, &pod->pod_security_context);
        emit_dns_config(y, &pod->dns_config);
        emit_topology_spread(y, model, service);
        SEQ(y, "imagePullSecrets")
            for (size_t i = 0; i < pod->n_image_pull_secrets; i++)
                ITEM(y)
                    y_str(y, "name", pod->image_pull_secrets[i]);
        emit_containers(y, service, version);
        emit_volumes(y, service);
    }
}

static uint64_t hash_files(uint64_t hash, const struct hd_container *container)
{
    for (size_t i = 0; i < container->n_config_files; i++) {
        const struct hd_config_file *file = &container->config_files[i];

        hash = hash_bytes(hash, file->path, strlen(file->path) + 1);
        hash = hash_bytes(hash, file->content, strlen(file->content) + 1);
    }
    return hash;
}

/* A change of a configuration file changes the template, and so rolls the pods. */
static void emit_annotations(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    struct hd_pair checksum = {.name = "hybriddeploy/config-checksum"};
    uint64_t hash = HASH_START;
    char text[24];

    if (has_config_files(service)) {
        for (size_t i = 0; i < service_n_containers(service); i++)
            hash = hash_files(hash, service_container_at(service, i).container);
        snprintf(text, sizeof text, "%016" PRIx64, hash);
        checksum.value = text;
    }
    emit_pod_annotations(y, model, service, (struct pairs){&checksum, checksum.value != NULL});
}

void emit_replicas(struct yaml_out *y, const struct hd_service *service)
{
    if (service->autoscaling.enabled != HD_TRUE && !is_delivered_by(service, HD_EXECUTOR_FLAGGER))
        y_opt(y, "replicas", service->replicas);
}

void emit_min_ready(struct yaml_out *y, const struct hd_service *service)
{
    if (service->min_ready_seconds.value)
        y_int(y, "minReadySeconds", service->min_ready_seconds.value);
}

void emit_version_template(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service,
                           const struct version *version)
{
    MAP(y, "template") {
        MAP(y, "metadata") {
            emit_pod_labels(y, model, service, version);
            emit_annotations(y, model, service);
        }
        emit_spec(y, model, service, version);
    }
}

void emit_pod_template(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    emit_version_template(y, model, service, NULL);
}
