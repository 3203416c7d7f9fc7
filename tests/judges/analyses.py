"""Whether controllers judge a new version by the bounds of the model.

A result within the bounds is good, one beyond them is bad, and no result decides nothing.
"""
import re

from api import of_kind
from emitted_routes import milliseconds
from model import Model

NAN = float("nan")


def bounds(analysis):
    """The bounds of each metric, as (least, most) by its name; None where there is no bound."""
    wanted = {name: (item.get("min"), item.get("max")) for name, item in (analysis.get("metrics") or {}).items()}
    if "successRate" in analysis:
        wanted["success-rate"] = float(str(analysis["successRate"]).rstrip("%")), None
    if "latency" in analysis:
        wanted["latency"] = None, milliseconds(analysis["latency"])
    return wanted


def analyses(value):
    for service in Model(value).services:
        given = service.given("delivery") or {}
        for way in ("canary", "blueGreen"):
            analysis = (given.get(way) or {}).get("analysis") if isinstance(given.get(way), dict) else None
            if analysis:
                yield service.name, bounds(analysis)


def holds(condition, result):
    """Whether a condition of Argo Rollouts is true for the result of a query."""
    text = condition.replace("&&", " and ").replace("||", " or ").replace("!isNaN", "not isNaN")
    if re.sub(r"result|isNaN|len|not|and|or|[\[\]()<>=.\d\s-]", "", text):
        raise ValueError(f"the condition {condition}")
    return bool(eval(text, {"__builtins__": {}}, {"result": result, "len": len, "isNaN": lambda number: number != number}))


def rollouts(value, docs):
    templates = {doc["metadata"]["name"]: doc for doc in of_kind(docs, "AnalysisTemplate")}
    for name, wanted in analyses(value):
        doc = templates.get(name)
        names = {metric["name"] for metric in doc["spec"]["metrics"]} if doc else set(wanted)
        if names != set(wanted):
            yield doc, f"judges by {sorted(names)}, not {sorted(wanted)}"
        for metric in doc["spec"]["metrics"] if doc else []:
            least, most = (None if bound is None else float(bound) for bound in wanted.get(metric["name"], (None, None)))
            tried = [number + step for number in (least, most) if number is not None for step in (-0.01, 0, 0.01)]
            for number in tried:
                good = (least is None or number >= least) and (most is None or number <= most)
                if holds(metric["successCondition"], [number]) != good or holds(metric["failureCondition"], [number]) == good:
                    yield doc, f"{metric['name']} takes {number} for {'bad' if good else 'good'}"
            for nothing in ([], [NAN]):
                if holds(metric["successCondition"], nothing) or holds(metric["failureCondition"], nothing):
                    yield doc, f"{metric['name']} judges by {nothing}"


def canaries(value, docs):
    made = {doc["metadata"]["name"]: doc for doc in of_kind(docs, "Canary")}
    for name, wanted in analyses(value):
        for metric in made[name]["spec"]["analysis"].get("metrics", []) if name in made else []:
            given = metric.get("thresholdRange", {})
            got = tuple(None if bound is None else float(bound) for bound in (given.get("min"), given.get("max")))
            if got not in [tuple(None if bound is None else float(bound) for bound in pair) for pair in wanted.values()]:
                yield made[name], f"{metric['name']} is good within {got}"


def problems(value, docs):
    return [f"{doc['kind']} {doc['metadata']['name']}: {words}" for check in (rollouts, canaries) for doc, words in check(value, docs)]
