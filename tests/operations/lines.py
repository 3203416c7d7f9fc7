"""Which lines of the scripts the tests have run: bash tells each command's line, and shfmt which lines have commands."""
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "lib/operations/emit/scripts"

# Lines that no test runs, as they stand in the script, and why.
EXCUSED = {
    """printf '%s\\n' "this needs bash 4.4 or later; this is ${BASH_VERSION}" >&2""": "an older bash would be needed",
    "exit 2": "the same, where it stands behind that line",
}

PROLOGUE = """\
exec {BASH_XTRACEFD}>>"$SCRIPT_TRACE/$$"
PS4='+${BASH_SOURCE##*/}:${LINENO} '
set -x
"""


def traced(environment):
    """The environment, in which each bash writes down what it runs; into a folder of its own unless SCRIPT_TRACE names one."""
    folder = Path(os.environ.setdefault("SCRIPT_TRACE", tempfile.mkdtemp(prefix="script-trace-")))
    folder.mkdir(exist_ok=True)
    prologue = folder / "prologue.sh"
    prologue.write_text(PROLOGUE)
    return {**environment, "SCRIPT_TRACE": str(folder), "BASH_ENV": str(prologue)}


def commands(script):
    """First and last line of each command. One in a word or a redirection of another one is told by bash with other lines, and goes with it."""
    tree = json.loads(subprocess.run(["shfmt", "--to-json"], input=script.read_bytes(), check=True, capture_output=True).stdout)
    found, left = set(), [tree]
    while left:
        node = left.pop()
        if isinstance(node, list):
            left += node
        elif isinstance(node, dict) and node.get("Type") in ("CallExpr", "DeclClause", "TestClause", "ArithmCmd", "LetClause"):
            found.add((node["Pos"]["Line"], node["End"]["Line"]))
        elif isinstance(node, dict):
            left += (value for key, value in node.items() if key != "Redirs")
    return sorted(found)


def seen():
    """(script, line) of all that was run."""
    found = set()
    for trace in Path(os.environ["SCRIPT_TRACE"]).glob("[0-9]*"):
        found.update((name, int(line)) for name, line in re.findall(r"^\++([a-z-]+\.sh):(\d+) ", trace.read_text(errors="replace"), re.M))
    return found


def missed():
    """What no test has run: script:line and the line's text."""
    run, excused = seen(), set()
    for script in sorted(SCRIPTS.glob("*.sh")):
        lines = script.read_text().splitlines()
        for first, last in commands(script):
            text = lines[first - 1].strip()
            if not any((script.name, line) in run for line in range(first, last + 1)):
                if text in EXCUSED:
                    excused.add(text)
                else:
                    yield f"{script.name}:{first}: {text}"
    yield from (f"is run, or is no line any more: {text}" for text in EXCUSED.keys() - excused)
