"""The classes of the model, which are made from the library's tables when they are first used."""
import functools
import keyword
import re

from . import _fields, _raw
from ._app import BaseApp
from ._model import Model, Words


def class_name(name):
    return "".join(part.capitalize() for part in name.decode().split("_")[1:])


def _snake(key):
    return re.sub(r"(?<=[a-z0-9])([A-Z]+)", lambda match: "_" + match[1].lower(), key)


def attribute(raw):
    """The name of the attribute: the YAML key in snake case, or the C member if shorter; with _ behind it if Python uses that name."""
    word = min(_snake(raw.key.decode()), raw.member.decode(), key=len)
    return word + "_" if keyword.iskeyword(word) or hasattr(Model, word) else word


def rows(struct):
    """The rows of a struct, with those of its embedded structs."""
    for i in range(struct.n_fields):
        raw = struct.row(i)
        if raw.kind == _raw.EMBEDDED:
            yield from rows(raw.of.contents)
        else:
            yield raw


@functools.lru_cache(None)
def tables():
    """The tables of the structs and enums of the model, by the names of their classes."""
    root = _raw.lib.hd_schema_root().contents
    found, waiting = {class_name(root.name): root}, [root]
    for struct in waiting:
        for raw in rows(struct):
            table = raw.words if raw.kind == _raw.ENUMERATION else raw.of
            if table and not (raw.of and table.contents.map):
                table = table.contents
                if found.setdefault(class_name(table.name), table) is table and raw.of:
                    waiting.append(table)
    return found


_classes: dict = {}


def class_named(name):
    """The class with this name; KeyError when there is none."""
    if name not in _classes:
        table = tables()[name]
        made = _words_class(name, table) if isinstance(table, _raw.Enum) else _class(name, table)
        _classes.setdefault(name, made)  # another thread may have been quicker
    return _classes[name]


def dict_named(name):
    """The type of a dict that may stand for an object of a class, such as `ServiceDict` for Service. It is for annotations; the stub of the
    package has the exact types of its items. None when there is no class for this name."""
    table = tables().get(name[:-len("Dict")]) if name.endswith("Dict") else None
    if not isinstance(table, _raw.Struct):
        return None
    from typing import Any, TypedDict
    return TypedDict(name, dict.fromkeys(class_named(name[:-len("Dict")])._names, Any), total=False)


def _words_class(name, raw):
    by_value, every = {}, {}
    for i in range(raw.n_words):
        word = raw.words[i]
        by_value.setdefault(word.value, word.name.decode())
        every[word.name.decode()] = by_value[word.value]
    members = {re.sub(r"\W", "_", _snake(word)).upper(): word for word in by_value.values()}
    cls = Words(name, members, module="hybriddeploy", qualname=name)
    cls.__words__ = every
    cls.__doc__ = f"Words: {', '.join(by_value.values())}."
    return cls


_PLAIN = {_raw.STRING: _fields.Text, _raw.INTEGER: _fields.Integer, _raw.OPTIONAL_INTEGER: _fields.Integer, _raw.BOOLEAN: _fields.Bool,
          _raw.INT_OR_STRING: _fields.IntOrText, _raw.STRING_LIST: _fields.Texts, _raw.VALUE: _fields.Value}


def _field(owner, raw):
    attr = attribute(raw)
    if owner == "PatchOperation" and raw.kind == _raw.VALUE:
        return _fields.ValueOrNull(owner, attr, raw)
    if raw.kind in _PLAIN:
        return _PLAIN[raw.kind](owner, attr, raw)
    if raw.kind == _raw.ENUMERATION:
        return _fields.Word(owner, attr, raw, lambda: class_named(class_name(raw.words.contents.name)))
    of = raw.of.contents
    if raw.kind == _raw.STRUCT_LIST and of.map:
        return _fields.Pairs(owner, attr, raw, of.name == b"hd_quantity")
    field = _fields.Object if raw.kind == _raw.STRUCT else _fields.Objects
    return field(owner, attr, raw, lambda: class_named(class_name(of.name)))


def _class(name, struct):
    base = BaseApp if struct.name == b"hd_app" else Model
    cls = type(base)(name, (base,), {"__slots__": (), "__module__": "hybriddeploy"})
    fields = [_fields.Whole(name, attribute(raw), raw) if raw.key == struct.whole else _field(name, raw) for raw in rows(struct)]
    cls._fields = {field.attr: field for field in fields}
    short_keys = {field.short_key: field for field in fields if field.short_key}
    cls._names = {**short_keys, **{field.key: field for field in fields}, **cls._fields}
    cls._order = {field.attr: place for place, field in enumerate(fields)}
    cls._scalar = cls._names[struct.scalar.decode()] if struct.scalar else None
    cls._word = cls._names[struct.word.decode()] if struct.word else None
    cls._whole = cls._names[struct.whole.decode()] if struct.whole else None
    cls._key = cls._names[struct.keyed_by.decode()] if struct.keyed_by else None
    for field in fields:
        setattr(cls, field.attr, property(field.get, field.set, doc=field.doc))
    cls.__doc__ = struct.doc.decode() + "\n\n" + "".join(f"{field.attr}: {field.doc}\n" for field in fields)
    return cls


def _check_tables():
    root = _raw.lib.hd_schema_root().contents
    if root.name != b"hd_app" or root.row(0).key != b"name":
        raise _raw.LibraryError(f"the tables of {_raw.library_path} cannot be read: install a package and a library of one version")


_check_tables()
