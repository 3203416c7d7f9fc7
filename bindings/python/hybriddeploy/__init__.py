"""One short model of an application in, every manifest that a production cluster needs out.

    >>> import hybriddeploy as hd
    >>> app = hd.App(name="shop", image_registry="registry.example.com/shop", image_tag="1.4.2",
    ...              services={"web": hd.Service(runtime="cpython", expose="/")}, host="shop.example.com")
    >>> app.check()
    []
    >>> [manifest.kind for manifest in app.generate()][:3]
    ['Namespace', 'ServiceAccount', 'NetworkPolicy']

The classes of the model (App, Service, Port, Autoscaling, ...) and the enums of its words (Protocol, ...) are made from the library's
tables when a program first uses them.
"""
from . import _raw
from ._errors import HybridDeployError, InvalidModelError, UnreadableError, UnwritableError
from ._raw import LibraryError

__version__ = _raw.lib.hd_version().decode()

_ELSEWHERE = {"Cluster": "_cluster", "ClusterObject": "_cluster", "Connection": "_cluster", "ClusterWorkload": "_cluster", "Cause": "_diff", "Diff": "_diff", "EdgeChange": "_diff", "FieldChange": "_diff", "ObjectChange": "_diff", "diff": "_diff",
              "ManifestSource": "_backward", "ManifestValue": "_backward", "Diagnostic": "_diagnostic", "Edit": "_diagnostic", "Place": "_diagnostic", "Severity": "_diagnostic", "File": "_manifest",
              "Manifest": "_manifest", "Model": "_model", "NONE": "_fields", "CodeInfo": "_codes", "KindInfo": "_codes", "PartInfo": "_codes",
              "Workspace": "_workspace", "codes": "_codes", "kinds": "_codes", "parts": "_codes", "json_schema": "_codes"}
_OWN = ["HybridDeployError", "InvalidModelError", "LibraryError", "UnreadableError", "UnwritableError", "track_positions"]


def track_positions(enabled=True):
    """From now on, objects remember the line of Python that made them, and diagnostics name it."""
    from . import _model
    _model.tracking = bool(enabled)


def __getattr__(name):
    from importlib import import_module
    if name in _ELSEWHERE:
        found = getattr(import_module("." + _ELSEWHERE[name], __name__), name)
    elif name == "__all__":
        found = sorted(_OWN + list(_ELSEWHERE) + list(import_module("._schema", __name__).tables()))
    elif name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    else:
        schema = import_module("._schema", __name__)
        found = schema.dict_named(name)
        if not found and name not in schema.tables():
            near = _raw.did_you_mean(name, _OWN + list(_ELSEWHERE) + list(schema.tables()))
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}" + (f"; did you mean {near!r}?" if near else ""))
        found = found or schema.class_named(name)
    globals()[name] = found
    return found


def __dir__():
    return sorted(set(globals()) | set(__getattr__("__all__")))
