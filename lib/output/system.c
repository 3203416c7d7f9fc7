#define _GNU_SOURCE
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int system_renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
#ifdef SYS_renameat2
    /* By number: musl has the function only since 1.2.6. */
    return (int)syscall(SYS_renameat2, from_fd, from, to_fd, to, flags);
#else
    (void)from_fd, (void)from, (void)to_fd, (void)to, (void)flags;
    errno = ENOSYS;
    return -1;
#endif
}

bool system_cannot_rename(void)
{
    return errno == ENOSYS || errno == EINVAL || errno == ENOTSUP;
}

int system_sync(int fd)
{
#ifdef __linux__
    return syncfs(fd);
#else
    (void)fd;
    sync();
    return 0;
#endif
}

long system_mount_id(int fd)
{
    char path[64], text[512], *found;
    int info;
    ssize_t length;

    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
    info = open(path, O_RDONLY | O_CLOEXEC);
    if (info < 0)
        return -1;
    length = read(info, text, sizeof text - 1);
    close(info);
    text[length > 0 ? length : 0] = '\0';
    found = strstr(text, "mnt_id:");
    return found ? strtol(found + strlen("mnt_id:"), NULL, 10) : -1;
}
