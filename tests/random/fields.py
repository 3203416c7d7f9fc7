"""What the model says of its services stands in their manifests, under Kubernetes' names and with the same values.

Each function turns a piece of the model into what must be found in the piece of the manifest; `Fields.has` compares. The
manifest may hold more: defaults of the runtime and the library.
"""
from model import expanded, listed, text
import quantity

# What the server takes for the same when it is left out.
LEFT_OUT = {"initialDelaySeconds": 0, "minReadySeconds": 0, "partition": 0}


def number(value):
    """An int or a percentage, however it was written."""
    return int(value) if text(value).isdigit() else value


def by_name(items, name):
    return next((item for item in items or [] if item.get("name") == name), {})


def profile(value):
    return value if isinstance(value, dict) else {"type": value}


def octal(mode):
    return int(text(mode), 8)


def amounts(value):
    return {name: quantity.canonical(text(amount)) for name, amount in (value or {}).items()}


class Fields:
    def __init__(self, judge, doc):
        self.judge, self.doc = judge, doc

    def has(self, where, got, wanted):
        if isinstance(wanted, dict):
            for key, item in wanted.items():
                if isinstance(got, dict) and key in got:
                    self.has(f"{where}.{key}", got[key], item)
                elif not (item is False or item == "" or item is None or LEFT_OUT.get(key, -1) == item):
                    self.judge.say(self.doc, f"{where} lacks {key}: {item!r}")
        elif isinstance(wanted, list) and isinstance(got, list) and len(got) == len(wanted):
            for i, item in enumerate(wanted):
                self.has(f"{where}[{i}]", got[i], item)
        elif got != wanted or isinstance(got, bool) != isinstance(wanted, bool):
            self.judge.say(self.doc, f"{where} is {got!r}, not {wanted!r}")

    def same(self, where, got, holder, *keys):
        """Members that mean the same in both."""
        self.has(where, got, {key: holder[key] for key in keys if key in holder})


def port_of(container_ports, ref):
    """As manifests name a port."""
    if ref is None:
        first = container_ports[0]
        return first["name"], first["containerPort"]
    found = next(port for port in container_ports if text(ref) in (port["name"], str(port["containerPort"])))
    return found["name"], found["containerPort"]


def http_get(given, ports):
    given = given if isinstance(given, dict) else {"path": given}
    headers = [{"name": name, "value": text(value)} for name, value in (given.get("httpHeaders") or {}).items()]
    return {"path": given["path"], **({"scheme": given["scheme"]} if given.get("scheme") == "HTTPS" else {}),
            **({"httpHeaders": headers} if headers else {})}, port_of(ports, given.get("port"))


def check_handler(fields, where, got, given, ports):
    for kind, value in given.items():
        if kind == "exec":
            fields.has(f"{where}.exec", got.get("exec"), {"command": [text(word) for word in listed(value["command"], None)]})
        elif kind == "sleep":
            fields.has(f"{where}.sleep", got.get("sleep"), {"seconds": value["seconds"] if isinstance(value, dict) else value})
        elif kind in ("httpGet", "tcpSocket", "grpc"):
            value = value if isinstance(value, dict) else {"path" if kind == "httpGet" else "port": value}
            wanted, names = http_get(value, ports) if kind == "httpGet" else ({}, port_of(ports, value.get("port")))
            if "service" in value:
                wanted["service"] = value["service"]
            fields.has(f"{where}.{kind}", got.get(kind), wanted)
            if (got.get(kind) or {}).get("port") not in names:
                fields.judge.say(fields.doc, f"{where} asks {got.get(kind)}, not {names}")


def check_probes(fields, got, given):
    for key in ("startupProbe", "readinessProbe", "livenessProbe"):
        probe = given.get(key)
        if probe is None or probe is True:
            continue
        if probe is False or probe.get("enabled") is False:
            if key in got:
                fields.judge.say(fields.doc, f"has a {key} that is switched off")
            continue
        fields.has(key, got.get(key), {name: value for name, value in probe.items() if isinstance(value, int)
                                       and name not in ("enabled", "tcpSocket", "grpc") and not (name == "successThreshold" and value == 1)})
        check_handler(fields, key, got.get(key) or {}, probe, got.get("ports") or [])
    for hook, handler in (given.get("lifecycle") or {}).items():
        check_handler(fields, hook, (got.get("lifecycle") or {}).get(hook) or {}, handler, got.get("ports") or [])


def env_source(entry, container):
    if "secret" in entry or "configMap" in entry:
        kind, name = ("secretKeyRef", entry["secret"]) if "secret" in entry else ("configMapKeyRef", entry["configMap"])
        return {kind: {"name": name, "key": entry["key"], "optional": entry.get("optional", False)}}
    if "field" in entry:
        return {"fieldRef": {"fieldPath": entry["field"]}}
    divisor = {"divisor": quantity.canonical(text(entry["divisor"]))} if text(entry.get("divisor", "1")) != "1" else {}
    return {"resourceFieldRef": {"containerName": container, "resource": entry["resource"], **divisor}}


def check_env(fields, got, given):
    for entry in expanded(listed(given.get("env"), "name"), "value"):
        if "value" not in entry:
            fields.has(f"env {entry['name']}", by_name(got.get("env"), entry["name"]).get("valueFrom"), env_source(entry, got["name"]))
    wanted = []
    for entry in listed(given.get("envFrom"), None):
        kind, name = ("secretRef", entry["secret"]) if "secret" in entry else ("configMapRef", entry["configMap"])
        wanted.append({"prefix": entry.get("prefix", ""), kind: {"name": name, "optional": entry.get("optional", False)}})
    if wanted:
        fields.has("envFrom", got.get("envFrom"), wanted)


def check_ports(fields, got, given):
    ports = expanded(listed(given.get("ports", given.get("port")), None), "port")
    if ports:
        fields.has("ports", got.get("ports"), [
            {"containerPort": port["port"], "protocol": "UDP" if port.get("protocol") == "udp" else "TCP",
             **{key: port[key] for key in ("name", "hostPort") if key in port}} for port in ports])


def image_of(fields, given, service_name):
    model, image = fields.judge.model.value, given.get("image")
    if isinstance(image, str):
        return image
    image = image or {}
    registry, tag = image.get("registry", model.get("imageRegistry")), image.get("tag", None if "digest" in image else model.get("imageTag"))
    return (registry + "/" if registry else "") + image.get("repository", service_name) + (f":{tag}" if tag else "") + (
        f"@{image['digest']}" if "digest" in image else "")


def check_security(fields, where, got, given):
    wanted = {key: value for key, value in given.items() if key not in ("seccompProfile", "appArmorProfile", "sysctls")}
    wanted.update({key: profile(given[key]) for key in ("seccompProfile", "appArmorProfile") if key in given})
    if "sysctls" in given:
        wanted["sysctls"] = [{"name": name, "value": text(value)} for name, value in given["sysctls"].items()]
    for key, value in wanted.items():
        # False is what the library would say too, and differs from nothing said.
        if value is False and (got or {}).get(key) is not False:
            fields.judge.say(fields.doc, f"{where} lacks {key}: false")
    fields.has(where, got, wanted)


def check_container(fields, got, given, service_name):
    if "image" in given or service_name:
        fields.has("image", got.get("image"), image_of(fields, given, service_name))
    fields.same("container", got, given, "imagePullPolicy", "workingDir")
    fields.has("resources", got.get("resources"), {key: amounts(value) for key, value in (given.get("resources") or {}).items()})
    check_ports(fields, got, given)
    check_env(fields, got, given)
    check_probes(fields, got, given)
    check_security(fields, "securityContext", got.get("securityContext"), given.get("securityContext") or {})
    mounts = {mount["mountPath"]: mount for mount in got.get("volumeMounts") or []}
    for mount in expanded(listed(given.get("volumeMounts"), "mountPath"), "name"):
        fields.has("volumeMounts", mounts.get(mount["mountPath"]), mount)


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
    return {"hostPath": {"path": volume["hostPath"]}}


def check_volumes(fields, spec, service):
    templates = fields.doc["spec"].get("volumeClaimTemplates") or []
    mounts = {mount["mountPath"]: mount for mount in spec["containers"][0].get("volumeMounts") or []}
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
        wanted["topologySpreadConstraints"] = value["topologySpreadConstraints"]
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
        job = got["jobTemplate"]["spec"] if service.kind == "CronJob" else got
        own = ("completions", "parallelism", "completionMode", "backoffLimit", "activeDeadlineSeconds", "ttlSecondsAfterFinished")
        fields.same("job", job, value, *own)
        fields.same("cron job", got, value, "schedule", "timeZone", "concurrencyPolicy", "startingDeadlineSeconds", "successfulJobsHistoryLimit",
                    "failedJobsHistoryLimit", "suspend")


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
    fields.same("Service", got, given, "externalTrafficPolicy", "internalTrafficPolicy", "trafficDistribution", "publishNotReadyAddresses",
                "loadBalancerClass", "loadBalancerSourceRanges", "sessionAffinity")
    if given.get("headless"):
        fields.has("Service", got, {"clusterIP": "None"})
    if "sessionAffinityTimeoutSeconds" in given:
        fields.has("Service", got, {"sessionAffinityConfig": {"clientIP": {"timeoutSeconds": given["sessionAffinityTimeoutSeconds"]}}})
    ports = {(port["port"], port.get("protocol", "TCP")): port for port in got.get("ports") or []}
    for port in service.ports:
        if (port["service"], port["transport"]) not in ports:
            fields.judge.say(fields.doc, f"does not offer {port['service']} {port['transport']}")


def check_account(fields, service, spec):
    given = service.value.get("serviceAccount")
    given = given if isinstance(given, dict) else {"name": given} if given else {}
    name = given.get("name", service.name)
    fields.has("serviceAccountName", spec["serviceAccountName"], name)
    token = given.get("automountServiceAccountToken", bool(given.get("rules")))
    if spec.get("automountServiceAccountToken", True) != token:
        fields.judge.say(fields.doc, f"mounts a token: {spec.get('automountServiceAccountToken')}, not {token}")
    if given.get("rules"):
        role = fields.judge.by_kind["Role"].get(service.name, {})
        fields.has("rules", role.get("rules"), [{key: listed(item, None) for key, item in rule.items()} for rule in listed(given["rules"], None)])
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
        wanted = (exposure.get("host", fields.judge.model.value.get("host")), exposure["path"], exposure.get("pathType", "Prefix"), service.name)
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
        check_volumes(fields, spec, service)
        check_spec(fields, spec, service.value)
        check_workload(fields, workload.doc["spec"], service)
        check_scaling(fields, service)
        check_budget(fields, service)
        check_service(fields, service)
        check_account(fields, service, spec)
        check_paths(fields, service)
