#include "tree.h"

#include "../call.h"
#include "../generated.h"

#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct fy_parser *parser;
    struct fy_event *event;
    enum fy_event_type type;
    bool is_wrong;
};

static void next(struct reader *reader)
{
    fy_parser_event_free(reader->parser, reader->event);
    reader->event = fy_parser_parse(reader->parser);
    reader->type = reader->event ? reader->event->type : FYET_NONE;
    reader->is_wrong = reader->is_wrong || reader->type == FYET_ALIAS || (!reader->event && fy_parser_get_stream_error(reader->parser));
}

static char *copy_of_text(struct fy_event *event)
{
    size_t length = 0;
    const char *text = event->scalar.value ? fy_token_get_text(event->scalar.value, &length) : "";
    char *copy = grow(NULL, length + 1);

    memcpy(copy, text ? text : "", text ? length : 0);
    copy[text ? length : 0] = '\0';
    return copy;
}

static uint32_t line_of(const struct fy_mark *mark)
{
    return mark ? (uint32_t)mark->line + 1 : 0;
}

static struct tree *read_value(struct reader *reader, size_t depth);

static void add(struct tree *tree, struct tree *item)
{
    if (!item)
        return;
    tree->items = grow(tree->items, (tree->n_items + 1) * sizeof *tree->items);
    tree->items[tree->n_items++] = item;
}

/* The last line of a block of text is the one before the mark at its end. */
static uint32_t last_line_of(const struct reader *reader, uint32_t first)
{
    const struct fy_mark *end = fy_event_end_mark(reader->event);
    uint32_t last = line_of(end);

    if (end && !end->column && last > first)
        last--;
    return last < first ? first : last;
}

static struct tree *read_scalar(struct reader *reader)
{
    struct tree *tree = grow(NULL, sizeof *tree);

    *tree = (struct tree){.kind = TREE_SCALAR, .line = line_of(fy_event_start_mark(reader->event)), .text = copy_of_text(reader->event)};
    tree->last_line = last_line_of(reader, tree->line);
    return tree;
}

static void read_entries(struct reader *reader, struct tree *tree, size_t depth)
{
    for (next(reader); !reader->is_wrong && reader->type == FYET_SCALAR; next(reader)) {
        uint32_t line = line_of(fy_event_start_mark(reader->event));
        char *key = copy_of_text(reader->event);
        struct tree *value;

        next(reader);
        value = read_value(reader, depth);
        if (!value) {
            free(key);
            break;
        }
        value->key = key;
        value->line = line;
        add(tree, value);
    }
    reader->is_wrong = reader->is_wrong || reader->type != FYET_MAPPING_END;
}

static struct tree *read_value(struct reader *reader, size_t depth)
{
    struct tree *tree;

    /* The head of the way and an entry more. */
    if (reader->is_wrong || depth + 2 > DEEPEST_TREE) {
        reader->is_wrong = true;
        return NULL;
    }
    if (reader->type == FYET_SCALAR)
        return read_scalar(reader);
    tree = grow(NULL, sizeof *tree);
    *tree = (struct tree){.kind = reader->type == FYET_MAPPING_START ? TREE_MAPPING : TREE_SEQUENCE};
    tree->line = tree->last_line = line_of(fy_event_start_mark(reader->event));
    if (tree->kind == TREE_MAPPING)
        read_entries(reader, tree, depth + 1);
    else
        for (next(reader); !reader->is_wrong && reader->type != FYET_SEQUENCE_END && reader->type != FYET_NONE; next(reader))
            add(tree, read_value(reader, depth + 1));
    return tree;
}

static void read_documents(struct reader *reader, tree_visitor *visit, void *user)
{
    do {
        next(reader);
        if (reader->type != FYET_DOCUMENT_START)
            continue;
        next(reader);
        if (reader->type != FYET_NONE && !reader->is_wrong) {
            struct tree *document = read_value(reader, 0);

            if (document && !reader->is_wrong)
                visit(user, document);
            else
                tree_free(document);
        }
    } while (!reader->is_wrong && reader->type != FYET_NONE);
}

bool tree_documents(const char *text, size_t length, tree_visitor *visit, void *user)
{
    struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_DISABLE_ACCELERATORS};
    struct fy_diag_cfg diag;
    struct reader reader = {.type = FYET_NONE};

    fy_diag_cfg_default(&diag);
    diag.fp = NULL;
    config.diag = fy_diag_create(&diag);
    if (config.diag)
        fy_diag_set_collect_errors(config.diag, true);
    reader.parser = config.diag ? fy_parser_create(&config) : NULL;
    if (!reader.parser || fy_parser_set_string(reader.parser, text, length))
        exit(complain(EXIT_UNREADABLE, "out of memory"));
    read_documents(&reader, visit, user);
    fy_parser_event_free(reader.parser, reader.event);
    fy_parser_destroy(reader.parser);
    fy_diag_destroy(config.diag);
    return !reader.is_wrong;
}

static void keep(void *user, struct tree *document)
{
    struct tree **kept = user;

    tree_free(*kept);
    *kept = document;
}

struct tree *tree_of(const char *text, size_t length)
{
    struct tree *tree = NULL;

    if (tree_documents(text, length, keep, &tree))
        return tree;
    tree_free(tree);
    return NULL;
}

void tree_free(struct tree *tree)
{
    for (size_t i = 0; tree && i < tree->n_items; i++)
        tree_free(tree->items[i]);
    if (tree) {
        free(tree->items);
        free(tree->key);
        free(tree->text);
    }
    free(tree);
}

const struct tree *tree_at(const struct tree *tree, const char *key)
{
    for (size_t i = 0; tree && tree->kind == TREE_MAPPING && i < tree->n_items; i++)
        if (!strcmp(tree->items[i]->key, key))
            return tree->items[i];
    return NULL;
}

const char *tree_text(const struct tree *tree, const char *key)
{
    const struct tree *value = tree_at(tree, key);

    return value ? value->text : NULL;
}

bool tree_is_same(const struct tree *a, const struct tree *b)
{
    if (a->kind != b->kind || a->n_items != b->n_items || (a->text && strcmp(a->text, b->text) != 0))
        return false;
    for (size_t i = 0; i < a->n_items; i++)
        if ((a->items[i]->key && strcmp(a->items[i]->key, b->items[i]->key) != 0) || !tree_is_same(a->items[i], b->items[i]))
            return false;
    return true;
}

static size_t index_in(const struct tree *list, const struct tree *item)
{
    size_t i = 0;

    while (list->items[i] != item)
        i++;
    return i;
}

char *way_text(const struct way *way)
{
    struct text text = {0};
    char index[32];

    for (size_t i = 1; i < way->n; i++) {
        const char *key = way->steps[i]->key;
        bool is_quoted = key && strpbrk(key, ".[]\" ");

        if (!key)
            snprintf(index, sizeof index, "[%zu]", index_in(way->steps[i - 1], way->steps[i]));
        if (key && !is_quoted && i > 1)
            text_sink(&text, ".", 1);
        text_sink(&text, "[\"", is_quoted ? 2 : 0);
        text_sink(&text, key ? key : index, strlen(key ? key : index));
        text_sink(&text, "\"]", is_quoted ? 2 : 0);
    }
    text_sink(&text, "", 1);
    return text.bytes;
}

/* The same entry of a list: the one of its name, or the one that is the same, or, in a list of the same length, the one at its place. */
static const struct tree *entry_in(const struct tree *list, const struct tree *item, const struct tree *other)
{
    const char *name = tree_text(item, "name");
    size_t index = index_in(list, item);

    for (size_t i = 0; name && i < other->n_items; i++) {
        const char *own = tree_text(other->items[i], "name");

        if (own && !strcmp(own, name))
            return other->items[i];
    }
    for (size_t i = 0; list->n_items != other->n_items && i < other->n_items; i++)
        if (tree_is_same(item, other->items[i]))
            return other->items[i];
    return list->n_items == other->n_items ? other->items[index] : NULL;
}

const struct tree *way_in(const struct way *way, const struct tree *other)
{
    for (size_t i = 1; other && i < way->n; i++) {
        const struct tree *above = way->steps[i - 1], *step = way->steps[i];

        other = other->kind != above->kind ? NULL : step->key ? tree_at(other, step->key) : entry_in(above, step, other);
    }
    return other;
}

static const struct tree *end_of(const struct way *way)
{
    return way->steps[way->n - 1];
}

const char *way_value(const struct way *way)
{
    return way->line ? way->line : end_of(way)->text;
}

uint32_t way_line(const struct way *way)
{
    return way->line ? way->number : end_of(way)->line;
}

void way_leaves(struct way *way, way_visitor *visit, void *user)
{
    const struct tree *end = end_of(way);

    if (!end->n_items)
        visit(user, way);
    for (size_t i = 0; i < end->n_items; i++) {
        way->steps[way->n++] = end->items[i];
        way_leaves(way, visit, user);
        way->n--;
    }
}

/* The length of the path's first step, when it is the item; 0 when it is not. A dot before it belongs to it. */
static size_t step_length(const struct tree *above, const struct tree *item, const char *path)
{
    struct way way = {.steps = {above, item}, .n = 2};
    size_t dot = *path == '.';
    char *text = way_text(&way);
    size_t length = strlen(text);
    bool is_step = !strncmp(path + dot, text, length) && (!path[dot + length] || strchr(".[", path[dot + length]));

    free(text);
    return is_step ? dot + length : 0;
}

bool way_find(struct way *way, const struct tree *tree, const char *path)
{
    *way = (struct way){.steps = {tree}, .n = 1};
    while (*path) {
        const struct tree *above = end_of(way);
        size_t length = 0;

        for (size_t i = 0; !length && i < above->n_items; i++) {
            length = step_length(above, above->items[i], path);
            way->steps[way->n] = above->items[i];
        }
        if (!length)
            return false;
        way->n++;
        path += length;
    }
    return true;
}

/* A key that begins in the line means all that is below it; a line within a text means the text. */
static bool find_line(struct way *way, uint32_t line)
{
    const struct tree *end = end_of(way);

    if (end->key || end->kind == TREE_SCALAR) {
        if (end->line == line || (end->kind == TREE_SCALAR && end->line < line && line <= end->last_line))
            return true;
    }
    for (size_t i = 0; i < end->n_items; i++) {
        way->steps[way->n++] = end->items[i];
        if (find_line(way, line))
            return true;
        way->n--;
    }
    return false;
}

bool way_find_line(struct way *way, const struct tree *tree, uint32_t line)
{
    *way = (struct way){.steps = {tree}, .n = 1};
    return find_line(way, line);
}
