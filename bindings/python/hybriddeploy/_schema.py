"""The classes of the model, made from the library's own tables."""
import re

from . import _fields, _raw
from ._app import BaseApp
from ._model import Model, Words

classes: dict = {}


def _class_name(name):
    return "".join(part.capitalize() for part in name.decode().split("_")[1:])


def _snake(key):
    return re.sub(r"(?<=[a-z0-9])([A-Z]+)", lambda match: "_" + match[1].lower(), key)


def attribute(raw):
    """The word of the YAML file, or the C member's where that is shorter."""
    return min(_snake(raw.key.decode()), raw.member.decode(), key=len)


def rows(struct):
    """The members of a struct; those of embedded structs are its own."""
    for i in range(struct.n_fields):
        raw = struct.fields[i]
        if raw.kind == _raw.EMBEDDED:
            yield from rows(raw.of.contents)
        else:
            yield raw


def _words_class(raw):
    name = _class_name(raw.name)
    if name not in classes:
        by_value, every = {}, {}
        for i in range(raw.n_words):
            word = raw.words[i]
            by_value.setdefault(word.value, word.name.decode())
            every[word.name.decode()] = by_value[word.value]
        members = {re.sub(r"\W", "_", _snake(word)).upper(): word for word in by_value.values()}
        cls = Words(name, members, module="hybriddeploy", qualname=name)
        cls.__words__ = every
        cls.__doc__ = f"Words: {', '.join(by_value.values())}."
        classes[name] = cls
    return classes[name]


_PLAIN = {_raw.STRING: _fields.Text, _raw.INTEGER: _fields.Integer, _raw.OPTIONAL_INTEGER: _fields.Integer, _raw.BOOLEAN: _fields.Bool,
          _raw.INT_OR_STRING: _fields.IntOrText, _raw.STRING_LIST: _fields.Texts}


def _field(owner, raw):
    attr = attribute(raw)
    if raw.kind in _PLAIN:
        return _PLAIN[raw.kind](owner, attr, raw)
    if raw.kind == _raw.ENUMERATION:
        return _fields.Word(owner, attr, raw, _words_class(raw.words.contents))
    of = raw.of.contents
    if raw.kind == _raw.STRUCT_LIST and of.map:
        return _fields.Pairs(owner, attr, raw, of.name == b"hd_quantity")
    return (_fields.Object if raw.kind == _raw.STRUCT else _fields.Objects)(owner, attr, raw, _class(of))


def _class(struct):
    name = _class_name(struct.name)
    if name in classes:
        return classes[name]
    base = BaseApp if struct.name == b"hd_app" else Model
    cls = classes[name] = type(base)(name, (base,), {"__slots__": (), "__module__": "hybriddeploy"})
    fields = [_field(name, raw) for raw in rows(struct)]
    cls._fields = {field.attr: field for field in fields}
    short_keys = {field.short_key: field for field in fields if field.short_key}
    cls._names = {**short_keys, **{field.key: field for field in fields}, **cls._fields}
    cls._order = {field.attr: place for place, field in enumerate(fields)}
    cls._scalar = cls._names[struct.scalar.decode()] if struct.scalar else None
    cls._key = cls._names[struct.keyed_by.decode()] if struct.keyed_by else None
    for field in fields:
        setattr(cls, field.attr, property(field.get, field.set, doc=field.doc))
    cls.__doc__ = struct.doc.decode() + "\n\n" + "".join(f"{field.attr}: {field.doc}\n" for field in fields)
    return cls


def _build():
    root = _raw.lib.hd_schema_root().contents
    if root.name != b"hd_app" or root.fields[0].key != b"name":
        raise _raw.LibraryError(f"the tables of {_raw.library_path} cannot be read: install a package and a library of one version")
    _class(root)


_build()
