/* Calls that are wrong: refused, and with a diagnostic that says what is wrong. */
#include "cmocka_test.h"

#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct hd_service services[] = {
    {.name = "web",
     .runtime = "cpython",
     HD_LIST(expose, struct hd_exposure, {.path = "/"}),
     HD_LIST(calls, struct hd_call, {.to = "api"})},
    {.name = "api", .runtime = "condon"},
};
static const struct hd_app shop = {.abi = HD_ABI,
                                   .name = "shop",
                                   .host = "shop.example.com",
                                   .image_registry = "registry.example.com",
                                   .image_tag = "1",
                                   .mesh = {.mode = HD_MESH_SIDECAR},
                                   .operations = {.enabled = HD_TRUE, .recovery_point = "24h", .recovery_time = "1h"},
                                   .services = services,
                                   .n_services = 2};
static const struct hd_source source = {.name = "x.yaml", .text = "name: x", .length = 7}, nothing = {0};
static const char *const null_inside[] = {"Deployment", NULL}, *const unknown[] = {"Deploiment"}, *const absent[] = {"Deployment/absent"},
                         *const group[] = {"ops"};

static struct hd_diagnostics *report;
static struct hd_document *document;
static struct hd_model *model, *unchecked, *other;

static int swallow(void *user, const char *text, size_t length)
{
    (void)user, (void)text, (void)length;
    return 0;
}

static int pass_over(void *user, const struct hd_value *value)
{
    (void)user, (void)value;
    return 0;
}

/* Stops after so many bytes. */
static int stop(void *user, const char *text, size_t length)
{
    size_t *left = user;

    (void)text;
    if (length > *left)
        return -7;
    *left -= length;
    return 0;
}

static int set_up(void **state)
{
    (void)state;
    report = hd_diagnostics_new(NULL);
    assert_int_equal(hd_resolve(&shop, NULL, report, &model), HD_OK);
    assert_int_equal(hd_check(model, report), HD_OK);
    assert_int_equal(hd_resolve(&shop, NULL, report, &unchecked), HD_OK);
    assert_int_equal(hd_document_load(&source, 1, NULL, report, &document), HD_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    hd_model_free(unchecked);
    hd_model_free(model);
    hd_document_free(document);
    hd_diagnostics_free(report);
    return 0;
}

/* A call is refused, and one diagnostic says why in these words; the next call begins with none. */
static void refused(enum hd_status status, const char *words)
{
    assert_int_equal(status, HD_BAD_CALL);
    assert_int_equal(hd_diagnostics_count(report), 1);
    if (!strstr(hd_diagnostics_get(report, 0)->message, words))
        fail_msg("\"%s\" does not say: %s", hd_diagnostics_get(report, 0)->message, words);
    assert_int_equal(hd_diagnostics_get(report, 0)->line, 0);
    assert_int_equal(hd_diagnostics_get(report, 0)->column, 0);
    hd_diagnostics_free(report);
    report = hd_diagnostics_new(NULL);
}

static void loading(void **state)
{
    struct hd_load_options options = {0};
    struct hd_document *untouched = NULL;

    (void)state;
    refused(hd_document_load(NULL, 1, NULL, report, &untouched), "is given no source");
    refused(hd_document_load(&source, 0, NULL, report, &untouched), "is given no source");
    refused(hd_document_load(&nothing, 1, NULL, report, &untouched), "sources[0] has neither a name nor a text");
    refused(hd_document_load_file(NULL, report, &untouched), "sources[0] has neither");
    refused(hd_document_load(&source, 1, NULL, report, NULL), "NULL for ret_document");
    refused(hd_document_load(&source, 1, &options, report, &untouched), "the size in struct hd_load_options is 0");
    options = (struct hd_load_options){.size = sizeof options, .n_sets = 3};
    refused(hd_document_load(&source, 1, &options, report, &untouched), "sets is NULL, but n_sets is 3");
    options = (struct hd_load_options){.size = sizeof options, .sets = null_inside, .n_sets = 2};
    refused(hd_document_load(&source, 1, &options, report, &untouched), "sets[1] is NULL");
    assert_int_equal(hd_document_load(&source, 1, NULL, NULL, &untouched), HD_BAD_CALL);
    assert_null(untouched);
    assert_null(hd_document_app(NULL));
}

static enum hd_status add_env(const char *list, const struct hd_env *env)
{
    return hd_document_add(document, list, HD_ENTRY(env), report);
}

static enum hd_status add_call(const struct hd_call *call)
{
    return hd_document_add(document, "services.web.calls", HD_ENTRY(call), report);
}

static void changing_a_document(void **state)
{
    static const char model_text[] = "name: x\nservices: {web: {args: [a], env: {A: b}, calls: [api]}, api: {}}\n";
    const struct hd_source two = {.name = "x.yaml", .text = model_text, .length = sizeof model_text - 1};
    const struct hd_env a = {.name = "A"}, b = {.name = "B"}, nameless = {.value = "c"};
    const struct hd_call no_array = {.to = "api", .n_paths = 2}, with_null = {.to = "api", .paths = null_inside, .n_paths = 2};
    const struct hd_service odd = {.name = "odd", .workload = (enum hd_workload)99};
    const char *const text = "b", *const no_text = NULL;

    (void)state;
    hd_document_free(document);
    assert_int_equal(hd_document_load(&two, 1, NULL, report, &document), HD_OK);
    refused(hd_document_add(NULL, "services", HD_ENTRY(&odd), report), "hd_document_add() is given NULL for the document");
    refused(hd_document_add(document, NULL, HD_ENTRY(&odd), report), "NULL for the path");
    refused(hd_document_add(document, "services", HD_ABI, NULL, sizeof odd, report), "NULL for the entry");
    refused(hd_document_add(document, "services", NULL, &odd, sizeof odd, report), "NULL for the layout");
    refused(hd_document_replace(document, "services.web", NULL, &odd, sizeof odd, report),
            "hd_document_replace() is given NULL for the layout");
    refused(hd_document_remove(document, NULL, report), "hd_document_remove() is given NULL for the path");
    assert_int_equal(hd_document_add(document, "services", HD_ENTRY(&odd), NULL), HD_BAD_CALL);
    refused(add_env("", &a), "the application is not a list");
    refused(add_env("service", &a), "there is no member \"service\" in the application");
    refused(add_env("services.web.evn", &a), "there is no member \"evn\" in services.web");
    refused(add_env("services.wbe.env", &a), "there is no entry \"wbe\" in services");
    refused(add_env("services[\"we.b\"].env", &a), "there is no entry \"we.b\" in services");
    refused(add_env("services[2].env", &a), "there is no entry \"[2]\" in services");
    refused(add_env("services[99999999999999999999].env", &a), "there is no entry");
    refused(add_env("services[\"web", &a), "there is no entry");
    refused(add_env("services.web.args[0].x", &a), "services.web.args is a list of texts");
    refused(add_env("services.web.replicas", &a), "services.web.replicas is not a list");
    refused(add_env("mesh.trustDomain.x", &a), "mesh.trustDomain is not a list");
    refused(add_env("mesh", &a), "mesh is not a list");
    refused(add_env("services.web.env.A", &a), "the path names an entry, which is there already");
    refused(add_env("services.web.env", &a), "there is an entry \"A\" already");
    refused(add_env("services.web.env", &nameless), "the entry has no name, which is NULL in it");
    refused(add_call(&no_array), "paths is NULL, but n_paths is 2");
    refused(add_call(&with_null), "the list holds NULL where a string must be");
    refused(add_env("services", &a), "but struct hd_service has");
    refused(hd_document_add(document, "services", HD_ENTRY(&odd), report), "workload is 99");
    refused(hd_document_add(document, "services.web.args", HD_ENTRY(&no_text), report), "a pointer to NULL");
    refused(hd_document_add(document, "services.web.args", HD_ENTRY(&a), report), "but the list holds texts");
    refused(hd_document_replace(document, "services.web.args", HD_ENTRY(&text), report), "the path names a list, not an entry");
    refused(hd_document_replace(document, "services.web.args[1]", HD_ENTRY(&text), report), "there is no entry \"[1]\"");
    refused(hd_document_remove(document, "services", report), "the path names a list, not an entry");
    refused(hd_document_remove(document, "services.absent", report), "there is no entry \"absent\"");
    assert_int_equal(hd_document_remove(document, "services.absent", NULL), HD_BAD_CALL);
    assert_int_equal(add_env("services.web.env", &b), HD_OK);
    refused(hd_document_replace(document, "services.web.env.B", HD_ENTRY(&a), report), "there is an entry \"A\" already");
    assert_int_equal(hd_document_app(document)->services[0].container.n_env, 2);
    assert_int_equal(hd_document_app(document)->n_services, 2);
    assert_int_equal(hd_document_resolve(document, NULL, report, &other), HD_OK);
    refused(hd_document_remove(document, "services.web", report), "hd_document_remove() is called after hd_document_resolve()");
    hd_model_free(other);
    other = NULL;
}

static void resolving_and_checking(void **state)
{
    struct hd_resolve_options options = {0};
    const struct hd_service half_service = {.name = "web", .runtime = "cpython", .replicas = {.value = 3}};
    struct hd_app no_abi = shop, old_abi = shop, half_set = shop, no_truth = shop;

    (void)state;
    no_abi.abi = NULL;
    old_abi.abi = (const struct hd_layout *)(uintptr_t)2;
    half_set.services = &half_service;
    half_set.n_services = 1;
    refused(hd_resolve(&half_set, NULL, report, &other), "replicas has the value 3, but is not set");
    no_truth.operations.enabled = (enum hd_bool)7;
    refused(hd_resolve(&no_truth, NULL, report, &other), "enabled is 7, which is not a value of enum hd_bool");
    no_truth.operations.enabled = (enum hd_bool)-1;
    refused(hd_resolve(&no_truth, NULL, report, &other), "enabled is -1, which is not a value of enum hd_bool");
    refused(hd_resolve(NULL, NULL, report, &other), "NULL for the application");
    refused(hd_resolve(&shop, NULL, report, NULL), "NULL for ret_model");
    refused(hd_resolve(&no_abi, NULL, report, &other), "the member abi of struct hd_app is not set");
    refused(hd_resolve(&old_abi, NULL, report, &other), "abi of struct hd_app is not a layout");
    refused(hd_validate(&no_abi, NULL, report), "abi");
    refused(hd_resolve(&shop, &options, report, &other), "the size in struct hd_resolve_options is 0");
    options = (struct hd_resolve_options){.size = sizeof options, .kubernetes_version = "27"};
    refused(hd_resolve(&shop, &options, report, &other), "kubernetes_version is \"27\"");
    refused(hd_check(NULL, report), "NULL for the model");
    assert_int_equal(hd_resolve(&shop, NULL, NULL, &other), HD_BAD_CALL);
    assert_int_equal(hd_check(model, NULL), HD_BAD_CALL);
    assert_int_equal(hd_validate(&shop, NULL, NULL), HD_BAD_CALL);
    assert_null(other);
    assert_null(hd_model_app(NULL));
}

static void generating(void **state)
{
    struct hd_generate_options options = {0};

    (void)state;
    refused(hd_generate(NULL, NULL, report, swallow, NULL), "NULL for the model");
    refused(hd_generate(model, NULL, report, NULL, NULL), "NULL for the sink");
    refused(hd_generate_folder(NULL, NULL, report, "x"), "NULL for the model");
    refused(hd_generate_folder(model, NULL, report, NULL), "no name of the folder");
    refused(hd_generate_folder(model, NULL, report, ""), "no name of the folder");
    refused(hd_generate(model, &options, report, swallow, NULL), "the size in struct hd_generate_options is 0");
    refused(hd_generate_folder(model, &options, report, "x"), "the size in struct hd_generate_options is 0");
    options = (struct hd_generate_options){.size = sizeof options, .format = (enum hd_format)77};
    refused(hd_generate(model, &options, report, swallow, NULL), "format is 77");
    options = (struct hd_generate_options){.size = sizeof options, .format = HD_FORMAT_LIST};
    refused(hd_generate_folder(model, &options, report, "x"), "HD_FORMAT_LIST");
    options = (struct hd_generate_options){.size = sizeof options, .n_only = 2};
    refused(hd_generate(model, &options, report, swallow, NULL), "only is NULL, but n_only is 2");
    options = (struct hd_generate_options){.size = sizeof options, .only = null_inside, .n_only = 2};
    refused(hd_generate(model, &options, report, swallow, NULL), "only[1] is NULL");
    options = (struct hd_generate_options){.size = sizeof options, .only = unknown, .n_only = 1};
    refused(hd_generate(model, &options, report, swallow, NULL), "only[0] is \"Deploiment\"");
    options = (struct hd_generate_options){.size = sizeof options, .only = absent, .n_only = 1};
    refused(hd_generate(model, &options, report, swallow, NULL), "only[0] is \"Deployment/absent\"");
    /* Several parts at once are for `with`. */
    options = (struct hd_generate_options){.size = sizeof options, .only = group, .n_only = 1};
    refused(hd_generate(model, &options, report, swallow, NULL), "only[0] is \"ops\"");
    options = (struct hd_generate_options){.size = sizeof options, .with = null_inside, .n_with = 2};
    refused(hd_generate_folder(model, &options, report, "x"), "with[1] is NULL");
    options = (struct hd_generate_options){.size = sizeof options, .with = unknown, .n_with = 1};
    refused(hd_generate_folder(model, &options, report, "x"), "with[0] is \"Deploiment\"");
    assert_int_equal(hd_generate(model, NULL, NULL, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_generate_folder(model, NULL, NULL, "x"), HD_BAD_CALL);
}

/* Programs that were compiled with headers in which the options are shorter or longer. */
/* Each object and each file of the model may be asked for by its name. */
static void names_that_only_takes(void **state)
{
    struct hd_generate_options options = {.size = sizeof options, .n_only = 1};

    (void)state;
    for (size_t i = 0; i < hd_file_count(model); i++) {
        options.only = (const char *const[]){hd_file_at(model, i)->path};
        assert_int_equal(hd_generate(model, &options, report, swallow, NULL), HD_OK);
    }
    for (size_t i = 0; i < hd_manifest_count(model); i++) {
        char name[200];

        snprintf(name, sizeof name, "%s/%s", hd_manifest_at(model, i)->kind, hd_manifest_at(model, i)->name);
        options.only = (const char *const[]){name};
        assert_int_equal(hd_generate(model, &options, report, swallow, NULL), HD_OK);
    }
}

static void options_of_other_versions(void **state)
{
    struct hd_generate_options shorter = {.size = offsetof(struct hd_generate_options, with)};
    struct {
        struct hd_generate_options known;
        void *more;
    } longer = {.known = {.size = sizeof longer}};
    struct {
        struct hd_diagnostics_options known;
        size_t more;
    } longest = {.known = {.size = sizeof longest}, .more = 1};

    (void)state;
    memset((char *)&shorter + shorter.size, 0xff, sizeof shorter - shorter.size);
    assert_int_equal(hd_generate(model, &shorter, report, swallow, NULL), HD_OK);
    assert_int_equal(hd_generate(model, &longer.known, report, swallow, NULL), HD_OK);
    assert_true(hd_manifest_is_selected(hd_manifest_at(model, 0), &longer.known));
    longer.more = &longer;
    assert_false(hd_manifest_is_selected(hd_manifest_at(model, 0), &longer.known));
    refused(hd_generate(model, &longer.known, report, swallow, NULL), "is longer than that of the library, and sets byte");
    assert_null(hd_diagnostics_new(&longest.known));
}

static void comparing(void **state)
{
    struct hd_diff_side side = {.size = sizeof side};
    struct hd_app bakery = shop;
    struct hd_diff *untouched = NULL;

    (void)state;
    side.model = model;
    bakery.name = "bakery";
    assert_int_equal(hd_resolve(&bakery, NULL, report, &other), HD_OK);
    assert_int_equal(hd_check(other, report), HD_OK);
    refused(hd_diff(NULL, model, report, &untouched), "given NULL for before");
    refused(hd_diff(model, NULL, report, &untouched), "given NULL for after");
    refused(hd_diff(model, model, report, NULL), "given NULL for ret_diff");
    refused(hd_diff(unchecked, model, report, &untouched), "has not passed hd_check(): the one before");
    refused(hd_diff(model, unchecked, report, &untouched), "has not passed hd_check(): the one after");
    refused(hd_diff(model, other, report, &untouched), "two applications, shop and bakery");
    assert_int_equal(hd_diff(model, model, NULL, &untouched), HD_BAD_CALL);
    refused(hd_diff_sides(&(struct hd_diff_side){0}, NULL, report, &untouched), "the size in struct hd_diff_side is 0");
    refused(hd_diff_sides(&side, &(struct hd_diff_side){0}, report, &untouched), "the size in struct hd_diff_side is 0");
    refused(hd_diff_sides(NULL, &side, report, &untouched), "given NULL for before");
    refused(hd_check_against(model, NULL, report), "given NULL for before");
    assert_null(untouched);
    hd_model_free(other);
}

/* What a diff holds, and what is beyond it. */
static void a_diff(void **state)
{
    struct hd_app newer = shop;
    struct hd_diff *diff;

    (void)state;
    newer.image_tag = "2";
    assert_int_equal(hd_resolve(&newer, NULL, report, &other), HD_OK);
    assert_int_equal(hd_check(other, report), HD_OK);
    assert_int_equal(hd_diff(model, other, report, &diff), HD_OK);
    assert_int_equal(hd_diff_worst(diff), HD_EFFECT_RESTART);
    assert_int_equal(hd_diff_n_objects(diff), 2);
    assert_string_equal(hd_diff_object(diff, 0)->kind, "Deployment");
    assert_string_equal(hd_diff_object(diff, 0)->causes[0]->path, "imageTag");
    assert_null(hd_diff_object(diff, 2));
    assert_int_equal(hd_diff_n_causes(diff), 1);
    assert_string_equal(hd_diff_cause(diff, 0)->before, "1");
    assert_null(hd_diff_cause(diff, 0)->file);
    assert_null(hd_diff_cause(diff, 1));
    assert_int_equal(hd_diff_n_edges(diff), 0);
    assert_null(hd_diff_edge(diff, 0));
    assert_int_equal(hd_diff_write(NULL, HD_DIFF_TEXT, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_diff_write(diff, HD_DIFF_TEXT, NULL, NULL), HD_BAD_CALL);
    assert_int_equal(hd_diff_write(diff, (enum hd_diff_format)3, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_diff_write(diff, (enum hd_diff_format) - 1, swallow, NULL), HD_BAD_CALL);
    for (int format = HD_DIFF_TEXT; format <= HD_DIFF_MARKDOWN; format++)
        assert_int_equal(hd_diff_write(diff, (enum hd_diff_format)format, stop, &(size_t){10}), HD_UNWRITABLE);
    hd_diff_free(diff);
    hd_diff_free(NULL);
    assert_int_equal(hd_diff_worst(NULL), HD_EFFECT_UNSET);
    assert_int_equal(hd_diff_n_objects(NULL) + hd_diff_n_causes(NULL) + hd_diff_n_edges(NULL) + hd_diff_n_notes(NULL), 0);
    assert_null(hd_diff_note(NULL, 0));
    assert_null(hd_diff_missing_kind(NULL, 0));
    assert_null(hd_diff_load(NULL, true));
    assert_null(hd_diff_object(NULL, 0));
    assert_null(hd_diff_cause(NULL, 0));
    assert_null(hd_diff_edge(NULL, 0));
    assert_string_equal(hd_effect_name(HD_EFFECT_DATA), "data");
    assert_null(hd_effect_name(HD_EFFECT_UNSET));
    assert_null(hd_effect_name((enum hd_effect)99));
    hd_model_free(other);
}

static int pass_by(void *user, const struct hd_cluster_connection *connection)
{
    (void)user, (void)connection;
    return 0;
}

static int pass_reason(void *user, const struct hd_cluster_reason *reason)
{
    (void)user, (void)reason;
    return 0;
}

static void reading_clusters(void **state)
{
    const struct hd_cluster_range port = {.transport = HD_TRANSPORT_TCP};
    int allowed = 0;
    static const char text[] = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
    const struct hd_source manifest = {.name = "x.yaml", .text = text, .length = sizeof text - 1};
    struct hd_cluster_options options = {0};
    struct hd_connectivity_options ways = {0};
    const struct hd_cluster_connection connection = {0};
    struct hd_cluster_request request;
    enum hd_cluster_difference difference;
    struct hd_cluster *cluster = NULL;

    (void)state;
    refused(hd_cluster_read(NULL, 1, NULL, report, &cluster), "is given no source");
    refused(hd_cluster_read(&manifest, 0, NULL, report, &cluster), "is given no source");
    refused(hd_cluster_read(&nothing, 1, NULL, report, &cluster), "sources[0] has neither a name nor a text");
    refused(hd_cluster_read(&manifest, 1, NULL, report, NULL), "NULL for ret_cluster");
    refused(hd_cluster_read(&manifest, 1, &options, report, &cluster), "the size in struct hd_cluster_options is 0");
    assert_int_equal(hd_cluster_read(&manifest, 1, NULL, NULL, &cluster), HD_BAD_CALL);
    assert_null(cluster);
    assert_int_equal(hd_cluster_read(&manifest, 1, NULL, report, &cluster), HD_OK);
    refused(hd_cluster_connections(NULL, NULL, report, pass_by, NULL), "NULL for cluster");
    refused(hd_cluster_connections(cluster, NULL, report, NULL, NULL), "NULL for visitor");
    refused(hd_cluster_connections(cluster, &ways, report, pass_by, NULL), "the size in struct hd_connectivity_options is 0");
    refused(hd_cluster_write_graph(NULL, NULL, HD_GRAPH_TEXT, report, swallow, NULL), "NULL for cluster");
    refused(hd_cluster_write_graph(cluster, NULL, HD_GRAPH_TEXT, report, NULL, NULL), "NULL for sink");
    refused(hd_cluster_write_graph(cluster, NULL, (enum hd_graph_format)77, report, swallow, NULL), "the unknown format 77");
    refused(hd_cluster_write_graph(cluster, &ways, HD_GRAPH_TEXT, report, swallow, NULL), "the size in struct hd_connectivity_options is 0");
    refused(hd_cluster_why(NULL, NULL, "a", "b", &port, report, pass_reason, NULL, &allowed), "NULL for one of its arguments");
    refused(hd_cluster_why(cluster, NULL, NULL, "b", &port, report, pass_reason, NULL, &allowed), "NULL for one of its arguments");
    refused(hd_cluster_why(cluster, NULL, "a", NULL, &port, report, pass_reason, NULL, &allowed), "NULL for one of its arguments");
    refused(hd_cluster_why(cluster, NULL, "a", "b", NULL, report, pass_reason, NULL, &allowed), "NULL for one of its arguments");
    refused(hd_cluster_why(cluster, NULL, "a", "b", &port, report, NULL, NULL, &allowed), "NULL for one of its arguments");
    refused(hd_cluster_why(cluster, NULL, "a", "b", &port, report, pass_reason, NULL, NULL), "NULL for one of its arguments");
    refused(hd_cluster_why(cluster, NULL, "a", "b", &port, report, pass_reason, NULL, &allowed), "a port without number");
    assert_int_equal(hd_cluster_compare(NULL, 80, NULL, 0, &request, &difference), HD_BAD_CALL);
    assert_int_equal(hd_cluster_compare(&connection, 80, NULL, 0, &request, &difference), HD_BAD_CALL);
    assert_int_equal(hd_cluster_connections(cluster, NULL, NULL, pass_by, NULL), HD_BAD_CALL);
    assert_int_equal(hd_cluster_write_graph(cluster, NULL, HD_GRAPH_TEXT, NULL, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_cluster_object_count(cluster), 1);
    assert_null(hd_cluster_object_at(cluster, 1));
    assert_null(hd_cluster_workload_at(cluster, 0));
    assert_int_equal(hd_cluster_object_count(NULL), 0);
    assert_int_equal(hd_cluster_workload_count(NULL), 0);
    assert_null(hd_cluster_object_at(NULL, 0));
    assert_null(hd_cluster_workload_at(NULL, 0));
    hd_cluster_free(cluster);
    hd_cluster_free(NULL);
    assert_true(hd_cluster_reads("apps", "Deployment"));
    assert_false(hd_cluster_reads("apps", "ConfigMap"));
    assert_false(hd_cluster_reads(NULL, "Deployment"));
    assert_false(hd_cluster_reads("apps", NULL));
}

static void what_was_not_checked_is_not_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < hd_manifest_count(unchecked); i++)
        assert_int_equal(hd_manifest_write(unchecked, i, HD_FORMAT_YAML, swallow, NULL), HD_BAD_CALL);
    for (size_t i = 0; i < hd_file_count(unchecked); i++)
        assert_int_equal(hd_file_write(unchecked, i, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_explain(unchecked, NULL, swallow, NULL), HD_OK);
    assert_int_equal(hd_manifest_write(model, 0, HD_FORMAT_YAML, swallow, NULL), HD_OK);
    assert_int_equal(hd_file_write(model, 0, swallow, NULL), HD_OK);
}

static void without_a_report(void **state)
{
    const char *const words[] = {NULL, "services"}, *const *names;
    size_t n;

    (void)state;
    assert_int_equal(hd_manifest_write(NULL, 0, HD_FORMAT_YAML, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_manifest_write(model, 0, HD_FORMAT_YAML, NULL, NULL), HD_BAD_CALL);
    assert_int_equal(hd_manifest_write(model, 0, HD_FORMAT_LIST, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_manifest_write(model, 0, (enum hd_format)9, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_manifest_write(model, 99999, HD_FORMAT_YAML, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_file_write(NULL, 0, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_file_write(model, 0, NULL, NULL), HD_BAD_CALL);
    assert_int_equal(hd_file_write(model, 99999, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_explain(NULL, NULL, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_explain(model, NULL, NULL, NULL), HD_BAD_CALL);
    assert_int_equal(hd_explain(model, "services.absent", swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_explain_values(NULL, NULL, pass_over, NULL), HD_BAD_CALL);
    assert_int_equal(hd_explain_values(model, NULL, NULL, NULL), HD_BAD_CALL);
    assert_int_equal(hd_explain_values(model, "services.absent", pass_over, NULL), HD_BAD_CALL);
    assert_int_equal(hd_explain_json(NULL, NULL, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_explain_json(model, NULL, NULL, NULL), HD_BAD_CALL);
    assert_int_equal(hd_explain_json(model, "services.absent", swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_schema_write(NULL, NULL), HD_BAD_CALL);
    assert_int_equal(hd_contract_schema_write(NULL, NULL), HD_BAD_CALL);
    assert_int_equal(hd_contract_write(NULL, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_contract_write(model, NULL, NULL), HD_BAD_CALL);
    assert_int_equal(hd_app_write(NULL, HD_FORMAT_YAML, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_app_write(&shop, HD_FORMAT_LIST, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_app_write(&(struct hd_app){.abi = HD_ABI, .n_services = 1}, HD_FORMAT_YAML, swallow, NULL), HD_BAD_CALL);
    assert_int_equal(hd_model_n_edges(NULL), 0);
    assert_null(hd_model_edge(NULL, 0));
    assert_null(hd_model_edge(model, hd_model_n_edges(model)));
    assert_int_equal(hd_manifest_count(NULL), 0);
    assert_null(hd_manifest_at(NULL, 0));
    assert_false(hd_manifest_is_selected(NULL, NULL));
    assert_int_equal(hd_file_count(NULL), 0);
    assert_null(hd_file_at(NULL, 0));
    assert_false(hd_file_is_selected(NULL, NULL));
    assert_int_equal(hd_diagnostics_count(NULL), 0);
    assert_int_equal(hd_diagnostics_errors(NULL), 0);
    assert_int_equal(hd_diagnostics_omitted(NULL), 0);
    assert_null(hd_diagnostics_get(NULL, 0));
    assert_null(hd_did_you_mean(NULL, words, 2));
    assert_null(hd_did_you_mean("service", NULL, 2));
    assert_string_equal(hd_did_you_mean("servics", words, 2), "services");
    assert_null(hd_format_words(NULL));
    assert_null(hd_format_pattern(NULL));
    assert_false(hd_format_is_valid(NULL, "a"));
    assert_null(hd_code_info(-5));
    assert_null(hd_code_at(99999));
    assert_null(hd_kind_at(99999));
    assert_null(hd_part_at(99999));
    assert_null(hd_document_app_in(NULL, HD_ABI));
    assert_null(hd_model_app_in(NULL, HD_ABI));
    assert_int_equal(hd_document_environments(NULL, &names, &n), HD_BAD_CALL);
    assert_int_equal(hd_document_environments(document, NULL, &n), HD_BAD_CALL);
    assert_int_equal(hd_document_environments(document, &names, NULL), HD_BAD_CALL);
    assert_null(hd_document_sources(NULL, &n));
    assert_null(hd_document_sources(document, NULL));
    assert_string_equal(hd_status_text((enum hd_status)77), "an unknown status");
    assert_string_equal(hd_status_text((enum hd_status)-1), "an unknown status");
    hd_model_free(NULL);
    hd_document_free(NULL);
    hd_diagnostics_clear(NULL);
    hd_diagnostics_free(NULL);
}

struct written {
    char text[2000];
    size_t length;
};

static int collect(void *user, const char *text, size_t length)
{
    struct written *written = user;

    assert_true(written->length + length < sizeof written->text);
    memcpy(written->text + written->length, text, length);
    written->length += length;
    return 0;
}

static void diagnostics_are_written(void **state)
{
    static const char text[] = "name: x\nservice: {}\n";
    const struct hd_source sources = {.name = "-", .text = text, .length = sizeof text - 1};
    struct hd_diagnostics_style style = {.size = sizeof style, .sources = &sources, .n_sources = 1};
    const struct hd_diagnostic own = {
        .code = 7, .severity = HD_WARNING, .file = "a\033.yaml", .message = "\033[31mred\xff", .related = {.message = "m"}};
    struct written written = {.length = 0};
    struct hd_document *bad;

    (void)state;
    assert_int_equal(hd_document_load(&sources, 1, NULL, report, &bad), HD_OK);
    assert_int_equal(hd_diagnostics_write(report, &style, collect, &written), HD_OK);
    assert_string_equal(written.text,
                        "<stdin>:2:1: error: there is no key \"service\" here [HD1139]\n    2 | service: {}\n      | ^~~~~~~\n"
                        "  at service\n  hint: did you mean services?\n");
    written = (struct written){.length = 0};
    assert_int_equal(hd_diagnostic_write(&own, NULL, collect, &written), HD_OK);
    assert_string_equal(written.text, "a<U+001B>.yaml: warning: <U+001B>[31mred<FF> [HD0007]\nhybriddeploy: note: m\n");
    written = (struct written){.length = 0};
    style.format = HD_DIAGNOSTICS_JSON;
    assert_int_equal(hd_diagnostic_write(&own, &style, collect, &written), HD_OK);
    assert_string_equal(
        written.text,
        "{\"code\":\"HD0007\",\"severity\":\"warning\",\"file\":\"a\\u001b.yaml\",\"line\":null,\"column\":null,\"path\":\"\","
        "\"message\":\"\\u001b[31mred\\ufffd\",\"hint\":null,\"related\":{\"file\":null,\"line\":null,\"column\":null,"
        "\"path\":\"\",\"message\":\"m\"},\"endLine\":null,\"endColumn\":null,\"edits\":[],\"paths\":[],\"services\":[],\"environments\":[]}\n");
    style.errors_only = 1;
    written = (struct written){.length = 0};
    assert_int_equal(hd_diagnostic_write(&own, &style, collect, &written), HD_OK);
    assert_int_equal(written.length, 0);
    assert_int_equal(hd_diagnostic_list_write(NULL, 0, NULL, collect, &written), HD_OK);
    assert_int_equal(hd_diagnostic_list_write(NULL, 1, NULL, collect, &written), HD_BAD_CALL);
    assert_int_equal(hd_diagnostic_list_write((const struct hd_diagnostic *const[]){&own, NULL}, 2, NULL, collect, &written), HD_BAD_CALL);
    assert_int_equal(written.length, 0);
    for (style.format = HD_DIAGNOSTICS_SARIF; style.format <= HD_DIAGNOSTICS_JUNIT; style.format++) {
        written = (struct written){.length = 0};
        assert_int_equal(hd_diagnostic_write(&(struct hd_diagnostic){.code = -3}, &style, collect, &written), HD_OK);
    }
    style.format = (enum hd_diagnostics_format)9;
    assert_int_equal(hd_diagnostics_write(report, &style, collect, &written), HD_BAD_CALL);
    assert_int_equal(hd_diagnostics_write(NULL, NULL, collect, &written), HD_BAD_CALL);
    assert_int_equal(hd_diagnostics_write(report, NULL, NULL, NULL), HD_BAD_CALL);
    assert_int_equal(hd_diagnostic_write(NULL, NULL, collect, &written), HD_BAD_CALL);
    hd_document_free(bad);
}

static void workspaces(void **state)
{
    struct hd_workspace *workspace = NULL;

    (void)state;
    refused(hd_workspace_load(NULL, NULL, report, &workspace), "NULL for the file");
    refused(hd_workspace_load("hybriddeploy.workspace.yaml", NULL, report, NULL), "NULL for ret_workspace");
    assert_int_equal(hd_workspace_load("hybriddeploy.workspace.yaml", NULL, NULL, &workspace), HD_BAD_CALL);
    refused(hd_workspace_load("hybriddeploy.workspace.yaml", &(struct hd_workspace_options){.size = 1}, report, &workspace),
            "the size in struct hd_workspace_options is 1");
    refused(hd_workspace_load("hybriddeploy.workspace.yaml",
                              &(struct hd_workspace_options){.size = sizeof(struct hd_workspace_options), .kubernetes_version = "newest"},
                              report, &workspace),
            "kubernetes_version is \"newest\"");
    refused(hd_workspace_check(NULL, report), "NULL for the workspace");
    refused(hd_workspace_reload(NULL, 0, report, NULL), "NULL for the workspace");
    assert_null(workspace);
    assert_int_equal(hd_workspace_count(NULL), 0);
    assert_int_equal(hd_workspace_errors(NULL, 0), 0);
    assert_null(hd_workspace_name(NULL, 0));
    assert_null(hd_workspace_file(NULL, 0));
    assert_null(hd_workspace_model(NULL, 0));
    assert_null(hd_workspace_document(NULL, 0));
    hd_workspace_free(NULL);
}

static void sinks_that_fail(void **state)
{
    (void)state;
    for (size_t at = 0; at < 3000; at += 97) {
        size_t left = at;

        assert_int_equal(hd_generate(model, NULL, report, stop, &left), HD_UNWRITABLE);
        left = at;
        assert_int_equal(hd_explain(model, NULL, stop, &left), HD_UNWRITABLE);
        left = at;
        assert_int_equal(hd_explain_json(model, NULL, stop, &left), HD_UNWRITABLE);
        left = at;
        assert_int_equal(hd_schema_write(stop, &left), HD_UNWRITABLE);
        left = at;
        assert_int_equal(hd_contract_schema_write(stop, &left), HD_UNWRITABLE);
        left = at % 30;
        assert_int_equal(hd_contract_write(model, stop, &left), HD_UNWRITABLE);
        left = at % 30;
        assert_int_equal(hd_app_write(&shop, HD_FORMAT_JSON, stop, &left), HD_UNWRITABLE);
    }
    for (size_t i = 0; i < hd_file_count(model); i++)
        assert_int_equal(hd_file_write(model, i, stop, &(size_t){10}), HD_UNWRITABLE);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(loading),
        TEST(changing_a_document),
        TEST(resolving_and_checking),
        TEST(generating),
        TEST(names_that_only_takes),
        TEST(options_of_other_versions),
        TEST(comparing),
        TEST(a_diff),
        TEST(reading_clusters),
        TEST(what_was_not_checked_is_not_written),
        TEST(without_a_report),
        TEST(diagnostics_are_written),
        TEST(workspaces), TEST(sinks_that_fail),
    };

    return RUN(tests);
}
