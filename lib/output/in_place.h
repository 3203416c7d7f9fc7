/*
 * A folder that has to stay where it is, and changes file by file. What it is to hold is gathered in a staging folder inside
 * it. Until that is complete nothing changes. Then an index takes the old one's place that says of each file what it holds
 * before and after; the files change; the new index comes last. A run that was killed in between leaves a mixture, of which
 * this index knows every file, so that the next run replaces the rest as it would in a whole folder. There is no state that
 * says what to do, and none to forge: that index gives no more rights than one in a whole folder.
 */
#ifndef HD_OUTPUT_IN_PLACE_H
#define HD_OUTPUT_IN_PLACE_H

#include "staging.h"

/* The index of the time in between, in the staging folder. */
#define HALF_NAME INDEX_NAME ".half"

/* Moves the first `n_written` files to their places, and removes those that are gone. */
bool in_place_commit(struct staging *staging, const struct file_index *new, size_t n_written, const struct file_index *gone);

#endif
