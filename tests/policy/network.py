"""What NetworkPolicies allow, from Kubernetes' documentation of them and from nothing else.

A pod that no policy of a direction selects is open in that direction; else traffic needs one rule of one such policy that
allows it. A connection needs both ends: the egress of its source and the ingress of its target.
"""
import ipaddress


class End:
    """One end of a connection: a pod, or an address outside the cluster (namespace None)."""

    def __init__(self, name, namespace=None, labels=None, namespace_labels=None, address=None, ports=()):
        self.name, self.namespace, self.labels = name, namespace, labels or {}
        self.namespace_labels = {"kubernetes.io/metadata.name": namespace, **(namespace_labels or {})} if namespace else {}
        self.address = ipaddress.ip_address(address)
        self.ports = list(ports)  # (name, number, protocol)

    def __repr__(self):
        return f"{self.name} ({self.namespace or self.address})"


def selects(selector, labels):
    """A label selector, of which all parts must hold; an empty one selects everything."""
    for key, value in (selector.get("matchLabels") or {}).items():
        if labels.get(key) != value:
            return False
    for term in selector.get("matchExpressions") or []:
        key, operator, values = term["key"], term["operator"], term.get("values") or []
        fits = {"In": lambda: key in labels and labels[key] in values, "NotIn": lambda: key not in labels or labels[key] not in values,
                "Exists": lambda: key in labels, "DoesNotExist": lambda: key not in labels}[operator]()
        if not fits:
            return False
    return True


def in_block(block, address):
    network = ipaddress.ip_network(block["cidr"])
    if address.version != network.version or address not in network:
        return False
    return not any(address in ipaddress.ip_network(hole) for hole in block.get("except") or [] if ipaddress.ip_network(hole).version == address.version)


def peer_is(peer, policy_namespace, end):
    """Parts of one peer must all hold; several peers of a rule are alternatives."""
    if "ipBlock" in peer:
        return in_block(peer["ipBlock"], end.address)
    if not end.namespace:
        return False
    if "namespaceSelector" in peer:
        if not selects(peer["namespaceSelector"], end.namespace_labels):
            return False
    elif end.namespace != policy_namespace:
        return False
    return "podSelector" not in peer or selects(peer["podSelector"], end.labels)


def port_allows(port, target, points):
    """Which of the points, pairs of protocol and number, a port of a rule allows at the target."""
    protocol, number, last = port.get("protocol", "TCP"), port.get("port"), port.get("endPort")
    if number is None:
        return {point for point in points if point[0] == protocol}
    if isinstance(number, str):
        numbers = {n for name, n, p in target.ports if name == number and p == protocol}
        return {(protocol, n) for n in numbers} & points
    if last is None:
        return {(protocol, number)} & points
    return {point for point in points if point[0] == protocol and number <= point[1] <= last}


def rule_allows(rule, side, policy_namespace, other, target, points):
    peers, ports = rule.get(side), rule.get("ports")
    if peers and not any(peer_is(peer, policy_namespace, other) for peer in peers):
        return set()
    return set().union(*(port_allows(port, target, points) for port in ports)) if ports else points


class Network:
    def __init__(self, policies):
        self.policies = []
        for policy in policies:
            spec = policy["spec"]
            types = spec.get("policyTypes") or (["Ingress", "Egress"] if spec.get("egress") else ["Ingress"])
            self.policies.append((policy["metadata"]["namespace"], spec, types))
        self.chosen = {}

    def of(self, end, direction):
        """The policies that isolate an end in a direction."""
        key = (id(end), direction)
        if key not in self.chosen:
            self.chosen[key] = [(namespace, spec) for namespace, spec, types in self.policies
                                if direction in types and namespace == end.namespace and selects(spec.get("podSelector") or {}, end.labels)]
        return self.chosen[key]

    def one_side(self, end, direction, other, target, points):
        policies = self.of(end, direction)
        if not policies:
            return points
        rules, side = ("ingress", "from") if direction == "Ingress" else ("egress", "to")
        allowed = set()
        for namespace, spec in policies:
            for rule in spec.get(rules) or []:
                allowed |= rule_allows(rule, side, namespace, other, target, points)
        return allowed

    def allowed(self, source, target, points):
        """The points at which the source can reach the target."""
        out = self.one_side(source, "Egress", target, target, points)
        return out & self.one_side(target, "Ingress", source, target, points) if out else out
