/*
 * A folder that has to stay where it is, and changes file by file. What it is to hold is gathered in a staging folder inside
 * it. Until that is complete nothing changes; from then on a run that was killed is completed by the next.
 */
#ifndef HD_OUTPUT_IN_PLACE_H
#define HD_OUTPUT_IN_PLACE_H

#include "staging.h"

/* Name of the staging folder inside the folder. */
#define IN_PLACE_NAME INDEX_NAME ".staging"

/* Moves what was gathered to its place, and removes files of the old index that the new one lacks. */
bool in_place_commit(struct staging *staging, const struct file_index *old, const struct file_index *new);

/* Completes, or clears away, what a run that was killed left inside the folder. */
bool in_place_recover(struct staging *staging);

#endif
