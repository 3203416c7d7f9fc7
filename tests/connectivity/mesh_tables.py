#!/usr/bin/env python3
"""Small random clusters with Istio, decided by the library and by brute force: mesh_tables.py HYBRIDGEN CLUSTERS [SEED]

The brute force decides about each pair of pods, each port and each of some requests separately, as Istio's documentation describes it, and
shares no code with the library. For each port it says whether all requests, some, none, or perhaps some are allowed, by both layers. The
requests that it tries are all strings up to a length over the letters of the patterns, so they do not depend on how the library chooses its
own. The test prints a cluster for which the two disagree.
"""
import collections
import ipaddress
import itertools
import json
import subprocess
import sys

import truth_tables

NO, PERHAPS, YES = 0, 1, 2
SPACES = ("red", "blue", "istio-system")
ACCOUNTS = ("default", "web", "api")
PORTS = (80, 81, 9000, 15020, 15008, 7)
# Patterns of at most two letters beside the slash at the front, so that texts of at most four letters hold every combination of them. All paths
# begin with a slash: a proxy's only route is that of /, and a request such as OPTIONS * ends there.
PATTERNS = ("/a", "/ab", "/a*", "*b", "/ab*", "*", "/*", "/b*", "*ab", "/ba", "*/b", "a*", "b")
TEXTS = ["/" + "".join(letters) for length in range(5) for letters in itertools.product("abz/", repeat=length)]
METHODS, METHOD_PATTERNS = ("GET", "POST", "PUT", "GEX", "XT", "X"), ("GET", "POST", "*", "GE*", "*T")
HOSTS, HOST_PATTERNS = ("one", "two", "onetwo", "onx", "xtwo", "x"), ("one", "One", "two", "*two", "on*", "*")
PRINCIPALS = ("*", "cluster.local/ns/red/sa/web", "cluster.local/ns/red/*", "*/sa/web", "cluster.local/ns/blue/sa/api", "other/ns/red/sa/web",
              "cluster.local/*", "cluster.local/ns/istio-system/sa/wp", "cluster.local/ns/red/sa/wp")
BLOCKS = ("10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "::/0")
ADDRESSES = [ipaddress.ip_address(text) for text in ("9.0.0.0", "10.0.0.1", "10.1.2.3", "10.1.2.4", "11.0.0.0", "fd00::1")]


class Maker(truth_tables.Maker):
    def some(self, values, most=2):
        return self.random.sample(values, self.random.randint(1, most))

    def selector_of_istio(self):
        return {"selector": {"matchLabels": {"app": self.random.choice("ab")}}} if self.maybe(0.6) else {}

    def source(self):
        keys = {"principals": PRINCIPALS, "notPrincipals": PRINCIPALS, "namespaces": ("red", "blue", "r*", "*e", "*"), "notNamespaces": ("red", "blue"),
                "serviceAccounts": ("web", "red/web", "blue/api"), "ipBlocks": BLOCKS, "notIpBlocks": BLOCKS, "remoteIpBlocks": BLOCKS,
                "requestPrincipals": ("*", "issuer/*"), "notRequestPrincipals": ("*",)}
        weights = (6, 3, 3, 2, 2, 1, 1, .4, .4, .4)
        return {key: self.some(keys[key]) if len(keys[key]) > 1 else list(keys[key]) for key in self.random.choices(list(keys), weights, k=self.random.choice((1, 1, 2)))}

    def operation(self):
        keys = {"ports": ("80", "81", "9000"), "notPorts": ("80", "9000"), "methods": METHOD_PATTERNS, "notMethods": METHOD_PATTERNS, "paths": PATTERNS,
                "notPaths": PATTERNS, "hosts": HOST_PATTERNS, "notHosts": HOST_PATTERNS}
        return {key: self.some(keys[key]) for key in self.random.choices(list(keys), (5, 1, 3, 2, 4, 3, 1, 1), k=self.random.choice((1, 1, 2, 3)))}

    def condition(self):
        keys = {"source.namespace": ("red", "b*"), "source.principal": PRINCIPALS, "destination.port": ("80", "81"), "source.ip": BLOCKS,
                "request.headers[x]": ("a", "b"), "connection.sni": ("a", "b"), "request.auth.claims[iss]": ("a", "b")}
        key = self.random.choices(list(keys), (3, 3, 3, 1, 1, 1, 1))[0]
        return {"key": key, **{name: self.some(keys[key]) for name in self.random.choice((["values"], ["values"], ["notValues"], ["values", "notValues"]))}}

    def auth_rule(self):
        rule = {}
        if self.maybe(0.6):
            rule["from"] = [{"source": self.source()} for _ in range(self.random.choice((1, 1, 2)))]
        if self.maybe(0.6):
            rule["to"] = [{"operation": self.operation()} for _ in range(self.random.choice((1, 1, 2)))]
        if self.maybe(0.15):
            rule["when"] = [self.condition() for _ in range(self.random.choice((1, 2)))]
        return rule

    def authorization(self, index):
        spec = {**self.selector_of_istio(), "action": self.random.choices(("ALLOW", "DENY", "CUSTOM", "AUDIT"), (7, 4, .4, .4))[0]}
        if self.maybe(0.3):
            spec.pop("selector", None)
            spec["targetRefs"] = self.random.choice(([{"group": "", "kind": "Service", "name": "svc-0"}], [{"group": "", "kind": "Service", "name": "svc-1"}],
                                                     [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "wp"}]))
        if self.maybe(0.9):
            spec["rules"] = [self.auth_rule() for _ in range(self.random.choice((1, 1, 2)))]
        return {"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy",
                "metadata": {"name": f"auth-{index}", "namespace": self.random.choices(SPACES, (3, 3, 1))[0]}, "spec": spec}

    def peer_authentication(self, index):
        mode = lambda: {"mode": self.random.choice(("STRICT", "STRICT", "PERMISSIVE", "DISABLE", "UNSET"))}
        spec = self.selector_of_istio()
        if self.maybe(0.8):
            spec["mtls"] = mode()
        if "selector" in spec and self.maybe(0.4):
            spec["portLevelMtls"] = {port: mode() for port in self.some((80, 81, 9000))}
        return {"apiVersion": "security.istio.io/v1", "kind": "PeerAuthentication",
                "metadata": {"name": f"peer-{index}", "namespace": self.random.choice(SPACES)}, "spec": spec}

    def sidecar(self, index):
        hosts = ("*/*", "./*", "red/*", "blue/svc-0.blue.svc.cluster.local", "*/svc-1.red.svc.cluster.local", "~/*", "blue/*.svc.cluster.local")
        spec = {"workloadSelector": {"labels": {"app": self.random.choice("ab")}}} if self.maybe(0.7) else {}
        if self.maybe(0.8):
            spec["egress"] = [{"hosts": self.some(hosts)}]
        if self.maybe(0.6):
            spec["outboundTrafficPolicy"] = {"mode": self.random.choice(("REGISTRY_ONLY", "ALLOW_ANY"))}
        return {"apiVersion": "networking.istio.io/v1", "kind": "Sidecar", "metadata": {"name": f"sidecar-{index}", "namespace": self.random.choice(SPACES)}, "spec": spec}

    def service(self, index, ambient):
        ports = [{"name": f"{self.random.choice(('http', 'tcp', 'http2', 'any'))}-{number}", "port": number, "targetPort": self.random.choice((number, 9000))}
                 for number in self.some((80, 81), 2)]
        labels = {"istio.io/use-waypoint": self.random.choice(("wp", "wp", "none"))} if ambient and self.maybe(0.7) else {}
        return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": f"svc-{index}", "namespace": self.random.choice(SPACES), "labels": labels},
                "spec": {"selector": {"app": self.random.choice("ab")}, "ports": ports}}

    def cluster(self):
        ambient = self.maybe()
        modes = {True: ({"istio.io/dataplane-mode": "ambient"}, {}), False: ({"istio-injection": "enabled"}, {"istio-injection": "disabled"}, {})}[ambient]
        all_ = [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": self.random.choices(modes, (6, 1, 1)[:len(modes)])[0]}} for name in SPACES]
        for i in range(self.random.randint(2, 4)):
            labels = {"app": self.random.choice("ab")}
            if self.maybe(0.2):
                labels.update({"istio.io/dataplane-mode": self.random.choice(("none", "ambient"))} if ambient else {"sidecar.istio.io/inject": self.random.choice(("true", "false"))})
            annotations = {"traffic.sidecar.istio.io/excludeInboundPorts": "81"} if self.maybe(0.1) else {}
            spec = {"serviceAccountName": self.random.choice(ACCOUNTS), "containers": [{"name": "main", "image": "main", "ports": []}],
                    **({"hostNetwork": True} if self.maybe(0.05) else {})}
            all_.append({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": f"pod-{i}", "namespace": self.random.choice(SPACES), "labels": labels,
                                                                        "annotations": annotations}, "spec": spec})
        if ambient and self.maybe(0.7):
            all_.append({"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": "wp", "namespace": self.random.choice(SPACES)},
                         "spec": {"gatewayClassName": "istio-waypoint"}})
        all_ += [self.service(i, ambient) for i in range(self.random.randint(1, 3))]
        all_ += [self.authorization(i) for i in range(self.random.randint(1, 4))]
        all_ += [self.peer_authentication(i) for i in range(self.random.choice((0, 1, 2, 2, 3)))]
        all_ += [self.sidecar(i) for i in range(self.random.choice((0, 0, 1, 2)))] if not ambient else []
        for i in range(self.random.choice((0, 0, 1, 2))):
            port = lambda: [{"port": number} for number in self.some((80, 81, 9000, 15008), 2)]
            spec = {"podSelector": {"matchLabels": {"app": self.random.choice("ab")}}, "policyTypes": self.random.choice((["Ingress"], ["Egress"]))}
            side = "ingress" if spec["policyTypes"] == ["Ingress"] else "egress"
            spec[side] = [{("from" if side == "ingress" else "to"): [{"namespaceSelector": {}}], "ports": port()} for _ in range(self.random.randint(0, 2))]
            all_.append({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": f"net-{i}", "namespace": self.random.choice(SPACES)}, "spec": spec})
        return all_


class Pod(truth_tables.Pod):
    def __init__(self, manifest, spaces):
        self.waypoint = manifest["kind"] == "Gateway"
        if self.waypoint:
            labels = {"gateway.networking.k8s.io/gateway-name": "wp", "gateway.networking.k8s.io/gateway-class-name": "istio-waypoint"}
            super().__init__({**manifest, "kind": "Pod", "metadata": {**manifest["metadata"], "labels": labels}, "spec": {"containers": [{"ports": []}]}}, spaces)
            self.name = self.name.replace("[Pod]", "[Gateway]")
            self.account, self.proxy, self.excluded = "wp", "waypoint", ()
            return
        super().__init__(manifest, spaces)
        self.account = manifest["spec"]["serviceAccountName"]
        self.excluded = [81] if manifest["metadata"]["annotations"] else []
        space, inject = self.space.get("istio-injection"), self.labels.get("sidecar.istio.io/inject")
        injected = (space == "enabled" and inject != "false") or (space is None and inject == "true")
        ambient = self.labels.get("istio.io/dataplane-mode", self.space.get("istio.io/dataplane-mode")) == "ambient"
        self.proxy = None if self.host else "sidecar" if injected else "ambient" if ambient else None


Request = collections.namedtuple("Request", "caller address port method path host")


def matches(pattern, text):
    if pattern == "*":
        return text != ""
    return text.endswith(pattern[1:]) if pattern[0] == "*" else text.startswith(pattern[:-1]) if pattern[-1] == "*" else text == pattern


def unlike(texts, patterns):
    """One text of each group that the patterns do not tell apart."""
    return list({tuple(matches(pattern.lower() if texts is HOSTS else pattern, text) for pattern in patterns): text for text in texts}.values())


def best(values):
    return max(values, default=NO)


def by_identity(kind, pattern, caller, place):
    if caller is None:
        return NO
    if kind == "namespaces":
        return YES if matches(pattern, caller.namespace) else NO
    if kind == "serviceAccounts":
        return YES if (pattern if "/" in pattern else f"{place}/{pattern}") == f"{caller.namespace}/{caller.account}" else NO
    if matches(pattern, f"cluster.local/ns/{caller.namespace}/sa/{caller.account}"):
        return YES
    return PERHAPS if pattern.startswith("other/") and matches(pattern, f"other/ns/{caller.namespace}/sa/{caller.account}") else NO


def one(kind, patterns, request, place):
    """Whether one of the patterns of an attribute matches."""
    if kind in ("principals", "namespaces", "serviceAccounts"):
        return best(by_identity(kind, pattern, request.caller, place) for pattern in patterns)
    if kind == "ipBlocks":
        return PERHAPS if request.address is None else best(YES if request.address in ipaddress.ip_network(block) else NO for block in patterns)
    if kind == "ports":
        return YES if str(request.port) in patterns else NO
    if kind in ("methods", "paths", "hosts"):
        text = {"methods": request.method, "paths": request.path, "hosts": request.host}[kind]
        return best(YES if matches(pattern.lower() if kind == "hosts" else pattern, text) else NO for pattern in patterns)
    return PERHAPS


CONDITIONS = {"source.namespace": "namespaces", "source.principal": "principals", "destination.port": "ports", "source.ip": "ipBlocks",
              "request.headers[x]": "requestPrincipals", "request.auth.claims[iss]": "requestPrincipals", "connection.sni": "remoteIpBlocks"}
HTTP, OTHER = ("methods", "paths", "hosts", "requestPrincipals"), ("remoteIpBlocks",)


def terms_of(mapping):
    for key, patterns in mapping.items():
        yield (key[3].lower() + key[4:] if key.startswith("not") else key), patterns, key.startswith("not")


def terms_of_condition(condition):
    for key in ("values", "notValues"):
        if key in condition:
            yield CONDITIONS[condition["key"]], condition[key], key == "notValues"


def rule_is(rule, action, request, ztunnel, place):
    lists = [[list(terms_of(entry["source"])) for entry in rule["from"]] if "from" in rule else [[]],
             [list(terms_of(entry["operation"])) for entry in rule["to"]] if "to" in rule else [[]],
             [[term for condition in rule.get("when", []) for term in terms_of_condition(condition)]]]
    unread = (HTTP if request.method is None else ()) + (OTHER if ztunnel else ())
    if action == "ALLOW" and any(kind in unread for terms in itertools.chain(*lists) for kind, _, _ in terms):
        return NO
    def holds(terms):
        results = [one(kind, patterns, request, place) for kind, patterns, inverted in terms if kind not in unread]
        inversions = [inverted for kind, _, inverted in terms if kind not in unread]
        return min((YES - result if inverted else result for result, inverted in zip(results, inversions)), default=YES)
    return min(best(holds(terms) for terms in alternatives) for alternatives in lists)


def decide(policies, request, ztunnel):
    hits = {action: [best(rule_is(rule, action, request, ztunnel, policy["metadata"]["namespace"]) for rule in policy["spec"].get("rules", []))
                     for policy in policies if policy["spec"]["action"] == action] for action in ("CUSTOM", "DENY", "ALLOW")}
    result = min(YES - best(hits["DENY"]), best(hits["ALLOW"]) if hits["ALLOW"] else YES)
    return min(result, PERHAPS) if best(hits["CUSTOM"]) else result


class World:
    def __init__(self, manifests):
        kinds = collections.defaultdict(list)
        for manifest in manifests:
            kinds[manifest["kind"]].append(manifest)
        spaces = {space["metadata"]["name"]: space["metadata"]["labels"] for space in kinds["Namespace"]}
        self.kinds, self.pods = kinds, [Pod(manifest, spaces) for manifest in kinds["Pod"] + kinds["Gateway"]]
        self.waypoint = next((pod for pod in self.pods if pod.waypoint), None)
        operations = [entry["operation"] for policy in kinds["AuthorizationPolicy"] for rule in policy["spec"].get("rules", []) for entry in rule.get("to", [])]
        self.requests = list(itertools.product(*(unlike(texts, [pattern for operation in operations for key, patterns in operation.items()
                                                                if key.lower().endswith(word) for pattern in patterns])
                                                 for texts, word in ((METHODS, "methods"), (TEXTS, "paths"), (HOSTS, "hosts")))))

    def selected(self, policy, pod, root=True):
        namespace = policy["metadata"]["namespace"]
        return (namespace == pod.namespace or (root and namespace == "istio-system")) and not pod.host and \
            truth_tables.chosen(policy["spec"].get("selector", {}), pod.labels)

    def policies(self, pod):
        return [policy for policy in self.kinds["AuthorizationPolicy"] if "targetRefs" not in policy["spec"] and self.selected(policy, pod)
                and not (pod.proxy == "ambient" and policy["spec"]["action"] == "CUSTOM")]

    def modes(self, pod, port):
        """Each that may hold: of several policies of one level the oldest counts, and nobody knows which it is."""
        levels = [[], [], []]
        for policy in self.kinds["PeerAuthentication"]:
            own = "selector" in policy["spec"]
            if self.selected(policy, pod, root=not own):
                levels[0 if own else 2 if policy["metadata"]["namespace"] == "istio-system" else 1].append(policy["spec"])
        for near in itertools.product(*(level for level in levels if level)):
            modes = [near[0].get("portLevelMtls", {}).get(port, {}).get("mode")] if levels[0] else []
            modes += [spec.get("mtls", {}).get("mode") for spec in near]
            yield next((mode for mode in modes if mode not in (None, "UNSET")), "PERMISSIVE")

    def services(self, pod, port):
        return [(service, entry) for service in self.kinds["Service"] if service["metadata"]["namespace"] == pod.namespace and not pod.host
                and service["spec"]["selector"]["app"] == pod.labels.get("app") for entry in service["spec"]["ports"] if entry["targetPort"] == port]

    def protocols(self, pod, port):
        found = {"http": "http", "http2": "http", "tcp": "tcp", "any": "any"}
        kinds = {found[entry["name"].split("-")[0]] for _, entry in self.services(pod, port)}
        return kinds.pop() if len(kinds) == 1 else "any"

    def outlook(self, pod):
        """The Sidecar that holds for a pod, and its hosts; None for all."""
        fits = [[], [], []]
        for sidecar in self.kinds["Sidecar"]:
            own, namespace = sidecar["spec"].get("workloadSelector"), sidecar["metadata"]["namespace"]
            if own and namespace == pod.namespace and truth_tables.chosen({"matchLabels": own["labels"]}, pod.labels) and not pod.host:
                fits[0].append(sidecar)
            elif not own and (namespace == pod.namespace or namespace == "istio-system") and not pod.host:
                fits[2 if namespace == "istio-system" else 1].append(sidecar)
        order = sum(fits, [])
        hosts = next(([(sidecar["metadata"]["namespace"], host) for host in sidecar["spec"]["egress"][0]["hosts"]] for sidecar in order if "egress" in sidecar["spec"]), None)
        only = bool(order) and order[0]["spec"].get("outboundTrafficPolicy", {}).get("mode") == "REGISTRY_ONLY"
        return only, hosts

    def knows(self, pod, target, port):
        only, hosts = self.outlook(pod)
        def covers(namespace, name):
            for own, host in hosts:
                space, pattern = host.split("/")
                space = own if space == "." else space
                if space in ("*", namespace) and (name is None or matches(pattern, name)):
                    return True
            return False
        led = self.services(target, port)
        if led:
            return YES if hosts is None or any(covers(one["metadata"]["namespace"], f"{one['metadata']['name']}.{one['metadata']['namespace']}.svc.cluster.local")
                                               for one, _ in led) else NO
        return YES if not only else PERHAPS if hosts is None or covers(target.namespace, None) else NO

    def net(self, source, target, port):
        policies = self.kinds["NetworkPolicy"]
        point = ("TCP", port)
        out = truth_tables.lets(policies, source, "Egress", target, target, point) if isinstance(source, Pod) else True
        return out and truth_tables.lets(policies, target, "Ingress", source, target, point)

    def direct(self, source, target, port, request):
        """What a request finds at the pods, when the network lets it through."""
        found = {self.direct_with(source, target, port, request, mode) for mode in self.modes(target, port)}
        return found.pop() if len(found) == 1 else PERHAPS

    def direct_with(self, source, target, port, request, mode):
        limit = YES
        caller = source if isinstance(source, Pod) and source.proxy and target.proxy else None
        if isinstance(source, Pod) and source.proxy == "sidecar":
            known = self.knows(source, target, port)
            if self.outlook(source)[0]:
                limit = known
            if known == NO or mode == "DISABLE":
                caller = None
        if limit == NO:
            return NO
        if isinstance(source, Pod) and source.proxy and target.proxy and (source.proxy == "sidecar") != (target.proxy == "sidecar"):
            limit = PERHAPS
        taken = target.proxy == "ambient" or (target.proxy == "sidecar" and port not in (15020, 15021, 15090) and port not in target.excluded)
        if not taken:
            return limit
        if caller is None and mode == "STRICT":
            return NO
        address = None if isinstance(source, Pod) else source
        ztunnel = target.proxy == "ambient"
        method = None if ztunnel else request[0]
        return min(limit, decide(self.policies(target), Request(caller, address, port, method, request[1], request[2]), ztunnel))

    def through(self, source, target, port, request):
        """The way through the waypoint."""
        result = NO
        if not self.waypoint or source.proxy != "ambient" or target.proxy != "ambient":
            return NO
        for service, entry in self.services(target, port):
            if service["metadata"]["labels"].get("istio.io/use-waypoint") != "wp" or service["metadata"]["namespace"] != self.waypoint.namespace:
                continue
            name, namespace = service["metadata"]["name"], service["metadata"]["namespace"]
            policies = [policy for policy in self.kinds["AuthorizationPolicy"] for ref in policy["spec"].get("targetRefs", [])
                        if policy["metadata"]["namespace"] == (namespace if ref["kind"] == "Service" else self.waypoint.namespace)
                        and ref["name"] == (name if ref["kind"] == "Service" else "wp")]
            method = None if entry["name"].startswith("tcp") else request[0]
            passes = min(decide(policies, Request(source, None, entry["port"], method, request[1], request[2]), False),
                         self.direct(self.waypoint, target, port, (None, None, None)))
            if self.net(source, self.waypoint, 15008) and self.net(self.waypoint, target, 15008):
                result = max(result, passes)
        return result

    def connects(self, source, target, port, request):
        is_pod = isinstance(source, Pod)
        if is_pod and source.proxy in ("ambient", "waypoint") and target.proxy == "ambient":
            open_ = self.net(source, target, 15008)
        elif is_pod and source.proxy and target.proxy in ("sidecar", "ambient") and (source.proxy == "sidecar") != (target.proxy == "sidecar"):
            open_ = self.net(source, target, port) or self.net(source, target, 15008)
        else:
            open_ = self.net(source, target, port) and not (port == 15008 and target.proxy in ("ambient", "waypoint") and not (is_pod and source.proxy))
        result = self.direct(source, target, port, request) if open_ else NO
        return max(result, self.through(source, target, port, request)) if is_pod else result

    def access(self, source, target, port):
        http, answers = self.requests, set()
        if target.proxy == "ambient":
            # ztunnel reads nothing; what matters is how a waypoint takes the port.
            return max([self.direct_only(source, target, port)] + self.ways(source, target, port, http))
        protocol = self.protocols(target, port)
        for request in (http if protocol != "tcp" else []) + ([(None, None, None)] if protocol != "http" else []):
            answers.add(self.connects(source, target, port, request))
            if YES in answers and len(answers) > 1:
                break
        return rank(answers)

    def direct_only(self, source, target, port):
        self.waypoint, kept = None, self.waypoint
        try:
            return rank({self.connects(source, target, port, (None, None, None))})
        finally:
            self.waypoint = kept

    def ways(self, source, target, port, http):
        """What each Service that leads through the waypoint lets through."""
        found = []
        services = self.kinds["Service"]
        for service in services:
            for entry in service["spec"]["ports"] if isinstance(source, Pod) else []:
                self.kinds["Service"] = [{**service, "spec": {**service["spec"], "ports": [entry]}}]
                kind = entry["name"].split("-")[0]
                requests = (http if kind != "tcp" else []) + ([(None, None, None)] if kind in ("tcp", "any") else [])
                answers = set()
                for request in requests:
                    answers.add(self.through(source, target, port, request))
                    if YES in answers and len(answers) > 1:
                        break
                found.append(rank(answers))
        self.kinds["Service"] = services
        return found


def rank(answers):
    """none, unknown, some or all: 0 to 3."""
    if YES in answers:
        return 3 if answers == {YES} else 2
    return 1 if PERHAPS in answers else 0


def brute_force(manifests):
    world, table = World(manifests), {}
    for target in world.pods:
        for source in world.pods + ADDRESSES:
            for port in PORTS:
                access = world.access(source, target, port)
                if access:
                    table[(source.name if isinstance(source, Pod) else str(source), target.name, port)] = access
    return table


def library(hybridgen, manifests):
    done = subprocess.run([hybridgen, "graph", "--quiet", "--format", "json", "-"], input="\n---\n".join(map(json.dumps, manifests)), capture_output=True, text=True, timeout=60)
    if done.returncode or done.stderr:
        raise AssertionError(f"hybridgen ends with {done.returncode}: {done.stderr}")
    table = {}
    for row in map(json.loads, done.stdout.splitlines()):
        if "[" not in row["to"]:
            continue
        has = lambda ranges, port: any(one["protocol"] == "TCP" and one["first"] <= port <= one["last"] for one in ranges)
        for source, port in itertools.product(names(row["from"]), PORTS):
            if has(row["ports"], port):
                table[(source, row["to"], port)] = 2 if has(row.get("some", []), port) else 1 if has(row.get("unknown", []), port) else 3
    return table


def names(end):
    if "[" in end:
        return [end]
    first, last = map(ipaddress.ip_address, end.split("-"))
    return [str(address) for address in ADDRESSES if address.version == first.version and first <= address <= last]


def main(hybridgen, n_clusters, seed="1"):
    counts = collections.Counter()
    for number in range(int(n_clusters)):
        manifests = Maker(f"{seed}/{number}").cluster()
        right, got = brute_force(manifests), library(hybridgen, manifests)
        if right != got:
            key = min(key for key in right.keys() | got.keys() if right.get(key) != got.get(key))
            words = ("none", "unknown", "some", "all")
            print(f"seed {seed}, cluster {number}: {key}: {words[right.get(key, 0)]} by brute force, {words[got.get(key, 0)]} by the library\n"
                  + "\n".join(map(json.dumps, manifests)))
            return 1
        counts.update(right.values())
        counts[0] += len(PORTS) * sum(one["kind"] in ("Pod", "Gateway") for one in manifests) * 3 - len(right)
    print(f"{n_clusters} clusters: {counts[3]} ports allow all requests, {counts[2]} some, {counts[1]} perhaps, by both alike")
    return not (counts[1] and counts[2] and counts[3])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
