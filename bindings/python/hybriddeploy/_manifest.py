"""Manifests that came out."""
import json

from . import _raw


class Manifest:
    """One manifest: `kind`, `name`, `namespace`, `api_version`, `service` (whose it is, or None), `file_name`, `text` and `data`."""

    __slots__ = ("kind", "name", "namespace", "api_version", "service", "file_name", "_run", "_index", "_text", "_json")

    def __init__(self, run, index, raw):
        group, version = raw.group.decode(), raw.version.decode()
        self.kind = raw.kind.decode()
        self.name = raw.name.decode()
        self.namespace = raw.namespace_name.decode() if raw.namespace_name is not None else None
        self.api_version = f"{group}/{version}" if group else version
        self.service = raw.service.decode() if raw.service is not None else None
        self.file_name = raw.file_name.decode()
        self._run, self._index, self._text, self._json = run, index, None, None

    @property
    def text(self):
        """The manifest as YAML; written when it is first asked for."""
        if self._text is None:
            self._text = self._run.manifest(self._index, _raw.YAML)
        return self._text

    @property
    def data(self):
        """The manifest as plain dicts and lists, which are yours."""
        return json.loads(self._as_json())

    def _as_json(self):
        return self._json if self._run is None else self._run.manifest(self._index, _raw.JSON)

    def __getstate__(self):
        # The C model stays here; what was made of it goes along.
        return {**{name: getattr(self, name) for name in self.__slots__}, "_run": None, "_text": self.text, "_json": self._as_json()}

    def __setstate__(self, state):
        for name, value in state.items():
            setattr(self, name, value)

    def __repr__(self):
        return f"<Manifest {self.kind}/{self.name}>"

    def __str__(self):
        return self.text
