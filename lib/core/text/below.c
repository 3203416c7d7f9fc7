#define _GNU_SOURCE
#include "below.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#ifndef O_PATH
#define O_PATH O_RDONLY
#endif

void below_leave(struct below_place *place)
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

bool below_find(int fd, const char *path, struct below_place *ret)
{
    const char *slash;

    *ret = (struct below_place){.fd = fd, .name = path};
    while ((slash = strchr(ret->name, '/'))) {
        int next = open_part(ret->fd, ret->name, slash);

        below_leave(ret);
        if (next < 0)
            return false;
        *ret = (struct below_place){.fd = next, .name = slash + 1, .is_opened = true};
    }
    if (strcmp(ret->name, "..") && *ret->name)
        return true;
    below_leave(ret);
    errno = EINVAL;
    return false;
}

int below_open(int fd, const char *path, int flags, mode_t mode)
{
    struct below_place place;
    int opened;

    if (!below_find(fd, path, &place))
        return -1;
    opened = openat(place.fd, place.name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, mode);
    below_leave(&place);
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
    struct below_place place;
    bool is_done = below_find(fd, path, &place) && !fstatat(place.fd, place.name, ret_status, AT_SYMLINK_NOFOLLOW);

    below_leave(&place);
    return is_done;
}
