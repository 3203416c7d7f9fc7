#define _GNU_SOURCE
#include "in_place.h"

#include "below.h"
#include "staging_parts.h"
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makes the sub-folders that lead to a file. */
static bool make_way(struct staging *staging, const char *name)
{
    for (const char *slash = name; (slash = strchr(slash, '/')); slash++) {
        const char *folder = arena_strndup(staging->arena, name, (size_t)(slash - name));

        if (!below_make_folder(staging->target_fd, folder, 0777) && errno != EEXIST)
            return staging_fail(staging, "making the folder", folder);
    }
    return true;
}

/* Removes the sub-folders that led to a file, unless something else is in them. */
static void clear_way(struct staging *staging, const char *name)
{
    for (size_t length = strlen(name); length; length--)
        if (name[length] == '/' && !below_remove(staging->target_fd, arena_strndup(staging->arena, name, length), AT_REMOVEDIR))
            return;
}

static bool put(struct staging *staging, const char *from, const char *to)
{
    return below_replace(staging->fd, from, staging->target_fd, to) || staging_fail(staging, "replacing", to);
}

/* From here on the index says of each file what it may hold. It is on the disk before the first file changes. */
static bool begin(struct staging *staging)
{
    if (system_sync(staging->fd) && errno != ENOSYS)
        return staging_fail(staging, "writing", staging->name);
    if (!put(staging, HALF_NAME, INDEX_NAME))
        return false;
    staging->is_half = true;
    fsync(staging->target_fd);
    return true;
}

bool in_place_commit(struct staging *staging, const struct file_index *new, size_t n_written, const struct file_index *gone)
{
    if (!begin(staging))
        return false;
    for (size_t i = 0; i < n_written; i++)
        if (!make_way(staging, new->files[i].name) || !put(staging, new->files[i].name, new->files[i].name))
            return false;
    for (size_t i = 0; i < gone->n_files; i++) {
        const char *name = gone->files[i].name;

        if (!below_remove(staging->target_fd, name, 0) && errno != ENOENT)
            return staging_fail(staging, "removing", name);
        clear_way(staging, name);
    }
    if (!put(staging, INDEX_NAME, INDEX_NAME))
        return false;
    staging->is_half = false;
    fsync(staging->target_fd);
    staging->is_marked = false;
    return staging_purge(staging) || staging_fail(staging, "removing", staging->name);
}
