/* Whether a text may stand as it is, or how it has to be quoted, so that every YAML 1.1 and 1.2 reader reads it back. */
#ifndef HD_CORE_TEXT_QUOTING_H
#define HD_CORE_TEXT_QUOTING_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Copies the text to where there is room for `length` bytes, if every reader takes it for this very string without quotes. When it
 * returns false, what is there is not the text.
 */
bool copy_plain(char *to, const char *text, size_t length);

/* Whether the lines of the text can stand in a literal block: nothing in them needs an escape, the first one shows the indent. */
bool is_block(const char *text, size_t length);

/* Whether there are no characters beyond ASCII. */
bool is_ascii(const char *text, size_t length);

/* Bytes at the beginning of the text that need no escape in double quotes. */
size_t unescaped(const char *text, size_t length);
/* The same, and copies them to where there is room for `length` bytes. */
size_t copy_unescaped(char *to, const char *text, size_t length);

/*
 * Bytes of a character that is text to JSON, and a break, a control or nothing at all to YAML: U+0080 to U+009F, U+2028,
 * U+2029, U+FEFF, U+FFFE, U+FFFF. 0 for any other.
 */
size_t odd_bytes(const char *text, size_t length);

#endif
