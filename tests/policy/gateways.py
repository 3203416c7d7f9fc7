#!/usr/bin/env python3
"""Gateways of every class that the library knows, own ones and shared ones: gateways.py HYBRIDGEN

Their policies are judged as evaluate.py does and their routes as routing.py does, by what model.py says of the projects' proxies. Cilium's
proxy is named by a policy of Cilium's own alone.
"""
import os
import subprocess
import sys

import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import cilium
import evaluate
import routing

EVERYWHERE = ["eg", "envoy", "envoy-gateway", "nginx", "istio", "gke-l7-gxlb", "gke-l7-gxlb-mc", "gke-l7-global-external-managed",
              "gke-l7-global-external-managed-mc", "cilium"]
PLATFORMS = [None, {"namespace": "edge"}, {"podLabels": {"app": "proxy"}}, {"cidrs": ["192.0.2.0/24"]}]


def model_of(gateway, platform=None):
    model = {"name": "shop", "host": "shop.example.com", "imageRegistry": "registry.example.com/shop", "imageTag": "1.0", "podSecurity": "baseline",
             "platform": {"prometheus": False, **({"gateway": platform} if platform else {})}, "gateway": gateway,
             "services": {"web": {"runtime": "cpython", "calls": ["orders"], "expose": "/"},
                          "orders": {"runtime": "condon", "expose": {"path": "/api", "methods": ["GET"], "timeout": "5s"}}}}
    return {key: value for key, value in model.items() if value is not None}


def models():
    """Each with whether Cilium's policies are what lets requests in."""
    for name in EVERYWHERE:
        yield model_of(name), name == "cilium"
        yield model_of({"className": name, "tls": {"issuer": "letsencrypt"}, "port": 8443}), name == "cilium"
    for name in [*EVERYWHERE, "contour"]:
        yield model_of({"className": name, "parentRef": {"name": "public", "namespace": "infra"}}), name == "cilium"
    for platform in PLATFORMS[1:]:
        for name in ("eg", "nginx", "cilium", "internal", None):
            if name:
                yield model_of(name, platform), False
            yield model_of({"className": name, "parentRef": "public"} if name else {"parentRef": "public"}, platform), False


def by_cilium(docs):
    """What each policy of Cilium lets in, by the service whose pods it selects."""
    return {labels["app.kubernetes.io/name"]: points for labels, points in cilium.allowed(docs).values()}


def problems(hybridgen, model, is_entity):
    done = subprocess.run([hybridgen, "generate", "-f", "-"], input=yaml.safe_dump(model), capture_output=True, text=True, check=False)
    if done.returncode:
        return [done.stderr[:600]]
    docs = [doc for doc in yaml.load_all(done.stdout, Loader=yaml.CSafeLoader) if doc]
    wanted = {name: {("from", "entity", "ingress", "TCP", 8000)} for name in model["services"]} if is_entity else {}
    found = by_cilium(docs)
    return [*([f"policies of Cilium let in {found}, not {wanted}"] if found != wanted else []), *evaluate.problems(model, docs), *routing.problems(model, docs)]


def main():
    count = failed = 0
    for model, is_entity in models():
        for problem in problems(sys.argv[1], model, is_entity)[:4]:
            print(f"FAIL gateway: {model['gateway']}, platform: {model['platform']}: {problem}")
            failed += 1
        count += 1
    print(f"{count} models, {failed} differences")
    return failed != 0 or not count


if __name__ == "__main__":
    sys.exit(main())
