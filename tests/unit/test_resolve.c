/* core/layer, model/resolve and model/graph: what is left out is filled in, on a copy, from the right layer. */
#include "findings.h"

#include "core/tables/layer.h"
#include "model/model.h"

#include <string.h>

static jmp_buf out_of_memory;

static void what_is_there_stays(void **state)
{
    const struct hd_service layer = {
        .replicas = HD_INT(5), .container = {HD_STRINGS(command, "a", "b"), .working_dir = "/x"}, .min_ready_seconds = HD_INT(7)};
    struct hd_service service = {.replicas = HD_INT(0), .container = {HD_STRINGS(command, "c")}};
    struct arena arena;

    (void)state;
    arena_init(&arena, &out_of_memory);
    layer_fill(&arena, &hd_service_struct, &service, &layer, HD_WORKLOAD_DEPLOYMENT);
    assert_true(service.replicas.set && service.replicas.value == 0);
    assert_int_equal(service.container.n_command, 1);
    assert_string_equal(service.container.working_dir, "/x");
    assert_int_equal(service.min_ready_seconds.value, 7);
    arena_free(&arena);
}

static void keyed_lists_are_merged_by_key(void **state)
{
    const struct hd_container layer = {HD_LIST(env, struct hd_env, {.name = "A", .value = "layer"}, {.name = "B", .value = "layer"})};
    struct hd_container container = {HD_LIST(env, struct hd_env, {.name = "C", .value = "own"}, {.name = "A", .value = "own"})};
    struct arena arena;

    (void)state;
    arena_init(&arena, &out_of_memory);
    layer_fill(&arena, &hd_container_struct, &container, &layer, 0);
    assert_int_equal(container.n_env, 3);
    assert_string_equal(container.env[0].name, "C");
    assert_string_equal(container.env[1].value, "own");
    assert_string_equal(container.env[2].name, "B");
    arena_free(&arena);
}

static void of_a_choice_one_is_taken(void **state)
{
    static const struct hd_disruption_budget layer = {.enabled = HD_TRUE, .max_unavailable = "1"};
    struct hd_disruption_budget budget = {.min_available = "50%"};
    struct arena arena;

    (void)state;
    arena_init(&arena, &out_of_memory);
    layer_fill(&arena, &hd_disruption_budget_struct, &budget, &layer, 0);
    assert_string_equal(budget.min_available, "50%");
    assert_null(budget.max_unavailable);
    arena_free(&arena);
}

static void what_is_off_stays_off(void **state)
{
    static const struct hd_autoscaling layer = {.enabled = HD_TRUE, .min_replicas = 2, .max_replicas = 10};
    struct hd_autoscaling autoscaling = {.enabled = HD_FALSE};
    struct arena arena;

    (void)state;
    arena_init(&arena, &out_of_memory);
    layer_fill(&arena, &hd_autoscaling_struct, &autoscaling, &layer, 0);
    assert_int_equal(autoscaling.enabled, HD_FALSE);
    assert_int_equal(autoscaling.min_replicas, 0);
    layer_defaults(&arena, &hd_autoscaling_struct, &autoscaling, NULL, NULL);
    assert_int_equal(autoscaling.min_replicas, 0);
    arena_free(&arena);
}

static void members_of_other_kinds_are_passed_over(void **state)
{
    static const struct hd_service layer = {.progress_deadline_seconds = 100, .job = {.backoff_limit = HD_INT(3)}};
    struct hd_service deployment = {.name = "web"}, job = {.name = "job"};
    struct arena arena;

    (void)state;
    arena_init(&arena, &out_of_memory);
    layer_fill(&arena, &hd_service_struct, &deployment, &layer, HD_WORKLOAD_DEPLOYMENT);
    layer_fill(&arena, &hd_service_struct, &job, &layer, HD_WORKLOAD_JOB);
    assert_int_equal(deployment.progress_deadline_seconds, 100);
    assert_false(deployment.job.backoff_limit.set);
    assert_int_equal(job.progress_deadline_seconds, 0);
    assert_true(job.job.backoff_limit.set);
    arena_free(&arena);
}

/* A shop of which every layer says something. */
static const struct hd_service runtimes[] = {
    {.name = "codon",
     .container = {.resources = {HD_LIST(requests, struct hd_quantity, {.name = "cpu", .amount = "3"})}},
     .autoscaling = {.enabled = HD_TRUE, .min_replicas = 3}},
};
static const struct hd_service services[] = {
    {.name = "web", .runtime = "cpython", HD_LIST(calls, struct hd_call, {.to = "api"}, {.to = "db"})},
    {.name = "api", .runtime = "condon", .container = {HD_LIST(ports, struct hd_port, {.name = "http", .port = 9000})}},
    {.name = "fixed", .runtime = "cpython", .replicas = HD_INT(4)},
    {.name = "nightly", .runtime = "cpython", .job = {.schedule = "@daily"}},
};
static const struct hd_external externals[] = {
    {.name = "db", .namespace_name = "database", HD_LIST(ports, struct hd_external_port, {.port = 5432})},
};
static const struct hd_app shop = {
    .abi = HD_ABI,
    .name = "shop",
    .image_tag = "1",
    .services = services,
    .n_services = 4,
    .externals = externals,
    .n_externals = 1,
    .runtimes = runtimes,
    .n_runtimes = 1,
};

struct resolved {
    struct hd_diagnostics *report;
    struct hd_model *model;
    const struct hd_app *app;
};

static int resolve(void **state)
{
    struct resolved *resolved = calloc(1, sizeof *resolved);

    resolved->report = hd_diagnostics_new(NULL);
    assert_int_equal(hd_resolve(&shop, NULL, resolved->report, &resolved->model), HD_OK);
    resolved->app = hd_model_app(resolved->model);
    *state = resolved;
    return 0;
}

static int forget(void **state)
{
    struct resolved *resolved = *state;

    hd_model_free(resolved->model);
    hd_diagnostics_free(resolved->report);
    free(resolved);
    return 0;
}

static const char *amount(const struct hd_quantity *quantities, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(quantities[i].name, name))
            return quantities[i].amount;
    return "";
}

static void each_runtime_has_its_defaults(void **state)
{
    const struct hd_app *app = ((struct resolved *)*state)->app;
    const struct hd_service *web = &app->services[0], *api = &app->services[1];
    const struct hd_resources *web_resources = &web->container.resources, *api_resources = &api->container.resources;

    assert_string_equal(app->namespace_name, "shop");
    assert_int_equal(app->pod_security, HD_POD_SECURITY_RESTRICTED);
    assert_int_equal(web->workload, HD_WORKLOAD_DEPLOYMENT);
    assert_string_equal(amount(web_resources->requests, web_resources->n_requests, "cpu"), "250m");
    assert_string_equal(amount(web_resources->limits, web_resources->n_limits, "memory"), "512Mi");
    assert_int_equal(web->autoscaling.min_replicas, 2);
    assert_int_equal(web->autoscaling.max_replicas, 10);
    assert_int_equal(web->container.ports[0].port, 8000);
    /* The user's runtime goes before the library's, which gives what that leaves out. */
    assert_string_equal(amount(api_resources->requests, api_resources->n_requests, "cpu"), "3");
    assert_string_equal(amount(api_resources->requests, api_resources->n_requests, "memory"), "1Gi");
    assert_int_equal(api->autoscaling.min_replicas, 3);
    assert_int_equal(api->autoscaling.max_replicas, 6);
    assert_int_equal(api->container.n_ports, 1);
    assert_int_equal(api->container.ports[0].port, 9000);
}

static void a_fixed_number_turns_autoscaling_off(void **state)
{
    const struct hd_service *fixed = &((struct resolved *)*state)->app->services[2];

    assert_int_equal(fixed->replicas.value, 4);
    assert_int_not_equal(fixed->autoscaling.enabled, HD_TRUE);
}

static void a_schedule_makes_a_cron_job(void **state)
{
    const struct hd_service *nightly = &((struct resolved *)*state)->app->services[3];

    assert_int_equal(nightly->workload, HD_WORKLOAD_CRON_JOB);
    assert_string_equal(nightly->job.restart_policy, "Never");
    assert_int_not_equal(nightly->autoscaling.enabled, HD_TRUE);
    assert_false(nightly->replicas.set);
}

static void the_given_model_is_as_it_was(void **state)
{
    (void)state;
    assert_null(services[0].container.ports);
    assert_int_equal(services[0].workload, HD_WORKLOAD_UNSET);
    assert_null(shop.namespace_name);
}

static bool leads(const struct hd_model *model, size_t from, const char *to, int64_t port, const char *reason)
{
    const struct hd_service *service = &model->app->services[from];

    for (size_t i = 0; i < graph_n_out(model, service); i++) {
        const struct edge *edge = graph_out(model, service, i);

        assert_ptr_equal(edge->from->service, service);
        if (!strcmp(edge->to->name, to) && !strcmp(edge->reason, reason) && edge->ports[0].number == port)
            return true;
    }
    return false;
}

static void calls_are_edges(void **state)
{
    const struct hd_model *model = ((struct resolved *)*state)->model;
    const struct hd_service *api = &model->app->services[1];
    bool from_web = false;

    assert_true(leads(model, 0, "api", 9000, "call"));
    assert_true(leads(model, 0, "db", 5432, "call"));
    assert_true(leads(model, 0, "dns", 53, "dns"));
    assert_false(leads(model, 1, "web", 8000, "call"));
    assert_false(leads(model, 1, "db", 5432, "call"));
    for (size_t i = 0; i < graph_n_in(model, api); i++) {
        assert_ptr_equal(graph_in(model, api, i)->to->service, api);
        from_web |= graph_in(model, api, i)->from->service == &model->app->services[0];
    }
    assert_true(from_web);
}

static void options_replace(void **state)
{
    struct hd_resolve_options options = {.size = sizeof options, .kubernetes_version = "1.27", .namespace_name = "other"};
    struct hd_diagnostics *report = hd_diagnostics_new(NULL);
    struct hd_app wrong = shop;
    struct hd_model *model = NULL;

    (void)state;
    assert_int_equal(hd_resolve(&shop, &options, report, &model), HD_OK);
    assert_string_equal(hd_model_app(model)->kubernetes_version, "1.27");
    assert_string_equal(hd_model_app(model)->namespace_name, "other");
    hd_model_free(model);
    model = NULL;
    options.kubernetes_version = "27";
    assert_int_equal(hd_resolve(&shop, &options, report, &model), HD_BAD_CALL);
    wrong.abi = (const struct hd_layout *)2;
    assert_int_equal(hd_resolve(&wrong, NULL, report, &model), HD_BAD_CALL);
    assert_int_equal(hd_resolve(NULL, NULL, report, &model), HD_BAD_CALL);
    assert_null(model);
    hd_diagnostics_free(report);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, resolve, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_there_stays),
        cmocka_unit_test(keyed_lists_are_merged_by_key),
        cmocka_unit_test(of_a_choice_one_is_taken),
        cmocka_unit_test(what_is_off_stays_off),
        cmocka_unit_test(members_of_other_kinds_are_passed_over),
        TEST(each_runtime_has_its_defaults),
        TEST(a_fixed_number_turns_autoscaling_off),
        TEST(a_schedule_makes_a_cron_job),
        TEST(the_given_model_is_as_it_was),
        TEST(calls_are_edges),
        cmocka_unit_test(options_replace),
    };

    if (setjmp(out_of_memory))
        return 1;
    return RUN(tests);
}
