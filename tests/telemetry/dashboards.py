"""Dashboards as Grafana reads them: their structure, and the queries in them.

The structure is judged here by what Grafana's published schema asks of every dashboard; grafana/ asks the schema's own types.
"""
import json
import re

WIDTH = 24
UNITS = {"reqps", "percentunit", "ms", "s", "short", "bytes"}
VARIABLES = {"$__rate_interval": "5m", "${datasource}": "prometheus"}


def of(docs):
    """(name, dashboard) of each dashboard among manifests, whoever brings it to Grafana."""
    for doc in docs:
        if doc["kind"] == "ConfigMap" and doc["metadata"]["name"].endswith(("-dashboard", "-overview")):
            yield from ((name, json.loads(text)) for name, text in doc["data"].items())
        elif doc["kind"] == "GrafanaDashboard":
            yield doc["metadata"]["name"], json.loads(doc["spec"]["json"])


def expressions(board):
    """All queries, with Grafana's own variables as Grafana would fill them in."""
    found = [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]
    found += [mark["expr"] for mark in board.get("annotations", {}).get("list", [])]
    for name, value in VARIABLES.items():
        found = [expression.replace(name, value) for expression in found]
    return found


def overlap(one, other):
    return (one["x"] < other["x"] + other["w"] and other["x"] < one["x"] + one["w"] and
            one["y"] < other["y"] + other["h"] and other["y"] < one["y"] + one["h"])


def wrong_places(panels):
    places = [panel["gridPos"] for panel in panels]
    for i, place in enumerate(places):
        if set(place) != {"h", "w", "x", "y"} or place["x"] < 0 or place["x"] + place["w"] > WIDTH or place["h"] < 3 or place["w"] < 1:
            yield f"panel {i + 1} stands at {place}"
        if any(overlap(place, other) for other in places[:i]):
            yield f"panel {i + 1} covers another at {place}"


def wrong_panel(panel, variables):
    for key in ("id", "type", "title", "gridPos"):
        if key not in panel:
            yield f"a panel lacks {key}"
    if panel["type"] == "text":
        if panel["options"]["mode"] != "markdown" or not panel["options"]["content"].strip():
            yield f"{panel['title']} says nothing"
        return
    if panel["type"] != "timeseries":
        yield f"{panel['title']} is a {panel['type']}"
    if panel["fieldConfig"]["defaults"]["unit"] not in UNITS:
        yield f"{panel['title']} has the unit {panel['fieldConfig']['defaults']['unit']}"
    steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
    if steps[0]["value"] is not None or any(not isinstance(step["value"], (int, float)) for step in steps[1:]):
        yield f"{panel['title']} has the thresholds {steps}"
    refs = [target["refId"] for target in panel["targets"]]
    if not refs or len(set(refs)) != len(refs) or not all(re.fullmatch("[A-Z]", ref) for ref in refs):
        yield f"{panel['title']} has the queries {refs}"
    for target in panel["targets"]:
        if "@" in target["expr"] + target["legendFormat"] or not target["expr"].strip():
            yield f"{panel['title']} asks {target['expr']!r}"
        used = set(re.findall(r"\$\{?(\w+)", target["expr"] + target["datasource"]["uid"])) - {"__rate_interval"}
        if used - variables:
            yield f"{panel['title']} uses {used - variables}"


def problems(board):
    """What is wrong with a dashboard's structure."""
    found = []
    if not re.fullmatch(r"[a-zA-Z0-9_-]{1,40}", board["uid"]):
        found.append(f"the name in its address is {board['uid']!r}")
    if not isinstance(board["schemaVersion"], int) or not board["title"] or not board["tags"]:
        found.append("schemaVersion, title or tags are missing")
    variables = {variable["name"] for variable in board["templating"]["list"]}
    if not board["panels"]:
        found.append("it has no panels")
    ids = [panel["id"] for panel in board["panels"]]
    if len(set(ids)) != len(ids):
        found.append(f"panels have the ids {ids}")
    found += wrong_places(board["panels"])
    for panel in board["panels"]:
        found += wrong_panel(panel, variables)
    return found
