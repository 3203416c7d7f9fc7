#!/usr/bin/env python3
"""Tests the judges: test_judges.py HYBRIDGEN FOLDER

The judges find nothing in the manifests of the models. Then each manifest is damaged in one way after the other, and they must find each damage.
"""
import copy
import sys
import tempfile
from pathlib import Path

import yaml

HYBRIDGEN, FOLDER = sys.argv[1:3]
sys.path.insert(0, str(Path(__file__).resolve().parent))

import manifests  # It knows where the others are.
import expressions
import files
import judge
from api import of_kind, walk


def first(docs, kind, name=None):
    return next(doc for doc in of_kind(docs, kind) if name in (None, doc["metadata"]["name"]))


def places(docs, test):
    """The mapping and key of each member that a test takes, by (path, value)."""
    for doc in docs:
        for path, item in walk(doc.get("spec") or {}):
            if path and test(path, item):
                holder = doc["spec"]
                for key in path[:-1]:
                    holder = holder[key]
                yield holder, path[-1]


def change(docs, test, value):
    holder, key = next(places(docs, test))
    holder[key] = value(holder[key]) if callable(value) else value


def ends(*path):
    return lambda found, item: found[-len(path):] == path


def twice(docs, kind, *path):
    holder = first(docs, kind)["spec"]
    for key in path:
        holder = holder[key]
    holder.append(copy.deepcopy(holder[0]))


def collector(docs, harm):
    doc = next(doc for doc in of_kind(docs, "ConfigMap") if any(name.endswith("collector.yaml") for name in doc["data"]))
    for name, text in doc["data"].items():
        config = yaml.safe_load(text)
        harm(config)
        doc["data"][name] = yaml.safe_dump(config)


def rules(docs):
    return [rule for doc in of_kind(docs, "PrometheusRule") for group in doc["spec"]["groups"] for rule in group["rules"]]


def in_queries(docs, old, new):
    for rule in rules(docs):
        rule["expr"] = rule["expr"].replace(old, new)


def less(docs, kind):
    docs.remove(first(docs, kind))


def web(docs, name="web"):
    return first(docs, "Deployment", name)["spec"]["template"]


# (model, the member that is damaged, how)
HARMS = [
    ("mesh", "a receiver that nobody is", lambda docs: change(docs, ends("route", "receiver"), "nobody else")),
    ("mesh", "a metric that nobody exports", lambda docs: in_queries(docs, "kube_job_failed", "kube_job_failures") or in_queries(docs, "istio_requests_total", "istio_request_total")),
    ("mesh", "a label that a metric lacks", lambda docs: in_queries(docs, "response_code", "status")),
    ("mesh", "errors of gRPC that never count", lambda docs: in_queries(docs, "grpc_response_status", "response_code")),
    ("mesh", "a status of gRPC that is not counted", lambda docs: in_queries(docs, "|12|", "|")),
    ("mesh", "a version that nobody sees", lambda docs: in_queries(docs, "|-primary", "")),
    ("collector-operator", "a group without rules", lambda docs: first(docs, "PrometheusRule", "web")["spec"]["groups"].append({"name": "none", "rules": []})),
    ("collector-operator", "an object without rules", lambda docs: first(docs, "PrometheusRule", "web").pop("spec")),
    ("collector-operator", "alerts of a service whose alerts are off", lambda docs: docs.append({**first(docs, "PrometheusRule", "web"), "metadata": {"name": "quiet", "namespace": "shop"}})),
    ("mesh", "two rules for one host", lambda docs: docs.append({**copy.deepcopy(first(docs, "DestinationRule")), "metadata": {"name": "more", "namespace": "shop"}})),
    ("mesh", "a host that nobody makes", lambda docs: change(docs, ends("destination", "host"), "nobody.shop.svc.cluster.local")),
    ("mesh", "a subset that no rule has", lambda docs: change(docs, ends("destination", "subset"), "newest")),
    ("mesh", "a delegate that nobody makes", lambda docs: change(docs, ends("delegate", "name"), "nobody")),
    ("mesh", "an expression that RE2 refuses", lambda docs: change(docs, ends("regex"), "*")),
    ("mesh", "a dot that means any letter", lambda docs: change(docs, ends("uriRegexRewrite", "match"), lambda text: text.replace("\\", ""))),
    ("mesh", "a match twice", lambda docs: twice(docs, "VirtualService", "http", 0, "match")),
    ("mesh", "a VirtualService named twice", lambda docs: twice([first(docs, "Rollout", "feeds")], "Rollout", "strategy", "canary", "trafficRouting", "istio", "virtualServices")),
    ("mesh", "a host beside the whole namespace", lambda docs: first(docs, "Sidecar", "porter")["spec"]["egress"][0]["hosts"].append("./prices.shop.svc.cluster.local")),
    ("mesh", "a proxy that ends too early", lambda docs: web(docs)["metadata"]["annotations"].update({"proxy.istio.io/config": "proxyMetadata: {MINIMUM_DRAIN_DURATION: 5s}\n"})),
    ("mesh", "another share of traces", lambda docs: change(docs, ends("randomSamplingPercentage"), 12.25)),
    ("mesh", "Flagger's minutes", lambda docs: change(docs, ends("analysis", "interval"), "90m")),
    ("mesh", "Flagger without ports", lambda docs: change(docs, ends("portDiscovery"), False)),
    ("mesh", "a preview of today's version", lambda docs: [change([doc], ends("destination", "host"), "blue.shop.svc.cluster.local") for doc in of_kind(docs, "VirtualService")
                                                           if "preview.example.com" in doc["spec"]["hosts"]]),
    ("mesh", "a bound of Flagger's that is another", lambda docs: change(of_kind(docs, "Canary"), ends("thresholdRange", "min"), 9)),
    ("gateway-api", "bad for good", lambda docs: change(docs, lambda path, item: path[-1] == "successCondition" and ">=" in item, lambda text: text.replace(">=", "<"))),
    ("gateway-api", "no answer for good", lambda docs: change(docs, ends("successCondition"), lambda text: text.replace("len(result) > 0 &&", "len(result) == 0 ||"))),
    ("mesh", "an autoscaler of nobody", lambda docs: change(docs, ends("scaleTargetRef", "name"), "nobody")),
    ("mesh", "telemetry to nobody", lambda docs: change(docs, lambda path, item: item == "http://shop-collector.shop.svc:4318", "http://collector.shop.svc:4318")),
    ("mesh", "an issuer whom nobody checks", lambda docs: change(docs, ends("notRequestPrincipals"), ["https://elsewhere.example.com/*"])),
    ("mesh", "an entry without addresses", lambda docs: first(docs, "ServiceEntry")["spec"].update(resolution="STATIC", endpoints=[])),
    ("mesh", "an entry for every address", lambda docs: first(docs, "ServiceEntry")["spec"].pop("addresses")),
    ("mesh", "an entry with a range to look up", lambda docs: first(docs, "ServiceEntry")["spec"].update(resolution="DNS", addresses=["192.0.2.0/24"])),
    ("mesh", "a certificate for no gateway", lambda docs: docs.append({"apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": {"name": "more", "namespace": "shop"},
                                                                      "spec": {"secretName": "more", "dnsNames": ["shop.example.com"]}})),
    ("gateway-api", "a certificate for other hosts", lambda docs: docs.append({"apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": {"name": "tls", "namespace": "shop"},
                                                                              "spec": {"secretName": "shop-tls", "dnsNames": ["shop.example.com"]}})),
    ("pods", "a port that no Service has", lambda docs: change(of_kind(docs, "ServiceMonitor"), ends("port"), "metrics-of-nobody")),
    ("collector-operator", "pods that nobody has", lambda docs: first(docs, "PodMonitor", "shop-collector")["spec"]["selector"]["matchLabels"].update({"app.kubernetes.io/instance": "x"})),
    ("collector-operator", "another share of traces by programs", lambda docs: change(docs, ends("sampler", "argument"), "0.5")),
    ("mesh", "a proxy asked elsewhere", lambda docs: docs.append({"apiVersion": "monitoring.coreos.com/v1", "kind": "PodMonitor", "metadata": {"name": "more", "namespace": "shop"},
                                                                 "spec": {"selector": {}, "podMetricsEndpoints": [{"port": "http-envoy-prom"}]}})),
    ("pods", "a collector asked elsewhere", lambda docs: first(docs, "Deployment", "shop-collector")["spec"]["template"]["spec"]["containers"][0].update(
        livenessProbe={"httpGet": {"port": 9}})),
    ("pods", "a backup of everybody", lambda docs: docs.append({"apiVersion": "velero.io/v1", "kind": "Schedule", "metadata": {"name": "shop", "namespace": "velero"},
                                                               "spec": {"schedule": "@daily", "template": {"excludedResources": ["secrets"]}}})),
    ("collector-operator", "an SDK from nobody", lambda docs: less(docs, "Instrumentation")),
    ("gateway-api", "seventeen rules", lambda docs: [first(docs, "HTTPRoute", "shop.example.com")["spec"]["rules"].append({"matches": [{"path": {"value": f"/{i}"}}]}) for i in range(9)]),
    ("gateway-api", "no duration", lambda docs: change(docs, ends("timeouts", "request"), "1.5h")),
    ("gateway-api", "no grant", lambda docs: less(docs, "ReferenceGrant")),
    ("gateway-api", "no such listener", lambda docs: change(of_kind(docs, "HTTPRoute"), ends("sectionName"), "https")),
    ("gateway-api", "no such port to speak TLS with", lambda docs: change(of_kind(docs, "BackendTLSPolicy"), ends("sectionName"), "tls")),
    ("gateway-api", "no such port", lambda docs: change(docs, lambda path, item: path[-3:-2] == ("backendRefs",) and path[-1] == "port", 1)),
    ("pods", "a word of later versions", lambda docs: change(docs, ends("trafficDistribution"), "PreferSameZone")),
    ("pods", "one nodePort in two Services", lambda docs: first(docs, "Service", "open-preview")["spec"]["ports"][0].update(nodePort=30080)),
    ("collector-old", "a variable twice", lambda docs: change(docs, lambda path, item: path[-1:] == ("env",) and any("TENANT" in one["name"] for one in item), lambda env: env + env[-1:])),
    ("pods", "a mount on another", lambda docs: web(docs)["spec"]["containers"][0]["volumeMounts"].append({"mountPath": "/tmp", "name": "scratch"})),
    ("pods", "a device as files", lambda docs: first(docs, "StatefulSet")["spec"]["template"]["spec"]["containers"][0].setdefault("volumeMounts", []).append(
        {"mountPath": "/raw", "name": "raw"})),
    ("pods", "a prefix before the exact path", lambda docs: first(docs, "Ingress")["spec"]["rules"][0]["http"]["paths"].reverse()),
    ("pods", "two dashboards at one address", lambda docs: [doc["data"].update({name: text.replace('"uid": "shop-web"', '"uid": "shop"')}) for doc in of_kind(docs, "ConfigMap")
                                                            for name, text in list(doc["data"].items())]),
    ("pods", "pods before their policies", lambda docs: docs.insert(1, docs.pop(docs.index(first(docs, "Deployment"))))),
    ("collector-old", "a name of later versions", lambda docs: collector(docs, lambda config: config["receivers"].update({"file_log": {}}))),
    ("collector-old", "an exporter in no pipeline", lambda docs: collector(docs, lambda config: config["exporters"].update({"otlp/more": {}}))),
    ("collector-old", "an exporter that gets less", lambda docs: collector([first(docs, "ConfigMap", "shop-collector-config")], lambda config:
                                                                          config["service"]["pipelines"].pop("logs"))),
    ("collector-old", "a processor that is not there", lambda docs: collector(docs, lambda config: config["processors"].pop("batch"))),
    ("collector-operator", "a target of CPU for memory", lambda docs: change(docs, ends("targetMemoryUtilization"), 60)),
]

# Damage to files: (model, path, old text, new text).
FILE_HARMS = [("backups", "backup/backup.yaml", "schedule-name: shop", "schedule-name: stores"), ("backups", "backup/restore.yaml", "scheduleName: shop", "scheduleName: stores"),
              ("backups", "backup/backup.yaml", "ttl: ", "ttl: 1"), ("backups", "backup/restore.yaml", "  - stores", "  - shop"),
              ("pods", "scripts/application.tsv", "port\tweb\thttp\t80", "port\tweb\thttp\t8000"), ("pods", "scripts/application.tsv", "session\texisting", "session\texternal"),
              ("pods", "scripts/application.tsv", "service\tweb\t", "service\tewb\t"), ("pods", "dockerfiles/docker-bake.hcl", "shop/web:1", "shop/web:1@sha256:0"),
              ("pods", "dockerfiles/root/Dockerfile", "FROM", "RUN useradd app\nFROM"), ("pods", "scripts/application.tsv", "manifest\t45-service-web.yaml", "manifest\t45-service.yaml")]

# Expressions that RE2 refuses, and those that it accepts.
REFUSED = ["*", "(a", "a(?=b)", "(?!a)b", "(?<=a)b", r"(a)\1", "a{1001}", "a*+", "[z-a]", r"a\Z"]
TAKEN = [".*", r"a\.b", "(?i)a", "(?P<name>a)", "a{1000}", r"a\z", "(?:a|b)?", r"\(\?=", "[[:alpha:]]+"]


def main():
    failed, made = [], {}
    for name in sorted({name for name, *_ in HARMS + FILE_HARMS}):
        folder = tempfile.TemporaryDirectory()
        made[name] = (*judge.generated(HYBRIDGEN, f"{FOLDER}/{name}.yaml", folder.name), folder)
    for name, what, harm in HARMS:
        value, docs = made[name][0], copy.deepcopy(made[name][1])
        harm(docs)
        if not manifests.problems(value, docs) + list(files.order(value, docs)):
            failed.append(f"{name}: {what} is not seen")
    for name, path, old, new in FILE_HARMS:
        value, docs, folder = made[name]
        file = Path(folder.name, path)
        text = file.read_text()
        file.write_text(text.replace(old, new, 1))
        if old not in text or not files.problems(value, docs, Path(folder.name)):
            failed.append(f"{path}: {new!r} is not seen")
        file.write_text(text)
    failed += [f"RE2 refuses {text!r}" for text in REFUSED if not expressions.fault(text)]
    failed += [f"RE2 takes {text!r}, not: {expressions.fault(text)}" for text in TAKEN if expressions.fault(text)]
    print(*failed, sep="\n")
    print(f"{len(HARMS) + len(FILE_HARMS)} harms, {len(failed)} failures")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
