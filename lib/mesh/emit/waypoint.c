/* The waypoint of an ambient mesh, a Gateway that Istio makes pods of; and what these pods must be beyond its defaults. */
#include "kinds.h"

static void plan_waypoint_options(struct hd_model *model, const struct plan_row *row)
{
    if (model->mesh.waypoint && model->istio_minor >= ISTIO_GATEWAY_OPTIONS)
        plan_add(model, row, WAYPOINT, NULL, NULL);
}

/* A strategic merge patch of the Deployment. */
static void emit_waypoint_options(struct yaml_out *y, const struct subject *subject)
{
    (void)subject;
    MAP(y, "data")
        y_str(y, "deployment",
              "spec:\n"
              "  replicas: 2\n"
              "  template:\n"
              "    spec:\n"
              "      securityContext:\n"
              "        seccompProfile:\n"
              "          type: RuntimeDefault\n");
}

const struct plan_row waypoint_options_row = {
    .step = 30,
    .info = {"", "v1", "ConfigMap", "istio", "with a waypoint, for its pods"},
    .plan_app = plan_waypoint_options,
    .emit = emit_waypoint_options,
};

static const struct pairs *labels_of(struct hd_model *model)
{
    const char *revision = model->app->mesh.revision;
    struct hd_pair *pairs = arena_array(&model->arena, 2, sizeof *pairs);
    struct pairs *labels = arena_new(&model->arena, struct pairs);

    pairs[0] = (struct hd_pair){.name = "istio.io/waypoint-for", .value = "service"};
    pairs[1] = (struct hd_pair){.name = "istio.io/rev", .value = revision};
    *labels = (struct pairs){pairs, revision ? 2 : 1};
    return labels;
}

static void plan_waypoint(struct hd_model *model, const struct plan_row *row)
{
    if (model->mesh.waypoint)
        plan_add(model, row, WAYPOINT, NULL, labels_of(model));
}

static struct pairs labels(const struct subject *subject)
{
    return *(const struct pairs *)subject->object;
}

/* Labels of the Gateway would be the pods' too, if none were given for them. */
static void emit_infrastructure(struct yaml_out *y, const struct hd_model *model)
{
    MAP(y, "infrastructure") {
        MAP(y, "labels") {
            y_str(y, "app.kubernetes.io/name", WAYPOINT);
            y_str(y, "app.kubernetes.io/part-of", model->app->name);
        }
        if (model->istio_minor >= ISTIO_GATEWAY_OPTIONS)
            MAP(y, "parametersRef") {
                y_str(y, "group", "");
                y_str(y, "kind", "ConfigMap");
                y_str(y, "name", WAYPOINT);
            }
    }
}

static void emit_waypoint(struct yaml_out *y, const struct subject *subject)
{
    MAP(y, "spec") {
        y_str(y, "gatewayClassName", "istio-waypoint");
        emit_infrastructure(y, subject->model);
        SEQ(y, "listeners")
            ITEM(y) {
                y_str(y, "name", "mesh");
                y_int(y, "port", MESH_TUNNEL_PORT);
                y_str(y, "protocol", "HBONE");
                MAP(y, "allowedRoutes")
                    MAP(y, "namespaces")
                        y_str(y, "from", "Same");
            }
    }
}

const struct plan_row waypoint_row = {
    .step = 43,
    .info = {"gateway.networking.k8s.io", "v1", "Gateway", "istio", "in an ambient mesh, for services whose requests must be read"},
    .plan_app = plan_waypoint,
    .labels = labels,
    .emit = emit_waypoint,
};
