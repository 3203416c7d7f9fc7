"""Harm for models: of their structure, and of their text."""
import copy
import sys

# What is nested a few hundred deep is copied and written by recursion.
sys.setrecursionlimit(20000)

TOKENS = [b"*x", b"&a ", b"<<: ", b"!!binary ", b"? ", b"- ", b"{", b"[", b"}", b"]", b"|\n", b">\n", b"%YAML 1.1\n", b"\n---\n", b"\n...\n", b"\t",
          b"'", b'"', b": ", b"#", b"\x00", b"\xff\xfe", b"\xc3", b"\xef\xbb\xbf", b"\\u0000", b"\r\n", b"99999999999999999999", b"-1", b"0", b"~",
          b"\xe2\x80\xa8", b"!<tag:x> ", b"[[[[[[[[", b"@", b"`", b"*common_0", b"&x-1 ", b"\n", b" ", b"  "]
VALUES = [None, True, False, 0, 1, -1, 2 ** 31, 2 ** 63, 10 ** 30, "", "x", "yes", "1.10", "64m", "A_B", "a" * 64, "a" * 300, "..", "/", "0644", [], {},
          [[]], [None], {"": ""}, {"a": {"b": "c"}}, [1, 2], "http", 8000, "100%", "\u0000", "\u00e9", "*", "a/b/c", "-5", "1e99", "9" * 40,
          "sha256:0", "10.0.0.1/8", "latest"]


def places(value, found):
    """Every (container, key) below a value."""
    for key in value if isinstance(value, dict) else range(len(value)):
        found.append((value, key))
        if isinstance(value[key], (dict, list)):
            places(value[key], found)
    return found


def typo(dice, word):
    if not isinstance(word, str) or not word:
        return "x"
    at = dice.number(0, len(word) - 1)
    return dice.pick([word[:at] + word[at + 1:], word[:at] + "x" + word[at:], word.upper(), word + "s"])


def nested(dice, value):
    for _ in range(dice.pick([1, 10, 300])):
        value = [value] if dice.chance(0.5) else {"name": value}
    return value


def structure(dice, model):
    model = copy.deepcopy(model)
    for _ in range(dice.number(1, 6)):
        found = places(model, [])
        if not found:
            break
        holder, key = dice.pick(found)
        other, other_key = dice.pick(found)
        shape = dice.number(0, 7)
        if shape == 0:
            del holder[key]
        elif shape == 1:
            holder[key] = copy.deepcopy(dice.pick(VALUES))
        elif shape == 2 and isinstance(holder, dict):
            holder[typo(dice, key)] = holder.pop(key)
        elif shape == 3 and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        elif shape == 4:
            holder[key] = copy.deepcopy(other[other_key])
        elif shape == 5:
            holder[key] = nested(dice, holder[key])
        elif shape == 6 and isinstance(holder[key], str):
            holder[key] = dice.text() if dice.chance(0.5) else typo(dice, holder[key])
        elif shape == 7 and isinstance(holder[key], int):
            holder[key] = holder[key] * dice.pick([-1, 0, 10, 1000000])
    return model


def text(dice, data):
    """Bytes cut, doubled, put in or changed; more in some files than in others."""
    for _ in range(dice.pick([1, 1, 2, 3, 10])):
        start = dice.number(0, len(data))
        end = min(len(data), start + dice.pick([0, 1, 1, 2, 10, 200]))
        shape = dice.number(0, 6)
        if shape == 0:
            data = data[:start] + data[end:]
        elif shape == 1:
            data = data[:start] + data[start:end] * 2 + data[end:]
        elif shape == 2:
            data = data[:start] + dice.pick(TOKENS) + data[start:]
        elif shape == 3:
            data = data[:start] + bytes([dice.number(0, 255)]) + data[start + 1:]
        elif shape == 4:
            lines = data.split(b"\n")
            line = dice.number(0, len(lines) - 1)
            lines.insert(dice.number(0, len(lines)), lines[line])
            data = b"\n".join(lines)
        elif shape == 5:
            lines = data.split(b"\n")
            line = dice.number(0, len(lines) - 1)
            lines[line] = b" " * dice.number(0, 8) + lines[line].lstrip()
            data = b"\n".join(lines)
        elif dice.chance(0.2):
            data = data[:start]
    return data
