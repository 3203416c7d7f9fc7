"""The application: from files and texts, to diagnostics and manifests."""
import json
import os

from . import _raw
from ._manifest import Manifest
from ._model import Model, position
from ._run import Run, format_number, to_json

# How diagnostics of the library name a model that no file has; replaced before anybody sees it.
_NO_FILE = "<python>"


class Origin:
    """The texts a model was loaded from, and what it said then: as long as it says the same, positions in them are right."""

    def __init__(self, sources, sets, data):
        self.sources = sources
        self.sets = sets
        self.data = data


def _read(name):
    try:
        if name == "-":
            import sys
            return sys.stdin.buffer.read()
        with open(name, "rb") as file:
            return file.read()
    except OSError:
        return None  # the library says why


def _locator(sources, app=None):
    texts = {name if name != "-" else "<stdin>": text for name, text in sources if text is not None}

    def locate(file, line, column, path):
        source = texts.get(file)
        return file, line, column, source.decode("utf-8", "replace") if source is not None else None, app._walk(path)[-1] if app else None
    return locate


class BaseApp(Model):
    """What an App can do besides holding its members."""

    __slots__ = ("_origin",)

    @classmethod
    def from_file(cls, *files, sets=()):
        """The model in a file; later files are laid over earlier ones. `sets` are overrides such as services.web.replicas=3."""
        names = [os.fspath(file) for file in files] or ["hybriddeploy.yaml"]
        return cls._from_sources([(name, _read(name)) for name in names], sets)

    @classmethod
    def from_yaml(cls, text, *, name="<text>", sets=()):
        """The model in a text, YAML or JSON. `name` stands in diagnostics."""
        return cls._from_sources([(name, text.encode("utf-8") if isinstance(text, str) else bytes(text))], sets)

    @classmethod
    def _from_sources(cls, sources, sets):
        sets = [sets] if isinstance(sets, str) else list(sets)
        run = Run(_locator(sources)).load(sources, sets)
        if run.n_errors():
            run.resolve().check().must_be_valid()
        data = json.loads(run.given(_raw.JSON))
        app = cls.from_dict(data)
        _set_origin(app, Origin(sources, sets, app.to_dict()))
        return app

    def copy(self):
        made = super().copy()
        if getattr(self, "_origin", None):
            _set_origin(made, self._origin)
        return made

    __copy__ = copy

    def _run(self, kubernetes_version=None, namespace=None, limit=None, strict=False):
        """Loads and resolves: from the texts the model came from, when it is still what they say."""
        origin, data = getattr(self, "_origin", None), self.to_dict()
        if origin and origin.data == data:
            run = Run(_locator(origin.sources, self), limit=limit, strict=strict).load(origin.sources, origin.sets)
        else:
            name = origin.sources[0][0] if origin else _NO_FILE
            run = Run(self._locator_here(name), limit=limit, strict=strict).load([(name, to_json(data))])
        return run.resolve(kubernetes_version, namespace)

    def _locator_here(self, name):
        """For a model made in Python, that the library knows under this name: its places are those of the objects."""
        def locate(file, line, column, path):
            objects = self._walk(path)
            if file == name or file is None:
                file, line = position(objects)
                column = None
            return file, line, column, None, objects[-1]
        return locate

    def check(self, *, kubernetes_version=None, namespace=None, limit=None):
        """All that is wrong with the model, at most `limit` findings (100 when it is left out)."""
        return self._run(kubernetes_version, namespace, limit).check().findings()

    def _checked(self, kubernetes_version, namespace, strict):
        return self._run(kubernetes_version, namespace, None, strict).check().must_be_valid()

    def generate(self, *, only=None, kubernetes_version=None, namespace=None, strict=False):
        """The manifests in the order of application; `only` selects `Kind` or `Kind/name`. Raises InvalidModelError."""
        run = self._checked(kubernetes_version, namespace, strict)
        return [Manifest(run, index, raw) for index, raw in run.manifests(only)]

    def to_stream(self, *, format="yaml", only=None, kubernetes_version=None, namespace=None, strict=False):
        """All manifests as one text: YAML documents, JSON lines, or one List. Raises InvalidModelError."""
        return self._run(kubernetes_version, namespace, None, strict).stream(format_number(format), only)

    def write(self, folder, *, format="yaml", only=None, force=False, kubernetes_version=None, namespace=None, strict=False):
        """Writes the manifests to a folder, whole or not at all; `force` overwrites files edited by hand. Raises HybridDeployError."""
        run = self._run(kubernetes_version, namespace, None, strict)
        run.folder(os.fsencode(folder), format_number(format, single=True), only, force)

    def explain(self, path=None, *, kubernetes_version=None, namespace=None):
        """The complete model as YAML, with where each value came from; or the part at a path."""
        return self._run(kubernetes_version, namespace).explain(path)

    def to_yaml(self):
        """The model as YAML, in the short form."""
        return Run(self._locator_here(_NO_FILE)).load([(_NO_FILE, to_json(self.to_dict()))]).given(_raw.YAML)


_set_origin = BaseApp.__dict__["_origin"].__set__
