"""Many names: lists in messages are cut, a near name behind the cut is still found, and nobody looks for near names for ever."""
import json

from harness import WRONG_MODEL, Case, main

HEAD = 'name: shop\nhost: shop.example.com\nimageRegistry: registry.example.com/shop\nimageTag: "1.4.2"\nmesh: sidecar\nsecretStore: vault\n'
MOST_LISTED, MOST_NEAR = 12, 100


def mapping(count, text):
    return "{" + ", ".join(text.format(i) for i in range(10, 10 + count)) + "}"


class Many(Case):
    def found(self, model, code, *args):
        self.write("hybriddeploy.yaml", model)
        done = self.run_it("validate", "--diagnostics", "json", *args)
        self.assertEqual(done.returncode, WRONG_MODEL, done.stderr[:2000])
        rows = [json.loads(line) for line in done.stderr.splitlines()]
        return [row for row in rows if row.get("code") == code]

    def test_lists_are_cut(self):
        """Of fourteen names twelve are listed; a word that is near the last one is taken for it."""
        resources = "resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 16Mi}}"
        model = HEAD + ("platform: {prometheus: {namespace: monitoring}}\n"
                        "telemetry: {alerts: {routing: {receiver: RECEIVER, receivers: " + mapping(14, 'receiver{0}: {{type: webhook, url: "https://alerts.example.com/{0}"}}') + "}}}\n"
                        "secrets: {many: {keys: " + mapping(14, "secretkey{0}: {{remoteKey: shop/k{0}}}") + "}}\nservices:\n"
                        "  web: {runtime: cpython, expose: /, calls: [{to: orders, version: VERSION}], env: {TOKEN: {secret: many, key: SECRETKEY}}}\n"
                        "  orders:\n    runtime: cpython\n    versions: " + mapping(14, "version{0}: {{}}") + "\n"
                        "    autoscaling: {maxReplicas: 8, containers: [{name: cpu, container: CONTAINER, averageUtilization: 80}]}\n"
                        "    extraContainers: " + mapping(14, "container{0}: {{image: registry.example.com/shop/c:1.0, " + resources.replace("{", "{{").replace("}", "}}") + "}}") + "\n")
        words = {"RECEIVER": "HD9671", "SECRETKEY": "HD4058", "VERSION": "HD9323", "CONTAINER": "HD6053"}
        for word, code in words.items():
            near, far = model, model
            for other in words:
                near = near.replace(other, other.lower() + ("23x" if other == word else "10"))
                far = far.replace(other, "q" if other == word else other.lower() + "10")
            (finding,) = self.found(near, code)
            self.assertIn(f"did you mean {word.lower()}23", finding["hint"])
            (finding,) = self.found(far, code)
            self.assertEqual((finding["hint"] + finding["message"]).count(word.lower() + "1") + (finding["hint"] + finding["message"]).count(word.lower() + "2"),
                             MOST_LISTED - (word == "CONTAINER"), finding)

    def test_near_names_of_many(self):
        """Each mistake is told; a near name is looked for a hundred times, so that a model of mistakes alone is still checked at once."""
        count = MOST_NEAR + 20
        externals = mapping(count, "external{0}: {{cidrs: [10.0.0.1/32], port: 4317}}")
        for more, wrong, code in (
                ("", "calls: [servise{0}]", "HD3015"), ("", "env: {{A: {{secret: secrett{0}, key: token}}}}", "HD4041"),
                ("", "env: {{A: {{secret: secret{0}, key: tokenn}}}}", "HD4058"),
                ("telemetry: {slos: " + mapping(count, "slo{0}: {{service: servise{0}, objective: 99.9%}}") + "}\n", "", "HD9606"),
                ("operations: {recoveryPoint: 24h, backup: {schedule: '0 */12 * * *', exempt: "
                 + mapping(count, "servise{0}-data: 'can be made again'") + "}}\n", "volumes: {{data: {{mountPath: /data, claim: 1Gi}}}}, replicas: 1, strategy: Recreate", "HD8226"),
                (f"externals: {externals}\ntelemetry: {{collector: {{exporters: " + mapping(count, "e{0}: {{type: otlp_grpc, external: externl{0}}}") + "}}\n", "", "HD3015"),
                ("patches: [" + ", ".join(f"{{target: Deployment/servise{i}, merge: '{{spec: {{}}}}'}}" for i in range(10, 10 + count)) + "]\n", "", "HD2002")):
            model = HEAD + more + "secrets: " + mapping(count, "secret{0}: {{keys: {{token: {{remoteKey: a}}}}}}") + "\nservices:\n" + "".join(
                f"  service{i}: {{runtime: cpython, expose: /{i}, {wrong.format(i)}}}\n" for i in range(10, 10 + count))
            found = self.found(model, code, "--max-diagnostics", "1000")
            self.assertEqual((len(found), sum("did you mean" in finding["hint"] for finding in found)), (count, MOST_NEAR), found[0])


if __name__ == "__main__":
    main()
