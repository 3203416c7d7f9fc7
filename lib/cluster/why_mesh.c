/* Finds the rules of Istio that let a request in, or refuse it, with their places. */
#include "question.h"

static void tell(struct question *question, enum hd_cluster_reason_kind kind, bool is_egress, const struct hd_cluster_object *object,
                 struct hd_cluster_place place)
{
    const struct hd_cluster_reason reason = {kind, is_egress, object, place, 1};

    question->is_stopped = question->is_stopped || question->visitor(question->user, &reason);
}

/* How much of the requests a single rule is about: what a gate with nothing else would let through. */
static enum access rule_access(const struct gate *gate, const struct authorization *policy, const struct auth_rule *rule,
                               const struct caller *caller, uint16_t port, enum protocol protocol)
{
    struct auth_rule one = *rule;
    const struct authorization alone = {.object = policy->object, .action = AUTH_ALLOW, .rules = &one, .n_rules = 1};
    const struct authorization *policies[] = {&alone};
    struct gate small = *gate;

    /* Rules that refuse do so also where the proxy cannot read all that they ask for. */
    one.has_http = one.has_http && policy->action == AUTH_ALLOW;
    one.has_other = one.has_other && policy->action == AUTH_ALLOW;
    small.policies = policies;
    small.n = 1;
    return gate_access(&small, caller, port, protocol);
}

/* The rules of a gate that matter for a request. Returns what the gate lets in. */
static enum access tell_gate(struct question *question, const struct gate *gate, const struct caller *caller, uint16_t port,
                             enum protocol protocol)
{
    static const enum hd_cluster_reason_kind kinds[2][ACCESS_ALL + 1] = {
        {[ACCESS_UNKNOWN] = HD_CLUSTER_REASON_ALLOWED_PERHAPS,
         [ACCESS_SOME] = HD_CLUSTER_REASON_ALLOWED_SOME,
         [ACCESS_ALL] = HD_CLUSTER_REASON_ALLOWED},
        {[ACCESS_UNKNOWN] = HD_CLUSTER_REASON_REFUSED_PERHAPS,
         [ACCESS_SOME] = HD_CLUSTER_REASON_REFUSED_SOME,
         [ACCESS_ALL] = HD_CLUSTER_REASON_REFUSED},
    };
    enum access access = gate_access(gate, caller, port, protocol);
    bool is_allowed = false;

    for (size_t i = 0; i < gate->n; i++)
        for (size_t j = 0; j < gate->policies[i]->n_rules; j++) {
            const struct authorization *policy = gate->policies[i];
            enum access matched = rule_access(gate, policy, &policy->rules[j], caller, port, protocol);

            if (policy->action == AUTH_CUSTOM && matched)
                matched = ACCESS_UNKNOWN;
            is_allowed = is_allowed || (matched && policy->action == AUTH_ALLOW);
            if (matched)
                tell(question, kinds[policy->action != AUTH_ALLOW][matched], false, policy->object, policy->rules[j].place);
        }
    for (size_t i = 0; i < gate->n && !is_allowed; i++)
        if (gate->policies[i]->action == AUTH_ALLOW)
            tell(question, HD_CLUSTER_REASON_DENIED, false, gate->policies[i]->object, gate->policies[i]->pods.place);
    return access;
}

/* What pods find at others, as passage_direct() finds it. `from` may be an address. */
static bool tell_direct(struct question *question, const struct point *from, const struct point *to)
{
    const struct mesh *mesh = question->decision.mesh;
    const struct guard *source = from->workload ? &mesh->guards[from->class] : NULL;
    const struct guard *target = to->workload ? &mesh->guards[to->class] : NULL;
    struct caller caller = {.kind = CALLER_PLAIN, .address = &from->address};
    const struct peer_authentication *policy = NULL;
    uint16_t port = question->port.first;
    unsigned modes = target ? guard_modes(target, port, &policy) : 0, left = modes;
    bool is_let_out = true;

    if (from->way && target)
        caller = passage_gateway(target, question->decision.sides[to->class].to_elsewhere, port);
    else if (source && target)
        is_let_out = passage_call(mesh, from->class, to->class, port, passage_next_mode(&left), &caller) > TRUTH_NO;
    else if (source)
        is_let_out = passage_addresses(&question->decision, from->class, EGRESS, &to->address,
                                       (struct ports){&question->port, 1}, &question->arena).ports.n > 0;
    if (!is_let_out)
        tell(question, HD_CLUSTER_REASON_NOT_IN_REGISTRY, true, source->outlook.sidecar->object, source->outlook.sidecar->place);
    if (!is_let_out || !target || !guard_takes(target, port))
        return is_let_out;
    if (caller.kind == CALLER_PLAIN && policy)
        tell(question, HD_CLUSTER_REASON_NO_CERTIFICATE, false, policy->object, policy->place);
    if (caller.kind == CALLER_PLAIN && modes == 1u << MTLS_STRICT)
        return false;
    if (!target->gate.n)
        tell(question, HD_CLUSTER_REASON_OPEN, false, NULL, to->workload->public.object->place);
    return tell_gate(question, &target->gate, &caller, port, guard_protocol(target, port)) > ACCESS_NONE;
}

/* The way through a waypoint to one of the Services that lead to the port. */
static bool tell_waypoint(struct question *question, const struct leading *leading, bool is_alone)
{
    static const struct hd_cluster_range tunnel = {HD_TRANSPORT_TCP, TUNNEL_PORT, TUNNEL_PORT};
    const struct mesh *mesh = question->decision.mesh;
    const struct workload *workload = question->decision.classes.items[leading->by->waypoint].workload;
    const struct point waypoint = {.workload = workload, .class = leading->by->waypoint};
    bool allowed;

    tell(question, HD_CLUSTER_REASON_WAYPOINT, false, workload->public.object, workload->public.object->place);
    allowed = is_alone || question_network(question, &question->from, &waypoint, &tunnel);
    allowed &= tell_gate(question, &leading->by->gate, &mesh->guards[question->from.class].caller, leading->port->number,
                         leading->port->protocol) > ACCESS_NONE;
    allowed &= is_alone || question_network(question, &waypoint, &question->to, &tunnel);
    return tell_direct(question, &waypoint, &question->to) && allowed;
}

bool question_mesh(struct question *question, bool is_alone)
{
    const struct mesh *mesh = question->decision.mesh;
    const struct guard *target = question->to.workload ? &mesh->guards[question->to.class] : NULL;
    struct hd_cluster_range port = question->port;
    bool is_tcp = port.transport == HD_TRANSPORT_TCP, is_tunnel = false, allowed;

    if (target && question->from.workload)
        is_tunnel = passage_is_tunnel(&question->decision, question->from.class, question->to.class);
    else if (target && question->from.way && target->proxy == PROXY_AMBIENT)
        is_tunnel = passage_gateway(target, question->decision.sides[question->to.class].to_elsewhere, port.first).kind != CALLER_PLAIN;
    if (is_tcp && is_tunnel) {
        port.first = port.last = TUNNEL_PORT;
        tell(question, HD_CLUSTER_REASON_TUNNEL, false, NULL, question->to.workload->public.object->place);
    }
    allowed = is_alone || question_network(question, &question->from, &question->to, &port);
    if (is_tcp)
        allowed &= tell_direct(question, &question->from, &question->to);
    for (size_t i = 0; is_tcp && target && question->from.workload && i < target->n_leading; i++)
        if (target->leading[i].by && target->leading[i].target == question->port.first &&
            mesh->guards[question->from.class].proxy == PROXY_AMBIENT)
            allowed |= tell_waypoint(question, &target->leading[i], is_alone);
    return allowed;
}
