/* folder.c: a folder is written whole or not at all, whatever happens, and files of others stay as they are. */
#define _GNU_SOURCE
#include "cmocka_test.h"
#include "core/reporting/codes.h"
#include "folder_fixture.h"

#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char SMALL[] = "name: shop\nservices: {web: {image: registry.example.com/web:1}}\n";
/* The same files with other content. */
static const char OTHER[] = "name: shop\nenvironment: test\nservices: {web: {image: registry.example.com/web:1}}\n";
static const char LARGE[] = "name: shop\nservices: {api: {image: registry.example.com/api:2}, web: {image: registry.example.com/web:2}}\n";

static void expect_status(enum hd_status expected, enum hd_status status)
{
    if (status != expected)
        fail_msg("status %d, not %d: %s", status, expected, fixture_message());
}

static void writes_one_file_for_each_manifest(void **state)
{
    const char *out = fixture_path("out");
    char *kustomization;

    (void)state;
    expect_status(HD_OK, fixture_generate(SMALL, out, NULL));
    kustomization = fixture_read("out/kustomization.yaml");
    assert_non_null(strstr(kustomization, "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n"
                                          "- 00-namespace-shop.yaml\n"));
    for (size_t i = 0; i < fixture_manifest_count(SMALL); i++) {
        const char *name = fixture_manifest_name(SMALL, i);

        assert_non_null(strstr(kustomization, name));
        assert_non_null(strstr(fixture_read(fixture_printf("out/%s", name)), "apiVersion: "));
    }
}

static void removes_what_is_no_longer_generated(void **state)
{
    const char *out = fixture_path("out");
    char *whole;

    (void)state;
    expect_status(HD_OK, fixture_generate(SMALL, fixture_path("other"), NULL));
    whole = fixture_snapshot("other");
    expect_status(HD_OK, fixture_generate(LARGE, out, NULL));
    expect_status(HD_OK, fixture_generate(SMALL, out, NULL));
    assert_string_equal(whole, fixture_snapshot("out"));
}

static void leaves_an_unchanged_folder_alone(void **state)
{
    const char *out = fixture_path("out");
    ino_t before;

    (void)state;
    expect_status(HD_OK, fixture_generate(SMALL, out, NULL));
    before = fixture_inode("out");
    expect_status(HD_OK, fixture_generate(SMALL, out, NULL));
    assert_int_equal(before, fixture_inode("out"));
    expect_status(HD_OK, fixture_generate(LARGE, out, NULL));
    assert_int_not_equal(before, fixture_inode("out"));
    assert_string_equal(fixture_names("."), "out\n");
}

static void keeps_files_of_others(void **state)
{
    const char *out = fixture_path("out");
    ino_t notes, link, inner;

    (void)state;
    expect_status(HD_OK, fixture_generate(SMALL, out, NULL));
    fixture_add_foreign("out");
    notes = fixture_inode("out/notes.txt"), link = fixture_inode("out/link"), inner = fixture_inode("out/overlays/patch.yaml");
    expect_status(HD_OK, fixture_generate(LARGE, out, NULL));
    assert_string_equal(fixture_read("out/notes.txt"), "mine\n");
    assert_int_equal(notes, fixture_inode("out/notes.txt"));
    assert_int_equal(link, fixture_inode("out/link"));
    assert_int_equal(inner, fixture_inode("out/overlays/patch.yaml"));
    assert_string_equal(fixture_names("."), "out\n");
}

static void keeps_mode_of_the_folder(void **state)
{
    struct stat status;

    (void)state;
    fixture_make_folder("out");
    assert_int_equal(chmod(fixture_path("out"), 02751), 0);
    expect_status(HD_OK, fixture_generate(SMALL, fixture_path("out"), NULL));
    assert_int_equal(stat(fixture_path("out"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 02751);
}

/* A shell may stand in it, which would be left in a folder that is gone. */
static void keeps_the_current_folder(void **state)
{
    ino_t before;

    (void)state;
    expect_status(HD_OK, fixture_generate(LARGE, fixture_path("out"), NULL));
    fixture_add_foreign("out");
    before = fixture_inode("out");
    assert_int_equal(chdir(fixture_path("out")), 0);
    expect_status(HD_OK, fixture_generate(SMALL, ".", NULL));
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(before, fixture_inode("out"));
    expect_status(HD_OK, fixture_generate(SMALL, fixture_path("other"), NULL));
    fixture_add_foreign("other");
    assert_string_equal(fixture_snapshot("other"), fixture_snapshot("out"));
    assert_string_equal(fixture_names("other"), fixture_names("out"));
}

/* A folder of the user's in one of somebody else. Root may write everywhere. */
static void keeps_a_folder_in_one_that_cannot_be_written(void **state)
{
    ino_t before;

    (void)state;
    if (!geteuid())
        skip();
    expect_status(HD_OK, fixture_generate(LARGE, fixture_path("out"), NULL));
    before = fixture_inode("out");
    assert_int_equal(chmod(fixture_path(""), 0555), 0);
    expect_status(HD_OK, fixture_generate(SMALL, fixture_path("out"), NULL));
    expect_status(HD_UNWRITABLE, fixture_generate(SMALL, fixture_path("other"), NULL));
    assert_int_equal(chmod(fixture_path(""), 0777), 0);
    assert_int_equal(before, fixture_inode("out"));
}

static void follows_a_link_to_the_folder(void **state)
{
    (void)state;
    fixture_make_folder("real");
    assert_int_equal(symlink("real", fixture_path("out")), 0);
    expect_status(HD_OK, fixture_generate(SMALL, fixture_path("out/"), NULL));
    assert_string_equal(fixture_names("."), "out\nreal\n");
    fixture_read("real/kustomization.yaml");
}

static void reports_edited_files(void **state)
{
    struct hd_generate_options force = {.size = sizeof force, .force = 1};
    const char *out = fixture_path("out");
    char *before, *whole;

    (void)state;
    expect_status(HD_OK, fixture_generate(LARGE, fixture_path("other"), NULL));
    whole = fixture_snapshot("other");
    expect_status(HD_OK, fixture_generate(SMALL, out, NULL));
    fixture_write("out/00-namespace-shop.yaml", "edited\n");
    before = fixture_snapshot("out");
    expect_status(HD_UNWRITABLE, fixture_generate(LARGE, out, NULL));
    assert_int_equal(fixture_code(), HD_EDITED_FILE);
    assert_string_equal(fixture_file(), fixture_path("out/00-namespace-shop.yaml"));
    assert_string_equal(before, fixture_snapshot("out"));
    expect_status(HD_OK, fixture_generate(LARGE, out, &force));
    assert_string_equal(whole, fixture_snapshot("out"));
}

static void reports_an_edited_file_that_would_go_away(void **state)
{
    const char *out = fixture_path("out"), *name = fixture_printf("out/%s", fixture_manifest_name(LARGE, 1));

    (void)state;
    expect_status(HD_OK, fixture_generate(LARGE, out, NULL));
    fixture_write(name, "edited\n");
    expect_status(HD_UNWRITABLE, fixture_generate(SMALL, out, NULL));
    assert_int_equal(fixture_code(), HD_EDITED_FILE);
    assert_string_equal(fixture_read(name), "edited\n");
}

static void reports_files_of_others_in_the_way(void **state)
{
    struct hd_generate_options force = {.size = sizeof force, .force = 1};
    const char *out = fixture_path("out");

    (void)state;
    fixture_make_folder("out");
    fixture_write("out/kustomization.yaml", "mine\n");
    expect_status(HD_UNWRITABLE, fixture_generate(SMALL, out, NULL));
    assert_int_equal(fixture_code(), HD_FOREIGN_FILE);
    assert_string_equal(fixture_names("out"), "kustomization.yaml\n");
    expect_status(HD_OK, fixture_generate(SMALL, out, &force));
    assert_non_null(strstr(fixture_read("out/kustomization.yaml"), "Kustomization"));
}

static void never_overwrites_a_folder_in_the_way(void **state)
{
    struct hd_generate_options force = {.size = sizeof force, .force = 1};

    (void)state;
    fixture_make_folder("out");
    fixture_make_folder("out/kustomization.yaml");
    expect_status(HD_UNWRITABLE, fixture_generate(SMALL, fixture_path("out"), &force));
    assert_int_equal(fixture_code(), HD_FOREIGN_FILE);
    assert_string_equal(fixture_names("."), "out\n");
}

/* A folder that came without its hidden index is taken over, as long as nothing in it differs. */
static void takes_over_its_own_files_without_index(void **state)
{
    const char *out = fixture_path("out");
    char *whole;

    (void)state;
    expect_status(HD_OK, fixture_generate(SMALL, out, NULL));
    whole = fixture_snapshot("out");
    fixture_remove("out/.hybriddeploy");
    expect_status(HD_OK, fixture_generate(SMALL, out, NULL));
    assert_string_equal(whole, fixture_snapshot("out"));
    fixture_remove("out/.hybriddeploy");
    expect_status(HD_UNWRITABLE, fixture_generate(OTHER, out, NULL));
    assert_int_equal(fixture_code(), HD_FOREIGN_FILE);
}

static void refuses_an_index_it_cannot_read(void **state)
{
    static const char *const texts[] = {"hybriddeploy index 2\n", "nonsense\n", "hybriddeploy index 1\n0123456789abcdef  ../notes.txt\n",
                                        "hybriddeploy index 1\n0123456789abcdef  cut-off"};
    struct hd_generate_options force = {.size = sizeof force, .force = 1};

    (void)state;
    fixture_make_folder("out");
    fixture_write("notes.txt", "mine\n");
    for (size_t i = 0; i < LENGTH(texts); i++) {
        fixture_write("out/.hybriddeploy", texts[i]);
        expect_status(HD_UNWRITABLE, fixture_generate(SMALL, fixture_path("out"), NULL));
        assert_int_equal(fixture_code(), HD_BAD_INDEX);
        assert_string_equal(fixture_names("out"), ".hybriddeploy\n");
    }
    expect_status(HD_OK, fixture_generate(SMALL, fixture_path("out"), &force));
    assert_string_equal(fixture_read("notes.txt"), "mine\n");
}

static void writes_a_part_beside_the_rest(void **state)
{
    static const char *const only[] = {"deployment/web"};
    struct hd_generate_options options = {.size = sizeof options, .only = only, .n_only = 1};
    const char *out = fixture_path("out");
    char *listed, *others;

    (void)state;
    expect_status(HD_OK, fixture_generate(LARGE, out, NULL));
    listed = fixture_names("out");
    others = fixture_read("out/00-namespace-shop.yaml");
    expect_status(HD_OK, fixture_generate(OTHER, out, &options));
    assert_string_equal(listed, fixture_names("out"));
    assert_string_equal(others, fixture_read("out/00-namespace-shop.yaml"));
    expect_status(HD_OK, fixture_generate(SMALL, out, NULL));
    expect_status(HD_OK, fixture_generate(SMALL, fixture_path("other"), NULL));
    assert_string_equal(fixture_snapshot("other"), fixture_snapshot("out"));
}

static void names_json_files_as_such(void **state)
{
    struct hd_generate_options options = {.size = sizeof options, .format = HD_FORMAT_JSON};

    (void)state;
    expect_status(HD_OK, fixture_generate(SMALL, fixture_path("out"), NULL));
    expect_status(HD_OK, fixture_generate(SMALL, fixture_path("out"), &options));
    assert_int_equal(*fixture_read("out/00-namespace-shop.json"), '{');
    assert_null(strstr(fixture_names("out"), "00-namespace-shop.yaml"));
    assert_non_null(strstr(fixture_read("out/kustomization.yaml"), "- 00-namespace-shop.json\n"));
}

static void says_what_it_cannot_write(void **state)
{
    static const struct {
        const char *folder, *why;
    } cases[] = {
        {"missing/out", "No such file or directory"},
        {"file", "not a folder"},
        {"file/out", "Not a directory"},
        {"nowhere", "a folder that does not exist"},
    };

    (void)state;
    fixture_write("file", "");
    assert_int_equal(symlink("missing", fixture_path("nowhere")), 0);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        expect_status(HD_UNWRITABLE, fixture_generate(SMALL, fixture_path(cases[i].folder), NULL));
        assert_int_equal(fixture_code(), HD_OUTPUT_UNWRITABLE);
        if (!strstr(fixture_message(), cases[i].why))
            fail_msg("%s: %s", cases[i].folder, fixture_message());
    }
    assert_string_equal(fixture_names("."), "file\nnowhere\n");
}

static void writes_nothing_for_a_wrong_model(void **state)
{
    (void)state;
    expect_status(HD_INVALID, fixture_generate("name: shop\nservices: {Web: {}}\n", fixture_path("out"), NULL));
    assert_string_equal(fixture_names("."), "");
}

static void refuses_wrong_calls(void **state)
{
    struct hd_generate_options list = {.size = sizeof list, .format = HD_FORMAT_LIST}, old = {.size = 1};

    (void)state;
    expect_status(HD_BAD_CALL, fixture_generate(SMALL, fixture_path("out"), &list));
    expect_status(HD_BAD_CALL, fixture_generate(SMALL, fixture_path("out"), &old));
    expect_status(HD_BAD_CALL, fixture_generate(SMALL, NULL, NULL));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(writes_one_file_for_each_manifest),
        TEST(removes_what_is_no_longer_generated),
        TEST(leaves_an_unchanged_folder_alone),
        TEST(keeps_files_of_others),
        TEST(keeps_mode_of_the_folder),
        TEST(keeps_the_current_folder),
        TEST(keeps_a_folder_in_one_that_cannot_be_written),
        TEST(follows_a_link_to_the_folder),
        TEST(reports_edited_files),
        TEST(reports_an_edited_file_that_would_go_away),
        TEST(reports_files_of_others_in_the_way),
        TEST(never_overwrites_a_folder_in_the_way),
        TEST(takes_over_its_own_files_without_index),
        TEST(refuses_an_index_it_cannot_read),
        TEST(writes_a_part_beside_the_rest),
        TEST(names_json_files_as_such),
        TEST(says_what_it_cannot_write),
        TEST(writes_nothing_for_a_wrong_model),
        TEST(refuses_wrong_calls),
    };

    return RUN(tests);
}
