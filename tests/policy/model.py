"""Reads a model as a person would who knows its documentation: short forms, defaults, layers. No line of the library is used."""

SERVING = ("Deployment", "StatefulSet", "DaemonSet")


def text(value):
    return "true" if value is True else "false" if value is False else "" if value is None else str(value)


def listed(value, key):
    """Elements of a list that may be a mapping by `key`, or one element alone."""
    if value is None:
        return []
    if isinstance(value, dict) and key:
        return [{key: text(name), **(item if isinstance(item, dict) else {} if item is None else {"": item})} for name, item in value.items()]
    return list(value) if isinstance(value, list) else [value]


def expanded(items, short):
    """Elements as mappings: a scalar stands for the member `short`."""
    result = []
    for item in items:
        item = dict(item) if isinstance(item, dict) else {short: item}
        if "" in item:
            item[short] = item.pop("")
        result.append(item)
    return result


PROTOCOLS = ["http", "http2", "https", "grpc", "grpc-web", "websocket", "ws", "tcp", "tls", "mongo", "mysql", "redis", "udp"]


# Of these, what Prometheus can ask for metrics.
READABLE = ["http", "http2", "https", "grpc-web", "websocket", "ws"]
# What speaks something else for certain.
UNREADABLE = ["grpc", "udp", "mongo", "mysql", "redis"]


def protocol_of(port, otherwise):
    """What is said, else what the name begins with."""
    name = text(port.get("name", ""))
    named = [word for word in PROTOCOLS if (name + "-").startswith(word + "-")]
    return port.get("protocol") or max(named, key=len, default=otherwise)


def resolvers(platform):
    """(peer, points) of the resolver: its pods where they listen, and the addresses that answer for them at the port that all ask."""
    def points(port):
        return {(protocol, port) for protocol in ("UDP", "TCP")}

    dns = platform["dns"]
    if not dns:
        return []
    if dns["port"] == 53 or not dns["namespace"] or not dns["cidrs"]:
        return [(dns, points(dns["port"]))]
    return [({**dns, "cidrs": []}, points(dns["port"])), ({**dns, "namespace": None, "labels": {}}, points(53))]


def is_off(value):
    return value is False or value in ("off", "no", "false") or (isinstance(value, dict) and value.get("enabled") is False)


class Service:
    def __init__(self, value, layer):
        self.value, self.layer = value, layer
        self.name = value["name"]
        self.kind = value.get("kind") or layer.get("kind") or ("CronJob" if "schedule" in value else "Deployment")
        self.serving = self.kind in SERVING
        # The ports of the others that keep running are the service's too, after its own.
        others = [other for key in ("sidecars", "extraContainers") for other in listed(self.given(key), "name")]
        given = self.given_ports() + [port for other in others for port in listed(other.get("ports"), None)]
        self.ports = [self.read_port(port) for port in expanded(given, "port")] if self.serving else []

    def given(self, member):
        return self.value[member] if member in self.value else self.layer.get(member)

    def given_ports(self):
        for holder in (self.value, self.layer):
            for key in ("ports", "port"):
                if key in holder:
                    return listed(holder[key], None)
        return [{"name": "http", "port": 8000}]

    @staticmethod
    def read_port(port):
        protocol = protocol_of(port, "http")
        name = port.get("name") or ("websocket" if protocol == "ws" else protocol)
        return {"name": name, "port": port["port"], "transport": "UDP" if protocol == "udp" else "TCP",
                "service": port.get("servicePort", port["port"]), "protocol": protocol, "mtls": port.get("mtls"),
                "on node": "hostPort" in port}

    def port(self, ref):
        return port_of(self.ports, ref)

    def mesh(self):
        """What the service says of its part in the mesh, as a mapping."""
        given = self.given("mesh")
        return given if isinstance(given, dict) else {} if given is None else {"enabled": not is_off(given)}

    def account(self):
        given = self.given("serviceAccount")
        return (given.get("name") if isinstance(given, dict) else given) or self.name

    def headless(self):
        given = self.given("service")
        return isinstance(given, dict) and given.get("headless") is True

    def triggers(self):
        """What KEDA asks for this service."""
        given = self.given("autoscaling")
        return listed(given.get("triggers"), "name") if isinstance(given, dict) else []

    def scaled_by_others(self):
        """Whether somebody scales who is not in the model."""
        given = self.given("autoscaling")
        return given == "external" or (isinstance(given, dict) and given.get("scaler") == "external")

    def autoscaled(self):
        """Whether an autoscaler owns the number of pods."""
        if self.kind not in ("Deployment", "StatefulSet"):
            return False
        for holder in (self.value, self.layer):
            if "autoscaling" in holder:
                return not is_off(holder["autoscaling"]) and not self.scaled_by_others()
            if "replicas" in holder:
                return False
        return True


def port_of(ports, ref):
    """A port by name or number; the first when nothing is said."""
    for port in ports:
        if ref is None or text(ref) in (port["name"], str(port["port"])):
            return port
    return None


class Mesh:
    """The mesh as documented, and who is in it."""

    def __init__(self, given):
        given = given if isinstance(given, dict) else {"mode": given}
        self.mode = given.get("mode") or "off"
        self.on, self.ambient = self.mode != "off", self.mode == "ambient"
        self.trust_domain = given.get("trustDomain", "cluster.local")
        self.mtls = given.get("mtls", "STRICT")
        # Istio starts the pods of a Gateway of its class, with an account named after it.
        self.by_api = given.get("routing") == "gateway"
        self.starts_gateways = all(
            gateway.get("gatewayClassName", "istio") == "istio" for gateway in listed(given.get("gateways"), "name"))

    def has(self, service):
        return self.on and service.mesh().get("enabled", True) is not False and service.given("hostNetwork") is not True

    def strict(self, service, port=None):
        return (port and port["mtls"] or service.mesh().get("mtls", self.mtls)) == "STRICT"


PLACE = {"namespace", "podLabels", "cidrs"}
GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name"


class Gateway:
    """The way in through the Gateway API without a mesh, as documented."""

    def __init__(self, model, given):
        given = given if isinstance(given, dict) else {"className": given}
        parent = given.get("parentRef")
        self.given, self.class_name, self.shared = given, given.get("className"), parent is not None
        self.parent = parent if isinstance(parent, dict) else {"name": parent or model.name}
        self.name, self.namespace = self.parent["name"], self.parent.get("namespace", model.namespace)

    def pods(self):
        """Who sends requests on, by what the projects say of their proxies."""
        if self.class_name in ("eg", "envoy", "envoy-gateway"):
            owner = "gateway.envoyproxy.io/owning-gateway-"
            return {"namespace": "envoy-gateway-system", "labels": {owner + "name": self.name, owner + "namespace": self.namespace}}
        if self.class_name == "contour":
            return {"namespace": "projectcontour", "labels": {"app": "envoy"}}
        if self.class_name in ("nginx", "istio"):
            return {"namespace": self.namespace, "labels": {GATEWAY_NAME: self.name}}
        if self.class_name and self.class_name.removesuffix("-mc") in ("gke-l7-gxlb", "gke-l7-global-external-managed"):
            return {"namespace": None, "cidrs": ["130.211.0.0/22", "35.191.0.0/16"]}
        return {"namespace": None}

    def controller(self):
        """Whom pods beside the Gateway ask; None where there are none."""
        asked = {"nginx": ("nginx-gateway", 8443), "istio": ("istio-system", 15012)}.get(self.class_name)
        return asked and ({"name": "controller", "namespace": asked[0], "labels": {}, "cidrs": []}, {("TCP", asked[1])})

    def ports(self):
        """What listens: the port, and 80 for the redirect."""
        tls = self.given.get("tls")
        tls = tls if isinstance(tls, dict) else {"credentialName": tls} if tls else {}
        port = self.given.get("port", 443 if tls else 80)
        redirects = bool(tls) and self.given.get("httpsRedirect", port != 80 and tls.get("mode") != "PASSTHROUGH")
        return {("TCP", port)} | ({("TCP", 80)} if redirects else set())


class Model:
    def __init__(self, value):
        self.value = value
        self.name = text(value["name"])
        self.namespace = text(value.get("namespace", value["name"]))
        layers = {("condon" if layer["name"] == "codon" else layer["name"]): layer for layer in listed(value.get("runtimes"), "name")}
        self.services = []
        for service in listed(value["services"], "name"):
            runtime = service.get("runtime")
            self.services.append(Service(service, layers.get("condon" if runtime == "codon" else runtime, {})))
        self.mesh, self.callees = Mesh(value.get("mesh")), None
        other = self.mesh.on or not is_off(value.get("ingress", False))
        self.gateway = Gateway(self, value["gateway"]) if value.get("gateway") is not None and not other else None
        policies = (value.get("platform") or {}).get("networkPolicy")
        self.cilium = policies == "cilium" if policies else self.gateway is not None and self.gateway.class_name == "cilium"
        self.externals = [self.read_external(external) for external in listed(value.get("externals"), "name")]

    @staticmethod
    def read_external(external):
        ports = []
        for port in expanded(listed(external.get("ports", external.get("port")), None), "port"):
            protocol = protocol_of(port, "tcp")
            ports.append({"name": port.get("name", protocol), "port": port["port"], "transport": "UDP" if protocol == "udp" else "TCP"})
        return {"name": external["name"], "namespace": external.get("namespace"), "labels": external.get("podLabels") or {},
                "cidrs": listed(external.get("cidrs"), None), "ports": ports, "in mesh": external.get("mesh") is True,
                "host": external.get("host")}

    def peer(self, name, namespace, enabled=True):
        """A part of the platform as documented, or None when the cluster has none."""
        given = (self.value.get("platform") or {}).get(name)
        if is_off(given) or (given is None and not enabled):
            return None
        given = given if isinstance(given, dict) else {}
        peer = {"name": name, "namespace": given.get("namespace", namespace), "labels": given.get("podLabels") or {},
                "cidrs": listed(given.get("cidrs"), None), "account": given.get("serviceAccount"), "port": given.get("port", 53)}
        if name == "dns" and not set(given) & {"namespace", "podLabels", "cidrs"}:
            peer.update({"labels": {"k8s-app": "kube-dns"}, "cidrs": ["169.254.20.10/32"]})
        if name == "keda" and not set(given) & {"namespace", "podLabels", "cidrs"}:
            peer["labels"] = {"app": "keda-operator"}
        if name == "istiod" and not set(given) & {"namespace", "podLabels", "cidrs"}:
            peer["labels"] = {"app": "istiod"}
        ingress = self.value.get("ingress")
        by_nginx = name == "gateway" and isinstance(ingress, dict) and not is_off(ingress) and ingress.get("className") == "nginx"
        if by_nginx and not set(given) & {"namespace", "podLabels", "cidrs"}:
            peer["namespace"] = "ingress-nginx"
        if name == "gateway" and not by_nginx and not set(given) & {"namespace", "podLabels", "cidrs", "mesh", "serviceAccount"}:
            peer["account"] = "istio-ingress"
        by_api = name == "gateway" and self.mesh.by_api and is_off(self.value.get("ingress", False)) and not set(given) & {"mesh", "serviceAccount"}
        started = by_api and self.mesh.starts_gateways
        if name == "gateway" and self.gateway:
            peer["account"] = None
            if not set(given) & PLACE:
                peer.update({"namespace": None, **self.gateway.pods()})
            elif "namespace" not in given:
                peer["namespace"] = self.gateway.namespace if "podLabels" in given else None
        if by_api:
            peer["account"] = None
        peer["in mesh"] = given.get("mesh", started or peer["account"] is not None)
        return peer

    def own_gateway(self):
        """The name of the gateway's pods where they stand in the application's namespace, and it owns them; else None."""
        given = (self.value.get("platform") or {}).get("gateway")
        said = isinstance(given, dict) and bool(set(given) & PLACE) or (given is not None and is_off(given))
        used = any(True for service in self.services for _ in self.exposed(service))
        return f"{self.name}-gateway" if self.gateway and not self.gateway.shared and self.gateway.controller() and used and not said else None

    def platform(self):
        return {"dns": self.peer("dns", "kube-system"), "gateway": self.peer("gateway", "istio-ingress"),
                "prometheus": self.peer("prometheus", "monitoring"), "collector": self.peer("collector", "observability", False),
                "istiod": self.peer("istiod", "istio-system") if self.mesh.on else None,
                "keda": self.peer("keda", "keda", any(service.triggers() for service in self.services))}

    def api_server(self):
        """(peer, points) of the API server; its peer has a name of Cilium's where no place is said. None where no policy names it."""
        given = (self.value.get("platform") or {}).get("apiServer")
        placed = isinstance(given, dict) and bool(set(given) & PLACE)
        if is_off(given) or not (placed or self.cilium):
            return None
        peer = self.peer("apiServer", "kube-system" if placed and "podLabels" in given else None)
        numbers = [given["port"]] if isinstance(given, dict) and "port" in given else [443, 6443]
        return {**peer, "entity": None if placed else "kube-apiserver"}, {("TCP", number) for number in numbers}

    def by_host(self, peer):
        """Whether Cilium alone can name it."""
        return self.cilium and bool(peer.get("host")) and peer["namespace"] is None and not peer["cidrs"]

    def calls(self, service):
        """(callee, port) for each call; the callee is a Service or an external."""
        for _, callee, port in self.each_call(service):
            yield callee, port

    def each_call(self, service):
        """As calls(), with what the call says."""
        if self.callees is None:
            self.callees = {callee.name: callee for callee in self.services}
            self.callees.update({external["name"]: external for external in self.externals})
        for call in expanded(listed(service.given("calls"), None), "to"):
            callee = self.callees[call["to"]]
            yield call, callee, port_of(callee.ports if isinstance(callee, Service) else callee["ports"], call.get("port"))

    def callers(self, service):
        """(entry, peer, port) for each caller from outside of the application."""
        for entry in expanded(listed(service.given("callers"), None), "from"):
            application, _, neighbour = entry.get("from", "").partition("/")
            labels = entry.get("podLabels") or ({"app.kubernetes.io/name": neighbour, "app.kubernetes.io/instance": application} if neighbour else {})
            account = entry.get("serviceAccount")
            inside = self.mesh.on and entry.get("mesh", bool(neighbour or account))
            yield entry, {"name": "caller", "namespace": entry.get("namespace", application or None), "labels": labels,
                          "cidrs": listed(entry.get("cidrs"), None), "in mesh": inside,
                          "account": (account or neighbour or None) if inside else None}, port_of(service.ports, entry.get("port"))

    def asked(self, service):
        """(service, port) for each trigger that asks a service of the model."""
        services = {asked.name: asked for asked in self.services}
        for trigger in service.triggers():
            if trigger.get("asks") in services:
                asked = services[trigger["asks"]]
                yield asked, port_of(asked.ports, trigger.get("port"))

    def waypointed(self):
        """Names of the services that ambient callers reach through the waypoint: those whose requests somebody must read."""
        if not self.mesh.ambient:
            return set()
        wanted = {service.name for service in self.services
                  if service.given("trafficPolicy") or ("canary" in (service.given("delivery") or {}) and
                                                        any(port["protocol"] not in ("udp", "tls", "https") for port in service.ports))}
        for service in self.services:
            wanted |= {callee.name for call, callee, _ in self.each_call(service) if isinstance(callee, Service) and (call.get("methods") or call.get("paths"))}
        wanted |= {service.name for service in self.services for entry, _, _ in self.callers(service) if entry.get("methods") or entry.get("paths")}
        return {service.name for service in self.services
                if service.name in wanted and self.mesh.has(service) and service.ports and not service.headless()}

    def metrics_port(self, service):
        metrics = service.given("metrics")
        if not service.ports or is_off(metrics):
            return None
        ref = metrics.get("port") if isinstance(metrics, dict) else None
        if ref is None and any(port["name"] == "metrics" and port["protocol"] not in UNREADABLE for port in service.ports):
            ref = "metrics"
        readable = [port for port in service.ports if port["protocol"] in READABLE]
        if ref is None and readable:
            return readable[0]
        proxied = self.mesh.has(service) and not self.mesh.ambient
        if ref is None and (metrics not in (None, {}) or proxied):
            return next((port for port in service.ports if port["protocol"] not in UNREADABLE), service.port(None))
        return service.port(ref) if ref is not None else None

    def exposed(self, service):
        return expanded(listed(service.given("expose"), None), "path") if service.serving else []

    def led_to(self, service, exposure):
        """(service, port) of all whom requests reach by an exposure; none where the gateway answers by itself."""
        named = {other.name: other for other in self.services}
        if "redirect" in exposure or "directResponse" in exposure:
            return
        shares = exposure.get("destinations")
        for share in expanded(listed(shares, "to"), "weight"):
            yield named[share["to"]], named[share["to"]].port(share.get("port"))
        if not shares:
            yield service, service.port(exposure.get("port"))
        for mirror in expanded(listed(exposure.get("mirror"), None), "to"):
            yield named[mirror["to"]], named[mirror["to"]].port(mirror.get("port"))

    @staticmethod
    def openings(service):
        """Address ranges from which Services of type NodePort or LoadBalancer are reached, at all their ports: further ones have all, too."""
        given = service.given("service") if service.serving else None
        found = []
        for each in [given if isinstance(given, dict) else {"type": given}, *listed(service.given("extraServices"), "name")]:
            if each.get("type") in ("NodePort", "LoadBalancer"):
                # Nodes hide the sources from the pods, unless they pass on only what comes for pods of their own.
                ranges = listed(each.get("loadBalancerSourceRanges"), None) if each.get("externalTrafficPolicy") == "Local" else []
                found += ranges or ["0.0.0.0/0", "::/0"]
        return found
