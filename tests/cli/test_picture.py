"""Pictures and pages of who can talk to whom. What a browser makes of pages is tested in tests/browser."""
import base64
import hashlib
import os
import re
import signal
import xml.etree.ElementTree as xml
from pathlib import Path

from harness import MODEL, UNREADABLE, UNWRITTEN, WRONG_CALL, WRONG_MODEL, Case, main

SVG = "{http://www.w3.org/2000/svg}"


def pod(name, namespace="shop", labels=""):
    return (f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: {namespace}, labels: {{app: {name}{labels}}}}}\n"
            f"spec: {{containers: [{{name: main, image: x, ports: [{{name: http, containerPort: 8080}}]}}]}}\n")


def policy(name, callers, more="", namespace="shop", egress=""):
    """Lets some pods talk to another one, which itself may talk to nobody."""
    sources = ", ".join(f"{{podSelector: {{matchLabels: {{app: {caller}}}}}}}" for caller in callers)
    ingress = f"\n  - from: [{sources}{more}]\n    ports: [{{port: http}}]" if callers else " []"
    return (f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: {namespace}}}\nspec:\n"
            f"  podSelector: {{matchLabels: {{app: {name}}}}}\n  policyTypes: [Ingress, Egress]\n  egress: [{egress}]\n  ingress:{ingress}\n")


def stream(*documents):
    return "---\n".join(documents)


def texts(element):
    return ["".join(text.itertext()) for text in element.iter(SVG + "text")]


class WithoutGraphviz(Case):
    """With a library in its place that cannot be loaded, or that fails."""

    def setUp(self):
        super().setUp()
        self.write("pod.yaml", pod("web"))
        self.write("nothing/libgvc.so.6", "")
        self.write("nothing/libgvc.so.7", "")

    def test_message(self):
        self.environment["LD_LIBRARY_PATH"] = str(self.folder / "nothing")
        for form in ("svg", "html"):
            message = self.refused(UNWRITTEN, "graph", "--format", form, "pod.yaml")
            self.assertIn("install the package libgvc6 of Debian or Ubuntu", message)
            self.assertIn("--format dot and --format mermaid work without", message)
        for form in ("dot", "mermaid", "text", "json", "csv"):
            self.assertIn("shop/web[Pod]", self.product("graph", "--format", form, "pod.yaml"))

    def test_output_stays(self):
        self.environment["LD_LIBRARY_PATH"] = str(self.folder / "nothing")
        self.write("graph.svg", "old")
        self.refused(UNWRITTEN, "graph", "--format", "svg", "-o", "graph.svg", "pod.yaml")
        self.refused(UNWRITTEN, "graph", "--format", "html", "-o", "graph.html", "pod.yaml")
        self.assertEqual((self.folder / "graph.svg").read_text(), "old")
        self.assertFalse((self.folder / "graph.html").exists())

    def test_failures(self):
        """Whatever the library does, this program ends as it should, and says what works in its place."""
        (self.folder / "other").mkdir()
        (self.folder / "other/libgvc.so.6").symlink_to(os.environ["STANDIN"])
        self.environment["LD_LIBRARY_PATH"] = str(self.folder / "other")
        ways = {"crash": "could not place", "slow": "more than 30 seconds", "slower": "more than 30 seconds", "no layout": "could not place", "no reader": "could not place", "greedy": "more than 3 GB of memory", "part": "only a part",
                "too much": "does not understand", "nonsense": "does not understand", "nothing": "does not understand", "number": "does not understand"}
        if any(name in Path(os.environ["HYBRIDGEN"]).read_bytes() for name in (b"__asan_init", b"__tsan_init", b"__msan_init")):
            del ways["greedy"]  # sanitizers need more memory than is allowed here, so that there is no bound
        for way, words in ways.items():
            with self.subTest(way):
                self.environment["STANDIN"] = way
                message = self.refused(UNWRITTEN, "graph", "--format", "svg", "pod.yaml")
                self.assertIn(words, message)
                self.assertIn("--format dot and --format mermaid work without", message)

    def test_wrong_calls(self):
        self.refused(WRONG_CALL, "graph", "--format", "svg", "--why", "web", "web:80", "pod.yaml")
        self.refused(WRONG_CALL, "graph", "--format", "html", "--check", "pod.yaml")
        self.assertIn("HD1013", self.refused(UNREADABLE, "graph", "--format", "svg", "nowhere"))


class WithGraphviz(Case):
    def setUp(self):
        super().setUp()
        self.write("pod.yaml", pod("web"))
        done = self.run_it("graph", "--format", "svg", "pod.yaml")
        if "cannot be loaded" in done.stderr:
            self.skipTest("Graphviz's library (package libgvc6) is not installed")

    def picture(self, *args):
        return xml.fromstring(self.product("graph", "--format", "svg", *args))

    def of_class(self, element, name):
        return [one for one in element.iter() if name in one.get("class", "").split()]

    def test_model(self):
        """An arrow has its ports, and on hover the lines of the model and of the policies."""
        self.write("hybriddeploy.yaml", MODEL)
        picture = self.picture()
        arrows = {texts(arrow)[0]: arrow.find(SVG + "title").text for arrow in self.of_class(picture, "arrow") if arrow.get("id")}
        self.assertIn("TCP 8000", arrows)
        self.assertRegex(arrows["TCP 8000"], r"^shop/web\[Deployment\] → shop/catalog\[Deployment\]\nTCP 8000 \(network\)\nhybriddeploy\.yaml:7:13: model: web calls catalog\n"
                         r"<generated>:\d+:5: egress: NetworkPolicy shop/web allows it by this rule\n<generated>:\d+:5: ingress: NetworkPolicy shop/catalog allows it by this rule\n$")
        self.assertEqual([texts(box)[:2] for box in self.of_class(picture, "workload")], [["catalog", "Deployment"], ["web", "Deployment"]])
        self.assertIn("namespace shop", texts(picture))

    def test_as_why(self):
        """The lines of a picture are those of --why."""
        self.write("api.yaml", stream(pod("api"), policy("api", ["web"])))
        why = [line.strip() for line in self.product("graph", "--why", "web", "api:8080", "pod.yaml", "api.yaml").splitlines()[1:]]
        tips = [title.text for title in self.picture("pod.yaml", "api.yaml").iter(SVG + "title")]
        self.assertIn(["shop/web[Pod] → shop/api[Pod]", "TCP 8080 (network)", *why], [tip.splitlines() for tip in tips])

    def test_rules_together(self):
        """Ports that are allowed by several rules have the lines of all of them."""
        self.write("api.yaml", stream(pod("api"), policy("api", ["web"]).replace("ports: [{port: http}]", "ports: [{port: 9000, endPort: 9004}]")
                                      + "".join(f"  - {{from: [{{podSelector: {{}}}}], ports: [{{port: {first}, endPort: {first + 6}}}]}}\n" for first in (9003, 9009))))
        tip = next(title.text for title in self.picture("pod.yaml", "api.yaml").iter(SVG + "title") if title.text.startswith("shop/web[Pod] → shop/api[Pod]\nTCP 9000-9015"))
        self.assertEqual(re.findall(r"api\.yaml:(\d+):\d+: ingress: NetworkPolicy shop/api allows", tip), ["14", "16", "17"])

    def test_layers(self):
        """What the mesh decides is another line, and says so in words as well."""
        self.write("mesh.yaml", stream("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio-injection: enabled}}\n", pod("web"), pod("api"),
                                       policy("api", ["web"]), "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: api, namespace: shop}\n"
                                       "spec: {selector: {matchLabels: {app: api}}, rules: [{to: [{operation: {methods: [GET]}}]}]}\n"))
        arrows = [arrow for arrow in self.of_class(self.picture("mesh.yaml"), "arrow") if arrow.get("id") and texts(arrow)[0] == "TCP 8080"]
        self.assertEqual([(arrow.get("class"), texts(arrow)) for arrow in arrows], [("arrow mesh some", ["TCP 8080", "mesh: some requests"])])
        self.assertIn("TCP 8080 (network and mesh, some requests)", arrows[0].find(SVG + "title").text)
        self.assertIn("the mesh lets in some requests only", texts(self.picture("mesh.yaml")))

    def test_way_in(self):
        self.write("way.yaml", stream(
            "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}\n",
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop, namespace: shop}\n"
            "spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}\n"))
        picture = self.picture("pod.yaml", "way.yaml")
        self.assertEqual([texts(box)[:2] for box in self.of_class(picture, "way-in")], [["shop", "Ingress"]])
        self.assertTrue(any("way.yaml:6:1: ingress: Ingress shop/shop leads requests to these pods" in (title.text or "") for title in picture.iter(SVG + "title")))

    def test_groups(self):
        self.write("pods.yaml", stream(pod("a"), pod("b", labels=", app.kubernetes.io/part-of: billing"), pod("c", "data", ", app.kubernetes.io/part-of: data")))
        self.assertEqual(sorted(text for group in self.of_class(self.picture("pods.yaml"), "group") for text in texts(group)),
                         ["billing in namespace shop", "namespace data", "namespace shop"])

    def test_alike(self):
        """Pods that no policy selects are one box, and addresses with the same connections too; each of them is named on hover."""
        self.write("pods.yaml", stream(*[pod(f"p{i}") for i in range(30)], pod("db"), policy("db", ["p1"])))
        picture = self.picture("pods.yaml")
        boxes = [texts(box) for box in self.of_class(picture, "workload")]
        self.assertEqual(boxes[1][:3] + boxes[1][-2:], ["29 workloads alike", "Pod", "p0", "and 23 more", "→ each other: all traffic"])
        self.assertEqual([box[0] for box in boxes], ["db", "29 workloads alike", "p1"])
        self.assertEqual([texts(box) for box in self.of_class(picture, "addresses")], [["2 ranges of addresses", "outside of the cluster", "all IPv4 addresses", "all IPv6 addresses"]])
        page = self.product("graph", "--format", "html", "pods.yaml")
        listed = {tuple(line.split(": ")[0].split(" -> ")) for line in self.product("graph", "pods.yaml").splitlines()}
        self.assertEqual(sum(int(n) for n in re.findall(r'data-count="(\d+)"', page)), len(listed))

    def test_two_ways(self):
        """Connections that are the same in both directions are one arrow with two tips."""
        self.write("pods.yaml", stream(pod("a"), pod("b")))
        arrow = [arrow for arrow in self.of_class(self.picture("pods.yaml"), "arrow") if "shop/b[Pod] → shop/a[Pod]" in (arrow.findtext(SVG + "title") or "")]
        self.assertEqual([len(one.findall(SVG + "polygon")) for one in arrow], [2])
        self.assertIn("shop/a[Pod] → shop/b[Pod]", arrow[0].find(SVG + "title").text)

    def test_called_by_many(self):
        """What many talk to has no arrows; each of them names it."""
        callers = [f"c{i}" for i in range(6)]
        self.write("pods.yaml", stream(pod("db"), policy("db", callers), *[pod(name) + "---\n" + policy(name, [], egress="{to: [{podSelector: {matchLabels: {app: db}}}]}") for name in callers]))
        picture = self.picture("pods.yaml")
        lines = {texts(box)[0]: texts(box)[2:] for box in self.of_class(picture, "workload")}
        self.assertEqual(lines, {"db": ["reached from 6 boxes, which name it"], **{name: ["→ db: TCP 8080"] for name in callers}})
        self.assertEqual(len(self.of_class(picture, "stroke")), 1, "only the one of the legend")

    def test_ignored_children(self):
        """The end of the process in which Graphviz runs is seen also where the caller ignores such ends."""
        done = self.run_it("graph", "--format", "svg", "pod.yaml", preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_exposed(self):
        self.write("pods.yaml", stream(pod("db"), policy("db", ["web"])))
        self.assertEqual([texts(box)[0] for box in self.of_class(self.picture("--exposed", "pods.yaml", "pod.yaml"), "workload")], ["web"])

    def test_empty(self):
        self.write("none.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
        self.assertEqual(texts(self.picture("none.yaml")), ["there are no workloads"])
        self.assertIn("there are no workloads", self.product("graph", "--format", "html", "none.yaml"))

    def test_same_bytes(self):
        self.write("hybriddeploy.yaml", MODEL)
        for form in ("svg", "html"):
            once = self.product("graph", "--format", form)
            self.assertEqual(once, self.product("graph", "--format", form))
            self.assertNotIn("<!--", once)
            self.assertNotRegex(once, r"(?i)graphviz")

    def test_one_file(self):
        """The page asks for nothing, and its policy names exactly the styles and the script that it has."""
        self.write("hybriddeploy.yaml", MODEL)
        page = self.product("graph", "--format", "html")
        self.assertEqual(re.findall(r"\w+://[^\s\"']*", page), ["http://www.w3.org/2000/svg"])
        self.assertNotRegex(page, r"(?i)\b(src|href|srcset|data|action)=|@import|url\(|\son\w+=|\sstyle=")
        policy_text = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
        self.assertTrue(policy_text.startswith("default-src 'none';"), policy_text)
        self.assertNotIn("unsafe", policy_text)
        hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in re.findall(r"<(?:style|script)>(.*?)</", page, re.DOTALL)]
        self.assertEqual(re.findall(r"sha256-([^']*)", policy_text), hashes)

    def test_hostile_names(self):
        """Names of files are texts in markup, whatever is in them; names that manifests cannot have are refused before."""
        self.write('<script>alert("1")&lt;]]>\x1b\u202e\xad\uffff.yaml', pod("web"))
        self.write("names.yaml", stream(pod("api", labels=', app.kubernetes.io/part-of: "</title><script>"'), pod('"a\\"]; b"'),
                                        pod("c").replace("labels:", "ownerReferences: [{apiVersion: v1, kind: '<img>', name: c, controller: true}], labels:")))
        known = {SVG + name for name in ("svg", "title", "style", "rect", "g", "text", "path", "polygon")}
        for args in (['<script>alert("1")&lt;]]>\x1b\u202e\xad\uffff.yaml'], ["."]):
            done = self.run_it("graph", "--format", "svg", *args)
            picture = xml.fromstring(done.stdout)
            self.assertEqual({element.tag for element in picture.iter()} - known, set())
            self.assertTrue(any('<script>alert("1")&lt;]]><U+001B><U+202E><U+00AD><U+FFFF>.yaml:1:1' in (title.text or "") for title in picture.iter(SVG + "title")))
            page = self.run_it("graph", "--format", "html", *args).stdout
            self.assertEqual([page.count(text) for text in ("<script", "<img", "\x1b", "\u202e", "\xad")], [1, 0, 0, 0, 0])
        done = self.run_it("graph", "--format", "dot", "names.yaml")
        self.assertEqual((done.returncode, done.stderr.count("[HD1195]")), (WRONG_MODEL, 3))
        self.assertEqual(done.stdout, "digraph connections {\n  rankdir=LR;\n  node [shape=box];\n}\n")

    def test_long_names(self):
        """A name of any length leaves a picture that can be seen; it stands in full on hover."""
        name = "n" * 20000
        self.write("pods.yaml", pod(name, name, f", app.kubernetes.io/part-of: {name}"))
        self.write("owned.yaml", pod("b").replace("labels:", f"ownerReferences: [{{apiVersion: v1, kind: {name}, name: {name}, controller: true}}], labels:"))
        for file in ("pods.yaml", "owned.yaml"):
            picture = self.picture(file)
            self.assertLess(float(picture.get("width")), 2000)
            self.assertTrue(any(name in (title.text or "") for title in picture.iter(SVG + "title")))

    def test_bytes_of_names(self):
        """What is no UTF-8 does not make the page unreadable."""
        name = b"a\xff\xc0\x80\xed\xa0\x80.yaml"
        (self.folder / "deploy").mkdir()
        (self.folder / "deploy" / os.fsdecode(name)).write_text(pod("web"))
        picture = self.run_it("graph", "--format", "svg", "deploy", text=False).stdout.decode("utf-8")
        self.assertIn("deploy/a" + "\ufffd" * 6 + ".yaml:1:1", picture)

    def test_too_many(self):
        names = [f"c{i}" for i in range(200)]
        pods = [pod(name) + "---\n" + policy(name, [names[(i + k) % 200] for k in (1, 3, 7, 12)], egress="{to: [{podSelector: {}}]}") for i, name in enumerate(names)]
        self.write("pods.yaml", stream(*pods))
        message = self.refused(UNWRITTEN, "graph", "--format", "svg", "pods.yaml")
        self.assertIn("more than 700 arrows", message)
        self.assertIn("--format csv", message)
        self.write("pods.yaml", stream(*[pod(f"c{i}") for i in range(320)]))
        self.assertIn("more than 100000 connections", self.refused(UNWRITTEN, "graph", "--format", "svg", "pods.yaml"))
        self.write("pods.yaml", stream(policy("", []).replace("name: ,", "name: none,").replace("{app: }", "{}"), *[pod(f"c{i}") for i in range(5001)]))
        self.assertIn("more than 5000 workloads", self.refused(UNWRITTEN, "graph", "--format", "svg", "pods.yaml"))


main()
