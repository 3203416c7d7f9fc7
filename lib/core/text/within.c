#include "within.h"

#include <string.h>

bool path_is_within(const char *path, const char *folder)
{
    size_t length = strlen(folder);

    while (length > 1 && folder[length - 1] == '/')
        length--;
    return !strncmp(path, folder, length) && (!path[length] || path[length] == '/' || length == 1);
}
