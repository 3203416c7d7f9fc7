/* Paths within folders. */
#ifndef HD_CORE_TEXT_WITHIN_H
#define HD_CORE_TEXT_WITHIN_H

#include <stdbool.h>

/* Whether a path is that of the folder or of something in it; a slash at the folder's end changes nothing. */
bool path_is_within(const char *path, const char *folder);

#endif
