/* Texts of others in SVG and HTML. */
#ifndef HYBRIDGEN_MARKUP_H
#define HYBRIDGEN_MARKUP_H

#include "../output.h"

/* Writes a text so that none of it is markup; what is no character that people can read is U+FFFD. */
void markup_text(struct output *output, const char *text);

#endif
