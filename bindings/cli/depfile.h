/* A rule for make and ninja, which says from which files the output was made. */
#ifndef HYBRIDGEN_DEPFILE_H
#define HYBRIDGEN_DEPFILE_H

#include "input.h"
#include "output.h"

/* Writes the call's depfile. Of a folder the target is its index, which each run makes new. Complains and returns an exit status. */
int depfile_write(const struct call *call, const struct input *input, bool folder);

/* A path as make and ninja read it. */
void depfile_path(struct output *output, const char *path);
/* The files of a document from the one of this number on, each with a blank before it. */
void depfile_sources(struct output *output, const struct hd_document *document, size_t first);

#endif
