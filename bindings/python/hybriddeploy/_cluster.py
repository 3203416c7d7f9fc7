"""Reads manifests, and lists which connections their network policies allow."""
from __future__ import annotations

import dataclasses
import json
import os

from . import _raw
from ._run import Run

_TRANSPORTS = (None, "TCP", "UDP", "SCTP", "other")


@dataclasses.dataclass(frozen=True)
class ClusterObject:
    """An object that was read. `takes_part` is False for kinds that are not used, and for an object that a server would refuse."""

    api_version: str
    kind: str
    namespace: str | None
    name: str
    takes_part: bool
    file: str
    line: int
    column: int


@dataclasses.dataclass(frozen=True)
class ClusterWorkload:
    """The pods that one object makes. `ports` are the ports of their containers: (name or None, number, protocol)."""

    kind: str
    name: str
    namespace: str
    labels: dict[str, str]
    ports: tuple[tuple[str | None, int, str], ...]
    service_account: str
    host_network: bool


@dataclasses.dataclass(frozen=True)
class Connection:
    """A connection that is allowed. `ports` are ranges: (protocol, first, last). `is_all` says whether all traffic is allowed."""

    source: str
    target: str
    ports: tuple[tuple[str, int, int], ...]
    is_all: bool


class Cluster:
    """A cluster that was read from manifests, whoever wrote them."""

    def __init__(self, sources, *, keep_content=False):
        self._run = Run(lambda file, line, column, path: (file, line, column, None, None))
        self._cluster = self._run.read_cluster(sources, keep_content)

    @classmethod
    def from_files(cls, *names, keep_content=False):
        """Reads files and folders; diff() needs `keep_content`. Raises UnreadableError when one cannot be read; `diagnostics` has all other mistakes."""
        return cls([(os.fspath(name), None) for name in names], keep_content=keep_content)

    @classmethod
    def from_yaml(cls, text, *, name="<text>", keep_content=False):
        """Reads a text, YAML or JSON, with one or several documents. Diagnostics use `name` as the name of the file; diff() needs
        `keep_content`."""
        return cls([(name, text.encode("utf-8") if isinstance(text, str) else bytes(text))], keep_content=keep_content)

    def __del__(self, lib=_raw.lib):
        lib.hd_cluster_free(getattr(self, "_cluster", None))

    @property
    def diagnostics(self):
        """The mistakes in the manifests."""
        return self._run.findings()

    @property
    def objects(self):
        """All objects, in the order of reading."""
        count = _raw.lib.hd_cluster_object_count(self._cluster)
        return [_object(_raw.lib.hd_cluster_object_at(self._cluster, i).contents) for i in range(count)]

    @property
    def workloads(self):
        """The workloads, in order of namespace, name and kind."""
        count = _raw.lib.hd_cluster_workload_count(self._cluster)
        return [_workload(_raw.lib.hd_cluster_workload_at(self._cluster, i).contents) for i in range(count)]

    def connections(self, *, host_network_as_pods=False):
        """The connections that network policies allow. `host_network_as_pods`: policies treat pods with hostNetwork like other pods."""
        return [Connection(row["from"], row["to"], tuple((port["protocol"], port["first"], port["last"]) for port in row["ports"]), row["all"])
                for row in map(json.loads, self._graph(1, host_network_as_pods).splitlines())]

    def to_text(self, format="text", *, host_network_as_pods=False):
        """The connections as a text: `text`, `json`, `csv`, `dot` or `mermaid`."""
        formats = ("text", "json", "csv", "dot", "mermaid")
        if format not in formats:
            raise ValueError(f"there is no format {format!r}; formats are {', '.join(formats)}")
        return self._graph(formats.index(format), host_network_as_pods)

    def _graph(self, number, host_network_as_pods):
        return self._run.write_graph(self._cluster, number, host_network_as_pods)


def _text(data):
    return data.decode() if data is not None else None


def _object(raw):
    group, version = raw.group.decode(), raw.version.decode()
    return ClusterObject(f"{group}/{version}" if group else version, raw.kind.decode(), _text(raw.namespace_name), raw.name.decode(),
                         bool(raw.takes_part), os.fsdecode(raw.place.file), raw.place.line, raw.place.column)


def _workload(raw):
    ports = tuple((_text(port.name), port.number, _TRANSPORTS[port.transport]) for port in raw.ports[:raw.n_ports])
    return ClusterWorkload(raw.kind.decode(), raw.name.decode(), raw.namespace_name.decode(),
                    {label.key.decode(): label.value.decode() for label in raw.labels[:raw.n_labels]}, ports, raw.service_account.decode(),
                    bool(raw.host_network))
