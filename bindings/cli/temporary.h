/* The file that is written before it takes the place of another. */
#ifndef HYBRIDGEN_TEMPORARY_H
#define HYBRIDGEN_TEMPORARY_H

#include <sys/types.h>

/*
 * The name of the file that is written before `target`: .TARGET.hybridgen in the same folder. The name is always the same, so
 * that what a killed run left goes with the next. To be freed.
 */
char *temporary_name(const char *target);

/*
 * Creates it and locks it against other runs; a file that a killed run of this user left is removed before. -1 with errno, or
 * with the reason in `*ret_why`.
 */
int temporary_create(const char *name, mode_t mode, const char **ret_why);

#endif
