#include "split.h"

void emit_split_routes(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    (void)model;
    SEQ(y, "virtualServices")
        ITEM(y)
            y_str(y, "name", service->name);
}
