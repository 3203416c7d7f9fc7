/* `services.auth.ports[0].port=8080`: one value laid over a tree. */
#include "lay_over.h"

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

static struct node *put(struct setting *setting, struct shape shape, struct node *base);

/* An element that null takes away moves those behind it. */
static void put_at(struct setting *setting, struct node *list, uint32_t index, struct node *item)
{
    if (index == list->n_items) {
        arena_grow(setting->memory.nodes, list->items, list->n_items);
        list->n_items++;
    } else if (node_is_null(item)) {
        list->n_items--;
        memmove(list->items + index, list->items + index + 1, (list->n_items - index) * sizeof *list->items);
        return;
    }
    list->items[index] = item;
}

static struct node *put_item(struct setting *setting, struct shape shape, struct node *base)
{
    char *end;
    unsigned long index = strtoul(setting->rest + 1, &end, 10);
    bool is_list = base && base->kind == NODE_SEQUENCE;
    uint32_t n_items = is_list ? base->n_items : 0, column;
    struct node *item, *list;

    if (end == setting->rest + 1 || *end != ']')
        return bad_path(setting, "an index in brackets is expected here");
    if (index > n_items)
        return bad_path(setting, "this index is beyond the end of the list");
    setting->rest = end + 1;
    column = (uint32_t)(setting->rest - setting->text) + 1;
    item = setting->rest >= setting->end ? setting->value
                                         : put(setting, shape_of_element(shape), index < n_items ? base->items[index] : NULL);
    if (!item)
        return NULL;
    list = tree_take_sequence(setting->memory.nodes, is_list ? base : make(setting, NODE_SEQUENCE, "", 0));
    list->file = setting->text;
    list->line = 1;
    list->column = column;
    put_at(setting, list, (uint32_t)index, item);
    return list;
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

static struct node *put_key(struct setting *setting, struct shape shape, struct node *base)
{
    bool is_mapping = base && base->kind == NODE_MAPPING;
    struct node *key = next_key(setting), *value;

    if (!key)
        return NULL;
    value = put(setting, shape_behind(shape, key->text), tree_value(base, key->text));
    if (!value)
        return NULL;
    return tree_set_key(setting->memory.nodes, shape, is_mapping ? base : make(setting, NODE_MAPPING, "", 0), key, value);
}

static struct node *put(struct setting *setting, struct shape shape, struct node *base)
{
    if (setting->rest >= setting->end)
        return base && !node_is_null(setting->value) ? tree_lay_over(setting->memory.nodes, shape, base, setting->value) : setting->value;
    if (++setting->n_steps > MOST_STEPS)
        return bad_path(setting, "the path has too many steps");
    if (*setting->rest == '[' && setting->rest[1] != '"')
        return put_item(setting, shape, base);
    if (*setting->rest == '.')
        setting->rest++;
    return put_key(setting, shape, base);
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

struct node *tree_set(struct tree_memory memory, struct hd_diagnostics *report, struct shape shape, struct node *base, const char *text)
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
    tree_mark_layer(setting.value);
    return put(&setting, shape, base);
}
