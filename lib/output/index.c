#define _POSIX_C_SOURCE 200809L
#include "index.h"

#include "core/text/file.h"
#include "below.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * The first line; a later format changes the number. Each further line is a hash and a name. While files change one by one the
 * first line says so, and the others have two hashes.
 */
#define HEADING "hybriddeploy index "
#define CHANGING ", changing"
enum { FORMAT = 1, HASH_DIGITS = 16, LARGEST_INDEX = 256 * 1024 * 1024 };

void index_add(struct arena *arena, struct file_index *index, const char *name, uint64_t hash)
{
    arena_grow(arena, index->files, index->n_files);
    index->files[index->n_files++] = (struct indexed){.name = name, .hash = hash, .was = hash};
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

bool index_knows(const struct indexed *file, uint64_t hash)
{
    return file && (hash == file->hash || hash == file->was);
}

bool index_has_folder(const struct file_index *index, const char *name)
{
    return names_find(&index->folders, name) != NULL;
}

/* No part of a generated path begins with a dot. That excludes `.` and `..`, our own files, and the files of Git in .git. */
static bool is_part_of_path(const char *part, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (part[i] <= ' ' || part[i] > '~')
            return false;
    return length && *part != '.';
}

/* Names are checked, because anybody may have written the index. */
static bool is_file_name(const char *name)
{
    if (depth(name) > DEEPEST_FOLDER)
        return false;
    for (const char *slash; (slash = strchr(name, '/')); name = slash + 1)
        if (!is_part_of_path(name, (size_t)(slash - name)))
            return false;
    return is_part_of_path(name, strlen(name));
}

static bool read_hash(const char **text, uint64_t *ret_hash)
{
    static const char digits[] = "0123456789abcdef";

    *ret_hash = 0;
    for (size_t i = 0; i < HASH_DIGITS; i++) {
        const char *digit = **text ? strchr(digits, **text) : NULL;

        if (!digit)
            return false;
        *ret_hash = *ret_hash << 4 | (uint64_t)(digit - digits);
        ++*text;
    }
    return true;
}

/* One line, `hash  name`; in half an index `hash hash  name`. */
static bool read_line(struct arena *arena, struct file_index *index, const char *line)
{
    uint64_t hash, was;

    if (!read_hash(&line, &hash))
        return false;
    was = hash;
    if (index->is_half && (*line++ != ' ' || !read_hash(&line, &was)))
        return false;
    if (strncmp(line, "  ", 2) || !is_file_name(line + 2))
        return false;
    index_add(arena, index, line + 2, hash);
    index->files[index->n_files - 1].was = was;
    return true;
}

static enum index_status read_text(struct arena *arena, char *text, size_t length, struct file_index *index, const char **ret_why)
{
    char *line_end = strchr(text, '\n');
    char *format_end;
    long format;

    if (strncmp(text, HEADING, strlen(HEADING)) || !line_end || strlen(text) != length) {
        *ret_why = "its first line is not that of an index";
        return INDEX_DAMAGED;
    }
    format = strtol(text + strlen(HEADING), &format_end, 10);
    if (format > FORMAT)
        return INDEX_NEWER;
    index->is_half = !strncmp(format_end, CHANGING "\n", strlen(CHANGING "\n"));
    for (char *line = line_end + 1; *line; line = line_end + 1) {
        line_end = strchr(line, '\n');
        if (line_end)
            *line_end = '\0';
        if (!line_end || !read_line(arena, index, line)) {
            *ret_why = arena_printf(arena, "line %zu is not made of a hash and the name of a generated file", index->n_files + 2);
            return INDEX_DAMAGED;
        }
    }
    return INDEX_READ;
}

enum index_status index_read(struct arena *arena, int fd, struct file_index *index, const char **ret_why)
{
    enum index_status status = INDEX_MISSING;
    struct stat there;
    size_t length;
    char *text;

    *index = (struct file_index){.n_files = 0};
    if (fd >= 0 && (below_stat(fd, INDEX_NAME, &there) || errno != ENOENT)) {
        text = file_read_open(arena, below_open_regular(fd, INDEX_NAME, &there), LARGEST_INDEX, &length, ret_why);
        status = text ? read_text(arena, text, length, index, ret_why) : INDEX_DAMAGED;
    }
    if (status != INDEX_READ)
        *index = (struct file_index){.n_files = 0};
    index_build(arena, index);
    return status;
}

static size_t lines_length(const struct file_index *index)
{
    size_t length = 0;

    for (size_t i = 0; i < index->n_files; i++)
        length += 2 * HASH_DIGITS + strlen(" " "  " "\n") + strlen(index->files[i].name);
    return length;
}

static size_t write_lines(char *text, const struct file_index *index, bool is_half)
{
    size_t used = 0;

    for (size_t i = 0; i < index->n_files; i++) {
        const struct indexed *file = &index->files[i];

        used += (size_t)sprintf(text + used, "%016" PRIx64, file->hash);
        if (is_half)
            used += (size_t)sprintf(text + used, " %016" PRIx64, file->was);
        used += (size_t)sprintf(text + used, "  %s\n", file->name);
    }
    return used;
}

char *index_text(struct arena *arena, const struct file_index *index, size_t *ret_length)
{
    char *text = arena_array(arena, sizeof HEADING CHANGING + 24 + lines_length(index), 1);
    size_t used = (size_t)sprintf(text, HEADING "%d\n", FORMAT);

    *ret_length = used + write_lines(text + used, index, false);
    return text;
}

char *index_half_text(struct arena *arena, const struct file_index *index, const struct file_index *gone, size_t *ret_length)
{
    char *text = arena_array(arena, sizeof HEADING CHANGING + 24 + lines_length(index) + lines_length(gone), 1);
    size_t used = (size_t)sprintf(text, HEADING "%d" CHANGING "\n", FORMAT);

    used += write_lines(text + used, index, true);
    *ret_length = used + write_lines(text + used, gone, true);
    return text;
}
