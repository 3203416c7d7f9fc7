/* Causes where the side after the change is manifests: the lines of the manifests. */
#include "diff.h"

enum { MOST_NAMED = 16 };

static void add_line(struct hd_diff *diff, const struct hd_object_change *object, const struct hd_field_change *field, const struct node *node,
                     const struct hd_cluster_place *place)
{
    struct hd_cause cause = {.path = arena_printf(&diff->arena, "%s/%s%s%s", object->kind, object->name, field ? " " : "", field ? field->path : "")};
    bool is_gone = field ? !field->after : object->effect >= HD_EFFECT_DELETE;

    cause.before = field ? field->before : is_gone ? object->name : NULL;
    cause.after = field ? field->after : is_gone ? NULL : object->name;
    cause.is_gone = is_gone && node;
    if (node) {
        cause.file = node->file;
        cause.line = node->line;
        cause.column = node->column;
    } else if (place) {
        cause.file = place->file;
        cause.line = place->line;
        cause.column = place->column;
        cause.is_gone = is_gone && !field;
    }
    arena_grow(&diff->arena, diff->causes, diff->n_causes);
    diff->causes[diff->n_causes++] = cause;
}

void add_lines(struct hd_diff *diff, struct hd_object_change *object, const struct node *const *nodes, const struct hd_cluster_place *place)
{
    size_t first = 0;

    arena_grow(&diff->arena, diff->first_line, diff->n_objects - 1);
    diff->first_line[diff->n_objects - 1] = diff->n_causes;
    if (!object->n_fields)
        add_line(diff, object, NULL, NULL, place);
    /* The field that decides comes first. Nodes of a model have no file: a field that is gone then has the place of its object. */
    for (size_t i = 0; i < object->n_fields; i++)
        if (object->fields[i].effect == object->effect) {
            first = i;
            break;
        }
    for (size_t n = 0; n < object->n_fields && n < MOST_NAMED; n++) {
        size_t i = !n ? first : n <= first ? n - 1 : n;

        add_line(diff, object, &object->fields[i], nodes[i]->file ? nodes[i] : NULL, place);
    }
    object->n_causes = diff->n_causes - diff->first_line[diff->n_objects - 1];
}

void link_lines(struct hd_diff *diff)
{
    for (size_t i = 0; i < diff->n_objects; i++) {
        struct hd_object_change *object = &diff->objects[i];
        const struct hd_cause **causes = arena_array(&diff->arena, object->n_causes, sizeof *causes);

        for (size_t k = 0; k < object->n_causes; k++)
            causes[k] = &diff->causes[diff->first_line[i] + k];
        object->causes = causes;
    }
    link_objects(diff);
}
