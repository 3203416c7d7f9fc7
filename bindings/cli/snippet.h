/* A line of a source with a mark under a value. */
#ifndef HYBRIDGEN_SNIPPET_H
#define HYBRIDGEN_SNIPPET_H

#include "source.h"

#include <stdio.h>

/* Prints the line of `place`, and a caret under it (with `mark` and `plain` around it), unless the place has no column. */
void snippet_print(FILE *out, const struct source *source, const struct cursor *place, bool has_column, const char *mark,
                   const char *plain);

#endif
