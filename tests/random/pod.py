"""What the containers of one pod share: volumes, further containers, identity, scheduling."""
import container as c

SYSCTLS = [(24, "kernel.shm_rmid_forced", "0"), (24, "net.ipv4.ip_local_port_range", "1024 65535"), (24, "net.ipv4.tcp_syncookies", "1"),
           (24, "net.ipv4.ip_unprivileged_port_start", "1024"), (27, "net.ipv4.ip_local_reserved_ports", "8080"),
           (29, "net.ipv4.tcp_keepalive_time", "600"), (32, "net.ipv4.tcp_rmem", "4096 87380 16777216")]
ZONE, HOST = "topology.kubernetes.io/zone", "kubernetes.io/hostname"


def key_volume(dice, app, is_secret):
    name, keys = dice.pick(app.secrets) if is_secret else (dice.pick(app.config_maps), ["log.level", "region"])
    volume = {"name": name}
    if dice.chance(0.4):
        chosen = dice.some(keys, 1, 2)
        volume["items"] = {key: f"{i}/{key}" if dice.chance(0.7) else {"path": f"f{i}", "mode": dice.pick(["0400", "444"])}
                           for i, key in enumerate(chosen)}
    if dice.chance(0.3):
        volume["defaultMode"] = dice.pick(["0400", "0440", "555"])
    if dice.chance(0.2):
        volume["optional"] = dice.chance(0.5)
    return name if list(volume) == ["name"] and dice.chance(0.6) else volume


def projected(dice, app):
    """Sources in one folder, no two of which give the same path."""
    sources = []
    if app.secrets:
        name, keys = dice.pick(app.secrets)
        sources.append({"secret": {"name": name, "items": {keys[0]: "secret/" + keys[0]}}})
    sources.append({"configMap": {"name": dice.pick(app.config_maps), "items": [{"key": "region", "path": "config/region"}]}})
    token = {"path": "token", "audience": "vault", "expirationSeconds": dice.pick([600, 3600, 86400])}
    sources.append({"serviceAccountToken": token if dice.chance(0.6) else "token"})
    sources.append({"downwardAPI": {"labels": "metadata.labels", "name": "metadata.name"} if dice.chance(0.5)
                    else [{"path": "uid", "field": "metadata.uid"}]})
    return dice.some(sources, 1, len(sources))


def claim(dice, modes, app, template=False):
    size = dice.pick(["1Gi", "10Gi", "1.5Ti", "500M", "20480Mi"])
    if modes == ["ReadWriteOnce"] and dice.chance(0.4):
        return size
    result = {"size": size}
    if modes != ["ReadWriteOnce"] or dice.chance(0.5):
        result["accessModes"] = modes if dice.chance(0.7) else modes[0]
    if dice.chance(0.5):
        result["storageClassName"] = dice.pick(["fast-ssd", "standard", "nfs.example.com"])
    if dice.chance(0.2):
        result["volumeMode"] = "Filesystem"
    if not template and dice.chance(0.05):
        result["selector"] = {"matchLabels": {"tier": "gold"}}
    return result


def volumes(dice, app, service, paths):
    """Volumes of the service; returns them and (name, read only) for what a container may mount."""
    result, mountable, taken = {}, [], set()
    kind, single = service.kind, service.single
    for _ in range(dice.number(1, 4)):
        name = dice.unique_name(taken, 20)
        read_only, source = False, {}
        shape = dice.random()
        if shape < 0.25:
            source["emptyDir"] = dice.pick([True, {"sizeLimit": "500Mi"}, {"medium": "Memory", "sizeLimit": "16Mi"}, {"medium": "Memory"}])
        elif shape < 0.4 and kind == "StatefulSet":
            modes = ["ReadWriteOnce"] if dice.chance(0.8) or app.minor < 29 else ["ReadWriteOncePod"]
            source["claimTemplate"] = claim(dice, modes, app, True)
        elif shape < 0.5:
            read_only = not single and dice.chance(0.3)
            modes = ["ReadWriteOnce"] if single else ["ReadOnlyMany"] if read_only else ["ReadWriteMany"]
            source["claim"] = claim(dice, modes, app)
        elif shape < 0.55:
            source["existingClaim"] = f"shared-{name}"
            if not single or dice.chance(0.3):
                source["accessModes"] = dice.pick([["ReadWriteMany"], ["ReadWriteOnce", "ReadOnlyMany"]])
        elif shape < 0.7 and app.secrets:
            source["secret"], read_only = key_volume(dice, app, True), True
        elif shape < 0.8:
            source["configMap"], read_only = key_volume(dice, app, False), True
        elif shape < 0.93 or app.pod_security != "privileged":
            source["projected"], read_only = projected(dice, app), True
        else:
            source["hostPath"] = dice.pick(["/var/log", "/opt/models"])
            if dice.chance(0.4):
                source["hostPathType"] = dice.pick(["Directory", "DirectoryOrCreate"])
        if dice.chance(0.7):
            path = f"/vol/{name}"
            if path not in paths:
                paths.add(path)
                source["mountPath"] = path
                if read_only or dice.chance(0.1):
                    source["readOnly"] = True
                if dice.chance(0.1):
                    source["subPath"] = "part/one"
        result[name] = source
        mountable.append((name, read_only))
    if dice.chance(0.05):
        result["tmp"] = {"emptyDir": {"medium": "Memory", "sizeLimit": "32Mi"}, "mountPath": "/tmp"}
        paths.add("/tmp")
    if dice.chance(0.2):
        return [{"name": name, **source} for name, source in result.items()], mountable
    return result, mountable


def further_container(dice, app, service, runs):
    """An init container, or one that keeps running, under a name that no other container of the pod has."""
    name = dice.unique_name(service.containers, 30)
    result = {"resources": c.resources(dice, whole=True)}
    if dice.chance(0.7):
        result["image"] = f"registry.example.com/tools/{name}:{dice.pick(['1.0', 'v3'])}"
    c.command(dice, result)
    if dice.chance(0.4):
        result["env"] = c.env(dice, app, name)
    if dice.chance(0.2):
        result["securityContext"] = c.security_context(dice, app)
    if service.mountable and dice.chance(0.5):
        result["volumeMounts"] = c.mounts(dice, service.mountable, set())
    if runs and service.serving and dice.chance(0.4):
        result["ports"] = [service.port_book.port(["http", "tcp"])]
        service.sidecar_ports += result["ports"]
        if dice.chance(0.5):
            result["readinessProbe"] = c.probe(dice, app, "readinessProbe", result["ports"])
        if dice.chance(0.3):
            result["lifecycle"] = {"preStop": {"exec": {"command": ["/bin/stop"]}}}
    return name, {k: v for k, v in result.items() if v}


def named(dice, pairs):
    return dict(pairs) if dice.chance(0.7) else [{"name": name, **value} for name, value in pairs]


def service_account(dice):
    shape = dice.random()
    if shape < 0.2:
        return "shared-account"
    account = {"name": "shared-account"} if shape < 0.25 else {}
    if not account and dice.chance(0.4):
        account["annotations"] = {"eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/app", "example.com/x": dice.lines()}
    if dice.chance(0.7):
        account["rules"] = [rule(dice) for _ in range(dice.number(1, 3))]
    if dice.chance(0.3):
        account["automountServiceAccountToken"] = dice.chance(0.5)
    return account


def rule(dice):
    if dice.chance(0.1):
        return {"nonResourceURLs": dice.pick([["/metrics"], ["/healthz", "/version/*"]]), "verbs": ["get"]}
    group, resources = dice.pick([("", ["configmaps", "pods"]), ("apps", ["deployments", "deployments/scale"]), ("batch", "jobs"),
                                  ("", ["nodes", "pods", "nodes/metrics"]), ("storage.k8s.io", ["storageclasses"])])
    result = {"apiGroups": [group], "resources": resources, "verbs": dice.some(["get", "list", "watch", "patch"], 1, 4)}
    if dice.chance(0.2):
        result["resourceNames"] = ["settings"]
    return result


def pod_security_context(dice, app, service):
    context = {}
    if dice.chance(0.5):
        context["runAsUser"] = dice.pick([1000, 20000, 65534])
    if dice.chance(0.3):
        context["runAsGroup"] = dice.pick([1000, 20000])
    if dice.chance(0.3):
        context["fsGroup"], context["fsGroupChangePolicy"] = 2000, dice.pick(["OnRootMismatch", "Always"])
    if dice.chance(0.2):
        context["seccompProfile"] = c.profile(dice)
    if dice.chance(0.1):
        context["seLinuxOptions"] = {"level": "s0:c1,c2"}
    if dice.chance(0.1):
        context["sysctls"] = {name: value for since, name, value in dice.some(SYSCTLS, 1, 2) if since <= app.minor}
    if service.root:
        context["runAsNonRoot"], context["runAsUser"] = False, 0
    return {k: v for k, v in context.items() if v != {}}


def toleration(dice):
    return dice.pick([{"key": "gpu", "operator": "Exists", "effect": "NoSchedule"}, {"operator": "Exists"},
                      {"key": "dedicated", "value": "batch", "effect": "NoSchedule"}, {"key": "dedicated", "operator": "Equal", "value": "a.b"},
                      {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute",
                       "tolerationSeconds": dice.pick([0, 30, 300])}])


def pod_term(dice, topology):
    selector = {"matchLabels": {"app.kubernetes.io/name": dice.name()}} if dice.chance(0.6) else {
        "matchExpressions": [{"key": "tier", "operator": "In", "values": ["front", "back"]}, {"key": "canary", "operator": "DoesNotExist"}]}
    if dice.chance(0.2):
        selector = {}
    term = {"labelSelector": selector, "topologyKey": topology}
    if dice.chance(0.2):
        term["namespaces"] = ["database", "redis"]
    if dice.chance(0.1):
        term["namespaceSelector"] = dice.pick([{"matchLabels": {"team": "data"}}, {}])
    return term


def affinity(dice):
    result = {}
    required, preferred = "requiredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution"
    if dice.chance(0.5):
        node = result["nodeAffinity"] = {}
        if dice.chance(0.6):
            node[required] = {"nodeSelectorTerms": [{"matchExpressions": [
                {"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64", "arm64"]}, {"key": "retired", "operator": "DoesNotExist"}]}]}
        if not node or dice.chance(0.5):
            node[preferred] = [{"weight": dice.number(1, 100), "preference": {"matchExpressions": [
                {"key": "cores", "operator": dice.pick(["Gt", "Lt"]), "values": [str(dice.number(1, 64))]}]} if dice.chance(0.7) else {
                    "matchFields": [{"key": "metadata.name", "operator": dice.pick(["In", "NotIn"]), "values": ["node-1"]}]}}]
    if dice.chance(0.4):
        result["podAffinity"] = {preferred: [{"weight": dice.number(1, 100), "podAffinityTerm": pod_term(dice, ZONE)}]}
    if not result or dice.chance(0.5):
        anti = result["podAntiAffinity"] = {}
        if dice.chance(0.4):
            # Who keeps off pods of the model leaves them no node where one of both is a DaemonSet.
            anti[required] = [{**pod_term(dice, HOST), "labelSelector": {"matchLabels": {"stays": dice.pick(["alone", "no", "1"])}}}]
        else:
            anti[preferred] = [{"weight": 50, "podAffinityTerm": pod_term(dice, dice.pick([HOST, ZONE]))}]
    return result


def spread(dice, app):
    result = []
    for key in dice.some([ZONE, HOST], 1, 2):
        constraint = {"topologyKey": key}
        if dice.chance(0.5):
            constraint["maxSkew"] = dice.number(1, 3)
        if dice.chance(0.5):
            constraint["whenUnsatisfiable"] = dice.pick(["ScheduleAnyway", "DoNotSchedule"])
        if constraint.get("whenUnsatisfiable") == "DoNotSchedule" and app.minor >= 27 and dice.chance(0.3):
            constraint["minDomains"] = dice.number(1, 3)
        if app.minor >= 26 and dice.chance(0.2):
            constraint["nodeAffinityPolicy"] = dice.pick(["Honor", "Ignore"])
            constraint["nodeTaintsPolicy"] = dice.pick(["Honor", "Ignore"])
        if app.minor >= 27 and dice.chance(0.2):
            constraint["matchLabelKeys"] = dice.pick([["app.kubernetes.io/part-of"], ["app.kubernetes.io/managed-by", "app.kubernetes.io/part-of"], []])
        result.append(constraint)
    return result


def dns(dice, value):
    policy = dice.pick([None, "ClusterFirst", "Default", "None"])
    config = {}
    if policy == "None" or dice.chance(0.5):
        config["nameservers"] = dice.some(["10.96.0.10", "192.0.2.53", "2001:db8::53"], 1, 3)
    if dice.chance(0.5):
        config["searches"] = ["svc.cluster.local", "example.com"]
    if dice.chance(0.5):
        config["options"] = {"ndots": "2", "edns0": ""}
    if policy:
        value["dnsPolicy"] = policy
    if config:
        value["dnsConfig"] = config


def scheduling(dice, app, service, value):
    if dice.chance(0.15):
        value["nodeSelector"] = dice.pick([{"disktype": "ssd"}, {"kubernetes.io/os": "linux", "example.com/pool": "blue"}])
    if dice.chance(0.15):
        value["tolerations"] = [toleration(dice) for _ in range(dice.number(1, 2))]
    if dice.chance(0.12):
        value["affinity"] = affinity(dice)
    # A DaemonSet has one pod on each node whatever is said.
    if service.kind != "DaemonSet" and dice.chance(0.12):
        value["topologySpreadConstraints"] = spread(dice, app)
    if app.priority_classes and dice.chance(0.2):
        value["priorityClassName"] = dice.pick(app.priority_classes)
    if dice.chance(0.01):
        value["runtimeClassName"] = "gvisor"
    if dice.chance(0.02):
        value["schedulerName"] = "default-scheduler"


def pod(dice, app, service, value):
    """Everything that is the pod's and no container's."""
    if dice.chance(0.15):
        value["podLabels"] = app.label_values(dice)
    if dice.chance(0.15):
        value["podAnnotations"] = app.annotation_values(dice)
    if dice.chance(0.1):
        value["imagePullSecrets"] = dice.pick(["registry", ["registry", "mirror.example.com"]])
    if dice.chance(0.15):
        value["initContainers"] = named(dice, [further_container(dice, app, service, False) for _ in range(dice.number(1, 2))])
    if app.minor >= 29 and dice.chance(0.12):
        pairs = [further_container(dice, app, service, True) for _ in range(dice.number(1, 2))]
        service.sidecars += [name for name, _ in pairs]
        value["sidecars"] = named(dice, pairs)
    if dice.chance(0.06):
        pairs = [further_container(dice, app, service, True) for _ in range(dice.number(1, 2))]
        service.sidecars += [name for name, _ in pairs]
        value["extraContainers"] = named(dice, pairs)
    if dice.chance(0.2):
        value["serviceAccount"] = service_account(dice)
    if service.root or dice.chance(0.15):
        value["podSecurityContext"] = pod_security_context(dice, app, service)
    scheduling(dice, app, service, value)
    if dice.chance(0.06):
        dns(dice, value)
    if dice.chance(0.05):
        value["hostAliases"] = [{"ip": "192.0.2.7", "hostnames": ["old.example.com", "older"]}, {"ip": "2001:db8::1", "hostnames": "six"}]
    if app.pod_security == "privileged" and dice.chance(0.1):
        value.update(dice.pick([{"hostPID": True}, {"hostIPC": True}, {"hostNetwork": True, "dnsPolicy": "ClusterFirstWithHostNet"}]))
    if "hostNetwork" in value or "hostIPC" in value:
        # They would be the node's.
        value.get("podSecurityContext", {}).pop("sysctls", None)
    if "hostPID" not in value and dice.chance(0.04):
        value["shareProcessNamespace"] = True
    if dice.chance(0.05):
        value["enableServiceLinks"] = dice.chance(0.5)
