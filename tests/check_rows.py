#!/usr/bin/env python3
"""Each row of a table is shown to a test: check_rows.py LIB TESTS EXAMPLES

A table lists programs, variables, images, labels. Its rules pass their tests as soon as one of them is tried, and a row that is wrong or lost
is not noticed. So each text of each row must stand in a model or an expectation of the tests, a list of words word by word; and so must each
text of a list of texts, and of the words that a member may have. A way into an object is no text for users, and left out. rows.txt names those that cannot be shown, and why.
"""
import re
import sys
from pathlib import Path

ROW = re.compile(r"^    \{.*\},?$|^ *static const char \*const \w+\[\](?:\[\d\])? = \{[^;]*\};|^CHOICES\([^;]*;|^WORDS\([^;]*;", re.MULTILINE)
TEXT = re.compile(r'"((?:\\.|[^"\\])*)"')
WAY = re.compile(r"\[\]|^(?:spec|template|rules|tls|metadata|volumes)\.")
# Know nothing of the model, or have rows of ways and kinds, which other tests hold.
OTHERS = {"core", "cluster", "change", "output", "explain", "subprojects", "patch", "foreign"}
READ = {".yaml", ".yml", ".txt", ".py", ".c", ".h", ".json", ".md", ".diff", ".conf"}


def texts_of(row):
    for text in TEXT.findall(row):
        text = re.sub(r"\\(.)", r"\1", text)
        if WAY.search(text):
            continue
        if text.startswith(" ") and text.endswith(" "):
            yield from (word for word in text.split() if len(word) > 1)
        elif len(text) > 1:
            yield text


def shown(folders):
    return "\n".join(path.read_text(errors="replace") for folder in folders for path in sorted(folder.rglob("*"))
                     if path.is_file() and path.suffix in READ and path.name not in ("check_rows.py", "rows.txt"))


def main():
    lib, *folders = map(Path, sys.argv[1:])
    text = re.sub(r"\s+", " ", shown(folders))
    excused = {line for line in Path(__file__).with_name("rows.txt").read_text().splitlines() if line and not line.startswith("#")}
    n_rows, missing = 0, []
    for path in sorted(lib.rglob("*.c")):
        if path.relative_to(lib).parts[0] in OTHERS:
            continue
        for row in ROW.findall(path.read_text()):
            n_rows += 1
            missing += [(path.relative_to(lib), one) for one in texts_of(row) if one not in text]
    for path, one in missing:
        if one not in excused:
            print(f"FAIL {path}: no test shows {one!r}")
    unneeded = excused - {one for _, one in missing}
    for one in sorted(unneeded):
        print(f"FAIL rows.txt: {one!r} is shown, or stands in no row")
    failed = [one for _, one in missing if one not in excused]
    print(f"{n_rows} rows, {len(failed)} texts that no test shows")
    return bool(failed or unneeded) or not n_rows


if __name__ == "__main__":
    sys.exit(main())
