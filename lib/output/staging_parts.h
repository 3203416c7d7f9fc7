/* Functions shared by the files that change folders. */
#ifndef HD_OUTPUT_STAGING_PARTS_H
#define HD_OUTPUT_STAGING_PARTS_H

#include "proof.h"
#include "staging.h"

/* Leaves in `why` what failed at what, with errno's words; returns false. */
bool staging_fail(struct staging *staging, const char *doing, const char *name);

bool staging_lock(struct staging *staging, int fd);
bool staging_open_target(struct staging *staging);
void staging_close_fd(int *fd);
bool staging_same_file(const struct stat *a, const struct stat *b);

/* Removes a staging folder that is known to be one: everything in it is a copy or a second link. Mark and proof stay when
 * something else does, and say so to the next run. False with errno. Allocates nothing. */
bool staging_purge(struct staging *staging);

#endif
