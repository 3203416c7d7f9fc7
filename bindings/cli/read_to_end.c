#define _POSIX_C_SOURCE 200809L
#include "read_to_end.h"

#include "call.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_BYTES = 256 * 1024 * 1024 + 1, FIRST_BYTES = 64 * 1024 };

char *read_to_end(int fd, size_t *ret_length)
{
    size_t length = 0, size = FIRST_BYTES;
    char *text = grow(NULL, size);
    ssize_t n = 1;

    while (n && length < MOST_BYTES) {
        if (length + 1 == size)
            text = grow(text, size *= 2);
        n = read(fd, text + length, size - length - 1);
        if (n < 0 && errno != EINTR) {
            free(text);
            return NULL;
        }
        length += n > 0 ? (size_t)n : 0;
    }
    text[length] = '\0';
    *ret_length = length;
    return text;
}
