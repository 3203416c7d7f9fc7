/* libfyaml reads the same tree from each text that the reader of simple YAML and JSON takes. */
#include "../unit/same_trees.h"
#include "../unit/wrapped_arena.h"
#include "core/text/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
    /* Only such text is tried. */
    if (strlen(text) == size && is_utf8(text) &&
        compare_readers((struct tree_memory){.nodes = &arena, .texts = &arena}, report, text, size) == OTHER_TREES)
        abort();
    arena_free(&arena);
    hd_diagnostics_free(report);
    return 0;
}
