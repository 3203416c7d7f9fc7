"""How callers treat services in a random mesh: policies for all, for a port, for one caller; and whether they come out as they were given.

add(dice, model) changes a valid model into a valid one; problems(model, docs) says what is wrong, by Istio's own words for it.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "policy"))

from callers import HTTP
from mesh import service_values
from model import Model, Service, expanded, is_off, listed

NAME, INSTANCE = "app.kubernetes.io/name", "app.kubernetes.io/instance"


def load_balancer(dice):
    result = dice.pick(["LEAST_REQUEST", "RANDOM", {"simple": "ROUND_ROBIN", "warmup": "30s"}, {"consistentHash": {"httpHeaderName": "x-user"}},
                        {"consistentHash": {"httpCookie": {"name": "user", "ttl": "0s"}}}, {"consistentHash": {"useSourceIp": True}},
                        {"consistentHash": {"httpQueryParameterName": "id"}}, {"simple": "LEAST_REQUEST"}])
    if isinstance(result, dict) and dice.chance(0.3):
        result["localityLbSetting"] = dice.pick([{"enabled": False}, {"distribute": [{"from": "eu/*", "to": {"eu/a": 60, "eu/b": 40}}]},
                                                  {"distribute": [{"from": "eu/a", "to": {"eu/a": 100}}, {"from": "eu/*", "to": {"eu/*": 100}}]}])
    return result


def pool(dice):
    result = {}
    if dice.chance(0.6):
        tcp = {"maxConnections": dice.number(20, 500), "connectTimeout": dice.pick(["30ms", "1.5s", "1m"]), "idleTimeout": dice.pick(["0s", "1h"]),
               "tcpKeepalive": {"probes": dice.number(1, 9), "time": "10m"}}
        result["tcp"] = dict(dice.some(tcp.items(), 1, 4))
    if not result or dice.chance(0.5):
        http = {"http1MaxPendingRequests": dice.number(1, 100), "http2MaxRequests": dice.number(1, 1000), "maxRequestsPerConnection": dice.number(1, 10),
                "maxRetries": 3, "idleTimeout": "30s", "h2UpgradePolicy": dice.pick(["DEFAULT", "DO_NOT_UPGRADE"])}
        result["http"] = dict(dice.some(http.items(), 1, 4))
    return result


def outlier(dice):
    members = {"consecutive5xxErrors": dice.number(0, 9), "consecutiveGatewayErrors": dice.number(1, 9), "interval": "10s", "baseEjectionTime": "30s",
               "maxEjectionPercent": dice.number(1, 100), "minHealthPercent": dice.number(0, 100)}
    return dict(dice.some(members.items(), 1, 5))


def settings(dice):
    makers = {"loadBalancer": load_balancer, "connectionPool": pool, "outlierDetection": outlier}
    return {key: make(dice) for key, make in dice.some(makers.items(), 1, 3)}


def retries(dice):
    if dice.chance(0.4):
        return dice.number(0, 4)
    result = {"attempts": dice.number(1, 3)}
    if dice.chance(0.5):
        result["perTryTimeout"] = dice.pick(["250ms", "1s"])
    if dice.chance(0.5):
        result["retryOn"] = dice.some(["5xx", "reset", "connect-failure", "refused-stream", "503"], 1, 3)
    return result


def times(dice, value):
    if dice.chance(0.5):
        value["timeout"] = dice.pick(["500ms", "2s", "1m30s"])
    if "timeout" not in value or dice.chance(0.4):
        value["retries"] = retries(dice)


def http_port(service):
    return any(port["protocol"] in HTTP for port in service.ports)


def by_api(model):
    return isinstance(model.get("mesh"), dict) and model["mesh"].get("routing") == "gateway"


def without_requests(value):
    """Settings for a service whose ports have no requests that a proxy sees."""
    pool_, balancer = value.get("connectionPool", {}), value.get("loadBalancer", {})
    if "http" in pool_:
        value["connectionPool"] = {"tcp": pool_.get("tcp", {"maxConnections": 100})}
    if isinstance(balancer, dict) and "consistentHash" in balancer:
        balancer["consistentHash"] = {"useSourceIp": True}
    return value


def of_service(dice, model, service):
    fitting = (lambda value: value) if http_port(service) else without_requests
    value = {}
    if dice.chance(0.8):
        value.update(fitting(settings(dice)))
        if dice.chance(0.3):
            port = dice.pick(service.ports)
            value["portLevelSettings"] = {dice.pick([port["name"], str(port["port"])]): settings(dice)}
    if not by_api(model) and http_port(service) and (not value or dice.chance(0.3)):
        times(dice, value)
    return value or fitting(settings(dice))


def of_calls(dice, model, read, service, value):
    given, changed, treated = expanded(listed(value.get("calls"), None), "to"), False, set()
    for call, (_, callee, port) in zip(given, list(read.each_call(service))):
        if not isinstance(callee, Service) or not dice.chance(0.3):
            continue
        changed = True
        if dice.chance(0.5) and call["to"] not in treated:
            call["trafficPolicy"] = settings(dice)
            treated.add(call["to"])
        if not by_api(model) and port["protocol"] in HTTP and dice.chance(0.6):
            times(dice, call)
    if changed:
        value["calls"] = given


def asked_by_tls(service):
    """Whether gateways begin TLS with it, beside which Istio follows no other rule."""
    return any("backendTLS" in exposure for exposure in listed(service.given("expose"), None) if isinstance(exposure, dict))


def add(dice, model):
    read = Model(model)
    values = service_values(model)
    for service in read.services:
        value = values[service.name]
        if service.ports and not asked_by_tls(service) and (not read.mesh.ambient or (read.mesh.has(service) and not service.headless())) and dice.chance(0.35):
            value["trafficPolicy"] = of_service(dice, model, service)
        if not read.mesh.ambient and read.mesh.has(service) and dice.chance(0.6):
            of_calls(dice, model, read, service, value)
    return model


# What must come out.

def wanted_settings(given):
    """A policy in Istio's long form."""
    result = {}
    if "loadBalancer" in given:
        balancer = given["loadBalancer"]
        balancer = dict(balancer) if isinstance(balancer, dict) else {"simple": balancer}
        if isinstance(balancer.get("warmup"), str):
            balancer["warmup"] = {"duration": balancer["warmup"]}
        result["loadBalancer"] = balancer
    for key in ("connectionPool", "outlierDetection"):
        if key in given:
            result[key] = given[key]
    return result


def lacks(got, wanted, where=""):
    """Where `got` does not have what is wanted; it may have more."""
    if isinstance(wanted, dict):
        if not isinstance(got, dict):
            yield f"{where} is {got!r}"
            return
        for key, item in wanted.items():
            if key == "warmup" and "warmupDurationSecs" in got:
                item, key = item["duration"], "warmupDurationSecs"
            yield from lacks(got.get(key), item, f"{where}.{key}")
    elif got != wanted:
        yield f"{where} is {got!r}, not {wanted!r}"


class Judge:
    def __init__(self, model, docs):
        self.model, self.found = Model(model), []
        self.rules = {doc["metadata"]["name"]: doc["spec"] for doc in docs if doc["kind"] == "DestinationRule"}
        self.routes = {doc["spec"]["hosts"][0]: doc["spec"] for doc in docs if doc["kind"] == "VirtualService" and "gateways" not in doc["spec"] and
                       doc["spec"].get("hosts")}
        self.unseen = set(self.rules)

    def host(self, service, suffix=""):
        return f"{service.name}{suffix}.{self.model.namespace}.svc.cluster.local"

    def versions(self, service, others):
        """What the hosts end with to which requests go; with `others`, where somebody else makes the rules for all callers."""
        given = service.given("delivery") or {}
        if given.get("executor") == "flagger":
            return ["-primary", "-canary"] if others else []
        split = given.get("executor") == "argoRollouts" and "canary" in given and self.model.mesh.has(service) and \
            any(port["protocol"] not in ("udp", "tls", "https") for port in service.ports)
        return ["-stable", "-canary"] if split else [""]

    def rule(self, name, host, caller):
        rule = self.rules.get(name)
        if not rule:
            self.found.append(f"there is no DestinationRule {name}")
            return {}
        self.unseen.discard(name)
        selector = {"matchLabels": {NAME: caller.name, INSTANCE: self.model.name}} if caller else None
        if rule["host"] != host or rule.get("workloadSelector") != selector:
            self.found.append(f"DestinationRule {name} is for {rule['host']} and {rule.get('workloadSelector')}")
        return rule.get("trafficPolicy", {})

    def at_port(self, policy, port):
        return next((item for item in policy.get("portLevelSettings", []) if item["port"]["number"] == port["service"]), {})

    def service(self, service):
        given = service.given("trafficPolicy")
        wanted = wanted_settings(given or {})
        if (service.given("delivery") or {}).get("executor") == "plain":
            self.unseen.discard(service.name)
        if not given or not (wanted or given.get("portLevelSettings")):
            return
        for suffix in self.versions(service, False):
            name = service.name + suffix
            got = self.rule(name, self.host(service, suffix), None)
            self.found += [f"DestinationRule {name}{words}" for words in lacks(got, wanted)]
            for ref, own in (given.get("portLevelSettings") or {}).items():
                self.found += [f"DestinationRule {name}, port {ref}{words}" for words in lacks(self.at_port(got, service.port(ref)), wanted_settings(own))]

    def call(self, caller, call, callee, port):
        wanted = wanted_settings(call.get("trafficPolicy") or {})
        for suffix in self.versions(callee, True) if wanted else []:
            name = f"{callee.name}{suffix}-from-{caller.name}"
            got = self.rule(name, self.host(callee, suffix), caller)
            got = got if len(callee.ports) == 1 else self.at_port(got, port)
            self.found += [f"DestinationRule {name}{words}" for words in lacks(got, wanted)]
        if "timeout" in call or "retries" in call:
            routes = self.routes.get(self.host(callee), {}).get("http", [])
            mine = [route for route in routes if any(match.get("sourceLabels", {}).get(NAME) == caller.name and match.get("port", port["service"]) == port["service"]
                                                     for match in route.get("match", []))]
            self.way(f"from {caller.name} to {callee.name}", mine, call, callee.given("trafficPolicy") or {})

    def way(self, who, routes, given, others):
        if len(routes) != 1:
            self.found.append(f"{who}: {len(routes)} routes")
            return
        timeout, tries = given.get("timeout", others.get("timeout")), given.get("retries", others.get("retries"))
        tries = tries if isinstance(tries, dict) or tries is None else {"attempts": tries}
        if routes[0].get("timeout") != timeout:
            self.found.append(f"{who}: timeout {routes[0].get('timeout')}, not {timeout}")
        wanted = tries and {key: value for key, value in tries.items() if key != "retryOn"}
        self.found += [f"{who}: retries{words}" for words in lacks(routes[0].get("retries"), wanted)] if tries else []
        if tries and "retryOn" in tries and routes[0].get("retries", {}).get("retryOn") != ",".join(str(item) for item in tries["retryOn"]):
            self.found.append(f"{who}: retries on {routes[0].get('retries')}")

    def all_callers(self, service):
        given = service.given("trafficPolicy") or {}
        if not ("timeout" in given or "retries" in given):
            return
        for port in service.ports:
            if port["protocol"] in HTTP:
                routes = [route for route in self.routes.get(self.host(service), {}).get("http", [])
                          if all("sourceLabels" not in match and match.get("port", port["service"]) == port["service"] for match in route.get("match", [{}]))]
                self.way(f"to {service.name}:{port['name']}", routes, given, {})


def problems(model, docs):
    if not Model(model).mesh.on:
        return []
    judge = Judge(model, docs)
    for service in judge.model.services:
        judge.service(service)
        if not by_api(model):
            judge.all_callers(service)
        for call, callee, port in judge.model.each_call(service):
            if isinstance(callee, Service):
                judge.call(service, call, callee, port)
    # Rules of externals are looked at by nobody here.
    outside = {item["name"] for item in listed(model.get("externals"), "name") if item.get("trafficPolicy") or item.get("tls")}
    return judge.found + [f"DestinationRule {name} is not in the model" for name in judge.unseen if name not in outside]
