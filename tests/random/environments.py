"""Environments of random models: layers over a valid model that leave it valid, and what a model is with one of them."""
import copy

# Whatever a model has of it, another one is as good.
TEXTS = ["a", "1.10", "no", "x-y"]


def layer(dice, model):
    result = {}
    if isinstance(model.get("labels", {}), dict) and dice.chance(0.5):
        result["labels"] = {"example.com/stage": dice.pick(TEXTS)}
    if "annotations" in model and dice.chance(0.4):
        result["annotations"] = None
    if isinstance(model["services"], dict):
        for name, service in model["services"].items():
            if isinstance(service, dict) and dice.chance(0.4):
                result.setdefault("services", {})[name] = of_service(dice, service)
    return {key: value for key, value in result.items() if value != {}}


def of_service(dice, service):
    result = {}
    if isinstance(service.get("env", {}), dict) and dice.chance(0.7):
        result["env"] = {"STAGE_OF_IT": dice.text()}
    if isinstance(service.get("labels", {}), dict) and dice.chance(0.4):
        result["labels"] = {"example.com/stage": dice.pick(TEXTS)}
    if "terminationGracePeriodSeconds" in service and dice.chance(0.5):
        result["terminationGracePeriodSeconds"] = service["terminationGracePeriodSeconds"] + 1
    if "priorityClass" in service and dice.chance(0.5):
        result["priorityClass"] = None
    return result


def add(dice, model):
    layers = {name: layer(dice, model) for name in dice.some(["production", "test", "no"], 1, 3)}
    if any(layers.values()):
        model["environments"] = layers


def laid(lower, upper):
    """Mappings are merged; a null takes away, anything else takes the place of what was there."""
    result = copy.deepcopy(lower)
    for key, value in upper.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = laid(result[key], value)
        else:
            result[key] = copy.deepcopy(value)
    return result


def models(model):
    """The names of the environments, and what the model is in each."""
    base = {key: value for key, value in model.items() if key != "environments"}
    for name, upper in (model.get("environments") or {}).items():
        yield name, {"environment": name, **laid(base, upper or {})}
