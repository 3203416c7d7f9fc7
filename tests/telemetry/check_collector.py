"""Runs a collector with the configuration that a model yields, sends to it as the model's services would, and looks at what arrives."""

import argparse
import concurrent.futures
import contextlib
import gzip
import http.server
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import grpc
import yaml
from opentelemetry.proto.collector.logs.v1 import logs_service_pb2
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc

HERE = Path(__file__).resolve().parent
MODEL = HERE.parent / "golden/graphmemory-telemetry/hybriddeploy.yaml"
PATIENCE = 60


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Traces(trace_service_pb2_grpc.TraceServiceServicer):
    """Jaeger, or Tempo: OTLP over gRPC."""

    def __init__(self):
        self.resources = []

    def Export(self, request, context):
        self.resources += request.resource_spans
        return trace_service_pb2.ExportTraceServiceResponse()


@contextlib.contextmanager
def back_end_of_traces(credentials=None):
    server, traces, port = grpc.server(concurrent.futures.ThreadPoolExecutor(4)), Traces(), free_port()
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(traces, server)
    if credentials:
        server.add_secure_port(f"127.0.0.1:{port}", credentials)
    else:
        server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    yield traces, port
    server.stop(0)


@contextlib.contextmanager
def back_end_of_logs():
    """Loki: OTLP over HTTP, below a path."""
    received, paths = [], []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            paths.append(self.path)
            received.extend(logs_service_pb2.ExportLogsServiceRequest.FromString(body).resource_logs)
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield received, paths, server.server_address[1]
    server.shutdown()


def manifests(hybridgen, *settings):
    command = [hybridgen, "generate", "-f", MODEL, *[f"--set={s}" for s in settings]]
    return list(yaml.safe_load_all(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def configuration(documents):
    return next(d for d in documents if d["kind"] == "ConfigMap" and "graphmemory-collector.yaml" in d["data"])["data"][
        "graphmemory-collector.yaml"]


def environment_of(documents, service):
    """What the service's container is given, as the kubelet would expand it."""
    pod = next(d for d in documents if d["kind"] == "Deployment" and d["metadata"]["name"] == service)["spec"]["template"]["spec"]
    fields = {"metadata.name": f"{service}-0", "metadata.uid": f"uid-of-{service}", "spec.nodeName": "node-7"}
    values = {}
    for variable in pod["containers"][0]["env"]:
        if "value" in variable:
            values[variable["name"]] = re.sub(r"\$\(([A-Z_]+)\)", lambda m: values.get(m[1], m[0]), variable["value"])
        elif "fieldRef" in variable["valueFrom"]:
            values[variable["name"]] = fields[variable["valueFrom"]["fieldRef"]["fieldPath"]]
    return values


class Collector:
    def __init__(self, otelcol, config, peers):
        self.ports = {p: free_port() for p in (4317, 4318, 8888, 8889, 13133)}
        for port, free in self.ports.items():
            config = config.replace(f"0.0.0.0:{port}", f"127.0.0.1:{free}")
        config = config.replace('host: "0.0.0.0"', 'host: "127.0.0.1"').replace("port: 8888", f"port: {self.ports[8888]}")
        for peer, address in peers.items():
            if peer not in config:
                raise AssertionError(f"the collector does not know {peer}")
            config = config.replace(peer, address)
        # Test programs do not wait as long as a scrape does.
        config = config.replace("metrics_flush_interval: 15s", "metrics_flush_interval: 500ms")
        self.file = tempfile.NamedTemporaryFile("w", suffix=".yaml")
        self.file.write(config)
        self.file.flush()
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([otelcol, f"--config={self.file.name}"], stdout=self.log, stderr=self.log)

    def __enter__(self):
        wait(lambda: self.get(13133, "/"), "the collector does not get healthy", self)
        return self

    def __exit__(self, *arguments):
        self.process.terminate()
        self.process.wait()

    def get(self, port, path="/metrics"):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[port]}{path}", timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return ""

    def said(self):
        self.log.seek(0)
        return self.log.read()[-3000:]


def wait(condition, complaint, collector):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and collector.process.poll() is None:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"{complaint}\n{collector.said()}")


def speak(collector, documents, service, protocol):
    environment = environment_of(documents, service)
    endpoint = environment["OTEL_EXPORTER_OTLP_ENDPOINT"]
    port = {"grpc": 4317, "http/protobuf": 4318}[protocol]
    if environment["OTEL_EXPORTER_OTLP_PROTOCOL"] != protocol or not endpoint.endswith(f"-collector.graphmemory.svc:{port}"):
        raise AssertionError(f"{service} would send {environment['OTEL_EXPORTER_OTLP_PROTOCOL']} to {endpoint}")
    environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = f"http://127.0.0.1:{collector.ports[port]}"
    environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = "5"
    subprocess.run([sys.executable, HERE / "speak.py", f"{service} by {protocol}"], env={"PATH": os.environ["PATH"], **environment},
                   check=False, timeout=120, stderr=subprocess.DEVNULL)


def attributes(resource):
    return {a.key: a.value.string_value for a in resource.attributes}


def check_resource(resource, service):
    found = attributes(resource)
    expected = {
        "service.name": service, "service.namespace": "graphmemory", "service.version": "1.4.2", "environment": "production",
        "deployment.environment.name": "production", "service.instance.id": f"uid-of-{service}", "k8s.pod.name": f"{service}-0",
        "k8s.node.name": "node-7", "k8s.namespace.name": "graphmemory", "k8s.container.name": service,
    }
    wrong = {k: found.get(k) for k, v in expected.items() if found.get(k) != v}
    if wrong:
        raise AssertionError(f"the resource of {service} has {wrong}")


def samples(text):
    """Names of series, and their lines."""
    return {line.split("{")[0].split(" ")[0]: line for line in text.splitlines() if line and not line.startswith("#")}


def check_flow(otelcol, hybridgen):
    """Everything arrives. Gives back the names of metrics that were seen."""
    documents = manifests(hybridgen, "services.dashboard-service.telemetry.protocol=http/protobuf")
    services = {"auth-service": "grpc", "dashboard-service": "http/protobuf"}
    with back_end_of_traces() as (jaeger, jaeger_port), back_end_of_traces() as (tempo, tempo_port), \
            back_end_of_logs() as (logs, paths, loki_port):
        peers = {"jaeger-collector.observability:4317": f"127.0.0.1:{jaeger_port}", "tempo.observability:4317": f"127.0.0.1:{tempo_port}",
                 "loki.logging:3100": f"127.0.0.1:{loki_port}"}
        with Collector(otelcol, configuration(documents), peers) as collector:
            for service, protocol in services.items():
                speak(collector, documents, service, protocol)
            for name, resources in (("Jaeger", lambda: jaeger.resources), ("Tempo", lambda: tempo.resources), ("Loki", lambda: logs)):
                wait(lambda: {attributes(r.resource).get("service.name") for r in resources()} >= services.keys(),
                     f"{name} lacks services", collector)
                for resource in resources():
                    check_resource(resource.resource, attributes(resource.resource)["service.name"])
            if set(paths) != {"/otlp/v1/logs"}:
                raise AssertionError(f"Loki was asked for {set(paths)}")
            for service in services:
                for metric in ("traces_span_metrics_calls_total", "traces_span_metrics_duration_milliseconds_bucket", "orders_total",
                               "http_server_request_duration_seconds_bucket"):
                    wait(lambda: re.search(f'^{metric}{{[^}}]*service_name="{service}"', collector.get(8889), re.MULTILINE),
                         f"{metric} of {service} is not at the Prometheus endpoint", collector)
            return samples(collector.get(8889)), samples(collector.get(8888))


# One more back end, for metrics, so that each signal has one that can fail.
MIMIR = ("telemetry.collector.exporters.mimir.endpoint=http://mimir.metrics:9009/otlp",
         "telemetry.collector.exporters.prometheus.type=prometheus")


def peers_at(address, without="nobody"):
    return {peer: address for peer in ("jaeger-collector.observability:4317", "tempo.observability:4317", "loki.logging:3100",
                                       "mimir.metrics:9009") if not peer.startswith(without)}


def with_exporters(documents, **members):
    config = yaml.safe_load(configuration(documents))
    for exporter in config["exporters"].values():
        if "sending_queue" in exporter:
            exporter.update(members)
    return yaml.safe_dump(config).replace("host: 0.0.0.0", 'host: "0.0.0.0"')


def wait_for_counts(collector, stem):
    for name in ("spans", "metric_points", "log_records"):
        wait(lambda: any(metric.startswith(f"{stem}_{name}") and float(line.rsplit(" ", 1)[1]) > 0
                         for metric, line in samples(collector.get(8888)).items()), f"{stem}_{name} is not counted", collector)


def check_failure(otelcol, hybridgen):
    """A back end that is away: what cannot be sent is counted."""
    documents = manifests(hybridgen, *MIMIR)
    config = with_exporters(documents, retry_on_failure={"enabled": False}, timeout="1s")
    with Collector(otelcol, config, peers_at(f"127.0.0.1:{free_port()}")) as collector:
        speak(collector, documents, "auth-service", "grpc")
        wait_for_counts(collector, "otelcol_exporter_send_failed")
        return samples(collector.get(8888))


def check_overflow(otelcol, hybridgen):
    """A back end that takes nothing: what no longer fits into the queue is counted."""
    documents = manifests(hybridgen, *MIMIR)
    config = with_exporters(documents, sending_queue={"queue_size": 1, "num_consumers": 1}, timeout="60s")
    with socket.create_server(("127.0.0.1", 0)) as silent, \
            Collector(otelcol, config, peers_at(f"127.0.0.1:{silent.getsockname()[1]}")) as collector:
        for _ in range(4):
            speak(collector, documents, "auth-service", "grpc")
            time.sleep(1.2)
        wait_for_counts(collector, "otelcol_exporter_enqueue_failed")
        return samples(collector.get(8888))


def check_restart(otelcol, hybridgen):
    """A collector that is killed while back ends are away: what it had taken arrives after all, from its storage."""
    documents = manifests(hybridgen, "telemetry.collector.storage=1Gi")
    with tempfile.TemporaryDirectory() as folder:
        config = configuration(documents).replace("directory: /var/lib/otelcol", f"directory: {folder}")
        with Collector(otelcol, config, peers_at(f"127.0.0.1:{free_port()}", without="mimir")) as collector:
            speak(collector, documents, "auth-service", "grpc")
            for exporter in ("otlp_grpc/jaeger", "otlp_http/loki"):
                waits = re.compile(f'^otelcol_exporter_queue_size{{[^}}]*exporter="{exporter}"[^}}]*}} [1-9]', re.MULTILINE)
                wait(lambda: waits.search(collector.get(8888)), f"nothing waits for {exporter}", collector)
            collector.process.kill()
        with back_end_of_traces() as (traces, port), back_end_of_logs() as (logs, _, loki_port):
            peers = {**peers_at(f"127.0.0.1:{port}", without="mimir"), "loki.logging:3100": f"127.0.0.1:{loki_port}"}
            with Collector(otelcol, config, peers) as collector:
                for name, resources in (("Jaeger", lambda: traces.resources), ("Loki", lambda: logs)):
                    wait(lambda: any(attributes(r.resource).get("service.name") == "auth-service" for r in resources()),
                         f"{name} was not sent what was stored", collector)


TLS = ("endpoint=jaeger-collector.observability:4317", "tls.caConfigMap=trust", "tls.secretName=client", "tls.serverName=jaeger.example.com")


def make_certificates(folder):
    """A CA, and by it the back end's certificate and the collector's."""
    def openssl(name, subject, *more):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-keyout",
                        folder / f"{name}.key", "-out", folder / f"{name}.crt", "-subj", f"/CN={subject}", *more], check=True, capture_output=True)
    by_ca = ["-CA", folder / "ca.crt", "-CAkey", folder / "ca.key"]
    openssl("ca", "ca")
    openssl("server", "jaeger.example.com", *by_ca, "-addext", "subjectAltName=DNS:jaeger.example.com")
    openssl("tls", "collector", *by_ca)
    ca, key, certificate = ((folder / name).read_bytes() for name in ("ca.crt", "server.key", "server.crt"))
    return grpc.ssl_server_credentials([(key, certificate)], root_certificates=ca, require_client_auth=True)


def check_tls(otelcol, hybridgen):
    """A back end with a certificate of a CA that nobody else knows, that lets in only whom it knows too."""
    documents = manifests(hybridgen, *(f"telemetry.collector.exporters.jaeger.{member}" for member in TLS), "secrets.client.existing=true",
                          "secrets.client.keys=[tls.crt, tls.key]")
    with tempfile.TemporaryDirectory() as folder, back_end_of_traces(make_certificates(Path(folder))) as (traces, port):
        config = configuration(documents).replace("/etc/otelcol-tls/jaeger/", f"{folder}/")
        peers = {**peers_at(f"127.0.0.1:{free_port()}", without="mimir"), "jaeger-collector.observability:4317": f"127.0.0.1:{port}"}
        with Collector(otelcol, config, peers) as collector:
            speak(collector, documents, "auth-service", "grpc")
            wait(lambda: traces.resources, "nothing arrived by TLS", collector)


def check_memory(otelcol, hybridgen):
    """Out of memory from the first moment on: everything is refused, and counted."""
    documents = manifests(hybridgen, *MIMIR, "telemetry.collector.memoryLimiter.limitMib=2", "telemetry.collector.memoryLimiter.spikeLimitMib=1",
                          "telemetry.collector.memoryLimiter.checkInterval=100ms")
    with Collector(otelcol, configuration(documents), peers_at(f"127.0.0.1:{free_port()}")) as collector:
        wait(lambda: "Memory usage is above" in collector.said(), "the limiter does not see that memory is short", collector)
        speak(collector, documents, "auth-service", "grpc")
        wait_for_counts(collector, "otelcol_receiver_refused")
        return samples(collector.get(8888))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("otelcol")
    parser.add_argument("hybridgen")
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()

    exported, own = check_flow(arguments.otelcol, arguments.hybridgen)
    own |= check_failure(arguments.otelcol, arguments.hybridgen)
    own |= check_overflow(arguments.otelcol, arguments.hybridgen)
    own |= check_memory(arguments.otelcol, arguments.hybridgen)
    check_tls(arguments.otelcol, arguments.hybridgen)
    check_restart(arguments.otelcol, arguments.hybridgen)
    names = sorted(exported.keys() | own.keys())
    file = HERE / "metrics.txt"
    if arguments.update:
        file.write_text("".join(f"{name}\n" for name in names))
    missing = sorted(set(file.read_text().split()) - set(names))
    if missing:
        sys.exit(f"metrics that metrics.txt names were not seen: {', '.join(missing)}")
    print(f"everything arrived; {len(names)} metrics")


if __name__ == "__main__":
    main()
