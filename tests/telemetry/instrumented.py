"""A service of one framework: answers two requests under its instrumentation, and prints what its metrics are called.

    instrumented.py wsgi|fastapi

It reads the environment that the model gives the service, and nothing else.
"""

import json
import sys
import wsgiref.util

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader


def by_wsgi(meters):
    from opentelemetry.instrumentation.wsgi import OpenTelemetryMiddleware

    def application(environ, start_response):
        start_response("500 Internal Server Error" if environ["PATH_INFO"] == "/broken" else "200 OK", [("Content-Type", "text/plain")])
        return [b"-"]

    served = OpenTelemetryMiddleware(application, meter_provider=meters)
    for path in ("/", "/broken"):
        environ = {"PATH_INFO": path}
        wsgiref.util.setup_testing_defaults(environ)
        list(served(environ, lambda status, headers, error=None: None))


def by_fastapi(meters):
    import fastapi
    import fastapi.testclient
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

    application = fastapi.FastAPI()
    application.get("/")(lambda: "-")
    application.get("/broken")(lambda: fastapi.Response(status_code=500))
    FastAPIInstrumentor.instrument_app(application, meter_provider=meters)
    client = fastapi.testclient.TestClient(application)
    for path in ("/", "/broken"):
        client.get(path)


def main(framework):
    reader = InMemoryMetricReader()
    {"wsgi": by_wsgi, "fastapi": by_fastapi}[framework](MeterProvider(metric_readers=[reader]))
    seen = {}
    for of_resource in reader.get_metrics_data().resource_metrics:
        for of_scope in of_resource.scope_metrics:
            for metric in of_scope.metrics:
                seen[metric.name] = {"unit": metric.unit, "points": [dict(point.attributes) for point in metric.data.data_points]}
    print(json.dumps(seen))


main(sys.argv[1])
