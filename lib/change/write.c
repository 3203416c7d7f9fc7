/* The public function that writes a diff, and the phrases that its forms share. */
#include "core/text/among.h"
#include "writing.h"

#include <stdio.h>
#include <string.h>

enum { MOST_SHOWN = 72 };

/* A value as JSON, cut to fit on one line; "nothing" for NULL. */
static void put_value(struct text_out *out, put_function *put, const char *json)
{
    char shown[MOST_SHOWN + 4];
    size_t length = json ? strlen(json) : 0;

    if (length <= MOST_SHOWN) {
        put(out, text_or(json, "nothing"));
        return;
    }
    length = MOST_SHOWN;
    /* Do not cut inside a character. */
    while (length && ((unsigned char)json[length] & 0xc0) == 0x80)
        length--;
    memcpy(shown, json, length);
    strcpy(shown + length, "...");
    put(out, shown);
}

static void put_ports(struct text_out *out, const struct hd_edge *edge)
{
    for (size_t i = 0; i < edge->n_ports; i++) {
        text_put(out, i ? ", " : " ");
        text_int(out, edge->ports[i].number);
        text_put(out, edge->ports[i].is_udp ? "/UDP" : "/TCP");
    }
    if (!edge->n_ports)
        text_put(out, " all ports");
}

static void put_texts(struct text_out *out, put_function *put, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        text_put(out, ", ");
        put(out, texts[i]);
    }
}

static void put_peer(struct text_out *out, put_function *put, const struct hd_peer *peer)
{
    put(out, text_or(peer->name, "?"));
    if (peer->kind == HD_PEER_EXTERNAL)
        text_put(out, " (external)");
}

void put_edge(struct text_out *out, put_function *put, const struct hd_edge *edge)
{
    put_peer(out, put, edge->from);
    text_put(out, " to ");
    put_peer(out, put, edge->to);
    put_ports(out, edge);
    put_texts(out, put, &edge->reason, 1);
    put_texts(out, put, edge->methods, edge->n_methods);
    put_texts(out, put, edge->paths, edge->n_paths);
    if (edge->in_network != edge->in_mesh)
        text_put(out, edge->in_mesh ? ", in the mesh alone" : ", in the network alone");
}

void put_name(struct text_out *out, put_function *put, const struct hd_object_change *object)
{
    put(out, object->kind);
    text_put(out, "/");
    put(out, object->name);
}

/* A path, and the values before and after as put_value() writes them. */
static void put_change(struct text_out *out, put_function *put, const char *path, bool has_before, const char *before, const char *after)
{
    put(out, path);
    text_put(out, ": ");
    if (has_before) {
        put_value(out, put, before);
        text_put(out, " -> ");
    }
    put_value(out, put, after);
}

void put_field(struct text_out *out, put_function *put, const struct hd_field_change *field)
{
    put_change(out, put, field->path, true, field->before, field->after);
    /* Of greater effects the object says why. */
    if (field->why && field->effect == HD_EFFECT_UPDATE)
        text_put(out, ", ", field->why);
    text_put(out, "\n");
}

void put_cause(struct text_out *out, put_function *put, const struct hd_diff *diff, const struct hd_cause *cause)
{
    put_change(out, put, cause->path, diff->before || !diff->after, cause->before, cause->after);
}

void put_place(struct text_out *out, put_function *put, const struct hd_cause *cause)
{
    if (!cause->file)
        return;
    put(out, cause->file);
    if (cause->line) {
        text_put(out, ":");
        text_int(out, cause->line);
        text_put(out, ":");
        text_int(out, cause->column);
    }
    if (cause->is_gone)
        text_put(out, " (before)");
}

/* 1500m, 2 or 3Gi. */
static void format_amount(char text[32], int64_t amount, bool is_cpu)
{
    static const char units[][3] = {"", "Ki", "Mi", "Gi", "Ti"};
    int unit = 0;

    if (is_cpu && amount % 1000)
        snprintf(text, 32, "%lldm", (long long)amount);
    else if (is_cpu)
        snprintf(text, 32, "%lld", (long long)(amount / 1000));
    else {
        while (amount && unit < 4 && !(amount % 1024)) {
            amount /= 1024;
            unit++;
        }
        snprintf(text, 32, "%lld%s", (long long)amount, units[unit]);
    }
}

static const char *range_of(char text[72], int64_t least, int64_t most, bool is_cpu)
{
    char from[32], to[32];

    format_amount(from, least, is_cpu);
    format_amount(to, most, is_cpu);
    snprintf(text, 72, least == most ? "%s" : "%s to %s", from, to);
    return text;
}

void put_load(struct text_out *out, const struct hd_diff *diff, line_function *line)
{
    static const char names[][18] = {"cpu", "memory", "ephemeral-storage"}, whose[][9] = {"requests", "limits"};
    /* The sums before and after: at least and at most of requests, then of limits. */
    int64_t sums[2][4][3];
    char before[72], after[72], text[256];

    memcpy(sums, diff->load, sizeof sums);
    for (int i = 0; i < 6; i++) {
        int of = i / 3 * 2, which = i % 3;

        if (sums[0][of][which] == sums[1][of][which] && sums[0][of + 1][which] == sums[1][of + 1][which])
            continue;
        snprintf(text, sizeof text, "%s %s: %s -> %s", names[which], whose[of / 2],
                 range_of(before, sums[0][of][which], sums[0][of + 1][which], !which),
                 range_of(after, sums[1][of][which], sums[1][of + 1][which], !which));
        line(out, text);
    }
}

void put_pods(struct text_out *out, put_function *put, const struct hd_object_change *object)
{
    if (!strcmp(object->kind, "DaemonSet"))
        text_put(out, "one pod of each node");
    else {
        text_int(out, object->least_pods);
        if (object->most_pods != object->least_pods) {
            text_put(out, " to ");
            text_int(out, object->most_pods);
        }
        text_put(out, object->most_pods == 1 ? " pod" : " pods");
    }
    text_put(out, ", ");
    put(out, object->pace);
}

enum hd_status hd_diff_write(const struct hd_diff *diff, enum hd_diff_format format, hd_sink *sink, void *user)
{
    static void (*const forms[])(struct text_out *out, const struct hd_diff *diff) = {
        [HD_DIFF_TEXT] = write_diff_text, [HD_DIFF_JSON] = write_diff_json, [HD_DIFF_MARKDOWN] = write_diff_markdown};
    struct text_out out;

    if (!diff || !sink || (size_t)format >= sizeof forms / sizeof *forms)
        return HD_BAD_CALL;
    text_init(&out, sink, user);
    forms[format](&out, diff);
    text_flush(&out);
    return out.failed ? HD_UNWRITABLE : HD_OK;
}
