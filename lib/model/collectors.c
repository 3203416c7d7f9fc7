#include "collectors.h"

#include "model.h"

const char exporter_tls_volume_name[] = "collector-tls";

const struct collector *collector_first(const struct hd_model *model)
{
    return model->collectors.n ? model->collectors.all : NULL;
}

const struct collector *collector_last(const struct hd_model *model)
{
    return model->collectors.n ? &model->collectors.all[model->collectors.n - 1] : NULL;
}

bool is_collector(const struct hd_model *model, const struct hd_service *service)
{
    for (size_t i = 0; i < model->collectors.n; i++)
        if (model->collectors.all[i].service == service)
            return true;
    return false;
}
