#!/usr/bin/env python3
"""The judge judged: outcomes that Kubernetes' documentation states, and policies from which something is missing.

test_network.py HYBRIDGEN MODEL
"""
import copy
import os
import subprocess
import sys
import unittest

import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import evaluate
from network import End, Network

WEB = End("web", "shop", {"app": "web"}, address="100.64.0.1", ports=[("http", 8000, "TCP")])
DB = End("db", "shop", {"app": "db", "role": "x"}, address="100.64.0.2", ports=[("pg", 5432, "TCP"), ("dns", 5353, "UDP")])
FAR = End("far", "other", {"app": "web"}, {"team": "a"}, address="100.64.0.3")
OUTSIDE = End("outside", address="192.0.2.9")
POINTS = {("TCP", 5432), ("TCP", 5433), ("UDP", 5353), ("TCP", 5353), ("UDP", 5432), ("SCTP", 5432)}


def policy(**spec):
    return {"metadata": {"namespace": "shop"}, "spec": {"podSelector": {}, **spec}}


def open_to(source, target, *policies):
    return Network(policies).allowed(source, target, POINTS)


class Semantics(unittest.TestCase):
    def test_no_policy_is_open(self):
        self.assertEqual(open_to(WEB, DB), POINTS)

    def test_an_empty_policy_closes_ingress_alone(self):
        self.assertEqual(open_to(WEB, DB, policy()), set())
        self.assertEqual(open_to(WEB, FAR, policy()), POINTS)

    def test_egress_rules_imply_the_type(self):
        self.assertEqual(open_to(DB, FAR, policy(egress=[{"to": [{"podSelector": {}}]}])), set())
        self.assertEqual(open_to(FAR, DB, policy(policyTypes=["Egress"])), POINTS)

    def test_another_namespace_is_not_selected(self):
        closed = policy(policyTypes=["Ingress", "Egress"])
        closed["metadata"]["namespace"] = "elsewhere"
        self.assertEqual(open_to(WEB, DB, closed), POINTS)

    def test_policies_add_up(self):
        allow = policy(ingress=[{"from": [{"podSelector": {"matchLabels": {"app": "web"}}}], "ports": [{"port": 5432}]}])
        self.assertEqual(open_to(WEB, DB, policy(), allow), {("TCP", 5432)})

    def test_both_ends_are_needed(self):
        allow = policy(ingress=[{}])
        self.assertEqual(open_to(WEB, DB, allow), POINTS)
        self.assertEqual(open_to(WEB, DB, allow, policy(policyTypes=["Egress"])), set())

    def test_one_peer_is_and_two_are_or(self):
        one = policy(ingress=[{"from": [{"namespaceSelector": {"matchLabels": {"team": "a"}}, "podSelector": {"matchLabels": {"app": "db"}}}]}])
        two = policy(ingress=[{"from": [{"namespaceSelector": {"matchLabels": {"team": "a"}}}, {"podSelector": {"matchLabels": {"app": "db"}}}]}])
        self.assertEqual(open_to(FAR, DB, one), set())
        self.assertEqual(open_to(FAR, DB, two), POINTS)
        self.assertEqual(open_to(WEB, DB, two), set())

    def test_a_pod_selector_alone_means_the_own_namespace(self):
        rule = policy(ingress=[{"from": [{"podSelector": {}}]}])
        self.assertEqual(open_to(FAR, DB, rule), set())
        self.assertEqual(open_to(WEB, DB, rule), POINTS)

    def test_an_empty_namespace_selector_means_all(self):
        rule = policy(ingress=[{"from": [{"namespaceSelector": {}}]}])
        self.assertEqual(open_to(FAR, DB, rule), POINTS)
        self.assertEqual(open_to(OUTSIDE, DB, rule), set())

    def test_namespaces_have_their_name_as_label(self):
        rule = policy(ingress=[{"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "other"}}}]}])
        self.assertEqual(open_to(FAR, DB, rule), POINTS)
        self.assertEqual(open_to(WEB, DB, rule), set())

    def test_blocks_and_their_holes(self):
        self.assertEqual(open_to(OUTSIDE, DB, policy(ingress=[{"from": [{"ipBlock": {"cidr": "192.0.2.0/24"}}]}])), POINTS)
        self.assertEqual(open_to(OUTSIDE, DB, policy(ingress=[{"from": [{"ipBlock": {"cidr": "192.0.2.0/24", "except": ["192.0.2.8/30"]}}]}])), set())
        self.assertEqual(open_to(OUTSIDE, DB, policy(ingress=[{"from": [{"ipBlock": {"cidr": "2001:db8::/32"}}]}])), set())

    def test_ports_by_number_name_range_and_protocol(self):
        def ports(*which):
            return open_to(WEB, DB, policy(ingress=[{"ports": list(which)}]))
        self.assertEqual(ports({"port": 5432}), {("TCP", 5432)})
        self.assertEqual(ports({"port": 5432, "protocol": "UDP"}), {("UDP", 5432)})
        self.assertEqual(ports({"port": "pg"}), {("TCP", 5432)})
        self.assertEqual(ports({"port": "dns"}), set())
        self.assertEqual(ports({"port": "dns", "protocol": "UDP"}), {("UDP", 5353)})
        self.assertEqual(ports({"port": 5400, "endPort": 5432}), {("TCP", 5432)})
        self.assertEqual(ports({"protocol": "UDP"}), {("UDP", 5353), ("UDP", 5432)})

    def test_no_rules_and_an_empty_rule_differ(self):
        self.assertEqual(open_to(WEB, DB, policy(ingress=[])), set())
        self.assertEqual(open_to(WEB, DB, policy(ingress=[{}])), POINTS)

    def test_expressions(self):
        def chosen(operator, values=None, key="role"):
            term = {"key": key, "operator": operator, **({"values": values} if values else {})}
            return bool(open_to(DB, WEB, policy(ingress=[{"from": [{"podSelector": {"matchExpressions": [term]}}]}])))
        self.assertTrue(chosen("In", ["x", "y"]))
        self.assertFalse(chosen("NotIn", ["x"]))
        self.assertTrue(chosen("NotIn", ["x"], key="absent"))
        self.assertTrue(chosen("Exists"))
        self.assertFalse(chosen("DoesNotExist"))


def places(value, found):
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        found.append((value, key))
        if isinstance(value[key], (dict, list)):
            places(value[key], found)
    return found


class Missing(unittest.TestCase):
    """Whatever is taken out of the policies of a real application is missed."""

    def test_every_part_is_needed(self):
        run = subprocess.run([HYBRIDGEN, "generate", "-f", MODEL], capture_output=True, check=True)
        docs = [doc for doc in yaml.load_all(run.stdout, Loader=yaml.CSafeLoader) if doc]
        with open(MODEL, encoding="utf-8") as file:
            model = yaml.load(file, Loader=yaml.CSafeLoader)
        self.assertEqual(evaluate.problems(model, docs, with_mesh=False), [])
        removed = 0
        for at, doc in enumerate(docs):
            if doc["kind"] != "NetworkPolicy":
                continue
            self.assertTrue(self.is_missed(model, docs[:at] + docs[at + 1:]), doc["metadata"]["name"])
            for i in range(len(places(doc["spec"], []))):
                harmed = copy.deepcopy(doc)
                holder, key = places(harmed["spec"], [])[i]
                if key in ("protocol", "policyTypes", "podSelector") or holder is harmed["spec"].get("policyTypes"):
                    continue
                del holder[key]
                removed += 1
                self.assertTrue(self.is_missed(model, docs[:at] + [harmed] + docs[at + 1:]), f"{doc['metadata']['name']}: {key} of {holder}")
        self.assertGreater(removed, 100)

    @staticmethod
    def is_missed(model, docs):
        try:
            return bool(evaluate.problems(model, docs, with_mesh=False))
        except (KeyError, TypeError):
            return True


if __name__ == "__main__":
    HYBRIDGEN, MODEL = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1])
