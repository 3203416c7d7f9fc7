/* Short texts put together where printing would read a format each time. */
#ifndef HD_CORE_TEXT_JOINED_H
#define HD_CORE_TEXT_JOINED_H

#include <stddef.h>

/* Puts the pieces one behind the other into an array of characters; what does not fit is cut off. NULL is no piece. */
#define JOINED(array, ...)                                                                                                                 \
    joined((array), sizeof(array), (const char *const[]){__VA_ARGS__}, sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))
/* Returns `to`. */
const char *joined(char *to, size_t size, const char *const *pieces, size_t n_pieces);

#endif
