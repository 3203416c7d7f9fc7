/*
 * folder.c in folders that somebody else prepared: whatever is left there by a killed run, and whichever part of it is then
 * replaced by a link that leads outside, nothing outside is touched.
 */
#define _GNU_SOURCE
#include "accident.h"
#include "cmocka_test.h"
#include "folder_fixture.h"

#include <dirent.h>
#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SERVICE "registry.example.com/web:1}}\n"
static const char OLD[] = "name: shop\noperations: {backup: {velero: on}}\nservices: {gone: {image: registry.example.com/gone:1}, web: {image: " SERVICE;
static const char NEW[] = "name: shop\noperations: {backup: {retention: 48h, velero: on}}\nservices: {web: {image: " SERVICE;
static const char *const parts[] = {"backup"};
static const struct hd_generate_options options = {.size = sizeof options, .with = parts, .n_with = 1};

/* Whether the folder has to stay, because it is the current one. */
static bool in_place;

static enum hd_status run(const char *model)
{
    enum hd_status status;

    assert_int_equal(chdir(in_place ? fixture_path("work/out") : "/"), 0);
    status = fixture_generate(model, fixture_path("work/out"), &options);
    assert_int_equal(chdir("/"), 0);
    return status;
}

/* A folder as the run left it that was killed at this call; call 0 is not killed. Whether it was. */
static bool prepare(int call)
{
    pid_t child;
    int status;

    if (fixture_exists("work"))
        fixture_remove("work");
    if (fixture_exists("outside"))
        fixture_remove("outside");
    fixture_make_folder("work");
    fixture_make_folder("outside");
    assert_int_equal(fixture_generate(OLD, fixture_path("work/out"), &options), HD_OK);
    fixture_add_foreign("work/out");
    fixture_write("work/out/backup/notes.txt", "mine here\n");
    child = fork();
    assert_true(child >= 0);
    if (!child) {
        accident = KILL;
        trip = call;
        _exit(run(NEW) == HD_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status);
}

static char **paths;
static size_t n_paths;

/* All that is below a folder, the innermost first. */
static void collect(const char *folder)
{
    DIR *listing = opendir(fixture_path(folder));
    struct dirent *entry;

    assert_non_null(listing);
    while ((entry = readdir(listing))) {
        char *path = fixture_printf("%s/%s", folder, entry->d_name);
        struct stat status;

        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        assert_int_equal(lstat(fixture_path(path), &status), 0);
        if (S_ISDIR(status.st_mode))
            collect(path);
        paths = realloc(paths, (n_paths + 1) * sizeof *paths);
        assert_non_null(paths);
        paths[n_paths++] = path;
    }
    closedir(listing);
}

/* Everything below a folder with its inode, mode and times. A file may have a second link in the folder, which changes its ctime. */
static char *watch(const char *folder)
{
    char *text = fixture_snapshot(folder);
    struct stat status;

    n_paths = 0;
    collect(folder);
    for (size_t i = 0; i < n_paths; i++) {
        assert_int_equal(lstat(fixture_path(paths[i]), &status), 0);
        if (!S_ISDIR(status.st_mode))
            status.st_ctim = status.st_mtim;
        text = fixture_printf("%s%s %lu %o %ld.%09ld %ld.%09ld\n", text, paths[i], (unsigned long)status.st_ino, (unsigned)status.st_mode,
                              (long)status.st_ctim.tv_sec, status.st_ctim.tv_nsec, (long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    }
    return text;
}

/* A link stands where something was, and leads to that, which is outside now; where there was a link, to another file there. */
static void replace_by_link(const char *path)
{
    const char *moved = fixture_path("outside/moved"), *precious = fixture_path("outside/precious");
    struct stat status;
    bool was_link = !lstat(fixture_path(path), &status) && S_ISLNK(status.st_mode);

    fixture_write("outside/precious", "keep\n");
    assert_int_equal(was_link ? remove(fixture_path(path)) : rename(fixture_path(path), moved), 0);
    assert_int_equal(symlink(was_link ? precious : moved, fixture_path(path)), 0);
}

/* Whatever the run says. The folder itself may be a link, and its target is the folder then. */
static void expect_nothing_outside(int call, const char *path)
{
    char *before;

    if (!strcmp(path, "work/out"))
        return;
    prepare(call);
    replace_by_link(path);
    before = watch("outside");
    run(NEW);
    run(OLD);
    if (strcmp(before, watch("outside")))
        fail_msg("killed at call %d, then %s replaced by a link: outside is\n%s\nand was\n%s", call, path, watch("outside"), before);
}

/* States far apart, and each call near the end, where the folder has changed and the rest is cleared away. */
static void replace_everything(int step)
{
    int last = 0;

    while (prepare(last + 1))
        last++;
    for (int call = 0; call <= last; call += call < last - 2 * step ? step : step / 4) {
        char **found;
        size_t n_found;

        prepare(call);
        n_paths = 0;
        collect("work");
        found = paths, n_found = n_paths;
        paths = NULL, n_paths = 0;
        for (size_t i = 0; i < n_found; i++)
            expect_nothing_outside(call, found[i]);
        free(found);
    }
    free(paths);
    paths = NULL;
}

static void beside(void **state)
{
    (void)state;
    can_exchange = true;
    replace_everything(24);
}

static void beside_without_exchange(void **state)
{
    (void)state;
    can_exchange = false;
    replace_everything(48);
    can_exchange = true;
}

static void inside(void **state)
{
    (void)state;
    in_place = true;
    replace_everything(24);
    in_place = false;
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {TEST(beside), TEST(beside_without_exchange), TEST(inside)};

    return RUN(tests);
}
