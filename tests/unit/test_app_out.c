/* Models written back as they were given. */
#include "findings.h"

struct output {
    char *text;
    size_t length;
    bool is_full;
};

static int collect(void *user, const char *text, size_t length)
{
    struct output *output = user;

    if (output->is_full)
        return 1;
    output->text = realloc(output->text, output->length + length + 1);
    memcpy(output->text + output->length, text, length);
    output->length += length;
    output->text[output->length] = '\0';
    return 0;
}

/* Free it. */
static char *written(const struct hd_app *app, enum hd_format format)
{
    struct output output = {.text = calloc(1, 1)};

    assert_int_equal(hd_app_write(app, format, collect, &output), HD_OK);
    return output.text;
}

static struct hd_document *load(const char *text)
{
    struct hd_diagnostics *report = hd_diagnostics_new(NULL);
    struct hd_document *document = NULL;

    assert_int_equal(hd_document_load(&(struct hd_source){.text = text, .length = strlen(text)}, 1, NULL, report, &document), HD_OK);
    assert_findings(report, "");
    hd_diagnostics_free(report);
    return document;
}

static void assert_comes_back(const char *text, enum hd_format format)
{
    struct hd_document *document = load(text);
    char *back = written(hd_document_app(document), format);

    assert_string_equal(back, text);
    free(back);
    hd_document_free(document);
}

/* Each text is in the short form already, so that it comes back as it is. */
static void short_forms_come_back(void **state)
{
    static const char *const texts[] = {
        "name: shop\nservices:\n  web:\n    runtime: cpython\n    port: 8000\n    calls:\n    - orders\n    autoscaling: false\n",
        "name: shop\nservices:\n  web:\n    ports:\n    - name: http\n      port: 8000\n    - 9000\n",
        "name: shop\nsecretStore: vault\nservices:\n  web: {}\n  orders: {}\n",
        "name: shop\nservices:\n- name: web\n- name: web\n",
        "name: shop\nservices:\n- runtime: condon\n- {}\n",
        "name: shop\nservices:\n  web:\n    autoscaling: {}\n",
        "name: shop\nservices:\n  web:\n    autoscaling:\n      enabled: true\n      maxReplicas: 8\n",
        "name: shop\nservices:\n  web:\n    autoscaling:\n      maxReplicas: 8\n      cpu: 0\n",
        "name: shop\nservices:\n  web:\n    command: []\n    calls: []\n",
        "name: shop\nservices:\n  web:\n    env:\n      A: \"\"\n      B: \"yes\"\n      C:\n        secret: s\n        key: k\n",
        "name: shop\nservices:\n  web:\n    strategy:\n      maxSurge: 25%\n      maxUnavailable: 0\n",
        "name: shop\npriorityClasses:\n- value: 5\n- value: 6\n",
        "name: shop\nlabels:\n  a: \"1\"\nservices:\n  web:\n    resources:\n      requests:\n        cpu: 250m\n",
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(texts); i++)
        assert_comes_back(texts[i], HD_FORMAT_YAML);
    assert_comes_back("{\"name\":\"shop\",\"services\":{\"web\":{\"port\":8000,\"calls\":[\"a\",\"b\"],\"metrics\":false}}}",
                      HD_FORMAT_JSON);
}

static void long_forms_become_short(void **state)
{
    struct hd_document *document =
        load("name: shop\nservices: [{name: web, runtime: codon, ports: [{port: 8000}], calls: [{to: orders}]}]\n");
    char *back = written(hd_document_app(document), HD_FORMAT_YAML);

    (void)state;
    assert_string_equal(back, "name: shop\nservices:\n  web:\n    runtime: codon\n    port: 8000\n    calls:\n    - orders\n");
    free(back);
    hd_document_free(document);
}

static void models_of_c_are_written_too(void **state)
{
    const struct hd_app app = {
        .abi = HD_ABI, .name = "shop", HD_LIST(services, struct hd_service, {.name = "web", .autoscaling.max_replicas = 8})};
    const struct hd_app nothing = {.abi = HD_ABI};
    char *back = written(&app, HD_FORMAT_YAML);

    (void)state;
    assert_string_equal(back, "name: shop\nservices:\n  web:\n    autoscaling:\n      maxReplicas: 8\n");
    free(back);
    back = written(&nothing, HD_FORMAT_YAML);
    assert_string_equal(back, "{}");
    free(back);
}

static void wrong_calls_and_full_sinks(void **state)
{
    const struct hd_app app = {.abi = HD_ABI, .name = "shop"}, other = {.abi = NULL, .name = "shop"};
    struct output full = {.is_full = true};

    (void)state;
    assert_int_equal(hd_app_write(NULL, HD_FORMAT_YAML, collect, &full), HD_BAD_CALL);
    assert_int_equal(hd_app_write(&app, HD_FORMAT_YAML, NULL, NULL), HD_BAD_CALL);
    assert_int_equal(hd_app_write(&app, HD_FORMAT_LIST, collect, &full), HD_BAD_CALL);
    assert_int_equal(hd_app_write(&other, HD_FORMAT_YAML, collect, &full), HD_BAD_CALL);
    assert_int_equal(hd_app_write(&app, HD_FORMAT_YAML, collect, &full), HD_UNWRITABLE);
    assert_int_equal(hd_abi(), HD_INTERFACE_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_forms_come_back),
        cmocka_unit_test(long_forms_become_short),
        cmocka_unit_test(models_of_c_are_written_too),
        cmocka_unit_test(wrong_calls_and_full_sinks),
    };

    return RUN(tests);
}
