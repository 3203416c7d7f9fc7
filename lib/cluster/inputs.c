/* Inputs: texts, files and folders. No link below a folder is followed, because the author of the folder could have it lead anywhere. */
#define _POSIX_C_SOURCE 200809L
#include "reading.h"

#include "core/reading/stream.h"
#include "core/text/among.h"
#include "core/text/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Keeps the text of a file with findings, because their lines are looked up when all files have been read. */
static void keep_text(struct reading *reading, const char *name, const char *text, size_t length)
{
    arena_grow(&reading->kept, reading->sources, reading->n_sources);
    reading->sources[reading->n_sources++] =
        (struct hd_source){.name = name, .text = arena_strndup(&reading->kept, text, length), .length = length};
}

/* The tree reader bounds the values that aliases multiply in one document; this function bounds them over all documents. */
static bool is_bomb(struct reading *reading, const struct node *root)
{
    enum { MOST_EXPANDED = 10000000 };

    reading->n_values += root->weight;
    if (reading->n_values <= MOST_EXPANDED + reading->n_bytes)
        return false;
    hint(finding_in(reading->report, HD_ALIAS_BOMB, root->file, root->line, root->column, NULL,
                    "aliases multiply the values of all documents beyond ten million; what follows is left out"),
         "write the values without aliases");
    reading->is_full = true;
    return true;
}

void read_text(struct reading *reading, const char *name, const char *text, size_t length)
{
    size_t n_findings = reading->report->n_findings;
    struct arena *arena = reading->keeps_content ? &reading->cluster->arena : &reading->nodes;
    struct tree_memory memory = {.nodes = arena, .texts = arena};
    struct stream stream;
    struct node *root;

    reading->n_bytes += length;
    stream_begin(&stream, memory, reading->report, name, text, length);
    while (!reading->is_full && stream_next(&stream, &root)) {
        if (root && !is_bomb(reading, root))
            read_document(reading, root);
        arena_empty(&reading->nodes);
    }
    if (reading->report->n_findings > n_findings)
        keep_text(reading, name, text, length);
}

static bool unreadable(struct reading *reading, const char *name, const char *why)
{
    finding_in(reading->report, HD_UNREADABLE_INPUT, name, 0, 0, NULL, "the input cannot be read: %s", why);
    return false;
}

/* Reads a file that is open, and closes it. */
static bool read_open_file(struct reading *reading, const char *name, int fd)
{
    const char *why;
    size_t length;
    char *text = file_read_open(&reading->text, fd, reading->max_bytes, &length, &why);

    if (!text)
        return unreadable(reading, name, why);
    read_text(reading, name, text, length);
    arena_empty(&reading->text);
    return true;
}

static bool is_manifest_name(const char *name)
{
    static const char *const ends[] = {".yaml", ".yml", ".json"};
    size_t length = strlen(name);

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (length > strlen(ends[i]) && !strcmp(name + length - strlen(ends[i]), ends[i]))
            return true;
    return false;
}

static int by_name(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The entries of an open folder, sorted. Names that begin with a dot are left out, because hidden files are no manifests. */
static const char **entries_of(struct reading *reading, DIR *folder, size_t *ret_count)
{
    const char **names = NULL;
    const struct dirent *entry;
    size_t n = 0;

    while ((entry = readdir(folder))) {
        if (*entry->d_name == '.')
            continue;
        arena_grow(&reading->cluster->arena, names, n);
        names[n++] = arena_strndup(&reading->cluster->arena, entry->d_name, strlen(entry->d_name));
    }
    if (n > 1)
        qsort(names, n, sizeof *names, by_name);
    *ret_count = n;
    return names;
}

static bool read_folder(struct reading *reading, const char *name, int fd);

static void read_entry(struct reading *reading, const char *folder, int fd, const char *name)
{
    size_t length = strlen(folder);
    const char *path = arena_printf(&reading->cluster->arena, "%s%s%s", folder, length && folder[length - 1] == '/' ? "" : "/", name);
    struct stat status;

    if (fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW))
        unreadable(reading, path, strerror(errno));
    else if (S_ISDIR(status.st_mode))
        read_folder(reading, path, openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    else if (S_ISREG(status.st_mode) && is_manifest_name(name))
        read_open_file(reading, path, openat(fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
}

/* Reads the files of a folder that is open, and closes the folder. */
static bool read_folder(struct reading *reading, const char *name, int fd)
{
    DIR *folder = fd < 0 || reading->n_open == DEEPEST_FOLDER ? NULL : fdopendir(fd);
    const char **names;
    size_t n;

    if (!folder) {
        const char *why = fd < 0 || reading->n_open < DEEPEST_FOLDER ? strerror(errno) : "more than 32 folders are inside each other";

        if (fd >= 0)
            close(fd);
        return unreadable(reading, name, why);
    }
    reading->open[reading->n_open++] = folder;
    names = entries_of(reading, folder, &n);
    for (size_t i = 0; i < n && !reading->is_full; i++)
        read_entry(reading, name, fd, names[i]);
    closedir(reading->open[--reading->n_open]);
    return true;
}

bool read_input(struct reading *reading, const struct hd_source *source)
{
    const char *given = text_or(source->name, "<text>");
    const char *name = arena_strndup(&reading->cluster->arena, given, strlen(given));
    bool is_stdin = !strcmp(name, "-");
    struct stat status;

    if (source->text && source->length > reading->max_bytes)
        return unreadable(reading, name, "it is too large");
    if (source->text)
        read_text(reading, name, source->text, source->length);
    else if (!is_stdin && !stat(name, &status) && S_ISDIR(status.st_mode))
        return read_folder(reading, name, open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    else if (is_stdin)
        return read_open_file(reading, "<stdin>", fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0));
    else
        return read_open_file(reading, name, open(name, O_RDONLY | O_CLOEXEC));
    return true;
}
