/* Finding the folder, and how it can be changed. */
#define _GNU_SOURCE
#include "below.h"
#include "staging_parts.h"
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Where the file system has no locks, the run goes on without one. */
bool staging_lock(struct staging *staging, int fd)
{
    if (!flock(fd, LOCK_EX | LOCK_NB) || errno != EWOULDBLOCK)
        return true;
    staging->why = "another run is writing it";
    return false;
}

/* Splits the path of a folder that does not exist. */
static bool split_missing(struct staging *staging, const char *folder)
{
    size_t length = strlen(folder), start;
    char *real = arena_array(staging->arena, PATH_MAX, 1);
    struct stat status;

    if (!lstat(folder, &status)) {
        staging->why = "it is a symbolic link to a folder that does not exist";
        return false;
    }
    while (length > 1 && folder[length - 1] == '/')
        length--;
    for (start = length; start && folder[start - 1] != '/'; start--)
        ;
    staging->base = arena_strndup(staging->arena, folder + start, length - start);
    if (!realpath(start ? arena_strndup(staging->arena, folder, start) : ".", real))
        return staging_fail(staging, "the folder around it,", start ? arena_strndup(staging->arena, folder, start) : ".");
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
        return errno == ENOENT ? split_missing(staging, folder) : staging_fail(staging, "finding", folder);
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
bool staging_open_target(struct staging *staging)
{
    struct stat found, opened;

    staging->target_fd = below_open_folder(staging->parent_fd, staging->base);
    if (staging->target_fd < 0 && errno == ENOENT)
        return true;
    if (staging->target_fd < 0 && errno == ENOTDIR) {
        staging->why = "it is not a folder";
        return false;
    }
    if (staging->target_fd < 0)
        return staging_fail(staging, "opening", staging->path);
    if (!staging_lock(staging, staging->target_fd))
        return false;
    if (fstat(staging->target_fd, &opened) || !below_stat(staging->parent_fd, staging->base, &found))
        return staging_fail(staging, "opening", staging->path);
    if (!staging_same_file(&found, &opened)) {
        staging->why = "another run is writing it";
        return false;
    }
    return true;
}

/* Where the system does not number its mounts, the device tells all but a part of the same file system that is mounted twice. */
static bool is_mounted(const struct staging *staging, const struct stat *target)
{
    long outer = system_mount_id(staging->parent_fd), inner = system_mount_id(staging->target_fd);
    struct stat parent;

    if (outer >= 0 && inner >= 0)
        return outer != inner;
    return !fstat(staging->parent_fd, &parent) && parent.st_dev != target->st_dev;
}

/*
 * Whether the folder has to stay: another one cannot be put in its place when a file system is mounted there or the folder
 * around it cannot be written, and should not when somebody stands in it, a shell for one, who would be left in the old one.
 */
static bool must_stay(const struct staging *staging)
{
    struct stat target, here;

    if (staging->target_fd < 0 || fstat(staging->target_fd, &target))
        return false;
    if (!stat(".", &here) && staging_same_file(&target, &here))
        return true;
    return is_mounted(staging, &target) || faccessat(staging->parent_fd, ".", W_OK | X_OK, AT_EACCESS) != 0;
}

/* Opens the parent folder by its real path, which had no link in it a moment ago. */
static int open_parent(const char *path)
{
    int root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC), fd;

    if (root < 0)
        return -1;
    fd = below_open_folder(root, path[1] ? path + 1 : ".");
    if (fd < 0 && errno == EACCES)
        fd = below_open(root, path[1] ? path + 1 : ".", O_PATH | O_DIRECTORY, 0);
    close(root);
    return fd;
}

bool staging_open(struct staging *staging, const char *folder)
{
    if (!find(staging, folder))
        return false;
    staging->path = arena_printf(staging->arena, "%s/%s", strcmp(staging->parent, "/") ? staging->parent : "", staging->base);
    staging->name = arena_printf(staging->arena, ".%s.hybriddeploy", staging->base);
    staging->aside = arena_printf(staging->arena, ".%s.hybriddeploy.old", staging->base);
    staging->parent_fd = open_parent(staging->parent);
    if (staging->parent_fd < 0)
        return staging_fail(staging, "opening", staging->parent);
    if (!staging_open_target(staging))
        return false;
    staging->in_place = must_stay(staging);
    return true;
}
