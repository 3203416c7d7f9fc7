/** Grafana dashboards. */
#ifndef HYBRIDDEPLOY_MODEL_DASHBOARDS_H
#define HYBRIDDEPLOY_MODEL_DASHBOARDS_H

#include <hybriddeploy/model/value.h>

/** How Grafana gets a dashboard. */
enum hd_dashboard_form { HD_DASHBOARD_UNSET = 0, HD_DASHBOARD_CONFIG_MAP, HD_DASHBOARD_GRAFANA };

/**
 * Grafana dashboards: an overview of the application, and one for each service. Who calls whom, and how often, is drawn in a mesh: without
 * one no metric has both ends of a call, since the spans of its ends may reach different collectors.
 */
struct hd_dashboards {
    /**
     * `false` (in YAML also the word alone, `dashboards: off`) leaves them out. Default: true where there is telemetry and a Prometheus,
     * because dashboards show what Prometheus has.
     */
    enum hd_bool enabled;
    /**
     * configMap (found by the sidecar of Grafana's chart) or grafana (a GrafanaDashboard for the Grafana operator). Default: configMap,
     * because it needs no operator.
     */
    enum hd_dashboard_form form;
    /**
     * Labels by which Grafana finds them: of the ConfigMap, or of the Grafana that a GrafanaDashboard is for. Default: grafana_dashboard:
     * "1", or dashboards: grafana, because Grafana's chart and the examples of its operator select by them.
     */
    const struct hd_pair *labels;
    size_t n_labels;
    /** Folder in Grafana. Default: the application's name, so that dashboards of two applications stand apart. */
    const char *folder;
    /**
     * Name of the Prometheus data source that is chosen at first. Default: Grafana's default, which presumes that it is the Prometheus with
     * these metrics.
     */
    const char *datasource;
    /** How often a dashboard asks anew, such as 30s or 1m. Default: 30s, because Prometheus mostly scrapes no oftener. */
    const char *refresh;
    const struct hd_at *at;
};

#endif
