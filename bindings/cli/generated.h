/* The manifests of a model, read as those of a cluster. */
#ifndef HYBRIDGEN_GENERATED_H
#define HYBRIDGEN_GENERATED_H

#include "input.h"

/* A text that grows; all zero is an empty one. Its bytes are freed by free(). */
struct text {
    char *bytes;
    size_t length, size;
};

/* A sink for the library that adds to a struct text. */
int text_sink(void *text, const char *bytes, size_t length);

/* Generates the manifests of the input's model, and reads them. The cluster is the caller's. Returns an exit status. */
int generated_read(struct input *input, struct hd_cluster **ret_cluster);

#endif
