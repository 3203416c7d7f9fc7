#!/usr/bin/env python3
"""Writes parts of traces, which the mesh wants in percent: sampling.py HYBRIDGEN

The library moves the point of the text by two digits; here the same is calculated.
"""
import decimal
import json
import subprocess
import sys

RATIOS = ["0", "0.0", "0.1", "0.5", "0.01", "0.09", "0.12", "0.90", "0.99", "0.001", "0.125", "0.999", "0.0005", "0.12345", "1", "1.0", "1.00", "1.000"]


def percentage(hybridgen, ratio):
    """What the mesh is told; None when the ratio is refused."""
    model = {"name": "shop", "imageTag": "1.0", "imageRegistry": "registry.example.com/shop", "mesh": "sidecar", "host": "shop.example.com",
             "telemetry": {"sampling": ratio, "collector": {"exporters": {"tempo": "tempo.observability:4317"}}},
             "services": {"web": {"runtime": "cpython", "expose": "/"}}}
    done = subprocess.run([hybridgen, "generate", "-f", "-", "--only", "Telemetry", "--format", "json"], input=json.dumps(model), capture_output=True, text=True, check=False)
    said = json.loads(done.stdout, parse_float=decimal.Decimal)
    found = [tracing["randomSamplingPercentage"] for manifest in said.get("items", [said])
             for tracing in manifest["spec"].get("tracing", []) if "randomSamplingPercentage" in tracing]
    return found[0] if found else None


def main():
    found = {ratio: percentage(sys.argv[1], ratio) for ratio in RATIOS}
    wrong = [ratio for ratio, percent in found.items() if percent is None or decimal.Decimal(percent) != 100 * decimal.Decimal(ratio)]
    for ratio in wrong:
        print(f"FAIL {ratio} is {found[ratio]} percent")
    print(f"{len(RATIOS)} ratios, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
