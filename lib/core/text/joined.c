#include "joined.h"

#include <string.h>

const char *joined(char *to, size_t size, const char *const *pieces, size_t n_pieces)
{
    size_t length = 0;

    for (size_t i = 0; i < n_pieces; i++) {
        size_t n = pieces[i] ? strlen(pieces[i]) : 0;

        n = n < size - 1 - length ? n : size - 1 - length;
        if (n)
            memcpy(to + length, pieces[i], n);
        length += n;
    }
    to[length] = '\0';
    return to;
}
