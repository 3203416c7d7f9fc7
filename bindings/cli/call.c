#include "call.h"

#include "diagnostics.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int complain(int status, const char *format, ...)
{
    va_list args;
    char *text = NULL;
    int length;

    va_start(args, format);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length >= 0)
        text = malloc((size_t)length + 1);
    if (text) {
        va_start(args, format);
        vsnprintf(text, (size_t)length + 1, format, args);
        va_end(args);
    }
    diagnostics_complain(status, text ? text : "out of memory");
    free(text);
    return status;
}

void *grow(void *memory, size_t size)
{
    void *grown = realloc(memory, size);

    if (!grown)
        exit(complain(EXIT_UNREADABLE, "out of memory"));
    return grown;
}

char *vprinted(const char *format, va_list args)
{
    va_list again;
    size_t size;
    char *text;
    int length;

    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size = (size_t)(length < 0 ? 0 : length) + 1;
    text = grow(NULL, size);
    *text = '\0';
    vsnprintf(text, size, format, args);
    return text;
}

char *printed(const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = vprinted(format, args);
    va_end(args);
    return text;
}
