#define _GNU_SOURCE
#include "folder_fixture.h"

#include "cmocka_test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[64];
static char **texts;
static size_t n_texts;
static struct hd_diagnostics *report;

static char *keep(char *text)
{
    assert_non_null(text);
    texts = realloc(texts, (n_texts + 1) * sizeof *texts);
    assert_non_null(texts);
    return texts[n_texts++] = text;
}

char *fixture_printf(const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    assert_true(vasprintf(&text, format, args) >= 0);
    va_end(args);
    return keep(text);
}

const char *fixture_path(const char *name)
{
    return fixture_printf("%s/%s", root, name);
}

int fixture_set_up(void **state)
{
    (void)state;
    strcpy(root, "/tmp/hybriddeploy-folder-XXXXXX");
    return mkdtemp(root) == NULL;
}

int fixture_tear_down(void **state)
{
    (void)state;
    fixture_remove("");
    hd_diagnostics_free(report);
    report = NULL;
    while (n_texts)
        free(texts[--n_texts]);
    free(texts);
    texts = NULL;
    return 0;
}

static struct hd_model *resolve(const char *text, struct hd_document **ret_document)
{
    struct hd_source source = {.name = "model.yaml", .text = text, .length = strlen(text)};
    struct hd_model *model;

    hd_diagnostics_free(report);
    report = hd_diagnostics_new(NULL);
    assert_int_equal(hd_document_load(&source, 1, NULL, report, ret_document), HD_OK);
    assert_int_equal(hd_resolve(hd_document_app(*ret_document), NULL, report, &model), HD_OK);
    return model;
}

enum hd_status fixture_generate(const char *text, const char *folder, const struct hd_generate_options *options)
{
    struct hd_document *document;
    struct hd_model *model = resolve(text, &document);
    enum hd_status status = hd_generate_folder(model, options, report, folder);

    hd_model_free(model);
    hd_document_free(document);
    return status;
}

static const struct hd_diagnostic *first_error(void)
{
    static const struct hd_diagnostic none = {.message = "(no error)", .file = ""};

    for (size_t i = 0; i < hd_diagnostics_count(report); i++)
        if (hd_diagnostics_get(report, i)->severity == HD_ERROR)
            return hd_diagnostics_get(report, i);
    return &none;
}

int fixture_code(void)
{
    return first_error()->code;
}

const char *fixture_file(void)
{
    return first_error()->file;
}

const char *fixture_message(void)
{
    return first_error()->message;
}

size_t fixture_manifest_count(const char *text)
{
    struct hd_document *document;
    struct hd_model *model = resolve(text, &document);
    size_t count = hd_manifest_count(model);

    hd_model_free(model);
    hd_document_free(document);
    return count;
}

const char *fixture_manifest_name(const char *text, size_t index)
{
    struct hd_document *document;
    struct hd_model *model = resolve(text, &document);
    char *name = fixture_printf("%s", hd_manifest_at(model, index)->file_name);

    hd_model_free(model);
    hd_document_free(document);
    return name;
}

char *fixture_read(const char *name)
{
    FILE *file = fopen(fixture_path(name), "r");
    char *text = NULL;
    size_t size = 0;
    ssize_t length;

    if (!file)
        fail_msg("%s is missing", name);
    length = getdelim(&text, &size, '\0', file);
    fclose(file);
    keep(text);
    return length < 0 ? fixture_printf("%s", "") : text;
}

void fixture_write(const char *name, const char *text)
{
    FILE *file = fopen(fixture_path(name), "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

void fixture_make_folder(const char *name)
{
    assert_int_equal(mkdir(fixture_path(name), 0777), 0);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names in a folder, sorted; to be freed by the caller, the names with the fixture. */
static size_t list(const char *folder, char ***ret_names)
{
    DIR *listing = opendir(fixture_path(folder));
    struct dirent *entry;
    char **names = NULL;
    size_t count = 0;

    if (!listing)
        fail_msg("%s is no folder", folder);
    while ((entry = readdir(listing)))
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) {
            names = realloc(names, (count + 1) * sizeof *names);
            assert_non_null(names);
            names[count++] = fixture_printf("%s", entry->d_name);
        }
    closedir(listing);
    if (count)
        qsort(names, count, sizeof *names, by_text);
    *ret_names = names;
    return count;
}

static bool is_folder(const char *name)
{
    struct stat status;

    return !lstat(fixture_path(name), &status) && S_ISDIR(status.st_mode);
}

bool fixture_exists(const char *name)
{
    struct stat status;

    return !lstat(fixture_path(name), &status);
}

void fixture_remove(const char *name)
{
    char **names;

    if (is_folder(name)) {
        size_t count = list(name, &names);

        for (size_t i = 0; i < count; i++)
            fixture_remove(fixture_printf("%s/%s", name, names[i]));
        free(names);
    }
    assert_int_equal(remove(fixture_path(name)), 0);
}

ino_t fixture_inode(const char *name)
{
    struct stat status;

    if (lstat(fixture_path(name), &status))
        fail_msg("%s is missing", name);
    return status.st_ino;
}

void fixture_add_foreign(const char *folder)
{
    fixture_write(fixture_printf("%s/notes.txt", folder), "mine\n");
    assert_int_equal(symlink("notes.txt", fixture_path(fixture_printf("%s/link", folder))), 0);
    fixture_make_folder(fixture_printf("%s/overlays", folder));
    fixture_write(fixture_printf("%s/overlays/patch.yaml", folder), "mine too\n");
}

char *fixture_names(const char *folder)
{
    char **names, *text = fixture_printf("%s", "");
    size_t count = list(folder, &names);

    for (size_t i = 0; i < count; i++)
        text = fixture_printf("%s%s\n", text, names[i]);
    free(names);
    return text;
}

char *fixture_snapshot(const char *folder)
{
    char **names, *text = fixture_printf("%s", "");
    size_t count = list(folder, &names);

    for (size_t i = 0; i < count; i++) {
        char *path = fixture_printf("%s/%s", folder, names[i]);

        if (!strncmp(names[i], ".hybriddeploy.", 14))
            continue;
        text = fixture_printf("%s== %s\n%s", text, names[i], is_folder(path) ? fixture_snapshot(path) : fixture_read(path));
    }
    free(names);
    return text;
}
