#define _XOPEN_SOURCE 700
#include "revision_tree.h"

#include "call.h"
#include "revision.h"
#include "workspace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of the revision below the folder of the workspace. */
struct entry {
    const char *path;
    bool is_written;
};

/* A folder of the run's own, and in it one that is called REVISION:. */
struct tree {
    const char *revision;
    char *listing, *folder, *scratch, *top;
    struct entry *entries;
    size_t n_entries;
    /* The content of all files that were read, because it may name other files. */
    char *texts;
    size_t length;
};

/* Whether a path stays below the folder that it is joined with, whoever wrote the revision. */
static bool is_below(const char *path)
{
    while (*path) {
        size_t length = strcspn(path, "/");

        if (!length || (*path == '.' && (length == 1 || (length == 2 && path[1] == '.'))))
            return false;
        path += length + (path[length] == '/');
    }
    return true;
}

/* MODE TYPE OBJECT, a tab, PATH, a zero. Links and other repositories are left out. */
static void take_entries(struct tree *tree, size_t length)
{
    for (char *line = tree->listing; line < tree->listing + length; line += strlen(line) + 1) {
        char *tab = strchr(line, '\t');

        if (!tab || strncmp(line, "100", 3) != 0 || !is_below(tab + 1))
            continue;
        tree->entries = grow(tree->entries, (tree->n_entries + 1) * sizeof *tree->entries);
        tree->entries[tree->n_entries++] = (struct entry){tab + 1, false};
    }
}

/* Makes the folders on the way to a file, which may be there. */
static void make_folders(char *path, size_t from)
{
    for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

static int write_file(const struct tree *tree, const char *name, const char *text, size_t length)
{
    char *path = printed("%s/%s", tree->top, name);
    FILE *file;
    int fd, status = EXIT_FINE;

    make_folders(path, strlen(tree->scratch) + 1);
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (!file || fwrite(text, 1, length, file) != length)
        status = complain(EXIT_UNWRITTEN, "%s cannot be written: %s", path, strerror(errno));
    if (file && fclose(file) && !status)
        status = complain(EXIT_UNWRITTEN, "%s cannot be written: %s", path, strerror(errno));
    free(path);
    return status;
}

/* Writes a file as it is in the revision. */
static int fetch(struct tree *tree, struct entry *entry)
{
    size_t length;
    char *text = entry->is_written ? NULL : revision_find_in(tree->revision, tree->folder, entry->path, &length);
    int status = text ? write_file(tree, entry->path, text, length) : EXIT_FINE;

    entry->is_written |= text != NULL;
    if (text) {
        tree->texts = grow(tree->texts, tree->length + length + 1);
        memcpy(tree->texts + tree->length, text, length);
        tree->length += length;
    }
    free(text);
    return status;
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* Whether a file is the layer of an environment beside a model, which the library finds by its name. */
static bool is_layer_of(const char *model, const char *path)
{
    size_t length = (size_t)(base_of(model) - model);

    return !strncmp(model, path, length) && !strchr(path + length, '/') && !strncmp(path + length, "hybriddeploy.", 13);
}

static int by_base(const void *left, const void *right)
{
    const struct entry *const *a = left, *const *b = right;

    return strcmp(base_of((*a)->path), base_of((*b)->path));
}

/* The path as git lists it, of one that may have ./ or // in it. To be freed. */
static char *as_listed(const char *path)
{
    char *listed = grow(NULL, strlen(path) + 1), *end = listed;

    while (*path) {
        size_t length = strcspn(path, "/");

        if (length && !(length == 1 && *path == '.')) {
            if (end > listed)
                *end++ = '/';
            memcpy(end, path, length);
            end += length;
        }
        path += length + (path[length] == '/');
    }
    *end = '\0';
    return listed;
}

/* Those of the entries, sorted by their names, whose name is this word of a text. */
static int fetch_named(struct tree *tree, struct entry **sorted, size_t at, size_t length)
{
    size_t begin = 0, end = tree->n_entries;
    int status = EXIT_FINE;

    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;

        if (strncmp(base_of(sorted[middle]->path), tree->texts + at, length) < 0)
            begin = middle + 1;
        else
            end = middle;
    }
    for (; !status && begin < tree->n_entries && !strncmp(base_of(sorted[begin]->path), tree->texts + at, length); begin++)
        if (!base_of(sorted[begin]->path)[length])
            status = fetch(tree, sorted[begin]);
    return status;
}

static const char between[] = " \t\r\n\"',{}[]/:";

/* Whether a name that is more than one word stands somewhere in the first `end` bytes of what was read. */
static bool is_named(const struct tree *tree, size_t end, const char *name)
{
    size_t length = strlen(name);

    for (size_t at = 0; strpbrk(name, between) && at + length <= end; at++)
        if (!memcmp(tree->texts + at, name, length))
            return true;
    return false;
}

/* Fetches the files that the models name, such as files of configuration; they are found by the last part of their paths. */
static int fetch_all_named(struct tree *tree)
{
    struct entry **sorted = grow(NULL, (tree->n_entries + 1) * sizeof *sorted);
    size_t end = tree->length;
    int status = EXIT_FINE;

    for (size_t i = 0; i < tree->n_entries; i++)
        sorted[i] = &tree->entries[i];
    if (tree->n_entries > 1)
        qsort(sorted, tree->n_entries, sizeof *sorted, by_base);
    for (size_t at = 0, length; !status && at < end; at += length + 1) {
        for (length = 0; at + length < end && !strchr(between, tree->texts[at + length]);)
            length++;
        if (length)
            status = fetch_named(tree, sorted, at, length);
    }
    for (size_t i = 0; !status && i < tree->n_entries; i++)
        if (is_named(tree, end, base_of(tree->entries[i].path)))
            status = fetch(tree, &tree->entries[i]);
    free(sorted);
    return status;
}

/* Empty files tell which of them are applications: only the library knows what a pattern means. */
static int write_names(struct tree *tree)
{
    int status = EXIT_FINE;

    for (size_t i = 0; !status && i < tree->n_entries; i++)
        if (!tree->entries[i].is_written)
            status = write_file(tree, tree->entries[i].path, "", 0);
    return status;
}

static void remove_names(const struct tree *tree)
{
    for (size_t i = 0; i < tree->n_entries; i++) {
        char *path = tree->entries[i].is_written ? NULL : printed("%s/%s", tree->top, tree->entries[i].path);

        if (path)
            unlink(path);
        free(path);
    }
}

static int fetch_applications(struct tree *tree, const struct hd_workspace *workspace, const char *name)
{
    size_t beside = strlen(name) - strlen(base_of(name));
    int status = EXIT_FINE;

    for (size_t i = 0; !status && i < hd_workspace_count(workspace); i++) {
        char *model = as_listed(hd_workspace_file(workspace, i) + beside);

        for (size_t k = 0; !status && k < tree->n_entries; k++)
            if (!strcmp(tree->entries[k].path, model) || is_layer_of(model, tree->entries[k].path))
                status = fetch(tree, &tree->entries[k]);
        free(model);
    }
    return status ? status : fetch_all_named(tree);
}

/* Writes the files that the workspace needs. `name` is that of its file, REVISION:./FILE. */
static int gather(struct tree *tree, const char *name)
{
    struct hd_diagnostics *unseen = hd_diagnostics_new(NULL);
    struct hd_workspace *workspace = NULL;
    int status = unseen ? EXIT_FINE : complain(EXIT_UNREADABLE, "out of memory");
    size_t own = 0;

    while (own < tree->n_entries && strcmp(tree->entries[own].path, base_of(name)) != 0)
        own++;
    if (!status && own == tree->n_entries)
        status = complain(EXIT_UNREADABLE, "%s is no file of the revision %s\ngive a revision that has it, or as OLD another workspace", base_of(name),
                          tree->revision);
    if (!status)
        status = fetch(tree, &tree->entries[own]);
    if (!status)
        status = write_names(tree);
    if (!status && hd_workspace_load(name, NULL, unseen, &workspace) == HD_OK)
        status = fetch_applications(tree, workspace, name);
    hd_diagnostics_free(unseen);
    hd_workspace_free(workspace);
    remove_names(tree);
    return status;
}

static void remove_file(const struct tree *tree, const char *name)
{
    char *path = printed("%s/%s", tree->top, name), *slash;

    unlink(path);
    while ((slash = strrchr(path, '/')) && slash > path + strlen(tree->scratch)) {
        *slash = '\0';
        if (rmdir(path))
            break;
    }
    free(path);
}

static void remove_tree(struct tree *tree)
{
    for (size_t i = 0; tree->top && i < tree->n_entries; i++)
        remove_file(tree, tree->entries[i].path);
    if (tree->scratch)
        rmdir(tree->scratch);
    free(tree->listing);
    free(tree->folder);
    free(tree->entries);
    free(tree->texts);
    free(tree->scratch);
    free(tree->top);
}

/* The revision as the name of a folder: one that would lead elsewhere, as a search in messages may, is not spelled out. */
static const char *folder_name(const char *revision)
{
    return is_below(revision) && strlen(revision) < 200 ? revision : "revision";
}

static int make_scratch(struct tree *tree)
{
    const char *temporary = getenv("TMPDIR");
    char *pattern = printed("%s/hybridgen-XXXXXX", temporary && *temporary ? temporary : "/tmp");

    tree->scratch = mkdtemp(pattern) ? realpath(pattern, NULL) : NULL;
    if (!tree->scratch) {
        int status = complain(EXIT_UNWRITTEN, "%s cannot be made: %s", pattern, strerror(errno));

        free(pattern);
        return status;
    }
    free(pattern);
    tree->top = printed("%s/%s:.", tree->scratch, folder_name(tree->revision));
    return EXIT_FINE;
}

/* In the folder of the run's own, so that names of files are those of the revision. */
static int open_there(struct input *input, const struct call *call, struct tree *tree, const char *name, const char *environment)
{
    int here = open(".", O_RDONLY | O_CLOEXEC), status;

    if (here < 0 || chdir(tree->scratch)) {
        status = complain(EXIT_UNREADABLE, "%s cannot be entered: %s", tree->scratch, strerror(errno));
    } else {
        status = gather(tree, name);
        status = status ? status : workspace_open(input, call, name, environment);
        if (fchdir(here))
            status = complain(EXIT_UNREADABLE, "the current folder is gone: %s", strerror(errno));
    }
    if (here >= 0)
        close(here);
    return status;
}

int revision_open_workspace(struct input *input, const struct call *call, const char *revision, const char *file, const char *environment)
{
    struct tree tree = {.revision = revision};
    size_t length;
    int status;

    *input = (struct input){.call = call};
    tree.listing = revision_list(revision, file, &tree.folder, &length);
    if (!tree.listing)
        return EXIT_UNREADABLE;
    take_entries(&tree, length);
    status = make_scratch(&tree);
    if (!status) {
        char *name = printed("%s:./%s", folder_name(revision), base_of(file));

        status = open_there(input, call, &tree, name, environment);
        input->own_file = name;
    }
    remove_tree(&tree);
    return status;
}
