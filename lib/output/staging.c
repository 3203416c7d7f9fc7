#define _GNU_SOURCE
#include "staging_parts.h"

#include "core/memory/hash.h"
#include "core/text/among.h"
#include "below.h"

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

bool staging_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool staging_hash(struct staging *staging, int fd, const char *name, uint64_t *ret_hash)
{
    char buffer[16 * 1024];
    struct stat status;
    int file = below_open_regular(fd, name, &status);
    ssize_t n = -1;

    *ret_hash = HASH_START;
    while (file >= 0 && ((n = read(file, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR)))
        if (n > 0)
            *ret_hash = hash_bytes(*ret_hash, buffer, (size_t)n);
    if (n < 0) {
        int why = errno;

        staging_close_fd(&file);
        errno = why;
        return staging_fail(staging, "reading", name);
    }
    return !close(file);
}

static bool is_dot(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..");
}

/* Whether the entry belongs only to runs, and not to the output. */
static bool is_internal(const char *name)
{
    static const char *const names[] = {INDEX_NAME, MARK, PROOF, IN_PLACE_NAME};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(name, names[i]))
            return true;
    return false;
}

/* Calls `visit` for one entry of a listing. */
static bool visit_entry(struct staging *staging, int fd, const char *folder, const char *name,
                        bool (*visit)(void *user, const char *name, const struct stat *status), void *user)
{
    struct stat status;
    bool is_there;

    if (is_dot(name) || (!folder && is_internal(name)))
        return true;
    is_there = below_stat(fd, name, &status);
    if (folder)
        name = arena_printf(staging->arena, "%s/%s", folder, name);
    if (is_there)
        return visit(user, name, &status);
    return errno == ENOENT || staging_fail(staging, "looking at", name);
}

bool staging_each(struct staging *staging, int fd, const char *folder,
                  bool (*visit)(void *user, const char *name, const struct stat *status), void *user)
{
    int listed = below_open_folder(fd, text_or(folder, "."));
    DIR *listing = listed >= 0 ? fdopendir(listed) : NULL;
    struct dirent *entry;
    bool go_on = true;

    if (!listing) {
        staging_fail(staging, "listing", folder ? folder : staging->path);
        staging_close_fd(&listed);
        return false;
    }
    staging->listings[staging->n_listings++] = listing;
    while (go_on && (errno = 0, entry = readdir(listing)))
        go_on = visit_entry(staging, listed, folder, entry->d_name, visit, user);
    if (go_on && errno)
        go_on = staging_fail(staging, "listing", folder ? folder : staging->path);
    closedir(listing);
    staging->n_listings--;
    return go_on;
}

/* The folder that the staging folder is in. */
static int home(const struct staging *staging)
{
    return staging->in_place ? staging->target_fd : staging->parent_fd;
}

static bool empty(int fd, bool is_top);

/* Removes an entry, with all that is in it. */
static bool remove_entry(int fd, const char *name)
{
    int folder = below_open_folder(fd, name);
    bool is_empty = folder < 0 || empty(folder, false);

    if (folder < 0)
        return (errno == ENOTDIR || errno == ELOOP) && below_remove(fd, name, 0);
    close(folder);
    return is_empty && below_remove(fd, name, AT_REMOVEDIR);
}

/* Mark and proof of the folder itself stay. A listing may miss entries while others are removed: it is gone through until nothing more can be. */
static bool empty(int fd, bool is_top)
{
    int copy = below_open_folder(fd, "."), why = 0;
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
            if (is_dot(entry->d_name) || (is_top && (!strcmp(entry->d_name, MARK) || !strcmp(entry->d_name, PROOF))))
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
    return empty(staging->fd, true) && proof_remove(staging->fd) && below_remove(home(staging), staging->name, AT_REMOVEDIR);
}

static bool make_marked(struct staging *staging, const struct stat *replaced)
{
    if (!below_make_folder(home(staging), staging->name, replaced ? replaced->st_mode & 0777 : 0777)) {
        if (errno != EEXIST)
            return staging_fail(staging, "making a folder in", staging->in_place ? staging->path : staging->parent);
        staging->why = "another run is writing it";
        return false;
    }
    staging->fd = below_open_folder(home(staging), staging->name);
    if (staging->fd < 0) {
        staging_fail(staging, "opening", staging->name);
        below_remove(home(staging), staging->name, AT_REMOVEDIR);
        return false;
    }
    staging->is_marked = true;
    return staging_lock(staging, staging->fd) &&
           (proof_write(staging->fd, replaced) || staging_fail(staging, "making a file in", staging->name));
}

bool staging_create(struct staging *staging)
{
    struct stat status;

    if (staging->target_fd >= 0 && fstat(staging->target_fd, &status))
        return staging_fail(staging, "opening", staging->path);
    if (staging->in_place)
        staging->name = IN_PLACE_NAME;
    if (!make_marked(staging, staging->target_fd >= 0 ? &status : NULL))
        return false;
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
    struct stat status;
    bool is_known = staging->target_fd >= 0 && below_stat(staging->target_fd, name, &status) && S_ISDIR(status.st_mode);
    int fd;
    bool is_made;

    if (!below_make_folder(staging->fd, name, is_known ? status.st_mode & 0777 : 0777))
        return errno == EEXIST || staging_fail(staging, "making the folder", name);
    if (!is_known)
        return true;
    fd = below_open_folder(staging->fd, name);
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
    return below_link(staging->target_fd, name, staging->fd, name);
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
