/* The frame of a dashboard, and its panels one beside the other. */
#include "alert_rules.h"
#include "core/memory/hash.h"
#include "core/text/joined.h"
#include "core/text/letter.h"
#include "core/text/monitoring_units.h"
#include "dashboard.h"
#include "model/delivery.h"
#include "panels.h"
#include "telemetry/model/request_source.h"
#include "telemetry/model/slo.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS = 24, WIDTH = 8, HEIGHT = 8, MOST_OF_CELL = 63 };

/* The place of the next panel. */
struct layout {
    int id, x, y, row_height;
};

struct board {
    struct yaml_out *y;
    const struct hd_model *model;
    const struct hd_service *service;
    struct layout layout;
};

static struct promql query_of(const struct board *board, enum hd_request_source source)
{
    return (struct promql){.model = board->model, .service = board->service, .source = source, .window = "$__rate_interval"};
}

static enum hd_request_source main_source(const struct board *board)
{
    return board->service ? request_source(board->model, board->service) : board->model->app->telemetry.sources.requests;
}

/* The same in every panel and query, so it stands here as it comes out. */
static void emit_datasource(struct yaml_out *y)
{
    y_as_is(y, "datasource", "{\"type\": \"prometheus\", \"uid\": \"${datasource}\"}");
}

static void emit_place(struct board *board, int width, int height)
{
    struct layout *layout = &board->layout;
    struct yaml_out *y = board->y;

    if (layout->x + width > COLUMNS) {
        layout->x = 0;
        layout->y += layout->row_height;
        layout->row_height = 0;
    }
    y_int(y, "id", ++layout->id);
    MAP(y, "gridPos") {
        y_int(y, "h", height);
        y_int(y, "w", width);
        y_int(y, "x", layout->x);
        y_int(y, "y", layout->y);
    }
    layout->x += width;
    layout->row_height = height > layout->row_height ? height : layout->row_height;
}

static void emit_target(struct board *board, const struct query *query, enum hd_request_source source, int index)
{
    const struct promql with = query_of(board, source);
    const char ref[] = {(char)('A' + index), '\0'};
    struct promql_text text;
    struct yaml_out *y = board->y;

    ITEM(y) {
        y_str(y, "refId", ref);
        emit_datasource(y);
        y_str(y, "expr", promql(&text, &with, query->expression));
        y_str(y, "legendFormat", promql(&text, &with, query->legend));
    }
}

/* Whether any service's requests are counted by a source; HD_REQUESTS_UNSET is any source. */
static bool is_source_used(const struct hd_model *model, enum hd_request_source source)
{
    static const struct alert_case requests = {.needs = NEEDS_REQUESTS};
    const struct hd_app *app = model->app;

    for (size_t i = 0; i < app->n_services; i++) {
        enum hd_request_source used = request_source(model, &app->services[i]);

        if (used && (!source || used == source) && !alert_lacks(model, &app->services[i], &requests))
            return true;
    }
    return false;
}

static bool has_rollouts(const struct hd_app *app)
{
    for (size_t i = 0; i < app->n_services; i++)
        if (is_delivered_by(&app->services[i], HD_EXECUTOR_ARGO_ROLLOUTS))
            return true;
    return false;
}

/* In the overview, services that are counted otherwise have queries of their own. */
static void emit_targets(struct board *board, const struct panel *panel)
{
    bool of_all = !board->service && panel->needs & NEEDS_REQUESTS;
    int first = of_all ? HD_REQUESTS_UNSET + 1 : (int)main_source(board), last = of_all ? N_REQUEST_SOURCES - 1 : first, index = 0;

    SEQ(board->y, "targets")
        for (int source = first; source <= last; source++)
            for (size_t i = 0; i < MOST_QUERIES && panel->queries[i].expression; i++)
                if ((!of_all || is_source_used(board->model, (enum hd_request_source)source)) &&
                    (!panel->queries[i].of_rollouts || has_rollouts(board->model->app)))
                    emit_target(board, &panel->queries[i], (enum hd_request_source)source, index++);
}

/* The bound of an alert, in the panel's unit; false when there is none. */
static bool bound_of(const struct board *board, const struct panel *panel, char text[DECIMAL_LONGEST])
{
    for (size_t i = 0; panel->alert && i < n_alert_kinds; i++) {
        const struct alert_kind *kind = &alert_kinds[i];
        struct hd_alert alert;

        if (strcmp(kind->key, panel->alert) != 0 || !board->service)
            continue;
        alert = alert_effective(board->model->app, board->service, kind);
        if (alert.enabled == HD_TRUE && alert.threshold)
            alert_threshold(text, kind, &kind->cases[0], alert.threshold, main_source(board));
        return alert.enabled == HD_TRUE && alert.threshold && *text;
    }
    return false;
}

/* On one line each, and nearly the same in all panels; so they too stand here as they come out. */
static void emit_drawing(struct yaml_out *y, const struct panel *panel, const char *bound)
{
    char custom[160], thresholds[160];

    y_as_is(y, "custom",
            JOINED(custom, "{\"drawStyle\": ", panel->bars ? "\"bars\"" : "\"line\"", ", \"fillOpacity\": ",
                   panel->stacked ? "20, \"stacking\": {\"group\": \"A\", \"mode\": \"normal\"}" : "0",
                   bound ? ", \"thresholdsStyle\": {\"mode\": \"line\"}" : "", "}"));
    y_as_is(y, "thresholds",
            JOINED(thresholds, "{\"mode\": \"absolute\", \"steps\": [{\"color\": \"green\", \"value\": null}",
                   bound ? ", {\"color\": \"red\", \"value\": " : "", bound, bound ? "}]}" : "]}"));
}

static void emit_field_config(struct board *board, const struct panel *panel)
{
    const struct promql with = query_of(board, main_source(board));
    struct promql_text unit;
    char bound[DECIMAL_LONGEST] = "";
    bool has_bound = bound_of(board, panel, bound);
    struct yaml_out *y = board->y;

    MAP(y, "fieldConfig") {
        MAP(y, "defaults") {
            y_str(y, "unit", promql(&unit, &with, panel->unit));
            y_int(y, "min", 0);
            emit_drawing(y, panel, has_bound ? bound : NULL);
        }
        y_empty_seq(y, "overrides");
    }
}

static void emit_options(struct yaml_out *y)
{
    y_as_is(y, "options",
              "{\"legend\": {\"displayMode\": \"list\", \"placement\": \"bottom\", \"showLegend\": true, \"calcs\": []}, "
              "\"tooltip\": {\"mode\": \"multi\", \"sort\": \"desc\"}}");
}

static void emit_panel(struct board *board, const struct panel *panel)
{
    struct yaml_out *y = board->y;

    ITEM(y) {
        emit_place(board, panel->width ? panel->width : WIDTH, panel->height ? panel->height : HEIGHT);
        y_str(y, "type", panel->type);
        y_str(y, "title", panel->title);
        y_str(y, "description", panel->description);
        emit_datasource(y);
        emit_field_config(board, panel);
        emit_options(y);
        emit_targets(board, panel);
    }
}

static bool is_shown(const struct board *board, const struct panel *panel)
{
    const struct alert_case needs = {.needs = panel->needs};
    const struct hd_model *model = board->model;

    if (panel->of_alerts && !has_alerts(model->app, NULL))
        return false;
    if (panel->by_proxies && !request_sources[main_source(board)].by_proxies)
        return false;
    if (!board->service)
        return !alert_lacks_metrics(model->app, &needs) && (!(panel->needs & NEEDS_REQUESTS) || is_source_used(model, HD_REQUESTS_UNSET));
    if (panel->of_versions && !promql_sees_versions(board->service))
        return false;
    return (!panel->workloads || panel->workloads & 1u << board->service->workload) && !alert_lacks(model, board->service, &needs);
}

bool has_panels(const struct hd_model *model, const struct hd_service *service)
{
    const struct board board = {.model = model, .service = service};

    for (size_t i = 0; i < n_service_panels; i++)
        if (is_shown(&board, &service_panels[i]))
            return true;
    return false;
}

/* How fast an objective is used up: 1 is as fast as it may be in the long run. */
static void emit_objectives(struct board *board)
{
    static const struct panel burning = {
        .title = "Objectives",
        .description = "How many times faster than in the long run allowed requests are bad: above 1 the objective will be missed.",
        .type = "timeseries",
        .unit = "short"};
    struct yaml_out *y = board->y;
    int index = 0;

    if (!board->service || !has_alerts(board->model->app, board->service) || !slo_first(board->model, board->service))
        return;
    ITEM(y) {
        emit_place(board, WIDTH, HEIGHT);
        y_str(y, "type", burning.type);
        y_str(y, "title", burning.title);
        y_str(y, "description", burning.description);
        emit_datasource(y);
        emit_field_config(board, &burning);
        emit_options(y);
        SEQ(y, "targets")
            for (const struct hd_slo *slo = slo_first(board->model, board->service); slo; slo = slo_next(board->model, slo)) {
                char budget[DECIMAL_LONGEST], expression[320], legend[96];
                struct query query = {legend, expression};

                decimal_text(budget, slo_budget(slo), 8);
                snprintf(legend, sizeof legend, "%.63s", slo->name);
                snprintf(expression, sizeof expression,
                         "service:slo_errors:ratio_rate1h{namespace=\"@namespace\",service=\"@service\",slo=\"%.63s\"} / %s", slo->name,
                         budget);
                emit_target(board, &query, HD_REQUESTS_UNSET, index++);
            }
    }
}

static void put_cell(char *text, size_t size, size_t *length, const char *cell)
{
    size_t whole = cell ? strlen(cell) : 0, more = whole < MOST_OF_CELL ? whole : MOST_OF_CELL;

    if (!more || more >= size - *length)
        return;
    memcpy(text + *length, cell, more);
    *length += more;
}

/* The declared calls, as a list for people: from whom, to whom, on which port. */
static void emit_calls(struct board *board)
{
    enum { MOST_CALLS = 200, LONGEST_LINE = 256 };
    const struct graph *graph = &board->model->graph;
    char text[MOST_CALLS * LONGEST_LINE + 128];
    struct yaml_out *y = board->y;
    size_t length = 0, n_calls = 0;

    put_cell(text, sizeof text, &length, "| from | to | port |\n|---|---|---|\n");
    for (size_t i = 0; i < graph->n_edges && n_calls < MOST_CALLS; i++) {
        const struct edge *edge = &graph->edges[i];
        char digits[24] = "", *end = digits + sizeof digits - 1;

        if ((!edge->call && !edge->caller) || !edge->n_ports)
            continue;
        n_calls++;
        put_cell(text, sizeof text, &length, "| ");
        put_cell(text, sizeof text, &length, edge->from->name);
        put_cell(text, sizeof text, &length, " | ");
        put_cell(text, sizeof text, &length, edge->to->name);
        put_cell(text, sizeof text, &length, " | ");
        put_cell(text, sizeof text, &length, letter_number(end, (uint64_t)edge->ports[0].number));
        put_cell(text, sizeof text, &length, " |\n");
    }
    if (n_calls)
        ITEM(y) {
            emit_place(board, WIDTH, HEIGHT);
            y_str(y, "type", "text");
            y_str(y, "title", "Who may call whom");
            MAP(y, "options") {
                y_str(y, "mode", "markdown");
                y_strn(y, "content", text, length);
            }
        }
}

/* The name in a dashboard's address. What is too long ends in a number of its own. */
static void uid_of(char uid[DASHBOARD_UID_LONGEST], const struct hd_model *model, const struct hd_service *service)
{
    char name[160];

    JOINED(name, model->app->name, service ? "-" : NULL, service ? service->name : NULL);
    if (strlen(name) < DASHBOARD_UID_LONGEST)
        memcpy(uid, name, strlen(name) + 1);
    else
        snprintf(uid, DASHBOARD_UID_LONGEST, "%.30s-%09u", name, (unsigned)(hash_text(name) % 1000000000));
}

static void emit_variables(struct yaml_out *y, const struct hd_dashboards *dashboards)
{
    MAP(y, "templating")
        SEQ(y, "list")
            ITEM(y) {
                y_str(y, "name", "datasource");
                y_str(y, "label", "Data source");
                y_str(y, "type", "datasource");
                y_str(y, "query", "prometheus");
                y_int(y, "refresh", 1);
                y_int(y, "hide", 0);
                if (dashboards->datasource)
                    MAP(y, "current") {
                        y_bool(y, "selected", true);
                        y_str(y, "text", dashboards->datasource);
                        y_str(y, "value", dashboards->datasource);
                    }
            }
}

/* From each dashboard of the application to the others. */
static void emit_links(struct yaml_out *y, const struct hd_model *model)
{
    SEQ(y, "links")
        ITEM(y) {
            y_str(y, "type", "dashboards");
            y_str(y, "title", model->app->name);
            y_str(y, "icon", "external link");
            y_str(y, "tooltip", "");
            y_bool(y, "asDropdown", true);
            y_bool(y, "targetBlank", false);
            y_bool(y, "includeVars", true);
            y_bool(y, "keepTime", true);
            SEQ(y, "tags")
                y_str(y, NULL, model->app->name);
        }
}

/* A mark on each panel where a new version of the workload came. */
static void emit_deployments(struct board *board)
{
    const struct promql with = query_of(board, main_source(board));
    struct promql_text text;
    struct yaml_out *y = board->y;

    SEQ(y, "list")
        ITEM(y) {
            y_str(y, "name", "Deployments");
            y_bool(y, "enable", true);
            emit_datasource(y);
            y_str(y, "expr", promql(&text, &with, "changes(@generation[2m]) > 0"));
            y_str(y, "iconColor", "blue");
            y_str(y, "titleFormat", "new version");
        }
}

static void emit_annotations(struct board *board)
{
    const struct alert_case needs = {.needs = NEEDS_KUBE_STATE};
    const struct hd_service *service = board->service;

    MAP(board->y, "annotations") {
        if (service && promql_sees_versions(service) && !alert_lacks(board->model, service, &needs))
            emit_deployments(board);
        else
            y_empty_seq(board->y, "list");
    }
}

void emit_dashboard(struct yaml_out *json, const struct hd_model *model, const struct hd_service *service)
{
    const struct hd_dashboards *dashboards = &model->app->telemetry.dashboards;
    struct board board = {.y = json, .model = model, .service = service};
    const struct panel *panels = service ? service_panels : overview_panels;
    size_t n_panels = service ? n_service_panels : n_overview_panels;
    char uid[DASHBOARD_UID_LONGEST], title[160];

    uid_of(uid, model, service);
    JOINED(title, model->app->name, " / ", service ? service->name : "overview");
    DOC(json) {
        y_str(json, "uid", uid);
        y_str(json, "title", title);
        SEQ(json, "tags") {
            y_str(json, NULL, model->app->name);
            y_str(json, NULL, "hybriddeploy");
        }
        y_int(json, "schemaVersion", 39);
        y_bool(json, "editable", false);
        y_int(json, "graphTooltip", 1);
        y_str(json, "refresh", dashboards->refresh);
        y_str(json, "timezone", "browser");
        MAP(json, "time") {
            y_str(json, "from", "now-6h");
            y_str(json, "to", "now");
        }
        emit_links(json, model);
        emit_variables(json, dashboards);
        emit_annotations(&board);
        SEQ(json, "panels") {
            for (size_t i = 0; i < n_panels; i++)
                if (is_shown(&board, &panels[i]))
                    emit_panel(&board, &panels[i]);
            emit_objectives(&board);
            if (!service)
                emit_calls(&board);
        }
    }
}
