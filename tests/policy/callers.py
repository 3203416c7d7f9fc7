"""Proves that a mesh takes the declared callers, and no others, and that mesh and network together allow exactly what is declared."""
from authorization import Authorization, Request
from declared import WAYPOINT, is_peer
from network import selects

HTTP = ("http", "http2", "grpc", "grpc-web", "ws", "websocket")
PROBES = [("GET", "/"), ("POST", "/api/items"), ("DELETE", "/nowhere/else")]


class Caller:
    """Somebody who calls: an identity, and the pods it stands for (None for whom no network policy knows)."""

    def __init__(self, name, principal, end=None):
        self.name, self.principal, self.end = name, principal, end

    def __repr__(self):
        return f"{self.name} as {self.principal}"


def star(pattern, value):
    return value.startswith(pattern[:-1]) if pattern.endswith("*") else value == pattern


def asks_for(call, method, path):
    """Whether a call is for such requests."""
    methods, paths = ([value] if isinstance(value, str) else value for value in ((call or {}).get("methods"), (call or {}).get("paths")))
    return (not methods or method in methods) and (not paths or any(star(pattern, path) for pattern in paths))


def requests_of(declared, service):
    """Methods and paths to try: some of everybody's, and those that calls name, with a neighbour of each path."""
    tried = set(PROBES)
    for edge in declared.edges:
        if edge.to != service.name or not edge.call:
            continue
        methods, paths = ([value] if isinstance(value, str) else value or [] for value in (edge.call.get("methods"), edge.call.get("paths")))
        for method in list(methods)[:3] + ["GET", "PATCH"]:
            for path in list(paths)[:3] + ["/"]:
                tried |= {(method, path.rstrip("*") or "/"), (method, (path.rstrip("*") or "/") + "x")}
    return sorted(tried)


class Judge:
    def __init__(self, model, docs, declared, services, world, network):
        self.model, self.declared, self.services, self.network = model, declared, services, network
        self.mesh = Authorization(docs, model.mesh.ambient)
        self.domain, self.namespace = model.mesh.trust_domain, model.namespace
        self.accounts = {service.name: service.account() for service in model.services}
        self.callers = self.all_callers(world)

    def principal(self, namespace, account):
        return f"{self.domain}/ns/{namespace}/sa/{account}"

    def identity(self, whom):
        """By what the mesh knows an end of an edge: its principal, its namespace alone, or nothing."""
        if not self.declared.in_mesh(whom):
            return None, None
        if isinstance(whom, str):
            return self.principal(self.namespace, self.accounts[whom]), None
        return (self.principal(whom["namespace"], whom["account"]), None) if whom.get("account") else (None, whom["namespace"])

    def all_callers(self, world):
        callers = [Caller(service.name, self.identity(service.name)[0], self.services[service.name]) for service in self.model.services]
        named = [peer for service in self.model.services for _, peer, _ in self.model.callers(service) if peer["namespace"]]
        for peer in (self.model.platform()["gateway"], self.model.platform()["prometheus"], *named):
            if not peer:
                continue
            principal = self.identity(peer)[0] or (self.principal(peer["namespace"], "any") if peer["in mesh"] else None)
            # In the application's own namespace, its default deny closes whom the model does not know.
            callers += [Caller(peer["name"], principal, end) for end in world.others if is_peer(peer, end) and end.namespace != self.namespace]
            callers += [Caller(f"neighbour of {peer['name']}", self.principal(peer["namespace"], "other")),
                        Caller(f"double of {peer['name']}", self.principal("elsewhere", peer["account"] or "any"))]
        for service in self.model.services[:3]:
            callers += [Caller(f"double of {service.name}", self.principal("elsewhere", self.accounts[service.name])),
                        Caller(f"{service.name} of another mesh", f"evil.example/ns/{self.namespace}/sa/{self.accounts[service.name]}")]
        return callers + [Caller("stranger", self.principal(self.namespace, "stranger")), Caller("plain stranger", None),
                          Caller("waypoint", self.principal(self.namespace, WAYPOINT))]

    def knows(self, whom, caller):
        """Whether the mesh takes a caller for this end of an edge."""
        principal, namespace = self.identity(whom)
        if principal:
            return caller.principal == principal
        if namespace:
            return bool(caller.principal) and caller.principal.startswith(self.principal(namespace, ""))
        return caller.principal is None

    def declares(self, service, port, caller, method, path):
        """What the mesh should allow, and whether the model declares it of these very pods."""
        mesh = pods = False
        for edge in self.declared.edges:
            if edge.to != service.name or (port["transport"], port["port"]) not in edge.points or not self.reads(edge):
                continue
            if method is not None and not asks_for(edge.call, method, path):
                continue
            mesh |= self.knows(edge.whom, caller)
            pods |= self.knows(edge.whom, caller) and self.stands_for(edge.whom, caller)
        return mesh, pods

    def stands_for(self, whom, caller):
        """Pods of the application reach only what they call, whatever addresses others may have."""
        if caller.end is None or isinstance(whom, str) or self.services.get(caller.name) is caller.end:
            return caller.end is not None and whom == caller.name
        return is_peer(whom, caller.end)

    def reads(self, edge):
        """Scrapes of a pod with a proxy are the proxy's own matter."""
        return not (edge.metrics and not self.model.mesh.ambient)

    def takes(self, service, port, caller, method, path):
        """(what mesh and network allow together, what the mesh allows alone), on every way there is."""
        end, number = self.services[service.name], port["port"]
        tunnelled = self.model.mesh.ambient and caller.principal is not None
        wire = ("TCP", 15008 if tunnelled else number)
        alone = self.mesh.pods_take(end, Request(caller.principal, number, method, path))
        together = alone and self.passes(caller.end, end, wire)
        if service.name in self.declared.waypointed and caller.principal is not None:
            waypoint = self.services[WAYPOINT]
            passed = self.mesh.waypoint_passes(self.namespace, service.name, Request(caller.principal, port["service"], method, path))
            passed = passed and self.mesh.pods_take(end, Request(self.principal(self.namespace, WAYPOINT), number, method, path))
            alone = alone or passed
            together = together or (passed and self.passes(caller.end, waypoint, wire) and self.passes(waypoint, end, wire))
        return together, alone

    def passes(self, source, target, wire):
        return source is not None and bool(self.network.allowed(source, target, {wire}))

    def problems(self):
        shared = len(set(self.accounts.values())) < len(self.accounts) or self.overlap()
        for namespace, spec in self.mesh.peers:
            selected = [name for name, end in self.services.items()
                        if end.namespace == namespace and "selector" in spec and selects(spec["selector"], end.labels)]
            if "selector" in spec and len(selected) != 1:
                yield f"a PeerAuthentication of one service selects {selected}"
        for service in self.model.services:
            if not self.model.mesh.has(service):
                continue
            for port in [None] + [port for port in service.ports if port["transport"] == "TCP"]:
                mode = self.mesh.mode(self.services[service.name], port["port"] if port else None)
                if mode != ("STRICT" if self.model.mesh.strict(service, port) else "PERMISSIVE"):
                    yield f"{service.name}:{port and port['port']} takes callers by {mode} mTLS"
            yield from self.elsewhere(service)
            for port in (port for port in service.ports if port["transport"] == "TCP"):
                tried = requests_of(self.declared, service) if port["protocol"] in HTTP else [(None, None)]
                for caller in self.callers:
                    for method, path in tried:
                        wanted, pods = self.declares(service, port, caller, method, path)
                        together, alone = self.takes(service, port, caller, method, path)
                        what = f"{caller} -> {service.name}:{port['port']} {method} {path}"
                        if alone != wanted and not (caller.name == "waypoint" and service.name in self.declared.waypointed):
                            yield f"{what}: the mesh {'takes' if alone else 'refuses'} it"
                        if together != pods and not (shared and wanted and together):
                            yield f"{what}: mesh and network {'allow' if together else 'refuse'} it"

    def elsewhere(self, service):
        """Ports that only other services have, and one that none has: nobody is let in there."""
        own = {port["port"] for port in service.ports}
        others = sorted({port["port"] for other in self.model.services for port in other.ports if port["transport"] == "TCP"} - own)
        for number in others[:6] + [1]:
            for caller in self.callers:
                if self.mesh.pods_take(self.services[service.name], Request(caller.principal, number)):
                    yield f"{caller} -> {service.name}:{number}: the mesh takes it, and nothing is there"

    def overlap(self):
        """Whether some pods are at two ends of the platform at once, so that what one may do the other may."""
        plain = [edge.whom for edge in self.declared.edges if not isinstance(edge.whom, str) and not self.declared.in_mesh(edge.whom)]
        return len({whom["name"] for whom in plain}) > 1
