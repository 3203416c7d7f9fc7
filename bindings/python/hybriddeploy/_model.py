"""The base of all classes of the model. The classes and their attributes come from the library's tables (_schema.py)."""
import enum
import os
import re
import sys
import types
from collections.abc import Mapping

from . import _raw

# Whether objects remember the line of Python that made them.
tracking = False

# Counts how often an element of any list got another name. A list whose index of names is older makes it anew.
renamings = 0

# Common types that are not mappings: testing for them is faster than isinstance(value, Mapping).
_PLAIN = frozenset([str, int, bool])

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
_STEP = re.compile(r'\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.\[]+)')


def _caller():
    """File and line of the caller outside of this package."""
    frame = sys._getframe(2)
    while frame and os.path.abspath(frame.f_code.co_filename).startswith(_HERE):
        frame = frame.f_back
    return (frame.f_code.co_filename, frame.f_lineno) if frame else None


class Words(str, enum.Enum):
    """An enum of words of the model. Each member is a str; other spellings of a word are accepted too."""

    __words__: dict

    def __str__(self):
        return self.value

    def __format__(self, how):
        return format(self.value, how)

    @classmethod
    def _missing_(cls, value):
        known = cls.__words__
        if value in known:
            return cls(known[value])
        near = _raw.did_you_mean(value, list(known))
        raise ValueError(f"there is no {cls.__name__} {value!r}; " +
                         (f"did you mean {near!r}?" if near else f"words are {', '.join(known)}"))


class List(list):
    """A list of the model. It converts values to its elements, and also finds elements by name."""

    # `_places`: the index of each name, made at the first search. `_as_of`: length and `renamings` when it was made.
    __slots__ = ("_field", "_given", "_places", "_as_of")

    def __init__(self, field, values=(), given=True):
        self._as_of = None
        make, made = field.element, []
        try:
            for value in values:
                made.append(make(value))
        except (TypeError, ValueError) as error:
            raise add_step(error, f"[{len(made)}]")
        super().__init__(made)
        self._field = field
        self._given = given

    def copy(self):
        """An independent list, with copies of the elements."""
        made = List(self._field, given=self._given)
        list.extend(made, [one.copy() if isinstance(one, Model) else one for one in self])
        return made

    __copy__ = copy

    def keys(self):
        """The names of the elements, in their order."""
        key = self._field.key_attr
        return [element.__dict__.get(key) for element in self] if key else []

    def values(self):
        """The elements, in their order."""
        return list(self)

    def items(self):
        """Pairs of a name and its element, in their order."""
        return list(zip(self.keys(), self))

    def _is_known(self):
        return self._as_of == (len(self), renamings)

    def _find(self, name):
        """The index of the element with this name, or None. The names are indexed again when elements were added, removed or renamed."""
        key = self._field.key_attr
        if not key:
            return None
        place = self._places.get(name) if self._is_known() else None
        # Sorting the list moves the names, and changes neither its length nor `renamings`.
        if not self._is_known() or (place is not None and self[place].__dict__.get(key) != name):
            self._places = {}
            for i, one in enumerate(self.keys()):
                self._places.setdefault(one, i)
            self._as_of = len(self), renamings
            place = self._places.get(name)
        return place

    def _at_name(self, name):
        key, place = self._field.key_attr, self._find(name)
        if place is not None:
            return place
        near = _raw.did_you_mean(name, [element.__dict__.get(key) for element in self]) if key else None
        raise KeyError(f"{name}; did you mean {near!r}?" if near else name)

    def __getitem__(self, index):
        if isinstance(index, str):
            return super().__getitem__(self._at_name(index))
        return super().__getitem__(index)

    def __setitem__(self, index, value):
        if isinstance(index, str):
            self._put(index, value)
            return
        self._as_of = None
        if isinstance(index, slice):
            super().__setitem__(index, List(self._field, value))
        else:
            super().__setitem__(index, self._field.element(value))

    def _put(self, name, value):
        """Replaces the element with this name, or appends a new one."""
        if not self._field.key_attr:
            raise KeyError(name)
        element = self._field.named(name, value)
        place = self._find(name)
        if place is not None:
            super().__setitem__(place, element)
        else:
            self._append(element)

    def _append(self, element):
        is_known, key = self._is_known(), self._field.key_attr
        super().append(element)
        if is_known:
            self._places.setdefault(element.__dict__.get(key), len(self) - 1)
            self._as_of = len(self), renamings

    def __getattr__(self, name):
        if not name.startswith("_") and self._field.key_attr and self._find(name) is not None:
            raise AttributeError(f"{self._field.owner}.{self._field.attr} is a list: write [{name!r}]")
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def get(self, name, default=None):
        """The element with this name; `default` when there is none."""
        place = self._find(name)
        return default if place is None else self[place]

    def pop(self, index=-1):
        index = self._at_name(index) if isinstance(index, str) else index
        self._as_of = None
        return super().pop(index)

    def index(self, value, *bounds):
        return super().index(self._like(value), *bounds)

    def count(self, value):
        return super().count(self._like(value))

    def remove(self, value):
        self._as_of = None
        super().remove(self._like(value))

    def _like(self, value):
        """The element that a value is converted to, for comparisons; the value itself when it cannot be converted."""
        try:
            return self._field.element(value)
        except (TypeError, ValueError):
            return value

    def __delitem__(self, index):
        index = self._at_name(index) if isinstance(index, str) else index
        self._as_of = None
        super().__delitem__(index)

    def __contains__(self, value):
        if isinstance(value, str) and self._field.key_attr:
            return self._find(value) is not None
        return super().__contains__(self._like(value))

    def append(self, value):
        self._append(self._field.element(value))

    def insert(self, index, value):
        self._as_of = None
        super().insert(index, self._field.element(value))

    def extend(self, values):
        self._as_of = None
        super().extend(List(self._field, values))

    def __iadd__(self, values):  # type: ignore[misc]
        self.extend(values)
        return self

    def __reduce__(self):
        return list, (list(self),)


class Map(dict):
    """A mapping from texts to texts."""

    __slots__ = ("_field", "_given")

    def __init__(self, field, values=(), given=True):
        super().__init__()
        self._field = field
        self._given = given
        self.update(values)

    def copy(self):
        """An independent mapping."""
        made = Map(self._field, given=self._given)
        dict.update(made, self)
        return made

    __copy__ = copy

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(f"{self._field.owner}.{self._field.attr} is a mapping: write [{name!r}]")

    def __setitem__(self, key, value):
        super().__setitem__(self._field.key_text(key), self._field.element(value))

    def update(self, *values, **more):
        for key, value in dict(*values, **more).items():
            self[key] = value

    def setdefault(self, key, value=None):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, values):  # type: ignore[misc]
        self.update(values)
        return self

    def __reduce__(self):
        return dict, (dict(self),)


class _Signature:
    """The arguments of a class, for help() and completion in a shell. It is made when it is first read."""

    def __get__(self, _model, cls):
        import inspect
        names = dict.fromkeys(word for field in cls._fields.values() for word in (field.attr, field.short_key) if word)
        return inspect.Signature([inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None) for name in names])


class Model:
    """A part of the model. __dict__ has the attributes that were set."""

    # _given: False for an object that only reading an attribute made. _at, _lines: lines of Python, when `tracking` is on.
    __slots__ = ("__dict__", "__weakref__", "_given", "_at", "_lines")
    # Set for each class by _schema.py. _fields: members by attribute. _names: members by each of their words. _order: the position of each
    # member. _scalar, _word, _whole: the member that a scalar, a text, or a mapping stands for. _key: the member with the name of an element
    # of a mapping.
    _fields: dict = {}
    _names: dict = {}
    _order: dict = {}
    _scalar = _word = _whole = _key = None
    __signature__ = _Signature()

    def __init__(self, **values):
        _set_given(self, True)
        if tracking:
            _set_at(self, _caller())
        if values:
            self._fill(values)

    @classmethod
    def _blank(cls):
        """An empty object. Does not call __init__ of a derived class, because that may need arguments."""
        made = cls.__new__(cls)
        Model.__init__(made)
        return made

    def _fill(self, values):
        own, names = self.__dict__, self._names
        for name, value in values.items():
            field = names.get(name)
            if field is None:
                raise TypeError(self._unknown(name))
            if value is None and not field.holds_null:
                continue
            if field.attr in own:
                raise TypeError(self._said_twice(name, field))
            own[field.attr] = field.coerce(value)

    def _said_twice(self, name, field):
        if field is self._key and name in (field.key, field.attr):
            return f"{type(self).__name__} {getattr(self, field.attr)!r}: {name} is given twice"
        other = field.short_key if name in (field.key, field.attr) and field.short_key else field.attr
        return f"{type(self).__name__}: {name} and {other} exclude each other"

    @classmethod
    def _unknown(cls, name):
        near = _raw.did_you_mean(name, list(cls._names))
        near = cls._names[near].attr if near else None
        return f"{cls.__name__} has no {name!r}" + (f"; did you mean {near!r}?" if near else "")

    @classmethod
    def _made_of(cls, value, key=None):
        """Makes an object from an object, a mapping, or the scalar that stands for one; `key` is its name in a mapping."""
        if isinstance(value, cls):
            if key is None or getattr(value, cls._key.attr) == key:
                return value
            value = value.copy()
            value._set(cls._key, key)  # not through __setattr__: the copy is in no list, so no list must index its names again
            return value
        made, scalar = cls._blank(), cls._word if cls._word and isinstance(value, str) else cls._scalar
        own = made.__dict__
        if key is not None:
            own[cls._key.attr] = key
        if value is None:
            return made
        if type(value) not in _PLAIN and isinstance(value, Mapping):
            made._fill({cls._whole.key: value} if cls._whole else value)
        elif scalar is None or isinstance(value, (Model, list, tuple, set)):
            raise TypeError(f"{cls.__name__} cannot be made of {value!r}")
        elif scalar.attr in own:
            raise TypeError(made._said_twice(scalar.key, scalar))
        else:
            own[scalar.attr] = scalar.coerce(value)
        return made

    def __getattr__(self, name):
        # Members are properties, so Python calls this only for unknown names.
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(self._unknown(name))

    def __setattr__(self, name, value):
        field = self._fields.get(name)
        if field is None:
            own = getattr(type(self), name, None)
            if not hasattr(own, "__set__"):
                raise AttributeError(self._unknown(name))
            own.__set__(self, value)  # a property of a derived class
            return
        self._set(field, value)
        if field is self._key:
            global renamings
            renamings += 1

    def _set(self, field, value):
        field.set(self, value)
        if tracking:
            if not hasattr(self, "_lines"):
                _set_lines(self, {})
            self._lines[field.attr] = _caller()

    def __delattr__(self, name):
        setattr(self, name, None)

    @classmethod
    def from_dict(cls, data):
        """Makes an object from plain data, in the words of the YAML file."""
        if not isinstance(data, Mapping):
            raise TypeError(f"from_dict() needs a mapping, not {data!r}")
        return cls._made_of(data)

    def to_dict(self):
        """The object as plain data, in the words and the short form of the YAML file."""
        own, fields, data = self.__dict__, self._fields, {}
        # In the order of the tables. Most objects have few members, so only those that are set are sorted.
        for attr in sorted(own, key=self._order.__getitem__) if len(own) > 1 else own:
            fields[attr].put(data, own[attr])
        return data

    def _is_said(self):
        """Whether there is anything to write. An empty object with a member `enabled` is written, because its presence enables it."""
        return (self._given and "enabled" in self._fields) or bool(self.to_dict())

    def _short(self, without=None):
        """The object as a mapping, or as the scalar that may stand for it. The member `without` is left out: the caller writes it."""
        own, scalar = self.__dict__, self._scalar
        if scalar and scalar is not without and scalar.attr in own and len(own) == (2 if without else 1):
            data = {}
            scalar.put(data, own[scalar.attr])  # the common case, without a dict of all members
        else:
            data = self.to_dict()
            if without:
                del data[without.key]
        if self._whole and self._whole.key in data:
            return data[self._whole.key]
        return data[scalar.key] if scalar and len(data) == 1 and scalar.key in data else data

    def copy(self):
        """An independent copy with copies of all parts. It keeps the lines of Python at which the parts were made."""
        made = self._blank()
        _set_given(made, self._given)
        for name, value in self.__dict__.items():
            made.__dict__[name] = value.copy() if isinstance(value, (Model, List, Map)) else value
        if hasattr(self, "_at"):
            _set_at(made, self._at)
        if hasattr(self, "_lines"):
            _set_lines(made, dict(self._lines))
        for slot in self._slots_of_derived():
            if hasattr(self, slot.__name__):
                slot.__set__(made, slot.__get__(self))
        return made

    def _slots_of_derived(self):
        """The __slots__ of classes that a program derived from this one."""
        for cls in type(self).__mro__:
            if "_fields" in cls.__dict__:
                break
            yield from (own for own in cls.__dict__.values() if isinstance(own, types.MemberDescriptorType))

    __copy__ = copy

    def __deepcopy__(self, _memo):
        return self.copy()

    def __reduce__(self):
        return type(self)._made_of, (self._short() if self._whole else self.to_dict(),)

    def __eq__(self, other):
        if not isinstance(other, type(self)) and not isinstance(self, type(other)):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self):
        own = self.__dict__
        parts = [f"{attr}={_repr(own[attr])}" for attr, field in self._fields.items() if attr in own and field.is_said(own[attr])]
        line = f"{type(self).__name__}({', '.join(parts)})"
        if len(line) <= 100 and "\n" not in line:
            return line
        return f"{type(self).__name__}(\n" + "".join("    " + part.replace("\n", "\n    ") + ",\n" for part in parts) + ")"

    def _walk(self, way):
        """
        Follows a way of steps. Returns the objects on it, from this one to the last that exists, each with the member that comes next; and
        the value at the end, or None.
        """
        here, found = self, []
        for step in way:
            if isinstance(here, Model):
                field = here._names.get(step)
                found.append((here, field.attr if field else None))
                here = here.__dict__.get(field.attr) if field else None
            elif isinstance(here, List) and isinstance(step, int):
                here = here[step] if step < len(here) else None
            elif isinstance(here, (List, Map)) and step in here:
                here = here[step]
            else:
                here = None
            if here is None:
                break
        if isinstance(here, Model):
            found.append((here, None))
        return found, here


def long_way(app, way):
    """The long form of a way: without short keys, and with the member that a scalar stands for."""
    found = []
    for step in way:
        _objects, here = app._walk(found)
        field = here._names.get(step) if isinstance(here, Model) else None
        found += [field.key, 0] if field and step == field.short_key else [step]
    here = app._walk(found)[1]
    return [*found, here._scalar.key] if isinstance(here, Model) and here._scalar else found


def steps(path):
    """The steps of a model path: names, and numbers from 0."""
    return [int(index) if index else key or re.sub(r"\\(.)", r"\1", name) for name, index, key in _STEP.findall(path)]


_set_given = Model.__dict__["_given"].__set__
_set_at = Model.__dict__["_at"].__set__
_set_lines = Model.__dict__["_lines"].__set__


def unsaid(cls):
    """An empty object, which a program may fill; as long as it is empty, it is not written."""
    made = cls()
    _set_given(made, False)
    return made


def add_step(error, step):
    """Adds a step at the front of the model path with which the message of the error begins."""
    if not hasattr(error, "words"):
        error.words, error.way = str(error), ""
    error.way = step + ("." if error.way and not error.way.startswith("[") else "") + error.way
    error.args = (f"{error.way}: {error.words}",)
    return error


def position(objects):
    """
    File, relative to the current folder, and line of Python where the last member on a way was set, or the last object on it was made;
    (None, None) when no line was remembered.
    """
    for one, member in reversed(objects):
        at = getattr(one, "_lines", {}).get(member) or getattr(one, "_at", None)
        if at:
            file, line = at
            here = os.path.join(os.getcwd(), "")
            return file[len(here):] if file.startswith(here) else file, line
    return None, None


def _repr(value):
    if isinstance(value, Words):
        return repr(value.value)
    if isinstance(value, Map):
        return repr(dict(value))
    if isinstance(value, List):
        parts = [_repr(one) for one in value]
        line = f"[{', '.join(parts)}]"
        if len(line) <= 90 and "\n" not in line:
            return line
        return "[\n" + "".join("    " + part.replace("\n", "\n    ") + ",\n" for part in parts) + "]"
    return repr(value)
