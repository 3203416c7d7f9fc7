/* Names of what is made from a service: `<service>-headless`, `<service>-<volume>`. */
#ifndef HD_MODEL_DERIVED_H
#define HD_MODEL_DERIVED_H

#include "model.h"

#define HEADLESS "headless"
#define CONFIG "config"

/* `<service>-<suffix>` for plan_add(); NULL when a part is missing. */
const char *derived_name(struct hd_model *model, const struct hd_service *service, const char *suffix);

/* The account that the pods run as, generated or not. */
const char *account_name(const struct hd_service *service);
/* Whether the Service that gives a StatefulSet's pods their names is one of its own. */
bool has_governing_service(const struct hd_service *service);
/* Whether any container of the pod has configuration files. */
bool has_config_files(const struct hd_service *service);

#endif
