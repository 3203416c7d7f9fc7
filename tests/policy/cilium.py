"""Proves that Cilium's policies allow what no NetworkPolicy can name, and nothing else: hosts, and Cilium's own entities.

A policy is read as Cilium's documentation has it: each rule names one kind of far end, and the ports of its rule are alternatives. A host
opens only the addresses that Cilium's proxy sees in answers, so that pods that call one ask the resolver through that proxy.
"""
from model import resolvers

EVERY_NAME = {"dns": [{"matchPattern": "*"}]}


def far_end(rule, direction):
    """The one far end of a rule; and its ports, which must be written as Cilium reads them."""
    kinds = set(rule) - {"toPorts"}
    assert len(kinds) == 1, f"a rule with {sorted(kinds)}"
    kind, = kinds
    entry, = rule["toPorts"]
    for port in entry["ports"]:
        assert isinstance(port["port"], str) and set(port) == {"port", "protocol"}, port
    if kind == f"{direction}Entities":
        ends = [("entity", name) for name in rule[kind]]
    elif kind == "toFQDNs":
        ends = [("host", *pair) for selector in rule[kind] for pair in selector.items()]
    elif kind == "toCIDR":
        ends = [("lookup", cidr) for cidr in rule[kind]]
    else:
        assert kind == "toEndpoints", kind
        ends = [("lookup", frozenset(selector["matchLabels"].items())) for selector in rule[kind]]
    is_lookup = ends[0][0] == "lookup"
    assert entry.get("rules") == (EVERY_NAME if is_lookup else None), entry
    return {(direction, *end, port["protocol"], int(port["port"])) for end in ends for port in entry["ports"]}


def allowed(docs):
    """What each policy allows, by the name of the workload that its selector means."""
    result = {}
    for doc in docs:
        if doc["kind"] == "CiliumNetworkPolicy":
            spec = doc["spec"]
            assert doc["apiVersion"] == "cilium.io/v2" and set(spec) <= {"endpointSelector", "ingress", "egress"}, doc
            points = [far_end(rule, "from") for rule in spec.get("ingress", [])] + [far_end(rule, "to") for rule in spec.get("egress", [])]
            assert doc["metadata"]["name"] not in result and points, doc
            result[doc["metadata"]["name"]] = spec["endpointSelector"]["matchLabels"], set().union(*points)
    return result


def lookups(model):
    for peer, points in resolvers(model.platform()):
        ends = [cidr for cidr in peer["cidrs"]]
        if peer["namespace"]:
            ends.append(frozenset({"k8s:io.kubernetes.pod.namespace": peer["namespace"], **peer["labels"]}.items()))
        for end in ends:
            for protocol, number in points:
                yield ("to", "lookup", end, protocol, number)


def meant(model, declared):
    """The same, as the model means it."""
    result = {}
    gateway = model.platform()["gateway"]
    by_entity = gateway and model.gateway and not gateway["namespace"] and not gateway["cidrs"]
    for edge in declared.edges:
        if isinstance(edge.whom, str) and isinstance(edge.to, dict):
            if model.by_host(edge.to):
                kind = "matchPattern" if edge.to["host"].startswith("*") else "matchName"
                result.setdefault(edge.whom, set()).update(("to", "host", kind, edge.to["host"], *point) for point in edge.points)
                result[edge.whom].update(lookups(model))
            elif edge.to.get("entity"):
                result.setdefault(edge.whom, set()).update(("to", "entity", edge.to["entity"], *point) for point in edge.points)
        elif isinstance(edge.to, str) and by_entity and edge.whom == gateway:
            result.setdefault(edge.to, set()).update(("from", "entity", "ingress", *point) for point in edge.points)
    return result


def problems(model, docs, declared, pods):
    """Differences between what is declared and what is allowed, as text."""
    try:
        got = allowed(docs)
    except AssertionError as problem:
        return [f"a policy of Cilium is none: {problem}"]
    wanted, result = meant(model, declared), []
    for name in sorted(set(got) | set(wanted)):
        labels, points = got.get(name, ({}, set()))
        if points != wanted.get(name, set()):
            result.append(f"Cilium's policy of {name} lacks {sorted(map(str, wanted.get(name, set()) - points))[:4]}, "
                          f"has {sorted(map(str, points - wanted.get(name, set())))[:4]} beyond")
        chosen = sorted(other for other, end in pods.items() if labels and all(end.labels.get(key) == value for key, value in labels.items()))
        if name in got and not all(other == name or pods[other].labels.get("app.kubernetes.io/name") == name for other in chosen) or (name in got and not chosen):
            result.append(f"Cilium's policy of {name} selects {chosen}")
    return result
