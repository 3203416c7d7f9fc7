"""Whether scripts and backups agree with the manifests, whether the order of manifests works, and whether pods restart when a file changes."""
import copy
import json
import re
import subprocess
import sys
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "operations"))

from api import of_kind
from check_images import instructions, pod_of
from model import Model, is_off, listed

WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Rollout")
# (first, second): the second fails, is not let in, or lets everybody in, when it is applied before the first.
BEFORE = [("Namespace", None), ("ServiceAccount", "pods"), ("Role", "pods"), ("RoleBinding", "pods"), ("ConfigMap", "pods"), ("ExternalSecret", "pods"),
          ("PersistentVolumeClaim", "pods"), ("PriorityClass", "pods"), ("NetworkPolicy", "pods"), ("Service", "pods"), ("ResourceQuota", "pods"),
          ("LimitRange", "pods"), ("PeerAuthentication", "pods"), ("AuthorizationPolicy", "pods")]


def order(value, docs):
    """Manifests stand in the order in which they have to be applied; a service stands behind those that it calls."""
    kinds = [doc["kind"] for doc in docs]
    first_pod = next((at for at, kind in enumerate(kinds) if kind in WORKLOADS), len(kinds))
    for kind, what in BEFORE:
        for at, doc in enumerate(docs):
            dashboard = kind == "ConfigMap" and doc["metadata"]["name"].endswith(("-dashboard", "-overview"))
            if doc["kind"] == kind and at > (first_pod if what else 0) and not dashboard:
                yield f"{kind} {doc['metadata']['name']} comes after {docs[first_pod if what else 0]['kind']}"


class Facts:
    """The facts that the scripts read, by the first word of each line."""

    def __init__(self, folder):
        path = folder / "scripts/application.tsv"
        self.lines = [line.split("\t") for line in path.read_text().splitlines()] if path.exists() else []

    def of(self, word):
        return [line[1:] for line in self.lines if line[0] == word]


def facts(value, docs, folder):
    model, known = Model(value), Facts(folder)
    if not known.lines:
        return
    services = {doc["metadata"]["name"]: {port.get("name"): port["port"] for port in doc["spec"].get("ports", [])} for doc in of_kind(docs, "Service")}
    for service, name, port, *_ in known.of("port"):
        if service in services and services[service].get(name) != int(port):
            yield f"the scripts ask {service}:{name} at {port}, its Service has {services[service].get(name)}"
    for secret in listed(value.get("secrets"), "name"):
        lines = [line for line in known.of("secret") if line[0] == secret["name"]]
        wanted = "existing" if secret.get("existing") else "external"
        if len(lines) != 1 or lines[0][1] != wanted:
            yield f"the secret {secret['name']} is {wanted}, the scripts know {lines}"
    places = {line[0]: at for at, line in enumerate(known.of("service"))}
    if set(places) != {service.name for service in model.services}:
        yield f"the scripts know the services {sorted(places)}"
    calls = {(service.name, callee.name) for service in model.services for callee, _ in model.calls(service) if not isinstance(callee, dict)}
    for caller, callee in calls:
        if places.get(caller, 0) < places.get(callee, 0) and not in_a_circle(calls, caller, callee):
            yield f"{caller} is deployed before {callee}, which it calls"
    manifests = [line[0] for line in known.of("manifest")]
    if sorted(manifests) != sorted(path.name for path in folder.glob("*.yaml") if path.name != "kustomization.yaml"):
        yield "the scripts apply other manifests than those that are here"


def in_a_circle(calls, caller, callee):
    """Whether the callee calls the caller, directly or through other services."""
    reached, new = set(), {callee}
    while new:
        reached |= new
        new = {to for whom, to in calls if whom in new} - reached
    return caller in reached


def images(value, docs, folder):
    pods = {doc["metadata"]["name"]: pod_of(doc) for doc in docs if doc["kind"] in WORKLOADS and "spec" in doc}
    for path in folder.glob("dockerfiles/*/Dockerfile"):
        container = next((c for c in pods.get(path.parent.name, {"containers": []})["containers"] if c["name"] == path.parent.name), {})
        context = {**pods.get(path.parent.name, {}).get("securityContext", {}), **container.get("securityContext", {})}
        if context.get("runAsUser") == 0 and any("useradd" in rest for _, rest in instructions(path.read_text())):
            yield f"{path.parent.name} runs as root, and its Dockerfile makes a user"
    bake = folder / "dockerfiles/docker-bake.hcl"
    for tag in re.findall(r'"([^"]+)"', " ".join(re.findall(r"tags = \[([^\]]*)\]", bake.read_text()))) if bake.exists() else []:
        if "@" in tag or ":" not in tag.rsplit("/", 1)[-1]:
            yield f"an image is built under {tag}, which is no tag"


def backups(value, docs, folder):
    """The manual backup and the restore name the Schedule, and the backup includes the same as the Schedule does."""
    schedules = {doc["metadata"]["name"]: doc["spec"]["template"] for doc in of_kind(docs, "Schedule")}
    for path in sorted(folder.glob("backup/*.yaml")):
        for doc in yaml.load_all(path.read_text(), Loader=yaml.CSafeLoader):
            kind, spec = doc["kind"], doc["spec"]
            name = spec["scheduleName"] if kind == "Restore" else doc["metadata"]["labels"].get("velero.io/schedule-name")
            template = schedules.get(name, {})
            if not template:
                yield f"{kind} is of the schedule {name}, and there is none but {sorted(schedules)}"
            if kind == "Backup" and {**template, "metadata": None} != {**spec, "metadata": None}:
                yield f"{kind} keeps {spec}, the schedule {template}"
            if spec.get("includedNamespaces") != template.get("includedNamespaces"):
                yield f"{kind} is of {spec.get('includedNamespaces')}"


def problems(value, docs, folder):
    return [words for check in (facts, images, backups) for words in check(value, docs, folder)] + list(order(value, docs))


def pod_templates(docs):
    """The pod template of each workload; an object from which an operator makes pods counts as a workload."""
    found = {}
    for doc in docs:
        if doc["kind"] in WORKLOADS:
            found[doc["metadata"]["name"]] = (doc["spec"]["jobTemplate"]["spec"] if doc["kind"] == "CronJob" else doc["spec"])["template"]
    return found


def mounted(template):
    """The ConfigMaps that the pods mount."""
    sources = [source for volume in template["spec"].get("volumes", []) for source in [volume, *volume.get("projected", {}).get("sources", [])]]
    return {source["configMap"]["name"] for source in sources if "configMap" in source}


def with_other_contents(value):
    """Copies of the model; in each of them one file that pods read has other contents."""
    services = value["services"] if isinstance(value["services"], dict) else dict(enumerate(value["services"]))
    for name, service in services.items():
        for path, given in ((service or {}).get("configFiles") or {}).items() if isinstance((service or {}).get("configFiles"), dict) else ():
            if isinstance(given, str) or (isinstance(given, dict) and "content" in given):
                changed = copy.deepcopy(value)
                files = changed["services"][name]["configFiles"]
                files[path] = given + "#" if isinstance(given, str) else {**given, "content": given["content"] + "#"}
                yield changed
    telemetry = value.get("telemetry")
    if isinstance(telemetry, dict) and not is_off(telemetry) and "external" not in (telemetry.get("collector") or {}):
        changed = copy.deepcopy(value)
        changed["telemetry"].setdefault("collector", {})["logLevel"] = "DEBUG"
        yield changed


def checksums(hybridgen, value, docs, place):
    """The pod template changes with each file that the pods mount, so that they restart."""
    before, contents = pod_templates(docs), {doc["metadata"]["name"]: doc.get("data") for doc in of_kind(docs, "ConfigMap")}
    for changed in with_other_contents(value):
        run = subprocess.run([hybridgen, "generate", "-q", "-f", "-"], input=json.dumps(changed).encode(), cwd=place, capture_output=True,
                             check=False)
        after = [doc for doc in yaml.load_all(run.stdout, Loader=yaml.CSafeLoader) if doc]
        other = {doc["metadata"]["name"] for doc in of_kind(after, "ConfigMap") if contents.get(doc["metadata"]["name"]) != doc.get("data")}
        if not other and not any(doc["kind"] == "OpenTelemetryCollector" for doc in after):
            yield f"a file with other contents changes nothing: {run.stderr.decode()[:200]}"
        for name, template in pod_templates(after).items():
            if mounted(template) & other and template == before.get(name):
                yield f"{sorted(mounted(template) & other)} has other contents, and the pods of {name} go on with the old ones"
