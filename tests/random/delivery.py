"""Progressive delivery in random models, and whether what comes out of it holds together.

add(dice, model) changes a valid model into a valid one. undelivered(model, docs) judges the objects of deliveries, and gives them back as
they would be without: what it finds, and manifests that all other judges understand.
"""
import copy
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "policy"))

from callers import HTTP
from mesh import service_values
from model import Model, expanded, is_off, listed
from traffic import asked_by_tls

NAME, INSTANCE, TRACK, VERSION = "app.kubernetes.io/name", "app.kubernetes.io/instance", "hybriddeploy/track", "app.kubernetes.io/version"
KINDS = ("AnalysisTemplate", "Canary", "MetricTemplate")


def weighable(service):
    """Whether a mesh could split what comes in by some port."""
    return any(port["protocol"] not in ("udp", "tls", "https") for port in service.ports)


def metrics(dice):
    bounds = {"min": 0, "max": dice.pick([1, "99.5", 100])}
    return {"queue": {"query": "max(queue_length)", **dict(dice.some(bounds.items(), 1, 2))}}


def analysis(dice, counted, scraped):
    """What judges: the mesh's figures where it counts, or a query."""
    result = {}
    if counted and dice.chance(0.7):
        result["successRate"] = dice.pick([99, "99.5"])
    if counted and dice.chance(0.4):
        result["latency"] = dice.pick(["250ms", "1s"])
    if not result or dice.chance(0.3):
        result["metrics"] = metrics(dice)
    if dice.chance(0.3):
        result["interval"] = dice.pick(["30s", "2m"])
    if dice.chance(0.3):
        result["failureLimit"] = dice.number(0, 3)
    if not scraped or dice.chance(0.2):
        result["prometheus"] = "http://prometheus.metrics.svc:9090"
    return result


def steps(dice, paused):
    weights = sorted(dice.some(range(1, 100), 1, 4))
    return [weight if not paused or dice.chance(0.3) else {"setWeight": weight, "pause": dice.pick(["1m", "10m", "manual"])} for weight in weights]


def argo(dice, service, counted, scraped):
    if service.ports and dice.chance(0.35):
        way = {"autoPromotionEnabled": dice.chance(0.5), "scaleDownDelaySeconds": dice.number(0, 600)}
        if dice.chance(0.4):
            way["analysis"] = analysis(dice, counted, scraped)
        if dice.chance(0.1):
            way = {}
        return {"executor": "argoRollouts", "blueGreen": way}
    canary = {"steps": steps(dice, True)}
    if dice.chance(0.6):
        canary["analysis"] = analysis(dice, counted, scraped)
    return {"executor": "argoRollouts", "canary": canary}


def plain(dice):
    canary = {"imageTag": dice.pick(["9.9.9", "1.5.0-rc.1"]), "weight": dice.number(0, 100)}
    if dice.chance(0.3):
        canary["replicas"] = dice.number(1, 4)
    return {"executor": "plain", "canary": canary}


def flagger(dice, scraped):
    return {"executor": "flagger", "canary": {"steps": steps(dice, False), "analysis": analysis(dice, True, scraped)}}


def can_be_flaggers(model, service):
    policy = service.given("trafficPolicy") or {}
    balancer = policy.get("loadBalancer")
    labels = {**(model.get("labels") or {}), **(service.given("labels") or {}), **(service.given("podLabels") or {})}
    kind = service.given("service")
    # Flagger's Services have names for ports and no protocols.
    named = all(port["protocol"] not in ("tcp", "mysql") or port["name"].split("-")[0] == port["protocol"] for port in service.ports[1:])
    sidecars = service.given("sidecars") or []
    # Its copy of the pods lacks what its API of Kubernetes does not know.
    sleeps = any("sleep" in (hook or {}) for hook in (service.given("lifecycle") or {}).values())
    return (not sidecars and not sleeps and named and service.autoscaled() and service.ports[0]["protocol"] in HTTP and all(port["service"] == port["port"] for port in service.ports[1:])
            and "app" not in labels and kind is None and "tcp" not in policy.get("connectionPool", {}) and "portLevelSettings" not in policy
            and not (isinstance(balancer, dict) and "warmup" in balancer))


def delivered(dice, model, read, service, shared):
    mesh, scraped = read.mesh, bool(read.platform()["prometheus"])
    counted = mesh.has(service)
    weighs = counted and weighable(service) and not (isinstance(model["mesh"], dict) and model["mesh"].get("routing") == "gateway")
    ways = []
    if not counted or not weighable(service) or (weighs and service.name not in shared and not (mesh.ambient and service.headless())):
        ways.append(lambda: argo(dice, service, counted, scraped))
    if weighs and service.name not in shared and not (mesh.ambient and service.headless()):
        ways.append(lambda: plain(dice))
        if not mesh.ambient and can_be_flaggers(model, service):
            ways.append(lambda: flagger(dice, scraped))
    return dice.pick(ways)() if ways else None


def shared_by_weight(read):
    """Services to which a route gives a share."""
    result = set()
    for service in read.services:
        for exposure in read.exposed(service):
            given = exposure.get("destinations") or []
            result |= set(given) if isinstance(given, dict) else {item["to"] if isinstance(item, dict) else item for item in given}
    return result


def fits(service, names):
    strategy = service.given("strategy")
    kind = strategy.get("type") if isinstance(strategy, dict) else strategy
    volumes = listed(service.given("volumes"), "name")
    replicas = service.given("replicas")
    return (service.kind == "Deployment" and kind != "Recreate" and not any("claim" in volume or "existingClaim" in volume for volume in volumes)
            and len(service.name) <= 52 and not any(f"{service.name}-{suffix}" in names for suffix in ("stable", "canary", "preview", "primary", "root"))
            and replicas != 1)


def add(dice, model):
    read = Model(model)
    values, shared, names = service_values(model), shared_by_weight(read), {service.name for service in read.services}
    for service in read.services:
        if fits(service, names) and not service.given("versions") and not asked_by_tls(service) and not is_off(service.given("metrics") or {}) and dice.chance(0.5):
            way = delivered(dice, model, read, service, shared)
            if way:
                values[service.name]["delivery"] = way
    return model


# What must come out.

class Judge:
    def __init__(self, model, docs):
        self.model, self.found = Model(model), []
        self.docs = copy.deepcopy(docs)
        self.by_name = {service.name: service for service in self.model.services}
        self.delivery = {service.name: service.given("delivery") for service in self.model.services if service.given("delivery")}

    def say(self, name, words):
        self.found.append(f"delivery of {name}: {words}")

    def kind(self, kind):
        return {doc["metadata"]["name"]: doc for doc in self.docs if doc["kind"] == kind}

    def drop(self, kind, name):
        doc = self.kind(kind).get(name)
        if doc:
            self.docs.remove(doc)
        return doc

    def selector(self, name):
        return {NAME: name, INSTANCE: self.model.name}

    def weighs(self, name):
        return self.model.mesh.has(self.by_name[name]) and weighable(self.by_name[name])

    def steps(self, name, got, wanted):
        flat = []
        for step in wanted:
            step = step if isinstance(step, dict) else {"setWeight": step}
            flat += [{"setWeight": step["setWeight"]}] if "setWeight" in step else []
            if "pause" in step:
                flat.append({"pause": {} if step["pause"] == "manual" else {"duration": step["pause"]}})
        if got != flat:
            self.say(name, f"steps {got}, not {flat}")

    def service_of(self, name, suffix):
        doc = self.drop("Service", f"{name}-{suffix}")
        if not doc or doc["spec"]["selector"] != self.selector(name):
            self.say(name, f"no Service for {suffix}, or of others")

    def metrics(self, name, wanted, got, bounds):
        names = (["success"] if "successRate" in wanted else []) + (["latency"] if "latency" in wanted else []) + sorted(wanted.get("metrics", {}))
        if len(got) != len(names):
            self.say(name, f"judged by {len(got)} metrics, not {len(names)}")
        for metric in got:
            if not bounds(metric):
                self.say(name, f"a metric without bounds: {metric}")

    def rollout(self, name, given):
        doc, service = self.kind("Rollout").get(name), self.by_name[name]
        if not doc or name in self.kind("Deployment"):
            self.say(name, "no Rollout, or a Deployment beside it")
            return
        strategy = doc["spec"].pop("strategy")
        way = strategy.get("canary") or strategy.get("blueGreen")
        if "canary" in given:
            self.steps(name, way.get("steps", []), given["canary"]["steps"])
            if self.weighs(name):
                self.service_of(name, "stable")
                self.service_of(name, "canary")
                self.routes_of_rollout(name, way)
        else:
            self.service_of(name, "preview")
            if (way["activeService"], way["previewService"]) != (name, f"{name}-preview"):
                self.say(name, f"Services {way['activeService']} and {way['previewService']}")
        wanted = (given.get("canary") or given.get("blueGreen")).get("analysis")
        template = self.drop("AnalysisTemplate", name)
        if bool(wanted) != bool(template) or bool(wanted) != bool(way.get("analysis") or way.get("postPromotionAnalysis")):
            self.say(name, "an analysis and its template do not go together")
        if wanted and template:
            self.metrics(name, wanted, template["spec"]["metrics"],
                         lambda metric: metric["successCondition"] != metric["failureCondition"] and metric["provider"]["prometheus"]["query"])
        doc.update({"apiVersion": "apps/v1", "kind": "Deployment"})
        rolling = {key: way[key] for key in ("maxSurge", "maxUnavailable") if key in way} if "canary" in given else self.usual(service)
        doc["spec"]["strategy"] = {"type": "RollingUpdate", "rollingUpdate": rolling}
        scaler = next((doc for doc in self.docs if doc["kind"] == "HorizontalPodAutoscaler" and doc["spec"]["scaleTargetRef"]["name"] == name), None)
        if scaler and scaler["spec"]["scaleTargetRef"] != {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "name": name}:
            self.say(name, f"the autoscaler scales {scaler['spec']['scaleTargetRef']}")
        if scaler:
            scaler["spec"]["scaleTargetRef"] = {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}

    @staticmethod
    def usual(service):
        """A blue-green switch has no rolling update; what the model says of one is not looked for."""
        strategy = service.value.get("strategy")
        return {key: int(value) if str(value).isdigit() else value for key, value in strategy.items() if key != "type"} if isinstance(strategy, dict) else {}

    def routes_of_rollout(self, name, way):
        """Every route that the controller moves exists and has both versions, and no other route has them."""
        named = set()
        for entry in way["trafficRouting"]["istio"]["virtualServices"]:
            service = entry["name"].removesuffix(f".{self.model.namespace}") if "." in entry["name"] else entry["name"]
            named |= {(service, route) for route in entry.get("routes", [])} | {(service, match["port"]) for match in entry.get("tcpRoutes", [])}
        there = set()
        for doc in self.kind("VirtualService").values():
            for kind in ("http", "tcp"):
                for route in doc["spec"].get(kind, []):
                    hosts = {item["destination"]["host"].split(".")[0]: item.get("weight") for item in route.get("route", [])}
                    if hosts == {f"{name}-stable": 100, f"{name}-canary": 0}:
                        there.add((doc["metadata"]["name"], route["name"] if kind == "http" else route["match"][0]["port"]))
                    elif f"{name}-stable" in hosts or f"{name}-canary" in hosts:
                        self.say(name, f"a route to {hosts}")
        if named != there:
            self.say(name, f"moves the routes {named}, and there are {there}")

    def plain(self, name, given):
        canary, stable = self.drop("Deployment", f"{name}-canary"), self.kind("Deployment")[name]
        for doc, track in ((canary, "canary"), (stable, "stable")):
            labels, selector = doc["spec"]["template"]["metadata"]["labels"], doc["spec"]["selector"]["matchLabels"]
            if selector != {**self.selector(name), TRACK: track} or any(labels.get(key) != value for key, value in selector.items()):
                self.say(name, f"{track} selects {selector}")
        tag = str(given["canary"]["imageTag"])
        if not canary["spec"]["template"]["spec"]["containers"][0]["image"].endswith(f":{tag}") or \
                canary["spec"]["template"]["metadata"]["labels"].get(VERSION) != tag:
            self.say(name, "the new version is not the new image")
        if canary["spec"]["replicas"] < 1 or ("replicas" in given["canary"] and canary["spec"]["replicas"] != given["canary"]["replicas"]):
            self.say(name, f"{canary['spec']['replicas']} pods of the new version")
        stable["spec"]["selector"]["matchLabels"].pop(TRACK)
        stable["spec"]["template"]["metadata"]["labels"].pop(TRACK)
        rules = [doc["spec"] for doc in self.kind("DestinationRule").values() if doc["spec"]["host"].split(".")[0] == name]
        subsets = [{"name": track, "labels": {TRACK: track}} for track in ("stable", "canary")]
        if not rules or any(rule.get("subsets") != subsets for rule in rules):
            self.say(name, "a rule without the subsets")

    def flagger(self, name, given):
        canary, service, deployment = self.drop("Canary", name), self.by_name[name], self.kind("Deployment")[name]
        spec = canary["spec"]
        if self.kind("Service").get(name) or "replicas" in deployment["spec"]:
            self.say(name, "a Service or a number of pods beside Flagger's")
        labels, selector = deployment["spec"]["template"]["metadata"]["labels"], deployment["spec"]["selector"]["matchLabels"]
        if selector != {**self.selector(name), "app": name} or labels.get("app") != name:
            self.say(name, f"selects {selector}")
        if spec["targetRef"]["name"] != name or spec["autoscalerRef"]["name"] != name or not spec["service"]["delegation"]:
            self.say(name, f"leads to {spec['targetRef']}, {spec['autoscalerRef']}")
        weights = [step["setWeight"] if isinstance(step, dict) else step for step in given["canary"]["steps"]]
        if spec["analysis"]["stepWeights"] != weights:
            self.say(name, f"weights {spec['analysis']['stepWeights']}, not {weights}")
        self.metrics(name, given["canary"]["analysis"], spec["analysis"]["metrics"], lambda metric: metric["thresholdRange"])
        for metric in spec["analysis"]["metrics"]:
            if "templateRef" in metric and not self.drop("MetricTemplate", metric["templateRef"]["name"]):
                self.say(name, f"no template {metric['templateRef']}")
        selector.pop("app")
        labels.pop("app")
        first = service.ports[0]
        ports = [{"name": spec["service"]["portName"], "port": spec["service"]["port"], "targetPort": spec["service"]["targetPort"], "protocol": "TCP",
                  "appProtocol": spec["service"]["appProtocol"]}]
        if len(service.ports) > 1 and not spec["service"].get("portDiscovery"):
            self.say(name, f"Flagger knows only of {first['name']}")
        ports += [{"name": port["name"], "port": port["port"], "protocol": port["transport"], "appProtocol": port["protocol"]} for port in service.ports[1:]]
        self.docs.append({"apiVersion": "v1", "kind": "Service",
                          "metadata": {"name": name, "namespace": self.model.namespace, "labels": canary["metadata"]["labels"]},
                          "spec": {"type": "ClusterIP", "selector": self.selector(name), "ports": ports}})

    def joined(self, route):
        """A route to versions as one to their service."""
        if "delegate" in route:
            name = route.pop("delegate")["name"]
            if not self.delivery.get(name, {}).get("executor") == "flagger":
                self.say(name, "is delegated to")
            port = self.by_name[name].ports[0]["service"]
            return {**route, "route": [{"destination": {"host": f"{name}.{self.model.namespace}.svc.cluster.local", "port": {"number": port}}}]}
        shares = route.get("route", [])
        names = [item["destination"]["host"].split(".")[0] for item in shares]
        if len(shares) == 2 and names[0].endswith("-stable") and names[1] == names[0].removesuffix("-stable") + "-canary":
            base = names[0].removesuffix("-stable")
        elif len(shares) == 2 and names[0] == names[1]:
            base, weight = names[0], self.delivery[names[0]]["canary"]["weight"]
            if [(item["destination"]["subset"], item["weight"]) for item in shares] != [("stable", 100 - weight), ("canary", weight)]:
                self.say(base, f"is weighed as {shares}")
        else:
            return route
        port = shares[0]["destination"].get("port")
        return {**route, "route": [{"destination": {"host": f"{base}.{self.model.namespace}.svc.cluster.local", **({"port": port} if port else {})}}]}

    def undelivered(self):
        for name, given in self.delivery.items():
            {"argoRollouts": self.rollout, "plain": self.plain, "flagger": self.flagger}[given["executor"]](name, given)
        for doc in self.kind("VirtualService").values():
            if "http" in doc["spec"]:
                doc["spec"]["http"] = [self.joined(route) for route in doc["spec"]["http"]]
            doc["spec"].pop("tcp", None)
        self.found += [f"{doc['kind']} {doc['metadata']['name']} is for nobody" for doc in self.docs if doc["kind"] in KINDS]


def undelivered(model, docs):
    judge = Judge(model, docs)
    try:
        judge.undelivered()
    except (KeyError, TypeError, AttributeError) as error:
        judge.found.append(f"delivery: {error!r}")
    return judge.found, judge.docs
