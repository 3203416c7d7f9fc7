/*
 * Every number, duration, percentage and quantity of the model at its extremes, one member at a time and all numbers of a struct at
 * once, from reading to writing: nothing overflows (which the undefined behaviour sanitizer sees), and a number outside of its row's
 * range is refused.
 */
#include "cmocka_test.h"

#include "core/text/format.h"

#include <hybriddeploy/hybriddeploy.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 10, LONGEST_PATH = 400, MOST_NUMBERS = 40 };

static const char model_text[] = "name: shop\nnamespace: {name: shop}\nimageRegistry: registry.example.com/shop\nimageTag: \"1\"\n"
                                 "mesh: {mode: sidecar}\n"
                                 "services:\n  web: {runtime: cpython, port: 8000}\n  api: {runtime: condon, port: 8000, calls: [web]}\n";

/* One step of a path, from the inner to the outer. */
struct chain {
    const struct chain *outer;
    const struct hd_struct *type;
    char path[LONGEST_PATH];
};

static size_t n_members;

static int forget(void *user, const char *text, size_t length)
{
    (void)user;
    (void)text;
    (void)length;
    return 0;
}

/* Whether the settings lead to an error. */
static bool is_refused(const char *const *sets, size_t n_sets)
{
    struct hd_load_options options = {.size = sizeof options, .sets = sets, .n_sets = n_sets};
    struct hd_source source = {.name = "shop.yaml", .text = model_text, .length = sizeof model_text - 1};
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document;
    struct hd_model *model;
    bool refused;

    assert_int_equal(hd_document_load(&source, 1, &options, diagnostics, &document), HD_OK);
    assert_int_equal(hd_resolve(hd_document_app(document), NULL, diagnostics, &model), HD_OK);
    hd_generate(model, NULL, diagnostics, forget, NULL);
    hd_explain(model, NULL, forget, NULL);
    refused = hd_diagnostics_errors(diagnostics) > 0;
    hd_model_free(model);
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
    return refused;
}

static bool is_number(const struct hd_field *field)
{
    return field->kind == HD_INTEGER || field->kind == HD_OPTIONAL_INTEGER;
}

static void try_number(const struct chain *chain, const struct hd_field *field, int64_t number)
{
    char set[LONGEST_PATH + 100];
    const char *sets[] = {set};
    bool is_outside = (field->min || field->max) && (number < field->min || number > field->max);

    snprintf(set, sizeof set, "%s.%s=%" PRId64, chain->path, field->key, number);
    if (!is_refused(sets, 1) && is_outside)
        fail_msg("%s is taken, and its row says %" PRId64 " to %" PRId64, set, field->min, field->max);
}

/* A text that means an amount in some unit. */
static bool is_amount(const struct hd_field *field)
{
    static const char *const samples[] = {"10", "10s", "10m", "10%", "10Gi", "0 0 * * *"};

    if ((field->kind != HD_STRING && field->kind != HD_INT_OR_STRING) || !field->format || field->words)
        return false;
    /* What takes all of letters and digits is a name. */
    if (format_is_valid(field->format, "web") || format_is_valid(field->format, "x10y"))
        return false;
    for (size_t i = 0; i < LENGTH(samples); i++)
        if (format_is_valid(field->format, samples[i]))
            return true;
    return false;
}

static void try_texts(const struct chain *chain, const struct hd_field *field)
{
    static const char *const texts[] = {"0", "0s", "9223372036854775807", "9223372036854775807s", "2562047788015h", "8784h", "106751991d",
                                        "292277y", "999999999999999ms", "0.000000001s", "9223372036854775807%", "2147483647%", "100%",
                                        "9223372036854775807Ei", "1e99", "1n", "-9E", "18446744073709551615", "@every 2562047788015h",
                                        "0 0 29 2 *"};

    for (size_t i = 0; i < LENGTH(texts); i++) {
        char set[LONGEST_PATH + 100];
        const char *sets[] = {set};

        snprintf(set, sizeof set, "%s.%s=\"%s\"", chain->path, field->key, texts[i]);
        is_refused(sets, 1);
    }
}

static void try_all_numbers(const struct chain *chain, int64_t number)
{
    static char sets[MOST_NUMBERS][LONGEST_PATH + 100];
    const char *pointers[MOST_NUMBERS];
    size_t count = 0;

    for (size_t i = 0; i < chain->type->n_fields && count < MOST_NUMBERS; i++)
        if (is_number(&chain->type->fields[i])) {
            snprintf(sets[count], sizeof sets[count], "%s.%s=%" PRId64, chain->path, chain->type->fields[i].key, number);
            pointers[count] = sets[count];
            count++;
        }
    if (count > 1)
        is_refused(pointers, count);
}

static bool is_within(const struct chain *chain, const struct hd_struct *type)
{
    for (; chain; chain = chain->outer)
        if (chain->type == type)
            return true;
    return false;
}

static void try_struct(const struct chain *chain);

static void try_member(const struct chain *chain, const struct hd_field *field)
{
    struct chain inner = {.outer = chain, .type = field->of};
    const char *dot = *chain->path && *field->key ? "." : "";

    if (is_number(field)) {
        const int64_t numbers[] = {INT64_MIN, INT64_MAX, INT32_MIN, INT32_MAX, -1, 0, field->min, field->max, field->min - 1,
                                   field->max == INT64_MAX ? 0 : field->max + 1};

        n_members++;
        for (size_t i = 0; i < LENGTH(numbers); i++)
            try_number(chain, field, numbers[i]);
    } else if (is_amount(field)) {
        n_members++;
        try_texts(chain, field);
    } else if (field->of && !is_within(chain, field->of)) {
        const char *step = field->kind != HD_STRUCT_LIST ? "" : field->of->keyed_by ? ".web" : "[0]";

        assert_true(snprintf(inner.path, sizeof inner.path, "%s%s%s%s", chain->path, dot, field->key, step) < LONGEST_PATH);
        try_struct(&inner);
    }
}

static void try_struct(const struct chain *chain)
{
    static const int64_t numbers[] = {INT64_MIN, INT64_MAX, INT32_MAX};

    for (size_t i = 0; i < LENGTH(numbers); i++)
        try_all_numbers(chain, numbers[i]);
    for (size_t i = 0; i < chain->type->n_fields; i++)
        try_member(chain, &chain->type->fields[i]);
}

static void every_member(void **state)
{
    struct chain root = {.type = hd_schema_root()};

    (void)state;
    try_struct(&root);
    print_message("%zu members\n", n_members);
    assert_true(n_members > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_member)};

    return RUN(tests);
}
