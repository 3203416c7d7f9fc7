/*
 * Every allocation of the library fails in turn, from loading to writing: each time the call says so, and nothing leaks.
 * Linked with --wrap, so that the library's own calls of malloc() come here, whatever sanitizer stands behind.
 */
#define _POSIX_C_SOURCE 200809L
#include "cmocka_test.h"
#include "wrapped_arena.h"

#include <dirent.h>
#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);

/* Allocations until one fails; 0 when none does. */
static size_t failing;
static bool failed;
static size_t n_allocated;

static bool fails(void)
{
    if (!failing || --failing)
        return false;
    failed = true;
    return true;
}

static void *counted(void *memory)
{
    n_allocated += memory != NULL;
    return memory;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *memory, size_t size)
{
    if (fails())
        return NULL;
    n_allocated -= memory != NULL;
    return counted(__real_realloc(memory, size));
}

void __wrap_free(void *memory)
{
    n_allocated -= memory != NULL;
    __real_free(memory);
}

/* Where manifests are written to as well, or NULL. */
static const char *folder;
/* Whether the model is compared with another one too, which takes as long as all else. */
static bool compares;

static int count_bytes(void *user, const char *text, size_t length)
{
    *(size_t *)user += text ? length : 0;
    return 0;
}

/* What differs between a model and manifests, in both directions. */
static enum hd_status compare_manifests(const struct hd_model *model, struct hd_diagnostics *diagnostics, size_t *bytes)
{
    static const char text[] = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, uid: a}\nspec: {replicas: 9, selector: "
                               "{matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: []}}}\n";
    struct hd_cluster_options options = {.size = sizeof options, .keep_content = 1};
    struct hd_source source = {.name = "m.yaml", .text = text, .length = sizeof text - 1};
    struct hd_diff_side sides[] = {{.size = sizeof *sides, .model = model}, {.size = sizeof *sides}};
    struct hd_cluster *cluster = NULL;
    enum hd_status status = hd_cluster_read(&source, 1, &options, diagnostics, &cluster);

    sides[1].cluster = cluster;
    for (int i = 0; status == HD_OK && i < 2; i++) {
        struct hd_diff *diff = NULL;

        status = hd_diff_sides(&sides[i], &sides[1 - i], diagnostics, &diff);
        if (status == HD_OK)
            status = hd_diff_write(diff, HD_DIFF_TEXT, count_bytes, bytes);
        hd_diff_free(diff);
    }
    hd_cluster_free(cluster);
    return status;
}

/* What it would do to give all images this tag. */
static enum hd_status compare(const struct hd_document *document, const struct hd_model *model, struct hd_diagnostics *diagnostics,
                              size_t *bytes)
{
    struct hd_app app = *hd_document_app(document);
    struct hd_model *other = NULL;
    struct hd_diff *diff = NULL;
    enum hd_status status;

    app.image_tag = "2.0";
    status = hd_resolve(&app, NULL, diagnostics, &other);
    if (status == HD_OK)
        status = hd_check(other, diagnostics);
    if (status == HD_OK)
        status = hd_diff(model, other, diagnostics, &diff);
    for (int format = HD_DIFF_TEXT; status == HD_OK && format <= HD_DIFF_MARKDOWN; format++)
        status = hd_diff_write(diff, (enum hd_diff_format)format, count_bytes, bytes);
    hd_diff_free(diff);
    if (status == HD_OK)
        status = compare_manifests(model, diagnostics, bytes);
    hd_model_free(other);
    return status;
}

static enum hd_status generate(const struct hd_document *document, struct hd_diagnostics *diagnostics, size_t *bytes)
{
    struct hd_model *model = NULL;
    enum hd_status status = hd_resolve(hd_document_app(document), NULL, diagnostics, &model);

    if (status != HD_OK) {
        assert_null(model);
        return status;
    }
    status = hd_generate(model, NULL, diagnostics, count_bytes, bytes);
    if (status == HD_OK)
        status = hd_explain(model, NULL, count_bytes, bytes);
    if (status == HD_OK)
        status = hd_explain_json(model, NULL, count_bytes, bytes);
    if (status == HD_OK)
        status = hd_app_write(hd_document_app(document), HD_FORMAT_JSON, count_bytes, bytes);
    if (status == HD_OK && compares)
        status = compare(document, model, diagnostics, bytes);
    if (status == HD_OK && folder)
        status = hd_generate_folder(model, NULL, diagnostics, folder);
    hd_model_free(model);
    return status;
}

/* Adds an entry, puts another one in its place, and removes that. */
static enum hd_status change(struct hd_document *document, struct hd_diagnostics *diagnostics)
{
    const struct hd_external before = {.name = "before", HD_STRINGS(cidrs, "192.0.2.0/24")},
                             after = {.name = "after", .host = "example.com"};
    enum hd_status status = hd_document_add(document, "externals", HD_ENTRY(&before), diagnostics);

    if (status == HD_OK)
        status = hd_document_replace(document, "externals.before", HD_ENTRY(&after), diagnostics);
    if (status == HD_OK)
        status = hd_document_remove(document, "externals.after", diagnostics);
    return status;
}

static enum hd_status run(const struct hd_source *source, const struct hd_load_options *options, size_t *bytes)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document = NULL;
    const char *const *environments;
    enum hd_status status;
    size_t n_environments;

    *bytes = 0;
    if (!diagnostics)
        return HD_NO_MEMORY;
    status = hd_document_load(source, 1, options, diagnostics, &document);
    if (status == HD_OK) {
        status = hd_document_environments(document, &environments, &n_environments);
        status = status == HD_OK ? change(document, diagnostics) : status;
        status = status == HD_OK ? generate(document, diagnostics, bytes) : status;
    } else
        assert_null(document);
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
    return status;
}

/* Lets allocation 1, 2, ... fail, until a run meets no failure any more. */
static void fail_each(const struct hd_source *source, const struct hd_load_options *options, enum hd_status meant)
{
    size_t before = n_allocated, bytes, bytes_meant, n = 1;

    assert_int_equal(run(source, options, &bytes_meant), meant);
    assert_int_equal(n_allocated, before);
    for (;; n++) {
        enum hd_status status;

        failing = n;
        failed = false;
        status = run(source, options, &bytes);
        failing = 0;
        if (n_allocated != before)
            fail_msg("%zu allocations leak when allocation %zu fails", n_allocated - before, n);
        if (!failed)
            break;
        if (status != HD_NO_MEMORY)
            fail_msg("status %d when allocation %zu fails", status, n);
    }
    assert_int_equal(bytes, bytes_meant);
    print_message("%zu allocations failed in turn\n", n - 1);
}

static void a_small_model(void **state)
{
    static const char text[] = "name: shop\nservices:\n  web:\n    runtime: cpython\n    image: {tag: \"1.0\"}\n"
                               "    port: 8000\n    calls: [db]\n"
                               "externals:\n  db: {namespace: database, port: 5432}\n";
    static const char *const sets[] = {"services.web.env.MODE=fast", "labels={team: core}"};

    (void)state;
    compares = true;
    fail_each(&(struct hd_source){.name = "shop.yaml", .text = text, .length = sizeof text - 1},
              &(struct hd_load_options){.size = sizeof(struct hd_load_options), .sets = sets, .n_sets = 2}, HD_OK);
    compares = false;
}

static void texts_and_anchors(void **state)
{
    static const char text[] = "name: &n shop\nlabels: {team: *n}\nservices:\n  web: &web\n    runtime: cpython\n"
                               "    image: {tag: \"1.0\"}\n    env:\n      A: |\n        one\n        two\n      B: >-\n        one\n"
                               "        two\n      C: \"x\\ny\"\n  old: {<<: *web, runtime: condon}\n";

    (void)state;
    fail_each(&(struct hd_source){.name = "shop.yaml", .text = text, .length = sizeof text - 1}, NULL, HD_OK);
}

static void a_model_in_json(void **state)
{
    static const char text[] = "{\"name\": \"shop\", \"services\": {\"web\": {\"runtime\": \"cpython\", \"image\": {\"tag\": \"1.0\"},\n"
                               "\"env\": {\"A\": \"x\\ny\\u00e9\"}}}}";

    (void)state;
    fail_each(&(struct hd_source){.name = "shop.json", .text = text, .length = sizeof text - 1}, NULL, HD_OK);
}

static size_t n_entries(const char *path)
{
    DIR *listing = opendir(path);
    size_t count = 0;

    assert_non_null(listing);
    while (readdir(listing))
        count++;
    closedir(listing);
    return count;
}

static void to_a_folder(void **state)
{
    static const char *const texts[] = {"name: shop\nservices: {web: {runtime: cpython, image: {tag: \"1.0\"}}}\n",
                                        "name: shop\nservices: {api: {runtime: cpython, image: {tag: \"1.0\"}}}\n"};
    char root[] = "/tmp/hybriddeploy-memory-XXXXXX", path[64], command[96];
    size_t n_open = n_entries("/proc/self/fd");

    (void)state;
    assert_non_null(mkdtemp(root));
    snprintf(path, sizeof path, "%s/out", root);
    folder = path;
    for (size_t i = 0; i < LENGTH(texts); i++)
        fail_each(&(struct hd_source){.name = "shop.yaml", .text = texts[i], .length = strlen(texts[i])}, NULL, HD_OK);
    folder = NULL;
    assert_int_equal(n_open, n_entries("/proc/self/fd"));
    assert_int_equal(n_entries(root), 3);
    snprintf(command, sizeof command, "rm -r %s", root);
    assert_int_equal(system(command), 0);
}

/* The timeout is excused, because production has a mesh: its model is looked at too. */
static void an_environment(void **state)
{
    static const char text[] = "name: shop\nimageTag: \"1.0\"\nservices:\n  web: {runtime: cpython, calls: [{to: api, timeout: 2s}]}\n"
                               "  api: {runtime: cpython}\nenvironments:\n  staging: {services: {api: {replicas: 3}}}\n"
                               "  production: {mesh: sidecar}\n";

    (void)state;
    fail_each(&(struct hd_source){.name = "hybriddeploy.yaml", .text = text, .length = sizeof text - 1},
              &(struct hd_load_options){.size = sizeof(struct hd_load_options), .environment = "staging"}, HD_OK);
    fail_each(&(struct hd_source){.name = "hybriddeploy.yaml", .text = text, .length = sizeof text - 1},
              &(struct hd_load_options){.size = sizeof(struct hd_load_options), .environment = "stagin"}, HD_UNREADABLE);
}

static void the_schema(void **state)
{
    size_t before = n_allocated, n = 0, bytes;

    (void)state;
    do {
        enum hd_status status;

        failing = ++n;
        failed = false;
        bytes = 0;
        status = hd_schema_write(count_bytes, &bytes);
        failing = 0;
        assert_int_equal(status, failed ? HD_NO_MEMORY : HD_OK);
        assert_int_equal(n_allocated, before);
    } while (failed);
    assert_true(bytes > 50000);
}

static void a_model_full_of_mistakes(void **state)
{
    static const char text[] = "name: Shop\nnmae: x\nname: y\nbase: &b {a: 1}\nservices:\n  web:\n    <<: *b\n    runtim: cpython\n"
                               "    replicas: yes\n"
                               "    image: {tag: 1.10}\n    port: 99999\n    calls: [nobody]\n"
                               "    autoscaling: {minReplicas: 9, maxReplicas: 3}\n";

    (void)state;
    fail_each(&(struct hd_source){.name = "shop.yaml", .text = text, .length = sizeof text - 1}, NULL, HD_INVALID);
}

static void no_yaml(void **state)
{
    static const char text[] = "name: [a\nb: }\n";

    (void)state;
    fail_each(&(struct hd_source){.name = "shop.yaml", .text = text, .length = sizeof text - 1}, NULL, HD_UNREADABLE);
}

static int count_reason(void *user, const struct hd_cluster_reason *reason)
{
    *(size_t *)user += (size_t)reason->kind;
    return 0;
}

static enum hd_status read_and_decide(const struct hd_source *source, size_t *bytes)
{
    struct hd_diagnostics *report = hd_diagnostics_new(NULL);
    struct hd_cluster *cluster = NULL;
    const struct hd_cluster_range port = {HD_TRANSPORT_TCP, 80, 80};
    enum hd_status status = HD_NO_MEMORY;
    int allowed;

    if (report)
        status = hd_cluster_read(source, 1, NULL, report, &cluster);
    if (status == HD_OK)
        status = hd_cluster_write_graph(cluster, NULL, HD_GRAPH_TEXT, report, count_bytes, bytes);
    if (status == HD_OK)
        status = hd_cluster_why(cluster, NULL, "10.2.0.1", "web", &port, report, count_reason, bytes, &allowed);
    hd_cluster_free(cluster);
    hd_diagnostics_free(report);
    return status;
}

/* A cluster, from a file in a folder, so that folders and files are closed as well. */
static void a_cluster(void **state)
{
    static const char text[] =
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {metadata: {labels: {app: web}}, spec: {containers: "
        "[{ports: [{name: http, containerPort: 80}]}]}}}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\n"
        "spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {podSelector: {}}], ports: [{port: http}]}, "
        "{ports: [{port: 90}]}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 90}]}\n---\n"
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec: {defaultBackend: {service: {name: web}}}\n---\na: [\n---\nb: 1\n"
        "---\napiVersion: v1\nkind: Pod\nmetadata: {name: 1}\n";
    char root[] = "/tmp/hybriddeploy-memory-XXXXXX", path[64];
    size_t before, n = 0, bytes, n_open = n_entries("/proc/self/fd");
    FILE *file;

    (void)state;
    assert_non_null(mkdtemp(root));
    snprintf(path, sizeof path, "%s/all.yaml", root);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    before = n_allocated;
    do {
        enum hd_status status;

        failing = ++n;
        failed = false;
        bytes = 0;
        status = read_and_decide(&(struct hd_source){.name = root}, &bytes);
        failing = 0;
        assert_int_equal(status, failed ? HD_NO_MEMORY : HD_OK);
        assert_int_equal(n_allocated, before);
        assert_int_equal(n_open, n_entries("/proc/self/fd"));
    } while (failed);
    assert_true(n > 10 && bytes > 300);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(root), 0);
}

static void a_whole_application(void **state)
{
    fail_each(&(struct hd_source){.name = *state}, NULL, HD_OK);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_model),   cmocka_unit_test(texts_and_anchors),
        cmocka_unit_test(a_model_in_json), cmocka_unit_test(to_a_folder),
        cmocka_unit_test(the_schema),      cmocka_unit_test(a_model_full_of_mistakes),
        cmocka_unit_test(no_yaml),         cmocka_unit_test(an_environment),
        cmocka_unit_test(a_cluster),
        cmocka_unit_test_prestate(a_whole_application, argv[argc - 1]),
    };

    return RUN(tests);
}
