"""Finds the places in files of the parts of a loaded model, in the structs of the library."""
import ctypes
import json
import re

from . import _raw

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^"{}\[\],:]+')


def ways_in(text):
    """
    Maps columns of a JSON text without blanks to the key or value that begins there: the way to it, and "key", "scalar" or
    "collection".
    """
    found, way = {}, []
    is_key = False
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "{[":
            found[match.start() + 1] = list(way), "collection"
            way.append(None if token == "{" else 0)
            is_key = token == "{"
        elif token in "}]":
            way.pop()
            is_key = False
        elif token == ",":
            is_key = not isinstance(way[-1], int)
            if not is_key:
                way[-1] += 1
        elif token == ":":
            is_key = False
        else:
            if is_key:
                way[-1] = json.loads(token)
            found[match.start() + 1] = list(way), "key" if is_key else "scalar"
    return found


class At(ctypes.Structure):
    pass


class Mark(ctypes.Structure):
    _fields_ = [("file", ctypes.c_char_p), ("line", ctypes.c_uint32), ("column", ctypes.c_uint32), ("member", ctypes.c_void_p),
                ("item", ctypes.c_uint32)]


At._fields_ = [("file", ctypes.c_char_p), ("line", ctypes.c_uint32), ("column", ctypes.c_uint32), ("marks", ctypes.POINTER(Mark)),
               ("n_marks", ctypes.c_uint32), ("rest", ctypes.c_void_p)]


def _pointer(address):
    return ctypes.c_void_p.from_address(address).value


def _place(found):
    return (found.file.decode("utf-8", "replace"), found.line, found.column) if found.line and found.file else None


def _at(struct, address):
    at = _pointer(address + struct.at_offset)
    return At.from_address(at) if at else None


def _row(struct, key, offset=0):
    """The row of a key, the struct (maybe an embedded one) that has the row, and the offset of this struct."""
    for i in range(struct.n_fields):
        row = struct.row(i)
        if row.kind == _raw.EMBEDDED:
            inner = _row(row.of.contents, key, offset + row.offset)
            if inner:
                return inner
        elif row.key.decode() == key:
            return row, struct, offset
    return None


def _mark(struct, address, row, item):
    at = _at(struct, address)
    marks = [at.marks[i] for i in range(at.n_marks)] if at else []
    return next((_place(mark) for mark in marks if mark.member == ctypes.addressof(row) and mark.item == item), None)


def _element(row, address, name, index):
    """The address of an element of a list of structs, by its name or its index."""
    of, items = row.of.contents, _pointer(address + row.offset)
    count = ctypes.c_size_t.from_address(address + row.count_offset).value
    if name is None:
        return items + index * of.size if index < count else None
    key = _row(of, of.keyed_by.decode()) if of.keyed_by else None
    for i in range(count if key else 0):
        text = _pointer(items + i * of.size + key[2] + key[0].offset)
        if text and ctypes.string_at(text).decode("utf-8", "replace") == name:
            return items + i * of.size
    return None


def find(app, way, is_key):
    """File, line and column of the value at the end of a way, or of its key. `app` is the address of a struct hd_app."""
    struct, address = _raw.lib.hd_schema_root().contents, app
    at = _at(struct, address)
    place, row, owner = _place(at) if at else None, None, 0
    for step in way:
        if row is None:
            found = _row(struct, step)
            if not found:
                return place
            row, holder, offset = found
            owner = address + offset
            place = _mark(holder, owner, row, 0) or place
            if row.kind == _raw.STRUCT:
                struct, address, row = row.of.contents, owner + row.offset, None
        elif row.kind == _raw.STRING_LIST:
            return _mark(holder, owner, row, step + 1) or place
        elif row.kind == _raw.STRUCT_LIST:
            element = _element(row, owner, *((step, None) if isinstance(step, str) else (None, step)))
            if element is None:
                return None
            struct, address, row = row.of.contents, element, None
            at = _at(struct, address)
            place = _place(at) if at else place
            if struct.map and not is_key:
                place = _mark(struct, address, struct.row(1), 0) or place
        else:
            return place
    if is_key and row is None and struct.keyed_by:  # an element of a list has its name inside
        row, holder, offset = _row(struct, struct.keyed_by.decode())
        place = _mark(holder, address + offset, row, 0) or place
    return place
