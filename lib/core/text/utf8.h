/* UTF-8, one character at a time. */
#ifndef HD_CORE_TEXT_UTF8_H
#define HD_CORE_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the character at `text`, of which `length` are there; 0 when it is none. */
size_t utf8_bytes(const char *text, size_t length);

/* Bytes at the beginning of the text that are UTF-8, and not NUL. */
size_t utf8_span(const char *text, size_t length);

bool is_utf8(const char *text);

#endif
