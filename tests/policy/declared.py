"""What a model declares: who may talk to whom, and what of it a network sees where a mesh carries it."""
import collections
import ipaddress

from model import Service, resolvers
from otlp import Telemetry

OTLP = [("TCP", 4317), ("TCP", 4318)]
TUNNEL, DISCOVERY, MERGED_METRICS = {("TCP", 15008)}, {("TCP", 15012)}, {("TCP", 15020)}
WAYPOINT = "waypoint"
KUBELET = {"name": "kubelet", "namespace": None, "labels": {}, "cidrs": ["169.254.7.127/32", "fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128"]}


class Edge:
    """Traffic as the pods mean it; each end is the name of a service, or a peer outside."""

    def __init__(self, whom, to, points, call=None, metrics=False):
        self.whom, self.to, self.points, self.call, self.metrics = whom, to, set(points), call, metrics


def point(port):
    return (port["transport"], port["port"])


def is_peer(peer, end):
    """Whether an end is what an external or a part of the platform describes."""
    # Ranges mean addresses, whoever has them.
    if any(end.address.version == ipaddress.ip_network(cidr).version and end.address in ipaddress.ip_network(cidr) for cidr in peer["cidrs"]):
        return True
    if end.namespace is None:
        return False
    return end.namespace == peer["namespace"] and all(end.labels.get(key) == value for key, value in peer["labels"].items())


class Declared:
    def __init__(self, model, probes=None):
        self.model, self.services = model, {service.name: service for service in model.services}
        self.waypointed, self.telemetry = model.waypointed(), Telemetry(model)
        self.edges = list(self.meant(model, model.platform()))
        self.wires = [wire for edge in self.edges for wire in self.carried(edge)] + list(self.of_mesh(model, probes or {}))
        self.out, self.into = collections.defaultdict(list), collections.defaultdict(list)
        for whom, to, points in self.wires:
            if isinstance(whom, str):
                self.out[whom].append((to, points))
            if isinstance(to, str):
                self.into[to].append((whom, points))
        self.points = set().union(*(points for _, _, points in self.wires))
        self.points |= {point(port) for service in model.services for port in service.ports}

    def meant(self, model, platform):
        yield from self.of_gateway(model, platform)
        for service in model.services:
            for peer, points in (*resolvers(platform), (platform["collector"], OTLP)):
                if peer and not (points is OTLP and self.telemetry.on):
                    yield Edge(service.name, peer, points)
            account, server = service.given("serviceAccount"), model.api_server()
            if server and isinstance(account, dict) and account.get("rules"):
                yield Edge(service.name, *server)
            for call, callee, port in model.each_call(service):
                yield Edge(service.name, callee.name if isinstance(callee, Service) else callee, {point(port)}, call)
            for entry, peer, port in model.callers(service):
                yield Edge(peer, service.name, {point(port)}, entry)
            port = self.scraped(service)
            prometheus = self.own(platform["prometheus"])
            if port and prometheus and prometheus != service.name:
                yield Edge(prometheus, service.name, {point(port)}, metrics=True)
            if port and self.telemetry.on and self.telemetry.scrapes:
                yield Edge([name for name, _ in self.telemetry.collectors(model)][-1], service.name, {point(port)}, metrics=True)
            for exposure in model.exposed(service):
                if platform["gateway"]:
                    for reached, port in model.led_to(service, exposure):
                        yield Edge(model.own_gateway() or platform["gateway"], reached.name, {point(port)})
            for asked, port in model.asked(service) if platform["keda"] else []:
                yield Edge(platform["keda"], asked.name, {point(port)})
            cidrs = model.openings(service)
            if cidrs and service.ports:
                outside = {"name": "outside", "namespace": None, "labels": {}, "cidrs": cidrs}
                yield Edge(outside, service.name, {point(port) for port in service.ports})
            on_node = {point(port) for port in service.ports if port["on node"]}
            if on_node and service.given("hostNetwork") is not True:
                yield Edge({"name": "outside", "namespace": None, "labels": {}, "cidrs": ["0.0.0.0/0", "::/0"]}, service.name, on_node)
        if self.telemetry.on:
            for whom, to, points in self.telemetry.edges(model):
                yield Edge(whom, to, points)
            # A waypoint tells of the requests that it reads.
            for name, _ in list(self.telemetry.collectors(model))[:1] if self.waypointed and self.telemetry.traced_by_mesh else []:
                yield Edge(WAYPOINT, name, {("TCP", 4317)})

    @staticmethod
    def of_gateway(model, platform):
        """What pods of a Gateway in the application's namespace need: clients, names, and their controller."""
        name = model.own_gateway()
        if not name:
            return
        yield Edge({"name": "outside", "namespace": None, "labels": {}, "cidrs": ["0.0.0.0/0", "::/0"]}, name, model.gateway.ports())
        yield Edge(name, *model.gateway.controller())
        for peer, points in resolvers(platform):
            yield Edge(name, peer, points)

    def own(self, part):
        """A part of the platform; by its name when it is a service of the application."""
        name = part and part["namespace"] == self.model.namespace and not part["cidrs"] and part["labels"].get("app.kubernetes.io/name")
        return name if name in self.services else part

    def scraped(self, service):
        """What a service sends by itself is not asked for as well; but a proxy has more to tell."""
        proxied = self.model.mesh.has(service) and not self.model.mesh.ambient
        if self.telemetry.sends_metrics(service) and service.given("metrics") is None and not proxied:
            return None
        return self.model.metrics_port(service)

    def in_mesh(self, whom):
        if isinstance(whom, str):
            # A collector is no service, and kept out of the mesh.
            return whom == WAYPOINT or (whom in self.services and self.model.mesh.has(self.services[whom]))
        return self.model.mesh.on and bool(whom.get("in mesh"))

    def by_waypoint(self, edge):
        return edge.call is not None and edge.to in self.waypointed if isinstance(edge.to, str) and self.in_mesh(edge.whom) else False

    def carried(self, edge):
        """How the network sees an edge: as it is, through the tunnels of an ambient mesh, or at the port of a proxy."""
        mesh = self.model.mesh
        if edge.metrics and mesh.on and not mesh.ambient and self.in_mesh(edge.to):
            yield edge.whom, edge.to, MERGED_METRICS
        elif mesh.ambient and self.in_mesh(edge.whom) and self.in_mesh(edge.to):
            udp = {(transport, number) for transport, number in edge.points if transport == "UDP"}
            if udp:
                yield edge.whom, edge.to, udp
            if udp != edge.points and self.by_waypoint(edge):
                yield edge.whom, WAYPOINT, TUNNEL
                yield WAYPOINT, edge.to, TUNNEL
            elif udp != edge.points:
                yield edge.whom, edge.to, TUNNEL
        else:
            yield edge.whom, edge.to, edge.points

    def of_mesh(self, model, probes):
        """What the mesh itself needs. Probes come by the mesh's own address, to the ports that the pods name."""
        platform = model.platform()
        for service in model.services:
            if model.mesh.has(service) and model.mesh.ambient:
                yield KUBELET, service.name, probes.get(service.name, set())
            elif model.mesh.has(service) and platform["istiod"]:
                yield service.name, platform["istiod"], DISCOVERY
        if self.waypointed:
            for peer, points in (*resolvers(platform), (platform["istiod"], DISCOVERY)):
                if peer:
                    yield WAYPOINT, peer, points
            if platform["prometheus"]:
                yield platform["prometheus"], WAYPOINT, MERGED_METRICS

    def allowed(self, services, source, target, direction):
        """What the source must let out, or the target let in, by the application's own network policies."""
        result = set()
        own, other, edges = (source, target, self.out) if direction == "Egress" else (target, source, self.into)
        if services.get(own.name) is own:
            for far, points in edges[own.name]:
                if not points <= result and self.is_end(services, far, other):
                    result |= points
        return result

    @staticmethod
    def is_end(services, whom, end):
        return services.get(whom) is end if isinstance(whom, str) else is_peer(whom, end)
