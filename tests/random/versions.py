"""Versions of services in random models, and whether what comes out of them holds together.

add(dice, model) changes a valid model into a valid one. joined(model, docs) judges the objects of versions, and gives them back as they
would be without: what it finds, and manifests that all other judges understand.
"""
import copy

from delivery import fits, shared_by_weight, weighable
from mesh import service_values
from model import Model, listed

NAME, INSTANCE, VERSION, RELEASE = "app.kubernetes.io/name", "app.kubernetes.io/instance", "version", "app.kubernetes.io/version"


def differing(dice, service, tag):
    """In which way another version differs from the first."""
    result = {"imageTag": tag} if dice.chance(0.7) else {"image": {"repository": f"{service.name}-other", "tag": tag}}
    if dice.chance(0.3):
        result["env"] = {"VERSION_OF_IT": dice.text()}
    if dice.chance(0.3) and not service.autoscaled():
        result["replicas"] = dice.number(1, 4)
    return result


def add(dice, model):
    read = Model(model)
    values, shared, names = service_values(model), shared_by_weight(read), {service.name for service in read.services}
    by_istio = read.mesh.on and not (isinstance(model["mesh"], dict) and model["mesh"].get("routing") == "gateway")
    for service in read.services:
        value = values[service.name]
        if not fits(service, names) or service.name in shared or not dice.chance(0.6):
            continue
        versions = {name: differing(dice, service, f"9.9.{i}") if i else {} for i, name in enumerate(dice.some(["v1", "v2", "beta", "x9"], 2, 3))}
        if by_istio and not read.mesh.ambient and read.mesh.has(service) and weighable(service) and dice.chance(0.8):
            rest = 100
            for i, version in enumerate(versions.values()):
                version["weight"] = rest if i == len(versions) - 1 else dice.number(0, rest)
                rest -= version["weight"]
        value["versions"] = versions if dice.chance(0.7) else [{"name": name, **version} for name, version in versions.items()]


class Judge:
    def __init__(self, model, docs):
        self.model, self.found, self.docs = Model(model), [], copy.deepcopy(docs)
        self.versions = {service.name: [dict(one) for one in listed(service.given("versions"), "name")]
                         for service in self.model.services if service.given("versions")}

    def say(self, name, words):
        self.found.append(f"versions of {name}: {words}")

    def kind(self, kind):
        return {doc["metadata"]["name"]: doc for doc in self.docs if doc["kind"] == kind}

    def settled(self, name, version, doc):
        """The Deployment of a version without what only this version has; what it must have is looked for."""
        full = f"{name}-{version['name']}"
        pods, labels = doc["spec"]["template"], doc["spec"]["template"]["metadata"]["labels"]
        if doc["spec"]["selector"]["matchLabels"] != {NAME: name, INSTANCE: self.model.name, VERSION: version["name"]}:
            self.say(name, f"{full} selects {doc['spec']['selector']}")
        for holder in (labels, doc["metadata"]["labels"], doc["spec"]["selector"]["matchLabels"]):
            if holder.pop(VERSION, None) != version["name"]:
                self.say(name, f"{full} has another label")
        own = pods["spec"]["containers"][0]
        tag = version.get("imageTag") or version.get("image", {}).get("tag")
        if tag:
            wanted = f"{name}-other:{tag}" if "image" in version else f":{tag}"
            if not own["image"].endswith(wanted) or labels.get(RELEASE) != tag or doc["metadata"]["labels"].get(RELEASE) != tag:
                self.say(name, f"{full} runs {own['image']}")
        if "replicas" in version and doc["spec"].get("replicas") != version["replicas"]:
            self.say(name, f"{full} has {doc['spec'].get('replicas')} pods")
        for key, value in version.get("env", {}).items():
            if {"name": key, "value": value} not in own["env"]:
                self.say(name, f"{full} lacks {key}")
            own["env"] = [one for one in own["env"] if one["name"] != key]
        doc["metadata"]["name"] = name
        return doc

    @staticmethod
    def common(doc, versions):
        """Without that in which versions may differ from each other."""
        doc = copy.deepcopy(doc)
        for labels in (doc["metadata"]["labels"], doc["spec"]["template"]["metadata"]["labels"]):
            labels.pop(RELEASE, None)
        doc["spec"]["template"]["spec"]["containers"][0].pop("image")
        if not doc["spec"]["template"]["spec"]["containers"][0].get("env"):
            doc["spec"]["template"]["spec"]["containers"][0].pop("env", None)
        if any("replicas" in version for version in versions):
            doc["spec"].pop("replicas", None)
        return doc

    def scalers(self, name, versions):
        for kind in ("HorizontalPodAutoscaler", "ScaledObject"):
            there = [self.kind(kind).get(f"{name}-{version['name']}") for version in versions]
            if not any(there):
                continue
            if not all(there) or self.kind(kind).get(name):
                self.say(name, f"not each has a {kind}")
                continue
            for doc in there:
                if doc["spec"]["scaleTargetRef"]["name"] != doc["metadata"]["name"]:
                    self.say(name, f"{kind} {doc['metadata']['name']} scales {doc['spec']['scaleTargetRef']}")
                for holder in (doc["spec"]["scaleTargetRef"], doc["spec"].get("advanced", {}).get("horizontalPodAutoscalerConfig", {}), doc["metadata"]):
                    if "name" in holder:
                        holder["name"] = name
            if any(doc != there[0] for doc in there):
                self.say(name, f"each has another {kind}")
            self.docs = [doc for doc in self.docs if not any(doc is other for other in there[1:])]

    def workloads(self, name, versions):
        found = [self.kind("Deployment").get(f"{name}-{version['name']}") for version in versions]
        if not all(found) or self.kind("Deployment").get(name):
            self.say(name, "not each has a Deployment")
            return
        settled = [self.settled(name, version, doc) for version, doc in zip(versions, found)]
        if any(self.common(doc, versions) != self.common(settled[0], versions) for doc in settled):
            self.say(name, "their Deployments differ in what none of them says")
        self.docs = [doc for doc in self.docs if not any(doc is other for other in settled[1:])]

    def rules(self, name, versions):
        """A proxy knows the versions; what has nothing but them is of no other use."""
        host = f"{name}.{self.model.namespace}.svc.cluster.local"
        wanted = [{"name": version["name"], "labels": {VERSION: version["name"]}} for version in versions]
        rules = [doc for doc in self.docs if doc["kind"] == "DestinationRule" and doc["spec"]["host"] == host and "subsets" in doc["spec"]]
        for doc in rules:
            if doc["spec"].pop("subsets") != wanted:
                self.say(name, f"DestinationRule {doc['metadata']['name']} has other subsets")
            if set(doc["spec"]) <= {"host", "exportTo"}:
                self.docs.remove(doc)
        if not rules and any(version.get("weight") for version in versions):
            self.say(name, "no rule has their subsets")

    def joined_route(self, route):
        """A route to versions as one to their service."""
        shares = route.get("route", [])
        name = shares[0]["destination"]["host"].split(".")[0] if shares else None
        if name not in self.versions or not any("subset" in item["destination"] for item in shares):
            return route
        wanted = [(version["name"], version["weight"]) for version in self.versions[name] if version.get("weight")]
        got = [(item["destination"].pop("subset"), item.get("weight", 100)) for item in shares]
        if [share for share in got if share[1]] != wanted or len({item["destination"]["host"] for item in shares}) != 1:
            self.say(name, f"a route to {got}, not {wanted}")
        return {**route, "route": [{"destination": shares[0]["destination"]}]}

    def services_of_versions(self, name, versions):
        """By the Gateway API each version has a Service of its own."""
        for version in versions:
            doc = self.kind("Service").get(f"{name}-{version['name']}")
            if doc:
                if doc["spec"]["selector"] != {NAME: name, INSTANCE: self.model.name, VERSION: version["name"]}:
                    self.say(name, f"Service {doc['metadata']['name']} selects {doc['spec']['selector']}")
                self.docs.remove(doc)

    def joined(self):
        for name, versions in self.versions.items():
            for version in versions:
                version.setdefault("name", None)
            self.workloads(name, versions)
            self.scalers(name, versions)
            self.rules(name, versions)
            self.services_of_versions(name, versions)
        for doc in self.kind("VirtualService").values():
            for kind in ("http", "tcp", "tls"):
                if self.versions and kind in doc["spec"]:
                    doc["spec"][kind] = [self.joined_route(route) for route in doc["spec"][kind]]


def joined(model, docs):
    judge = Judge(model, docs)
    if judge.versions:
        try:
            judge.joined()
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            judge.found.append(f"versions: {error!r}")
    return judge.found, judge.docs
