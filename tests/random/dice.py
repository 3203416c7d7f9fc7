"""A seeded source of choices, and the words that random models are made of."""
import random
import re

WORDS = ("auth orders cart search billing ledger stream video image mail push geo graph model train score rank fraud risk "
         "audit report export import sync cache queue index crawl parse render notify gate edge core user team plan quota").split()
NASTY = ["yes", "no", "on", "off", "y", "~", "null", "true", "1.10", "0644", "1_000", "12:30", "12:30:45", "1e3", "0x1f", "0o17", ".5", "+1",
         "2001-01-23", "=", "<<", "-", "?", ":", "- a", "a: b", "a #b", "#a", "&a", "*a", "!a", "%a", "@a", "`a", "|", ">", "[", "{a}", "]",
         "'", '"', "it's", 'say "no"', "back\\slash", " leading", "trailing ", "two\nlines", "line\n", "\n", "tab\there", "caf\u00e9",
         "\u4e2d\u6587", "\U0001f600", "a\n\nb\n", "  two\n spaces", "\x1b[0m", "next\u0085line", "separator\u2028here", "\ufeffmark",
         ".inf", ".nan", "-0", "007", "1.", "---", "...", "--- a", "a,b", "a]b", "{\"a\": [1, \"b\"]}", "http://example.com/?a=b&c=d#e"]


class Dice:
    def __init__(self, seed):
        self.source = random.Random(seed)
        self.random = self.source.random

    def chance(self, probability):
        return self.random() < probability

    def number(self, low, high):
        return low + int(self.random() * (high - low + 1))

    def pick(self, choices):
        return choices[int(self.random() * len(choices))]

    def some(self, choices, low, high):
        """Between low and high of the choices, each at most once, in a random order."""
        choices = list(choices)
        count = min(self.number(low, high), len(choices))
        return [choices.pop(int(self.random() * len(choices))) for _ in range(count)]

    def name(self, longest=63):
        """A DNS label that begins with a letter."""
        parts = [self.pick(WORDS) for _ in range(self.number(1, 2) if self.chance(0.9) else self.number(3, 9))]
        if self.chance(0.2):
            parts.append(str(self.number(0, 99)))
        return "-".join(parts)[:longest].rstrip("-")

    def unique_name(self, taken, longest=63):
        while True:
            name = self.name(longest)
            if name not in taken:
                taken.add(name)
                return name

    def text(self):
        """Some text, often one that careless writers print wrong."""
        if self.chance(0.4):
            return self.pick(NASTY)
        if self.chance(0.1):
            return self.pick(NASTY) + self.pick(NASTY)
        return " ".join(self.pick(WORDS) for _ in range(self.number(1, 5)))

    def lines(self):
        """The same without control characters but tabs and ends of lines."""
        return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", "", self.text())

    def line(self):
        """The same on one line."""
        return re.sub(r"\s", " ", self.lines())
