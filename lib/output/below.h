/* Changes of a folder's entries, by their path below it; see core/text/below.h. */
#ifndef HD_OUTPUT_BELOW_H
#define HD_OUTPUT_BELOW_H

#include "core/text/below.h"

bool below_make_folder(int fd, const char *path, mode_t mode);
/* `flags` are unlinkat()'s. */
bool below_remove(int fd, const char *path, int flags);

/* A second link, a move to where nothing is, and a move over what is there. */
bool below_link(int from_fd, const char *from, int to_fd, const char *to);
bool below_move(int from_fd, const char *from, int to_fd, const char *to);
bool below_replace(int from_fd, const char *from, int to_fd, const char *to);

#endif
