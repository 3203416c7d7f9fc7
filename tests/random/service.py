"""One service of a random model, of any kind of workload."""
import math

import container as c
import pod


class Service:
    """What a service's own pieces, and later its callers, must know of it."""

    def __init__(self, name, kind):
        self.name, self.kind = name, kind
        self.serving = kind in ("Deployment", "StatefulSet", "DaemonSet")
        self.single = self.root = False
        self.ports, self.sidecar_ports, self.sidecars, self.mountable = [], [], [], []
        self.containers = {name}
        self.port_book = None
        self.value = {}


def new(dice, taken):
    kind = "Deployment" if dice.chance(0.5) else dice.pick(["StatefulSet", "DaemonSet", "Job", "CronJob"])
    return Service(dice.unique_name(taken, 52 if kind in ("StatefulSet", "CronJob") else 63), kind)


def fill_ports(dice, app, service):
    """Ports come first for all services, since calls need them."""
    service.root = app.pod_security != "restricted" and dice.chance(0.15)
    service.port_book = c.Ports(dice, app, service.root)
    if not service.serving:
        return
    if dice.chance(0.4):
        service.ports = [{"port": 8000}]
        service.port_book.names.add("http")
        service.port_book.numbers.add(8000)
        return
    service.ports = c.ports(dice, service.port_book)
    first = service.ports[0]
    if len(service.ports) == 1 and list(first) == ["port"] and dice.chance(0.6):
        service.value["port"] = first["port"]
    else:
        service.value["ports"] = service.ports if dice.chance(0.9) or len(service.ports) > 1 else first


def replicas(dice, app, service, value):
    """How many pods: fixed or by load; then what a drain may take of them."""
    kind = service.kind
    fewest = 2
    if kind in ("Deployment", "StatefulSet"):
        shape = dice.random()
        if shape < 0.15:
            service.single, fewest = True, 1
            value["replicas"] = 1
            if kind == "Deployment":
                value["strategy"] = "Recreate" if dice.chance(0.6) else {"type": "Recreate"}
        elif shape < 0.35:
            fewest = value["replicas"] = dice.number(0, 6)
            if dice.chance(0.3):
                value["autoscaling"] = False
        elif shape < 0.42:
            value["autoscaling"] = False if dice.chance(0.5) else {"enabled": False}
        elif shape < 0.75:
            service.autoscaled = True
        return fewest
    if not service.serving:
        service.single = dice.chance(0.5)
    return 0


def autoscaling(dice, app, service, value):
    """Needs the sidecars' names. Both bounds, since a runtime's layer may give either."""
    result = {"minReplicas": dice.number(1, 5)}
    result["maxReplicas"] = result["minReplicas"] + dice.number(0, 10)
    fewest = result["minReplicas"]
    if dice.chance(0.4):
        result["cpu"] = dice.number(1, 95)
    if dice.chance(0.3):
        result["memory"] = dice.number(30, 300)
    others = {}
    if app.minor >= 30 and dice.chance(0.15):
        metric = {"container": dice.pick([service.name] + service.sidecars), "name": dice.pick(["cpu", "memory"])}
        metric.update({"averageUtilization": dice.number(1, 90)} if dice.chance(0.5) else
                      {"averageValue": "100m" if metric["name"] == "cpu" else "100Mi"})
        others["containers"] = [metric]
    if dice.chance(0.15):
        others["pods"] = [{"name": "requests_per_second", "averageValue": dice.pick(["100", "0.5", "1k"])}]
        if dice.chance(0.5):
            others["pods"][0]["selector"] = {"matchLabels": {"verb": "GET"}}
    if dice.chance(0.15):
        others["external"] = [{"name": "queue_depth", dice.pick(["averageValue", "value"]): dice.pick(["30", "2500m"]),
                               "selector": {"matchExpressions": [{"key": "queue", "operator": "In", "values": ["a", "b"]}]}}]
    result.update(others)
    if others and dice.chance(0.5):
        result["cpu"] = result["memory"] = 0
    elif dice.chance(0.1):
        result.update({"cpu": 0, "memory": 75})
    if dice.chance(0.3):
        result["behavior"] = {direction: rules(dice) for direction in dice.some(["scaleUp", "scaleDown"], 1, 2)}
    if dice.chance(0.1):
        result["enabled"] = True
    value["autoscaling"] = result
    return fewest


def rules(dice):
    result = {}
    if dice.chance(0.6):
        result["stabilizationWindowSeconds"] = dice.pick([0, 60, 300, 3600])
    if dice.chance(0.3):
        result["selectPolicy"] = dice.pick(["Max", "Min", "Disabled"])
    if not result or dice.chance(0.6):
        result["policies"] = [{"type": dice.pick(["Pods", "Percent"]), "value": dice.number(1, 100), "periodSeconds": dice.pick([1, 15, 1800])}
                              for _ in range(dice.number(1, 2))]
    return result


def budget(dice, app, fewest, value):
    """One that always lets at least one pod go."""
    shape = dice.random()
    result = {}
    if shape < 0.2:
        value["disruptionBudget"] = False if dice.chance(0.5) else {"enabled": False}
        return
    if fewest > 1 and shape < 0.6:
        least = dice.number(1, fewest - 1)
        percent = dice.number(1, 99)
        fits = math.ceil(percent * fewest / 100) < fewest
        result["minAvailable"] = f"{percent}%" if fits and dice.chance(0.5) else dice.pick([least, str(least)])
    else:
        result["maxUnavailable"] = f"{dice.number(1, 100)}%" if dice.chance(0.4) else dice.pick([1, 2, "1", "3"])
    if app.minor >= 27 and dice.chance(0.3):
        result["unhealthyPodEvictionPolicy"] = dice.pick(["IfHealthyBudget", "AlwaysAllow"])
    value["disruptionBudget"] = result


def strategy(dice, app, service, value):
    if service.kind == "Deployment":
        surge, gone = dice.pick([(1, 0), (0, 1), ("25%", "25%"), ("100%", 0), (2, "50%"), ("0%", 1), (3, None), ("2", "0")])
        result = {"maxSurge": surge} if gone is None else {"maxSurge": surge, "maxUnavailable": gone}
        value["strategy"] = {**({"type": "RollingUpdate"} if dice.chance(0.5) else {}), **result}
    elif service.kind == "DaemonSet":
        value["strategy"] = dice.pick([{"maxUnavailable": 2}, {"maxUnavailable": "10%"}, {"maxSurge": 1, "maxUnavailable": 0}, "OnDelete",
                                       {"type": "RollingUpdate"}])
    else:
        value["strategy"] = dice.pick([{"partition": dice.number(0, 3)}, "OnDelete", "RollingUpdate"] +
                                      ([{"maxUnavailable": 1}] if app.minor >= 37 else []))


def rollout(dice, app, service, value):
    if "strategy" not in value and dice.chance(0.3):
        strategy(dice, app, service, value)
    if dice.chance(0.1):
        value["minReadySeconds"] = dice.number(0, 60)
    if service.kind == "Deployment" and dice.chance(0.1):
        value["progressDeadlineSeconds"] = dice.number(300, 1200)
    if dice.chance(0.1):
        value["revisionHistoryLimit"] = dice.number(0, 20)
    if service.kind == "StatefulSet" and dice.chance(0.2):
        value["podManagementPolicy"] = dice.pick(["OrderedReady", "Parallel"])
    if service.kind == "StatefulSet" and app.minor >= 27 and dice.chance(0.2):
        value["persistentVolumeClaimRetentionPolicy"] = {when: dice.pick(["Retain", "Delete"])
                                                         for when in dice.some(["whenDeleted", "whenScaled"], 1, 2)}


def service_object(dice, app, service):
    kind = dice.pick(["ClusterIP", "ClusterIP", "NodePort", "LoadBalancer"])
    result = {"type": kind}
    headless = kind == "ClusterIP" and service.kind != "StatefulSet" and dice.chance(0.3)
    if headless:
        result["headless"] = True
    if dice.chance(0.3):
        result["annotations"] = app.annotation_values(dice)
    if not headless and kind != "ClusterIP" or (kind == "ClusterIP" and service.kind != "StatefulSet" and not headless):
        if dice.chance(0.2):
            result["sessionAffinity"] = "ClientIP"
            if dice.chance(0.5):
                result["sessionAffinityTimeoutSeconds"] = dice.number(1, 86400)
    if kind != "ClusterIP" and dice.chance(0.4):
        result["externalTrafficPolicy"] = dice.pick(["Cluster", "Local"])
    if not headless and dice.chance(0.1):
        result["internalTrafficPolicy"] = dice.pick(["Cluster", "Local"])
    if app.minor >= 31 and not headless and "internalTrafficPolicy" not in result and dice.chance(0.2):
        result["trafficDistribution"] = dice.pick(["PreferClose"] + (["PreferSameZone", "PreferSameNode"] if app.minor >= 34 else []))
    if dice.chance(0.1):
        result["publishNotReadyAddresses"] = True
    if dice.chance(0.1):
        result["ipFamilyPolicy"] = dice.pick(["SingleStack", "PreferDualStack"])
        # Of two families the server adds the other one.
        if result["ipFamilyPolicy"] == "SingleStack":
            result["ipFamilies"] = ["IPv4"]
    if kind == "LoadBalancer" and dice.chance(0.3):
        result["loadBalancerClass"] = "example.com/internal"
        result["loadBalancerSourceRanges"] = ["192.0.2.0/24", "2001:db8::/32"]
    return kind if list(result) == ["type"] and dice.chance(0.5) else result


def node_ports(dice, app, service):
    for port in service.ports if "port" not in service.value and "ports" in service.value else []:
        if dice.chance(0.3):
            number = dice.number(30000, 32767)
            if number not in app.node_ports:
                app.node_ports.add(number)
                port["nodePort"] = number


def host_ports(dice, app, service, value):
    """On a DaemonSet's nodes, whose pods give way before others come."""
    strategy_given = value.get("strategy")
    if app.pod_security != "privileged" or service.kind != "DaemonSet" or "hostNetwork" in value or (
            isinstance(strategy_given, dict) and "maxSurge" in strategy_given):
        return
    for port in service.value.get("ports") or []:
        if isinstance(port, dict) and dice.chance(0.3):
            port["hostPort"] = port["port"] if dice.chance(0.5) else dice.number(40000, 60000)
            if port["hostPort"] in app.node_ports:
                del port["hostPort"]
                continue
            app.node_ports.add(port["hostPort"])


def expose(dice, app, service):
    """HTTP ports under paths that no other service has."""
    result = []
    http = [port for port in service.ports if c.is_http(port)]
    for _ in range(dice.number(1, 3) if dice.chance(0.3) else 1):
        host = None if app.host and dice.chance(0.7) else dice.pick(["api.example.com", "www.example.com", "*.apps.example.com"])
        path = dice.pick(["/", f"/api/{service.name}", f"/{dice.name()}", "/a/b/"])
        port = dice.pick(http)
        if (host or app.host, path) in app.paths:
            continue
        app.paths.add((host or app.host, path))
        exposure = {"path": path}
        if host:
            exposure["host"] = host
        if port is not service.ports[0] or dice.chance(0.2):
            exposure["port"] = c.port_ref(dice, port, service.ports)
        if dice.chance(0.2):
            exposure["pathType"] = dice.pick(["Prefix", "Exact"])
        result.append(path if list(exposure) == ["path"] and dice.chance(0.7) else exposure)
    return result[0] if len(result) == 1 and dice.chance(0.6) else result


def calls(dice, app, service):
    """Services with ports, this one too, and externals; cycles come by themselves. Last, since sidecars have ports too."""
    if not dice.chance(0.5):
        return
    result, seen = [], set()
    callable_services = [(other.name, other.ports + other.sidecar_ports) for other in app.services if other.ports]
    for name, ports in dice.some(callable_services + app.externals, 1, 5):
        if name == service.name and service.kind != "StatefulSet":
            continue
        for port in dice.some(ports, 1, 2):
            ref = c.port_ref(dice, port, ports)
            key = (name, port["port"], c.is_udp(port))
            if key in seen:
                continue
            seen.add(key)
            if len(ports) == 1 and dice.chance(0.7):
                result.append(name if dice.chance(0.8) else {"to": name})
            else:
                result.append({"to": name, "port": ref})
    if result:
        service.value["calls"] = result[0] if len(result) == 1 and dice.chance(0.3) else result


def job(dice, app, service, value):
    indexed = dice.chance(0.2)
    if service.kind == "CronJob":
        value["schedule"] = dice.pick(["*/5 * * * *", "0 3 * * 1-5", "@daily", "@hourly", "15,45 0-6/2 1 jan,jul mon", "0 0 1 * *"])
        if app.minor >= 25 and dice.chance(0.3):
            value["timeZone"] = dice.pick(["Europe/Vienna", "Etc/UTC", "America/Argentina/Buenos_Aires"])
        if dice.chance(0.3):
            value["concurrencyPolicy"] = dice.pick(["Forbid", "Replace"] if service.single else ["Allow", "Forbid", "Replace"])
        if dice.chance(0.2):
            value["startingDeadlineSeconds"] = dice.number(10, 3600)
        if dice.chance(0.2):
            value["successfulJobsHistoryLimit"], value["failedJobsHistoryLimit"] = dice.number(0, 5), dice.number(0, 5)
    if dice.chance(0.1):
        value["suspend"] = dice.chance(0.5)
    if not service.single and (indexed or dice.chance(0.4)):
        value["completions"] = dice.number(1, 10)
        if dice.chance(0.5):
            value["parallelism"] = dice.number(1, value["completions"])
        if indexed:
            value["completionMode"] = "Indexed"
    if dice.chance(0.3):
        value["backoffLimit"] = dice.number(0, 10)
    if dice.chance(0.3):
        value["activeDeadlineSeconds"] = dice.number(60, 86400)
    if dice.chance(0.3):
        value["ttlSecondsAfterFinished"] = dice.number(0, 86400)
    if dice.chance(0.4):
        value["restartPolicy"] = dice.pick(["OnFailure", "Never"])


def own_container(dice, app, service, value, must):
    paths = set()
    image = c.image(dice, app, service.name)
    if image:
        value["image"] = image
    c.command(dice, value)
    if dice.chance(0.4):
        value["env"] = c.env(dice, app, service.name)
    if dice.chance(0.1):
        value["envFrom"] = c.env_from(dice, app)
    if dice.chance(0.12):
        value["configFiles"] = c.config_files(dice, paths)
    if dice.chance(0.25):
        value["resources"] = c.resources(dice)
    if dice.chance(0.2):
        value["securityContext"] = c.security_context(dice, app)
    if dice.chance(0.2):
        value["volumes"], service.mountable = pod.volumes(dice, app, service, paths)
        if dice.chance(0.3):
            value["volumeMounts"] = c.mounts(dice, service.mountable, paths, few=True)
    grace = 30
    if dice.chance(0.15):
        grace = value["terminationGracePeriodSeconds"] = dice.number(2, 120)
    if service.serving:
        value.update(c.probes(dice, app, service.ports, must))
        if dice.chance(0.12):
            value["lifecycle"] = c.lifecycle(dice, app, service.ports, grace)
    return {k: v for k, v in value.items() if v not in ({}, [])}


def complete(dice, app, service):
    """Everything of a service whose ports are known, as are those of all others."""
    value = service.value
    if dice.chance(0.7):
        value["runtime"] = dice.pick(["cpython", "condon", "codon"])
    if app.runtime_kind or service.kind not in ("Deployment", "CronJob") or dice.chance(0.2):
        value["kind"] = service.kind
    service.autoscaled = False
    fewest = replicas(dice, app, service, value)
    plain_http = bool(service.ports) and c.is_http(service.ports[0]) and c.protocol(service.ports[0]) in ("http", "http2", "ws", "websocket")
    value = own_container(dice, app, service, value, service.serving and not plain_http)
    # A whole image alone would make it a container of which nothing is assumed; what is judged below is Python.
    if isinstance(value.get("image"), str):
        value.setdefault("runtime", dice.pick(["cpython", "condon"]))
    pod.pod(dice, app, service, value)
    if service.autoscaled:
        fewest = autoscaling(dice, app, service, value)
    if service.serving:
        rollout(dice, app, service, value)
        serve(dice, app, service, value)
        host_ports(dice, app, service, value)
        if service.kind != "DaemonSet" and dice.chance(0.25):
            budget(dice, app, fewest, value)
    else:
        job(dice, app, service, value)
    if dice.chance(0.1):
        value["labels"] = app.label_values(dice)
    if dice.chance(0.1):
        value["annotations"] = app.annotation_values(dice)
    if dice.chance(0.1):
        value["silence"] = app.silence(dice)
    service.value = {k: v for k, v in value.items() if v not in ([],)}


def serve(dice, app, service, value):
    http = [port for port in service.ports if c.is_http(port)]
    if http and dice.chance(0.4):
        value["expose"] = expose(dice, app, service)
    http = [port for port in http if c.protocol(port) != "grpc"]
    if not c.is_http(service.ports[0]):
        if dice.chance(0.7):
            value["metrics"] = {"port": c.port_ref(dice, dice.pick(http), service.ports)} if http and dice.chance(0.7) else False
    elif http and dice.chance(0.15):
        value["metrics"] = dice.pick([False, True, {"enabled": False},
                                      {"port": c.port_ref(dice, dice.pick(http + service.sidecar_ports), service.ports + service.sidecar_ports)}])
    if dice.chance(0.2):
        value["service"] = service_object(dice, app, service)
        kind = value["service"] if isinstance(value["service"], str) else value["service"]["type"]
        if kind != "ClusterIP":
            node_ports(dice, app, service)
