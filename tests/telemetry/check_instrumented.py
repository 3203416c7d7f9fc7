"""The instrumentations of Python emit, in the environment that a model gives its services, the metrics that its alerts ask for.

    check_instrumented.py HYBRIDGEN
"""

import json
import os
import re
import subprocess
import sys

from check_collector import HERE, environment_of, manifests

SERVICE = "auth-service"
FRAMEWORKS = ("wsgi", "fastapi")
SETTINGS = ("telemetry.sources.requests=sdk", f"services.{SERVICE}.telemetry.alerts.errorRate.threshold=1%",
            f"services.{SERVICE}.telemetry.alerts.responseTime.threshold=500ms")


def asked_for(documents):
    """The series of HTTP servers that rules ask for, and the labels by which they tell failures."""
    rules = json.dumps([document["spec"] for document in documents if document["kind"] == "PrometheusRule"])
    return set(re.findall(r"\bhttp_server_\w+", rules)), set(re.findall(r"\bhttp_response_\w+", rules))


def as_prometheus(name, unit):
    """A histogram's series, as a collector hands them to Prometheus."""
    base = name.replace(".", "_") + {"s": "_seconds", "ms": "_milliseconds"}.get(unit, "")
    return {f"{base}_{part}" for part in ("count", "sum", "bucket")}


def emitted(framework, environment):
    run = subprocess.run([sys.executable, HERE / "instrumented.py", framework], env={"PATH": os.environ["PATH"], **environment}, check=True,
                         capture_output=True, text=True, timeout=120)
    metrics = json.loads(run.stdout)
    series = {name for key, metric in metrics.items() for name in as_prometheus(key, metric["unit"])}
    labels = {key.replace(".", "_") for metric in metrics.values() for point in metric["points"] for key in point}
    return series, labels


def lacks(framework, environment, wanted):
    return [name for asked, found in zip(wanted, emitted(framework, environment)) for name in sorted(asked - found)]


def main():
    documents = manifests(sys.argv[1], *SETTINGS)
    wanted, environment = asked_for(documents), environment_of(documents, SERVICE)
    failures = [] if all(wanted) else [f"no rule asks for series and codes of HTTP servers: {wanted}"]
    for framework in FRAMEWORKS:
        failures += [f"{framework} does not emit {name}" for name in lacks(framework, environment, wanted)]
        old = {name: value for name, value in environment.items() if name != "OTEL_SEMCONV_STABILITY_OPT_IN"}
        if not lacks(framework, old, wanted):
            failures.append(f"{framework} emits the same without OTEL_SEMCONV_STABILITY_OPT_IN: this test would see nothing")
    print("\n".join(failures) or f"{len(wanted[0])} series and {len(wanted[1])} labels are emitted by {', '.join(FRAMEWORKS)}")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
