/* What the files that change folders have in common. */
#ifndef HD_OUTPUT_STAGING_PARTS_H
#define HD_OUTPUT_STAGING_PARTS_H

#include "staging.h"

/* Marks a staging folder, and a folder whose old self is not cleared away yet. */
#define MARK INDEX_NAME ".new"

/* Leaves in `why` what failed at what, with errno's words; returns false. */
bool staging_fail(struct staging *staging, const char *doing, const char *name);

bool staging_lock(struct staging *staging, int fd);
bool staging_open_target(struct staging *staging);
int staging_open_folder(int parent_fd, const char *name);
void staging_close_fd(int *fd);
bool staging_same_file(const struct stat *a, const struct stat *b);
bool staging_has(int fd, const char *name);

/* Removes what is in a folder, but what has the name `but` (may be NULL); false with errno. Allocates nothing from an arena. */
bool staging_empty(int fd, const char *but);

/* Removes a staging folder. By its mark everything in it is a copy or a second link; the mark goes last. Allocates nothing. */
bool staging_purge(struct staging *staging);

#endif
