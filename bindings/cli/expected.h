/* The folder that a call would write, written elsewhere: to list it, or to compare it with the one that is there. */
#ifndef HYBRIDGEN_EXPECTED_H
#define HYBRIDGEN_EXPECTED_H

#include "input.h"

/* Prints what in the call's folder is not as the model says; EXIT_DRIFT when there is something. */
int expected_check(const struct call *call, struct input *input, const struct hd_generate_options *options);

/* Prints the paths of the files that the call's folder gets. */
int expected_list(const struct call *call, struct input *input, const struct hd_generate_options *options);

/* A warning about a folder that is compared, by its index, such as "was written by ..."; NULL when its index gives no reason for one. */
const char *folder_warning(const char *folder);

#endif
