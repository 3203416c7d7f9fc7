"""Finds the places in a C file where one small fault can be planted. find(text, structs) yields each as a Fault.

It works on tokens and not on a syntax tree, so that table rows, which are macros, are seen as they are written. A fault that
makes no sense does not compile, and then it does not count.
"""
import itertools
import re
from dataclasses import dataclass

TOKEN = re.compile(r"""
    (?P<skip>\s+|/\*.*?\*/|//[^\n]*|^[ \t]*\#(?:\\\n|[^\n])*)
  | (?P<string>"(?:\\.|[^"\\])*")
  | (?P<char>'(?:\\.|[^'\\])*')
  | (?P<number>\d[\w.]*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<operator>->|\+\+|--|<<=?|>>=?|&&|\|\||[-+*/%&|^=!<>]=|\.\.\.|.)
""", re.VERBOSE | re.DOTALL | re.MULTILINE)

OPERATORS = {"==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "&&": "||", "||": "&&", "+": "-", "-": "+", "*": "/",
             "+=": "-=", "|=": "&=", "&": "|", "|": "&"}
WORDS = {"true": "false", "false": "true", "HD_TRUE": "HD_FALSE", "HD_FALSE": "HD_TRUE"}
# What a statement that may be dropped does not begin with: a declaration would only fail to compile.
DECLARES = {"const", "struct", "enum", "static", "int", "bool", "size_t", "char", "int64_t", "uint32_t", "uint64_t", "unsigned", "double", "extern",
            "jmp_buf", "union", "void", "typedef", "case", "default", "inline"}
# Characters of a text that are no part of a conversion such as %lld.
LETTER = re.compile(r"(?<![%\\])(?<!%l)(?<!%ll)[A-Za-z0-9]")

# The members of a struct, once tokens stand apart from each other: the type that all names of one line share, and each name.
DECLARATION = re.compile(r"\s*((?:(?:const|unsigned|long|struct|enum) )*\w+) ([^(){}]+)")
DECLARATOR = re.compile(r"((?:\* |const )*)(\w+)( [\[:].*)?")


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Fault:
    kind: str
    start: int
    end: int
    text: str


def tokens(text):
    return [Token(match.lastgroup, match.group(), match.start(), match.end()) for match in TOKEN.finditer(text) if match.lastgroup != "skip"]


def closing(items, at):
    """The index of the bracket that closes the one at `at`."""
    depth = 0
    for i in range(at, len(items)):
        depth += items[i].text in "([{"
        depth -= items[i].text in ")]}"
        if not depth:
            return i
    return len(items) - 1


def is_binary(text, token):
    """Whether it stands between two values, which the usual layout shows."""
    return text[token.start - 1] == " " == text[token.end]


def is_room(items, i):
    """Whether it is the size of an array where that is declared; a byte more changes nothing."""
    return i > 2 and items[i - 1].text == "[" and items[i - 2].kind == "word" and items[i - 3].kind == "word" and items[i - 3].text != "return"


def operators(text, items):
    for token in items:
        if token.kind != "operator":
            continue
        if token.text in OPERATORS and is_binary(text, token):
            yield Fault("operator", token.start, token.end, OPERATORS[token.text])
        if token.text == "!":
            yield Fault("operator", token.start, token.end, "")


def constants(_, items):
    for i, token in enumerate(items):
        if token.kind == "number" and token.text.rstrip("uUlL").isdigit() and not is_room(items, i):
            digits = token.text.rstrip("uUlL")
            yield Fault("constant", token.start, token.end, str(int(digits) + 1) + token.text[len(digits):])
        if token.text in WORDS:
            yield Fault("constant", token.start, token.end, WORDS[token.text])


def texts(_, items):
    for token in items:
        found = list(LETTER.finditer(token.text)) if token.kind == "string" else []
        if found:
            at = found[-1].start()
            yield Fault("text", token.start, token.end, token.text[:at] + ("y" if token.text[at] == "x" else "x") + token.text[at + 1:])


def conditions(text, items):
    for i, token in enumerate(items[:-1]):
        if token.text in ("if", "while") and items[i + 1].text == "(":
            start, end = items[i + 1].start, items[closing(items, i + 1)].end
            yield Fault("condition", start, end, f"(!{text[start:end]})")


def statements(text, items):
    depth = 0
    for i, token in enumerate(items):
        depth += (token.text in "([") - (token.text in ")]")
        begins = i and not depth and (items[i - 1].text in (";", "{", "}", "else") or ends_head(items, i - 1))
        if not begins or token.kind != "word" or token.text in DECLARES | {"if", "for", "while", "switch", "else", "do", "return"}:
            continue
        end = i
        while end < len(items) and items[end].text not in (";", "{", "}"):
            end = closing(items, end) + 1 if items[end].text in ("(", "[") else end + 1
        if end < len(items) and items[end].text == ";":
            yield Fault("statement", token.start, items[end].end, re.sub(r"[^\n]", "", text[token.start:items[end].end]) + ";")


def ends_head(items, i):
    """Whether the bracket at `i` closes the head of an if or a loop."""
    if items[i].text != ")":
        return False
    depth = 0
    for at in range(i, -1, -1):
        depth += items[at].text == ")"
        depth -= items[at].text == "("
        if not depth:
            return at > 0 and items[at - 1].text in ("if", "while", "for", "SEQ", "MAP", "ITEM", "DOC")
    return False


def rows(text, _):
    """A row of a table: a line of its own that ends with a comma, in what a brace holds at the margin."""
    for match in re.finditer(r"^    (?:[A-Z_]+\(|\{).*\},?$|^    [A-Z_]+\(.*\),$", text, re.MULTILINE):
        yield Fault("row", match.start(), match.end(), "")


def is_symmetric(items, i):
    """Whether it asks if two texts are equal, which does not depend on their order."""
    if items[i].text == "same_text":
        return True
    end = closing(items, i + 1)
    return items[i].text in ("strcmp", "strcasecmp") and (items[i - 1].text == "!" or [token.text for token in items[end + 1:end + 3]] in (["!=", "0"], ["==", "0"]))


def parts_of(items, i):
    """Begin and end of each argument between the bracket at `i` and the one that closes it."""
    parts, begin, at, end = [], i + 1, i + 1, closing(items, i)
    while at <= end:
        if at == end or items[at].text == ",":
            if at > begin:
                parts.append((items[begin].start, items[at - 1].end))
            begin = at + 1
        at = closing(items, at) + 1 if at < end and items[at].text in ("(", "[", "{") else at + 1
    return parts


def arguments(text, items):
    for i, token in enumerate(items[:-1]):
        if is_symmetric(items, i):
            continue
        if token.kind != "word" or items[i + 1].text != "(" or token.text in ("if", "while", "for", "switch", "return", "sizeof"):
            continue
        parts = parts_of(items, i + 1)
        # Number and size of an array's elements are multiplied.
        last = 2 if token.text in ("arena_array", "arena_room") else len(parts)
        for (a, b), (c, d) in zip(parts, parts[1:last]):
            if text[a:b] != text[c:d] and not text[a:b].startswith(".") and not text[c:d].startswith("."):
                yield Fault("arguments", a, d, text[c:d] + text[b:c] + text[a:b])


def structs_of(text):
    """The members of each struct that is defined in the text, each with its type as it is written: {struct: {member: type}}."""
    items, found = tokens(text), {}
    for i in range(len(items) - 2):
        if items[i].text == "struct" and items[i + 2].text == "{":
            found[items[i + 1].text] = dict(declared(items[i + 3:closing(items, i + 2)]))
    return found


def declared(items):
    """(name, type) of each member between the braces of a struct; without unnamed structs and functions, which are swapped with nothing."""
    for declaration in " ".join(token.text for token in items).split(";"):
        found = DECLARATION.fullmatch(declaration)
        for declarator in found[2].split(" , ") if found else []:
            part = DECLARATOR.fullmatch(declarator.strip())
            if part:
                yield part[2], " ".join([found[1], *part[1].split(), *(part[3] or "").split()])


def opening(items, at):
    """The index of the bracket that the one at `at` closes."""
    depth = 0
    for i in range(at, -1, -1):
        depth += items[i].text in ")]}"
        depth -= items[i].text in "([{"
        if not depth:
            return i
    return 0


def declared_as(items, i):
    """The struct as which the name at `i` is declared above, where it is declared last."""
    for at in range(i - 1, 1, -1):
        if items[at].text != items[i].text or items[at - 1].text not in ("*", "}") and items[at - 2].text != "struct":
            continue
        before = opening(items, at - 1) if items[at - 1].text == "}" else at - 1
        while before and items[before].text in ("*", "const", "{"):
            before -= 1
        if items[before - 1].text == "struct":
            return items[before].text
    return None


def struct_of(items, i, structs):
    """The struct whose member is named behind the arrow or the dot at `i`; None where what stands before is no name, member or element."""
    while i and items[i - 1].text == "]":
        i = opening(items, i - 1)
    if not i or items[i - 1].kind != "word":
        return None
    if items[i - 2].text not in ("->", "."):
        return declared_as(items, i - 1)
    kind = structs.get(struct_of(items, i - 2, structs), {}).get(items[i - 1].text, "")
    found = re.search(r"struct (\w+)", kind)
    return found and found[1]


def members(items, structs):
    """A member in the place of another one of the same struct and type."""
    for i, token in enumerate(items[:-1]):
        if token.text not in ("->", ".") or items[i + 1].kind != "word":
            continue
        name, owner = items[i + 1], structs.get(struct_of(items, i, structs), {})
        for other, kind in owner.items():
            if other != name.text and kind == owner.get(name.text):
                yield Fault("member", name.start, name.end, other)


KINDS = {"operator": operators, "constant": constants, "text": texts, "condition": conditions, "statement": statements, "row": rows,
         "arguments": arguments}


def rooms(items):
    """Begin and end of what only says how much room there is: names_init() takes any number, and grows, and a buffer may be larger."""
    for i, token in enumerate(items[:-1]):
        if token.text == "names_init" and items[i + 1].text == "(":
            yield parts_of(items, i + 1)[-1]
        # An element is hardly ever named by so large a number.
        if token.text.isdigit() and int(token.text) >= 16 and items[i - 1].text == "[" and items[i + 1].text == "]":
            yield token.start, token.end


def find(text, structs=None):
    """Each fault. `structs` are those that the text may use beside its own, as structs_of() gives them."""
    items = tokens(text)
    room = list(rooms(items))
    for fault in itertools.chain(*(kind(text, items) for kind in KINDS.values()), members(items, {**(structs or {}), **structs_of(text)})):
        if not any(start <= fault.start and fault.end <= end for start, end in room):
            yield fault


def planted(text, fault):
    return text[:fault.start] + fault.text + text[fault.end:]
