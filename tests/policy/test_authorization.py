#!/usr/bin/env python3
"""The judge of a mesh's policies judged: outcomes that Istio's documentation states, and policies from which something is missing.

test_authorization.py HYBRIDGEN MODEL...
"""
import copy
import os
import subprocess
import sys
import unittest

import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import evaluate
from authorization import Authorization, Request, matches
from network import End

WEB, OTHER = "cluster.local/ns/shop/sa/web", "cluster.local/ns/other/sa/web"
ORDERS = End("orders", "shop", {"app": "orders"}, address="100.64.0.1")
STOCK = End("stock", "shop", {"app": "stock"}, address="100.64.0.2")


def policy(rules=None, selector=None, namespace="shop", **spec):
    spec = {**spec, **({"rules": rules} if rules is not None else {}), **({"selector": {"matchLabels": selector}} if selector else {})}
    return {"kind": "AuthorizationPolicy", "metadata": {"namespace": namespace}, "spec": spec}


def peer(mode, selector=None, ports=None):
    spec = {"mtls": {"mode": mode}, **({"selector": {"matchLabels": selector}} if selector else {}),
            **({"portLevelMtls": {str(port): {"mode": value} for port, value in ports.items()}} if ports else {})}
    return {"kind": "PeerAuthentication", "metadata": {"namespace": "shop"}, "spec": spec}


def rule(source=None, **operation):
    return {**({"from": [{"source": source}]} if source else {}), **({"to": [{"operation": operation}]} if operation else {})}


def takes(*docs, principal=WEB, port=8000, method="GET", path="/", end=ORDERS, ambient=False):
    return Authorization(docs, ambient).pods_take(end, Request(principal, port, method, path))


class Semantics(unittest.TestCase):
    def test_without_a_policy_all_is_allowed(self):
        self.assertTrue(takes())

    def test_a_policy_without_rules_denies_all(self):
        self.assertFalse(takes(policy()))
        self.assertFalse(takes(policy([])))

    def test_an_empty_rule_allows_all(self):
        self.assertTrue(takes(policy([{}])))

    def test_policies_that_allow_add_up(self):
        self.assertTrue(takes(policy(), policy([rule({"principals": [WEB]})])))

    def test_deny_wins(self):
        self.assertFalse(takes(policy([{}]), policy([rule({"principals": [WEB]})], action="DENY")))
        self.assertTrue(takes(policy([rule({"principals": [OTHER]})], action="DENY")))

    def test_a_policy_holds_where_it_selects(self):
        self.assertTrue(takes(policy(selector={"app": "stock"})))
        self.assertFalse(takes(policy(selector={"app": "stock"}), end=STOCK))
        self.assertTrue(takes(policy(namespace="elsewhere")))

    def test_sources_are_alternatives_and_their_members_are_not(self):
        both = {"from": [{"source": {"principals": [OTHER]}}, {"source": {"namespaces": ["shop"]}}]}
        self.assertTrue(takes(policy([both])))
        self.assertFalse(takes(policy([rule({"principals": [WEB], "namespaces": ["other"]})])))

    def test_who_has_no_certificate_has_no_name(self):
        for source in ({"principals": [WEB]}, {"principals": ["*"]}, {"namespaces": ["shop"]}):
            self.assertFalse(takes(policy([rule(source)]), principal=None))
        self.assertTrue(takes(policy([rule({"notPrincipals": ["*"]})]), principal=None))
        self.assertFalse(takes(policy([rule({"notPrincipals": ["*"]})])))

    def test_operations(self):
        self.assertTrue(takes(policy([rule(ports=["8000"])])))
        self.assertFalse(takes(policy([rule(ports=["9000"])])))
        self.assertFalse(takes(policy([rule(ports=["8000"], methods=["POST"])])))
        self.assertTrue(takes(policy([rule(paths=["/api/*"])]), path="/api/x"))
        self.assertFalse(takes(policy([rule(paths=["/api/*"])]), path="/apix"))

    def test_requests_that_nobody_reads_match_nothing(self):
        self.assertFalse(takes(policy([rule(methods=["GET"])]), method=None, path=None))
        self.assertFalse(takes(policy([rule(methods=["GET"])]), ambient=True))
        self.assertTrue(takes(policy([rule(ports=["8000"])]), ambient=True))

    def test_stars(self):
        for pattern, value, wanted in (("a", "a", True), ("a", "ab", False), ("a*", "ab", True), ("*b", "ab", True), ("*", "x", True), ("*", None, False)):
            self.assertEqual(matches(pattern, value), wanted, (pattern, value))

    def test_mtls_from_the_nearest(self):
        strict = peer("STRICT")
        self.assertTrue(takes(principal=None))
        self.assertFalse(takes(strict, principal=None))
        self.assertTrue(takes(strict, peer("PERMISSIVE", {"app": "orders"}), principal=None))
        self.assertFalse(takes(strict, peer("PERMISSIVE", {"app": "stock"}), principal=None))
        self.assertTrue(takes(strict, peer("STRICT", {"app": "orders"}, {8000: "PERMISSIVE"}), principal=None))
        self.assertFalse(takes(peer("PERMISSIVE"), peer("PERMISSIVE", {"app": "orders"}, {8000: "STRICT"}), principal=None))
        self.assertTrue(takes(strict))

    def test_a_waypoint_follows_what_targets_the_service(self):
        docs = [policy([rule({"principals": [WEB]}, methods=["GET"])], targetRefs=[{"group": "", "kind": "Service", "name": "orders"}])]
        mesh = Authorization(docs, True)
        self.assertTrue(mesh.waypoint_passes("shop", "orders", Request(WEB, 80, "GET", "/")))
        self.assertFalse(mesh.waypoint_passes("shop", "orders", Request(WEB, 80, "POST", "/")))
        self.assertTrue(mesh.waypoint_passes("shop", "stock", Request(WEB, 80, "POST", "/")))
        self.assertTrue(mesh.pods_take(ORDERS, Request(OTHER, 8000)))

    def test_what_is_not_known_is_refused(self):
        with self.assertRaises(ValueError):
            takes(policy([rule({"requestPrincipals": ["*"]})]))


class Missing(unittest.TestCase):
    """Whatever is taken out of a mesh's policies is missed."""

    def test_every_part_is_needed(self):
        removed = 0
        for path in MODELS:
            run = subprocess.run([HYBRIDGEN, "generate", "-q", "-f", path], capture_output=True, check=True)
            docs = [doc for doc in yaml.load_all(run.stdout, Loader=yaml.CSafeLoader) if doc]
            with open(path, encoding="utf-8") as file:
                model = yaml.load(file, Loader=yaml.CSafeLoader)
            self.assertEqual(evaluate.problems(model, docs), [], path)
            for at, doc in enumerate(docs):
                # What is left out here means what was said.
                if doc["kind"] not in ("AuthorizationPolicy", "PeerAuthentication") or doc["spec"] == {"mtls": {"mode": "PERMISSIVE"}}:
                    continue
                default = next(other["spec"]["mtls"] for other in docs if other["kind"] == "PeerAuthentication" and "selector" not in other["spec"])
                self.assertTrue(self.is_missed(model, docs[:at] + docs[at + 1:]), f"{path}: {doc['kind']} {doc['metadata']['name']}")
                for place in range(len(self.places(doc["spec"]))):
                    harmed = copy.deepcopy(doc)
                    holder, key = self.places(harmed["spec"])[place]
                    # One label of two may be enough to tell services apart.
                    if key in ("action", "app.kubernetes.io/instance"):
                        continue
                    # Without a mode of its own a workload has the namespace's.
                    own = harmed["spec"].get("mtls")
                    if "selector" in harmed["spec"] and own == default and (key == "mtls" or holder is own):
                        continue
                    del holder[key]
                    removed += 1
                    self.assertTrue(self.is_missed(model, docs[:at] + [harmed] + docs[at + 1:]),
                                    f"{path}: {doc['kind']} {doc['metadata']['name']}: {key} of {holder}")
        self.assertGreater(removed, 100)

    def places(self, value):
        found = []
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            found.append((value, key))
            if isinstance(value[key], (dict, list)):
                found += self.places(value[key])
        return found

    @staticmethod
    def is_missed(model, docs):
        try:
            return bool(evaluate.problems(model, docs))
        except (KeyError, TypeError, ValueError):
            return True


if __name__ == "__main__":
    HYBRIDGEN, *MODELS = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
