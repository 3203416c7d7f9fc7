"""Whether the queries of alerts, objectives, dashboards and delivery controllers ask for series that exist.

../telemetry/metrics.json lists what each source exports, with the labels that it gives.
"""
import json
import re
from pathlib import Path

import dashboards
from model import Model
from promtool import groupings, selectors

KNOWN = json.loads((Path(__file__).resolve().parents[1] / "telemetry/metrics.json").read_text())
LABELS = {label for source in KNOWN.values() for label in source["labels"]}
# Suffixes of the objects that a controller creates, or expects, for a service.
ENDINGS = {"argoRollouts": {"canary": ["-stable", "-canary"], "blueGreen": ["-preview"]}, "flagger": {"canary": ["-primary", "-canary"]},
           "plain": {"canary": ["-canary"]}}
# Labels that name a Service or a workload.
NAMING = ("destination_service_name", "destination_canonical_service", "destination_workload", "deployment")


def of_canaries(doc):
    for metric in doc["spec"].get("metrics", doc["spec"].get("analysis", {}).get("metrics", [])):
        query = metric.get("provider", {}).get("prometheus", {}).get("query", metric.get("query"))
        if query:
            yield query


def groups_of(rule):
    return (rule.get("spec") or {}).get("groups") or []


def queries(docs):
    """All queries to Prometheus, as (object, query)."""
    for doc in docs:
        if doc["kind"] == "PrometheusRule":
            yield from ((doc, rule["expr"]) for group in groups_of(doc) for rule in group["rules"])
        elif doc["kind"] in ("AnalysisTemplate", "Canary"):
            yield from ((doc, re.sub(r"\{\{[^}]*\}\}", "x", query)) for query in of_canaries(doc))
        elif doc["kind"] == "MetricTemplate":
            yield doc, re.sub(r"\{\{[^}]*\}\}", "x", doc["spec"]["query"])
    for name, board in dashboards.of(docs):
        yield from (({"kind": "dashboard", "metadata": {"name": name}}, query) for query in dashboards.expressions(board))


def texts(value):
    """All texts of a model. A query that is one of them was written by the user, and is not judged."""
    if isinstance(value, (dict, list)):
        return set().union(*(texts(item) for item in (value.values() if isinstance(value, dict) else value)), set())
    return {" ".join(str(value).split())}


def faults(query):
    """The metrics of a query that no source exports, and the labels that its source does not set."""
    for name, labels in selectors(query):
        source = next((source for source in KNOWN.values() if name in source["metrics"]), None)
        if source is None:
            yield f"nobody exports {name}"
        for label in labels if source else ():
            if label not in source["labels"]:
                yield f"{name} has no label {label}"
    for label in groupings(query):
        if label not in LABELS:
            yield f"nothing has the label {label}"


def unknown(value, docs):
    theirs = texts(value)
    for doc, query in queries(docs):
        if " ".join(query.split()) not in theirs:
            yield from ((doc, words) for words in faults(query))


def versions(value, docs):
    """An expression for the name of a service matches the names of all its versions."""
    for service in Model(value).services:
        given = service.given("delivery") or {}
        ways = ENDINGS.get(given.get("executor"), {})
        endings = next((ways[way] for way in ways if way in given), [])
        for doc in docs:
            if doc["kind"] != "PrometheusRule" or doc["metadata"]["name"] != service.name:
                continue
            for group in groups_of(doc):
                for rule in group["rules"]:
                    for label, text in re.findall(r'(\w+)=~"(%s[^"]*)"' % re.escape(service.name), rule["expr"]):
                        missing = [service.name + ending for ending in ["", *endings] if not re.fullmatch(text, service.name + ending)]
                        if label in NAMING and missing:
                            yield doc, f"{rule.get('alert', rule.get('record'))} does not see {missing}"


def grpc_errors(value, docs):
    """Queries for errors in the mesh's metrics look at grpc_response_status, because a failed gRPC request has the HTTP status 200."""
    services = {service.name: service for service in Model(value).services}
    for doc in docs:
        service = services.get(doc["metadata"]["name"]) if doc["kind"] in ("PrometheusRule", "AnalysisTemplate") else None
        if not service or not any(port["protocol"] == "grpc" for port in service.ports):
            continue
        for _, query in queries([doc]):
            if "istio_requests_total" in query and "response_code" in query and "grpc_response_status" not in query:
                yield doc, f"does not see errors of gRPC: {query[:90]}"


def grpc_statuses(value, docs):
    """Alerts and analyses count the same gRPC statuses: those that OpenTelemetry's conventions call errors of the server."""
    theirs = texts(value)
    for doc, query in queries(docs):
        for pattern in re.findall(r'grpc_response_status=~"([^"]*)"', query):
            if " ".join(query.split()) not in theirs and set(pattern.split("|")) != {"2", "4", "12", "13", "14", "15"}:
                yield doc, f"counts the statuses {pattern} of gRPC as errors"


def without_rules(_, docs):
    """Every PrometheusRule has rules."""
    for doc in docs:
        if doc["kind"] == "PrometheusRule" and not all(group.get("rules") for group in groups_of(doc) or [{}]):
            yield doc, "has no rules, or a group without rules"


def unwanted(value, docs):
    """A service whose alerts are off has no alerts."""
    for service in Model(value).services:
        telemetry = service.value.get("telemetry")
        alerts = telemetry.get("alerts") if isinstance(telemetry, dict) else None
        if alerts in (False, "off") or (isinstance(alerts, dict) and alerts.get("enabled") in (False, "off")):
            yield from ((doc, "the service's alerts are off") for doc in docs if doc["kind"] == "PrometheusRule" and doc["metadata"]["name"] == service.name)


def problems(value, docs):
    return [f"{doc['kind']} {doc['metadata']['name']}: {words}" for check in (unknown, versions, grpc_errors, grpc_statuses, without_rules, unwanted) for doc, words in check(value, docs)]
