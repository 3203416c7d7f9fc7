"""What the model says of its services stands in their manifests, under Kubernetes' names and with the same values.

Each function turns a piece of the model into what must be found in the piece of the manifest; `Fields.has` compares.
"""
from compare import Fields, by_name, number, octal
from container_fields import check_container, check_security, mounted
from model import expanded, listed, text
import quantity


def key_volume(given, name_key):
    given = given if isinstance(given, dict) else {"name": given}
    items = [{"key": item["key"], "path": item["path"], **({"mode": octal(item["mode"])} if "mode" in item else {})}
             for item in expanded(listed(given.get("items"), "key"), "path")]
    return {name_key: given["name"], "optional": given.get("optional", False), **({"items": items} if items else {}),
            **({"defaultMode": octal(given["defaultMode"])} if "defaultMode" in given else {})}


def projection(source):
    if "serviceAccountToken" in source:
        token = source["serviceAccountToken"]
        return {"serviceAccountToken": token if isinstance(token, dict) else {"path": token}}
    if "downwardAPI" in source:
        return {"downwardAPI": {"items": [{"path": item["path"], "fieldRef": {"fieldPath": item["field"]}}
                                          for item in expanded(listed(source["downwardAPI"], "path"), "field")]}}
    key = "secret" if "secret" in source else "configMap"
    return {key: key_volume(source[key], "name")}


def claim(given):
    given = given if isinstance(given, dict) else {"size": given}
    modes = listed(given.get("accessModes"), None) or ["ReadWriteOnce"]
    return {"accessModes": modes, "resources": {"requests": {"storage": quantity.canonical(text(given["size"]))}},
            **{key: given[key] for key in ("storageClassName", "selector") if key in given}}


def volume_source(fields, volume, service):
    if "emptyDir" in volume:
        given = volume["emptyDir"] if isinstance(volume["emptyDir"], dict) else {}
        return {"emptyDir": {key: quantity.canonical(text(value)) if key == "sizeLimit" else value for key, value in given.items()}}
    if "claim" in volume or "existingClaim" in volume:
        name = volume.get("existingClaim", f"{service.name}-{volume['name']}")
        if "claim" in volume:
            fields.has(f"claim {name}", fields.judge.by_kind["PersistentVolumeClaim"].get(name, {}).get("spec"), claim(volume["claim"]))
        return {"persistentVolumeClaim": {"claimName": name}}
    if "secret" in volume:
        return {"secret": key_volume(volume["secret"], "secretName")}
    if "configMap" in volume:
        return {"configMap": key_volume(volume["configMap"], "name")}
    if "projected" in volume:
        return {"projected": {"sources": [projection(source) for source in listed(volume["projected"], None)]}}
    return {"hostPath": {"path": volume["hostPath"], **({"type": volume["hostPathType"]} if "hostPathType" in volume else {})}}


def check_volumes(fields, spec, service):
    templates = fields.doc["spec"].get("volumeClaimTemplates") or []
    mounts = mounted(spec["containers"][0])
    for volume in listed(service.given("volumes"), "name"):
        if "mountPath" in volume:
            fields.has("mount", mounts.get(volume["mountPath"]), {key: volume[key] for key in ("name", "subPath", "readOnly") if key in volume})
        if "claimTemplate" in volume:
            got = next((template for template in templates if template["metadata"]["name"] == volume["name"]), {})
            fields.has(f"template {volume['name']}", got.get("spec"), claim(volume["claimTemplate"]))
        else:
            fields.has(f"volume {volume['name']}", by_name(spec.get("volumes"), volume["name"]), volume_source(fields, volume, service))


def check_spec(fields, spec, value):
    fields.same("pod", spec, value, "nodeSelector", "priorityClassName", "runtimeClassName", "schedulerName", "terminationGracePeriodSeconds", "dnsPolicy",
                "hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "affinity", "restartPolicy")
    if "enableServiceLinks" in value and spec.get("enableServiceLinks", True) != value["enableServiceLinks"]:
        fields.judge.say(fields.doc, f"has enableServiceLinks {spec.get('enableServiceLinks')}")
    wanted = {}
    if "tolerations" in value:
        wanted["tolerations"] = value["tolerations"]
    if "imagePullSecrets" in value:
        wanted["imagePullSecrets"] = [{"name": name} for name in listed(value["imagePullSecrets"], None)]
    if "hostAliases" in value:
        wanted["hostAliases"] = [{"ip": alias["ip"], "hostnames": listed(alias["hostnames"], None)} for alias in value["hostAliases"]]
    if "dnsConfig" in value:
        wanted["dnsConfig"] = {**value["dnsConfig"], **({"options": [{"name": name, "value": text(item)} for name, item in
                                                                     value["dnsConfig"]["options"].items()]} if "options" in value["dnsConfig"] else {})}
    if "topologySpreadConstraints" in value:
        # A list that is empty takes the default away.
        wanted["topologySpreadConstraints"] = [{key: item for key, item in spread.items() if item != []} for spread in value["topologySpreadConstraints"]]
        for given, got in zip(value["topologySpreadConstraints"], spec["topologySpreadConstraints"]):
            if given.get("matchLabelKeys") == [] and "matchLabelKeys" in got:
                fields.judge.say(fields.doc, "has matchLabelKeys that the model refuses")
    fields.has("pod", spec, wanted)
    check_security(fields, "pod's securityContext", spec.get("securityContext"), value.get("podSecurityContext") or {})


def check_workload(fields, got, service):
    value = service.value
    wanted = {key: value[key] for key in ("replicas", "minReadySeconds", "progressDeadlineSeconds", "revisionHistoryLimit", "podManagementPolicy",
                                           "persistentVolumeClaimRetentionPolicy") if key in value and service.kind not in ("Job", "CronJob")}
    if wanted.get("replicas") == 1 and "replicas" not in got:
        wanted.pop("replicas")
    strategy = value.get("strategy")
    if strategy and service.serving:
        strategy = strategy if isinstance(strategy, dict) else {"type": strategy}
        rolling = {key: number(item) for key, item in strategy.items() if key != "type"}
        wanted["strategy" if service.kind == "Deployment" else "updateStrategy"] = {
            "type": strategy.get("type", "RollingUpdate"), **({"rollingUpdate": rolling} if rolling and rolling != {"partition": 0} else {})}
    fields.has("spec", got, wanted)
    if service.kind in ("Job", "CronJob"):
        scaled = fields.doc["kind"] == "ScaledJob"
        job = got["jobTemplate"]["spec"] if service.kind == "CronJob" else got["jobTargetRef"] if scaled else got
        own = ("completions", "parallelism", "completionMode", "backoffLimit", "activeDeadlineSeconds", "ttlSecondsAfterFinished")
        fields.same("job", job, value, *own)
        fields.same("cron job", got, value, "schedule", "timeZone", "concurrencyPolicy", "startingDeadlineSeconds", "successfulJobsHistoryLimit",
                    "failedJobsHistoryLimit")
        fields.same("job", job if scaled else got, value, "suspend")


def metric_target(metric):
    if "averageUtilization" in metric:
        return {"type": "Utilization", "averageUtilization": metric["averageUtilization"]}
    kind = "averageValue" if "averageValue" in metric else "value"
    return {"type": "AverageValue" if kind == "averageValue" else "Value", kind: quantity.canonical(text(metric[kind]))}


def check_scaling(fields, service):
    given = service.value.get("autoscaling")
    scaler = next((doc["spec"] for doc in fields.judge.by_kind["HorizontalPodAutoscaler"].values()
                   if doc["spec"]["scaleTargetRef"]["name"] == service.name), None)
    if not isinstance(given, dict) or given.get("enabled") is False or not scaler:
        return
    fields.same("autoscaler", scaler, given, "minReplicas", "maxReplicas", "behavior")
    wanted = []
    for name in ("cpu", "memory"):
        if given.get(name):
            wanted.append({"type": "Resource", "resource": {"name": name, "target": {"type": "Utilization", "averageUtilization": given[name]}}})
        elif given.get(name) == 0 and any(metric.get("resource", {}).get("name") == name for metric in scaler["metrics"]):
            fields.judge.say(fields.doc, f"scales by {name}, which is switched off")
    for metric in given.get("containers") or []:
        wanted.append({"type": "ContainerResource", "containerResource": {"name": metric["name"], "container": metric["container"],
                                                                           "target": metric_target(metric)}})
    for kind, key in (("Pods", "pods"), ("External", "external")):
        for metric in given.get(key) or []:
            described = {"name": metric["name"], **({"selector": metric["selector"]} if "selector" in metric else {})}
            wanted.append({"type": kind, kind.lower(): {"metric": described, "target": metric_target(metric)}})
    for metric in wanted:
        if metric not in scaler["metrics"]:
            fields.judge.say(fields.doc, f"does not scale by {metric}")


def check_budget(fields, service):
    given, name = service.value.get("disruptionBudget"), service.name
    got = fields.judge.by_kind["PodDisruptionBudget"].get(name)
    if given is False or (isinstance(given, dict) and given.get("enabled") is False):
        if got:
            fields.judge.say(fields.doc, "has a budget that is switched off")
    elif isinstance(given, dict):
        fields.has("budget", got and got["spec"], {key: number(item) for key, item in given.items() if key != "enabled"})


def check_service(fields, service):
    given = service.value.get("service") if service.serving else None
    given = given if isinstance(given, dict) else {"type": given or "ClusterIP"}
    doc = fields.judge.by_kind["Service"].get(service.name)
    if not service.ports:
        return
    got = doc["spec"] if doc else {}
    if given.get("type", "ClusterIP") != got.get("type", "ClusterIP"):
        fields.judge.say(fields.doc, f"has a Service of type {got.get('type')}")
    if given.get("trafficDistribution") == "PreferClose" and got.get("trafficDistribution") == "PreferSameZone":
        given = {**given, "trafficDistribution": "PreferSameZone"}  # what it is called from Kubernetes 1.34
    fields.same("Service", got, given, "externalTrafficPolicy", "internalTrafficPolicy", "trafficDistribution", "publishNotReadyAddresses",
                "loadBalancerClass", "loadBalancerSourceRanges", "sessionAffinity", "ipFamilyPolicy", "ipFamilies")
    if given.get("headless"):
        fields.has("Service", got, {"clusterIP": "None"})
    if "sessionAffinityTimeoutSeconds" in given:
        fields.has("Service", got, {"sessionAffinityConfig": {"clientIP": {"timeoutSeconds": given["sessionAffinityTimeoutSeconds"]}}})
    ports = {(port["port"], port.get("protocol", "TCP")): port for port in got.get("ports") or []}
    for port in service.ports:
        if (port["service"], port["transport"]) not in ports:
            fields.judge.say(fields.doc, f"does not offer {port['service']} {port['transport']}")


def check_extra_services(fields, service):
    for given in listed(service.value.get("extraServices"), "name"):
        got = fields.judge.by_kind["Service"].get(given["name"], {"spec": {}})
        fields.same("further Service", got["spec"], given, "externalTrafficPolicy", "loadBalancerSourceRanges")
        fields.has("further Service", got["spec"], {"type": given.get("type", "ClusterIP"), **({"clusterIP": "None"} if given.get("headless") else {})})
        fields.has("further Service", got.get("metadata", {}).get("annotations", {}), given.get("annotations", {}))
        wanted = set()
        for port in listed(given.get("ports"), None) or [port["name"] for port in service.ports]:
            port = port if isinstance(port, dict) else {"targetPort": port}
            target = service.port(port["targetPort"])
            wanted.add((port.get("name", target["name"]), port.get("port", target["service"]), target["name"], target["transport"], port.get("nodePort")))
        offered = {(port["name"], port["port"], port["targetPort"], port["protocol"], port.get("nodePort")) for port in got["spec"].get("ports", [])}
        if offered != wanted:
            fields.judge.say(fields.doc, f"has {given['name']} with {sorted(offered, key=str)}, not {sorted(wanted, key=str)}")
        own = fields.judge.by_kind["Service"].get(service.name)
        if own and own["spec"].get("selector") != got["spec"].get("selector"):
            fields.judge.say(fields.doc, f"has {given['name']} for other pods")


def rule_part(rule, cluster_wide):
    """What a role of one scope grants of a rule: no Role grants what belongs to no namespace."""
    if "nonResourceURLs" in rule:
        return [rule] if cluster_wide else []
    resources = [name for name in rule["resources"] if (name.split("/")[0] in ("nodes", "storageclasses")) == cluster_wide]
    return [{**rule, "resources": resources}] if resources else []


def check_account(fields, service, spec):
    given = service.value.get("serviceAccount")
    given = given if isinstance(given, dict) else {"name": given} if given else {}
    name = given.get("name", service.name)
    fields.has("serviceAccountName", spec["serviceAccountName"], name)
    token = given.get("automountServiceAccountToken", bool(given.get("rules")))
    if spec.get("automountServiceAccountToken", True) != token:
        fields.judge.say(fields.doc, f"mounts a token: {spec.get('automountServiceAccountToken')}, not {token}")
    if given.get("rules"):
        rules = [{key: listed(item, None) for key, item in rule.items()} for rule in listed(given["rules"], None)]
        for kind, role_name, cluster_wide in (("Role", service.name, False),
                                              ("ClusterRole", f"{fields.judge.model.namespace}.{service.name}", True)):
            role = fields.judge.by_kind[kind].get(role_name, {})
            fields.has("rules", role.get("rules", []), [part for rule in rules for part in rule_part(rule, cluster_wide)])
    if "annotations" in given:
        account = fields.judge.by_kind["ServiceAccount"].get(name, {"metadata": {}})
        fields.has("account", account["metadata"].get("annotations"), given["annotations"])


def check_paths(fields, service):
    """Where the model has an Ingress, every path stands in it."""
    given = fields.judge.model.value.get("ingress")
    if not given or (isinstance(given, dict) and given.get("enabled") is False):
        return
    found = [(rule.get("host"), path["path"], path["pathType"], path["backend"]["service"]["name"])
             for doc in fields.judge.by_kind["Ingress"].values() for rule in doc["spec"]["rules"] for path in rule["http"]["paths"]]
    for exposure in fields.judge.model.exposed(service):
        own = exposure if "host" in exposure or "hosts" in exposure else fields.judge.model.value
        for host in listed(own.get("hosts"), None) or [own.get("host")]:
            wanted = (None if host == "*" else host, exposure["path"], exposure.get("pathType", "Prefix"), service.name)
            if wanted not in found:
                fields.judge.say(fields.doc, f"is not reached by {wanted}")


def check(judge):
    services = {service.name: service for service in judge.model.services}
    for workload in judge.workloads:
        service, fields, spec = services[workload.name], Fields(judge, workload.doc), workload.spec
        check_container(fields, spec["containers"][0], service.value, service.name)
        for key in ("initContainers", "sidecars"):
            for given in listed(service.given(key), "name"):
                check_container(fields, by_name(spec.get("initContainers"), given["name"]), given, None)
        for given in listed(service.given("extraContainers"), "name"):
            check_container(fields, by_name(spec["containers"][1:], given["name"]), given, None)
        check_volumes(fields, spec, service)
        check_spec(fields, spec, service.value)
        check_workload(fields, workload.doc["spec"], service)
        check_scaling(fields, service)
        check_budget(fields, service)
        check_extra_services(fields, service)
        check_service(fields, service)
        check_account(fields, service, spec)
        check_paths(fields, service)
