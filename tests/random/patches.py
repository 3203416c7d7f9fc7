"""Patches of a service's manifests, which any service has: they change what no judge of the manifests looks at, in each way that there is."""


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


def add(dice, model):
    services = model["services"]
    named = services.items() if isinstance(services, dict) else [(one["name"], one) for one in services]
    if dice.chance(0.3):
        model["patches"] = [patch(dice, "NetworkPolicy")]
        return
    for _, service in named:
        if isinstance(service, dict) and dice.chance(0.3):
            service["patches"] = [patch(dice, "NetworkPolicy")]
