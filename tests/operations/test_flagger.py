"""The scripts and a service that Flagger delivers. Flagger is Flagger; the Prometheus that it asks is pretended, and says what a test wants.

Every test begins with the service deployed and well, and leaves it so.
"""
import http.server
import json
import os
import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest

from cluster import kubectl
from running import deploy, generate, maintenance, recovery

NAMESPACE = "released"
MODEL = Path(__file__).with_name("canary.yaml")


class Prometheus(http.server.BaseHTTPRequestHandler):
    success_rate = 100

    def do_GET(self):
        answer = {"status": "success", "data": {"resultType": "vector", "result": [
            {"metric": {}, "value": [time.time(), str(self.success_rate if "istio_requests_total" in self.path else 1)]}]}}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    do_POST = do_GET

    def log_message(self, *_):
        pass


def here(*arguments):
    return kubectl("--namespace", NAMESPACE, *arguments)


def ask(thing, path):
    return here("get", thing, "--ignore-not-found", "--output", f"jsonpath={path}")


def phase():
    return ask("canaries.flagger.app/web", "{.status.phase}")


def image_of(name):
    return ask(f"deployment/{name}", "{.spec.template.spec.containers[0].image}").partition(":")[2]


def await_that(condition, what, seconds=150):
    for _ in range(seconds * 2):
        if condition():
            return
        time.sleep(0.5)
    raise AssertionError(f"{what}; the canary is {phase()}: {here('get', 'events', '--field-selector', 'involvedObject.kind=Canary')}")


@pytest.fixture(scope="module")
def prometheus():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Prometheus)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def flagger(prometheus, tmp_path_factory):
    program = shutil.which("flagger")
    assert program, "flagger is not on the PATH: tests/conformance/run --with-cluster builds it"
    with open(tmp_path_factory.mktemp("flagger") / "log", "w") as log:
        process = subprocess.Popen([program, "-kubeconfig", os.environ["KUBECONFIG"], "-mesh-provider=istio", f"-metrics-server={prometheus}",
                                    "-control-loop-interval=2s", "-port=0", f"-namespace={NAMESPACE}"], stdout=log, stderr=log)
        time.sleep(1)
        assert process.poll() is None, Path(log.name).read_text()
        yield process
        process.kill()
        process.wait()


def model(folder, prometheus, *options):
    # This Flagger's copies lack what Kubernetes has had since 1.30, such as a preStop that sleeps, and the server refuses one that is empty.
    return generate(MODEL, folder, "--set", f"services.web.delivery.canary.analysis.prometheus={prometheus}",
                    "--set", "services.web.delivery.canary.analysis.interval=10s",
                    "--set", "services.web.lifecycle.preStop.exec.command=[sleep, '5']", *options)


@pytest.fixture(scope="module")
def folder(api, flagger, prometheus, tmp_path_factory):
    kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found")
    folder = model(tmp_path_factory.mktemp("released") / "deploy", prometheus)
    done = deploy(folder, "deploy", "--timeout", "2m")
    assert done.returncode == 0 and "ok       web: 2 of 2 pods are ready" in done.stderr, done.stderr
    assert phase() == "Initialized" and ask("deployment/web-primary", "{.status.readyReplicas}") == "2", "deploy waits for Flagger to begin"
    await_that(lambda: ask("deployment/web", "{.spec.replicas}") == "0", "Flagger does not begin")
    assert recovery(folder, "backup").returncode == 0
    return folder


def test_what_flagger_keeps_at_zero_is_no_fault(folder):
    done = deploy(folder, "health")
    assert done.returncode == 0 and "ok       web: 2 of 2 pods are ready" in done.stderr, done.stderr
    done = recovery(folder, "check")
    assert done.returncode == 0, done.stderr
    done = deploy(folder, "deploy", "--timeout", "1m")
    assert done.returncode == 0, done.stderr
    assert ask("deployment/web", "{.spec.replicas}") == "0" and phase() == "Initialized"


def test_a_good_release_takes_over(folder, prometheus, tmp_path):
    newer = model(tmp_path / "deploy", prometheus, "--set", "imageTag=1.5.0")
    done = deploy(newer, "deploy", "--timeout", "1m")
    assert done.returncode == 0 and "Flagger judges it from here on" in done.stderr, done.stderr
    await_that(lambda: phase() == "Succeeded" and image_of("web-primary") == "1.5.0", "the new version does not take over")
    assert deploy(newer, "status").stdout.splitlines()[1].split()[2:] == ["2/2", "registry.example.com/released/web:1.5.0"]
    assert deploy(folder, "deploy", "--timeout", "1m").returncode == 0
    await_that(lambda: phase() == "Succeeded" and image_of("web-primary") == "1.4.2", "the older version does not take over")


def test_a_bad_release_is_told(folder, prometheus, tmp_path):
    newer = model(tmp_path / "deploy", prometheus, "--set", "imageTag=1.6.0")
    Prometheus.success_rate = 50
    try:
        done = deploy(newer, "deploy", "--timeout", "1m")
        assert done.returncode == 0, done.stderr
        await_that(lambda: phase() == "Failed", "the bad version is not taken back")
    finally:
        Prometheus.success_rate = 100
    done = deploy(newer, "verify")
    assert done.returncode == 0 and "warning  Canary/web: Flagger has taken back the last version that it judged" in done.stderr, done.stderr
    assert deploy(newer, "status").stdout.splitlines()[1].split()[2:] == ["2/2", "registry.example.com/released/web:1.4.2"]
    assert deploy(newer, "rollback", "--timeout", "1m").returncode == 0 and image_of("web") == "1.4.2"
    # Back at what serves, there is nothing for Flagger to judge.
    done = deploy(folder, "deploy", "--timeout", "1m")
    assert done.returncode == 0 and image_of("web-primary") == "1.4.2" and ask("deployment/web", "{.spec.replicas}") == "0", done.stderr


def test_recovery_scales_and_restarts_what_serves(folder):
    here("scale", "deployment/web-primary", "--replicas=0")
    await_that(lambda: "stopped" in recovery(folder, "check").stderr, "nobody sees that nothing serves", 20)
    done = recovery(folder, "recover", "--timeout", "1m")
    assert done.returncode == 0 and "recovered by scaling" in done.stderr, done.stderr
    assert (ask("deployment/web-primary", "{.spec.replicas}"), ask("deployment/web", "{.spec.replicas}")) == ("2", "0")
    before = phase()
    assert maintenance(folder, "restart", "--timeout", "1m").returncode == 0
    assert "restartedAt" in ask("deployment/web-primary", "{.spec.template.metadata.annotations}")
    assert "restartedAt" not in ask("deployment/web", "{.spec.template.metadata.annotations}")
    time.sleep(12)
    assert phase() == before, "a restart is no release"


def test_recovery_brings_everything_back(folder):
    here("delete", "deployment/web", "canaries.flagger.app/web", "hpa/web")
    done = recovery(folder, "recover", "--timeout", "2m")
    assert done.returncode == 0 and "recovered by restoring" in done.stderr, done.stderr
    assert phase() == "Initialized" and ask("deployment/web-primary", "{.status.readyReplicas}") == "2", "recovery waits for Flagger to begin"
    await_that(lambda: ask("deployment/web", "{.spec.replicas}") == "0", "Flagger does not begin")
    assert recovery(folder, "check").returncode == 0
