"""The tables of the model, where each row stands in a model, and what may be put there to see what is made of it.

Nothing here names a member: a new row takes part as soon as a golden model has it, and every row must be in one of those.
"""
import json
import subprocess

(STRING, INTEGER, OPTIONAL_INTEGER, BOOLEAN, ENUMERATION, INT_OR_STRING, STRING_LIST, STRUCT, EMBEDDED, STRUCT_LIST,
 VALUE) = range(1, 12)
NUMBERS = (INTEGER, OPTIONAL_INTEGER)
ROOT = "hd_app"
LONG = "a" * 5000
SERVICES = {"web": {"runtime": "cpython"}}


class Row:
    def __init__(self, struct, place, said):
        self.place = place
        self.struct, self.kind, self.key, self.doc = struct, said["kind"], said["key"], said["doc"]
        self.of, self.words, self.short_key = said.get("of"), said.get("words", []), said.get("shortKey")
        self.pattern, self.key_pattern = said.get("pattern"), said.get("keyPattern")
        self.min, self.max, self.since = said.get("min", 0), said.get("max", 0), said.get("since", 0)
        self.workloads, self.mesh, self.choice = said.get("workloads", 0), said.get("mesh", 0), said.get("choice", 0)
        self.alone, self.required = bool(said.get("alone")), bool(said.get("required"))

    @property
    def name(self):
        return f"{self.struct.removeprefix('hd_')}.{self.key}"

    @property
    def is_bounded(self):
        return self.kind in NUMBERS and bool(self.min or self.max)


class Struct:
    def __init__(self, name, said):
        self.name, self.scalar, self.keyed_by, self.map = name, said.get("scalar"), said.get("keyedBy"), said["map"]
        self.whole = said.get("whole")
        self.rows = [Row(name, place, field) for place, field in enumerate(said["fields"])]


class Place:
    """A row where a model has it: the keys and indexes that lead there."""

    def __init__(self, path, row, value):
        self.path, self.row, self.value = path, row, value

    @property
    def holds_defaults(self):
        return self.path[0] == "runtimes"


class Tables:
    def __init__(self, print_tables):
        said = json.loads(subprocess.run([print_tables], capture_output=True, check=True).stdout)
        self.structs = {name: Struct(name, struct) for name, struct in said.items()}

    def rows(self, struct):
        """The rows of a struct, and of those that are embedded in it."""
        for row in self.structs[struct].rows:
            if row.kind == EMBEDDED:
                yield from self.rows(row.of)
            else:
                yield row

    def row(self, struct, key):
        return next((row for row in self.rows(struct) if key in (row.key, row.short_key)), None)

    def places(self, value, struct=ROOT, path=()):
        """Every place of a model that a row describes. A mapping that is a value as a whole is one place."""
        whole = self.structs[struct].whole
        if whole:
            yield Place(path, self.row(struct, whole if isinstance(value, dict) else self.structs[struct].scalar), value)
            return
        for key, item in value.items() if isinstance(value, dict) else ():
            row = self.row(struct, key)
            if not row:
                continue
            yield Place((*path, key), row, item)
            if row.kind == STRUCT:
                yield from self.places(item, row.of, (*path, key))
            elif row.kind == STRUCT_LIST and not self.structs[row.of].map:
                for way, element in self.elements(row, item):
                    yield from self.places(element, row.of, (*path, key, *way))

    def elements(self, row, value):
        """Elements of a list, with the way to each: a list, a mapping from their keys, or the only one."""
        if isinstance(value, list):
            return [((i,), element) for i, element in enumerate(value)]
        if isinstance(value, dict) and self.structs[row.of].keyed_by:
            return [((name,), element) for name, element in value.items()]
        return [((), value)]

    def shrunk(self, value, path, struct=ROOT):
        """The model with what must be given and what leads to a place, and the path there."""
        if len(path) == 1 and isinstance(value, dict):
            return {**self.needed(value, struct), path[0]: value[path[0]]}, path
        row = self.row(struct, path[0])
        kept, way = self.shrunk_item(row, value[path[0]], path[1:])
        return {**self.needed(value, struct), path[0]: kept}, (path[0], *way)

    def shrunk_item(self, row, item, path):
        if row.kind == STRUCT or not (isinstance(item, list) or self.structs[row.of].keyed_by):
            return self.shrunk(item, path, row.of)
        if self.structs[row.of].whole:
            return [item[path[0]]], (0,)
        kept, way = self.shrunk(item[path[0]], path[1:], row.of)
        return ([kept], (0, *way)) if isinstance(item, list) else ({path[0]: kept}, (path[0], *way))

    def needed(self, value, struct):
        found = {key: item for key, item in value.items() if self.row(struct, key).required}
        return {**found, "services": SERVICES} if struct == ROOT else found

    def candidates(self, place):
        """Values for a row: those at its bounds and beyond, every word of its, other types, null and empty ones."""
        row, value = place.row, place.value
        yield from [value, None, True, False, 0, -1, 1.5, "", "x", [], {}, [None], [[]], {"": None}, {"unknownKey": 1}, [{"unknownKey": 1}]]
        if row.kind in NUMBERS:
            yield from [row.min - 1, row.min, row.min + 1, row.max - 1, row.max, row.max + 1, 2 ** 31, 2 ** 63 - 1, 2 ** 63, "1", "x"]
        elif row.kind in (STRING, INT_OR_STRING, ENUMERATION, STRING_LIST):
            texts = [*row.words, *(word + "x" for word in row.words), *(word.swapcase() for word in row.words), "X_y", "-x", "a b", "a\nb",
                     "\u00e9", "5", "50%", "1.10", LONG, " "]
            yield from texts if row.kind != STRING_LIST else [[text] for text in texts]
            yield from [5, 80000] if row.kind != STRING_LIST else [[5], [True], ["x", None], ["x", {}]]
        elif isinstance(value, dict):
            yield from [{**value, "unknownKey": 1}, {**value, "": 1}]
            yield from [{name: item for name, item in value.items() if name != key} for key in value]
            yield from [{**value, key: None} for key in value]
        elif isinstance(value, list):
            yield from [[*value, None], [*value, {}], [*value, "x"], [*value, 5]]
        yield "none"
        if row.kind == STRUCT_LIST:
            yield from [{"A_ b": None}, {"x": {}}, {"x": "x"}, ["x"], [{}], [5], {"x": 5}, {LONG: None}]


def put(model, path, value):
    """The model with another value at a place; what leads there is copied."""
    if not path:
        return value
    copy = list(model) if isinstance(model, list) else dict(model)
    copy[path[0]] = put(model[path[0]], path[1:], value)
    return copy
