/* From text to a tree, through libfyaml's events: its own documents know no limits, and forget one of two equal keys. */
#include "core/text/utf8.h"
#include "simple.h"
#include "syntax_hint.h"

#include "core/memory/names.h"

#include <errno.h>
#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

/* A model nests about ten deep. Aliases share nodes, so they cost nothing here, but whoever walks the tree visits them again. */
enum { DEEPEST = 64, MOST_EXPANDED = 1000000 };

struct reader {
    struct arena *arena, *texts;
    struct hd_diagnostics *report;
    const char *file;
    /* Lines of the file before the text. */
    uint32_t before;
    const char *text;
    size_t length;
    struct fy_parser *parser;
    struct fy_diag *diag;
    /* The event being read, which unwinding has to free. */
    struct fy_event *event;
    /* The node that a name stands at, the last one where there are several. */
    struct names anchors;
    /* Nodes read, and nodes there would be if every alias were a copy. */
    uint64_t n_nodes, n_expanded;
    bool failed;
};

/*
 * An allocation that fails makes libfyaml end in an error without a message, or give "" for a text; errno alone tells. It is looked at only then,
 * because an allocation that succeeds may leave ENOMEM too: where the heap cannot grow, the C library takes memory elsewhere.
 */
static void stop_without_memory(struct reader *reader)
{
    if (errno == ENOMEM)
        longjmp(*reader->arena->out_of_memory, 1);
}

static const char *token_text(struct reader *reader, struct fy_token *token, size_t *ret_length)
{
    const char *text;

    errno = 0;
    text = fy_token_get_text(token, ret_length);
    if (!text || !*ret_length)
        stop_without_memory(reader);
    return text;
}

static struct finding *fail(struct reader *reader, enum hd_code code, uint32_t line, uint32_t column, const char *message)
{
    reader->failed = true;
    return finding_in(reader->report, code, reader->file, line, column, NULL, "%s", message);
}

static uint32_t line_of(const struct reader *reader, const struct fy_mark *mark)
{
    return reader->before + (mark ? (uint32_t)mark->line : 0) + 1;
}

static struct node *new_node(struct reader *reader, enum node_kind kind, const struct fy_mark *mark)
{
    struct node *node = arena_new(reader->arena, struct node);

    node->kind = kind;
    node->file = reader->file;
    node->line = line_of(reader, mark);
    node->column = mark ? (uint32_t)mark->column + 1 : 1;
    node->weight = 1;
    reader->n_nodes++;
    reader->n_expanded++;
    return node;
}

/* A collection whose end was not read yet; an alias to it would be a loop. */
static bool is_open(const struct node *node)
{
    return node->n_items == UINT32_MAX;
}

static void add_anchor(struct reader *reader, struct fy_token *token, struct node *node)
{
    const char *name;
    size_t length;

    if (!token)
        return;
    name = token_text(reader, token, &length);
    if (!reader->anchors.entries)
        names_init(reader->arena, &reader->anchors, 0);
    names_set(&reader->anchors, arena_strndup(reader->arena, name, length), node);
}

static struct node *aliased(struct reader *reader, struct fy_event *event)
{
    const struct fy_mark *mark = fy_event_start_mark(event);
    /* The mark is that of the name; what the user sees begins with a star. */
    uint32_t line = line_of(reader, mark), column = mark && mark->column ? (uint32_t)mark->column : 1;
    size_t length;
    const char *name = token_text(reader, event->alias.anchor, &length);
    struct node *node;

    node = (struct node *)(uintptr_t)names_find(&reader->anchors, arena_strndup(reader->arena, name, length));
    if (!node || is_open(node)) {
        hint(fail(reader, HD_UNKNOWN_ALIAS, line, column,
                  arena_printf(reader->arena, "this alias has no anchor &%.*s before it", (int)length, name)),
             "put the anchor before the alias; if it is a text that begins with *, put quotes around it");
        return NULL;
    }
    reader->n_expanded += node->weight;
    if (reader->n_expanded > MOST_EXPANDED + 4 * reader->n_nodes) {
        hint(fail(reader, HD_ALIAS_BOMB, line, column, "aliases multiply the input beyond a million values"),
             "write the values without aliases, or generate the model by a script");
        return NULL;
    }
    return node;
}

static void too_deep(struct reader *reader, const struct fy_mark *mark)
{
    reader->failed = true;
    hint(finding_in(reader->report, HD_TOO_DEEP, reader->file, line_of(reader, mark), mark ? (uint32_t)mark->column + 1 : 1, NULL,
                    "the input nests more than %d deep", DEEPEST),
         "remove brackets or dashes that were repeated by accident: a model needs about ten levels");
}

/* A collection that is still open. Its items are gathered in `items`, which moves as it grows. */
struct open {
    struct node *node;
    struct node **items;
    size_t n_items;
};

static bool is_merge_key(const struct node *key)
{
    return key->kind == NODE_SCALAR && key->plain && !strcmp(key->text, "<<");
}

/* YAML 1.1's merge key: what `<<` names fills in the keys that the mapping itself lacks. */
static void merge_from(struct reader *reader, struct open *open, struct names *keys, const struct node *key, const struct node *from)
{
    if (from->kind != NODE_MAPPING) {
        hint(fail(reader, HD_BAD_MERGE, key->line, key->column, "the value of << must be a mapping or a list of mappings"),
             "write <<: *name, or <<: [*one, *two], where each name is the anchor of a mapping");
        return;
    }
    for (size_t i = 0; i < from->n_items && !reader->failed; i += 2) {
        if (names_add(keys, from->items[i]->text, from->items[i]))
            continue;
        arena_grow(reader->arena, open->items, open->n_items);
        open->items[open->n_items++] = from->items[i];
        arena_grow(reader->arena, open->items, open->n_items);
        open->items[open->n_items++] = from->items[i + 1];
    }
}

/* Merges a mapping, or each mapping of a list, through a table of all keys, so that many are no more than many. */
static void merge(struct reader *reader, struct open *open, const struct node *key, const struct node *value)
{
    bool is_list = value->kind == NODE_SEQUENCE;
    size_t n_keys = open->n_items;
    struct names keys;

    for (size_t i = 0; i < (is_list ? value->n_items : 1); i++)
        n_keys += is_list ? value->items[i]->n_items : value->n_items;
    names_init(reader->arena, &keys, n_keys / 2);
    for (size_t i = 0; i < open->n_items; i += 2)
        if (open->items[i]->kind == NODE_SCALAR)
            names_add(&keys, open->items[i]->text, open->items[i]);
    for (size_t i = 0; i < (is_list ? value->n_items : 1) && !reader->failed; i++)
        merge_from(reader, open, &keys, key, is_list ? value->items[i] : value);
}

static void close_collection(struct reader *reader, struct open *open)
{
    struct node *node = open->node;

    for (size_t i = 0; node->kind == NODE_MAPPING && i < open->n_items; i += 2) {
        struct node *key = open->items[i], *value = open->items[i + 1];

        if (key->kind != NODE_SCALAR)
            hint(fail(reader, HD_BAD_KEY, key->line, key->column, "a key must be a word, not a list or mapping"),
                 "put quotes around a key in brackets; if this is a placeholder of a template, set the value with --set or a second file "
                 "instead");
        if (!is_merge_key(key))
            continue;
        open->n_items -= 2;
        memmove(open->items + i, open->items + i + 2, (open->n_items - i) * sizeof *open->items);
        merge(reader, open, key, value);
        break;
    }
    node->items = open->items;
    node->n_items = (uint32_t)open->n_items;
}

/* Newer versions of libfyaml complain of the blank before what they cannot read. */
static uint32_t behind_blanks(const struct reader *reader, uint32_t line, uint32_t column)
{
    const char *at = reader->text, *end = reader->text + reader->length;

    for (; line > 1 && at; line--) {
        at = memchr(at, '\n', (size_t)(end - at));
        at = at ? at + 1 : NULL;
    }
    if (!at || (size_t)(end - at) < column)
        return column;
    for (at += column - 1; at < end && *at == ' '; at++)
        column++;
    return column;
}

static bool has_message(const struct reader *reader)
{
    void *iterator = NULL;

    return fy_diag_errors_iterate(reader->diag, &iterator) != NULL;
}

/* `open` is the innermost collection that is not closed yet, or NULL. */
static void syntax_error(struct reader *reader, const struct node *open)
{
    void *iterator = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(reader->diag, &iterator);
    const char *message = error ? error->msg : "this is not YAML", *remedy = syntax_hint(message);
    uint32_t line = error && error->line > 0 ? (uint32_t)error->line : 1;
    uint32_t column = error && error->column > 0 ? (uint32_t)error->column : 1;
    struct finding *finding = fail(reader, HD_SYNTAX, reader->before + line, behind_blanks(reader, line, column), message);

    if (remedy)
        hint(finding, "%s", remedy);
    if (open && !open->plain && error && reader->before + (uint32_t)error->line != open->line)
        also_in(finding, reader->file, open->line, open->column, "the bracket is opened here");
}

/* The mark of a text below | or > stands at the beginning of its first line; the first letter of it is a better place. */
static void skip_indent(const struct reader *reader, struct node *node, const struct fy_mark *mark)
{
    size_t at = mark ? mark->input_pos : reader->length;

    while (at < reader->length && reader->text[at] == ' ') {
        at++;
        node->column++;
    }
}

/* A text that its tag calls a string, as quotes would. */
static bool is_tagged_string(struct reader *reader, const struct fy_event *event)
{
    static const char string[] = "tag:yaml.org,2002:str";
    size_t length = 0;
    const char *tag = event->scalar.tag ? token_text(reader, event->scalar.tag, &length) : NULL;

    return tag && ((length == 1 && *tag == '!') || (length == strlen(string) && !memcmp(tag, string, length)));
}

static struct node *scalar(struct reader *reader, struct fy_event *event)
{
    const struct fy_mark *mark = fy_event_start_mark(event);
    struct node *node = new_node(reader, NODE_SCALAR, mark);
    size_t length = 0;
    const char *text = event->scalar.value ? token_text(reader, event->scalar.value, &length) : "";
    enum fy_scalar_style style = event->scalar.value ? fy_token_scalar_style(event->scalar.value) : FYSS_PLAIN;

    node->plain = style == FYSS_PLAIN && !is_tagged_string(reader, event);
    /* libfyaml's mark stands behind the quote. */
    if ((style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) && node->column > 1)
        node->column--;
    node->text = arena_strndup(reader->texts, text, length);
    node->length = (uint32_t)length;
    if (strlen(node->text) != length) {
        fail(reader, HD_NUL_BYTE, node->line, node->column, "this text holds a NUL character");
        return NULL;
    }
    if (style == FYSS_LITERAL || style == FYSS_FOLDED)
        skip_indent(reader, node, mark);
    add_anchor(reader, event->scalar.anchor, node);
    return node;
}

static void second_document(struct reader *reader, const struct fy_mark *mark)
{
    hint(fail(reader, HD_SEVERAL_DOCUMENTS, line_of(reader, mark), 1, "a second document begins here"),
         "keep one document in each file; to lay a second one over the first, put it into its own file, with a second -f");
}

/* Adds to an open collection. A value that is not there has no mark, or one behind its key: it is looked for where its key stands. */
static void add_item(struct reader *reader, struct open *open, struct node *node, bool is_absent)
{
    if (!is_open(node))
        open->node->weight += node->weight;
    if (is_absent && open->node->kind == NODE_MAPPING && open->n_items % 2) {
        node->line = open->items[open->n_items - 1]->line;
        node->column = open->items[open->n_items - 1]->column;
    }
    arena_grow(reader->arena, open->items, open->n_items);
    open->items[open->n_items++] = node;
}

/* Reads the only document; NULL when there is none. */
static struct node *read_document(struct reader *reader)
{
    struct open stack[DEEPEST];
    size_t depth = 0;
    struct node *root = NULL;

    while (!reader->failed) {
        struct fy_event *event = (errno = 0, reader->event = fy_parser_parse(reader->parser));
        enum fy_event_type type = event ? event->type : FYET_NONE;
        const struct fy_mark *mark = event ? fy_event_start_mark(event) : NULL;
        bool is_absent = false, closes = false;
        struct node *node = NULL;

        if (!event && !has_message(reader))
            stop_without_memory(reader);
        switch (type) {
        case FYET_NONE:
            if (fy_parser_get_stream_error(reader->parser))
                syntax_error(reader, depth ? stack[depth - 1].node : NULL);
            return root;
        case FYET_DOCUMENT_START:
            if (root)
                second_document(reader, mark);
            break;
        case FYET_SCALAR:
            node = scalar(reader, event);
            is_absent = !mark || (node && node->plain && !node->length);
            break;
        case FYET_ALIAS:
            node = aliased(reader, event);
            break;
        case FYET_MAPPING_START:
        case FYET_SEQUENCE_START:
            if (depth == DEEPEST) {
                too_deep(reader, mark);
                break;
            }
            node = new_node(reader, type == FYET_MAPPING_START ? NODE_MAPPING : NODE_SEQUENCE, mark);
            node->n_items = UINT32_MAX;
            node->plain = fy_event_get_node_style(event) != FYNS_FLOW;
            add_anchor(reader, type == FYET_MAPPING_START ? event->mapping_start.anchor : event->sequence_start.anchor, node);
            break;
        case FYET_MAPPING_END:
        case FYET_SEQUENCE_END:
            closes = true;
            break;
        default:
            break;
        }
        fy_parser_event_free(reader->parser, event);
        reader->event = NULL;
        if (closes) {
            depth--;
            close_collection(reader, &stack[depth]);
            if (depth)
                stack[depth - 1].node->weight += stack[depth].node->weight;
        }
        if (!node)
            continue;
        if (depth)
            add_item(reader, &stack[depth - 1], node, is_absent);
        else
            root = node;
        if (is_open(node))
            stack[depth++] = (struct open){.node = node};
    }
    return NULL;
}

/* Before version 1.0, fy_parser_set_string() does not look whether its two small allocations succeed: here they will. */
static void have_memory_for_input(struct reader *reader)
{
    enum { MORE_THAN_ENOUGH = 2048 };
    void *volatile memory = malloc(MORE_THAN_ENOUGH);

    if (!memory)
        longjmp(*reader->arena->out_of_memory, 1);
    free(memory);
}

static bool open_parser(struct reader *reader, const char *text, size_t length)
{
    struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_DISABLE_ACCELERATORS};
    struct fy_diag_cfg diag_config;

    fy_diag_cfg_default(&diag_config);
    diag_config.fp = NULL;
    diag_config.level = FYET_ERROR;
    config.diag = reader->diag = fy_diag_create(&diag_config);
    if (!reader->diag)
        return false;
    fy_diag_set_collect_errors(reader->diag, true);
    reader->parser = fy_parser_create(&config);
    have_memory_for_input(reader);
    return reader->parser && !fy_parser_set_string(reader->parser, text, length);
}

struct node *tree_read_by_libfyaml(struct tree_memory memory, struct hd_diagnostics *report, const char *file, uint32_t before,
                                   const char *text, size_t length)
{
    struct reader *reader = arena_new(memory.nodes, struct reader);
    jmp_buf *outer = memory.nodes->out_of_memory, inner;
    struct node *volatile root = NULL;
    bool volatile exhausted = true;

    *reader = (struct reader){.arena = memory.nodes, .texts = memory.texts, .report = report, .file = file, .before = before, .text = text, .length = length};
    /* The parser is not the arena's: it has to be freed here before unwinding further. */
    errno = 0;
    if (!setjmp(inner)) {
        memory.nodes->out_of_memory = memory.texts->out_of_memory = report->arena.out_of_memory = &inner;
        if (open_parser(reader, text, length)) {
            root = read_document(reader);
            exhausted = false;
        }
    }
    memory.nodes->out_of_memory = memory.texts->out_of_memory = report->arena.out_of_memory = outer;
    fy_parser_event_free(reader->parser, reader->event);
    fy_parser_destroy(reader->parser);
    fy_diag_destroy(reader->diag);
    if (exhausted)
        longjmp(*outer, 1);
    if (!root && !reader->failed)
        hint(finding_in(report, HD_EMPTY_INPUT, file, before + 1, 1, NULL, "the input holds no document"),
             "begin the model with name: and services:");
    return reader->failed ? NULL : root;
}

/* Finds the first byte that is not UTF-8 text; libfyaml would stop there without a word. */
static bool is_text(struct hd_diagnostics *report, const char *file, uint32_t before, const char *text, size_t length)
{
    size_t n_good = utf8_span(text, length);
    uint32_t line = before + 1, column = 1;

    if (n_good == length)
        return true;
    for (size_t i = 0; i < n_good; i += utf8_bytes(text + i, length - i)) {
        column = text[i] == '\n' ? 1 : column + 1;
        line += text[i] == '\n';
    }
    if (!text[n_good])
        hint(finding_in(report, HD_NUL_BYTE, file, line, column, NULL, "the input holds a NUL byte"),
             "save the file as UTF-8 text without NUL bytes");
    else
        hint(finding_in(report, HD_BAD_UTF8, file, line, column, NULL, "byte 0x%02x is not UTF-8 here", (unsigned char)text[n_good]),
             "save the file as UTF-8");
    return false;
}

struct node *tree_read_part(struct tree_memory memory, struct hd_diagnostics *report, const char *file, uint32_t before, const char *text,
                            size_t length)
{
    struct arena_mark nodes = arena_mark(memory.nodes), texts = arena_mark(memory.texts);
    struct node *root;

    if (!is_text(report, file, before, text, length))
        return NULL;
    root = simple_read(memory, file, before, text, length);
    if (root)
        return root;
    /* Texts before nodes, because the two may share one arena. */
    arena_rewind(memory.texts, texts);
    arena_rewind(memory.nodes, nodes);
    return tree_read_by_libfyaml(memory, report, file, before, text, length);
}

struct node *tree_read(struct tree_memory memory, struct hd_diagnostics *report, const char *file, const char *text, size_t length)
{
    return tree_read_part(memory, report, file, 0, text, length);
}
