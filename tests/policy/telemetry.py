"""What telemetry brings in traffic, as its documentation says: one collector of plain form before the back ends."""
from urllib.parse import urlsplit

OTLP = {"grpc": ("TCP", 4317), "http/protobuf": ("TCP", 4318)}
OWN_METRICS, ENDPOINT = ("TCP", 8888), ("TCP", 8889)
PORTS = {"http": 80, "https": 443}


def mapping(value):
    return value if isinstance(value, dict) else {} if value is None else {"enabled": value}


class Collector:
    """The collector of a model whose telemetry is on; other forms of it are not described here."""

    def __init__(self, model):
        self.model, self.telemetry = model, mapping(model.value.get("telemetry"))
        given = self.telemetry.get("collector") or {}
        if given.get("form", "plain") != "plain" or given.get("topology", "gateway") != "gateway" or "external" in given:
            raise ValueError("the evaluator knows one plain collector alone")
        self.name = f"{given.get('name', model.name)}-collector"
        self.exporters = given.get("exporters") or {}

    def protocol(self, service):
        for holder in (mapping(service.given("telemetry")), self.telemetry):
            if "protocol" in holder:
                return OTLP[holder["protocol"]]
        return OTLP["grpc"]

    def sends(self, service):
        return mapping(service.given("telemetry")).get("enabled", True)

    def scraped(self):
        """The collector's own metrics, and the endpoint with those of the services where nothing else takes them."""
        types = {exporter.get("type", name) if isinstance(exporter, dict) else name for name, exporter in self.exporters.items()}
        return {OWN_METRICS, ENDPOINT} if "prometheus" in types or not types & {"mimir", "prometheus_remote_write"} else {OWN_METRICS}

    def back_ends(self):
        """(namespace, point) of each exporter that sends."""
        for exporter in self.exporters.values():
            endpoint = exporter if isinstance(exporter, str) else (exporter or {}).get("endpoint")
            if not endpoint:
                continue
            url = urlsplit(endpoint if "://" in endpoint else f"//{endpoint}")
            yield url.hostname.split(".")[1], ("TCP", url.port or PORTS[url.scheme])

    def traced_by_gateway(self):
        return self.model.mesh.on and mapping(self.telemetry.get("mesh")).get("enabled", True)
