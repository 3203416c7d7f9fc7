"""Whether regular expressions are valid for RE2, which Envoy, Prometheus and the collector use, and match only the text they stand for."""
import re
import warnings

from api import of_kind, walk
from series import queries

# Syntax that Python has and RE2 lacks: look-around, back references, conditions, possessive and atomic groups, \\Z.
UNKNOWN = re.compile(r"\(\?(?:[=!(>]|<[=!]|P=)|\\[1-9Z]|[*+?}]\+")
MOST_REPEATED = 1000


def fault(text):
    """Why RE2 refuses an expression; None when it accepts it."""
    plain = re.sub(r"\\\\", "", text)
    if UNKNOWN.search(plain):
        return f"RE2 does not know {UNKNOWN.search(plain)[0]!r}"
    if any(int(number) > MOST_REPEATED for number in re.findall(r"(?<!\\)\{(?:\d+,)?(\d+)\}", plain)):
        return f"RE2 repeats no more than {MOST_REPEATED} times"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text.replace(r"\z", r"\Z"))
    except re.error as error:
        return str(error)
    return None


def given(docs):
    """All emitted expressions, as (object, expression)."""
    for doc in docs:
        for path, item in walk(doc.get("spec") or {}):
            if not path:
                continue
            if path[-1] == "regex" and isinstance(item, str):
                yield doc, item
            elif path[-2:] == ("uriRegexRewrite", "match"):
                yield doc, item
            elif isinstance(item, dict) and item.get("type") == "RegularExpression":
                yield doc, item.get("value", "")
    for doc, query in queries(docs):
        for text in re.findall(r'[=!]~"((?:[^"\\]|\\.)*)"', query):
            yield doc, text.replace("\\\\", "\\")


def others(text):
    """Texts that an expression for `text` must not match: each has a letter in the place of one sign that is special in expressions."""
    return [text[:at] + "q" + text[at + 1:] for at, sign in enumerate(text) if not sign.isalnum() and sign not in "/-_~"]


def rewrites(docs):
    """An expression that was made from a path matches that path and no other."""
    for doc in of_kind(docs, "VirtualService"):
        for route in doc["spec"].get("http", []):
            expression = route.get("rewrite", {}).get("uriRegexRewrite", {}).get("match")
            texts = [text for match in route.get("match", []) for kind, text in match.get("uri", {}).items() if kind in ("exact", "prefix")]
            for text in texts if expression and not fault(expression) else []:
                if not re.match(expression, text):
                    yield doc, f"{expression!r} does not take {text!r}"
                for other in others(text):
                    if re.match(expression, other):
                        yield doc, f"{expression!r} takes {other!r} for {text!r}"


def problems(value, docs):
    found = [(doc, f"{text!r}: {fault(text)}") for doc, text in given(docs) if fault(text)]
    return [f"{doc['kind']} {doc['metadata']['name']}: {words}" for doc, words in found + list(rewrites(docs))]
