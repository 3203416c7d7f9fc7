"""Autoscalers and budgets hold together with the workloads that they are for."""
import collections


def check_scaling(judge):
    targets = collections.Counter()
    for doc in judge.by_kind["HorizontalPodAutoscaler"].values():
        spec = doc["spec"]
        target = spec["scaleTargetRef"]
        targets[target["name"]] += 1
        workload = next((w for w in judge.workloads if w.kind == target["kind"] and w.name == target["name"]), None)
        if not workload or target["apiVersion"] != workload.doc["apiVersion"]:
            judge.say(doc, f"scales {target}, which is not there")
            continue
        if "replicas" in workload.doc["spec"]:
            judge.say(workload.doc, "has replicas and an autoscaler")
        if not spec.get("metrics") or not 1 <= spec["minReplicas"] <= spec["maxReplicas"]:
            judge.say(doc, "has no metric, or bounds that are none")
        for metric in spec.get("metrics", []):
            check_metric(judge, doc, workload, metric)
    for doc in judge.by_kind["ScaledObject"].values():
        spec, target = doc["spec"], doc["spec"]["scaleTargetRef"]
        targets[target["name"]] += 1
        workload = next((w for w in judge.workloads if w.kind == target["kind"] and w.name == target["name"]), None)
        if not workload or "replicas" in workload.doc["spec"]:
            judge.say(doc, f"scales {target}, which is not there or has replicas")
        if not spec["triggers"] or not 1 <= spec["minReplicaCount"] <= spec["maxReplicaCount"]:
            judge.say(doc, "has no trigger, or bounds that are none")
        check_triggers(judge, doc)
    for doc in judge.by_kind["ScaledJob"].values():
        service = next(service for service in judge.model.services if service.name == doc["metadata"]["name"])
        given, spec = service.value["autoscaling"], doc["spec"]
        if service.kind != "Job" or doc["metadata"]["name"] in judge.by_kind["Job"]:
            judge.say(doc, "stands beside its Job, or in place of something else")
        bounds = [spec.get("minReplicaCount"), spec["maxReplicaCount"], spec.get("pollingInterval")]
        if bounds != [given.get("minReplicas"), given.get("maxReplicas", spec["maxReplicaCount"]), given.get("pollingInterval")]:
            judge.say(doc, f"has {bounds}, but {given} is meant")
        if [trigger["name"] for trigger in spec["triggers"]] != list(given["triggers"]):
            judge.say(doc, "has other triggers")
        check_triggers(judge, doc)
    for workload in judge.workloads:
        service = next((service for service in judge.model.services if service.name == workload.name), None)
        # A collector, which nobody wrote down, may have one or none.
        if targets[workload.name] > 1 if service is None else targets[workload.name] != service.autoscaled():
            judge.say(workload.doc, f"has {targets[workload.name]} autoscalers")


def check_triggers(judge, doc):
    for trigger in doc["spec"]["triggers"]:
        reference = trigger.get("authenticationRef")
        if reference and reference["name"] not in judge.by_kind["TriggerAuthentication"]:
            judge.say(doc, f"asks by {reference}, which is not there")


def check_metric(judge, doc, workload, metric):
    if metric["type"] == "ContainerResource":
        name = metric["containerResource"]["container"]
        containers = [container for container in workload.running if container["name"] == name]
        if not containers:
            judge.say(doc, f"measures the container {name}, which is not there")
        resource, target = metric["containerResource"]["name"], metric["containerResource"]["target"]
    elif metric["type"] == "Resource":
        containers, resource, target = workload.running, metric["resource"]["name"], metric["resource"]["target"]
    else:
        return
    for container in containers:
        if target["type"] == "Utilization" and resource not in (container.get("resources", {}).get("requests", {})):
            judge.say(doc, f"measures {resource} in percent of a request that {container['name']} does not make")


def check_budgets(judge):
    for doc in judge.by_kind["PodDisruptionBudget"].values():
        hits = judge.selected(doc["spec"]["selector"]["matchLabels"])
        if len(hits) != 1:
            continue
        scaler = next((d for d in judge.by_kind["HorizontalPodAutoscaler"].values() if d["spec"]["scaleTargetRef"]["name"] == hits[0].name), None)
        fewest = scaler["spec"]["minReplicas"] if scaler else hits[0].doc["spec"].get("replicas", 1)
        keda = next((d for d in judge.by_kind["ScaledObject"].values() if d["spec"]["scaleTargetRef"]["name"] == hits[0].name), None)
        service = next((service for service in judge.model.services if service.name == hits[0].name), None)
        if keda:
            fewest = keda["spec"]["minReplicaCount"]
        elif service and service.scaled_by_others():
            continue
        if len({"minAvailable", "maxUnavailable"} & set(doc["spec"])) != 1:
            judge.say(doc, "has not exactly one figure")
        least = doc["spec"].get("minAvailable", 0)
        if isinstance(least, str):
            least = -(-int(least[:-1]) * fewest // 100)
        if fewest and least >= fewest or doc["spec"].get("maxUnavailable") in (0, "0%"):
            judge.say(doc, f"blocks every drain: {doc['spec']} of {fewest}")
