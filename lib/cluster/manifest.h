/* Reads values from the tree of a manifest, and reports values that a server would refuse. */
#ifndef HD_CLUSTER_MANIFEST_H
#define HD_CLUSTER_MANIFEST_H

#include "core/memory/names.h"
#include "core/reading/tree.h"

#include <hybriddeploy/cluster.h>
#include <stdbool.h>

enum { N_RECENT = 64 };

/* Texts that are kept, each once, so that equal ones are one pointer; and those that were asked for last, by a few of their letters. */
struct kept_texts {
    struct names all;
    const char *recent[N_RECENT];
};

/* One object that is being read. */
struct manifest {
    struct arena *arena;
    struct hd_diagnostics *report;
    struct kept_texts *texts;
    /* "NetworkPolicy shop/web", for messages. */
    const struct hd_cluster_object *object;
    /* Whether a mistake was reported. */
    bool is_refused;
    /* The last value of a wrong type that was reported, so that reading it again does not report it twice. */
    const struct node *wrong;
};

/* A value in a manifest, and its path. Members of an absent value are absent. */
struct field {
    struct manifest *manifest;
    const struct node *node; /* NULL when it is absent or null */
    const struct field *up;
    const char *key; /* of a mapping; NULL for an item of a list */
    size_t index;
};

/* member(): by its key in a mapping. entry(): by its index in a mapping. item(): by its index in a list. `up` must outlive the result. */
struct field member(const struct field *up, const char *key);
struct field entry(const struct field *up, size_t index);
struct field item(const struct field *up, size_t index);

/* Number of items. A value that is not a list is reported, and has none. */
size_t item_count(const struct field *list);

/* Whether it is a mapping, which may be empty. A value of another type is reported. */
bool is_mapping(const struct field *field);

/* A text; NULL when it is absent, or of another type, which is reported. */
const char *text_of(const struct field *field);

/*
 * A text that is a name: letters, digits, and some characters between them, so that it can be written anywhere as it is. Otherwise as
 * text_of(). Servers are stricter, by kind.
 */
const char *name_at(const struct field *field);

/* Whether it is true. A value that is neither true nor false is reported. */
bool is_true(const struct field *field);

/* Whether it is there and a number without quotes. */
bool is_number(const struct field *field);

/* A number from `least` to `most`; `otherwise` when it is absent, or not such a number, which is reported. */
int64_t number_of(const struct field *field, int64_t least, int64_t most, int64_t otherwise);

/* One of the words, by its index; -1 when it is absent, or none of them, which is reported. The last word is NULL. */
int word_of(const struct field *field, const char *const *words);

/* Reports each key of a mapping that is not among `keys`, of which the last is NULL, and each that is given twice. */
void allow_keys(const struct field *mapping, const char *const *keys);

/* Reports a mistake at a value, or at its parent when it is absent. The object then takes no part. */
struct finding *refuse(const struct field *field, enum hd_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));

struct hd_cluster_place place_of(const struct field *field);

/* A text that lives as long as the cluster, the same pointer for each equal one. */
const char *keep(struct manifest *manifest, const char *text);

#endif
