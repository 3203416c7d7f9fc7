"""The application: loads it from files and texts, checks it, and generates manifests."""
import functools
import json
import os

from . import _model, _raw
from ._manifest import File, Manifest
from ._model import Model, long_way, position, steps
from ._run import Run, format_number, to_json

# The name of a model without a file, as the library sees it. Replaced before the user sees it.
_NO_FILE = "<python>"


def _own_name(beside):
    """A random name, which occurs in no model. It is in the folder of `beside`, because a model names other files relative to it."""
    return os.path.join(os.path.dirname(beside), f"<python-{os.urandom(8).hex()}>")


class Origin:
    """The texts that a model was loaded from, and its data at that time. While the data is the same, positions in the texts are right."""

    def __init__(self, cls, sources, sets, environment):
        self.cls = cls
        self.sources = sources
        self.sets = sets
        self.environment = environment
        self.data = None
        self._loaded = None

    def load(self, run):
        """Loads the texts again, with the same options as for the model."""
        return run.load(self.sources, self.sets, self.environment)

    def is_in_files(self):
        """Whether the files still have these texts."""
        return all(name != "-" and text is not None and _read(name) == text for name, text in self.sources)

    def options(self):
        """The same model for hybridgen."""
        return [*(word for name, _ in self.sources for word in ("-f", name)), *(word for one in self.sets for word in ("--set", one)),
                *(["-e", self.environment] if self.environment else [])]

    def place(self, way, is_key, value):
        """
        File, line, column and text of the value at the end of a way; None when the model has another value there than the texts. A part
        of the model to which only names lead has its place even when its content changed.
        """
        from . import _positions
        if self._loaded is None:
            self._loaded = self.cls.from_dict(self.data), self.load(Run(None))
        app, run = self._loaded
        there = app._walk(way)[1]
        is_named = isinstance(value, Model) and there is not None and not any(isinstance(step, int) for step in way)
        if there != value and not is_named:
            return None
        found = _positions.find(run.app(), way, is_key)
        return (*found, _text(self.sources, found[0])) if found else None


def _read(name):
    try:
        if name == "-":
            import sys
            return sys.stdin.buffer.read()
        with open(name, "rb") as file:
            return file.read()
    except OSError:
        return None  # the library reports why


def _sources(files):
    names = [os.fspath(file) for file in files] or ["hybriddeploy.yaml"]
    return [(name, _read(name)) for name in names]


def _text(sources, file):
    """The text of a file among the sources. For a setting (--set) it is the setting itself."""
    if file and file.startswith("--set "):
        return file
    for name, text in sources:
        if text is not None and file == ("<stdin>" if name == "-" else name):
            return text.decode("utf-8", "surrogateescape")
    return None


def _locator(sources, app=None):
    def locate(file, line, column, path):
        return file, line, column, _text(sources, file), app._walk(steps(path))[0][-1][0] if app else None
    return locate


class BaseApp(Model):
    """The methods of App; its members come from the tables."""

    __slots__ = ("_origin",)

    @classmethod
    def from_file(cls, *files, sets=(), environment=None):
        """
        Loads the model from a file; later files are laid over earlier ones. `environment` names the environment whose layer, in the files
        or in a file beside them, is laid over them; `sets` are overrides such as services.web.replicas=3.
        """
        return cls._from_sources(_sources(files), sets, environment)

    @classmethod
    def environments(cls, *files):
        """The names of the environments of the model in a file."""
        return Run(_locator(())).load(_sources(files)).environments()

    @classmethod
    def from_yaml(cls, text, *, name="<text>", sets=(), environment=None):
        """Loads the model from a text, YAML or JSON. Diagnostics use `name` as the name of the file."""
        return cls._from_sources([(name, text.encode("utf-8") if isinstance(text, str) else bytes(text))], sets, environment)

    @classmethod
    def _from_sources(cls, sources, sets, environment):
        origin = Origin(cls, sources, [sets] if isinstance(sets, str) else list(sets), environment)
        run = origin.load(Run(_locator(sources)))
        if run.n_errors():
            run.resolve().check().must_be_valid()
        data = json.loads(run.given(_raw.JSON))
        # The objects come from the file, so no line of Python is remembered for them.
        tracking, _model.tracking = _model.tracking, False
        try:
            app = cls.from_dict(data)
        except TypeError:
            # The objects cannot hold what is wrong, such as an entry of a mapping without its value; the library knows the place.
            run.resolve().check().must_be_valid()
            raise
        finally:
            _model.tracking = tracking
        origin.data = app.to_dict()
        _set_origin(app, origin)
        return app

    def copy(self):
        made = super().copy()
        if getattr(self, "_origin", None):
            _set_origin(made, self._origin)
        return made

    __copy__ = copy

    def _run(self, kubernetes_version=None, namespace=None, limit=None, strict=False):
        """Loads and resolves the model: from its texts while they say the same as the model, else from the model's data."""
        origin, data = getattr(self, "_origin", None), self.to_dict()
        if origin and origin.data == data:
            run = origin.load(Run(_locator(origin.sources, self), limit=limit, strict=strict))
        else:
            name, text = _own_name(origin.sources[0][0] if origin else ""), to_json(data)
            run = Run(self._locator_here(name, text, origin), limit=limit, strict=strict).load([(name, text)])
            run.name = name
        return run.resolve(kubernetes_version, namespace)

    def _locator_here(self, name, text, origin=None):
        """Finds places for a model that the library loads as `text` under `name`. An object that was made in Python has its place there; a
        value that still comes from a file has its place in the file."""
        from ._positions import ways_in
        ways = functools.lru_cache(None)(lambda: ways_in(text.decode("utf-8")))

        def locate(file, line, column, path):
            if file is not None and file != name:
                return file, line, column, None, self._walk(steps(path))[0][-1][0]
            # The path may not lead to the value, as for a value of a runtime. The column in the text does.
            way, what = ways().get(column) or (steps(path), None)
            # A scalar may stand for a whole struct. The path says which of the two is meant.
            if what == "scalar" and steps(path) != way:
                way = long_way(self, way)
            objects, value = self._walk(way)
            last = objects[-1][0]
            place = origin.place(way, what == "key", value) if origin and not getattr(last, "_at", None) else None
            return (*(place or (*position(objects), None, None)), last)
        return locate

    def check(self, *, kubernetes_version=None, namespace=None, limit=None):
        """The mistakes of the model as diagnostics: at most `limit` of them, by default 100."""
        return self._run(kubernetes_version, namespace, limit).check().findings()

    def _checked(self, kubernetes_version, namespace, strict):
        return self._run(kubernetes_version, namespace, None, strict).check().must_be_valid()

    def generate(self, *, only=None, kubernetes_version=None, namespace=None, strict=False):
        """The manifests in the order of application; `only` selects `Kind` or `Kind/name`. Raises InvalidModelError."""
        run = self._checked(kubernetes_version, namespace, strict)
        return [Manifest(run, index, raw) for index, raw in run.manifests(only)]

    def _by_target(self, only, kubernetes_version, namespace):
        """The manifests by what names them in patches: all, and those that `only` selects."""
        from ._patches import by_target
        run = self._checked(kubernetes_version, namespace, False)
        every = by_target([Manifest(run, index, raw) for index, raw in run.manifests(None)])
        selected = {index for index, _ in run.manifests(only)}
        return every, {target: one for target, one in every.items() if one._index in selected}

    def objects(self, *, only=None, kubernetes_version=None, namespace=None):
        """The manifests as dicts, by what names them in `patches`, such as "Deployment/web". A program may change them, and patch() takes
        them back. Raises InvalidModelError."""
        return {target: one.data for target, one in self._by_target(only, kubernetes_version, namespace)[1].items()}

    def patch(self, objects, *, only=None, kubernetes_version=None, namespace=None):
        """Takes back what objects() returned for the same arguments, after a program changed it: gives the model the smallest patches with
        which it generates exactly these manifests, and returns those that are new. A patch that was for such a manifest alone is replaced.
        Raises InvalidModelError or ValueError when patches cannot do it; then the model is as it was."""
        from ._patches import take
        return take(self, objects, lambda: self._by_target(only, kubernetes_version, namespace))

    def to_stream(self, *, format="yaml", only=None, against=None, kubernetes_version=None, namespace=None, strict=False):
        """All manifests as one text: YAML documents, JSON lines, or one List. `against`: a Cluster with what runs, read with `keep_content`;
        what the API server would refuse to change is an error. Raises InvalidModelError."""
        return self._run(kubernetes_version, namespace, None, strict).stream(format_number(format), only, against)

    def files(self, *, only=None, parts=None, kubernetes_version=None, namespace=None, strict=False):
        """The files that a folder gets beside the manifests, such as Dockerfiles. `parts` selects some of them by the names that parts()
        lists. Raises InvalidModelError."""
        run = self._checked(kubernetes_version, namespace, strict)
        return [File(run, index, raw) for index, raw in run.files(only, parts)]

    def write(self, folder, *, format="yaml", only=None, parts=None, force=False, against=None, kubernetes_version=None, namespace=None,
              strict=False):
        """Writes the manifests, and the files beside them, to a folder: all of them, or none when there is an error. `force` overwrites
        files that were edited by hand; `against` is as in to_stream(). Raises HybridDeployError."""
        run = self._run(kubernetes_version, namespace, None, strict)
        run.folder(os.fsencode(folder), format_number(format, single=True), only, parts, force, against)

    def contract(self, *, kubernetes_version=None, namespace=None):
        """What other applications may rely on, as a JSON text that their workspaces list. Raises InvalidModelError."""
        return self._checked(kubernetes_version, namespace, False).contract()

    def explain(self, path=None, *, kubernetes_version=None, namespace=None):
        """The complete model, or its part at `path`, as YAML. A comment at each value says where it comes from."""
        run = self._run(kubernetes_version, namespace)
        return run.explain(path, run.name)

    def explain_manifest(self, where, field=None, *, kubernetes_version=None, namespace=None):
        """What the values of a manifest came from, as `hybridgen explain` tells it: of an object such as "Deployment/web", all of it or a field
        such as "spec.replicas", or of a line of a generated file such as "deploy/50-deployment-web.yaml:41". Needs the command, which is
        installed with this package; raises FileNotFoundError without it, ValueError for an object or field that there is not, and
        InvalidModelError."""
        from . import _backward
        self._checked(kubernetes_version, namespace, False)
        options = [*(["--kube-version", kubernetes_version] if kubernetes_version else []), *(["--namespace", namespace] if namespace else [])]
        origin, data = getattr(self, "_origin", None), self.to_dict()
        if origin and origin.data == data and origin.is_in_files():
            return _backward.explanations(_backward.run([*origin.options(), *options], where, field), _backward.as_it_is)
        folder = os.path.dirname(origin.sources[0][0]) if origin else ""
        name, text = _own_name(folder and os.path.join(folder, "")), to_json(data)
        broken, column_at = _backward.lines_of(text)
        locate = self._locator_here(name, text, origin)

        def place(one):
            if one["file"] == "<stdin>":
                return (*locate(name, 1, column_at(one["line"], one["column"]), one["path"])[:2], None)
            return os.path.join(folder, one["file"]) if one["file"] else None, one["line"], one["column"]

        return _backward.explanations(_backward.run(["-f", "-", *options], where, field, text=broken, folder=folder), place)

    def resolve(self, *, kubernetes_version=None, namespace=None):
        """The complete model, with every default filled in, as objects: app.resolve().services["web"].replicas."""
        return self.from_yaml(self._run(kubernetes_version, namespace).explain(None), name="<resolved>")

    def to_yaml(self):
        """The model as YAML, in the short form."""
        text = to_json(self.to_dict())
        return Run(self._locator_here(_NO_FILE, text)).load([(_NO_FILE, text)]).given(_raw.YAML)


    def _repr_html_(self):
        """The allowed connections, as a picture where hybridgen and Graphviz are there, and as a table; or the mistakes when the model has errors."""
        from . import _html
        run = self._run().check()
        if run.n_errors():
            return _html.findings(run.findings())
        return _html.picture(self.to_stream()) + _html.connections(run.edges())


_set_origin = BaseApp.__dict__["_origin"].__set__
