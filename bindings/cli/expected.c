#define _POSIX_C_SOURCE 200809L
#include "expected.h"

#include "call.h"
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder's index: a heading, then a line for each file, with its hash before its path. */
#define INDEX ".hybriddeploy"
enum { BEFORE_PATH = 18 };

struct names {
    char *text, **names;
    size_t n;
};

static char *in_folder(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    char *path = grow(NULL, length + strlen(name) + 2);

    sprintf(path, "%s%s%s", folder, length && folder[length - 1] != '/' ? "/" : "", name);
    return path;
}

/* All of a file that is no link, with a zero behind; NULL when it cannot be read. */
static char *read_all(const char *folder, const char *name, struct stat *status, size_t *ret_length)
{
    char *path = in_folder(folder, name), *text = NULL;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    FILE *file = fd >= 0 && !fstat(fd, status) && S_ISREG(status->st_mode) ? fdopen(fd, "rb") : NULL;

    if (file) {
        text = grow(NULL, (size_t)status->st_size + 1);
        *ret_length = fread(text, 1, (size_t)status->st_size, file);
        text[*ret_length] = '\0';
        fclose(file);
    } else if (fd >= 0) {
        close(fd);
    }
    free(path);
    return text;
}

/* The files that the index names; none without an index. */
static void read_names(const char *folder, struct names *names)
{
    struct stat status;
    size_t length;
    char *line;

    *names = (struct names){.text = read_all(folder, INDEX, &status, &length)};
    line = names->text ? strchr(names->text, '\n') : NULL;
    while (line && *++line) {
        char *end = strchr(line, '\n');

        if (end)
            *end = '\0';
        if (strlen(line) > BEFORE_PATH) {
            names->names = grow(names->names, (names->n + 1) * sizeof *names->names);
            names->names[names->n++] = line + BEFORE_PATH;
        }
        line = end;
    }
}

static void free_names(struct names *names)
{
    free(names->text);
    free(names->names);
}

static bool has_name(const struct names *names, const char *name)
{
    size_t first = 0, end = names->n;

    while (first < end) {
        size_t middle = first + (end - first) / 2;
        int order = strcmp(names->names[middle], name);

        if (!order)
            return true;
        if (order < 0)
            first = middle + 1;
        else
            end = middle;
    }
    return false;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The difference between a file of the folder and the expected one, in words; NULL when there is none. */
static const char *difference(const char *expected, const char *folder, const char *name)
{
    struct stat status_here = {0}, status_expected = {0};
    size_t length_here = 0, length_expected = 0;
    char *here = read_all(folder, name, &status_here, &length_here), *wanted = read_all(expected, name, &status_expected, &length_expected);
    const char *what = NULL;

    if (!here)
        what = errno == ENOENT || errno == ENOTDIR ? "is missing" : "cannot be read as a file";
    else if (!wanted || length_here != length_expected || memcmp(here, wanted, length_here))
        what = "differs";
    else if ((status_here.st_mode ^ status_expected.st_mode) & S_IXUSR)
        what = status_here.st_mode & S_IXUSR ? "is executable, but should not be" : "is not executable, but should be";
    free(here);
    free(wanted);
    return what;
}

static void print_difference(struct output *output, const char *folder, const char *name, const char *what, size_t *n_found)
{
    char *path = in_folder(folder, name);

    output_text(output, path);
    output_print(output, ": %s\n", what);
    free(path);
    ++*n_found;
}

static size_t compare(const char *expected, const char *folder, struct output *output)
{
    struct names wanted, here;
    size_t n_found = 0;

    read_names(expected, &wanted);
    read_names(folder, &here);
    if (wanted.n)
        qsort(wanted.names, wanted.n, sizeof *wanted.names, by_name);
    for (size_t i = 0; i < wanted.n; i++) {
        const char *what = difference(expected, folder, wanted.names[i]);

        if (what)
            print_difference(output, folder, wanted.names[i], what, &n_found);
    }
    for (size_t i = 0; i < here.n; i++)
        if (!has_name(&wanted, here.names[i]))
            print_difference(output, folder, here.names[i], "is not generated any more", &n_found);
    if (!n_found && difference(expected, folder, INDEX))
        print_difference(output, folder, INDEX, "differs", &n_found);
    free_names(&wanted);
    free_names(&here);
    return n_found;
}

/* Removes what was written to the scratch folder: the files of its index, and the folders that they were in. */
static void remove_scratch(const char *scratch, const char *expected)
{
    struct names names;

    read_names(expected, &names);
    for (size_t i = 0; i < names.n; i++) {
        char *path = in_folder(expected, names.names[i]), *slash;

        unlink(path);
        while ((slash = strrchr(path, '/')) && slash > path + strlen(expected)) {
            *slash = '\0';
            rmdir(path);
        }
        free(path);
    }
    free_names(&names);
    {
        char *path = in_folder(expected, INDEX);

        unlink(path);
        free(path);
    }
    rmdir(expected);
    rmdir(scratch);
}

/* Writes the folder elsewhere, and lets `use` look at it. */
static int with_expected(const struct call *call, struct input *input, const struct hd_generate_options *options,
                         int (*use)(const struct call *call, const char *expected))
{
    const char *temporary = getenv("TMPDIR");
    char *scratch = in_folder(temporary && *temporary ? temporary : "/tmp", "hybridgen-XXXXXX"), *expected;
    int status;

    if (!mkdtemp(scratch)) {
        status = complain(EXIT_UNWRITTEN, "%s cannot be made: %s", scratch, strerror(errno));
        free(scratch);
        return status;
    }
    expected = in_folder(scratch, "expected");
    status = status_of(input, hd_generate_folder(input->model, options, input->diagnostics, expected));
    if (!status)
        status = use(call, expected);
    remove_scratch(scratch, expected);
    free(expected);
    free(scratch);
    return status;
}

static int print_differences(const struct call *call, const char *expected)
{
    struct output output;
    int status = output_open(&output, NULL);
    size_t n_found;

    if (status)
        return status;
    n_found = compare(expected, call->output, &output);
    status = output_close(&output, false);
    if (status || !n_found)
        return status;
    return complain(EXIT_DRIFT, "%s: %zu %s from the model; hybridgen generate writes %s", call->output, n_found,
                    n_found == 1 ? "file differs" : "files differ", n_found == 1 ? "it" : "them");
}

static int print_paths(const struct call *call, const char *expected)
{
    struct output output;
    struct names names;
    int status = output_open(&output, NULL);

    if (status)
        return status;
    read_names(expected, &names);
    for (size_t i = 0; i <= names.n; i++) {
        char *path = in_folder(call->output, i < names.n ? names.names[i] : INDEX);

        output_text(&output, path);
        output_text(&output, "\n");
        free(path);
    }
    free_names(&names);
    return output_close(&output, false);
}

int expected_check(const struct call *call, struct input *input, const struct hd_generate_options *options)
{
    return with_expected(call, input, options, print_differences);
}

int expected_list(const struct call *call, struct input *input, const struct hd_generate_options *options)
{
    return with_expected(call, input, options, print_paths);
}

const char *folder_warning(const char *folder)
{
    static const char heading[] = "hybriddeploy index ";
    enum { KNOWN_FORMAT = 1 };
    struct stat status;
    size_t length;
    char *text = read_all(folder, INDEX, &status, &length), *end = NULL;
    long format = text && !strncmp(text, heading, strlen(heading)) ? strtol(text + strlen(heading), &end, 10) : KNOWN_FORMAT;
    bool is_half = end && !strncmp(end, ", changing\n", strlen(", changing\n"));

    free(text);
    if (format != KNOWN_FORMAT)
        return "was written by another version of hybriddeploy, so that what differs may be a change of hybriddeploy and not of the model";
    return is_half ? "is one whose last run was interrupted, so that some of its files are old and some are new" : NULL;
}
