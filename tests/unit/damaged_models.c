/*
 * damaged_models MODEL... : damages each member of a loaded model in each way in which a program may get it wrong, one at a time. Whatever
 * comes of it, no call crashes; what no file can say is refused with a diagnostic; and what is not valid is not written.
 */
#include <hybriddeploy/hybriddeploy.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_MEMBER = 32, WAYS = 6 };

static size_t n_damages, n_refused, n_invalid, n_valid, n_failed;

static int swallow(void *user, const char *text, size_t length)
{
    (void)text;
    *(size_t *)user += length;
    return 0;
}

static size_t size_of(const struct hd_field *field)
{
    return field->kind == HD_INTEGER ? sizeof(int64_t) : field->kind == HD_OPTIONAL_INTEGER ? sizeof(struct hd_opt_int)
           : field->kind == HD_BOOLEAN || field->kind == HD_ENUMERATION                     ? sizeof(int)
                                                                                            : sizeof(void *);
}

/* Puts a wrong value into the member; false when it has fewer ways. `*must_refuse` when no file can say it. */
static bool damage(const struct hd_field *field, char *object, int way, bool *must_refuse)
{
    static const char *const texts[] = {NULL, "", "\xff\xfe\x01\x1b[31m", "a\nb: c", "-9999999999999999999999", "${a}{{b}}\"'"};
    static const char *const list[] = {"python", NULL};
    static const int64_t numbers[] = {INT64_MIN, INT64_MAX, -1, 0};
    static const int values[] = {99, -1, 1000000};
    void *place = object + field->offset;
    size_t count = way == 0 ? 1 : way == 1 ? SIZE_MAX : way == 2 ? 2 : 0;

    switch (field->kind) {
    case HD_STRING:
    case HD_INT_OR_STRING:
    case HD_VALUE:
        memcpy(place, &texts[way], sizeof *texts);
        return true;
    case HD_INTEGER:
        return way < 4 && memcpy(place, &numbers[way], sizeof *numbers);
    case HD_OPTIONAL_INTEGER:
        return way < 4 && memcpy(place, &(struct hd_opt_int){true, numbers[way]}, sizeof(struct hd_opt_int));
    case HD_BOOLEAN:
    case HD_ENUMERATION:
        *must_refuse = true;
        return way < 3 && memcpy(place, &values[way], sizeof *values);
    case HD_STRING_LIST:
    case HD_STRUCT_LIST:
        if (way > 3 || (way == 2 && field->kind == HD_STRUCT_LIST))
            return false;
        memset(place, 0, sizeof(void *));
        if (way == 2)
            memcpy(place, &(const char *const *){list}, sizeof(void *));
        memcpy(object + field->count_offset, &count, sizeof count);
        *must_refuse = way < 3;
        return true;
    default:
        return false;
    }
}

static void write_all(const struct hd_model *model, bool is_valid)
{
    size_t bytes = 0;

    for (size_t i = 0; i < hd_manifest_count(model); i++)
        if ((hd_manifest_write(model, i, HD_FORMAT_YAML, swallow, &bytes) == HD_OK) != is_valid)
            n_failed++;
    for (size_t i = 0; i < hd_file_count(model); i++)
        if ((hd_file_write(model, i, swallow, &bytes) == HD_OK) != is_valid)
            n_failed++;
    hd_explain(model, NULL, swallow, &bytes);
    hd_explain_json(model, NULL, swallow, &bytes);
}

static void try(const struct hd_app *app, bool must_refuse, const struct hd_struct *type, const struct hd_field *field, int way)
{
    struct hd_diagnostics *report = hd_diagnostics_new(NULL);
    struct hd_model *model = NULL;
    enum hd_status status = hd_resolve(app, NULL, report, &model);
    size_t bytes = 0;

    n_damages++;
    if (status == HD_OK) {
        write_all(model, false);
        status = hd_check(model, report);
        write_all(model, status == HD_OK);
    }
    n_refused += status == HD_BAD_CALL;
    n_invalid += status == HD_INVALID;
    n_valid += status == HD_OK;
    if ((status == HD_BAD_CALL) != must_refuse || (status != HD_OK && !hd_diagnostics_errors(report))) {
        printf("FAIL %s.%s, damaged in way %d: status %d, %zu errors\n", type->name, field->member, way, (int)status,
               hd_diagnostics_errors(report));
        n_failed++;
    }
    if ((hd_app_write(app, HD_FORMAT_YAML, swallow, &bytes) == HD_BAD_CALL) != must_refuse)
        n_failed++;
    hd_model_free(model);
    hd_diagnostics_free(report);
}

static void walk(const struct hd_app *app, const struct hd_struct *type, char *object)
{
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = hd_struct_field(type, i);
        bool is_list = field->count_offset;
        char saved[LARGEST_MEMBER], *items;
        size_t count = 0;

        if (field->kind == HD_STRUCT || field->kind == HD_EMBEDDED) {
            walk(app, field->of, object + field->offset);
            continue;
        }
        memcpy(saved, object + field->offset, size_of(field));
        if (is_list)
            memcpy(&count, object + field->count_offset, sizeof count);
        for (int way = 0; way < WAYS; way++) {
            bool must_refuse = false;

            if (damage(field, object, way, &must_refuse))
                try(app, must_refuse, type, field, way);
            memcpy(object + field->offset, saved, size_of(field));
            if (is_list)
                memcpy(object + field->count_offset, &count, sizeof count);
        }
        memcpy(&items, saved, sizeof items);
        for (size_t k = 0; field->kind == HD_STRUCT_LIST && k < count; k++)
            walk(app, field->of, items + k * field->of->size);
    }
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct hd_diagnostics *report = hd_diagnostics_new(NULL);
        struct hd_document *document;

        if (hd_document_load_file(argv[i], report, &document) != HD_OK)
            return 2;
        walk(hd_document_app_in(document, NULL), hd_schema_root(), (char *)(uintptr_t)hd_document_app_in(document, NULL));
        hd_document_free(document);
        hd_diagnostics_free(report);
    }
    printf("%zu damages: %zu refused, %zu invalid, %zu valid\n", n_damages, n_refused, n_invalid, n_valid);
    return n_failed || !n_refused || !n_invalid || !n_valid;
}
