/* The public function that writes a diff, and the phrases that its forms share. */
#include "writing.h"

#include <stdio.h>
#include <string.h>

enum { MOST_SHOWN = 72 };

void put_value(struct text_out *out, put_function *put, const char *json)
{
    char shown[MOST_SHOWN + 4];
    size_t length = json ? strlen(json) : 0;

    if (length <= MOST_SHOWN) {
        put(out, json ? json : "nothing");
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

static void put_peer(struct text_out *out, put_function *put, const struct hd_peer *peer)
{
    put(out, peer->name ? peer->name : "?");
    if (peer->kind == HD_PEER_EXTERNAL)
        text_put(out, " (external)");
}

void put_edge(struct text_out *out, put_function *put, const struct hd_edge *edge)
{
    put_peer(out, put, edge->from);
    text_put(out, " to ");
    put_peer(out, put, edge->to);
    put_ports(out, edge);
    text_put(out, ", ");
    put(out, edge->reason);
    if (edge->in_network != edge->in_mesh)
        text_put(out, edge->in_mesh ? ", in the mesh alone" : ", in the network alone");
}

void put_cause(struct text_out *out, put_function *put, const struct hd_diff *diff, const struct hd_cause *cause)
{
    put(out, cause->path);
    text_put(out, ": ");
    if (diff->before || !diff->after) {
        put_value(out, put, cause->before);
        text_put(out, " -> ");
    }
    put_value(out, put, cause->after);
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

static void put_amounts(struct text_out *out, line_function *line, const char *what, const struct hd_amounts *sums[4])
{
    static const char *const names[] = {"cpu", "memory", "ephemeral-storage"};
    char before[72], after[72], text[256];

    for (int i = 0; i < 3; i++) {
        int64_t of[4];

        for (int k = 0; k < 4; k++)
            of[k] = i == 0 ? sums[k]->cpu : i == 1 ? sums[k]->memory : sums[k]->ephemeral_storage;
        if (of[0] == of[2] && of[1] == of[3])
            continue;
        snprintf(text, sizeof text, "%s %s: %s -> %s", names[i], what, range_of(before, of[0], of[1], !i), range_of(after, of[2], of[3], !i));
        line(out, text);
    }
}

void put_load(struct text_out *out, const struct hd_diff *diff, line_function *line)
{
    const struct hd_diff_load *before = &diff->load[0], *after = &diff->load[1];

    put_amounts(out, line, "requests",
                (const struct hd_amounts *[]){&before->least_requests, &before->most_requests, &after->least_requests, &after->most_requests});
    put_amounts(out, line, "limits",
                (const struct hd_amounts *[]){&before->least_limits, &before->most_limits, &after->least_limits, &after->most_limits});
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
