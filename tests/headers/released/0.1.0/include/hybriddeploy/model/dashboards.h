#ifndef HYBRIDDEPLOY_MODEL_DASHBOARDS_H
#define HYBRIDDEPLOY_MODEL_DASHBOARDS_H
#include <hybriddeploy/model/value.h>
enum hd_dashboard_form { HD_DASHBOARD_UNSET = 0, HD_DASHBOARD_CONFIG_MAP, HD_DASHBOARD_GRAFANA };
struct hd_dashboards {
    enum hd_bool enabled;
    enum hd_dashboard_form form;
    const struct hd_pair *labels;
    size_t n_labels;
    const char *folder;
    const char *datasource;
    const char *refresh;
    const struct hd_at *at;
};
#endif
