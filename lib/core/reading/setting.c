/* `services.auth.ports[0].port=8080`: one value laid over a tree. */
#include "core/memory/names.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

/* As deep as a tree may nest. */
enum { MOST_STEPS = 64 };

struct setting {
    struct tree_memory memory;
    struct hd_diagnostics *report;
    const char *text; /* all of it, for diagnostics */
    const char *rest; /* what of the path is still to go, up to `end` */
    const char *end;
    struct node *value;
    int n_steps;
};

static struct node *bad_path(struct setting *setting, const char *message)
{
    hint(finding_in(setting->report, HD_BAD_SETTING, setting->text, 1, (uint32_t)(setting->rest - setting->text) + 1, NULL, "%s", message),
         "write path=value, such as services.auth.replicas=3, services.auth.ports[0].port=8080 or labels[\"example.com/team\"]=core");
    return NULL;
}

static struct node *make(struct setting *setting, enum node_kind kind, const char *text, size_t length)
{
    struct node *node = arena_new(setting->memory.nodes, struct node);

    node->kind = kind;
    node->file = setting->text;
    node->line = 1;
    node->column = (uint32_t)(setting->rest - setting->text) + 1;
    node->text = arena_strndup(setting->memory.texts, text, length);
    node->length = (uint32_t)length;
    node->weight = 1;
    return node;
}

/*
 * A collection that settings have changed. It is theirs alone, and changes in place from then on; what was read is left as it is,
 * because an alias may use it elsewhere.
 */
struct taken {
    struct node node;
    /* In a mapping: the index of the key's value among the items. */
    struct names places;
};

static void remember_place(struct taken *taken, uint32_t index)
{
    names_add(&taken->places, taken->node.items[index - 1]->text, (const void *)(uintptr_t)index);
}

/* `base` when it is taken already, else a copy of it; an empty one where there is no such collection. */
static struct taken *take(struct setting *setting, struct node *base, enum node_kind kind)
{
    struct arena *arena = setting->memory.nodes;
    struct taken *taken;

    if (base && base->kind == kind && base->is_taken)
        return (struct taken *)base;
    taken = arena_new(arena, struct taken);
    taken->node = base && base->kind == kind ? *base : *make(setting, kind, "", 0);
    taken->node.is_taken = true;
    taken->node.items = NULL;
    taken->node.n_items = 0;
    if (kind == NODE_MAPPING)
        names_init(arena, &taken->places, base && base->kind == kind ? base->n_items / 2 : 0);
    for (uint32_t i = 0; base && base->kind == kind && i < base->n_items; i++) {
        arena_grow(arena, taken->node.items, taken->node.n_items);
        taken->node.items[taken->node.n_items++] = base->items[i];
        if (kind == NODE_MAPPING && i % 2)
            remember_place(taken, i);
    }
    return taken;
}

/* The index of a key's value among the items; 0 when the key is absent. */
static uint32_t place_of(const struct node *base, const char *key)
{
    if (!base || base->kind != NODE_MAPPING)
        return 0;
    if (base->is_taken)
        return (uint32_t)(uintptr_t)names_find(&((const struct taken *)base)->places, key);
    for (uint32_t i = 0; i < base->n_items; i += 2)
        if (!strcmp(base->items[i]->text, key))
            return i + 1;
    return 0;
}

static void append(struct setting *setting, struct taken *taken, struct node *item)
{
    arena_grow(setting->memory.nodes, taken->node.items, taken->node.n_items);
    taken->node.items[taken->node.n_items++] = item;
}

/* Gives a key of a mapping its value, which stands at `place`, or nowhere yet (0). */
static struct node *set_value(struct setting *setting, struct node *base, uint32_t place, struct node *key, struct node *value)
{
    struct taken *taken = take(setting, base, NODE_MAPPING);

    if (place) {
        taken->node.items[place] = value;
    } else {
        append(setting, taken, key);
        append(setting, taken, value);
        remember_place(taken, taken->node.n_items - 1);
    }
    return &taken->node;
}

/* The value laid over what was there: mappings merge key by key, everything else is replaced. */
static struct node *lay_over(struct setting *setting, struct node *base, struct node *value)
{
    if (!base || base->kind != NODE_MAPPING || value->kind != NODE_MAPPING)
        return value;
    for (uint32_t i = 0; i < value->n_items; i += 2) {
        uint32_t place = place_of(base, value->items[i]->text);
        struct node *over = lay_over(setting, place ? base->items[place] : NULL, value->items[i + 1]);

        base = set_value(setting, base, place, value->items[i], over);
    }
    return base;
}

static struct node *put(struct setting *setting, struct node *base);

static struct node *put_item(struct setting *setting, struct node *base)
{
    char *end;
    unsigned long index = strtoul(setting->rest + 1, &end, 10);
    uint32_t n_items = base && base->kind == NODE_SEQUENCE ? base->n_items : 0, column;
    struct taken *taken;
    struct node *item;

    if (end == setting->rest + 1 || *end != ']')
        return bad_path(setting, "an index in brackets is expected here");
    if (index > n_items)
        return bad_path(setting, "this index is beyond the end of the list");
    setting->rest = end + 1;
    column = (uint32_t)(setting->rest - setting->text) + 1;
    item = setting->rest >= setting->end ? setting->value : put(setting, index < n_items ? base->items[index] : NULL);
    if (!item)
        return NULL;
    taken = take(setting, base, NODE_SEQUENCE);
    taken->node.file = setting->text;
    taken->node.line = 1;
    taken->node.column = column;
    if (index < n_items)
        taken->node.items[index] = item;
    else
        append(setting, taken, item);
    return &taken->node;
}

/* The next key of the path: up to a dot, bracket or the end, or in ["..."]. */
static struct node *next_key(struct setting *setting)
{
    const char *start = setting->rest, *end;
    struct node *key;

    if (!strncmp(start, "[\"", 2)) {
        end = strstr(start + 2, "\"]");
        if (!end)
            return bad_path(setting, "this key has no closing \"]");
        key = make(setting, NODE_SCALAR, start + 2, (size_t)(end - start - 2));
        setting->rest = end + 2;
        return key;
    }
    end = start + strcspn(start, ".[=");
    if (end == start)
        return bad_path(setting, "a key is expected here");
    key = make(setting, NODE_SCALAR, start, (size_t)(end - start));
    setting->rest = end;
    return key;
}

static struct node *put_key(struct setting *setting, struct node *base)
{
    struct node *key = next_key(setting), *value;
    uint32_t place;

    if (!key)
        return NULL;
    place = place_of(base, key->text);
    value = put(setting, place ? base->items[place] : NULL);
    return value ? set_value(setting, base, place, key, value) : NULL;
}

static struct node *put(struct setting *setting, struct node *base)
{
    if (setting->rest >= setting->end)
        return lay_over(setting, base, setting->value);
    if (++setting->n_steps > MOST_STEPS)
        return bad_path(setting, "the path has too many steps");
    if (*setting->rest == '[' && setting->rest[1] != '"')
        return put_item(setting, base);
    if (*setting->rest == '.')
        setting->rest++;
    return put_key(setting, base);
}

/* The value alone, with columns of the whole setting: what stands before it becomes blanks, which a value of one line may have. */
static struct node *read_value(struct tree_memory memory, struct hd_diagnostics *report, const char *setting, const char *value)
{
    char *text;

    if (strchr(value, '\n'))
        return tree_read(memory, report, setting, value, strlen(value));
    text = arena_strndup(memory.nodes, setting, strlen(setting));
    memset(text, ' ', (size_t)(value - setting));
    return tree_read(memory, report, setting, text, strlen(text));
}

struct node *tree_set(struct tree_memory memory, struct hd_diagnostics *report, struct node *base, const char *text)
{
    struct setting setting = {.memory = memory, .report = report, .text = arena_printf(memory.texts, "--set %s", text)};
    const char *equals = strchr(setting.text, '=');

    setting.rest = setting.text + strlen("--set ");
    if (!equals)
        return bad_path(&setting, "this setting has no =");
    if (equals == setting.rest)
        return bad_path(&setting, "a key is expected here");
    if (!equals[1]) {
        setting.value = make(&setting, NODE_SCALAR, "", 0);
        setting.value->column = (uint32_t)(equals + 1 - setting.text) + 1;
    } else {
        setting.value = read_value(memory, report, setting.text, equals + 1);
        if (!setting.value)
            return NULL;
    }
    setting.end = equals;
    return put(&setting, base);
}
