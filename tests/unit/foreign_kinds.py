#!/usr/bin/env python3
"""Puts an object of each kind that others define beside a model: foreign_kinds.py HYBRIDGEN

Manifests of others are applied in the order of what they need, and those of kinds for the whole cluster get no namespace. Which kinds these
are stands here once more, because the library's table would agree with any mistake in it: * is for the whole cluster.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MODEL = 'name: shop\nimageTag: "1.0"\nservices: {web: {image: docker.io/acme/web:1.0.0}}\n'
# What an object may need stands in a lower step: definitions, classes, sources of secrets, volumes, policies, pods, what asks pods.
KINDS = {
    1: ["apiextensions.k8s.io/v1 CustomResourceDefinition *"],
    6: ["v1 Node *", "flowcontrol.apiserver.k8s.io/v1 FlowSchema *", "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration *",
        "gateway.networking.k8s.io/v1 GatewayClass *", "networking.k8s.io/v1 IngressClass *", "node.k8s.io/v1 RuntimeClass *",
        "resource.k8s.io/v1 DeviceClass *", "snapshot.storage.k8s.io/v1 VolumeSnapshotClass *", "storage.k8s.io/v1 CSIDriver *",
        "storage.k8s.io/v1 StorageClass *", "storage.k8s.io/v1 VolumeAttributesClass *"],
    24: ["cert-manager.io/v1 ClusterIssuer *", "cert-manager.io/v1 Issuer", "certificates.k8s.io/v1alpha1 ClusterTrustBundle *",
         "external-secrets.io/v1 ClusterSecretStore *", "external-secrets.io/v1 SecretStore"],
    25: ["v1 Secret", "external-secrets.io/v1 ClusterExternalSecret *"],
    34: ["v1 PersistentVolume *", "snapshot.storage.k8s.io/v1 VolumeSnapshotContent *"],
    40: ["cilium.io/v2 CiliumClusterwideNetworkPolicy *", "cilium.io/v2 CiliumNetworkPolicy", "crd.projectcalico.org/v1 GlobalNetworkPolicy *",
         "policy.networking.k8s.io/v1alpha1 AdminNetworkPolicy *", "policy.networking.k8s.io/v1alpha1 BaselineAdminNetworkPolicy *",
         "projectcalico.org/v3 GlobalNetworkPolicy *", "projectcalico.org/v3 NetworkPolicy"],
    46: ["v1 Endpoints", "discovery.k8s.io/v1 EndpointSlice"],
    48: ["certificates.k8s.io/v1 CertificateSigningRequest *", "example.com/v1 Unknown"],
    49: ["keda.sh/v1alpha1 ClusterTriggerAuthentication *"],
    50: ["v1 Pod", "v1 ReplicationController", "apps/v1 ReplicaSet"],
    80: ["apiregistration.k8s.io/v1 APIService *"],
    90: ["admissionregistration.k8s.io/v1 MutatingAdmissionPolicy *", "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy *",
         "kyverno.io/v1 ClusterPolicy *"],
    91: ["admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding *", "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration *",
         "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding *",
         "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration *"],
}


def expected():
    """(step, kind, whether it is for the whole cluster) of each object, by its name."""
    rows = [(step, *row.split()) for step, rows in KINDS.items() for row in rows]
    return {f"object-{i}": (step, version, kind, bool(wide)) for i, (step, version, kind, *wide) in enumerate(rows)}


def generated(hybridgen, objects):
    """The same of what comes out."""
    with tempfile.TemporaryDirectory() as folder:
        model, out = Path(folder) / "hybriddeploy.yaml", Path(folder) / "out"
        # Names turn the order of the model around, so that only steps can make the right one.
        model.write_text(MODEL + "manifests:\n" + "".join(f"  - {{apiVersion: {version}, kind: {kind}, metadata: {{name: {name}}}}}\n"
                                                          for name, (_, version, kind, _) in reversed(objects.items())))
        subprocess.run([hybridgen, "generate", "-f", model, "-o", f"{out}/"], check=True, capture_output=True, env={"NO_COLOR": "1"})
        found = {}
        for path in out.glob("*.yaml"):
            text = path.read_text()
            name = re.search(r"^  name: (object-\d+)$", text, re.MULTILINE)
            if name:
                version, kind = (re.search(rf"^{key}: (\S+)$", text, re.MULTILINE)[1] for key in ("apiVersion", "kind"))
                found[name[1]] = int(path.name.split("-")[0]), version, kind, not re.search(r"^  namespace: shop$", text, re.MULTILINE)
        return found


def main():
    objects = expected()
    found = generated(sys.argv[1], objects)
    wrong = [name for name in objects if objects[name] != found.get(name)]
    for name in wrong:
        print(f"FAIL expected {objects[name]}, found {found.get(name)}")
    print(f"{len(objects)} kinds, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
