#define _GNU_SOURCE
#include "below.h"

#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

bool below_make_folder(int fd, const char *path, mode_t mode)
{
    struct below_place place;
    bool is_done = below_find(fd, path, &place) && !mkdirat(place.fd, place.name, mode);

    below_leave(&place);
    return is_done;
}

bool below_remove(int fd, const char *path, int flags)
{
    struct below_place place;
    bool is_done = below_find(fd, path, &place) && !unlinkat(place.fd, place.name, flags);

    below_leave(&place);
    return is_done;
}

static bool link_to(const struct below_place *from, const struct below_place *to)
{
    return !linkat(from->fd, from->name, to->fd, to->name, 0);
}

static bool move_to(const struct below_place *from, const struct below_place *to)
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

static bool replace(const struct below_place *from, const struct below_place *to)
{
    return !renameat(from->fd, from->name, to->fd, to->name);
}

static bool between(int from_fd, const char *from, int to_fd, const char *to,
                    bool (*act)(const struct below_place *from, const struct below_place *to))
{
    struct below_place from_place, to_place;
    bool is_done = false;

    if (below_find(from_fd, from, &from_place) && below_find(to_fd, to, &to_place)) {
        is_done = act(&from_place, &to_place);
        below_leave(&to_place);
    }
    below_leave(&from_place);
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
