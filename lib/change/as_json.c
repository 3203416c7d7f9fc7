/* A diff for programs: one JSON object. */
#include "core/text/among.h"
#include "diagnostics/text.h"
#include "writing.h"

#include <string.h>

/* Writes `comma` before element `index` of a list; before the first one, what `comma` has behind its comma. */
static void separate(struct text_out *out, size_t index, const char *comma)
{
    comma += !index;
    text_putn(out, comma, strlen(comma));
}

static void put_key(struct text_out *out, const char *key)
{
    text_put(out, ",\"", key, "\":");
}

static void put_member(struct text_out *out, const char *key, const char *text)
{
    put_key(out, key);
    text_print_json(out, text);
}

static void put_number(struct text_out *out, const char *key, int64_t number)
{
    put_key(out, key);
    text_int(out, number);
}

/* Writes a member whose value is already JSON text. */
static void put_raw(struct text_out *out, const char *key, const char *json)
{
    put_key(out, key);
    text_put(out, text_or(json, "null"));
}

static void put_cause_json(struct text_out *out, const struct hd_cause *cause)
{
    text_put(out, "{\"path\":");
    text_print_json(out, cause->path);
    put_member(out, "before", cause->before);
    put_member(out, "after", cause->after);
    put_member(out, "file", cause->file);
    put_number(out, "line", cause->line);
    put_number(out, "column", cause->column);
    text_put(out, ",\"gone\":", cause->is_gone ? "true}" : "false}");
}

static void put_field_json(struct text_out *out, const struct hd_field_change *field)
{
    text_put(out, "{\"path\":");
    text_print_json(out, field->path);
    put_raw(out, "before", field->before);
    put_raw(out, "after", field->after);
    put_member(out, "effect", hd_effect_name(field->effect));
    put_member(out, "why", field->why);
    text_put(out, "}");
}

/* Writes the causes of an object as indexes, from 0, into the list of causes. */
static void put_object(struct text_out *out, const struct hd_diff *diff, const struct hd_object_change *object)
{
    text_put(out, "{\"effect\":\"", hd_effect_name(object->effect), "\"");
    put_member(out, "why", object->why);
    put_member(out, "group", object->group);
    put_member(out, "version", object->version);
    put_member(out, "kind", object->kind);
    put_member(out, "namespace", object->namespace_name);
    put_member(out, "name", object->name);
    put_member(out, "service", object->service);
    if (object->pace) {
        put_number(out, "leastPods", object->least_pods);
        put_number(out, "mostPods", object->most_pods);
        put_member(out, "pace", object->pace);
    }
    text_put(out, ",\"fields\":[");
    for (size_t i = 0; i < object->n_fields; i++) {
        separate(out, i, ",");
        put_field_json(out, &object->fields[i]);
    }
    text_put(out, "],\"causes\":[");
    for (size_t i = 0; i < object->n_causes; i++) {
        separate(out, i, ",");
        text_int(out, object->causes[i] - diff->causes);
    }
    text_put(out, "]}");
}

static void put_texts(struct text_out *out, const char *key, const char *const *texts, size_t n)
{
    put_key(out, key);
    text_put(out, "[");
    for (size_t i = 0; i < n; i++) {
        separate(out, i, ",");
        text_print_json(out, texts[i]);
    }
    text_put(out, "]");
}

static void put_edge_json(struct text_out *out, const struct hd_edge_change *change)
{
    const struct hd_edge *edge = change->edge;

    text_put(out, "{\"added\":", change->is_added ? "true" : "false");
    put_member(out, "from", edge->from->name);
    put_member(out, "to", edge->to->name);
    text_put(out, ",\"ports\":[");
    for (size_t i = 0; i < edge->n_ports; i++) {
        separate(out, i, ",");
        text_put(out, "{\"number\":");
        text_int(out, edge->ports[i].number);
        text_put(out, ",\"protocol\":", edge->ports[i].is_udp ? "\"UDP\"}" : "\"TCP\"}");
    }
    text_put(out, "]");
    put_member(out, "reason", edge->reason);
    put_texts(out, "methods", edge->methods, edge->n_methods);
    put_texts(out, "paths", edge->paths, edge->n_paths);
    text_put(out, ",\"inNetwork\":", edge->in_network ? "true" : "false", ",\"inMesh\":", edge->in_mesh ? "true}" : "false}");
}

static void put_load_json(struct text_out *out, const char *key, const struct hd_diff_load *load)
{
    static const char names[][14] = {"leastRequests", "mostRequests", "leastLimits", "mostLimits"};
    struct hd_amounts sums[4];

    memcpy(sums, load, sizeof sums);
    text_put(out, "\"", key, "\":");
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        text_put(out, i ? "},\"" : "{\"", names[i], "\":{\"cpu\":");
        text_int(out, sums[i].cpu);
        put_number(out, "memory", sums[i].memory);
        put_number(out, "ephemeralStorage", sums[i].ephemeral_storage);
    }
    text_put(out, "}}");
}

void write_diff_json(struct text_out *out, const struct hd_diff *diff)
{
    text_put(out, "{\"worst\":\"", hd_effect_name(diff->worst), "\",\"causes\":[");
    for (size_t i = 0; i < diff->n_causes; i++) {
        separate(out, i, ",\n");
        put_cause_json(out, &diff->causes[i]);
    }
    text_put(out, "],\"objects\":[");
    for (size_t i = 0; i < diff->n_objects; i++) {
        separate(out, i, ",\n");
        put_object(out, diff, &diff->objects[i]);
    }
    text_put(out, "],\"edges\":[");
    for (size_t i = 0; i < diff->n_edges; i++) {
        separate(out, i, ",\n");
        put_edge_json(out, &diff->edges[i]);
    }
    text_put(out, "],\"load\":{");
    put_load_json(out, "before", &diff->load[0]);
    text_put(out, ",");
    put_load_json(out, "after", &diff->load[1]);
    text_put(out, "},\"notes\":[");
    for (size_t i = 0; i < diff->n_notes; i++) {
        separate(out, i, ",\n");
        text_print_json(out, diff->notes[i]);
    }
    text_put(out, "]}\n");
}
