/* Texts from models and manifests, which may hold anything, for formats that people and browsers read. */
#ifndef HYBRIDGEN_CHARACTERS_H
#define HYBRIDGEN_CHARACTERS_H

#include "output.h"

/* The line of the first byte that is no UTF-8 text, from 1; 0 when all of it is. NUL is none. The text has a NUL behind it. */
size_t line_of_no_text(const char *text, size_t length);

/* As a JSON string. Control and invisible characters are escaped, and a byte that is not UTF-8 becomes U+FFFD. */
void output_json_text(struct output *output, const char *text);
/* Likewise, without the quotes around it. */
void output_json_part(struct output *output, const char *text);

/* As text of HTML or SVG, also for attributes. A line break is a blank; control and invisible characters are shown as <U+202E>. */
void output_html_text(struct output *output, const char *text);

/* As text of Markdown, in which nothing begins an element, a link or a mention. A line break is a blank. */
void output_markdown_text(struct output *output, const char *text);

/* As text for a terminal. A line break is a blank; control and invisible characters are shown as <U+202E>. */
void output_plain_text(struct output *output, const char *text);

#endif
