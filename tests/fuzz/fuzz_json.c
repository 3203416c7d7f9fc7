/* What is read as JSON is read by libfyaml, which gets it behind a comment, as the same tree. */
#include "../unit/wrapped_arena.h"
#include "core/reading/json.h"
#include "core/text/utf8.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be_same(const struct node *a, const struct node *b)
{
    if (a->kind != b->kind || a->plain != b->plain || a->line != b->line || a->column != b->column || a->weight != b->weight)
        abort();
    if (a->kind == NODE_SCALAR && (a->length != b->length || memcmp(a->text, b->text, a->length + 1)))
        abort();
    if (a->kind != NODE_SCALAR && a->n_items != b->n_items)
        abort();
    for (uint32_t i = 0; i < a->n_items; i++)
        must_be_same(a->items[i], b->items[i]);
}

static void compare(struct tree_memory memory, struct hd_diagnostics *report, const char *text, size_t length)
{
    static const char comment[] = "\n#";
    struct node *json = json_read(memory, "model.yaml", 0, text, length), *yaml;
    char *behind;

    if (!json)
        return;
    behind = arena_array(memory.nodes, length + sizeof comment, 1);
    memcpy(behind, text, length);
    memcpy(behind + length, comment, sizeof comment);
    yaml = tree_read(memory, report, "model.yaml", behind, length + sizeof comment - 1);
    if (!yaml)
        abort();
    must_be_same(json, yaml);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hd_diagnostics *report = hd_diagnostics_new(NULL);
    jmp_buf out_of_memory;
    struct arena arena;
    char *text;

    arena_init(&arena, &out_of_memory);
    report->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory))
        abort();
    text = arena_strndup(&arena, (const char *)data, size);
    /* Only such text is tried as JSON. */
    if (strlen(text) == size && is_utf8(text))
        compare((struct tree_memory){.nodes = &arena, .texts = &arena}, report, text, size);
    arena_free(&arena);
    hd_diagnostics_free(report);
    return 0;
}
