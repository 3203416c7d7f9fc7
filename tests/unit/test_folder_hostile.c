/* folder.c in folders that somebody else prepared: forged states, hostile indexes, and things that are no files. */
#define _GNU_SOURCE
#include "cmocka_test.h"
#include "core/reporting/codes.h"
#include "folder_fixture.h"

#include <hybriddeploy/hybriddeploy.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SERVICES(more) "services: {" more "web: {image: registry.example.com/web:1}}\n"
static const char ONE[] = "name: shop\n" SERVICES("");
static const char TWO[] = "name: shop\n" SERVICES("api: {image: registry.example.com/api:1}, ");
static const char WITH[] = "name: shop\noperations: on\n" SERVICES("");
static const char API[] = "15-serviceaccount-api.yaml";

/* Whether mounts have numbers. */
static bool has_mount_id = true;

long __real_system_mount_id(int fd);
long __wrap_system_mount_id(int fd);
long __wrap_system_mount_id(int fd)
{
    return has_mount_id ? __real_system_mount_id(fd) : -1;
}

static void expect_status(enum hd_status expected, enum hd_status status)
{
    if (status != expected)
        fail_msg("status %d, not %d: %s", status, expected, fixture_message());
}

static enum hd_status generate(const char *model)
{
    return fixture_generate(model, fixture_path("out"), NULL);
}

static enum hd_status generate_inside(const char *model)
{
    enum hd_status status;

    assert_int_equal(chdir(fixture_path("out")), 0);
    status = generate(model);
    assert_int_equal(chdir("/"), 0);
    return status;
}

static void expect_unproven(const char *model, const char *name)
{
    expect_status(HD_UNWRITABLE, generate(model));
    assert_int_equal(fixture_code(), HD_OUTPUT_UNWRITABLE);
    if (!strstr(fixture_message(), "is not proven") || !strstr(fixture_message(), name))
        fail_msg("%s: %s", name, fixture_message());
}

/* What a clone may bring: it has the names of a state, and any content. */
static void forged_states_are_refused(void **state)
{
    static const char *const folders[] = {".out.hybriddeploy", ".out.hybriddeploy.old", "out/.hybriddeploy.staging"};
    static const char *const proofs[] = {NULL, "", "hybriddeploy proof 1\nmark 0 0.000000000\nreplaces 0\n"};
    char *before;

    (void)state;
    expect_status(HD_OK, generate(TWO));
    before = fixture_snapshot("out");
    for (size_t i = 0; i < LENGTH(folders); i++)
        for (size_t j = 0; j < LENGTH(proofs); j++) {
            fixture_make_folder(folders[i]);
            fixture_write(fixture_printf("%s/%s", folders[i], API), "kind: Serv");
            fixture_write(fixture_printf("%s/.hybriddeploy.new", folders[i]), "");
            if (proofs[j])
                fixture_write(fixture_printf("%s/.hybriddeploy.proof", folders[i]), proofs[j]);
            expect_unproven(ONE, folders[i]);
            assert_string_equal(fixture_read(fixture_printf("%s/%s", folders[i], API)), "kind: Serv");
            assert_string_equal(before, fixture_snapshot("out"));
            fixture_remove(folders[i]);
        }
    expect_status(HD_OK, generate(ONE));
}

/* A staging folder as a killed run leaves it, but for the proof. */
static void make_state(void)
{
    fixture_make_folder(".out.hybriddeploy");
    fixture_write(".out.hybriddeploy/.hybriddeploy.new", "");
    fixture_write(".out.hybriddeploy/file", "");
}

/* The proof that this mark has now. */
static char *proof_of(const char *mark)
{
    struct stat status;

    assert_int_equal(lstat(fixture_path(mark), &status), 0);
    return fixture_printf("hybriddeploy proof 1\nmark %lu %ld.%09ld\nreplaces 0\n", (unsigned long)status.st_ino,
                          (long)status.st_ctim.tv_sec, status.st_ctim.tv_nsec);
}

/* A copy of a state that was ours once; and a link, a file and a pipe of its name. */
static void copied_states_are_refused(void **state)
{
    char *proof;

    (void)state;
    make_state();
    proof = proof_of(".out.hybriddeploy/.hybriddeploy.new");
    fixture_write(".out.hybriddeploy/.hybriddeploy.proof", proof);
    assert_int_equal(rename(fixture_path(".out.hybriddeploy"), fixture_path("true")), 0);
    make_state();
    fixture_write(".out.hybriddeploy/.hybriddeploy.proof", proof);
    expect_unproven(ONE, ".out.hybriddeploy");
    fixture_remove(".out.hybriddeploy");
    assert_int_equal(symlink("true", fixture_path(".out.hybriddeploy")), 0);
    expect_unproven(ONE, ".out.hybriddeploy");
    fixture_remove(".out.hybriddeploy");
    fixture_write(".out.hybriddeploy", "");
    expect_unproven(ONE, ".out.hybriddeploy");
    fixture_remove(".out.hybriddeploy");
    assert_int_equal(mkfifo(fixture_path(".out.hybriddeploy"), 0600), 0);
    expect_unproven(ONE, ".out.hybriddeploy");
    fixture_remove(".out.hybriddeploy");
    /* The true one is cleared away, so the test knows the form of a proof. */
    assert_int_equal(rename(fixture_path("true"), fixture_path(".out.hybriddeploy")), 0);
    expect_status(HD_OK, generate(ONE));
    assert_string_equal(fixture_names("."), "out\n");
}

/* Not with a second link, behind a link, or somebody else's. */
static void a_proof_is_the_users_own(void **state)
{
    const char *mark = ".out.hybriddeploy/.hybriddeploy.new", *proof = ".out.hybriddeploy/.hybriddeploy.proof";

    (void)state;
    make_state();
    assert_int_equal(link(fixture_path(mark), fixture_path("second")), 0);
    fixture_write(proof, proof_of(mark));
    expect_unproven(ONE, ".out.hybriddeploy");
    fixture_remove("second");
    fixture_remove(proof);
    fixture_write("second", proof_of(mark));
    assert_int_equal(symlink("../second", fixture_path(proof)), 0);
    expect_unproven(ONE, ".out.hybriddeploy");
    fixture_remove(proof);
    fixture_write(proof, proof_of(mark));
    if (!chown(fixture_path(proof), 1, 1))
        expect_unproven(ONE, ".out.hybriddeploy");
    fixture_remove(proof);
    fixture_write(proof, proof_of(mark));
    expect_status(HD_OK, generate(ONE));
}

/* Nothing is waited for, and nothing that is no regular file is an index. */
static void an_index_is_a_regular_file(void **state)
{
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        if (fixture_exists("out"))
            fixture_remove("out");
        fixture_make_folder("out");
        if (kind == 0)
            assert_int_equal(mkfifo(fixture_path("out/.hybriddeploy"), 0600), 0);
        else if (kind == 1)
            assert_int_equal(mkfifo(fixture_path("pipe"), 0600) || symlink("../pipe", fixture_path("out/.hybriddeploy")), 0);
        else if (kind == 2)
            assert_int_equal(symlink("/dev/zero", fixture_path("out/.hybriddeploy")), 0);
        else
            fixture_make_folder("out/.hybriddeploy");
        expect_status(HD_UNWRITABLE, generate(ONE));
        assert_int_equal(fixture_code(), HD_BAD_INDEX);
        expect_status(HD_UNWRITABLE, generate_inside(ONE));
        assert_int_equal(fixture_code(), HD_BAD_INDEX);
    }
}

/* Pipes stand where generated files would be. */
static void pipes_are_not_read(void **state)
{
    (void)state;
    expect_status(HD_OK, generate(TWO));
    fixture_remove(fixture_printf("out/%s", API));
    assert_int_equal(mkfifo(fixture_path(fixture_printf("out/%s", API)), 0600), 0);
    expect_status(HD_UNWRITABLE, generate(TWO));
    expect_status(HD_UNWRITABLE, generate(ONE));
    expect_status(HD_UNWRITABLE, generate_inside(ONE));
    assert_true(fixture_exists(fixture_printf("out/%s", API)));
}

/* An index may claim any file; it goes only with the content that was written, and never where a link leads. */
static void an_index_gives_no_right_to_others(void **state)
{
    static const char *const names[] = {".git/HEAD", "a/.git/config", "a b", "\033[2J", "caf\303\251", "a\tb", "\177"};
    struct hd_generate_options force = {.size = sizeof force, .force = 1};

    (void)state;
    fixture_make_folder("out");
    fixture_make_folder("outside");
    fixture_write("outside/keep", "precious\n");
    fixture_write("out/mine", "precious\n");
    assert_int_equal(symlink("../outside", fixture_path("out/link")), 0);
    for (size_t i = 0; i < LENGTH(names); i++) {
        fixture_write("out/.hybriddeploy", fixture_printf("hybriddeploy index 1\n0123456789abcdef  %s\n", names[i]));
        expect_status(HD_UNWRITABLE, generate(ONE));
        assert_int_equal(fixture_code(), HD_BAD_INDEX);
    }
    fixture_write("out/.hybriddeploy", "hybriddeploy index 1\n0123456789abcdef  mine\n");
    expect_status(HD_UNWRITABLE, fixture_generate(ONE, fixture_path("out"), &force));
    assert_int_equal(fixture_code(), HD_EDITED_FILE);
    fixture_write("out/.hybriddeploy", "hybriddeploy index 1\n0123456789abcdef  link/keep\n0123456789abcdef  link\n");
    expect_status(HD_UNWRITABLE, generate_inside(ONE));
    fixture_write("out/.hybriddeploy", "hybriddeploy index 1\n0123456789abcdef  link/keep\n");
    expect_status(HD_UNWRITABLE, generate_inside(ONE));
    expect_status(HD_UNWRITABLE, generate(TWO));
    assert_int_equal(fixture_code(), HD_FOREIGN_FILE);
    assert_non_null(strstr(fixture_message(), "is a symbolic link where the index names generated files"));
    assert_string_equal(fixture_read("outside/keep"), "precious\n");
    assert_string_equal(fixture_read("out/mine"), "precious\n");
    assert_true(fixture_exists("out/link"));
}

/* Overwriting is not removing: nothing of an edited file would be left. */
static void an_edited_file_never_goes(void **state)
{
    struct hd_generate_options force = {.size = sizeof force, .force = 1};

    (void)state;
    expect_status(HD_OK, generate(TWO));
    fixture_write(fixture_printf("out/%s", API), "edited\n");
    expect_status(HD_UNWRITABLE, fixture_generate(ONE, fixture_path("out"), &force));
    assert_int_equal(fixture_code(), HD_EDITED_FILE);
    assert_string_equal(fixture_read(fixture_printf("out/%s", API)), "edited\n");
}

/* The index of a folder that was left in the middle: both contents are known, others are not. */
static void half_a_change_is_completed(void **state)
{
    static const char *const only[] = {"deployment/web"};
    struct hd_generate_options part = {.size = sizeof part, .only = only, .n_only = 1};
    const char *path = fixture_printf("out/%s", API);
    char *index, *line, *old;

    (void)state;
    expect_status(HD_OK, generate(TWO));
    index = fixture_read("out/.hybriddeploy");
    old = fixture_printf("%s", "hybriddeploy index 1, changing\n");
    for (line = strchr(index, '\n') + 1; *line; line = strchr(line, '\n') + 1)
        old = fixture_printf("%s0000000000000000 %.*s\n", old, (int)(strchr(line, '\n') - line), line);
    fixture_write("out/.hybriddeploy", old);
    expect_status(HD_UNWRITABLE, fixture_generate(TWO, fixture_path("out"), &part));
    assert_non_null(strstr(fixture_message(), "interrupted"));
    fixture_write(path, "edited\n");
    expect_status(HD_UNWRITABLE, generate_inside(TWO));
    assert_int_equal(fixture_code(), HD_EDITED_FILE);
    fixture_remove(path);
    expect_status(HD_OK, generate_inside(TWO));
    assert_string_equal(index, fixture_read("out/.hybriddeploy"));
    fixture_write("out/.hybriddeploy", old);
    expect_status(HD_OK, generate(ONE));
    assert_false(fixture_exists(path));
}

/* The files of a run that failed for want of files or memory are not taken for anything else. */
static void files_beside_are_no_state(void **state)
{
    (void)state;
    expect_status(HD_OK, generate(WITH));
    fixture_write("out/.hybriddeploy-notes", "mine\n");
    fixture_write("out/.hybriddeploy.new", "");
    expect_status(HD_OK, generate(ONE));
    assert_string_equal(fixture_read("out/.hybriddeploy-notes"), "mine\n");
    assert_false(fixture_exists("out/.hybriddeploy.new"));
    assert_string_equal(fixture_names("."), "out\n");
}

/* In a process of its own, which has its own mounts: 0, or 77 when they are not allowed. */
static int write_to_mounted(const char *type, const char *source, unsigned long flags)
{
    struct stat before, after;

    if (unshare(CLONE_NEWNS) || mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) ||
        mount(source, fixture_path("out"), type, flags, NULL))
        return 77;
    if (stat(fixture_path("out"), &before) || fixture_generate(ONE, fixture_path("out"), NULL) != HD_OK ||
        stat(fixture_path("out"), &after))
        return 1;
    return before.st_ino != after.st_ino || before.st_dev != after.st_dev;
}

static void expect_mount_stays(const char *type, const char *source, unsigned long flags)
{
    pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (!child)
        _exit(write_to_mounted(type, source, flags));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_mount_stays(void **state)
{
    (void)state;
    fixture_make_folder("out");
    fixture_make_folder("source");
    has_mount_id = true;
    expect_mount_stays("tmpfs", "none", 0);
    expect_mount_stays("none", fixture_path("source"), MS_BIND);
    has_mount_id = false;
    expect_mount_stays("tmpfs", "none", 0);
    has_mount_id = true;
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(forged_states_are_refused),
        TEST(copied_states_are_refused),
        TEST(a_proof_is_the_users_own),
        TEST(an_index_is_a_regular_file),
        TEST(pipes_are_not_read),
        TEST(an_index_gives_no_right_to_others),
        TEST(an_edited_file_never_goes),
        TEST(half_a_change_is_completed),
        TEST(files_beside_are_no_state),
        TEST(a_mount_stays),
    };

    return RUN(tests);
}
