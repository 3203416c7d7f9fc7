/*
 * Every allocation of the process fails in turn, libfyaml's and the C library's included: each time the result is the right one or
 * HD_NO_MEMORY. Each runs in a process of its own, so that a crash is one result among others, and libfyaml may leak.
 */
#define _GNU_SOURCE
#include "cmocka_test.h"

#include <errno.h>
#include <hybriddeploy/hybriddeploy.h>
#include <libfyaml.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* The C library's own, below the names that this program takes from everybody. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
int __real_fy_parser_set_string(struct fy_parser *parser, const char *text, size_t length);
int __wrap_fy_parser_set_string(struct fy_parser *parser, const char *text, size_t length);

/* The allocation that fails, from 1, or none; with all behind it, or alone. */
static size_t failing, n_allocated;
static bool fails_alone, is_counting, has_failed;
/* Whether allocations that succeed leave ENOMEM, as they may where the heap cannot grow and memory comes from elsewhere. */
static bool leaves_errno;

static bool fails(void)
{
    if (!is_counting)
        return false;
    n_allocated++;
    if (!failing || (fails_alone ? n_allocated != failing : n_allocated < failing))
        return false;
    has_failed = true;
    errno = ENOMEM;
    return true;
}

static void *taken(void *memory)
{
    if (is_counting && leaves_errno)
        errno = ENOMEM;
    return memory;
}

void *malloc(size_t size)
{
    return fails() ? NULL : taken(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : taken(__libc_calloc(count, size));
}

void *realloc(void *memory, size_t size)
{
    return fails() ? NULL : taken(__libc_realloc(memory, size));
}

/* libfyaml crashes here before version 1.0; the library sees to it that there is memory just before. */
int __wrap_fy_parser_set_string(struct fy_parser *parser, const char *text, size_t length)
{
    int result;

    is_counting = false;
    result = __real_fy_parser_set_string(parser, text, length);
    is_counting = true;
    return result;
}

/* What came out of a run, shared with the process that ran it. */
struct outcome {
    enum hd_status status;
    bool has_failed;
    size_t n_allocated, length;
    char text[256 * 1024];
};

static int keep(void *user, const char *text, size_t length)
{
    struct outcome *outcome = user;

    assert_true(length < sizeof outcome->text - outcome->length);
    memcpy(outcome->text + outcome->length, text, length);
    outcome->length += length;
    return 0;
}

struct input {
    struct hd_source sources[4];
    size_t n_sources;
    const char *sets[4];
    size_t n_sets;
};

static enum hd_status write_manifests(struct hd_document *document, struct hd_diagnostics *diagnostics, struct outcome *outcome)
{
    struct hd_model *model;
    enum hd_status status = hd_document_resolve(document, NULL, diagnostics, &model);

    if (status != HD_OK)
        return status;
    status = hd_generate(model, NULL, diagnostics, keep, outcome);
    if (status == HD_OK)
        status = hd_explain(model, NULL, keep, outcome);
    hd_model_free(model);
    return status;
}

static void keep_diagnostics(const struct hd_diagnostics *diagnostics, struct outcome *outcome)
{
    for (size_t i = 0; i < hd_diagnostics_count(diagnostics); i++) {
        const struct hd_diagnostic *diagnostic = hd_diagnostics_get(diagnostics, i);

        keep(outcome, diagnostic->message, strlen(diagnostic->message));
        keep(outcome, "\n", 1);
    }
}

static enum hd_status run(const struct input *input, struct outcome *outcome)
{
    struct hd_load_options options = {.size = sizeof options, .sets = input->sets, .n_sets = input->n_sets};
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document = NULL;
    enum hd_status status;

    if (!diagnostics)
        return HD_NO_MEMORY;
    status = hd_document_load(input->sources, input->n_sources, &options, diagnostics, &document);
    if (status == HD_OK)
        status = write_manifests(document, diagnostics, outcome);
    is_counting = false;
    keep_diagnostics(diagnostics, outcome);
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
    return status;
}

/* In a process of its own; false when it did not end by itself. */
static bool run_apart(const struct input *input, struct outcome *outcome)
{
    int status;
    pid_t pid;

    outcome->length = 0;
    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        n_allocated = 0;
        is_counting = true;
        outcome->status = run(input, outcome);
        is_counting = false;
        outcome->n_allocated = n_allocated;
        outcome->has_failed = has_failed;
        _exit(0);
    }
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool is_right(const struct outcome *outcome, const struct outcome *right)
{
    return outcome->status == right->status && outcome->length == right->length &&
           !memcmp(outcome->text, right->text, right->length);
}

static void *shared(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    assert_true(memory != MAP_FAILED);
    return memory;
}

static void fail_each(const struct input *input, enum hd_status meant)
{
    struct outcome *right = shared(sizeof *right), *outcome = shared(sizeof *outcome);

    failing = 0;
    assert_true(run_apart(input, right));
    assert_int_equal(right->status, meant);
    assert_true(right->length > 0 && right->n_allocated > 5);
    leaves_errno = true;
    assert_true(run_apart(input, outcome));
    leaves_errno = false;
    assert_true(is_right(outcome, right));
    for (int alone = 0; alone < 2; alone++)
        for (failing = 1; failing <= right->n_allocated; failing++) {
            fails_alone = alone;
            if (!run_apart(input, outcome))
                fail_msg("a crash when allocation %zu fails%s", failing, alone ? " alone" : "");
            assert_true(outcome->has_failed);
            if (outcome->status != HD_NO_MEMORY && !is_right(outcome, right))
                fail_msg("status %d and another result when allocation %zu fails%s", outcome->status, failing, alone ? " alone" : "");
        }
    print_message("%zu allocations failed in turn, alone and with all behind\n", right->n_allocated);
    munmap(right, sizeof *right);
    munmap(outcome, sizeof *outcome);
}

#define TEXT(file, literal) {.name = (file), .text = (literal), .length = sizeof(literal) - 1}

static void texts_of_all_styles(void **state)
{
    static const struct input input = {
        .sources = {TEXT("shop.yaml", "# with a comment\nname: shop\nimageRegistry: registry.example.com/shop\nimageTag: \"1.4.2\"\n"
                                      "services:\n  web:\n    runtime: cpython\n    env:\n      LITERAL: |\n        one\n        two\n"
                                      "      FOLDED: >-\n        one\n        two\n\n        three\n      DOUBLE: \"x\\ny\"\n"
                                      "      SINGLE: 'it''s'\n      PLAIN: one\n        two\n      TAGGED: !!str 12\n")},
        .n_sources = 1,
    };

    (void)state;
    fail_each(&input, HD_OK);
}

static void anchors(void **state)
{
    static const struct input input = {
        .sources = {TEXT("shop.yaml", "name: &n shop\nimageRegistry: registry.example.com/shop\nimageTag: \"1.4.2\"\nlabels: {team: *n}\n"
                                      "services:\n  web: &web\n    runtime: cpython\n    calls: &calls [api]\n    env: &e {A: \"x\\ny\"}\n"
                                      "  api: {runtime: condon, env: *e}\n  old: {<<: *web, runtime: condon, calls: *calls}\n")},
        .n_sources = 1,
    };

    (void)state;
    fail_each(&input, HD_OK);
}

static void json(void **state)
{
    static const struct input input = {
        .sources = {TEXT("shop.json", "{\"name\": \"shop\", \"imageRegistry\": \"registry.example.com/shop\", \"imageTag\": \"1.4.2\",\n"
                                      "\"services\": {\"web\": {\"runtime\": \"cpython\", \"env\": {\"A\": \"x\\ny\\u00e9\"}}}}")},
        .n_sources = 1,
    };

    (void)state;
    fail_each(&input, HD_OK);
}

static void layers_and_settings(void **state)
{
    static const struct input input = {
        .sources = {TEXT("shop.yaml", "name: shop\nimageRegistry: registry.example.com/shop\nimageTag: \"1.4.2\"\n"
                                      "services:\n  web: {runtime: cpython, env: {A: one}}\n"),
                    TEXT("large.yaml", "services:\n  web:\n    replicas: 4\n    env:\n      A: |\n        another\n"),
                    TEXT("extra.json", "{\"services\": {\"api\": {\"runtime\": \"condon\"}}}")},
        .n_sources = 3,
        .sets = {"services.web.env.B=\"two\\nlines\"", "labels[\"example.com/team\"]=core", "services.api.replicas=3"},
        .n_sets = 3,
    };

    (void)state;
    fail_each(&input, HD_OK);
}

static void mistakes(void **state)
{
    static const struct input model = {
        .sources = {TEXT("shop.yaml", "name: Shop\nnmae: x\nname: y\nbase: &b {a: 1}\nservices:\n  web:\n    <<: *b\n    runtim: cpython\n"
                                      "    replicas: yes\n    image: {tag: 1.10}\n    port: 99999\n    calls: [nobody]\n")},
        .n_sources = 1,
    };
    static const struct input no_yaml = {.sources = {TEXT("shop.yaml", "name: [a\nb: }\n")}, .n_sources = 1};
    static const struct input tab = {.sources = {TEXT("shop.yaml", "name: shop\nservices:\n\tweb: {}\n")}, .n_sources = 1};
    static const struct input unknown = {.sources = {TEXT("shop.yaml", "name: *nobody\n")}, .n_sources = 1};

    (void)state;
    fail_each(&model, HD_INVALID);
    fail_each(&no_yaml, HD_UNREADABLE);
    fail_each(&tab, HD_UNREADABLE);
    fail_each(&unknown, HD_UNREADABLE);
}

/* A program of another layout, which knows the name alone. */
struct small_app {
    const struct hd_layout *abi;
    const char *name;
    const struct hd_at *at;
};

static const char *const small_structs[] = {"hd_app name:s at:@"};
static const uint32_t small_numbers[] = {
    sizeof(void *),           sizeof(size_t), sizeof(enum hd_bool), sizeof(struct small_app), offsetof(struct small_app, name),
    offsetof(struct small_app, at)};
static const struct hd_layout small_layout = {1, small_structs, sizeof small_structs / sizeof *small_structs, small_numbers,
                                              sizeof small_numbers / sizeof *small_numbers};

/* There is no copy where memory ran out, and one when it is asked for again. */
static void copies_for_other_layouts(void **state)
{
    static const struct hd_source source = TEXT("shop.yaml", "name: shop\n");
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    const struct small_app *copy;
    struct hd_document *document;
    size_t number;

    (void)state;
    fails_alone = false;
    has_failed = true;
    for (number = 1; has_failed; number++) {
        failing = 0;
        assert_int_equal(hd_document_load(&source, 1, NULL, diagnostics, &document), HD_OK);
        failing = number;
        n_allocated = 0;
        has_failed = false;
        is_counting = true;
        copy = (const struct small_app *)(const void *)hd_document_app_in(document, &small_layout);
        is_counting = false;
        assert_int_equal(copy == NULL, has_failed);
        copy = (const struct small_app *)(const void *)hd_document_app_in(document, &small_layout);
        assert_non_null(copy);
        assert_string_equal(copy->name, "shop");
        hd_document_free(document);
    }
    assert_true(number > 3);
    hd_diagnostics_free(diagnostics);
}

static void write_text(const char *file, const char *text)
{
    FILE *stream = fopen(file, "w");

    assert_non_null(stream);
    fputs(text, stream);
    assert_int_equal(fclose(stream), 0);
}

#define HEAD "imageRegistry: registry.example.com/a\nimageTag: \"1\"\nmesh: {mode: \"off\"}\nservices:\n"
#define SHOP(replicas, port) \
    "name: shop\n" HEAD "  web: {runtime: cpython, replicas: " replicas ", port: " port ", expose: /, calls: [billing/invoice]}\n"

static enum hd_status reload_shop(struct hd_workspace *workspace, struct hd_diagnostics *diagnostics, const char *text, bool *ret_all)
{
    enum hd_status status;

    is_counting = false;
    write_text("shop.yaml", text);
    is_counting = true;
    status = hd_workspace_reload(workspace, 0, diagnostics, ret_all);
    assert_true(status == HD_OK || (status == HD_NO_MEMORY && !hd_workspace_count(workspace)));
    return status;
}

static enum hd_status reload_twice(struct hd_diagnostics *diagnostics)
{
    const struct hd_workspace_options options = {.size = sizeof options, .max_threads = 1};
    struct hd_workspace *workspace = NULL;
    enum hd_status status = hd_workspace_load("hybriddeploy.workspace.yaml", &options, diagnostics, &workspace);
    bool alone = false, all = true;

    if (status == HD_OK)
        status = hd_workspace_check(workspace, diagnostics);
    if (status == HD_OK)
        status = reload_shop(workspace, diagnostics, "\n" SHOP("3", "8000"), &alone);
    if (status == HD_OK)
        status = reload_shop(workspace, diagnostics, SHOP("3", "9000"), &all);
    is_counting = false;
    assert_true(status != HD_OK || has_failed || (!alone && all));
    hd_workspace_free(workspace);
    return status;
}

/* Memory that runs out while a workspace is loaded, checked or reloaded leaves nothing that is read later. */
static void workspaces(void **state)
{
    char folder[] = "/tmp/hybriddeploy-XXXXXX", before[4096];

    (void)state;
    assert_non_null(getcwd(before, sizeof before));
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    write_text("hybriddeploy.workspace.yaml", "applications: [shop.yaml, billing.yaml]\n");
    write_text("billing.yaml", "name: billing\n" HEAD "  invoice: {runtime: cpython, replicas: 2, port: 8000, callers: [shop/web]}\n");
    for (int alone = 0; alone < 2; alone++) {
        fails_alone = alone;
        has_failed = true;
        for (failing = 1; has_failed; failing++) {
            struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
            enum hd_status status;

            write_text("shop.yaml", SHOP("2", "8000"));
            n_allocated = 0;
            has_failed = false;
            is_counting = true;
            status = reload_twice(diagnostics);
            is_counting = false;
            assert_true(status == HD_OK || (has_failed && status == HD_NO_MEMORY));
            hd_diagnostics_free(diagnostics);
        }
        assert_true(failing > 40);
    }
    failing = 0;
    unlink("shop.yaml");
    unlink("billing.yaml");
    unlink("hybriddeploy.workspace.yaml");
    assert_int_equal(chdir(before), 0);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_all_styles), cmocka_unit_test(anchors),  cmocka_unit_test(json),
        cmocka_unit_test(layers_and_settings), cmocka_unit_test(mistakes), cmocka_unit_test(copies_for_other_layouts),
        cmocka_unit_test(workspaces),
    };

    return RUN(tests);
}
