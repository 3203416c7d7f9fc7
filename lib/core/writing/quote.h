/* Values of the model in other languages, where they can never become code. */
#ifndef HD_CORE_WRITING_QUOTE_H
#define HD_CORE_WRITING_QUOTE_H

#include "text_out.h"

/* Whether no byte of the text is a control character, so that it can stand on a line. */
bool is_one_line(const char *text);

/* A word of a Dockerfile, which is one line: in quotes, with nothing that is expanded. */
void text_docker(struct text_out *t, const char *text);
/* A string of HCL, with its quotes and without templates. */
void text_hcl(struct text_out *t, const char *text);
/* Strings as a JSON list, which is Dockerfiles' exec form. */
void text_json_list(struct text_out *t, const char *const *texts, size_t n_texts);
/* Text of Markdown on one line: nothing in it is formatted. */
void text_markdown(struct text_out *t, const char *text);

#endif
