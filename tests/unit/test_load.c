/* core/load, core/check_fields and core/locate: what stands in a file becomes structs, and each mistake has its place. */
#define _POSIX_C_SOURCE 200809L
#include "findings.h"

#include <stdlib.h>
#include <unistd.h>

static struct hd_document *document;
static struct hd_diagnostics *report;

static void reset(void)
{
    hd_document_free(document);
    hd_diagnostics_free(report);
    document = NULL;
    report = hd_diagnostics_new(NULL);
}

static enum hd_status load(const char *const *texts, size_t n_texts, const char *const *sets, size_t n_sets)
{
    static const char *const names[] = {"one.yaml", "two.yaml", "three.yaml"};
    struct hd_load_options options = {.size = sizeof options, .sets = sets, .n_sets = n_sets};
    struct hd_source sources[3];

    reset();
    for (size_t i = 0; i < n_texts; i++)
        sources[i] = (struct hd_source){.name = names[i], .text = texts[i], .length = strlen(texts[i])};
    return hd_document_load(sources, n_texts, &options, report, &document);
}

static const struct hd_app *load_one(const char *text)
{
    assert_int_equal(load(&text, 1, NULL, 0), HD_OK);
    return hd_document_app(document);
}

static void short_forms(void **state)
{
    const struct hd_app *app =
        load_one("name: shop\nservices:\n  web: {port: 80, image: a/b:1, calls: [api, {to: db, port: sql}], command: run, "
                 "expose: /x, livenessProbe: off}\n"
                 "  api: {}\n  db: {ports: [80, {name: grpc, port: 81, protocol: grpc}]}\n");
    const struct hd_service *web = &app->services[0];

    (void)state;
    assert_findings(report, "");
    assert_int_equal(app->n_services, 3);
    assert_string_equal(web->name, "web");
    assert_int_equal(web->container.n_ports, 1);
    assert_int_equal(web->container.ports[0].port, 80);
    assert_string_equal(web->container.image.reference, "a/b:1");
    assert_int_equal(web->n_calls, 2);
    assert_string_equal(web->calls[0].to, "api");
    assert_string_equal(web->calls[1].to, "db");
    assert_string_equal(web->calls[1].port, "sql");
    assert_int_equal(web->container.n_command, 1);
    assert_string_equal(web->container.command[0], "run");
    assert_string_equal(web->expose[0].path, "/x");
    assert_int_equal(web->container.liveness_probe.enabled, HD_FALSE);
    assert_string_equal(app->services[1].name, "api");
    assert_int_equal(app->services[2].container.ports[0].port, 80);
    assert_int_equal(app->services[2].container.ports[1].protocol, HD_PROTOCOL_GRPC);
}

static void keyed_lists(void **state)
{
    const struct hd_app *app = load_one("name: shop\nlabels: {team: core, tier: 7}\nservices:\n- name: web\n"
                                        "  env: {A: x, B: {secret: s, key: k}}\n- {name: api, env: [{name: C, value: ''}]}\n");

    (void)state;
    assert_findings(report, "");
    assert_string_equal(app->labels[0].name, "team");
    assert_string_equal(app->labels[1].value, "7");
    assert_string_equal(app->services[0].name, "web");
    assert_string_equal(app->services[0].container.env[0].name, "A");
    assert_string_equal(app->services[0].container.env[0].value, "x");
    assert_string_equal(app->services[0].container.env[1].secret, "s");
    assert_string_equal(app->services[1].container.env[0].name, "C");
    assert_string_equal(app->services[1].container.env[0].value, "");
}

static const struct hd_mark *mark_of(const struct hd_at *at, const char *member, uint32_t item)
{
    for (uint32_t i = 0; i < at->n_marks; i++)
        if (!strcmp(at->marks[i].member->member, member) && at->marks[i].item == item)
            return &at->marks[i];
    return NULL;
}

static void assert_mark(const struct hd_at *at, const char *member, uint32_t item, uint32_t line, uint32_t column)
{
    const struct hd_mark *mark = mark_of(at, member, item);

    assert_non_null(mark);
    assert_string_equal(mark->file, "one.yaml");
    assert_int_equal(mark->line, line);
    assert_int_equal(mark->column, column);
}

static void every_member_knows_its_place(void **state)
{
    const struct hd_app *app = load_one("name: shop\nservices:\n  web:\n    runtime: condon\n    command: [a,\n      'b']\n"
                                        "    ports:\n    - port: 80\n      name: http\n    resources: {limits: {cpu: 1}}\n");
    const struct hd_service *web = &app->services[0];

    (void)state;
    assert_mark(app->at, "name", 0, 1, 7);
    assert_int_equal(web->at->line, 3);
    assert_int_equal(web->at->column, 3);
    assert_mark(web->at, "runtime", 0, 4, 14);
    assert_mark(web->container.at, "command", 0, 5, 14);
    assert_mark(web->container.at, "command", 1, 5, 15);
    assert_mark(web->container.at, "command", 2, 6, 7);
    assert_int_equal(web->container.ports[0].at->line, 8);
    assert_mark(web->container.ports[0].at, "port", 0, 8, 13);
    assert_mark(web->container.ports[0].at, "name", 0, 9, 13);
    assert_mark(web->container.resources.limits[0].at, "amount", 0, 10, 31);
}

/* What loading alone finds. */
static void mistakes(void **state)
{
    static const char *const table[][2] = {
        {"nmae: shop\n", "1:1 HD_UNKNOWN_KEY nmae\n"},
        {"name: shop\nname: mall\n", "2:1 HD_DUPLICATE_KEY name (1:1)\n"},
        {"name: [shop]\n", "1:7 HD_WRONG_TYPE name\n"},
        {"name: yes\n", "1:7 HD_YAML_TRAP name\n"},
        {"name:\n", "1:1 HD_NO_VALUE name\n"},
        {"kubernetesVersion: 1.30\n", "1:20 HD_YAML_TRAP kubernetesVersion\n"},
        {"services: {web: {replicas: many}}\n", "1:28 HD_WRONG_TYPE services.web.replicas\n"},
        {"services: {web: {replicas: 1_0}}\n", "1:28 HD_YAML_TRAP services.web.replicas\n"},
        {"services: {web: {replicas: 1.5}}\n", "1:28 HD_WRONG_TYPE services.web.replicas\n"},
        {"services: {web: {replicas: 99999999999999999999}}\n", "1:28 HD_OUT_OF_RANGE services.web.replicas\n"},
        {"services: {web: {kind: deployment}}\n", "1:24 HD_UNKNOWN_WORD services.web.kind\n"},
        {"services: {web: {port: 0}}\n", "1:24 HD_OUT_OF_RANGE services.web.ports[0]\n"},
        {"services: {web: {command: [a, on]}}\n", "1:31 HD_YAML_TRAP services.web.command[1]\n"},
        {"services: {web: {autoscaling: maybe}}\n", "1:31 HD_UNKNOWN_WORD services.web.autoscaling\n"},
        {"services: {web: {env: {A: 12:30}}}\n", "1:27 HD_YAML_TRAP services.web.env.A\n"},
        {"services: {web: {name: api}}\n", "1:18 HD_DUPLICATE_KEY services.web.name (1:12)\n"},
        {"services: {web: 3}\n", "1:17 HD_WRONG_TYPE services.web\n"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(table); i++) {
        char *text;

        load_one(table[i][0]);
        text = findings_text(report);
        if (strcmp(text, table[i][1]))
            fail_msg("%s gives:\n%s, not\n%s", table[i][0], text, table[i][1]);
        free(text);
    }
}

static void check(const char *services)
{
    char text[2000];

    snprintf(text, sizeof text, "name: shop\nimageTag: \"1\"\nservices:\n%s", services);
    load_one(text);
    hd_validate(hd_document_app(document), NULL, report);
}

/* What the tables' rows say. */
static void field_rules(void **state)
{
    (void)state;
    check("  web: {runtime: condon, ports: [{port: 70000}]}\n");
    assert_findings(report, "4:41 HD_OUT_OF_RANGE services.web.ports[0].port\n");
    check("  web: {runtime: condon, ports: [{name: A_B, port: 8070}]}\n");
    assert_findings(report, "4:41 HD_BAD_FORM services.web.ports[0].name\n");
    check("  web: {runtime: condon, ports: [{name: a}]}\n");
    assert_findings(report, "4:34 HD_MISSING services.web.ports[0]\n");
    check("  web: {runtime: condon, delivery: {executor: argoRollouts, blueGreen: {}}}\n");
    assert_findings(report, "");
    check("  web: {runtime: condon, trafficPolicy: {outlierDetection: {}}}\n");
    assert_findings(report, "4:60 HD_NO_VALUE services.web.trafficPolicy.outlierDetection\n");
    check("  web: {runtime: condon, schedule: '@daily', replicas: 2}\n");
    assert_findings(report, "4:56 HD_NOT_FOR_KIND services.web.replicas\n");
    check("  web: {runtime: condon}\n  web: {runtime: condon}\n");
    assert_findings(report, "5:3 HD_DUPLICATE_NAME services.web (4:3)\n");
    check("  Web_1: {runtime: condon}\n");
    assert_findings(report, "4:3 HD_BAD_FORM services.Web_1\n");
}

static bool is_found(const char *finding)
{
    char *text = findings_text(report);
    bool found = strstr(text, finding) != NULL;

    free(text);
    return found;
}

static void silenced_and_not(void **state)
{
    (void)state;
    check("  web: {port: 8080}\n  api: {silence: {HD2126: it is static}}\n");
    assert_true(is_found("4:3 HD_NO_RUNTIME services.web\n"));
    assert_false(is_found("services.api"));
    check("  web: {port: 8080}\nsilence: {HD2126: all are static}\n");
    assert_false(is_found("HD_NO_RUNTIME"));
}

static void files_over_files(void **state)
{
    static const char *const texts[] = {
        "name: shop\nservices: {web: {runtime: cpython, command: [a, b]}, api: {}}\n",
        "services: {web: {command: [c], replicas: x}}\n",
        "namespace: prod\n",
    };
    static const char *const sets[] = {"name=mall", "services.web.ports[0].port=99", "services.new.runtime=condon"};
    const struct hd_app *app;

    (void)state;
    assert_int_equal(load(texts, 3, sets, 3), HD_OK);
    app = hd_document_app(document);
    assert_string_equal(app->name, "mall");
    assert_string_equal(app->namespace_name, "prod");
    assert_int_equal(app->n_services, 3);
    assert_string_equal(app->services[0].runtime, "cpython");
    assert_int_equal(app->services[0].container.n_command, 1);
    assert_string_equal(app->services[0].container.command[0], "c");
    assert_int_equal(app->services[0].container.ports[0].port, 99);
    assert_string_equal(app->services[2].name, "new");
    assert_findings(report, "1:42 HD_WRONG_TYPE services.web.replicas\n");
    assert_string_equal(hd_diagnostics_get(report, 0)->file, "two.yaml");
}

static void wrong_calls(void **state)
{
    struct hd_load_options options;
    struct hd_source source = {.name = "x", .text = "name: x", .length = 7};
    struct hd_document *untouched = NULL;

    (void)state;
    reset();
    options = (struct hd_load_options){.size = sizeof options, .max_bytes = 6};
    assert_int_equal(hd_document_load(&source, 1, &options, report, &untouched), HD_UNREADABLE);
    assert_int_equal(hd_document_load_file("/absent/model.yaml", report, &untouched), HD_UNREADABLE);
    assert_int_equal(hd_document_load_file("/", report, &untouched), HD_UNREADABLE);
    assert_findings(report, "0:0 HD_UNREADABLE_INPUT \n0:0 HD_UNREADABLE_INPUT \n0:0 HD_UNREADABLE_INPUT \n");
    assert_null(untouched);
    hd_document_free(NULL);
}

/* A file and a text of the same seven bytes. */
static void inputs_at_the_edges_of_the_limit(void **state)
{
    static const struct {
        size_t most;
        enum hd_status status;
    } table[] = {{0, HD_OK}, {1, HD_UNREADABLE}, {6, HD_UNREADABLE}, {7, HD_OK}, {8, HD_OK}, {SIZE_MAX - 1, HD_OK}, {SIZE_MAX, HD_OK}};
    char name[] = "/tmp/hybriddeploy-load-XXXXXX";
    int fd = mkstemp(name);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "name: x", 7), 7);
    close(fd);
    for (size_t i = 0; i < 2 * LENGTH(table); i++) {
        struct hd_load_options options = {.size = sizeof options, .max_bytes = table[i / 2].most};
        struct hd_source source = {.name = name, .text = i % 2 ? "name: x" : NULL, .length = 7};

        reset();
        if (hd_document_load(&source, 1, &options, report, &document) != table[i / 2].status)
            fail_msg("%s of 7 bytes with max_bytes %zu", i % 2 ? "a text" : "a file", table[i / 2].most);
    }
    unlink(name);
}

static void findings_at_the_edges_of_the_limit(void **state)
{
    static const struct {
        size_t limit, kept;
    } table[] = {{0, 3}, {1, 1}, {2, 2}, {3, 3}, {SIZE_MAX, 3}};
    struct hd_source source = {.name = "x", .text = "a: 1\nb: 2\nc: 3\n", .length = 15};

    (void)state;
    for (size_t i = 0; i < LENGTH(table); i++) {
        struct hd_diagnostics_options options = {.size = sizeof options, .limit = table[i].limit};

        reset();
        hd_diagnostics_free(report);
        report = hd_diagnostics_new(&options);
        assert_int_equal(hd_document_load(&source, 1, NULL, report, &document), HD_OK);
        assert_int_equal(hd_diagnostics_count(report), table[i].kept);
        assert_int_equal(hd_diagnostics_omitted(report), 3 - table[i].kept);
        assert_null(hd_diagnostics_get(report, table[i].kept));
        assert_null(hd_diagnostics_get(report, SIZE_MAX));
    }
}

static void text_of_a_hand_built_model_must_be_utf8(void **state)
{
    const struct hd_app app = {.abi = HD_ABI,
                               .name = "shop",
                               HD_LIST(services, struct hd_service,
                                       {.name = "web",
                                        .runtime = "cpython",
                                        .container = {.image = {.reference = "registry.example.com/web:1"}},
                                        HD_LIST(annotations, struct hd_pair, {.name = "note", .value = "caf\xe9"})})};

    (void)state;
    reset();
    assert_int_equal(hd_validate(&app, NULL, report), HD_INVALID);
    assert_findings(report, "0:0 HD_BAD_UTF8 services.web.annotations.note\n");
}

/* Told where both are written together, and nowhere else. */
static void members_beside_a_switch(void **state)
{
    static const char base[] = "imageTag: \"1\"\nname: shop\nsilence: {HD2107: no matter}\nservices:\n  web:\n    runtime: condon\n"
                               "    autoscaling: {maxReplicas: 8, enabled: true}\n";
    const char *const layers[] = {base, "# turned off\nservices: {web: {autoscaling: {enabled: false}}}\n"};
    const char *const both[] = {base, "# turned off\nservices: {web: {autoscaling: {enabled: false, minReplicas: 2}}}\n"};
    const char *const set[] = {"services.web.autoscaling.enabled=false"};

    (void)state;
    check("  web: {runtime: condon, livenessProbe: {enabled: false, periodSeconds: 3}}\n");
    assert_findings(report, "4:73 HD_SWITCHED_OFF services.web.livenessProbe.periodSeconds (4:51)\n");
    check("  web: {runtime: condon, livenessProbe: off}\n");
    assert_findings(report, "");
    assert_int_equal(load(layers, 2, NULL, 0), HD_OK);
    assert_int_equal(hd_validate(hd_document_app(document), NULL, report), HD_OK);
    assert_findings(report, "");
    assert_int_equal(load(layers, 1, set, 1), HD_OK);
    assert_int_equal(hd_validate(hd_document_app(document), NULL, report), HD_OK);
    assert_findings(report, "");
    assert_int_equal(load(both, 2, NULL, 0), HD_OK);
    assert_int_equal(hd_validate(hd_document_app(document), NULL, report), HD_OK);
    assert_findings(report, "2:61 HD_SWITCHED_OFF services.web.autoscaling.minReplicas (2:41)\n");
    check("  web: {runtime: condon, livenessProbe: &slow {periodSeconds: 30}}\n"
          "  api: {runtime: condon, livenessProbe: {<<: *slow, enabled: false}}\n");
    assert_findings(report, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_forms), cmocka_unit_test(keyed_lists),      cmocka_unit_test(every_member_knows_its_place),
        cmocka_unit_test(mistakes),    cmocka_unit_test(field_rules),      cmocka_unit_test(silenced_and_not),
        cmocka_unit_test(wrong_calls), cmocka_unit_test(files_over_files),
        cmocka_unit_test(members_beside_a_switch),
        cmocka_unit_test(inputs_at_the_edges_of_the_limit),
        cmocka_unit_test(findings_at_the_edges_of_the_limit),
        cmocka_unit_test(text_of_a_hand_built_model_must_be_utf8),
    };
    int failed = RUN(tests);

    hd_document_free(document);
    hd_diagnostics_free(report);
    return failed;
}
