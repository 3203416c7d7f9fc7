#define _GNU_SOURCE
#include "below.h"

#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifndef O_PATH
#define O_PATH O_RDONLY
#endif

/* The folder that an entry is in, and the entry's name there. */
struct place {
    int fd;
    const char *name;
    bool is_opened;
};

/* Closes without changing errno, because the operation on the place may have failed. */
static void leave(struct place *place)
{
    int why = errno;

    if (place->is_opened)
        close(place->fd);
    place->is_opened = false;
    errno = why;
}

/* Opens the first part of a path, which ends at `slash`. */
static int open_part(int fd, const char *path, const char *slash)
{
    char part[NAME_MAX + 1];
    size_t length = (size_t)(slash - path);

    if (length > NAME_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(part, path, length);
    part[length] = '\0';
    if (!strcmp(part, "..")) {
        errno = EINVAL;
        return -1;
    }
    return openat(fd, part, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static bool find(int fd, const char *path, struct place *ret)
{
    const char *slash;

    *ret = (struct place){.fd = fd, .name = path};
    while ((slash = strchr(ret->name, '/'))) {
        int next = open_part(ret->fd, ret->name, slash);

        leave(ret);
        if (next < 0)
            return false;
        *ret = (struct place){.fd = next, .name = slash + 1, .is_opened = true};
    }
    if (strcmp(ret->name, "..") && *ret->name)
        return true;
    leave(ret);
    errno = EINVAL;
    return false;
}

int below_open(int fd, const char *path, int flags, mode_t mode)
{
    struct place place;
    int opened;

    if (!find(fd, path, &place))
        return -1;
    opened = openat(place.fd, place.name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, mode);
    leave(&place);
    return opened;
}

int below_open_folder(int fd, const char *path)
{
    return below_open(fd, path, O_RDONLY | O_DIRECTORY, 0);
}

int below_open_regular(int fd, const char *path, struct stat *ret_status)
{
    int opened = below_open(fd, path, O_RDONLY | O_NOCTTY, 0);

    if (opened < 0 || (!fstat(opened, ret_status) && S_ISREG(ret_status->st_mode)))
        return opened;
    close(opened);
    errno = EINVAL;
    return -1;
}

bool below_stat(int fd, const char *path, struct stat *ret_status)
{
    struct place place;
    bool is_done = find(fd, path, &place) && !fstatat(place.fd, place.name, ret_status, AT_SYMLINK_NOFOLLOW);

    leave(&place);
    return is_done;
}

bool below_make_folder(int fd, const char *path, mode_t mode)
{
    struct place place;
    bool is_done = find(fd, path, &place) && !mkdirat(place.fd, place.name, mode);

    leave(&place);
    return is_done;
}

bool below_remove(int fd, const char *path, int flags)
{
    struct place place;
    bool is_done = find(fd, path, &place) && !unlinkat(place.fd, place.name, flags);

    leave(&place);
    return is_done;
}

static bool link_to(const struct place *from, const struct place *to)
{
    return !linkat(from->fd, from->name, to->fd, to->name, 0);
}

static bool move_to(const struct place *from, const struct place *to)
{
    struct stat status;

    if (!system_renameat2(from->fd, from->name, to->fd, to->name, SYSTEM_NOREPLACE))
        return true;
    if (!system_cannot_rename())
        return false;
    if (!fstatat(to->fd, to->name, &status, AT_SYMLINK_NOFOLLOW)) {
        errno = EEXIST;
        return false;
    }
    return !renameat(from->fd, from->name, to->fd, to->name);
}

static bool replace(const struct place *from, const struct place *to)
{
    return !renameat(from->fd, from->name, to->fd, to->name);
}

static bool between(int from_fd, const char *from, int to_fd, const char *to,
                    bool (*act)(const struct place *from, const struct place *to))
{
    struct place from_place, to_place;
    bool is_done = false;

    if (find(from_fd, from, &from_place) && find(to_fd, to, &to_place)) {
        is_done = act(&from_place, &to_place);
        leave(&to_place);
    }
    leave(&from_place);
    return is_done;
}

bool below_link(int from_fd, const char *from, int to_fd, const char *to)
{
    return between(from_fd, from, to_fd, to, link_to);
}

bool below_move(int from_fd, const char *from, int to_fd, const char *to)
{
    return between(from_fd, from, to_fd, to, move_to);
}

bool below_replace(int from_fd, const char *from, int to_fd, const char *to)
{
    return between(from_fd, from, to_fd, to, replace);
}
