"""Judges emitted manifests: every selector hits its own pods, every reference leads somewhere, every value is what was meant.

problems(model, docs) gives what is wrong, as text. It knows Kubernetes and the model's documentation, and nothing of the library.
"""
import collections
import re

import fields
import meant
import objects
import pod_security
import quantity
import scaling
from model import listed
from pod_references import at, check_env, check_probe_ports, check_volumes, judge_secret

LABEL_KEY = re.compile(r"([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\Z")
LABEL_VALUE = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?\Z")
DNS_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\Z")
SERVICE_NAME = re.compile(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?\Z")
SUBDOMAIN = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\Z")
# The label of the pods that a mesh makes of a Gateway.
GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name"
CLUSTER_WIDE = {"Namespace", "PriorityClass", "ClusterRole", "ClusterRoleBinding"}
WORKLOADS = {"Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "ScaledJob"}


def matches(selector, labels):
    """For selectors of the library's own objects: labels alone."""
    return all(labels.get(key) == value for key, value in selector.items())


def template_of(doc):
    path = {"CronJob": ("jobTemplate", "spec", "template"), "ScaledJob": ("jobTargetRef", "template")}.get(doc["kind"], ("template",))
    return at(doc, "spec", *path)


class Workload:
    def __init__(self, doc):
        self.doc, self.kind, self.name = doc, doc["kind"], doc["metadata"]["name"]
        template = template_of(doc)
        self.labels, self.spec = template["metadata"]["labels"], template["spec"]
        self.sidecars = [c for c in self.spec.get("initContainers", []) if c.get("restartPolicy") == "Always"]
        self.running = self.spec["containers"] + self.sidecars
        self.containers = self.spec["containers"] + self.spec.get("initContainers", [])


class Judge:
    def __init__(self, model, docs):
        self.model, self.docs, self.found = model, docs, []
        self.by_kind = collections.defaultdict(dict)
        for doc in docs:
            self.by_kind[doc["kind"]][doc["metadata"]["name"]] = doc
        self.workloads = [Workload(doc) for doc in docs if doc["kind"] in WORKLOADS]
        self.minor = int(str(model.value.get("kubernetesVersion", "1.37")).partition(".")[2])
        self.outside = meant.Outside(model)

    def services_of_pods(self):
        return [doc for doc in self.by_kind["Service"].values() if doc["spec"]["type"] != "ExternalName"]

    def say(self, doc, words):
        self.found.append(f"{doc['kind']} {doc['metadata']['name']}: {words}")

    def selected(self, selector):
        return [workload for workload in self.workloads if matches(selector, workload.labels)]

    def own(self, doc, selector, what):
        """The one workload that a selector means: the one whose name the object bears."""
        hits = self.selected(selector)
        name = doc["metadata"]["name"]
        if len(hits) != 1:
            self.say(doc, f"{what} selects {[workload.name for workload in hits]}")
            return None
        if name != hits[0].name and not name.startswith(hits[0].name + "-"):
            self.say(doc, f"{what} selects {hits[0].name}")
        return hits[0]


def check_identity(judge):
    seen = set()
    for doc in judge.docs:
        kind, metadata = doc["kind"], doc["metadata"]
        name = metadata["name"]
        key = (doc["apiVersion"].rpartition("/")[0], kind, metadata.get("namespace"), name)
        if key in seen:
            judge.say(doc, "stands twice")
        seen.add(key)
        form = SERVICE_NAME if kind == "Service" else DNS_LABEL if kind in ("Namespace", "StatefulSet") else SUBDOMAIN
        if not form.match(name) or len(name) > (52 if kind in ("CronJob", "StatefulSet") else 253):
            judge.say(doc, "has an invalid name")
        # What a gateway reads stands beside it.
        beside = kind == "Certificate" or (kind == "Gateway" and key[0] == "gateway.networking.k8s.io" and name != "waypoint")
        # The application's own Gateway stands with the application.
        place = judge.model.platform()["gateway"]["namespace"] if beside and not judge.model.value.get("gateway") else judge.model.namespace
        # What Velero reads stands with Velero.
        if key[0] == "velero.io":
            velero = ((judge.model.value["operations"].get("backup") or {}).get("velero") if isinstance(judge.model.value["operations"], dict) else None) or {}
            place = velero.get("namespace", "velero") if isinstance(velero, dict) else "velero"
        if metadata.get("namespace") != (None if kind in CLUSTER_WIDE else place):
            judge.say(doc, f"stands in namespace {metadata.get('namespace')}")
        check_labels(judge, doc, metadata)
        if doc["kind"] in WORKLOADS:
            check_labels(judge, doc, template_of(doc)["metadata"])


def check_labels(judge, doc, metadata):
    for key, value in (metadata.get("labels") or {}).items():
        if not LABEL_KEY.match(key) or not isinstance(value, str) or not LABEL_VALUE.match(value):
            judge.say(doc, f"has the label {key!r}: {value!r}")
    for key, value in (metadata.get("annotations") or {}).items():
        if not LABEL_KEY.match(key) or not isinstance(value, str):
            judge.say(doc, f"has the annotation {key!r}: {value!r}")


def check_selectors(judge):
    budgets = collections.Counter()
    for workload in judge.workloads:
        selector = at(workload.doc, "spec", "selector", "matchLabels")
        if selector is not None:
            judge.own(workload.doc, selector, "its selector")
        for constraint in workload.spec.get("topologySpreadConstraints", []):
            judge.own(workload.doc, constraint["labelSelector"]["matchLabels"], "a spread constraint")
    for doc in judge.services_of_pods():
        judge.own(doc, doc["spec"]["selector"], "its selector")
    for doc in judge.by_kind["PodDisruptionBudget"].values():
        workload = judge.own(doc, doc["spec"]["selector"]["matchLabels"], "its selector")
        budgets[workload and workload.name] += 1
    for doc in judge.by_kind["NetworkPolicy"].values():
        if at(doc, "spec", "podSelector", "matchLabels", GATEWAY_NAME) in judge.by_kind["Gateway"]:
            continue
        if at(doc, "spec", "podSelector", "matchLabels"):
            judge.own(doc, doc["spec"]["podSelector"]["matchLabels"], "its selector")
    for name, count in budgets.items():
        if count > 1:
            judge.found.append(f"{name} has {count} budgets")


def check_pods(judge):
    level = judge.by_kind["Namespace"][judge.model.namespace]["metadata"]["labels"]["pod-security.kubernetes.io/enforce"]
    if level != judge.model.value.get("podSecurity", "restricted"):
        judge.found.append(f"the namespace enforces {level}")
    for workload in judge.workloads:
        for violation in pod_security.violations(workload.spec, level, judge.minor):
            judge.say(workload.doc, f"violates {level}: {violation}")
        account = workload.spec["serviceAccountName"]
        if account not in judge.by_kind["ServiceAccount"] and account not in judge.outside.accounts:
            judge.say(workload.doc, f"runs as {account}, which is no account")
        priority = workload.spec.get("priorityClassName")
        if priority and priority not in judge.by_kind["PriorityClass"]:
            judge.say(workload.doc, f"has the priority class {priority}, which nobody makes")
        check_probe_ports(judge, workload)
        check_volumes(judge, workload)
        check_env(judge, workload)


def check_external_names(judge):
    wanted = {external["name"]: external["host"] for external in listed(judge.model.value.get("externals"), "name") if "service" in external}
    got = {name: doc["spec"]["externalName"] for name, doc in judge.by_kind["Service"].items() if doc["spec"]["type"] == "ExternalName"}
    if wanted != got:
        judge.found.append(f"Services of type ExternalName lead to {got}, not to {wanted}")


def check_services(judge):
    check_external_names(judge)
    for doc in judge.services_of_pods():
        hits, spec = judge.selected(doc["spec"]["selector"]), doc["spec"]
        names = [port.get("name") for port in spec.get("ports", [])]
        pairs = [(port["port"], port.get("protocol", "TCP")) for port in spec.get("ports", [])]
        if len(set(names)) != len(names) or len(set(pairs)) != len(pairs) or not pairs:
            judge.say(doc, f"has the ports {list(zip(names, pairs))}")
        for port in spec.get("ports", []):
            for workload in hits:
                target, protocol = port.get("targetPort", port["port"]), port.get("protocol", "TCP")
                if not any(p.get("protocol", "TCP") == protocol and target in (p.get("name"), p["containerPort"])
                           for container in workload.running for p in container.get("ports", [])):
                    judge.say(doc, f"leads {port.get('name')} to {target}, which {workload.name} lacks")
    for doc in judge.by_kind["StatefulSet"].values():
        service = judge.by_kind["Service"].get(doc["spec"].get("serviceName"))
        if not service or service["spec"].get("clusterIP") != "None":
            judge.say(doc, f"has no headless Service {doc['spec'].get('serviceName')}")
    for doc in judge.by_kind["Ingress"].values():
        for rule in doc["spec"].get("rules", []):
            for path in rule["http"]["paths"]:
                check_backend(judge, doc, path["backend"]["service"])
        for tls in doc["spec"].get("tls", []):
            judge_secret(judge, Holder(doc), tls["secretName"], ["tls.crt", "tls.key"])


class Holder:
    """An object that refers to something without being a workload."""

    def __init__(self, doc):
        self.doc = doc


def check_backend(judge, doc, backend):
    service = judge.by_kind["Service"].get(backend["name"])
    ports = service["spec"]["ports"] if service else []
    if not any(backend["port"] in ({"name": port.get("name")}, {"number": port["port"]}) for port in ports):
        judge.say(doc, f"leads to {backend}, which is not there")


def check_rights(judge):
    for kind, place in (("Role", ""), ("ClusterRole", f"{judge.model.namespace}.")):
        for doc in judge.by_kind[f"{kind}Binding"].values():
            if doc["roleRef"]["kind"] != kind or doc["roleRef"]["name"] not in judge.by_kind[kind]:
                judge.say(doc, f"binds {doc['roleRef']}")
            for subject in doc["subjects"]:
                users = [place + workload.name for workload in judge.workloads if workload.spec["serviceAccountName"] == subject["name"]]
                if subject["kind"] != "ServiceAccount" or subject["namespace"] != judge.model.namespace or doc["metadata"]["name"] not in users:
                    judge.say(doc, f"binds to {subject}, as whom {users} run")
        for doc in judge.by_kind[kind].values():
            if doc["metadata"]["name"] not in {binding["roleRef"]["name"] for binding in judge.by_kind[f"{kind}Binding"].values()}:
                judge.say(doc, "is bound to nobody")


def check_quantities(judge):
    def walk(doc, value, key):
        if isinstance(value, dict):
            for name, item in value.items():
                if key in ("requests", "limits", "hard", "default", "defaultRequest", "min", "max", "maxLimitRequestRatio") and doc["kind"] != "Role":
                    one(doc, name, item)
                else:
                    walk(doc, item, name)
        elif isinstance(value, list):
            for item in value:
                walk(doc, item, None)
        elif key in ("sizeLimit", "averageValue", "divisor") or (key == "value" and doc["kind"] == "HorizontalPodAutoscaler"
                                                                  and not isinstance(value, int)):
            one(doc, key, value)

    def one(doc, name, text):
        if not isinstance(text, str) or quantity.canonical(text) != text:
            judge.say(doc, f"has {name} {text!r}, not {quantity.canonical(str(text))!r}")

    for doc in judge.docs:
        if "spec" in doc:
            walk(doc, doc["spec"], None)


# Fields by the minor version from which servers take them: where they stand is told by their names.
NEWER = {"matchLabelKeys": 27, "minDomains": 27, "nodeAffinityPolicy": 26, "nodeTaintsPolicy": 26, "appArmorProfile": 30, "sleep": 30,
         "unhealthyPodEvictionPolicy": 27, "trafficDistribution": 31, "timeZone": 25, "persistentVolumeClaimRetentionPolicy": 27, "containerResource": 30,
         "recursiveReadOnly": 31, "mismatchLabelKeys": 31}


def check_versions(judge):
    def walk(doc, value):
        if isinstance(value, dict):
            for key, item in value.items():
                if NEWER.get(key, 0) > judge.minor:
                    judge.say(doc, f"has {key}, which 1.{judge.minor} lacks")
                walk(doc, item)
        elif isinstance(value, list):
            for item in value:
                walk(doc, item)

    for doc in judge.docs:
        if doc["kind"] not in ("ConfigMap", "Role", "ExternalSecret"):
            walk(doc, {key: value for key, value in doc.get("spec", {}).items()})


CHECKS = (check_identity, check_selectors, check_pods, check_services, check_rights, scaling.check_scaling, scaling.check_budgets, check_quantities, check_versions,
          meant.check, fields.check, objects.check)


def problems(model, docs):
    judge = Judge(model, docs)
    for check in CHECKS:
        check(judge)
    return judge.found
