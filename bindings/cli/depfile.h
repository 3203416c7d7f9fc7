/* A rule for make and ninja, which says from which files the output was made. */
#ifndef HYBRIDGEN_DEPFILE_H
#define HYBRIDGEN_DEPFILE_H

#include "input.h"

/* Writes the call's depfile. Of a folder the target is its index, which each run makes new. Complains and returns an exit status. */
int depfile_write(const struct call *call, const struct input *input, bool folder);

#endif
