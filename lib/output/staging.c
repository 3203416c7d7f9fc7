#define _GNU_SOURCE
#include "staging_parts.h"

#include "in_place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void staging_init(struct staging *staging, struct arena *arena)
{
    *staging = (struct staging){.arena = arena, .parent_fd = -1, .target_fd = -1, .fd = -1, .file_fd = -1, .why = ""};
}

bool staging_fail(struct staging *staging, const char *doing, const char *name)
{
    const char *why = strerror(errno);

    staging->why = arena_printf(staging->arena, "%s %s: %s", doing, name, why);
    return false;
}

void staging_close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

int staging_open_folder(int parent_fd, const char *name)
{
    return openat(parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

bool staging_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool is_dot(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..");
}

/* What a listing says of one entry. */
static bool visit_entry(struct staging *staging, int fd, const char *folder, const char *name,
                        bool (*visit)(void *user, const char *name, const struct stat *status), void *user)
{
    struct stat status;

    /* The index, the mark, a staging folder. */
    if (is_dot(name) || (!folder && !strncmp(name, INDEX_NAME, strlen(INDEX_NAME))))
        return true;
    if (folder)
        name = arena_printf(staging->arena, "%s/%s", folder, name);
    if (!fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW))
        return visit(user, name, &status);
    return errno == ENOENT || staging_fail(staging, "looking at", name);
}

bool staging_each(struct staging *staging, int fd, const char *folder,
                  bool (*visit)(void *user, const char *name, const struct stat *status), void *user)
{
    int copy = staging_open_folder(fd, folder ? folder : ".");
    DIR *listing = copy >= 0 ? fdopendir(copy) : NULL;
    struct dirent *entry;
    bool go_on = true;

    if (!listing) {
        staging_fail(staging, "listing", folder ? folder : staging->path);
        staging_close_fd(&copy);
        return false;
    }
    staging->listings[staging->n_listings++] = listing;
    while (go_on && (errno = 0, entry = readdir(listing)))
        go_on = visit_entry(staging, fd, folder, entry->d_name, visit, user);
    if (go_on && errno)
        go_on = staging_fail(staging, "listing", folder ? folder : staging->path);
    closedir(listing);
    staging->n_listings--;
    return go_on;
}

bool staging_has(int fd, const char *name)
{
    return !faccessat(fd, name, F_OK, AT_SYMLINK_NOFOLLOW);
}

/* The folder that the staging folder is in. */
static int home(const struct staging *staging)
{
    return staging->in_place ? staging->target_fd : staging->parent_fd;
}

/* Removes an entry, with all that is in it. */
static bool remove_entry(int fd, const char *name)
{
    int folder = staging_open_folder(fd, name);
    bool is_empty = folder < 0 || staging_empty(folder, NULL);

    if (folder < 0)
        return (errno == ENOTDIR || errno == ELOOP) && !unlinkat(fd, name, 0);
    close(folder);
    return is_empty && !unlinkat(fd, name, AT_REMOVEDIR);
}

/* A listing may miss entries while others are removed: it is gone through until nothing more can be. */
bool staging_empty(int fd, const char *but)
{
    int copy = staging_open_folder(fd, "."), why = 0;
    DIR *listing = copy >= 0 ? fdopendir(copy) : NULL;
    struct dirent *entry;
    bool removed_any = listing != NULL;

    if (!listing) {
        staging_close_fd(&copy);
        return false;
    }
    while (removed_any) {
        removed_any = false;
        why = 0;
        rewinddir(listing);
        while ((entry = readdir(listing))) {
            if (is_dot(entry->d_name) || (but && !strcmp(entry->d_name, but)))
                continue;
            if (remove_entry(fd, entry->d_name))
                removed_any = true;
            else
                why = errno;
        }
    }
    closedir(listing);
    errno = why;
    return !why;
}

bool staging_purge(struct staging *staging)
{
    if (staging_has(staging->fd, MARK))
        staging_empty(staging->fd, MARK);
    unlinkat(staging->fd, MARK, 0);
    return !unlinkat(home(staging), staging->name, AT_REMOVEDIR);
}

/* Moves an entry to where none of its name is. */
static bool move(int from_fd, const char *from, int to_fd, const char *to)
{
    if (!renameat2(from_fd, from, to_fd, to, RENAME_NOREPLACE))
        return true;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
        return false;
    if (!faccessat(to_fd, to, F_OK, AT_SYMLINK_NOFOLLOW)) {
        errno = EEXIST;
        return false;
    }
    return !renameat(from_fd, from, to_fd, to);
}

/* What a file system without exchange can do: three steps, which recovery understands. All are undone when one fails. */
static bool exchange_in_steps(struct staging *staging)
{
    int dir = staging->parent_fd, why;

    if (!move(dir, staging->base, dir, staging->aside))
        return false;
    if (!renameat(dir, staging->name, dir, staging->base)) {
        if (!renameat(dir, staging->aside, dir, staging->name))
            return true;
        why = errno;
        renameat(dir, staging->base, dir, staging->name);
        errno = why;
    }
    why = errno;
    renameat(dir, staging->aside, dir, staging->base);
    errno = why;
    return false;
}

/* Lets folder and staging folder change places. */
static bool exchange(struct staging *staging)
{
    int dir = staging->parent_fd, old = staging->target_fd;

    if (old < 0) {
        if (renameat(dir, staging->name, dir, staging->base))
            return false;
    } else if (renameat2(dir, staging->name, dir, staging->base, RENAME_EXCHANGE)) {
        if ((errno != EINVAL && errno != ENOSYS && errno != ENOTSUP) || !exchange_in_steps(staging))
            return false;
    }
    staging->target_fd = staging->fd;
    staging->fd = old;
    return true;
}

bool staging_create(struct staging *staging)
{
    struct stat status = {.st_mode = 0777};

    if (staging->target_fd >= 0 && fstat(staging->target_fd, &status))
        return staging_fail(staging, "opening", staging->path);
    if (staging->in_place)
        staging->name = IN_PLACE_NAME;
    if (mkdirat(home(staging), staging->name, status.st_mode & 0777) && errno != EEXIST)
        return staging_fail(staging, "making a folder in", staging->in_place ? staging->path : staging->parent);
    staging->fd = staging_open_folder(home(staging), staging->name);
    if (staging->fd < 0)
        return staging_fail(staging, "opening", staging->name);
    if (!staging_lock(staging, staging->fd))
        return false;
    staging->is_marked = true;
    staging->file_fd = openat(staging->fd, MARK, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (staging->file_fd < 0)
        return staging_fail(staging, "making a file in", staging->name);
    staging_close_fd(&staging->file_fd);
    if (staging->target_fd < 0 || staging->in_place)
        return true;
    /* Only root can give a folder to somebody else. The owner comes first: a new one resets bits of the mode. */
    if (fchown(staging->fd, status.st_uid, status.st_gid) && fchown(staging->fd, (uid_t)-1, status.st_gid) && errno != EPERM)
        return staging_fail(staging, "setting the owner of", staging->name);
    if (fchmod(staging->fd, status.st_mode & 07777))
        return staging_fail(staging, "setting the mode of", staging->name);
    return true;
}

/* One sub-folder; one that is in the folder already keeps its mode. */
static bool make_folder(struct staging *staging, const char *name)
{
    struct stat status = {.st_mode = 0777};
    bool is_known = staging->target_fd >= 0 && !fstatat(staging->target_fd, name, &status, AT_SYMLINK_NOFOLLOW);
    int fd;
    bool is_made;

    if (mkdirat(staging->fd, name, status.st_mode & 0777))
        return errno == EEXIST || staging_fail(staging, "making the folder", name);
    if (!is_known)
        return true;
    fd = staging_open_folder(staging->fd, name);
    is_made = fd >= 0 && !fchmod(fd, status.st_mode & 07777);
    if (!is_made)
        staging_fail(staging, "setting the mode of", name);
    staging_close_fd(&fd);
    return is_made;
}

bool staging_make_way(struct staging *staging, const char *name)
{
    for (const char *slash = name; (slash = strchr(slash, '/')); slash++)
        if (!make_folder(staging, arena_strndup(staging->arena, name, (size_t)(slash - name))))
            return false;
    return true;
}

bool staging_link(struct staging *staging, const char *name)
{
    return staging->in_place || !linkat(staging->target_fd, name, staging->fd, name, 0);
}

static void undo_moves(struct staging *staging, const char *const *movers, size_t n_movers)
{
    while (n_movers--)
        move(staging->target_fd, movers[n_movers], staging->fd, movers[n_movers]);
    exchange(staging);
}

bool staging_commit(struct staging *staging, const char *const *movers, size_t n_movers)
{
    /* What is not on the disk yet could be missing after a power failure, when the exchange is there already. */
    if (syncfs(staging->fd) && errno != ENOSYS)
        return staging_fail(staging, "writing", staging->name);
    if (!exchange(staging))
        return staging_fail(staging, "replacing", staging->path);
    for (size_t i = 0; i < n_movers; i++)
        if (!move(staging->fd, movers[i], staging->target_fd, movers[i])) {
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

static bool clear_entry(void *user, const char *name, const struct stat *status)
{
    struct clearing *clearing = user;
    struct staging *staging = clearing->staging;
    struct stat kept;
    bool is_ours = index_find(clearing->old, name) || index_find(clearing->new, name);
    bool is_link = !fstatat(staging->target_fd, name, &kept, AT_SYMLINK_NOFOLLOW) && staging_same_file(&kept, status);

    if (S_ISDIR(status->st_mode) && (index_has_folder(clearing->old, name) || index_has_folder(clearing->new, name))) {
        if (!staging_each(staging, staging->fd, name, clear_entry, clearing))
            return false;
        return !unlinkat(staging->fd, name, AT_REMOVEDIR) || staging_fail(staging, "removing", name);
    }
    if (!S_ISDIR(status->st_mode) && (is_ours || is_link) ? !unlinkat(staging->fd, name, 0)
                                                          : move(staging->fd, name, staging->target_fd, name))
        return true;
    return staging_fail(staging, "moving", arena_printf(staging->arena, "%s/%s/%s", staging->parent, staging->name, name));
}

bool staging_clear(struct staging *staging, const struct file_index *old, const struct file_index *new)
{
    struct clearing clearing = {.staging = staging, .old = old, .new = new};

    if (staging->fd >= 0) {
        if (!staging_each(staging, staging->fd, NULL, clear_entry, &clearing))
            return false;
        if ((unlinkat(staging->fd, INDEX_NAME, 0) && errno != ENOENT) || unlinkat(staging->parent_fd, staging->name, AT_REMOVEDIR))
            return staging_fail(staging, "removing", staging->name);
        staging_close_fd(&staging->fd);
    }
    if (staging->target_fd >= 0 && unlinkat(staging->target_fd, MARK, 0) && errno != ENOENT)
        return staging_fail(staging, "removing", MARK);
    return true;
}

/* The old folder was aside for a moment: it comes back when nothing took its place, and is the staging folder otherwise. */
static bool recover_aside(struct staging *staging)
{
    struct stat status;
    int dir = staging->parent_fd;

    if (fstatat(dir, staging->aside, &status, AT_SYMLINK_NOFOLLOW))
        return true;
    if (!move(dir, staging->aside, dir, staging->target_fd < 0 ? staging->base : staging->name))
        return staging_fail(staging, "moving", staging->aside);
    return staging->target_fd >= 0 || staging_open_target(staging);
}

/* Clears what was the folder before a run that was killed after the exchange. */
static bool clear_old(struct staging *staging)
{
    const char *old_path = arena_printf(staging->arena, "%s/%s/" INDEX_NAME, staging->parent, staging->name), *why;
    const char *new_path = arena_printf(staging->arena, "%s/" INDEX_NAME, staging->path);
    struct file_index old, new;
    enum index_status old_status = index_read(staging->arena, old_path, &old, &why);
    enum index_status new_status = index_read(staging->arena, new_path, &new, &why);

    if (old_status <= INDEX_MISSING && new_status <= INDEX_MISSING)
        return staging_clear(staging, &old, &new);
    staging->why = arena_printf(staging->arena, "%s/%s is left from a run that was killed, and an index cannot be read", staging->parent,
                                staging->name);
    return false;
}

bool staging_recover(struct staging *staging)
{
    bool cleared;

    if (!recover_aside(staging) || !in_place_recover(staging))
        return false;
    staging->fd = staging_open_folder(staging->parent_fd, staging->name);
    if (staging->fd < 0)
        return errno == ENOENT ? staging_clear(staging, NULL, NULL) : staging_fail(staging, "opening", staging->name);
    if (!staging_lock(staging, staging->fd))
        return false;
    if (staging_has(staging->fd, MARK))
        cleared = staging_purge(staging) || staging_fail(staging, "removing", staging->name);
    else if (staging->target_fd < 0)
        cleared = !unlinkat(staging->parent_fd, staging->name, AT_REMOVEDIR) || staging_fail(staging, "removing", staging->name);
    else
        cleared = clear_old(staging);
    staging_close_fd(&staging->fd);
    return cleared;
}

void staging_close(struct staging *staging)
{
    while (staging->n_listings)
        closedir(staging->listings[--staging->n_listings]);
    staging_close_fd(&staging->file_fd);
    if (staging->is_marked && staging->fd >= 0)
        staging_purge(staging);
    staging->is_marked = false;
    staging_close_fd(&staging->fd);
    staging_close_fd(&staging->target_fd);
    staging_close_fd(&staging->parent_fd);
}
