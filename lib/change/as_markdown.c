/* A diff for the comment of a pull request: a table of the objects with the greatest effects, and the details folded. */
#include "diagnostics/text.h"
#include "writing.h"

#include <stdio.h>
#include <string.h>

enum { MOST_ROWS = 30, MOST_DETAILS = 400 };

/* Writes a text, with numeric references for the characters that Markdown or HTML would interpret. */
static void put_escaped(struct text_out *out, const char *text)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length;) {
        struct cell cell;
        char code[8];

        if (text[i] == '\n') {
            text_put(out, " ");
            i++;
        } else if (strchr("\\`*_{}[]<>()#|!&~@:", text[i])) {
            snprintf(code, sizeof code, "&#%d;", text[i++]);
            text_put(out, code);
        } else {
            i += text_cell(text + i, length - i, &cell);
            text_putn(out, cell.text, cell.n_bytes);
        }
    }
}

static void put_row(struct text_out *out, const struct hd_diff *diff, const struct hd_object_change *object)
{
    text_put(out, "| **", hd_effect_name(object->effect), "** | ");
    put_name(out, put_escaped, object);
    text_put(out, " | ");
    if (object->pace)
        put_pods(out, put_escaped, object);
    else if (object->why)
        put_escaped(out, object->why);
    text_put(out, " | ");
    if (object->n_causes)
        put_cause(out, put_escaped, diff, object->causes[0]);
    if (object->n_causes > 1) {
        text_put(out, " and ");
        text_int(out, (int64_t)object->n_causes - 1);
        text_put(out, " more");
    }
    text_put(out, " |\n");
}

/* Objects with the greatest effect come first; those with the same effect stay in the order of application. */
static void put_table(struct text_out *out, const struct hd_diff *diff)
{
    size_t n_rows = 0;

    text_put(out, "| effect | object | what happens | because of |\n|---|---|---|---|\n");
    for (int effect = HD_EFFECT_DATA; effect > HD_EFFECT_UNSET; effect--)
        for (size_t i = 0; i < diff->n_objects && n_rows < MOST_ROWS; i++)
            if (diff->objects[i].effect == (enum hd_effect)effect) {
                put_row(out, diff, &diff->objects[i]);
                n_rows++;
            }
    if (diff->n_objects > n_rows) {
        text_put(out, "\nand ");
        text_int(out, (int64_t)(diff->n_objects - n_rows));
        text_put(out, " more objects\n");
    }
}

static void put_edges(struct text_out *out, const struct hd_diff *diff)
{
    if (!diff->n_edges)
        return;
    text_put(out, "\n<details><summary>Connections</summary>\n\n");
    for (size_t i = 0; i < diff->n_edges && i < MOST_DETAILS; i++) {
        text_put(out, diff->edges[i].is_added ? "- new: " : "- gone: ");
        put_edge(out, put_escaped, diff->edges[i].edge);
        text_put(out, "\n");
    }
    text_put(out, "\n</details>\n");
}

static void put_fields(struct text_out *out, const struct hd_diff *diff)
{
    size_t n_lines = 0;

    text_put(out, "\n<details><summary>Fields</summary>\n\n");
    for (size_t i = 0; i < diff->n_objects; i++)
        for (size_t k = 0; k < diff->objects[i].n_fields && n_lines < MOST_DETAILS; k++, n_lines++) {
            text_put(out, "- ");
            put_name(out, put_escaped, &diff->objects[i]);
            text_put(out, " ");
            put_field(out, put_escaped, &diff->objects[i].fields[k]);
        }
    text_put(out, n_lines == MOST_DETAILS ? "- and more\n" : "", "\n</details>\n");
}

static void put_load_line(struct text_out *out, const char *text)
{
    text_put(out, "\n- load, ");
    put_escaped(out, text);
}

static void put_notes(struct text_out *out, const struct hd_diff *diff)
{
    for (size_t i = 0; i < diff->n_notes; i++) {
        text_put(out, "\n");
        put_escaped(out, diff->notes[i]);
        text_put(out, "\n");
    }
}

void write_diff_markdown(struct text_out *out, const struct hd_diff *diff)
{
    if (!diff->n_objects) {
        text_put(out, "No object changes.\n");
        put_notes(out, diff);
        return;
    }
    text_put(out, "The worst effect is **", hd_effect_name(diff->worst), "**.\n\n");
    put_table(out, diff);
    put_load(out, diff, put_load_line);
    text_put(out, "\n");
    put_notes(out, diff);
    put_edges(out, diff);
    put_fields(out, diff);
}
