/* Reading whole files. */
#ifndef HD_CORE_TEXT_FILE_H
#define HD_CORE_TEXT_FILE_H

#include "core/memory/arena.h"

/* The content of a file ("-" is standard input), NUL-terminated; NULL with `*ret_why` in words when it cannot be had. */
char *file_read(struct arena *arena, const char *name, size_t most_bytes, size_t *ret_length, const char **ret_why);

/*
 * Likewise, of a regular file below the folder that the file `beside` is in (NULL is one in the working directory); `path` is followed over
 * no link, and leads nowhere else.
 */
char *file_read_beside(struct arena *arena, const char *beside, const char *path, size_t most_bytes, size_t *ret_length,
                       const char **ret_why);

/* How that file is named in a message: `path` behind the folder that `beside` is in. */
char *file_name_beside(struct arena *arena, const char *beside, const char *path);

/* The content of a file that is open already, and is closed here; -1 is one that could not be opened, for the reason in errno. */
char *file_read_open(struct arena *arena, int fd, size_t most_bytes, size_t *ret_length, const char **ret_why);

#endif
