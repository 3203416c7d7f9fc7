/* runbook.md: parts of the application, checks for each trouble, and one entry for each alert, with the application's own names. */
#include "runbook.h"

#include "core/text/among.h"
#include "core/writing/quote.h"
#include "kinds.h"
#include "model/resolve.h"
#include "model/route.h"
#include "model/tables.h"
#include "operations/model/operations.h"

#include <string.h>

void begin_commands(struct text_out *t)
{
    text_put(t, "\n```sh\n");
}

void end_commands(struct text_out *t)
{
    text_put(t, "```\n");
}

void put_kubectl(struct text_out *t, const struct hd_app *app)
{
    text_put(t, "kubectl --namespace ", app->namespace_name, " ");
}

const char *workload_resource(const struct hd_service *service)
{
    static const char *const resources[] = {[HD_WORKLOAD_DEPLOYMENT] = "deployment",
                                            [HD_WORKLOAD_STATEFUL_SET] = "statefulset",
                                            [HD_WORKLOAD_DAEMON_SET] = "daemonset",
                                            [HD_WORKLOAD_JOB] = "job",
                                            [HD_WORKLOAD_CRON_JOB] = "cronjob"};

    return resources[service->workload];
}

static void put_pods(struct text_out *t, const struct hd_service *service)
{
    if (service->workload == HD_WORKLOAD_DAEMON_SET) {
        text_put(t, "one a node");
        return;
    }
    if (runs_to_end(service) && !is_scaled_job(service)) {
        text_put(t, service->job.schedule ? "at " : "one run");
        if (service->job.schedule)
            text_markdown(t, service->job.schedule);
        return;
    }
    if (is_scaled_job(service))
        text_put(t, "runs at once, by triggers: ");
    text_int(t, least_replicas(service));
    if (most_replicas(service) > least_replicas(service)) {
        text_put(t, " to ");
        text_int(t, most_replicas(service));
    }
}

static void write_services(struct text_out *t, const struct hd_app *app)
{
    text_put(t, "\n## What there is\n\n| service | kind | runtime | pods | calls | reached from outside as |\n|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < app->n_services; i++) {
        const struct hd_service *service = &app->services[i];

        text_put(t, "| ", service->name, " | ", enum_name(&hd_workload_enum, (int)service->workload), " | ",
                 service->runtime ? service->runtime : service->base, " | ");
        put_pods(t, service);
        text_put(t, " | ");
        for (size_t k = 0; k < service->n_calls; k++)
            text_put(t, k ? ", " : "", service->calls[k].to);
        text_put(t, " | ");
        for (size_t k = 0; k < service->n_expose; k++)
            for (size_t h = 0; h < exposure_n_hosts(&service->expose[k]); h++) {
                const char *host = exposure_host(&service->expose[k], h);

                text_put(t, k || h ? ", " : "");
                text_markdown(t, text_or(host, ""));
                text_markdown(t, service->expose[k].path);
            }
        text_put(t, " |\n");
    }
    if (app->n_externals)
        text_put(t, "\nOutside the application, and called by it:");
    for (size_t i = 0; i < app->n_externals; i++)
        text_put(t, i ? ", " : " ", app->externals[i].name);
    text_put(t, app->n_externals ? ".\n" : "");
}

static void write_promises(struct text_out *t, const struct hd_app *app)
{
    const struct hd_operations *operations = &app->operations;

    if (operations->enabled != HD_TRUE || (!operations->recovery_point && !operations->recovery_time))
        return;
    text_put(t, "\n## What is promised\n\n");
    if (operations->recovery_point)
        text_put(t, "- At most ", operations->recovery_point, " of work may be lost.\n");
    if (operations->recovery_time)
        text_put(t, "- The application is back after at most ", operations->recovery_time, ".\n");
}

static void write_first_look(struct text_out *t, const struct hd_app *app)
{
    text_put(t, "\n## First look\n\nFrom the folder that this runbook stands in: what is not as it should be, and what happened last.\n");
    begin_commands(t);
    text_put(t, "scripts/deploy-hybrid.sh status\nscripts/deploy-hybrid.sh verify\n");
    put_kubectl(t, app);
    text_put(t, "get deployments,statefulsets,daemonsets,jobs,pods --output wide\n");
    put_kubectl(t, app);
    text_put(t, "get events --sort-by .lastTimestamp --field-selector type!=Normal\n");
    put_kubectl(t, app);
    text_put(t, "get horizontalpodautoscalers,poddisruptionbudgets,persistentvolumeclaims\n");
    end_commands(t);
}

static void write_runbook(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_app *app = subject->model->app;

    text_put(t, "# Runbook of ", app->name, "\n\nNamespace ", app->namespace_name, ", Kubernetes ", app->kubernetes_version);
    if (app->environment) {
        text_put(t, ", environment ");
        text_markdown(t, app->environment);
    }
    text_put(t, ". Written by hybriddeploy: change the model, not this file.\n");
    write_services(t, app);
    write_promises(t, app);
    write_first_look(t, app);
    write_troubles(t, subject);
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->write_runbook)
            families[f]->write_runbook(t, subject);
}

static void plan_runbook(struct hd_model *model, const struct file_row *row)
{
    file_add(model, row, "runbook.md", NULL, NULL);
}

const struct file_part runbook_part = {
    .info = {"runbook", "ops", "what to do when something is wrong, in Markdown", "the model has operations"},
    .is_default = has_operations,
};

const struct file_row runbook_row = {.part = &runbook_part, .plan_app = plan_runbook, .text = write_runbook};
