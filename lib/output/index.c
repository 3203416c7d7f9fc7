#define _POSIX_C_SOURCE 200809L
#include "index.h"

#include "core/reading/file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The first line; a later format changes the number. Each further line is a hash and a name. */
#define HEADING "hybriddeploy index "
enum { FORMAT = 1, HASH_DIGITS = 16, LARGEST_INDEX = 256 * 1024 * 1024 };

void index_add(struct arena *arena, struct file_index *index, const char *name, uint64_t hash)
{
    arena_grow(arena, index->files, index->n_files);
    index->files[index->n_files++] = (struct indexed){.name = name, .hash = hash};
}

static size_t depth(const char *name)
{
    size_t n = 0;

    while ((name = strchr(name, '/'))) {
        name++;
        n++;
    }
    return n;
}

static void build_folders(struct arena *arena, struct file_index *index)
{
    size_t n_folders = 0;

    for (size_t i = 0; i < index->n_files; i++)
        n_folders += depth(index->files[i].name);
    names_init(arena, &index->folders, n_folders);
    for (size_t i = 0; i < index->n_files; i++) {
        const char *name = index->files[i].name;

        for (const char *slash = name; (slash = strchr(slash, '/')); slash++)
            names_add(&index->folders, arena_strndup(arena, name, (size_t)(slash - name)), index);
    }
}

void index_build(struct arena *arena, struct file_index *index)
{
    build_folders(arena, index);
    names_init(arena, &index->names, index->n_files);
    for (size_t i = 0; i < index->n_files; i++)
        names_add(&index->names, index->files[i].name, &index->files[i]);
}

struct indexed *index_find(const struct file_index *index, const char *name)
{
    return (struct indexed *)(uintptr_t)names_find(&index->names, name);
}

bool index_has_folder(const struct file_index *index, const char *name)
{
    return names_find(&index->folders, name) != NULL;
}

static bool is_part_of_path(const char *part, size_t length)
{
    return length && !(length == 1 && *part == '.') && !(length == 2 && part[0] == '.' && part[1] == '.');
}

/* Names come from a file that anybody may have written; they must not lead out of the folder, nor to our own files. */
static bool is_file_name(const char *name)
{
    if (!strncmp(name, INDEX_NAME, strlen(INDEX_NAME)) || depth(name) > DEEPEST_FOLDER)
        return false;
    for (const char *slash; (slash = strchr(name, '/')); name = slash + 1)
        if (!is_part_of_path(name, (size_t)(slash - name)))
            return false;
    return is_part_of_path(name, strlen(name));
}

/* One line, `hash  name`. */
static bool read_line(struct arena *arena, struct file_index *index, const char *line)
{
    char *end;
    uint64_t hash = strtoull(line, &end, 16);

    if (end != line + HASH_DIGITS || strncmp(end, "  ", 2) || !is_file_name(end + 2))
        return false;
    index_add(arena, index, end + 2, hash);
    return true;
}

static enum index_status read_text(struct arena *arena, char *text, struct file_index *index, const char **ret_why)
{
    char *line_end = strchr(text, '\n');
    long format;

    if (strncmp(text, HEADING, strlen(HEADING)) || !line_end) {
        *ret_why = "it does not begin as an index does";
        return INDEX_DAMAGED;
    }
    format = strtol(text + strlen(HEADING), NULL, 10);
    if (format > FORMAT)
        return INDEX_NEWER;
    for (char *line = line_end + 1; *line; line = line_end + 1) {
        line_end = strchr(line, '\n');
        if (line_end)
            *line_end = '\0';
        if (!line_end || !read_line(arena, index, line)) {
            *ret_why = arena_printf(arena, "\"%.60s\" is no line of an index", line);
            return INDEX_DAMAGED;
        }
    }
    return INDEX_READ;
}

enum index_status index_read(struct arena *arena, const char *path, struct file_index *index, const char **ret_why)
{
    enum index_status status = INDEX_MISSING;
    size_t length;
    char *text;

    *index = (struct file_index){.n_files = 0};
    if (!access(path, F_OK) || errno != ENOENT) {
        text = file_read(arena, path, LARGEST_INDEX, &length, ret_why);
        status = text ? read_text(arena, text, index, ret_why) : INDEX_DAMAGED;
    }
    if (status != INDEX_READ)
        index->n_files = 0;
    index_build(arena, index);
    return status;
}

char *index_text(struct arena *arena, const struct file_index *index, size_t *ret_length)
{
    size_t length = sizeof HEADING + 24, used;
    char *text;

    for (size_t i = 0; i < index->n_files; i++)
        length += HASH_DIGITS + 2 + strlen(index->files[i].name) + 1;
    text = arena_array(arena, length, 1);
    used = (size_t)sprintf(text, HEADING "%d\n", FORMAT);
    for (size_t i = 0; i < index->n_files; i++)
        used += (size_t)sprintf(text + used, "%016" PRIx64 "  %s\n", index->files[i].hash, index->files[i].name);
    *ret_length = used;
    return text;
}
