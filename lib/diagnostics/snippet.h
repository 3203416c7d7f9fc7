/* A line of a source with a mark under a value. */
#ifndef HD_DIAGNOSTICS_SNIPPET_H
#define HD_DIAGNOSTICS_SNIPPET_H

#include "core/reporting/source.h"
#include "core/writing/text_out.h"

/* Prints the line of `place`, and a caret under it (with `mark` and `plain` around it), unless the place has no column. */
void snippet_print(struct text_out *out, const struct source *source, const struct cursor *place, bool has_column, const char *mark,
                   const char *plain);

#endif
