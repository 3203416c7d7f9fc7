/* Reading whole files. */
#ifndef HD_CORE_READING_FILE_H
#define HD_CORE_READING_FILE_H

#include "core/memory/arena.h"

/* The content of a file ("-" is standard input), NUL-terminated; NULL with `*ret_why` in words when it cannot be had. */
char *file_read(struct arena *arena, const char *name, size_t most_bytes, size_t *ret_length, const char **ret_why);

#endif
