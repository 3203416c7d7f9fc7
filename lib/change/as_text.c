/* A diff for people, by cause. */
#include "diagnostics/text.h"
#include "writing.h"

#include <string.h>

enum { MOST_FIELDS = 8 };

static void put_plain(struct text_out *out, const char *text)
{
    text_print(out, text, " ");
}

static void put_fields(struct text_out *out, const struct hd_object_change *object)
{
    for (size_t i = 0; i < object->n_fields && i < MOST_FIELDS; i++) {
        text_put(out, "              ");
        put_field(out, put_plain, &object->fields[i]);
    }
    if (object->n_fields > MOST_FIELDS) {
        text_put(out, "              and ");
        text_int(out, (int64_t)(object->n_fields - MOST_FIELDS));
        text_put(out, " more\n");
    }
}

/* Further lines of manifests are not listed, because they are those of the fields. */
static void put_object(struct text_out *out, const struct hd_diff *diff, const struct hd_object_change *object)
{
    const char *effect = hd_effect_name(object->effect);

    text_put(out, "  ", effect);
    text_putn(out, "            ", 12 - strlen(effect));
    put_name(out, put_plain, object);
    text_put(out, "\n");
    if (object->why && object->effect > HD_EFFECT_RESTART)
        text_put(out, "              ", object->why, "\n");
    if (object->pace) {
        text_put(out, "              ");
        put_pods(out, put_plain, object);
        text_put(out, "\n");
    }
    put_fields(out, object);
    for (size_t i = 1; diff->after && i < object->n_causes; i++) {
        text_put(out, "              also because of ");
        put_plain(out, object->causes[i]->path);
        text_put(out, "\n");
    }
}

/* `first` is an index from 1, as in struct hd_diff. */
static void put_objects(struct text_out *out, const struct hd_diff *diff, size_t first)
{
    for (size_t i = first; i; i = diff->next_object[i - 1])
        put_object(out, diff, &diff->objects[i - 1]);
}

static void put_cause_with_objects(struct text_out *out, const struct hd_diff *diff, size_t index)
{
    const struct hd_cause *cause = &diff->causes[index];

    if (!diff->after && !diff->first_object[index])
        return;
    put_place(out, put_plain, cause);
    text_put(out, cause->file ? ": " : "");
    put_cause(out, put_plain, diff, cause);
    text_put(out, "\n");
    put_objects(out, diff, diff->first_object[index]);
    if (!diff->first_object[index])
        text_put(out, diff->is_named[index] ? "  its objects are listed below other lines\n" : "  changes no object\n");
}

static void put_edges(struct text_out *out, const struct hd_diff *diff)
{
    if (diff->n_edges)
        text_put(out, "connections\n");
    for (size_t i = 0; i < diff->n_edges; i++) {
        text_put(out, diff->edges[i].is_added ? "  + " : "  - ");
        put_edge(out, put_plain, diff->edges[i].edge);
        text_put(out, "\n");
    }
}

static void put_load_line(struct text_out *out, const char *text)
{
    text_put(out, "load  ", text, "\n");
}

void write_diff_text(struct text_out *out, const struct hd_diff *diff)
{
    size_t unexplained = diff->first_object[diff->n_causes];

    for (size_t i = 0; i < diff->n_causes; i++)
        put_cause_with_objects(out, diff, i);
    if (unexplained) {
        text_put(out, diff->after ? "no line of the model\n" : "no line\n");
        put_objects(out, diff, unexplained);
    }
    put_edges(out, diff);
    put_load(out, diff, put_load_line);
    for (size_t i = 0; i < diff->n_notes; i++) {
        put_plain(out, diff->notes[i]);
        text_put(out, "\n");
    }
    text_int(out, (int64_t)diff->n_objects);
    text_put(out, diff->n_objects == 1 ? " object differs" : " objects differ", ", the worst effect is ", hd_effect_name(diff->worst), "\n");
}
