/* One container of a pod. */
#include "core/text/among.h"
#include "model/tables.h"
#include "pod.h"

static void emit_ports(struct yaml_out *y, const struct hd_container *container)
{
    SEQ(y, "ports")
        for (size_t i = 0; i < container->n_ports; i++) {
            const struct hd_port *port = &container->ports[i];

            ITEM(y) {
                y_str(y, "name", port->name);
                y_int(y, "containerPort", port->port);
                if (port->host_port)
                    y_int(y, "hostPort", port->host_port);
                y_str(y, "protocol", port->protocol == HD_PROTOCOL_UDP ? "UDP" : "TCP");
            }
        }
}

static void emit_key_ref(struct yaml_out *y, const char *ref, const char *name, const char *key, enum hd_bool optional)
{
    MAP(y, ref) {
        y_str(y, "name", name);
        y_str(y, "key", key);
        y_tri(y, "optional", optional);
    }
}

void emit_field_ref(struct yaml_out *y, const char *path)
{
    if (path)
        MAP(y, "fieldRef") {
            y_str(y, "apiVersion", "v1");
            y_str(y, "fieldPath", path);
        }
}

void emit_env(struct yaml_out *y, const char *name, const struct hd_container *container)
{
    SEQ(y, "env")
        for (size_t i = 0; i < container->n_env; i++) {
            const struct hd_env *env = &container->env[i];

            ITEM(y) {
                y_str(y, "name", env->name);
                if (env->value && *env->value)
                    y_str(y, "value", env->value);
                MAP(y, "valueFrom") {
                    if (env->secret)
                        emit_key_ref(y, "secretKeyRef", env->secret, env->key, env->optional);
                    if (env->config_map)
                        emit_key_ref(y, "configMapKeyRef", env->config_map, env->key, env->optional);
                    emit_field_ref(y, env->field);
                    if (env->resource)
                        MAP(y, "resourceFieldRef") {
                            y_str(y, "containerName", name);
                            y_str(y, "resource", env->resource);
                            y_quantity(y, "divisor", text_or(env->divisor, "0"));
                        }
                }
            }
        }
    SEQ(y, "envFrom")
        for (size_t i = 0; i < container->n_env_from; i++) {
            const struct hd_env_from *from = &container->env_from[i];

            ITEM(y) {
                y_str(y, "prefix", from->prefix);
                MAP(y, from->secret ? "secretRef" : "configMapRef") {
                    y_str(y, "name", from->secret ? from->secret : from->config_map);
                    y_tri(y, "optional", from->optional);
                }
            }
        }
}

void emit_container(struct yaml_out *y, const struct hd_service *service, const struct container_in *self)
{
    const struct hd_container *container = self->container;

    ITEM(y) {
        y_str(y, "name", self->name);
        y_str(y, "image", container->image.reference);
        y_str(y, "imagePullPolicy", enum_name(&hd_pull_policy_enum, (int)container->image_pull_policy));
        if (self->role == CONTAINER_SIDECAR)
            y_str(y, "restartPolicy", "Always");
        y_strs(y, "command", container->command, container->n_command);
        y_strs(y, "args", container->args, container->n_args);
        y_str(y, "workingDir", container->working_dir);
        emit_ports(y, container);
        emit_env(y, self->name, container);
        Y_OBJECT(y, "resources", hd_resources, &container->resources);
        emit_probe(y, "startupProbe", &container->startup_probe);
        emit_probe(y, "readinessProbe", &container->readiness_probe);
        emit_probe(y, "livenessProbe", &container->liveness_probe);
        emit_lifecycle(y, &container->lifecycle);
        y_str(y, "terminationMessagePath", container->termination_message_path);
        y_str(y, "terminationMessagePolicy", container->termination_message_policy);
        Y_OBJECT(y, "securityContext", hd_security_context, &container->security_context);
        emit_volume_mounts(y, service, self);
    }
}
