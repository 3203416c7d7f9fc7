#include "call.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int complain(int status, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fputs("hybridgen: ", stderr);
    vfprintf(stderr, format, args);
    putc('\n', stderr);
    va_end(args);
    return status;
}

void *grow(void *memory, size_t size)
{
    void *grown = realloc(memory, size);

    if (!grown)
        exit(complain(EXIT_UNREADABLE, "out of memory"));
    return grown;
}
