/*
 * Members that hold any YAML (HD_VALUE). The struct has the text, as JSON when the loader wrote it; a tree is made of it where somebody reads
 * or changes the value, and y_node() writes a tree. In the position of the struct, the marks of the member's elements 1, 2, ... are those
 * of the nodes, in the order in which they stand in the tree: a collection before its items, a key before its value.
 */
#ifndef HD_CORE_READING_VALUE_H
#define HD_CORE_READING_VALUE_H

#include "core/writing/writer.h"
#include "load_scalar.h"

/* Collections that may stand in each other. A manifest around the value leaves room for more than this in a writer. */
enum { VALUE_DEEPEST = 24 };

/* The text of a member that is this node of a file; NULL after reporting what cannot be a value. */
const char *value_load(struct loader *loader, const struct node *node, const struct step *step);

/*
 * Whether a tree of at most so many levels is a value: no word without quotes that readers do not agree on, no key twice. False after
 * reporting. Texts without quotes are marked as texts.
 */
bool value_is_sound(struct loader *loader, struct node *node, const struct step *step, int levels);

/* Nodes of a tree, keys counted. */
uint32_t value_count(const struct node *node);

/*
 * The tree of a member that is set, whose nodes stand where the model has them; those of a program stand where the struct does. NULL when
 * the text is none, with the reason in `*ret_fault`, which only the text of a program can be.
 */
struct node *value_read(struct tree_memory memory, const struct hd_struct *type, const struct hd_field *field, const void *object,
                        const char **ret_fault);

/* Writes a value in the format of the writer, with its quoting. Keys and texts must live until it is flushed. */
void y_node(struct yaml_out *y, const char *key, const struct node *node);

/* The same for a member; a text that is none is written as a text. */
void y_value(struct yaml_out *y, const char *key, struct arena *arena, const struct hd_struct *type, const struct hd_field *field,
             const void *object);

/* The value as JSON without line breaks. */
char *value_json(struct arena *arena, const struct node *node);

#endif
