#!/usr/bin/env python3
"""The judge judged: sound manifests pass, and each kind of harm to them is noticed. test_check_refs.py HYBRIDGEN"""
import copy
import json
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "policy")]

import check_refs
import pod_security
import quantity
from model import Model

MODEL = {
    "name": "shop", "host": "shop.example.com", "imageTag": "1.0", "secretStore": "vault", "ingress": {"tlsSecret": "edge"},
    "secrets": {"db": {"keys": {"url": "shop/db"}}, "edge": {"existing": True, "keys": {"tls.crt": "a", "tls.key": "b"}}},
    "priorityClasses": {"shop-high": 1000}, "annotations": {"note": "no"}, "labels": {"team": "x"},
    "services": {
        "web": {"runtime": "cpython", "expose": "/", "calls": "store", "tolerations": [{"key": "gpu", "operator": "Exists"}],
                "livenessProbe": {"httpGet": "/alive", "initialDelaySeconds": 7}, "securityContext": {"runAsUser": 1000},
                "resources": {"limits": {"cpu": 2}}, "strategy": {"maxSurge": 1, "maxUnavailable": 0}, "priorityClassName": "shop-high", "command": ["run", "1.10"],
                "env": {"A": {"secret": "db", "key": "url"}, "B": "0644", "R": {"resource": "limits.cpu"}},
                "configFiles": {"/etc/app.yaml": "a: 1\n"}, "serviceAccount": {"rules": [{"apiGroups": [""], "resources": "pods", "verbs": "get"}]},
                "sidecars": {"proxy": {"resources": {"requests": {"cpu": "10m", "memory": "32Mi"}, "limits": {"cpu": "1", "memory": "64Mi"}}}},
                "autoscaling": {"minReplicas": 2, "maxReplicas": 8, "containers": [{"container": "proxy", "name": "cpu", "averageUtilization": 50}]}},
        "store": {"kind": "StatefulSet", "replicas": 3, "runtime": "condon", "disruptionBudget": {"minAvailable": 2},
                  "volumes": {"data": {"claimTemplate": "1Gi", "mountPath": "/data"}, "conf": {"secret": {"name": "db", "items": {"url": "u"}},
                                                                                               "mountPath": "/conf"},
                              "shared": {"claim": {"size": "2Gi", "accessModes": "ReadWriteMany"}, "mountPath": "/shared"}}},
        "night": {"schedule": "@daily", "runtime": "cpython", "envFrom": [{"secret": "db"}]}}}


def generated():
    run = subprocess.run([HYBRIDGEN, "generate", "-f", "-", "--format", "json", "-q"], input=json.dumps(MODEL).encode(), capture_output=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def one(docs, kind, name):
    return next(doc for doc in docs if (doc["kind"], doc["metadata"]["name"]) == (kind, name))


def pod(docs, kind, name):
    doc = one(docs, kind, name)
    return doc["spec"]["template"]["spec"] if kind != "CronJob" else doc["spec"]["jobTemplate"]["spec"]["template"]["spec"]


def main_container(docs):
    return pod(docs, "Deployment", "web")["containers"][0]


def scaler(docs):
    return next(doc for doc in docs if doc["kind"] == "HorizontalPodAutoscaler")["spec"]


def remove(docs, kind, name=None):
    docs[:] = [doc for doc in docs if doc["kind"] != kind or (name and doc["metadata"]["name"] != name)]


NAME = "app.kubernetes.io/name"

HARM = {
    "an object twice": lambda d: d.append(copy.deepcopy(d[-1])),
    "a bad name": lambda d: one(d, "Service", "web")["metadata"].update(name="1web"),
    "a strange namespace": lambda d: one(d, "Service", "web")["metadata"].update(namespace="default"),
    "a bad label": lambda d: one(d, "Service", "web")["metadata"]["labels"].update({"x": "a b"}),
    "a number as annotation": lambda d: one(d, "Deployment", "web")["metadata"]["annotations"].update(note=False),
    "a lost annotation": lambda d: one(d, "Deployment", "web")["metadata"].pop("annotations"),
    "a lost label": lambda d: one(d, "Deployment", "web")["spec"]["template"]["metadata"]["labels"].pop("team"),
    "a selector of nobody": lambda d: one(d, "Service", "web")["spec"]["selector"].update({NAME: "wob"}),
    "a selector of others": lambda d: one(d, "Service", "web")["spec"]["selector"].update({NAME: "store"}),
    "a selector of all": lambda d: one(d, "Service", "web")["spec"]["selector"].pop(NAME),
    "a workload that selects others": lambda d: one(d, "Deployment", "web")["spec"]["selector"]["matchLabels"].update({NAME: "store"}),
    "spread over others": lambda d: pod(d, "Deployment", "web")["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"].pop(NAME),
    "a policy of nobody": lambda d: one(d, "NetworkPolicy", "web")["spec"]["podSelector"]["matchLabels"].update({NAME: "x"}),
    "a probe beside": lambda d: main_container(d)["readinessProbe"]["httpGet"].update(port="grpc"),
    "a probe of two kinds": lambda d: main_container(d)["readinessProbe"].update(exec={"command": ["x"]}),
    "a mount of nothing": lambda d: main_container(d)["volumeMounts"][0].update(name="nothing"),
    "a mount over another": lambda d: main_container(d)["volumeMounts"].append(copy.deepcopy(main_container(d)["volumeMounts"][0])),
    "a volume without source": lambda d: pod(d, "Deployment", "web")["volumes"].append({"name": "x"}),
    "no claim": lambda d: remove(d, "PersistentVolumeClaim"),
    "no secret": lambda d: remove(d, "ExternalSecret"),
    "a secret's other key": lambda d: main_container(d)["env"][0]["valueFrom"]["secretKeyRef"].update(key="uri"),
    "a volume's other key": lambda d: next(v for v in pod(d, "StatefulSet", "store")["volumes"] if v["name"] == "conf")["secret"]["items"][0].update(key="x"),
    "no config map": lambda d: remove(d, "ConfigMap"),
    "other content": lambda d: one(d, "ConfigMap", "web-config")["data"].update({"app.yaml": "a: 1"}),
    "another value": lambda d: main_container(d)["env"][1].update(value="420"),
    "another command": lambda d: main_container(d)["command"].__setitem__(1, "1.1"),
    "a variable twice": lambda d: main_container(d)["env"].append(main_container(d)["env"][0]),
    "a variable of a lost container": lambda d: main_container(d)["env"][2]["valueFrom"]["resourceFieldRef"].update(containerName="x"),
    "no account": lambda d: remove(d, "ServiceAccount", "web"),
    "no priority class": lambda d: remove(d, "PriorityClass"),
    "a privileged container": lambda d: main_container(d)["securityContext"].update(privileged=True),
    "a lower level": lambda d: one(d, "Namespace", "shop")["metadata"]["labels"].update({"pod-security.kubernetes.io/enforce": "baseline"}),
    "a target port of nobody": lambda d: one(d, "Service", "web")["spec"]["ports"][0].update(targetPort="x"),
    "a service's port twice": lambda d: one(d, "Service", "web")["spec"]["ports"].append(one(d, "Service", "web")["spec"]["ports"][0]),
    "no headless service": lambda d: one(d, "StatefulSet", "store")["spec"].update(serviceName="x"),
    "an ingress to nowhere": lambda d: one(d, "Ingress", "shop")["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"].update(name="x"),
    "an ingress to no port": lambda d: one(d, "Ingress", "shop")["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"].update(port={"number": 1}),
    "a certificate of nobody": lambda d: one(d, "Ingress", "shop")["spec"]["tls"][0].update(secretName="db"),
    "no role": lambda d: remove(d, "Role"),
    "no binding": lambda d: remove(d, "RoleBinding"),
    "rights for others": lambda d: next(x for x in d if x["kind"] == "RoleBinding")["subjects"][0].update(name="store"),
    "replicas beside an autoscaler": lambda d: one(d, "Deployment", "web")["spec"].update(replicas=2),
    "a scaler of nobody": lambda d: scaler(d)["scaleTargetRef"].update(name="x"),
    "no scaler": lambda d: remove(d, "HorizontalPodAutoscaler"),
    "a metric of no container": lambda d: next(m for m in scaler(d)["metrics"] if m["type"] == "ContainerResource")["containerResource"].update(container="x"),
    "a metric of no request": lambda d: pod(d, "Deployment", "web")["initContainers"][0]["resources"]["requests"].pop("cpu"),
    "a budget of all": lambda d: one(d, "PodDisruptionBudget", "store")["spec"].update(minAvailable="67%"),
    "a quantity in other words": lambda d: main_container(d)["resources"]["limits"].update(memory="1024Mi"),
    "a lost sidecar": lambda d: pod(d, "Deployment", "web").pop("initContainers"),
    "a lost recommended label": lambda d: one(d, "Service", "web")["metadata"]["labels"].pop("app.kubernetes.io/part-of"),
    "a selector with more": lambda d: one(d, "Deployment", "web")["spec"]["selector"]["matchLabels"].update(team="x"),
    "another store": lambda d: one(d, "ExternalSecret", "db")["spec"]["secretStoreRef"].update(name="x"),
    "another remote key": lambda d: one(d, "ExternalSecret", "db")["spec"]["data"][0]["remoteRef"].update(key="x"),
    "another protocol": lambda d: one(d, "Service", "web")["spec"]["ports"][0].update(appProtocol="grpc"),
    "another number": lambda d: one(d, "Service", "web")["spec"]["ports"][0].update(port=81),
    "another priority": lambda d: one(d, "PriorityClass", "shop-high").update(value=1),
    "another image": lambda d: main_container(d).update(image="web:1.1"),
    "another probe": lambda d: main_container(d)["livenessProbe"].update(initialDelaySeconds=1),
    "another path": lambda d: main_container(d)["livenessProbe"]["httpGet"].update(path="/x"),
    "no toleration": lambda d: pod(d, "Deployment", "web").pop("tolerations"),
    "another user": lambda d: main_container(d)["securityContext"].update(runAsUser=1),
    "another limit": lambda d: main_container(d)["resources"]["limits"].update(cpu="3"),
    "another strategy": lambda d: one(d, "Deployment", "web")["spec"]["strategy"]["rollingUpdate"].update(maxSurge=2),
    "another number of pods": lambda d: one(d, "StatefulSet", "store")["spec"].update(replicas=4),
    "other bounds": lambda d: scaler(d).update(maxReplicas=9),
    "another target": lambda d: scaler(d)["metrics"].pop(),
    "another claim": lambda d: one(d, "PersistentVolumeClaim", "store-shared")["spec"]["resources"]["requests"].update(storage="3Gi"),
    "another template": lambda d: one(d, "StatefulSet", "store")["spec"]["volumeClaimTemplates"][0]["spec"].update(accessModes=["ReadWriteMany"]),
    "a path elsewhere": lambda d: one(d, "Ingress", "shop")["spec"]["rules"][0]["http"]["paths"][0].update(path="/x"),
    "other rights": lambda d: next(x for x in d if x["kind"] == "Role")["rules"][0].update(verbs=["get", "list"]),
    "a token for all": lambda d: pod(d, "StatefulSet", "store").update(automountServiceAccountToken=True),
    "another schedule": lambda d: one(d, "CronJob", "night")["spec"].update(schedule="@hourly"),
    "another type": lambda d: one(d, "Service", "store")["spec"].update(type="NodePort"),
    "a lost workload": lambda d: remove(d, "CronJob"),
}


class Harm(unittest.TestCase):
    def test_every_harm_is_noticed(self):
        docs = generated()
        self.assertEqual(check_refs.problems(Model(MODEL), docs), [])
        for words, harm in HARM.items():
            harmed = copy.deepcopy(docs)
            harm(harmed)
            try:
                self.assertTrue(check_refs.problems(Model(MODEL), harmed), words)
            except KeyError:  # so harmed that the judge cannot even look
                pass

    def test_what_older_servers_lack_is_noticed(self):
        docs = generated()
        for version in ("1.24", "1.26", "1.29"):
            self.assertTrue(any("lacks" in found for found in check_refs.problems(Model({**MODEL, "kubernetesVersion": version}), docs)), version)


class Quantities(unittest.TestCase):
    def test_as_the_server_writes_them(self):
        for given, wanted in [("0.5", "500m"), ("1000m", "1"), ("1.5Gi", "1536Mi"), ("1024Mi", "1Gi"), ("129e6", "129e6"), ("1e3", "1e3"), ("0.5Gi", "512Mi"),
                              ("128974848", "128974848"), ("1000k", "1M"), ("0.1Gi", "107374182400m"), ("512Ki", "512Ki"), ("0.5Ki", "512"), ("0", "0"),
                              ("0Gi", "0"), ("0.5m", "500u"), ("1Ki", "1Ki"), ("1000000", "1M"), ("20480Mi", "20Gi"), ("1.5Ti", "1536Gi")]:
            self.assertEqual(quantity.canonical(given), wanted, given)


class PodSecurity(unittest.TestCase):
    GOOD = {"securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
            "containers": [{"name": "a", "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}}]}

    def test_levels(self):
        self.assertEqual(pod_security.violations(self.GOOD, "restricted", 37), [])
        for path, value, level in [(["hostNetwork"], True, "baseline"), (["hostPID"], True, "baseline"), (["volumes"], [{"name": "v", "hostPath": {}}], "baseline"),
                                   (["volumes"], [{"name": "v", "nfs": {}}], "restricted"), (["securityContext", "runAsUser"], 0, "restricted"),
                                   (["securityContext", "runAsNonRoot"], False, "restricted"), (["securityContext", "seccompProfile"], None, "restricted"),
                                   (["securityContext", "seccompProfile", "type"], "Unconfined", "baseline"),
                                   (["securityContext", "sysctls"], [{"name": "kernel.msgmax"}], "baseline"),
                                   (["securityContext", "seLinuxOptions"], {"user": "x"}, "baseline"),
                                   (["containers", 0, "securityContext", "privileged"], True, "baseline"),
                                   (["containers", 0, "securityContext", "allowPrivilegeEscalation"], True, "restricted"),
                                   (["containers", 0, "securityContext", "capabilities", "drop"], ["all"], "restricted"),
                                   (["containers", 0, "securityContext", "capabilities", "add"], ["CHOWN"], "restricted"),
                                   (["containers", 0, "securityContext", "capabilities", "add"], ["SYS_ADMIN"], "baseline"),
                                   (["containers", 0, "securityContext", "procMount"], "Unmasked", "baseline"),
                                   (["containers", 0, "securityContext", "runAsUser"], 0, "restricted"),
                                   (["containers", 0, "ports"], [{"hostPort": 1}], "baseline"),
                                   (["containers", 0, "livenessProbe"], {"httpGet": {"host": "x"}}, "baseline")]:
            spec = copy.deepcopy(self.GOOD)
            holder = spec
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = value
            self.assertTrue(pod_security.violations(spec, "restricted", 37), path)
            self.assertEqual(bool(pod_security.violations(spec, "baseline", 37)), level == "baseline", path)
            self.assertEqual(pod_security.violations(spec, "privileged", 37), [], path)


if __name__ == "__main__":
    HYBRIDGEN = sys.argv[1]
    unittest.main(argv=sys.argv[:1])
