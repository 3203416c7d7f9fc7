/* The escapes of JSON's strings, which YAML's have too. */
#ifndef HD_CORE_READING_UNESCAPE_H
#define HD_CORE_READING_UNESCAPE_H

#include <stdbool.h>
#include <stddef.h>

/* Puts characters in the place of their escapes, which are longer; false when one is not JSON's. */
bool unescape(char *text, size_t *length);

#endif
