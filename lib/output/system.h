/* Calls that only Linux has, or only some of its versions and C libraries; each caller has another way when they fail. */
#ifndef HD_OUTPUT_SYSTEM_H
#define HD_OUTPUT_SYSTEM_H

#include <stdbool.h>

enum { SYSTEM_NOREPLACE = 1, SYSTEM_EXCHANGE = 2 };

/* renameat2(), which old kernels, some file systems and some C libraries lack: -1 with ENOSYS, EINVAL or ENOTSUP then. */
int system_renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags);
/* Whether errno says so. */
bool system_cannot_rename(void);

/* Waits until the file system of an open file is on the disk. */
int system_sync(int fd);

/* A number for the mount that an open file was reached by, or -1 when the system does not tell. */
long system_mount_id(int fd);

#endif
