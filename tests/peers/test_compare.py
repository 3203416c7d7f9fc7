#!/usr/bin/env python3
"""What compare.py must see, in objects that are made up: test_compare.py"""
import unittest

import compare

DEPLOYMENT = {"kind": "Deployment", "metadata": {"name": "web"}, "spec": {"template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [
    {"name": "server", "ports": [{"name": "http", "containerPort": 80}], "readinessProbe": {"httpGet": {"path": "/", "port": "http"}, "periodSeconds": 10},
     "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}], "resources": {"limits": {"cpu": "1000m"}}}]}}}}
SERVICE = {"kind": "Service", "metadata": {"name": "web"}, "spec": {"type": "ClusterIP", "selector": {"a": "b"}, "ports": [{"port": 80, "targetPort": "http"}]}}
CONTAINER = "spec.template.spec.containers[0]"


def read(*docs):
    return compare.keyed(docs, {})


def compared(theirs, ours, *rules, **peer):
    comparison = compare.Comparison("shop", {"differences": [{"verdict": "wrong", "reason": "x", "at": at} for at in rules], **peer}, [])
    comparison.objects({key: value for key, value in theirs.items() if not comparison.is_apart(key)}, ours)
    comparison.check_rules()
    return comparison


class Compare(unittest.TestCase):
    def test_the_same_is_said_in_many_ways(self):
        fields = read(DEPLOYMENT, SERVICE)
        self.assertEqual(fields["Deployment/web"][f"{CONTAINER}.readinessProbe.httpGet.port"], 80)
        self.assertEqual(fields["Deployment/web"][f"{CONTAINER}.resources.limits.cpu"], "1")
        self.assertNotIn(f"{CONTAINER}.readinessProbe.periodSeconds", fields["Deployment/web"])
        self.assertEqual(fields["Service/web"], {"metadata.name": "web", "spec.selector.a": "b", "spec.ports[80].port": 80})

    def test_a_difference_without_a_verdict_fails(self):
        theirs, ours = read(DEPLOYMENT), read(DEPLOYMENT)
        del ours["Deployment/web"][f"{CONTAINER}.env[B].value"]
        ours["Deployment/web"][f"{CONTAINER}.env[A].value"] = "3"
        ours["Service/web"] = {}
        self.assertEqual([failure.split(" has no verdict")[0] for failure in compared(theirs, ours).failures],
                         [f"~ Deployment/web: {CONTAINER}.env[A].value", f"- Deployment/web: {CONTAINER}.env[B].value", "+ Service/web"])
        judged = compared(theirs, ours, "? Deployment/web: *.env[*].value", "+ Service/*")
        self.assertEqual((judged.failures, judged.counts["wrong"]), ([], 3))

    def test_a_verdict_of_nothing_fails(self):
        theirs = read(DEPLOYMENT)
        self.assertEqual(len(compared(theirs, theirs, "- *").failures), 1)
        self.assertEqual(len(compared(theirs, theirs, apart={"*/grafana": "x"}).failures), 1)
        self.assertEqual(compared({**theirs, "Service/grafana": {}}, theirs, apart={"*/grafana": "x"}).failures, [])


if __name__ == "__main__":
    unittest.main()
