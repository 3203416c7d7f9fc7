"""Random models with all members of the tables stay the same on the way from Python through C and YAML back to Python."""
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hybriddeploy as hd
from hybriddeploy import _fields

WORDS = st.sampled_from([
    "a", "web", "orders", "1.5", "08", "yes", "null", "~", "", " ", "a: b", "- x", "#", "\u2028", "\x85", "\x7f", "\ufeff", "ü", "😀", "line\nline\n",
    "\ttab", "{}", "[", "%", "0x1f", "1e3", "2024-01-01", "12:30", "\"", "\\", "'"])
TEXTS = WORDS | st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)
NAMES = st.sampled_from(["a", "b", "web", "orders", "x-1"])
INTEGERS = st.integers(1, 2**63 - 1)
# Values of any form. A text that stands alone would be taken for the YAML of a value.
ANY = st.recursive(TEXTS | st.booleans() | st.integers(0, 10**9), lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
                   max_leaves=5).map(lambda value: {"a": value})


def values(field, depth):
    """A random value that can be assigned to an attribute."""
    if isinstance(field, _fields.Text):
        return TEXTS
    if isinstance(field, _fields.IntOrText):
        return TEXTS | st.integers(0, 10**17 - 1)
    if isinstance(field, _fields.Integer):
        return INTEGERS
    if isinstance(field, _fields.Bool):
        return st.booleans()
    if isinstance(field, _fields.Word):
        return st.sampled_from(list(field.words))
    if isinstance(field, _fields.Texts):
        return st.lists(TEXTS, max_size=3)
    if isinstance(field, _fields.Pairs):
        return st.dictionaries(TEXTS, TEXTS, max_size=3)
    if isinstance(field, _fields.Value):
        return ANY
    if isinstance(field, _fields.Whole):
        return st.dictionaries(NAMES, ANY, min_size=1, max_size=3)
    one = objects(field.cls, depth - 1)
    return one if isinstance(field, _fields.Object) else st.lists(one, max_size=3)


@st.composite
def objects(draw, cls, depth):
    fields = [field for field in cls._fields.values() if depth > 0 or not isinstance(field, (_fields.Object, _fields.Objects))]
    some = draw(st.lists(st.sampled_from(fields), max_size=4, unique_by=lambda field: field.attr)) if fields else []
    made = {field.attr: draw(values(field, depth)) for field in some}
    if cls._key and draw(st.booleans()):
        made[cls._key.attr] = draw(NAMES)
    return cls(**made)


@settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(objects(hd.App, 4))
def test_round_trips(app):
    assert hd.App.from_dict(app.to_dict()) == app
    again = hd.App.from_yaml(app.to_yaml())
    assert again == app
    assert again.to_yaml() == app.to_yaml()


@settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(objects(hd.App, 3))
def test_repr_can_be_read_back(app):
    assert eval(repr(app), {name: getattr(hd, name) for name in hd.__all__}) == app


@settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(objects(hd.App, 4))
def test_any_model_can_be_checked(app):
    for one in app.check():
        assert one.code.startswith("HD") and str(one)
