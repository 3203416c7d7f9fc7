/* YAML and JSON as people and programs write them most of the time, read many times as fast as libfyaml does. */
#ifndef HD_CORE_READING_SIMPLE_H
#define HD_CORE_READING_SIMPLE_H

#include "tree.h"

/*
 * The tree of a text in UTF-8 that stands behind `before` lines of its file, the same as libfyaml's. NULL, and nothing reported, when the
 * text has anything but mappings, lists, scalars of one line, literal blocks and comments, or when it is no YAML: then it is libfyaml's.
 */
struct node *simple_read(struct tree_memory memory, const char *file, uint32_t before, const char *text, size_t length);

/* Reads the mapping in braces that a text begins with, as JSON has them, which ends at `*ret_used`. NULL likewise. */
struct node *simple_read_first(struct tree_memory memory, const char *file, uint32_t before, const char *text, size_t length,
                               size_t *ret_used);

#endif
