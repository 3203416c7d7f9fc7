/* The formats of a diff that the command writes by itself, and what they share. */
#ifndef HYBRIDGEN_DIFF_WORDS_H
#define HYBRIDGEN_DIFF_WORDS_H

#include "changes.h"
#include "output.h"

/*
 * These write one document of the `n` applications of a workspace, at least 1, and of what the change breaks between them. An application without
 * a diff has a note that says why. SARIF of one application is a document of it alone.
 */
void write_diff_sarif(struct output *output, const struct changes *all, size_t n, const struct hd_diagnostic *const *breaks, size_t n_breaks);
void write_workspace_diff_html(struct output *output, const struct changes *all, size_t n, const struct hd_diagnostic *const *breaks, size_t n_breaks);

void write_diff_html(struct output *output, const struct changes *changes);

/* Writes a format of the library, and in it the connections of manifests, which the library does not compare. */
void write_diff_with_connections(struct output *output, const struct changes *changes, enum hd_diff_format format);

/* Writes a text with the escapes of a format. */
typedef void put_function(struct output *output, const char *text);

/*
 * Writes `before` and what becomes of an object's pods, such as "2 to 10 pods, one at a time"; of an object without pods, why it has this effect.
 * Writes nothing and returns false when neither is known.
 */
bool put_consequence(struct output *output, put_function *put, const char *before, const struct hd_object_change *object);

/* A value, cut after `most` bytes, which may be at most 4000; "nothing" for NULL. */
void put_value(struct output *output, put_function *put, const char *value, size_t most);

#endif
