"""Members of the model's classes: check the values that are assigned, and write them back."""
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import isfinite

from ._model import List, Map, Model, add_step, unsaid


# Assigned to a member that allows it, NONE removes the default. None unsets the member, so that the default applies.
NONE = "none"


class Field:
    """A member with a plain value. `raw` is its row in the library's tables."""

    key_attr = None
    # Whether None among the values of a new object is the member's value, and does not mean that nothing is given.
    holds_null = False

    def __init__(self, owner, attr, raw):
        self.owner = owner
        self.attr = attr
        self.key = raw.key.decode()
        self.short_key = raw.short_key.decode() if raw.short_key else None
        self.doc = raw.doc.decode() if raw.doc else ""
        # Whether NONE can be assigned, to remove the default.
        self.none = raw.none

    def get(self, model):
        """The value in an object. A struct, list or map is made when it is first read, so that a program can fill it."""
        value = model.__dict__.get(self.attr)
        if value is None:
            value = self.empty()
            if value is not None:
                model.__dict__[self.attr] = value
        return value

    def set(self, model, value):
        if value is None:
            model.__dict__.pop(self.attr, None)
        else:
            model.__dict__[self.attr] = self.coerce(value)

    def without_none(self, value, refused):
        """`refused` when the value is NONE and the member allows that; else the value."""
        return refused if self.none and isinstance(value, str) and value == NONE else value

    def wrong(self, meant, value):
        return TypeError(f"{self.owner}.{self.attr} must be {meant}, not {value!r}")

    def empty(self):
        """The value of the attribute when none was given."""
        return None

    def is_said(self, value):
        return True

    def put(self, data, value):
        data[self.key] = value


class Text(Field):
    def coerce(self, value):
        return to_text(self, value)


def to_text(field, value):
    """Converts a text, or a whole number into its digits."""
    if type(value) is str:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, bool):
        raise field.wrong(f"a text (write \"{str(value).lower()}\")", value)
    if isinstance(value, float):
        raise field.wrong(f"a text in quotes (write \"{value}\", or \"{value}0\": a number does not keep a zero at its end)", value)
    raise field.wrong("a text", value)


class IntOrText(Field):
    """A number or a word. A text of digits is the number."""

    def coerce(self, value):
        text = to_text(self, value)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 18 and str(int(text)) == text else text


class Integer(Field):
    def coerce(self, value):
        if self.none and isinstance(value, str) and value == NONE:
            return NONE
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong("a whole number", value)
        return int(value)


class Bool(Field):
    def coerce(self, value):
        if not isinstance(value, bool):
            raise self.wrong("True or False", value)
        return value


class Value(Field):
    """Any value of YAML: dicts with texts as keys, lists, texts, numbers, True, False and, inside of these, None."""

    def coerce(self, value):
        if isinstance(value, Mapping):
            for key in value:
                if not isinstance(key, str):
                    raise self.wrong("a value whose keys are texts", key)
            return {str(key): Value.coerce(self, one) for key, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [Value.coerce(self, one) for one in value]
        if isinstance(value, float) and not isfinite(value):
            raise self.wrong("a value of numbers that YAML has", value)
        if value is None or isinstance(value, (str, bool, int, float)):
            return value
        raise self.wrong("a value of dicts, lists, texts and numbers", value)


class ValueOrNull(Value):
    """A value that may be null, such as that of an operation, which adds or tests it."""

    holds_null = True


class Whole(Field):
    """A value that is the mapping of its object. A text would be taken for the member that a scalar stands for."""

    def coerce(self, value):
        if not isinstance(value, Mapping):
            raise self.wrong("a dict", value)
        return Value.coerce(self, value)


class Word(Field):
    def __init__(self, owner, attr, raw, make_class):
        super().__init__(owner, attr, raw)
        self._make_class = make_class

    @cached_property
    def words(self):
        return self._make_class()

    def coerce(self, value):
        try:
            return self.words(value)
        except ValueError as error:
            raise ValueError(f"{self.owner}.{self.attr}: {error}") from None

    def put(self, data, value):
        data[self.key] = value.value


class Texts(Field):
    def coerce(self, value):
        value = self.without_none(value, [])
        if isinstance(value, (str, int)):
            value = [value]
        if not isinstance(value, Iterable) or isinstance(value, Mapping):
            raise self.wrong("a list", value)
        return List(self, value)

    def element(self, value):
        return to_text(self, value)

    def empty(self):
        return List(self, given=False)

    def is_said(self, value):
        return bool(value) or value._given

    def put(self, data, value):
        if self.is_said(value):
            data[self.key] = list(value)


class Object(Field):
    def __init__(self, owner, attr, raw, make_class):
        super().__init__(owner, attr, raw)
        self._make_class = make_class

    @cached_property
    def cls(self):
        """The class of its objects, which is made when it is first used."""
        return self._make_class()

    def coerce(self, value):
        try:
            return self.cls._made_of(self.without_none(value, False))
        except (TypeError, ValueError) as error:
            raise add_step(error, self.key)

    def empty(self):
        return unsaid(self.cls)

    def is_said(self, value):
        return value._is_said()

    def put(self, data, value):
        if value._is_said():
            data[self.key] = value._short()


class Pairs(Field):
    """A map from text to text, or to a quantity."""

    def __init__(self, owner, attr, raw, takes_fractions):
        super().__init__(owner, attr, raw)
        self.takes_fractions = takes_fractions
        self.entry = [raw.of.contents.row(i).key.decode() for i in range(2)]

    def coerce(self, value):
        value = self.without_none(value, {})
        if isinstance(value, (list, tuple)):
            name, amount = self.entry
            try:
                value = {one[name]: one[amount] for one in value}
            except (TypeError, KeyError):
                raise self.wrong("a mapping", value) from None
        if not isinstance(value, Mapping):
            raise self.wrong("a mapping", value)
        return Map(self, value)

    def key_text(self, value):
        return to_text(self, value)

    def element(self, value):
        return repr(value) if self.takes_fractions and isinstance(value, float) else to_text(self, value)

    def empty(self):
        return Map(self, given=False)

    def is_said(self, value):
        return bool(value) or value._given

    def put(self, data, value):
        if self.is_said(value):
            data[self.key] = dict(value)


class Objects(Object):
    @property
    def key_attr(self):
        return self.cls._key.attr if self.cls._key else None

    def coerce(self, value):
        try:
            return self._list_of(self.without_none(value, []))
        except (TypeError, ValueError) as error:
            raise add_step(error, self.key)

    def _list_of(self, value):
        if type(value) is list:
            return List(self, value)
        if self.cls._key and isinstance(value, Mapping):
            made = List(self)
            for name, one in value.items():
                list.append(made, self.named(name, one))
            return made
        if isinstance(value, (str, int, Model, Mapping)):
            value = [value]
        if not isinstance(value, Iterable):
            raise self.wrong("a list", value)
        return List(self, value)

    def named(self, name, value):
        """Makes the element that has this name in a mapping."""
        name = self.cls._key.coerce(to_text(self, name))
        try:
            return self.cls._made_of(value, name)
        except (TypeError, ValueError) as error:
            raise add_step(error, str(name))

    def element(self, value):
        # If elements have names, an element that is one word has this word as its name.
        if self.cls._key and self.cls._scalar and isinstance(value, (str, int)):
            return self.cls._made_of(None, self.cls._key.coerce(to_text(self, value)))
        return self.cls._made_of(value)

    def empty(self):
        return List(self, given=False)

    def is_said(self, value):
        return bool(value) or value._given

    def put(self, data, value):
        if not self.is_said(value):
            return
        key = self.cls._key
        names = [one.__dict__.get(key.attr) for one in value] if key else []
        if self.short_key and not key and len(value) == 1:
            short = value[0]._short()
            if not isinstance(short, dict):
                data[self.short_key] = short
                return
        if names and None not in names and len(set(names)) == len(names):
            data[self.key] = {name: one._short(key) for name, one in zip(names, value)}
        else:
            data[self.key] = [one.to_dict() if key else one._short() for one in value]
