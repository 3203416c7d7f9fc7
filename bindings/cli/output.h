/* Destination of the manifests: standard output, or a file that is written as a whole or not at all. */
#ifndef HYBRIDGEN_OUTPUT_H
#define HYBRIDGEN_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

struct output {
    int fd;
    /* As complaints call it. */
    const char *name;
    /* The file that is removed when not all of it could be written, and what it is to replace at the end; may be NULL. */
    char *temporary, *target;
    /* errno of the first failure; 0 when there was none. */
    int error;
    /* Reason of the failure where errno does not give it; may be NULL. */
    const char *why;
    size_t n_buffered;
    char buffer[16 * 1024];
};

/* Whether a path means a folder: it ends in a slash, or is one. */
bool output_is_folder(const char *path);

/* Whether nothing has this path, and its name has no dot, as names of files have. */
bool output_may_be_folder(const char *path);

/* Begins to write; `path` is - or NULL for standard output. Complains and returns an exit status. */
int output_open(struct output *output, const char *path);

/* Likewise, for a file that must not be there yet; a folder is no file. */
int output_create(struct output *output, const char *path);

/* A sink for the library. */
int output_sink(void *output, const char *text, size_t length);
void output_text(struct output *output, const char *text);
/* For short texts: what is beyond 511 bytes is cut. */
void output_print(struct output *output, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A member of a JSON object and its text, or null; the first one opens the object. */
void output_json(struct output *output, bool first, const char *key, const char *text);

/* Ends: puts a file in place unless `drop`. Complains when not all was written; returns an exit status. */
int output_close(struct output *output, bool drop);

#endif
