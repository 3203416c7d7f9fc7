"""Applications that know each other: loads a workspace, checks it, shows who talks to whom, and writes a folder for each application."""
from __future__ import annotations

import ctypes
import functools
import os
import re

from . import _backward, _raw
from ._cluster import Cluster
from ._diff import Diff
from ._manifest import Manifest
from ._run import Run, _option


def _text(file):
    try:
        with open(file, "rb") as opened:
            return opened.read().decode("utf-8", "surrogateescape")
    except OSError:
        return None


def _version(version):
    """The version for C, in the form that the model's own kubernetesVersion must have."""
    text, root = _option("kubernetes_version", version, "1.30"), _raw.lib.hd_schema_root().contents
    form = next(field.format for field in map(root.row, range(root.n_fields)) if field.key == b"kubernetesVersion")
    if text is not None and not _raw.lib.hd_format_is_valid(form, text):
        raise ValueError(f"kubernetes_version is {version!r}; write {_raw.lib.hd_format_words(form).decode()}")
    return text


class _Member(Run):
    """The model of an application, which the workspace owns, with findings of its own."""

    def __init__(self, workspace, model):
        super().__init__(workspace._run._locate)
        self._workspace = workspace
        self._model = ctypes.c_void_p(model)

    def __del__(self, lib=_raw.lib):
        lib.hd_diagnostics_free(getattr(self, "_diagnostics", None))


class _Loading:
    """Loads the models: first as they are, which tells their names and environments; then with what is laid over them."""

    def __init__(self, sets, environment):
        self.sets, self.environment = [sets] if isinstance(sets, str) else list(sets), environment
        self.documents, self.names, self.error = {}, None, None
        self._kept = []  # because C borrows the texts
        for one in self.sets:
            if not re.match(r"[^/.\[=\"']+/", one):
                raise ValueError(f"{one!r}: say which application it is for, as in \"shop/imageTag=1\"; * means all of them")

    def load(self, *args):
        try:
            return self._load(*args)
        except BaseException as caught:  # because exceptions cannot pass through C
            self.error = caught
            return _raw.NO_MEMORY  # ends the loading of the workspace

    def _load(self, _user, file, diagnostics, ret):
        name = self.names.get(file) if self.names is not None else None
        sets = [one.partition("/")[2] for one in self.sets if name and one.partition("/")[0] in ("*", name)]
        environment = self.environment if name and self.has_environments(file) else None
        options = _raw.LoadOptions(ctypes.sizeof(_raw.LoadOptions), sets=_raw.texts(sets), n_sets=len(sets),
                                   environment=_option("environment", environment, "production"))
        source = _raw.Source(file, None, 0)
        self._kept.append((options, source))
        status = _raw.lib.hd_document_load(source, 1, options, diagnostics, ret)
        if status == _raw.OK and self.names is None:
            self.documents[file] = ret[0]
        return status

    def has_environments(self, file):
        names, n = ctypes.POINTER(ctypes.c_char_p)(), ctypes.c_size_t()
        return file in self.documents and _raw.lib.hd_document_environments(self.documents[file], names, n) == _raw.OK and n.value > 0


class Workspace:
    """The applications that a file lists: models, contracts, and patterns of them."""

    def __init__(self, file, *, environment=None, sets=(), kubernetes_version=None):
        self._file, self._version = file, _version(kubernetes_version)
        self._first = None
        self._loading = _Loading(sets, environment)
        self._open()
        if environment is not None or self._loading.sets:
            self._first = self._workspace
            self._loading.names = {_raw.lib.hd_workspace_file(self._first, index): name for index, name, _ in self._members()}
            self._check_sets()
            self._check_environment(environment)
            self._open()
            if any(one.code == "HD1121" for one in self._run.findings()):
                self._run._must(_raw.UNREADABLE)
        _raw.lib.hd_workspace_check(self._workspace, self._run._diagnostics)

    @classmethod
    def from_file(cls, file="hybriddeploy.workspace.yaml", *, environment=None, sets=(), kubernetes_version=None):
        """Loads and checks a workspace. `environment` is that of the applications that have environments; `sets` are overrides that name
        their application, such as `shop/services.web.replicas=3`, or with a star all of them. Raises UnreadableError when the file itself cannot
        be read, or an application has other environments; ValueError for a setting or an environment that is for no application."""
        return cls(file, environment=environment, sets=sets, kubernetes_version=kubernetes_version)

    def _open(self):
        text = functools.lru_cache(None)(_text)
        self._run = Run(lambda file, line, column, path: (file, line, column, file and text(file), None))
        self._workspace = ctypes.c_void_p()
        self._loader = _raw.Loader(self._loading.load)
        options = _raw.WorkspaceOptions(ctypes.sizeof(_raw.WorkspaceOptions), load=self._loader,
                                        kubernetes_version=self._version)
        status = _raw.lib.hd_workspace_load(os.fsencode(self._file), options, self._run._diagnostics, self._workspace)
        if self._loading.error:
            raise self._loading.error
        self._run._must(status)

    def _check_sets(self):
        models = [name for _, name, model in self._members() if name and model]
        for one in self._loading.sets:
            name = one.partition("/")[0]
            if name not in ("*", *models):
                raise ValueError(f"{one!r}: the workspace has no model of an application {name!r}; it has {', '.join(models)}")

    def _check_environment(self, environment):
        if environment not in (None, "base") and not any(map(self._loading.has_environments, self._loading.documents)):
            raise ValueError(f"no application of the workspace has environments, and so none {environment!r}")

    def __del__(self, lib=_raw.lib):
        workspace, first = getattr(self, "_workspace", None), getattr(self, "_first", None)
        lib.hd_workspace_free(workspace)
        if first is not workspace:
            lib.hd_workspace_free(first)

    def _members(self):
        for index in range(_raw.lib.hd_workspace_count(self._workspace)):
            name = _raw.lib.hd_workspace_name(self._workspace, index)
            yield index, name and name.decode(), _raw.lib.hd_workspace_model(self._workspace, index)

    def _usable(self):
        """The applications that are right by themselves."""
        runs = ((name, _Member(self, model)) for _, name, model in self._members() if name and model)
        return {name: run for name, run in runs if not run.check().n_errors()}

    @property
    def names(self):
        """The names of the applications, contracts among them."""
        return [name for _, name, _ in self._members() if name]

    def check(self):
        """The mistakes of all models, and where two of them do not agree."""
        return self._run.findings()

    def errors(self):
        """How many errors each application has."""
        return {name: _raw.lib.hd_workspace_errors(self._workspace, index) for index, name, _ in self._members() if name}

    def generate(self, *, only=None):
        """The manifests of each application that is right by itself; `only` selects `Kind`."""
        return {name: [Manifest(run, index, raw) for index, raw in run.manifests(only)] for name, run in self._usable().items()}

    def graph(self):
        """The manifests of the applications that are right by themselves as one Cluster, which knows who can talk to whom."""
        sources = [(f"<generated {name}>", run.stream(_raw.YAML, None).encode()) for name, run in self._usable().items()]
        return Cluster(sources or [("<nothing>", b"# nothing")])

    def diff(self, after):
        """Compares with a later state of the workspace: a Diff for each application that changes. One that is new, or gone, is compared
        with no manifests; one that has errors by itself, or a contract in the place of its model, is left out."""
        old, new, nothing = self._usable(), after._usable(), Cluster.from_yaml("# nothing", keep_content=True)
        left_out = {name for one, usable in ((self, old), (after, new)) for name in one.names if name not in usable}
        found = {name: Diff(old.get(name, nothing), new.get(name, nothing)) for name in [*new, *(name for name in old if name not in new)]
                 if name not in left_out}
        return {name: diff for name, diff in found.items() if diff}

    def explain(self, path=None):
        """The complete models as YAML documents, or the part of one at a path such as `shop/services.web`. A comment at each value says where it
        comes from. Raises KeyError for a path that leads nowhere."""
        models = {name: model for _, name, model in self._members() if name and model}
        if path is None:
            return "---\n".join(_Member(self, model).explain(None) for model in models.values())
        name, _, rest = path.partition("/")
        if name not in models:
            raise KeyError(path)
        return _Member(self, models[name]).explain(rest or None)

    def explain_manifest(self, where, field=None):
        """As App.explain_manifest(). "shop/Deployment/web" names the application, which is needed where several have such an object. The files
        are read again. Raises ValueError where no application that is right has the object."""
        loading = self._loading
        options = ["-f", os.fspath(self._file), *(word for one in loading.sets for word in ("--set", one)),
                   *(["-e", loading.environment] if loading.environment else []), *(["--kube-version", self._version.decode()] if self._version else [])]
        return _backward.explanations(_backward.run(options, where, field), _backward.as_it_is)

    def write(self, folder):
        """Writes a folder for each application below `folder`. Raises InvalidModelError, and writes nothing, when one has errors."""
        self._run.must_be_valid()
        os.makedirs(folder, exist_ok=True)
        for _, name, model in self._members():
            if model:
                self._run._must(_raw.lib.hd_generate_folder(model, self._run.options(), self._run._diagnostics,
                                                            os.fsencode(os.path.join(folder, name))))
