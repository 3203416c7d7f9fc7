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
