#!/usr/bin/env python3
"""Holds the JSON Schema against models: check_schema.py HYBRIDGEN TESTS EXAMPLES

The validator is not ours. The schema must be valid itself, accept every short form, every example and every golden model,
refuse each case whose mistake lies in one value or key, and accept each case whose parts contradict each other only.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

# A key, type, word, number, form or runtime that is wrong by itself, or a member that is missing.
STRUCTURAL = {"HD1139", "HD1146", "HD1157", "HD1182", "HD1195", "HD1204"}
# The model's parts do not fit together; each of them may stand in a model.
CROSS_FIELD_READING = {"HD1211", "HD1223", "HD1238"}
# Cases whose mistake no pattern can tell: bits beyond a mask, the last part of a path, what the values are compared with.
BEYOND_PATTERNS = {"external-bad-cidr", "config-name-with-space", "affinity-value-not-of-label", "node-name-not-valid", "sampling-above-one", "collector-begins-with-digit", "regex-of-header",
                   "collector-filter-bracket-open", "failover-label-too-long",
                   "redirect-code", "manifest-names-wrong", "manifest-labels-no-texts", "patch-annotations", "manifests-more-forms", "manifests-more-texts", "patch-more-texts",
                   "manifest-data", "patch-types", "manifest-metadata-is-text", "manifest-unknown-field", "manifests-more-references", "patch-types-of-fields", "patch-values",
                   "patch-unknown-field", "fields-of-newer-versions"}

# Texts of any form: programs and files may want every character; names of other parts are compared with those that there are, and
# endpoints and fields have rules of their own. All others have a pattern, if only one that keeps control characters out.
FREE = {"command", "args", "env.value", "config_file.content", "config_file.fromFile", "pair.name", "pair.value", "quantity.name", "call.to",
        "destination.to", "mirror.to", "exposure.gateway", "env.field", "env.resource", "field_file.field", "collector.external", "exporter.type",
        "exporter.endpoint", "alert_routing.receiver", "alert_routing.critical", "alert_routing.warning", "alert_routing.info",
        "alert_routing.watchdog", "slo.service"}

MODEL = {"name": "shop", "services": {"web": {}}}


def with_service(**members):
    return {**MODEL, "services": {"web": members}}


ACCEPTED = {
    "nothing said of a service": {**MODEL, "services": {"web": {}}},
    "services as a list": {**MODEL, "services": [{"name": "web"}]},
    "runtime of the user's": {**MODEL, "runtimes": {"java": {"base": "container"}}, "services": {"web": {"runtime": "java"}}},
    "short key": with_service(port=8000),
    "scalar for a list of structs": with_service(ports=8000),
    "single struct for a list": with_service(ports={"port": 8000}),
    "list of scalars and structs": with_service(ports=[8000, {"name": "admin", "port": 9000}]),
    "number for a text": with_service(env={"THREADS": 4, "RATIO": 0.5}),
    "struct in a mapping": with_service(env={"URL": {"secret": "database", "key": "url"}}),
    "keyed list as a list": with_service(env=[{"name": "URL", "value": "x"}]),
    "single text for a list": with_service(calls="db", command="run", expose="/"),
    "plain map": {**MODEL, "labels": {"team": "a", "cost-center": 12}},
    "plain map as a list": {**MODEL, "labels": [{"name": "team", "value": "a"}]},
    "number or word": with_service(strategy={"maxSurge": 1, "maxUnavailable": "25%"}),
    "word for a struct": with_service(strategy="Recreate"),
    "truth for a struct": with_service(autoscaling=False, livenessProbe=False),
    "nothing required of a runtime's defaults": {**MODEL, "runtimes": {"condon": {"livenessProbe": {"httpGet": {"port": 8080}}}}},
    "name alone for a list of named things": {**MODEL, "secrets": {"database": {"existing": True, "keys": "url"}}},
    "version as a number": {**MODEL, "kubernetesVersion": 1.31},
    "short port of an external": {**MODEL, "externals": {"db": {"namespace": "db", "port": 5432}}},
    "an environment that changes parts": {**MODEL, "environments": {"staging": {"services": {"web": {"replicas": 3, "env": {"A": "b"}}}}}},
    "an environment that takes away": {**MODEL, "environments": {"staging": {"host": None, "externals": None, "services": {
        "web": {"replicas": None, "calls": None, "env": {"A": None}, "labels": {"a": None}, "resources": {"limits": None}}, "api": None}}}},
    "an environment that changes nothing": {**MODEL, "environments": {"staging": {}}},
}

REFUSED = {
    "no services": {"name": "shop"},
    "unknown key": {**MODEL, "servicess": {}},
    "unknown key of a service": with_service(replica=2),
    "unknown word": with_service(kind="deployment"),
    "unknown word of a scalar for a struct": with_service(strategy="Rolling"),
    "unknown word of a string": with_service(dnsPolicy="clusterFirst"),
    "name of a runtime": {**MODEL, "runtimes": {"Java": {}}},
    "text for a number": with_service(port="http"),
    "truth for a text": with_service(env={"DEBUG": True}),
    "nothing for a text": {**MODEL, "host": None},
    "number where no number is valid": {**MODEL, "services": [{"name": 8080}]},
    "number out of range": with_service(port=80000),
    "zero": with_service(port=0),
    "form": {**MODEL, "name": "Shop"},
    "form of a key": {**MODEL, "services": {"Web": {}}},
    "form of an element": {**MODEL, "externals": {"db": {"cidrs": ["10.0.0.0"], "port": 5432}}},
    "element of a list without its key": {**MODEL, "services": [{}]},
    "scalar for a keyed list": {**MODEL, "labels": "team"},
    "required member": with_service(volumes={"data": {"claim": {}}}),
    "nothing behind a member that must be given": {**MODEL, "services": None},
    "nothing behind a member that may be left out": with_service(delivery=None),
    "nothing behind a list": with_service(expose=None),
    "nothing behind a name": {**MODEL, "services": {"web": None}},
    "nothing in a list that must be given": {**MODEL, "services": {}},
    "nothing in what was chosen": with_service(livenessProbe={"httpGet": {"httpHeaders": None}}),
    "runtime without its name": {**MODEL, "runtimes": [{"replicas": 2}]},
    "either key of a member": {**MODEL, "externals": {"db": {"namespace": "db"}}},
    "mapping for a list of texts": with_service(args={"a": "b"}),
    "environment that is empty": {**MODEL, "environments": {"staging": None}},
    "environment called base": {**MODEL, "environments": {"base": {}}},
    "name of an environment": {**MODEL, "environments": {"Staging": {}}},
    "unknown key in an environment": {**MODEL, "environments": {"staging": {"services": {"web": {"replica": 3}}}}},
    "number out of range in an environment": {**MODEL, "environments": {"staging": {"services": {"web": {"port": 80000}}}}},
    "environments of an environment": {**MODEL, "environments": {"staging": {"environments": {}}}},
}


def models_of_cases(folder):
    for case in sorted(p.parent for p in folder.glob("*/expected.txt")):
        if (case / "args").exists() or not (case / "hybriddeploy.yaml").exists():
            continue
        yield case, set(re.findall(r"\[(HD\d{4})\]", (case / "expected.txt").read_text()))


def texts_of(schema):
    """(name, pattern) of each text: the name of its struct and its own; the pattern is None where there is none."""
    for struct, definition in {"app": schema, **schema["$defs"]}.items():
        for key, member in definition.get("properties", {}).items():
            parts = [member]
            while parts:
                part = parts.pop()
                parts += [*part.get("anyOf", []), *(part[k] for k in ("items", "additionalProperties") if isinstance(part.get(k), dict))]
                if "string" in part.get("type", ()) and not part.keys() & {"enum", "const", "properties"}:
                    yield f"{struct}.{key}", part.get("pattern")


def main():
    hybridgen, tests, examples = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    written = [subprocess.run([hybridgen, "schema"], capture_output=True, check=True).stdout for _ in range(2)]
    schema = json.loads(written[0])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    failures = [] if written[0] == written[1] else ["two runs write different schemas"]
    counts = {True: 0, False: 0}

    def expect(name, model, valid):
        errors = [f"at {'.'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in validator.iter_errors(model)]
        counts[valid] += 1
        if valid and errors:
            failures.append(f"{name} is refused: {errors[0]}")
        if not valid and not errors:
            failures.append(f"{name} is accepted; tighten the pattern of its form, or name it in BEYOND_PATTERNS")

    for name, model in ACCEPTED.items():
        expect(name, model, True)
    for name, model in REFUSED.items():
        expect(name, model, False)
    for file in sorted([*examples.glob("*/hybriddeploy.yaml"), *(tests / "golden").glob("*/hybriddeploy.yaml")]):
        expect(file, yaml.safe_load(file.read_text()), True)
    for case, codes in models_of_cases(tests / "cases"):
        other_reading = {c for c in codes if c.startswith("HD1")} - STRUCTURAL - CROSS_FIELD_READING
        if codes & STRUCTURAL:
            expect(case.name, yaml.safe_load((case / "hybriddeploy.yaml").read_text()), case.name in BEYOND_PATTERNS)
        elif codes and not other_reading:
            expect(case.name, yaml.safe_load((case / "hybriddeploy.yaml").read_text()), True)
    texts = list(texts_of(schema))
    failures += [f"{name} has no pattern: give it format_line or format_text" for name, pattern in texts
                 if not pattern and name not in FREE and name.split(".")[1] not in FREE]
    assert len(texts) > 300 and FREE <= {name for name, _ in texts} | {name.split(".")[1] for name, _ in texts}, FREE - {name for name, _ in texts}
    print("\n".join(f"FAIL {failure}" for failure in failures))
    print(f"{counts[True]} to be accepted, {counts[False]} to be refused, {len(failures)} failed")
    return len(failures) > 0


sys.exit(main())
