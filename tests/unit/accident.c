#define _GNU_SOURCE
#include "accident.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

enum accident accident;
int trip, error_number;
bool can_exchange = true;

static bool has_accident(void)
{
    if (!trip || --trip)
        return false;
    if (accident == KILL)
        raise(SIGKILL);
    errno = error_number;
    return true;
}

/* Stands in for a system call of the library. */
#define WRAP(type, name, parameters, arguments)         \
    type __real_##name parameters;                      \
    type __wrap_##name parameters;                      \
    type __wrap_##name parameters                       \
    {                                                   \
        return has_accident() ? -1 : __real_##name arguments; \
    }

WRAP(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
WRAP(int, mkdirat, (int fd, const char *name, mode_t mode), (fd, name, mode))
WRAP(int, linkat, (int from_fd, const char *from, int to_fd, const char *to, int flags), (from_fd, from, to_fd, to, flags))
WRAP(int, unlinkat, (int fd, const char *name, int flags), (fd, name, flags))
WRAP(int, renameat, (int from_fd, const char *from, int to_fd, const char *to), (from_fd, from, to_fd, to))
WRAP(int, fchown, (int fd, uid_t user, gid_t group), (fd, user, group))
WRAP(int, fchmod, (int fd, mode_t mode), (fd, mode))

int __real_system_renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags);
int __wrap_system_renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags);
int __wrap_system_renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
    if (has_accident())
        return -1;
    if (!can_exchange) {
        errno = ENOSYS;
        return -1;
    }
    return __real_system_renameat2(from_fd, from, to_fd, to, flags);
}

/* meson asks for large files, and openat() is openat64() then. */
int __real_openat64(int fd, const char *name, int flags, ...);
int __wrap_openat64(int fd, const char *name, int flags, ...);
int __wrap_openat64(int fd, const char *name, int flags, ...)
{
    mode_t mode = 0;
    va_list args;

    va_start(args, flags);
    if (flags & O_CREAT)
        mode = va_arg(args, mode_t);
    va_end(args);
    /* To be killed before a file is only looked at is to be killed before the next change. */
    if (accident == KILL && !(flags & O_CREAT))
        return __real_openat64(fd, name, flags);
    return has_accident() ? -1 : __real_openat64(fd, name, flags, mode);
}

/* The tests need no disk to be waited for. */
int __wrap_syncfs(int fd);
int __wrap_syncfs(int fd)
{
    (void)fd;
    return has_accident() ? -1 : 0;
}

int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
    (void)fd;
    return has_accident() ? -1 : 0;
}
