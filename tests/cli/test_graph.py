"""Who can talk to whom, by manifests of anybody and by those of a model."""
import csv
import io
import json
import os
import re
from pathlib import Path

from harness import DRIFT, MODEL, UNREADABLE, WRONG_CALL, WRONG_MODEL, Case, main


def pod(name, namespace="shop", more=""):
    return (f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: {namespace}, labels: {{app: {name}}}}}\n"
            f"spec: {{containers: [{{name: main, image: {name}, ports: [{{name: http, containerPort: 8080}}]}}]{more}}}\n")


POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: api, namespace: shop}
spec:
  podSelector: {matchLabels: {app: api}}
  policyTypes: [Ingress, Egress]
  ingress:
  - from: [{podSelector: {matchLabels: {app: web}}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]
    ports: [{port: http}, {port: 9000, endPort: 9010}, {port: 53, protocol: UDP}]
"""
LINES = """\
shop/web[Pod] -> shop/api[Pod]: TCP 8080, 9000-9010; UDP 53
shop/web[Pod] -> shop/web[Pod]: all traffic
shop/web[Pod] -> 0.0.0.0-255.255.255.255: all traffic
shop/web[Pod] -> ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff: all traffic
10.0.0.0-10.0.255.255 -> shop/api[Pod]: TCP 8080, 9000-9010; UDP 53
10.2.0.0-10.255.255.255 -> shop/api[Pod]: TCP 8080, 9000-9010; UDP 53
0.0.0.0-255.255.255.255 -> shop/web[Pod]: all traffic
::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff -> shop/web[Pod]: all traffic
"""


class Graph(Case):
    def setUp(self):
        super().setUp()
        self.write("deploy/pods.yaml", pod("web") + "---\n" + pod("api"))
        self.write("deploy/policies/api.yml", POLICY)

    def test_folder(self):
        self.assertEqual(self.product("graph", "deploy"), LINES)

    def test_files_and_streams(self):
        self.assertEqual(self.product("graph", "deploy/policies/api.yml", "-", stdin=pod("api") + "---\n---\n# nothing\n---\n" + pod("web")), LINES)

    def test_list_and_json(self):
        pods = [{"metadata": {"name": name, "namespace": "shop", "labels": {"app": name}},
                 "spec": {"containers": [{"name": "main", "ports": [{"name": "http", "containerPort": 8080}]}]}} for name in ("web", "api")]
        self.write("list.json", json.dumps({"apiVersion": "v1", "kind": "PodList", "items": pods}, indent=1))
        self.write("lines.json", "".join(json.dumps({"apiVersion": "v1", "kind": "Pod", **one}) + "\n" for one in pods))
        for name in ("list.json", "lines.json"):
            self.assertEqual(self.product("graph", "deploy/policies", name), LINES)

    def test_formats(self):
        rows = [json.loads(line) for line in self.product("graph", "--format", "json", "deploy").splitlines()]
        self.assertEqual(rows[0], {"from": "shop/web[Pod]", "to": "shop/api[Pod]", "all": False,
                                   "ports": [{"protocol": "TCP", "first": 8080, "last": 8080}, {"protocol": "TCP", "first": 9000, "last": 9010},
                                             {"protocol": "UDP", "first": 53, "last": 53}]})
        table = list(csv.DictReader(io.StringIO(self.product("graph", "--format", "csv", "deploy"))))
        self.assertEqual([f"{row['from']} -> {row['to']}: {row['ports']}" for row in table], LINES.splitlines())
        dot = self.product("graph", "--format", "dot", "deploy")
        self.assertEqual((dot.count(" -> "), dot.count("subgraph"), dot.count("{"), dot.count("}")), (8, 1, 2, 2))
        mermaid = self.product("graph", "--format", "mermaid", "deploy")
        self.assertEqual((mermaid.count("-->"), mermaid.count("subgraph"), mermaid.count("\n  end\n")), (8, 1, 1))
        self.refused(WRONG_CALL, "graph", "--format", "yaml", "deploy")
        self.refused(WRONG_CALL, "generate", "--format", "dot")

    def test_model(self):
        self.write("hybriddeploy.yaml", MODEL)
        lines = self.product("graph").splitlines()
        self.assertIn("shop/web[Deployment] -> shop/catalog[Deployment]: TCP 8000", lines)
        self.assertNotIn("catalog[Deployment] -> shop/web", " ".join(lines))
        self.product("generate", "-o", "out/")
        self.assertEqual(self.product("graph", "out/").splitlines(), lines)

    def test_scaled_job(self):
        self.write("job.yaml", "apiVersion: keda.sh/v1alpha1\nkind: ScaledJob\nmetadata: {name: web, namespace: shop}\nspec:\n  jobTargetRef:\n    template:\n"
                   "      metadata: {labels: {app: web}}\n      spec: {containers: [{name: main, image: web}]}\n")
        self.write("api.yaml", pod("api"))
        lines = self.product("graph", "job.yaml", "api.yaml", "deploy/policies")
        self.assertIn("shop/web[ScaledJob] -> shop/api[Pod]: TCP 8080, 9000-9010; UDP 53", lines)

    def test_ways_in(self):
        """A way in leads through a Service to where its pods listen, as far as their policies may let a gateway in."""
        self.write("service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: api, namespace: shop}\nspec: {selector: {app: api}, ports: [{name: web, port: 80, "
                   "targetPort: http}, {port: 81, targetPort: 9001}, {port: 82}]}\n")
        backends = ", ".join(f"{{path: /{i}, pathType: Prefix, backend: {{service: {{name: api, port: {port}}}}}}}"
                             for i, port in enumerate(("{name: web}", "{number: 81}", "{number: 82}")))
        self.write("ingress.yaml", "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: all, namespace: shop}\nspec: {rules: [{http: {paths: [" + backends + "]}}]}\n")
        self.write("route.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: all, namespace: other}\nspec: {parentRefs: [{name: public}], "
                   "rules: [{backendRefs: [{name: api, namespace: shop, port: 81}]}]}\n")
        self.write("mesh.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: mesh, namespace: shop}\nspec: {parentRefs: [{kind: Service, name: api}], "
                   "rules: [{backendRefs: [{name: api, port: 81}]}]}\n")
        self.write("virtual.yaml", "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: all, namespace: other}\nspec: {gateways: [public], "
                   "http: [{route: [{destination: {host: api.shop.svc.cluster.local, port: {number: 80}}}]}]}\n")
        files = "service.yaml", "ingress.yaml", "route.yaml", "mesh.yaml", "virtual.yaml"
        self.assertEqual(self.product("graph", "deploy/pods.yaml", *files).splitlines()[-3:],
                         ["shop/all[Ingress] -> shop/api[Pod]: TCP 82, 8080, 9001", "other/all[HTTPRoute] -> shop/api[Pod]: TCP 9001",
                          "other/all[VirtualService] -> shop/api[Pod]: TCP 8080"])
        self.assertNotIn("all[", self.product("graph", "deploy", *files))
        self.write("deploy/policies/api.yml", POLICY.replace("{podSelector: {matchLabels: {app: web}}}", "{namespaceSelector: {matchLabels: {name: gateway}}}"))
        self.assertEqual(self.product("graph", "deploy", *files).splitlines()[-3:],
                         ["shop/all[Ingress] -> shop/api[Pod]: TCP 8080, 9001", "other/all[HTTPRoute] -> shop/api[Pod]: TCP 9001",
                          "other/all[VirtualService] -> shop/api[Pod]: TCP 8080"])

    def test_why(self):
        self.assertEqual(self.product("graph", "--why", "web", "shop/api:9001", "deploy"),
                         "web -> shop/api:9001 is allowed\n"
                         "  deploy/pods.yaml:1:1: egress: no policy selects these pods, so that everything is allowed\n"
                         "  deploy/policies/api.yml:8:5: ingress: NetworkPolicy shop/api allows it by this rule\n")
        denied = ("  deploy/policies/api.yml:5:16: {}: NetworkPolicy shop/api selects these pods, and none of its rules allows it\n").format
        self.assertTrue(self.product("graph", "--why", "web", "api:9001/udp", "deploy").endswith(denied("ingress")))
        self.assertEqual(self.product("graph", "--why", "10.1.2.3", "api:8080", "deploy"), "10.1.2.3 -> api:8080 is not allowed\n" + denied("ingress"))
        self.assertIn("10.2.0.1 -> api:8080 is allowed\n", self.product("graph", "--why", "10.2.0.1", "api:8080", "deploy"))
        self.assertEqual(self.product("graph", "--why", "api", "[fd00::1]:443", "deploy"), "api -> [fd00::1]:443 is not allowed\n" + denied("egress"))

    def test_why_of_the_world(self):
        """Each way in, as --exposed lists it, with what leads to the workload."""
        self.write("ways.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: api, namespace: shop}\nspec: {selector: {app: api}, ports: [{port: 80, targetPort: http}]}\n---\n"
                   "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: all, namespace: shop}\n"
                   "spec: {defaultBackend: {service: {name: api, port: {number: 80}}}}\n")
        addresses = "".join(f"10.{ends} -> api:8080 is allowed\n  deploy/policies/api.yml:8:5: ingress: NetworkPolicy shop/api allows it by this rule\n"
                            for ends in ("0.0.0-10.0.255.255", "2.0.0-10.255.255.255"))
        self.assertEqual(self.product("graph", "--why", "world", "api:8080", "deploy", "ways.yaml"), addresses)
        self.write("deploy/policies/api.yml", POLICY.replace("{podSelector: {matchLabels: {app: web}}}", "{namespaceSelector: {matchLabels: {name: gateway}}}"))
        self.assertEqual(self.product("graph", "--why", "world", "api:8080", "deploy", "ways.yaml"),
                         addresses + "shop/all[Ingress] -> api:8080 is allowed\n  ways.yaml:6:1: Ingress shop/all leads requests to it\n"
                                     "  deploy/policies/api.yml:8:5: ingress: NetworkPolicy shop/api allows it by this rule\n")
        self.assertEqual(self.product("graph", "--why", "shop/all[Ingress]", "shop/api:8080", "deploy", "ways.yaml").splitlines()[0],
                         "shop/all[Ingress] -> shop/api:8080 is allowed")
        self.assertIn("is not allowed\n", self.product("graph", "--why", "shop/all[Ingress]", "api:9001", "deploy", "ways.yaml"))
        self.assertEqual(self.product("graph", "--why", "world", "shop/api[Pod]:81", "deploy", "ways.yaml").splitlines()[0], "world -> shop/api[Pod]:81 is not allowed")
        self.assertIn('no workload of the manifests is called "ipa"', self.refused(WRONG_CALL, "graph", "--why", "world", "ipa:80", "deploy"))
        self.write("deploy/world.yaml", pod("world"))
        self.assertIn("world -> api:8080 is not allowed\n", self.product("graph", "--why", "world", "api:8080", "deploy"))

    def test_why_of_the_world_in_a_mesh(self):
        """A gateway shows a certificate perhaps; where one is asked for it does, because it reaches the pods in no other way."""
        self.write("ways.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: api, namespace: shop}\nspec: {selector: {app: api}, ports: [{name: http, port: 8080}]}\n---\n"
                   "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: all, namespace: shop}\n"
                   "spec: {defaultBackend: {service: {name: api, port: {number: 8080}}}}\n")
        for rules, mode, words in (("{to: [{operation: {paths: ['/*']}}]}", "STRICT", "AuthorizationPolicy shop/api allows it by this rule"),
                                   ("{from: [{source: {namespaces: [gateways]}}]}", "PERMISSIVE",
                                    "AuthorizationPolicy shop/api may allow it by this rule, which asks for what the manifests do not tell")):
            self.mesh(rules, mode)
            self.assertEqual(self.product("graph", "--why", "shop/all[Ingress]", "api:8080", "deploy/pods.yaml", "mesh.yaml", "ways.yaml").splitlines()[0],
                             "shop/all[Ingress] -> api:8080 is allowed")
            self.assertEqual(self.product("graph", "--why", "world", "api:8080", "deploy/pods.yaml", "mesh.yaml", "ways.yaml").splitlines()[-1].split(": ", 2)[-1], words)

    def mesh(self, rules, mode="STRICT", more=""):
        """The shop in a mesh of sidecars, where a policy lets requests to api in."""
        self.write("mesh.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio-injection: enabled}}\n---\n"
                   "apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n---\n" + pod("batch", "other") + "---\n"
                   "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: default, namespace: shop}\n"
                   f"spec: {{mtls: {{mode: {mode}}}}}\n---\n"
                   "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: api, namespace: shop}\n"
                   f"spec: {{selector: {{matchLabels: {{app: api}}}}, rules: [{rules}]}}\n" + more)
        return [line for line in self.product("graph", "deploy/pods.yaml", "mesh.yaml").splitlines() if "-> shop/api" in line and "." not in line.split(" ")[0]]

    def test_mesh(self):
        principals = "from: [{source: {principals: [cluster.local/ns/shop/sa/default]}}]"
        others = "; UDP 1-65535; SCTP 1-65535; other (mesh"
        self.assertEqual([line for line in self.mesh("{%s, to: [{operation: {ports: ['8080']}}]}" % principals) if line.startswith("shop/web")],
                         [f"shop/web[Pod] -> shop/api[Pod]: TCP 8080, 15020-15021, 15090{others})"])
        lines = self.mesh("{to: [{operation: {ports: ['8080'], methods: [GET], paths: [/a/*]}}]}")
        self.assertIn(f"shop/web[Pod] -> shop/api[Pod]: TCP 8080, 15020-15021, 15090{others}; some requests: 8080)", lines)
        self.assertIn(f"other/batch[Pod] -> shop/api[Pod]: TCP 15020-15021, 15090{others})", lines)
        lines = self.mesh("{to: [{operation: {ports: ['8080']}}], when: [{key: 'request.headers[x]', values: [a]}]}", mode="PERMISSIVE")
        self.assertIn(f"other/batch[Pod] -> shop/api[Pod]: TCP 8080, 15020-15021, 15090{others}; not known: 8080)", lines)
        for form in ("json", "csv", "dot", "mermaid"):
            self.assertIn("8080", self.product("graph", "--format", form, "deploy/pods.yaml", "mesh.yaml"))

    def test_what_cannot_be_compared_is_told(self):
        """More requests than the check tries are never taken for equal."""
        paths = ", ".join(f"/p{number}*" for number in range(1500))
        self.write("hybriddeploy.yaml", 'name: shop\nimageRegistry: r.example.com/x\nimageTag: "1"\nmesh: sidecar\nservices:\n  orders: {runtime: cpython}\n'
                   f"  web: {{runtime: cpython, calls: [{{to: orders, methods: [GET, POST, PUT], paths: [{paths}]}}]}}\n")
        done = self.run_it("graph", "-q", "--check")
        self.assertEqual(done.returncode, DRIFT, done.stderr)
        self.assertIn("shop/orders[Deployment]:8000/tcp is not compared with the model, because the policies have too many patterns", done.stdout)

    def test_why_names_the_call(self):
        self.write("hybriddeploy.yaml", MODEL)
        for target in ("catalog", "shop/catalog[Deployment]"):
            self.assertTrue(self.product("graph", "--why", "web", f"{target}:8000").endswith("\n  hybriddeploy.yaml:7:13: model: web calls catalog\n"))
        self.assertNotIn("model:", self.product("graph", "--why", "catalog", "web:8000"))

    def test_why_of_a_mesh(self):
        self.mesh("{to: [{operation: {ports: ['8080'], methods: [GET]}}]}",
                  more="---\napiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: web, namespace: shop}\nspec: {workloadSelector: {labels: {app: web}}, "
                       "egress: [{hosts: [other/*]}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}}\n"
                       "---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: deny, namespace: istio-system}\n"
                       "spec: {action: DENY, rules: [{from: [{source: {namespaces: [shop]}}], to: [{operation: {ports: ['8080'], paths: [/admin*]}}]}, "
                       "{when: [{key: 'request.auth.claims[x]', values: [z]}], to: [{operation: {ports: ['8080']}}]}]}\n")
        why = lambda *args: [line.split(": ", 2)[-1] for line in self.product("graph", "--why", *args, "deploy/pods.yaml", "mesh.yaml").splitlines()]
        self.assertEqual(why("web", "api:8080"), ["web -> api:8080 is not allowed", "no policy selects these pods, so that everything is allowed",
                                                  "no policy selects these pods, so that everything is allowed",
                                                  "Sidecar shop/web lets out requests only to the hosts that it lists, and this is none of them"])
        self.assertEqual(why("batch", "api:8080")[-1], "PeerAuthentication shop/default asks for a certificate, which the caller does not show")
        self.assertEqual(why("api", "api:8080")[3:], ["AuthorizationPolicy shop/api allows some requests by this rule",
                                                      "AuthorizationPolicy istio-system/deny refuses some requests by this rule",
                                                      "AuthorizationPolicy istio-system/deny refuses some requests by this rule"])
        self.assertEqual(why("api", "api:81")[-1], "AuthorizationPolicy shop/api selects these pods, and none of its rules allows it")
        self.assertEqual(why("web", "10.0.0.1:443")[-1], "Sidecar shop/web lets out requests only to the hosts that it lists, and this is none of them")

    def test_two_of_one_level(self):
        """The oldest PeerAuthentication holds; without an age it is not known which one that is."""
        one = ("---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{name: {}, namespace: shop{}}}\nspec: {{mtls: {{mode: {}}}}}\n").format
        age = ", creationTimestamp: '2026-0{}-01T00:00:00Z'".format
        for ages, words in ((("", ""), "not known"), ((age(1), age(1)), "not known"), ((age(1), age(2)), "refused"), ((age(2), age(1)), "open")):
            self.write("mesh.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio-injection: enabled}}\n"
                       + one("a", ages[0], "STRICT") + one("b", ages[1], "PERMISSIVE"))
            line = next((line for line in self.product("graph", "deploy/pods.yaml", "mesh.yaml").splitlines() if line.startswith("0.0.0.0-255.255.255.255 -> shop/api[Pod]")), "")
            self.assertEqual("not known" if "not known" in line else "refused" if "TCP 15020-15021, 15090" in line else "open", words, line)
            why = self.product("graph", "--why", "10.0.0.1", "api:8080", "deploy/pods.yaml", "mesh.yaml")
            self.assertEqual("PeerAuthentication shop/a asks for a certificate" in why, words != "open")
            self.assertEqual("is not allowed" in why, words == "refused")

    def test_bad_mesh(self):
        """What Istio's server refuses takes no part."""
        for rules, message in (("{from: []}", "from is empty"), ("{from: [{source: {}}]}", "source needs at least one of its members"),
                               ("{to: [{operation: {ports: ['70000']}}]}", "a port must be from 1 to 65535, not 70000"),
                               ("{to: [{operation: {ports: [80]}}]}", "ports must be a text"), ("{from: [{source: {ipBlocks: [10.0.0.0/99]}}]}", "is not a range of addresses"),
                               ("{when: [{key: request.colour, values: [a]}, {key: colour, values: [a]}]}", 'Istio knows no attribute "colour"'),
                               ("{when: [{key: source.ip}]}", "an entry of when needs key, and values or notValues")):
            self.write("bad.yaml", "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: api}\n" f"spec: {{rules: [{rules}]}}\n")
            self.assertIn(message, self.run_it("graph", "bad.yaml").stderr)
        for kind, spec, message in (("PeerAuthentication", "{portLevelMtls: {80: {mode: STRICT}}}", "portLevelMtls is given without selector"),
                                    ("AuthorizationPolicy", "{targetRefs: [{kind: Service}]}", "a target needs kind and name")):
            self.write("bad.yaml", f"apiVersion: security.istio.io/v1\nkind: {kind}\nmetadata: {{name: api}}\nspec: {spec}\n")
            self.assertIn(message, self.run_it("graph", "bad.yaml").stderr)
        self.write("bad.yaml", "apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: api}\nspec: {egress: [{hosts: [all]}]}\n")
        self.assertIn("all has no namespace", self.run_it("graph", "bad.yaml").stderr)

    def test_why_of_what_is_not_there(self):
        self.assertIn('no workload of the manifests is called "wbe"', self.refused(WRONG_CALL, "graph", "--why", "wbe", "api:80", "deploy"))
        self.assertIn("did you mean web?", self.refused(WRONG_CALL, "graph", "--why", "wbe", "api:80", "deploy"))
        self.write("deploy/other.yaml", pod("web", "other"))
        self.assertIn("web may be other/web[Pod] or shop/web[Pod]", self.refused(WRONG_CALL, "graph", "--why", "web", "api:80", "deploy"))
        for target in ("api", "api:0", "api:70000", "api:80/icmp", ":80", "api:"):
            self.refused(WRONG_CALL, "graph", "--why", "web", target, "deploy")
        self.refused(WRONG_CALL, "graph", "--why", "web", "api:80", "--format", "json", "deploy")

    def test_why_is_what_is_listed(self):
        """Each pair of workloads at some ports, in the manifests of a model."""
        self.write("hybriddeploy.yaml", MODEL)
        listed = {tuple(line.split(": ")[0].split(" -> ")): line for line in self.product("graph").splitlines()}
        for source in ("web", "catalog"):
            for target in ("web", "catalog"):
                said = self.product("graph", "--why", source, f"{target}:8000").splitlines()[0].endswith("is allowed")
                self.assertEqual(said, "TCP 8000" in listed.get((f"shop/{source}[Deployment]", f"shop/{target}[Deployment]"), ""))

    def test_exposed(self):
        self.assertEqual(self.product("graph", "--exposed", "deploy").splitlines(), [line for line in LINES.splitlines() if line.count("[") == 1])

    def test_check(self):
        """What the manifests of a model allow is what it declares; each fault in the policies is told with a packet."""
        self.write("hybriddeploy.yaml", MODEL)
        self.assertEqual(self.product("graph", "--check"), "")
        self.product("generate", "-o", "out/")
        self.assertEqual(self.product("graph", "--check", "out/"), "")
        [policy] = [path for path in (self.folder / "out").iterdir() if path.name.startswith("40-networkpolicy-catalog")]
        right = policy.read_text()
        policy.write_text(right.replace("port: 8000", "port: 8001"))
        done = self.run_it("graph", "--check", "out/")
        self.assertEqual((done.returncode, done.stderr), (DRIFT, ""))
        self.assertRegex(done.stdout, r"(?m)^web -> catalog:8000/tcp is declared by the model, but not allowed\n(  .*\n)*"
                                      r"  out/40-networkpolicy-catalog\.yaml:\d+:\d+: ingress: NetworkPolicy shop/catalog selects these pods, and none of its rules allows it\n")
        policy.unlink()
        self.write("out/more.yaml", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: open, namespace: shop}\n"
                                    "spec: {podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}]}\n")
        done = self.run_it("graph", "--check", "out/", "-f", "hybriddeploy.yaml")
        self.assertEqual(done.returncode, DRIFT)
        self.assertIn("shop/catalog[Deployment] -> shop/web[Deployment]:1/tcp is allowed, but the model does not declare it\n"
                      "  out/more.yaml:4:81: egress: NetworkPolicy shop/open allows it by this rule\n"
                      "  out/more.yaml:4:67: ingress: NetworkPolicy shop/open allows it by this rule\n", done.stdout)
        # A model that declares nothing surely is compared with nothing.
        self.write("hybriddeploy.yaml", MODEL.replace("name: shop\n", ""))
        self.assertIn("name is missing", self.refused(WRONG_MODEL, "graph", "--check", "out/"))

    def test_check_of_neighbours(self):
        """Pods among the manifests are declared as an external and as a caller; their own policy decides."""
        model = (Path(__file__).parent.parent / "correct/neighbour-among-manifests.yaml").read_text()
        self.write("hybriddeploy.yaml", model)
        self.assertEqual(self.product("graph", "--check"), "")
        self.write("hybriddeploy.yaml", model.replace("port: 4222}]}]", "port: 4223}]}]"))
        done = self.run_it("graph", "--check")
        self.assertEqual(done.returncode, DRIFT)
        self.assertIn("web -> queue:4222/tcp is declared by the model, but not allowed\n", done.stdout)
        self.assertNotIn("queue -> web", done.stdout)

    def test_owners(self):
        """Pods are called after what makes them, and a maker that is there speaks for them."""
        owned = pod("web-1").replace("labels: {app: web-1}", "labels: {app: web}, ownerReferences: [{kind: ReplicaSet, name: web, controller: true}]")
        self.write("two.yaml", owned + "---\n" + owned.replace("web-1", "web-2"))
        self.assertIn("shop/web[ReplicaSet] -> 0.0.0.0-255.255.255.255: all traffic", self.product("graph", "two.yaml").splitlines())
        self.assertEqual(self.product("graph", "two.yaml").count("-> 0.0.0.0"), 1)
        self.write("maker.yaml", "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: web, namespace: shop}\nspec: {template: {metadata: {labels: {app: other}}}}\n")
        self.assertEqual(self.product("graph", "two.yaml", "maker.yaml").count("-> 0.0.0.0"), 1)

    def test_host_network(self):
        self.write("deploy/agent.yaml", pod("agent", more=", hostNetwork: true"))
        self.write("deploy/policies/all.yaml", POLICY.replace("{name: api,", "{name: all,").replace("{matchLabels: {app: api}}", "{}").replace("app: web", "app: agent"))
        self.assertNotIn("shop/agent[Pod] -> shop/api[Pod]", self.product("graph", "deploy"))
        self.assertIn("shop/agent[Pod] -> shop/agent[Pod]: all traffic", self.product("graph", "deploy"))
        self.assertNotIn("shop/agent[Pod] ->", self.product("graph", "--host-network", "pods", "deploy"))

    def test_what_a_server_refuses(self):
        """Each such policy is told, and left out; the others are decided about."""
        wrong = {"podSelectr: {}": "HD1139", "podSelector: []": "HD1146", "policyTypes: [Out]": "HD1157", "ingress: [{ports: [{port: 70000}]}]": "HD1182",
                 "ingress: [{ports: [{port: 90, endPort: 80}]}]": "HD1182", "ingress: [{ports: [{port: http, endPort: 80}]}]": "HD1195",
                 "ingress: [{from: [{}]}]": "HD1204", "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0}}]}]": "HD1195",
                 "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/8]}}]}]": "HD1195",
                 "ingress: [{from: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}]": "HD1211",
                 "podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}": "HD1195",
                 "podSelector: {matchExpressions: [{key: a, operator: In}]}": "HD1195", "podSelector: {matchLabels: {a: 1}}": "HD1163",
                 "podSelector: {}\n  podSelector: {}": "HD1128"}
        for spec, code in wrong.items():
            self.write("deploy/wrong.yaml", f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: wrong, namespace: shop}}\nspec:\n  {spec}\n")
            done = self.run_it("graph", "deploy")
            self.assertEqual((done.returncode, done.stdout), (WRONG_MODEL, LINES), spec)
            self.assertEqual(re.findall(r"\[(HD\d+)\]", done.stderr), [code], done.stderr)
            self.assertRegex(done.stderr, r"^deploy/wrong\.yaml:[56]:\d+: error: ")

    def test_rest_of_a_stream(self):
        """A document that is no YAML does not take the others with it, and lines are counted over all of them."""
        self.write("deploy/stream.yaml", "# first\n---\na: [\n---\n" + pod("db") + "---\nkind: Pod\n")
        done = self.run_it("graph", "deploy")
        self.assertEqual(done.returncode, WRONG_MODEL)
        self.assertIn("deploy/stream.yaml:4:1: error", done.stderr)
        self.assertIn("deploy/stream.yaml:10:1: warning: this document is left out", done.stderr)
        self.assertIn("shop/db[Pod]", done.stdout)

    def test_hostile_folders(self):
        """Links are not followed, and names are not written to a terminal as they are."""
        os.symlink("/etc/passwd", self.folder / "deploy/link.yaml")
        os.symlink("/", self.folder / "deploy/root")
        os.symlink(".", self.folder / "deploy/loop")
        os.mkfifo(self.folder / "deploy/pipe.yaml")
        self.assertEqual(self.product("graph", "deploy"), LINES)
        self.write("deploy/bad.yaml", pod("web").replace("name: web,", 'name: "a\\e[31m",'))
        done = self.run_it("graph", "deploy")
        self.assertEqual((done.returncode, done.stdout), (WRONG_MODEL, LINES))
        self.assertNotIn("\x1b", done.stderr)

    def test_not_there(self):
        self.assertIn("HD1013", self.refused(UNREADABLE, "graph", "nowhere"))
        self.assertEqual(self.run_it("graph", "deploy", "-f", "hybriddeploy.yaml").returncode, WRONG_CALL)

    def test_many_bombs(self):
        """Aliases are bounded in each document, and over all of them."""
        lists = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 5))
        self.write("bombs.yaml", "---\n".join(f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c{i}}}\n{lists}" for i in range(400)))
        done = self.run_it("graph", "-q", "bombs.yaml")
        self.assertEqual((done.returncode, done.stderr.count("[HD1085]")), (WRONG_MODEL, 1))

    def test_many_objects(self):
        self.write("many.yaml", "---\n".join(pod(f"p{i}") for i in range(3000)) + "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
                   "metadata: {name: none, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n")
        self.assertEqual(self.product("graph", "many.yaml"), "")


main()
