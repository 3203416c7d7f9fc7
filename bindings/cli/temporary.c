#define _DEFAULT_SOURCE
#include "temporary.h"

#include "call.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names have 255 bytes at most on all file systems in use: of a longer one the beginning does. */
enum { LONGEST_PART = 240 };

char *temporary_name(const char *target)
{
    const char *slash = strrchr(target, '/'), *base = slash ? slash + 1 : target;
    size_t size = strlen(target) + sizeof "..hybridgen";
    char *name = grow(NULL, size);

    snprintf(name, size, "%.*s.%.*s.hybridgen", (int)(base - target), target, LONGEST_PART, base);
    return name;
}

/* Whether the name still leads to the open file. */
static bool has_name(int fd, const char *name)
{
    struct stat opened, named;

    return !fstat(fd, &opened) && !lstat(name, &named) && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

/* Whether nobody else has it open for writing; file systems that cannot lock are used without. */
static bool lock(int fd, const char **ret_why)
{
    if (!flock(fd, LOCK_EX | LOCK_NB) || errno != EWOULDBLOCK)
        return true;
    *ret_why = "another run is writing it";
    return false;
}

/* Removes what a killed run left: a file of this user with no other link. */
static bool remove_leftover(const char *name, const char **ret_why)
{
    int fd = open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    bool is_removed = false;

    if (fd < 0 && errno == ENOENT)
        return true;
    if (fd < 0 || fstat(fd, &status) || !S_ISREG(status.st_mode) || status.st_uid != geteuid() || status.st_nlink > 1)
        *ret_why = ".NAME.hybridgen beside it, which would be written first, is there, and no run of yours left it";
    else
        is_removed = lock(fd, ret_why) && (!has_name(fd, name) || !unlink(name));
    if (fd >= 0)
        close(fd);
    return is_removed;
}

/* Whether the new file is locked, and was not taken for a leftover before that. */
static bool take(int fd, const char *name, const char **ret_why)
{
    if (!lock(fd, ret_why))
        return false;
    if (has_name(fd, name))
        return true;
    *ret_why = "another run is writing it";
    return false;
}

int temporary_create(const char *name, mode_t mode, const char **ret_why)
{
    int fd = -1;

    *ret_why = NULL;
    if (remove_leftover(name, ret_why))
        fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    if (take(fd, name, ret_why) && !fchmod(fd, mode))
        return fd;
    if (!*ret_why)
        unlink(name);
    close(fd);
    return -1;
}
