"""Patches of a service's manifests, which any service has: they change what no judge of the manifests looks at, in each way that there is."""
from mesh import service_values
from model import Model


def annotations(dice):
    return {key: dice.pick(["a: b", "one", "of several", "text"]) for key in dice.some(["example.com/seen", "example.com/b.c", "reviewed"], 1, 2)}


def merge(dice):
    return {"merge": {"metadata": {"annotations": annotations(dice), "labels": {"example.com/patched": dice.pick(["first", "v1"])}}}}


def operations(dice):
    steps = [{"op": "add", "path": "/metadata/labels/patched", "value": "first"},
             {"op": "test", "path": "/metadata/labels/patched", "value": "first"},
             {"op": "copy", "from": "/metadata/labels/patched", "path": "/metadata/labels/example.com~1copied"}]
    if dice.chance(0.5):
        steps.append({"op": "move", "from": "/metadata/labels/patched", "path": "/metadata/labels/moved"})
    if dice.chance(0.5):
        steps += [{"op": "replace", "path": "/metadata/labels/example.com~1copied", "value": "again"},
                  {"op": "add", "path": "/metadata/labels/gone", "value": None},
                  {"op": "remove", "path": "/metadata/labels/gone"}]
    return {"json": steps}


def patch(dice, target):
    return {"target": target, **dice.pick([merge, operations])(dice)}


def of_pods(dice, service):
    """A list is merged by the name of its elements."""
    container = {"name": service.name, "env": [{"name": "PATCHED_IN", "value": dice.line()}, {"name": "PATCHED_TOO", "value": "$(PATCHED_IN)"}]}
    pods = {"containers": [container]}
    if dice.chance(0.3):
        pods["setHostnameAsFQDN"] = True
    return {"target": service.kind, "merge": {"spec": {"template": {"metadata": {"annotations": annotations(dice)}, "spec": pods}}}}


def add(dice, model):
    if dice.chance(0.3):
        model["patches"] = [patch(dice, "NetworkPolicy")]
        return
    values = service_values(model)
    for service in Model(model).services:
        if not dice.chance(0.4):
            continue
        more = service.serving and not service.given("delivery") and dice.chance(0.6)
        values[service.name]["patches"] = [patch(dice, "NetworkPolicy")] + ([of_pods(dice, service)] if more else [])
