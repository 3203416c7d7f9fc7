#define _GNU_SOURCE
#include "in_place.h"

#include "staging_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the mark is called once the staging folder is complete. */
#define READY INDEX_NAME ".ready"

/* The sub-folders that lead to a file. */
static bool make_way(struct staging *staging, const char *name)
{
    for (const char *slash = name; (slash = strchr(slash, '/')); slash++) {
        const char *folder = arena_strndup(staging->arena, name, (size_t)(slash - name));

        if (mkdirat(staging->target_fd, folder, 0777) && errno != EEXIST)
            return staging_fail(staging, "making the folder", folder);
    }
    return true;
}

/* The sub-folders that led to a file, as far as nothing is in them any more. */
static void clear_way(struct staging *staging, const char *name)
{
    for (size_t length = strlen(name); length; length--)
        if (name[length] == '/' && unlinkat(staging->target_fd, arena_strndup(staging->arena, name, length), AT_REMOVEDIR))
            return;
}

static bool move_file(struct staging *staging, const char *name)
{
    if (!make_way(staging, name))
        return false;
    return !renameat(staging->fd, name, staging->target_fd, name) || errno == ENOENT || staging_fail(staging, "replacing", name);
}

/* Whatever was done before is not there to be done again. The index goes last: until then it says what is to be removed. */
static bool finish(struct staging *staging, const struct file_index *old, const struct file_index *new)
{
    for (size_t i = 0; i < new->n_files; i++)
        if (!move_file(staging, new->files[i].name))
            return false;
    for (size_t i = 0; i < old->n_files; i++) {
        const char *name = old->files[i].name;

        if (index_find(new, name))
            continue;
        if (unlinkat(staging->target_fd, name, 0) && errno != ENOENT)
            return staging_fail(staging, "removing", name);
        clear_way(staging, name);
    }
    if (!move_file(staging, INDEX_NAME))
        return false;
    fsync(staging->target_fd);
    if (!staging_empty(staging->fd, READY))
        return staging_fail(staging, "emptying", IN_PLACE_NAME);
    if ((unlinkat(staging->fd, READY, 0) && errno != ENOENT) || unlinkat(staging->target_fd, IN_PLACE_NAME, AT_REMOVEDIR))
        return staging_fail(staging, "removing", IN_PLACE_NAME);
    staging_close_fd(&staging->fd);
    return true;
}

bool in_place_commit(struct staging *staging, const struct file_index *old, const struct file_index *new)
{
    if (syncfs(staging->fd) && errno != ENOSYS)
        return staging_fail(staging, "writing", staging->name);
    if (renameat(staging->fd, MARK, staging->fd, READY))
        return staging_fail(staging, "completing", staging->name);
    staging->is_marked = false;
    return finish(staging, old, new);
}

static bool complete(struct staging *staging)
{
    const char *old_path = arena_printf(staging->arena, "%s/" INDEX_NAME, staging->path), *why;
    const char *new_path = arena_printf(staging->arena, "%s/" IN_PLACE_NAME "/" INDEX_NAME, staging->path);
    struct file_index old, new;

    enum index_status old_status = index_read(staging->arena, old_path, &old, &why);
    enum index_status new_status = index_read(staging->arena, new_path, &new, &why);

    if (old_status <= INDEX_MISSING && new_status <= INDEX_MISSING)
        return finish(staging, &old, new.n_files ? &new : &old);
    staging->why = arena_printf(staging->arena, "%s/" IN_PLACE_NAME " is left from a run that was killed, and an index cannot be read",
                                staging->path);
    return false;
}

bool in_place_recover(struct staging *staging)
{
    const char *name = staging->name;
    bool was_in_place = staging->in_place, recovered;

    if (staging->target_fd < 0)
        return true;
    staging->fd = staging_open_folder(staging->target_fd, IN_PLACE_NAME);
    if (staging->fd < 0)
        return errno == ENOENT || staging_fail(staging, "opening", IN_PLACE_NAME);
    staging->in_place = true;
    staging->name = IN_PLACE_NAME;
    if (staging_has(staging->fd, READY))
        recovered = complete(staging);
    else
        recovered = staging_purge(staging) || staging_fail(staging, "removing", IN_PLACE_NAME);
    staging_close_fd(&staging->fd);
    staging->in_place = was_in_place;
    staging->name = name;
    return recovered;
}
