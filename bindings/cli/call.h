/* Exit statuses, error messages and memory, for all parts of the command. */
#ifndef HYBRIDGEN_CALL_H
#define HYBRIDGEN_CALL_H

#include <stdarg.h>
#include <stddef.h>

/* Exit statuses. */
enum exit_status { EXIT_FINE = 0, EXIT_WRONG_MODEL = 1, EXIT_WRONG_CALL = 2, EXIT_UNREADABLE = 3, EXIT_UNWRITTEN = 4, EXIT_DRIFT = 5 };

/* Prints `hybridgen: ` and a line on stderr; returns `status`. */
int complain(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* realloc() that ends the program when there is no memory. */
void *grow(void *memory, size_t size);

/* A text that the caller frees. */
char *printed(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *vprinted(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

#endif
