/* Clearing up after a run that was killed. Nothing that it could have left is touched without proof that a run of ours did. */
#define _GNU_SOURCE
#include "below.h"
#include "staging_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool unproven(struct staging *staging, const char *folder, const char *name)
{
    staging->why = arena_printf(staging->arena, "%s/%s exists, but is not proven to be left by an interrupted run of yours", folder, name);
    staging->remedy = "look into it, because it may belong to files of somebody else, then remove it or move it away";
    return false;
}

/* Whether a run was killed before the proof was written: there is nothing but an empty mark and an empty proof. */
static bool is_barely_begun(int fd)
{
    int copy = below_open_folder(fd, ".");
    DIR *listing = copy >= 0 ? fdopendir(copy) : NULL;
    struct dirent *entry;
    struct stat status;
    bool has_more = !listing;

    if (!listing) {
        staging_close_fd(&copy);
        return false;
    }
    while (!has_more && (entry = readdir(listing))) {
        const char *name = entry->d_name;

        if (!strcmp(name, MARK) || !strcmp(name, PROOF))
            has_more = !below_stat(fd, name, &status) || !S_ISREG(status.st_mode) || status.st_size;
        else
            has_more = strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
    }
    closedir(listing);
    return !has_more;
}

/* Opens a folder that may be a staging folder, and refuses links and files. True with `fd` -1 when nothing is there. */
static bool open_leftover(struct staging *staging, int home, const char *path)
{
    staging->fd = below_open_folder(home, staging->name);
    if (staging->fd >= 0)
        return staging_lock(staging, staging->fd);
    if (errno == ENOTDIR || errno == ELOOP)
        return unproven(staging, path, staging->name);
    return errno == ENOENT || staging_fail(staging, "opening", staging->name);
}

/* Removes a staging folder that was never exchanged with the folder. */
static bool remove_leftover(struct staging *staging, const char *path)
{
    ino_t replaced;

    if (!proof_holds(staging->fd, &replaced) && !is_barely_begun(staging->fd))
        return unproven(staging, path, staging->name);
    return staging_purge(staging) || staging_fail(staging, "removing", staging->name);
}

/* Clears up after a run that changed the folder file by file. The index lists the files that it had changed. */
static bool recover_in_place(struct staging *staging)
{
    const char *name = staging->name;
    bool was_in_place = staging->in_place, is_clear;

    if (staging->target_fd < 0)
        return true;
    staging->in_place = true;
    staging->name = IN_PLACE_NAME;
    is_clear = open_leftover(staging, staging->target_fd, staging->path) && (staging->fd < 0 || remove_leftover(staging, staging->path));
    staging_close_fd(&staging->fd);
    staging->in_place = was_in_place;
    staging->name = name;
    return is_clear;
}

/* Whether the open folder is proven and was to take the place of this one. */
static bool has_replaced(int fd, const struct stat *old)
{
    ino_t replaced;

    return fd >= 0 && proof_holds(fd, &replaced) && replaced == old->st_ino;
}

/* A run was killed while the old folder had another name: it gets its name back when no new folder has it, and is cleared otherwise. */
static bool recover_aside(struct staging *staging)
{
    struct stat old;
    int dir = staging->parent_fd, new = staging->target_fd;
    bool is_ours, is_missing = new < 0;

    if (!below_stat(dir, staging->aside, &old))
        return errno == ENOENT || staging_fail(staging, "looking at", staging->aside);
    if (is_missing)
        new = below_open_folder(dir, staging->name);
    is_ours = S_ISDIR(old.st_mode) && has_replaced(new, &old);
    if (is_missing)
        staging_close_fd(&new);
    if (!is_ours)
        return unproven(staging, staging->parent, staging->aside);
    if (!below_move(dir, staging->aside, dir, is_missing ? staging->base : staging->name))
        return staging_fail(staging, "moving", staging->aside);
    return !is_missing || staging_open_target(staging);
}

/* Clears what was the folder before a run that was killed after the exchange. */
static bool clear_old(struct staging *staging)
{
    const char *why;
    struct file_index old, new;
    enum index_status old_status = index_read(staging->arena, staging->fd, &old, &why);
    enum index_status new_status = index_read(staging->arena, staging->target_fd, &new, &why);

    if (old_status <= INDEX_MISSING && new_status <= INDEX_MISSING)
        return staging_clear(staging, &old, &new);
    staging->why = arena_printf(staging->arena, "%s/%s is left from a run that was killed, and an index cannot be read", staging->parent,
                                staging->name);
    return false;
}

bool staging_recover(struct staging *staging)
{
    struct stat status;
    bool is_clear;

    if (!recover_aside(staging) || !recover_in_place(staging) || !open_leftover(staging, staging->parent_fd, staging->parent))
        return false;
    if (staging->fd < 0)
        return staging_clear(staging, NULL, NULL);
    if (!fstat(staging->fd, &status) && has_replaced(staging->target_fd, &status))
        is_clear = clear_old(staging);
    else
        is_clear = remove_leftover(staging, staging->parent);
    staging_close_fd(&staging->fd);
    return is_clear;
}
