/* Where a value ends, as far as its line tells. */
#ifndef HD_CORE_REPORTING_VALUE_END_H
#define HD_CORE_REPORTING_VALUE_END_H

#include "source.h"

/* Bytes looked at before and after a place, because a line may be as long as its file. */
enum { LOOKED_AT = 880 };

/* A place in its line. */
struct line {
    const char *text;         /* of the source */
    size_t start, caret, end; /* offsets; the caret may stand at the end */
};

struct line line_at(const struct source *source, const struct cursor *place);

/* The end of the value at the caret, as far as its line shows it. */
size_t value_end(const struct line *line);

#endif
