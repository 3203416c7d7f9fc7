"""What a golden folder expects: expected.yaml, or expected.diff where the folder is a variant of another one.

The first line of expected.diff names the base: `--- ../BASE/expected.yaml`. Hunks follow as in a unified diff, but the line that
begins one names the object that it begins in, and no line numbers: what changes in the base elsewhere changes nothing here. A hunk
holds for the first place behind the hunk before it where all its lines of the base follow each other. The whole text comes out
again, to the byte.
"""
import difflib
import re

def expected(folder):
    """The whole text that is expected; None when nothing is yet."""
    if (folder / "expected.diff").exists():
        base, hunks = parse((folder / "expected.diff").read_text())
        return apply(expected(folder / base), hunks, folder)
    return (folder / "expected.yaml").read_text() if (folder / "expected.yaml").exists() else None


def keep(folder, text):
    """Writes the expectation anew, as the folder has it."""
    if (folder / "expected.diff").exists():
        base = parse((folder / "expected.diff").read_text())[0]
        (folder / "expected.diff").write_text(difference(folder, base, text))
    else:
        (folder / "expected.yaml").write_text(text)


def parse(text):
    lines = text.splitlines(keepends=True)
    base = re.fullmatch(r"--- (\S+)/expected\.yaml\n", lines[0])[1]
    hunks = []
    for line in lines[1:]:
        if line.startswith("@@"):
            hunks.append([])
        else:
            hunks[-1].append((line[0], line[1:]))
    return base, hunks


def first_place(lines, old, at):
    while True:
        try:
            at = lines.index(old[0], at)
        except ValueError:
            return None
        if lines[at:at + len(old)] == old:
            return at
        at += 1


def apply(base, hunks, folder):
    lines, result, at = base.splitlines(keepends=True), [], 0
    for hunk in hunks:
        old = [line for sign, line in hunk if sign != "+"]
        place = first_place(lines, old, at)
        if place is None:
            raise ValueError(f"{folder.name}/expected.diff: these lines do not follow each other in the base any more; "
                             f"run with --update, and read what changes:\n{''.join(old)}")
        result += lines[at:place] + [line for sign, line in hunk if sign != "-"]
        at = place + len(old)
    return "".join(result + lines[at:])


def object_at(lines, index):
    """The kind and the name of the document that a line stands in."""
    start = next((i for i in range(index, -1, -1) if lines[i] == "---\n"), 0)
    words = {}
    for line in lines[start:]:
        found = re.match(r"(kind|  name): (\S+)", line)
        if found:
            words.setdefault(found[1].strip(), found[2])
        if len(words) == 2:
            break
    return " ".join(words.get(word, "?") for word in ("kind", "name"))


def difference(folder, base, text):
    """The hunks, each with a line around it, and before it as many more as tell its place from earlier ones."""
    old, new = expected(folder / base).splitlines(keepends=True), text.splitlines(keepends=True)
    parts, at = [f"--- {base}/expected.yaml\n"], 0
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(1):
        begin, end = group[0][1], group[-1][2]
        changed_at = next(i1 for tag, i1, _, _, _ in group if tag != "equal")
        first = begin
        while first_place(old, old[first:end], at) != first:
            first -= 1
        parts.append(f"@@ {object_at(old, min(changed_at, len(old) - 1))} @@\n")
        parts += [" " + line for line in old[first:begin]]
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                parts += [" " + line for line in old[i1:i2]]
            else:
                parts += ["-" + line for line in old[i1:i2]] + ["+" + line for line in new[j1:j2]]
        at = end
    return "".join(parts)
