"""Puts alerts, objectives and dashboards into a random model, and says which rules must come of it.

add(dice, model) changes a valid model into a valid one with telemetry. problems(model, docs) reads the model as its documentation says.
"""
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "policy"))

from model import Model, is_off, listed

SERVING = ("Deployment", "StatefulSet", "DaemonSet")
RUNNING_TO_END = ("Job", "CronJob")
NAMES = {"availability": "ServiceAvailabilityLow", "responseTime": "ServiceResponseTimeHigh", "errorRate": "ServiceErrorRateHigh",
         "resourceUse": "ServiceResourceUseHigh", "crashLoop": "ServiceCrashLooping", "unavailableReplicas": "ServiceReplicasUnavailable",
         "autoscalerAtMax": "ServiceAutoscalerAtMaximum", "cpuThrottling": "ServiceCpuThrottled", "jobFailed": "JobFailed"}
OF_REQUESTS = ("availability", "responseTime", "errorRate")
# Figures that an alert may have: percentages as (text, number in expressions), times likewise.
PERCENT = {"availability": [("99.5%", "0.995"), ("99", "0.99"), ("100%", "1")], "errorRate": [("1%", "0.01"), ("0.05%", "0.0005"), ("0", "0")],
           "resourceUse": [("90%", "0.9"), ("75", "0.75")], "cpuThrottling": [("50%", "0.5"), ("12.5%", "0.125")]}
TIMES = [("250ms", 250), ("1s", 1000), ("1s500ms", 1500)]
KINDS = {"availability": SERVING, "responseTime": SERVING, "errorRate": SERVING, "crashLoop": SERVING, "unavailableReplicas": SERVING,
         "autoscalerAtMax": ("Deployment", "StatefulSet"), "jobFailed": RUNNING_TO_END}
HTTP = ("http", "http2", "grpc", "grpc-web", "websocket", "ws")


def figures(dice, key):
    alert = {}
    if key in PERCENT and dice.chance(0.6):
        alert["threshold"] = dice.pick(PERCENT[key])[0]
    if key == "responseTime" and dice.chance(0.6):
        alert["threshold"] = dice.pick(TIMES)[0]
    if key in PERCENT or key == "responseTime":
        if dice.chance(0.3):
            alert["window"] = dice.pick(["2m", "10m", "1h"])
    if dice.chance(0.3):
        alert["for"] = dice.pick(["0s", "1m", "20m"])
    if dice.chance(0.3):
        alert["severity"] = dice.pick(["critical", "warning", "info"])
    return alert or dice.pick([True, {}])


def alert_set(dice, keys):
    return {key: False if dice.chance(0.4) else figures(dice, key) for key in dice.some(keys, 0, 4)}


def routing(dice, model):
    """Receivers of every type, each of them used."""
    secrets = {"pager": "routing-key", "chat": "url", "mail": "password"}
    all_of_them = {"chat": {"type": "slack", "secret": "alerting", "key": "url", "channel": "#ops"},
                   "pager": {"type": "pagerduty", "secret": "alerting", "key": "routing-key"},
                   "mail": {"type": "email", "to": "a@example.com", "from": "b@example.com", "smarthost": "mail.example.com:587"},
                   "hook": {"type": "webhook", "url": "https://example.com/hook"}}
    receivers = {name: all_of_them[name] for name in dice.some(all_of_them, 1, 4)}
    if dice.chance(0.4) and "mail" in receivers:
        receivers["mail"].update({"username": "b", "secret": "alerting", "key": "password"})
    result = {"receivers": receivers}
    for name, member in zip(receivers, ["receiver", "critical", "warning", "watchdog"]):
        result[member] = name
    if dice.chance(0.3):
        result["groupBy"] = dice.pick([["alertname"], ["service", "severity"]])
    if dice.chance(0.3):
        result.update({"groupWait": "10s", "groupInterval": "2m", "repeatInterval": "12h"})
    if any("secret" in receiver for receiver in receivers.values()):
        model.setdefault("secrets", {})["alerting"] = {"existing": True, "keys": sorted(secrets.values())}
    return result


def add(dice, model):
    telemetry = {"sources": {}, "alerts": {}, "dashboards": {}}
    sources, alerts, dashboards = telemetry["sources"], telemetry["alerts"], telemetry["dashboards"]
    for key in ("kubeStateMetrics", "cadvisor"):
        if dice.chance(0.15):
            sources[key] = False
    if dice.chance(0.2):
        sources["certManager"] = True
    keys = [key for key in NAMES if not (sources.get("kubeStateMetrics") is False and key not in OF_REQUESTS)
            and not (sources.get("cadvisor") is False and key in ("resourceUse", "cpuThrottling"))]
    if dice.chance(0.5):
        alerts.update(alert_set(dice, keys))
    if dice.chance(0.3):
        alerts["interval"] = dice.pick(["15s", "1m"])
    if dice.chance(0.3):
        alerts["runbookUrl"] = "https://runbooks.example.com/a?b=c"
    if dice.chance(0.3):
        alerts["labels"] = {"team": dice.line(), "tier": "gold"}
    if dice.chance(0.2):
        alerts["watchdog"] = False
    if dice.chance(0.3):
        alerts["routing"] = routing(dice, model)
    if dice.chance(0.3):
        dashboards.update({"form": dice.pick(["configMap", "grafana"]), "refresh": "1m", "folder": dice.line() or "x"})
    # The collector is the application's own, and somebody asks for its metrics.
    platform = model.get("platform", {})
    platform.pop("collector", None)
    if is_off(platform.get("prometheus")):
        platform["prometheus"] = {"mesh": True} if "mesh" in model else True
    services = model["services"] if isinstance(model["services"], dict) else {service["name"]: service for service in model["services"]}
    # The collector is not what is looked at here.
    for value in [*services.values(), *(model.get("runtimes") or {}).values()]:
        if isinstance(value, dict):
            value.pop("telemetry", None)
    slos = {}
    for service in Model(model).services:
        value = services[service.name] if services[service.name] is not None else services.setdefault(service.name, {})
        if value is None:
            value = services[service.name] = {}
        # An alert that somebody asks for is one that the service can have.
        keys_of_it = [key for key in ("crashLoop", "unavailableReplicas", "jobFailed") if service.kind in KINDS[key] and key in keys]
        if dice.chance(0.3):
            value["telemetry"] = {"alerts": dice.pick([False, {**alert_set(dice, keys_of_it), "labels": {"team": "own"}}])}
        own = value.get("telemetry", {}).get("alerts")
        if service.serving and any(port["protocol"] in HTTP for port in service.ports) and own is not False and dice.chance(0.3) and \
                "mesh" not in model:
            slos[f"s-{len(slos)}"] = {"service": service.name, "objective": dice.pick(["99.9%", "99", "95.5%", "90%"]),
                                      **({"latency": "250ms"} if dice.chance(0.4) else {}), **({"window": "14d"} if dice.chance(0.3) else {})}
    if slos:
        telemetry["slos"] = slos
    model["telemetry"] = {key: value for key, value in telemetry.items() if value} or True
    return model


def given(alerts, key):
    """An alert as a mapping, None where nothing is said, False where it is off."""
    value = (alerts if isinstance(alerts, dict) else {}).get(key)
    if value is False or isinstance(value, dict) and value.get("enabled") is False:
        return False
    return value if isinstance(value, dict) else {} if value is True else None


class Wanted:
    """What documentation says of the alerts of a model."""

    def __init__(self, value):
        self.value, self.model = value, Model(value)
        self.telemetry = value["telemetry"] if isinstance(value["telemetry"], dict) else {}
        self.sources, self.alerts = self.telemetry.get("sources", {}), self.telemetry.get("alerts", {})

    def off(self, service):
        own = service.value.get("telemetry")
        return own is False or isinstance(own, dict) and own.get("alerts") is False

    def figure(self, service, key, member):
        own = given((service.value.get("telemetry") or {}).get("alerts"), key)
        common = given(self.alerts, key)
        return (own or {}).get(member, (common or {}).get(member))

    def is_on(self, service, key):
        own, common = given((service.value.get("telemetry") or {}).get("alerts"), key), given(self.alerts, key)
        return own is not False if own is not None else common is not False

    def can_be(self, service, key):
        """Whether metrics and workload allow it, as far as that is clear without a look at limits or the mesh."""
        if service.kind not in KINDS.get(key, SERVING + RUNNING_TO_END):
            return False
        if key in ("crashLoop", "unavailableReplicas", "jobFailed"):
            return self.sources.get("kubeStateMetrics") is not False
        if key == "autoscalerAtMax":
            return self.sources.get("kubeStateMetrics") is not False and service.autoscaled()
        return None


def check_rules(wanted, docs, say):
    rules = {doc["metadata"]["name"]: [rule for group in doc["spec"]["groups"] for rule in group["rules"]]
             for doc in docs if doc["kind"] == "PrometheusRule"}
    for service in wanted.model.services:
        found = {}
        for rule in rules.get(service.name, []):
            found.setdefault(rule.get("alert"), []).append(rule)
        if wanted.off(service):
            if found:
                say(f"{service.name} has alerts, which are off")
            continue
        for key, name in NAMES.items():
            possible, on = wanted.can_be(service, key), wanted.is_on(service, key)
            if name in found and not (on and possible is not False):
                say(f"{service.name} has {name}")
            if on and possible and name not in found:
                say(f"{service.name} lacks {name}")
            for rule in found.get(name, []):
                check_figures(wanted, service, key, rule, say)


def check_figures(wanted, service, key, rule, say):
    threshold, hold, severity = (wanted.figure(service, key, member) for member in ("threshold", "for", "severity"))
    if key in PERCENT and threshold is not None:
        number = dict(PERCENT[key])[str(threshold)]
        if not rule["expr"].endswith(f" {number}"):
            say(f"{service.name}: {key} is compared with {rule['expr'][-20:]}, not {number}")
    if key == "responseTime" and threshold is not None:
        number = float(rule["expr"].rpartition(" ")[2])
        if number * (1000 if "_seconds_" in rule["expr"] else 1) != dict(TIMES)[threshold]:
            say(f"{service.name}: {key} is compared with {number}")
    if hold is not None and rule.get("for", "0s") != hold:
        say(f"{service.name}: {key} holds for {rule.get('for')}, not {hold}")
    if severity is not None and rule["labels"]["severity"] != severity:
        say(f"{service.name}: {key} is {rule['labels']['severity']}")
    window = wanted.figure(service, key, "window")
    if window is not None and key in OF_REQUESTS and f"[{window}]" not in rule["expr"]:
        say(f"{service.name}: {key} does not look at {window}")
    labels = {**(wanted.alerts.get("labels") or {}), **(((service.value.get("telemetry") or {}).get("alerts") or {}).get("labels") or {})}
    labels.update({"namespace": wanted.model.namespace, "application": wanted.model.name, "service": service.name})
    if any(rule["labels"].get(name) != value for name, value in labels.items()):
        say(f"{service.name}: {key} has the labels {rule['labels']}")
    url = wanted.alerts.get("runbookUrl")
    if rule["annotations"].get("runbook_url") != (url and f"{url}#{rule['alert'].lower()}"):
        say(f"{service.name}: {key} leads to {rule['annotations'].get('runbook_url')}")


def check_objectives(wanted, docs, say):
    recorded = [(rule["labels"]["slo"], rule["record"]) for doc in docs if doc["kind"] == "PrometheusRule"
                for group in doc["spec"]["groups"] for rule in group["rules"] if "record" in rule]
    for slo in listed(wanted.telemetry.get("slos"), "name"):
        windows = [record for name, record in recorded if name == slo["name"]]
        if len(windows) != 7 or len(set(windows)) != 7:
            say(f"the objective {slo['name']} records {windows}")


def check_routing(wanted, docs, say):
    docs = [doc for doc in docs if doc["kind"] == "AlertmanagerConfig"]
    if bool(docs) != ("routing" in wanted.alerts):
        say(f"there are {len(docs)} ways of routing")
    for doc in docs:
        names = [receiver["name"] for receiver in doc["spec"]["receivers"]]
        route = doc["spec"]["route"]
        used = [route["receiver"]] + [inner["receiver"] for inner in route["routes"]]
        if len(set(names)) != len(names) or set(used) != set(names):
            say(f"receivers are {names}, and used are {used}")


def check_dashboards(wanted, docs, say):
    texts = [text for doc in docs for text in ([doc["spec"]["json"]] if doc["kind"] == "GrafanaDashboard" else
                                               [text for name, text in (doc.get("data") or {}).items() if name.endswith(".json") and
                                                "schemaVersion" in text] if doc["kind"] == "ConfigMap" else [])]
    boards = [json.loads(text) for text in texts]
    addresses = [board["uid"] for board in boards]
    drawn = any(wanted.sources.get(key) is not False for key in ("kubeStateMetrics", "cadvisor"))
    if len(set(addresses)) != len(addresses) or (drawn and len(addresses) != len(wanted.model.services) + 1) or any(not re.fullmatch("[a-z0-9-]{1,40}", address) for address in addresses):
        say(f"dashboards are at {addresses}")


def problems(value, docs):
    wanted, found = Wanted(value), []
    for check in (check_rules, check_objectives, check_routing, check_dashboards):
        check(wanted, docs, found.append)
    return found
