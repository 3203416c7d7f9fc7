/* plan and generate: which manifests there are, in which order, and how they are written. */
#include "findings.h"

#include <ctype.h>

static const struct hd_service services[] = {
    {.name = "web", .runtime = "cpython", HD_LIST(expose, struct hd_exposure, {.path = "/"})},
    {.name = "api", .runtime = "condon"},
};
static const struct hd_app shop = {
    .abi = HD_ABI, .name = "shop", .image_tag = "1", .host = "shop.example.com", .services = services, .n_services = 2};

struct output {
    char *text;
    size_t length, calls, calls_allowed;
};

static int collect(void *user, const char *text, size_t length)
{
    struct output *output = user;

    if (++output->calls > output->calls_allowed && output->calls_allowed)
        return 1;
    output->text = realloc(output->text, output->length + length + 1);
    memcpy(output->text + output->length, text, length);
    output->length += length;
    output->text[output->length] = '\0';
    return 0;
}

struct generation {
    struct hd_diagnostics *report;
    struct hd_model *model;
    struct output output;
};

static int set_up(void **state)
{
    struct generation *generation = calloc(1, sizeof *generation);

    generation->report = hd_diagnostics_new(NULL);
    assert_int_equal(hd_resolve(&shop, NULL, generation->report, &generation->model), HD_OK);
    *state = generation;
    return 0;
}

static int tear_down(void **state)
{
    struct generation *generation = *state;

    hd_model_free(generation->model);
    hd_diagnostics_free(generation->report);
    free(generation->output.text);
    free(generation);
    return 0;
}

static const char *generate(struct generation *generation, struct hd_generate_options options)
{
    free(generation->output.text);
    generation->output = (struct output){.text = calloc(1, 1)};
    options.size = sizeof options;
    assert_int_equal(hd_generate(generation->model, &options, generation->report, collect, &generation->output), HD_OK);
    return generation->output.text;
}

static size_t count(const char *text, const char *piece)
{
    size_t n = 0;

    for (text = strstr(text, piece); text; text = strstr(text + 1, piece))
        n++;
    return n;
}

static void manifests_in_order(void **state)
{
    const struct hd_model *model = ((struct generation *)*state)->model;
    size_t n_manifests = hd_manifest_count(model);

    assert_true(n_manifests > 8);
    assert_null(hd_manifest_at(model, n_manifests));
    assert_string_equal(hd_manifest_at(model, 0)->kind, "Namespace");
    for (size_t i = 0; i < n_manifests; i++) {
        const struct hd_manifest *manifest = hd_manifest_at(model, i);

        for (const char *p = manifest->file_name; *p; p++)
            assert_true(islower(*p) || isdigit(*p) || strchr("-.", *p));
        assert_int_equal(strncmp(manifest->file_name, i ? hd_manifest_at(model, i - 1)->file_name : "", 2) >= 0, 1);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(manifest->file_name, hd_manifest_at(model, k)->file_name);
    }
}

/* Every kind that is planned stands in the list of kinds. */
static void kinds(void **state)
{
    const struct hd_model *model = ((struct generation *)*state)->model;

    for (size_t i = 0; i < hd_manifest_count(model); i++) {
        const struct hd_manifest *manifest = hd_manifest_at(model, i);
        bool listed = false;

        for (size_t k = 0; hd_kind_at(k); k++)
            listed |= !strcmp(hd_kind_at(k)->kind, manifest->kind) && !strcmp(hd_kind_at(k)->group, manifest->group) &&
                      !strcmp(hd_kind_at(k)->version, manifest->version);
        assert_true(listed);
    }
}

static void formats(void **state)
{
    struct generation *generation = *state;
    size_t n_manifests = hd_manifest_count(generation->model);

    assert_int_equal(count(generate(generation, (struct hd_generate_options){.format = HD_FORMAT_YAML}), "---\n"), n_manifests);
    assert_int_equal(count(generate(generation, (struct hd_generate_options){.format = HD_FORMAT_JSON}), "}\n"), n_manifests);
    generate(generation, (struct hd_generate_options){.format = HD_FORMAT_LIST});
    assert_int_equal(strncmp(generation->output.text, "apiVersion: v1\nkind: List\nitems:\n- ", 35), 0);
    assert_int_equal(count(generation->output.text, "\n- apiVersion:"), n_manifests);
}

static void one_by_one_is_all_at_once(void **state)
{
    struct generation *generation = *state;
    struct output pieces = {.text = calloc(1, 1)};

    assert_int_equal(hd_check(generation->model, generation->report), HD_OK);
    for (size_t i = 0; i < hd_manifest_count(generation->model); i++)
        assert_int_equal(hd_manifest_write(generation->model, i, HD_FORMAT_YAML, collect, &pieces), HD_OK);
    assert_string_equal(pieces.text, generate(generation, (struct hd_generate_options){.format = HD_FORMAT_YAML}));
    free(pieces.text);
}

static void only(void **state)
{
    static const char *const kind[] = {"deployment"}, *const one[] = {"Deployment/api", "namespace"}, *const none[] = {"StatefulSet"};
    struct generation *generation = *state;
    const char *text = generate(generation, (struct hd_generate_options){.only = kind, .n_only = 1});

    assert_int_equal(count(text, "---\n"), 2);
    assert_int_equal(count(text, "kind: Deployment\n"), 2);
    text = generate(generation, (struct hd_generate_options){.only = one, .n_only = 2});
    assert_int_equal(count(text, "---\n"), 2);
    assert_int_equal(count(text, "kind: Namespace\n"), 1);
    assert_int_equal(count(text, "\n  name: api\n"), 1);
    assert_string_equal(generate(generation, (struct hd_generate_options){.only = none, .n_only = 1}), "");
}

static void a_sink_that_stops(void **state)
{
    struct generation *generation = *state;
    struct output stopped = {.calls = 5, .calls_allowed = 5};

    assert_int_equal(hd_generate(generation->model, NULL, generation->report, collect, &stopped), HD_UNWRITABLE);
    assert_int_equal(stopped.calls, 6);
    stopped.calls = 5;
    assert_int_equal(hd_manifest_write(generation->model, 0, HD_FORMAT_JSON, collect, &stopped), HD_UNWRITABLE);
    free(stopped.text);
}

static void a_wrong_model_is_not_written(void **state)
{
    struct generation *generation = *state;
    static const struct hd_service twice[] = {{.name = "web", .runtime = "cpython"},
                                              {.name = "web", .runtime = "cpython"}};
    struct hd_app wrong = shop;
    struct hd_model *model;

    wrong.services = twice;
    assert_int_equal(hd_resolve(&wrong, NULL, generation->report, &model), HD_OK);
    assert_int_equal(hd_generate(model, NULL, generation->report, collect, &generation->output), HD_INVALID);
    assert_int_equal(generation->output.calls, 0);
    assert_true(hd_diagnostics_errors(generation->report) > 0);
    hd_model_free(model);
}

static void wrong_calls(void **state)
{
    struct generation *generation = *state;
    struct hd_generate_options options = {.size = 3};

    assert_int_equal(hd_generate(NULL, NULL, generation->report, collect, &generation->output), HD_BAD_CALL);
    assert_int_equal(hd_generate(generation->model, NULL, generation->report, NULL, NULL), HD_BAD_CALL);
    assert_int_equal(hd_generate(generation->model, NULL, NULL, collect, &generation->output), HD_BAD_CALL);
    assert_int_equal(hd_generate(generation->model, &options, generation->report, collect, &generation->output), HD_BAD_CALL);
    assert_int_equal(hd_manifest_write(generation->model, 100000, HD_FORMAT_YAML, collect, &generation->output), HD_BAD_CALL);
    assert_int_equal(hd_manifest_write(generation->model, 0, HD_FORMAT_LIST, collect, &generation->output), HD_BAD_CALL);
    assert_int_equal(generation->output.calls, 0);
}

/* A text within a text, longer than what a writer keeps at once. */
static void a_long_configuration(void **state)
{
    enum { MANY = 600 };
    static char names[MANY][24];
    static struct hd_exporter exporters[MANY];
    struct hd_app app = shop;
    struct generation *generation = *state;
    const char *text, *at;

    for (int i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "a-long-exporter-%03d", i);
        exporters[i] = (struct hd_exporter){.name = names[i], .type = "otlp", .endpoint = "tempo.observability:4317"};
    }
    app.image_registry = "registry.example.com";
    app.telemetry.collector.exporters = exporters;
    app.telemetry.collector.n_exporters = MANY;
    hd_model_free(generation->model);
    assert_int_equal(hd_resolve(&app, NULL, generation->report, &generation->model), HD_OK);
    text = at = generate(generation, (struct hd_generate_options){.only = (const char *const[]){"ConfigMap"}, .n_only = 1});
    assert_in_range(strlen(text), 70000, 1000000);
    assert_non_null(strstr(text, "    receivers:\n      otlp:\n"));
    for (int i = 0; i < MANY; i++) {
        char line[96];

        snprintf(line, sizeof line, "      otlp_grpc/%.23s:\n        endpoint: tempo.observability:4317\n", names[i]);
        at = strstr(at, line);
        assert_non_null(at);
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(manifests_in_order),           TEST(kinds),       TEST(formats),
        TEST(one_by_one_is_all_at_once),    TEST(only),        TEST(a_sink_that_stops),
        TEST(a_wrong_model_is_not_written), TEST(wrong_calls), TEST(a_long_configuration),
    };

    return RUN(tests);
}
