"""A cluster as the scripts find it: what they read and change is a real API server's; nodes and the operator of secrets are pretended.

Started by `tests/conformance/run --with-cluster`, which sets KUBECONFIG and puts kubectl on the PATH.
"""
import base64
import json
import os
import ssl
import subprocess
import threading
import urllib.request

import yaml


class Api:
    def __init__(self, kubeconfig):
        config = yaml.safe_load(open(kubeconfig))
        self.server = config["clusters"][0]["cluster"]["server"]
        self.token = config["users"][0]["user"]["token"]

    def call(self, method, path, body=None, kind="application/json"):
        request = urllib.request.Request(self.server + path, method=method, data=None if body is None else json.dumps(body).encode(),
                                         headers={"Authorization": f"Bearer {self.token}", "Content-Type": kind})
        # The server makes its own certificate at each start; it is on this machine.
        with urllib.request.urlopen(request, context=ssl._create_unverified_context(), timeout=20) as answer:
            return json.load(answer)

    def merge(self, path, body):
        return self.call("PATCH", path, body, "application/merge-patch+json")


class Operator(threading.Thread):
    """Does what the External Secrets Operator does: makes the Secret, says that it is ready, and asks again when told to; and cert-manager,
    which issues a certificate again when its status says so."""

    def __init__(self, api):
        super().__init__(daemon=True)
        self.api, self.ends, self.served = api, threading.Event(), {}

    def run(self):
        while not self.ends.wait(0.3):
            try:
                for external in self.api.call("GET", "/apis/external-secrets.io/v1/externalsecrets")["items"]:
                    self.serve(external)
                for certificate in self.api.call("GET", "/apis/cert-manager.io/v1/certificates")["items"]:
                    self.issue(certificate)
            except (OSError, ValueError):
                continue

    def issue(self, certificate):
        name, namespace, status = certificate["metadata"]["name"], certificate["metadata"]["namespace"], certificate.get("status", {})
        if any(c["type"] == "Issuing" and c["status"] == "True" for c in status.get("conditions", [])):
            self.api.merge(f"/apis/cert-manager.io/v1/namespaces/{namespace}/certificates/{name}/status",
                           {"status": {"revision": status.get("revision", 0) + 1, "conditions": []}})

    def serve(self, external):
        name, namespace = external["metadata"]["name"], external["metadata"]["namespace"]
        asked = external["metadata"].get("annotations", {}).get("force-sync", "0")
        if self.served.get(external["metadata"]["uid"]) == asked:
            return
        keys = {entry["secretKey"]: base64.b64encode(b"value").decode() for entry in external["spec"].get("data", [])}
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name, "namespace": namespace}, "data": keys}
        self.api.call("PATCH", f"/api/v1/namespaces/{namespace}/secrets/{name}?fieldManager=operator&force=true", secret,
                      "application/apply-patch+yaml")
        seconds = int(asked) % 86400 if asked.isdigit() else 0
        time = f"2026-01-01T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"
        condition = {"type": "Ready", "status": "True", "lastTransitionTime": time}
        self.api.merge(f"/apis/external-secrets.io/v1/namespaces/{namespace}/externalsecrets/{name}/status",
                       {"status": {"refreshTime": time, "conditions": [condition]}})
        self.served[external["metadata"]["uid"]] = asked


def kubectl(*arguments, check=True):
    return subprocess.run(["kubectl", *arguments], capture_output=True, text=True, check=check, timeout=120).stdout


def give_gpus(api):
    for node in api.call("GET", "/api/v1/nodes")["items"]:
        room = {"nvidia.com/gpu": "100"}
        api.merge(f"/api/v1/nodes/{node['metadata']['name']}/status", {"status": {"capacity": room, "allocatable": room}})


def of_environment():
    return Api(os.environ["KUBECONFIG"])
