#include "traffic_policy.h"
#include "model/tables.h"

/* The version from which a new pod's share is more than its duration. */
enum { ISTIO_WARMUP = 24 };

static void emit_distribution(struct yaml_out *y, const struct hd_locality_lb *setting)
{
    SEQ(y, "distribute")
        for (size_t i = 0; i < setting->n_distribute; i++)
            ITEM(y) {
                y_str(y, "from", setting->distribute[i].from);
                MAP(y, "to")
                    for (size_t k = 0; k < setting->distribute[i].n_to; k++)
                        y_int(y, setting->distribute[i].to[k].locality, setting->distribute[i].to[k].weight);
            }
}

static void emit_load_balancer(struct yaml_out *y, const struct hd_model *model, const struct hd_load_balancer *balancer)
{
    MAP(y, "loadBalancer") {
        Y_FIELDS(y, hd_load_balancer, balancer);
        MAP(y, "localityLbSetting") {
            Y_FIELDS(y, hd_locality_lb, &balancer->locality_lb_setting);
            emit_distribution(y, &balancer->locality_lb_setting);
        }
        if (model->istio_minor < ISTIO_WARMUP)
            y_str(y, "warmupDurationSecs", balancer->warmup.duration);
        else
            Y_OBJECT(y, "warmup", hd_warmup, &balancer->warmup);
    }
}

void emit_settings(struct yaml_out *y, const struct hd_model *model, struct settings settings)
{
    emit_load_balancer(y, model, settings.load_balancer);
    Y_OBJECT(y, "connectionPool", hd_connection_pool, settings.connection_pool);
    Y_OBJECT(y, "outlierDetection", hd_outlier_detection, settings.outlier_detection);
}
