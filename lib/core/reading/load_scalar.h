/* From a scalar of the tree to a value: text, number, truth value, word of an enumeration; and what is wrong with it. */
#ifndef HD_CORE_READING_LOAD_SCALAR_H
#define HD_CORE_READING_LOAD_SCALAR_H

#include "core/tables/key_hint.h"
#include "core/tables/path.h"
#include "tree.h"

struct loader {
    struct arena *arena;
    /* For what goes when all is loaded. */
    struct arena *scratch;
    struct hd_diagnostics *report;
    /* The part of positions that all positions of the model share. */
    struct hd_rest *rest;
    /* May be NULL. */
    foreign_key *foreign;
};

/* Reports a node, which is at `step` in the model. */
struct finding *wrong(struct loader *loader, enum hd_code code, const struct node *node, const struct step *step, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Reports that a node is something else than `meant`, such as "a list". */
struct finding *wrong_type(struct loader *loader, const struct node *node, const struct step *step, const char *meant);

/*
 * The text of a scalar where a string of this form (NULL: any) is meant, or NULL after reporting. What YAML takes for something
 * else is reported and kept, so that nothing seems to be missing.
 */
const char *load_text(struct loader *loader, const struct node *node, const struct step *step, const struct hd_format_rule *format);

/* These return false after reporting, and leave the value as it was. */
bool load_integer(struct loader *loader, const struct node *node, const struct step *step, int64_t *number);
bool load_bool(struct loader *loader, const struct node *node, const struct step *step, enum hd_bool *value);
bool load_enum(struct loader *loader, const struct node *node, const struct step *step, const struct hd_enum *words, int *value);

/* Whether a YAML reader takes the node for a truth value. */
bool node_is_bool(const struct node *node);

#endif
