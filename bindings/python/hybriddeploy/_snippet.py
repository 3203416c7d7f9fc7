"""The line that a finding means, with a mark under the value: as hybridgen shows it."""
import re
import unicodedata

_SHOWN, _BEFORE = 110, 60  # columns of a line, and how many of them before the mark where it is cut
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"?|\'(?:[^\']|\'\')*\'?')
_TOKEN = re.compile(_QUOTED.pattern + r"|[\[\]{}]")
_OPEN = re.compile(r"(?<![^ \[{,:])(?:" + _QUOTED.pattern + r")|[\[\]{}]")
_PLAIN_END = re.compile(r":(?=[ \t,\]}]|$)|[ \t](?=#)")
_PLAIN_END_IN_BRACKETS = re.compile(_PLAIN_END.pattern + r"|[,\]}]")


def _collection_end(line, start):
    depth = 0
    for match in _TOKEN.finditer(line, start):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return start + 1


def _plain_end(line, start):
    brackets = [match[0] for match in _OPEN.finditer(line, 0, start) if match[0] in "[]{}"]
    depth = sum(1 if one in "[{" else -1 for one in brackets)
    found = (_PLAIN_END_IN_BRACKETS if depth > 0 else _PLAIN_END).search(line, start)
    return found.start() if found else len(line)


def _value_end(line, start):
    """Where the value at a place of a line ends, as far as the line tells."""
    if line.startswith("--set ") and "=" not in line[:start]:
        line = line.partition("=")[0]
    if start >= len(line):
        return start
    if line[start] in "\"'":
        end = _QUOTED.match(line, start).end()
    elif line[start] in "[{":
        end = _collection_end(line, start)
    else:
        end = _plain_end(line, start)
    return max(len(line[:end].rstrip(" \t")), start + 1)


def _cell(c, column):
    """A character as a terminal shows it at a column, and how many columns it takes."""
    if c == "\t":
        return " " * (8 - column % 8), 8 - column % 8
    if not c.isprintable():
        # A byte that is no text stands here as half of a pair.
        shown = f"<{ord(c) - 0xDC00:02X}>" if "\udc80" <= c <= "\udcff" else f"<U+{ord(c):04X}>"
        return shown, len(shown)
    if c.isascii():
        return c, 1
    return c, 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1


def visible(text):
    """A text of several lines in which nothing is obeyed by a terminal: what does not print stands there by its number."""
    return "".join(c if c == "\n" else "<U+0009>" if c == "\t" else _cell(c, 0)[0] for c in text)


def _width(text):
    return sum(_cell(c, 0)[1] for c in text)


def _first_shown(line, caret):
    """The first letter of a line that is shown: of a long one, not much before the mark."""
    start = 0
    if _width(line) > _SHOWN:
        start, room = caret, _BEFORE
        while start and _width(line[start - 1]) <= room:
            start -= 1
            room -= _width(line[start])
    return start


def snippet(line, number, column=None):
    """A line and its number, with a mark under the value at a column."""
    if not line:
        return ""
    caret = min((column or 1) - 1, len(line))
    i, end = _first_shown(line, caret), _value_end(line, caret)
    text = "..." if i else ""
    width = mark = mark_end = len(text)
    while i < len(line) and (i <= caret or width < _SHOWN):
        cell, more = _cell(line[i], width)
        text, width, i = text + cell, width + more, i + 1
        if i <= caret:
            mark = width
        if i <= end:
            mark_end = width
    text = f"{number:5} | {text}{'...' if i < len(line) else ''}\n"
    if column:
        text += f"      | {' ' * mark}^{'~' * (mark_end - mark - 1)}\n"
    return text
