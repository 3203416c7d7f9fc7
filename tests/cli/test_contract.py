"""What an application says of itself to others: each member of a contract."""
import json

from harness import Case, main

MODEL = """\
name: shop
host: shop.example.com
imageRegistry: registry.example.com/shop
imageTag: "1.4.2"
mesh: ambient
platform: {prometheus: {serviceAccount: prometheus, mesh: true}}
services:
  web:
    runtime: cpython
    expose: /
    calls: [{to: orders, port: http, methods: [GET]}, {to: orders, port: grpc-admin}]
  orders:
    runtime: cpython
    ports: [{name: http, port: 8080, servicePort: 80}, {name: grpc-admin, port: 9090, mtls: PERMISSIVE}]
    callers: [{namespace: shops, serviceAccount: web, port: http, methods: [GET], paths: [/api]}]
  import:
    runtime: cpython
    kind: Job
    mesh: off
"""
LABELS = {"app.kubernetes.io/instance": "shop"}
EXPECTED = {
    "contract": 1, "name": "shop", "namespace": "shop", "mesh": "ambient", "trustDomain": "cluster.local", "hosts": ["shop.example.com/"],
    "services": [
        {"name": "web", "podLabels": {"app.kubernetes.io/name": "web", **LABELS}, "serviceAccount": "web", "mesh": True, "waypoint": False,
         "port": "http", "ports": [{"name": "http", "port": 8000, "servicePort": 8000, "protocol": "http", "strict": True}]},
        {"name": "orders", "podLabels": {"app.kubernetes.io/name": "orders", **LABELS}, "serviceAccount": "orders", "mesh": True, "waypoint": True,
         "ports": [{"name": "http", "port": 8080, "servicePort": 80, "protocol": "http", "strict": True},
                   {"name": "grpc-admin", "port": 9090, "servicePort": 9090, "protocol": "grpc", "strict": False}],
         "callers": [{"namespace": "shops", "serviceAccount": "web", "mesh": True, "port": "http", "methods": ["GET"], "paths": ["/api"]}]},
        {"name": "import", "podLabels": {"app.kubernetes.io/name": "import", **LABELS}, "serviceAccount": "import", "mesh": False, "waypoint": False},
    ],
}


class Contract(Case):
    def test_each_member_of_a_contract(self):
        self.write("hybriddeploy.yaml", MODEL)
        self.assertEqual(json.loads(self.product("contract")), EXPECTED)


if __name__ == "__main__":
    main()
