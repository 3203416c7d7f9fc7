/* The origin of each value of a complete model. */
#ifndef HD_EXPLAIN_ORIGIN_H
#define HD_EXPLAIN_ORIGIN_H

#include "core/memory/names.h"
#include "core/tables/field.h"
#include "core/tables/path.h"
#include "model/runtime.h"

/* The same struct in the layers that a complete one is made of; NULL where a layer lacks it. */
struct layers {
    const void *given;
    const void *entries[MOST_ENTRIES]; /* as those of struct runtime */
    const void *library;
};

/* A member of a struct, and the places that it may come from. */
struct place {
    const struct hd_struct *type;
    const struct hd_field *field;
    const void *object;
    struct layers layers;
    /* The rest of the path that was asked for; empty when everything from here on is written. */
    const char *path;
    /* The struct's own path from the application. */
    const struct step *step;
};

/* As struct hd_value has it. */
struct origin {
    enum hd_value_origin kind;
    const char *from, *file;
    uint32_t line, column;
    const char *environment;
};

/* Elements of a long keyed list by their keys, as each layer has them; of a short one there is no table. */
struct layer_keys {
    struct names given, entries[MOST_ENTRIES], library;
};

struct layer_keys layer_keys(struct arena *arena, const struct place *place);

/* The layers of a struct member, and of an element of a list; an element comes from one layer. */
struct layers layers_of_member(const struct layers *layers, const struct hd_field *field);
struct layers layers_of_element(const struct place *place, const struct layer_keys *keys, const void *item, size_t index);

/* The key of an element of a keyed list, or NULL. */
const char *element_key(const struct hd_struct *of, const void *item);

/* Where element `item` (from 1, or 0 for the whole member) came from; `runtime` is the service's. */
struct origin origin_of(const struct place *place, size_t item, const struct runtime *runtime);

/* The origin in printable words. */
void origin_text(char *text, size_t size, const struct origin *origin);

void make_printable(char *text);

#endif
