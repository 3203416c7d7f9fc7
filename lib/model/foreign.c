#include "foreign.h"

#include "model.h"

#include <string.h>

bool foreign_is_here(const struct hd_model *model, const char *namespace_name)
{
    return !namespace_name || !model->app->namespace_name || !strcmp(namespace_name, model->app->namespace_name);
}

bool foreign_makes_secret(const struct hd_model *model, const char *name)
{
    return model->foreign.n && names_find(&model->foreign.secrets, name);
}
