#include "cluster.h"
#include "core/text/among.h"

#include <string.h>

/* Writes texts one after the other, each with a line end, so that different lists differ. It only measures while `text` is NULL. */
struct writer {
    char *text;
    size_t length;
};

static void put(struct writer *writer, const char *text)
{
    size_t length = strlen(text);

    if (writer->text) {
        memcpy(writer->text + writer->length, text, length);
        writer->text[writer->length + length] = '\n';
    }
    writer->length += length + 1;
}

static void put_port(struct writer *writer, const struct hd_cluster_port *port)
{
    const char number[] = {(char)('a' + port->transport),          (char)('a' + (port->number >> 12)),
                           (char)('a' + (port->number >> 8 & 15)), (char)('a' + (port->number >> 4 & 15)),
                           (char)('a' + (port->number & 15)),      '\0'};

    put(writer, text_or(port->name, ""));
    put(writer, number);
}

static void put_mesh(struct writer *writer, const struct workload *workload)
{
    const char proxy[] = {(char)('0' + workload->proxy), '\0'};

    if (!workload->proxy)
        return;
    put(writer, proxy);
    put(writer, text_or(workload->mesh.exclude_ports, ""));
    put(writer, text_or(workload->mesh.include_ports, "*"));
}

static void put_all(struct writer *writer, const struct workload *from)
{
    const struct hd_cluster_workload *workload = &from->public;

    put(writer, workload->namespace_name);
    put(writer, workload->service_account);
    put(writer, workload->host_network ? "host" : "");
    for (size_t i = 0; i < workload->n_labels; i++) {
        put(writer, workload->labels[i].key);
        put(writer, workload->labels[i].value);
    }
    put(writer, "");
    for (size_t i = 0; i < workload->n_ports; i++)
        put_port(writer, &workload->ports[i]);
    put_mesh(writer, from);
}

char *workload_signature(struct arena *arena, const struct workload *workload)
{
    struct writer writer = {0};

    put_all(&writer, workload);
    writer.text = arena_room(arena, writer.length + 1, 1);
    writer.length = 0;
    put_all(&writer, workload);
    writer.text[writer.length] = '\0';
    return writer.text;
}
