/* The values of a complete model, each with where it came from, as data. */
#include "cmocka_test.h"

#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <string.h>

static const char text[] = "name: shop\n"
                           "imageRegistry: registry.example.com\n"
                           "imageTag: \"1.2\"\n"
                           "labels: {example.com/team: core}\n"
                           "runtimes:\n"
                           "  condon: {replicas: 4, env: {LEVEL: info}}\n"
                           "services:\n"
                           "  web:\n"
                           "    runtime: condon\n"
                           "    args: [--quiet, --port=80]\n"
                           "    env:\n"
                           "      COLOR: blue\n"
                           "  api:\n"
                           "    runtime: condon\n"
                           "    metrics: false\n";
static const char *const sets[] = {"services.api.replicas=7"};

static struct hd_diagnostics *report;
static struct hd_document *document;
static struct hd_model *model;

static int set_up(void **state)
{
    const struct hd_source source = {.name = "shop.yaml", .text = text, .length = sizeof text - 1};
    const struct hd_load_options load = {.size = sizeof load, .sets = sets, .n_sets = 1};
    const struct hd_resolve_options resolve = {.size = sizeof resolve, .kubernetes_version = "1.31"};

    (void)state;
    report = hd_diagnostics_new(NULL);
    assert_int_equal(hd_document_load(&source, 1, &load, report, &document), HD_OK);
    assert_int_equal(hd_resolve(hd_document_app(document), &resolve, report, &model), HD_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    hd_model_free(model);
    hd_document_free(document);
    hd_diagnostics_free(report);
    return 0;
}

struct text {
    char text[2000];
    size_t length;
    size_t n_values;
};

static void add(struct text *all, const char *piece, size_t length)
{
    assert_true(all->length + length < sizeof all->text);
    memcpy(all->text + all->length, piece, length);
    all->length += length;
}

static int collect(void *user, const char *piece, size_t length)
{
    add(user, piece, length);
    return 0;
}

static int collect_value(void *user, const struct hd_value *value)
{
    struct text *all = user;
    char line[512];

    snprintf(line, sizeof line, "%s=%s kind %d origin %d %s %s:%d:%d\n", value->path, value->text ? value->text : "NULL", (int)value->kind,
             (int)value->origin, value->from ? value->from : "-", value->file ? value->file : "-", (int)value->line, (int)value->column);
    add(all, line, strlen(line));
    all->n_values++;
    return 0;
}

static void is_explained(const char *path, const char *expected)
{
    struct text all = {.length = 0};

    assert_int_equal(hd_explain_values(model, path, collect_value, &all), HD_OK);
    assert_string_equal(all.text, expected);
}

static void each_origin(void **state)
{
    (void)state;
    is_explained("name", "name=shop kind 1 origin 1 - shop.yaml:1:7\n");
    is_explained("namespace", "namespace=shop kind 1 origin 5 name of the application -:0:0\n");
    is_explained("kubernetesVersion", "kubernetesVersion=1.31 kind 1 origin 2 - -:0:0\n");
    is_explained("podSecurity", "podSecurity=restricted kind 5 origin 4 - -:0:0\n");
    is_explained("labels", "labels[\"example.com/team\"]=core kind 1 origin 1 - shop.yaml:4:28\n");
    is_explained("services.web.replicas", "services.web.replicas=4 kind 3 origin 3 condon shop.yaml:6:22\n");
    is_explained("services.api.replicas", "services.api.replicas=7 kind 3 origin 1 - --set services.api.replicas=7:1:29\n");
    is_explained("services.web.args", "services.web.args[0]=--quiet kind 1 origin 1 - shop.yaml:10:12\n"
                                      "services.web.args[1]=--port=80 kind 1 origin 1 - shop.yaml:10:21\n");
    is_explained("services.web.image.tag", "services.web.image.tag=1.2 kind 1 origin 5 imageTag -:0:0\n");
    is_explained("services.api.metrics.enabled", "services.api.metrics.enabled=false kind 4 origin 1 - shop.yaml:15:14\n");
    is_explained("services.web.env.LEVEL", "services.web.env.LEVEL.value=info kind 1 origin 3 condon shop.yaml:6:38\n");
}

/* Each path gives back its value alone. */
static int ask_again(void *user, const struct hd_value *value)
{
    struct text *all = user, one = {.length = 0};

    all->n_values++;
    assert_int_equal(hd_explain_values(model, value->path, collect_value, &one), HD_OK);
    if (one.n_values != 1 || strncmp(one.text, value->path, strlen(value->path)) != 0)
        fail_msg("%s gives %s", value->path, one.text);
    return 0;
}

static void paths_lead_back(void **state)
{
    struct text all = {.length = 0};

    (void)state;
    assert_int_equal(hd_explain_values(model, NULL, ask_again, &all), HD_OK);
    assert_true(all.n_values > 100);
}

static void as_json(void **state)
{
    struct text all = {.length = 0};

    (void)state;
    assert_int_equal(hd_explain_json(model, "services.web.replicas", collect, &all), HD_OK);
    assert_int_equal(hd_explain_json(model, "services.api.metrics.enabled", collect, &all), HD_OK);
    assert_int_equal(hd_explain_json(model, "labels", collect, &all), HD_OK);
    assert_string_equal(
        all.text,
        "{\"path\":\"services.web.replicas\",\"value\":4,\"origin\":\"runtime\",\"from\":\"condon\",\"file\":\"shop.yaml\",\"line\":6,\"column\":22,\"environment\":null}\n"
        "{\"path\":\"services.api.metrics.enabled\",\"value\":false,\"origin\":\"given\",\"from\":null,\"file\":\"shop.yaml\",\"line\":15,\"column\":14,\"environment\":null}\n"
        "{\"path\":\"labels[\\\"example.com/team\\\"]\",\"value\":\"core\",\"origin\":\"given\",\"from\":null,\"file\":\"shop.yaml\",\"line\":4,\"column\":28,\"environment\":null}\n");
}

static int stop_at_third(void *user, const struct hd_value *value)
{
    (void)value;
    return ++*(int *)user == 3;
}

static void a_visitor_stops(void **state)
{
    int n = 0;

    (void)state;
    assert_int_equal(hd_explain_values(model, NULL, stop_at_third, &n), HD_UNWRITABLE);
    assert_int_equal(n, 3);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(each_origin), TEST(paths_lead_back), TEST(as_json), TEST(a_visitor_stops)};

    return RUN(tests);
}
