#!/usr/bin/env python3
"""Writes the stub of the package, which has its types for editors and type checkers: make_stubs.py FILE

This file has the fixed part. The classes and words of the model come from the library's tables, and a line `@record MODULE.CLASS` stands for a
class of the package that has nothing but members. Every build of the package runs it, and installs the result as hybriddeploy/__init__.pyi. An
editable installation has it in a folder of its own, hybriddeploy-stubs.
"""
import dataclasses
import importlib
import keyword
import pathlib
import re
import sys
import textwrap

from hybriddeploy import _raw, _schema

HEAD = '''\
# Made by make_stubs.py from the library's tables.
import builtins
import dataclasses
import enum
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, Literal, SupportsIndex, TypedDict, TypeVar, overload

from typing_extensions import Self

__all__: list[str]
__version__: str

def track_positions(enabled: bool = True) -> None:
    """From now on, objects remember the line of Python that made them, and diagnostics name it."""

class LibraryError(ImportError):
    """The C library cannot be found, or its version does not fit this package."""

class Severity(str, enum.Enum):
    """The severity of a diagnostic. No manifests are generated while there is an error."""
    WARNING = "warning"
    ERROR = "error"

@record _diagnostic.Place

@record _diagnostic.Edit

@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """One mistake: what is wrong with a model, where, and what would be right.

    `object` is the part of the model with the mistake; None when it is unknown. `end_column` is behind the last character of the value.
    `edits` correct the mistake; empty when more than one correction is possible. `paths` are the model paths of all members with the
    mistake when one place in a file is the mistake of several, such as all services of a runtime; else empty. `environments` are those with
    the mistake when several were checked and not all have it; else empty.
    """
    code: str
    severity: Severity
    message: str
    path: str
    hint: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    related: Place | None = None
    end_line: int | None = None
    end_column: int | None = None
    edits: tuple[Edit, ...] = ()
    paths: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    object: Any = None
    source: str | None = None
    @property
    def services(self) -> tuple[str, ...]:
        """The names of the services that have the mistake; empty unless several services share it."""

class HybridDeployError(Exception):
    """A model, its input or its output has an error. `str()` is the text that hybridgen prints."""
    diagnostics: list[Diagnostic]
    omitted: int
    strict: bool
    def __init__(self, diagnostics: Iterable[Diagnostic], omitted: int = 0, strict: bool = False) -> None: ...

class InvalidModelError(HybridDeployError, ValueError):
    """The model has errors."""

class UnreadableError(HybridDeployError, OSError):
    """An input cannot be read, or is not YAML."""

class UnwritableError(HybridDeployError, OSError):
    """The output cannot be written."""

class Manifest:
    """One manifest."""
    kind: str
    name: str
    namespace: str | None
    api_version: str
    service: str | None
    file_name: str
    @property
    def text(self) -> str:
        """The content; for a manifest, YAML. The library writes it when it is first read."""
    @property
    def data(self) -> dict[str, Any]:
        """The manifest as plain dicts and lists. Each call makes new ones, so the caller may change them."""

class File:
    """A file beside the manifests, such as a Dockerfile."""
    path: str
    part: str
    service: str | None
    executable: bool
    @property
    def text(self) -> str:
        """The content; for a manifest, YAML. The library writes it when it is first read."""

@record _backward.ManifestSource

@record _backward.ManifestValue

@record _cluster.ClusterObject

@record _cluster.ClusterWorkload

@record _cluster.Connection

class Workspace:
    """The applications that a file lists: models, contracts, and patterns of them."""
    def __init__(self, file: str | os.PathLike[str], *, environment: str | None = None, sets: str | Sequence[str] = (),
                 kubernetes_version: str | None = None) -> None: ...
    @classmethod
    def from_file(cls, file: str | os.PathLike[str] = "hybriddeploy.workspace.yaml", *, environment: str | None = None,
                  sets: str | Sequence[str] = (), kubernetes_version: str | None = None) -> Self:
        """Loads and checks a workspace. `environment` is that of the applications that have environments; `sets` are overrides that name
        their application, such as `shop/services.web.replicas=3`, or with a star all of them. Raises UnreadableError when the file itself cannot
        be read, or an application has other environments; ValueError for a setting or an environment that is for no application."""
    def __del__(self, lib: Any = ...) -> None: ...
    @property
    def names(self) -> list[str]:
        """The names of the applications, contracts among them."""
    def check(self) -> list[Diagnostic]:
        """The mistakes of all models, and where two of them do not agree."""
    def errors(self) -> dict[str, int]:
        """How many errors each application has."""
    def generate(self, *, only: str | Sequence[str] | None = None) -> dict[str, list[Manifest]]:
        """The manifests of each application that is right by itself; `only` selects `Kind`."""
    def graph(self) -> Cluster:
        """The manifests of the applications that are right by themselves as one Cluster, which knows who can talk to whom."""
    def diff(self, after: Workspace) -> dict[str, Diff]:
        """Compares with a later state of the workspace: a Diff for each application that changes. One that is new, or gone, is compared
        with no manifests; one that has errors by itself, or a contract in the place of its model, is left out."""
    def explain(self, path: str | None = None) -> str:
        """The complete models as YAML documents, or the part of one at a path such as `shop/services.web`. A comment at each value says where it
        comes from. Raises KeyError for a path that leads nowhere."""
    def explain_manifest(self, where: str, field: str | None = None) -> list[ManifestValue]:
        """As App.explain_manifest(). "shop/Deployment/web" names the application, which is needed where several have such an object. The files
        are read again. Raises ValueError where no application that is right has the object."""
    def write(self, folder: str | os.PathLike[str]) -> None:
        """Writes a folder for each application below `folder`. Raises InvalidModelError, and writes nothing, when one has errors."""

class Cluster:
    """A cluster that was read from manifests, whoever wrote them."""
    def __init__(self, sources: Sequence[tuple[str, bytes | None]], *, keep_content: bool = False) -> None: ...
    @classmethod
    def from_files(cls, *names: str | os.PathLike[str], keep_content: bool = False) -> Self:
        """Reads files and folders; diff() needs `keep_content`. Raises UnreadableError when one cannot be read; `diagnostics` has all other mistakes."""
    @classmethod
    def from_yaml(cls, text: str | bytes, *, name: str = "<text>", keep_content: bool = False) -> Self:
        """Reads a text, YAML or JSON, with one or several documents. Diagnostics use `name` as the name of the file; diff() needs
        `keep_content`."""
    def __del__(self, lib: Any = ...) -> None: ...
    @property
    def diagnostics(self) -> list[Diagnostic]:
        """The mistakes in the manifests."""
    @property
    def objects(self) -> list[ClusterObject]:
        """All objects, in the order of reading."""
    @property
    def workloads(self) -> list[ClusterWorkload]:
        """The workloads, in order of namespace, name and kind."""
    def connections(self, *, host_network_as_pods: bool = False) -> list[Connection]:
        """The connections that network policies allow. `host_network_as_pods`: policies treat pods with hostNetwork like other pods."""
    def to_text(self, format: Literal["text", "json", "csv", "dot", "mermaid"] = "text", *, host_network_as_pods: bool = False) -> str:
        """The connections as a text: `text`, `json`, `csv`, `dot` or `mermaid`."""

_Effect = Literal["nothing", "create", "update", "restart", "recreate", "delete", "data"]

@record _diff.Cause

@record _diff.FieldChange

@record _diff.ObjectChange

@record _diff.EdgeChange

class Diff:
    """The effects of a change. `str()` lists them by cause."""
    def __init__(self, before: Any, after: Any) -> None:
        """Both are checked models (Run) or clusters, which the diff borrows from."""
    def __del__(self, lib: Any = ...) -> None: ...
    @property
    def worst(self) -> _Effect:
        """The greatest effect of its objects: nothing, create, update, restart, recreate, delete or data."""
    @property
    def causes(self) -> list[Cause]:
        """The values of the model that changed, in the order of the model."""
    @property
    def objects(self) -> list[ObjectChange]:
        """The objects that are new, gone or differ, in the order of application; those that are gone come last."""
    @property
    def edges(self) -> list[EdgeChange]:
        """The connections that are new, then those that are gone."""
    @property
    def load(self) -> dict[str, dict[str, dict[str, int]]]:
        """What all pods together request and may use: `before` and `after`, each with `leastRequests`, `mostRequests`, `leastLimits` and
        `mostLimits`, at the smallest and the greatest number of replicas. Each has `cpu` in thousandths of a core, `memory` and
        `ephemeralStorage` in bytes."""
    @property
    def notes(self) -> list[str]:
        """Sentences that say what was not compared."""
    def to_markdown(self) -> str:
        """The effects as Markdown for the comment of a pull request: a table of at most 30 lines, and the details folded."""
    def __bool__(self) -> bool: ...

def diff(before: App | Cluster | str | os.PathLike[str], after: App | Cluster | str | os.PathLike[str], *, kubernetes_version: str | None = None,
         namespace: str | None = None) -> Diff:
    """Compares two states of one application. Each is a model (App), the path of a folder or file of manifests, or a Cluster that was read
    with `keep_content`, such as what `kubectl get -o yaml` prints. Raises InvalidModelError when a model has errors."""

@record _codes.CodeInfo

@record _codes.KindInfo

@record _codes.PartInfo

def codes() -> list[CodeInfo]:
    """All codes, in order of their numbers."""

def kinds() -> list[KindInfo]:
    """All kinds of manifests, in the order of application."""

def parts() -> list[PartInfo]:
    """All parts of the files that a folder gets beside the manifests."""

NONE: Literal["none"]
"""Refuses the default of a member that allows it; None means that nothing is given, so that the default holds."""

def json_schema() -> dict[str, Any]:
    """The JSON Schema of the model, as a dict."""

class Model:
    """A part of the model."""
    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Makes an object from plain data, in the words of the YAML file."""
    def to_dict(self) -> dict[str, Any]:
        """The object as plain data, in the words and the short form of the YAML file."""
    def copy(self) -> Self:
        """An independent copy with copies of all parts. It keeps the lines of Python at which the parts were made."""
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: object) -> Self: ...

_T = TypeVar("_T")
_E = TypeVar("_E")

# A list of _T that also finds elements by name, and converts values of type _E to elements.
class _List(list[_T], Generic[_T, _E]):
    @overload
    def __getitem__(self, index: SupportsIndex) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> list[_T]: ...
    @overload
    def __getitem__(self, index: str) -> _T: ...
    @overload
    def __setitem__(self, index: SupportsIndex | str, value: _T | _E) -> None: ...
    @overload
    def __setitem__(self, index: slice, value: Iterable[_T | _E]) -> None: ...
    def __delitem__(self, index: SupportsIndex | slice | str) -> None: ...
    def __contains__(self, value: object) -> bool: ...
    def get(self, name: str, default: _T | None = None) -> _T | None:
        """The element with this name; `default` when there is none."""
    def keys(self) -> list[str]:
        """The names of the elements, in their order."""
    def values(self) -> list[_T]:
        """The elements, in their order."""
    def items(self) -> list[tuple[str, _T]]:
        """Pairs of a name and its element, in their order."""
    def pop(self, index: SupportsIndex | str = -1) -> _T: ...
    def index(self, value: Any, start: SupportsIndex = ..., stop: SupportsIndex = ..., /) -> int: ...
    def count(self, value: Any) -> int: ...
    def remove(self, value: Any) -> None: ...
    def append(self, value: _T | _E) -> None: ...
    def insert(self, index: SupportsIndex, value: _T | _E) -> None: ...
    def extend(self, values: Iterable[_T | _E]) -> None: ...
'''

APP = '''\
    @classmethod
    def from_file(cls, *files: str | os.PathLike[str], sets: str | Sequence[str] = (), environment: str | None = None) -> Self:
        """
        Loads the model from a file; later files are laid over earlier ones. `environment` names the environment whose layer, in the files
        or in a file beside them, is laid over them; `sets` are overrides such as services.web.replicas=3.
        """
    @classmethod
    def environments(cls, *files: str | os.PathLike[str]) -> list[str]:
        """The names of the environments of the model in a file."""
    @classmethod
    def from_yaml(cls, text: str | bytes, *, name: str = "<text>", sets: str | Sequence[str] = (), environment: str | None = None) -> Self:
        """Loads the model from a text, YAML or JSON. Diagnostics use `name` as the name of the file."""
    def check(self, *, kubernetes_version: str | None = None, namespace: str | None = None, limit: int | None = None) -> list[Diagnostic]:
        """The mistakes of the model as diagnostics: at most `limit` of them, by default 100."""
    def generate(self, *, only: str | Sequence[str] | None = None, kubernetes_version: str | None = None, namespace: str | None = None,
                 strict: bool = False) -> list[Manifest]:
        """The manifests in the order of application; `only` selects `Kind` or `Kind/name`. Raises InvalidModelError."""
    def objects(self, *, only: str | Sequence[str] | None = None, kubernetes_version: str | None = None,
                namespace: str | None = None) -> dict[str, dict[str, Any]]:
        """The manifests as dicts, by what names them in `patches`, such as "Deployment/web". A program may change them, and patch() takes
        them back. Raises InvalidModelError."""
    def patch(self, objects: Mapping[str, Mapping[str, Any]], *, only: str | Sequence[str] | None = None,
              kubernetes_version: str | None = None, namespace: str | None = None) -> list[Patch]:
        """Takes back what objects() returned for the same arguments, after a program changed it: gives the model the smallest patches with
        which it generates exactly these manifests, and returns those that are new. A patch that was for such a manifest alone is replaced.
        Raises InvalidModelError or ValueError when patches cannot do it; then the model is as it was."""
    def files(self, *, only: str | Sequence[str] | None = None, parts: str | Sequence[str] | None = None,
              kubernetes_version: str | None = None, namespace: str | None = None, strict: bool = False) -> list[File]:
        """The files that a folder gets beside the manifests, such as Dockerfiles. `parts` selects some of them by the names that parts()
        lists. Raises InvalidModelError."""
    def to_stream(self, *, format: Literal["yaml", "json", "list"] = "yaml", only: str | Sequence[str] | None = None,
                  against: Cluster | None = None, kubernetes_version: str | None = None, namespace: str | None = None, strict: bool = False) -> str:
        """All manifests as one text: YAML documents, JSON lines, or one List. `against`: a Cluster with what runs, read with `keep_content`;
        what the API server would refuse to change is an error. Raises InvalidModelError."""
    def write(self, folder: str | os.PathLike[str], *, format: Literal["yaml", "json"] = "yaml", only: str | Sequence[str] | None = None,
              parts: str | Sequence[str] | None = None, force: bool = False, against: Cluster | None = None,
              kubernetes_version: str | None = None, namespace: str | None = None, strict: bool = False) -> None:
        """Writes the manifests, and the files beside them, to a folder: all of them, or none when there is an error. `force` overwrites
        files that were edited by hand; `against` is as in to_stream(). Raises HybridDeployError."""
    def contract(self, *, kubernetes_version: str | None = None, namespace: str | None = None) -> str:
        """What other applications may rely on, as a JSON text that their workspaces list. Raises InvalidModelError."""
    def explain(self, path: str | None = None, *, kubernetes_version: str | None = None, namespace: str | None = None) -> str:
        """The complete model, or its part at `path`, as YAML. A comment at each value says where it comes from."""
    def explain_manifest(self, where: str, field: str | None = None, *, kubernetes_version: str | None = None,
                         namespace: str | None = None) -> list[ManifestValue]:
        """What the values of a manifest came from, as `hybridgen explain` tells it: of an object such as "Deployment/web", all of it or a field
        such as "spec.replicas", or of a line of a generated file such as "deploy/50-deployment-web.yaml:41". Needs the command, which is
        installed with this package; raises FileNotFoundError without it, ValueError for an object or field that there is not, and
        InvalidModelError."""
    def resolve(self, *, kubernetes_version: str | None = None, namespace: str | None = None) -> Self:
        """The complete model, with every default filled in, as objects: app.resolve().services["web"].replicas."""
    def to_yaml(self) -> str:
        """The model as YAML, in the short form."""
'''


def words(raw):
    return [raw.words[i].name.decode() for i in range(raw.n_words)]


def literal(raw):
    return f"Literal[{', '.join(repr(word).replace(chr(39), chr(34)) for word in words(raw))}]"


def scalar_row(of):
    return next(row for row in _schema.rows(of) if row.key == of.scalar)


def taken(raw):
    """The type of the values that can be assigned."""
    return taken_but_none(raw) + (' | Literal["none"]' if raw.none and raw.kind != _raw.STRING else "")


def taken_but_none(raw):
    if raw.kind == _raw.STRING:
        return literal(raw.words.contents) if raw.words else "str | int"
    if raw.kind in (_raw.INTEGER, _raw.OPTIONAL_INTEGER):
        return "int"
    if raw.kind == _raw.BOOLEAN:
        return "bool"
    if raw.kind == _raw.ENUMERATION:
        return f"{_schema.class_name(raw.words.contents.name)} | {literal(raw.words.contents)}"
    if raw.kind == _raw.INT_OR_STRING:
        return "int | str"
    if raw.kind == _raw.VALUE:
        return "Any"
    if raw.kind == _raw.STRING_LIST:
        one = literal(raw.words.contents) if raw.words else "str"
        return f"{one} | Sequence[{one}]"
    of = raw.of.contents
    name = _schema.class_name(of.name)
    if of.map:
        return "Mapping[str, str | int | float]" if of.name == b"hd_quantity" else "Mapping[str, str | int]"
    one = f"{name} | {made_of(of)}"
    if raw.kind == _raw.STRUCT:
        return one
    if not of.keyed_by:
        return f"Sequence[{one}] | {one}"
    # A mapping means names and their elements, so a dict cannot stand for a single element.
    alone = name + (" | str" if of.scalar else "")
    return f"Mapping[str, {one} | None] | Sequence[{name} | {element_of(of)}] | {alone}"


def made_of(of):
    """The types from which an object is made, besides its own class."""
    if of.whole:
        return f"Mapping[str, Any] | {taken(scalar_row(of))}"
    return f"{_schema.class_name(of.name)}Dict" + (f" | {taken(scalar_row(of))}" if of.scalar else "")


def element_of(of):
    """The types from which an element of a list is made. If elements have names, one word is the name."""
    return made_of(of) if not of.keyed_by else f"{_schema.class_name(of.name)}Dict" + (" | str" if of.scalar else "")


def held(raw):
    """The type of the attribute when it is read."""
    if raw.kind == _raw.STRING:
        return (literal(raw.words.contents) if raw.words else "str") + " | None"
    if raw.kind in (_raw.INTEGER, _raw.OPTIONAL_INTEGER):
        return 'int | Literal["none"] | None' if raw.none else "int | None"
    if raw.kind == _raw.BOOLEAN:
        return "bool | None"
    if raw.kind == _raw.ENUMERATION:
        return f"{_schema.class_name(raw.words.contents.name)} | None"
    if raw.kind == _raw.INT_OR_STRING:
        return "int | str | None"
    if raw.kind == _raw.VALUE:
        return "Any"
    if raw.kind == _raw.STRING_LIST:
        return "_List[str, str]"
    of = raw.of.contents
    if of.map:
        return "dict[str, str]"
    name = _schema.class_name(of.name)
    return f"_List[{name}, {unique(element_of(of))}]" if raw.kind == _raw.STRUCT_LIST else name


def unique(union):
    """The union without repeated types. A | inside brackets does not separate types."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(union + " | "):
        depth += (c == "[") - (c == "]")
        if c == "|" and not depth:
            part = union[start:i].strip()
            if part not in parts:
                parts.append(part)
            start = i + 1
    return " | ".join(parts)


def quoted(union):
    return f"'{union}'"


def docstring(text, indent):
    text = text.replace("\\", "\\\\").replace('"""', "'''")
    if text.endswith('"'):
        text += " "
    lines = textwrap.wrap(text, 130 - indent)
    return f'"""{lines[0]}"""' if len(lines) == 1 else '"""' + ("\n" + " " * indent).join(lines) + '"""'


def short_taken(raw):
    """The type of the short key, which stands for a list with one element."""
    of = raw.of.contents
    return unique(f"{_schema.class_name(of.name)} | {made_of(of)} | None")


def dict_class(struct):
    """The TypedDict of a dict that may stand for an object: its keys are YAML keys and attributes."""
    items = {}
    for raw in _schema.rows(struct):
        for word in (raw.key.decode(), _schema.attribute(raw)):
            items[word] = unique(taken(raw) + " | None")
        if raw.short_key:
            items[raw.short_key.decode()] = short_taken(raw)
    name = _schema.class_name(struct.name) + "Dict"
    if all(word.isidentifier() and not keyword.iskeyword(word) for word in items):
        return f"class {name}(TypedDict, total=False):\n" + "".join(f"    {word}: {type_}\n" for word, type_ in items.items())
    return f"{name} = TypedDict({name!r}, {{\n".replace("'", '"') + "".join(f'    "{word}": {type_},\n' for word, type_ in items.items()) + "}, total=False)\n"


def model_class(struct):
    name = _schema.class_name(struct.name)
    rows = list(_schema.rows(struct))
    out = [f"class {name}(Model):", "    " + docstring(struct.doc.decode(), 4)]
    # A member called `property` hides the built-in decorator.
    decorator = "@builtins.property" if "property" in [_schema.attribute(raw) for raw in rows] else "@property"
    for raw in rows:
        attr, doc = _schema.attribute(raw), raw.doc.decode() if raw.doc else ""
        out.append(f"    {decorator}")
        out.append(f"    def {attr}(self) -> {held(raw)}:" + (f"\n        {docstring(doc, 8)}" if doc else " ..."))
        out.append(f"    @{attr}.setter")
        out.append(f"    def {attr}(self, value: {unique(taken(raw) + ' | None')}) -> None: ...")
        out.append(f"    @{attr}.deleter")
        out.append(f"    def {attr}(self) -> None: ...")
    # In quotes, because Jedi evaluates unquoted types whenever it sees an object, and gives up after two hundred.
    out.append("    def __init__(")
    out.append("        self,")
    out.append("        *,")
    for raw in rows:
        out.append(f"        {_schema.attribute(raw)}: {quoted(unique(taken(raw) + ' | None'))} = None,")
        if raw.short_key:
            out.append(f"        {raw.short_key.decode()}: {quoted(short_taken(raw))} = None,")
    out.append("    ) -> None: ...")
    if struct.name == b"hd_app":
        out.append(APP.rstrip("\n"))
    return "\n".join(out) + "\n"


def words_class(raw):
    cls = _schema.class_named(_schema.class_name(raw.name))
    members = "".join(f"    {one.name} = {one.value!r}\n" for one in cls).replace("'", '"')
    return f"class {cls.__name__}(str, enum.Enum):\n    {docstring(cls.__doc__, 4)}\n{members}"


def reach(struct, structs, enums):
    """Collects the structs and enums that the struct contains, and the struct itself last."""
    name = struct.name
    if name in structs:
        return
    structs[name] = None
    for raw in _schema.rows(struct):
        if raw.kind == _raw.ENUMERATION:
            enums[raw.words.contents.name] = raw.words.contents
        elif raw.kind in (_raw.STRUCT, _raw.STRUCT_LIST) and not raw.of.contents.map:
            reach(raw.of.contents, structs, enums)
    del structs[name]
    structs[name] = struct


def record(found):
    """A class of the package that has nothing but members."""
    cls = getattr(importlib.import_module("hybriddeploy." + found[1]), found[2])
    members = [f"    {field.name}: {field.type}" + ("" if field.default is dataclasses.MISSING else f" = {field.default!r}")
               for field in dataclasses.fields(cls)]
    return "\n".join(["@dataclasses.dataclass(frozen=True)", f"class {cls.__name__}:", f'    """{cls.__doc__}"""', *members])


def stubs():
    structs, enums = {}, {}
    reach(_raw.lib.hd_schema_root().contents, structs, enums)
    parts = [re.sub(r"^@record (\w+)\.(\w+)$", record, HEAD, flags=re.M)] + [words_class(enums[name]) for name in sorted(enums)]
    parts += [make(structs[name]) for name in sorted(structs) for make in (model_class, dict_class)]
    return "\n".join(parts)


if __name__ == "__main__":
    pathlib.Path(sys.argv[1]).write_text(stubs(), encoding="utf-8")
