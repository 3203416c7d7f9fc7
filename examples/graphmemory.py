"""GraphMemory: six services, in Python (cpython) and in compiled Python (condon). Prints their manifests."""
import sys
from typing import Literal

from hybriddeploy import (App, ConnectionPool, Env, ExternalPort, HttpPool, HybridDeployError, OutlierDetection, Port, Probe, Resources,
                          Secret, SecretKey, Service, TcpPool, TrafficPolicy)


def secret(store_path: str, key: str) -> Secret:
    return Secret(keys={key: SecretKey(remote_key=f"graphmemory/{store_path}", property=key)})


def limits(balancer: Literal["LEAST_REQUEST", "ROUND_ROBIN"], connections: int, requests: int, requests_each: int, errors: int) -> TrafficPolicy:
    return TrafficPolicy(
        load_balancer={"simple": balancer},
        connection_pool=ConnectionPool(tcp=TcpPool(max_connections=connections, connect_timeout="30ms"),
                                       http=HttpPool(http2_max_requests=requests, max_requests_per_connection=requests_each)),
        outlier_detection=OutlierDetection(consecutive5xx_errors=errors, interval="10s", base_ejection_time="30s"))


DATABASE = {"DATABASE_URL": Env(secret="database-secrets", key="url")}
JWT = {"JWT_SECRET": Env(secret="jwt-secrets", key="secret")}

app = App(
    name="graphmemory",
    environment="production",
    host="graphmemory.example.com",
    image_registry="registry.example.com/graphmemory",
    image_tag="1.4.2",
    secret_store="vault",
    secrets={
        "database-secrets": secret("database", "url"),
        "jwt-secrets": secret("jwt", "secret"),
        "api-keys": secret("api-keys", "key"),
    },
    externals={
        "postgres": {"namespace": "database", "port": 5432},
        "redis": {"namespace": "redis", "ports": [ExternalPort(name="redis", port=6379, protocol="redis")]},
    },
    mesh={"mode": "sidecar", "gateways": {"graphmemory": {"tls": "graphmemory-tls"}}},
    telemetry={"collector": {"exporters": {"jaeger": "jaeger-collector.observability:4317", "tempo": "tempo.observability:4317",
                                           "loki": "http://loki-gateway.observability:80/otlp"}}},
    operations={"recovery_point": "24h", "recovery_time": "1h"},
    runtimes={"cpython": {"build": {"python_version": "3.11"}}},
    services={
        "auth-service": Service(runtime="cpython", expose="/api/auth", calls=["postgres", "redis"], env={**DATABASE, **JWT},
                                traffic_policy=limits("LEAST_REQUEST", 100, 1000, 10, 5)),
        "dashboard-service": Service(
            runtime="cpython", expose="/", calls=["auth-service", "analytics-service", "monitoring-service"], env=DATABASE),
        "streaming-service": Service(
            runtime="cpython", ports=[Port(name="ws", port=8000, protocol="websocket")], expose="/api/stream",
            calls=["auth-service", "analytics-service", "redis"], env=JWT),
        "analytics-service": Service(
            runtime="condon", expose="/api/analytics", calls=["postgres", "ai-detection-service"],
            autoscaling={"max_replicas": 8}, traffic_policy=limits("ROUND_ROBIN", 50, 500, 5, 3),
            env={**DATABASE, "MODEL_PATH": "/app/models", "THREAD_POOL_SIZE": 4}),
        "ai-detection-service": Service(
            runtime="condon", expose="/api/ai-detection", traffic_policy=limits("ROUND_ROBIN", 30, 200, 3, 2),
            resources=Resources(requests={"cpu": 1, "memory": "2Gi"}, limits={"cpu": 2, "memory": "4Gi", "nvidia.com/gpu": 1}),
            liveness_probe=Probe(initial_delay_seconds=90, timeout_seconds=15),
            readiness_probe=Probe(initial_delay_seconds=60, period_seconds=15, timeout_seconds=10),
            env={"MODEL_PATH": "/app/models", "API_KEY": Env(secret="api-keys", key="key")}),
        "monitoring-service": Service(runtime="condon"),
    })

if __name__ == "__main__":
    try:
        sys.stdout.write(app.to_stream())
    except HybridDeployError as error:
        sys.exit(str(error))
