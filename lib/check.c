/* All rules, over the complete model. */
#include "environments.h"

#include "core/reporting/refuse.h"
#include "core/reporting/report.h"
#include "core/tables/check_fields.h"
#include "foreign/foreign.h"
#include "model/family.h"
#include "model/mesh.h"
#include "model/routing/parts.h"
#include "model/tables.h"
#include "patch/patch.h"
#include "plan/plan.h"
#include "resolve.h"

#include <hybriddeploy/check.h>

/* A service that is unpacked has another address soon, so its findings are located at once. */
static void check_given_service(struct checker *checker, struct field_rules *rules, size_t index)
{
    const struct hd_service *given = given_service_whole(checker->model, index, &checker->given_room, &checker->scratch);
    size_t n_findings = checker->report->n_findings;

    rules->workload = checker->app->services[index].workload;
    rules->workload_name = enum_name(&hd_workload_enum, (int)rules->workload);
    check_fields(rules, &hd_service_struct, given);
    if (checker->model->packed)
        report_locate_service(checker->report, n_findings, checker->model->given, given, index);
    arena_empty(&checker->scratch);
}

static const struct stand_in stand_ins[] = {
    {&hd_mesh_struct, "routing", "; routes without a mesh are written for gateway: CLASS, with the name of a GatewayClass"},
    {&hd_mesh_struct, "gateways", "; routes without a mesh are written for gateway: CLASS, with the name of a GatewayClass"},
    {0},
};

/* Field rules run only on the user's model: defaults are valid, or derive from a value that is already reported. */
static void check_given(struct checker *checker)
{
    const struct hd_app *given = checker->model->given;
    /* A mode that was not understood is no reason to refuse what needs one; nor is a mesh that is turned off in as many words. */
    bool mesh_is_known = given->mesh.mode ? given->mesh.mode != HD_MESH_OFF
                                          : !field_was_refused(&hd_mesh_struct, field_of(&hd_mesh_struct, "mode"), &given->mesh);
    struct field_rules rules = {.report = checker->report,
                                .kube_minor = checker->kube_minor,
                                .workloads = &hd_workload_enum,
                                .apart = &hd_service_struct,
                                .beside = &hd_named_container_struct,
                                .stand_ins = stand_ins};

    if (mesh_is_known)
        rules.mesh = mesh_is_on(checker->app)                                    ? checker->app->mesh.mode
                     : struct_is_set(&hd_app_gateway_struct, &given->gateway) ? HD_MESH_MODE_GATEWAY
                                                                              : HD_MESH_OFF;
    check_fields(&rules, &hd_app_struct, given);
    for (size_t i = 0; i < checker->app->n_services; i++)
        check_given_service(checker, &rules, i);
    rules.workload = 0;
    rules.partial = true;
    for (size_t i = 0; i < given->n_runtimes; i++)
        check_fields(&rules, &hd_service_struct, &given->runtimes[i]);
    if (checker->model->packed)
        report_locate_without_services(checker->report, given);
    else
        report_locate(checker->report, given);
}

static void check_whole(struct checker *checker)
{
    index_secrets(checker);
    check_application(checker);
    check_platform(checker);
    check_externals(checker);
    check_ingress(checker);
    check_gateways(checker);
    check_routes_reached(checker);
    check_loops(checker);
    check_chains(checker);
    check_node_ports_apart(checker);
    check_secrets(checker);
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->check_app)
            families[f]->check_app(checker);
    check_object_names(checker);
    check_foreign(checker);
    check_foreign_fields(checker);
}

static void check_service(struct checker *checker, const struct hd_service *service)
{
    check_runtime(checker, service);
    check_calls(checker, service);
    check_callers_of(checker, service);
    check_expose(checker, service);
    check_routes_of(checker, service);
    check_metrics(checker, service);
    check_ports(checker, service);
    check_reached(checker, service);
    check_secret_volumes(checker, service);
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->check_service)
            families[f]->check_service(checker, service);
}

/* Rules between members hold for the complete model. */
static void check_complete(struct checker *checker)
{
    check_whole(checker);
    for (size_t i = 0; i < checker->app->n_services; i++) {
        checker->report->service = &checker->app->services[i];
        check_service(checker, &checker->app->services[i]);
        arena_empty(&checker->scratch);
    }
    checker->report->service = NULL;
    check_secrets_used(checker);
    check_patches(checker);
    report_locate(checker->report, checker->app);
}

enum hd_status hd_check(const struct hd_model *model, struct hd_diagnostics *report)
{
    struct checker checker = {.model = model, .report = report};
    struct made made = {.type = &hd_gateway_struct, .from_type = &hd_app_gateway_struct};
    jmp_buf out_of_memory;
    size_t n_findings;

    if (!model || !report)
        return refuse_call(report, "hd_check() is given NULL for the model");
    n_findings = report->n_findings;
    checker.app = model->app;
    checker.kube_minor = model->kube_minor;
    report->arena.out_of_memory = &out_of_memory;
    arena_init(&checker.scratch, &out_of_memory);
    if (setjmp(out_of_memory)) {
        arena_free(&checker.scratch);
        report->n_sources = 0;
        report->made = NULL;
        return HD_NO_MEMORY;
    }
    report_environment(report, model_environment(model));
    check_given(&checker);
    if (model->own_gateway) {
        made.object = model->own_gateway;
        made.from = &model->app->gateway;
        report->made = &made;
    }
    check_complete(&checker);
    report->made = NULL;
    arena_free(&checker.scratch);
    forgive_for_environments(report, n_findings, model);
    if (model->was_refused && !report_has_errors(report, 0))
        hint(finding_in(report, HD_REFUSED_INPUT, NULL, 0, 0, NULL, "the model has errors, which were found when it was loaded or resolved"),
             "look at the diagnostics of hd_document_load() and hd_resolve(), or give one collection to all calls");
    report_finish(report);
    if (hd_diagnostics_errors(report))
        return HD_INVALID;
    /* The application stays as it is; only that its manifests may be written is noted. */
    ((struct hd_model *)model)->is_valid = true;
    return HD_OK;
}

enum hd_status hd_validate(const struct hd_app *app, const struct hd_resolve_options *options, struct hd_diagnostics *report)
{
    struct hd_model *model;
    enum hd_status status = resolve(app, options, report, &model, false);

    if (status != HD_OK)
        return status;
    status = hd_check(model, report);
    hd_model_free(model);
    return status;
}
