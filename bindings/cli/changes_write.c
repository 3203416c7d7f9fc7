/* The formats that the library writes, with the connections of manifests, which it does not compare. */
#include "call.h"
#include "characters.h"
#include "diff_words.h"
#include "generated.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LISTED = 400 };

static void put_connection(struct output *output, put_function *put, const struct connection *connection)
{
    put(output, connection->ends);
    put(output, " ");
    put(output, connection->ports);
    if (*connection->reason) {
        put(output, ", ");
        put(output, connection->reason);
    }
    output_text(output, "\n");
}

static void put_text(struct output *output, const struct changes *changes)
{
    output_text(output, changes->n_connections ? "connections\n" : "");
    for (size_t i = 0; i < changes->n_connections; i++) {
        output_text(output, changes->connections[i].is_added ? "  + " : "  - ");
        put_connection(output, output_plain_text, &changes->connections[i]);
    }
    if (changes->note) {
        output_text(output, changes->note);
        output_text(output, "\n");
    }
}

static void put_markdown(struct output *output, const struct changes *changes)
{
    if (changes->note) {
        output_text(output, "\n");
        output_markdown_text(output, changes->note);
        output_text(output, "\n");
    }
    if (!changes->n_connections)
        return;
    output_text(output, "\n<details><summary>Connections</summary>\n\n");
    for (size_t i = 0; i < changes->n_connections && i < MOST_LISTED; i++) {
        output_text(output, changes->connections[i].is_added ? "- new: " : "- gone: ");
        put_connection(output, output_markdown_text, &changes->connections[i]);
    }
    if (changes->n_connections > MOST_LISTED)
        output_print(output, "- and %zu more\n", changes->n_connections - MOST_LISTED);
    output_text(output, "\n</details>\n");
}

/* Stands behind the last note. */
static void put_json(struct output *output, const struct changes *changes)
{
    if (changes->note) {
        output_text(output, hd_diff_n_notes(changes->diff) ? ",\n" : "\n");
        output_json_text(output, changes->note);
    }
    output_text(output, "],\"connections\":[");
    for (size_t i = 0; i < changes->n_connections; i++) {
        const struct connection *connection = &changes->connections[i];
        const char *const members[] = {"from", connection->from, "to", connection->to, "ports", connection->ports, "limits", connection->reason};

        output_print(output, "%s{\"added\":%s", i ? ",\n" : "\n", connection->is_added ? "true" : "false");
        for (size_t k = 0; k < sizeof members / sizeof *members; k += 2) {
            output_print(output, ",\"%s\":", members[k]);
            output_json_text(output, members[k + 1]);
        }
        output_print(output, ",\"fromOutside\":%s}", connection->is_from_outside ? "true" : "false");
    }
    output_text(output, "]}\n");
}

/* Finds the place for the connections: before the last line of text, behind the notes of JSON, at the end of Markdown. */
static size_t place_in(const struct text *text, enum hd_diff_format format)
{
    static const char end_of_notes[] = "]}\n";
    size_t place = text->length;

    if (format == HD_DIFF_JSON)
        return place - strlen(end_of_notes);
    if (format == HD_DIFF_TEXT)
        for (place--; place && text->bytes[place - 1] != '\n';)
            place--;
    return place;
}

void write_diff_with_connections(struct output *output, const struct changes *changes, enum hd_diff_format format)
{
    struct text text = {0};
    size_t place;

    if (!changes->are_of_manifests) {
        hd_diff_write(changes->diff, format, output_sink, output);
        return;
    }
    hd_diff_write(changes->diff, format, text_sink, &text);
    place = place_in(&text, format);
    output_sink(output, text.bytes, place);
    if (format == HD_DIFF_JSON)
        put_json(output, changes);
    else if (format == HD_DIFF_MARKDOWN)
        put_markdown(output, changes);
    else
        put_text(output, changes);
    if (format == HD_DIFF_TEXT)
        output_sink(output, text.bytes + place, text.length - place);
    free(text.bytes);
}
