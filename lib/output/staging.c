#define _GNU_SOURCE
#include "staging.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Marks a staging folder, and a folder whose old self is not cleared away yet. */
#define MARK INDEX_NAME ".new"

void staging_init(struct staging *staging, struct arena *arena)
{
    *staging = (struct staging){.arena = arena, .parent_fd = -1, .target_fd = -1, .fd = -1, .file_fd = -1, .why = ""};
}

static bool fail(struct staging *staging, const char *doing, const char *name)
{
    const char *why = strerror(errno);

    staging->why = arena_printf(staging->arena, "%s %s: %s", doing, name, why);
    return false;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static int open_folder(int parent_fd, const char *name)
{
    return openat(parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* File systems that cannot lock are used without. */
static bool lock(struct staging *staging, int fd)
{
    if (!flock(fd, LOCK_EX | LOCK_NB) || errno != EWOULDBLOCK)
        return true;
    staging->why = "another run is writing it";
    return false;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Splits the path of a folder that does not exist. */
static bool split_missing(struct staging *staging, const char *folder)
{
    size_t length = strlen(folder), start;
    char *real = arena_array(staging->arena, PATH_MAX, 1);
    struct stat status;

    if (!lstat(folder, &status)) {
        staging->why = "it is a symbolic link that leads nowhere";
        return false;
    }
    while (length > 1 && folder[length - 1] == '/')
        length--;
    for (start = length; start && folder[start - 1] != '/'; start--)
        ;
    staging->base = arena_strndup(staging->arena, folder + start, length - start);
    if (!realpath(start ? arena_strndup(staging->arena, folder, start) : ".", real))
        return fail(staging, "the folder around it,", start ? arena_strndup(staging->arena, folder, start) : ".");
    staging->parent = real;
    return true;
}

static bool find(struct staging *staging, const char *folder)
{
    char *real = arena_array(staging->arena, PATH_MAX, 1), *slash;

    if (!*folder) {
        staging->why = "its name is empty";
        return false;
    }
    if (!realpath(folder, real))
        return errno == ENOENT ? split_missing(staging, folder) : fail(staging, "finding", folder);
    slash = strrchr(real, '/');
    if (!slash[1]) {
        staging->why = "the root folder cannot be replaced";
        return false;
    }
    staging->base = slash + 1;
    staging->parent = slash == real ? "/" : real;
    *slash = '\0';
    return true;
}

/* The folder may have been exchanged between being found and being locked. */
static bool open_target(struct staging *staging)
{
    struct stat found, opened, here;

    staging->target_fd = open_folder(staging->parent_fd, staging->base);
    if (staging->target_fd < 0 && errno == ENOENT)
        return true;
    if (staging->target_fd < 0 && errno == ENOTDIR) {
        staging->why = "it is not a folder";
        return false;
    }
    if (staging->target_fd < 0)
        return fail(staging, "opening", staging->path);
    if (!lock(staging, staging->target_fd))
        return false;
    if (fstat(staging->target_fd, &opened) || fstatat(staging->parent_fd, staging->base, &found, AT_SYMLINK_NOFOLLOW))
        return fail(staging, "opening", staging->path);
    if (!same_file(&found, &opened)) {
        staging->why = "another run is writing it";
        return false;
    }
    if (!stat(".", &here) && same_file(&here, &opened)) {
        staging->why = "it is the current folder, which cannot be exchanged for another";
        return false;
    }
    return true;
}

bool staging_open(struct staging *staging, const char *folder)
{
    if (!find(staging, folder))
        return false;
    staging->path = arena_printf(staging->arena, "%s/%s", strcmp(staging->parent, "/") ? staging->parent : "", staging->base);
    staging->name = arena_printf(staging->arena, ".%s.hybriddeploy", staging->base);
    staging->aside = arena_printf(staging->arena, ".%s.hybriddeploy.old", staging->base);
    staging->parent_fd = open(staging->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (staging->parent_fd < 0)
        return fail(staging, "opening", staging->parent);
    return open_target(staging);
}

static bool is_dot(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..");
}

bool staging_each(struct staging *staging, int fd, bool (*visit)(void *user, const char *name, const struct stat *status), void *user)
{
    int copy = open_folder(fd, ".");
    struct dirent *entry;
    bool go_on = true;

    staging->listing = copy >= 0 ? fdopendir(copy) : NULL;
    if (!staging->listing) {
        close_fd(&copy);
        return fail(staging, "listing", staging->path);
    }
    while (go_on && (errno = 0, entry = readdir(staging->listing))) {
        struct stat status;

        if (is_dot(entry->d_name) || !strcmp(entry->d_name, INDEX_NAME) || !strcmp(entry->d_name, MARK))
            continue;
        if (!fstatat(fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW))
            go_on = visit(user, entry->d_name, &status);
        else if (errno != ENOENT)
            go_on = fail(staging, "looking at", entry->d_name);
    }
    if (go_on && errno)
        go_on = fail(staging, "listing", staging->path);
    closedir(staging->listing);
    staging->listing = NULL;
    return go_on;
}

static bool has_mark(int fd)
{
    return !faccessat(fd, MARK, F_OK, AT_SYMLINK_NOFOLLOW);
}

/* Removes a staging folder. By its mark everything in it is a copy or a second link; the mark goes last. Allocates nothing. */
static bool purge(struct staging *staging)
{
    bool removed_any = has_mark(staging->fd);
    int copy = removed_any ? open_folder(staging->fd, ".") : -1;
    DIR *listing = copy >= 0 ? fdopendir(copy) : NULL;

    if (!listing)
        close_fd(&copy);
    while (listing && removed_any) {
        struct dirent *entry;

        removed_any = false;
        rewinddir(listing);
        while ((entry = readdir(listing)))
            if (!is_dot(entry->d_name) && strcmp(entry->d_name, MARK))
                removed_any |= !unlinkat(staging->fd, entry->d_name, 0);
    }
    if (listing)
        closedir(listing);
    unlinkat(staging->fd, MARK, 0);
    return !unlinkat(staging->parent_fd, staging->name, AT_REMOVEDIR);
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
        return fail(staging, "opening", staging->path);
    if (mkdirat(staging->parent_fd, staging->name, status.st_mode & 0777) && errno != EEXIST)
        return fail(staging, "making a folder in", staging->parent);
    staging->fd = open_folder(staging->parent_fd, staging->name);
    if (staging->fd < 0)
        return fail(staging, "opening", staging->name);
    if (!lock(staging, staging->fd))
        return false;
    staging->is_marked = true;
    staging->file_fd = openat(staging->fd, MARK, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (staging->file_fd < 0)
        return fail(staging, "making a file in", staging->name);
    close_fd(&staging->file_fd);
    if (staging->target_fd < 0)
        return true;
    /* Only root can give a folder to somebody else. The owner comes first: a new one resets bits of the mode. */
    if (fchown(staging->fd, status.st_uid, status.st_gid) && fchown(staging->fd, (uid_t)-1, status.st_gid) && errno != EPERM)
        return fail(staging, "setting the owner of", staging->name);
    if (fchmod(staging->fd, status.st_mode & 07777))
        return fail(staging, "setting the mode of", staging->name);
    return true;
}

bool staging_link(struct staging *staging, const char *name)
{
    return !linkat(staging->target_fd, name, staging->fd, name, 0);
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
        return fail(staging, "writing", staging->name);
    if (!exchange(staging))
        return fail(staging, "replacing", staging->path);
    for (size_t i = 0; i < n_movers; i++)
        if (!move(staging->fd, movers[i], staging->target_fd, movers[i])) {
            int why = errno;

            undo_moves(staging, movers, i);
            errno = why;
            return fail(staging, "moving", movers[i]);
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
    bool is_link = !fstatat(staging->target_fd, name, &kept, AT_SYMLINK_NOFOLLOW) && same_file(&kept, status);

    if (!S_ISDIR(status->st_mode) && (is_ours || is_link) ? !unlinkat(staging->fd, name, 0)
                                                          : move(staging->fd, name, staging->target_fd, name))
        return true;
    return fail(staging, "moving", arena_printf(staging->arena, "%s/%s/%s", staging->parent, staging->name, name));
}

bool staging_clear(struct staging *staging, const struct file_index *old, const struct file_index *new)
{
    struct clearing clearing = {.staging = staging, .old = old, .new = new};

    if (staging->fd >= 0) {
        if (!staging_each(staging, staging->fd, clear_entry, &clearing))
            return false;
        if ((unlinkat(staging->fd, INDEX_NAME, 0) && errno != ENOENT) || unlinkat(staging->parent_fd, staging->name, AT_REMOVEDIR))
            return fail(staging, "removing", staging->name);
        close_fd(&staging->fd);
    }
    if (staging->target_fd >= 0 && unlinkat(staging->target_fd, MARK, 0) && errno != ENOENT)
        return fail(staging, "removing", MARK);
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
        return fail(staging, "moving", staging->aside);
    return staging->target_fd >= 0 || open_target(staging);
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

    if (!recover_aside(staging))
        return false;
    staging->fd = open_folder(staging->parent_fd, staging->name);
    if (staging->fd < 0)
        return errno == ENOENT ? staging_clear(staging, NULL, NULL) : fail(staging, "opening", staging->name);
    if (!lock(staging, staging->fd))
        return false;
    if (has_mark(staging->fd))
        cleared = purge(staging) || fail(staging, "removing", staging->name);
    else if (staging->target_fd < 0)
        cleared = !unlinkat(staging->parent_fd, staging->name, AT_REMOVEDIR) || fail(staging, "removing", staging->name);
    else
        cleared = clear_old(staging);
    close_fd(&staging->fd);
    return cleared;
}

void staging_close(struct staging *staging)
{
    if (staging->listing)
        closedir(staging->listing);
    staging->listing = NULL;
    close_fd(&staging->file_fd);
    if (staging->is_marked && staging->fd >= 0)
        purge(staging);
    staging->is_marked = false;
    close_fd(&staging->fd);
    close_fd(&staging->target_fd);
    close_fd(&staging->parent_fd);
}
