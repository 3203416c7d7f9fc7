/* JSON as programs write it, read many times as fast as libfyaml does. */
#ifndef HD_CORE_READING_JSON_H
#define HD_CORE_READING_JSON_H

#include "tree.h"

/* The tree of a text in UTF-8 that stands behind `before` lines of its file; NULL, and nothing reported, when it is not plainly JSON: then it is YAML, or libfyaml says what is wrong. */
struct node *json_read(struct tree_memory memory, const char *file, uint32_t before, const char *text, size_t length);

/* The same of the first value in a text, which ends at `*ret_used`. */
struct node *json_read_first(struct tree_memory memory, const char *file, uint32_t before, const char *text, size_t length, size_t *ret_used);

#endif
