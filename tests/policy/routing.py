#!/usr/bin/env python3
"""Proves that requests from outside land where the model says.

routing.py HYBRIDGEN MODEL...                  models in files
routing.py HYBRIDGEN --random N [--from SEED]  random models

The model's answer for a request follows from its documentation: the most special exposure that the request meets. What was emitted is
read as a gateway reads it, be it VirtualServices in their order or HTTPRoutes and GRPCRoutes by their precedence. Both must agree for
every request of a generated set: on the services that get it and their shares, what they see of it, how long it may take, and whether it
needs a token.
"""
import itertools
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import emitted_routes
from authorization import Authorization, Request as Arrival
from emitted_routes import DELEGATED, milliseconds
from model import Model, expanded, is_off, listed

# Texts that expressions of the models take.
TAKEN = {"/img/.*[.]png": "/img/a/b.png", "/v[0-9]+/.*": "/v12/x", "/re/(a|b)": "/re/b", ".*Mobile.*": "x Mobile y", "[a-z]+": "abc", "[0-9]{2}": "42"}
MOST_REQUESTS = 3000


class Request:
    def __init__(self, host, method, path, headers, query):
        self.host, self.method, self.path, self.headers, self.query = host, method, path, headers, query

    def __repr__(self):
        return f"{self.method} {self.host}{self.path} {self.headers} {self.query}"


def covers(pattern, host):
    return pattern in (None, "*") or pattern == host or (pattern.startswith("*.") and host.endswith(pattern[1:]) and len(host) > len(pattern) - 1)


def terms(given, of_header):
    """Name and terms of each header or parameter that is wanted."""
    if isinstance(given, dict):
        return {name: value if isinstance(value, dict) else {} if value is None else {"exact": value} for name, value in given.items()}
    return {item["name"]: {key: item[key] for key in ("exact", "prefix", "regex") if key in item} for item in listed(given, None)}


def meets(wanted, given):
    for name, term in wanted.items():
        value = given.get(name)
        if value is None or term.get("exact", value) != value or not value.startswith(term.get("prefix", "")):
            return False
        if "regex" in term and not re.fullmatch(term["regex"], value):
            return False
    return True


class Exposure:
    """One exposure under one of its hosts, as documented."""

    def __init__(self, model, service, value, number):
        self.model, self.service, self.value, self.number = model, service, value, number
        self.path, self.kind = value.get("path", "/"), value.get("pathType", "Prefix")
        self.stem = self.path.rstrip("/") if self.kind == "Prefix" and self.path.endswith("/") else self.path
        self.methods = listed(value.get("methods"), None)
        self.headers, self.query = terms(value.get("headers"), True), terms(value.get("queryParams"), False)
        own = value if "host" in value or "hosts" in value else model.value
        self.hosts = [None if host == "*" else host for host in listed(own.get("hosts"), None) or [own.get("host")]]

    def takes(self, request):
        if self.kind == "Exact":
            fits = request.path == self.path
        elif self.kind == "RegularExpression":
            fits = re.fullmatch(self.path, request.path) is not None
        else:
            fits = request.path == (self.stem or "/") or request.path.startswith(self.stem + "/")
        return fits and (not self.methods or request.method in self.methods) and meets(self.headers, request.headers) and meets(self.query, request.query)

    def precision(self):
        weigh = {"exact": 3, "prefix": 2, "regex": 1}
        each = list(self.headers.values()) + list(self.query.values())
        return (sum(weigh[key] for term in each for key in term), sum(len(term.get("prefix", "")) for term in each))

    def rank(self):
        """The more special the smaller: by path, then as the Gateway API counts, then by what is said of values."""
        kinds = ["Exact", "RegularExpression", "Prefix"]
        length = len(self.stem) if self.kind == "Prefix" else len(self.path)
        points, lengths = self.precision()
        return (kinds.index(self.kind), -length, not self.methods, -len(self.headers), -len(self.query), -points, -lengths,
                len(self.methods), self.number)

    def version_terms(self):
        """(version, headers that choose it) of each match, where the application's own gateway chooses among Services of the versions."""
        for version in listed(self.service.given("versions"), "name") if self.model.gateway else []:
            for match in listed(version.get("match"), None):
                yield version["name"], terms(match["headers"], True)

    def chosen(self, request):
        """The versions that may get the request, and their shares; none where their Service is asked."""
        versions = listed(self.service.given("versions"), "name") if self.model.gateway else []
        named = [self.value["version"]] if "version" in self.value else [name for name, wanted in self.version_terms() if meets(wanted, request.headers)]
        if versions and named:
            return {named[0]: 100}
        return {version["name"]: version["weight"] for version in versions if "weight" in version}

    def shares(self, request):
        """(service, port of its Service, share of 100) of all who get requests."""
        given = self.value.get("destinations")
        if not given:
            port = self.service.port(self.value.get("port"))
            if chosen := self.chosen(request):
                return frozenset((f"{self.service.name}-{name}", port["service"], share) for name, share in chosen.items())
            delegated = (self.service.given("delivery") or {}).get("executor") == "flagger" and port is self.service.port(None)
            return frozenset({(self.service.name, DELEGATED if delegated else port["service"], 100)})
        each = expanded([{"to": name, **(item if isinstance(item, dict) else {"weight": item})} for name, item in given.items()] if isinstance(given, dict) else given, "to")
        return frozenset((item["to"], self.model.by_name[item["to"]].port(item.get("port"))["service"], item["weight"]) for item in each)

    def seen(self, path):
        rewrite = self.value.get("rewrite")
        uri = rewrite.get("uri") if isinstance(rewrite, dict) else rewrite
        if uri is None:
            return path
        if self.kind != "Prefix":
            return uri
        return uri.rstrip("/") + path[len(self.stem):] or "/"

    def outcome(self, request):
        value = self.value
        if "redirect" in value:
            redirect = value["redirect"] if isinstance(value["redirect"], dict) else {"uri": value["redirect"]}
            return ("redirect", redirect.get("uri"), redirect.get("authority"), redirect.get("scheme"), redirect.get("port"), redirect.get("redirectCode", 301))
        if "directResponse" in value:
            answer = value["directResponse"]
            return ("answer", answer["status"], answer.get("body")) if isinstance(answer, dict) else ("answer", answer, None)
        rewrite, mirror = value.get("rewrite"), value.get("mirror")
        mirror = mirror if isinstance(mirror, dict) or mirror is None else {"to": mirror}
        copy = mirror and (mirror["to"], self.model.by_name[mirror["to"]].port(mirror.get("port"))["service"], mirror.get("percentage", 100))
        return ("to", self.shares(request), self.seen(request.path), rewrite.get("authority") if isinstance(rewrite, dict) else None,
                milliseconds(value.get("timeout")), self.retries(), copy, self.changes())

    def retries(self):
        given = self.value.get("retries")
        if given is None:
            return None
        given = given if isinstance(given, dict) else {"attempts": given}
        attempts = given.get("attempts", 2)
        protocol = self.service.port(self.value.get("port"))["protocol"]
        usual = ["connect-failure", "refused-stream"] + (["unavailable"] if protocol == "grpc" else [])
        conditions = frozenset(str(item) for item in listed(given.get("retryOn"), None) or usual) if attempts else frozenset()
        return (attempts, milliseconds(given.get("perTryTimeout")), conditions)

    def changes(self):
        result = set()
        for key, side in (("requestHeaders", "request"), ("responseHeaders", "response")):
            given = self.value.get(key) or {}
            result |= {(side, what, name, value) for what in ("set", "add") for name, value in (given.get(what) or {}).items()}
            result |= {(side, "remove", name, None) for name in listed(given.get("remove"), None)}
        return frozenset(result)

    def admits(self, path, token):
        """Whether a request with such a token (issuer, claims), or without one, may come in."""
        jwt = self.value.get("jwt")
        if jwt is None:
            return True
        jwt = jwt if isinstance(jwt, dict) else {"issuer": jwt}
        for public in listed(jwt.get("publicPaths"), None):
            if path == public or (public.endswith("*") and path.startswith(public[:-1])):
                return True
        issuers = self.model.issuers
        issuer = issuers[jwt["issuer"] if "issuer" in jwt else next(iter(issuers))]
        if token is None or token[0] != issuer:
            return False
        claims = {name: listed(values["values"] if isinstance(values, dict) else values, None) for name, values in (jwt.get("claims") or {}).items()}
        return all(token[1].get(name) in values for name, values in claims.items())


class Meant:
    """The way in as the model says it."""

    def __init__(self, model):
        self.model = model
        model.by_name = {service.name: service for service in model.services}
        mesh = model.value.get("mesh")
        mesh = mesh if isinstance(mesh, dict) else {"mode": mesh}
        model.issuers = {item["name"]: item["issuer"] for item in listed(mesh.get("jwtIssuers"), "name")}
        self.by_api = mesh.get("routing") == "gateway" or model.gateway is not None
        self.gateways = [{**model.gateway.given, "name": model.gateway.name}] if model.gateway else listed(mesh.get("gateways"), "name") or [{"name": model.name}]
        self.exposures = []
        for service in model.services:
            for value in model.exposed(service):
                self.exposures.append(Exposure(model, service, value, len(self.exposures)))
        self.by_gateway = {gateway["name"]: {} for gateway in self.gateways}
        for exposure in self.exposures:
            for host in exposure.hosts:
                self.by_gateway[self.gateway_of(exposure, host)].setdefault(host, []).append(exposure)

    def gateway_of(self, exposure, host):
        open_to = [gateway for gateway in self.gateways if exposure.value.get("gateway") in (None, gateway["name"])]
        for gateway in open_to:
            if any(pattern == "*" or (host and covers(pattern, host)) for pattern in listed(gateway.get("hosts"), None)):
                return gateway["name"]
        return next(gateway["name"] for gateway in open_to if not gateway.get("hosts"))

    def lands(self, gateway, request):
        """The exposure that a request gets to, or None."""
        hosts = [host for host in self.by_gateway[gateway] if covers(host, request.host)]
        if not hosts:
            return None
        best = max(hosts, key=lambda host: (host == request.host, len(host or "")))
        return min((exposure for exposure in self.by_gateway[gateway][best] if exposure.takes(request)), key=Exposure.rank, default=None)


def values_for(wanted, right):
    result = {}
    for name, term in wanted.items():
        value = term.get("exact") or (term["prefix"] + "z" if "prefix" in term else TAKEN.get(term.get("regex"), "any"))
        result[name] = value if right else value + "~"
    return result


def requests(meant, gateway):
    """Requests on both sides of what every exposure says."""
    exposures = [exposure for group in meant.by_gateway[gateway].values() for exposure in group]
    hosts = {(host or "any.example.net").replace("*", "x") for host in meant.by_gateway[gateway]} | {"nobody.example.net"}
    paths = {"/", "/none", "//"}
    for exposure in exposures:
        stem = TAKEN.get(exposure.path, "/x") if exposure.kind == "RegularExpression" else exposure.stem
        paths |= {stem or "/", stem + "/", stem + "/x", stem + "x", stem.rsplit("/", 1)[0] or "/"}
        jwt = exposure.value.get("jwt")
        for public in listed(jwt.get("publicPaths"), None) if isinstance(jwt, dict) else []:
            paths |= {public.rstrip("*"), public.rstrip("*") + "x"}
    methods = {"GET", "POST"} | {method for exposure in exposures for method in exposure.methods}
    extras = [({}, {})]
    for exposure in exposures:
        extras += [(values_for(wanted, right), {}) for _, wanted in exposure.version_terms() for right in (True, False)]
        if exposure.headers or exposure.query:
            extras += [(values_for(exposure.headers, True), values_for(exposure.query, True)), (values_for(exposure.headers, False), values_for(exposure.query, True)),
                       (values_for(exposure.headers, True), {})]
            headers, query = values_for(exposure.headers, True), values_for(exposure.query, True)
            extras += [({name: value for name, value in headers.items() if name != lacking}, query) for lacking in headers]
            extras += [(headers, {name: value for name, value in query.items() if name != lacking}) for lacking in query]
    extras.append(tuple({name: value for each in extras for name, value in each[k].items()} for k in (0, 1)))
    unique = {(tuple(sorted(headers.items())), tuple(sorted(query.items()))) for headers, query in extras}
    paths = sorted(path for path in paths if path.startswith("/"))
    every = itertools.product(sorted(hosts), sorted(methods), paths, sorted(unique))
    for host, method, path, (headers, query) in itertools.islice(every, MOST_REQUESTS):
        yield Request(host, method, path, dict(headers), dict(query))


def tokens(model):
    """No token; one of each issuer without claims; one with each value of each claim."""
    yield None
    wanted = {}
    for service in model.services:
        for value in model.exposed(service):
            jwt = value.get("jwt")
            for name, values in (jwt.get("claims") or {}).items() if isinstance(jwt, dict) else []:
                wanted.setdefault(name, []).extend(listed(values["values"] if isinstance(values, dict) else values, None))
    for issuer in model.issuers.values():
        yield issuer, {}
        yield issuer, {name: values[0] for name, values in wanted.items()}
        yield issuer, {name: values[-1] for name, values in wanted.items()}


class Tokens:
    """Whether services take requests of the gateway, by the policies that refuse."""

    def __init__(self, model, docs):
        self.model, peer = model, model.platform()["gateway"]
        self.principal = f"{model.mesh.trust_domain}/ns/{peer['namespace']}/sa/{peer['account'] or 'any'}" if peer else None
        refusing = [doc for doc in docs if doc["kind"] == "AuthorizationPolicy" and (doc.get("spec") or {}).get("action") == "DENY"]
        self.authorization = Authorization(refusing, model.mesh.ambient)
        self.labels = {doc["metadata"]["name"]: doc["spec"]["template"]["metadata"]["labels"] for doc in docs
                       if doc["kind"] in ("Deployment", "StatefulSet", "DaemonSet", "Rollout") and "template" in doc["spec"]}

    def admit(self, service, port, method, path, token):
        end = type("End", (), {"namespace": self.model.namespace, "labels": self.labels[service]})()
        ports = self.model.by_name[self.labels[service]["app.kubernetes.io/name"]].ports
        number = next(item["port"] for item in ports if port in (item["service"], DELEGATED))
        return self.authorization.pods_take(end, Arrival(self.principal, number, method, path, token))


def spoken(meant, docs):
    """Ports with which gateways should speak TLS, and do."""
    wanted, got = {}, {}
    for exposure in meant.exposures:
        tls = exposure.value.get("backendTLS")
        if tls is not None:
            tls = tls if isinstance(tls, dict) else {"hostname": tls}
            wanted[exposure.service.name, exposure.service.port(exposure.value.get("port"))["name"]] = tls["hostname"], tls.get("caCertificates")
    for doc in docs:
        if doc["kind"] == "BackendTLSPolicy":
            validation = doc["spec"]["validation"]
            trusted = [ref["name"] for ref in validation.get("caCertificateRefs", [])]
            if bool(trusted) == ("wellKnownCACertificates" in validation):
                yield f"{doc['metadata']['name']} trusts {validation}"
            for ref in doc["spec"]["targetRefs"]:
                got[ref["name"], ref["sectionName"]] = validation["hostname"], trusted[0] if trusted else None
    if wanted != got:
        yield f"gateways should speak TLS as {wanted}, and do as {got}"


def opened(meant, read):
    """Differences between the ports that gateways should open, each with what it does there, and those that they open."""
    for gateway in meant.gateways:
        if not any(meant.by_gateway[gateway["name"]].values()) or (meant.model.gateway and meant.model.gateway.shared):
            continue
        tls = gateway.get("tls")
        tls = tls if isinstance(tls, dict) else {"credentialName": tls} if tls else {}
        passes = tls.get("mode") == "PASSTHROUGH"
        port = gateway.get("port", 443 if tls else 80)
        leads = port != 80 if meant.by_api else port == 443
        redirects = bool(tls) and gateway.get("httpsRedirect", leads and not passes)
        wanted = {(port, "passes TLS" if passes else "ends TLS" if tls else "answers")} | ({(80, f"redirects to {port}")} if redirects else set())
        got = read.ports(gateway["name"])
        if wanted != got:
            yield f"the gateway {gateway['name']} should open {sorted(wanted)}, and opens {sorted(got)}"


def problems(value, docs):
    """Differences between where requests should land and where they do, as text."""
    model = Model(value)
    if not model.gateway and (not model.mesh.on or (value.get("ingress") is not None and not is_off(value["ingress"]))):
        return []
    meant = Meant(model)
    if not meant.exposures:
        return []
    read = (emitted_routes.GatewayApi if meant.by_api else emitted_routes.Istio)(docs, model.namespace, set(model.by_name))
    if model.gateway and model.gateway.shared:
        read.join(model.gateway.parent)
    judge, tried, result = Tokens(model, docs), list(tokens(model)), [*spoken(meant, docs), *opened(meant, read)]
    for gateway in meant.by_gateway:
        for request in requests(meant, gateway):
            exposure, got = meant.lands(gateway, request), read.lands(gateway, request)
            wanted = exposure.outcome(request) if exposure else None
            if wanted != got:
                result.append(f"{request} at {gateway}: {wanted} is meant, {got} comes out")
            elif wanted and wanted[0] == "to":
                for token in tried:
                    for service, port, _ in wanted[1]:
                        admits = judge.admit(service, port, request.method, wanted[2], token)
                        if admits != exposure.admits(request.path, token):
                            result.append(f"{request} with {token} at {gateway}: {service} {'takes' if admits else 'refuses'} it")
    return result


def main():
    import subprocess

    import yaml
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    hybridgen, arguments, failed, count = sys.argv[1], sys.argv[2:], 0, 0
    if arguments[0] == "--random":
        sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "random"))
        import generate
        start = int(arguments[3]) if arguments[2:3] == ["--from"] else 0
        inputs = ((f"seed {seed}", *generate.valid(seed)) for seed in range(start, start + int(arguments[1])))
    else:
        inputs = ((path, yaml.load(open(path, encoding="utf-8"), Loader=yaml.CSafeLoader), None) for path in arguments)
    for name, model, text in inputs:
        run = subprocess.run([hybridgen, "generate", "-q", "-f", "-" if text is not None else name], input=text.encode() if text is not None else None,
                             capture_output=True, check=False)
        if run.returncode:
            found = [f"exit status {run.returncode}: {run.stderr.decode(errors='replace')[:500]}"]
        else:
            docs = [doc for doc in yaml.load_all(run.stdout, Loader=yaml.CSafeLoader) if doc]
            found, docs = generate.plain(model, docs) if text is not None else ([], docs)
            found += problems(model, docs)
        for problem in found[:8]:
            print(f"{name}: {problem}")
        failed += bool(found)
        count += 1
    print(f"{count} models, {failed} with differences")
    sys.exit(failed != 0)


if __name__ == "__main__":
    main()
