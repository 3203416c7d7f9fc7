#!/usr/bin/env python3
"""Bookinfo's published routing, said again in our words, must decide alike: routes.py HYBRIDGEN

For each file of Bookinfo that chooses versions, ROUTING says the same in a model. What hybridgen makes of the model, for Istio and for the
Gateway API, and what Bookinfo publishes are read by one judge, which knows neither. For each request it tells which pods answer, by
their label `version`, and with which share; both must say the same. Without the manifests the test is skipped, as the others of peers.
"""
import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

SKIPPED = 77
PORT = 9080
SERVICES = ("productpage", "reviews", "ratings", "details")
JASON = {"v2": {"match": [{"user": "jason"}]}}
ALL_V1 = {service: {"v1": {"weight": 100}} for service in SERVICES}

# By file of samples/bookinfo: for each service that it routes, what its versions say. What is not there is said by nobody.
ROUTING = {
    "networking/virtual-service-all-v1.yaml": ALL_V1,
    "networking/virtual-service-details-v2.yaml": {"details": {"v2": {"weight": 100}}},
    "networking/virtual-service-ratings-db.yaml": {"reviews": {"v3": {"weight": 100}}, "ratings": {"v2": {"weight": 100}}},
    "networking/virtual-service-ratings-mysql.yaml": {"reviews": {"v3": {"weight": 100}}, "ratings": {"v2-mysql": {"weight": 100}}},
    "networking/virtual-service-ratings-mysql-vm.yaml": {"reviews": {"v3": {"weight": 100}}, "ratings": {"v2-mysql-vm": {"weight": 100}}},
    "networking/virtual-service-reviews-50-v3.yaml": {"reviews": {"v1": {"weight": 50}, "v3": {"weight": 50}}},
    "networking/virtual-service-reviews-80-20.yaml": {"reviews": {"v1": {"weight": 80}, "v2": {"weight": 20}}},
    "networking/virtual-service-reviews-90-10.yaml": {"reviews": {"v1": {"weight": 90}, "v2": {"weight": 10}}},
    "networking/virtual-service-reviews-jason-v2-v3.yaml": {"reviews": {**JASON, "v3": {"weight": 100}}},
    "networking/virtual-service-reviews-test-v2.yaml": {"reviews": {**JASON, "v1": {"weight": 100}}},
    "networking/virtual-service-reviews-v2-v3.yaml": {"reviews": {"v2": {"weight": 50}, "v3": {"weight": 50}}},
    "networking/virtual-service-reviews-v3.yaml": {"reviews": {"v3": {"weight": 100}}},
    "gateway-api/route-all-v1.yaml": ALL_V1,
    "gateway-api/route-reviews-50-v3.yaml": {"reviews": {"v1": {"weight": 50}, "v3": {"weight": 50}}},
    "gateway-api/route-reviews-90-10.yaml": {"reviews": {"v1": {"weight": 90}, "v2": {"weight": 10}}},
    "gateway-api/route-reviews-v1.yaml": {"reviews": {"v1": {"weight": 100}}},
    "gateway-api/route-reviews-v3.yaml": {"reviews": {"v3": {"weight": 100}}},
}
# A fault for the calls of one service by another has no word in a model; one for requests from outside has.
UNSAID = {"networking/fault-injection-details-v1.yaml", "networking/virtual-service-ratings-test-abort.yaml", "networking/virtual-service-ratings-test-delay.yaml"}


def short(host):
    return host.split(".")[0]


def is_met(terms, headers):
    """Whether all of (kind, name, value) hold."""
    for kind, name, value in terms:
        given = headers.get(name)
        if given is None or {"exact": given == value, "prefix": given.startswith(value), "regex": bool(re.fullmatch(value, given))}[kind] is False:
            return False
    return True


class Judge:
    """Who answers a request to a service, by VirtualServices with DestinationRules, or by HTTPRoutes with Services."""

    def __init__(self, docs):
        self.docs = [doc for doc in docs if doc]

    def of_kind(self, kind):
        return [doc["spec"] for doc in self.docs if doc["kind"] == kind]

    def version_of_subset(self, service, subset):
        for rule in self.of_kind("DestinationRule"):
            for each in rule.get("subsets", []) if short(rule["host"]) == service else []:
                if each["name"] == subset:
                    return each["labels"]["version"]
        raise ValueError(f"{service} has no subset {subset}")

    def version_of_service(self, name):
        selectors = [doc["spec"]["selector"] for doc in self.docs if doc["kind"] == "Service" and doc["metadata"]["name"] == name]
        return selectors[0].get("version", "any")

    def istio(self, service, headers):
        """The shares, or None where nobody says anything of the service."""
        for spec in self.of_kind("VirtualService"):
            if spec.get("gateways") or service not in map(short, spec["hosts"]):
                continue
            for route in spec["http"]:
                if any(is_met([(kind, name, value) for name, term in match.get("headers", {}).items() for kind, value in term.items()], headers)
                       for match in route.get("match", [{}])):
                    assert not route.keys() & {"fault", "rewrite", "redirect", "delegate"}, route
                    each = [(self.version_of_subset(service, item["destination"]["subset"]), item.get("weight", 100)) for item in route["route"]]
                    return {version: weight for version, weight in each if weight}
        return None

    def gateway_api(self, service, headers):
        rules = [rule for spec in self.of_kind("HTTPRoute") if any(parent.get("kind") == "Service" and parent["name"] == service for parent in spec["parentRefs"])
                 for rule in spec["rules"]]
        kinds = {"Exact": "exact", "RegularExpression": "regex"}
        met = []
        for number, rule in enumerate(rules):
            for match in rule.get("matches", [{}]):
                terms = [(kinds[term.get("type", "Exact")], term["name"], term["value"]) for term in match.get("headers", [])]
                if is_met(terms, headers):
                    met.append((-len(terms), number, rule))
        if not met:
            return None
        backends = min(met, key=lambda item: item[:2])[2]["backendRefs"]
        whole = sum(backend.get("weight", 1) for backend in backends)
        return {self.version_of_service(backend["name"]): backend.get("weight", 1) * 100 / whole for backend in backends if backend.get("weight", 1)}

    def decide(self, service, headers):
        found = self.istio(service, headers)
        return found if found is not None else self.gateway_api(service, headers)


def model_of(routing, api):
    versions = {service: {name: dict(routing.get(service, {}).get(name, {})) for name in ("v1", "v2", "v3", "v2-mysql", "v2-mysql-vm")} for service in SERVICES}
    return {"name": "bookinfo", "mesh": {"mode": "sidecar", "routing": api}, "services": {
        service: {"image": f"docker.io/istio/examples-bookinfo-{service}-v1:1.20.3", "port": PORT, "replicas": 2, "versions": versions[service],
                  "calls": [other for other in SERVICES[number + 1:]]} for number, service in enumerate(SERVICES)}}


def ours(hybridgen, routing, api):
    done = subprocess.run([hybridgen, "generate", "-q", "-f", "-", "-o", "-"], input=yaml.safe_dump(model_of(routing, api)), capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise ValueError(done.stderr)
    return list(yaml.load_all(done.stdout, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def requests():
    users = [{}, {"end-user": "jason"}, {"end-user": "jasonx"}, {"end-user": "Jason"}]
    return [{**user, **other} for user, other in itertools.product(users, [{}, {"cookie": "user=jason"}])]


def compare(name, theirs, mine, routing):
    """The differences, and how many requests were decided."""
    faults, n = [], 0
    for service, headers in itertools.product(routing, requests()):
        wanted, got = theirs.decide(service, headers), mine.decide(service, headers)
        n += 1
        if wanted is None or wanted != got:
            faults.append(f"{name}: {service} {headers}: {wanted} is published, {got} is ours")
    return faults, n


def check_judge():
    """A judge that sees no mistake is none: each of these differs from what is published."""
    rule = {"kind": "DestinationRule", "spec": {"host": "reviews", "subsets": [{"name": name, "labels": {"version": name}} for name in ("v1", "v2")]}}
    route = lambda subset, **match: {**match, "route": [{"destination": {"host": "reviews", "subset": subset}}]}
    by_user = lambda user: {"match": [{"headers": {"end-user": {"exact": user}}}]}
    service = lambda *http: Judge([rule, {"kind": "VirtualService", "spec": {"hosts": ["reviews"], "http": list(http)}}])
    right = service(route("v2", **by_user("jason")), route("v1"))
    assert compare("", right, right, ["reviews"])[0] == []
    for wrong in (service(route("v1"), route("v2", **by_user("jason"))), service(route("v2", **by_user("jasonx")), route("v1")), service(route("v1")),
                  service(route("v2", **by_user("jason")))):
        assert compare("", right, wrong, ["reviews"])[0]


def main():
    check_judge()
    peers = os.environ.get("HYBRIDDEPLOY_PEERS")
    folder = Path(peers or "") / "bookinfo" / "samples" / "bookinfo"
    if not peers or not folder.is_dir():
        print("skipped: HYBRIDDEPLOY_PEERS names no folder with Bookinfo's manifests")
        return SKIPPED
    published = {f"{path.parent.name}/{path.name}" for path in [*folder.glob("networking/virtual-service-*"), *folder.glob("networking/fault-*"), *folder.glob("gateway-api/route-*")]}
    faults = [f"{name} is published, and nothing is said of it" for name in sorted(published - ROUTING.keys() - UNSAID)]
    rules = list(yaml.safe_load_all((folder / "networking/destination-rule-all.yaml").read_text()))
    versions = [doc for path in folder.glob("platform/kube/bookinfo-versions.yaml") for doc in yaml.safe_load_all(path.read_text())]
    decided = 0
    for name, routing in ROUTING.items():
        theirs = Judge([*rules, *versions, *yaml.safe_load_all((folder / name).read_text())])
        for api in ("istio", "gateway"):
            more, n = compare(f"{name} by {api}", theirs, Judge(ours(sys.argv[1], routing, api)), routing)
            faults += more
            decided += n
    print("\n".join(faults))
    print(f"{len(ROUTING)} files, {len(UNSAID)} that a model cannot say, {decided} requests, {len(faults)} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
