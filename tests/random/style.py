"""Writes a model as YAML or JSON in one of the many ways in which people write it."""
import contextlib
import json
import re

PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_./+-]*(?: [A-Za-z0-9_./+-]+)*\Z")
AMOUNT = re.compile(r"(?:[1-9][0-9]*(?:m|[kMGTPE]i?|%)|(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?(?:[KMGTPE]i)?)\Z")
RESERVED = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"}
ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")
BLOCK = re.compile(r"(?!#)[^\s\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff][^\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff]*\Z")


TAGGED = re.compile(r"[A-Za-z0-9.+_]+\Z")
FOLDED = re.compile(r"[a-z]+(?: [a-z]+)+\Z")


def is_plain(text):
    return (PLAIN.match(text) and text.lower() not in RESERVED) or AMOUNT.match(text)


def double_quoted(text):
    quoted = json.dumps(text, ensure_ascii=False)
    return ODD.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


class Writer:
    def __init__(self, dice):
        self.dice = dice
        self.lines = []
        self.indent = dice.pick([2, 2, 2, 4, 3])
        self.nested_lists = dice.chance(0.5)
        self.flow = dice.pick([0, 0.1, 0.3, 0.6])
        self.quotes = dice.pick([0, 0, 0.2, 1])
        self.anchors = dice.pick([0, 0, 0.5])
        self.anchored = []
        self.comments = dice.pick([0, 0, 0.1])
        self.separator = ", "
        self.is_foreign = False

    def scalar(self, value, is_key=False):
        if value is None:
            return self.dice.pick(["", "~", "null"])
        if isinstance(value, bool) and self.is_foreign:
            return "true" if value else "false"
        if value is True:
            return self.dice.pick(["true", "true", "True", "yes", "on"])
        if value is False:
            return self.dice.pick(["false", "false", "FALSE", "no", "off"])
        if isinstance(value, int):
            return str(value)
        if is_plain(value) and not (self.quotes and self.dice.chance(self.quotes)):
            return value
        if not is_key and TAGGED.match(value) and self.dice.chance(0.1):
            return "!!str " + value
        if value.isprintable() and self.dice.chance(0.5):
            return "'" + value.replace("'", "''") + "'"
        return double_quoted(value)

    def inline(self, value):
        """A value in flow style."""
        if isinstance(value, dict):
            return "{" + self.separator.join(self.inline_member(key, item) for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + self.separator.join(self.inline(item) for item in value) + "]"
        text = self.scalar(value)
        return text if text else "null"

    def inline_member(self, key, item):
        with self.foreign(key):
            return self.inline_pair(self.scalar(key, True), self.inline(item))

    @contextlib.contextmanager
    def foreign(self, key):
        """Objects that are not the library's have no truth values but YAML 1.2's."""
        before, self.is_foreign = self.is_foreign, self.is_foreign or key in ("manifests", "patches")
        yield
        self.is_foreign = before

    def inline_pair(self, key, value):
        return f"{key}:{'' if key[0] == chr(34) and self.dice.chance(0.05) else ' '}{value}"

    def flow_text(self, depth, value):
        """On one line, or broken after every comma."""
        self.separator = ", " if self.dice.chance(0.8) else ",\n" + " " * (depth + 6)
        return self.inline(value)

    def put(self, depth, text):
        if self.comments and self.dice.chance(self.comments):
            self.lines.append(" " * depth + "# a comment: with {signs} & more")
        self.lines.append(" " * depth + text)

    def alias(self, value):
        """The anchor of an equal value that stands further up, or a new anchor for this one."""
        if not self.anchors or not value or not self.dice.chance(self.anchors):
            return None, ""
        for name, earlier in self.anchored:
            if earlier == value and type(earlier) is type(value) and repr(earlier) == repr(value):
                return "*" + name, ""
        if len(self.anchored) < 40:
            name = f"{self.dice.pick(['a', 'x-', 'common_'])}{len(self.anchored)}"
            self.anchored.append((name, value))
            return None, f"&{name} "
        return None, ""

    def merged(self, value):
        """The mapping without what an anchored one gives, and that one's name."""
        if self.anchors and len(value) > 2:
            for name, earlier in self.anchored:
                if isinstance(earlier, dict) and len(earlier) > 1 and len(earlier) < len(value) and all(
                        key in value and repr(value[key]) == repr(item) for key, item in earlier.items()) and self.dice.chance(0.5):
                    return name, {key: item for key, item in value.items() if key not in earlier}
        return None, value

    def member(self, depth, lead, value, in_list):
        """Writes `lead value`, on further lines where it does not fit on one."""
        dice = self.dice
        alias, anchor = self.alias(value) if isinstance(value, (dict, list)) else (None, "")
        if alias:
            self.put(depth, f"{lead} {alias}")
        elif isinstance(value, (dict, list)) and (not value or dice.chance(self.flow) or (depth > 4 and dice.chance(0.3))):
            self.put(depth, f"{lead} {anchor}{self.flow_text(depth, value)}")
        elif isinstance(value, dict):
            if in_list and not anchor:
                mark = len(self.lines)
                self.mapping(depth + 2, value)
                first = next(i for i in range(mark, len(self.lines)) if not self.lines[i].lstrip().startswith("# a comment"))
                self.lines[first] = " " * depth + "- " + self.lines[first][depth + 2:]
            else:
                self.put(depth, f"{lead} {anchor}".rstrip())
                self.mapping(depth + self.indent, value)
        elif isinstance(value, list):
            self.put(depth, f"{lead} {anchor}".rstrip())
            self.sequence(depth + (self.indent if self.nested_lists or in_list else 0), value)
        elif isinstance(value, str) and "\n" in value and dice.chance(0.7) and self.block(depth, lead, value):
            pass
        elif isinstance(value, str) and FOLDED.match(value) and dice.chance(0.05):
            self.put(depth, f"{lead} >-")
            self.lines += [" " * (depth + 4) + word for word in value.split(" ")]
        else:
            comment = " # and why" if self.comments and dice.chance(self.comments) else ""
            self.put(depth, f"{lead} {self.scalar(value)}".rstrip(" ") + comment)

    def block(self, depth, lead, value):
        """A literal block, where the text is such that one can hold it."""
        body = value.rstrip("\n")
        if not BLOCK.match(body) or any(line != line.rstrip() for line in body.split("\n")):
            return False
        tail = len(value) - len(body)
        self.put(depth, f"{lead} |{'-' if not tail else '' if tail == 1 else '+'}")
        for line in body.split("\n"):
            self.lines.append(" " * (depth + 4) + line if line else "")
        self.lines += [""] * (tail - 1)
        return True

    def mapping(self, depth, value):
        name, rest = self.merged(value)
        if name:
            self.put(depth, f"<<: *{name}")
        for key, item in rest.items():
            with self.foreign(key):
                self.member(depth, f"{self.scalar(key, True)}:", item, False)

    def sequence(self, depth, value):
        for item in value:
            self.member(depth, "-", item, True)


def write_json(dice, model):
    indent = dice.pick([None, None, 1, 4])
    separators = (",", ":") if indent is None and dice.chance(0.5) else None
    return json.dumps(model, indent=indent, separators=separators, ensure_ascii=dice.chance(0.5)) + "\n"


def write(dice, model):
    if dice.chance(0.1):
        return write_json(dice, model)
    writer = Writer(dice)
    if dice.chance(0.2):
        writer.lines += ["%YAML 1.2", "---"] if dice.chance(0.2) else ["---"]
    writer.mapping(0, model)
    if dice.chance(0.05):
        writer.lines.append("...")
    text = "\n".join(writer.lines) + "\n"
    if dice.chance(0.03):
        text = text.replace("\n", "\r\n")
    return "\ufeff" + text if dice.chance(0.03) else text
