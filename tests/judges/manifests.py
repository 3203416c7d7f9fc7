"""The findings of all judges of this folder that need nothing but the manifests."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, *(os.path.join(HERE, "..", name) for name in ("policy", "random", "telemetry"))]

import analyses
import api
import collector
import expressions
import references
import series
import wiring


def problems(value, docs):
    return [words for module in (analyses, api, references, expressions, series, collector, wiring) for words in module.problems(value, docs)]
