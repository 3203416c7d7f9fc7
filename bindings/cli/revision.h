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

/* The same for a file by its path in a folder. */
char *revision_find_in(const char *revision, const char *folder, const char *path, size_t *ret_length);
/*
 * Lists what is below the folder of a file at a revision, as `git ls-tree -r -z` does; the folder as a whole path is in `*ret_folder`. Both are
 * the caller's; NULL after complaining.
 */
char *revision_list(const char *revision, const char *file, char **ret_folder, size_t *ret_length);

#endif
