"""Decides as a mesh does who may call whom: from AuthorizationPolicies and PeerAuthentications alone. (Istio: security reference)

In ambient mode a policy with a selector is ztunnel's, which reads no requests; one that targets a Service is the waypoint's.
"""
from network import selects


ANY_TOKEN = "any"


class Request:
    """What arrives: the identity of its certificate (None without one), the port, and of HTTP the method and path (None otherwise).

    Its token is a pair of issuer and claims, None, or one that satisfies whoever asks."""

    def __init__(self, principal, port, method=None, path=None, token=ANY_TOKEN):
        self.principal, self.port, self.method, self.path, self.token = principal, port, method, path, token

    def lacks_token(self, patterns):
        subject = f"{self.token[0]}/somebody" if self.token not in (None, ANY_TOKEN) else None
        return self.token != ANY_TOKEN and not some(patterns, subject)

    def lacks_claim(self, key, values):
        claims = self.token[1] if self.token not in (None, ANY_TOKEN) else {}
        return self.token != ANY_TOKEN and not some(values, claims.get(key[len("request.auth.claims["):-1]))

    @property
    def namespace(self):
        return self.principal.split("/ns/")[1].split("/sa/")[0] if self.principal else None


def matches(pattern, value):
    """Exact, or with a star at one end; a star alone is any value that there is."""
    if value is None:
        return False
    if pattern == "*":
        return value != ""
    if pattern.startswith("*"):
        return value.endswith(pattern[1:])
    if pattern.endswith("*"):
        return value.startswith(pattern[:-1])
    return value == pattern


def some(patterns, value):
    return any(matches(pattern, value) for pattern in patterns)


def source_is(source, request):
    known = {"principals", "notPrincipals", "namespaces", "notRequestPrincipals"}
    if not source or set(source) - known:
        raise ValueError(f"a source with {sorted(source)}")
    if "principals" in source and not some(source["principals"], request.principal):
        return False
    if "notPrincipals" in source and some(source["notPrincipals"], request.principal):
        return False
    if "notRequestPrincipals" in source and not request.lacks_token(source["notRequestPrincipals"]):
        return False
    return "namespaces" not in source or some(source["namespaces"], request.namespace)


def operation_is(operation, request, reads_requests):
    known = {"ports", "methods", "paths", "notMethods", "notPaths"}
    if not operation or set(operation) - known:
        raise ValueError(f"an operation with {sorted(operation)}")
    if "ports" in operation and str(request.port) not in operation["ports"]:
        return False
    if not reads_requests and set(operation) & {"methods", "paths", "notMethods", "notPaths"}:
        return False
    if "methods" in operation and not some(operation["methods"], request.method):
        return False
    if some(operation.get("notMethods", []), request.method) or some(operation.get("notPaths", []), request.path):
        return False
    return "paths" not in operation or some(operation["paths"], request.path)


def rule_is(rule, request, reads_requests):
    if set(rule) - {"from", "to", "when"}:
        raise ValueError(f"a rule with {sorted(rule)}")
    if "from" in rule and not any(source_is(item["source"], request) for item in rule["from"]):
        return False
    if not all(request.lacks_claim(item["key"], item["notValues"]) for item in rule.get("when", [])):
        return False
    return "to" not in rule or any(operation_is(item["operation"], request, reads_requests) for item in rule["to"])


def decide(policies, request, reads_requests):
    """DENY wins; where there is any ALLOW, one of them must hold."""
    allowing, allowed = False, False
    for spec in policies:
        hit = any(rule_is(rule, request, reads_requests) for rule in spec.get("rules") or [])
        action = spec.get("action", "ALLOW")
        if action not in ("ALLOW", "DENY"):
            raise ValueError(f"the action {action}")
        if action == "DENY" and hit:
            return False
        if action == "ALLOW":
            allowing, allowed = True, allowed or hit
    return allowed or not allowing


class Authorization:
    def __init__(self, docs, ambient):
        self.ambient = ambient
        self.policies = [(doc["metadata"]["namespace"], doc.get("spec") or {}) for doc in docs if doc["kind"] == "AuthorizationPolicy"]
        self.peers = [(doc["metadata"]["namespace"], doc["spec"]) for doc in docs if doc["kind"] == "PeerAuthentication"]

    def mode(self, end, port):
        """What a workload's own policy says goes before the namespace's."""
        result = "PERMISSIVE"
        for own in (False, True):
            for namespace, spec in self.peers:
                selector = spec.get("selector")
                if namespace != end.namespace or bool(selector) != own or (selector and not selects(selector, end.labels)):
                    continue
                result = spec.get("mtls", {}).get("mode", result)
                if own:
                    result = spec.get("portLevelMtls", {}).get(str(port), {}).get("mode", result)
        return result

    def pods_take(self, end, request):
        """What the proxy of the pod, or ztunnel before it, lets in."""
        if request.principal is None and self.mode(end, request.port) == "STRICT":
            return False
        policies = [spec for namespace, spec in self.policies if namespace == end.namespace and "targetRefs" not in spec and "targetRef" not in spec
                    and selects(spec.get("selector") or {}, end.labels)]
        return decide(policies, request, not self.ambient and request.method is not None)

    def waypoint_passes(self, namespace, service, request):
        """What the waypoint passes on to a Service, at the Service's port."""
        policies = [spec for place, spec in self.policies if place == namespace
                    and any(ref == {"group": "", "kind": "Service", "name": service} for ref in spec.get("targetRefs") or [])]
        return decide(policies, request, request.method is not None)
