/* folder.c: files in sub-folders have the guarantees of manifests. */
#define _GNU_SOURCE
#include "cmocka_test.h"
#include "core/reporting/codes.h"
#include "folder_fixture.h"

#include <hybriddeploy/hybriddeploy.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SERVICES "services: {web: {image: registry.example.com/web:1}}\n"
#define SCRIPT "scripts/deploy-hybrid.sh"

static const char WITH[] = "name: shop\noperations: on\n" SERVICES;
static const char CHANGED[] = "name: shop\noperations: {recoveryTime: 1h}\n" SERVICES;
static const char WITHOUT[] = "name: shop\n" SERVICES;

static void expect_status(enum hd_status expected, enum hd_status status)
{
    if (status != expected)
        fail_msg("status %d, not %d: %s", status, expected, fixture_message());
}

static unsigned mode_of(const char *name)
{
    struct stat status;

    assert_int_equal(stat(fixture_path(name), &status), 0);
    return status.st_mode & 0777;
}

static void are_written_and_go(void **state)
{
    const char *out = fixture_path("out");

    (void)state;
    expect_status(HD_OK, fixture_generate(WITH, out, NULL));
    assert_int_equal(mode_of("out/" SCRIPT) & 0111, 0111 & mode_of("out"));
    assert_int_equal(mode_of("out/scripts/application.tsv") & 0111, 0);
    assert_null(strstr(fixture_read("out/kustomization.yaml"), "scripts"));
    assert_null(strstr(fixture_read("out/kustomization.yaml"), "runbook"));
    expect_status(HD_OK, fixture_generate(WITHOUT, out, NULL));
    assert_false(fixture_exists("out/scripts"));
    assert_false(fixture_exists("out/runbook.md"));
}

static void parts_are_chosen(void **state)
{
    static const char *const group[] = {"ops"}, *const none[] = {"none"}, *const part[] = {"runbook"};
    struct hd_generate_options options = {.size = sizeof options, .with = group, .n_with = 1};
    const char *out = fixture_path("out");

    (void)state;
    expect_status(HD_OK, fixture_generate(WITHOUT, out, &options));
    assert_true(fixture_exists("out/" SCRIPT) && fixture_exists("out/runbook.md"));
    options.with = part;
    expect_status(HD_OK, fixture_generate(WITH, out, &options));
    assert_true(!fixture_exists("out/scripts") && fixture_exists("out/runbook.md"));
    options.with = none;
    expect_status(HD_OK, fixture_generate(WITH, out, &options));
    assert_true(!fixture_exists("out/scripts") && !fixture_exists("out/runbook.md"));
    options = (struct hd_generate_options){.size = sizeof options, .only = part, .n_only = 1};
    expect_status(HD_OK, fixture_generate(WITHOUT, out, &options));
    assert_true(fixture_exists("out/runbook.md") && fixture_exists("out/00-namespace-shop.yaml"));
}

static void a_program_that_cannot_run_is_written_anew(void **state)
{
    const char *out = fixture_path("out");

    (void)state;
    expect_status(HD_OK, fixture_generate(WITH, out, NULL));
    assert_int_equal(chmod(fixture_path("out/" SCRIPT), 0644), 0);
    expect_status(HD_OK, fixture_generate(WITH, out, NULL));
    assert_true(mode_of("out/" SCRIPT) & 0100);
}

static void edited_ones_are_reported(void **state)
{
    const char *out = fixture_path("out");

    (void)state;
    expect_status(HD_OK, fixture_generate(WITH, out, NULL));
    fixture_write("out/scripts/application.tsv", "mine\n");
    expect_status(HD_UNWRITABLE, fixture_generate(CHANGED, out, NULL));
    assert_int_equal(fixture_code(), HD_EDITED_FILE);
    assert_non_null(strstr(fixture_file(), "out/scripts/application.tsv"));
    expect_status(HD_UNWRITABLE, fixture_generate(WITHOUT, out, NULL));
    assert_string_equal(fixture_read("out/scripts/application.tsv"), "mine\n");
}

/* What others have in a sub-folder stays, and so do the sub-folder and its mode. */
static void those_of_others_stay(void **state)
{
    const char *const models[] = {CHANGED, WITH, WITHOUT, WITH};
    const char *out = fixture_path("out");

    (void)state;
    expect_status(HD_OK, fixture_generate(WITH, out, NULL));
    assert_int_equal(chmod(fixture_path("out/scripts"), 0750), 0);
    fixture_add_foreign("out/scripts");
    for (size_t i = 0; i < LENGTH(models); i++) {
        expect_status(HD_OK, fixture_generate(models[i], out, NULL));
        assert_string_equal(fixture_read("out/scripts/notes.txt"), "mine\n");
        assert_string_equal(fixture_read("out/scripts/link"), "mine\n");
        assert_string_equal(fixture_read("out/scripts/overlays/patch.yaml"), "mine too\n");
        assert_int_equal(mode_of("out/scripts"), 0750);
        assert_int_equal(fixture_exists("out/" SCRIPT), models[i] != WITHOUT);
    }
    assert_string_equal(fixture_names("."), "out\n");
}

static void a_file_is_no_folder(void **state)
{
    struct hd_generate_options force = {.size = sizeof force, .force = 1};
    const char *out = fixture_path("out");

    (void)state;
    expect_status(HD_OK, fixture_generate(WITHOUT, out, NULL));
    fixture_write("out/scripts", "mine\n");
    expect_status(HD_UNWRITABLE, fixture_generate(WITH, out, NULL));
    assert_int_equal(fixture_code(), HD_FOREIGN_FILE);
    expect_status(HD_UNWRITABLE, fixture_generate(WITH, out, &force));
    assert_string_equal(fixture_read("out/scripts"), "mine\n");
}

/* Nothing is written where a link leads. */
static void a_link_is_no_folder(void **state)
{
    struct hd_generate_options force = {.size = sizeof force, .force = 1};
    const char *out = fixture_path("out");

    (void)state;
    fixture_make_folder("elsewhere");
    expect_status(HD_OK, fixture_generate(WITHOUT, out, NULL));
    assert_int_equal(symlink("../elsewhere", fixture_path("out/scripts")), 0);
    expect_status(HD_UNWRITABLE, fixture_generate(WITH, out, NULL));
    expect_status(HD_UNWRITABLE, fixture_generate(WITH, out, &force));
    assert_string_equal(fixture_names("elsewhere"), "");
}

static void an_index_leads_nowhere_else(void **state)
{
    static const char *const names[] = {"scripts/../../notes.txt", "/notes.txt", "scripts//a", "scripts/./a", "./a", "scripts/",
                                        "a/b/c/d/e/f", ".hybriddeploy.staging/a"};

    (void)state;
    fixture_make_folder("out");
    fixture_write("notes.txt", "mine\n");
    for (size_t i = 0; i < LENGTH(names); i++) {
        fixture_write("out/.hybriddeploy", fixture_printf("hybriddeploy index 1\n0123456789abcdef  %s\n", names[i]));
        expect_status(HD_UNWRITABLE, fixture_generate(WITH, fixture_path("out"), NULL));
        assert_int_equal(fixture_code(), HD_BAD_INDEX);
    }
    assert_string_equal(fixture_read("notes.txt"), "mine\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(are_written_and_go),   TEST(parts_are_chosen),    TEST(a_program_that_cannot_run_is_written_anew), TEST(edited_ones_are_reported),
        TEST(those_of_others_stay), TEST(a_file_is_no_folder), TEST(a_link_is_no_folder),                       TEST(an_index_leads_nowhere_else),
    };

    return RUN(tests);
}
