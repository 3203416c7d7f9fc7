/* folder.c, killed or failing at every system call that changes something: the folder is the old one or the new one. */
#define _GNU_SOURCE
#include "accident.h"
#include "cmocka_test.h"
#include "folder_fixture.h"

#include <dirent.h>
#include <errno.h>
#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char OLD[] = "name: shop\noperations: {backup: {velero: on}}\nservices: {gone: {image: registry.example.com/gone:1}, web: {image: registry.example.com/web:1}}\n";
static const char NEW[] = "name: shop\noperations: {backup: {retention: 48h, velero: on}}\n"
                          "services: {api: {image: registry.example.com/api:2}, web: {image: registry.example.com/web:2}}\n";
/* With no sub-folder of its own. */
static const char FLAT[] = "name: shop\nservices: {api: {image: registry.example.com/api:2}, web: {image: registry.example.com/web:2}}\n";
/* How the index of a folder begins that changes file by file. */
static const char HALF[] = "hybriddeploy index 1, changing\n";
static const char *new_model = NEW;
/* Of the files beside the manifests few, so that a run has few calls. */
static const char *const parts[] = {"backup"};
static const struct hd_generate_options options = {.size = sizeof options, .with = parts, .n_with = 1};

static char *old_folder, *new_folder;
/* Whether the folder has to stay, because it is the current one. */
static bool in_place;

/* The run that is to be killed or to fail, from its own folder where that is asked for. */
static enum hd_status run(void)
{
    enum hd_status status;

    if (in_place)
        assert_int_equal(chdir(fixture_path("work/out")), 0);
    status = fixture_generate(new_model, fixture_path("work/out"), &options);
    if (in_place)
        assert_int_equal(chdir("/"), 0);
    return status;
}

static void prepare(bool has_folder)
{
    trip = 0;
    if (fixture_exists("work"))
        fixture_remove("work");
    fixture_make_folder("work");
    if (!has_folder)
        return;
    assert_int_equal(fixture_generate(OLD, fixture_path("work/out"), &options), HD_OK);
    fixture_add_foreign("work/out");
    fixture_write("work/out/backup/notes.txt", "mine here\n");
    fixture_make_folder("work/out/backup/hooks");
    fixture_write("work/out/backup/hooks/before", "mine as well\n");
}

/* What is in a complete folder, before and after. */
static void remember(bool has_folder)
{
    prepare(has_folder);
    old_folder = has_folder ? fixture_snapshot("work/out") : NULL;
    assert_int_equal(fixture_generate(new_model, fixture_path("work/out"), &options), HD_OK);
    new_folder = fixture_snapshot("work/out");
}

/* The snapshot without the folders of others, which may be on their way. */
static char *settled(const char *snapshot)
{
    static const char *const moving[] = {"== overlays\n== patch.yaml\nmine too\n", "== hooks\n== before\nmine as well\n"};
    char *text = fixture_printf("%s", snapshot);

    for (size_t i = 0; i < sizeof moving / sizeof *moving; i++) {
        char *found = strstr(text, moving[i]);

        if (found)
            memmove(found, found + strlen(moving[i]), strlen(found + strlen(moving[i])) + 1);
    }
    return text;
}

static void expect_whole(const char *what, int at)
{
    char *now;

    if (!fixture_exists("work/out")) {
        /* Without an exchange the old folder is aside for a moment; without an old one there is none yet. */
        if (old_folder && can_exchange)
            fail_msg("%s at call %d: the folder is gone", what, at);
        return;
    }
    now = settled(fixture_snapshot("work/out"));
    if (old_folder && !strstr(now, "== notes.txt\nmine\n"))
        fail_msg("%s at call %d: a file of others is missing", what, at);
    if (old_folder && !strstr(now, "== notes.txt\nmine here\n"))
        fail_msg("%s at call %d: a file of others in a sub-folder is missing", what, at);
    /* File by file there is no step from old to new, and the index says that there was none. */
    if (in_place && !strncmp(fixture_read("work/out/.hybriddeploy"), HALF, strlen(HALF)))
        return;
    if (strcmp(now, settled(new_folder)) && (!old_folder || strcmp(now, settled(old_folder))))
        fail_msg("%s at call %d leaves a mixture:\n%s", what, at, now);
}

/* Runs in a child that is killed at the given call; whether it was. */
static bool killed_at(int call)
{
    pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (!child) {
        accident = KILL;
        if (in_place)
            assert_int_equal(chdir(fixture_path("work/out")), 0);
        trip = call;
        _exit(fixture_generate(new_model, fixture_path("work/out"), &options) == HD_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status))
        return true;
    assert_int_equal(WEXITSTATUS(status), 0);
    return false;
}

static void expect_next_run_to_complete(const char *what, int at)
{
    if (fixture_generate(new_model, fixture_path("work/out"), &options) != HD_OK)
        fail_msg("%s at call %d, then: %s", what, at, fixture_message());
    if (strcmp(fixture_snapshot("work/out"), new_folder))
        fail_msg("%s at call %d, then a run that leaves:\n%s", what, at, fixture_snapshot("work/out"));
    if (strcmp(fixture_names("work"), "out\n") || strstr(fixture_names("work/out"), ".hybriddeploy."))
        fail_msg("%s at call %d, then a run that leaves behind: %s", what, at, fixture_names("work"));
}

static int kill_everywhere(bool has_folder)
{
    int call = 0;

    for (remember(has_folder), prepare(has_folder); killed_at(++call); prepare(has_folder)) {
        expect_whole("killed", call);
        expect_next_run_to_complete("killed", call);
    }
    return call;
}

static void killed_with_exchange(void **state)
{
    (void)state;
    can_exchange = true;
    assert_true(kill_everywhere(true) > 40);
}

static void killed_without_exchange(void **state)
{
    (void)state;
    can_exchange = false;
    assert_true(kill_everywhere(true) > 40);
}

static void killed_while_the_folder_is_new(void **state)
{
    (void)state;
    can_exchange = true;
    assert_true(kill_everywhere(false) > 20);
}

static void killed_in_place(void **state)
{
    (void)state;
    in_place = true;
    assert_true(kill_everywhere(true) > 40);
    in_place = false;
}

/* What others have in a sub-folder stays when all that was generated there goes. */
static void killed_while_a_folder_goes(void **state)
{
    (void)state;
    new_model = FLAT;
    for (int place = 0; place < 2; place++) {
        in_place = place == 1;
        assert_true(kill_everywhere(true) > 40);
        assert_true(fixture_exists("work/out/backup/hooks/before"));
        assert_false(fixture_exists("work/out/backup/restore.yaml"));
    }
    in_place = false;
    new_model = NEW;
}

/* The run that clears up is killed too. */
static void killed_twice(void **state)
{
    (void)state;
    can_exchange = true;
    remember(true);
    prepare(true);
    for (int first = 1; killed_at(first); first += 5) {
        for (int second = 1; killed_at(second); second += 3)
            expect_whole("killed twice", second);
        expect_next_run_to_complete("killed twice", first);
        prepare(true);
    }
}

static size_t n_open_files(void)
{
    DIR *listing = opendir("/proc/self/fd");
    size_t count = 0;

    assert_non_null(listing);
    while (readdir(listing))
        count++;
    closedir(listing);
    return count;
}

static void fail_everywhere(bool exchange)
{
    size_t open_before = n_open_files();
    enum hd_status status = HD_UNWRITABLE;

    can_exchange = exchange;
    remember(true);
    accident = FAIL;
    error_number = ENOSPC;
    for (int call = 1; ; call++) {
        prepare(true);
        trip = call;
        status = run();
        if (trip)
            break;
        if (status != HD_OK && (status != HD_UNWRITABLE || !strstr(fixture_message(), strerror(ENOSPC))))
            fail_msg("failing at call %d gives status %d: %s", call, status, fixture_message());
        if (n_open_files() != open_before)
            fail_msg("failing at call %d leaves files open", call);
        expect_whole("failing", call);
        expect_next_run_to_complete("failing", call);
    }
    trip = 0;
    assert_int_equal(status, HD_OK);
}

static void fails_with_exchange(void **state)
{
    (void)state;
    fail_everywhere(true);
}

static void fails_without_exchange(void **state)
{
    (void)state;
    fail_everywhere(false);
}

static void fails_in_place(void **state)
{
    (void)state;
    in_place = true;
    fail_everywhere(true);
    in_place = false;
}

/* With an argument, only the tests of such names. */
int main(int argc, char **argv)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(killed_with_exchange), TEST(killed_without_exchange), TEST(killed_while_the_folder_is_new),
        TEST(killed_in_place),      TEST(killed_twice),            TEST(killed_while_a_folder_goes),
        TEST(fails_with_exchange),
        TEST(fails_without_exchange), TEST(fails_in_place),
    };

    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return RUN(tests);
}
