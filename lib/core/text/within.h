/* Paths within folders. */
#ifndef HD_CORE_TEXT_WITHIN_H
#define HD_CORE_TEXT_WITHIN_H

#include <stdbool.h>
#include <string.h>

/* Whether a path is that of the folder or of something in it; a slash at the folder's end changes nothing. */
static inline bool path_is_within(const char *path, const char *folder)
{
    size_t length = strlen(folder);

    while (length > 1 && folder[length - 1] == '/')
        length--;
    return !strncmp(path, folder, length) && (!path[length] || path[length] == '/' || length == 1);
}

#endif
