#!/usr/bin/env python3
"""Exposes a host's ways in by the dozen: route_rules.py HYBRIDGEN

An HTTPRoute and a GRPCRoute take 16 rules at most (Gateway API: maxItems of spec.rules), so that a host with more has several routes, as few as
possible, called NAME, NAME-2 and so on. Every way in must be there once, and the routes must be full but for the last one.
"""
import json
import math
import subprocess
import sys

import yaml

MOST = 16
PROTOCOLS = {"HTTPRoute": ("http", "/way{}"), "GRPCRoute": ("grpc", "/shop.v1.Service{}")}


def routes(hybridgen, kind, n, more):
    protocol, path = PROTOCOLS[kind]
    service = {"runtime": "cpython", "ports": [{"name": protocol, "port": 9000}],
               "readinessProbe": {"tcpSocket": protocol}, "livenessProbe": {"tcpSocket": protocol},
               "expose": [{"path": path.format(i), **more} for i in range(n)]}
    model = {"name": "shop", "host": "shop.example.com", "imageRegistry": "registry.example.com/shop", "imageTag": "1.0",
             "mesh": {"mode": "sidecar", "routing": "gateway"}, "services": {"web": service}}
    done = subprocess.run([hybridgen, "generate", "-q", "-f", "-"], input=json.dumps(model), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    objects = [one for one in yaml.safe_load_all(done.stdout) if one and one["kind"] == kind and not one["metadata"]["name"].endswith("-to-https")]
    return {one["metadata"]["name"]: one["spec"]["rules"] for one in objects}


def check(hybridgen, kind, n, more, rules_of_one):
    found = routes(hybridgen, kind, n, more)
    ways = MOST // rules_of_one
    name = min(found, key=len)
    names = [name] + [f"{name}-{number}" for number in range(2, math.ceil(n / ways) + 1)]
    assert sorted(found) == sorted(names), f"{n} ways of {rules_of_one}: {sorted(found)}"
    left = n
    for one in names:
        wanted = min(left, ways)
        assert len(found[one]) == wanted * rules_of_one, f"{n} ways of {rules_of_one}: {one} has {len(found[one])} rules"
        left -= wanted
    matches = [json.dumps(match) for rules in found.values() for rule in rules for match in rule["matches"]]
    assert len(matches) == len({*matches}) == n * rules_of_one, f"{n} ways of {rules_of_one}: {len(matches)} matches"


def main():
    for n in (1, 15, 16, 17, 31, 32, 33, 170):
        for kind in PROTOCOLS:
            check(sys.argv[1], kind, n, {}, 1)
    for n in (2, 5, 6, 8, 9):
        check(sys.argv[1], "HTTPRoute", n, {"methods": ["GET", "PUT", "POST"], "rewrite": "/new"}, 3)
    print("every host has as few routes as possible")


if __name__ == "__main__":
    main()
