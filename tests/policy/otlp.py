"""What telemetry means for the network, as documented: who sends what to which collector, and where that sends it on."""
import ipaddress
import re

from model import expanded, is_off, listed, resolvers, text

GRPC, HTTP, METRICS, EXPORTED = ("TCP", 4317), ("TCP", 4318), ("TCP", 8888), ("TCP", 8889)
BY_NAME = {"jaeger": {"traces"}, "tempo": {"traces"}, "zipkin": {"traces"}, "loki": {"logs"}, "mimir": {"metrics"}}
TYPES = {"otlp_grpc", "otlp_http", "prometheus", "prometheus_remote_write", "debug"}


class Exporter:
    def __init__(self, given):
        self.name, self.endpoint, self.external = given["name"], given.get("endpoint"), given.get("external")
        self.port = given.get("port")
        self.type = given.get("type") or (self.name if self.name in TYPES else "otlp_http" if str(self.endpoint).startswith("http") else "otlp_grpc")
        if "signals" in given:
            self.signals = set(listed(given["signals"], None))
        elif self.type in ("prometheus", "prometheus_remote_write"):
            self.signals = {"metrics"}
        else:
            named = [signals for name, signals in BY_NAME.items() if self.name.startswith(name)]
            self.signals = named[0] if named and self.type != "debug" else {"traces", "metrics", "logs"}

    def place(self, model):
        """A peer and its port; None for what waits to be asked, or writes to the log."""
        if self.type in ("prometheus", "debug"):
            return None
        if self.external:
            external = next(e for e in model.externals if e["name"] == self.external)
            port = next(p for p in external["ports"] if self.port is None or text(self.port) in (p["name"], str(p["port"])))
            return external, (port["transport"], port["port"])
        scheme, host, port = re.fullmatch(r"(?:(https?)://)?([^:/]+)(?::(\d+))?(?:/.*)?", self.endpoint).groups()
        number = int(port or {"http": 80, "https": 443}[scheme])
        try:
            return {"name": host, "namespace": None, "labels": {}, "cidrs": [str(ipaddress.ip_network(host))]}, ("TCP", number)
        except ValueError:
            return {"name": host, "namespace": host.split(".")[1], "labels": {}, "cidrs": []}, ("TCP", number)


class Telemetry:
    def __init__(self, model):
        given = model.value.get("telemetry")
        self.on = given is not None and not is_off(given)
        self.given = given if isinstance(given, dict) else {}
        collector = self.given.get("collector") or {}
        self.external = collector.get("external")
        self.operator, self.topology = collector.get("form") == "operator", collector.get("topology", "gateway")
        self.sidecar = self.topology == "sidecar" and not self.external
        self.name = collector.get("name", model.name)
        scaling = collector.get("autoscaling")
        several = (scaling is not None and not is_off(scaling)) or collector.get("replicas", 1) > 1
        self.shares_traces = several and bool((collector.get("tailSampling") or {}).get("policies"))
        self.exporters = [Exporter(e) for e in expanded(listed(collector.get("exporters"), "name"), "endpoint")]
        taken = set().union(*(e.signals for e in self.exporters if e.type != "debug"))
        if "metrics" not in taken and model.platform()["prometheus"] and self.topology != "sidecar":
            self.exporters.append(Exporter({"name": "prometheus"}))
        self.taken = set().union(*(e.signals for e in self.exporters)) if not self.external else {"traces", "metrics", "logs"}
        if "metrics" in self.taken and not is_off(collector.get("spanMetrics")):
            self.taken = self.taken | {"traces"}
        scraping = self.given.get("scraping")
        self.scrapes = (scraping.get("form") if isinstance(scraping, dict) else scraping) == "collector"
        attributes = collector.get("k8sAttributes") or {}
        self.knows_pods = bool(attributes) and not is_off(attributes) and not self.sidecar
        self.api_server = attributes.get("external") if isinstance(attributes, dict) else None
        # Proxies send spans where somebody takes them: those beside the pods, and a waypoint's.
        self.traced_by_mesh = model.mesh.on and not is_off(self.given.get("mesh")) and "traces" in self.taken
        self.proxied = {service.name for service in model.services if model.mesh.has(service) and not model.mesh.ambient}

    def collectors(self, model):
        """Name and, where the operator makes them, labels of the collectors' pods, in the order in which data passes them."""
        if not self.on or self.external or self.sidecar:
            return
        for suffix in (["-agent"] if self.topology == "agent+gateway" else ["-balancer"] if self.shares_traces else []) + [""]:
            name = self.name + suffix
            labels = {"app.kubernetes.io/component": "opentelemetry-collector", "app.kubernetes.io/instance": f"{model.namespace}.{name}",
                      "app.kubernetes.io/managed-by": "opentelemetry-operator"}
            yield f"{name}-collector", labels if self.operator else None

    def of(self, service, member, default=None):
        """What holds for a service: its own word, its runtime's, the application's."""
        for holder in (service.value.get("telemetry"), service.layer.get("telemetry"), self.given):
            if isinstance(holder, dict) and member in holder:
                return holder[member]
        return default

    def speaks(self, service):
        return self.on and not is_off(service.value.get("telemetry", service.layer.get("telemetry")))

    def sends_metrics(self, service):
        return self.speaks(service) and "metrics" in listed(self.of(service, "signals", sorted(self.taken)), None)

    def points(self, service):
        """Where a service sends to."""
        if self.external:
            return {("TCP", int(re.search(r":(\d+)", self.external.partition("://")[2])[1]))}
        instrumented = self.operator and service.value.get("runtime") == "cpython" and self.of(service, "instrumentation", "auto") == "auto"
        protocol = self.of(service, "protocol", "http/protobuf" if instrumented else "grpc")
        return {GRPC} if protocol == "grpc" else {HTTP, GRPC} if self.traced_by_mesh and service.name in self.proxied else {HTTP}

    def behind(self, collector, service):
        """The ports of the collector's pods behind those of its Service."""
        return {(port["transport"], port["port"]) for port in collector.ports if (port["transport"], port["service"]) in self.points(service)}

    def back_ends(self, model):
        return [place for place in (exporter.place(model) for exporter in self.exporters) if place]

    def peers(self, model):
        """Whom telemetry brings into play, beyond the platform, the externals and the services."""
        found = [peer for peer, _ in self.back_ends(model)] + ([self.outside()] if self.external and not self.own(model) else [])
        return found if self.on else []

    def own(self, model):
        """The service of the application that is its collector."""
        host = re.match(r"https?://([^:/]+)", self.external or "http://-")[1]
        name, _, namespace = host.partition(".")
        if namespace.partition(".")[0] not in ("", model.namespace):
            return None
        return next((service for service in model.services if service.name == name), None)

    def outside(self):
        """Somebody else's collector, where the platform says nothing of it."""
        host = re.match(r"https?://([^:/]+)", self.external)[1]
        return {"name": "collector", "namespace": host.split(".")[1], "labels": {}, "cidrs": []}

    def to_api_server(self, model, chain):
        """Who asks for pods: for their attributes the first to see data, for scrapes the last."""
        external = next((e for e in model.externals if e["name"] == self.api_server), None)
        for name in ([chain[0]] if self.knows_pods else []) + ([chain[-1]] if self.scrapes else []):
            if model.api_server() and not external:
                yield name, *model.api_server()
            if external:
                yield name, external, {(external["ports"][0]["transport"], external["ports"][0]["port"])}

    def edges(self, model):
        """(from, to, points) for each; an end is a name, or a peer outside."""
        platform, chain = model.platform(), [name for name, _ in self.collectors(model)]
        exported = {EXPORTED} if any(exporter.type == "prometheus" for exporter in self.exporters) else set()
        for service in model.services:
            if not self.speaks(service):
                continue
            if chain:
                yield service.name, chain[0], self.points(service)
            elif self.sidecar:
                for peer, point in self.back_ends(model):
                    yield service.name, peer, {point}
            elif self.own(model):
                if self.own(model) is not service:
                    yield service.name, self.own(model).name, self.behind(self.own(model), service)
            else:
                yield service.name, platform["collector"] or self.outside(), self.points(service)
        for name in chain:
            for peer, points in resolvers(platform):
                yield name, peer, points
            if platform["prometheus"]:
                yield platform["prometheus"], name, {METRICS} | (exported if name == chain[-1] else set())
        if chain and self.traced_by_mesh and platform["gateway"]:
            yield platform["gateway"], chain[0], {GRPC}
        for first, second in zip(chain, chain[1:]):
            yield first, second, {GRPC}
        yield from self.to_api_server(model, chain) if chain else ()
        for peer, point in self.back_ends(model) if chain else []:
            yield chain[-1], peer, {point}
