#!/usr/bin/env python3
"""The judge of routes must see each kind of mistake: test_routing.py HYBRIDGEN MODEL...

What is emitted for each model is right; then it is harmed in one place after the other, and each harm must be told.
"""
import os
import subprocess
import sys

import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import routing


def of_kind(docs, *kinds):
    return [doc for doc in docs if doc["kind"] in kinds]


def rules(doc):
    return doc["spec"].get("http") or doc["spec"].get("rules") or []


def at_gateways(docs):
    """Each rule of a route from outside."""
    for doc in of_kind(docs, "VirtualService", "HTTPRoute", "GRPCRoute"):
        if "gateways" in doc["spec"] or "hostnames" in doc["spec"]:
            yield from rules(doc)


def matches(docs):
    return [match for rule in at_gateways(docs) for match in rule.get("match", rule.get("matches", []))]


def without(holder, keys):
    """Each of the members alone taken away, and put back after a look."""
    for key in [key for key in keys if key in holder]:
        whole = dict(holder)
        del holder[key]
        yield
        holder.clear()
        holder.update(whole)


def less(items):
    """Each element alone taken away."""
    for index in range(len(items)):
        item = items.pop(index)
        yield
        items.insert(index, item)


def changed(holder, key, value):
    old = holder[key]
    holder[key] = value
    yield
    holder[key] = old


def the_general_first(docs):
    for doc in of_kind(docs, "VirtualService"):
        if len(doc["spec"].get("http", [])) > 1:
            yield from changed(doc["spec"], "http", doc["spec"]["http"][::-1])


def one_route_less(docs):
    for doc in of_kind(docs, "VirtualService", "HTTPRoute", "GRPCRoute"):
        if "gateways" in doc["spec"] or "hostnames" in doc["spec"]:
            yield from less(rules(doc))


def prefix_of_text(docs):
    for match in matches(docs):
        prefix = match.get("uri", {}).get("prefix", "/")
        if prefix != "/":
            yield from changed(match["uri"], "prefix", prefix.rstrip("/"))


def other_weight(docs):
    for rule in at_gateways(docs):
        items = rule.get("route", rule.get("backendRefs", []))
        for item in items:
            if "weight" in item and len(items) > 1:
                yield from changed(item, "weight", item["weight"] + 1)


def other_service(docs):
    for rule in at_gateways(docs):
        for item in rule.get("route", rule.get("backendRefs", [])):
            holder, key = (item["destination"]["port"], "number") if "destination" in item else (item, "port")
            yield from changed(holder, key, 1)


def no_rewrite(docs):
    for rule in at_gateways(docs):
        yield from without(rule, ["rewrite"])


def no_filter(docs):
    for rule in at_gateways(docs):
        for index, item in enumerate(rule.get("filters", [])):
            if item["type"] != "CORS":
                rule["filters"].pop(index)
                yield
                rule["filters"].insert(index, item)


def no_term(docs):
    for match in matches(docs):
        yield from without(match, ["method"])
        for key in ("headers", "queryParams"):
            terms = match.get(key, {})
            yield from without(terms, list(terms)) if isinstance(terms, dict) else less(terms)


def no_time(docs):
    for rule in at_gateways(docs):
        yield from without(rule, ["timeout", "timeouts", "retries", "mirrors"])


def other_host(docs):
    for doc in of_kind(docs, "Gateway"):
        listeners = doc["spec"].get("listeners", [])
        for listener in listeners:
            # A listener for every host takes what another one no longer does.
            if listener["protocol"] != "HTTP" and all("hostname" in other for other in listeners if other["port"] == listener["port"]):
                yield from changed(listener, "hostname", "elsewhere.example.org")
        servers = doc["spec"].get("servers")
        if servers:
            yield from changed(doc["spec"], "servers", [{**server, "hosts": [f"other/{host}" for host in server["hosts"]]} for server in servers])


def no_token(docs):
    for doc in of_kind(docs, "AuthorizationPolicy"):
        spec = doc["spec"] or {}
        if spec.get("action") == "DENY":
            yield from less(spec["rules"])


def no_exception(docs):
    for doc in of_kind(docs, "AuthorizationPolicy"):
        spec = doc["spec"] or {}
        for item in [item for rule in spec.get("rules", []) for item in rule.get("to", [])] if spec.get("action") == "DENY" else []:
            yield from without(item["operation"], ["notPaths", "notMethods"])


HARMS = [the_general_first, one_route_less, prefix_of_text, other_weight, other_service, no_rewrite, no_filter, no_term, no_time, other_host, no_token,
         no_exception]


def is_seen(value, docs):
    try:
        return bool(routing.problems(value, docs))
    except (KeyError, ValueError):
        return True


def main():
    hybridgen, paths, failed, used = sys.argv[1], sys.argv[2:], 0, set()
    for path in paths:
        with open(path, encoding="utf-8") as file:
            value = yaml.load(file, Loader=yaml.CSafeLoader)
        text = subprocess.run([hybridgen, "generate", "-q", "-f", path], capture_output=True, check=True).stdout
        docs = [doc for doc in yaml.load_all(text, Loader=yaml.CSafeLoader) if doc]
        for harm in HARMS:
            for number, _ in enumerate(harm(docs), 1):
                used.add(harm)
                if not is_seen(value, docs):
                    print(f"{path}: {harm.__name__} number {number} is not seen")
                    failed += 1
        if routing.problems(value, docs):
            sys.exit(f"{path}: what is right is taken for wrong")
    missing = [harm.__name__ for harm in HARMS if harm not in used]
    if missing:
        print(f"nothing to harm for {missing}")
    sys.exit(bool(failed or missing))


if __name__ == "__main__":
    main()
