/* Reading a descriptor to its end. */
#ifndef HYBRIDGEN_READ_TO_END_H
#define HYBRIDGEN_READ_TO_END_H

#include <stddef.h>

/*
 * The text up to one byte more than the library accepts, which then says so, and behind it a byte that is 0. The caller frees it; NULL, with
 * errno, when reading fails.
 */
char *read_to_end(int fd, size_t *ret_length);

#endif
