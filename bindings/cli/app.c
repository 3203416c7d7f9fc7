#include "app.h"

const struct hd_app *app_of(const struct hd_model *model)
{
    return hd_model_app(model);
}
