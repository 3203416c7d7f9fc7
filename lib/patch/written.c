/* Manifests as they come out, with their patches. */
#include "core/reading/simple.h"
#include "core/writing/arena_sink.h"
#include "patch.h"
#include "plan/plan.h"

#include <string.h>

void patch_apply(struct patching *patching, struct node *object)
{
    const struct hd_field *field = field_of(&hd_patch_struct, "merge");
    struct arena *arena = patching->arena;
    const struct node *merge;
    const char *reason;

    if (!patching->patch->merge) {
        patch_operate(patching, object);
        return;
    }
    merge = value_read((struct tree_memory){arena, arena}, &hd_patch_struct, field, patching->patch, &reason);
    if (merge && merge->kind == NODE_MAPPING)
        patch_merge(patching, object, merge);
}

struct node *manifest_tree(struct yaml_out *y, struct arena_text *text, const struct hd_model *model, size_t index)
{
    *text = (struct arena_text){.arena = text->arena};
    plan_emit(y, model, index);
    writer_flush(y);
    return simple_read((struct tree_memory){text->arena, text->arena}, NULL, 0, text->bytes, text->length);
}

static void write_patched(struct yaml_out *y, struct yaml_out *inner, struct arena_text *text, const struct hd_model *model, size_t index)
{
    const struct patched *patched = &model->patches->of[index];
    struct node *object = manifest_tree(inner, text, model, index);

    for (size_t i = 0; i < patched->n_uses; i++) {
        struct patching patching = {.arena = text->arena, .patch = patched->uses[i]->patch, .manifest = &model->manifests[index]};

        patch_apply(&patching, object);
    }
    DOC(y)
        for (uint32_t i = 0; i < object->n_items; i += 2)
            y_node(y, object->items[i]->text, object->items[i + 1]);
}

void patched_emit(struct yaml_out *y, const struct hd_model *model, size_t index)
{
    jmp_buf *outer = y->out_of_memory, out_of_memory;
    struct arena arena;
    struct arena_text text = {.arena = &arena};
    struct yaml_out inner;
    bool volatile is_done = false;

    if (!model->patches || !model->patches->of[index].n_uses) {
        plan_emit(y, model, index);
        return;
    }
    arena_init(&arena, &out_of_memory);
    writer_init(&inner, HD_FORMAT_JSON, arena_sink, &text, &out_of_memory);
    if (!setjmp(out_of_memory)) {
        y->out_of_memory = &out_of_memory;
        write_patched(y, &inner, &text, model, index);
        is_done = true;
    }
    y->out_of_memory = outer;
    writer_free(&inner);
    arena_free(&arena);
    if (!is_done)
        longjmp(*outer, 1);
}
