"""The application of a random model: what its services share, and what lies outside."""
import container as c
import service as s
from dice import WORDS

OLDEST, NEWEST = 24, 37
WARNINGS = {"HD2126": "defaults of cpython are right", "HD3028": "a cluster of its own", "HD3034": "no harm", "HD4113": "used by a job of the platform",
            "HD5152": "measured later", "HD5242": "one check: enough"}
COMPUTE = ["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"]


class Application:
    """What services must know while they are made."""

    def __init__(self, dice, newest=NEWEST):
        self.minor = newest if dice.chance(0.5) else dice.number(OLDEST, newest)
        self.pod_security = dice.pick(["restricted", "restricted", "restricted", "baseline", "privileged"])
        self.host = dice.pick([None, "app.example.com", "example.com"])
        self.image_tag = dice.pick([None, "1.4.2", "1.10", "2024-05-01"])
        self.config_maps = ["cluster-info", "shared.settings"]
        self.secrets, self.externals, self.priority_classes, self.services = [], [], [], []
        self.paths, self.node_ports, self.taken = set(), set(), set()
        self.runtime_kind = False

    @staticmethod
    def label_values(dice):
        labels = {"team": dice.pick(WORDS), "example.com/cost-center": dice.pick(["1234", "0x1f", "no", "1.10", "a_b.c-d", ""]), "tier": "front",
                  "app.kubernetes.io/component": "backend"}
        return dict(dice.some(labels.items(), 1, 3))

    @staticmethod
    def silence(dice):
        codes = dict(dice.some(WARNINGS.items(), 1, 3))
        return codes if dice.chance(0.7) else [{"code": code, "reason": reason} for code, reason in codes.items()]

    @staticmethod
    def annotation_values(dice):
        return {key: dice.lines() for key in dice.some(["example.com/note", "owner", "a.b/C_d", "docs", "example.com/on"], 1, 3)}


def secrets(dice, app):
    """References to a store, or secrets that somebody else brings."""
    result, store = {}, dice.chance(0.7)
    for _ in range(dice.number(0, 4)):
        name = dice.unique_name(app.taken, 40) + dice.pick(["", "", "-secrets", ".v1"])
        keys = dice.some(["url", "password", "tls.crt", "api_key", "KEY-1"], 1, 3)
        secret = {"keys": {key: f"apps/{name}/{key}" if dice.chance(0.4) else remote(dice, name) for key in keys}}
        if dice.chance(0.2):
            secret["existing"] = True
            secret["keys"] = dice.pick([secret["keys"], {key: {} for key in keys}, [{"name": key} for key in keys]])
        elif not store or dice.chance(0.1):
            secret["store"] = dice.pick(["vault", {"name": "aws"}, {"name": "local", "kind": "SecretStore"}])
        if dice.chance(0.2) and "existing" not in secret:
            secret["refreshInterval"] = dice.pick(["15m", "1h30m", "24h"])
        result[name] = secret
        app.secrets.append((name, keys))
    return result, store and dice.pick(["vault", {"name": "gcp"}, {"name": "azure", "kind": "SecretStore"}])


def remote(dice, name):
    key = {"remoteKey": f"apps/{name}"}
    if dice.chance(0.7):
        key["property"] = "value"
    if dice.chance(0.1):
        key["version"] = dice.pick(["3", "latest"])
    return key


def external_ports(dice):
    if dice.chance(0.6):
        return {"port": dice.pick([5432, 6379, 443, 9092, 53])}
    ports, numbers = [], dice.some([5432, 6379, 443, 9092, 53, 8123, 9000], 1, 3)
    for i, number in enumerate(numbers):
        port = {"port": number, "name": f"p{i}" if dice.chance(0.5) else dice.pick(["db", "cache", "api", "grpc-", "redis-"]) + str(i)}
        if dice.chance(0.5):
            port["protocol"] = dice.pick(["tcp", "redis", "https", "udp", "tls"])
        ports.append(port)
    return {"ports": ports}


def pod_labels(dice):
    return {"app": dice.pick(["pg", "redis", "kafka"]), "role": "primary"} if dice.chance(0.3) else {"app": dice.pick(["pg", "redis", "kafka"])}


def externals(dice, app):
    result = {}
    for _ in range(dice.number(0, 4)):
        name = dice.unique_name(app.taken, 30)
        external = external_ports(dice)
        if dice.chance(0.6):
            external["namespace"] = dice.pick(["database", "redis", "kafka", "istio-ingress", "monitoring"])
            if dice.chance(0.5):
                external["podLabels"] = pod_labels(dice)
        else:
            external["cidrs"] = dice.some(["192.0.2.0/24", "198.51.100.7/32", "203.0.113.128/25", "2001:db8::/32", "10.0.0.0/8"], 1, 3)
        if dice.chance(0.2):
            external["host"] = f"{name}.example.com"
            if not name[0].isdigit() and dice.chance(0.4):
                external["service"] = "ExternalName"
        result[name] = external
        ports = external.get("ports") or [{"port": external["port"]}]
        app.externals.append((name, [{"protocol": c.protocol_of(port, "tcp"), **port} for port in ports]))
    return result


def platform(dice):
    result = {}
    peers = {"dns": [True, {"port": 5353}, {"namespace": "dns", "podLabels": {"app": "coredns"}}, {"namespace": "dns", "cidrs": ["169.254.20.10/32", "10.96.0.10/32"]}],
             "gateway": [True, {"namespace": "ingress-nginx"}, {"namespace": "edge", "podLabels": {"app": "gateway", "tier": "edge"}},
                         {"namespace": "edge", "cidrs": ["203.0.113.0/24"]}],
             "prometheus": [True, False, {"enabled": False}, {"namespace": "observability"},
                            {"namespace": "monitoring", "podLabels": {"app.kubernetes.io/name": "prometheus"}}],
             "collector": [True, {"namespace": "observability"}, {"namespace": "observability", "podLabels": {"app": "otel"}},
                           {"namespace": "otel", "cidrs": ["198.51.100.0/24"]}]}
    for name in dice.some(peers, 1, 4):
        result[name] = dice.pick(peers[name])
    return result


def ingress(dice, app, model):
    """With TLS from a secret that has the right keys."""
    result = dice.pick([True, {"className": "nginx"}, {"enabled": True, "className": "nginx"}, {"annotations": {"example.com/rewrite": "/$1"}}])
    if isinstance(result, dict) and dice.chance(0.5):
        model["secrets"]["edge-tls"] = {"existing": True, "keys": {"tls.crt": "edge/crt", "tls.key": "edge/key"}}
        result["tlsSecret"] = "edge-tls"
    return result


def bounds(dice, app, model):
    """Quotas and limit ranges with room for all; where compute is counted, containers get a default for what they lack."""
    if dice.chance(0.1):
        model["resourceQuotas"] = {"counts": {"hard": dict(dice.some({"pods": "10000", "count/deployments.apps": "1k", "services": "500",
                                                                       "persistentvolumeclaims": "400"}.items(), 1, 4))}}
        if dice.chance(0.2):
            model["resourceQuotas"]["counts"]["hard"]["requests.storage"] = "1Pi"
        if dice.chance(0.3):
            model["resourceQuotas"]["short"] = {"hard": {"pods": "9000"}, "scopes": dice.pick(["Terminating", ["NotTerminating", "NotBestEffort"]])}
        if dice.chance(0.4):
            model["resourceQuotas"]["compute"] = {"hard": {name: "100k" if "cpu" in name else "500Ti" for name in dice.some(COMPUTE, 1, 4)}}
    if "compute" in model.get("resourceQuotas", {}) or dice.chance(0.06):
        item = {"type": "Container", "default": {"cpu": "1", "memory": "1Gi"}, "defaultRequest": {"cpu": "100m", "memory": "64Mi"}}
        if dice.chance(0.5):
            item["max"], item["min"] = {"cpu": "64", "memory": "256Gi"}, {"cpu": "1m", "memory": "4Mi"}
        if dice.chance(0.2):
            item["maxLimitRequestRatio"] = {"cpu": "100"}
        model["limitRanges"] = {"limits": {"limits": [item] + ([{"type": "PersistentVolumeClaim", "max": {"storage": "10Ti"}, "min": {"storage": "1Mi"}}]
                                                               if dice.chance(0.3) else [])}}


def priority_classes(dice, app, name):
    result = {}
    for level in dice.some(["high", "low", "batch"], 1, 2):
        value = dice.pick([1000, 0, -5, 1000000000])
        full = {"value": value}
        if dice.chance(0.4):
            full["preemptionPolicy"] = dice.pick(["PreemptLowerPriority", "Never"])
        if dice.chance(0.4):
            full["description"] = dice.lines()
        result[f"{name}-{level}"[:63]] = value if list(full) == ["value"] and dice.chance(0.7) else full
    app.priority_classes = list(result)
    return result


def runtimes(dice, app):
    """Defaults that fit every kind of workload and whatever a service adds."""
    result = {}
    for name in dice.some(["cpython", "condon"], 1, 2):
        defaults = {}
        if dice.chance(0.5):
            defaults["resources"] = c.resources(dice, whole=True)
        if dice.chance(0.4):
            least = dice.number(2, 5)
            defaults["autoscaling"] = {"minReplicas": least, "maxReplicas": least + dice.number(0, 20)}
        if dice.chance(0.4):
            defaults["env"] = {"RUNTIME_HINT": dice.text(), "LOG_LEVEL": "warn"}
        if dice.chance(0.3):
            defaults["livenessProbe"] = {"initialDelaySeconds": 10, "periodSeconds": 20}
        if dice.chance(0.2):
            defaults["tolerations"] = [{"key": "runtime", "operator": "Exists"}]
        if dice.chance(0.2):
            defaults["labels"] = {"runtime": name}
        if dice.chance(0.2):
            defaults["securityContext"] = {"readOnlyRootFilesystem": False}
        if dice.chance(0.2):
            defaults["terminationGracePeriodSeconds"] = dice.number(125, 180)
        if "autoscaling" not in defaults and dice.chance(0.15):
            defaults["replicas"] = dice.number(2, 4)
        if dice.chance(0.05):
            defaults["kind"] = dice.pick(["Deployment", "StatefulSet", "Job"])
            app.runtime_kind = True
        result["codon" if name == "condon" and dice.chance(0.3) else name] = defaults
    return {name: defaults for name, defaults in result.items() if defaults}


def opening(dice, app, model):
    if dice.chance(0.5):
        model["namespace"] = dice.name(40)
    if dice.chance(0.5):
        model["environment"] = dice.pick(["production", "staging", "no", "1.10"])
    if app.host:
        model["host"] = app.host
    if app.minor != NEWEST or dice.chance(0.5):
        model["kubernetesVersion"] = f"1.{app.minor}"
    if dice.chance(0.8):
        model["imageRegistry"] = dice.pick(["registry.example.com", "registry.example.com/team/app", "localhost:5000"])
    if app.image_tag:
        model["imageTag"] = app.image_tag
    if dice.chance(0.3):
        model["labels"] = app.label_values(dice)
    if dice.chance(0.3):
        model["annotations"] = app.annotation_values(dice)
    if app.pod_security != "restricted" or dice.chance(0.3):
        model["podSecurity"] = app.pod_security


def application(dice, newest=NEWEST):
    app = Application(dice, newest)
    model = {"name": dice.name(40)}
    opening(dice, app, model)
    model["secrets"], store = secrets(dice, app)
    if store:
        model["secretStore"] = store
    model["externals"] = externals(dice, app)
    if model["externals"] and dice.chance(0.05):
        dice.pick([external for external in model["externals"].values()]).update({"namespace": model.get("namespace", model["name"])})
        for external in model["externals"].values():
            if "namespace" in external:
                external.pop("cidrs", None)
    if dice.chance(0.4):
        model["platform"] = platform(dice)
    if dice.chance(0.15):
        model["priorityClasses"] = priority_classes(dice, app, model["name"])
    if dice.chance(0.3):
        model["runtimes"] = runtimes(dice, app)
    bounds(dice, app, model)
    count = dice.number(1, 6) if dice.chance(0.85) else dice.number(7, 12)
    app.services = [s.new(dice, app.taken) for _ in range(count)]
    for service in app.services:
        s.fill_ports(dice, app, service)
    for service in app.services:
        s.complete(dice, app, service)
    for service in app.services:
        s.calls(dice, app, service)
    services = {service.name: service.value for service in app.services}
    if app.paths and dice.chance(0.4):
        model["ingress"] = ingress(dice, app, model)
    elif dice.chance(0.05):
        model["ingress"] = False
    if not app.paths and dice.chance(0.1):
        model.setdefault("platform", {})["gateway"] = dice.pick([False, {"enabled": False}])
    if dice.chance(0.02):
        model.setdefault("platform", {})["dns"] = False
    if dice.chance(0.1):
        model["silence"] = app.silence(dice)
    if dice.chance(0.1):
        services = [{"name": name, **value} for name, value in services.items()]
    model["services"] = services
    return {key: value for key, value in model.items() if value not in ({}, [])}
