"""Compares what a manifest holds with what the model wants there. The manifest may hold more: defaults of the runtime and the library."""
from model import text
import quantity

# What the server takes for the same when it is left out.
LEFT_OUT = {"initialDelaySeconds": 0, "minReadySeconds": 0, "partition": 0}


def number(value):
    """An int or a percentage, however it was written."""
    return int(value) if text(value).isdigit() else value


def by_name(items, name):
    return next((item for item in items or [] if item.get("name") == name), {})


def octal(mode):
    return int(text(mode), 8)


def amounts(value):
    return {name: quantity.canonical(text(amount)) for name, amount in (value or {}).items()}


class Fields:
    def __init__(self, judge, doc):
        self.judge, self.doc = judge, doc

    def has(self, where, got, wanted):
        if isinstance(wanted, dict):
            for key, item in wanted.items():
                if isinstance(got, dict) and key in got:
                    self.has(f"{where}.{key}", got[key], item)
                elif not (item is False or item == "" or item is None or LEFT_OUT.get(key, -1) == item):
                    self.judge.say(self.doc, f"{where} lacks {key}: {item!r}")
        elif isinstance(wanted, list) and isinstance(got, list) and len(got) == len(wanted):
            for i, item in enumerate(wanted):
                self.has(f"{where}[{i}]", got[i], item)
        elif got != wanted or isinstance(got, bool) != isinstance(wanted, bool):
            self.judge.say(self.doc, f"{where} is {got!r}, not {wanted!r}")

    def same(self, where, got, holder, *keys):
        """Members that mean the same in both."""
        self.has(where, got, {key: holder[key] for key in keys if key in holder})
