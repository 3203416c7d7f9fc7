/* Files as they are in a revision of git. */
#ifndef HYBRIDGEN_REVISION_H
#define HYBRIDGEN_REVISION_H

#include <stddef.h>

/*
 * Reads a file at a revision, through `git cat-file`, without a shell. The text is the caller's; NULL after complaining that there is no
 * such revision, or no such file in it.
 */
char *revision_read(const char *revision, const char *file, size_t *ret_length);
/* The same for a file that need not be there, at a revision from which another one was read; complains of nothing. */
char *revision_find(const char *revision, const char *file, size_t *ret_length);

#endif
