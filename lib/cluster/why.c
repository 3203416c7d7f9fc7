/* Finds the rules that allow a packet, or the policies that deny it, with their places. */
#include "core/reporting/refuse.h"
#include "core/text/suggest.h"
#include "question.h"

#include <stdlib.h>
#include <string.h>

static void tell(struct question *question, enum hd_cluster_reason_kind kind, enum direction direction,
                 const struct hd_cluster_object *object, struct hd_cluster_place place)
{
    const struct hd_cluster_reason reason = {kind, direction == EGRESS, object, place, 0};

    question->is_stopped = question->is_stopped || question->visitor(question->user, &reason);
}

static bool has_address(const struct spans *spans, const struct ip_range *address)
{
    for (size_t i = 0; i < spans->n; i++)
        if (ip_range_contains(&spans->items[i].range, address))
            return true;
    return false;
}

/* Whether a rule allows the packet. `other` is the end that the rule's peers must include. */
static bool is_allowed(struct question *question, const struct link *link, const struct point *to, const struct point *other,
                       const struct hd_cluster_range *port)
{
    struct arena *arena = &question->arena;
    struct ports ports = to->workload ? ports_at(&question->decision, link, to->class, arena) : link->ports;
    struct spans spans;

    if (!ports_have(ports, port->transport, port->first, port->last))
        return false;
    if (link->is_anybody)
        return true;
    if (other->workload)
        return class_set_has(&link->peers, other->class);
    if (other->way)
        return link->is_elsewhere;
    spans = spans_of_rule(arena, link->rule, ports);
    return has_address(&spans, &other->address);
}

static bool isolates(const struct policy *policy, const struct point *point, enum direction direction)
{
    const struct hd_cluster_workload *workload = &point->workload->public;

    return policy->isolates[direction] && policy->object->namespace_name == workload->namespace_name &&
           selector_matches(&policy->pods, workload->labels, workload->n_labels);
}

/* Visits the reasons at one end of the packet. Returns whether the policies of this end allow the packet. */
static bool ask(struct question *question, const struct point *own, const struct point *other, enum direction direction,
                const struct hd_cluster_range *port)
{
    const struct sides *sides = own->workload ? &question->decision.sides[own->class] : NULL;
    bool allowed = false;

    if (!sides)
        return true;
    if (!sides->is_isolated[direction]) {
        tell(question, HD_CLUSTER_REASON_OPEN, direction, NULL, own->workload->public.object->place);
        return true;
    }
    for (size_t i = 0; i < sides->subject[direction].n; i++) {
        const struct link *link = &question->decision.links[sides->subject[direction].items[i]];

        if (!is_allowed(question, link, direction == EGRESS ? other : own, other, port))
            continue;
        allowed = true;
        tell(question, HD_CLUSTER_REASON_ALLOWED, direction, link->policy->object, link->rule->place);
    }
    for (size_t i = 0; i < question->cluster->n_policies && !allowed; i++)
        if (isolates(question->cluster->policies[i], own, direction))
            tell(question, HD_CLUSTER_REASON_DENIED, direction, question->cluster->policies[i]->object,
                 question->cluster->policies[i]->pods.place);
    return allowed;
}

bool question_network(struct question *question, const struct point *from, const struct point *to, const struct hd_cluster_range *port)
{
    bool out = ask(question, from, to, EGRESS, port), in = ask(question, to, from, INGRESS, port);

    return out && in;
}

/* Whether `name` means this workload: web, shop/web or shop/web[Deployment]. */
static bool is_called(const struct workload *workload, const char *name)
{
    size_t length = strlen(name), space = strlen(workload->public.namespace_name);
    const char *end = workload->end_name;

    if (!strcmp(workload->public.name, name) || !strcmp(end, name))
        return true;
    return length == space + 1 + strlen(workload->public.name) && !strncmp(end, name, length);
}

static struct finding *no_end(struct question *question, const char *message)
{
    return finding_in(question->report, HD_WRONG_CALL, NULL, 0, 0, NULL, "%s", message);
}

/* Finds an end by its name. */
static bool find(struct question *question, const char *name, struct point *point)
{
    struct arena *arena = &question->report->arena;
    struct suggestion suggestion = suggest_for(name);

    *point = (struct point){0};
    for (size_t i = 0; point == &question->from && i < question->cluster->n_ways; i++)
        if (!strcmp(question->cluster->ways[i]->end_name, name))
            point->way = question->cluster->ways[i];
    if (point->way)
        return true;
    if (ip_read_block(arena_printf(&question->arena, strchr(name, ':') ? "%s/128" : "%s/32", name), &point->address))
        return true;
    for (size_t i = 0; i < question->cluster->n_workloads; i++) {
        const struct workload *workload = question->cluster->workloads[i];

        suggest_try(&suggestion, workload->public.name);
        if (!is_called(workload, name))
            continue;
        if (point->workload && strcmp(point->workload->end_name, workload->end_name) != 0) {
            hint(no_end(question, arena_printf(arena, "%s may be %s or %s", name, point->workload->end_name, workload->end_name)),
                 "give namespace and kind as well, as in %s", workload->end_name);
            return false;
        }
        point->workload = workload;
        point->class = question->decision.classes.of_workload[i];
    }
    if (!point->workload)
        hint_nearest(no_end(question, arena_printf(arena, "no workload of the manifests is called \"%s\"", name)), suggestion.nearest,
                     "give the name of a workload, as in shop/web, or an address");
    return point->workload != NULL;
}

/* Whether the way in leads to the port, and is let in there, as hd_cluster_connections() decides it. */
static bool is_led(struct question *question)
{
    const struct hd_cluster_range *port = &question->port;
    const struct allowed *allowed;
    size_t n;

    row_init(&question->row, &question->decision, question->arena.out_of_memory);
    allowed = passage_way(&question->decision, question->from.way, &question->row, &n);
    for (size_t i = 0; i < n; i++)
        if (question->to.workload && allowed[i].class == question->to.class && ports_have(allowed[i].ports, port->transport, port->first, port->last))
            return true;
    return false;
}

static enum hd_status answer(struct question *question, const char *from, const char *to, const struct hd_connectivity_options *options,
                             int *ret_allowed)
{
    bool is_alone = options->layers == HD_CLUSTER_LAYERS_MESH;

    decide(&question->decision, &question->arena, question->cluster, options);
    if (!find(question, from, &question->from) || !find(question, to, &question->to)) {
        report_finish(question->report);
        return HD_BAD_CALL;
    }
    if (question->decision.mesh)
        *ret_allowed = question_mesh(question, is_alone);
    else
        *ret_allowed = is_alone || question_network(question, &question->from, &question->to, &question->port);
    if (question->from.way)
        *ret_allowed = is_led(question);
    return question->is_stopped ? HD_UNWRITABLE : HD_OK;
}

enum hd_status hd_cluster_why(const struct hd_cluster *cluster, const struct hd_connectivity_options *options, const char *from,
                              const char *to, const struct hd_cluster_range *port, struct hd_diagnostics *report,
                              hd_cluster_reason_visitor *visitor, void *user, int *ret_allowed)
{
    struct hd_connectivity_options own;
    struct question *question;
    enum hd_status status;
    jmp_buf out_of_memory;

    if (!cluster || !from || !to || !port || !report || !visitor || !ret_allowed)
        return refuse_call(report, "hd_cluster_why() is given NULL for one of its arguments");
    if (port->transport < HD_TRANSPORT_TCP || port->transport > HD_TRANSPORT_SCTP || !port->first || port->last < port->first)
        return refuse_call(report, "hd_cluster_why() is given a port without number, or of no protocol that has ports");
    status = options_take(report, &own, sizeof own, options, "hd_connectivity_options");
    if (status != HD_OK)
        return status;
    question = calloc(1, sizeof *question);
    if (!question)
        return HD_NO_MEMORY;
    *question = (struct question){.cluster = cluster, .report = report, .port = *port, .visitor = visitor, .user = user};
    arena_init(&question->arena, &out_of_memory);
    report->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory))
        status = HD_NO_MEMORY;
    else
        status = answer(question, from, to, &own, ret_allowed);
    arena_free(&question->row.arena);
    arena_free(&question->arena);
    free(question);
    return status;
}
