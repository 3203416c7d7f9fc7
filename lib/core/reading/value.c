#include "value.h"

#include "core/memory/names.h"
#include "core/text/scalar.h"
#include "simple.h"
#include "core/writing/arena_sink.h"
#include "core/writing/text_out.h"

#include <string.h>

uint32_t value_count(const struct node *node)
{
    uint32_t count = 1;

    for (uint32_t i = 0; i < node->n_items; i++)
        count += value_count(node->items[i]);
    return count;
}

static void put_json(struct text_out *out, const struct node *node)
{
    bool is_mapping = node->kind == NODE_MAPPING;

    if (node->kind == NODE_SCALAR) {
        if (node->plain)
            text_put(out, node_is_null(node) ? "null" : node->text);
        else
            text_json(out, node->text);
        return;
    }
    text_put(out, is_mapping ? "{" : "[");
    for (uint32_t i = 0; i < node->n_items; i++) {
        if (i)
            text_put(out, is_mapping && i % 2 ? ":" : ",");
        if (is_mapping && i % 2 == 0)
            text_json(out, node->items[i]->text);
        else
            put_json(out, node->items[i]);
    }
    text_put(out, is_mapping ? "}" : "]");
}

char *value_json(struct arena *arena, const struct node *node)
{
    struct arena_text json = {.arena = arena};
    struct text_out out;

    text_init(&out, arena_sink, &json);
    put_json(&out, node);
    text_flush(&out);
    return json.bytes;
}

static void write_items(struct yaml_out *y, const struct node *node)
{
    for (uint32_t i = 0; i < node->n_items; i++) {
        const char *key = node->kind == NODE_MAPPING ? node->items[i++]->text : NULL;

        y_node(y, key, node->items[i]);
    }
}

void y_node(struct yaml_out *y, const char *key, const struct node *node)
{
    if (node->kind == NODE_SCALAR && node_is_null(node))
        y_null(y, key);
    else if (node->kind == NODE_SCALAR && node->plain)
        y_as_is(y, key, node->text);
    else if (node->kind == NODE_SCALAR)
        y_strn(y, key, node->text, node->length);
    else if (!node->n_items)
        (node->kind == NODE_MAPPING ? y_empty_map : y_empty_seq)(y, key);
    else
        for (bool open = writer_open(y, key, node->kind == NODE_MAPPING ? LEVEL_MAP : LEVEL_SEQ); open; open = writer_close(y))
            write_items(y, node);
}

void y_value(struct yaml_out *y, const char *key, struct arena *arena, const struct hd_struct *type, const struct hd_field *field,
             const void *object)
{
    const char *fault;
    const struct node *node = value_read((struct tree_memory){arena, arena}, type, field, object, &fault);

    if (node)
        y_node(y, key, node);
    else
        y_str(y, key, field_text(field, object));
}

/* Whether a word without quotes is the same value to every reader; a text without quotes is marked as one. */
static bool is_clear(struct node *node)
{
    enum scalar_type type = node->plain ? scalar_type(node->text, node->length) : SCALAR_STRING;

    if (type == SCALAR_STRING)
        node->plain = false;
    return type == SCALAR_STRING || type == SCALAR_NUMBER || type == SCALAR_NULL ||
           (type == SCALAR_BOOL && (!strcmp(node->text, "true") || !strcmp(node->text, "false")));
}

/* The first key of a mapping that stands there twice. */
static struct node *second_key(struct arena *scratch, const struct node *mapping)
{
    struct names names;

    names_init(scratch, &names, mapping->n_items / 2);
    for (uint32_t i = 0; i < mapping->n_items; i += 2)
        if (names_add(&names, mapping->items[i]->text, mapping->items[i]))
            return mapping->items[i];
    return NULL;
}

/* The first node that is no value: a word that readers do not agree on, a key that stands twice, a collection that is too deep. */
static struct node *faulty_node(struct arena *scratch, struct node *node, int levels)
{
    struct node *fault;

    if (node->kind == NODE_SCALAR)
        return is_clear(node) ? NULL : node;
    if (!levels)
        return node;
    fault = node->kind == NODE_MAPPING && node->n_items > 2 ? second_key(scratch, node) : NULL;
    for (uint32_t i = node->kind == NODE_MAPPING; !fault && i < node->n_items; i += node->kind == NODE_MAPPING ? 2 : 1)
        fault = faulty_node(scratch, node->items[i], levels - 1);
    return fault;
}

bool value_is_sound(struct loader *loader, struct node *node, const struct step *step, int levels)
{
    struct node *fault = faulty_node(loader->scratch, node, levels);

    if (!fault)
        return true;
    if (fault->kind != NODE_SCALAR)
        hint(wrong(loader, HD_TOO_DEEP, fault, step, "the value nests more than %d deep", levels),
             "remove brackets or dashes that were repeated by accident: a manifest needs about fifteen levels");
    else if (is_clear(fault))
        hint(wrong(loader, HD_DUPLICATE_KEY, fault, step, "\"%s\" is given here a second time", fault->text),
             "remove one of the two; other YAML readers silently take the last");
    else if (scalar_type(fault->text, fault->length) == SCALAR_ODD_NUMBER)
        hint(wrong(loader, HD_YAML_TRAP, fault, step, "YAML readers do not agree on the number %s", fault->text),
             "write it in plain decimal digits; in quotes if it is a text");
    else
        load_text(loader, fault, step, NULL);
    return false;
}

const char *value_load(struct loader *loader, const struct node *node, const struct step *step)
{
    return value_is_sound(loader, (struct node *)(uintptr_t)node, step, VALUE_DEEPEST) ? value_json(loader->arena, node) : NULL;
}

/* Each node's place: the next of the member's marks, while there are such. */
struct marking {
    const struct hd_at *at;
    const struct hd_field *field;
    uint32_t next, item;
};

static void place_nodes(struct marking *marking, struct node *node, const struct hd_mark *whole)
{
    const struct hd_mark *mark = marking->next < marking->at->n_marks ? &marking->at->marks[marking->next] : NULL;

    if (mark && (mark->member != marking->field || mark->item != marking->item))
        mark = NULL;
    marking->next++;
    marking->item++;
    mark = mark ? mark : whole;
    node->file = mark ? mark->file : marking->at->file;
    node->line = mark ? mark->line : marking->at->line;
    node->column = mark ? mark->column : marking->at->column;
    for (uint32_t i = 0; i < node->n_items; i++)
        place_nodes(marking, node->items[i], whole);
}

/* Reads a text that is no JSON, with a report of its own, which ends here. */
static struct node *read_yaml(struct tree_memory memory, const char *text, const char **ret_fault)
{
    jmp_buf *outer = memory.nodes->out_of_memory, *outer_texts = memory.texts->out_of_memory, inner;
    struct hd_diagnostics *report = arena_new(memory.nodes, struct hd_diagnostics);
    struct node *volatile root = NULL;
    bool volatile is_done = false;

    arena_init(&report->arena, &inner);
    report->limit = 1;
    if (!setjmp(inner)) {
        memory.nodes->out_of_memory = memory.texts->out_of_memory = &inner;
        root = tree_read(memory, report, "", text, strlen(text));
        if (!root)
            *ret_fault = arena_strndup(memory.texts, report->findings[0]->diagnostic.message, strlen(report->findings[0]->diagnostic.message));
        is_done = true;
    }
    memory.nodes->out_of_memory = outer;
    memory.texts->out_of_memory = outer_texts;
    arena_free(&report->arena);
    if (!is_done)
        longjmp(*outer, 1);
    return root;
}

struct node *value_read(struct tree_memory memory, const struct hd_struct *type, const struct hd_field *field, const void *object,
                        const char **ret_fault)
{
    const char *text = field_text(field, object);
    struct node *root = simple_read(memory, "", 0, text, strlen(text)), *fault;
    struct marking marking = {.at = struct_at(type, object), .field = field, .item = 1};
    const struct hd_mark *whole = at_mark(marking.at, field, 0);

    if (!root)
        root = read_yaml(memory, text, ret_fault);
    if (!root)
        return NULL;
    fault = faulty_node(memory.nodes, root, VALUE_DEEPEST);
    if (fault) {
        *ret_fault = fault->kind != NODE_SCALAR ? "it nests too deep"
                     : is_clear(fault)          ? arena_printf(memory.texts, "the key %s stands in it twice", fault->text)
                                                : arena_printf(memory.texts, "%s without quotes is not the same to all readers of YAML", fault->text);
        return NULL;
    }
    marking.next = whole && !whole->item ? (uint32_t)(whole - marking.at->marks) + 1 : 0;
    place_nodes(&marking, root, whole);
    return root;
}
