#include "changes.h"

#include "call.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *name_of(const struct hd_peer *peer)
{
    return peer->name ? peer->name : "?";
}

static char *ports_of(const struct hd_edge *edge)
{
    size_t size = edge->n_ports * sizeof ", 65535/TCP" + sizeof "all ports", length = 0;
    char *text = grow(NULL, size);

    strcpy(text, edge->n_ports ? "" : "all ports");
    for (size_t i = 0; i < edge->n_ports; i++)
        length += (size_t)snprintf(text + length, size - length, "%s%d/%s", i ? ", " : "", (int)edge->ports[i].number,
                                   edge->ports[i].is_udp ? "UDP" : "TCP");
    return text;
}

/* The gateway's requests come from outside, as those from addresses; other parts of the cluster call from within. */
static bool is_from_outside(const struct hd_edge *edge)
{
    const struct hd_peer *from = edge->from;

    if (from->kind == HD_PEER_CALLER)
        return !from->namespace_name;
    return from->kind == HD_PEER_PLATFORM && (!strcmp(edge->reason, "gateway") || !strcmp(name_of(from), "outside"));
}

void changes_add(struct changes *changes, struct connection connection)
{
    size_t n = changes->n_connections;

    if (!(n & (n - 1)))
        changes->connections = grow(changes->connections, (n ? 2 * n : 1) * sizeof *changes->connections);
    changes->connections[changes->n_connections++] = connection;
}

static void take_edges(struct changes *changes)
{
    for (size_t i = 0; i < hd_diff_n_edges(changes->diff); i++) {
        const struct hd_edge_change *change = hd_diff_edge(changes->diff, i);
        const struct hd_edge *edge = change->edge;
        bool is_partial = edge->in_network != edge->in_mesh;

        changes_add(changes, (struct connection){
            .ends = printed("%s -> %s", name_of(edge->from), name_of(edge->to)),
            .ports = ports_of(edge),
            .from = printed("%s", name_of(edge->from)),
            .to = printed("%s", name_of(edge->to)),
            .reason = printed("%s%s", edge->reason, !is_partial ? "" : edge->in_mesh ? ", in the mesh alone" : ", in the network alone"),
            .is_added = change->is_added,
            .is_from_outside = is_from_outside(edge),
        });
    }
}

static int by_address(const void *left, const void *right)
{
    uintptr_t a = (uintptr_t) * (const struct hd_cause *const *)left, b = (uintptr_t) * (const struct hd_cause *const *)right;

    return (a > b) - (a < b);
}

/* The causes in order of their addresses, because objects refer to them by address; and the number of each. */
struct cause_index {
    const struct hd_cause **causes;
    size_t *numbers;
};

static size_t number_of(const struct changes *changes, const struct cause_index *index, const struct hd_cause *cause)
{
    const struct hd_cause **found = bsearch(&cause, index->causes, changes->n_causes, sizeof(struct hd_cause *), by_address);

    return found ? index->numbers[found - index->causes] : changes->n_causes;
}

static void note_effect(struct changes *changes, size_t cause, enum hd_effect effect)
{
    if (effect > changes->worst[cause])
        changes->worst[cause] = effect;
}

static void link_objects(struct changes *changes, const struct cause_index *index)
{
    for (size_t i = hd_diff_n_objects(changes->diff); i-- > 0;) {
        const struct hd_object_change *object = hd_diff_object(changes->diff, i);
        size_t first = object->n_causes ? number_of(changes, index, object->causes[0]) : changes->n_causes;

        changes->next[i] = changes->first[first];
        changes->first[first] = i + 1;
        note_effect(changes, first, object->effect);
        for (size_t k = 1; k < object->n_causes; k++)
            note_effect(changes, number_of(changes, index, object->causes[k]), object->effect);
    }
}

static void *zeroes(size_t n, size_t size)
{
    return memset(grow(NULL, (n + 1) * size), 0, (n + 1) * size);
}

void changes_begin(struct changes *changes, const struct hd_diff *diff)
{
    size_t n_causes = hd_diff_n_causes(diff);
    struct cause_index index = {zeroes(n_causes, sizeof(struct hd_cause *)), zeroes(n_causes, sizeof *index.numbers)};

    *changes = (struct changes){.diff = diff, .n_causes = n_causes};
    changes->first = zeroes(n_causes + 1, sizeof *changes->first);
    changes->worst = zeroes(n_causes + 1, sizeof *changes->worst);
    changes->next = zeroes(hd_diff_n_objects(diff), sizeof *changes->next);
    for (size_t i = 0; i < n_causes; i++)
        index.causes[i] = hd_diff_cause(diff, i);
    qsort(index.causes, n_causes, sizeof(struct hd_cause *), by_address);
    for (size_t i = 0; i < n_causes; i++) {
        const struct hd_cause *cause = hd_diff_cause(diff, i), **found = bsearch(&cause, index.causes, n_causes, sizeof cause, by_address);

        index.numbers[found - index.causes] = i;
    }
    link_objects(changes, &index);
    free(index.causes);
    free(index.numbers);
    take_edges(changes);
}

void changes_free(struct changes *changes)
{
    for (size_t i = 0; i < changes->n_connections; i++) {
        free(changes->connections[i].ends);
        free(changes->connections[i].from);
        free(changes->connections[i].to);
        free(changes->connections[i].ports);
        free(changes->connections[i].reason);
    }
    free(changes->connections);
    free(changes->note);
    free(changes->first);
    free(changes->next);
    free(changes->worst);
}
