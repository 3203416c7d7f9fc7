"""Kubernetes quantities in the form in which the API server gives them back. (Kubernetes: apimachinery resource.Quantity)"""
import functools
import re
from fractions import Fraction

DECIMAL = {"n": -3, "u": -2, "m": -1, "": 0, "k": 1, "M": 2, "G": 3, "T": 4, "P": 5, "E": 6}
BINARY = {"Ki": 1, "Mi": 2, "Gi": 3, "Ti": 4, "Pi": 5, "Ei": 6}
FORM = re.compile(r"([+-]?)([0-9]+\.?[0-9]*|\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+|)\Z")


def parse(text):
    """(value, how it is written)"""
    match = FORM.match(text)
    if not match:
        raise ValueError(f"{text!r} is no quantity")
    value = Fraction(match[1] + match[2])
    suffix = match[3]
    if suffix in BINARY:
        return value * 1024 ** BINARY[suffix], "binary"
    if suffix in DECIMAL:
        return value * Fraction(1000) ** DECIMAL[suffix], "decimal"
    return value * Fraction(10) ** int(suffix[1:]), "exponent"


def decimal_form(value, suffix_of):
    power = -3
    value *= 1000 ** 3
    while power < 6 and value % 1000 == 0:
        value /= 1000
        power += 1
    return f"{int(value)}{suffix_of(power)}"


@functools.lru_cache(maxsize=4096)
def canonical(text):
    value, form = parse(text)
    value = Fraction(-(-value * 10 ** 9 // 1), 10 ** 9)
    if not value:
        return "0"
    if form == "binary" and abs(value) >= 1024 and value.denominator == 1:
        names, power = ["", *BINARY], 0
        while power < 6 and value % 1024 == 0:
            value /= 1024
            power += 1
        return f"{int(value)}{names[power]}"
    if form == "exponent":
        return decimal_form(value, lambda power: f"e{power * 3}" if power else "")
    names = {power: name for name, power in DECIMAL.items()}
    return decimal_form(value, names.get)


def amount(text):
    return parse(text)[0]
