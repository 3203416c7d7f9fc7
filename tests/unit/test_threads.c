/*
 * Threads at work at the same time, on models of their own and on one const model that all share, get what one thread gets.
 * Under -Db_sanitize=thread it also shows that nothing is shared unseen.
 */
#include "cmocka_test.h"

#include <hybriddeploy/hybriddeploy.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { N_THREADS = 4, ROUNDS = 10 };

static const char shop[] = "name: shop\nservices:\n  web: {runtime: cpython, image: {tag: \"1\"}, calls: [db]}\n"
                           "externals:\n  db: {namespace: database, port: 5432}\n";
static const char mistakes[] = "name: shop\nservices:\n  web: {runtim: cpython, replicas: yes, port: 99999}\n";

struct job {
    const struct hd_source *source;
    const struct hd_app *shared; /* instead of a source */
    const struct hd_model *model; /* instead of both */
    uint64_t result;
};

static int hash(void *user, const char *text, size_t length)
{
    uint64_t *result = user;

    for (size_t i = 0; i < length; i++)
        *result = (*result ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    return 0;
}

static void generate(const struct hd_app *app, struct hd_diagnostics *diagnostics, uint64_t *result)
{
    struct hd_model *model;

    if (hd_resolve(app, NULL, diagnostics, &model) != HD_OK)
        return;
    hd_generate(model, NULL, diagnostics, hash, result);
    hd_model_free(model);
}

/* A program whose headers know two members alone, and to which copies are handed out. */
struct short_app {
    const struct hd_layout *abi;
    const char *name;
    const struct hd_at *at;
};

static uint64_t read_copy(const struct hd_model *model)
{
    static const char *const structs[] = {"hd_app name:s at:@"};
    static const uint32_t numbers[] = {sizeof(void *), sizeof(size_t), sizeof(enum hd_bool), sizeof(struct short_app),
                                       offsetof(struct short_app, name), offsetof(struct short_app, at)};
    static const struct hd_layout layout = {1, structs, 1, numbers, LENGTH(numbers)};
    const struct short_app *copy = (const struct short_app *)(const void *)hd_model_app_in(model, &layout);

    return copy && copy->abi == &layout ? strlen(copy->name) : 0;
}

static void read_model(const struct hd_model *model, struct hd_diagnostics *diagnostics, uint64_t *result)
{
    hd_generate(model, NULL, diagnostics, hash, result);
    hd_explain(model, NULL, hash, result);
    hd_explain_json(model, NULL, hash, result);
    for (size_t i = 0; i < hd_manifest_count(model); i++)
        hd_manifest_write(model, i, HD_FORMAT_JSON, hash, result);
    for (size_t i = 0; i < hd_file_count(model); i++)
        hd_file_write(model, i, hash, result);
    for (size_t i = 0; i < hd_model_n_edges(model); i++)
        *result += hd_model_edge(model, i)->n_ports;
    *result += read_copy(model) + hd_model_app(model)->n_services;
}

/* The output and every message as one number. */
static uint64_t work(const struct job *job)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document = NULL;
    uint64_t result = 1;

    if (job->model)
        read_model(job->model, diagnostics, &result);
    else if (job->shared)
        generate(job->shared, diagnostics, &result);
    else if (hd_document_load(job->source, 1, NULL, diagnostics, &document) == HD_OK)
        generate(hd_document_app(document), diagnostics, &result);
    for (size_t i = 0; i < hd_diagnostics_count(diagnostics); i++) {
        const struct hd_diagnostic *diagnostic = hd_diagnostics_get(diagnostics, i);

        hash(&result, diagnostic->message, strlen(diagnostic->message));
        hash(&result, hd_code_info(diagnostic->code)->what, strlen(hd_code_info(diagnostic->code)->what));
    }
    for (size_t i = 0; hd_code_at(i); i++)
        hash(&result, hd_code_at(i)->right, strlen(hd_code_at(i)->right));
    for (size_t i = 0; i < hd_schema_root()->n_fields; i++)
        hash(&result, hd_struct_field(hd_schema_root(), i)->key, strlen(hd_struct_field(hd_schema_root(), i)->key));
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
    return result;
}

static void *run(void *argument)
{
    struct job *job = argument;
    uint64_t first = work(job);

    for (int round = 1; round < ROUNDS; round++)
        if (work(job) != first)
            return NULL;
    job->result = first;
    return job;
}

static void check_all(struct job *jobs, size_t n_jobs)
{
    pthread_t threads[N_THREADS];
    void *done;

    for (size_t i = 0; i < n_jobs; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, run, &jobs[i]), 0);
    for (size_t i = 0; i < n_jobs; i++) {
        assert_int_equal(pthread_join(threads[i], &done), 0);
        assert_non_null(done);
        assert_true(jobs[i].result != 1 && jobs[i].result == work(&jobs[i]));
    }
}

static void models_of_their_own(void **state)
{
    const struct hd_source sources[] = {
        {.name = "shop.yaml", .text = shop, .length = sizeof shop - 1},
        {.name = "mistakes.yaml", .text = mistakes, .length = sizeof mistakes - 1},
        {.name = *state},
    };
    struct job jobs[N_THREADS] = {{.source = &sources[0]}, {.source = &sources[1]}, {.source = &sources[2]}, {.source = &sources[2]}};

    check_all(jobs, N_THREADS);
    assert_true(jobs[0].result != jobs[1].result && jobs[1].result != jobs[2].result);
    assert_true(jobs[2].result == jobs[3].result);
}

static void one_model_for_all(void **state)
{
    const struct hd_source source = {.name = *state};
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document;
    struct job jobs[N_THREADS];

    assert_int_equal(hd_document_load(&source, 1, NULL, diagnostics, &document), HD_OK);
    for (size_t i = 0; i < N_THREADS; i++)
        jobs[i] = (struct job){.shared = hd_document_app(document)};
    check_all(jobs, N_THREADS);
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
}

static void one_resolved_model_for_all(void **state)
{
    const struct hd_source source = {.name = *state};
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document;
    struct job jobs[N_THREADS];
    struct hd_model *model;

    assert_int_equal(hd_document_load(&source, 1, NULL, diagnostics, &document), HD_OK);
    assert_int_equal(hd_resolve(hd_document_app(document), NULL, diagnostics, &model), HD_OK);
    for (size_t i = 0; i < N_THREADS; i++)
        jobs[i] = (struct job){.model = model};
    check_all(jobs, N_THREADS);
    assert_int_not_equal(read_copy(model), 0);
    hd_model_free(model);
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(models_of_their_own, argv[argc - 1]),
        cmocka_unit_test_prestate(one_model_for_all, argv[argc - 1]),
        cmocka_unit_test_prestate(one_resolved_model_for_all, argv[argc - 1]),
    };

    return RUN(tests);
}
