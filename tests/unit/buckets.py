#!/usr/bin/env python3
"""Asks for objectives at each bound of a histogram, and beside it: buckets.py HYBRIDGEN

Responses within a latency can be counted where the histogram has a bound there, and nowhere else. The bounds of Istio's proxies and of the SDK
(http.server.request.duration of the semantic conventions) stand here once more, because the library's table would agree with any mistake in it.
"""
import json
import re
import subprocess
import sys

BETWEEN = "HD9639"
BOUNDS = {
    "istio": [1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000],
    "sdk": [5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000],
}


def model(source, times):
    return {"name": "shop", "host": "shop.example.com", "imageTag": "1.0", "imageRegistry": "registry.example.com/shop", "mesh": "sidecar",
            "telemetry": {"sources": source, "slos": {f"slo-{time}": {"service": "web", "objective": "99.9%", "latency": f"{time}ms"} for time in times}},
            "services": {"web": {"runtime": "cpython", "expose": "/"}}}


def refused(hybridgen, source, times):
    """The times that the library refuses."""
    done = subprocess.run([hybridgen, "validate", "--max-diagnostics", "1000", "-f", "-"], input=json.dumps(model(source, times)),
                          capture_output=True, text=True, env={"NO_COLOR": "1"}, check=False)
    return {int(time) for time in re.findall(rf"no bound of the histogram is (\d+)ms,.*\[{BETWEEN}\]", done.stderr)}


def main():
    failed = n_times = 0
    for source, bounds in BOUNDS.items():
        times = {time for bound in bounds for time in (bound - 1, bound, bound + 1) if time}
        wrong = refused(sys.argv[1], source, sorted(times)) ^ (times - set(bounds))
        n_times += len(times)
        failed += len(wrong)
        if wrong:
            print(f"FAIL {source}: {sorted(wrong)} ms")
    print(f"{n_times} times, {failed} wrong")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
