#include "lay_over.h"

#include "core/memory/names.h"
#include "core/text/scalar.h"

#include <string.h>

/*
 * A collection that layers have changed. It is theirs alone, and changes in place from then on; what was read is left as it is,
 * because an alias may use it elsewhere. The value of a key that was taken away is NULL until tree_settle().
 */
struct taken {
    struct node node;
    /* In a mapping: the index of the key's value among the items. */
    struct names places;
    /* A list that is written as a mapping and lost an entry: without any left it goes too, because an empty one would refuse a default. */
    bool lost_entry;
};

/* The layer that is laid over a mapping. */
struct layer {
    struct arena *arena;
    struct shape shape;
    const struct node *over;
};

struct shape shape_of_element(struct shape shape)
{
    return (struct shape){shape.is_list ? shape.of : NULL, false};
}

/* The mapping of a list whose elements have no names is its only element. */
static struct shape shape_of_mapping(struct shape shape)
{
    return shape.is_list && shape.of && !shape.of->keyed_by ? shape_of_element(shape) : shape;
}

static const struct hd_field *field_behind(struct shape shape, const char *key, const struct hd_struct **owner)
{
    const void *nothing = NULL;

    return shape.of && !shape.is_list ? field_by_key(shape.of, key, strlen(key), &nothing, owner) : NULL;
}

struct shape shape_behind(struct shape shape, const char *key)
{
    const struct hd_struct *owner;
    const struct hd_field *field;

    shape = shape_of_mapping(shape);
    if (shape.is_list)
        return shape_of_element(shape);
    field = field_behind(shape, key, &owner);
    return field ? (struct shape){field->of, field->kind == HD_STRUCT_LIST} : (struct shape){NULL, false};
}

static void append(struct arena *arena, struct taken *taken, struct node *item)
{
    arena_grow(arena, taken->node.items, taken->node.n_items);
    taken->node.items[taken->node.n_items++] = item;
}

static void append_pair(struct arena *arena, struct taken *taken, struct node *key, struct node *value)
{
    append(arena, taken, key);
    append(arena, taken, value);
    names_add(&taken->places, key->text, (const void *)(uintptr_t)(taken->node.n_items - 1));
}

/* `base` when it is taken already, else a copy of it. */
static struct taken *take(struct arena *arena, struct node *base)
{
    struct taken *taken;

    if (base->is_taken)
        return (struct taken *)base;
    taken = arena_new(arena, struct taken);
    taken->node = *base;
    taken->node.is_taken = true;
    taken->node.items = NULL;
    taken->node.n_items = 0;
    if (base->kind == NODE_MAPPING)
        names_init(arena, &taken->places, base->n_items / 2);
    for (uint32_t i = 0; base->kind == NODE_SEQUENCE && i < base->n_items; i++)
        append(arena, taken, base->items[i]);
    for (uint32_t i = 0; base->kind == NODE_MAPPING && i < base->n_items; i += 2)
        append_pair(arena, taken, base->items[i], base->items[i + 1]);
    return taken;
}

struct node *tree_take_sequence(struct arena *arena, struct node *base)
{
    return &take(arena, base)->node;
}

/* The index of a key's value among the items; 0 when the key is absent. */
static uint32_t place_of(const struct node *mapping, const char *key)
{
    if (mapping->is_taken)
        return (uint32_t)(uintptr_t)names_find(&((const struct taken *)mapping)->places, key);
    for (uint32_t i = 0; i < mapping->n_items; i += 2)
        if (*mapping->items[i]->text == *key && !strcmp(mapping->items[i]->text, key))
            return i + 1;
    return 0;
}

struct node *tree_value(const struct node *mapping, const char *key)
{
    uint32_t place = mapping && mapping->kind == NODE_MAPPING ? place_of(mapping, key) : 0;

    return place ? mapping->items[place] : NULL;
}

static void take_away(struct taken *taken, const char *key)
{
    uint32_t place = key ? place_of(&taken->node, key) : 0;

    if (place)
        taken->node.items[place] = NULL;
}

/* Whether a value turns off what its key stands for: `off`, or {enabled: false}. */
static bool turns_off(const struct node *value)
{
    const struct node *enabled = value->kind == NODE_MAPPING ? tree_value(value, "enabled") : value;

    return enabled && enabled->kind == NODE_SCALAR && enabled->plain && scalar_type(enabled->text, enabled->length) == SCALAR_BOOL &&
           !scalar_truth(enabled->text);
}

static bool does_replace(const struct hd_field *field, const struct hd_field *other, const struct node *value)
{
    return fields_exclude(field, other) || (field->replaces && field->replaces == other->replaces && !turns_off(value));
}

/* Removes what earlier layers said of members that exclude this one, and of the same member by its other word. */
static void take_rivals_away(const struct layer *layer, struct taken *taken, const char *key, const struct node *value)
{
    const struct hd_struct *owner;
    const struct hd_field *field = field_behind(layer->shape, key, &owner);

    for (size_t i = 0; field && i < owner->n_fields; i++) {
        const struct hd_field *other = &owner->fields[i];

        if (other != field ? !does_replace(field, other, value) : !field->short_key)
            continue;
        if (strcmp(other->key, key) && !tree_value(layer->over, other->key))
            take_away(taken, other->key);
        if (other->short_key && strcmp(other->short_key, key) && !tree_value(layer->over, other->short_key))
            take_away(taken, other->short_key);
    }
}

/* Gives a key its value, which is laid over the earlier one already. */
static void set_value(const struct layer *layer, struct taken *taken, struct node *key, struct node *value)
{
    uint32_t place = place_of(&taken->node, key->text);
    struct node *before = place ? taken->node.items[place] : NULL;

    if (before && node_is_null(value)) {
        taken->node.items[place] = NULL;
        taken->lost_entry |= layer->shape.is_list;
        return;
    }
    take_rivals_away(layer, taken, key->text, value);
    key->is_added |= !before;
    if (place) {
        taken->node.items[place - 1] = before ? taken->node.items[place - 1] : key;
        taken->node.items[place] = value;
    } else {
        append_pair(layer->arena, taken, key, value);
    }
}

struct node *tree_set_key(struct arena *arena, struct shape shape, struct node *base, struct node *key, struct node *value)
{
    struct node *items[] = {key, value}, over = {.kind = NODE_MAPPING, .n_items = 2, .items = items};
    const struct layer layer = {arena, shape_of_mapping(shape), &over};
    struct taken *taken = take(arena, base);

    set_value(&layer, taken, key, value);
    return &taken->node;
}

/* The element's name, and the element without it; false when it has none. */
static bool split_element(struct arena *arena, const struct hd_struct *of, struct node *element, struct node **key, struct node **value)
{
    struct node *rest = arena_new(arena, struct node);

    *rest = (struct node){.kind = NODE_MAPPING, .file = element->file, .line = element->line, .column = element->column};
    *key = element->kind == NODE_MAPPING ? tree_value(element, of->keyed_by) : element;
    *value = rest;
    if (!*key || (*key)->kind != NODE_SCALAR || node_is_null(*key))
        return false;
    if (element->n_items)
        rest->items = arena_array(arena, element->n_items, sizeof *rest->items);
    for (uint32_t i = 0; i < element->n_items; i += 2)
        if (element->items[i + 1] && element->items[i + 1] != *key) {
            rest->items[rest->n_items++] = element->items[i];
            rest->items[rest->n_items++] = element->items[i + 1];
        }
    return true;
}

/* A list whose elements have names as the mapping that it may be written as; NULL when one has none. */
static struct node *by_names(struct arena *arena, const struct hd_struct *of, const struct node *list)
{
    struct node *mapping = arena_copy(arena, list, sizeof *list);

    mapping->kind = NODE_MAPPING;
    mapping->is_taken = false;
    mapping->items = arena_array(arena, 2 * (size_t)list->n_items + 1, sizeof *mapping->items);
    mapping->n_items = 2 * list->n_items;
    for (uint32_t i = 0; i < list->n_items; i++)
        if (!split_element(arena, of, list->items[i], &mapping->items[2 * (size_t)i], &mapping->items[2 * (size_t)i + 1]))
            return NULL;
    return mapping;
}

/* Whether a key stands in the layer before `index` too; that is reported later, so both are kept. */
static bool is_repeated(struct names *seen, const struct node *over, uint32_t index)
{
    if (seen->entries)
        return names_add(seen, over->items[index]->text, over) != NULL;
    for (uint32_t i = 0; i < index; i += 2)
        if (!strcmp(over->items[i]->text, over->items[index]->text))
            return true;
    return false;
}

static void lay_pair(const struct layer *layer, struct taken *taken, struct node *key, struct node *value)
{
    struct node *before = tree_value(&taken->node, key->text);

    if (before && !node_is_null(value))
        value = tree_lay_over(layer->arena, shape_behind(layer->shape, key->text), before, value);
    set_value(layer, taken, key, value);
}

struct node *tree_lay_over(struct arena *arena, struct shape shape, struct node *base, struct node *over)
{
    enum { FEW_ITEMS = 24 };
    const struct layer layer = {arena, shape_of_mapping(shape), over};
    struct names seen = {0};
    struct taken *taken;

    if (base && base->kind == NODE_SEQUENCE && over->kind == NODE_MAPPING && layer.shape.is_list && layer.shape.of)
        base = by_names(arena, layer.shape.of, base);
    if (!base || base->kind != NODE_MAPPING || over->kind != NODE_MAPPING)
        return over;
    taken = take(arena, base);
    if (over->n_items > FEW_ITEMS)
        names_init(arena, &seen, over->n_items / 2);
    for (uint32_t i = 0; i < over->n_items; i += 2)
        if (is_repeated(&seen, over, i))
            append_pair(arena, taken, over->items[i], over->items[i + 1]);
        else
            lay_pair(&layer, taken, over->items[i], over->items[i + 1]);
    return &taken->node;
}

static bool has_lost_all(const struct node *node)
{
    return node->is_taken && node->kind == NODE_MAPPING && !node->n_items && ((const struct taken *)node)->lost_entry;
}

void tree_settle(struct node *node)
{
    uint32_t n_left = 0, step = node->kind == NODE_MAPPING ? 2 : 1;

    if (!node->is_taken)
        return;
    for (uint32_t i = 0; i < node->n_items; i += step) {
        struct node *value = node->items[i + step - 1];

        if (value)
            tree_settle(value);
        if (!value || has_lost_all(value))
            continue;
        memmove(node->items + n_left, node->items + i, step * sizeof *node->items);
        n_left += step;
    }
    node->n_items = n_left;
}
