/* The new folder takes the place of the old one, which is cleared away. */
#define _GNU_SOURCE
#include "below.h"
#include "staging_parts.h"
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* On a file system without exchange three steps do the same, which recovery understands. All are undone when one fails. */
static bool exchange_in_steps(struct staging *staging)
{
    int dir = staging->parent_fd, why;

    if (!below_move(dir, staging->base, dir, staging->aside))
        return false;
    if (below_replace(dir, staging->name, dir, staging->base)) {
        if (below_replace(dir, staging->aside, dir, staging->name))
            return true;
        why = errno;
        below_replace(dir, staging->base, dir, staging->name);
        errno = why;
    }
    why = errno;
    below_replace(dir, staging->aside, dir, staging->base);
    errno = why;
    return false;
}

/* Lets folder and staging folder change places. */
static bool exchange(struct staging *staging)
{
    int dir = staging->parent_fd, old = staging->target_fd;

    if (old < 0) {
        if (!below_replace(dir, staging->name, dir, staging->base))
            return false;
    } else if (system_renameat2(dir, staging->name, dir, staging->base, SYSTEM_EXCHANGE)) {
        if (!system_cannot_rename() || !exchange_in_steps(staging))
            return false;
    }
    staging->target_fd = staging->fd;
    staging->fd = old;
    return true;
}

static void undo_moves(struct staging *staging, const char *const *movers, size_t n_movers)
{
    while (n_movers--)
        below_move(staging->target_fd, movers[n_movers], staging->fd, movers[n_movers]);
    exchange(staging);
}

bool staging_commit(struct staging *staging, const char *const *movers, size_t n_movers)
{
    /* Sync first: otherwise a power failure could keep the exchange but lose files that were not on the disk yet. */
    if (system_sync(staging->fd) && errno != ENOSYS)
        return staging_fail(staging, "writing", staging->name);
    if (!exchange(staging))
        return staging_fail(staging, "replacing", staging->path);
    for (size_t i = 0; i < n_movers; i++)
        if (!below_move(staging->fd, movers[i], staging->target_fd, movers[i])) {
            int why = errno;

            undo_moves(staging, movers, i);
            errno = why;
            return staging_fail(staging, "moving", movers[i]);
        }
    staging->is_marked = false;
    fsync(staging->parent_fd);
    return true;
}

struct clearing {
    struct staging *staging;
    const struct file_index *old, *new;
};

/* Sets `*ret_superfluous`: whether a file of the old folder is also in the new one, or was written by a run. False when reading fails. */
static bool is_superfluous(struct clearing *clearing, const char *name, const struct stat *status, bool *ret_superfluous)
{
    struct staging *staging = clearing->staging;
    const struct indexed *old = index_find(clearing->old, name), *new = index_find(clearing->new, name);
    struct stat kept;
    uint64_t hash;

    *ret_superfluous = false;
    if (S_ISDIR(status->st_mode))
        return true;
    if (below_stat(staging->target_fd, name, &kept))
        *ret_superfluous = staging_same_file(&kept, status);
    else if (errno != ENOENT)
        return staging_fail(staging, "looking at", name);
    if (*ret_superfluous || !S_ISREG(status->st_mode) || (!old && !new))
        return true;
    if (!staging_hash(staging, staging->fd, name, &hash))
        return false;
    *ret_superfluous = index_knows(old, hash) || index_knows(new, hash);
    return true;
}

static bool clear_entry(void *user, const char *name, const struct stat *status)
{
    struct clearing *clearing = user;
    struct staging *staging = clearing->staging;
    bool is_removed;

    if (S_ISDIR(status->st_mode) && (index_has_folder(clearing->old, name) || index_has_folder(clearing->new, name))) {
        if (!staging_each(staging, staging->fd, name, clear_entry, clearing))
            return false;
        return below_remove(staging->fd, name, AT_REMOVEDIR) || staging_fail(staging, "removing", name);
    }
    if (!is_superfluous(clearing, name, status, &is_removed))
        return false;
    if (is_removed ? below_remove(staging->fd, name, 0) : below_move(staging->fd, name, staging->target_fd, name))
        return true;
    return staging_fail(staging, "moving", arena_printf(staging->arena, "%s/%s/%s", staging->parent, staging->name, name));
}

static bool remove_old(struct staging *staging)
{
    if ((!below_remove(staging->fd, INDEX_NAME, 0) && errno != ENOENT) || !proof_remove(staging->fd) ||
        !below_remove(staging->parent_fd, staging->name, AT_REMOVEDIR))
        return staging_fail(staging, "removing", staging->name);
    staging_close_fd(&staging->fd);
    return true;
}

bool staging_clear(struct staging *staging, const struct file_index *old, const struct file_index *new)
{
    struct clearing clearing = {.staging = staging, .old = old, .new = new};

    if (staging->fd >= 0 && (!staging_each(staging, staging->fd, NULL, clear_entry, &clearing) || !remove_old(staging)))
        return false;
    return staging->target_fd < 0 || proof_remove(staging->target_fd) || staging_fail(staging, "removing", MARK);
}
