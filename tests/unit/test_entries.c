/* Entries of a loaded model are added, replaced and removed. */
#include "findings.h"

static const char text[] = "name: shop\n"
                           "imageRegistry: registry.example.com\n"
                           "imageTag: \"1.2\"\n"
                           "labels: {example.com/team: core}\n"
                           "runtimes: {condon: {env: {LEVEL: info}}}\n"
                           "services:\n"
                           "  web:\n"
                           "    runtime: condon\n"
                           "    replicas: 3\n"
                           "    args: [--quiet, --fast, --slow]\n"
                           "    env: {COLOR: blue}\n"
                           "  api: {runtime: condon, replicas: 2}\n";

static struct hd_diagnostics *report;
static struct hd_document *document;

static int set_up(void **state)
{
    const struct hd_source source = {.name = "shop.yaml", .text = text, .length = sizeof text - 1};

    (void)state;
    report = hd_diagnostics_new(NULL);
    assert_int_equal(hd_document_load(&source, 1, NULL, report, &document), HD_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    hd_document_free(document);
    hd_diagnostics_free(report);
    return 0;
}

struct text {
    char text[4000];
    size_t length;
};

static int collect(void *user, const char *piece, size_t length)
{
    struct text *all = user;

    assert_true(all->length + length < sizeof all->text);
    memcpy(all->text + all->length, piece, length);
    all->text[all->length += length] = '\0';
    return 0;
}

/* The part of the complete model that the path names, with where its values came from. */
static void assert_explained(const char *path, const char *expected)
{
    struct text all = {.length = 0};
    struct hd_model *model;

    assert_int_equal(hd_resolve(hd_document_app(document), NULL, report, &model), HD_OK);
    assert_int_equal(hd_explain(model, path, collect, &all), HD_OK);
    assert_string_equal(all.text, expected);
    hd_model_free(model);
}

static const struct hd_service *service(size_t index)
{
    return &hd_document_app(document)->services[index];
}

static void entries_are_the_documents(void **state)
{
    char name[] = "MODE", value[] = "fast", file[] = "program.c";
    const struct hd_at at = {.file = file, .line = 7, .column = 1};
    struct hd_env env = {.name = name, .value = value, .at = &at};

    (void)state;
    assert_int_equal(hd_document_add(document, "services.web.env", HD_ENTRY(&env), report), HD_OK);
    memset(name, 'x', sizeof name - 1);
    memset(value, 'x', sizeof value - 1);
    memset(file, 'x', sizeof file - 1);
    memset(&env, 0xff, sizeof env);
    assert_explained("services.web.env", "services:\n"
                                         "  web:\n"
                                         "    env:\n"
                                         "      COLOR:\n        value: blue  # shop.yaml:11\n"
                                         "      MODE:\n        value: fast  # program.c:7\n"
                                         "      LEVEL:\n        value: info  # runtimes.condon, shop.yaml:5\n");
}

static void a_changed_member_stands_nowhere_in_the_file(void **state)
{
    struct hd_service web = *service(0);

    (void)state;
    web.replicas = (struct hd_opt_int)HD_INT(-5);
    web.container.working_dir = "/srv";
    assert_int_equal(hd_document_replace(document, "services.web", HD_ENTRY(&web), report), HD_OK);
    assert_explained("services.web.replicas", "services:\n  web:\n    replicas: -5  # given\n");
    assert_explained("services.web.workingDir", "services:\n  web:\n    workingDir: /srv  # given\n");
    assert_explained("services.web.args", "services:\n  web:\n    args:\n"
                                          "    - \"--quiet\"  # shop.yaml:10\n"
                                          "    - \"--fast\"  # shop.yaml:10\n"
                                          "    - \"--slow\"  # shop.yaml:10\n");
    /* A diagnostic points at the service. */
    assert_int_equal(hd_validate(hd_document_app(document), NULL, report), HD_INVALID);
    assert_findings(report, "7:3 HD_OUT_OF_RANGE services.web.replicas\n");
}

static void an_entry_may_get_another_name(void **state)
{
    struct hd_service web = *service(0);

    (void)state;
    web.name = "front";
    assert_int_equal(hd_document_replace(document, "services[0]", HD_ENTRY(&web), report), HD_OK);
    assert_int_equal(hd_document_remove(document, "services.api", report), HD_OK);
    assert_int_equal(hd_document_app(document)->n_services, 1);
    assert_explained("services.front.replicas", "services:\n  front:\n    replicas: 3  # shop.yaml:9\n");
}

static void texts_keep_their_places(void **state)
{
    const char *const loud = "--loud", *const more = "--more";

    (void)state;
    assert_int_equal(hd_document_add(document, "services.web.args", HD_ENTRY(&more), report), HD_OK);
    assert_int_equal(hd_document_replace(document, "services.web.args[1]", HD_ENTRY(&loud), report), HD_OK);
    assert_int_equal(hd_document_remove(document, "services.web.args[0]", report), HD_OK);
    assert_explained("services.web.args", "services:\n  web:\n    args:\n"
                                          "    - \"--loud\"  # given\n"
                                          "    - \"--slow\"  # shop.yaml:10\n"
                                          "    - \"--more\"  # given\n");
}

static void the_last_entry_is_removed(void **state)
{
    (void)state;
    assert_int_equal(hd_document_remove(document, "services.web.env.COLOR", report), HD_OK);
    assert_explained("services.web.env", "services:\n  web:\n    env:\n      LEVEL:\n        value: info  # runtimes.condon, shop.yaml:5\n");
    assert_int_equal(hd_document_remove(document, "labels[\"example.com/team\"]", report), HD_OK);
    assert_null(hd_document_app(document)->labels);
    for (int i = 0; i < 3; i++)
        assert_int_equal(hd_document_remove(document, "services.web.args[0]", report), HD_OK);
    assert_non_null(service(0)->container.args);
    assert_explained("services.web.args", "services:\n  web:\n    args: []  # given\n");
}

/* A service that is copied from another shares nothing with it. */
static void a_copy_of_an_entry(void **state)
{
    struct hd_service copy = *service(0);
    const struct hd_env env = {.name = "ONLY_COPY", .value = "1"};

    (void)state;
    copy.name = "copy";
    assert_int_equal(hd_document_add(document, "services", HD_ENTRY(&copy), report), HD_OK);
    assert_int_equal(hd_document_add(document, "services.copy.env", HD_ENTRY(&env), report), HD_OK);
    assert_int_equal(service(0)->container.n_env, 1);
    assert_int_equal(service(2)->container.n_env, 2);
    assert_int_equal(hd_document_remove(document, "services.web", report), HD_OK);
    assert_explained("services.copy.replicas", "services:\n  copy:\n    replicas: 3  # shop.yaml:9\n");
    assert_explained("services.copy.env.COLOR", "services:\n  copy:\n    env:\n      COLOR:\n        value: blue  # shop.yaml:11\n");
}

static void many_entries(void **state)
{
    enum { MANY = 2000 };
    char name[32], path[64];
    struct hd_service one = {.name = name, .runtime = "cpython"};

    (void)state;
    for (int i = 0; i < MANY; i++) {
        snprintf(name, sizeof name, "service-%d", i);
        assert_int_equal(hd_document_add(document, "services", HD_ENTRY(&one), report), HD_OK);
    }
    for (int i = 0; i < MANY; i += 2) {
        snprintf(path, sizeof path, "services.service-%d", i);
        assert_int_equal(hd_document_remove(document, path, report), HD_OK);
    }
    assert_int_equal(hd_document_app(document)->n_services, 2 + MANY / 2);
    assert_int_equal(hd_validate(hd_document_app(document), NULL, report), HD_OK);
    for (size_t i = 2; i < 2 + MANY / 2; i++) {
        snprintf(name, sizeof name, "service-%d", 2 * (int)i - 3);
        assert_string_equal(service(i)->name, name);
    }
}

/* Every list that members of structs lead to takes an entry and gives it back. */
static size_t each_list(const struct hd_struct *type, const char *path)
{
    size_t n_lists = 0;

    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = hd_struct_field(type, i);
        char below[512], entry_path[600];
        const char *one_text = "one";
        char *entry;

        snprintf(below, sizeof below, "%s%s%s", path, *path && *field->key ? "." : "", field->key);
        if (field->kind == HD_STRUCT || field->kind == HD_EMBEDDED)
            n_lists += each_list(field->of, below);
        if (field->kind != HD_STRUCT_LIST && field->kind != HD_STRING_LIST)
            continue;
        n_lists++;
        snprintf(entry_path, sizeof entry_path, "%s%s", below, field->of && field->of->keyed_by ? ".one" : "[0]");
        if (field->kind == HD_STRING_LIST) {
            assert_int_equal(hd_document_add(document, below, HD_ENTRY(&one_text), report), HD_OK);
        } else {
            entry = calloc(1, field->of->size);
            for (size_t k = 0; field->of->keyed_by && k < field->of->n_fields; k++)
                if (!strcmp(hd_struct_field(field->of, k)->key, field->of->keyed_by))
                    memcpy(entry + hd_struct_field(field->of, k)->offset, &one_text, sizeof one_text);
            assert_int_equal(hd_document_add(document, below, HD_ABI, entry, field->of->size, report), HD_OK);
            assert_int_equal(hd_document_replace(document, entry_path, HD_ABI, entry, field->of->size, report), HD_OK);
            free(entry);
            n_lists += each_list(field->of, entry_path);
        }
        assert_int_equal(hd_document_remove(document, entry_path, report), HD_OK);
        assert_int_equal(hd_document_remove(document, entry_path, report), HD_BAD_CALL);
        hd_diagnostics_clear(report);
    }
    return n_lists;
}

static void every_list(void **state)
{
    const struct hd_source source = {.name = "x.yaml", .text = "name: x", .length = 7};

    (void)state;
    hd_document_free(document);
    assert_int_equal(hd_document_load(&source, 1, NULL, report, &document), HD_OK);
    assert_in_range(each_list(hd_schema_root(), ""), 500, 100000);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(entries_are_the_documents),
        TEST(a_changed_member_stands_nowhere_in_the_file),
        TEST(an_entry_may_get_another_name),
        TEST(texts_keep_their_places),
        TEST(the_last_entry_is_removed),
        TEST(a_copy_of_an_entry),
        TEST(many_entries),
        TEST(every_list),
    };

    return RUN(tests);
}
