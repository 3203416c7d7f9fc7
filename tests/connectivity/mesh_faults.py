#!/usr/bin/env python3
"""Planted faults in Istio's policies, told by graph --check: mesh_faults.py HYBRIDGEN EDITS MODEL... [SEED]

EDITS random edits of AuthorizationPolicies, PeerAuthentications and Sidecars are spread over the manifests of the models. Each difference that
graph --check tells is a request, and the brute force of mesh_tables.py, which shares no code with the library, must agree that this request is
now decided otherwise than by the manifests as they were. Where the brute force sees that a request between the application's pods is newly
let in, or a declared call is not, graph --check must tell one.
"""
import collections
import itertools
import json
import random
import re
import subprocess
import sys

import mesh_tables
import truth_tables
from mesh_tables import NO, YES

TOLD = re.compile(r"^(?P<from>[^\s\[]+)(?:\[\w+\])? -> (?P<to>[^\s\[]+)(?:\[\w+\])?:(?P<port>\d+)/tcp(?: (?P<method>\S+) (?P<path>\S+))? is "
                  r"(?P<what>let in by the mesh|declared by the model|not compared)")
MAKERS = ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "ScaledJob", "Rollout")
MESH = ("AuthorizationPolicy", "PeerAuthentication", "Sidecar")
HTTP = ("http", "http2", "grpc", "grpc-web", "websocket", "kubernetes.io/h2c", "kubernetes.io/ws")


def run(hybridgen, *args, text=None):
    return subprocess.run([hybridgen, *args], input=text, capture_output=True, text=True, timeout=60)


def stream(manifests):
    return "".join(json.dumps(one) + "\n" for one in manifests)


# The small worlds of mesh_tables.py have pods instead of what makes them, one waypoint, wp, and one trust domain.

def pod_of(manifest):
    spec = manifest["spec"]
    template = {"CronJob": lambda: spec["jobTemplate"]["spec"], "ScaledJob": lambda: spec["jobTargetRef"]}.get(manifest["kind"], lambda: spec)()["template"]
    containers = [{"name": "main", "ports": [{"protocol": "TCP", **port, "name": port.get("name", str(port["containerPort"]))}
                                             for container in template["spec"]["containers"] for port in container.get("ports", [])]}]
    meta = {"name": manifest["metadata"]["name"], "namespace": manifest["metadata"]["namespace"], "labels": template["metadata"]["labels"],
            "annotations": template["metadata"].get("annotations", {})}
    return {"kind": "Pod", "metadata": meta, "spec": {"serviceAccountName": template["spec"].get("serviceAccountName", "default"), "containers": containers,
                                                      "hostNetwork": template["spec"].get("hostNetwork", False)}}


def small(manifests):
    text = json.dumps([one for one in manifests if one["kind"] in (*MAKERS, *MESH, "Namespace", "Service", "Gateway")])
    text = re.sub(r'"[\w.-]+/ns/', '"cluster.local/ns/', text)
    waypoint = next((one for one in manifests if one["kind"] == "Gateway" and one["spec"].get("gatewayClassName") == "istio-waypoint"), None)
    if waypoint:
        name = re.escape(waypoint["metadata"]["name"])
        text = re.sub(rf'/sa/{name}"', '/sa/wp"', re.sub(rf'"istio.io/use-waypoint": "{name}"', '"istio.io/use-waypoint": "wp"', text))
    made = []
    for one in json.loads(text):
        if one["kind"] == "Gateway" and one["spec"].get("gatewayClassName") != "istio-waypoint":
            continue
        if one["kind"] == "Gateway":
            one["metadata"]["name"] = "wp"
        if one["kind"] == "Namespace" and "istio.io/rev" in one["metadata"]["labels"]:
            one["metadata"]["labels"]["istio-injection"] = "enabled"
        for ref in one["spec"].get("targetRefs", []) if one["kind"] == "AuthorizationPolicy" else ():
            ref["name"] = "wp" if ref["kind"] == "Gateway" else ref["name"]
        if one["kind"] == "PeerAuthentication" and "portLevelMtls" in one["spec"]:
            one["spec"]["portLevelMtls"] = {int(port): mode for port, mode in one["spec"]["portLevelMtls"].items()}
        if one["kind"] == "AuthorizationPolicy":
            one["spec"] = {"action": "ALLOW", **one["spec"]}
        made.append(pod_of(one) if one["kind"] in MAKERS else one)
    return made


class World(mesh_tables.World):
    def __init__(self, manifests):
        super().__init__(small(manifests))
        for pod in self.pods:
            pod.name = pod.name.split("[")[0]
        for manifest in self.kinds["Pod"]:
            excluded = manifest["metadata"]["annotations"].get("traffic.sidecar.istio.io/excludeInboundPorts", "")
            meta = manifest["metadata"]
            next(pod for pod in self.pods if pod.name == f"{meta['namespace']}/{meta['name']}").excluded = [int(port) for port in excluded.split(",") if port]

    def services(self, pod, port):
        found = []
        for service in self.kinds["Service"]:
            spec = service["spec"]
            if service["metadata"]["namespace"] != pod.namespace or pod.host or not spec.get("selector") or \
                    not truth_tables.chosen({"matchLabels": spec["selector"]}, pod.labels):
                continue
            for entry in spec["ports"]:
                target = entry.get("targetPort", entry["port"])
                if entry.get("protocol", "TCP") == "TCP" and (pod.ports.get((target, "TCP")) if isinstance(target, str) else target) == port:
                    kind = "http" if entry.get("appProtocol", entry["name"].split("-")[0]) in HTTP else "tcp"
                    found.append((service, {**entry, "name": f"{kind}-{port}"}))
        return found

    def net(self, source, target, port):
        return True


def requests_of(manifests):
    """Requests that the patterns of policies tell apart."""
    operations = [entry["operation"] for one in manifests if one["kind"] == "AuthorizationPolicy" for rule in one["spec"].get("rules", []) for entry in rule.get("to", [])]
    words = {word: {pattern for operation in operations for pattern in operation.get(word, [])} for word in ("methods", "paths")}
    paths = {pattern.replace("*", "x") for pattern in words["paths"]} | {pattern.strip("*") or "/" for pattern in words["paths"]}
    return list(itertools.product(sorted(words["methods"] | {"GET", "DELETE"}), sorted(paths | {"/", "/none"}), ["host"]))


def table(manifests, requests, ports):
    world, found = World(manifests), {}
    pods = [pod for pod in world.pods if not pod.host and not pod.waypoint]
    for source, target, port in itertools.product(pods, pods, ports):
        if target.proxy:
            for request in requests:
                found[source.name, target.name, port, request] = world.connects(source, target, port, request)
    return found


def differs(was, now, what=None):
    """Whether a request is let in now, or perhaps, that was not; or is no longer let in."""
    opened, closed = was == NO and now > NO, was == YES and now == NO
    return opened if what == "let in by the mesh" else closed if what == "declared by the model" else opened or closed


class Editor:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def edited(self, manifests):
        """A copy with one edit, and what it is."""
        copy = json.loads(json.dumps(manifests))
        kind = self.random.choices(MESH, (4, 3, 3))[0]
        policies = [one for one in copy if one["kind"] == kind]
        if not policies:
            return None, None
        one = self.random.choice(policies)
        what = self.random.choice({"AuthorizationPolicy": (self.rule, self.rule, self.rule, self.policy, self.more, self.action, self.selector),
                                   "PeerAuthentication": (self.mode, self.mode, self.port_mode, self.gone), "Sidecar": (self.hosts, self.hosts, self.mode_of_sidecar, self.gone)}[kind])
        what(copy, one)
        return (copy, f"{what.__name__} of {kind} {one['metadata']['name']}") if copy != manifests else (None, None)

    def rule(self, copy, one):
        rules = one["spec"].get("rules") or []
        if not rules:
            return
        rule = self.random.choice(rules)
        edit = self.random.randrange(6)
        if edit == 0:
            rules.remove(rule)
        elif edit == 1:
            rule.pop("from", None)
        elif edit == 2:
            rule.pop("to", None)
        elif edit == 3:
            accounts = sorted({f"cluster.local/ns/{other['metadata']['namespace']}/sa/{other['metadata']['name']}" for other in copy if other["kind"] in MAKERS})
            rule["from"] = [{"source": {"principals": [self.random.choice(accounts)]}}]
        else:
            operation = self.random.choice(rule.get("to") or [{"operation": {}}])["operation"]
            if edit == 4 and operation:
                operation.pop(self.random.choice(sorted(operation)))
            operation.update(self.random.choice(({"ports": ["81"]}, {"methods": ["GET"]}, {"notPaths": ["/none"]}, {"paths": ["/none"]})) if edit == 5 or not operation else {})

    def policy(self, copy, one):
        copy.remove(one)

    def gone(self, copy, one):
        copy.remove(one)

    def more(self, copy, one):
        spec = {key: one["spec"][key] for key in ("selector", "targetRefs") if key in one["spec"]}
        spec.update(self.random.choice(({"action": "ALLOW", "rules": [{}]}, {"action": "DENY", "rules": [{"to": [{"operation": {"methods": ["GET"]}}]}]},
                                        {"action": "ALLOW", "rules": [{"from": [{"source": {"principals": ["*"]}}]}]})))
        copy.append({**one, "metadata": {**one["metadata"], "name": "more"}, "spec": spec})

    def action(self, copy, one):
        one["spec"]["action"] = "DENY"

    def selector(self, copy, one):
        makers = [other for other in copy if other["kind"] == "Deployment"]
        if "selector" in one["spec"]:
            one["spec"]["selector"] = {"matchLabels": self.random.choice(makers)["spec"]["selector"]["matchLabels"]}

    def mode(self, copy, one):
        one["spec"]["mtls"] = {"mode": self.random.choice(("STRICT", "PERMISSIVE", "DISABLE"))}

    def port_mode(self, copy, one):
        if "selector" in one["spec"]:
            one["spec"]["portLevelMtls"] = {"8000": {"mode": self.random.choice(("STRICT", "PERMISSIVE", "DISABLE"))}}

    def hosts(self, copy, one):
        hosts = one["spec"]["egress"][0]["hosts"]
        own = [host for host in hosts if host.endswith(".svc.cluster.local")]
        if not own or self.random.random() < 0.2:
            one["spec"]["egress"][0]["hosts"] = [self.random.choice(("~/*", "*/*"))]
        else:
            hosts.remove(self.random.choice(own))

    def mode_of_sidecar(self, copy, one):
        one["spec"]["outboundTrafficPolicy"] = {"mode": self.random.choice(("REGISTRY_ONLY", "ALLOW_ANY"))}


class Judge:
    def __init__(self, hybridgen, model):
        self.hybridgen, self.model = hybridgen, model
        self.manifests = [json.loads(line) for line in run(hybridgen, "generate", "-q", "--format", "json", "-f", model).stdout.splitlines()]
        self.ports = sorted({port["containerPort"] for one in small(self.manifests) if one["kind"] == "Pod" for port in one["spec"]["containers"][0]["ports"]} | {81})
        self.calls, self.counts = self.declared(), collections.Counter()

    def declared(self):
        """Caller, service and port of each call, as explain writes them beside the services."""
        calls, service = set(), None
        for line in run(self.hybridgen, "explain", "-q", "-f", self.model, "services").stdout.splitlines():
            edge = re.match(r"    # reached by ([\w.-]+) on ([\d, ]+) \(call\)$", line)
            service = line.strip(" :") if re.match(r"  \S+:$", line) else service
            calls |= {(edge[1], service, int(port)) for port in edge[2].split(",")} if edge else set()
        return calls

    def is_for_anybody(self, key):
        """Whether the model lets in callers without certificate, of which any pod can be one."""
        world = World(self.manifests)
        return world.connects(mesh_tables.ADDRESSES[0], next(pod for pod in world.pods if pod.name == key[1]), key[2], key[3]) != NO

    def is_declared(self, key):
        source, target, port = key[0].split("/")[1], key[1].split("/")[1], key[2]
        return (source, target, port) in self.calls

    def judge(self, edited, what):
        """What is wrong with the answer to an edit; None when nothing is."""
        requests = requests_of(self.manifests + edited)
        was, now = table(self.manifests, requests, self.ports), table(edited, requests, self.ports)
        changed = [key for key in was if differs(was[key], now[key]) and (self.is_declared(key) if now[key] == NO else not self.is_for_anybody(key))]
        done = run(self.hybridgen, "graph", "-q", "--check", "-f", self.model, "-", text=stream(edited))
        told = [match for match in map(TOLD.match, done.stdout.splitlines()) if match]
        if done.returncode not in (0, 5) or (done.returncode == 5) != bool(told):
            return f"exit {done.returncode}\n{done.stdout}{done.stderr}"
        for match in told:
            if not self.confirms(match, edited, requests):
                return f"the brute force does not confirm: {match[0]}"
        if changed and not told:
            return f"nothing is told, and {changed[0]} was {was[changed[0]]} and is {now[changed[0]]}"
        self.counts["told" if told else "without effect"] += 1
        self.counts[what.split()[2]] += bool(told)
        return None

    def pod(self, world, name):
        """The pods that have a name, with or without the namespace."""
        name = name.split("/")[-1]
        found = [pod for pod in world.pods if pod.name.split("/")[1] == name or (pod.waypoint and name == "waypoint")]
        if len(found) != 1:
            raise AssertionError(f"no pod {name} among {[pod.name for pod in world.pods]} of {self.model}")
        return found[0]

    def confirms(self, match, edited, requests):
        tried = [(match["method"], match["path"], "host")] if match["method"] else requests + [(None, None, None)]
        before, after, port = World(self.manifests), World(edited), int(match["port"])
        ends = [[self.pod(world, match[end]) for end in ("from", "to")] for world in (before, after)]
        return any(differs(before.connects(*ends[0], port, request), after.connects(*ends[1], port, request), match["what"]) for request in tried)


def main(hybridgen, n_edits, *rest):
    seed = rest[-1] if rest[-1].isdigit() else "1"
    judges = [Judge(hybridgen, model) for model in rest if not model.isdigit()]
    for judge in judges:
        if run(hybridgen, "graph", "-q", "--check", "-f", judge.model).returncode:
            print(f"{judge.model} is not as it says")
            return 1
    n_done = number = 0
    while n_done < int(n_edits):
        judge = judges[number % len(judges)]
        edited, what = Editor(f"{seed}/{number}").edited(judge.manifests)
        number += 1
        if not edited:
            continue
        n_done += 1
        wrong = judge.judge(edited, what)
        if wrong:
            print(f"{judge.model}, seed {seed}, edit {number - 1}, {what}: {wrong}")
            print(stream([one for one in edited if one not in judge.manifests]))
            return 1
    counts = sum((judge.counts for judge in judges), collections.Counter())
    print(f"{n_done} edits of {len(judges)} models: {dict(counts)}")
    return not all(counts[key] for key in (*MESH, "told", "without effect"))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
