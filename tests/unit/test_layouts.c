/* Programs whose structs are laid out otherwise than the library's: what is read of them, what is refused, and what they are handed. */
#include "findings.h"

/* The structs of a program with newer headers: the library knows neither struct hd_later nor the members of its type, nor `count`. */
struct later {
    const char *word;
    int64_t number;
    const struct hd_at *at;
};
struct new_service {
    const char *name, *runtime;
    struct later later;
    const struct later *laters;
    size_t n_laters;
    const struct hd_at *at;
};
struct new_app {
    const struct hd_layout *abi;
    const char *next_year, *name, *image_registry, *image_tag;
    int64_t number;
    struct hd_opt_int optional;
    enum hd_bool choice;
    const char *const *texts;
    size_t n_texts;
    const struct new_service *services;
    size_t n_services;
    const struct hd_at *at;
};

static const char *const new_structs[] = {
    "hd_later word:s number:i at:@",
    "hd_service name:s runtime:s later:.hd_later laters:*hd_later at:@",
    "hd_app next_year:s name:s image_registry:s image_tag:s number:i optional:o choice:e texts:S services:*hd_service at:@",
};
#define SIZES sizeof(void *), sizeof(size_t), sizeof(enum hd_bool)
#define OF(member) offsetof(struct new_app, member)
#define OF_SERVICE(member) offsetof(struct new_service, member)
static const uint32_t new_numbers[] = {
    SIZES,
    sizeof(struct later),
    offsetof(struct later, word),
    offsetof(struct later, number),
    offsetof(struct later, at),
    sizeof(struct new_service),
    OF_SERVICE(name),
    OF_SERVICE(runtime),
    OF_SERVICE(later),
    OF_SERVICE(laters),
    OF_SERVICE(n_laters),
    OF_SERVICE(at),
    sizeof(struct new_app),
    OF(next_year),
    OF(name),
    OF(image_registry),
    OF(image_tag),
    OF(number),
    OF(optional),
    OF(choice),
    OF(texts),
    OF(n_texts),
    OF(services),
    OF(n_services),
    OF(at),
};
static const struct hd_layout new_layout = {1, new_structs, LENGTH(new_structs), new_numbers, LENGTH(new_numbers)};

static const struct new_service web = {.name = "web", .runtime = "cpython"};
static const struct new_app shop = {
    .abi = &new_layout, .name = "shop", .image_registry = "registry.example.com", .image_tag = "1", .services = &web, .n_services = 1};

static struct hd_diagnostics *report;

static int set_up(void **state)
{
    (void)state;
    report = hd_diagnostics_new(NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    hd_diagnostics_free(report);
    return 0;
}

static enum hd_status validate(const void *app)
{
    hd_diagnostics_clear(report);
    return hd_validate(app, NULL, report);
}

static void assert_refused(const struct new_app *app, const char *path)
{
    char expected[200];

    snprintf(expected, sizeof expected, "0:0 HD_UNKNOWN_MEMBER %s\n", path);
    assert_int_equal(validate(app), HD_BAD_CALL);
    assert_findings(report, expected);
}

static void newer_members_are_refused_where_they_are_set(void **state)
{
    const char *const texts[] = {"a"};
    struct new_app app = shop;

    (void)state;
    assert_int_equal(validate(&app), HD_OK);
    app.next_year = "x";
    assert_refused(&app, "next_year");
    app = shop, app.number = -1;
    assert_refused(&app, "number");
    app = shop, app.optional.set = true;
    assert_refused(&app, "optional");
    app = shop, app.choice = HD_FALSE;
    assert_refused(&app, "choice");
    app = shop, app.texts = texts;
    assert_refused(&app, "texts");
    app = shop, app.n_texts = 1;
    assert_refused(&app, "texts");
}

static void newer_structs_are_refused_where_a_member_is_set(void **state)
{
    const struct later empty = {.number = 0};
    const struct hd_at at = {.file = "shop.c", .line = 7, .column = 2};
    struct new_service service = web;
    struct new_app app = shop;

    (void)state;
    app.services = &service;
    assert_int_equal(validate(&app), HD_OK);
    service.later.number = 1;
    assert_refused(&app, "services.web.later");
    service.at = &at;
    assert_int_equal(validate(&app), HD_BAD_CALL);
    assert_findings(report, "7:2 HD_UNKNOWN_MEMBER services.web.later\n");
    assert_string_equal(hd_diagnostics_get(report, 0)->file, "shop.c");
    service = web, service.later.word = "x";
    assert_refused(&app, "services.web.later");
    service = web, service.laters = &empty, service.n_laters = 1;
    assert_refused(&app, "services.web.laters");
}

static int append(void *user, const char *piece, size_t length)
{
    return strncat(user, piece, length) == NULL;
}

/* hd_app_write() has nobody to tell why, and writes nothing that would lack a member. */
static void written_as_a_whole_or_not_at_all(void **state)
{
    const struct new_app unlike = {.name = "shop"};
    struct new_app app = shop;
    char text[500] = "";

    (void)state;
    assert_int_equal(hd_app_write((const struct hd_app *)(const void *)&app, HD_FORMAT_YAML, append, text), HD_OK);
    assert_string_equal(text,
                        "name: shop\nimageRegistry: registry.example.com\nimageTag: \"1\"\nservices:\n  web:\n    runtime: cpython\n");
    app.number = 1;
    *text = '\0';
    assert_int_equal(hd_app_write((const struct hd_app *)(const void *)&app, HD_FORMAT_YAML, append, text), HD_BAD_CALL);
    assert_int_equal(hd_app_write((const struct hd_app *)(const void *)&unlike, HD_FORMAT_YAML, append, text), HD_BAD_CALL);
    assert_string_equal(text, "");
}

/* A layout of one struct, hd_app, with one member beside its name; `structs` and `numbers` may be changed before it is read. */
static const char *structs[2];
static uint32_t numbers[12];
static struct hd_layout layout;
static struct {
    const struct hd_layout *abi;
    const char *name;
    const void *member;
    size_t count;
    const struct hd_at *at;
} small;

static enum hd_status validate_small(const char *words, size_t n_numbers)
{
    static const char *const types[] = {"hd_mesh mode:e at:@"};
    const size_t name = sizeof small.abi, member = 2 * sizeof small.abi, count = 3 * sizeof small.abi;
    const uint32_t with[] = {SIZES,
                             2 * sizeof(void *),
                             0,
                             sizeof(void *),
                             sizeof small,
                             (uint32_t)name,
                             (uint32_t)member,
                             strpbrk(strstr(words, "name:s ") + 7, "S*") ? (uint32_t)count : (uint32_t)(count + sizeof small.count),
                             4 * sizeof(void *)};

    memcpy(numbers, with, sizeof with);
    structs[0] = types[0];
    structs[1] = words;
    layout = (struct hd_layout){2, structs, 2, numbers, n_numbers};
    small.abi = &layout;
    small.name = "shop";
    return validate(&small);
}

static void assert_unreadable(const char *words, size_t n_numbers)
{
    assert_int_equal(validate_small(words, n_numbers), HD_BAD_CALL);
    assert_findings(report, "0:0 HD_WRONG_CALL abi\n");
    assert_non_null(strstr(hd_diagnostics_get(report, 0)->message, "is not a layout that version"));
}

static void layouts_that_say_too_little(void **state)
{
    (void)state;
    assert_int_equal(validate_small("hd_app name:s mesh:.hd_mesh at:@", 10), HD_INVALID);
    for (size_t n = 0; n < 10; n++)
        assert_unreadable("hd_app name:s mesh:.hd_mesh at:@", n);
    assert_unreadable("hd_app name:s mesh at:@", 10);
    assert_unreadable("hd_app name:s mesh: at:@", 10);
    assert_unreadable("hd_app name:s mesh:x at:@", 10);
    assert_unreadable("hd_app name:s mesh:.hd_absent at:@", 10);
    assert_unreadable("hd_app name:s services:*hd_absent at:@", 11);
    assert_unreadable("hd_application name:s mesh:.hd_mesh at:@", 10);
    assert_null(hd_model_app_in(NULL, &layout));
}

/* A member that the library has with another type in C is not that member. */
static void members_of_another_type(void **state)
{
    static const char *const words[] = {
        "hd_app name:s host:i at:@",        "hd_app name:s services:.hd_mesh at:@", "hd_app name:s pod_security:s at:@",
        "hd_app name:s mesh:*hd_mesh at:@", "hd_app name:s services:*hd_mesh at:@", "hd_app name:s mesh:s at:@",
        "hd_app name:s labels:S at:@"};
    const void *const one[2] = {"x", NULL};

    (void)state;
    for (size_t i = 0; i < LENGTH(words); i++) {
        small.member = NULL, small.count = 0;
        assert_int_equal(validate_small(words[i], 11), HD_INVALID);
        small.member = one, small.count = strpbrk(strstr(words[i], "name:s "), "S*") != NULL;
        assert_int_equal(validate_small(words[i], 11), HD_BAD_CALL);
        assert_int_equal(hd_diagnostics_get(report, 0)->code, HD_UNKNOWN_MEMBER);
    }
    small.member = NULL, small.count = 0;
}

/* Two compilers that lay the same members out otherwise have one identity and different numbers. */
static void layouts_are_equal_when_their_numbers_are(void **state)
{
    static uint32_t copied[4000];
    struct hd_layout same = *HD_ABI, other = *HD_ABI;
    struct hd_app app = {.abi = &same, .name = "shop"};

    (void)state;
    assert_in_range(same.n_numbers, 1000, LENGTH(copied));
    memcpy(copied, same.numbers, same.n_numbers * sizeof *copied);
    same.numbers = copied;
    assert_int_equal(validate(&app), HD_INVALID);
    app.abi = &other, other.numbers = copied, copied[0]++;
    assert_int_equal(validate(&app), HD_BAD_CALL);
    assert_findings(report, "0:0 HD_WRONG_CALL abi\n");
    copied[0]--, other.n_numbers--;
    assert_int_equal(validate(&app), HD_BAD_CALL);
}

static void each_layout_has_one_copy(void **state)
{
    const struct hd_layout again = new_layout;
    struct hd_layout unreadable = new_layout;
    struct hd_model *model;
    const struct new_app *copy;
    const void *copy_of_small;

    (void)state;
    unreadable.n_numbers--;
    assert_int_equal(hd_resolve((const struct hd_app *)(const void *)&shop, NULL, report, &model), HD_OK);
    copy = (const struct new_app *)(const void *)hd_model_app_in(model, &new_layout);
    assert_string_equal(copy->services[0].name, "web");
    assert_string_equal(copy->image_tag, "1");
    assert_null(copy->next_year);
    assert_int_equal(copy->number, 0);
    validate_small("hd_app name:s mesh:.hd_mesh at:@", 10);
    copy_of_small = hd_model_app_in(model, &layout);
    assert_ptr_not_equal(copy_of_small, copy);
    assert_ptr_equal(hd_model_app_in(model, &again), copy);
    assert_ptr_equal(hd_model_app_in(model, &layout), copy_of_small);
    assert_null(hd_model_app_in(model, &unreadable));
    assert_ptr_equal(hd_model_app_in(model, NULL), hd_model_app(model));
    hd_model_free(model);
}

static void entries_of_another_layout(void **state)
{
    static const char text[] = "name: shop\nimageRegistry: r.example.com\nimageTag: '1'\nservices: {api: {runtime: cpython}}\n";
    const struct hd_source source = {.name = "shop.yaml", .text = text, .length = sizeof text - 1};
    const struct hd_layout services_alone = {3, new_structs, 2, new_numbers, 14};
    struct hd_layout unreadable = new_layout;
    struct new_service service = web;
    struct hd_document *document;

    (void)state;
    unreadable.n_numbers = 5;
    assert_int_equal(hd_document_load(&source, 1, NULL, report, &document), HD_OK);
    assert_int_equal(hd_document_add(document, "services", &unreadable, &service, sizeof service, report), HD_BAD_CALL);
    assert_int_equal(hd_document_add(document, "externals", &services_alone, &service, sizeof service, report), HD_BAD_CALL);
    assert_int_equal(hd_document_add(document, "services", &services_alone, &service, sizeof service - 1, report), HD_BAD_CALL);
    assert_findings(report, "0:0 HD_WRONG_CALL services[1]\n0:0 HD_WRONG_CALL externals[0]\n0:0 HD_WRONG_CALL services[1]\n");
    assert_non_null(strstr(hd_diagnostics_get(report, 1)->message, "has no struct hd_external"));
    assert_non_null(strstr(hd_diagnostics_get(report, 2)->message, "bytes, but struct hd_service has"));
    hd_diagnostics_clear(report);
    service.later.number = 1;
    assert_int_equal(hd_document_add(document, "services", &services_alone, &service, sizeof service, report), HD_BAD_CALL);
    assert_findings(report, "0:0 HD_UNKNOWN_MEMBER services[1].later\n");
    service.later.number = 0;
    assert_int_equal(hd_document_app(document)->n_services, 1);
    assert_int_equal(hd_document_add(document, "services", &services_alone, &service, sizeof service, report), HD_OK);
    assert_string_equal(hd_document_app(document)->services[1].runtime, "cpython");
    hd_document_free(document);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(newer_members_are_refused_where_they_are_set),
        TEST(newer_structs_are_refused_where_a_member_is_set),
        TEST(written_as_a_whole_or_not_at_all),
        TEST(layouts_that_say_too_little),
        TEST(members_of_another_type),
        TEST(layouts_are_equal_when_their_numbers_are),
        TEST(each_layout_has_one_copy),
        TEST(entries_of_another_layout),
    };

    return RUN(tests);
}
