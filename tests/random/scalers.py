"""Random models in which somebody else scales: KEDA by triggers, or a controller that nobody describes."""
from evaluate import Model

RESOURCES = ("cpu", "memory", "containers", "pods", "external", "behavior")


def trigger(dice, asked):
    found = {"type": "cron", "metadata": {"timezone": "Europe/Vienna", "start": "0 6 * * *", "end": "0 20 * * *", "desiredReplicas": dice.number(2, 9)}}
    if asked and dice.chance(0.7):
        service, port = dice.pick(asked)
        found = {"type": dice.pick(["redis", "rabbitmq", "kafka"]), "asks": service.name, "port": port["name"], "metadata": {"threshold": "5"}}
    return found


def of_job(dice, asked):
    value = {"triggers": {f"t{i}": trigger(dice, asked) for i in range(dice.number(1, 3))}}
    if dice.chance(0.5):
        value["maxReplicas"] = dice.number(3, 20)
        if dice.chance(0.3):
            value["minReplicas"] = dice.number(1, 2)
    if dice.chance(0.3):
        value["pollingInterval"] = dice.number(5, 60)
    return value


def settle(model):
    runtimes = model.get("runtimes") or {}
    for runtime in runtimes.values() if isinstance(runtimes, dict) else runtimes:
        # Jobs are scaled by triggers alone.
        if runtime and runtime.get("kind") == "Job":
            runtime.pop("autoscaling", None)


def add(dice, model):
    read = Model(model)
    asked = [] if read.mesh.on else [(service, port) for service in read.services for port in service.ports if service.serving and port["transport"] == "TCP"]
    for service in read.services:
        given = service.value.get("autoscaling")
        if service.kind == "Job" and "volumes" not in service.value and dice.chance(0.3):
            service.value["autoscaling"] = of_job(dice, asked)
            continue
        if not isinstance(given, dict) or given.get("enabled") is False or service.given("delivery") or not dice.chance(0.3):
            continue
        if dice.chance(0.4):
            bounds = {key: value for key, value in given.items() if key not in RESOURCES and key != "enabled"}
            service.value["autoscaling"] = {"scaler": "external", **bounds} if bounds else "external"
            continue
        for key in ("containers", "pods", "external"):
            given.pop(key, None)
        given["triggers"] = {f"t{i}": trigger(dice, asked) for i in range(dice.number(1, 3))}
        if dice.chance(0.3):
            given["pollingInterval"] = dice.number(5, 60)
