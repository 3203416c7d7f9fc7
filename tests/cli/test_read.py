"""Manifests of others, as graph and diff read them: ways in of OpenShift, what no server takes, and what a difference costs."""
import json
import re

from harness import WRONG_MODEL, Case, main

POLICY = ("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: all, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress], "
          "ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 8080}, {port: 8081}, {port: 9000}]}]}\n---\n")


def pod(name, port, more="", labels=""):
    return (f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: shop, labels: {{app: {name}{labels}}}}}\n"
            f"spec: {{containers: [{{name: main, image: i, ports: [{{name: http, containerPort: {port}}}]}}{more}]}}\n---\n")


def service(name, ports):
    return f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: shop}}\nspec: {{selector: {{app: {name}}}, ports: [{ports}]}}\n---\n"


class Read(Case):
    def edges(self, text):
        self.write("all.yaml", text)
        done = self.run_it("graph", "--exposed", "--format", "json", "all.yaml")
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        return {(row["from"], row["to"], tuple(port["first"] for port in row["ports"])) for row in rows}, done.stderr

    def test_routes_of_openshift(self):
        """The port of a Route is one of the pods, by name or number; alternate back ends have the same; other kinds lead nowhere."""
        both = (POLICY + pod("web", 8080) + pod("old", 8081) + service("web", "{name: plain, port: 80, targetPort: http}, {name: more, port: 81, targetPort: 9000}")
                + service("old", "{name: plain, port: 80, targetPort: http}"))
        route = ("apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: web, namespace: shop}\nspec: {to: {kind: Service, name: web}, "
                 "PORTalternateBackends: [{kind: Service, name: old}, {kind: Other, name: web}, {kind: Service}]}\n")
        web, old = "shop/web[Pod]", "shop/old[Pod]"
        for port, expected, missing in (("port: {targetPort: http}, ", {(web, 8080), (old, 8081)}, 0), ("port: {targetPort: 9000}, ", {(web, 9000)}, 1),
                                        ("", {(web, 8080), (web, 9000), (old, 8081)}, 0)):
            edges, told = self.edges(both + route.replace("PORT", port))
            self.assertEqual({(to, number) for _, to, numbers in edges for number in numbers}, expected, port)
            self.assertEqual({way for way, _, _ in edges}, {"shop/web[Route]"})
            self.assertEqual(told.count("[HD3558]"), missing, told)

    def test_virtual_service_by_a_short_name(self):
        """A host of one word is a Service of the namespace of the VirtualService."""
        route = ("apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: web, namespace: shop}\n"
                 "spec: {hosts: [shop.example.com], gateways: [public], http: [{route: [{destination: {host: HOST, port: {number: 80}}}]}]}\n")
        base = POLICY + pod("web", 8080) + service("web", "{name: http, port: 80, targetPort: http}")
        for host, expected in ("web", {"shop/web[Pod]"}), ("web.shop", {"shop/web[Pod]"}), ("web.other", set()):
            edges, _ = self.edges(base + route.replace("HOST", host))
            self.assertEqual({to for _, to, _ in edges}, expected, host)

    def test_what_no_server_takes(self):
        head = "apiVersion: {}\nkind: {}\nmetadata: {{name: r, namespace: shop}}\nspec: {}\n"
        policy = ("networking.k8s.io/v1", "NetworkPolicy")
        for version, kind, spec, code, message in (
                ("apps/v1", "Deployment", "{replicas: 1}", "HD1204", "spec needs template"),
                ("batch/v1", "CronJob", '{schedule: "@daily"}', "HD1204", "jobTemplate.spec needs template"),
                ("keda.sh/v1alpha1", "ScaledJob", "{jobTargetRef: {}}", "HD1204", "spec.jobTargetRef needs template"),
                ("v1", "Pod", "{hostNetwork: maybe, containers: []}", "HD1146", "hostNetwork must be true or false, not maybe"),
                ("v1", "Pod", "{containers: [{name: a, ports: [{containerPort: x}]}]}", "HD1146", "containerPort must be a number, not x"),
                (*policy, "{podSelector: {matchExpressions: [{key: a}]}}", "HD1204", "needs key and operator"),
                (*policy, "{podSelector: {matchLabels: {b: x, a: v, a: w}}}", "HD1128", "a is given twice"),
                (*policy, "{podSelector: {}, ingress: [{from: [{ipBlock: {except: [10.0.0.0/8]}}]}]}", "HD1204", "ipBlock needs cidr"),
                (*policy, "{podSelector: {}, ingress: [{ports: [{endPort: 90}]}]}", "HD1204", "endPort is given without port"),
                (*policy, "{podSelector: {}, ingress: [{ports: [{port: 99999999999999999999}]}]}", "HD1146", "port must be a number")):
            self.write("wrong.yaml", head.format(version, kind, spec))
            done = self.run_it("graph", "wrong.yaml")
            self.assertEqual((done.returncode, done.stdout), (WRONG_MODEL, ""), spec)
            self.assertEqual(re.findall(r"\[(HD\d+)\]", done.stderr), [code], done.stderr)
            self.assertIn(message, done.stderr)
        self.write("wrong.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {namespace: shop}\nspec: {containers: []}\n")
        self.assertIn("metadata needs name", self.refused(WRONG_MODEL, "graph", "wrong.yaml"))

    def test_what_has_no_pods_of_its_own(self):
        """A Rollout with workloadRef runs the pods of the Deployment that it names; an object may leave its name to the server."""
        self.write("all.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: web, namespace: shop}\nspec: {workloadRef: {kind: Deployment, name: web}}\n---\n"
                   + pod("x", 8080).replace("name: x,", "generateName: web-,"))
        self.assertEqual({line.split(" -> ")[0] for line in self.product("graph", "all.yaml").splitlines() if line.startswith("shop/")}, {"shop/web-[Pod]"})

    def test_ports_that_pass_a_proxy_by(self):
        """A proxy that was put in by hand is one; what does not pass it is not asked for a certificate."""
        strict = "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: default, namespace: shop}\nspec: {mtls: {mode: STRICT}}\n"
        own = "TCP 15020-15021, 15090; "
        for annotation, expected in (("", own), ('{traffic.sidecar.istio.io/includeInboundPorts: "*"}', own),
                                     ('{traffic.sidecar.istio.io/includeInboundPorts: "9000,9001"}', "TCP 1-8999, 9002-65535; "),
                                     ('{traffic.sidecar.istio.io/excludeInboundPorts: "9000"}', "TCP 9000, 15020-15021, 15090; ")):
            self.write("all.yaml", pod("plain", 8080) + pod("meshed", 8080, ", {name: istio-proxy, image: p}").replace("labels: {", f"annotations: {annotation or '{}'}, labels: {{")
                       + strict)
            lines = dict(line.split(": ", 1) for line in self.product("graph", "all.yaml").splitlines())
            self.assertEqual(lines["shop/plain[Pod] -> shop/meshed[Pod]"], expected + "UDP 1-65535; SCTP 1-65535; other (mesh)", annotation)
            self.assertEqual((lines["shop/meshed[Pod] -> shop/meshed[Pod]"], lines["shop/meshed[Pod] -> shop/plain[Pod]"]), ("all traffic (mesh)", "all traffic"))

    def test_what_a_policy_of_requests_tells(self):
        """Templates in paths and decisions of somebody else are not known; a path is some of the requests, and what is denied for every path is denied to what has none, too."""
        proxy = ", {name: istio-proxy, image: p}"
        policy = ("apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: api, namespace: shop}}\n"
                  "spec: {{selector: {{matchLabels: {{app: api}}}}, action: {}, rules: [{{to: [{{operation: {{ports: ['8080'], paths: ['{}']}}}}]}}]}}\n")
        own, other = "TCP 8080, 15020-15021, 15090; ", "TCP 1-65535; "
        for action, path, ports, said, why in (
                ("ALLOW", "/a/{*}/b", own, "; not known: 8080", "may allow it by this rule, which asks for what the manifests do not tell"),
                ("ALLOW", "/{**}", own, "; not known: 8080", "may allow it by this rule, which asks for what the manifests do not tell"),
                ("ALLOW", "/a/*", own, "; some requests: 8080", "allows some requests by this rule"),
                ("ALLOW", "*", own, "; some requests: 8080", "allows some requests by this rule"),
                ("DENY", "/a", other, "; some requests: 8080", "refuses some requests by this rule"),
                ("DENY", "*", "TCP 1-8079, 8081-65535; ", "", "refuses it by this rule"),
                ("CUSTOM, provider: {name: x}", "/a", other, "; some requests: 8080", "may refuse it by this rule, which asks for what the manifests do not tell")):
            self.write("all.yaml", pod("web", 8080, proxy) + pod("api", 8080, proxy) + policy.format(action, path))
            lines = dict(line.split(": ", 1) for line in self.product("graph", "all.yaml").splitlines())
            self.assertEqual(lines["shop/web[Pod] -> shop/api[Pod]"], f"{ports}UDP 1-65535; SCTP 1-65535; other (mesh{said})", (action, path))
            reasons = self.product("graph", "--why", "web", "api:8080", "all.yaml").splitlines()
            self.assertTrue(reasons[-1].endswith("AuthorizationPolicy shop/api " + why), reasons)
            self.assertEqual(reasons[0].endswith("is allowed"), (action, path) != ("DENY", "*"))

    def test_the_last_of_two_objects_counts(self):
        """Each kind that decides: what is given again, differently, is told, and the last one decides alone."""
        head = "apiVersion: {}\nkind: {}\nmetadata: {{name: {}, namespace: shop}}\nspec: {}\n---\n"
        proxy = ", {name: istio-proxy, image: p}"
        base = [pod("web", 8080, proxy), pod("api", 8080, proxy), service("api", "{name: http, port: 80, targetPort: http}"),
                head.format("networking.k8s.io/v1", "Ingress", "all", "{defaultBackend: {service: {name: api, port: {number: 80}}}}"),
                head.format("networking.k8s.io/v1", "NetworkPolicy", "api", "{podSelector: {matchLabels: {app: api}}, ingress: [{ports: [{port: 8080}, {port: 443}]}]}"),
                head.format("security.istio.io/v1", "AuthorizationPolicy", "api", "{selector: {matchLabels: {app: api}}, rules: [{to: [{operation: {ports: ['8080']}}]}]}"),
                head.format("security.istio.io/v1", "PeerAuthentication", "default", "{mtls: {mode: STRICT}}"),
                head.format("networking.istio.io/v1", "Sidecar", "web", "{workloadSelector: {labels: {app: web}}, egress: [{hosts: [./*]}]}"),
                head.format("networking.istio.io/v1", "ServiceEntry", "out", "{hosts: [out.example.com], addresses: [192.0.2.1], ports: [{number: 443, name: tls, protocol: TLS}]}")]
        first = [pod("web", 8080), pod("api", 9090, proxy), service("api", "{name: http, port: 80, targetPort: 9}"),
                 head.format("networking.k8s.io/v1", "Ingress", "all", "{defaultBackend: {service: {name: none, port: {number: 80}}}}"),
                 head.format("networking.k8s.io/v1", "NetworkPolicy", "api", "{podSelector: {matchLabels: {app: api}}, ingress: []}"),
                 head.format("security.istio.io/v1", "AuthorizationPolicy", "api", "{selector: {matchLabels: {app: api}}}"),
                 head.format("security.istio.io/v1", "PeerAuthentication", "default", "{mtls: {mode: DISABLE}}"),
                 head.format("networking.istio.io/v1", "Sidecar", "web", "{workloadSelector: {labels: {app: web}}, egress: [{hosts: [other/*]}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}}"),
                 head.format("networking.istio.io/v1", "ServiceEntry", "out", "{hosts: [other.example.com], ports: [{number: 80, name: tls, protocol: TLS}]}")]
        self.write("all.yaml", "".join(base))
        expected = self.run_it("graph", "all.yaml").stdout
        for one in first:
            self.write("first.yaml", one)
            done = self.run_it("graph", "first.yaml", "all.yaml")
            self.assertEqual((done.returncode, done.stdout), (WRONG_MODEL, expected), one)
            self.assertEqual(re.findall(r"error: .*\[(HD\d+)\]", done.stderr), ["HD1073"], done.stderr)

    def test_folders_without_end(self):
        self.write("d/" * 40 + "below.yaml", pod("below", 8080))
        self.write("d/above.yaml", pod("above", 8080))
        done = self.run_it("graph", "d")
        self.assertEqual(done.returncode, WRONG_MODEL)
        self.assertIn("more than 32 folders are inside each other", done.stderr)
        self.assertIn("shop/above[Pod]", done.stdout)
        self.assertNotIn("below", done.stdout)

    def difference(self, old, new):
        self.write("old.yaml", old)
        self.write("new.yaml", new)
        return self.product("diff", "old.yaml", "new.yaml", "--format", "json")

    def objects(self, old, new):
        return {(one["kind"], one["name"]): one for one in json.loads(self.difference(old, new))["objects"]}

    def test_what_goes_with_an_object(self):
        stateful_set = ("apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db, namespace: shop}\nspec: {serviceName: db, selector: {matchLabels: {a: b}}, "
                        "persistentVolumeClaimRetentionPolicy: {whenDeleted: WORD}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}\n---\n")
        secret = "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: db, namespace: shop}\nspec: {refreshInterval: 1h}\n---\n"
        left = service("web", "{port: 80}")
        for word, effect in ("Delete", "data"), ("Retain", "delete"):
            objects = self.objects(stateful_set.replace("WORD", word) + secret + left, left)
            self.assertEqual({key: one["effect"] for key, one in objects.items()}, {("StatefulSet", "db"): effect, ("ExternalSecret", "db"): "data"})

    def test_families_of_addresses(self):
        """Only the first family of a Service stays for ever."""
        balanced = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}, ipFamilies: LIST, ports: [{port: 80}]}\n"
        for before, after, effect in (("[IPv4]", "[IPv4, IPv6]", "update"), ("[IPv4, IPv6]", "[IPv6, IPv4]", "recreate"), ("[IPv4]", "[IPv6]", "recreate"),
                                      ("[]", "[IPv6]", "recreate"), ("[[]]", "[IPv6]", "recreate")):
            objects = self.objects(balanced.replace("LIST", before), balanced.replace("LIST", after))
            self.assertEqual(objects["Service", "web"]["effect"], effect, (before, after))

    def test_order_of_ports(self):
        """Elements with names are compared by them; where those that both have change places, the list is another one."""
        ports = [f"{{name: p{i}, port: {80 + i}}}" for i in range(4)]
        for order, expected in ((3, 0, 1), ["spec.ports[p2]", "spec.ports[p3]"]), ((1, 3, 0, 2), ["spec.ports"]), ((1, 0), ["spec.ports"]), ((0, 1, 2, 3), ["spec.ports[p3]"]), ((0, 2), ["spec.ports[p1]"]):
            objects = self.objects(service("web", ", ".join(ports[:3])), service("web", ", ".join(ports[i] for i in order)))
            self.assertEqual(sorted(field["path"] for field in objects["Service", "web"]["fields"]), expected, order)

    def test_values_and_long_mappings(self):
        """Each key of a long mapping is compared; the text for people names a few of them and counts the others."""
        big = "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: big, namespace: shop}}\ndata: {{{}}}\n"
        pods = ("apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {{name: agent, namespace: shop}}\nspec: {{selector: {{matchLabels: {{a: c}}}}, template: "
                "{{metadata: {{labels: {{a: c}}}}, spec: {{hostNetwork: {}, containers: [{{name: c, image: i, tty: {}}}]}}}}}}\n")
        old = big.format(", ".join(f"k{i:02}: v{i}" for i in range(40))) + "---\n" + pods.format("true", "null")
        new = big.format(", ".join(f"k{i:02}: v{i + (i % 3 == 0)}" for i in range(2, 42))) + "---\n" + pods.format("false", "true")
        objects = self.objects(old, new)
        changed = {f"data.k{i:02}" for i in range(42) if i < 2 or i > 39 or i % 3 == 0}
        self.assertEqual({field["path"] for field in objects["ConfigMap", "big"]["fields"]}, changed)
        self.assertEqual({(field["path"], field["before"], field["after"]) for field in objects["DaemonSet", "agent"]["fields"]},
                         {("spec.template.spec.hostNetwork", True, False), ("spec.template.spec.containers[c].tty", None, True)})
        text = self.product("diff", "old.yaml", "new.yaml")
        self.assertEqual(len(re.findall(r"^ +data\.k", text, re.M)) + int(re.search(r"and (\d+) more", text)[1]), len(changed))

    SERVICES = """name: shop
host: shop.example.com
imageRegistry: registry.example.com/shop
imageTag: "1.0"
mesh: sidecar
services:
  agent: {runtime: cpython, kind: DaemonSet}
  store: {runtime: cpython, kind: StatefulSet, replicas: 3, autoscaling: off}
  part: {runtime: cpython, kind: StatefulSet, replicas: 3, autoscaling: off, strategy: {partition: 2}}
  hand: {runtime: cpython, kind: StatefulSet, replicas: 1, autoscaling: off, strategy: OnDelete}
  once: {runtime: cpython, replicas: 1, autoscaling: off, strategy: Recreate}
  flag: {runtime: cpython, expose: /flag, delivery: {executor: flagger, canary: {steps: [20, 50], analysis: {successRate: 99}}}}
  argo: {runtime: cpython, expose: /argo, delivery: {executor: argoRollouts, blueGreen: {}}}
  web: {runtime: cpython, expose: /, autoscaling: {maxReplicas: 4}, strategy: {maxSurge: 2, maxUnavailable: 0}}
"""
    PACES = {"agent": "one pod of each node, at most 0 more and 1 fewer than wanted at a time", "store": "3 pods, one after the other",
             "part": "3 pods, one after the other, but for those below number 2", "hand": "1 pod, each when somebody deletes it",
             "once": "1 pod, all at once, with none running in between", "flag": "2 to 10 pods, in the steps of its delivery, by Flagger",
             "argo": "2 to 10 pods, in the steps of its delivery, by Argo Rollouts", "web": "2 to 4 pods, at most 2 more and 0 fewer than wanted at a time"}

    def test_pace_of_each_kind(self):
        self.write("old.yaml", self.SERVICES)
        self.write("new.yaml", self.SERVICES.replace('imageTag: "1.0"', 'imageTag: "2.0"'))
        text = self.run_it("diff", "-q", "old.yaml", "new.yaml").stdout
        self.assertEqual(dict(re.findall(r"  restart +\w+/(\w+)\n +(.*pods?.*)\n", text)), self.PACES)

    def test_selectors_that_run(self):
        """The server refuses another selector of each kind; a service can keep it, or the object goes first."""
        self.write("old.yaml", self.SERVICES)
        running = self.run_it("generate", "-q", "-f", "old.yaml").stdout.replace("app.kubernetes.io/instance: shop", "app.kubernetes.io/instance: old")
        text = self.refused(WRONG_MODEL, "generate", "-q", "-f", "old.yaml", "--against", "-", stdin=running)
        hints = re.findall(r"hint: keep what runs with selector: in the service (\w+), or delete the (\w+) first, which stops its pods", text)
        self.assertEqual({name for name, _ in hints}, set(self.PACES))
        self.assertEqual({kind for _, kind in hints}, {"DaemonSet", "StatefulSet", "Deployment", "Rollout"})

    def test_connections_of_one_layer_alone(self):
        """Metrics pass the proxy by; in an ambient mesh requests come through its tunnel, so that each layer sees another connection."""
        model = ('name: shop\nhost: shop.example.com\nimageRegistry: registry.example.com/shop\nimageTag: "1.0"\nmesh: {}\n'
                 "platform: {{prometheus: {{namespace: monitoring}}}}\ntelemetry: on\nservices: {{web: {{runtime: cpython, expose: /, metrics: {}}}}}\n")
        self.write("old.yaml", model.format("sidecar", "off"))
        self.write("metrics.yaml", model.format("sidecar", "on"))
        self.write("ambient.yaml", model.format("ambient", "off"))
        self.assertIn("  + prometheus to web 15020/TCP, metrics, in the network alone\n", self.run_it("diff", "-q", "old.yaml", "metrics.yaml").stdout)
        text = self.run_it("diff", "-q", "old.yaml", "ambient.yaml").stdout
        self.assertIn("  + gateway to web 8000/TCP, gateway, in the mesh alone\n  + gateway to web 15008/TCP, gateway, in the network alone\n", text)
        edges = json.loads(self.run_it("diff", "-q", "old.yaml", "ambient.yaml", "--format", "json").stdout)["edges"]
        layers = {edge["ports"][0]["number"]: (edge["inNetwork"], edge["inMesh"]) for edge in edges if edge["added"] and edge["reason"] == "gateway"}
        self.assertEqual(layers, {8000: (False, True), 15008: (True, False)})


if __name__ == "__main__":
    main()
