#!/usr/bin/env python3
"""What Prometheus makes of the rules and dashboards: run.py HYBRIDGEN [--promtool PROGRAM] [--grafana] [--models N]

promtool reads every rule of the golden files and the examples, and every query of their dashboards. Each alert is raised on bad
series, and quiet on good ones and without any. All metrics and labels that are asked for are those that the sources really have
(metrics.json). Without promtool there is nothing to ask, and that is a failure. With --grafana the types of Grafana's own schema read
every dashboard; that needs Go.
"""
import argparse
import collections
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / name) for name in ("", "random", "policy", "judges")]

import alerts
import behaviour
import dashboards
import generate as random_models
from dice import Dice
from expected import expected
from promtool import Promtool, is_there
from series import KNOWN, faults

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SOURCES = {"istio": [], "ambient": ["mesh=ambient", "telemetry.sources.requests=istio", "services.web.trafficPolicy.timeout=5s"], "spanMetrics": ["telemetry.sources.requests=spanMetrics"],
           "sdk": ["telemetry.sources.requests=sdk"]}


def manifests(hybridgen, model, settings=()):
    sets = [argument for setting in settings for argument in ("--set", setting)]
    run = subprocess.run([hybridgen, "generate", "-f", str(model), "--format", "json", *sets], capture_output=True, text=True, timeout=60,
                         check=False)
    if run.returncode:
        sys.exit(f"{model}: {run.stderr}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def groups_of(docs):
    return [group for doc in docs if doc["kind"] == "PrometheusRule" for group in doc["spec"]["groups"]]


def about(groups, alert):
    """The rules that one alert is made of, so that promtool need not evaluate all others for hours of series."""
    kept = []
    for group in groups:
        rules = [rule for rule in group["rules"] if rule.get("alert") == alert]
        if rules:
            kept.append({**group, "rules": [rule for rule in group["rules"] if "record" in rule] + rules})
    return kept


class Suite:
    def __init__(self, options, folder):
        self.hybridgen, self.promtool = options.hybridgen, Promtool(options.promtool, Path(folder))
        self.failures, self.counts = [], collections.Counter()
        self.folder, self.boards = Path(folder), []

    def fail(self, what):
        self.failures.append(what)

    def check_model(self, name, docs):
        groups = groups_of(docs)
        for group in groups:
            for rule in group["rules"]:
                self.counts["rules"] += 1
                self.failures += [f"{name}: {rule.get('alert') or rule['record']}: {words}" for words in faults(rule["expr"])]
        said = self.promtool.check_rules(groups) if groups else ""
        if said:
            self.fail(f"{name}: {said}")
        for title, board in dashboards.of(docs):
            self.counts["dashboards"] += 1
            self.boards.append((f"{name}: {title}", board))
            self.failures += [f"{name}: {title}: {words}" for words in dashboards.problems(board)]
            expressions = dashboards.expressions(board)
            self.counts["queries"] += len(expressions)
            said = self.promtool.check_expressions(expressions)
            if said:
                self.fail(f"{name}: {title}: {said}")
            for expression in expressions:
                self.failures += [f"{name}: {title}: {words}" for words in faults(expression)]

    def check_random(self, seed):
        """A random model with alerts: what it says of them comes out, and promtool takes it."""
        value, _ = random_models.valid(seed)
        alerts.add(Dice(f"alerts {seed}"), value)
        path = self.folder / "model.yaml"
        path.write_text(json.dumps(value))
        run = subprocess.run([self.hybridgen, "generate", "-f", path, "--format", "json"], capture_output=True, text=True, timeout=60, check=False)
        self.counts["random models"] += 1
        if run.returncode:
            self.fail(f"model {seed}: " + "\n".join(line for line in run.stderr.splitlines() if ": error: " in line))
            return
        docs = [json.loads(line) for line in run.stdout.splitlines()]
        self.failures += [f"model {seed}: {words}" for words in alerts.problems(value, docs)]
        self.check_model(f"model {seed}", docs)

    def check_schema(self):
        """Grafana's types read all dashboards, and not one whose members were harmed."""
        judge = self.folder / "judge"
        subprocess.run(["go", "build", "-o", judge, "."], cwd=HERE / "grafana", check=True)
        harmed = json.loads(json.dumps(self.boards[0][1]))
        harmed["panels"][0]["gridPos"]["h"] = "8"
        harmed["panels"][-1]["tittle"] = "nobody reads this"
        for i, (name, board) in enumerate([*self.boards, ("harmed", harmed)]):
            path = self.folder / f"board{i}.json"
            path.write_text(json.dumps(board))
            run = subprocess.run([judge, path], capture_output=True, text=True, check=False)
            if name == "harmed" and not ("gridPos" in run.stdout and "tittle" in run.stdout):
                self.fail(f"Grafana's types do not see what was harmed: {run.stdout}")
            elif name != "harmed" and run.returncode:
                self.fail(f"{name}: {run.stdout}{run.stderr}")
        self.counts["dashboards read by Grafana's types"] = len(self.boards)

    def check_seen(self):
        """What is asked of the collector was seen at a running one (metrics.txt)."""
        seen = {name.removesuffix("_total") for name in (HERE / "metrics.txt").read_text().split()}
        for source in ("spanMetrics", "sdk", "collector"):
            for name in KNOWN[source]["metrics"]:
                self.counts["metrics that a collector showed"] += 1
                if name.removesuffix("_total") not in seen:
                    self.fail(f"no running collector had {name}")

    def check_behaviour(self, docs, source, scenes):
        groups = groups_of(docs)
        self.counts["scenes"] += len(scenes)
        for alert in sorted({scene.alert for scene in scenes}):
            said = self.promtool.run_tests(about(groups, alert), [scene.test() for scene in scenes if scene.alert == alert])
            if said:
                self.fail(f"{source}: {said}")
        return {scene.alert for scene in scenes if scene.expected}, {scene.alert for scene in scenes if not scene.expected}, \
            {rule["alert"] for group in groups for rule in group["rules"] if "alert" in rule}

    def check_alerts(self):
        loud, quiet, there = set(), set(), set()
        for source, settings in SOURCES.items():
            docs = manifests(self.hybridgen, HERE / "shop.yaml", settings)
            self.check_model(f"shop.yaml, {source}", docs)
            scenes = behaviour.of_requests(source)
            if source == "istio":
                scenes += behaviour.of_istio() + behaviour.of_pods() + behaviour.of_the_application()
            for all_of_them, more in zip((loud, quiet, there), self.check_behaviour(docs, source, scenes)):
                all_of_them |= more
        docs = manifests(self.hybridgen, HERE / "versions.yaml")
        self.check_model("versions.yaml", docs)
        overview = next(board for title, board in dashboards.of(docs) if any(panel.get("title") == "Missing pods" for panel in board["panels"]))
        missing = next(panel for panel in overview["panels"] if panel["title"] == "Missing pods")
        if not any('owner_kind="Rollout"' in target["expr"] for target in missing["targets"]):
            self.failures.append("versions.yaml: the overview does not see the pods of a Rollout")
        self.check_behaviour(docs, "versions", behaviour.of_versions())
        if loud != there:
            self.fail(f"no scene raises {there - loud}, or none has {loud - there}")
        if there - quiet != {"Watchdog"}:
            self.fail(f"no scene is quiet about {there - quiet}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hybridgen")
    parser.add_argument("--promtool", default="promtool")
    parser.add_argument("--grafana", action="store_true")
    parser.add_argument("--models", type=int, default=20)
    parser.add_argument("--from", type=int, default=0, dest="first")
    options = parser.parse_args()
    if not is_there(options.promtool):
        sys.exit(f"{options.promtool} is not there: install Debian's package prometheus, or give --promtool")
    with tempfile.TemporaryDirectory() as folder:
        suite = Suite(options, folder)
        for model in sorted([*ROOT.glob("tests/golden/*/expected.*"), *ROOT.glob("examples/*/expected.*")]):
            suite.check_model(model.parent.name, [doc for doc in yaml.load_all(expected(model.parent), Loader=yaml.CSafeLoader) if doc])
        suite.check_seen()
        suite.check_alerts()
        for seed in range(options.first, options.first + options.models):
            suite.check_random(seed)
        if options.grafana:
            suite.check_schema()
    print("\n".join(suite.failures))
    print(", ".join(f"{count} {what}" for what, count in suite.counts.items()) + f"; {len(suite.failures)} failures")
    sys.exit(bool(suite.failures))


if __name__ == "__main__":
    main()
