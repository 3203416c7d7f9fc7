"""Manifests, and the files beside them."""
import json

from . import _raw


class _Written:
    """A manifest or file, which the library writes when `text` is first read."""

    __slots__ = ("_run", "_index", "_text")

    def __init__(self, run, index):
        self._run, self._index, self._text = run, index, None

    @property
    def text(self):
        """The content; for a manifest, YAML. The library writes it when it is first read."""
        if self._text is None:
            self._text = self._write()
        return self._text

    def _state(self):
        return {name: getattr(self, name) for cls in type(self).__mro__[:-1] for name in cls.__slots__}

    def __getstate__(self):
        # The C model cannot be pickled; the texts that it made can.
        return {**self._state(), "_run": None, "_text": self.text}

    def __setstate__(self, state):
        for name, value in state.items():
            setattr(self, name, value)

    def __str__(self):
        return self.text


class Manifest(_Written):
    """One manifest: `kind`, `name`, `namespace`, `api_version`, `service` (its service, or None), `file_name`, `text` and `data`."""

    __slots__ = ("kind", "name", "namespace", "api_version", "service", "file_name", "_json")

    def __init__(self, run, index, raw):
        super().__init__(run, index)
        group, version = raw.group.decode(), raw.version.decode()
        self.kind = raw.kind.decode()
        self.name = raw.name.decode()
        self.namespace = raw.namespace_name.decode() if raw.namespace_name is not None else None
        self.api_version = f"{group}/{version}" if group else version
        self.service = raw.service.decode() if raw.service is not None else None
        self.file_name = raw.file_name.decode()
        self._json = None

    def _write(self):
        return self._run.manifest(self._index, _raw.YAML)

    @property
    def data(self):
        """The manifest as plain dicts and lists. Each call makes new ones, so the caller may change them."""
        return json.loads(self._as_json())

    def _as_json(self):
        return self._json if self._run is None else self._run.manifest(self._index, _raw.JSON)

    def __getstate__(self):
        return {**super().__getstate__(), "_json": self._as_json()}

    def __repr__(self):
        return f"<Manifest {self.kind}/{self.name}>"


class File(_Written):
    """A file beside the manifests, such as a Dockerfile: its `path` in a folder, its `part`, `service` (the service that it belongs to, or
    None), whether it is `executable`, and `text`."""

    __slots__ = ("path", "part", "service", "executable")

    def __init__(self, run, index, raw):
        super().__init__(run, index)
        self.path = raw.path.decode()
        self.part = raw.part.decode()
        self.service = raw.service.decode() if raw.service is not None else None
        self.executable = bool(raw.executable)

    def _write(self):
        return self._run.file(self._index)

    def __repr__(self):
        return f"<File {self.path}>"
