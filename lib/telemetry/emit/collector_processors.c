/* Processors: what happens to data on its way through a collector. */
#include "collector_parts.h"

/* The collector that sends to back ends has what the model says; those before it only what belongs to their own size. */
static void emit_memory_limiter(struct yaml_out *y, const struct hd_app *app, enum collector_role role)
{
    const struct hd_memory_limiter *limiter = &app->telemetry.collector.memory_limiter;
    int64_t limit = role == COLLECTOR_AGENT ? collector_limit_mib(collector_memory_mib(app, role)) : limiter->limit_mib;

    MAP(y, "memory_limiter") {
        y_str(y, "check_interval", limiter->check_interval);
        y_int(y, "limit_mib", limit);
        y_int(y, "spike_limit_mib", role == COLLECTOR_AGENT ? limit / 5 : limiter->spike_limit_mib);
    }
}

static void emit_association(struct yaml_out *y, const char *from, const char *name)
{
    ITEM(y)
        SEQ(y, "sources")
            ITEM(y) {
                y_str(y, "from", from);
                y_str(y, "name", name);
            }
}

static void emit_extract(struct yaml_out *y, const struct hd_k8s_attributes *attributes)
{
    static const char *const metadata[] = {"k8s.namespace.name", "k8s.pod.name", "k8s.pod.uid", "k8s.node.name", "k8s.deployment.name"};
    char name[400];

    MAP(y, "extract") {
        if (attributes->n_metadata)
            y_strs(y, "metadata", attributes->metadata, attributes->n_metadata);
        else
            y_strs(y, "metadata", metadata, sizeof metadata / sizeof *metadata);
        SEQ(y, "labels")
            for (size_t i = 0; i < attributes->n_labels; i++)
                ITEM(y) {
                    snprintf(name, sizeof name, "k8s.pod.labels.%.317s", attributes->labels[i]);
                    y_str(y, "tag_name", name);
                    y_str(y, "key", attributes->labels[i]);
                    y_str(y, "from", "pod");
                }
    }
}

/* Within the namespace, for which a Role is enough; an agent only for the pods of its node. */
static void emit_k8s_attributes(struct yaml_out *y, const struct hd_model *model, enum collector_role role)
{
    MAP(y, k8s_attributes_name(model->app)) {
        y_str(y, "auth_type", "serviceAccount");
        MAP(y, "filter") {
            y_str(y, "namespace", model->app->namespace_name);
            if (role == COLLECTOR_AGENT)
                y_str(y, "node_from_env_var", "K8S_NODE_NAME");
        }
        emit_extract(y, &model->app->telemetry.collector.k8s_attributes);
        SEQ(y, "pod_association") {
            emit_association(y, "resource_attribute", "k8s.pod.uid");
            emit_association(y, "connection", NULL);
        }
    }
}

static void emit_conditions(struct yaml_out *y, const char *signal, const char *context, const char *const *conditions, size_t n_conditions)
{
    MAP(y, signal)
        SEQ(y, context)
            for (size_t i = 0; i < n_conditions; i++)
                y_literal(y, NULL, conditions[i]);
}

static void emit_filter(struct yaml_out *y, const struct hd_ottl *filter)
{
    if (filter->n_traces || filter->n_metrics || filter->n_logs)
        MAP(y, "filter") {
            y_str(y, "error_mode", "ignore");
            emit_conditions(y, "traces", "span", filter->traces, filter->n_traces);
            emit_conditions(y, "metrics", "datapoint", filter->metrics, filter->n_metrics);
            emit_conditions(y, "logs", "log_record", filter->logs, filter->n_logs);
        }
}

static void emit_statements(struct yaml_out *y, const char *key, const char *context, const char *const *statements, size_t n_statements)
{
    SEQ(y, key)
        if (n_statements)
            ITEM(y) {
                y_str(y, "context", context);
                SEQ(y, "statements")
                    for (size_t i = 0; i < n_statements; i++)
                        y_literal(y, NULL, statements[i]);
            }
}

static void emit_transform(struct yaml_out *y, const struct hd_ottl *transform)
{
    if (transform->n_traces || transform->n_metrics || transform->n_logs)
        MAP(y, "transform") {
            y_str(y, "error_mode", "ignore");
            emit_statements(y, "trace_statements", "span", transform->traces, transform->n_traces);
            emit_statements(y, "metric_statements", "datapoint", transform->metrics, transform->n_metrics);
            emit_statements(y, "log_statements", "log", transform->logs, transform->n_logs);
        }
}

static void emit_resource(struct yaml_out *y, const struct hd_collector *collector)
{
    if (collector->n_resource_attributes)
        MAP(y, "resource")
            SEQ(y, "attributes")
                for (size_t i = 0; i < collector->n_resource_attributes; i++)
                    ITEM(y) {
                        y_literal(y, "key", collector->resource_attributes[i].name);
                        y_literal(y, "value", collector->resource_attributes[i].value);
                        y_str(y, "action", "upsert");
                    }
}

static void emit_policy(struct yaml_out *y, const struct hd_tail_policy *policy)
{
    ITEM(y) {
        y_str(y, "name", policy->name);
        y_str(y, "type", policy->threshold_ms          ? "latency"
                         : policy->n_status_codes      ? "status_code"
                         : policy->sampling_percentage ? "probabilistic"
                                                       : "always_sample");
        if (policy->threshold_ms)
            MAP(y, "latency")
                y_int(y, "threshold_ms", policy->threshold_ms);
        MAP(y, "status_code")
            y_strs(y, "status_codes", policy->status_codes, policy->n_status_codes);
        MAP(y, "probabilistic")
            y_as_is(y, "sampling_percentage", policy->sampling_percentage);
    }
}

static void emit_tail_sampling(struct yaml_out *y, const struct hd_tail_sampling *sampling)
{
    if (sampling->n_policies)
        MAP(y, "tail_sampling") {
            y_str(y, "decision_wait", sampling->decision_wait);
            y_int(y, "num_traces", sampling->num_traces);
            SEQ(y, "policies")
                for (size_t i = 0; i < sampling->n_policies; i++)
                    emit_policy(y, &sampling->policies[i]);
        }
}

static void emit_batch(struct yaml_out *y, const struct hd_batch *batch)
{
    MAP(y, "batch") {
        y_str(y, "timeout", batch->timeout);
        y_int(y, "send_batch_size", batch->send_batch_size);
        y_int(y, "send_batch_max_size", batch->send_batch_max_size);
    }
}

/* The collector that receives data from pods looks up which pod sent it; behind it, all data come from that collector. */
static bool has_k8s_attributes(const struct hd_app *app, enum collector_role role)
{
    return app->telemetry.collector.k8s_attributes.enabled == HD_TRUE && sees_senders(app, role);
}

void emit_processors(struct yaml_out *y, const struct hd_model *model, enum collector_role role)
{
    const struct hd_collector *collector = &model->app->telemetry.collector;

    MAP(y, "processors") {
        emit_memory_limiter(y, model->app, role);
        if (has_k8s_attributes(model->app, role))
            emit_k8s_attributes(y, model, role);
        if (!hands_on(role)) {
            emit_filter(y, &collector->filter);
            emit_resource(y, collector);
            emit_transform(y, &collector->transform);
            emit_tail_sampling(y, &collector->tail_sampling);
        }
        emit_batch(y, &collector->batch);
    }
}

static bool has_any(const struct hd_ottl *ottl, unsigned signal)
{
    return signal == SIGNAL_TRACES ? ottl->n_traces : signal == SIGNAL_METRICS ? ottl->n_metrics : ottl->n_logs;
}

/* Memory first; then what drops, what asks who sent it, what changes; batches last. */
static void emit_pipeline_processors(struct yaml_out *y, const struct hd_app *app, enum collector_role role, unsigned signal, bool samples)
{
    const struct hd_collector *collector = &app->telemetry.collector;
    bool sends = !hands_on(role);

    SEQ(y, "processors") {
        y_str(y, NULL, "memory_limiter");
        if (sends && has_any(&collector->filter, signal))
            y_str(y, NULL, "filter");
        if (has_k8s_attributes(app, role))
            y_str(y, NULL, k8s_attributes_name(app));
        if (sends && collector->n_resource_attributes)
            y_str(y, NULL, "resource");
        if (sends && has_any(&collector->transform, signal))
            y_str(y, NULL, "transform");
        if (samples)
            y_str(y, NULL, "tail_sampling");
        y_str(y, NULL, "batch");
    }
}

static void emit_pipeline_exporters(struct yaml_out *y, const struct hd_app *app, enum collector_role role, unsigned signal)
{
    const struct hd_collector *collector = &app->telemetry.collector;
    char id[COMPONENT_LONGEST];

    if (hands_on(role))
        y_str(y, NULL,
              signal == SIGNAL_TRACES && shares_traces(app) ? load_balancing_name(app) : exporter_type_name(app, EXPORTER_OTLP_GRPC));
    for (size_t i = 0; !hands_on(role) && i < collector->n_exporters; i++)
        if (exporter_signals(&collector->exporters[i]) & signal) {
            exporter_id(id, app, &collector->exporters[i]);
            y_str(y, NULL, id);
        }
}

static void emit_pipeline_receivers(struct yaml_out *y, const struct hd_app *app, enum collector_role role, unsigned signal)
{
    SEQ(y, "receivers") {
        y_str(y, NULL, "otlp");
        if (signal == SIGNAL_LOGS && reads_container_logs(app, role))
            y_str(y, NULL, file_log_name(app));
        if (signal == SIGNAL_METRICS && scrapes_services(app, role))
            y_str(y, NULL, "prometheus");
        if (signal == SIGNAL_METRICS && !hands_on(role) && has_span_metrics(app))
            y_str(y, NULL, span_metrics_name(app));
    }
}

/* Metrics of spans are made of all of them, also of those that sampling drops: then they have a pipeline of their own. */
static void emit_traces(struct yaml_out *y, const struct hd_app *app, enum collector_role role)
{
    bool sends = !hands_on(role), samples = sends && app->telemetry.collector.tail_sampling.n_policies;
    bool measures = sends && has_span_metrics(app), apart = measures && samples;

    if (!sends || exporters_take(&app->telemetry.collector) & SIGNAL_TRACES || (measures && !apart))
        MAP(y, "traces") {
            emit_pipeline_receivers(y, app, role, SIGNAL_TRACES);
            emit_pipeline_processors(y, app, role, SIGNAL_TRACES, samples);
            SEQ(y, "exporters") {
                emit_pipeline_exporters(y, app, role, SIGNAL_TRACES);
                if (measures && !apart)
                    y_str(y, NULL, span_metrics_name(app));
            }
        }
    if (apart)
        MAP(y, "traces/metrics") {
            emit_pipeline_receivers(y, app, role, SIGNAL_TRACES);
            emit_pipeline_processors(y, app, role, SIGNAL_TRACES, false);
            SEQ(y, "exporters")
                y_str(y, NULL, span_metrics_name(app));
        }
}

static void emit_pipeline(struct yaml_out *y, const struct hd_app *app, enum collector_role role, const char *name, unsigned signal)
{
    MAP(y, name) {
        emit_pipeline_receivers(y, app, role, signal);
        emit_pipeline_processors(y, app, role, signal, false);
        SEQ(y, "exporters")
            emit_pipeline_exporters(y, app, role, signal);
    }
}

void emit_pipelines(struct yaml_out *y, const struct hd_model *model, enum collector_role role)
{
    unsigned signals = collector_signals(model->app);

    MAP(y, "pipelines") {
        if (signals & SIGNAL_TRACES)
            emit_traces(y, model->app, role);
        if (signals & SIGNAL_METRICS)
            emit_pipeline(y, model->app, role, "metrics", SIGNAL_METRICS);
        if (signals & SIGNAL_LOGS)
            emit_pipeline(y, model->app, role, "logs", SIGNAL_LOGS);
    }
}
