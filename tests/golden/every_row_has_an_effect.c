/*
 * Takes every member that the models of the golden files give, one at a time, out of the model again: what is generated, or what is
 * said about the model, must change. And every row of every table must be among them. Arguments: the models.
 */
#include "core/memory/hash.h"
#include "core/tables/field.h"
#include "model/tables.h"

#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 2000, LARGEST_MEMBER = 4096, MOST_MARKS = 200 };

/* Rows that were seen to have an effect. */
static const struct hd_field *effective[MOST_ROWS];
static size_t n_effective;
static int n_failed;

static bool is_effective(const struct hd_field *field)
{
    for (size_t i = 0; i < n_effective; i++)
        if (effective[i] == field)
            return true;
    return false;
}

static int hash_text_of(void *user, const char *text, size_t length)
{
    uint64_t *hash = user;

    *hash = hash_bytes(*hash, text, length);
    return 0;
}

/* All that comes out of a model: the status, the number of findings, the manifests, the files beside them. */
static uint64_t fingerprint(const struct hd_app *app)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_model *model = NULL;
    uint64_t hash = HASH_START;
    enum hd_status status = hd_resolve(app, NULL, diagnostics, &model);

    if (status == HD_OK)
        status = hd_generate(model, NULL, diagnostics, hash_text_of, &hash);
    for (size_t i = 0; status == HD_OK && i < hd_file_count(model); i++) {
        hash = hash * 31 + (uint64_t)hd_file_at(model, i)->is_default;
        status = hd_file_write(model, i, hash_text_of, &hash);
    }
    hash = hash * 31 + (uint64_t)status;
    hash = hash * 31 + hd_diagnostics_count(diagnostics);
    hd_model_free(model);
    hd_diagnostics_free(diagnostics);
    return hash;
}

static size_t size_of(const struct hd_field *field)
{
    switch (field->kind) {
    case HD_INTEGER:
        return sizeof(int64_t);
    case HD_OPTIONAL_INTEGER:
        return sizeof(struct hd_opt_int);
    case HD_BOOLEAN:
    case HD_ENUMERATION:
        return sizeof(int);
    case HD_STRUCT:
    case HD_EMBEDDED:
        return field->of->size;
    default:
        return sizeof(void *);
    }
}

/* The member's marks go with it: what has one counts as given. Returns what stood there before. */
static const struct hd_at *unmark(const struct hd_struct *type, const struct hd_field *field, char *object, struct hd_at *left,
                                  struct hd_mark *marks)
{
    const struct hd_at *old = *(const struct hd_at **)(void *)(object + type->at_offset);

    *left = *struct_at(type, object);
    left->marks = marks;
    left->n_marks = 0;
    for (uint32_t i = 0; old && i < old->n_marks; i++)
        if (old->marks[i].member != field)
            marks[left->n_marks++] = old->marks[i];
    struct_set_at(type, object, left);
    return old;
}

static void try_without(const struct hd_app *app, uint64_t with, const struct hd_struct *type, const struct hd_field *field, char *object)
{
    struct hd_mark marks[MOST_MARKS];
    char saved[LARGEST_MEMBER];
    size_t size = size_of(field), count = 0;
    const struct hd_at *at;
    struct hd_at left;

    if (is_effective(field) || struct_at(type, object)->n_marks > MOST_MARKS)
        return;
    at = unmark(type, field, object, &left, marks);
    memcpy(saved, object + field->offset, size);
    memset(object + field->offset, 0, size);
    if (field->count_offset) {
        memcpy(&count, object + field->count_offset, sizeof count);
        memset(object + field->count_offset, 0, sizeof count);
    }
    if (fingerprint(app) != with)
        effective[n_effective++] = field;
    memcpy(object + field->offset, saved, size);
    if (field->count_offset)
        memcpy(object + field->count_offset, &count, sizeof count);
    struct_set_at(type, object, at);
}

static void walk(const struct hd_app *app, uint64_t with, const struct hd_struct *type, char *object)
{
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = hd_struct_field(type, i);

        if (!field_is_set(field, object))
            continue;
        try_without(app, with, type, field, object);
        if (field->kind == HD_STRUCT || field->kind == HD_EMBEDDED) {
            walk(app, with, field->of, object + field->offset);
        } else if (field->kind == HD_STRUCT_LIST) {
            char *items;

            memcpy(&items, object + field->offset, sizeof items);
            for (size_t k = 0; k < field_count(field, object); k++)
                walk(app, with, field->of, items + k * field->of->size);
        }
    }
}

static void try_model(const char *name)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document;
    const struct hd_app *app;

    if (hd_document_load_file(name, diagnostics, &document) != HD_OK) {
        printf("FAIL %s cannot be read\n", name);
        n_failed++;
    } else {
        app = hd_document_app(document);
        walk(app, fingerprint(app), &hd_app_struct, (char *)(uintptr_t)app);
        hd_document_free(document);
    }
    hd_diagnostics_free(diagnostics);
}

/* A name for whoever reads the model, and for a mesh. */
static bool is_for_people(const struct hd_struct *type, const struct hd_field *field)
{
    return !strcmp(type->name, "hd_external") && !strcmp(field->member, "host");
}

/* A target that refuses and changes nothing else: tests/cases/gateway-api-old shows it. */
static bool only_refuses(const struct hd_struct *type, const struct hd_field *field)
{
    return (!strcmp(type->name, "hd_mesh") || !strcmp(type->name, "hd_app_gateway")) && !strcmp(field->member, "gateway_api_version");
}

static void report(const struct hd_struct *type)
{
    static const struct hd_struct *seen[MOST_ROWS];
    static size_t n_seen;

    for (size_t i = 0; i < n_seen; i++)
        if (seen[i] == type)
            return;
    seen[n_seen++] = type;
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = hd_struct_field(type, i);

        if (!is_effective(field) && field->kind != HD_EMBEDDED && !is_for_people(type, field) && !only_refuses(type, field)) {
            printf("FAIL %s.%s has no effect in any model\n", type->name, field->member);
            n_failed++;
        }
        if (field->of)
            report(field->of);
    }
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        try_model(argv[i]);
    report(&hd_app_struct);
    printf("%zu rows have an effect, %d failures\n", n_effective, n_failed);
    return n_failed > 0;
}
