/* What is drawn: panels of a dashboard as data. Queries are templates, see promql.h. */
#ifndef HD_TELEMETRY_EMIT_PANELS_H
#define HD_TELEMETRY_EMIT_PANELS_H

#include "promql.h"

enum { MOST_QUERIES = 4 };

struct query {
    const char *legend, *expression;
    /* Only where a service is a Rollout. */
    bool of_rollouts;
};

struct panel {
    const char *title, *description;
    /* Grafana's type of panel and unit. */
    const char *type, *unit;
    /* Columns of 24, and rows; 0 for 8. */
    int width, height;
    /* The sources that the panel needs, as bits of enum alert_need; and the kinds of workload that it is for, 0 for all. */
    unsigned needs, workloads;
    /* Whether only the mesh's proxies tell it; whether it is about alerts, or about new versions. */
    bool by_proxies, of_alerts, of_versions;
    /* Lines to be drawn on top of each other; bars instead of lines. */
    bool stacked, bars;
    /* The alert whose bound is drawn as a line: a key of alert_kinds, or NULL. */
    const char *alert;
    struct query queries[MOST_QUERIES];
};

extern const struct panel service_panels[], overview_panels[];
extern const size_t n_service_panels, n_overview_panels;

#endif
