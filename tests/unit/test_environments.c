/* Environments in a program: which there are, the model for one of them, and one collection for the findings of several. */
#include "findings.h"

static const char model[] = "name: shop\n"
                            "imageTag: \"1.0\"\n"
                            "services:\n"
                            "  web: {runtime: cpython, calls: [{to: api, timeout: 2s}]}\n"
                            "  api: {runtime: cpython, replicas: 3}\n"
                            "environments:\n"
                            "  staging: {services: {api: {replicas: 2}}}\n"
                            "  production: {mesh: sidecar, environment: live, services: {api: {replica: 5, ports: 70000}}}\n";

static struct hd_document *document;
static struct hd_diagnostics *report;

static enum hd_status load(const char *text, const char *environment)
{
    const struct hd_load_options options = {.size = sizeof options, .environment = environment};

    return hd_document_load(&(struct hd_source){.name = "shop.yaml", .text = text, .length = strlen(text)}, 1, &options, report, &document);
}

static int set_up(void **state)
{
    (void)state;
    document = NULL;
    report = hd_diagnostics_new(NULL);
    return !report;
}

static int tear_down(void **state)
{
    (void)state;
    hd_document_free(document);
    hd_diagnostics_free(report);
    return 0;
}

static void names_and_sources(void **state)
{
    const char *const *names;
    const struct hd_source *sources;
    size_t n;

    (void)state;
    assert_int_equal(load(model, "staging"), HD_OK);
    assert_int_equal(hd_document_environments(document, &names, &n), HD_OK);
    assert_int_equal(n, 2);
    assert_string_equal(names[0], "staging");
    assert_string_equal(names[1], "production");
    sources = hd_document_sources(document, &n);
    assert_int_equal(n, 1);
    assert_string_equal(sources[0].name, "shop.yaml");
    assert_string_equal(sources[0].text, model);
    assert_int_equal(sources[0].length, sizeof model - 1);
    assert_int_equal(hd_document_environments(NULL, &names, &n), HD_BAD_CALL);
    assert_int_equal(hd_document_environments(document, NULL, &n), HD_BAD_CALL);
    assert_int_equal(hd_document_environments(document, &names, NULL), HD_BAD_CALL);
    assert_null(hd_document_sources(NULL, &n));
    assert_null(hd_document_sources(document, NULL));
}

static void one_environment(void **state)
{
    static const struct {
        const char *environment, *label;
        int64_t replicas;
    } table[] = {{NULL, NULL, 3}, {"base", NULL, 3}, {"staging", "staging", 2}, {"production", "live", 3}};

    for (size_t i = 0; i < LENGTH(table); i++) {
        const struct hd_app *app;

        assert_int_equal(load(model, table[i].environment), HD_OK);
        app = hd_document_app(document);
        assert_int_equal(app->services[1].replicas.value, table[i].replicas);
        if (table[i].label)
            assert_string_equal(app->environment, table[i].label);
        else
            assert_null(app->environment);
        hd_document_free(document);
        document = NULL;
        hd_diagnostics_clear(report);
    }
    (void)state;
}

static void no_such_environment(void **state)
{
    (void)state;
    assert_int_equal(load(model, "productoin"), HD_UNREADABLE);
    assert_null(document);
    assert_findings(report, "6:1 HD_NO_ENVIRONMENT environments\n");
    assert_string_equal(hd_diagnostics_get(report, 0)->hint, "did you mean production?");
}

/* Loads and checks the model for all environments, with one collection. */
static void check_all(const char *text, const char *const *environments, size_t n)
{
    struct hd_document *documents[4];
    struct hd_model *models[4];

    for (size_t i = 0; i < n; i++) {
        assert_int_equal(load(text, environments[i]), HD_OK);
        documents[i] = document;
        assert_int_equal(hd_resolve(hd_document_app(document), NULL, report, &models[i]), HD_OK);
        hd_check(models[i], report);
    }
    document = NULL;
    for (size_t i = 0; i < n; i++) {
        hd_model_free(models[i]);
        hd_document_free(documents[i]);
    }
}

static void one_collection_for_several(void **state)
{
    static const char *const environments[] = {NULL, "staging", "production"};
    const struct hd_diagnostic *diagnostic;

    (void)state;
    check_all(model, environments, 3);
    assert_findings(report, "8:67 HD_UNKNOWN_KEY services.api.replica\n8:86 HD_OUT_OF_RANGE services.api.ports[0].port\n");
    for (size_t i = 0; i < 2; i++) {
        diagnostic = hd_diagnostics_get(report, i);
        assert_int_equal(diagnostic->n_environments, 1);
        assert_string_equal(diagnostic->environments[0], "production");
    }
    assert_int_equal(hd_diagnostics_errors(report), 2);
}

static void what_all_have_names_none(void **state)
{
    static const char *const environments[] = {NULL, "staging", "production"};
    static const char text[] = "name: shop\nimageTag: \"1.0\"\n"
                               "services:\n"
                               "  web: {runtime: cpython, calls: [{to: api, timeout: 2s}, nobody]}\n"
                               "  api: {runtime: cpython}\n"
                               "environments: {staging: {}, production: {services: {web: {calls: [nobody]}}}}\n";
    const struct hd_diagnostic *diagnostic;

    (void)state;
    check_all(text, environments, 3);
    assert_findings(report, "4:54 HD_NEEDS_MESH services.web.calls[0].timeout\n"
                            "4:59 HD_CALL_TO_NOBODY services.web.calls[1].to\n"
                            "6:67 HD_CALL_TO_NOBODY services.web.calls[0].to\n");
    diagnostic = hd_diagnostics_get(report, 1);
    assert_int_equal(diagnostic->n_environments, 2);
    assert_string_equal(diagnostic->environments[0], "base");
    assert_string_equal(diagnostic->environments[1], "staging");
    hd_diagnostics_clear(report);
    check_all(text, environments, 2);
    assert_int_equal(hd_diagnostics_count(report), 2);
    assert_int_equal(hd_diagnostics_get(report, 0)->n_environments, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_and_sources, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_environment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_such_environment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_collection_for_several, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_all_have_names_none, set_up, tear_down),
    };

    return RUN(tests);
}
