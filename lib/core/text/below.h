/*
 * Entries of a folder, by their path below it. Whoever made the folder's content may have put a link anywhere: no part of a
 * path is followed when it is one, nor when it becomes one meanwhile, because each sub-folder is opened from the one before,
 * which stays open. (openat2() does the same in one call, but where it is missing this would be needed as well; paths of
 * generated files have few parts.) Calls fail with errno, ENOTDIR or ELOOP where a link or a file stands for a folder.
 */
#ifndef HD_CORE_TEXT_BELOW_H
#define HD_CORE_TEXT_BELOW_H

#include <stdbool.h>
#include <sys/stat.h>

/* The folder that an entry is in, and the entry's name there. */
struct below_place {
    int fd;
    const char *name;
    bool is_opened;
};

/* The place of an entry, to be left when it is found; false with errno when there is no such folder. */
bool below_find(int fd, const char *path, struct below_place *ret);
/* Does not change errno, because the operation on the place may have failed. */
void below_leave(struct below_place *place);

/* Opens a sub-folder for reading; "." is the folder itself. -1 on failure, as with open(). */
int below_open_folder(int fd, const char *path);
/* Opens a file. One that is there already and no regular file is not waited for: ENXIO, or the caller sees what it is. */
int below_open(int fd, const char *path, int flags, mode_t mode);
/* Opens a regular file for reading; anything else is EINVAL. */
int below_open_regular(int fd, const char *path, struct stat *ret_status);

bool below_stat(int fd, const char *path, struct stat *ret_status);

#endif
