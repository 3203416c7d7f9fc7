"""Objects in random models that the library does not make: `manifests` of the application and of services.

add(dice, model) changes a valid model into a valid one. without(model, docs) gives what is wrong with these objects, and the others.
"""
import copy

from mesh import service_values
from model import Model, listed

CLUSTER_WIDE = ("ClusterRole",)


def config_map(dice, name):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "annotations": {"example.com/note": dice.lines()}},
            "data": {key: dice.lines() for key in dice.some(["mode", "unit", "a.b", "KEY-1"], 1, 3)}}


def role(dice, name):
    return {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": dice.pick(["Role", "ClusterRole"]), "metadata": {"name": name},
            "rules": [{"apiGroups": ["example.com"], "resources": dice.some(["queues", "queues/status", "topics"], 1, 2),
                       "verbs": dice.some(["get", "list", "watch"], 1, 2)}]}


def account(dice, name):
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name, "labels": {"owner": dice.pick(["platform", "1.10", "no"])}},
            "automountServiceAccountToken": False}


def report(dice, name):
    """Pods of somebody else, in the strictest form."""
    container = {"name": "report", "image": "registry.example.com/report:1.0", "imagePullPolicy": "IfNotPresent",
                 "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File", "args": ["--since", "2020-01-01", dice.line()],
                 "resources": {"requests": {"cpu": "10m", "memory": "32Mi"}, "limits": {"cpu": "20m", "memory": "64Mi"}},
                 "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}}
    pod = {"restartPolicy": "Never", "automountServiceAccountToken": False,
           "securityContext": {"runAsNonRoot": True, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}}, "containers": [container]}
    return {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": name},
            "spec": {"schedule": dice.pick(["0 4 * * *", "*/15 6-20 * * 1-5"]),
                     "jobTemplate": {"spec": {"template": {"metadata": {"labels": {"app": name}}, "spec": pod}}}}}


def objects(dice, owner):
    makers = dict(dice.some({"settings": config_map, "reader": role, "guest": account, "report": report}.items(), 1, 2))
    result = [maker(dice, f"{owner[:30].rstrip('-')}-{word}") for word, maker in makers.items()]
    return result[0] if len(result) == 1 and dice.chance(0.5) else result


def add(dice, model):
    if dice.chance(0.6):
        model["manifests"] = objects(dice, model["name"])
    for name, service in service_values(model).items():
        if dice.chance(0.2):
            service["manifests"] = objects(dice, f"of-{name}")


def given(model):
    """All such objects, as they must come out."""
    namespace = Model(model).namespace
    for holder in (model, *service_values(model).values()):
        for one in listed(holder.get("manifests"), None):
            one = copy.deepcopy(one)
            if one["kind"] not in CLUSTER_WIDE:
                one["metadata"].setdefault("namespace", namespace)
            yield one


def without(model, docs):
    found, others = [], list(docs)
    for one in given(model):
        if others.count(one) == 1:
            others.remove(one)
        else:
            found.append(f"{one['kind']} {one['metadata']['name']} of manifests does not come out as it was given")
    return found, others
