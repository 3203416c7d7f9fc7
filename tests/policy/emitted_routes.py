"""Reads emitted routes as gateways do: Istio's VirtualServices in their order, the Gateway API's routes by precedence."""
import re

DELEGATED = "delegated"
UNITS = {"h": 3600000, "m": 60000, "s": 1000, "ms": 1}


def milliseconds(text):
    """A duration as a number, however it is written; None for none."""
    if text is None:
        return None
    parts = re.findall(r"([0-9.]+)(ms|[hms])", text)
    if "".join(number + unit for number, unit in parts) != text:
        raise ValueError(f"the duration {text}")
    return round(sum(float(number) * UNITS[unit] for number, unit in parts))


def below(pattern, host):
    """Whether a host is the pattern, or stands under it when it is a wildcard."""
    return pattern in ("*", host) or (pattern.startswith("*.") and host.endswith(pattern[1:]) and len(host) > len(pattern) - 1)


def known(given, *keys):
    if set(given) - set(keys):
        raise ValueError(f"unknown members {sorted(set(given) - set(keys))}")


class Istio:
    """`names` are the services of the model; what is made for their versions counts as theirs."""

    def __init__(self, docs, namespace, names):
        self.namespace, self.names = namespace, names
        self.gateways = {doc["metadata"]["name"]: doc["spec"] for doc in docs if doc["kind"] == "Gateway" and doc["apiVersion"].startswith("networking.istio.io")}
        self.services = [doc["spec"] for doc in docs if doc["kind"] == "VirtualService"]

    def lands(self, gateway, request):
        mine = [spec for spec in self.services if gateway in spec.get("gateways", [])]
        offered = {host.split("/", 1)[1] for server in self.gateways.get(gateway, {}).get("servers", []) for host in server["hosts"]
                   if host.split("/", 1)[0] == self.namespace}
        hosts = [(host, spec) for spec in mine for host in spec["hosts"]
                 if below(host, request.host) and any(pattern == host or below(pattern, host) for pattern in offered)]
        if not hosts:
            return None
        host, spec = max(hosts, key=lambda item: (item[0] == request.host, len(item[0])))
        if sum(host in other["hosts"] for other in mine) > 1:
            raise ValueError(f"several VirtualServices for {host}")
        if "tls" in spec:
            known(spec["tls"][0]["match"][0], "port", "sniHosts")
            open_to = {server["port"]["number"] for server in self.gateways[gateway]["servers"] if server["port"]["protocol"] == "TLS"}
            match = spec["tls"][0]["match"][0]
            fits = match["port"] in open_to and any(below(name, request.host) for name in match["sniHosts"])
            return self.outcome(spec["tls"][0], {}, request) if fits else None
        for route in spec.get("http", []):
            for match in route.get("match", [{}]):
                if self.meets(match, request):
                    return self.outcome(route, match, request)
        return None

    def ports(self, gateway):
        """Each open port with what is done there; Envoy's redirect to HTTPS leads to 443."""
        does = {"HTTPS": "ends TLS", "TLS": "passes TLS"}
        return {(server["port"]["number"], "redirects to 443" if server.get("tls", {}).get("httpsRedirect") else does.get(server["port"]["protocol"], "answers"))
                for server in self.gateways.get(gateway, {}).get("servers", [])}

    @staticmethod
    def text_is(term, value):
        known(term, "exact", "prefix", "regex")
        if value is None:
            return False
        if "exact" in term:
            return value == term["exact"]
        if "prefix" in term:
            return value.startswith(term["prefix"])
        return "regex" not in term or re.fullmatch(term["regex"], value) is not None

    def meets(self, match, request):
        known(match, "uri", "method", "headers", "queryParams")
        return ("uri" not in match or self.text_is(match["uri"], request.path)) and ("method" not in match or self.text_is(match["method"], request.method)) and \
            all(self.text_is(term, request.headers.get(name)) for name, term in match.get("headers", {}).items()) and \
            all(self.text_is(term, request.query.get(name)) for name, term in match.get("queryParams", {}).items())

    @staticmethod
    def rewritten(rewrite, match, path):
        if "uriRegexRewrite" in rewrite:
            return re.sub(rewrite["uriRegexRewrite"]["match"], rewrite["uriRegexRewrite"]["rewrite"], path)
        if "uri" not in rewrite:
            return path
        prefix = match.get("uri", {}).get("prefix")
        return rewrite["uri"] if prefix is None else rewrite["uri"] + path[len(prefix):]

    def destination(self, item):
        name, rest = item["host"].split(".", 1)
        if rest != f"{self.namespace}.svc.cluster.local":
            raise ValueError(f"the host {item['host']}")
        return self.service(name), item["port"]["number"]

    def service(self, name):
        return next((name[:-len(end)] for end in ("-stable", "-canary", "-preview", "-primary") if name.endswith(end) and name not in self.names), name)

    def shares(self, route):
        """What each service gets, its versions together."""
        sums = {}
        if "delegate" in route:
            # To the VirtualService that Flagger makes of its Canary, for the first port.
            return frozenset({(route["delegate"]["name"], DELEGATED, 100)})
        for item in route["route"]:
            end = self.destination(item["destination"])
            sums[end] = sums.get(end, 0) + item.get("weight", 100)
        return frozenset((*end, weight) for end, weight in sums.items())

    def outcome(self, route, match, request):
        known(route, "name", "match", "redirect", "directResponse", "rewrite", "route", "timeout", "retries", "fault", "mirrors", "corsPolicy", "headers", "delegate")
        if "redirect" in route:
            given = route["redirect"]
            return ("redirect", given.get("uri"), given.get("authority"), given.get("scheme"), given.get("port"), given.get("redirectCode", 301))
        if "directResponse" in route:
            return ("answer", route["directResponse"]["status"], route["directResponse"].get("body", {}).get("string"))
        rewrite, retries = route.get("rewrite", {}), route.get("retries")
        shares = self.shares(route)
        mirrors = [(*self.destination(item["destination"]), item["percentage"]["value"]) for item in route.get("mirrors", [])]
        tries = retries and (retries["attempts"], milliseconds(retries.get("perTryTimeout")), frozenset(filter(None, retries.get("retryOn", "").split(","))))
        changes = {(side, what, name, value) for side, given in route.get("headers", {}).items() for what in ("set", "add") for name, value in given.get(what, {}).items()}
        changes |= {(side, "remove", name, None) for side, given in route.get("headers", {}).items() for name in given.get("remove", [])}
        return ("to", shares, self.rewritten(rewrite, match, request.path), rewrite.get("authority"), milliseconds(route.get("timeout")), tries,
                mirrors[0] if mirrors else None, frozenset(changes))


class GatewayApi:
    def __init__(self, docs, namespace, names):
        self.namespace, self.names = namespace, names
        self.listeners = {}
        for doc in docs:
            if doc["kind"] == "Gateway" and doc["apiVersion"].startswith("gateway.networking") and doc["spec"]["gatewayClassName"] != "istio-waypoint":
                self.listeners[doc["metadata"]["name"]] = {listener["name"]: listener for listener in doc["spec"]["listeners"]}
        self.routes = [doc for doc in docs if doc["kind"] in ("HTTPRoute", "GRPCRoute", "TLSRoute")]

    def join(self, parent):
        """A Gateway that is not among the manifests, with one listener that every host reaches."""
        if self.listeners:
            raise ValueError(f"there are Gateways beside {parent}")
        self.listeners[parent["name"]] = {parent.get("sectionName"): {"protocol": "HTTP"}}
        for doc in self.routes:
            for given in doc["spec"]["parentRefs"]:
                if given["namespace"] != parent.get("namespace", self.namespace):
                    raise ValueError(f"a route of the Gateway {given}")

    def attached(self, gateway, request):
        """Routes on the one listener that a request means: with TLS where there is any, and of these the most special one.

        The plain ones then only send there. By the name in its TLS a connection gets to one listener, and to the routes of that alone."""
        listeners = self.listeners.get(gateway, {})
        secure = {name for name, listener in listeners.items() if listener["protocol"] != "HTTP"}
        hosts = [listener.get("hostname", "*") for name, listener in listeners.items() if not secure or name in secure]
        meant = max((host for host in hosts if below(host, request.host)), key=lambda host: (host == request.host, len(host)), default=None)
        for doc in self.routes:
            for parent in doc["spec"]["parentRefs"]:
                listener = listeners.get(parent.get("sectionName")) if parent.get("kind") != "Service" and parent["name"] == gateway else None
                if listener is None or (secure and parent["sectionName"] not in secure) or listener.get("hostname", "*") != meant:
                    continue
                for host in doc["spec"].get("hostnames", ["*"]):
                    if below(host, request.host):
                        yield host, doc

    def lands(self, gateway, request):
        found = list(self.attached(gateway, request))
        if not found:
            return None
        best = max((host for host, _ in found), key=lambda host: (host == request.host, len(host)))
        candidates = []
        for host, doc in found:
            if host != best:
                continue
            for number, rule in enumerate(doc["spec"]["rules"]):
                if doc["kind"] == "TLSRoute":
                    return self.outcome(rule, {}, request)
                for match in rule.get("matches", [{}]):
                    rank = (self.http_rank if doc["kind"] == "HTTPRoute" else self.grpc_rank)(match, request)
                    if rank:
                        candidates.append((rank, doc["metadata"]["name"], number, rule, match))
        if not candidates:
            return None
        _, _, _, rule, match = min(candidates, key=lambda item: item[:3])
        return self.outcome(rule, match, request)

    def ports(self, gateway):
        """Each open port with what is done there: one whose only route redirects everything to HTTPS does only that."""
        leads = {}
        for doc in self.routes:
            given = [item["requestRedirect"] for rule in doc["spec"]["rules"] for item in rule.get("filters", []) if item["type"] == "RequestRedirect"]
            if doc["metadata"]["name"] == f"{gateway}-to-https":
                for parent in doc["spec"]["parentRefs"]:
                    leads[parent["sectionName"]] = given[0].get("port", 443)
        result = set()
        for name, listener in self.listeners.get(gateway, {}).items():
            does = {"HTTPS": "ends TLS", "TLS": "passes TLS", "HTTP": "answers"}[listener["protocol"]]
            result.add((listener["port"], f"redirects to {leads[name]}" if name in leads else does))
        return result

    @staticmethod
    def terms_hold(items, given):
        for item in items:
            value = given.get(item["name"])
            if value is None or (re.fullmatch(item["value"], value) is None if item["type"] == "RegularExpression" else value != item["value"]):
                return False
        return True

    def http_rank(self, match, request):
        known(match, "path", "method", "headers", "queryParams")
        path = match.get("path", {"type": "PathPrefix", "value": "/"})
        stem = path["value"].rstrip("/") if path["type"] == "PathPrefix" else path["value"]
        fits = request.path == path["value"] if path["type"] == "Exact" else request.path == (stem or "/") or request.path.startswith(stem + "/")
        if not fits or match.get("method", request.method) != request.method:
            return None
        if not self.terms_hold(match.get("headers", []), request.headers) or not self.terms_hold(match.get("queryParams", []), request.query):
            return None
        return (path["type"] != "Exact", -len(stem), "method" not in match, -len(match.get("headers", [])), -len(match.get("queryParams", [])))

    def grpc_rank(self, match, request):
        known(match, "method", "headers")
        method = match.get("method", {})
        whole = request.path[1:].split("/")
        if "service" in method and whole[0] != method["service"] or "method" in method and whole[1:] != [method["method"]]:
            return None
        if not self.terms_hold(match.get("headers", []), request.headers):
            return None
        return (-len(method.get("service", "")), -len(method.get("method", "")), -len(match.get("headers", [])))

    def outcome(self, rule, match, request):
        known(rule, "matches", "filters", "backendRefs", "timeouts")
        path, authority, mirror, changes = request.path, None, None, set()
        for item in rule.get("filters", []):
            given = next(value for key, value in item.items() if key != "type")
            if item["type"] == "RequestRedirect":
                return ("redirect", given.get("path", {}).get("replaceFullPath"), given.get("hostname"), given.get("scheme"), given.get("port"), given["statusCode"])
            if item["type"] == "URLRewrite":
                authority, replace = given.get("hostname"), given.get("path", {})
                if replace.get("type") == "ReplaceFullPath":
                    path = replace["replaceFullPath"]
                elif replace:
                    path = replace["replacePrefixMatch"].rstrip("/") + path[len(match["path"]["value"].rstrip("/")):] or "/"
            elif item["type"] == "RequestMirror":
                mirror = (given["backendRef"]["name"], given["backendRef"]["port"], given.get("percent", 100))
            elif item["type"] in ("RequestHeaderModifier", "ResponseHeaderModifier"):
                side = "request" if item["type"].startswith("Request") else "response"
                changes |= {(side, what, pair["name"], pair["value"]) for what in ("set", "add") for pair in given.get(what, [])}
                changes |= {(side, "remove", name, None) for name in given.get("remove", [])}
            elif item["type"] != "CORS":
                raise ValueError(f"the filter {item['type']}")
        # One alone gets all, whatever its weight.
        alone = len(rule["backendRefs"]) == 1
        shares = frozenset((item["name"], item["port"], 100 if alone else item["weight"]) for item in rule["backendRefs"])
        return ("to", shares, path, authority, milliseconds(rule.get("timeouts", {}).get("request")), None, mirror, frozenset(changes))
