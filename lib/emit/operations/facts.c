/*
 * scripts/application.tsv: what the scripts know of the application. A line is a word for what it is about, and its values,
 * with tabs between them and - for what is not there. It is read, never run, so that no value can become code.
 */
#include "../../model/operations.h"
#include "../../model/resolve.h"
#include "kinds.h"

#include <string.h>

/* A tab or a break in a value would begin another one; - is nothing. */
static void put_value(struct text_out *t, const char *value)
{
    text_put(t, "\t");
    if (!value || !*value || !strcmp(value, "-")) {
        text_put(t, "-");
        return;
    }
    for (; *value; value++) {
        bool is_text = (unsigned char)*value >= 0x20 && *value != 0x7f;

        text_putn(t, is_text ? value : " ", 1);
    }
}

static void put_line(struct text_out *t, const char *about, const char *const *values, size_t n_values)
{
    text_put(t, about);
    for (size_t i = 0; i < n_values; i++)
        put_value(t, values[i]);
    text_put(t, "\n");
}
#define PUT_LINE(t, about, ...) \
    put_line((t), (about), (const char *const[]){__VA_ARGS__}, sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

static void put_service(struct text_out *t, const struct hd_service *service)
{
    text_put(t, "service");
    put_value(t, service->name);
    put_value(t, enum_name(&hd_workload_enum, (int)service->workload));
    put_value(t, enum_name(&hd_runtime_enum, (int)service->runtime));
    text_put(t, "\t");
    text_int(t, least_replicas(service));
    text_put(t, "\t");
    text_int(t, most_replicas(service));
    text_put(t, "\n");
}

static void write_facts(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_app *app = subject->model->app;

    PUT_LINE(t, "application", app->name);
    PUT_LINE(t, "namespace", app->namespace_name);
    PUT_LINE(t, "environment", app->environment);
    PUT_LINE(t, "kubernetes", app->kubernetes_version);
    PUT_LINE(t, "host", app->host);
    PUT_LINE(t, "recovery", app->operations.recovery_point, app->operations.recovery_time);
    for (size_t i = 0; i < app->n_services; i++)
        put_service(t, &app->services[i]);
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_calls; k++)
            PUT_LINE(t, "call", app->services[i].name, app->services[i].calls[k].to);
}

static void plan_facts(struct hd_model *model, const struct file_row *row)
{
    file_add(model, row, "scripts/application.tsv", NULL, NULL);
}

const struct file_part scripts_part = {
    .info = {"scripts", "ops", "scripts that deploy the application and bring it back", "the model has operations"},
    .is_default = has_operations,
};

const struct file_row facts_row = {.part = &scripts_part, .plan_app = plan_facts, .text = write_facts};
