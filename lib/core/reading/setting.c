/* `services.auth.ports[0].port=8080`: one value laid over a tree. */
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

static struct node *put(struct setting *setting, struct node *base);

static struct node *put_item(struct setting *setting, struct node *base)
{
    char *end;
    unsigned long index = strtoul(setting->rest + 1, &end, 10);
    struct node *copy, *item;
    uint32_t n_items = base && base->kind == NODE_SEQUENCE ? base->n_items : 0;

    if (end == setting->rest + 1 || *end != ']')
        return bad_path(setting, "an index in brackets is meant here");
    if (index > n_items)
        return bad_path(setting, "the list is shorter than this index");
    setting->rest = end + 1;
    copy = make(setting, NODE_SEQUENCE, "", 0);
    copy->n_items = index == n_items ? n_items + 1 : n_items;
    copy->items = arena_array(setting->memory.nodes, copy->n_items, sizeof *copy->items);
    for (uint32_t i = 0; i < n_items; i++)
        copy->items[i] = base->items[i];
    item = put(setting, index < n_items ? base->items[index] : NULL);
    copy->items[index] = item;
    return item ? copy : NULL;
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
        return bad_path(setting, "a key is meant here");
    key = make(setting, NODE_SCALAR, start, (size_t)(end - start));
    setting->rest = end;
    return key;
}

static struct node *put(struct setting *setting, struct node *base)
{
    struct node *key, *value, *layer;

    if (setting->rest >= setting->end)
        return setting->value;
    if (++setting->n_steps > MOST_STEPS)
        return bad_path(setting, "the path has too many steps");
    if (*setting->rest == '[' && setting->rest[1] != '"')
        return put_item(setting, base);
    if (*setting->rest == '.')
        setting->rest++;
    key = next_key(setting);
    if (!key)
        return NULL;
    value = NULL;
    for (uint32_t i = 0; base && base->kind == NODE_MAPPING && i < base->n_items; i += 2)
        if (base->items[i]->kind == NODE_SCALAR && !strcmp(base->items[i]->text, key->text)) {
            key = base->items[i];
            value = base->items[i + 1];
        }
    value = put(setting, value);
    if (!value)
        return NULL;
    layer = make(setting, NODE_MAPPING, "", 0);
    layer->n_items = 2;
    layer->items = arena_array(setting->memory.nodes, 2, sizeof *layer->items);
    layer->items[0] = key;
    layer->items[1] = value;
    return base && base->kind == NODE_MAPPING ? tree_merge(setting->memory.nodes, base, layer) : layer;
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
        return bad_path(&setting, "a key is meant here");
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
