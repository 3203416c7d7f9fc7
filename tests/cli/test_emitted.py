"""What rare combinations emit: names in queries, images of versions, objects that a policy or an annotation names."""
import re

import yaml
from harness import Case, main

HEAD = 'name: shop\nhost: shop.example.com\nimageRegistry: registry.example.com/shop\nimageTag: "1.4.2"\n'
DIGEST = "sha256:" + 4 * "0123456789abcdef"


class Emitted(Case):
    def documents(self, model, *args):
        self.write("hybriddeploy.yaml", model)
        done = self.run_it("generate", *args)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [document for document in yaml.safe_load_all(done.stdout) if document]

    @staticmethod
    def of_kind(documents, kind):
        return {document["metadata"]["name"]: document for document in documents if document["kind"] == kind}

    def one(self, documents, kind, name):
        return self.of_kind(documents, kind)[name]

    def test_queries_mean_the_versions_of_a_service(self):
        """Callers ask for the Service, and Istio calls its pods by the label with its name; Deployments and autoscalers have suffixes."""
        many = ", ".join(f"v{i}: {{}}" for i in range(1, 10))
        documents = self.documents(HEAD + "platform: {prometheus: {namespace: monitoring}}\nmesh: sidecar\n"
                                   "telemetry: {alerts: on, sources: {kubeStateMetrics: true, cadvisor: true}}\nservices:\n"
                                   "  web: {runtime: cpython, expose: /, calls: [orders], versions: {v1: {weight: 80}, v2: {weight: 20}}}\n"
                                   f"  orders: {{runtime: cpython, versions: {{{many}}}}}\n")
        deployments, autoscalers = self.of_kind(documents, "Deployment"), self.of_kind(documents, "HorizontalPodAutoscaler")
        self.assertEqual((len(autoscalers), set(deployments) - set(autoscalers)), (11, {"shop-collector"}))
        for service in "web", "orders":
            own = {name for name in deployments if name.startswith(service + "-")}
            canonical = {deployments[name]["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/name"] for name in own}
            rules = self.one(documents, "PrometheusRule", f"{service}")["spec"]["groups"]
            found = re.findall(r'(\w+)=~"([^"]*)"', " ".join(rule["expr"] for group in rules for rule in group["rules"]))
            wanted = {"destination_canonical_service": canonical, "destination_service_name": {service}, "deployment": own,
                      "horizontalpodautoscaler": own}
            self.assertEqual(set(wanted), {label for label, _ in found} & set(wanted), service)
            for label, pattern in found:
                for name in wanted.get(label, ()):
                    self.assertRegex(name, f"^(?:{pattern})$", label)
                if label in wanted:
                    self.assertNotRegex(service + "shop", f"^(?:{pattern})$", label)

    def test_versions_of_a_whole_image(self):
        """A tag or digest takes the place of that of the image, whose registry may have a port."""
        for image in "registry.example.com:5000/shop/web:1.0", f"registry.example.com:5000/shop/web:1.0@{DIGEST}":
            documents = self.documents(f"name: shop\nhost: shop.example.com\nservices:\n  web:\n    image: {image}\n    port: 8000\n    expose: /\n"
                                       f"    versions: {{v1: {{}}, v2: {{imageTag: '2.0'}}, v3: {{image: {{digest: '{DIGEST}'}}}}, "
                                       f"v4: {{image: {{tag: '4.0', digest: '{DIGEST}'}}}}}}\n")
            images = {name: document["spec"]["template"]["spec"]["containers"][0]["image"] for name, document in self.of_kind(documents, "Deployment").items()}
            stem = "registry.example.com:5000/shop/web"
            self.assertEqual(images, {"web-v1": image, "web-v2": f"{stem}:2.0", "web-v3": f"{stem}@{DIGEST}", "web-v4": f"{stem}:4.0@{DIGEST}"})

    def test_tag_of_a_long_name(self):
        """The name that the bake file pushes is the one that the pods run, however long it is, without the digest."""
        registry, repository = "registry.example.com/" + "/".join(3 * ["a" * 60]), "/".join(4 * ["b" * 60])
        self.write("hybriddeploy.yaml", f'name: shop\nhost: shop.example.com\nimageRegistry: {registry}\nimageTag: "{"1" * 128}"\nservices:\n'
                   f"  web: {{runtime: cpython, expose: /, image: {{repository: {repository}}}}}\n")
        self.product("generate", "-o", "out/", "--with", "ops")
        (image,) = re.findall(r"image: (\S+)", (self.folder / "out/50-deployment-web.yaml").read_text())
        self.assertGreater(len(image), 512)
        self.assertIn(f'tags = ["{image}"]\n', (self.folder / "out/dockerfiles/docker-bake.hcl").read_text())

    def test_waypoint_policies_name_every_service_of_the_pods(self):
        """The Gateway API sends requests to a Service of each version, and the waypoint denies what no policy that names the Service allows."""
        documents = self.documents(HEAD + "mesh: {mode: ambient, routing: gateway}\n"
                                   "platform: {prometheus: {namespace: monitoring, serviceAccount: prometheus}, gateway: {namespace: istio-ingress, serviceAccount: public}}\n"
                                   "services:\n  web: {runtime: cpython, expose: /, calls: [reviews, orders]}\n"
                                   "  reviews: {runtime: cpython, versions: {v1: {weight: 80}, v2: {weight: 20, match: [{user: jason}]}}}\n"
                                   "  orders:\n    runtime: cpython\n    callers: [{namespace: other, serviceAccount: buyer, methods: [GET]}]\n"
                                   "    delivery: {executor: argoRollouts, blueGreen: {}}\n")
        services = self.of_kind(documents, "Service")
        for name, expected in ("reviews", {"reviews", "reviews-v1", "reviews-v2"}), ("orders", {"orders", "orders-preview"}):
            policy = next(policy for policy in self.of_kind(documents, "AuthorizationPolicy").values()
                          if name in [target["name"] for target in policy["spec"].get("targetRefs", [])])
            self.assertEqual({target["name"] for target in policy["spec"]["targetRefs"]}, expected)
            self.assertLessEqual(expected, set(services))

    def test_protocol_of_back_ends_that_the_ingress_gives(self):
        """A protocol that the user writes holds for all ports, so they stay in one Ingress."""
        services = "services:\n  web: {runtime: container, replicas: 2, ports: [{port: 8443, protocol: https}], expose: /}\n" \
                   "  rpc: {runtime: container, replicas: 2, ports: [{port: 9443, protocol: grpc}], expose: /rpc}\n"
        protocol = "nginx.ingress.kubernetes.io/backend-protocol"
        apart = self.of_kind(self.documents(HEAD + "ingress: {className: nginx}\n" + services), "Ingress")
        self.assertEqual(sorted(document["metadata"]["annotations"][protocol] for document in apart.values()), ["GRPC", "HTTPS"])
        together = self.of_kind(self.documents(HEAD + f"ingress: {{className: nginx, annotations: {{{protocol}: GRPCS}}}}\n" + services), "Ingress")
        (ingress,) = together.values()
        self.assertEqual(ingress["metadata"]["annotations"][protocol], "GRPCS")
        self.assertEqual([path["path"] for path in ingress["spec"]["rules"][0]["http"]["paths"]], ["/rpc", "/"])

    def test_backups_of_claims_that_exist(self):
        """Velero copies the files of each volume that a pod names, and the claim that is exempt is called by its own name."""
        model = HEAD + "operations: {recoveryPoint: 24h, backup: {schedule: '0 */12 * * *', volumes: files, EXEMPT velero: {provider: aws, bucket: shop-backups}}}\n" \
            "services:\n  web:\n    runtime: cpython\n    expose: /\n    replicas: 1\n    strategy: Recreate\n" \
            "    volumes: {old: {mountPath: /data/old, existingClaim: shop-old}, new: {mountPath: /data/new, claim: 1Gi}}\n"
        for exempt, expected in ("", {"old", "new"}), ("exempt: {shop-old: 'can be made again'},", {"new"}), ("exempt: {web-new: 'can be made again'},", {"old"}):
            documents = self.documents(model.replace("EXEMPT", exempt))
            annotations = self.one(documents, "Deployment", "web")["spec"]["template"]["metadata"]["annotations"]
            self.assertEqual(set(annotations["backup.velero.io/backup-volumes"].split(",")), expected)

    def test_long_configuration_of_a_collector(self):
        """The configuration is written into a text of its own, piece by piece: each exporter is there, once."""
        names = [f"store{i}" for i in range(600)]
        exporters = ", ".join(f'{name}: {{type: otlp_http, endpoint: "http://{name}.observability:4318"}}' for name in names)
        documents = self.documents(f"{HEAD}telemetry: {{collector: {{exporters: {{{exporters}}}}}}}\nservices: {{web: {{runtime: cpython, expose: /}}}}\n", "--only", "ConfigMap")
        text = max((value for document in documents for value in document["data"].values()), key=len)
        self.assertGreater(len(text), 64 * 1024)
        self.assertEqual(re.findall(r"(?m)^  otlp_?http/(store\d+):$", text), names)
        self.assertEqual(sorted(yaml.load(text, yaml.CSafeLoader)["exporters"]), sorted(f"{re.search('(otlp_?http)/store0:', text)[1]}/{name}" for name in names))

    def test_calls_of_a_neighbour_beside_externals(self):
        """A call without a port means the one that is not for metrics, also one that a runtime brings; externals of the model's own stay."""
        head = 'imageRegistry: registry.example.com\nimageTag: "1.0"\n'
        self.write("shop/hybriddeploy.yaml", f"name: shop\n{head}externals: {{mail: {{namespace: mail, port: 25}}}}\n"
                   "runtimes: {billed: {base: cpython, calls: [billing/invoice, mail]}}\nservices:\n"
                   '  web: {runtime: billed, schedule: "@daily"}\n  jobs: {runtime: cpython, schedule: "@daily", calls: [billing/invoice]}\n')
        self.write("billing/hybriddeploy.yaml", f"name: billing\n{head}services:\n  invoice: {{runtime: cpython, ports: [{{port: 8000}}, {{name: metrics, port: 9000}}], "
                   "callers: [{from: shop/web, port: http}, {from: shop/jobs, port: http}]}\n")
        self.write("hybriddeploy.workspace.yaml", 'applications: ["*/hybriddeploy.yaml"]\n')
        lines = {line.strip() for line in self.product("graph", "-f", "hybriddeploy.workspace.yaml").splitlines() if "[CronJob]" in line and "169.254" not in line}
        self.assertEqual(lines, {"shop/web[CronJob] -> billing/invoice[Deployment]: TCP 8000", "shop/jobs[CronJob] -> billing/invoice[Deployment]: TCP 8000"})
        self.product("generate", "-f", "hybriddeploy.workspace.yaml", "-o", "out/")
        (policy,) = [yaml.safe_load(path.read_text()) for path in self.folder.glob("out/shop/*networkpolicy-web*")]
        ports = [port["port"] for rule in policy["spec"]["egress"] for port in rule["ports"]]
        self.assertEqual({port for port in ports if port != 53}, {25, 8000})


if __name__ == "__main__":
    main()
