#!/usr/bin/env python3
"""Whether the runbook knows every alert, and names only what there is: check_runbook.py HYBRIDGEN MODEL ...

Each alert of the rules has an entry, where the alert's own link leads; each entry has an alert. Each command of the runbook is kubectl,
or a script of the folder with a verb that it has.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ADDRESS = "https://runbooks.example.com/"


def generated(hybridgen, model, folder):
    subprocess.run([hybridgen, "generate", "-q", "-f", model, "--set", "operations.enabled=true", "--set",
                    f"telemetry.alerts.runbookUrl={ADDRESS}", "-o", folder], check=True)
    rules = [yaml.safe_load(path.read_text()) for path in Path(folder).glob("*-prometheusrule-*.yaml")]
    alerts = [rule for document in rules for group in document["spec"]["groups"] for rule in group["rules"] if "alert" in rule]
    return alerts, Path(folder, "runbook.md").read_text()


def verbs(folder, script):
    text = Path(folder, "scripts", script).read_text()
    return re.search(r"^    ([a-z| -]+)\) shift ;;", text, re.M).group(1).split(" | ")


def faults(folder, alerts, runbook):
    entries = re.findall(r"^### (\w+)$", runbook.partition("\n## Alerts\n")[2], re.M)
    for alert in alerts:
        if alert["alert"] not in entries:
            yield f"{alert['alert']} has no entry"
        if alert["annotations"]["runbook_url"] != f"{ADDRESS}#{alert['alert'].lower()}":
            yield f"{alert['alert']} leads to {alert['annotations']['runbook_url']}"
    for entry in set(entries) - {alert["alert"] for alert in alerts}:
        yield f"{entry} has an entry, and is no alert"
    commands = [line for block in re.findall(r"^```sh\n(.*?)^```$", runbook, re.M | re.S) for line in block.splitlines()]
    for command in commands:
        words = command.split()
        if words[0].startswith("scripts/"):
            if words[1] not in verbs(folder, words[0].removeprefix("scripts/")):
                yield f"{command}: there is no such verb"
        elif words[0] != "kubectl":
            yield f"{command}: what is that?"
    if not alerts or not commands:
        yield "there are no alerts or no commands"


def main(hybridgen, *models):
    found, n_alerts = [], 0
    for model in models:
        with tempfile.TemporaryDirectory() as folder:
            alerts, runbook = generated(hybridgen, model, folder)
            found += [f"{model}: {fault}" for fault in faults(folder, alerts, runbook)]
            n_alerts += len({alert["alert"] for alert in alerts})
    print(*found, sep="\n")
    print(f"{n_alerts} alerts, {len(found)} faults")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
