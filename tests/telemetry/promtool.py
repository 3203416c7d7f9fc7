"""Asks promtool, Prometheus' own judge of rules, about rules and expressions."""
import json
import re
import subprocess


class Promtool:
    def __init__(self, program, folder):
        self.program, self.folder, self.count = program, folder, 0

    def write(self, data):
        """JSON is YAML."""
        self.count += 1
        path = self.folder / f"{self.count}.yaml"
        path.write_text(json.dumps(data))
        return path

    def call(self, *arguments):
        run = subprocess.run([self.program, *arguments], capture_output=True, text=True, timeout=600, check=False)
        return run.returncode, run.stdout + run.stderr

    def check_rules(self, groups):
        """What is wrong with groups of rules, lint included; "" when nothing is."""
        status, said = self.call("check", "rules", "--lint=all", "--lint-fatal", str(self.write({"groups": groups})))
        return said if status else ""

    def check_expressions(self, expressions):
        """What is wrong with queries. Each becomes a rule, which promtool parses."""
        rules = [{"record": f"query:{i}", "expr": expression} for i, expression in enumerate(expressions)]
        return self.check_rules([{"name": "queries", "rules": rules}]) if rules else ""

    def run_tests(self, groups, tests):
        """What `promtool test rules` has against the rules; "" when they do as the tests say."""
        rules = self.write({"groups": groups})
        status, said = self.call("test", "rules", str(self.write({"rule_files": [rules.name], "evaluation_interval": "1m", "tests": tests})))
        return said if status else ""


def is_there(program):
    try:
        return "promtool, version" in "".join(subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout)
    except OSError:
        return False


# Words of PromQL that stand where a metric's name might.
WORDS = set("sum min max avg count by without on ignoring group_left group_right and or unless bool offset rate irate increase vector time "
            "histogram_quantile max_over_time min_over_time avg_over_time sum_over_time count_over_time changes clamp_min clamp_max label_replace "
            "topk bottomk quantile absent scalar round inf nan".split())


def selectors(expression):
    """The series that an expression asks for: pairs of a metric's name and the labels that its matchers name."""
    found = []
    # Braces in texts, such as those of a regular expression, close nothing.
    expression = re.sub(r"\"(?:[^\"\\]|\\.)*\"", lambda text: text[0].replace("{", "(").replace("}", ")"), expression)
    for name, matchers in re.findall(r"\{__name__=~\"(\w+)\(_total\)\?\"([^{}]*)\}", expression):
        found.append((name, re.findall(r"(\w+)\s*(?:=~|!~|!=|=)\s*\"", matchers)))
    for name, matchers in re.findall(r"(?<![\w:\"$])([a-zA-Z_:][\w:]*)\s*(\{[^{}]*\})", expression):
        found.append((name, re.findall(r"(\w+)\s*(?:=~|!~|!=|=)\s*\"", matchers)))
    bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"|\{[^{}]*\}|\[[^\]]*\]|\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", " ", expression)
    for name in re.findall(r"(?<![\w:.$])([a-zA-Z_:][\w:]*)(?![\w:])(?!\s*\()", bare):
        if name not in WORDS and name not in [known for known, _ in found]:
            found.append((name, []))
    return found


def groupings(expression):
    """The labels that an expression groups or joins by."""
    return [label.strip() for labels in re.findall(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)", expression)
            for label in labels.split(",") if label.strip()]
