# Made by make_stubs.py from the library's tables.
import builtins
import dataclasses
import enum
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, Literal, SupportsIndex, TypedDict, TypeVar, overload

from typing_extensions import Self

__all__: list[str]
__version__: str

def track_positions(enabled: bool = True) -> None:
    """From now on, objects remember the line of Python that made them, and diagnostics name it."""

class LibraryError(ImportError):
    """The C library cannot be found, or its version does not fit this package."""

class Severity(str, enum.Enum):
    """The severity of a diagnostic. No manifests are generated while there is an error."""
    WARNING = "warning"
    ERROR = "error"

@dataclasses.dataclass(frozen=True)
class Place:
    """A second place of a diagnostic, such as the value that contradicts it."""
    message: str
    path: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    source: str | None = None

@dataclasses.dataclass(frozen=True)
class Edit:
    """A change of a file that corrects the model: `text` replaces the characters from (line, column) up to (end_line, end_column)."""
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str

@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """One mistake: what is wrong with a model, where, and what would be right.

    `object` is the part of the model with the mistake; None when it is unknown. `end_column` is behind the last character of the value.
    `edits` correct the mistake; empty when more than one correction is possible. `paths` are the model paths of all members with the
    mistake when one place in a file is the mistake of several, such as all services of a runtime; else empty. `environments` are those with
    the mistake when several were checked and not all have it; else empty.
    """
    code: str
    severity: Severity
    message: str
    path: str
    hint: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    related: Place | None = None
    end_line: int | None = None
    end_column: int | None = None
    edits: tuple[Edit, ...] = ()
    paths: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    object: Any = None
    source: str | None = None
    @property
    def services(self) -> tuple[str, ...]:
        """The names of the services that have the mistake; empty unless several services share it."""

class HybridDeployError(Exception):
    """A model, its input or its output has an error. `str()` is the text that hybridgen prints."""
    diagnostics: list[Diagnostic]
    omitted: int
    strict: bool
    def __init__(self, diagnostics: Iterable[Diagnostic], omitted: int = 0, strict: bool = False) -> None: ...

class InvalidModelError(HybridDeployError, ValueError):
    """The model has errors."""

class UnreadableError(HybridDeployError, OSError):
    """An input cannot be read, or is not YAML."""

class UnwritableError(HybridDeployError, OSError):
    """The output cannot be written."""

class Manifest:
    """One manifest."""
    kind: str
    name: str
    namespace: str | None
    api_version: str
    service: str | None
    file_name: str
    @property
    def text(self) -> str:
        """The content; for a manifest, YAML. The library writes it when it is first read."""
    @property
    def data(self) -> dict[str, Any]:
        """The manifest as plain dicts and lists. Each call makes new ones, so the caller may change them."""

class File:
    """A file beside the manifests, such as a Dockerfile."""
    path: str
    part: str
    service: str | None
    executable: bool
    @property
    def text(self) -> str:
        """The content; for a manifest, YAML. The library writes it when it is first read."""

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
    def __init__(self, sources: Sequence[tuple[str, bytes | None]]) -> None: ...
    @classmethod
    def from_files(cls, *names: str | os.PathLike[str]) -> Self:
        """Reads files and folders. Raises UnreadableError when one cannot be read; `diagnostics` has all other mistakes."""
    @classmethod
    def from_yaml(cls, text: str | bytes, *, name: str = "<text>") -> Self:
        """Reads a text, YAML or JSON, with one or several documents. Diagnostics use `name` as the name of the file."""
    def __del__(self, lib: Any = ...) -> None: ...
    @property
    def diagnostics(self) -> list[Diagnostic]:
        """The mistakes in the manifests."""
    @property
    def objects(self) -> list[ClusterObject]:
        """All objects, in the order of reading."""
    @property
    def workloads(self) -> list[ClusterWorkload]:
        """The workloads, in order of namespace, name and kind."""
    def connections(self, *, host_network_as_pods: bool = False) -> list[Connection]:
        """The connections that network policies allow. `host_network_as_pods`: policies treat pods with hostNetwork like other pods."""
    def to_text(self, format: Literal["text", "json", "csv", "dot", "mermaid"] = "text", *, host_network_as_pods: bool = False) -> str:
        """The connections as a text: `text`, `json`, `csv`, `dot` or `mermaid`."""

_Effect = Literal["nothing", "create", "update", "restart", "recreate", "delete", "data"]

@dataclasses.dataclass(frozen=True)
class Cause:
    """A value of the model that changed. With `is_gone`, `file`, `line` and `column` are a place in the old model."""
    path: str
    before: str | None
    after: str | None
    file: str | None
    line: int | None
    column: int | None
    is_gone: bool

@dataclasses.dataclass(frozen=True)
class FieldChange:
    """A field of an object that differs. `why` gives the reason when its effect is greater than an update; else None."""
    path: str
    before: object
    after: object
    effect: _Effect
    why: str | None

@dataclasses.dataclass(frozen=True)
class ObjectChange:
    """An object that is new, gone or differs. `least_pods`, `most_pods` and `pace` say how pods are replaced; None when none are."""
    effect: _Effect
    why: str | None
    api_version: str
    kind: str
    namespace: str | None
    name: str
    service: str | None
    fields: tuple[FieldChange, ...]
    causes: tuple[Cause, ...]
    least_pods: int | None
    most_pods: int | None
    pace: str | None

@dataclasses.dataclass(frozen=True)
class EdgeChange:
    """A connection that only one of the two models allows. `ports` are (number, protocol); empty means all ports."""
    is_added: bool
    source: str
    target: str
    ports: tuple[tuple[int, str], ...]
    reason: str
    in_network: bool
    in_mesh: bool

class Diff:
    """The effects of a change. `str()` lists them by cause."""
    def __init__(self, before: Any, after: Any) -> None: ...
    def __del__(self, lib: Any = ...) -> None: ...
    @property
    def worst(self) -> _Effect:
        """The greatest effect of its objects: nothing, create, update, restart, recreate, delete or data."""
    @property
    def causes(self) -> list[Cause]:
        """The values of the model that changed, in the order of the model."""
    @property
    def objects(self) -> list[ObjectChange]:
        """The objects that are new, gone or differ, in the order of application; those that are gone come last."""
    @property
    def edges(self) -> list[EdgeChange]:
        """The connections that are new, then those that are gone."""
    def to_markdown(self) -> str:
        """The effects as Markdown for the comment of a pull request: a table of at most 30 lines, and the details folded."""
    def __bool__(self) -> bool: ...

def diff(before: App, after: App, *, kubernetes_version: str | None = None, namespace: str | None = None) -> Diff:
    """Compares the manifests of two models (App) of one application. Raises InvalidModelError when one of them has errors."""

@dataclasses.dataclass(frozen=True)
class CodeInfo:
    """The meaning of a diagnostic's code, with a wrong and a right model."""
    code: str
    severity: Severity
    name: str
    what: str
    why: str
    wrong: str
    right: str

@dataclasses.dataclass(frozen=True)
class KindInfo:
    """A kind of manifest. `when` says for which models it is generated."""
    kind: str
    api_version: str
    family: str
    when: str

@dataclasses.dataclass(frozen=True)
class PartInfo:
    """A part of the files beside the manifests. `when` says when a folder gets it; `group` is a name for several parts, or None."""
    name: str
    group: str | None
    what: str
    when: str

def codes() -> list[CodeInfo]:
    """All codes, in order of their numbers."""

def kinds() -> list[KindInfo]:
    """All kinds of manifests, in the order of application."""

def parts() -> list[PartInfo]:
    """All parts of the files that a folder gets beside the manifests."""

NONE: Literal["none"]
"""Refuses the default of a member that allows it; None means that nothing is given, so that the default holds."""

def json_schema() -> dict[str, Any]:
    """The JSON Schema of the model, as a dict."""

class Model:
    """A part of the model."""
    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Makes an object from plain data, in the words of the YAML file."""
    def to_dict(self) -> dict[str, Any]:
        """The object as plain data, in the words and the short form of the YAML file."""
    def copy(self) -> Self:
        """An independent copy with copies of all parts. It keeps the lines of Python at which the parts were made."""
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: object) -> Self: ...

_T = TypeVar("_T")
_E = TypeVar("_E")

# A list of _T that also finds elements by name, and converts values of type _E to elements.
class _List(list[_T], Generic[_T, _E]):
    @overload
    def __getitem__(self, index: SupportsIndex) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> list[_T]: ...
    @overload
    def __getitem__(self, index: str) -> _T: ...
    @overload
    def __setitem__(self, index: SupportsIndex | str, value: _T | _E) -> None: ...
    @overload
    def __setitem__(self, index: slice, value: Iterable[_T | _E]) -> None: ...
    def __delitem__(self, index: SupportsIndex | slice | str) -> None: ...
    def __contains__(self, value: object) -> bool: ...
    def get(self, name: str, default: _T | None = None) -> _T | None:
        """The element with this name; `default` when there is none."""
    def keys(self) -> list[str]:
        """The names of the elements, in their order."""
    def values(self) -> list[_T]:
        """The elements, in their order."""
    def items(self) -> list[tuple[str, _T]]:
        """Pairs of a name and its element, in their order."""
    def pop(self, index: SupportsIndex | str = -1) -> _T: ...
    def index(self, value: Any, start: SupportsIndex = ..., stop: SupportsIndex = ..., /) -> int: ...
    def count(self, value: Any) -> int: ...
    def remove(self, value: Any) -> None: ...
    def append(self, value: _T | _E) -> None: ...
    def insert(self, index: SupportsIndex, value: _T | _E) -> None: ...
    def extend(self, values: Iterable[_T | _E]) -> None: ...

class CollectorForm(str, enum.Enum):
    """Words: plain, operator."""
    PLAIN = "plain"
    OPERATOR = "operator"

class DashboardForm(str, enum.Enum):
    """Words: configMap, grafana."""
    CONFIG_MAP = "configMap"
    GRAFANA = "grafana"

class Executor(str, enum.Enum):
    """Words: argoRollouts, flagger, plain."""
    ARGO_ROLLOUTS = "argoRollouts"
    FLAGGER = "flagger"
    PLAIN = "plain"

class ImageForm(str, enum.Enum):
    """Words: slim, distroless."""
    SLIM = "slim"
    DISTROLESS = "distroless"

class Instrumentation(str, enum.Enum):
    """Words: auto, code."""
    AUTO = "auto"
    CODE = "code"

class MeshMode(str, enum.Enum):
    """Words: off, sidecar, ambient."""
    OFF = "off"
    SIDECAR = "sidecar"
    AMBIENT = "ambient"

class MtlsMode(str, enum.Enum):
    """Words: STRICT, PERMISSIVE."""
    STRICT = "STRICT"
    PERMISSIVE = "PERMISSIVE"

class OtlpProtocol(str, enum.Enum):
    """Words: grpc, http/protobuf."""
    GRPC = "grpc"
    HTTP_PROTOBUF = "http/protobuf"

class OutboundMode(str, enum.Enum):
    """Words: REGISTRY_ONLY, ALLOW_ANY."""
    REGISTRY_ONLY = "REGISTRY_ONLY"
    ALLOW_ANY = "ALLOW_ANY"

class PathType(str, enum.Enum):
    """Words: Prefix, Exact, RegularExpression."""
    PREFIX = "Prefix"
    EXACT = "Exact"
    REGULAR_EXPRESSION = "RegularExpression"

class PodSecurity(str, enum.Enum):
    """Words: restricted, baseline, privileged."""
    RESTRICTED = "restricted"
    BASELINE = "baseline"
    PRIVILEGED = "privileged"

class ProcMount(str, enum.Enum):
    """Words: Default, Unmasked."""
    DEFAULT = "Default"
    UNMASKED = "Unmasked"

class ProfileType(str, enum.Enum):
    """Words: RuntimeDefault, Localhost, Unconfined, none."""
    RUNTIME_DEFAULT = "RuntimeDefault"
    LOCALHOST = "Localhost"
    UNCONFINED = "Unconfined"
    NONE = "none"

class Protocol(str, enum.Enum):
    """Words: http, http2, https, grpc, grpc-web, websocket, tcp, tls, mongo, mysql, redis, udp."""
    HTTP = "http"
    HTTP2 = "http2"
    HTTPS = "https"
    GRPC = "grpc"
    GRPC_WEB = "grpc-web"
    WEBSOCKET = "websocket"
    TCP = "tcp"
    TLS = "tls"
    MONGO = "mongo"
    MYSQL = "mysql"
    REDIS = "redis"
    UDP = "udp"

class PullPolicy(str, enum.Enum):
    """Words: Always, IfNotPresent, Never."""
    ALWAYS = "Always"
    IF_NOT_PRESENT = "IfNotPresent"
    NEVER = "Never"

class ReceiverType(str, enum.Enum):
    """Words: pagerduty, slack, email, webhook."""
    PAGERDUTY = "pagerduty"
    SLACK = "slack"
    EMAIL = "email"
    WEBHOOK = "webhook"

class RequestSource(str, enum.Enum):
    """Words: istio, spanMetrics, sdk."""
    ISTIO = "istio"
    SPAN_METRICS = "spanMetrics"
    SDK = "sdk"

class Routing(str, enum.Enum):
    """Words: istio, gateway."""
    ISTIO = "istio"
    GATEWAY = "gateway"

class Scaler(str, enum.Enum):
    """Words: HorizontalPodAutoscaler, ScaledObject, external."""
    HORIZONTAL_POD_AUTOSCALER = "HorizontalPodAutoscaler"
    SCALED_OBJECT = "ScaledObject"
    EXTERNAL = "external"

class Scheme(str, enum.Enum):
    """Words: HTTP, HTTPS."""
    HTTP = "HTTP"
    HTTPS = "HTTPS"

class ScrapingForm(str, enum.Enum):
    """Words: serviceMonitor, podMonitor, annotations, collector."""
    SERVICE_MONITOR = "serviceMonitor"
    POD_MONITOR = "podMonitor"
    ANNOTATIONS = "annotations"
    COLLECTOR = "collector"

class StoreKind(str, enum.Enum):
    """Words: ClusterSecretStore, SecretStore."""
    CLUSTER_SECRET_STORE = "ClusterSecretStore"
    SECRET_STORE = "SecretStore"

class StrategyType(str, enum.Enum):
    """Words: RollingUpdate, Recreate, OnDelete."""
    ROLLING_UPDATE = "RollingUpdate"
    RECREATE = "Recreate"
    ON_DELETE = "OnDelete"

class Topology(str, enum.Enum):
    """Words: gateway, agent+gateway, sidecar."""
    GATEWAY = "gateway"
    AGENT_GATEWAY = "agent+gateway"
    SIDECAR = "sidecar"

class VolumeBackup(str, enum.Enum):
    """Words: snapshot, files, none."""
    SNAPSHOT = "snapshot"
    FILES = "files"
    NONE = "none"

class Workload(str, enum.Enum):
    """Words: Deployment, StatefulSet, DaemonSet, Job, CronJob."""
    DEPLOYMENT = "Deployment"
    STATEFUL_SET = "StatefulSet"
    DAEMON_SET = "DaemonSet"
    JOB = "Job"
    CRON_JOB = "CronJob"

class Affinity(Model):
    """All rules on nodes and other pods."""
    @property
    def node_affinity(self) -> NodeAffinity:
        """Rules on nodes."""
    @node_affinity.setter
    def node_affinity(self, value: NodeAffinity | NodeAffinityDict | None) -> None: ...
    @node_affinity.deleter
    def node_affinity(self) -> None: ...
    @property
    def pod_affinity(self) -> PodAffinity:
        """Rules on other pods."""
    @pod_affinity.setter
    def pod_affinity(self, value: PodAffinity | PodAffinityDict | None) -> None: ...
    @pod_affinity.deleter
    def pod_affinity(self) -> None: ...
    @property
    def pod_anti_affinity(self) -> PodAffinity:
        """Rules on other pods."""
    @pod_anti_affinity.setter
    def pod_anti_affinity(self, value: PodAffinity | PodAffinityDict | None) -> None: ...
    @pod_anti_affinity.deleter
    def pod_anti_affinity(self) -> None: ...
    def __init__(
        self,
        *,
        node_affinity: 'NodeAffinity | NodeAffinityDict | None' = None,
        pod_affinity: 'PodAffinity | PodAffinityDict | None' = None,
        pod_anti_affinity: 'PodAffinity | PodAffinityDict | None' = None,
    ) -> None: ...

class AffinityDict(TypedDict, total=False):
    nodeAffinity: NodeAffinity | NodeAffinityDict | None
    node_affinity: NodeAffinity | NodeAffinityDict | None
    podAffinity: PodAffinity | PodAffinityDict | None
    pod_affinity: PodAffinity | PodAffinityDict | None
    podAntiAffinity: PodAffinity | PodAffinityDict | None
    pod_anti_affinity: PodAffinity | PodAffinityDict | None

class Alert(Model):
    """One alert."""
    @property
    def enabled(self) -> bool | None:
        """`false` (in YAML also the word alone, `crashLoop: off`) removes it. Default: true where its metrics have a source, because
        without one it could never be raised."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def threshold(self) -> str | None:
        """The bound: a percentage such as 99.9%, or a duration such as 100ms or 14d. Default: the alert's."""
    @threshold.setter
    def threshold(self, value: str | int | None) -> None: ...
    @threshold.deleter
    def threshold(self) -> None: ...
    @property
    def window(self) -> str | None:
        """Time over which rates are taken, a Prometheus duration; at least four scrapes. Default: the alert's."""
    @window.setter
    def window(self, value: str | int | None) -> None: ...
    @window.deleter
    def window(self) -> None: ...
    @property
    def for_(self) -> str | None:
        """Time that the condition must hold before the alert is raised, a Prometheus duration; 0s for at once. Default: the alert's."""
    @for_.setter
    def for_(self, value: str | int | None) -> None: ...
    @for_.deleter
    def for_(self) -> None: ...
    @property
    def severity(self) -> Literal["critical", "warning", "info", "none"] | None:
        """critical (needs a person at once, also at night), warning (can wait for working hours) or info. Default: the alert's."""
    @severity.setter
    def severity(self, value: Literal["critical", "warning", "info", "none"] | None) -> None: ...
    @severity.deleter
    def severity(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        threshold: 'str | int | None' = None,
        window: 'str | int | None' = None,
        for_: 'str | int | None' = None,
        severity: 'Literal["critical", "warning", "info", "none"] | None' = None,
    ) -> None: ...

AlertDict = TypedDict("AlertDict", {
    "enabled": bool | None,
    "threshold": str | int | None,
    "window": str | int | None,
    "for": str | int | None,
    "for_": str | int | None,
    "severity": Literal["critical", "warning", "info", "none"] | None,
}, total=False)

class AlertRouting(Model):
    """Routing of alerts: an AlertmanagerConfig for the application's namespace. Without it Alertmanager's own configuration decides."""
    @property
    def receivers(self) -> _List[Receiver, ReceiverDict]:
        """Receivers of alerts."""
    @receivers.setter
    def receivers(self, value: Mapping[str, Receiver | ReceiverDict | None] | Sequence[Receiver | ReceiverDict] | Receiver | None) -> None: ...
    @receivers.deleter
    def receivers(self) -> None: ...
    @property
    def receiver(self) -> str | None:
        """Default receiver, of alerts for which no member below names one. Default: the only receiver, because no other can be
        meant."""
    @receiver.setter
    def receiver(self, value: str | int | None) -> None: ...
    @receiver.deleter
    def receiver(self) -> None: ...
    @property
    def critical(self) -> str | None:
        """Receiver of critical alerts."""
    @critical.setter
    def critical(self, value: str | int | None) -> None: ...
    @critical.deleter
    def critical(self) -> None: ...
    @property
    def warning(self) -> str | None:
        """Receiver of warnings."""
    @warning.setter
    def warning(self, value: str | int | None) -> None: ...
    @warning.deleter
    def warning(self) -> None: ...
    @property
    def info(self) -> str | None:
        """Receiver of alerts of severity info."""
    @info.setter
    def info(self, value: str | int | None) -> None: ...
    @info.deleter
    def info(self) -> None: ...
    @property
    def watchdog(self) -> str | None:
        """Receiver of the watchdog, such as a webhook of a dead-man switch, notified every minute. Default: no receiver, because not
        every application has a dead-man switch."""
    @watchdog.setter
    def watchdog(self, value: str | int | None) -> None: ...
    @watchdog.deleter
    def watchdog(self) -> None: ...
    @property
    def group_by(self) -> _List[str, str]:
        """Labels by which alerts are grouped into one notification. Default: alertname and service, so that the pods of a service do
        not send one notification each."""
    @group_by.setter
    def group_by(self, value: str | Sequence[str] | None) -> None: ...
    @group_by.deleter
    def group_by(self) -> None: ...
    @property
    def group_wait(self) -> str | None:
        """Time to wait for more alerts of a group, a Prometheus duration. Default: 30s, so that alerts of one cause come together."""
    @group_wait.setter
    def group_wait(self, value: str | int | None) -> None: ...
    @group_wait.deleter
    def group_wait(self) -> None: ...
    @property
    def group_interval(self) -> str | None:
        """Time between notifications of a group that changed. Default: 5m, so that a change is told soon, and not each of many."""
    @group_interval.setter
    def group_interval(self, value: str | int | None) -> None: ...
    @group_interval.deleter
    def group_interval(self) -> None: ...
    @property
    def repeat_interval(self) -> str | None:
        """Time between notifications of a group that did not change; above groupInterval. Default: 4h, so that nobody forgets it and
        nobody is drowned."""
    @repeat_interval.setter
    def repeat_interval(self, value: str | int | None) -> None: ...
    @repeat_interval.deleter
    def repeat_interval(self) -> None: ...
    @property
    def labels(self) -> dict[str, str]:
        """Labels by which the user's Alertmanager selects configurations. Default: those of telemetry.scraping, which presumes that
        one label selects everything of Prometheus' operator."""
    @labels.setter
    def labels(self, value: Mapping[str, str | int] | None) -> None: ...
    @labels.deleter
    def labels(self) -> None: ...
    def __init__(
        self,
        *,
        receivers: 'Mapping[str, Receiver | ReceiverDict | None] | Sequence[Receiver | ReceiverDict] | Receiver | None' = None,
        receiver: 'str | int | None' = None,
        critical: 'str | int | None' = None,
        warning: 'str | int | None' = None,
        info: 'str | int | None' = None,
        watchdog: 'str | int | None' = None,
        group_by: 'str | Sequence[str] | None' = None,
        group_wait: 'str | int | None' = None,
        group_interval: 'str | int | None' = None,
        repeat_interval: 'str | int | None' = None,
        labels: 'Mapping[str, str | int] | None' = None,
    ) -> None: ...

class AlertRoutingDict(TypedDict, total=False):
    receivers: Mapping[str, Receiver | ReceiverDict | None] | Sequence[Receiver | ReceiverDict] | Receiver | None
    receiver: str | int | None
    critical: str | int | None
    warning: str | int | None
    info: str | int | None
    watchdog: str | int | None
    groupBy: str | Sequence[str] | None
    group_by: str | Sequence[str] | None
    groupWait: str | int | None
    group_wait: str | int | None
    groupInterval: str | int | None
    group_interval: str | int | None
    repeatInterval: str | int | None
    repeat_interval: str | int | None
    labels: Mapping[str, str | int] | None

class Alerts(Model):
    """Alerts of the application: a PrometheusRule for each service, and one for what they share."""
    @property
    def enabled(self) -> bool | None:
        """`false` (in YAML also the word alone, `alerts: off`) leaves all out. Default: true where there is telemetry and a
        Prometheus, because alerts need both."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def interval(self) -> str | None:
        """Time between two evaluations, a Prometheus duration. Default: 30s, which is safe because no window of an alert is shorter."""
    @interval.setter
    def interval(self, value: str | int | None) -> None: ...
    @interval.deleter
    def interval(self) -> None: ...
    @property
    def runbook_url(self) -> str | None:
        """Address of the runbook; each alert's name in lower case is added behind a #. Default: alerts have no link, because only
        you know where the runbook is published."""
    @runbook_url.setter
    def runbook_url(self, value: str | int | None) -> None: ...
    @runbook_url.deleter
    def runbook_url(self) -> None: ...
    @property
    def labels(self) -> dict[str, str]:
        """Labels of all alerts, for routing."""
    @labels.setter
    def labels(self, value: Mapping[str, str | int] | None) -> None: ...
    @labels.deleter
    def labels(self) -> None: ...
    @property
    def availability(self) -> Alert:
        """Share of requests that were answered without a server error, as callers see it. Default: below 99.9% in 1h, for 5m,
        critical, which presumes that one failed request in a thousand needs a person at once."""
    @availability.setter
    def availability(self, value: Alert | AlertDict | bool | None) -> None: ...
    @availability.deleter
    def availability(self) -> None: ...
    @property
    def response_time(self) -> Alert:
        """Average time of a response. Default: above 100ms in 5m, for 10m, warning, which presumes a service that people wait for."""
    @response_time.setter
    def response_time(self, value: Alert | AlertDict | bool | None) -> None: ...
    @response_time.deleter
    def response_time(self) -> None: ...
    @property
    def error_rate(self) -> Alert:
        """Share of requests answered with a server error. Default: above 0.1% in 5m, for 5m, warning, which presumes that one failed
        request in a thousand is too many, and can wait for working hours."""
    @error_rate.setter
    def error_rate(self, value: Alert | AlertDict | bool | None) -> None: ...
    @error_rate.deleter
    def error_rate(self) -> None: ...
    @property
    def resource_use(self) -> Alert:
        """CPU and memory of the fullest pod against its limits. Default: above 80% in 5m, for 15m, warning, so that there is time to
        act before the limit is reached."""
    @resource_use.setter
    def resource_use(self, value: Alert | AlertDict | bool | None) -> None: ...
    @resource_use.deleter
    def resource_use(self) -> None: ...
    @property
    def crash_loop(self) -> Alert:
        """A container that is restarted again and again. Default: for 5m, critical, because such a container rarely recovers by
        itself."""
    @crash_loop.setter
    def crash_loop(self, value: Alert | AlertDict | bool | None) -> None: ...
    @crash_loop.deleter
    def crash_loop(self) -> None: ...
    @property
    def unavailable_replicas(self) -> Alert:
        """Fewer pods are available than are wanted. Default: for 15m, warning, so that an update or a drain does not raise it."""
    @unavailable_replicas.setter
    def unavailable_replicas(self, value: Alert | AlertDict | bool | None) -> None: ...
    @unavailable_replicas.deleter
    def unavailable_replicas(self) -> None: ...
    @property
    def autoscaler_at_max(self) -> Alert:
        """The autoscaler wants as many pods as it may have. Default: for 15m, warning, so that a short peak does not raise it."""
    @autoscaler_at_max.setter
    def autoscaler_at_max(self, value: Alert | AlertDict | bool | None) -> None: ...
    @autoscaler_at_max.deleter
    def autoscaler_at_max(self) -> None: ...
    @property
    def cpu_throttling(self) -> Alert:
        """Share of periods in which the CPU limit held the container back. Default: above 25% in 5m, for 15m, info, because a
        service that is held back now and then may be fast enough."""
    @cpu_throttling.setter
    def cpu_throttling(self, value: Alert | AlertDict | bool | None) -> None: ...
    @cpu_throttling.deleter
    def cpu_throttling(self) -> None: ...
    @property
    def job_failed(self) -> Alert:
        """A run of a Job or CronJob failed. Default: at once, warning, because all retries have failed by then."""
    @job_failed.setter
    def job_failed(self, value: Alert | AlertDict | bool | None) -> None: ...
    @job_failed.deleter
    def job_failed(self) -> None: ...
    @property
    def certificate_expiry(self) -> Alert:
        """A certificate runs out: of cert-manager in this namespace, or the root of the mesh. Default: in 14d, for 1h, warning, so
        that there is time to find out why it was not renewed."""
    @certificate_expiry.setter
    def certificate_expiry(self, value: Alert | AlertDict | bool | None) -> None: ...
    @certificate_expiry.deleter
    def certificate_expiry(self) -> None: ...
    @property
    def collector_dropping_data(self) -> Alert:
        """The collector refuses data or cannot send it. Default: in 5m, for 10m, warning, so that a back end that restarts does not
        raise it."""
    @collector_dropping_data.setter
    def collector_dropping_data(self, value: Alert | AlertDict | bool | None) -> None: ...
    @collector_dropping_data.deleter
    def collector_dropping_data(self) -> None: ...
    @property
    def watchdog(self) -> Alert:
        """Always raised, so that silence means that the alarm itself is broken. Severity: none."""
    @watchdog.setter
    def watchdog(self, value: Alert | AlertDict | bool | None) -> None: ...
    @watchdog.deleter
    def watchdog(self) -> None: ...
    @property
    def routing(self) -> AlertRouting:
        """Routing of alerts: an AlertmanagerConfig for the application's namespace. Without it Alertmanager's own configuration
        decides."""
    @routing.setter
    def routing(self, value: AlertRouting | AlertRoutingDict | None) -> None: ...
    @routing.deleter
    def routing(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        interval: 'str | int | None' = None,
        runbook_url: 'str | int | None' = None,
        labels: 'Mapping[str, str | int] | None' = None,
        availability: 'Alert | AlertDict | bool | None' = None,
        response_time: 'Alert | AlertDict | bool | None' = None,
        error_rate: 'Alert | AlertDict | bool | None' = None,
        resource_use: 'Alert | AlertDict | bool | None' = None,
        crash_loop: 'Alert | AlertDict | bool | None' = None,
        unavailable_replicas: 'Alert | AlertDict | bool | None' = None,
        autoscaler_at_max: 'Alert | AlertDict | bool | None' = None,
        cpu_throttling: 'Alert | AlertDict | bool | None' = None,
        job_failed: 'Alert | AlertDict | bool | None' = None,
        certificate_expiry: 'Alert | AlertDict | bool | None' = None,
        collector_dropping_data: 'Alert | AlertDict | bool | None' = None,
        watchdog: 'Alert | AlertDict | bool | None' = None,
        routing: 'AlertRouting | AlertRoutingDict | None' = None,
    ) -> None: ...

class AlertsDict(TypedDict, total=False):
    enabled: bool | None
    interval: str | int | None
    runbookUrl: str | int | None
    runbook_url: str | int | None
    labels: Mapping[str, str | int] | None
    availability: Alert | AlertDict | bool | None
    responseTime: Alert | AlertDict | bool | None
    response_time: Alert | AlertDict | bool | None
    errorRate: Alert | AlertDict | bool | None
    error_rate: Alert | AlertDict | bool | None
    resourceUse: Alert | AlertDict | bool | None
    resource_use: Alert | AlertDict | bool | None
    crashLoop: Alert | AlertDict | bool | None
    crash_loop: Alert | AlertDict | bool | None
    unavailableReplicas: Alert | AlertDict | bool | None
    unavailable_replicas: Alert | AlertDict | bool | None
    autoscalerAtMax: Alert | AlertDict | bool | None
    autoscaler_at_max: Alert | AlertDict | bool | None
    cpuThrottling: Alert | AlertDict | bool | None
    cpu_throttling: Alert | AlertDict | bool | None
    jobFailed: Alert | AlertDict | bool | None
    job_failed: Alert | AlertDict | bool | None
    certificateExpiry: Alert | AlertDict | bool | None
    certificate_expiry: Alert | AlertDict | bool | None
    collectorDroppingData: Alert | AlertDict | bool | None
    collector_dropping_data: Alert | AlertDict | bool | None
    watchdog: Alert | AlertDict | bool | None
    routing: AlertRouting | AlertRoutingDict | None

class Analysis(Model):
    """How the new version is judged; when it fails, the old one gets all requests back."""
    @property
    def interval(self) -> str | None:
        """Time between measurements, a Go duration of whole seconds. Default: 1m, because a rate needs some scrapes to change."""
    @interval.setter
    def interval(self, value: str | int | None) -> None: ...
    @interval.deleter
    def interval(self) -> None: ...
    @property
    def failure_limit(self) -> int | None:
        """Failed measurements of one metric that are tolerated, 0 to 1000; one more, and the new version has failed. Default: 1, so
        that one bad measurement does not end a release."""
    @failure_limit.setter
    def failure_limit(self, value: int | None) -> None: ...
    @failure_limit.deleter
    def failure_limit(self) -> None: ...
    @property
    def success_rate(self) -> str | None:
        """Least percent of requests that must not end in a status from 500 on, for gRPC in UNKNOWN, DEADLINE_EXCEEDED, INTERNAL,
        UNAVAILABLE or DATA_LOSS, as the mesh counts them, such as 99.5."""
    @success_rate.setter
    def success_rate(self, value: str | int | None) -> None: ...
    @success_rate.deleter
    def success_rate(self) -> None: ...
    @property
    def latency(self) -> str | None:
        """Most time that 99 of 100 requests may take, as the mesh measures it, a Go duration from 1ms."""
    @latency.setter
    def latency(self, value: str | int | None) -> None: ...
    @latency.deleter
    def latency(self) -> None: ...
    @property
    def metrics(self) -> _List[DeliveryMetric, DeliveryMetricDict]:
        """Further metrics, by their queries."""
    @metrics.setter
    def metrics(self, value: Mapping[str, DeliveryMetric | DeliveryMetricDict | None] | Sequence[DeliveryMetric | DeliveryMetricDict] | DeliveryMetric | None) -> None: ...
    @metrics.deleter
    def metrics(self) -> None: ...
    @property
    def prometheus(self) -> str | None:
        """Address of Prometheus. Default: http://prometheus-operated.<namespace>.svc:9090, which presumes the Prometheus operator."""
    @prometheus.setter
    def prometheus(self, value: str | int | None) -> None: ...
    @prometheus.deleter
    def prometheus(self) -> None: ...
    def __init__(
        self,
        *,
        interval: 'str | int | None' = None,
        failure_limit: 'int | None' = None,
        success_rate: 'str | int | None' = None,
        latency: 'str | int | None' = None,
        metrics: 'Mapping[str, DeliveryMetric | DeliveryMetricDict | None] | Sequence[DeliveryMetric | DeliveryMetricDict] | DeliveryMetric | None' = None,
        prometheus: 'str | int | None' = None,
    ) -> None: ...

class AnalysisDict(TypedDict, total=False):
    interval: str | int | None
    failureLimit: int | None
    failure_limit: int | None
    successRate: str | int | None
    success_rate: str | int | None
    latency: str | int | None
    metrics: Mapping[str, DeliveryMetric | DeliveryMetricDict | None] | Sequence[DeliveryMetric | DeliveryMetricDict] | DeliveryMetric | None
    prometheus: str | int | None

class App(Model):
    """The application."""
    @property
    def name(self) -> str | None:
        """Name of the application: a DNS label."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def namespace(self) -> str | None:
        """Namespace of all objects: a DNS label. Default: the application's name, so that two applications do not meet in one."""
    @namespace.setter
    def namespace(self, value: str | int | None) -> None: ...
    @namespace.deleter
    def namespace(self) -> None: ...
    @property
    def environment(self) -> str | None:
        """Environment, such as production; a label of all objects. Default: the name of the document's environment, when it was
        loaded for one, so that nobody says it twice."""
    @environment.setter
    def environment(self, value: str | int | None) -> None: ...
    @environment.deleter
    def environment(self) -> None: ...
    @property
    def host(self) -> str | None:
        """Host name under which exposed services are reached."""
    @host.setter
    def host(self, value: str | int | None) -> None: ...
    @host.deleter
    def host(self) -> None: ...
    @property
    def kubernetes_version(self) -> str | None:
        """Kubernetes version of the cluster, "1.24" to the newest known; quote it, 1.30 is a number. Default: the newest known,
        which presumes a cluster that is kept up to date."""
    @kubernetes_version.setter
    def kubernetes_version(self, value: str | int | None) -> None: ...
    @kubernetes_version.deleter
    def kubernetes_version(self) -> None: ...
    @property
    def image_registry(self) -> str | None:
        """Registry host and path before every image's repository."""
    @image_registry.setter
    def image_registry(self, value: str | int | None) -> None: ...
    @image_registry.deleter
    def image_registry(self) -> None: ...
    @property
    def image_tag(self) -> str | None:
        """Tag of every image that gives none."""
    @image_tag.setter
    def image_tag(self, value: str | int | None) -> None: ...
    @image_tag.deleter
    def image_tag(self) -> None: ...
    @property
    def labels(self) -> dict[str, str]:
        """Labels of all objects."""
    @labels.setter
    def labels(self, value: Mapping[str, str | int] | None) -> None: ...
    @labels.deleter
    def labels(self) -> None: ...
    @property
    def annotations(self) -> dict[str, str]:
        """Annotations of all objects, not of pods."""
    @annotations.setter
    def annotations(self, value: Mapping[str, str | int] | None) -> None: ...
    @annotations.deleter
    def annotations(self) -> None: ...
    @property
    def pod_security(self) -> PodSecurity | None:
        """Pod Security level that the namespace enforces: restricted, baseline or privileged. Default: restricted, which is safe
        because pods that need more are refused at once."""
    @pod_security.setter
    def pod_security(self, value: PodSecurity | Literal["restricted", "baseline", "privileged"] | None) -> None: ...
    @pod_security.deleter
    def pod_security(self) -> None: ...
    @property
    def runtimes(self) -> _List[Service, ServiceDict]:
        """Defaults by runtime; an entry named cpython or condon takes every member of a service."""
    @runtimes.setter
    def runtimes(self, value: Mapping[str, Service | ServiceDict | None] | Sequence[Service | ServiceDict] | Service | None) -> None: ...
    @runtimes.deleter
    def runtimes(self) -> None: ...
    @property
    def secret_store(self) -> SecretStore:
        """Store of the secrets that name no store themselves."""
    @secret_store.setter
    def secret_store(self, value: SecretStore | SecretStoreDict | str | int | None) -> None: ...
    @secret_store.deleter
    def secret_store(self) -> None: ...
    @property
    def secrets(self) -> _List[Secret, SecretDict]:
        """Secrets, by reference."""
    @secrets.setter
    def secrets(self, value: Mapping[str, Secret | SecretDict | None] | Sequence[Secret | SecretDict] | Secret | None) -> None: ...
    @secrets.deleter
    def secrets(self) -> None: ...
    @property
    def externals(self) -> _List[External, ExternalDict]:
        """Destinations outside of the application that its services call."""
    @externals.setter
    def externals(self, value: Mapping[str, External | ExternalDict | None] | Sequence[External | ExternalDict] | External | None) -> None: ...
    @externals.deleter
    def externals(self) -> None: ...
    @property
    def platform(self) -> Platform:
        """Parts of the cluster that the application uses: resolver, gateway, Prometheus, collector, control plane."""
    @platform.setter
    def platform(self, value: Platform | PlatformDict | None) -> None: ...
    @platform.deleter
    def platform(self) -> None: ...
    @property
    def ingress(self) -> Ingress:
        """An Ingress for everything that is exposed. Without it none is generated: requests come in by a mesh, or outside of the
        model."""
    @ingress.setter
    def ingress(self, value: Ingress | IngressDict | bool | None) -> None: ...
    @ingress.deleter
    def ingress(self) -> None: ...
    @property
    def mesh(self) -> Mesh:
        """The Istio mesh; `mesh: sidecar` is short for the mode."""
    @mesh.setter
    def mesh(self, value: Mesh | MeshDict | MeshMode | Literal["off", "sidecar", "ambient"] | None) -> None: ...
    @mesh.deleter
    def mesh(self) -> None: ...
    @property
    def telemetry(self) -> Telemetry:
        """Telemetry of the application; `telemetry: on` means all defaults."""
    @telemetry.setter
    def telemetry(self, value: Telemetry | TelemetryDict | bool | None) -> None: ...
    @telemetry.deleter
    def telemetry(self) -> None: ...
    @property
    def operations(self) -> Operations:
        """Operations of the application; `operations: on` stands for all defaults."""
    @operations.setter
    def operations(self, value: Operations | OperationsDict | bool | None) -> None: ...
    @operations.deleter
    def operations(self) -> None: ...
    @property
    def resource_quotas(self) -> _List[ResourceQuota, ResourceQuotaDict]:
        """A ResourceQuota of the namespace."""
    @resource_quotas.setter
    def resource_quotas(self, value: Mapping[str, ResourceQuota | ResourceQuotaDict | None] | Sequence[ResourceQuota | ResourceQuotaDict] | ResourceQuota | None) -> None: ...
    @resource_quotas.deleter
    def resource_quotas(self) -> None: ...
    @property
    def limit_ranges(self) -> _List[LimitRange, LimitRangeDict]:
        """A LimitRange of the namespace."""
    @limit_ranges.setter
    def limit_ranges(self, value: Mapping[str, LimitRange | LimitRangeDict | None] | Sequence[LimitRange | LimitRangeDict] | LimitRange | None) -> None: ...
    @limit_ranges.deleter
    def limit_ranges(self) -> None: ...
    @property
    def priority_classes(self) -> _List[PriorityClass, PriorityClassDict | str]:
        """A PriorityClass to generate."""
    @priority_classes.setter
    def priority_classes(self, value: Mapping[str, PriorityClass | PriorityClassDict | int | None] | Sequence[PriorityClass | PriorityClassDict | str] | PriorityClass | str | None) -> None: ...
    @priority_classes.deleter
    def priority_classes(self) -> None: ...
    @property
    def silence(self) -> _List[Silence, SilenceDict | str]:
        """Warnings that are accepted everywhere."""
    @silence.setter
    def silence(self, value: Mapping[str, Silence | SilenceDict | str | int | None] | Sequence[Silence | SilenceDict | str] | Silence | str | None) -> None: ...
    @silence.deleter
    def silence(self) -> None: ...
    @property
    def services(self) -> _List[Service, ServiceDict]:
        """The services, at least one; each needs only a name and its runtime."""
    @services.setter
    def services(self, value: Mapping[str, Service | ServiceDict | None] | Sequence[Service | ServiceDict] | Service | None) -> None: ...
    @services.deleter
    def services(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        namespace: 'str | int | None' = None,
        environment: 'str | int | None' = None,
        host: 'str | int | None' = None,
        kubernetes_version: 'str | int | None' = None,
        image_registry: 'str | int | None' = None,
        image_tag: 'str | int | None' = None,
        labels: 'Mapping[str, str | int] | None' = None,
        annotations: 'Mapping[str, str | int] | None' = None,
        pod_security: 'PodSecurity | Literal["restricted", "baseline", "privileged"] | None' = None,
        runtimes: 'Mapping[str, Service | ServiceDict | None] | Sequence[Service | ServiceDict] | Service | None' = None,
        secret_store: 'SecretStore | SecretStoreDict | str | int | None' = None,
        secrets: 'Mapping[str, Secret | SecretDict | None] | Sequence[Secret | SecretDict] | Secret | None' = None,
        externals: 'Mapping[str, External | ExternalDict | None] | Sequence[External | ExternalDict] | External | None' = None,
        platform: 'Platform | PlatformDict | None' = None,
        ingress: 'Ingress | IngressDict | bool | None' = None,
        mesh: 'Mesh | MeshDict | MeshMode | Literal["off", "sidecar", "ambient"] | None' = None,
        telemetry: 'Telemetry | TelemetryDict | bool | None' = None,
        operations: 'Operations | OperationsDict | bool | None' = None,
        resource_quotas: 'Mapping[str, ResourceQuota | ResourceQuotaDict | None] | Sequence[ResourceQuota | ResourceQuotaDict] | ResourceQuota | None' = None,
        limit_ranges: 'Mapping[str, LimitRange | LimitRangeDict | None] | Sequence[LimitRange | LimitRangeDict] | LimitRange | None' = None,
        priority_classes: 'Mapping[str, PriorityClass | PriorityClassDict | int | None] | Sequence[PriorityClass | PriorityClassDict | str] | PriorityClass | str | None' = None,
        silence: 'Mapping[str, Silence | SilenceDict | str | int | None] | Sequence[Silence | SilenceDict | str] | Silence | str | None' = None,
        services: 'Mapping[str, Service | ServiceDict | None] | Sequence[Service | ServiceDict] | Service | None' = None,
    ) -> None: ...
    @classmethod
    def from_file(cls, *files: str | os.PathLike[str], sets: str | Sequence[str] = (), environment: str | None = None) -> Self:
        """
        Loads the model from a file; later files are laid over earlier ones. `environment` names the environment whose layer, in the files
        or in a file beside them, is laid over them; `sets` are overrides such as services.web.replicas=3.
        """
    @classmethod
    def environments(cls, *files: str | os.PathLike[str]) -> list[str]:
        """The names of the environments of the model in a file."""
    @classmethod
    def from_yaml(cls, text: str | bytes, *, name: str = "<text>", sets: str | Sequence[str] = (), environment: str | None = None) -> Self:
        """Loads the model from a text, YAML or JSON. Diagnostics use `name` as the name of the file."""
    def check(self, *, kubernetes_version: str | None = None, namespace: str | None = None, limit: int | None = None) -> list[Diagnostic]:
        """The mistakes of the model as diagnostics: at most `limit` of them, by default 100."""
    def generate(self, *, only: str | Sequence[str] | None = None, kubernetes_version: str | None = None, namespace: str | None = None,
                 strict: bool = False) -> list[Manifest]:
        """The manifests in the order of application; `only` selects `Kind` or `Kind/name`. Raises InvalidModelError."""
    def files(self, *, only: str | Sequence[str] | None = None, parts: str | Sequence[str] | None = None,
              kubernetes_version: str | None = None, namespace: str | None = None, strict: bool = False) -> list[File]:
        """The files that a folder gets beside the manifests, such as Dockerfiles. `parts` selects some of them by the names that parts()
        lists. Raises InvalidModelError."""
    def to_stream(self, *, format: Literal["yaml", "json", "list"] = "yaml", only: str | Sequence[str] | None = None,
                  kubernetes_version: str | None = None, namespace: str | None = None, strict: bool = False) -> str:
        """All manifests as one text: YAML documents, JSON lines, or one List. Raises InvalidModelError."""
    def write(self, folder: str | os.PathLike[str], *, format: Literal["yaml", "json"] = "yaml", only: str | Sequence[str] | None = None,
              parts: str | Sequence[str] | None = None, force: bool = False, kubernetes_version: str | None = None,
              namespace: str | None = None, strict: bool = False) -> None:
        """Writes the manifests, and the files beside them, to a folder: all of them, or none when there is an error. `force` overwrites
        files that were edited by hand. Raises HybridDeployError."""
    def explain(self, path: str | None = None, *, kubernetes_version: str | None = None, namespace: str | None = None) -> str:
        """The complete model, or its part at `path`, as YAML. A comment at each value says where it comes from."""
    def resolve(self, *, kubernetes_version: str | None = None, namespace: str | None = None) -> Self:
        """The complete model, with every default filled in, as objects: app.resolve().services["web"].replicas."""
    def to_yaml(self) -> str:
        """The model as YAML, in the short form."""

class AppDict(TypedDict, total=False):
    name: str | int | None
    namespace: str | int | None
    environment: str | int | None
    host: str | int | None
    kubernetesVersion: str | int | None
    kubernetes_version: str | int | None
    imageRegistry: str | int | None
    image_registry: str | int | None
    imageTag: str | int | None
    image_tag: str | int | None
    labels: Mapping[str, str | int] | None
    annotations: Mapping[str, str | int] | None
    podSecurity: PodSecurity | Literal["restricted", "baseline", "privileged"] | None
    pod_security: PodSecurity | Literal["restricted", "baseline", "privileged"] | None
    runtimes: Mapping[str, Service | ServiceDict | None] | Sequence[Service | ServiceDict] | Service | None
    secretStore: SecretStore | SecretStoreDict | str | int | None
    secret_store: SecretStore | SecretStoreDict | str | int | None
    secrets: Mapping[str, Secret | SecretDict | None] | Sequence[Secret | SecretDict] | Secret | None
    externals: Mapping[str, External | ExternalDict | None] | Sequence[External | ExternalDict] | External | None
    platform: Platform | PlatformDict | None
    ingress: Ingress | IngressDict | bool | None
    mesh: Mesh | MeshDict | MeshMode | Literal["off", "sidecar", "ambient"] | None
    telemetry: Telemetry | TelemetryDict | bool | None
    operations: Operations | OperationsDict | bool | None
    resourceQuotas: Mapping[str, ResourceQuota | ResourceQuotaDict | None] | Sequence[ResourceQuota | ResourceQuotaDict] | ResourceQuota | None
    resource_quotas: Mapping[str, ResourceQuota | ResourceQuotaDict | None] | Sequence[ResourceQuota | ResourceQuotaDict] | ResourceQuota | None
    limitRanges: Mapping[str, LimitRange | LimitRangeDict | None] | Sequence[LimitRange | LimitRangeDict] | LimitRange | None
    limit_ranges: Mapping[str, LimitRange | LimitRangeDict | None] | Sequence[LimitRange | LimitRangeDict] | LimitRange | None
    priorityClasses: Mapping[str, PriorityClass | PriorityClassDict | int | None] | Sequence[PriorityClass | PriorityClassDict | str] | PriorityClass | str | None
    priority_classes: Mapping[str, PriorityClass | PriorityClassDict | int | None] | Sequence[PriorityClass | PriorityClassDict | str] | PriorityClass | str | None
    silence: Mapping[str, Silence | SilenceDict | str | int | None] | Sequence[Silence | SilenceDict | str] | Silence | str | None
    services: Mapping[str, Service | ServiceDict | None] | Sequence[Service | ServiceDict] | Service | None

class Autoscaling(Model):
    """A HorizontalPodAutoscaler, KEDA's ScaledObject, or somebody else who scales."""
    @property
    def enabled(self) -> bool | None:
        """`false` (in YAML also a word alone, `autoscaling: off` or none) removes the autoscaler that the runtime would bring."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def min_replicas(self) -> int | None:
        """Fewest pods, from 1; of a Job, fewest runs at once. Default: the runtime's, 2, so that one pod answers while the other is
        away; none of a Job, which runs while there is work."""
    @min_replicas.setter
    def min_replicas(self, value: int | None) -> None: ...
    @min_replicas.deleter
    def min_replicas(self) -> None: ...
    @property
    def max_replicas(self) -> int | None:
        """Most pods, from 1, not below minReplicas; of a Job, most runs at once, each with `parallelism` pods. Default: the
        runtime's, 6 for condon and 10 for the others, which bounds what a flood of requests can cost."""
    @max_replicas.setter
    def max_replicas(self, value: int | None) -> None: ...
    @max_replicas.deleter
    def max_replicas(self) -> None: ...
    @property
    def cpu(self) -> int | None:
        """Target for CPU in percent of the request, 0 to 1000000; 0 (HD_INT(0) in C) turns it off. Default: 70, which leaves room
        until new pods are there, unless another metric is named: a service then scales only by the metrics that it names."""
    @cpu.setter
    def cpu(self, value: int | None) -> None: ...
    @cpu.deleter
    def cpu(self) -> None: ...
    @property
    def memory(self) -> int | None:
        """Target for memory in percent of the request, 0 to 1000000; 0 turns it off. Default: 80 for cpython and condon, unless
        another metric is named. It presumes that an idle pod stays well below 80 % of its request, because the memory of such
        programs rarely shrinks: pods that idle above it are scaled to maxReplicas and stay there."""
    @memory.setter
    def memory(self, value: int | None) -> None: ...
    @memory.deleter
    def memory(self) -> None: ...
    @property
    def containers(self) -> _List[ContainerMetric, ContainerMetricDict]:
        """CPU or memory of single containers."""
    @containers.setter
    def containers(self, value: Sequence[ContainerMetric | ContainerMetricDict] | ContainerMetric | ContainerMetricDict | None) -> None: ...
    @containers.deleter
    def containers(self) -> None: ...
    @property
    def pods(self) -> _List[PodsMetric, PodsMetricDict]:
        """Metrics that pods report."""
    @pods.setter
    def pods(self, value: Sequence[PodsMetric | PodsMetricDict] | PodsMetric | PodsMetricDict | None) -> None: ...
    @pods.deleter
    def pods(self) -> None: ...
    @property
    def external(self) -> _List[ExternalMetric, ExternalMetricDict]:
        """Metrics from outside."""
    @external.setter
    def external(self, value: Sequence[ExternalMetric | ExternalMetricDict] | ExternalMetric | ExternalMetricDict | None) -> None: ...
    @external.deleter
    def external(self) -> None: ...
    @property
    def behavior(self) -> ScalingBehavior:
        """Both directions."""
    @behavior.setter
    def behavior(self, value: ScalingBehavior | ScalingBehaviorDict | None) -> None: ...
    @behavior.deleter
    def behavior(self) -> None: ...
    @property
    def scaler(self) -> Scaler | None:
        """HorizontalPodAutoscaler; ScaledObject of KEDA; or external (in YAML also the word alone, `autoscaling: external`):
        somebody else scales, so that neither an autoscaler nor replicas is written, and minReplicas and maxReplicas are what the
        rules reckon with. Default: ScaledObject with triggers, because only KEDA knows them; else HorizontalPodAutoscaler,
        because every cluster has it."""
    @scaler.setter
    def scaler(self, value: Scaler | Literal["HorizontalPodAutoscaler", "ScaledObject", "external"] | None) -> None: ...
    @scaler.deleter
    def scaler(self) -> None: ...
    @property
    def triggers(self) -> _List[Trigger, TriggerDict]:
        """The events by which KEDA scales; cpu and memory may be given beside them. A Job that has them is a ScaledJob: KEDA makes
        Jobs while a trigger has work, and a change of the model stops none that runs."""
    @triggers.setter
    def triggers(self, value: Mapping[str, Trigger | TriggerDict | None] | Sequence[Trigger | TriggerDict] | Trigger | None) -> None: ...
    @triggers.deleter
    def triggers(self) -> None: ...
    @property
    def scale_to_zero(self) -> bool | None:
        """Whether there is no pod while no trigger has work; only with triggers. Default: false, which is safe: a service without
        pods answers nobody."""
    @scale_to_zero.setter
    def scale_to_zero(self, value: bool | None) -> None: ...
    @scale_to_zero.deleter
    def scale_to_zero(self) -> None: ...
    @property
    def polling_interval(self) -> int | None:
        """Seconds between two questions of KEDA, 1 to 86400; only with triggers. Default: 30, because it is KEDA's own."""
    @polling_interval.setter
    def polling_interval(self, value: int | None) -> None: ...
    @polling_interval.deleter
    def polling_interval(self) -> None: ...
    @property
    def cooldown_period(self) -> int | None:
        """Seconds without work until the last pods go, 0 to 86400; only with scaleToZero. Default: 300, because it is KEDA's own."""
    @cooldown_period.setter
    def cooldown_period(self, value: int | None) -> None: ...
    @cooldown_period.deleter
    def cooldown_period(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        min_replicas: 'int | None' = None,
        max_replicas: 'int | None' = None,
        cpu: 'int | None' = None,
        memory: 'int | None' = None,
        containers: 'Sequence[ContainerMetric | ContainerMetricDict] | ContainerMetric | ContainerMetricDict | None' = None,
        pods: 'Sequence[PodsMetric | PodsMetricDict] | PodsMetric | PodsMetricDict | None' = None,
        external: 'Sequence[ExternalMetric | ExternalMetricDict] | ExternalMetric | ExternalMetricDict | None' = None,
        behavior: 'ScalingBehavior | ScalingBehaviorDict | None' = None,
        scaler: 'Scaler | Literal["HorizontalPodAutoscaler", "ScaledObject", "external"] | None' = None,
        triggers: 'Mapping[str, Trigger | TriggerDict | None] | Sequence[Trigger | TriggerDict] | Trigger | None' = None,
        scale_to_zero: 'bool | None' = None,
        polling_interval: 'int | None' = None,
        cooldown_period: 'int | None' = None,
    ) -> None: ...

class AutoscalingDict(TypedDict, total=False):
    enabled: bool | None
    minReplicas: int | None
    min_replicas: int | None
    maxReplicas: int | None
    max_replicas: int | None
    cpu: int | None
    memory: int | None
    containers: Sequence[ContainerMetric | ContainerMetricDict] | ContainerMetric | ContainerMetricDict | None
    pods: Sequence[PodsMetric | PodsMetricDict] | PodsMetric | PodsMetricDict | None
    external: Sequence[ExternalMetric | ExternalMetricDict] | ExternalMetric | ExternalMetricDict | None
    behavior: ScalingBehavior | ScalingBehaviorDict | None
    scaler: Scaler | Literal["HorizontalPodAutoscaler", "ScaledObject", "external"] | None
    triggers: Mapping[str, Trigger | TriggerDict | None] | Sequence[Trigger | TriggerDict] | Trigger | None
    scaleToZero: bool | None
    scale_to_zero: bool | None
    pollingInterval: int | None
    polling_interval: int | None
    cooldownPeriod: int | None
    cooldown_period: int | None

class BackendTls(Model):
    """TLS that a gateway speaks with a port of a service; it holds for all ways in to that port. (Gateway API: BackendTLSPolicy)"""
    @property
    def hostname(self) -> str | None:
        """Host name that the gateway asks for, and that the service's certificate must show."""
    @hostname.setter
    def hostname(self, value: str | int | None) -> None: ...
    @hostname.deleter
    def hostname(self) -> None: ...
    @property
    def ca_certificates(self) -> str | None:
        """ConfigMap in the namespace whose ca.crt has the authority to trust. Default: the authorities of the gateway's system,
        which presumes a certificate that the public trusts."""
    @ca_certificates.setter
    def ca_certificates(self, value: str | int | None) -> None: ...
    @ca_certificates.deleter
    def ca_certificates(self) -> None: ...
    def __init__(
        self,
        *,
        hostname: 'str | int | None' = None,
        ca_certificates: 'str | int | None' = None,
    ) -> None: ...

class BackendTlsDict(TypedDict, total=False):
    hostname: str | int | None
    caCertificates: str | int | None
    ca_certificates: str | int | None

class Backup(Model):
    """Backups of the application."""
    @property
    def schedule(self) -> str | None:
        """When a backup is made, in cron's five fields or a word such as @daily, in UTC. Default: 0 3 * * *, because most
        applications have little to do at night."""
    @schedule.setter
    def schedule(self, value: str | int | None) -> None: ...
    @schedule.deleter
    def schedule(self) -> None: ...
    @property
    def retention(self) -> str | None:
        """How long a backup is kept, a Go duration. Default: 720h, so that a mistake of a month ago can be undone."""
    @retention.setter
    def retention(self, value: str | int | None) -> None: ...
    @retention.deleter
    def retention(self) -> None: ...
    @property
    def volumes(self) -> VolumeBackup | None:
        """How volumes are backed up: snapshot, files (by a node agent) or none. Default: snapshot with Velero, because that needs no
        agent; else none, because nobody could store them."""
    @volumes.setter
    def volumes(self, value: VolumeBackup | Literal["snapshot", "files", "none"] | None) -> None: ...
    @volumes.deleter
    def volumes(self) -> None: ...
    @property
    def exempt(self) -> _List[Exemption, ExemptionDict | str]:
        """Claims whose data needs no backup, by name: `exempt: {search-cache: it fills itself}`. They are left out of Velero's
        backups; with snapshots the claim is left out as a whole, by a label, which a StatefulSet that is there cannot get any
        more."""
    @exempt.setter
    def exempt(self, value: Mapping[str, Exemption | ExemptionDict | str | int | None] | Sequence[Exemption | ExemptionDict | str] | Exemption | str | None) -> None: ...
    @exempt.deleter
    def exempt(self) -> None: ...
    @property
    def secrets(self) -> bool | None:
        """Whether backups hold the values of secrets. Default: false, because their store brings them back."""
    @secrets.setter
    def secrets(self, value: bool | None) -> None: ...
    @secrets.deleter
    def secrets(self) -> None: ...
    @property
    def velero(self) -> Velero:
        """Velero, which backs up the namespace with its volumes."""
    @velero.setter
    def velero(self, value: Velero | VeleroDict | bool | None) -> None: ...
    @velero.deleter
    def velero(self) -> None: ...
    def __init__(
        self,
        *,
        schedule: 'str | int | None' = None,
        retention: 'str | int | None' = None,
        volumes: 'VolumeBackup | Literal["snapshot", "files", "none"] | None' = None,
        exempt: 'Mapping[str, Exemption | ExemptionDict | str | int | None] | Sequence[Exemption | ExemptionDict | str] | Exemption | str | None' = None,
        secrets: 'bool | None' = None,
        velero: 'Velero | VeleroDict | bool | None' = None,
    ) -> None: ...

class BackupDict(TypedDict, total=False):
    schedule: str | int | None
    retention: str | int | None
    volumes: VolumeBackup | Literal["snapshot", "files", "none"] | None
    exempt: Mapping[str, Exemption | ExemptionDict | str | int | None] | Sequence[Exemption | ExemptionDict | str] | Exemption | str | None
    secrets: bool | None
    velero: Velero | VeleroDict | bool | None

class Batch(Model):
    """Puts data together before it is sent; last in every pipeline."""
    @property
    def timeout(self) -> str | None:
        """How long data waits for more, a duration with its unit. Default: 1s, because a second late is early enough for telemetry."""
    @timeout.setter
    def timeout(self, value: str | int | None) -> None: ...
    @timeout.deleter
    def timeout(self) -> None: ...
    @property
    def send_batch_size(self) -> int | None:
        """Items after which a batch is sent, 1 to 1000000. Default: 1024, so that a batch stays below the 4 MiB that servers of gRPC
        take."""
    @send_batch_size.setter
    def send_batch_size(self, value: int | None) -> None: ...
    @send_batch_size.deleter
    def send_batch_size(self) -> None: ...
    @property
    def send_batch_max_size(self) -> int | None:
        """Most items in a batch, 1 to 1000000, not below sendBatchSize. Default: twice sendBatchSize, so that a burst is cut into
        pieces."""
    @send_batch_max_size.setter
    def send_batch_max_size(self, value: int | None) -> None: ...
    @send_batch_max_size.deleter
    def send_batch_max_size(self) -> None: ...
    def __init__(
        self,
        *,
        timeout: 'str | int | None' = None,
        send_batch_size: 'int | None' = None,
        send_batch_max_size: 'int | None' = None,
    ) -> None: ...

class BatchDict(TypedDict, total=False):
    timeout: str | int | None
    sendBatchSize: int | None
    send_batch_size: int | None
    sendBatchMaxSize: int | None
    send_batch_max_size: int | None

class BlueGreen(Model):
    """A new version runs beside the old one, and takes all requests at once. For argoRollouts."""
    @property
    def preview_host(self) -> str | None:
        """Host name under which the new version can be tried before. Default: none, so that nobody outside sees it before; within
        the mesh it is <service>-preview."""
    @preview_host.setter
    def preview_host(self, value: str | int | None) -> None: ...
    @preview_host.deleter
    def preview_host(self) -> None: ...
    @property
    def auto_promotion_enabled(self) -> bool | None:
        """Whether it takes over by itself once it is ready. Default: true, which is safe because only pods that are ready take over."""
    @auto_promotion_enabled.setter
    def auto_promotion_enabled(self, value: bool | None) -> None: ...
    @auto_promotion_enabled.deleter
    def auto_promotion_enabled(self) -> None: ...
    @property
    def auto_promotion_seconds(self) -> int | None:
        """Seconds to wait before it takes over by itself, from 1. Default: none, because its pods are ready by then."""
    @auto_promotion_seconds.setter
    def auto_promotion_seconds(self, value: int | None) -> None: ...
    @auto_promotion_seconds.deleter
    def auto_promotion_seconds(self) -> None: ...
    @property
    def preview_replica_count(self) -> int | None:
        """Pods of the new version before it takes over, from 1. Default: as many as the old one has, so that they can take all
        requests at once."""
    @preview_replica_count.setter
    def preview_replica_count(self, value: int | None) -> None: ...
    @preview_replica_count.deleter
    def preview_replica_count(self) -> None: ...
    @property
    def scale_down_delay_seconds(self) -> int | None:
        """Seconds that the old version stays after it was replaced, so that going back is quick, from 0. Default: 30, so that
        requests that have begun can end."""
    @scale_down_delay_seconds.setter
    def scale_down_delay_seconds(self, value: int | None) -> None: ...
    @scale_down_delay_seconds.deleter
    def scale_down_delay_seconds(self) -> None: ...
    @property
    def analysis(self) -> Analysis:
        """How it is judged once it has taken over, since before nobody asks it."""
    @analysis.setter
    def analysis(self, value: Analysis | AnalysisDict | None) -> None: ...
    @analysis.deleter
    def analysis(self) -> None: ...
    def __init__(
        self,
        *,
        preview_host: 'str | int | None' = None,
        auto_promotion_enabled: 'bool | None' = None,
        auto_promotion_seconds: 'int | None' = None,
        preview_replica_count: 'int | None' = None,
        scale_down_delay_seconds: 'int | None' = None,
        analysis: 'Analysis | AnalysisDict | None' = None,
    ) -> None: ...

class BlueGreenDict(TypedDict, total=False):
    previewHost: str | int | None
    preview_host: str | int | None
    autoPromotionEnabled: bool | None
    auto_promotion_enabled: bool | None
    autoPromotionSeconds: int | None
    auto_promotion_seconds: int | None
    previewReplicaCount: int | None
    preview_replica_count: int | None
    scaleDownDelaySeconds: int | None
    scale_down_delay_seconds: int | None
    analysis: Analysis | AnalysisDict | None

class Build(Model):
    """Settings of a service's Dockerfile; as a member of a runtime, of all its services."""
    @property
    def enabled(self) -> bool | None:
        """Whether a Dockerfile is generated (in YAML also the word alone, `build: off`). Default: true, but false for a service
        whose image is a whole reference, because that is built elsewhere."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def context(self) -> str | None:
        """Folder of the service's source, relative to where the image is built. Default: the service's name, which presumes a folder
        for each service."""
    @context.setter
    def context(self, value: str | int | None) -> None: ...
    @context.deleter
    def context(self) -> None: ...
    @property
    def form(self) -> ImageForm | None:
        """slim (a small Debian, with a shell) or distroless (without shell and package manager). Default: slim, because people can
        look into a container that has a shell."""
    @form.setter
    def form(self, value: ImageForm | Literal["slim", "distroless"] | None) -> None: ...
    @form.deleter
    def form(self) -> None: ...
    @property
    def base_image(self) -> str | None:
        """Base image of the final one, best with a digest. Default for cpython: python:<version>-slim, distroless
        gcr.io/distroless/python3-debian13 or 12; for condon: debian:12-slim, distroless gcr.io/distroless/cc-debian12, so that it
        has the system's libraries of builderImage."""
    @base_image.setter
    def base_image(self, value: str | int | None) -> None: ...
    @base_image.deleter
    def base_image(self) -> None: ...
    @property
    def builder_image(self) -> str | None:
        """Image in which the service is built, best with a digest. Default for cpython: python:<version>, which has a compiler,
        because not every package has a wheel for every platform; for condon: buildpack-deps:bookworm, into which the compiler is
        fetched. One that is given for condon has the compiler, codon, on its path; without the other's tini, the program has to
        end on SIGTERM as the first process of its container."""
    @builder_image.setter
    def builder_image(self, value: str | int | None) -> None: ...
    @builder_image.deleter
    def builder_image(self) -> None: ...
    @property
    def python_version(self) -> str | None:
        """cpython: version of Python, "3.9" or later; quote it, 3.10 is a number. Default: 3.13, which presumes no older
        interpreter; programs that do name it."""
    @python_version.setter
    def python_version(self, value: str | int | None) -> None: ...
    @python_version.deleter
    def python_version(self) -> None: ...
    @property
    def requirements(self) -> str | None:
        """cpython: file with the packages to install, in the context. Default: requirements.txt, because pip and its users call it
        so."""
    @requirements.setter
    def requirements(self, value: str | int | None) -> None: ...
    @requirements.deleter
    def requirements(self) -> None: ...
    @property
    def require_hashes(self) -> bool | None:
        """cpython: whether each of these packages must have its hash there. Default: false, because not every file of requirements
        has them."""
    @require_hashes.setter
    def require_hashes(self, value: bool | None) -> None: ...
    @require_hashes.deleter
    def require_hashes(self) -> None: ...
    @property
    def module(self) -> str | None:
        """cpython: module that is run with python -m, where the service gives no command. Default: the service's name, with _ for -,
        because names of modules have no -; it presumes a module of that name."""
    @module.setter
    def module(self, value: str | int | None) -> None: ...
    @module.deleter
    def module(self) -> None: ...
    @property
    def source(self) -> str | None:
        """condon: file to compile, in the context. Default: main.py, because a compiled program has one file to begin with."""
    @source.setter
    def source(self, value: str | int | None) -> None: ...
    @source.deleter
    def source(self) -> None: ...
    @property
    def compiler_version(self) -> str | None:
        """condon: version of the compiler. Default: 0.19.6, because it is the newest whose digest is known (as are those of 0.19.4,
        0.19.3, 0.18.2 and 0.18.1)."""
    @compiler_version.setter
    def compiler_version(self, value: str | int | None) -> None: ...
    @compiler_version.deleter
    def compiler_version(self) -> None: ...
    @property
    def compiler_digest(self) -> str | None:
        """condon: digest of the compiler's archive, sha256: and 64 hexadecimal digits; the builder refuses another archive. Default:
        that of compilerVersion when it is known, which is safe because two distributions found it independently of each other. A
        version with an unknown digest needs it."""
    @compiler_digest.setter
    def compiler_digest(self, value: str | int | None) -> None: ...
    @compiler_digest.deleter
    def compiler_digest(self) -> None: ...
    @property
    def compiler_flags(self) -> _List[str, str]:
        """condon: options of the compiler. Default: -release, because a program in a cluster is not debugged there."""
    @compiler_flags.setter
    def compiler_flags(self, value: str | Sequence[str] | None) -> None: ...
    @compiler_flags.deleter
    def compiler_flags(self) -> None: ...
    @property
    def packages(self) -> _List[str, str]:
        """Debian packages that the program needs when it runs, optionally with =version; not for distroless."""
    @packages.setter
    def packages(self, value: str | Sequence[str] | None) -> None: ...
    @packages.deleter
    def packages(self) -> None: ...
    @property
    def build_packages(self) -> _List[str, str]:
        """Debian packages that building needs."""
    @build_packages.setter
    def build_packages(self, value: str | Sequence[str] | None) -> None: ...
    @build_packages.deleter
    def build_packages(self) -> None: ...
    @property
    def args(self) -> dict[str, str]:
        """Build arguments, which are environment variables while the service is built. Not for secrets: they stay in the image's
        history."""
    @args.setter
    def args(self, value: Mapping[str, str | int] | None) -> None: ...
    @args.deleter
    def args(self) -> None: ...
    @property
    def platforms(self) -> _List[str, str]:
        """Platforms such as linux/arm64. Default: linux/amd64, for cpython linux/arm64 as well, because the known digests of
        condon's compiler are those for linux/amd64."""
    @platforms.setter
    def platforms(self, value: str | Sequence[str] | None) -> None: ...
    @platforms.deleter
    def platforms(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        context: 'str | int | None' = None,
        form: 'ImageForm | Literal["slim", "distroless"] | None' = None,
        base_image: 'str | int | None' = None,
        builder_image: 'str | int | None' = None,
        python_version: 'str | int | None' = None,
        requirements: 'str | int | None' = None,
        require_hashes: 'bool | None' = None,
        module: 'str | int | None' = None,
        source: 'str | int | None' = None,
        compiler_version: 'str | int | None' = None,
        compiler_digest: 'str | int | None' = None,
        compiler_flags: 'str | Sequence[str] | None' = None,
        packages: 'str | Sequence[str] | None' = None,
        build_packages: 'str | Sequence[str] | None' = None,
        args: 'Mapping[str, str | int] | None' = None,
        platforms: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class BuildDict(TypedDict, total=False):
    enabled: bool | None
    context: str | int | None
    form: ImageForm | Literal["slim", "distroless"] | None
    baseImage: str | int | None
    base_image: str | int | None
    builderImage: str | int | None
    builder_image: str | int | None
    pythonVersion: str | int | None
    python_version: str | int | None
    requirements: str | int | None
    requireHashes: bool | None
    require_hashes: bool | None
    module: str | int | None
    source: str | int | None
    compilerVersion: str | int | None
    compiler_version: str | int | None
    compilerDigest: str | int | None
    compiler_digest: str | int | None
    compilerFlags: str | Sequence[str] | None
    compiler_flags: str | Sequence[str] | None
    packages: str | Sequence[str] | None
    buildPackages: str | Sequence[str] | None
    build_packages: str | Sequence[str] | None
    args: Mapping[str, str | int] | None
    platforms: str | Sequence[str] | None

class Call(Model):
    """A service or external that this service calls."""
    @property
    def to(self) -> str | None:
        """Name of a service or external."""
    @to.setter
    def to(self, value: str | int | None) -> None: ...
    @to.deleter
    def to(self) -> None: ...
    @property
    def port(self) -> int | str | None:
        """Name or number of its port. Needed when it has several; default: its only one that is not for metrics, because no other
        can be meant."""
    @port.setter
    def port(self, value: int | str | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def methods(self) -> _List[str, str]:
        """HTTP methods that are used, GET or any in upper case; a mesh refuses others. Default: all, which presumes that the other
        side refuses what this one must not do."""
    @methods.setter
    def methods(self, value: str | Sequence[str] | None) -> None: ...
    @methods.deleter
    def methods(self) -> None: ...
    @property
    def paths(self) -> _List[str, str]:
        """Paths that are used; one that ends with * means all that begin so. A mesh refuses others. Default: all, which presumes
        that the other side refuses what this one must not do."""
    @paths.setter
    def paths(self, value: str | Sequence[str] | None) -> None: ...
    @paths.deleter
    def paths(self) -> None: ...
    @property
    def timeout(self) -> str | None:
        """Time that a request of this caller may take, retries included, a Go duration from 1ms. Default: that of the other side's
        trafficPolicy, else without end, because only its makers know how long an answer takes."""
    @timeout.setter
    def timeout(self, value: str | int | None) -> None: ...
    @timeout.deleter
    def timeout(self) -> None: ...
    @property
    def retries(self) -> Retries:
        """Retries of requests of this caller that failed."""
    @retries.setter
    def retries(self, value: Retries | RetriesDict | int | None) -> None: ...
    @retries.deleter
    def retries(self) -> None: ...
    @property
    def traffic_policy(self) -> CallPolicy:
        """Traffic settings of one caller; members that are not given are those of the called service."""
    @traffic_policy.setter
    def traffic_policy(self, value: CallPolicy | CallPolicyDict | None) -> None: ...
    @traffic_policy.deleter
    def traffic_policy(self) -> None: ...
    def __init__(
        self,
        *,
        to: 'str | int | None' = None,
        port: 'int | str | None' = None,
        methods: 'str | Sequence[str] | None' = None,
        paths: 'str | Sequence[str] | None' = None,
        timeout: 'str | int | None' = None,
        retries: 'Retries | RetriesDict | int | None' = None,
        traffic_policy: 'CallPolicy | CallPolicyDict | None' = None,
    ) -> None: ...

class CallDict(TypedDict, total=False):
    to: str | int | None
    port: int | str | None
    methods: str | Sequence[str] | None
    paths: str | Sequence[str] | None
    timeout: str | int | None
    retries: Retries | RetriesDict | int | None
    trafficPolicy: CallPolicy | CallPolicyDict | None
    traffic_policy: CallPolicy | CallPolicyDict | None

class CallPolicy(Model):
    """Traffic settings of one caller; members that are not given are those of the called service."""
    @property
    def load_balancer(self) -> LoadBalancer:
        """Which pod takes a request; `loadBalancer: LEAST_REQUEST` is short for {simple: LEAST_REQUEST}."""
    @load_balancer.setter
    def load_balancer(self, value: LoadBalancer | LoadBalancerDict | Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None) -> None: ...
    @load_balancer.deleter
    def load_balancer(self) -> None: ...
    @property
    def connection_pool(self) -> ConnectionPool:
        """Limits that keep a busy service from being overrun."""
    @connection_pool.setter
    def connection_pool(self, value: ConnectionPool | ConnectionPoolDict | None) -> None: ...
    @connection_pool.deleter
    def connection_pool(self) -> None: ...
    @property
    def outlier_detection(self) -> OutlierDetection:
        """Pods that fail get no requests for a while: the circuit breaker of a mesh."""
    @outlier_detection.setter
    def outlier_detection(self, value: OutlierDetection | OutlierDetectionDict | None) -> None: ...
    @outlier_detection.deleter
    def outlier_detection(self) -> None: ...
    def __init__(
        self,
        *,
        load_balancer: 'LoadBalancer | LoadBalancerDict | Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None' = None,
        connection_pool: 'ConnectionPool | ConnectionPoolDict | None' = None,
        outlier_detection: 'OutlierDetection | OutlierDetectionDict | None' = None,
    ) -> None: ...

class CallPolicyDict(TypedDict, total=False):
    loadBalancer: LoadBalancer | LoadBalancerDict | Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None
    load_balancer: LoadBalancer | LoadBalancerDict | Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None
    connectionPool: ConnectionPool | ConnectionPoolDict | None
    connection_pool: ConnectionPool | ConnectionPoolDict | None
    outlierDetection: OutlierDetection | OutlierDetectionDict | None
    outlier_detection: OutlierDetection | OutlierDetectionDict | None

class Canary(Model):
    """A new version gets a part of the requests, and more and more as long as it does well."""
    @property
    def steps(self) -> _List[CanaryStep, CanaryStepDict | int]:
        """Weights and pauses, rising; the rest comes by itself. For argoRollouts and flagger."""
    @steps.setter
    def steps(self, value: Sequence[CanaryStep | CanaryStepDict | int] | CanaryStep | CanaryStepDict | int | None) -> None: ...
    @steps.deleter
    def steps(self) -> None: ...
    @property
    def analysis(self) -> Analysis:
        """How the new version is judged; when it fails, the old one gets all requests back."""
    @analysis.setter
    def analysis(self, value: Analysis | AnalysisDict | None) -> None: ...
    @analysis.deleter
    def analysis(self) -> None: ...
    @property
    def weight(self) -> int | None:
        """Percent of the requests that the new version gets, 0 to 100. For plain, where nobody else moves it. Default: 0, which is
        safe because no request reaches the new version until you say so."""
    @weight.setter
    def weight(self, value: int | None) -> None: ...
    @weight.deleter
    def weight(self) -> None: ...
    @property
    def image_tag(self) -> str | None:
        """Tag of the new version's image. For plain."""
    @image_tag.setter
    def image_tag(self, value: str | int | None) -> None: ...
    @image_tag.deleter
    def image_tag(self) -> None: ...
    @property
    def replicas(self) -> int | None:
        """Pods of the new version, from 1. For plain. Default: the part of the pods that follows from the weight, at least 1, so
        that the pods of both versions have the same load."""
    @replicas.setter
    def replicas(self, value: int | None) -> None: ...
    @replicas.deleter
    def replicas(self) -> None: ...
    def __init__(
        self,
        *,
        steps: 'Sequence[CanaryStep | CanaryStepDict | int] | CanaryStep | CanaryStepDict | int | None' = None,
        analysis: 'Analysis | AnalysisDict | None' = None,
        weight: 'int | None' = None,
        image_tag: 'str | int | None' = None,
        replicas: 'int | None' = None,
    ) -> None: ...

class CanaryDict(TypedDict, total=False):
    steps: Sequence[CanaryStep | CanaryStepDict | int] | CanaryStep | CanaryStepDict | int | None
    analysis: Analysis | AnalysisDict | None
    weight: int | None
    imageTag: str | int | None
    image_tag: str | int | None
    replicas: int | None

class CanaryStep(Model):
    """One step of a canary; `25` is short for the weight."""
    @property
    def set_weight(self) -> int | None:
        """Percent of the requests that the new version gets, 0 to 100."""
    @set_weight.setter
    def set_weight(self, value: int | None) -> None: ...
    @set_weight.deleter
    def set_weight(self) -> None: ...
    @property
    def pause(self) -> str | None:
        """How long to stay there, a Go duration of whole seconds, or `manual` to wait until a person continues it. Default: no wait,
        which presumes that nobody has to look before the next step."""
    @pause.setter
    def pause(self, value: str | int | None) -> None: ...
    @pause.deleter
    def pause(self) -> None: ...
    def __init__(
        self,
        *,
        set_weight: 'int | None' = None,
        pause: 'str | int | None' = None,
    ) -> None: ...

class CanaryStepDict(TypedDict, total=False):
    setWeight: int | None
    set_weight: int | None
    pause: str | int | None

class Capabilities(Model):
    """Linux capabilities to add and to drop, without the CAP_ prefix."""
    @property
    def add(self) -> _List[str, str]:
        """Added; the restricted level allows NET_BIND_SERVICE alone."""
    @add.setter
    def add(self, value: str | Sequence[str] | None) -> None: ...
    @add.deleter
    def add(self) -> None: ...
    @property
    def drop(self) -> _List[str, str]:
        """Dropped. Default: ALL, which programs that do not administer their node never miss; none drops nothing."""
    @drop.setter
    def drop(self, value: str | Sequence[str] | Literal["none"] | None) -> None: ...
    @drop.deleter
    def drop(self) -> None: ...
    def __init__(
        self,
        *,
        add: 'str | Sequence[str] | None' = None,
        drop: 'str | Sequence[str] | Literal["none"] | None' = None,
    ) -> None: ...

class CapabilitiesDict(TypedDict, total=False):
    add: str | Sequence[str] | None
    drop: str | Sequence[str] | Literal["none"] | None

class CertificateIssuer(Model):
    """An issuer of cert-manager."""
    @property
    def name(self) -> str | None:
        """Name of the issuer."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def kind(self) -> Literal["ClusterIssuer", "Issuer"] | None:
        """ClusterIssuer or Issuer, which must stand in the gateway's namespace. Default: ClusterIssuer, because one issuer serves
        the gateways of all namespaces."""
    @kind.setter
    def kind(self, value: Literal["ClusterIssuer", "Issuer"] | None) -> None: ...
    @kind.deleter
    def kind(self) -> None: ...
    @property
    def group(self) -> str | None:
        """API group, for issuers that are none of cert-manager's own. Default: cert-manager.io, because most issuers are its own."""
    @group.setter
    def group(self, value: str | int | None) -> None: ...
    @group.deleter
    def group(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        kind: 'Literal["ClusterIssuer", "Issuer"] | None' = None,
        group: 'str | int | None' = None,
    ) -> None: ...

class CertificateIssuerDict(TypedDict, total=False):
    name: str | int | None
    kind: Literal["ClusterIssuer", "Issuer"] | None
    group: str | int | None

class Claim(Model):
    """A PersistentVolumeClaim to generate."""
    @property
    def size(self) -> str | None:
        """Storage requested, a quantity above zero."""
    @size.setter
    def size(self, value: str | int | None) -> None: ...
    @size.deleter
    def size(self) -> None: ...
    @property
    def storage_class_name(self) -> str | None:
        """Name of the StorageClass. Default: the cluster's default class, which presumes that the cluster has one."""
    @storage_class_name.setter
    def storage_class_name(self, value: str | int | None) -> None: ...
    @storage_class_name.deleter
    def storage_class_name(self) -> None: ...
    @property
    def access_modes(self) -> _List[str, str]:
        """ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod. Default: ReadWriteOnce, which every storage provider has,
        and which is safe because two nodes never write at once."""
    @access_modes.setter
    def access_modes(self, value: Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"] | Sequence[Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]] | None) -> None: ...
    @access_modes.deleter
    def access_modes(self) -> None: ...
    @property
    def volume_mode(self) -> Literal["Filesystem", "Block"] | None:
        """Filesystem or Block. Default: Filesystem, because programs that write to devices are few."""
    @volume_mode.setter
    def volume_mode(self, value: Literal["Filesystem", "Block"] | None) -> None: ...
    @volume_mode.deleter
    def volume_mode(self) -> None: ...
    @property
    def volume_name(self) -> str | None:
        """Name of the PersistentVolume to bind. Default: any that fits, because most volumes are made for their claim."""
    @volume_name.setter
    def volume_name(self, value: str | int | None) -> None: ...
    @volume_name.deleter
    def volume_name(self) -> None: ...
    @property
    def selector(self) -> LabelSelector:
        """Volumes the claim may bind."""
    @selector.setter
    def selector(self, value: LabelSelector | LabelSelectorDict | None) -> None: ...
    @selector.deleter
    def selector(self) -> None: ...
    def __init__(
        self,
        *,
        size: 'str | int | None' = None,
        storage_class_name: 'str | int | None' = None,
        access_modes: 'Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"] | Sequence[Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]] | None' = None,
        volume_mode: 'Literal["Filesystem", "Block"] | None' = None,
        volume_name: 'str | int | None' = None,
        selector: 'LabelSelector | LabelSelectorDict | None' = None,
    ) -> None: ...

class ClaimDict(TypedDict, total=False):
    size: str | int | None
    storageClassName: str | int | None
    storage_class_name: str | int | None
    accessModes: Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"] | Sequence[Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]] | None
    access_modes: Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"] | Sequence[Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]] | None
    volumeMode: Literal["Filesystem", "Block"] | None
    volume_mode: Literal["Filesystem", "Block"] | None
    volumeName: str | int | None
    volume_name: str | int | None
    selector: LabelSelector | LabelSelectorDict | None

class ClaimMatch(Model):
    """A claim of a token, with the values of which one must be there."""
    @property
    def name(self) -> str | None:
        """Name of the claim; nested ones as outer][inner."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def values(self) -> _List[str, str]:
        """Values, of which one is enough."""
    @values.setter
    def values(self, value: str | Sequence[str] | None) -> None: ...
    @values.deleter
    def values(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        values: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class ClaimMatchDict(TypedDict, total=False):
    name: str | int | None
    values: str | Sequence[str] | None

class ClaimRetention(Model):
    """Whether the claims of a StatefulSet's pods are kept or deleted."""
    @property
    def when_deleted(self) -> Literal["Retain", "Delete"] | None:
        """Retain or Delete, when the StatefulSet is deleted. Default: Retain, which is safe because data outlives its StatefulSet."""
    @when_deleted.setter
    def when_deleted(self, value: Literal["Retain", "Delete"] | None) -> None: ...
    @when_deleted.deleter
    def when_deleted(self) -> None: ...
    @property
    def when_scaled(self) -> Literal["Retain", "Delete"] | None:
        """Retain or Delete, when it is scaled down. Default: Retain, which is safe because data outlives its pod."""
    @when_scaled.setter
    def when_scaled(self, value: Literal["Retain", "Delete"] | None) -> None: ...
    @when_scaled.deleter
    def when_scaled(self) -> None: ...
    def __init__(
        self,
        *,
        when_deleted: 'Literal["Retain", "Delete"] | None' = None,
        when_scaled: 'Literal["Retain", "Delete"] | None' = None,
    ) -> None: ...

class ClaimRetentionDict(TypedDict, total=False):
    whenDeleted: Literal["Retain", "Delete"] | None
    when_deleted: Literal["Retain", "Delete"] | None
    whenScaled: Literal["Retain", "Delete"] | None
    when_scaled: Literal["Retain", "Delete"] | None

class ClientTls(Model):
    """TLS that callers' proxies begin with something outside; the application speaks plain text to its proxy."""
    @property
    def mode(self) -> Literal["SIMPLE", "MUTUAL"] | None:
        """SIMPLE, or MUTUAL with a certificate of the callers. Default: SIMPLE, because few servers ask for a certificate of their
        clients."""
    @mode.setter
    def mode(self, value: Literal["SIMPLE", "MUTUAL"] | None) -> None: ...
    @mode.deleter
    def mode(self) -> None: ...
    @property
    def sni(self) -> str | None:
        """Host name that is asked for. Default: the external's host, because that is whom the callers name."""
    @sni.setter
    def sni(self, value: str | int | None) -> None: ...
    @sni.deleter
    def sni(self) -> None: ...
    @property
    def subject_alt_names(self) -> _List[str, str]:
        """Names of which the certificate must show one. Default: the one that is asked for, so that nobody else's certificate is
        taken."""
    @subject_alt_names.setter
    def subject_alt_names(self, value: str | Sequence[str] | None) -> None: ...
    @subject_alt_names.deleter
    def subject_alt_names(self) -> None: ...
    @property
    def credential_name(self) -> str | None:
        """Secret of the application with ca.crt, and for MUTUAL tls.crt and tls.key, which the proxies get from the mesh."""
    @credential_name.setter
    def credential_name(self, value: str | int | None) -> None: ...
    @credential_name.deleter
    def credential_name(self) -> None: ...
    @property
    def ca_certificates(self) -> str | None:
        """File in the proxy with trusted authorities, or `system` for those of its system. Default: system, so that a server must
        have a certificate that the public trusts. Excludes credentialName."""
    @ca_certificates.setter
    def ca_certificates(self, value: str | int | None) -> None: ...
    @ca_certificates.deleter
    def ca_certificates(self) -> None: ...
    @property
    def client_certificate(self) -> str | None:
        """MUTUAL: file in the proxy with the callers' certificate. Excludes credentialName."""
    @client_certificate.setter
    def client_certificate(self, value: str | int | None) -> None: ...
    @client_certificate.deleter
    def client_certificate(self) -> None: ...
    @property
    def private_key(self) -> str | None:
        """MUTUAL: file in the proxy with its key. Excludes credentialName."""
    @private_key.setter
    def private_key(self, value: str | int | None) -> None: ...
    @private_key.deleter
    def private_key(self) -> None: ...
    def __init__(
        self,
        *,
        mode: 'Literal["SIMPLE", "MUTUAL"] | None' = None,
        sni: 'str | int | None' = None,
        subject_alt_names: 'str | Sequence[str] | None' = None,
        credential_name: 'str | int | None' = None,
        ca_certificates: 'str | int | None' = None,
        client_certificate: 'str | int | None' = None,
        private_key: 'str | int | None' = None,
    ) -> None: ...

class ClientTlsDict(TypedDict, total=False):
    mode: Literal["SIMPLE", "MUTUAL"] | None
    sni: str | int | None
    subjectAltNames: str | Sequence[str] | None
    subject_alt_names: str | Sequence[str] | None
    credentialName: str | int | None
    credential_name: str | int | None
    caCertificates: str | int | None
    ca_certificates: str | int | None
    clientCertificate: str | int | None
    client_certificate: str | int | None
    privateKey: str | int | None
    private_key: str | int | None

class Collector(Model):
    """The OpenTelemetry collector of the application."""
    @property
    def external(self) -> str | None:
        """Endpoint of a collector that somebody else configures, such as http://collector.observability:4317; or of one that is a
        service of the application, such as http://otelcol:4317, which all others may then send to. Excludes all other members."""
    @external.setter
    def external(self, value: str | int | None) -> None: ...
    @external.deleter
    def external(self) -> None: ...
    @property
    def form(self) -> CollectorForm | None:
        """plain (Deployment, ConfigMap and so on) or operator (an OpenTelemetryCollector). Default: plain, because it needs nothing
        that is installed in the cluster."""
    @form.setter
    def form(self, value: CollectorForm | Literal["plain", "operator"] | None) -> None: ...
    @form.deleter
    def form(self) -> None: ...
    @property
    def topology(self) -> Topology | None:
        """gateway, agent+gateway (one on each node before it) or sidecar (one in each pod). Default: gateway, because it is the
        fewest pods that lose nothing when a service ends."""
    @topology.setter
    def topology(self, value: Topology | Literal["gateway", "agent+gateway", "sidecar"] | None) -> None: ...
    @topology.deleter
    def topology(self) -> None: ...
    @property
    def name(self) -> str | None:
        """Name before the suffix -collector; at most 39 long with the operator. Default: the application's, so that collectors of
        two applications can be told apart."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def version(self) -> str | None:
        """Version of the collector, "0.110.0" to the newest known; component names follow from it. Default: the newest known,
        because component names follow the version that the library was tested with."""
    @version.setter
    def version(self, value: str | int | None) -> None: ...
    @version.deleter
    def version(self) -> None: ...
    @property
    def image(self) -> str | None:
        """Image without tag. Default: docker.io/otel/opentelemetry-collector-contrib, because it has every component that a model
        can ask for."""
    @image.setter
    def image(self, value: str | int | None) -> None: ...
    @image.deleter
    def image(self) -> None: ...
    @property
    def replicas(self) -> int | None:
        """Fixed number of gateway pods, 1 to 1000. Several that sample tails are a StatefulSet, and who stands before them shares
        traces out among them: agents, or else a tier as large, <name>-balancer-collector. Default: 2, so that one takes data
        while the other is away; 1 with tail sampling, because one pod must see all of a trace. Excludes autoscaling."""
    @replicas.setter
    def replicas(self, value: int | None) -> None: ...
    @replicas.deleter
    def replicas(self) -> None: ...
    @property
    def autoscaling(self) -> Autoscaling:
        """Gateway pods by load. Default: off, which presumes that the pods of replicas are enough."""
    @autoscaling.setter
    def autoscaling(self, value: Autoscaling | AutoscalingDict | bool | None) -> None: ...
    @autoscaling.deleter
    def autoscaling(self) -> None: ...
    @property
    def resources(self) -> Resources:
        """CPU and memory of the gateway or a sidecar. Default: 200m and 512Mi, at most 1 and 2Gi, which is safe because the memory
        limiter refuses data before the pod ends; a sidecar's are agentResources' defaults."""
    @resources.setter
    def resources(self, value: Resources | ResourcesDict | None) -> None: ...
    @resources.deleter
    def resources(self) -> None: ...
    @property
    def agent_resources(self) -> Resources:
        """CPU and memory of an agent. Default: 50m and 128Mi, at most 250m and 512Mi, because an agent has only the data of its
        node."""
    @agent_resources.setter
    def agent_resources(self, value: Resources | ResourcesDict | None) -> None: ...
    @agent_resources.deleter
    def agent_resources(self) -> None: ...
    @property
    def storage(self) -> Claim:
        """Claim of each gateway pod, which are a StatefulSet then: what the queues of otlp_grpc and otlp_http hold outlives a
        restart. Default: none, which presumes that what queues hold in memory may be lost."""
    @storage.setter
    def storage(self, value: Claim | ClaimDict | str | int | None) -> None: ...
    @storage.deleter
    def storage(self) -> None: ...
    @property
    def node_selector(self) -> dict[str, str]:
        """Nodes of the gateway's pods."""
    @node_selector.setter
    def node_selector(self, value: Mapping[str, str | int] | None) -> None: ...
    @node_selector.deleter
    def node_selector(self) -> None: ...
    @property
    def tolerations(self) -> _List[Toleration, TolerationDict]:
        """Tolerations of gateway and agents. Default: none for the gateway, all nodes for agents, so that no node's pods are without
        one."""
    @tolerations.setter
    def tolerations(self, value: Sequence[Toleration | TolerationDict] | Toleration | TolerationDict | None) -> None: ...
    @tolerations.deleter
    def tolerations(self) -> None: ...
    @property
    def memory_limiter(self) -> MemoryLimiter:
        """Refuses data before memory runs out; first in every pipeline."""
    @memory_limiter.setter
    def memory_limiter(self, value: MemoryLimiter | MemoryLimiterDict | int | None) -> None: ...
    @memory_limiter.deleter
    def memory_limiter(self) -> None: ...
    @property
    def k8s_attributes(self) -> K8sAttributes:
        """Adds attributes of the pod. It reads pods from the API server; services send the pod's and node's names themselves."""
    @k8s_attributes.setter
    def k8s_attributes(self, value: K8sAttributes | K8sAttributesDict | bool | None) -> None: ...
    @k8s_attributes.deleter
    def k8s_attributes(self) -> None: ...
    @property
    def resource_attributes(self) -> dict[str, str]:
        """Resource attributes that everything gets. Default: service.namespace, and environment where the application has one, so
        that data of two applications can be told apart."""
    @resource_attributes.setter
    def resource_attributes(self, value: Mapping[str, str | int] | None) -> None: ...
    @resource_attributes.deleter
    def resource_attributes(self) -> None: ...
    @property
    def filter(self) -> Ottl:
        """Conditions; data for which one is true is dropped."""
    @filter.setter
    def filter(self, value: Ottl | OttlDict | None) -> None: ...
    @filter.deleter
    def filter(self) -> None: ...
    @property
    def transform(self) -> Ottl:
        """Changes: statements."""
    @transform.setter
    def transform(self, value: Ottl | OttlDict | None) -> None: ...
    @transform.deleter
    def transform(self) -> None: ...
    @property
    def tail_sampling(self) -> TailSampling:
        """Keeps or drops whole traces. All spans of a trace reach one pod: a single one, or that which its ID is shared out to."""
    @tail_sampling.setter
    def tail_sampling(self, value: TailSampling | TailSamplingDict | None) -> None: ...
    @tail_sampling.deleter
    def tail_sampling(self) -> None: ...
    @property
    def batch(self) -> Batch:
        """Puts data together before it is sent; last in every pipeline."""
    @batch.setter
    def batch(self, value: Batch | BatchDict | None) -> None: ...
    @batch.deleter
    def batch(self) -> None: ...
    @property
    def span_metrics(self) -> SpanMetrics:
        """Makes metrics of spans: traces_span_metrics_calls_total and traces_span_metrics_duration_milliseconds."""
    @span_metrics.setter
    def span_metrics(self, value: SpanMetrics | SpanMetricsDict | bool | None) -> None: ...
    @span_metrics.deleter
    def span_metrics(self) -> None: ...
    @property
    def container_logs(self) -> bool | None:
        """Whether agents read the logs of the node's containers; not for a restricted or baseline namespace. Default: false, because
        it needs a folder of the node."""
    @container_logs.setter
    def container_logs(self, value: bool | None) -> None: ...
    @container_logs.deleter
    def container_logs(self) -> None: ...
    @property
    def exporters(self) -> _List[Exporter, ExporterDict | str]:
        """Where everything goes. Default for metrics: prometheus, scraped on 8889, where the platform has a Prometheus, so that
        metrics arrive where alerts are evaluated."""
    @exporters.setter
    def exporters(self, value: Mapping[str, Exporter | ExporterDict | str | int | None] | Sequence[Exporter | ExporterDict | str] | Exporter | str | None) -> None: ...
    @exporters.deleter
    def exporters(self) -> None: ...
    @property
    def log_level(self) -> Literal["DEBUG", "INFO", "WARN", "ERROR"] | None:
        """Level of the collector's own log: DEBUG, INFO, WARN or ERROR. Default: INFO, which says what failed and not each batch."""
    @log_level.setter
    def log_level(self, value: Literal["DEBUG", "INFO", "WARN", "ERROR"] | None) -> None: ...
    @log_level.deleter
    def log_level(self) -> None: ...
    def __init__(
        self,
        *,
        external: 'str | int | None' = None,
        form: 'CollectorForm | Literal["plain", "operator"] | None' = None,
        topology: 'Topology | Literal["gateway", "agent+gateway", "sidecar"] | None' = None,
        name: 'str | int | None' = None,
        version: 'str | int | None' = None,
        image: 'str | int | None' = None,
        replicas: 'int | None' = None,
        autoscaling: 'Autoscaling | AutoscalingDict | bool | None' = None,
        resources: 'Resources | ResourcesDict | None' = None,
        agent_resources: 'Resources | ResourcesDict | None' = None,
        storage: 'Claim | ClaimDict | str | int | None' = None,
        node_selector: 'Mapping[str, str | int] | None' = None,
        tolerations: 'Sequence[Toleration | TolerationDict] | Toleration | TolerationDict | None' = None,
        memory_limiter: 'MemoryLimiter | MemoryLimiterDict | int | None' = None,
        k8s_attributes: 'K8sAttributes | K8sAttributesDict | bool | None' = None,
        resource_attributes: 'Mapping[str, str | int] | None' = None,
        filter: 'Ottl | OttlDict | None' = None,
        transform: 'Ottl | OttlDict | None' = None,
        tail_sampling: 'TailSampling | TailSamplingDict | None' = None,
        batch: 'Batch | BatchDict | None' = None,
        span_metrics: 'SpanMetrics | SpanMetricsDict | bool | None' = None,
        container_logs: 'bool | None' = None,
        exporters: 'Mapping[str, Exporter | ExporterDict | str | int | None] | Sequence[Exporter | ExporterDict | str] | Exporter | str | None' = None,
        log_level: 'Literal["DEBUG", "INFO", "WARN", "ERROR"] | None' = None,
    ) -> None: ...

class CollectorDict(TypedDict, total=False):
    external: str | int | None
    form: CollectorForm | Literal["plain", "operator"] | None
    topology: Topology | Literal["gateway", "agent+gateway", "sidecar"] | None
    name: str | int | None
    version: str | int | None
    image: str | int | None
    replicas: int | None
    autoscaling: Autoscaling | AutoscalingDict | bool | None
    resources: Resources | ResourcesDict | None
    agentResources: Resources | ResourcesDict | None
    agent_resources: Resources | ResourcesDict | None
    storage: Claim | ClaimDict | str | int | None
    nodeSelector: Mapping[str, str | int] | None
    node_selector: Mapping[str, str | int] | None
    tolerations: Sequence[Toleration | TolerationDict] | Toleration | TolerationDict | None
    memoryLimiter: MemoryLimiter | MemoryLimiterDict | int | None
    memory_limiter: MemoryLimiter | MemoryLimiterDict | int | None
    k8sAttributes: K8sAttributes | K8sAttributesDict | bool | None
    k8s_attributes: K8sAttributes | K8sAttributesDict | bool | None
    resourceAttributes: Mapping[str, str | int] | None
    resource_attributes: Mapping[str, str | int] | None
    filter: Ottl | OttlDict | None
    transform: Ottl | OttlDict | None
    tailSampling: TailSampling | TailSamplingDict | None
    tail_sampling: TailSampling | TailSamplingDict | None
    batch: Batch | BatchDict | None
    spanMetrics: SpanMetrics | SpanMetricsDict | bool | None
    span_metrics: SpanMetrics | SpanMetricsDict | bool | None
    containerLogs: bool | None
    container_logs: bool | None
    exporters: Mapping[str, Exporter | ExporterDict | str | int | None] | Sequence[Exporter | ExporterDict | str] | Exporter | str | None
    logLevel: Literal["DEBUG", "INFO", "WARN", "ERROR"] | None
    log_level: Literal["DEBUG", "INFO", "WARN", "ERROR"] | None

class ConfigFile(Model):
    """A file of configuration, mounted read-only from a generated ConfigMap; a change of it rolls the pods."""
    @property
    def path(self) -> str | None:
        """Absolute path in the container."""
    @path.setter
    def path(self, value: str | int | None) -> None: ...
    @path.deleter
    def path(self) -> None: ...
    @property
    def key(self) -> str | None:
        """Key in the ConfigMap, unique within the service. Default: the last part of the path, because a key has no /; in an init
        container or sidecar after its name and a dot, so that two never meet."""
    @key.setter
    def key(self, value: str | int | None) -> None: ...
    @key.deleter
    def key(self) -> None: ...
    @property
    def content(self) -> str | None:
        """The file's content, at most 1 MiB for all files of a service."""
    @content.setter
    def content(self, value: str | int | None) -> None: ...
    @content.deleter
    def content(self) -> None: ...
    @property
    def from_file(self) -> str | None:
        """Name of a file to read the content from, relative to the model's file (for a hand-built model, to the current folder)."""
    @from_file.setter
    def from_file(self, value: str | int | None) -> None: ...
    @from_file.deleter
    def from_file(self) -> None: ...
    @property
    def mode(self) -> str | None:
        """Permission bits, octal text such as "0444". Default: 0444, which is safe because nobody can change the file."""
    @mode.setter
    def mode(self, value: str | int | None) -> None: ...
    @mode.deleter
    def mode(self) -> None: ...
    def __init__(
        self,
        *,
        path: 'str | int | None' = None,
        key: 'str | int | None' = None,
        content: 'str | int | None' = None,
        from_file: 'str | int | None' = None,
        mode: 'str | int | None' = None,
    ) -> None: ...

class ConfigFileDict(TypedDict, total=False):
    path: str | int | None
    key: str | int | None
    content: str | int | None
    fromFile: str | int | None
    from_file: str | int | None
    mode: str | int | None

class ConnectionPool(Model):
    """Limits that keep a busy service from being overrun."""
    @property
    def tcp(self) -> TcpPool:
        """Limits of connections to a service, for each of its callers' proxies."""
    @tcp.setter
    def tcp(self, value: TcpPool | TcpPoolDict | None) -> None: ...
    @tcp.deleter
    def tcp(self) -> None: ...
    @property
    def http(self) -> HttpPool:
        """Limits of requests to a service, for each of its callers' proxies."""
    @http.setter
    def http(self, value: HttpPool | HttpPoolDict | None) -> None: ...
    @http.deleter
    def http(self) -> None: ...
    def __init__(
        self,
        *,
        tcp: 'TcpPool | TcpPoolDict | None' = None,
        http: 'HttpPool | HttpPoolDict | None' = None,
    ) -> None: ...

class ConnectionPoolDict(TypedDict, total=False):
    tcp: TcpPool | TcpPoolDict | None
    http: HttpPool | HttpPoolDict | None

class ConsistentHash(Model):
    """Requests that are alike go to the same pod, as long as it is there. Exactly one of the four."""
    @property
    def http_header_name(self) -> str | None:
        """Header whose value chooses the pod."""
    @http_header_name.setter
    def http_header_name(self, value: str | int | None) -> None: ...
    @http_header_name.deleter
    def http_header_name(self) -> None: ...
    @property
    def http_cookie(self) -> HashCookie:
        """Cookie whose value chooses the pod."""
    @http_cookie.setter
    def http_cookie(self, value: HashCookie | HashCookieDict | str | int | None) -> None: ...
    @http_cookie.deleter
    def http_cookie(self) -> None: ...
    @property
    def use_source_ip(self) -> bool | None:
        """Whether the address of the caller chooses the pod."""
    @use_source_ip.setter
    def use_source_ip(self, value: bool | None) -> None: ...
    @use_source_ip.deleter
    def use_source_ip(self) -> None: ...
    @property
    def http_query_parameter_name(self) -> str | None:
        """Query parameter whose value chooses the pod."""
    @http_query_parameter_name.setter
    def http_query_parameter_name(self, value: str | int | None) -> None: ...
    @http_query_parameter_name.deleter
    def http_query_parameter_name(self) -> None: ...
    def __init__(
        self,
        *,
        http_header_name: 'str | int | None' = None,
        http_cookie: 'HashCookie | HashCookieDict | str | int | None' = None,
        use_source_ip: 'bool | None' = None,
        http_query_parameter_name: 'str | int | None' = None,
    ) -> None: ...

class ConsistentHashDict(TypedDict, total=False):
    httpHeaderName: str | int | None
    http_header_name: str | int | None
    httpCookie: HashCookie | HashCookieDict | str | int | None
    http_cookie: HashCookie | HashCookieDict | str | int | None
    useSourceIp: bool | None
    use_source_ip: bool | None
    httpQueryParameterName: str | int | None
    http_query_parameter_name: str | int | None

class ContainerMetric(Model):
    """A metric of one container."""
    @property
    def container(self) -> str | None:
        """Name of the container: the service's name, or a sidecar's."""
    @container.setter
    def container(self, value: str | int | None) -> None: ...
    @container.deleter
    def container(self) -> None: ...
    @property
    def name(self) -> Literal["cpu", "memory"] | None:
        """cpu or memory."""
    @name.setter
    def name(self, value: Literal["cpu", "memory"] | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def average_utilization(self) -> int | None:
        """Percent of the request, 1 to 1000000."""
    @average_utilization.setter
    def average_utilization(self, value: int | None) -> None: ...
    @average_utilization.deleter
    def average_utilization(self) -> None: ...
    @property
    def average_value(self) -> str | None:
        """Amount per pod, a quantity above zero."""
    @average_value.setter
    def average_value(self, value: str | int | None) -> None: ...
    @average_value.deleter
    def average_value(self) -> None: ...
    def __init__(
        self,
        *,
        container: 'str | int | None' = None,
        name: 'Literal["cpu", "memory"] | None' = None,
        average_utilization: 'int | None' = None,
        average_value: 'str | int | None' = None,
    ) -> None: ...

class ContainerMetricDict(TypedDict, total=False):
    container: str | int | None
    name: Literal["cpu", "memory"] | None
    averageUtilization: int | None
    average_utilization: int | None
    averageValue: str | int | None
    average_value: str | int | None

class CorsPolicy(Model):
    """Permissions of browsers on pages of other origins. (Istio: CorsPolicy)"""
    @property
    def allow_origins(self) -> _List[Origin, OriginDict | str | int]:
        """Origins, at least one."""
    @allow_origins.setter
    def allow_origins(self, value: Sequence[Origin | OriginDict | str | int] | Origin | OriginDict | str | int | None) -> None: ...
    @allow_origins.deleter
    def allow_origins(self) -> None: ...
    @property
    def allow_methods(self) -> _List[str, str]:
        """Methods, in capitals."""
    @allow_methods.setter
    def allow_methods(self, value: str | Sequence[str] | None) -> None: ...
    @allow_methods.deleter
    def allow_methods(self) -> None: ...
    @property
    def allow_headers(self) -> _List[str, str]:
        """Headers that requests may have."""
    @allow_headers.setter
    def allow_headers(self, value: str | Sequence[str] | None) -> None: ...
    @allow_headers.deleter
    def allow_headers(self) -> None: ...
    @property
    def expose_headers(self) -> _List[str, str]:
        """Headers of answers that scripts may read."""
    @expose_headers.setter
    def expose_headers(self, value: str | Sequence[str] | None) -> None: ...
    @expose_headers.deleter
    def expose_headers(self) -> None: ...
    @property
    def max_age(self) -> str | None:
        """How long a browser may remember this, in whole seconds such as 24h. Default: what the router says, 5s with mesh.routing
        gateway, because it is the Gateway API's own."""
    @max_age.setter
    def max_age(self, value: str | int | None) -> None: ...
    @max_age.deleter
    def max_age(self) -> None: ...
    @property
    def allow_credentials(self) -> bool | None:
        """Whether cookies may be sent. Default: false, which is safe because pages of other origins cannot act as the user."""
    @allow_credentials.setter
    def allow_credentials(self, value: bool | None) -> None: ...
    @allow_credentials.deleter
    def allow_credentials(self) -> None: ...
    def __init__(
        self,
        *,
        allow_origins: 'Sequence[Origin | OriginDict | str | int] | Origin | OriginDict | str | int | None' = None,
        allow_methods: 'str | Sequence[str] | None' = None,
        allow_headers: 'str | Sequence[str] | None' = None,
        expose_headers: 'str | Sequence[str] | None' = None,
        max_age: 'str | int | None' = None,
        allow_credentials: 'bool | None' = None,
    ) -> None: ...

class CorsPolicyDict(TypedDict, total=False):
    allowOrigins: Sequence[Origin | OriginDict | str | int] | Origin | OriginDict | str | int | None
    allow_origins: Sequence[Origin | OriginDict | str | int] | Origin | OriginDict | str | int | None
    allowMethods: str | Sequence[str] | None
    allow_methods: str | Sequence[str] | None
    allowHeaders: str | Sequence[str] | None
    allow_headers: str | Sequence[str] | None
    exposeHeaders: str | Sequence[str] | None
    expose_headers: str | Sequence[str] | None
    maxAge: str | int | None
    max_age: str | int | None
    allowCredentials: bool | None
    allow_credentials: bool | None

class Dashboards(Model):
    """Grafana dashboards: an overview of the application, and one for each service. Who calls whom, and how often, is drawn in a
    mesh: without one no metric has both ends of a call, since the spans of its ends may reach different collectors."""
    @property
    def enabled(self) -> bool | None:
        """`false` (in YAML also the word alone, `dashboards: off`) leaves them out. Default: true where there is telemetry and a
        Prometheus, because dashboards show what Prometheus has."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def form(self) -> DashboardForm | None:
        """configMap (found by the sidecar of Grafana's chart) or grafana (a GrafanaDashboard for the Grafana operator). Default:
        configMap, because it needs no operator."""
    @form.setter
    def form(self, value: DashboardForm | Literal["configMap", "grafana"] | None) -> None: ...
    @form.deleter
    def form(self) -> None: ...
    @property
    def labels(self) -> dict[str, str]:
        """Labels by which Grafana finds them: of the ConfigMap, or of the Grafana that a GrafanaDashboard is for. Default:
        grafana_dashboard: "1", or dashboards: grafana, because Grafana's chart and the examples of its operator select by them."""
    @labels.setter
    def labels(self, value: Mapping[str, str | int] | None) -> None: ...
    @labels.deleter
    def labels(self) -> None: ...
    @property
    def folder(self) -> str | None:
        """Folder in Grafana. Default: the application's name, so that dashboards of two applications stand apart."""
    @folder.setter
    def folder(self, value: str | int | None) -> None: ...
    @folder.deleter
    def folder(self) -> None: ...
    @property
    def datasource(self) -> str | None:
        """Name of the Prometheus data source that is chosen at first. Default: Grafana's default, which presumes that it is the
        Prometheus with these metrics."""
    @datasource.setter
    def datasource(self, value: str | int | None) -> None: ...
    @datasource.deleter
    def datasource(self) -> None: ...
    @property
    def refresh(self) -> str | None:
        """How often a dashboard asks anew, such as 30s or 1m. Default: 30s, because Prometheus mostly scrapes no oftener."""
    @refresh.setter
    def refresh(self, value: str | int | None) -> None: ...
    @refresh.deleter
    def refresh(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        form: 'DashboardForm | Literal["configMap", "grafana"] | None' = None,
        labels: 'Mapping[str, str | int] | None' = None,
        folder: 'str | int | None' = None,
        datasource: 'str | int | None' = None,
        refresh: 'str | int | None' = None,
    ) -> None: ...

class DashboardsDict(TypedDict, total=False):
    enabled: bool | None
    form: DashboardForm | Literal["configMap", "grafana"] | None
    labels: Mapping[str, str | int] | None
    folder: str | int | None
    datasource: str | int | None
    refresh: str | int | None

class Delivery(Model):
    """Progressive delivery of a service: canary or blueGreen."""
    @property
    def executor(self) -> Executor | None:
        """argoRollouts or flagger, controllers of the cluster; or plain, two Deployments between which you move the weight yourself.
        A Deployment's selector differs with flagger and plain: delete a running one (kubectl delete --cascade=orphan) before the
        change."""
    @executor.setter
    def executor(self, value: Executor | Literal["argoRollouts", "flagger", "plain"] | None) -> None: ...
    @executor.deleter
    def executor(self) -> None: ...
    @property
    def canary(self) -> Canary:
        """A new version gets a part of the requests, and more and more as long as it does well."""
    @canary.setter
    def canary(self, value: Canary | CanaryDict | None) -> None: ...
    @canary.deleter
    def canary(self) -> None: ...
    @property
    def blue_green(self) -> BlueGreen:
        """A new version runs beside the old one, and takes all requests at once. For argoRollouts."""
    @blue_green.setter
    def blue_green(self, value: BlueGreen | BlueGreenDict | None) -> None: ...
    @blue_green.deleter
    def blue_green(self) -> None: ...
    def __init__(
        self,
        *,
        executor: 'Executor | Literal["argoRollouts", "flagger", "plain"] | None' = None,
        canary: 'Canary | CanaryDict | None' = None,
        blue_green: 'BlueGreen | BlueGreenDict | None' = None,
    ) -> None: ...

class DeliveryDict(TypedDict, total=False):
    executor: Executor | Literal["argoRollouts", "flagger", "plain"] | None
    canary: Canary | CanaryDict | None
    blueGreen: BlueGreen | BlueGreenDict | None
    blue_green: BlueGreen | BlueGreenDict | None

class DeliveryMetric(Model):
    """A figure of the new version that must hold; at least one of min and max."""
    @property
    def name(self) -> str | None:
        """Name of the metric."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def query(self) -> str | None:
        """PromQL that yields one number."""
    @query.setter
    def query(self, value: str | int | None) -> None: ...
    @query.deleter
    def query(self) -> None: ...
    @property
    def min(self) -> str | None:
        """Least that is good."""
    @min.setter
    def min(self, value: str | int | None) -> None: ...
    @min.deleter
    def min(self) -> None: ...
    @property
    def max(self) -> str | None:
        """Most that is good."""
    @max.setter
    def max(self, value: str | int | None) -> None: ...
    @max.deleter
    def max(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        query: 'str | int | None' = None,
        min: 'str | int | None' = None,
        max: 'str | int | None' = None,
    ) -> None: ...

class DeliveryMetricDict(TypedDict, total=False):
    name: str | int | None
    query: str | int | None
    min: str | int | None
    max: str | int | None

class Destination(Model):
    """One of several services that share the requests."""
    @property
    def to(self) -> str | None:
        """Name of a service of the application."""
    @to.setter
    def to(self, value: str | int | None) -> None: ...
    @to.deleter
    def to(self) -> None: ...
    @property
    def port(self) -> int | str | None:
        """Name or number of its port. Default: its first that is not for metrics, because people write the main one first."""
    @port.setter
    def port(self, value: int | str | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def weight(self) -> int | None:
        """Share of the requests, 1 to 100; all of them make 100."""
    @weight.setter
    def weight(self, value: int | None) -> None: ...
    @weight.deleter
    def weight(self) -> None: ...
    def __init__(
        self,
        *,
        to: 'str | int | None' = None,
        port: 'int | str | None' = None,
        weight: 'int | None' = None,
    ) -> None: ...

class DestinationDict(TypedDict, total=False):
    to: str | int | None
    port: int | str | None
    weight: int | None

class DirectResponse(Model):
    """An answer of the gateway itself."""
    @property
    def status(self) -> int | None:
        """HTTP status, 200 to 599."""
    @status.setter
    def status(self, value: int | None) -> None: ...
    @status.deleter
    def status(self) -> None: ...
    @property
    def body(self) -> str | None:
        """Text of the answer. Default: empty, because the status says enough to programs."""
    @body.setter
    def body(self, value: str | int | None) -> None: ...
    @body.deleter
    def body(self) -> None: ...
    def __init__(
        self,
        *,
        status: 'int | None' = None,
        body: 'str | int | None' = None,
    ) -> None: ...

class DirectResponseDict(TypedDict, total=False):
    status: int | None
    body: str | int | None

class DisruptionBudget(Model):
    """How many pods a drain or an upgrade may take at once: a PodDisruptionBudget. At most one of the two figures."""
    @property
    def enabled(self) -> bool | None:
        """`false` (in YAML also a word alone, `disruptionBudget: off` or none) leaves the service without a budget."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def min_available(self) -> int | str | None:
        """Pods that must stay, a number or a percentage."""
    @min_available.setter
    def min_available(self, value: int | str | None) -> None: ...
    @min_available.deleter
    def min_available(self) -> None: ...
    @property
    def max_unavailable(self) -> int | str | None:
        """Pods that may go, a number or a percentage. Default: 1, so that a drain always goes on, and takes one pod at a time."""
    @max_unavailable.setter
    def max_unavailable(self, value: int | str | None) -> None: ...
    @max_unavailable.deleter
    def max_unavailable(self) -> None: ...
    @property
    def unhealthy_pod_eviction_policy(self) -> Literal["IfHealthyBudget", "AlwaysAllow"] | None:
        """IfHealthyBudget or AlwaysAllow. Default: AlwaysAllow from Kubernetes 1.27, so that broken pods never block a drain."""
    @unhealthy_pod_eviction_policy.setter
    def unhealthy_pod_eviction_policy(self, value: Literal["IfHealthyBudget", "AlwaysAllow"] | None) -> None: ...
    @unhealthy_pod_eviction_policy.deleter
    def unhealthy_pod_eviction_policy(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        min_available: 'int | str | None' = None,
        max_unavailable: 'int | str | None' = None,
        unhealthy_pod_eviction_policy: 'Literal["IfHealthyBudget", "AlwaysAllow"] | None' = None,
    ) -> None: ...

class DisruptionBudgetDict(TypedDict, total=False):
    enabled: bool | None
    minAvailable: int | str | None
    min_available: int | str | None
    maxUnavailable: int | str | None
    max_unavailable: int | str | None
    unhealthyPodEvictionPolicy: Literal["IfHealthyBudget", "AlwaysAllow"] | None
    unhealthy_pod_eviction_policy: Literal["IfHealthyBudget", "AlwaysAllow"] | None

class DnsConfig(Model):
    """The pod's resolver."""
    @property
    def nameservers(self) -> _List[str, str]:
        """At most 3 addresses."""
    @nameservers.setter
    def nameservers(self, value: str | Sequence[str] | None) -> None: ...
    @nameservers.deleter
    def nameservers(self) -> None: ...
    @property
    def searches(self) -> _List[str, str]:
        """At most 32 domains."""
    @searches.setter
    def searches(self, value: str | Sequence[str] | None) -> None: ...
    @searches.deleter
    def searches(self) -> None: ...
    @property
    def options(self) -> dict[str, str]:
        """Options by name, such as ndots; a value may be empty."""
    @options.setter
    def options(self, value: Mapping[str, str | int] | None) -> None: ...
    @options.deleter
    def options(self) -> None: ...
    def __init__(
        self,
        *,
        nameservers: 'str | Sequence[str] | None' = None,
        searches: 'str | Sequence[str] | None' = None,
        options: 'Mapping[str, str | int] | None' = None,
    ) -> None: ...

class DnsConfigDict(TypedDict, total=False):
    nameservers: str | Sequence[str] | None
    searches: str | Sequence[str] | None
    options: Mapping[str, str | int] | None

class EmptyDir(Model):
    """Scratch space that lives as long as the pod."""
    @property
    def enabled(self) -> bool | None:
        """`true` for scratch space with all defaults."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def medium(self) -> Literal["Memory", "HugePages", "HugePages-2Mi", "HugePages-1Gi"] | None:
        """`Memory` for a RAM disk, which counts against the memory limit. Default: the node's disk, because the program needs its
        memory itself."""
    @medium.setter
    def medium(self, value: Literal["Memory", "HugePages", "HugePages-2Mi", "HugePages-1Gi"] | None) -> None: ...
    @medium.deleter
    def medium(self) -> None: ...
    @property
    def size_limit(self) -> str | None:
        """Most it may hold, a quantity. Default: as much as the node has, which presumes a program that removes what it no longer
        needs."""
    @size_limit.setter
    def size_limit(self, value: str | int | None) -> None: ...
    @size_limit.deleter
    def size_limit(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        medium: 'Literal["Memory", "HugePages", "HugePages-2Mi", "HugePages-1Gi"] | None' = None,
        size_limit: 'str | int | None' = None,
    ) -> None: ...

class EmptyDirDict(TypedDict, total=False):
    enabled: bool | None
    medium: Literal["Memory", "HugePages", "HugePages-2Mi", "HugePages-1Gi"] | None
    sizeLimit: str | int | None
    size_limit: str | int | None

class Env(Model):
    """One environment variable: a value, or where the value comes from."""
    @property
    def name(self) -> str | None:
        """Variable name: letters, digits, `_`, `-`, `.`, not beginning with a digit."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def value(self) -> str | None:
        """Literal value, with the name at most 131,071 bytes. `$(NAME)` stands for another variable of the container, wherever it
        stands in the list; `$$(NAME)` for the text itself. Something that looks like a credential is refused: use secret."""
    @value.setter
    def value(self, value: str | int | None) -> None: ...
    @value.deleter
    def value(self) -> None: ...
    @property
    def secret(self) -> str | None:
        """Name of a secret of the application (see secrets); key says which entry."""
    @secret.setter
    def secret(self, value: str | int | None) -> None: ...
    @secret.deleter
    def secret(self) -> None: ...
    @property
    def config_map(self) -> str | None:
        """Name of a ConfigMap that exists in the namespace; key says which entry."""
    @config_map.setter
    def config_map(self, value: str | int | None) -> None: ...
    @config_map.deleter
    def config_map(self) -> None: ...
    @property
    def key(self) -> str | None:
        """Entry of the secret or ConfigMap."""
    @key.setter
    def key(self, value: str | int | None) -> None: ...
    @key.deleter
    def key(self) -> None: ...
    @property
    def field(self) -> str | None:
        """Field of the pod: metadata.name, metadata.namespace, status.podIP, spec.nodeName ..."""
    @field.setter
    def field(self, value: str | int | None) -> None: ...
    @field.deleter
    def field(self) -> None: ...
    @property
    def resource(self) -> str | None:
        """Resource of the container: limits.cpu, requests.memory ..."""
    @resource.setter
    def resource(self, value: str | int | None) -> None: ...
    @resource.deleter
    def resource(self) -> None: ...
    @property
    def divisor(self) -> str | None:
        """Unit in which the resource is given: 1, 1m for cpu; 1, 1Mi, 1Gi ... for memory. Default: 1, so that nothing is rounded but
        parts of a core or byte."""
    @divisor.setter
    def divisor(self, value: str | int | None) -> None: ...
    @divisor.deleter
    def divisor(self) -> None: ...
    @property
    def optional(self) -> bool | None:
        """Whether the container may start when the secret or ConfigMap or its key is missing. Default: false, so that a program
        never runs without what it needs."""
    @optional.setter
    def optional(self, value: bool | None) -> None: ...
    @optional.deleter
    def optional(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        value: 'str | int | None' = None,
        secret: 'str | int | None' = None,
        config_map: 'str | int | None' = None,
        key: 'str | int | None' = None,
        field: 'str | int | None' = None,
        resource: 'str | int | None' = None,
        divisor: 'str | int | None' = None,
        optional: 'bool | None' = None,
    ) -> None: ...

class EnvDict(TypedDict, total=False):
    name: str | int | None
    value: str | int | None
    secret: str | int | None
    configMap: str | int | None
    config_map: str | int | None
    key: str | int | None
    field: str | int | None
    resource: str | int | None
    divisor: str | int | None
    optional: bool | None

class EnvFrom(Model):
    """All entries of a secret or ConfigMap as environment variables."""
    @property
    def secret(self) -> str | None:
        """Name of a secret of the application."""
    @secret.setter
    def secret(self, value: str | int | None) -> None: ...
    @secret.deleter
    def secret(self) -> None: ...
    @property
    def config_map(self) -> str | None:
        """Name of a ConfigMap that exists in the namespace."""
    @config_map.setter
    def config_map(self, value: str | int | None) -> None: ...
    @config_map.deleter
    def config_map(self) -> None: ...
    @property
    def prefix(self) -> str | None:
        """Text put before each name. Default: none, so that variables are named as the entries are."""
    @prefix.setter
    def prefix(self, value: str | int | None) -> None: ...
    @prefix.deleter
    def prefix(self) -> None: ...
    @property
    def optional(self) -> bool | None:
        """Whether the container may start when it is missing. Default: false, so that a program never runs without what it needs."""
    @optional.setter
    def optional(self, value: bool | None) -> None: ...
    @optional.deleter
    def optional(self) -> None: ...
    def __init__(
        self,
        *,
        secret: 'str | int | None' = None,
        config_map: 'str | int | None' = None,
        prefix: 'str | int | None' = None,
        optional: 'bool | None' = None,
    ) -> None: ...

class EnvFromDict(TypedDict, total=False):
    secret: str | int | None
    configMap: str | int | None
    config_map: str | int | None
    prefix: str | int | None
    optional: bool | None

class ExecAction(Model):
    """A program to run in the container."""
    @property
    def command(self) -> _List[str, str]:
        """Program and arguments; no shell is involved."""
    @command.setter
    def command(self, value: str | Sequence[str] | None) -> None: ...
    @command.deleter
    def command(self) -> None: ...
    def __init__(
        self,
        *,
        command: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class ExecActionDict(TypedDict, total=False):
    command: str | Sequence[str] | None

class Exemption(Model):
    """A claim whose data is not backed up, and why."""
    @property
    def claim(self) -> str | None:
        """Name of the claim: the service's and the volume's, `<service>-<volume>`, or that of a claim that exists."""
    @claim.setter
    def claim(self, value: str | int | None) -> None: ...
    @claim.deleter
    def claim(self) -> None: ...
    @property
    def reason(self) -> str | None:
        """Reason why its data needs no backup, for readers of the model."""
    @reason.setter
    def reason(self, value: str | int | None) -> None: ...
    @reason.deleter
    def reason(self) -> None: ...
    def __init__(
        self,
        *,
        claim: 'str | int | None' = None,
        reason: 'str | int | None' = None,
    ) -> None: ...

class ExemptionDict(TypedDict, total=False):
    claim: str | int | None
    reason: str | int | None

class Exporter(Model):
    """A destination of the collector's data."""
    @property
    def name(self) -> str | None:
        """Name, unique among exporters."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def type(self) -> str | None:
        """otlp_grpc, otlp_http, prometheus (an endpoint to scrape), prometheus_remote_write or debug. Default: the name if it is one
        of these, else otlp_http for an endpoint that begins with http, else otlp_grpc, because most back ends take OTLP."""
    @type.setter
    def type(self, value: str | int | None) -> None: ...
    @type.deleter
    def type(self) -> None: ...
    @property
    def endpoint(self) -> str | None:
        """host:port for otlp_grpc; a URL for otlp_http and prometheus_remote_write. A host `service.namespace` is taken for pods of
        that namespace. Default: that of the external, by its host or name, so that it is said once."""
    @endpoint.setter
    def endpoint(self, value: str | int | None) -> None: ...
    @endpoint.deleter
    def endpoint(self) -> None: ...
    @property
    def external(self) -> str | None:
        """Name of the external of the application that the endpoint is. Needed where the host is not in the cluster."""
    @external.setter
    def external(self, value: str | int | None) -> None: ...
    @external.deleter
    def external(self) -> None: ...
    @property
    def port(self) -> int | str | None:
        """Name or number of the external's port. Default: its only one, because no other can be meant."""
    @port.setter
    def port(self, value: int | str | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def signals(self) -> _List[str, str]:
        """Signals sent there: traces, metrics, logs. Default: by type, and for otlp by name, because not every back end takes all:
        traces for jaeger, tempo and zipkin, logs for loki, metrics for mimir, else all three."""
    @signals.setter
    def signals(self, value: Literal["traces", "metrics", "logs"] | Sequence[Literal["traces", "metrics", "logs"]] | None) -> None: ...
    @signals.deleter
    def signals(self) -> None: ...
    @property
    def headers(self) -> _List[ExporterHeader, ExporterHeaderDict | str]:
        """Headers of requests."""
    @headers.setter
    def headers(self, value: Mapping[str, ExporterHeader | ExporterHeaderDict | str | int | None] | Sequence[ExporterHeader | ExporterHeaderDict | str] | ExporterHeader | str | None) -> None: ...
    @headers.deleter
    def headers(self) -> None: ...
    @property
    def insecure(self) -> bool | None:
        """Whether the connection has no TLS. Default for otlp_grpc: true for pods of the cluster without tls, false for other hosts,
        because few back ends in a cluster have a certificate."""
    @insecure.setter
    def insecure(self, value: bool | None) -> None: ...
    @insecure.deleter
    def insecure(self) -> None: ...
    @property
    def tls(self) -> ExporterTls:
        """By what an exporter knows its back end, and is known by it. Files of it are mounted into the collector's pods."""
    @tls.setter
    def tls(self, value: ExporterTls | ExporterTlsDict | None) -> None: ...
    @tls.deleter
    def tls(self) -> None: ...
    @property
    def compression(self) -> Literal["gzip", "snappy", "zstd", "none"] | None:
        """gzip, snappy, zstd or none. Default: gzip, because every backend of OTLP takes it."""
    @compression.setter
    def compression(self, value: Literal["gzip", "snappy", "zstd", "none"] | None) -> None: ...
    @compression.deleter
    def compression(self) -> None: ...
    @property
    def timeout(self) -> str | None:
        """How long one request may take, a duration with its unit. Default: 30s for otlp_http, else 5s, because they are the
        collector's own."""
    @timeout.setter
    def timeout(self, value: str | int | None) -> None: ...
    @timeout.deleter
    def timeout(self) -> None: ...
    @property
    def queue_size(self) -> int | None:
        """Batches kept while the back end is away, 1 to 10000000. Default: 1000, because it is the collector's own."""
    @queue_size.setter
    def queue_size(self, value: int | None) -> None: ...
    @queue_size.deleter
    def queue_size(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        type: 'str | int | None' = None,
        endpoint: 'str | int | None' = None,
        external: 'str | int | None' = None,
        port: 'int | str | None' = None,
        signals: 'Literal["traces", "metrics", "logs"] | Sequence[Literal["traces", "metrics", "logs"]] | None' = None,
        headers: 'Mapping[str, ExporterHeader | ExporterHeaderDict | str | int | None] | Sequence[ExporterHeader | ExporterHeaderDict | str] | ExporterHeader | str | None' = None,
        insecure: 'bool | None' = None,
        tls: 'ExporterTls | ExporterTlsDict | None' = None,
        compression: 'Literal["gzip", "snappy", "zstd", "none"] | None' = None,
        timeout: 'str | int | None' = None,
        queue_size: 'int | None' = None,
    ) -> None: ...

class ExporterDict(TypedDict, total=False):
    name: str | int | None
    type: str | int | None
    endpoint: str | int | None
    external: str | int | None
    port: int | str | None
    signals: Literal["traces", "metrics", "logs"] | Sequence[Literal["traces", "metrics", "logs"]] | None
    headers: Mapping[str, ExporterHeader | ExporterHeaderDict | str | int | None] | Sequence[ExporterHeader | ExporterHeaderDict | str] | ExporterHeader | str | None
    insecure: bool | None
    tls: ExporterTls | ExporterTlsDict | None
    compression: Literal["gzip", "snappy", "zstd", "none"] | None
    timeout: str | int | None
    queueSize: int | None
    queue_size: int | None

class ExporterHeader(Model):
    """A header of an exporter's requests."""
    @property
    def name(self) -> str | None:
        """Header name."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def value(self) -> str | None:
        """Literal value. Something that looks like a credential is refused: use secret."""
    @value.setter
    def value(self, value: str | int | None) -> None: ...
    @value.deleter
    def value(self) -> None: ...
    @property
    def secret(self) -> str | None:
        """Name of a secret of the application; key says which entry."""
    @secret.setter
    def secret(self, value: str | int | None) -> None: ...
    @secret.deleter
    def secret(self) -> None: ...
    @property
    def key(self) -> str | None:
        """Entry of the secret."""
    @key.setter
    def key(self, value: str | int | None) -> None: ...
    @key.deleter
    def key(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        value: 'str | int | None' = None,
        secret: 'str | int | None' = None,
        key: 'str | int | None' = None,
    ) -> None: ...

class ExporterHeaderDict(TypedDict, total=False):
    name: str | int | None
    value: str | int | None
    secret: str | int | None
    key: str | int | None

class ExporterTls(Model):
    """By what an exporter knows its back end, and is known by it. Files of it are mounted into the collector's pods."""
    @property
    def ca_secret(self) -> str | None:
        """Secret of the application with the CA of the back end's certificate. Default: the CAs of the collector's image, which
        presumes a certificate that the public trusts."""
    @ca_secret.setter
    def ca_secret(self, value: str | int | None) -> None: ...
    @ca_secret.deleter
    def ca_secret(self) -> None: ...
    @property
    def ca_config_map(self) -> str | None:
        """The same from a ConfigMap, which exists in the namespace."""
    @ca_config_map.setter
    def ca_config_map(self, value: str | int | None) -> None: ...
    @ca_config_map.deleter
    def ca_config_map(self) -> None: ...
    @property
    def ca_key(self) -> str | None:
        """Key of either. Default: ca.crt, because cert-manager calls it so."""
    @ca_key.setter
    def ca_key(self, value: str | int | None) -> None: ...
    @ca_key.deleter
    def ca_key(self) -> None: ...
    @property
    def secret_name(self) -> str | None:
        """Secret of the application with a certificate of the collector's own, tls.crt and tls.key, which back ends may ask for."""
    @secret_name.setter
    def secret_name(self, value: str | int | None) -> None: ...
    @secret_name.deleter
    def secret_name(self) -> None: ...
    @property
    def server_name(self) -> str | None:
        """Name that the back end's certificate is for. Default: the endpoint's host, because that is whom the collector calls."""
    @server_name.setter
    def server_name(self, value: str | int | None) -> None: ...
    @server_name.deleter
    def server_name(self) -> None: ...
    def __init__(
        self,
        *,
        ca_secret: 'str | int | None' = None,
        ca_config_map: 'str | int | None' = None,
        ca_key: 'str | int | None' = None,
        secret_name: 'str | int | None' = None,
        server_name: 'str | int | None' = None,
    ) -> None: ...

class ExporterTlsDict(TypedDict, total=False):
    caSecret: str | int | None
    ca_secret: str | int | None
    caConfigMap: str | int | None
    ca_config_map: str | int | None
    caKey: str | int | None
    ca_key: str | int | None
    secretName: str | int | None
    secret_name: str | int | None
    serverName: str | int | None
    server_name: str | int | None

class Exposure(Model):
    """A way in from outside."""
    @property
    def path(self) -> str | None:
        """Path, beginning with `/`; with RegularExpression an RE2 expression for the whole path. Default: `/`, because an exposure
        that names only a host means all of it."""
    @path.setter
    def path(self, value: str | int | None) -> None: ...
    @path.deleter
    def path(self) -> None: ...
    @property
    def host(self) -> str | None:
        """Host name. Default: the application's."""
    @host.setter
    def host(self, value: str | int | None) -> None: ...
    @host.deleter
    def host(self) -> None: ...
    @property
    def hosts(self) -> _List[str, str]:
        """Several host names. Excludes host."""
    @hosts.setter
    def hosts(self, value: str | Sequence[str] | None) -> None: ...
    @hosts.deleter
    def hosts(self) -> None: ...
    @property
    def path_type(self) -> PathType | None:
        """Prefix (of whole steps: /api matches /api and /api/x, not /apis), Exact or, in a mesh, RegularExpression. Default: Prefix,
        because an application answers below its path too."""
    @path_type.setter
    def path_type(self, value: PathType | Literal["Prefix", "Exact", "RegularExpression"] | None) -> None: ...
    @path_type.deleter
    def path_type(self) -> None: ...
    @property
    def port(self) -> int | str | None:
        """Name or number of a port of the service. Default: its first that is not for metrics, because people write the main one
        first."""
    @port.setter
    def port(self, value: int | str | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def gateway(self) -> str | None:
        """Name of an entry of mesh.gateways. Default: the first that has the host, so that a host has one way in."""
    @gateway.setter
    def gateway(self, value: str | int | None) -> None: ...
    @gateway.deleter
    def gateway(self) -> None: ...
    @property
    def methods(self) -> _List[str, str]:
        """Methods, in capitals, of which a request must have one. Default: any, which presumes that the service refuses what it does
        not know."""
    @methods.setter
    def methods(self, value: str | Sequence[str] | None) -> None: ...
    @methods.deleter
    def methods(self) -> None: ...
    @property
    def headers(self) -> _List[HeaderMatch, HeaderMatchDict | str]:
        """Headers that a request must have, all of them."""
    @headers.setter
    def headers(self, value: Mapping[str, HeaderMatch | HeaderMatchDict | str | int | None] | Sequence[HeaderMatch | HeaderMatchDict | str] | HeaderMatch | str | None) -> None: ...
    @headers.deleter
    def headers(self) -> None: ...
    @property
    def query_params(self) -> _List[QueryMatch, QueryMatchDict | str]:
        """Query parameters that a request must have, all of them."""
    @query_params.setter
    def query_params(self, value: Mapping[str, QueryMatch | QueryMatchDict | str | int | None] | Sequence[QueryMatch | QueryMatchDict | str] | QueryMatch | str | None) -> None: ...
    @query_params.deleter
    def query_params(self) -> None: ...
    @property
    def rewrite(self) -> Rewrite:
        """Values that replace those of the request before it reaches the service."""
    @rewrite.setter
    def rewrite(self, value: Rewrite | RewriteDict | str | int | None) -> None: ...
    @rewrite.deleter
    def rewrite(self) -> None: ...
    @property
    def redirect(self) -> Redirect:
        """An answer that sends the client elsewhere; at least one of uri, authority, scheme and port."""
    @redirect.setter
    def redirect(self, value: Redirect | RedirectDict | str | int | None) -> None: ...
    @redirect.deleter
    def redirect(self) -> None: ...
    @property
    def direct_response(self) -> DirectResponse:
        """An answer of the gateway itself."""
    @direct_response.setter
    def direct_response(self, value: DirectResponse | DirectResponseDict | int | None) -> None: ...
    @direct_response.deleter
    def direct_response(self) -> None: ...
    @property
    def destinations(self) -> _List[Destination, DestinationDict | str]:
        """Services that share the requests, by weight. Default: this service alone, because it is the one that is exposed."""
    @destinations.setter
    def destinations(self, value: Mapping[str, Destination | DestinationDict | int | None] | Sequence[Destination | DestinationDict | str] | Destination | str | None) -> None: ...
    @destinations.deleter
    def destinations(self) -> None: ...
    @property
    def timeout(self) -> str | None:
        """Time for the whole request with all its tries, from 1ms. Default: without end, because only its program knows how long an
        answer takes."""
    @timeout.setter
    def timeout(self, value: str | int | None) -> None: ...
    @timeout.deleter
    def timeout(self) -> None: ...
    @property
    def retries(self) -> Retries:
        """Retries of requests that failed; `retries: 3` is short for attempts."""
    @retries.setter
    def retries(self, value: Retries | RetriesDict | int | None) -> None: ...
    @retries.deleter
    def retries(self) -> None: ...
    @property
    def fault(self) -> Fault:
        """Faults made on purpose, to test how callers react: delay, abort or both."""
    @fault.setter
    def fault(self, value: Fault | FaultDict | None) -> None: ...
    @fault.deleter
    def fault(self) -> None: ...
    @property
    def mirror(self) -> Mirror:
        """A service that gets a copy of requests; its answers are dropped."""
    @mirror.setter
    def mirror(self, value: Mirror | MirrorDict | str | int | None) -> None: ...
    @mirror.deleter
    def mirror(self) -> None: ...
    @property
    def cors_policy(self) -> CorsPolicy:
        """Permissions of browsers on pages of other origins. (Istio: CorsPolicy)"""
    @cors_policy.setter
    def cors_policy(self, value: CorsPolicy | CorsPolicyDict | None) -> None: ...
    @cors_policy.deleter
    def cors_policy(self) -> None: ...
    @property
    def request_headers(self) -> HeaderChanges:
        """Changes of the request's headers."""
    @request_headers.setter
    def request_headers(self, value: HeaderChanges | HeaderChangesDict | None) -> None: ...
    @request_headers.deleter
    def request_headers(self) -> None: ...
    @property
    def response_headers(self) -> HeaderChanges:
        """Changes of the answer's headers."""
    @response_headers.setter
    def response_headers(self, value: HeaderChanges | HeaderChangesDict | None) -> None: ...
    @response_headers.deleter
    def response_headers(self) -> None: ...
    @property
    def jwt(self) -> Jwt:
        """The token that a request from outside must bring."""
    @jwt.setter
    def jwt(self, value: Jwt | JwtDict | str | int | None) -> None: ...
    @jwt.deleter
    def jwt(self) -> None: ...
    @property
    def backend_tls(self) -> BackendTls:
        """TLS that a gateway speaks with a port of a service; it holds for all ways in to that port. (Gateway API: BackendTLSPolicy)"""
    @backend_tls.setter
    def backend_tls(self, value: BackendTls | BackendTlsDict | str | int | None) -> None: ...
    @backend_tls.deleter
    def backend_tls(self) -> None: ...
    def __init__(
        self,
        *,
        path: 'str | int | None' = None,
        host: 'str | int | None' = None,
        hosts: 'str | Sequence[str] | None' = None,
        path_type: 'PathType | Literal["Prefix", "Exact", "RegularExpression"] | None' = None,
        port: 'int | str | None' = None,
        gateway: 'str | int | None' = None,
        methods: 'str | Sequence[str] | None' = None,
        headers: 'Mapping[str, HeaderMatch | HeaderMatchDict | str | int | None] | Sequence[HeaderMatch | HeaderMatchDict | str] | HeaderMatch | str | None' = None,
        query_params: 'Mapping[str, QueryMatch | QueryMatchDict | str | int | None] | Sequence[QueryMatch | QueryMatchDict | str] | QueryMatch | str | None' = None,
        rewrite: 'Rewrite | RewriteDict | str | int | None' = None,
        redirect: 'Redirect | RedirectDict | str | int | None' = None,
        direct_response: 'DirectResponse | DirectResponseDict | int | None' = None,
        destinations: 'Mapping[str, Destination | DestinationDict | int | None] | Sequence[Destination | DestinationDict | str] | Destination | str | None' = None,
        timeout: 'str | int | None' = None,
        retries: 'Retries | RetriesDict | int | None' = None,
        fault: 'Fault | FaultDict | None' = None,
        mirror: 'Mirror | MirrorDict | str | int | None' = None,
        cors_policy: 'CorsPolicy | CorsPolicyDict | None' = None,
        request_headers: 'HeaderChanges | HeaderChangesDict | None' = None,
        response_headers: 'HeaderChanges | HeaderChangesDict | None' = None,
        jwt: 'Jwt | JwtDict | str | int | None' = None,
        backend_tls: 'BackendTls | BackendTlsDict | str | int | None' = None,
    ) -> None: ...

class ExposureDict(TypedDict, total=False):
    path: str | int | None
    host: str | int | None
    hosts: str | Sequence[str] | None
    pathType: PathType | Literal["Prefix", "Exact", "RegularExpression"] | None
    path_type: PathType | Literal["Prefix", "Exact", "RegularExpression"] | None
    port: int | str | None
    gateway: str | int | None
    methods: str | Sequence[str] | None
    headers: Mapping[str, HeaderMatch | HeaderMatchDict | str | int | None] | Sequence[HeaderMatch | HeaderMatchDict | str] | HeaderMatch | str | None
    queryParams: Mapping[str, QueryMatch | QueryMatchDict | str | int | None] | Sequence[QueryMatch | QueryMatchDict | str] | QueryMatch | str | None
    query_params: Mapping[str, QueryMatch | QueryMatchDict | str | int | None] | Sequence[QueryMatch | QueryMatchDict | str] | QueryMatch | str | None
    rewrite: Rewrite | RewriteDict | str | int | None
    redirect: Redirect | RedirectDict | str | int | None
    directResponse: DirectResponse | DirectResponseDict | int | None
    direct_response: DirectResponse | DirectResponseDict | int | None
    destinations: Mapping[str, Destination | DestinationDict | int | None] | Sequence[Destination | DestinationDict | str] | Destination | str | None
    timeout: str | int | None
    retries: Retries | RetriesDict | int | None
    fault: Fault | FaultDict | None
    mirror: Mirror | MirrorDict | str | int | None
    corsPolicy: CorsPolicy | CorsPolicyDict | None
    cors_policy: CorsPolicy | CorsPolicyDict | None
    requestHeaders: HeaderChanges | HeaderChangesDict | None
    request_headers: HeaderChanges | HeaderChangesDict | None
    responseHeaders: HeaderChanges | HeaderChangesDict | None
    response_headers: HeaderChanges | HeaderChangesDict | None
    jwt: Jwt | JwtDict | str | int | None
    backendTLS: BackendTls | BackendTlsDict | str | int | None
    backend_tls: BackendTls | BackendTlsDict | str | int | None

class External(Model):
    """Something outside the application that its services call: pods of another namespace, or addresses."""
    @property
    def name(self) -> str | None:
        """Name that calls use, unique among services and externals."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def namespace(self) -> str | None:
        """Namespace of the pods."""
    @namespace.setter
    def namespace(self, value: str | int | None) -> None: ...
    @namespace.deleter
    def namespace(self) -> None: ...
    @property
    def pod_labels(self) -> dict[str, str]:
        """Labels of the pods. Default: all pods of the namespace, which presumes that all of them may be called."""
    @pod_labels.setter
    def pod_labels(self, value: Mapping[str, str | int] | None) -> None: ...
    @pod_labels.deleter
    def pod_labels(self) -> None: ...
    @property
    def cidrs(self) -> _List[str, str]:
        """Address ranges in CIDR form, for hosts outside the cluster. Excludes namespace. In a mesh of sidecars the ServiceEntry has
        them too, unless trafficPolicy.loadBalancer makes proxies look the host up."""
    @cidrs.setter
    def cidrs(self, value: str | Sequence[str] | None) -> None: ...
    @cidrs.deleter
    def cidrs(self) -> None: ...
    @property
    def host(self) -> str | None:
        """Host name, for people and for a mesh. A NetworkPolicy cannot express it: give namespace or cidrs too."""
    @host.setter
    def host(self, value: str | int | None) -> None: ...
    @host.deleter
    def host(self) -> None: ...
    @property
    def service(self) -> Literal["ExternalName"] | None:
        """ExternalName: a Service of the external's name, through which DNS leads programs to `host`; needs host. Programs that
        speak HTTP or TLS name the Service in their requests, which not every server takes. Default: no Service, because programs
        know the host themselves."""
    @service.setter
    def service(self, value: Literal["ExternalName"] | None) -> None: ...
    @service.deleter
    def service(self) -> None: ...
    @property
    def mesh(self) -> bool | None:
        """Whether its pods are in the mesh too. Default: false, because what is outside of the application is mostly outside of its
        mesh too."""
    @mesh.setter
    def mesh(self, value: bool | None) -> None: ...
    @mesh.deleter
    def mesh(self) -> None: ...
    @property
    def ports(self) -> _List[ExternalPort, ExternalPortDict | int]:
        """Ports that are called; `port: 5432` stands for a single one."""
    @ports.setter
    def ports(self, value: Sequence[ExternalPort | ExternalPortDict | int] | ExternalPort | ExternalPortDict | int | None) -> None: ...
    @ports.deleter
    def ports(self) -> None: ...
    @property
    def tls(self) -> ClientTls:
        """TLS that the callers' proxies begin; needs host."""
    @tls.setter
    def tls(self, value: ClientTls | ClientTlsDict | Literal["SIMPLE", "MUTUAL"] | None) -> None: ...
    @tls.deleter
    def tls(self) -> None: ...
    @property
    def traffic_policy(self) -> TrafficPolicy:
        """Timeouts, connection limits and load balancing of its callers; needs host."""
    @traffic_policy.setter
    def traffic_policy(self, value: TrafficPolicy | TrafficPolicyDict | None) -> None: ...
    @traffic_policy.deleter
    def traffic_policy(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        namespace: 'str | int | None' = None,
        pod_labels: 'Mapping[str, str | int] | None' = None,
        cidrs: 'str | Sequence[str] | None' = None,
        host: 'str | int | None' = None,
        service: 'Literal["ExternalName"] | None' = None,
        mesh: 'bool | None' = None,
        ports: 'Sequence[ExternalPort | ExternalPortDict | int] | ExternalPort | ExternalPortDict | int | None' = None,
        port: 'ExternalPort | ExternalPortDict | int | None' = None,
        tls: 'ClientTls | ClientTlsDict | Literal["SIMPLE", "MUTUAL"] | None' = None,
        traffic_policy: 'TrafficPolicy | TrafficPolicyDict | None' = None,
    ) -> None: ...

class ExternalDict(TypedDict, total=False):
    name: str | int | None
    namespace: str | int | None
    podLabels: Mapping[str, str | int] | None
    pod_labels: Mapping[str, str | int] | None
    cidrs: str | Sequence[str] | None
    host: str | int | None
    service: Literal["ExternalName"] | None
    mesh: bool | None
    ports: Sequence[ExternalPort | ExternalPortDict | int] | ExternalPort | ExternalPortDict | int | None
    port: ExternalPort | ExternalPortDict | int | None
    tls: ClientTls | ClientTlsDict | Literal["SIMPLE", "MUTUAL"] | None
    trafficPolicy: TrafficPolicy | TrafficPolicyDict | None
    traffic_policy: TrafficPolicy | TrafficPolicyDict | None

class ExternalMetric(Model):
    """A metric from outside the cluster, through a metrics adapter."""
    @property
    def name(self) -> str | None:
        """Metric name."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def selector(self) -> LabelSelector:
        """Series to choose from."""
    @selector.setter
    def selector(self, value: LabelSelector | LabelSelectorDict | None) -> None: ...
    @selector.deleter
    def selector(self) -> None: ...
    @property
    def average_value(self) -> str | None:
        """Amount per pod, a quantity above zero. Excludes value."""
    @average_value.setter
    def average_value(self, value: str | int | None) -> None: ...
    @average_value.deleter
    def average_value(self) -> None: ...
    @property
    def value(self) -> str | None:
        """Amount in all, a quantity above zero. Excludes averageValue."""
    @value.setter
    def value(self, value: str | int | None) -> None: ...
    @value.deleter
    def value(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        selector: 'LabelSelector | LabelSelectorDict | None' = None,
        average_value: 'str | int | None' = None,
        value: 'str | int | None' = None,
    ) -> None: ...

class ExternalMetricDict(TypedDict, total=False):
    name: str | int | None
    selector: LabelSelector | LabelSelectorDict | None
    averageValue: str | int | None
    average_value: str | int | None
    value: str | int | None

class ExternalPort(Model):
    """A port of an external."""
    @property
    def name(self) -> str | None:
        """Port name, unique within the external. Default: the protocol, because meshes read it from names."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def port(self) -> int | None:
        """Number, 1 to 65535: of the pods when they are in the cluster."""
    @port.setter
    def port(self, value: int | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def protocol(self) -> Protocol | None:
        """Application protocol. Default: the one that the name begins with, as in grpc or grpc-orders; else tcp, which is safe
        because proxies pass its bytes on as they are."""
    @protocol.setter
    def protocol(self, value: Protocol | Literal["http", "http2", "https", "grpc", "grpc-web", "websocket", "ws", "tcp", "tls", "mongo", "mysql", "redis", "udp"] | None) -> None: ...
    @protocol.deleter
    def protocol(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        port: 'int | None' = None,
        protocol: 'Protocol | Literal["http", "http2", "https", "grpc", "grpc-web", "websocket", "ws", "tcp", "tls", "mongo", "mysql", "redis", "udp"] | None' = None,
    ) -> None: ...

class ExternalPortDict(TypedDict, total=False):
    name: str | int | None
    port: int | None
    protocol: Protocol | Literal["http", "http2", "https", "grpc", "grpc-web", "websocket", "ws", "tcp", "tls", "mongo", "mysql", "redis", "udp"] | None

class Fault(Model):
    """Faults made on purpose, to test how callers react: delay, abort or both."""
    @property
    def delay(self) -> FaultDelay:
        """A delay before a request is passed on."""
    @delay.setter
    def delay(self, value: FaultDelay | FaultDelayDict | str | int | None) -> None: ...
    @delay.deleter
    def delay(self) -> None: ...
    @property
    def abort(self) -> FaultAbort:
        """A failure in place of the service's answer."""
    @abort.setter
    def abort(self, value: FaultAbort | FaultAbortDict | int | None) -> None: ...
    @abort.deleter
    def abort(self) -> None: ...
    def __init__(
        self,
        *,
        delay: 'FaultDelay | FaultDelayDict | str | int | None' = None,
        abort: 'FaultAbort | FaultAbortDict | int | None' = None,
    ) -> None: ...

class FaultDict(TypedDict, total=False):
    delay: FaultDelay | FaultDelayDict | str | int | None
    abort: FaultAbort | FaultAbortDict | int | None

class FaultAbort(Model):
    """A failure in place of the service's answer."""
    @property
    def http_status(self) -> int | None:
        """HTTP status, 200 to 599."""
    @http_status.setter
    def http_status(self, value: int | None) -> None: ...
    @http_status.deleter
    def http_status(self) -> None: ...
    @property
    def grpc_status(self) -> Literal["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"] | None:
        """gRPC status in words, such as UNAVAILABLE."""
    @grpc_status.setter
    def grpc_status(self, value: Literal["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"] | None) -> None: ...
    @grpc_status.deleter
    def grpc_status(self) -> None: ...
    @property
    def percentage(self) -> int | None:
        """Share of the requests, 1 to 100. Default: 100, because a fault that is asked for is meant."""
    @percentage.setter
    def percentage(self, value: int | None) -> None: ...
    @percentage.deleter
    def percentage(self) -> None: ...
    def __init__(
        self,
        *,
        http_status: 'int | None' = None,
        grpc_status: 'Literal["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"] | None' = None,
        percentage: 'int | None' = None,
    ) -> None: ...

class FaultAbortDict(TypedDict, total=False):
    httpStatus: int | None
    http_status: int | None
    grpcStatus: Literal["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"] | None
    grpc_status: Literal["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"] | None
    percentage: int | None

class FaultDelay(Model):
    """A delay before a request is passed on."""
    @property
    def fixed_delay(self) -> str | None:
        """How long, from 1ms."""
    @fixed_delay.setter
    def fixed_delay(self, value: str | int | None) -> None: ...
    @fixed_delay.deleter
    def fixed_delay(self) -> None: ...
    @property
    def percentage(self) -> int | None:
        """Share of the requests, 1 to 100. Default: 100, because a fault that is asked for is meant."""
    @percentage.setter
    def percentage(self, value: int | None) -> None: ...
    @percentage.deleter
    def percentage(self) -> None: ...
    def __init__(
        self,
        *,
        fixed_delay: 'str | int | None' = None,
        percentage: 'int | None' = None,
    ) -> None: ...

class FaultDelayDict(TypedDict, total=False):
    fixedDelay: str | int | None
    fixed_delay: str | int | None
    percentage: int | None

class FieldFile(Model):
    """A field of the pod as a file."""
    @property
    def path(self) -> str | None:
        """Relative path of the file."""
    @path.setter
    def path(self, value: str | int | None) -> None: ...
    @path.deleter
    def path(self) -> None: ...
    @property
    def field(self) -> str | None:
        """metadata.name, metadata.namespace, metadata.uid, metadata.labels, metadata.annotations, or one of these with ['key']."""
    @field.setter
    def field(self, value: str | int | None) -> None: ...
    @field.deleter
    def field(self) -> None: ...
    def __init__(
        self,
        *,
        path: 'str | int | None' = None,
        field: 'str | int | None' = None,
    ) -> None: ...

class FieldFileDict(TypedDict, total=False):
    path: str | int | None
    field: str | int | None

class Gateway(Model):
    """A gateway of the mesh, by which requests from outside come in."""
    @property
    def name(self) -> str | None:
        """Name of the object."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def selector(self) -> dict[str, str]:
        """Labels of the proxies that serve it. Default: the labels of platform.gateway, else `istio: ingress`, or `istio:
        ingressgateway` in the namespace istio-system, because the charts of Istio set these."""
    @selector.setter
    def selector(self, value: Mapping[str, str | int] | None) -> None: ...
    @selector.deleter
    def selector(self) -> None: ...
    @property
    def gateway_class_name(self) -> str | None:
        """Gateway API: class of the gateway. Default: istio, because Istio installs it."""
    @gateway_class_name.setter
    def gateway_class_name(self, value: str | int | None) -> None: ...
    @gateway_class_name.deleter
    def gateway_class_name(self) -> None: ...
    @property
    def hosts(self) -> _List[str, str]:
        """Host names. Default: the hosts of all exposures that no other gateway has, so that each host has its gateway."""
    @hosts.setter
    def hosts(self, value: str | Sequence[str] | None) -> None: ...
    @hosts.deleter
    def hosts(self) -> None: ...
    @property
    def tls(self) -> GatewayTls:
        """TLS at a gateway; `tls: shop-tls` is short for the credential."""
    @tls.setter
    def tls(self, value: GatewayTls | GatewayTlsDict | str | int | None) -> None: ...
    @tls.deleter
    def tls(self) -> None: ...
    @property
    def https_redirect(self) -> bool | None:
        """Whether plain HTTP is answered with a redirect to HTTPS; false closes port 80. Default: true with TLS, because a request
        without TLS can be read on its way."""
    @https_redirect.setter
    def https_redirect(self, value: bool | None) -> None: ...
    @https_redirect.deleter
    def https_redirect(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        selector: 'Mapping[str, str | int] | None' = None,
        gateway_class_name: 'str | int | None' = None,
        hosts: 'str | Sequence[str] | None' = None,
        tls: 'GatewayTls | GatewayTlsDict | str | int | None' = None,
        https_redirect: 'bool | None' = None,
    ) -> None: ...

class GatewayDict(TypedDict, total=False):
    name: str | int | None
    selector: Mapping[str, str | int] | None
    gatewayClassName: str | int | None
    gateway_class_name: str | int | None
    hosts: str | Sequence[str] | None
    tls: GatewayTls | GatewayTlsDict | str | int | None
    httpsRedirect: bool | None
    https_redirect: bool | None

class GatewayTls(Model):
    """TLS at a gateway; `tls: shop-tls` is short for the credential."""
    @property
    def credential_name(self) -> str | None:
        """Secret with tls.crt and tls.key in the gateway's namespace, which must exist. Excludes issuer."""
    @credential_name.setter
    def credential_name(self, value: str | int | None) -> None: ...
    @credential_name.deleter
    def credential_name(self) -> None: ...
    @property
    def issuer(self) -> CertificateIssuer:
        """Issuer from which cert-manager gets the certificate."""
    @issuer.setter
    def issuer(self, value: CertificateIssuer | CertificateIssuerDict | str | int | None) -> None: ...
    @issuer.deleter
    def issuer(self) -> None: ...
    @property
    def mode(self) -> Literal["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL", "PASSTHROUGH"] | None:
        """SIMPLE, MUTUAL, OPTIONAL_MUTUAL (clients show certificates too), or PASSTHROUGH to ports that speak TLS. Default: SIMPLE,
        because browsers have no certificates."""
    @mode.setter
    def mode(self, value: Literal["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL", "PASSTHROUGH"] | None) -> None: ...
    @mode.deleter
    def mode(self) -> None: ...
    @property
    def min_protocol_version(self) -> Literal["TLSV1_2", "TLSV1_3"] | None:
        """TLSV1_2 or TLSV1_3. Default: TLSV1_2, because older versions are broken and clients of today have it."""
    @min_protocol_version.setter
    def min_protocol_version(self, value: Literal["TLSV1_2", "TLSV1_3"] | None) -> None: ...
    @min_protocol_version.deleter
    def min_protocol_version(self) -> None: ...
    def __init__(
        self,
        *,
        credential_name: 'str | int | None' = None,
        issuer: 'CertificateIssuer | CertificateIssuerDict | str | int | None' = None,
        mode: 'Literal["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL", "PASSTHROUGH"] | None' = None,
        min_protocol_version: 'Literal["TLSV1_2", "TLSV1_3"] | None' = None,
    ) -> None: ...

class GatewayTlsDict(TypedDict, total=False):
    credentialName: str | int | None
    credential_name: str | int | None
    issuer: CertificateIssuer | CertificateIssuerDict | str | int | None
    mode: Literal["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL", "PASSTHROUGH"] | None
    minProtocolVersion: Literal["TLSV1_2", "TLSV1_3"] | None
    min_protocol_version: Literal["TLSV1_2", "TLSV1_3"] | None

class GrpcAction(Model):
    """A gRPC health check."""
    @property
    def port(self) -> int | str | None:
        """Name or number of a declared port; the number is emitted, since Kubernetes takes no name here. Default: the container's
        first port that is not for metrics, which presumes that it speaks gRPC."""
    @port.setter
    def port(self, value: int | str | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def service(self) -> str | None:
        """Service name in the health request. Default: "", the server as a whole, because every server with health checks knows it."""
    @service.setter
    def service(self, value: str | int | None) -> None: ...
    @service.deleter
    def service(self) -> None: ...
    def __init__(
        self,
        *,
        port: 'int | str | None' = None,
        service: 'str | int | None' = None,
    ) -> None: ...

class GrpcActionDict(TypedDict, total=False):
    port: int | str | None
    service: str | int | None

class HashCookie(Model):
    """A cookie by which requests of one user find the same pod; it is made where it is missing."""
    @property
    def name(self) -> str | None:
        """Name of the cookie."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def path(self) -> str | None:
        """Path of the cookie. Default: none, because it is Istio's own."""
    @path.setter
    def path(self, value: str | int | None) -> None: ...
    @path.deleter
    def path(self) -> None: ...
    @property
    def ttl(self) -> str | None:
        """How long it lives, a Go duration; 0s for the browser's session. Without it no cookie is made."""
    @ttl.setter
    def ttl(self, value: str | int | None) -> None: ...
    @ttl.deleter
    def ttl(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        path: 'str | int | None' = None,
        ttl: 'str | int | None' = None,
    ) -> None: ...

class HashCookieDict(TypedDict, total=False):
    name: str | int | None
    path: str | int | None
    ttl: str | int | None

class HeaderChanges(Model):
    """Changes of headers."""
    @property
    def set(self) -> dict[str, str]:
        """Headers to overwrite."""
    @set.setter
    def set(self, value: Mapping[str, str | int] | None) -> None: ...
    @set.deleter
    def set(self) -> None: ...
    @property
    def add(self) -> dict[str, str]:
        """Headers to append."""
    @add.setter
    def add(self, value: Mapping[str, str | int] | None) -> None: ...
    @add.deleter
    def add(self) -> None: ...
    @property
    def remove(self) -> _List[str, str]:
        """Headers to remove."""
    @remove.setter
    def remove(self, value: str | Sequence[str] | None) -> None: ...
    @remove.deleter
    def remove(self) -> None: ...
    def __init__(
        self,
        *,
        set: 'Mapping[str, str | int] | None' = None,
        add: 'Mapping[str, str | int] | None' = None,
        remove: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class HeaderChangesDict(TypedDict, total=False):
    set: Mapping[str, str | int] | None
    add: Mapping[str, str | int] | None
    remove: str | Sequence[str] | None

class HeaderMatch(Model):
    """A header that a request must have; without a value it only must be there."""
    @property
    def name(self) -> str | None:
        """Name of the header, in lower case."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def exact(self) -> str | None:
        """The whole value."""
    @exact.setter
    def exact(self, value: str | int | None) -> None: ...
    @exact.deleter
    def exact(self) -> None: ...
    @property
    def prefix(self) -> str | None:
        """Beginning of the value."""
    @prefix.setter
    def prefix(self, value: str | int | None) -> None: ...
    @prefix.deleter
    def prefix(self) -> None: ...
    @property
    def regex(self) -> str | None:
        """RE2 expression for the whole value."""
    @regex.setter
    def regex(self, value: str | int | None) -> None: ...
    @regex.deleter
    def regex(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        exact: 'str | int | None' = None,
        prefix: 'str | int | None' = None,
        regex: 'str | int | None' = None,
    ) -> None: ...

class HeaderMatchDict(TypedDict, total=False):
    name: str | int | None
    exact: str | int | None
    prefix: str | int | None
    regex: str | int | None

class HostAlias(Model):
    """Extra lines of /etc/hosts."""
    @property
    def ip(self) -> str | None:
        """Address."""
    @ip.setter
    def ip(self, value: str | int | None) -> None: ...
    @ip.deleter
    def ip(self) -> None: ...
    @property
    def hostnames(self) -> _List[str, str]:
        """Names of the address."""
    @hostnames.setter
    def hostnames(self, value: str | Sequence[str] | None) -> None: ...
    @hostnames.deleter
    def hostnames(self) -> None: ...
    def __init__(
        self,
        *,
        ip: 'str | int | None' = None,
        hostnames: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class HostAliasDict(TypedDict, total=False):
    ip: str | int | None
    hostnames: str | Sequence[str] | None

class HttpGetAction(Model):
    """An HTTP request to the container."""
    @property
    def path(self) -> str | None:
        """Path of the request, beginning with `/`. Default: that of the runtime's probe, else `/`, because every server has it."""
    @path.setter
    def path(self, value: str | int | None) -> None: ...
    @path.deleter
    def path(self) -> None: ...
    @property
    def port(self) -> int | str | None:
        """Name or number of a declared port. Default: the container's first port that is not for metrics, which presumes that it
        speaks HTTP."""
    @port.setter
    def port(self, value: int | str | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def scheme(self) -> Scheme | None:
        """HTTP or HTTPS. Default: HTTP, because few containers end TLS themselves; a port that speaks https is asked by HTTPS."""
    @scheme.setter
    def scheme(self, value: Scheme | Literal["HTTP", "HTTPS"] | None) -> None: ...
    @scheme.deleter
    def scheme(self) -> None: ...
    @property
    def http_headers(self) -> dict[str, str]:
        """Headers of the request."""
    @http_headers.setter
    def http_headers(self, value: Mapping[str, str | int] | None) -> None: ...
    @http_headers.deleter
    def http_headers(self) -> None: ...
    def __init__(
        self,
        *,
        path: 'str | int | None' = None,
        port: 'int | str | None' = None,
        scheme: 'Scheme | Literal["HTTP", "HTTPS"] | None' = None,
        http_headers: 'Mapping[str, str | int] | None' = None,
    ) -> None: ...

class HttpGetActionDict(TypedDict, total=False):
    path: str | int | None
    port: int | str | None
    scheme: Scheme | Literal["HTTP", "HTTPS"] | None
    httpHeaders: Mapping[str, str | int] | None
    http_headers: Mapping[str, str | int] | None

class HttpPool(Model):
    """Limits of requests to a service, for each of its callers' proxies."""
    @property
    def http1_max_pending_requests(self) -> int | None:
        """Requests that wait for a connection, from 1. Default: no limit, because only the program's makers know what it bears."""
    @http1_max_pending_requests.setter
    def http1_max_pending_requests(self, value: int | None) -> None: ...
    @http1_max_pending_requests.deleter
    def http1_max_pending_requests(self) -> None: ...
    @property
    def http2_max_requests(self) -> int | None:
        """Requests at the same time, from 1. Default: no limit, because only the program's makers know what it bears."""
    @http2_max_requests.setter
    def http2_max_requests(self, value: int | None) -> None: ...
    @http2_max_requests.deleter
    def http2_max_requests(self) -> None: ...
    @property
    def max_requests_per_connection(self) -> int | None:
        """Requests after which a connection is closed, from 1. Default: no limit, because new connections cost time."""
    @max_requests_per_connection.setter
    def max_requests_per_connection(self, value: int | None) -> None: ...
    @max_requests_per_connection.deleter
    def max_requests_per_connection(self) -> None: ...
    @property
    def max_retries(self) -> int | None:
        """Retries at the same time, from 1. Default: no limit, because each request has its own limit of attempts."""
    @max_retries.setter
    def max_retries(self, value: int | None) -> None: ...
    @max_retries.deleter
    def max_retries(self) -> None: ...
    @property
    def max_concurrent_streams(self) -> int | None:
        """Streams at the same time on one HTTP/2 connection, from 1. Default: 2147483647, because it is Istio's own."""
    @max_concurrent_streams.setter
    def max_concurrent_streams(self, value: int | None) -> None: ...
    @max_concurrent_streams.deleter
    def max_concurrent_streams(self) -> None: ...
    @property
    def idle_timeout(self) -> str | None:
        """Time without requests after which a connection is closed, a Go duration from 1ms. Default: 1h, because it is Istio's own."""
    @idle_timeout.setter
    def idle_timeout(self, value: str | int | None) -> None: ...
    @idle_timeout.deleter
    def idle_timeout(self) -> None: ...
    @property
    def h2_upgrade_policy(self) -> Literal["DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"] | None:
        """DEFAULT, DO_NOT_UPGRADE or UPGRADE: whether HTTP/1.1 becomes HTTP/2 on the way. Default: DEFAULT, because the mesh's
        operators know what fits all services."""
    @h2_upgrade_policy.setter
    def h2_upgrade_policy(self, value: Literal["DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"] | None) -> None: ...
    @h2_upgrade_policy.deleter
    def h2_upgrade_policy(self) -> None: ...
    @property
    def use_client_protocol(self) -> bool | None:
        """Whether the caller's HTTP version is kept. Default: false, because it is Istio's own."""
    @use_client_protocol.setter
    def use_client_protocol(self, value: bool | None) -> None: ...
    @use_client_protocol.deleter
    def use_client_protocol(self) -> None: ...
    def __init__(
        self,
        *,
        http1_max_pending_requests: 'int | None' = None,
        http2_max_requests: 'int | None' = None,
        max_requests_per_connection: 'int | None' = None,
        max_retries: 'int | None' = None,
        max_concurrent_streams: 'int | None' = None,
        idle_timeout: 'str | int | None' = None,
        h2_upgrade_policy: 'Literal["DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"] | None' = None,
        use_client_protocol: 'bool | None' = None,
    ) -> None: ...

class HttpPoolDict(TypedDict, total=False):
    http1MaxPendingRequests: int | None
    http1_max_pending_requests: int | None
    http2MaxRequests: int | None
    http2_max_requests: int | None
    maxRequestsPerConnection: int | None
    max_requests_per_connection: int | None
    maxRetries: int | None
    max_retries: int | None
    maxConcurrentStreams: int | None
    max_concurrent_streams: int | None
    idleTimeout: str | int | None
    idle_timeout: str | int | None
    h2UpgradePolicy: Literal["DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"] | None
    h2_upgrade_policy: Literal["DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"] | None
    useClientProtocol: bool | None
    use_client_protocol: bool | None

class Image(Model):
    """A container image. Either a whole reference, or parts; parts left out come from the application."""
    @property
    def reference(self) -> str | None:
        """Whole reference, `registry/repository:tag` or `registry/repository@sha256:...`. Excludes the parts."""
    @reference.setter
    def reference(self, value: str | int | None) -> None: ...
    @reference.deleter
    def reference(self) -> None: ...
    @property
    def registry(self) -> str | None:
        """Registry host, with an optional path. Default: the application's imageRegistry."""
    @registry.setter
    def registry(self, value: str | int | None) -> None: ...
    @registry.deleter
    def registry(self) -> None: ...
    @property
    def repository(self) -> str | None:
        """Repository below the registry. Default: the service's name, so that each service has its own."""
    @repository.setter
    def repository(self, value: str | int | None) -> None: ...
    @repository.deleter
    def repository(self) -> None: ...
    @property
    def tag(self) -> str | None:
        """Tag; `latest` is refused, because its image can change without a change of the model. Default: the application's imageTag."""
    @tag.setter
    def tag(self, value: str | int | None) -> None: ...
    @tag.deleter
    def tag(self) -> None: ...
    @property
    def digest(self) -> str | None:
        """Content digest, `sha256:` and 64 hexadecimal digits. Wins over the tag."""
    @digest.setter
    def digest(self, value: str | int | None) -> None: ...
    @digest.deleter
    def digest(self) -> None: ...
    def __init__(
        self,
        *,
        reference: 'str | int | None' = None,
        registry: 'str | int | None' = None,
        repository: 'str | int | None' = None,
        tag: 'str | int | None' = None,
        digest: 'str | int | None' = None,
    ) -> None: ...

class ImageDict(TypedDict, total=False):
    reference: str | int | None
    registry: str | int | None
    repository: str | int | None
    tag: str | int | None
    digest: str | int | None

class Ingress(Model):
    """An Ingress for everything that is exposed. Without it none is generated: requests come in by a mesh, or outside of the model."""
    @property
    def enabled(self) -> bool | None:
        """Whether to generate it. Default: true when anything else here is given, because nobody describes an Ingress that is not
        wanted."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def class_name(self) -> str | None:
        """Name of the IngressClass. With nginx, ports that speak gRPC or HTTPS get an Ingress of their own, whose annotation
        backend-protocol says so; one given here keeps all in one. Default: the cluster's default class, which presumes that the
        cluster has one."""
    @class_name.setter
    def class_name(self, value: str | int | None) -> None: ...
    @class_name.deleter
    def class_name(self) -> None: ...
    @property
    def tls_secret(self) -> str | None:
        """Name of a secret of the application with tls.crt and tls.key, for all hosts."""
    @tls_secret.setter
    def tls_secret(self, value: str | int | None) -> None: ...
    @tls_secret.deleter
    def tls_secret(self) -> None: ...
    @property
    def annotations(self) -> dict[str, str]:
        """Annotations for the controller."""
    @annotations.setter
    def annotations(self, value: Mapping[str, str | int] | None) -> None: ...
    @annotations.deleter
    def annotations(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        class_name: 'str | int | None' = None,
        tls_secret: 'str | int | None' = None,
        annotations: 'Mapping[str, str | int] | None' = None,
    ) -> None: ...

class IngressDict(TypedDict, total=False):
    enabled: bool | None
    className: str | int | None
    class_name: str | int | None
    tlsSecret: str | int | None
    tls_secret: str | int | None
    annotations: Mapping[str, str | int] | None

class Jwt(Model):
    """The token that a request from outside must bring."""
    @property
    def issuer(self) -> str | None:
        """Name of an entry of mesh.jwtIssuers. Default: its only one, because no other can be meant."""
    @issuer.setter
    def issuer(self, value: str | int | None) -> None: ...
    @issuer.deleter
    def issuer(self) -> None: ...
    @property
    def claims(self) -> _List[ClaimMatch, ClaimMatchDict]:
        """Claims that the token must have, all of them."""
    @claims.setter
    def claims(self, value: Mapping[str, ClaimMatch | ClaimMatchDict | None] | Sequence[ClaimMatch | ClaimMatchDict] | ClaimMatch | None) -> None: ...
    @claims.deleter
    def claims(self) -> None: ...
    @property
    def public_paths(self) -> _List[str, str]:
        """Paths below the exposed one that need no token; one that ends with * stands for all that begin so."""
    @public_paths.setter
    def public_paths(self, value: str | Sequence[str] | None) -> None: ...
    @public_paths.deleter
    def public_paths(self) -> None: ...
    def __init__(
        self,
        *,
        issuer: 'str | int | None' = None,
        claims: 'Mapping[str, ClaimMatch | ClaimMatchDict | None] | Sequence[ClaimMatch | ClaimMatchDict] | ClaimMatch | None' = None,
        public_paths: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class JwtDict(TypedDict, total=False):
    issuer: str | int | None
    claims: Mapping[str, ClaimMatch | ClaimMatchDict | None] | Sequence[ClaimMatch | ClaimMatchDict] | ClaimMatch | None
    publicPaths: str | Sequence[str] | None
    public_paths: str | Sequence[str] | None

class JwtIssuer(Model):
    """An issuer of tokens, and the audiences that its tokens must name."""
    @property
    def name(self) -> str | None:
        """Name that exposures use."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def issuer(self) -> str | None:
        """The iss claim of its tokens."""
    @issuer.setter
    def issuer(self, value: str | int | None) -> None: ...
    @issuer.deleter
    def issuer(self) -> None: ...
    @property
    def jwks_uri(self) -> str | None:
        """Where its public keys are, an https URL. Default: found by OpenID discovery at the issuer, because most issuers offer it."""
    @jwks_uri.setter
    def jwks_uri(self, value: str | int | None) -> None: ...
    @jwks_uri.deleter
    def jwks_uri(self) -> None: ...
    @property
    def audiences(self) -> _List[str, str]:
        """The aud claim must be one of these. Default: any, which presumes an issuer whose tokens are all meant for this
        application."""
    @audiences.setter
    def audiences(self, value: str | Sequence[str] | None) -> None: ...
    @audiences.deleter
    def audiences(self) -> None: ...
    @property
    def output_payload_to_header(self) -> str | None:
        """Header that the service gets with the claims, as base64 of JSON."""
    @output_payload_to_header.setter
    def output_payload_to_header(self, value: str | int | None) -> None: ...
    @output_payload_to_header.deleter
    def output_payload_to_header(self) -> None: ...
    @property
    def forward_original_token(self) -> bool | None:
        """Whether the service gets the token itself. Default: false, which is safe because a service cannot pass on what it does not
        have."""
    @forward_original_token.setter
    def forward_original_token(self, value: bool | None) -> None: ...
    @forward_original_token.deleter
    def forward_original_token(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        issuer: 'str | int | None' = None,
        jwks_uri: 'str | int | None' = None,
        audiences: 'str | Sequence[str] | None' = None,
        output_payload_to_header: 'str | int | None' = None,
        forward_original_token: 'bool | None' = None,
    ) -> None: ...

class JwtIssuerDict(TypedDict, total=False):
    name: str | int | None
    issuer: str | int | None
    jwksUri: str | int | None
    jwks_uri: str | int | None
    audiences: str | Sequence[str] | None
    outputPayloadToHeader: str | int | None
    output_payload_to_header: str | int | None
    forwardOriginalToken: bool | None
    forward_original_token: bool | None

class K8sAttributes(Model):
    """Adds attributes of the pod. It reads pods from the API server; services send the pod's and node's names themselves."""
    @property
    def enabled(self) -> bool | None:
        """Whether it is there. Default: false, because it needs the right to read pods; true when anything else here is given."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def external(self) -> str | None:
        """Name of the external of the application by which the API server is reached. Needed, since policies close all else."""
    @external.setter
    def external(self, value: str | int | None) -> None: ...
    @external.deleter
    def external(self) -> None: ...
    @property
    def metadata(self) -> _List[str, str]:
        """Attributes to add. Default: k8s.pod.name, k8s.pod.uid, k8s.node.name, k8s.deployment.name and k8s.namespace.name, because
        they say which pod it was, where, and of what."""
    @metadata.setter
    def metadata(self, value: Literal["k8s.namespace.name", "k8s.pod.name", "k8s.pod.uid", "k8s.pod.start_time", "k8s.pod.ip", "k8s.node.name", "k8s.deployment.name", "k8s.replicaset.name", "k8s.statefulset.name", "k8s.daemonset.name", "k8s.job.name", "k8s.cronjob.name", "k8s.container.name", "container.id", "container.image.name", "container.image.tag"] | Sequence[Literal["k8s.namespace.name", "k8s.pod.name", "k8s.pod.uid", "k8s.pod.start_time", "k8s.pod.ip", "k8s.node.name", "k8s.deployment.name", "k8s.replicaset.name", "k8s.statefulset.name", "k8s.daemonset.name", "k8s.job.name", "k8s.cronjob.name", "k8s.container.name", "container.id", "container.image.name", "container.image.tag"]] | None) -> None: ...
    @metadata.deleter
    def metadata(self) -> None: ...
    @property
    def labels(self) -> _List[str, str]:
        """Labels of pods to add, as k8s.pod.labels.<key>."""
    @labels.setter
    def labels(self, value: str | Sequence[str] | None) -> None: ...
    @labels.deleter
    def labels(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        external: 'str | int | None' = None,
        metadata: 'Literal["k8s.namespace.name", "k8s.pod.name", "k8s.pod.uid", "k8s.pod.start_time", "k8s.pod.ip", "k8s.node.name", "k8s.deployment.name", "k8s.replicaset.name", "k8s.statefulset.name", "k8s.daemonset.name", "k8s.job.name", "k8s.cronjob.name", "k8s.container.name", "container.id", "container.image.name", "container.image.tag"] | Sequence[Literal["k8s.namespace.name", "k8s.pod.name", "k8s.pod.uid", "k8s.pod.start_time", "k8s.pod.ip", "k8s.node.name", "k8s.deployment.name", "k8s.replicaset.name", "k8s.statefulset.name", "k8s.daemonset.name", "k8s.job.name", "k8s.cronjob.name", "k8s.container.name", "container.id", "container.image.name", "container.image.tag"]] | None' = None,
        labels: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class K8sAttributesDict(TypedDict, total=False):
    enabled: bool | None
    external: str | int | None
    metadata: Literal["k8s.namespace.name", "k8s.pod.name", "k8s.pod.uid", "k8s.pod.start_time", "k8s.pod.ip", "k8s.node.name", "k8s.deployment.name", "k8s.replicaset.name", "k8s.statefulset.name", "k8s.daemonset.name", "k8s.job.name", "k8s.cronjob.name", "k8s.container.name", "container.id", "container.image.name", "container.image.tag"] | Sequence[Literal["k8s.namespace.name", "k8s.pod.name", "k8s.pod.uid", "k8s.pod.start_time", "k8s.pod.ip", "k8s.node.name", "k8s.deployment.name", "k8s.replicaset.name", "k8s.statefulset.name", "k8s.daemonset.name", "k8s.job.name", "k8s.cronjob.name", "k8s.container.name", "container.id", "container.image.name", "container.image.tag"]] | None
    labels: str | Sequence[str] | None

class KeyProjection(Model):
    """A secret or ConfigMap beside others in one folder."""
    @property
    def name(self) -> str | None:
        """Name: for a secret, of the application's secrets; for a ConfigMap, one that exists in the namespace."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def items(self) -> _List[KeyToPath, KeyToPathDict | str]:
        """Keys to project. Default: all, so that a new key needs no change here."""
    @items.setter
    def items(self, value: Mapping[str, KeyToPath | KeyToPathDict | str | int | None] | Sequence[KeyToPath | KeyToPathDict | str] | KeyToPath | str | None) -> None: ...
    @items.deleter
    def items(self) -> None: ...
    @property
    def optional(self) -> bool | None:
        """Whether the pod may start without it. Default: false, so that a program never runs without what it needs."""
    @optional.setter
    def optional(self, value: bool | None) -> None: ...
    @optional.deleter
    def optional(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        items: 'Mapping[str, KeyToPath | KeyToPathDict | str | int | None] | Sequence[KeyToPath | KeyToPathDict | str] | KeyToPath | str | None' = None,
        optional: 'bool | None' = None,
    ) -> None: ...

class KeyProjectionDict(TypedDict, total=False):
    name: str | int | None
    items: Mapping[str, KeyToPath | KeyToPathDict | str | int | None] | Sequence[KeyToPath | KeyToPathDict | str] | KeyToPath | str | None
    optional: bool | None

class KeyToPath(Model):
    """One key of a secret or ConfigMap, as a file."""
    @property
    def key(self) -> str | None:
        """Key in the secret or ConfigMap."""
    @key.setter
    def key(self, value: str | int | None) -> None: ...
    @key.deleter
    def key(self) -> None: ...
    @property
    def path(self) -> str | None:
        """Relative path of the file, with no `..` in it."""
    @path.setter
    def path(self, value: str | int | None) -> None: ...
    @path.deleter
    def path(self) -> None: ...
    @property
    def mode(self) -> str | None:
        """Permission bits, octal text such as "0400". Default: those of the volume, so that all files have the same."""
    @mode.setter
    def mode(self, value: str | int | None) -> None: ...
    @mode.deleter
    def mode(self) -> None: ...
    def __init__(
        self,
        *,
        key: 'str | int | None' = None,
        path: 'str | int | None' = None,
        mode: 'str | int | None' = None,
    ) -> None: ...

class KeyToPathDict(TypedDict, total=False):
    key: str | int | None
    path: str | int | None
    mode: str | int | None

class KeyVolume(Model):
    """A secret or ConfigMap as files."""
    @property
    def name(self) -> str | None:
        """Name: for a secret, of the application's secrets; for a ConfigMap, one that exists in the namespace."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def items(self) -> _List[KeyToPath, KeyToPathDict | str]:
        """Keys to project. Default: all, so that a new key needs no change here."""
    @items.setter
    def items(self, value: Mapping[str, KeyToPath | KeyToPathDict | str | int | None] | Sequence[KeyToPath | KeyToPathDict | str] | KeyToPath | str | None) -> None: ...
    @items.deleter
    def items(self) -> None: ...
    @property
    def default_mode(self) -> str | None:
        """Permission bits of the files, octal text such as "0400". Default: 0444, which is safe because nobody can change the files."""
    @default_mode.setter
    def default_mode(self, value: str | int | None) -> None: ...
    @default_mode.deleter
    def default_mode(self) -> None: ...
    @property
    def optional(self) -> bool | None:
        """Whether the pod may start without it. Default: false, so that a program never runs without what it needs."""
    @optional.setter
    def optional(self, value: bool | None) -> None: ...
    @optional.deleter
    def optional(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        items: 'Mapping[str, KeyToPath | KeyToPathDict | str | int | None] | Sequence[KeyToPath | KeyToPathDict | str] | KeyToPath | str | None' = None,
        default_mode: 'str | int | None' = None,
        optional: 'bool | None' = None,
    ) -> None: ...

class KeyVolumeDict(TypedDict, total=False):
    name: str | int | None
    items: Mapping[str, KeyToPath | KeyToPathDict | str | int | None] | Sequence[KeyToPath | KeyToPathDict | str] | KeyToPath | str | None
    defaultMode: str | int | None
    default_mode: str | int | None
    optional: bool | None

class LabelSelector(Model):
    """A Kubernetes label selector; all its terms must hold."""
    @property
    def match_labels(self) -> dict[str, str]:
        """Labels that must be present with these values."""
    @match_labels.setter
    def match_labels(self, value: Mapping[str, str | int] | None) -> None: ...
    @match_labels.deleter
    def match_labels(self) -> None: ...
    @property
    def match_expressions(self) -> _List[SelectorExpression, SelectorExpressionDict]:
        """Expressions that must hold."""
    @match_expressions.setter
    def match_expressions(self, value: Sequence[SelectorExpression | SelectorExpressionDict] | SelectorExpression | SelectorExpressionDict | None) -> None: ...
    @match_expressions.deleter
    def match_expressions(self) -> None: ...
    def __init__(
        self,
        *,
        match_labels: 'Mapping[str, str | int] | None' = None,
        match_expressions: 'Sequence[SelectorExpression | SelectorExpressionDict] | SelectorExpression | SelectorExpressionDict | None' = None,
    ) -> None: ...

class LabelSelectorDict(TypedDict, total=False):
    matchLabels: Mapping[str, str | int] | None
    match_labels: Mapping[str, str | int] | None
    matchExpressions: Sequence[SelectorExpression | SelectorExpressionDict] | SelectorExpression | SelectorExpressionDict | None
    match_expressions: Sequence[SelectorExpression | SelectorExpressionDict] | SelectorExpression | SelectorExpressionDict | None

class Lifecycle(Model):
    """Hooks at the container's start and end."""
    @property
    def post_start(self) -> LifecycleHandler:
        """Runs when the container has started; the container is not ready before it ends."""
    @post_start.setter
    def post_start(self, value: LifecycleHandler | LifecycleHandlerDict | bool | Literal["none"] | None) -> None: ...
    @post_start.deleter
    def post_start(self) -> None: ...
    @property
    def pre_stop(self) -> LifecycleHandler:
        """Runs before the container is told to stop. Default for a service with ports, and for each of its extraContainers with
        ports, from Kubernetes 1.30: sleep 5 s, so that load balancers learn first. Safe, because it only delays the stop; none
        removes it."""
    @pre_stop.setter
    def pre_stop(self, value: LifecycleHandler | LifecycleHandlerDict | bool | Literal["none"] | None) -> None: ...
    @pre_stop.deleter
    def pre_stop(self) -> None: ...
    def __init__(
        self,
        *,
        post_start: 'LifecycleHandler | LifecycleHandlerDict | bool | Literal["none"] | None' = None,
        pre_stop: 'LifecycleHandler | LifecycleHandlerDict | bool | Literal["none"] | None' = None,
    ) -> None: ...

class LifecycleDict(TypedDict, total=False):
    postStart: LifecycleHandler | LifecycleHandlerDict | bool | Literal["none"] | None
    post_start: LifecycleHandler | LifecycleHandlerDict | bool | Literal["none"] | None
    preStop: LifecycleHandler | LifecycleHandlerDict | bool | Literal["none"] | None
    pre_stop: LifecycleHandler | LifecycleHandlerDict | bool | Literal["none"] | None

class LifecycleHandler(Model):
    """Action at a point of the container's life. Exactly one of exec, httpGet and sleep."""
    @property
    def enabled(self) -> bool | None:
        """`false` (in YAML also a word alone, `preStop: none`) removes a hook that a default would bring."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def exec(self) -> ExecAction:
        """A program to run in the container."""
    @exec.setter
    def exec(self, value: ExecAction | ExecActionDict | None) -> None: ...
    @exec.deleter
    def exec(self) -> None: ...
    @property
    def http_get(self) -> HttpGetAction:
        """An HTTP request to the container."""
    @http_get.setter
    def http_get(self, value: HttpGetAction | HttpGetActionDict | str | int | None) -> None: ...
    @http_get.deleter
    def http_get(self) -> None: ...
    @property
    def sleep(self) -> SleepAction:
        """A wait."""
    @sleep.setter
    def sleep(self, value: SleepAction | SleepActionDict | int | None) -> None: ...
    @sleep.deleter
    def sleep(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        exec: 'ExecAction | ExecActionDict | None' = None,
        http_get: 'HttpGetAction | HttpGetActionDict | str | int | None' = None,
        sleep: 'SleepAction | SleepActionDict | int | None' = None,
    ) -> None: ...

class LifecycleHandlerDict(TypedDict, total=False):
    enabled: bool | None
    exec: ExecAction | ExecActionDict | None
    httpGet: HttpGetAction | HttpGetActionDict | str | int | None
    http_get: HttpGetAction | HttpGetActionDict | str | int | None
    sleep: SleepAction | SleepActionDict | int | None

class LimitRange(Model):
    """A LimitRange of the namespace."""
    @property
    def name(self) -> str | None:
        """Name of the object."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def limits(self) -> _List[LimitRangeItem, LimitRangeItemDict]:
        """Bounds by type."""
    @limits.setter
    def limits(self, value: Sequence[LimitRangeItem | LimitRangeItemDict] | LimitRangeItem | LimitRangeItemDict | None) -> None: ...
    @limits.deleter
    def limits(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        limits: 'Sequence[LimitRangeItem | LimitRangeItemDict] | LimitRangeItem | LimitRangeItemDict | None' = None,
    ) -> None: ...

class LimitRangeDict(TypedDict, total=False):
    name: str | int | None
    limits: Sequence[LimitRangeItem | LimitRangeItemDict] | LimitRangeItem | LimitRangeItemDict | None

class LimitRangeItem(Model):
    """Bounds for one type of object."""
    @property
    def type(self) -> Literal["Container", "Pod", "PersistentVolumeClaim"] | None:
        """Container, Pod or PersistentVolumeClaim."""
    @type.setter
    def type(self, value: Literal["Container", "Pod", "PersistentVolumeClaim"] | None) -> None: ...
    @type.deleter
    def type(self) -> None: ...
    @property
    def default(self) -> dict[str, str]:
        """Limits for containers that have none."""
    @default.setter
    def default(self, value: Mapping[str, str | int | float] | None) -> None: ...
    @default.deleter
    def default(self) -> None: ...
    @property
    def default_request(self) -> dict[str, str]:
        """Requests for containers that have none."""
    @default_request.setter
    def default_request(self, value: Mapping[str, str | int | float] | None) -> None: ...
    @default_request.deleter
    def default_request(self) -> None: ...
    @property
    def min(self) -> dict[str, str]:
        """Least allowed."""
    @min.setter
    def min(self, value: Mapping[str, str | int | float] | None) -> None: ...
    @min.deleter
    def min(self) -> None: ...
    @property
    def max(self) -> dict[str, str]:
        """Most allowed."""
    @max.setter
    def max(self, value: Mapping[str, str | int | float] | None) -> None: ...
    @max.deleter
    def max(self) -> None: ...
    @property
    def max_limit_request_ratio(self) -> dict[str, str]:
        """Most that a limit may be, as a multiple of its request."""
    @max_limit_request_ratio.setter
    def max_limit_request_ratio(self, value: Mapping[str, str | int | float] | None) -> None: ...
    @max_limit_request_ratio.deleter
    def max_limit_request_ratio(self) -> None: ...
    def __init__(
        self,
        *,
        type: 'Literal["Container", "Pod", "PersistentVolumeClaim"] | None' = None,
        default: 'Mapping[str, str | int | float] | None' = None,
        default_request: 'Mapping[str, str | int | float] | None' = None,
        min: 'Mapping[str, str | int | float] | None' = None,
        max: 'Mapping[str, str | int | float] | None' = None,
        max_limit_request_ratio: 'Mapping[str, str | int | float] | None' = None,
    ) -> None: ...

class LimitRangeItemDict(TypedDict, total=False):
    type: Literal["Container", "Pod", "PersistentVolumeClaim"] | None
    default: Mapping[str, str | int | float] | None
    defaultRequest: Mapping[str, str | int | float] | None
    default_request: Mapping[str, str | int | float] | None
    min: Mapping[str, str | int | float] | None
    max: Mapping[str, str | int | float] | None
    maxLimitRequestRatio: Mapping[str, str | int | float] | None
    max_limit_request_ratio: Mapping[str, str | int | float] | None

class LoadBalancer(Model):
    """Which pod takes a request; `loadBalancer: LEAST_REQUEST` is short for {simple: LEAST_REQUEST}."""
    @property
    def simple(self) -> Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None:
        """LEAST_REQUEST, ROUND_ROBIN, RANDOM or PASSTHROUGH. Default: the mesh's, LEAST_REQUEST, so that slow pods get fewer
        requests."""
    @simple.setter
    def simple(self, value: Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None) -> None: ...
    @simple.deleter
    def simple(self) -> None: ...
    @property
    def consistent_hash(self) -> ConsistentHash:
        """Requests that are alike go to the same pod, as long as it is there. Exactly one of the four."""
    @consistent_hash.setter
    def consistent_hash(self, value: ConsistentHash | ConsistentHashDict | None) -> None: ...
    @consistent_hash.deleter
    def consistent_hash(self) -> None: ...
    @property
    def locality_lb_setting(self) -> LocalityLb:
        """Load balancing by region and zone; at most one of the three lists."""
    @locality_lb_setting.setter
    def locality_lb_setting(self, value: LocalityLb | LocalityLbDict | None) -> None: ...
    @locality_lb_setting.deleter
    def locality_lb_setting(self) -> None: ...
    @property
    def warmup(self) -> Warmup:
        """A new pod gets its full share of requests slowly; with LEAST_REQUEST and ROUND_ROBIN."""
    @warmup.setter
    def warmup(self, value: Warmup | WarmupDict | str | int | None) -> None: ...
    @warmup.deleter
    def warmup(self) -> None: ...
    def __init__(
        self,
        *,
        simple: 'Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None' = None,
        consistent_hash: 'ConsistentHash | ConsistentHashDict | None' = None,
        locality_lb_setting: 'LocalityLb | LocalityLbDict | None' = None,
        warmup: 'Warmup | WarmupDict | str | int | None' = None,
    ) -> None: ...

class LoadBalancerDict(TypedDict, total=False):
    simple: Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None
    consistentHash: ConsistentHash | ConsistentHashDict | None
    consistent_hash: ConsistentHash | ConsistentHashDict | None
    localityLbSetting: LocalityLb | LocalityLbDict | None
    locality_lb_setting: LocalityLb | LocalityLbDict | None
    warmup: Warmup | WarmupDict | str | int | None

class LocalityDistribution(Model):
    """Destinations of the requests of one locality."""
    @property
    def from_(self) -> str | None:
        """region, region/zone or region/zone/subzone; with * for all below, behind all that lies in it."""
    @from_.setter
    def from_(self, value: str | int | None) -> None: ...
    @from_.deleter
    def from_(self) -> None: ...
    @property
    def to(self) -> _List[LocalityShare, LocalityShareDict | str]:
        """Percent for each locality, together 100: {eu/a: 80, eu/b: 20}."""
    @to.setter
    def to(self, value: Mapping[str, LocalityShare | LocalityShareDict | int | None] | Sequence[LocalityShare | LocalityShareDict | str] | LocalityShare | str | None) -> None: ...
    @to.deleter
    def to(self) -> None: ...
    def __init__(
        self,
        *,
        from_: 'str | int | None' = None,
        to: 'Mapping[str, LocalityShare | LocalityShareDict | int | None] | Sequence[LocalityShare | LocalityShareDict | str] | LocalityShare | str | None' = None,
    ) -> None: ...

LocalityDistributionDict = TypedDict("LocalityDistributionDict", {
    "from": str | int | None,
    "from_": str | int | None,
    "to": Mapping[str, LocalityShare | LocalityShareDict | int | None] | Sequence[LocalityShare | LocalityShareDict | str] | LocalityShare | str | None,
}, total=False)

class LocalityFailover(Model):
    """Failover from a region without healthy pods to another one."""
    @property
    def from_(self) -> str | None:
        """Region that requests come from."""
    @from_.setter
    def from_(self, value: str | int | None) -> None: ...
    @from_.deleter
    def from_(self) -> None: ...
    @property
    def to(self) -> str | None:
        """Region that takes over."""
    @to.setter
    def to(self, value: str | int | None) -> None: ...
    @to.deleter
    def to(self) -> None: ...
    def __init__(
        self,
        *,
        from_: 'str | int | None' = None,
        to: 'str | int | None' = None,
    ) -> None: ...

LocalityFailoverDict = TypedDict("LocalityFailoverDict", {
    "from": str | int | None,
    "from_": str | int | None,
    "to": str | int | None,
}, total=False)

class LocalityLb(Model):
    """Load balancing by region and zone; at most one of the three lists."""
    @property
    def enabled(self) -> bool | None:
        """Whether pods nearby are preferred. Default: the mesh's setting, true, because pods nearby answer sooner."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def distribute(self) -> _List[LocalityDistribution, LocalityDistributionDict]:
        """Fixed shares."""
    @distribute.setter
    def distribute(self, value: Sequence[LocalityDistribution | LocalityDistributionDict] | LocalityDistribution | LocalityDistributionDict | None) -> None: ...
    @distribute.deleter
    def distribute(self) -> None: ...
    @property
    def failover(self) -> _List[LocalityFailover, LocalityFailoverDict]:
        """Region to turn to when one has no healthy pods; needs outlierDetection."""
    @failover.setter
    def failover(self, value: Sequence[LocalityFailover | LocalityFailoverDict] | LocalityFailover | LocalityFailoverDict | None) -> None: ...
    @failover.deleter
    def failover(self) -> None: ...
    @property
    def failover_priority(self) -> _List[str, str]:
        """Labels of nodes and pods that must agree, the most important first; needs outlierDetection."""
    @failover_priority.setter
    def failover_priority(self, value: str | Sequence[str] | None) -> None: ...
    @failover_priority.deleter
    def failover_priority(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        distribute: 'Sequence[LocalityDistribution | LocalityDistributionDict] | LocalityDistribution | LocalityDistributionDict | None' = None,
        failover: 'Sequence[LocalityFailover | LocalityFailoverDict] | LocalityFailover | LocalityFailoverDict | None' = None,
        failover_priority: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class LocalityLbDict(TypedDict, total=False):
    enabled: bool | None
    distribute: Sequence[LocalityDistribution | LocalityDistributionDict] | LocalityDistribution | LocalityDistributionDict | None
    failover: Sequence[LocalityFailover | LocalityFailoverDict] | LocalityFailover | LocalityFailoverDict | None
    failoverPriority: str | Sequence[str] | None
    failover_priority: str | Sequence[str] | None

class LocalityShare(Model):
    """Share of one locality."""
    @property
    def locality(self) -> str | None:
        """region, region/zone or region/zone/subzone; with * for all below. None lies in another."""
    @locality.setter
    def locality(self, value: str | int | None) -> None: ...
    @locality.deleter
    def locality(self) -> None: ...
    @property
    def weight(self) -> int | None:
        """Percent of the requests, 1 to 100."""
    @weight.setter
    def weight(self, value: int | None) -> None: ...
    @weight.deleter
    def weight(self) -> None: ...
    def __init__(
        self,
        *,
        locality: 'str | int | None' = None,
        weight: 'int | None' = None,
    ) -> None: ...

class LocalityShareDict(TypedDict, total=False):
    locality: str | int | None
    weight: int | None

class MemoryLimiter(Model):
    """Refuses data before memory runs out; first in every pipeline."""
    @property
    def check_interval(self) -> str | None:
        """How often memory is measured, a duration with its unit. Default: 1s, because memory can grow far in a few seconds."""
    @check_interval.setter
    def check_interval(self, value: str | int | None) -> None: ...
    @check_interval.deleter
    def check_interval(self) -> None: ...
    @property
    def limit_mib(self) -> int | None:
        """Memory in MiB from which data is refused, 1 to 1048576; below the container's limit. Default: 73 percent of that limit,
        1500 of 2Gi, so that the collector refuses data before the kernel ends it."""
    @limit_mib.setter
    def limit_mib(self, value: int | None) -> None: ...
    @limit_mib.deleter
    def limit_mib(self) -> None: ...
    @property
    def spike_limit_mib(self) -> int | None:
        """MiB below limitMib at which refusing begins, 1 to 1048576. Default: a fifth of limitMib, because that much may come
        between two measurements."""
    @spike_limit_mib.setter
    def spike_limit_mib(self, value: int | None) -> None: ...
    @spike_limit_mib.deleter
    def spike_limit_mib(self) -> None: ...
    def __init__(
        self,
        *,
        check_interval: 'str | int | None' = None,
        limit_mib: 'int | None' = None,
        spike_limit_mib: 'int | None' = None,
    ) -> None: ...

class MemoryLimiterDict(TypedDict, total=False):
    checkInterval: str | int | None
    check_interval: str | int | None
    limitMib: int | None
    limit_mib: int | None
    spikeLimitMib: int | None
    spike_limit_mib: int | None

class Mesh(Model):
    """The Istio mesh; `mesh: sidecar` is short for the mode."""
    @property
    def mode(self) -> MeshMode | None:
        """off, sidecar (a proxy in each pod) or ambient (ztunnel on each node, waypoints where needed). Default: off, because a
        cluster may have none."""
    @mode.setter
    def mode(self, value: MeshMode | Literal["off", "sidecar", "ambient"] | None) -> None: ...
    @mode.deleter
    def mode(self) -> None: ...
    @property
    def istio_version(self) -> str | None:
        """Istio version of the mesh, "1.20" to the newest known; quote it, 1.30 is a number. Default: the newest known, which
        presumes a mesh that is kept up to date."""
    @istio_version.setter
    def istio_version(self, value: str | int | None) -> None: ...
    @istio_version.deleter
    def istio_version(self) -> None: ...
    @property
    def revision(self) -> str | None:
        """Revision or revision tag of the control plane that injects the proxies. Default: the cluster's default one, which presumes
        that the cluster has one."""
    @revision.setter
    def revision(self, value: str | int | None) -> None: ...
    @revision.deleter
    def revision(self) -> None: ...
    @property
    def trust_domain(self) -> str | None:
        """Trust domain of the mesh, with which every identity in it begins. Default: cluster.local, because it is Istio's own."""
    @trust_domain.setter
    def trust_domain(self, value: str | int | None) -> None: ...
    @trust_domain.deleter
    def trust_domain(self) -> None: ...
    @property
    def mtls(self) -> MtlsMode | None:
        """STRICT, or PERMISSIVE to accept callers from outside the mesh as well. Default: STRICT, which is safe because nobody
        outside the mesh is let in."""
    @mtls.setter
    def mtls(self, value: MtlsMode | Literal["STRICT", "PERMISSIVE"] | None) -> None: ...
    @mtls.deleter
    def mtls(self) -> None: ...
    @property
    def outbound_traffic_policy(self) -> OutboundMode | None:
        """REGISTRY_ONLY, so that proxies let requests out to what is called alone; or ALLOW_ANY. Only in sidecar mode. Default:
        REGISTRY_ONLY, which is safe because a program that was taken over reaches nothing new."""
    @outbound_traffic_policy.setter
    def outbound_traffic_policy(self, value: OutboundMode | Literal["REGISTRY_ONLY", "ALLOW_ANY"] | None) -> None: ...
    @outbound_traffic_policy.deleter
    def outbound_traffic_policy(self) -> None: ...
    @property
    def cni(self) -> bool | None:
        """Whether Istio's CNI plugin redirects the pods' traffic; without it each pod has a privileged init container. Default:
        true, which is safe because no pod needs a privileged init container then."""
    @cni.setter
    def cni(self, value: bool | None) -> None: ...
    @cni.deleter
    def cni(self) -> None: ...
    @property
    def proxy(self) -> MeshProxy:
        """The proxy beside each pod, in sidecar mode."""
    @proxy.setter
    def proxy(self, value: MeshProxy | MeshProxyDict | None) -> None: ...
    @proxy.deleter
    def proxy(self) -> None: ...
    @property
    def routing(self) -> Routing | None:
        """istio (Gateway, VirtualService) or gateway (the Gateway API): how routes are written. Default: istio, because Istio's own
        objects can say all that a route of the model can."""
    @routing.setter
    def routing(self, value: Routing | Literal["istio", "gateway"] | None) -> None: ...
    @routing.deleter
    def routing(self) -> None: ...
    @property
    def gateway_api_version(self) -> str | None:
        """Version of the Gateway API whose definitions (standard channel) the cluster has, "1.1" to the newest known; only with
        routing gateway. Default: the newest known, which presumes definitions that are kept up to date."""
    @gateway_api_version.setter
    def gateway_api_version(self, value: str | int | None) -> None: ...
    @gateway_api_version.deleter
    def gateway_api_version(self) -> None: ...
    @property
    def gateways(self) -> _List[Gateway, GatewayDict]:
        """Where requests from outside come in. Default: one named after the application, when anything is exposed, because nothing
        could be reached without one."""
    @gateways.setter
    def gateways(self, value: Mapping[str, Gateway | GatewayDict | None] | Sequence[Gateway | GatewayDict] | Gateway | None) -> None: ...
    @gateways.deleter
    def gateways(self) -> None: ...
    @property
    def jwt_issuers(self) -> _List[JwtIssuer, JwtIssuerDict]:
        """Issuers of the tokens that exposures require."""
    @jwt_issuers.setter
    def jwt_issuers(self, value: Mapping[str, JwtIssuer | JwtIssuerDict | None] | Sequence[JwtIssuer | JwtIssuerDict] | JwtIssuer | None) -> None: ...
    @jwt_issuers.deleter
    def jwt_issuers(self) -> None: ...
    def __init__(
        self,
        *,
        mode: 'MeshMode | Literal["off", "sidecar", "ambient"] | None' = None,
        istio_version: 'str | int | None' = None,
        revision: 'str | int | None' = None,
        trust_domain: 'str | int | None' = None,
        mtls: 'MtlsMode | Literal["STRICT", "PERMISSIVE"] | None' = None,
        outbound_traffic_policy: 'OutboundMode | Literal["REGISTRY_ONLY", "ALLOW_ANY"] | None' = None,
        cni: 'bool | None' = None,
        proxy: 'MeshProxy | MeshProxyDict | None' = None,
        routing: 'Routing | Literal["istio", "gateway"] | None' = None,
        gateway_api_version: 'str | int | None' = None,
        gateways: 'Mapping[str, Gateway | GatewayDict | None] | Sequence[Gateway | GatewayDict] | Gateway | None' = None,
        jwt_issuers: 'Mapping[str, JwtIssuer | JwtIssuerDict | None] | Sequence[JwtIssuer | JwtIssuerDict] | JwtIssuer | None' = None,
    ) -> None: ...

class MeshDict(TypedDict, total=False):
    mode: MeshMode | Literal["off", "sidecar", "ambient"] | None
    istioVersion: str | int | None
    istio_version: str | int | None
    revision: str | int | None
    trustDomain: str | int | None
    trust_domain: str | int | None
    mtls: MtlsMode | Literal["STRICT", "PERMISSIVE"] | None
    outboundTrafficPolicy: OutboundMode | Literal["REGISTRY_ONLY", "ALLOW_ANY"] | None
    outbound_traffic_policy: OutboundMode | Literal["REGISTRY_ONLY", "ALLOW_ANY"] | None
    cni: bool | None
    proxy: MeshProxy | MeshProxyDict | None
    routing: Routing | Literal["istio", "gateway"] | None
    gatewayApiVersion: str | int | None
    gateway_api_version: str | int | None
    gateways: Mapping[str, Gateway | GatewayDict | None] | Sequence[Gateway | GatewayDict] | Gateway | None
    jwtIssuers: Mapping[str, JwtIssuer | JwtIssuerDict | None] | Sequence[JwtIssuer | JwtIssuerDict] | JwtIssuer | None
    jwt_issuers: Mapping[str, JwtIssuer | JwtIssuerDict | None] | Sequence[JwtIssuer | JwtIssuerDict] | JwtIssuer | None

class MeshProxy(Model):
    """The proxy beside each pod, in sidecar mode."""
    @property
    def resources(self) -> Resources:
        """CPU and memory of the proxy. Default: requests 100m and 128Mi, limits 2 and 1Gi, because they are Istio's own."""
    @resources.setter
    def resources(self, value: Resources | ResourcesDict | None) -> None: ...
    @resources.deleter
    def resources(self) -> None: ...
    @property
    def native_sidecar(self) -> bool | None:
        """Whether the proxy is a native sidecar: it starts before the pod's containers and ends after them, so that init containers
        have a network and jobs end. Default: true from Kubernetes 1.29 and Istio 1.24, because both can do it from then on."""
    @native_sidecar.setter
    def native_sidecar(self, value: bool | None) -> None: ...
    @native_sidecar.deleter
    def native_sidecar(self) -> None: ...
    @property
    def hold_application_until_proxy_starts(self) -> bool | None:
        """Whether the pod's containers wait for the proxy; a native sidecar is waited for anyway. Default: true, because a program
        that connects earlier fails."""
    @hold_application_until_proxy_starts.setter
    def hold_application_until_proxy_starts(self, value: bool | None) -> None: ...
    @hold_application_until_proxy_starts.deleter
    def hold_application_until_proxy_starts(self) -> None: ...
    @property
    def termination_drain_duration(self) -> str | None:
        """How long a proxy that is told to stop goes on serving, a Go duration below terminationGracePeriodSeconds. Default: until
        its last connection has ended, and at least as long as the preStop hook sleeps, so that no request is cut off."""
    @termination_drain_duration.setter
    def termination_drain_duration(self, value: str | int | None) -> None: ...
    @termination_drain_duration.deleter
    def termination_drain_duration(self) -> None: ...
    def __init__(
        self,
        *,
        resources: 'Resources | ResourcesDict | None' = None,
        native_sidecar: 'bool | None' = None,
        hold_application_until_proxy_starts: 'bool | None' = None,
        termination_drain_duration: 'str | int | None' = None,
    ) -> None: ...

class MeshProxyDict(TypedDict, total=False):
    resources: Resources | ResourcesDict | None
    nativeSidecar: bool | None
    native_sidecar: bool | None
    holdApplicationUntilProxyStarts: bool | None
    hold_application_until_proxy_starts: bool | None
    terminationDrainDuration: str | int | None
    termination_drain_duration: str | int | None

class MeshTelemetry(Model):
    """Telemetry of the mesh's proxies; it needs a mesh."""
    @property
    def enabled(self) -> bool | None:
        """Whether there is an Istio Telemetry. Default: true in a mesh, because proxies tell nothing without it."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def provider(self) -> str | None:
        """Name of the provider in MeshConfig.extensionProviders. Default: <application>-collector, which presumes that the mesh's
        operators have added it."""
    @provider.setter
    def provider(self, value: str | int | None) -> None: ...
    @provider.deleter
    def provider(self) -> None: ...
    @property
    def random_sampling_percentage(self) -> str | None:
        """Percent of requests that proxies begin a trace for, 0 to 100. Default: the application's sampling."""
    @random_sampling_percentage.setter
    def random_sampling_percentage(self, value: str | int | None) -> None: ...
    @random_sampling_percentage.deleter
    def random_sampling_percentage(self) -> None: ...
    @property
    def access_logs(self) -> bool | None:
        """Whether proxies log requests, through the provider envoy. Default: false, because a line for each request is much."""
    @access_logs.setter
    def access_logs(self, value: bool | None) -> None: ...
    @access_logs.deleter
    def access_logs(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        provider: 'str | int | None' = None,
        random_sampling_percentage: 'str | int | None' = None,
        access_logs: 'bool | None' = None,
    ) -> None: ...

class MeshTelemetryDict(TypedDict, total=False):
    enabled: bool | None
    provider: str | int | None
    randomSamplingPercentage: str | int | None
    random_sampling_percentage: str | int | None
    accessLogs: bool | None
    access_logs: bool | None

class MetricSources(Model):
    """Metrics that Prometheus has. Alerts, objectives and dashboards use only these."""
    @property
    def requests(self) -> RequestSource | None:
        """istio (the mesh's proxies), spanMetrics (the collector, from spans) or sdk (http.server.request.duration of the services
        themselves). Default: the first of them that the model has, because proxies also see requests that never arrive; in
        ambient mode, where only waypoints count, spanMetrics before istio."""
    @requests.setter
    def requests(self, value: RequestSource | Literal["istio", "spanMetrics", "sdk"] | None) -> None: ...
    @requests.deleter
    def requests(self) -> None: ...
    @property
    def kube_state_metrics(self) -> bool | None:
        """Whether kube-state-metrics runs in the cluster and is scraped. Default: true, because charts of Prometheus bring it."""
    @kube_state_metrics.setter
    def kube_state_metrics(self, value: bool | None) -> None: ...
    @kube_state_metrics.deleter
    def kube_state_metrics(self) -> None: ...
    @property
    def cadvisor(self) -> bool | None:
        """Whether the kubelets' container metrics (cAdvisor) are scraped. Default: true, because every kubelet has it."""
    @cadvisor.setter
    def cadvisor(self, value: bool | None) -> None: ...
    @cadvisor.deleter
    def cadvisor(self) -> None: ...
    @property
    def cert_manager(self) -> bool | None:
        """Whether cert-manager runs in the cluster and is scraped. Default: false, because a cluster may have none."""
    @cert_manager.setter
    def cert_manager(self, value: bool | None) -> None: ...
    @cert_manager.deleter
    def cert_manager(self) -> None: ...
    def __init__(
        self,
        *,
        requests: 'RequestSource | Literal["istio", "spanMetrics", "sdk"] | None' = None,
        kube_state_metrics: 'bool | None' = None,
        cadvisor: 'bool | None' = None,
        cert_manager: 'bool | None' = None,
    ) -> None: ...

class MetricSourcesDict(TypedDict, total=False):
    requests: RequestSource | Literal["istio", "spanMetrics", "sdk"] | None
    kubeStateMetrics: bool | None
    kube_state_metrics: bool | None
    cadvisor: bool | None
    certManager: bool | None
    cert_manager: bool | None

class Metrics(Model):
    """Where Prometheus finds metrics."""
    @property
    def enabled(self) -> bool | None:
        """`false` (in YAML also the word alone, `metrics: off`) closes the service to Prometheus. Default: true for a service with a
        port that speaks HTTP or is called metrics, where there is a Prometheus, because nothing else answers Prometheus."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def port(self) -> int | str | None:
        """Name or number of a port that answers by HTTP. Default: a port called metrics, else the first that speaks HTTP, but not
        gRPC; none in a mesh with proxies for a service that sends its metrics, has no such port, or has the runtime container,
        because the proxy's own are meant then."""
    @port.setter
    def port(self, value: int | str | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def path(self) -> str | None:
        """Path of the metrics, beginning with `/`. Default: /metrics, because libraries of Prometheus answer there."""
    @path.setter
    def path(self, value: str | int | None) -> None: ...
    @path.deleter
    def path(self) -> None: ...
    @property
    def interval(self) -> str | None:
        """Time between two scrapes, such as 30s. Default: the application's, see telemetry.scraping."""
    @interval.setter
    def interval(self, value: str | int | None) -> None: ...
    @interval.deleter
    def interval(self) -> None: ...
    @property
    def scrape_timeout(self) -> str | None:
        """Time a scrape may take, not above the interval. Default: the application's."""
    @scrape_timeout.setter
    def scrape_timeout(self, value: str | int | None) -> None: ...
    @scrape_timeout.deleter
    def scrape_timeout(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        port: 'int | str | None' = None,
        path: 'str | int | None' = None,
        interval: 'str | int | None' = None,
        scrape_timeout: 'str | int | None' = None,
    ) -> None: ...

class MetricsDict(TypedDict, total=False):
    enabled: bool | None
    port: int | str | None
    path: str | int | None
    interval: str | int | None
    scrapeTimeout: str | int | None
    scrape_timeout: str | int | None

class Mirror(Model):
    """A service that gets a copy of requests; its answers are dropped."""
    @property
    def to(self) -> str | None:
        """Name of a service of the application."""
    @to.setter
    def to(self, value: str | int | None) -> None: ...
    @to.deleter
    def to(self) -> None: ...
    @property
    def port(self) -> int | str | None:
        """Name or number of its port. Default: its first that is not for metrics, because people write the main one first."""
    @port.setter
    def port(self, value: int | str | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def percentage(self) -> int | None:
        """Share of the requests, 1 to 100. Default: 100, because a mirror that is asked for is meant."""
    @percentage.setter
    def percentage(self, value: int | None) -> None: ...
    @percentage.deleter
    def percentage(self) -> None: ...
    def __init__(
        self,
        *,
        to: 'str | int | None' = None,
        port: 'int | str | None' = None,
        percentage: 'int | None' = None,
    ) -> None: ...

class MirrorDict(TypedDict, total=False):
    to: str | int | None
    port: int | str | None
    percentage: int | None

class NamedContainer(Model):
    """An init container, a sidecar, or a container beside the service's own."""
    @property
    def name(self) -> str | None:
        """Container name, a DNS label, unique within the service."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def image(self) -> Image:
        """A container image. Either a whole reference, or parts; parts left out come from the application."""
    @image.setter
    def image(self, value: Image | ImageDict | str | int | None) -> None: ...
    @image.deleter
    def image(self) -> None: ...
    @property
    def image_pull_policy(self) -> PullPolicy | None:
        """Always, IfNotPresent or Never. Default: IfNotPresent, which is safe because a tag never means another image: latest is
        refused."""
    @image_pull_policy.setter
    def image_pull_policy(self, value: PullPolicy | Literal["Always", "IfNotPresent", "Never"] | None) -> None: ...
    @image_pull_policy.deleter
    def image_pull_policy(self) -> None: ...
    @property
    def command(self) -> _List[str, str]:
        """Replaces the image's entry point."""
    @command.setter
    def command(self, value: str | Sequence[str] | None) -> None: ...
    @command.deleter
    def command(self) -> None: ...
    @property
    def args(self) -> _List[str, str]:
        """Replaces the image's arguments."""
    @args.setter
    def args(self, value: str | Sequence[str] | None) -> None: ...
    @args.deleter
    def args(self) -> None: ...
    @property
    def working_dir(self) -> str | None:
        """Working directory. Default: the image's, because the program was put there."""
    @working_dir.setter
    def working_dir(self, value: str | int | None) -> None: ...
    @working_dir.deleter
    def working_dir(self) -> None: ...
    @property
    def ports(self) -> _List[Port, PortDict | int]:
        """Ports that the container listens on, [] or none for none. Default: the runtime's, http on 8000, which presumes a Python
        server; container listens where the model says."""
    @ports.setter
    def ports(self, value: Sequence[Port | PortDict | int] | Port | PortDict | int | Literal["none"] | None) -> None: ...
    @ports.deleter
    def ports(self) -> None: ...
    @property
    def env(self) -> _List[Env, EnvDict | str]:
        """Environment variables."""
    @env.setter
    def env(self, value: Mapping[str, Env | EnvDict | str | int | None] | Sequence[Env | EnvDict | str] | Env | str | None) -> None: ...
    @env.deleter
    def env(self) -> None: ...
    @property
    def env_from(self) -> _List[EnvFrom, EnvFromDict]:
        """Secrets and ConfigMaps whose entries all become environment variables."""
    @env_from.setter
    def env_from(self, value: Sequence[EnvFrom | EnvFromDict] | EnvFrom | EnvFromDict | None) -> None: ...
    @env_from.deleter
    def env_from(self) -> None: ...
    @property
    def config_files(self) -> _List[ConfigFile, ConfigFileDict | str]:
        """Files of configuration."""
    @config_files.setter
    def config_files(self, value: Mapping[str, ConfigFile | ConfigFileDict | str | int | None] | Sequence[ConfigFile | ConfigFileDict | str] | ConfigFile | str | None) -> None: ...
    @config_files.deleter
    def config_files(self) -> None: ...
    @property
    def resources(self) -> Resources:
        """CPU, memory and other resources of a container."""
    @resources.setter
    def resources(self, value: Resources | ResourcesDict | None) -> None: ...
    @resources.deleter
    def resources(self) -> None: ...
    @property
    def startup_probe(self) -> Probe:
        """Until it succeeds the other probes wait; for slow starters. Default: none, which presumes a program that starts before its
        livenessProbe has failed for good."""
    @startup_probe.setter
    def startup_probe(self, value: Probe | ProbeDict | bool | Literal["none"] | None) -> None: ...
    @startup_probe.deleter
    def startup_probe(self) -> None: ...
    @property
    def readiness_probe(self) -> Probe:
        """While it fails the pod gets no traffic. Default: the runtime's, httpGet /ready, which presumes a Python server that has
        this path; container asks by TCP whether its first port is open."""
    @readiness_probe.setter
    def readiness_probe(self, value: Probe | ProbeDict | bool | Literal["none"] | None) -> None: ...
    @readiness_probe.deleter
    def readiness_probe(self) -> None: ...
    @property
    def liveness_probe(self) -> Probe:
        """When it fails the container is restarted. Default: the runtime's, httpGet /health, which presumes a Python server that has
        this path; container has none, because a wrong one restarts for ever."""
    @liveness_probe.setter
    def liveness_probe(self, value: Probe | ProbeDict | bool | Literal["none"] | None) -> None: ...
    @liveness_probe.deleter
    def liveness_probe(self) -> None: ...
    @property
    def lifecycle(self) -> Lifecycle:
        """Hooks at the container's start and end."""
    @lifecycle.setter
    def lifecycle(self, value: Lifecycle | LifecycleDict | None) -> None: ...
    @lifecycle.deleter
    def lifecycle(self) -> None: ...
    @property
    def termination_message_path(self) -> str | None:
        """File from which the kubelet reads why the container ended, an absolute path. Default: /dev/termination-log, which the
        kubelet puts into every container."""
    @termination_message_path.setter
    def termination_message_path(self, value: str | int | None) -> None: ...
    @termination_message_path.deleter
    def termination_message_path(self) -> None: ...
    @property
    def termination_message_policy(self) -> Literal["File", "FallbackToLogsOnError"] | None:
        """File, or FallbackToLogsOnError: the last lines of the log where a container that failed wrote no such file. Default: File,
        because logs may hold what not everybody who sees the pod's status may read."""
    @termination_message_policy.setter
    def termination_message_policy(self, value: Literal["File", "FallbackToLogsOnError"] | None) -> None: ...
    @termination_message_policy.deleter
    def termination_message_policy(self) -> None: ...
    @property
    def security_context(self) -> SecurityContext:
        """Rights of one container. Defaults meet the restricted Pod Security Standard."""
    @security_context.setter
    def security_context(self, value: SecurityContext | SecurityContextDict | None) -> None: ...
    @security_context.deleter
    def security_context(self) -> None: ...
    @property
    def volume_mounts(self) -> _List[VolumeMount, VolumeMountDict | str]:
        """Volumes of the pod that this container sees."""
    @volume_mounts.setter
    def volume_mounts(self, value: Mapping[str, VolumeMount | VolumeMountDict | str | int | None] | Sequence[VolumeMount | VolumeMountDict | str] | VolumeMount | str | None) -> None: ...
    @volume_mounts.deleter
    def volume_mounts(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        image: 'Image | ImageDict | str | int | None' = None,
        image_pull_policy: 'PullPolicy | Literal["Always", "IfNotPresent", "Never"] | None' = None,
        command: 'str | Sequence[str] | None' = None,
        args: 'str | Sequence[str] | None' = None,
        working_dir: 'str | int | None' = None,
        ports: 'Sequence[Port | PortDict | int] | Port | PortDict | int | Literal["none"] | None' = None,
        port: 'Port | PortDict | int | None' = None,
        env: 'Mapping[str, Env | EnvDict | str | int | None] | Sequence[Env | EnvDict | str] | Env | str | None' = None,
        env_from: 'Sequence[EnvFrom | EnvFromDict] | EnvFrom | EnvFromDict | None' = None,
        config_files: 'Mapping[str, ConfigFile | ConfigFileDict | str | int | None] | Sequence[ConfigFile | ConfigFileDict | str] | ConfigFile | str | None' = None,
        resources: 'Resources | ResourcesDict | None' = None,
        startup_probe: 'Probe | ProbeDict | bool | Literal["none"] | None' = None,
        readiness_probe: 'Probe | ProbeDict | bool | Literal["none"] | None' = None,
        liveness_probe: 'Probe | ProbeDict | bool | Literal["none"] | None' = None,
        lifecycle: 'Lifecycle | LifecycleDict | None' = None,
        termination_message_path: 'str | int | None' = None,
        termination_message_policy: 'Literal["File", "FallbackToLogsOnError"] | None' = None,
        security_context: 'SecurityContext | SecurityContextDict | None' = None,
        volume_mounts: 'Mapping[str, VolumeMount | VolumeMountDict | str | int | None] | Sequence[VolumeMount | VolumeMountDict | str] | VolumeMount | str | None' = None,
    ) -> None: ...

class NamedContainerDict(TypedDict, total=False):
    name: str | int | None
    image: Image | ImageDict | str | int | None
    imagePullPolicy: PullPolicy | Literal["Always", "IfNotPresent", "Never"] | None
    image_pull_policy: PullPolicy | Literal["Always", "IfNotPresent", "Never"] | None
    command: str | Sequence[str] | None
    args: str | Sequence[str] | None
    workingDir: str | int | None
    working_dir: str | int | None
    ports: Sequence[Port | PortDict | int] | Port | PortDict | int | Literal["none"] | None
    port: Port | PortDict | int | None
    env: Mapping[str, Env | EnvDict | str | int | None] | Sequence[Env | EnvDict | str] | Env | str | None
    envFrom: Sequence[EnvFrom | EnvFromDict] | EnvFrom | EnvFromDict | None
    env_from: Sequence[EnvFrom | EnvFromDict] | EnvFrom | EnvFromDict | None
    configFiles: Mapping[str, ConfigFile | ConfigFileDict | str | int | None] | Sequence[ConfigFile | ConfigFileDict | str] | ConfigFile | str | None
    config_files: Mapping[str, ConfigFile | ConfigFileDict | str | int | None] | Sequence[ConfigFile | ConfigFileDict | str] | ConfigFile | str | None
    resources: Resources | ResourcesDict | None
    startupProbe: Probe | ProbeDict | bool | Literal["none"] | None
    startup_probe: Probe | ProbeDict | bool | Literal["none"] | None
    readinessProbe: Probe | ProbeDict | bool | Literal["none"] | None
    readiness_probe: Probe | ProbeDict | bool | Literal["none"] | None
    livenessProbe: Probe | ProbeDict | bool | Literal["none"] | None
    liveness_probe: Probe | ProbeDict | bool | Literal["none"] | None
    lifecycle: Lifecycle | LifecycleDict | None
    terminationMessagePath: str | int | None
    termination_message_path: str | int | None
    terminationMessagePolicy: Literal["File", "FallbackToLogsOnError"] | None
    termination_message_policy: Literal["File", "FallbackToLogsOnError"] | None
    securityContext: SecurityContext | SecurityContextDict | None
    security_context: SecurityContext | SecurityContextDict | None
    volumeMounts: Mapping[str, VolumeMount | VolumeMountDict | str | int | None] | Sequence[VolumeMount | VolumeMountDict | str] | VolumeMount | str | None
    volume_mounts: Mapping[str, VolumeMount | VolumeMountDict | str | int | None] | Sequence[VolumeMount | VolumeMountDict | str] | VolumeMount | str | None

class NodeAffinity(Model):
    """Rules on nodes."""
    @property
    def required(self) -> NodeSelector:
        """Nodes on which the pods must run; any term may hold."""
    @required.setter
    def required(self, value: NodeSelector | NodeSelectorDict | None) -> None: ...
    @required.deleter
    def required(self) -> None: ...
    @property
    def preferred(self) -> _List[PreferredNode, PreferredNodeDict]:
        """Nodes that would be better than others."""
    @preferred.setter
    def preferred(self, value: Sequence[PreferredNode | PreferredNodeDict] | PreferredNode | PreferredNodeDict | None) -> None: ...
    @preferred.deleter
    def preferred(self) -> None: ...
    def __init__(
        self,
        *,
        required: 'NodeSelector | NodeSelectorDict | None' = None,
        preferred: 'Sequence[PreferredNode | PreferredNodeDict] | PreferredNode | PreferredNodeDict | None' = None,
    ) -> None: ...

class NodeAffinityDict(TypedDict, total=False):
    requiredDuringSchedulingIgnoredDuringExecution: NodeSelector | NodeSelectorDict | None
    required: NodeSelector | NodeSelectorDict | None
    preferredDuringSchedulingIgnoredDuringExecution: Sequence[PreferredNode | PreferredNodeDict] | PreferredNode | PreferredNodeDict | None
    preferred: Sequence[PreferredNode | PreferredNodeDict] | PreferredNode | PreferredNodeDict | None

class NodeSelector(Model):
    """Nodes on which the pods must run; any term may hold."""
    @property
    def node_selector_terms(self) -> _List[NodeSelectorTerm, NodeSelectorTermDict]:
        """Nodes described by their labels and fields; all parts must hold."""
    @node_selector_terms.setter
    def node_selector_terms(self, value: Sequence[NodeSelectorTerm | NodeSelectorTermDict] | NodeSelectorTerm | NodeSelectorTermDict | None) -> None: ...
    @node_selector_terms.deleter
    def node_selector_terms(self) -> None: ...
    def __init__(
        self,
        *,
        node_selector_terms: 'Sequence[NodeSelectorTerm | NodeSelectorTermDict] | NodeSelectorTerm | NodeSelectorTermDict | None' = None,
    ) -> None: ...

class NodeSelectorDict(TypedDict, total=False):
    nodeSelectorTerms: Sequence[NodeSelectorTerm | NodeSelectorTermDict] | NodeSelectorTerm | NodeSelectorTermDict | None
    node_selector_terms: Sequence[NodeSelectorTerm | NodeSelectorTermDict] | NodeSelectorTerm | NodeSelectorTermDict | None

class NodeSelectorTerm(Model):
    """Nodes described by their labels and fields; all parts must hold."""
    @property
    def match_expressions(self) -> _List[SelectorExpression, SelectorExpressionDict]:
        """One expression of a label selector."""
    @match_expressions.setter
    def match_expressions(self, value: Sequence[SelectorExpression | SelectorExpressionDict] | SelectorExpression | SelectorExpressionDict | None) -> None: ...
    @match_expressions.deleter
    def match_expressions(self) -> None: ...
    @property
    def match_fields(self) -> _List[SelectorExpression, SelectorExpressionDict]:
        """One expression of a label selector."""
    @match_fields.setter
    def match_fields(self, value: Sequence[SelectorExpression | SelectorExpressionDict] | SelectorExpression | SelectorExpressionDict | None) -> None: ...
    @match_fields.deleter
    def match_fields(self) -> None: ...
    def __init__(
        self,
        *,
        match_expressions: 'Sequence[SelectorExpression | SelectorExpressionDict] | SelectorExpression | SelectorExpressionDict | None' = None,
        match_fields: 'Sequence[SelectorExpression | SelectorExpressionDict] | SelectorExpression | SelectorExpressionDict | None' = None,
    ) -> None: ...

class NodeSelectorTermDict(TypedDict, total=False):
    matchExpressions: Sequence[SelectorExpression | SelectorExpressionDict] | SelectorExpression | SelectorExpressionDict | None
    match_expressions: Sequence[SelectorExpression | SelectorExpressionDict] | SelectorExpression | SelectorExpressionDict | None
    matchFields: Sequence[SelectorExpression | SelectorExpressionDict] | SelectorExpression | SelectorExpressionDict | None
    match_fields: Sequence[SelectorExpression | SelectorExpressionDict] | SelectorExpression | SelectorExpressionDict | None

class Operations(Model):
    """Operations of the application; `operations: on` stands for all defaults."""
    @property
    def enabled(self) -> bool | None:
        """Whether an output folder gets scripts, Dockerfiles, runbook and the like. Default: false, because other tools may do all
        this; true when anything else here is given."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def recovery_point(self) -> str | None:
        """How much work may be lost at most, a Go duration such as 24h: the time between two backups."""
    @recovery_point.setter
    def recovery_point(self, value: str | int | None) -> None: ...
    @recovery_point.deleter
    def recovery_point(self) -> None: ...
    @property
    def recovery_time(self) -> str | None:
        """How long it may take to bring the application back at most, a Go duration such as 1h."""
    @recovery_time.setter
    def recovery_time(self, value: str | int | None) -> None: ...
    @recovery_time.deleter
    def recovery_time(self) -> None: ...
    @property
    def source(self) -> str | None:
        """Web page of the source, for images' labels."""
    @source.setter
    def source(self, value: str | int | None) -> None: ...
    @source.deleter
    def source(self) -> None: ...
    @property
    def backup(self) -> Backup:
        """Backups of the application."""
    @backup.setter
    def backup(self, value: Backup | BackupDict | str | int | None) -> None: ...
    @backup.deleter
    def backup(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        recovery_point: 'str | int | None' = None,
        recovery_time: 'str | int | None' = None,
        source: 'str | int | None' = None,
        backup: 'Backup | BackupDict | str | int | None' = None,
    ) -> None: ...

class OperationsDict(TypedDict, total=False):
    enabled: bool | None
    recoveryPoint: str | int | None
    recovery_point: str | int | None
    recoveryTime: str | int | None
    recovery_time: str | int | None
    source: str | int | None
    backup: Backup | BackupDict | str | int | None

class Origin(Model):
    """An origin from which browsers may call."""
    @property
    def exact(self) -> str | None:
        """The whole origin, such as https://shop.example.com; `*` is any."""
    @exact.setter
    def exact(self, value: str | int | None) -> None: ...
    @exact.deleter
    def exact(self) -> None: ...
    @property
    def prefix(self) -> str | None:
        """Beginning of the origin."""
    @prefix.setter
    def prefix(self, value: str | int | None) -> None: ...
    @prefix.deleter
    def prefix(self) -> None: ...
    @property
    def regex(self) -> str | None:
        """RE2 expression for the whole origin."""
    @regex.setter
    def regex(self, value: str | int | None) -> None: ...
    @regex.deleter
    def regex(self) -> None: ...
    def __init__(
        self,
        *,
        exact: 'str | int | None' = None,
        prefix: 'str | int | None' = None,
        regex: 'str | int | None' = None,
    ) -> None: ...

class OriginDict(TypedDict, total=False):
    exact: str | int | None
    prefix: str | int | None
    regex: str | int | None

class Ottl(Model):
    """Conditions or statements in OTTL, by signal."""
    @property
    def traces(self) -> _List[str, str]:
        """For spans."""
    @traces.setter
    def traces(self, value: str | Sequence[str] | None) -> None: ...
    @traces.deleter
    def traces(self) -> None: ...
    @property
    def metrics(self) -> _List[str, str]:
        """For metrics; in a filter for data points."""
    @metrics.setter
    def metrics(self, value: str | Sequence[str] | None) -> None: ...
    @metrics.deleter
    def metrics(self) -> None: ...
    @property
    def logs(self) -> _List[str, str]:
        """For log records."""
    @logs.setter
    def logs(self, value: str | Sequence[str] | None) -> None: ...
    @logs.deleter
    def logs(self) -> None: ...
    def __init__(
        self,
        *,
        traces: 'str | Sequence[str] | None' = None,
        metrics: 'str | Sequence[str] | None' = None,
        logs: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class OttlDict(TypedDict, total=False):
    traces: str | Sequence[str] | None
    metrics: str | Sequence[str] | None
    logs: str | Sequence[str] | None

class OutlierDetection(Model):
    """Pods that fail get no requests for a while: the circuit breaker of a mesh."""
    @property
    def consecutive5xx_errors(self) -> int | None:
        """Answers of 500 and above, one after the other, that eject a pod, from 0; 0 turns this off. Default: 5, because it is
        Envoy's own."""
    @consecutive5xx_errors.setter
    def consecutive5xx_errors(self, value: int | None) -> None: ...
    @consecutive5xx_errors.deleter
    def consecutive5xx_errors(self) -> None: ...
    @property
    def consecutive_gateway_errors(self) -> int | None:
        """Answers of 502, 503 and 504, one after the other, that eject a pod, from 0; 0 turns this off. Default: off, because
        answers of 500 and above count these too."""
    @consecutive_gateway_errors.setter
    def consecutive_gateway_errors(self, value: int | None) -> None: ...
    @consecutive_gateway_errors.deleter
    def consecutive_gateway_errors(self) -> None: ...
    @property
    def split_external_local_origin_errors(self) -> bool | None:
        """Whether failures to reach the pod are counted apart. Default: false, because it is Envoy's own."""
    @split_external_local_origin_errors.setter
    def split_external_local_origin_errors(self, value: bool | None) -> None: ...
    @split_external_local_origin_errors.deleter
    def split_external_local_origin_errors(self) -> None: ...
    @property
    def consecutive_local_origin_failures(self) -> int | None:
        """Failures to reach a pod that eject it, from 1; needs splitExternalLocalOriginErrors. Default: 5, because it is Envoy's
        own."""
    @consecutive_local_origin_failures.setter
    def consecutive_local_origin_failures(self, value: int | None) -> None: ...
    @consecutive_local_origin_failures.deleter
    def consecutive_local_origin_failures(self) -> None: ...
    @property
    def interval(self) -> str | None:
        """Time between looks at the pods, a Go duration from 1ms. Default: 10s, because it is Envoy's own."""
    @interval.setter
    def interval(self, value: str | int | None) -> None: ...
    @interval.deleter
    def interval(self) -> None: ...
    @property
    def base_ejection_time(self) -> str | None:
        """Shortest time without requests, a Go duration from 1ms; each further time is longer. Default: 30s, because it is Envoy's
        own."""
    @base_ejection_time.setter
    def base_ejection_time(self, value: str | int | None) -> None: ...
    @base_ejection_time.deleter
    def base_ejection_time(self) -> None: ...
    @property
    def max_ejection_percent(self) -> int | None:
        """Percent of the pods that may be ejected, 1 to 100. Default: 50, because of a few pods the mesh's own 10 would let none go."""
    @max_ejection_percent.setter
    def max_ejection_percent(self, value: int | None) -> None: ...
    @max_ejection_percent.deleter
    def max_ejection_percent(self) -> None: ...
    @property
    def min_health_percent(self) -> int | None:
        """Percent of healthy pods below which ejections are ignored, 0 to 100. Default: 0, because it is Istio's own."""
    @min_health_percent.setter
    def min_health_percent(self, value: int | None) -> None: ...
    @min_health_percent.deleter
    def min_health_percent(self) -> None: ...
    def __init__(
        self,
        *,
        consecutive5xx_errors: 'int | None' = None,
        consecutive_gateway_errors: 'int | None' = None,
        split_external_local_origin_errors: 'bool | None' = None,
        consecutive_local_origin_failures: 'int | None' = None,
        interval: 'str | int | None' = None,
        base_ejection_time: 'str | int | None' = None,
        max_ejection_percent: 'int | None' = None,
        min_health_percent: 'int | None' = None,
    ) -> None: ...

class OutlierDetectionDict(TypedDict, total=False):
    consecutive5xxErrors: int | None
    consecutive5xx_errors: int | None
    consecutiveGatewayErrors: int | None
    consecutive_gateway_errors: int | None
    splitExternalLocalOriginErrors: bool | None
    split_external_local_origin_errors: bool | None
    consecutiveLocalOriginFailures: int | None
    consecutive_local_origin_failures: int | None
    interval: str | int | None
    baseEjectionTime: str | int | None
    base_ejection_time: str | int | None
    maxEjectionPercent: int | None
    max_ejection_percent: int | None
    minHealthPercent: int | None
    min_health_percent: int | None

class Platform(Model):
    """Parts of the cluster that the application uses: resolver, gateway, Prometheus, collector, control plane."""
    @property
    def dns(self) -> PlatformPeer:
        """Resolver. Default: pods with k8s-app=kube-dns in kube-system, and node-local DNS on 169.254.20.10, because kubeadm and
        most providers install them so."""
    @dns.setter
    def dns(self, value: PlatformPeer | PlatformPeerDict | bool | None) -> None: ...
    @dns.deleter
    def dns(self) -> None: ...
    @property
    def gateway(self) -> PlatformPeer:
        """Where requests from outside arrive. Default: namespace ingress-nginx for an Ingress of class nginx, else istio-ingress,
        because the guides of both install them so."""
    @gateway.setter
    def gateway(self, value: PlatformPeer | PlatformPeerDict | bool | None) -> None: ...
    @gateway.deleter
    def gateway(self) -> None: ...
    @property
    def prometheus(self) -> PlatformPeer:
        """Prometheus, which scrapes the services. One that is a service of the application is named by the application's namespace
        and the label app.kubernetes.io/name, alone; its own policy then lets it out to them. Default: namespace monitoring, which
        presumes that it was installed there."""
    @prometheus.setter
    def prometheus(self, value: PlatformPeer | PlatformPeerDict | bool | None) -> None: ...
    @prometheus.deleter
    def prometheus(self) -> None: ...
    @property
    def collector(self) -> PlatformPeer:
        """OpenTelemetry collector, to which services send on 4317 and 4318; one that is a service of the application is named as
        prometheus is. Default: none, because a cluster may have none; enabled by naming its namespace."""
    @collector.setter
    def collector(self, value: PlatformPeer | PlatformPeerDict | bool | None) -> None: ...
    @collector.deleter
    def collector(self) -> None: ...
    @property
    def istiod(self) -> PlatformPeer:
        """Istio's control plane, which proxies and waypoints ask. Default: with a mesh, pods with app=istiod in istio-system,
        because Istio installs it so."""
    @istiod.setter
    def istiod(self, value: PlatformPeer | PlatformPeerDict | bool | None) -> None: ...
    @istiod.deleter
    def istiod(self) -> None: ...
    @property
    def keda(self) -> PlatformPeer:
        """KEDA's operator, which asks the services that triggers name. Default: where a service has triggers, pods with app=keda-
        operator in the namespace keda, because the guide of KEDA installs it so."""
    @keda.setter
    def keda(self, value: PlatformPeer | PlatformPeerDict | bool | None) -> None: ...
    @keda.deleter
    def keda(self) -> None: ...
    def __init__(
        self,
        *,
        dns: 'PlatformPeer | PlatformPeerDict | bool | None' = None,
        gateway: 'PlatformPeer | PlatformPeerDict | bool | None' = None,
        prometheus: 'PlatformPeer | PlatformPeerDict | bool | None' = None,
        collector: 'PlatformPeer | PlatformPeerDict | bool | None' = None,
        istiod: 'PlatformPeer | PlatformPeerDict | bool | None' = None,
        keda: 'PlatformPeer | PlatformPeerDict | bool | None' = None,
    ) -> None: ...

class PlatformDict(TypedDict, total=False):
    dns: PlatformPeer | PlatformPeerDict | bool | None
    gateway: PlatformPeer | PlatformPeerDict | bool | None
    prometheus: PlatformPeer | PlatformPeerDict | bool | None
    collector: PlatformPeer | PlatformPeerDict | bool | None
    istiod: PlatformPeer | PlatformPeerDict | bool | None
    keda: PlatformPeer | PlatformPeerDict | bool | None

class PlatformPeer(Model):
    """Pods of the platform with which the services must be able to talk."""
    @property
    def enabled(self) -> bool | None:
        """Whether the cluster has it. Default: see platform; naming its namespace, labels or addresses says true, because nobody
        describes what is not there."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def namespace(self) -> str | None:
        """Namespace of its pods."""
    @namespace.setter
    def namespace(self, value: str | int | None) -> None: ...
    @namespace.deleter
    def namespace(self) -> None: ...
    @property
    def pod_labels(self) -> dict[str, str]:
        """Labels of its pods. Default: all pods of the namespace, which presumes that all of them are part of it."""
    @pod_labels.setter
    def pod_labels(self, value: Mapping[str, str | int] | None) -> None: ...
    @pod_labels.deleter
    def pod_labels(self) -> None: ...
    @property
    def cidrs(self) -> _List[str, str]:
        """Address ranges that it may also have."""
    @cidrs.setter
    def cidrs(self, value: str | Sequence[str] | None) -> None: ...
    @cidrs.deleter
    def cidrs(self) -> None: ...
    @property
    def mesh(self) -> bool | None:
        """Whether its pods are in the mesh. Default: true for a gateway in the default namespace, one that Istio starts for the
        Gateway API, and where serviceAccount is given, because all these are known to be."""
    @mesh.setter
    def mesh(self, value: bool | None) -> None: ...
    @mesh.deleter
    def mesh(self) -> None: ...
    @property
    def service_account(self) -> str | None:
        """Service account of its pods, by which the mesh knows them. Default: istio-ingress for a gateway in the default namespace,
        because the guide of Istio names it so; any of its namespace for those that Istio starts for the Gateway API."""
    @service_account.setter
    def service_account(self, value: str | int | None) -> None: ...
    @service_account.deleter
    def service_account(self) -> None: ...
    @property
    def port(self) -> int | None:
        """platform.dns: port of the resolver's pods, 1 to 65535, where it is not the Service's: 5353 on OpenShift. Default: 53,
        because resolvers listen there."""
    @port.setter
    def port(self, value: int | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def others(self) -> _List[PlatformPods, PlatformPodsDict]:
        """Further pods that do the same, such as a second gateway, or kube-dns beside the cache of each node."""
    @others.setter
    def others(self, value: Sequence[PlatformPods | PlatformPodsDict] | PlatformPods | PlatformPodsDict | None) -> None: ...
    @others.deleter
    def others(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        namespace: 'str | int | None' = None,
        pod_labels: 'Mapping[str, str | int] | None' = None,
        cidrs: 'str | Sequence[str] | None' = None,
        mesh: 'bool | None' = None,
        service_account: 'str | int | None' = None,
        port: 'int | None' = None,
        others: 'Sequence[PlatformPods | PlatformPodsDict] | PlatformPods | PlatformPodsDict | None' = None,
    ) -> None: ...

class PlatformPeerDict(TypedDict, total=False):
    enabled: bool | None
    namespace: str | int | None
    podLabels: Mapping[str, str | int] | None
    pod_labels: Mapping[str, str | int] | None
    cidrs: str | Sequence[str] | None
    mesh: bool | None
    serviceAccount: str | int | None
    service_account: str | int | None
    port: int | None
    others: Sequence[PlatformPods | PlatformPodsDict] | PlatformPods | PlatformPodsDict | None

class PlatformPods(Model):
    """Further pods of a part of the cluster. They are reached on the same ports."""
    @property
    def namespace(self) -> str | None:
        """Namespace of the pods. Default: that of the part, because they do the same as its own."""
    @namespace.setter
    def namespace(self, value: str | int | None) -> None: ...
    @namespace.deleter
    def namespace(self) -> None: ...
    @property
    def pod_labels(self) -> dict[str, str]:
        """Labels of the pods. Default: all pods of the namespace, which presumes that all of them do the same."""
    @pod_labels.setter
    def pod_labels(self, value: Mapping[str, str | int] | None) -> None: ...
    @pod_labels.deleter
    def pod_labels(self) -> None: ...
    @property
    def service_account(self) -> str | None:
        """Service account of the pods, by which the mesh knows them. Default: they are in the mesh if the part is, and any account
        may be theirs, because only those who run them know it."""
    @service_account.setter
    def service_account(self, value: str | int | None) -> None: ...
    @service_account.deleter
    def service_account(self) -> None: ...
    def __init__(
        self,
        *,
        namespace: 'str | int | None' = None,
        pod_labels: 'Mapping[str, str | int] | None' = None,
        service_account: 'str | int | None' = None,
    ) -> None: ...

class PlatformPodsDict(TypedDict, total=False):
    namespace: str | int | None
    podLabels: Mapping[str, str | int] | None
    pod_labels: Mapping[str, str | int] | None
    serviceAccount: str | int | None
    service_account: str | int | None

class PodAffinity(Model):
    """Rules on other pods."""
    @property
    def required(self) -> _List[PodAffinityTerm, PodAffinityTermDict]:
        """Pods near which, or far from which, pods run."""
    @required.setter
    def required(self, value: Sequence[PodAffinityTerm | PodAffinityTermDict] | PodAffinityTerm | PodAffinityTermDict | None) -> None: ...
    @required.deleter
    def required(self) -> None: ...
    @property
    def preferred(self) -> _List[PreferredPod, PreferredPodDict]:
        """A pod affinity term that is a wish."""
    @preferred.setter
    def preferred(self, value: Sequence[PreferredPod | PreferredPodDict] | PreferredPod | PreferredPodDict | None) -> None: ...
    @preferred.deleter
    def preferred(self) -> None: ...
    def __init__(
        self,
        *,
        required: 'Sequence[PodAffinityTerm | PodAffinityTermDict] | PodAffinityTerm | PodAffinityTermDict | None' = None,
        preferred: 'Sequence[PreferredPod | PreferredPodDict] | PreferredPod | PreferredPodDict | None' = None,
    ) -> None: ...

class PodAffinityDict(TypedDict, total=False):
    requiredDuringSchedulingIgnoredDuringExecution: Sequence[PodAffinityTerm | PodAffinityTermDict] | PodAffinityTerm | PodAffinityTermDict | None
    required: Sequence[PodAffinityTerm | PodAffinityTermDict] | PodAffinityTerm | PodAffinityTermDict | None
    preferredDuringSchedulingIgnoredDuringExecution: Sequence[PreferredPod | PreferredPodDict] | PreferredPod | PreferredPodDict | None
    preferred: Sequence[PreferredPod | PreferredPodDict] | PreferredPod | PreferredPodDict | None

class PodAffinityTerm(Model):
    """Pods near which, or far from which, pods run."""
    @property
    def label_selector(self) -> LabelSelector:
        """The pods; `{}` selects all."""
    @label_selector.setter
    def label_selector(self, value: LabelSelector | LabelSelectorDict | None) -> None: ...
    @label_selector.deleter
    def label_selector(self) -> None: ...
    @property
    def namespace_selector(self) -> LabelSelector:
        """Namespaces of the other pods by their labels; `{}` selects all."""
    @namespace_selector.setter
    def namespace_selector(self, value: LabelSelector | LabelSelectorDict | None) -> None: ...
    @namespace_selector.deleter
    def namespace_selector(self) -> None: ...
    @property
    def namespaces(self) -> _List[str, str]:
        """Namespaces of the other pods. Default: this one, because it is Kubernetes' own."""
    @namespaces.setter
    def namespaces(self, value: str | Sequence[str] | None) -> None: ...
    @namespaces.deleter
    def namespaces(self) -> None: ...
    @property
    def topology_key(self) -> str | None:
        """Node label; nodes with the same value of it count as near: kubernetes.io/hostname, topology.kubernetes.io/zone ..."""
    @topology_key.setter
    def topology_key(self, value: str | int | None) -> None: ...
    @topology_key.deleter
    def topology_key(self) -> None: ...
    @property
    def match_label_keys(self) -> _List[str, str]:
        """Labels whose values the other pods must share with this one, beside labelSelector. Kubernetes 1.31 or later."""
    @match_label_keys.setter
    def match_label_keys(self, value: str | Sequence[str] | None) -> None: ...
    @match_label_keys.deleter
    def match_label_keys(self) -> None: ...
    @property
    def mismatch_label_keys(self) -> _List[str, str]:
        """Labels whose values the other pods must not share with this one, beside labelSelector. Kubernetes 1.31 or later."""
    @mismatch_label_keys.setter
    def mismatch_label_keys(self, value: str | Sequence[str] | None) -> None: ...
    @mismatch_label_keys.deleter
    def mismatch_label_keys(self) -> None: ...
    def __init__(
        self,
        *,
        label_selector: 'LabelSelector | LabelSelectorDict | None' = None,
        namespace_selector: 'LabelSelector | LabelSelectorDict | None' = None,
        namespaces: 'str | Sequence[str] | None' = None,
        topology_key: 'str | int | None' = None,
        match_label_keys: 'str | Sequence[str] | None' = None,
        mismatch_label_keys: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class PodAffinityTermDict(TypedDict, total=False):
    labelSelector: LabelSelector | LabelSelectorDict | None
    label_selector: LabelSelector | LabelSelectorDict | None
    namespaceSelector: LabelSelector | LabelSelectorDict | None
    namespace_selector: LabelSelector | LabelSelectorDict | None
    namespaces: str | Sequence[str] | None
    topologyKey: str | int | None
    topology_key: str | int | None
    matchLabelKeys: str | Sequence[str] | None
    match_label_keys: str | Sequence[str] | None
    mismatchLabelKeys: str | Sequence[str] | None
    mismatch_label_keys: str | Sequence[str] | None

class PodSecurityContext(Model):
    """Rights of all containers of the pod. Defaults meet the restricted Pod Security Standard."""
    @property
    def run_as_non_root(self) -> bool | None:
        """Whether the kubelet refuses to start containers as root. Default: true, which is safe because a program that breaks out is
        nobody on the node."""
    @run_as_non_root.setter
    def run_as_non_root(self, value: bool | None) -> None: ...
    @run_as_non_root.deleter
    def run_as_non_root(self) -> None: ...
    @property
    def run_as_user(self) -> int | Literal["none"] | None:
        """User id, 0 to 2147483647, not 1337 (a mesh proxy's). Default: 10001 for cpython and condon, because the generated images
        have this user; none means the image's own user."""
    @run_as_user.setter
    def run_as_user(self, value: int | Literal["none"] | None) -> None: ...
    @run_as_user.deleter
    def run_as_user(self) -> None: ...
    @property
    def run_as_group(self) -> int | Literal["none"] | None:
        """Group id, 0 to 2147483647. Default: 10001 for cpython and condon, because the generated images have this group; none means
        the image's own group."""
    @run_as_group.setter
    def run_as_group(self, value: int | Literal["none"] | None) -> None: ...
    @run_as_group.deleter
    def run_as_group(self) -> None: ...
    @property
    def fs_group(self) -> int | Literal["none"] | None:
        """Group that owns volumes, 0 to 2147483647. Default: 10001 for cpython and condon, so that the user can write to volumes;
        none leaves the owner as it is."""
    @fs_group.setter
    def fs_group(self, value: int | Literal["none"] | None) -> None: ...
    @fs_group.deleter
    def fs_group(self) -> None: ...
    @property
    def fs_group_change_policy(self) -> Literal["OnRootMismatch", "Always"] | None:
        """OnRootMismatch or Always. Default: OnRootMismatch when volumes are claimed, because a large volume is not walked at each
        start."""
    @fs_group_change_policy.setter
    def fs_group_change_policy(self, value: Literal["OnRootMismatch", "Always"] | None) -> None: ...
    @fs_group_change_policy.deleter
    def fs_group_change_policy(self) -> None: ...
    @property
    def seccomp_profile(self) -> Profile:
        """A seccomp or AppArmor profile."""
    @seccomp_profile.setter
    def seccomp_profile(self, value: Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None) -> None: ...
    @seccomp_profile.deleter
    def seccomp_profile(self) -> None: ...
    @property
    def app_armor_profile(self) -> Profile:
        """A seccomp or AppArmor profile."""
    @app_armor_profile.setter
    def app_armor_profile(self, value: Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None) -> None: ...
    @app_armor_profile.deleter
    def app_armor_profile(self) -> None: ...
    @property
    def se_linux_options(self) -> SelinuxOptions:
        """SELinux labels."""
    @se_linux_options.setter
    def se_linux_options(self, value: SelinuxOptions | SelinuxOptionsDict | None) -> None: ...
    @se_linux_options.deleter
    def se_linux_options(self) -> None: ...
    @property
    def sysctls(self) -> dict[str, str]:
        """Kernel parameters by name; the baseline security level allows the safe ones alone."""
    @sysctls.setter
    def sysctls(self, value: Mapping[str, str | int] | None) -> None: ...
    @sysctls.deleter
    def sysctls(self) -> None: ...
    def __init__(
        self,
        *,
        run_as_non_root: 'bool | None' = None,
        run_as_user: 'int | Literal["none"] | None' = None,
        run_as_group: 'int | Literal["none"] | None' = None,
        fs_group: 'int | Literal["none"] | None' = None,
        fs_group_change_policy: 'Literal["OnRootMismatch", "Always"] | None' = None,
        seccomp_profile: 'Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None' = None,
        app_armor_profile: 'Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None' = None,
        se_linux_options: 'SelinuxOptions | SelinuxOptionsDict | None' = None,
        sysctls: 'Mapping[str, str | int] | None' = None,
    ) -> None: ...

class PodSecurityContextDict(TypedDict, total=False):
    runAsNonRoot: bool | None
    run_as_non_root: bool | None
    runAsUser: int | Literal["none"] | None
    run_as_user: int | Literal["none"] | None
    runAsGroup: int | Literal["none"] | None
    run_as_group: int | Literal["none"] | None
    fsGroup: int | Literal["none"] | None
    fs_group: int | Literal["none"] | None
    fsGroupChangePolicy: Literal["OnRootMismatch", "Always"] | None
    fs_group_change_policy: Literal["OnRootMismatch", "Always"] | None
    seccompProfile: Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None
    seccomp_profile: Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None
    appArmorProfile: Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None
    app_armor_profile: Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None
    seLinuxOptions: SelinuxOptions | SelinuxOptionsDict | None
    se_linux_options: SelinuxOptions | SelinuxOptionsDict | None
    sysctls: Mapping[str, str | int] | None

class PodsMetric(Model):
    """A metric that every pod reports, through a metrics adapter."""
    @property
    def name(self) -> str | None:
        """Metric name."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def selector(self) -> LabelSelector:
        """Series to choose from."""
    @selector.setter
    def selector(self, value: LabelSelector | LabelSelectorDict | None) -> None: ...
    @selector.deleter
    def selector(self) -> None: ...
    @property
    def average_value(self) -> str | None:
        """Amount per pod, a quantity above zero."""
    @average_value.setter
    def average_value(self, value: str | int | None) -> None: ...
    @average_value.deleter
    def average_value(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        selector: 'LabelSelector | LabelSelectorDict | None' = None,
        average_value: 'str | int | None' = None,
    ) -> None: ...

class PodsMetricDict(TypedDict, total=False):
    name: str | int | None
    selector: LabelSelector | LabelSelectorDict | None
    averageValue: str | int | None
    average_value: str | int | None

class PolicyRule(Model):
    """A right on Kubernetes objects in the namespace."""
    @property
    def api_groups(self) -> _List[str, str]:
        """API groups; "" is the core group. Required with resources."""
    @api_groups.setter
    def api_groups(self, value: str | Sequence[str] | None) -> None: ...
    @api_groups.deleter
    def api_groups(self) -> None: ...
    @property
    def resources(self) -> _List[str, str]:
        """Resources in the plural: configmaps, deployments/scale. Those that belong to no namespace, such as nodes or namespaces,
        are granted by a ClusterRole `<namespace>.<service>`, all others by a Role. Excludes nonResourceURLs; a rule has one of
        the two."""
    @resources.setter
    def resources(self, value: str | Sequence[str] | None) -> None: ...
    @resources.deleter
    def resources(self) -> None: ...
    @property
    def resource_names(self) -> _List[str, str]:
        """Names of single objects. Default: all, which presumes that the program may touch every object of these resources."""
    @resource_names.setter
    def resource_names(self, value: str | Sequence[str] | None) -> None: ...
    @resource_names.deleter
    def resource_names(self) -> None: ...
    @property
    def verbs(self) -> _List[str, str]:
        """get, list, watch, create, update, patch, delete ..."""
    @verbs.setter
    def verbs(self, value: str | Sequence[str] | None) -> None: ...
    @verbs.deleter
    def verbs(self) -> None: ...
    @property
    def non_resource_urls(self) -> _List[str, str]:
        """Paths of the API server that are no resources, such as /metrics; a star at the end stands for the rest. A ClusterRole
        grants them; the verbs are methods of HTTP in lower case: get, post."""
    @non_resource_urls.setter
    def non_resource_urls(self, value: str | Sequence[str] | None) -> None: ...
    @non_resource_urls.deleter
    def non_resource_urls(self) -> None: ...
    def __init__(
        self,
        *,
        api_groups: 'str | Sequence[str] | None' = None,
        resources: 'str | Sequence[str] | None' = None,
        resource_names: 'str | Sequence[str] | None' = None,
        verbs: 'str | Sequence[str] | None' = None,
        non_resource_urls: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class PolicyRuleDict(TypedDict, total=False):
    apiGroups: str | Sequence[str] | None
    api_groups: str | Sequence[str] | None
    resources: str | Sequence[str] | None
    resourceNames: str | Sequence[str] | None
    resource_names: str | Sequence[str] | None
    verbs: str | Sequence[str] | None
    nonResourceURLs: str | Sequence[str] | None
    non_resource_urls: str | Sequence[str] | None

class Port(Model):
    """A port that a container listens on and its Service offers."""
    @property
    def name(self) -> str | None:
        """Port name, unique within the service; at most 15 of a-z, 0-9 and -, with a letter. Default: the protocol, because meshes
        read it from names."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def port(self) -> int | None:
        """Number the container listens on, 1 to 65535."""
    @port.setter
    def port(self, value: int | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def service_port(self) -> int | None:
        """Number the Service offers, 1 to 65535. Default: the container's, so that callers and the program name the same number."""
    @service_port.setter
    def service_port(self, value: int | None) -> None: ...
    @service_port.deleter
    def service_port(self) -> None: ...
    @property
    def protocol(self) -> Protocol | None:
        """Application protocol. Default: the one that the name begins with, as in grpc-orders; else http, because most ports speak
        it."""
    @protocol.setter
    def protocol(self, value: Protocol | Literal["http", "http2", "https", "grpc", "grpc-web", "websocket", "ws", "tcp", "tls", "mongo", "mysql", "redis", "udp"] | None) -> None: ...
    @protocol.deleter
    def protocol(self) -> None: ...
    @property
    def node_port(self) -> int | None:
        """Port on every node, for a Service of type NodePort or LoadBalancer, 1 to 65535. Default: chosen by the cluster, so that no
        two Services want the same one."""
    @node_port.setter
    def node_port(self, value: int | None) -> None: ...
    @node_port.deleter
    def node_port(self) -> None: ...
    @property
    def host_port(self) -> int | None:
        """Port on the pod's node, 1 to 65535; policies let every address reach it. The baseline security level forbids it."""
    @host_port.setter
    def host_port(self, value: int | None) -> None: ...
    @host_port.deleter
    def host_port(self) -> None: ...
    @property
    def mtls(self) -> MtlsMode | None:
        """In a mesh: STRICT, or PERMISSIVE to accept callers from outside the mesh as well. Default: the service's mesh.mtls."""
    @mtls.setter
    def mtls(self, value: MtlsMode | Literal["STRICT", "PERMISSIVE"] | None) -> None: ...
    @mtls.deleter
    def mtls(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        port: 'int | None' = None,
        service_port: 'int | None' = None,
        protocol: 'Protocol | Literal["http", "http2", "https", "grpc", "grpc-web", "websocket", "ws", "tcp", "tls", "mongo", "mysql", "redis", "udp"] | None' = None,
        node_port: 'int | None' = None,
        host_port: 'int | None' = None,
        mtls: 'MtlsMode | Literal["STRICT", "PERMISSIVE"] | None' = None,
    ) -> None: ...

class PortDict(TypedDict, total=False):
    name: str | int | None
    port: int | None
    servicePort: int | None
    service_port: int | None
    protocol: Protocol | Literal["http", "http2", "https", "grpc", "grpc-web", "websocket", "ws", "tcp", "tls", "mongo", "mysql", "redis", "udp"] | None
    nodePort: int | None
    node_port: int | None
    hostPort: int | None
    host_port: int | None
    mtls: MtlsMode | Literal["STRICT", "PERMISSIVE"] | None

class PortPolicy(Model):
    """Settings of one port; members that are not given are those of the service."""
    @property
    def port(self) -> int | str | None:
        """Name or number of the port."""
    @port.setter
    def port(self, value: int | str | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def load_balancer(self) -> LoadBalancer:
        """Which pod takes a request; `loadBalancer: LEAST_REQUEST` is short for {simple: LEAST_REQUEST}."""
    @load_balancer.setter
    def load_balancer(self, value: LoadBalancer | LoadBalancerDict | Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None) -> None: ...
    @load_balancer.deleter
    def load_balancer(self) -> None: ...
    @property
    def connection_pool(self) -> ConnectionPool:
        """Limits that keep a busy service from being overrun."""
    @connection_pool.setter
    def connection_pool(self, value: ConnectionPool | ConnectionPoolDict | None) -> None: ...
    @connection_pool.deleter
    def connection_pool(self) -> None: ...
    @property
    def outlier_detection(self) -> OutlierDetection:
        """Pods that fail get no requests for a while: the circuit breaker of a mesh."""
    @outlier_detection.setter
    def outlier_detection(self, value: OutlierDetection | OutlierDetectionDict | None) -> None: ...
    @outlier_detection.deleter
    def outlier_detection(self) -> None: ...
    def __init__(
        self,
        *,
        port: 'int | str | None' = None,
        load_balancer: 'LoadBalancer | LoadBalancerDict | Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None' = None,
        connection_pool: 'ConnectionPool | ConnectionPoolDict | None' = None,
        outlier_detection: 'OutlierDetection | OutlierDetectionDict | None' = None,
    ) -> None: ...

class PortPolicyDict(TypedDict, total=False):
    port: int | str | None
    loadBalancer: LoadBalancer | LoadBalancerDict | Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None
    load_balancer: LoadBalancer | LoadBalancerDict | Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None
    connectionPool: ConnectionPool | ConnectionPoolDict | None
    connection_pool: ConnectionPool | ConnectionPoolDict | None
    outlierDetection: OutlierDetection | OutlierDetectionDict | None
    outlier_detection: OutlierDetection | OutlierDetectionDict | None

class PreferredNode(Model):
    """Nodes that would be better than others."""
    @property
    def weight(self) -> int | None:
        """How much better, 1 to 100."""
    @weight.setter
    def weight(self, value: int | None) -> None: ...
    @weight.deleter
    def weight(self) -> None: ...
    @property
    def preference(self) -> NodeSelectorTerm:
        """Nodes described by their labels and fields; all parts must hold."""
    @preference.setter
    def preference(self, value: NodeSelectorTerm | NodeSelectorTermDict | None) -> None: ...
    @preference.deleter
    def preference(self) -> None: ...
    def __init__(
        self,
        *,
        weight: 'int | None' = None,
        preference: 'NodeSelectorTerm | NodeSelectorTermDict | None' = None,
    ) -> None: ...

class PreferredNodeDict(TypedDict, total=False):
    weight: int | None
    preference: NodeSelectorTerm | NodeSelectorTermDict | None

class PreferredPod(Model):
    """A pod affinity term that is a wish."""
    @property
    def weight(self) -> int | None:
        """How much it is wished, 1 to 100."""
    @weight.setter
    def weight(self, value: int | None) -> None: ...
    @weight.deleter
    def weight(self) -> None: ...
    @property
    def pod_affinity_term(self) -> PodAffinityTerm:
        """Pods near which, or far from which, pods run."""
    @pod_affinity_term.setter
    def pod_affinity_term(self, value: PodAffinityTerm | PodAffinityTermDict | None) -> None: ...
    @pod_affinity_term.deleter
    def pod_affinity_term(self) -> None: ...
    def __init__(
        self,
        *,
        weight: 'int | None' = None,
        pod_affinity_term: 'PodAffinityTerm | PodAffinityTermDict | None' = None,
    ) -> None: ...

class PreferredPodDict(TypedDict, total=False):
    weight: int | None
    podAffinityTerm: PodAffinityTerm | PodAffinityTermDict | None
    pod_affinity_term: PodAffinityTerm | PodAffinityTermDict | None

class PriorityClass(Model):
    """A PriorityClass to generate."""
    @property
    def name(self) -> str | None:
        """Name of the object; cluster-wide, so begin it with the application's."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def value(self) -> int | None:
        """Higher goes first, -2147483648 to 1000000000."""
    @value.setter
    def value(self, value: int | None) -> None: ...
    @value.deleter
    def value(self) -> None: ...
    @property
    def preemption_policy(self) -> Literal["PreemptLowerPriority", "Never"] | None:
        """PreemptLowerPriority or Never. Default: PreemptLowerPriority, because it is Kubernetes' own."""
    @preemption_policy.setter
    def preemption_policy(self, value: Literal["PreemptLowerPriority", "Never"] | None) -> None: ...
    @preemption_policy.deleter
    def preemption_policy(self) -> None: ...
    @property
    def description(self) -> str | None:
        """Its purpose, in words."""
    @description.setter
    def description(self, value: str | int | None) -> None: ...
    @description.deleter
    def description(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        value: 'int | None' = None,
        preemption_policy: 'Literal["PreemptLowerPriority", "Never"] | None' = None,
        description: 'str | int | None' = None,
    ) -> None: ...

class PriorityClassDict(TypedDict, total=False):
    name: str | int | None
    value: int | None
    preemptionPolicy: Literal["PreemptLowerPriority", "Never"] | None
    preemption_policy: Literal["PreemptLowerPriority", "Never"] | None
    description: str | int | None

class Probe(Model):
    """How the kubelet finds out how a container is. At most one of httpGet, tcpSocket, grpc and exec."""
    @property
    def enabled(self) -> bool | None:
        """`false` (in YAML also a word alone, `livenessProbe: off` or none) removes a probe that the runtime would bring."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def http_get(self) -> HttpGetAction:
        """An HTTP request to the container."""
    @http_get.setter
    def http_get(self, value: HttpGetAction | HttpGetActionDict | str | int | None) -> None: ...
    @http_get.deleter
    def http_get(self) -> None: ...
    @property
    def tcp_socket(self) -> TcpSocketAction:
        """A TCP connection to the container."""
    @tcp_socket.setter
    def tcp_socket(self, value: TcpSocketAction | TcpSocketActionDict | int | str | None) -> None: ...
    @tcp_socket.deleter
    def tcp_socket(self) -> None: ...
    @property
    def grpc(self) -> GrpcAction:
        """A gRPC health check."""
    @grpc.setter
    def grpc(self, value: GrpcAction | GrpcActionDict | int | str | None) -> None: ...
    @grpc.deleter
    def grpc(self) -> None: ...
    @property
    def exec(self) -> ExecAction:
        """A program to run in the container."""
    @exec.setter
    def exec(self, value: ExecAction | ExecActionDict | None) -> None: ...
    @exec.deleter
    def exec(self) -> None: ...
    @property
    def initial_delay_seconds(self) -> int | None:
        """Seconds to wait after the container's start, 0 to 86400. Default: 0, which presumes a program that answers within
        failureThreshold probes; slower ones have a startupProbe."""
    @initial_delay_seconds.setter
    def initial_delay_seconds(self, value: int | None) -> None: ...
    @initial_delay_seconds.deleter
    def initial_delay_seconds(self) -> None: ...
    @property
    def period_seconds(self) -> int | None:
        """Seconds between probes, 1 to 86400. Default: 10, because it is Kubernetes' own."""
    @period_seconds.setter
    def period_seconds(self, value: int | None) -> None: ...
    @period_seconds.deleter
    def period_seconds(self) -> None: ...
    @property
    def timeout_seconds(self) -> int | None:
        """Seconds until an answer counts as failed, 1 to 86400. Default: 1, because it is Kubernetes' own; it presumes a program
        that answers at once."""
    @timeout_seconds.setter
    def timeout_seconds(self, value: int | None) -> None: ...
    @timeout_seconds.deleter
    def timeout_seconds(self) -> None: ...
    @property
    def success_threshold(self) -> int | None:
        """Successes in a row after a failure until the container counts as well, 1 to 1000; 1 for liveness and startup. Default: 1,
        because it is Kubernetes' own."""
    @success_threshold.setter
    def success_threshold(self, value: int | None) -> None: ...
    @success_threshold.deleter
    def success_threshold(self) -> None: ...
    @property
    def failure_threshold(self) -> int | None:
        """Failures in a row until the container counts as failed, 1 to 1000. Default: 3, because it is Kubernetes' own."""
    @failure_threshold.setter
    def failure_threshold(self, value: int | None) -> None: ...
    @failure_threshold.deleter
    def failure_threshold(self) -> None: ...
    @property
    def termination_grace_period_seconds(self) -> int | None:
        """Grace period in seconds when this probe kills the container, 1 to 86400; not for readiness. Default: the pod's."""
    @termination_grace_period_seconds.setter
    def termination_grace_period_seconds(self, value: int | None) -> None: ...
    @termination_grace_period_seconds.deleter
    def termination_grace_period_seconds(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        http_get: 'HttpGetAction | HttpGetActionDict | str | int | None' = None,
        tcp_socket: 'TcpSocketAction | TcpSocketActionDict | int | str | None' = None,
        grpc: 'GrpcAction | GrpcActionDict | int | str | None' = None,
        exec: 'ExecAction | ExecActionDict | None' = None,
        initial_delay_seconds: 'int | None' = None,
        period_seconds: 'int | None' = None,
        timeout_seconds: 'int | None' = None,
        success_threshold: 'int | None' = None,
        failure_threshold: 'int | None' = None,
        termination_grace_period_seconds: 'int | None' = None,
    ) -> None: ...

class ProbeDict(TypedDict, total=False):
    enabled: bool | None
    httpGet: HttpGetAction | HttpGetActionDict | str | int | None
    http_get: HttpGetAction | HttpGetActionDict | str | int | None
    tcpSocket: TcpSocketAction | TcpSocketActionDict | int | str | None
    tcp_socket: TcpSocketAction | TcpSocketActionDict | int | str | None
    grpc: GrpcAction | GrpcActionDict | int | str | None
    exec: ExecAction | ExecActionDict | None
    initialDelaySeconds: int | None
    initial_delay_seconds: int | None
    periodSeconds: int | None
    period_seconds: int | None
    timeoutSeconds: int | None
    timeout_seconds: int | None
    successThreshold: int | None
    success_threshold: int | None
    failureThreshold: int | None
    failure_threshold: int | None
    terminationGracePeriodSeconds: int | None
    termination_grace_period_seconds: int | None

class Profile(Model):
    """A seccomp or AppArmor profile."""
    @property
    def type(self) -> ProfileType | None:
        """RuntimeDefault, Localhost or Unconfined; none leaves the profile out, also where a default or a runtime would bring one."""
    @type.setter
    def type(self, value: ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None) -> None: ...
    @type.deleter
    def type(self) -> None: ...
    @property
    def localhost_profile(self) -> str | None:
        """File of the profile below the kubelet's folder on the node; given exactly when type is Localhost."""
    @localhost_profile.setter
    def localhost_profile(self, value: str | int | None) -> None: ...
    @localhost_profile.deleter
    def localhost_profile(self) -> None: ...
    def __init__(
        self,
        *,
        type: 'ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None' = None,
        localhost_profile: 'str | int | None' = None,
    ) -> None: ...

class ProfileDict(TypedDict, total=False):
    type: ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None
    localhostProfile: str | int | None
    localhost_profile: str | int | None

class Projection(Model):
    """One source of a projected volume. Exactly one of its members."""
    @property
    def secret(self) -> KeyProjection:
        """A secret or ConfigMap beside others in one folder."""
    @secret.setter
    def secret(self, value: KeyProjection | KeyProjectionDict | str | int | None) -> None: ...
    @secret.deleter
    def secret(self) -> None: ...
    @property
    def config_map(self) -> KeyProjection:
        """A secret or ConfigMap beside others in one folder."""
    @config_map.setter
    def config_map(self, value: KeyProjection | KeyProjectionDict | str | int | None) -> None: ...
    @config_map.deleter
    def config_map(self) -> None: ...
    @property
    def service_account_token(self) -> TokenProjection:
        """A service account token as a file."""
    @service_account_token.setter
    def service_account_token(self, value: TokenProjection | TokenProjectionDict | str | int | None) -> None: ...
    @service_account_token.deleter
    def service_account_token(self) -> None: ...
    @property
    def downward_api(self) -> _List[FieldFile, FieldFileDict | str]:
        """Fields of the pod."""
    @downward_api.setter
    def downward_api(self, value: Mapping[str, FieldFile | FieldFileDict | str | int | None] | Sequence[FieldFile | FieldFileDict | str] | FieldFile | str | None) -> None: ...
    @downward_api.deleter
    def downward_api(self) -> None: ...
    def __init__(
        self,
        *,
        secret: 'KeyProjection | KeyProjectionDict | str | int | None' = None,
        config_map: 'KeyProjection | KeyProjectionDict | str | int | None' = None,
        service_account_token: 'TokenProjection | TokenProjectionDict | str | int | None' = None,
        downward_api: 'Mapping[str, FieldFile | FieldFileDict | str | int | None] | Sequence[FieldFile | FieldFileDict | str] | FieldFile | str | None' = None,
    ) -> None: ...

class ProjectionDict(TypedDict, total=False):
    secret: KeyProjection | KeyProjectionDict | str | int | None
    configMap: KeyProjection | KeyProjectionDict | str | int | None
    config_map: KeyProjection | KeyProjectionDict | str | int | None
    serviceAccountToken: TokenProjection | TokenProjectionDict | str | int | None
    service_account_token: TokenProjection | TokenProjectionDict | str | int | None
    downwardAPI: Mapping[str, FieldFile | FieldFileDict | str | int | None] | Sequence[FieldFile | FieldFileDict | str] | FieldFile | str | None
    downward_api: Mapping[str, FieldFile | FieldFileDict | str | int | None] | Sequence[FieldFile | FieldFileDict | str] | FieldFile | str | None

class QueryMatch(Model):
    """A query parameter that a request must have."""
    @property
    def name(self) -> str | None:
        """Name of the parameter."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def exact(self) -> str | None:
        """The whole value."""
    @exact.setter
    def exact(self, value: str | int | None) -> None: ...
    @exact.deleter
    def exact(self) -> None: ...
    @property
    def regex(self) -> str | None:
        """RE2 expression for the whole value."""
    @regex.setter
    def regex(self, value: str | int | None) -> None: ...
    @regex.deleter
    def regex(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        exact: 'str | int | None' = None,
        regex: 'str | int | None' = None,
    ) -> None: ...

class QueryMatchDict(TypedDict, total=False):
    name: str | int | None
    exact: str | int | None
    regex: str | int | None

class Receiver(Model):
    """A receiver of alerts. Its credentials come from secrets of the application."""
    @property
    def name(self) -> str | None:
        """Name, unique among receivers; a DNS label."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def type(self) -> ReceiverType | None:
        """pagerduty, slack, email or webhook."""
    @type.setter
    def type(self, value: ReceiverType | Literal["pagerduty", "slack", "email", "webhook"] | None) -> None: ...
    @type.deleter
    def type(self) -> None: ...
    @property
    def secret(self) -> str | None:
        """Secret with the credential: PagerDuty's routing key, Slack's webhook URL, the password of email, the URL of a webhook."""
    @secret.setter
    def secret(self, value: str | int | None) -> None: ...
    @secret.deleter
    def secret(self) -> None: ...
    @property
    def key(self) -> str | None:
        """Entry of the secret."""
    @key.setter
    def key(self, value: str | int | None) -> None: ...
    @key.deleter
    def key(self) -> None: ...
    @property
    def url(self) -> str | None:
        """webhook: URL, when it is no secret. Excludes secret."""
    @url.setter
    def url(self, value: str | int | None) -> None: ...
    @url.deleter
    def url(self) -> None: ...
    @property
    def channel(self) -> str | None:
        """slack: channel, such as #operations."""
    @channel.setter
    def channel(self, value: str | int | None) -> None: ...
    @channel.deleter
    def channel(self) -> None: ...
    @property
    def to(self) -> str | None:
        """email: address of the reader."""
    @to.setter
    def to(self, value: str | int | None) -> None: ...
    @to.deleter
    def to(self) -> None: ...
    @property
    def from_(self) -> str | None:
        """email: address of the sender."""
    @from_.setter
    def from_(self, value: str | int | None) -> None: ...
    @from_.deleter
    def from_(self) -> None: ...
    @property
    def smarthost(self) -> str | None:
        """email: host and port of the mail server, such as mail.example.com:587."""
    @smarthost.setter
    def smarthost(self, value: str | int | None) -> None: ...
    @smarthost.deleter
    def smarthost(self) -> None: ...
    @property
    def username(self) -> str | None:
        """email: user at the mail server. Default: none, without a password, which presumes a server that asks for neither."""
    @username.setter
    def username(self, value: str | int | None) -> None: ...
    @username.deleter
    def username(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        type: 'ReceiverType | Literal["pagerduty", "slack", "email", "webhook"] | None' = None,
        secret: 'str | int | None' = None,
        key: 'str | int | None' = None,
        url: 'str | int | None' = None,
        channel: 'str | int | None' = None,
        to: 'str | int | None' = None,
        from_: 'str | int | None' = None,
        smarthost: 'str | int | None' = None,
        username: 'str | int | None' = None,
    ) -> None: ...

ReceiverDict = TypedDict("ReceiverDict", {
    "name": str | int | None,
    "type": ReceiverType | Literal["pagerduty", "slack", "email", "webhook"] | None,
    "secret": str | int | None,
    "key": str | int | None,
    "url": str | int | None,
    "channel": str | int | None,
    "to": str | int | None,
    "from": str | int | None,
    "from_": str | int | None,
    "smarthost": str | int | None,
    "username": str | int | None,
}, total=False)

class Redirect(Model):
    """An answer that sends the client elsewhere; at least one of uri, authority, scheme and port."""
    @property
    def uri(self) -> str | None:
        """Whole new path. Default: the old one, because a redirect changes only what it names."""
    @uri.setter
    def uri(self, value: str | int | None) -> None: ...
    @uri.deleter
    def uri(self) -> None: ...
    @property
    def authority(self) -> str | None:
        """New host name. Default: the old one, because a redirect changes only what it names."""
    @authority.setter
    def authority(self, value: str | int | None) -> None: ...
    @authority.deleter
    def authority(self) -> None: ...
    @property
    def scheme(self) -> Literal["http", "https"] | None:
        """http or https. Default: the old one, because a redirect changes only what it names."""
    @scheme.setter
    def scheme(self, value: Literal["http", "https"] | None) -> None: ...
    @scheme.deleter
    def scheme(self) -> None: ...
    @property
    def port(self) -> int | None:
        """New port, 1 to 65535. Default: that of the scheme, because clients ask there."""
    @port.setter
    def port(self, value: int | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def redirect_code(self) -> int | None:
        """Status of the answer: 301, 302, 303, 307 or 308. Default: 301, because a redirect that stands in a model is permanent."""
    @redirect_code.setter
    def redirect_code(self, value: int | None) -> None: ...
    @redirect_code.deleter
    def redirect_code(self) -> None: ...
    def __init__(
        self,
        *,
        uri: 'str | int | None' = None,
        authority: 'str | int | None' = None,
        scheme: 'Literal["http", "https"] | None' = None,
        port: 'int | None' = None,
        redirect_code: 'int | None' = None,
    ) -> None: ...

class RedirectDict(TypedDict, total=False):
    uri: str | int | None
    authority: str | int | None
    scheme: Literal["http", "https"] | None
    port: int | None
    redirectCode: int | None
    redirect_code: int | None

class ResourceQuota(Model):
    """A ResourceQuota of the namespace."""
    @property
    def name(self) -> str | None:
        """Name of the object."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def hard(self) -> dict[str, str]:
        """Limits on sums: requests.cpu, limits.memory, pods, count/deployments.apps ..."""
    @hard.setter
    def hard(self, value: Mapping[str, str | int | float] | None) -> None: ...
    @hard.deleter
    def hard(self) -> None: ...
    @property
    def scopes(self) -> _List[str, str]:
        """Pods it counts: Terminating, NotTerminating, BestEffort, NotBestEffort, PriorityClass, CrossNamespacePodAffinity."""
    @scopes.setter
    def scopes(self, value: Literal["Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity"] | Sequence[Literal["Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity"]] | None) -> None: ...
    @scopes.deleter
    def scopes(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        hard: 'Mapping[str, str | int | float] | None' = None,
        scopes: 'Literal["Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity"] | Sequence[Literal["Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity"]] | None' = None,
    ) -> None: ...

class ResourceQuotaDict(TypedDict, total=False):
    name: str | int | None
    hard: Mapping[str, str | int | float] | None
    scopes: Literal["Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity"] | Sequence[Literal["Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity"]] | None

class Resources(Model):
    """CPU, memory and other resources of a container."""
    @property
    def requests(self) -> dict[str, str]:
        """Amounts that the scheduler reserves on the node. Default: the runtime's cpu and memory; of ephemeral-storage, which logs
        and scratch files are in, 64Mi unless it is in limits, which is then the request as well. Safe, because it bounds nothing.
        `none` in place of an amount refuses it."""
    @requests.setter
    def requests(self, value: Mapping[str, str | int | float] | Literal["none"] | None) -> None: ...
    @requests.deleter
    def requests(self) -> None: ...
    @property
    def limits(self) -> dict[str, str]:
        """Most that the container may use; not below the request. Default: the runtime's, which presumes the reference programs of
        cpython and condon; container has none, because nobody knows what the program needs. `cpu: none` leaves the CPU without a
        limit, `limits: none` everything."""
    @limits.setter
    def limits(self, value: Mapping[str, str | int | float] | Literal["none"] | None) -> None: ...
    @limits.deleter
    def limits(self) -> None: ...
    def __init__(
        self,
        *,
        requests: 'Mapping[str, str | int | float] | Literal["none"] | None' = None,
        limits: 'Mapping[str, str | int | float] | Literal["none"] | None' = None,
    ) -> None: ...

class ResourcesDict(TypedDict, total=False):
    requests: Mapping[str, str | int | float] | Literal["none"] | None
    limits: Mapping[str, str | int | float] | Literal["none"] | None

class Retries(Model):
    """Retries of requests that failed; `retries: 3` is short for attempts."""
    @property
    def attempts(self) -> int | None:
        """How often a failed request is tried again, 0 to 100; 0 turns off the two that a mesh makes by itself."""
    @attempts.setter
    def attempts(self, value: int | None) -> None: ...
    @attempts.deleter
    def attempts(self) -> None: ...
    @property
    def per_try_timeout(self) -> str | None:
        """Time that each try may take, the first one too, a Go duration from 1ms. Default: the timeout of the whole, because it is
        Istio's own."""
    @per_try_timeout.setter
    def per_try_timeout(self, value: str | int | None) -> None: ...
    @per_try_timeout.deleter
    def per_try_timeout(self) -> None: ...
    @property
    def retry_on(self) -> _List[str, str]:
        """Failures after which to try again: 5xx, gateway-error, reset, connect-failure, refused-stream, unavailable and others of
        Envoy, or HTTP status codes. Default: connect-failure and refused-stream, for gRPC also unavailable, which is safe because
        a service that fails so has mostly not begun the request."""
    @retry_on.setter
    def retry_on(self, value: str | Sequence[str] | None) -> None: ...
    @retry_on.deleter
    def retry_on(self) -> None: ...
    @property
    def retry_remote_localities(self) -> bool | None:
        """Whether other localities may be tried as well. Default: false, because it is Istio's own."""
    @retry_remote_localities.setter
    def retry_remote_localities(self, value: bool | None) -> None: ...
    @retry_remote_localities.deleter
    def retry_remote_localities(self) -> None: ...
    def __init__(
        self,
        *,
        attempts: 'int | None' = None,
        per_try_timeout: 'str | int | None' = None,
        retry_on: 'str | Sequence[str] | None' = None,
        retry_remote_localities: 'bool | None' = None,
    ) -> None: ...

class RetriesDict(TypedDict, total=False):
    attempts: int | None
    perTryTimeout: str | int | None
    per_try_timeout: str | int | None
    retryOn: str | Sequence[str] | None
    retry_on: str | Sequence[str] | None
    retryRemoteLocalities: bool | None
    retry_remote_localities: bool | None

class Rewrite(Model):
    """Values that replace those of the request before it reaches the service."""
    @property
    def uri(self) -> str | None:
        """Path in place of the matched one; behind a prefix the rest of the path stays."""
    @uri.setter
    def uri(self, value: str | int | None) -> None: ...
    @uri.deleter
    def uri(self) -> None: ...
    @property
    def authority(self) -> str | None:
        """Host name in place of the one that was asked for."""
    @authority.setter
    def authority(self, value: str | int | None) -> None: ...
    @authority.deleter
    def authority(self) -> None: ...
    def __init__(
        self,
        *,
        uri: 'str | int | None' = None,
        authority: 'str | int | None' = None,
    ) -> None: ...

class RewriteDict(TypedDict, total=False):
    uri: str | int | None
    authority: str | int | None

class ScalingBehavior(Model):
    """Both directions."""
    @property
    def scale_up(self) -> ScalingRules:
        """Rules for scaling in one direction."""
    @scale_up.setter
    def scale_up(self, value: ScalingRules | ScalingRulesDict | None) -> None: ...
    @scale_up.deleter
    def scale_up(self) -> None: ...
    @property
    def scale_down(self) -> ScalingRules:
        """Rules for scaling in one direction."""
    @scale_down.setter
    def scale_down(self, value: ScalingRules | ScalingRulesDict | None) -> None: ...
    @scale_down.deleter
    def scale_down(self) -> None: ...
    def __init__(
        self,
        *,
        scale_up: 'ScalingRules | ScalingRulesDict | None' = None,
        scale_down: 'ScalingRules | ScalingRulesDict | None' = None,
    ) -> None: ...

class ScalingBehaviorDict(TypedDict, total=False):
    scaleUp: ScalingRules | ScalingRulesDict | None
    scale_up: ScalingRules | ScalingRulesDict | None
    scaleDown: ScalingRules | ScalingRulesDict | None
    scale_down: ScalingRules | ScalingRulesDict | None

class ScalingPolicy(Model):
    """A limit on how fast the autoscaler may change the number of pods."""
    @property
    def type(self) -> Literal["Pods", "Percent"] | None:
        """Pods or Percent."""
    @type.setter
    def type(self, value: Literal["Pods", "Percent"] | None) -> None: ...
    @type.deleter
    def type(self) -> None: ...
    @property
    def value(self) -> int | None:
        """Pods or percent in one period, from 1."""
    @value.setter
    def value(self, value: int | None) -> None: ...
    @value.deleter
    def value(self) -> None: ...
    @property
    def period_seconds(self) -> int | None:
        """Seconds of the period, 1 to 1800."""
    @period_seconds.setter
    def period_seconds(self, value: int | None) -> None: ...
    @period_seconds.deleter
    def period_seconds(self) -> None: ...
    def __init__(
        self,
        *,
        type: 'Literal["Pods", "Percent"] | None' = None,
        value: 'int | None' = None,
        period_seconds: 'int | None' = None,
    ) -> None: ...

class ScalingPolicyDict(TypedDict, total=False):
    type: Literal["Pods", "Percent"] | None
    value: int | None
    periodSeconds: int | None
    period_seconds: int | None

class ScalingRules(Model):
    """Rules for scaling in one direction."""
    @property
    def stabilization_window_seconds(self) -> int | Literal["none"] | None:
        """Seconds of which the most cautious recommendation is taken, 0 to 3600. Default: 60 up, 300 down, because pods that leave
        too early come back at once; none leaves it to the cluster."""
    @stabilization_window_seconds.setter
    def stabilization_window_seconds(self, value: int | Literal["none"] | None) -> None: ...
    @stabilization_window_seconds.deleter
    def stabilization_window_seconds(self) -> None: ...
    @property
    def select_policy(self) -> Literal["Max", "Min", "Disabled"] | None:
        """Max, Min or Disabled. Default: Max, because it is Kubernetes' own."""
    @select_policy.setter
    def select_policy(self, value: Literal["Max", "Min", "Disabled"] | None) -> None: ...
    @select_policy.deleter
    def select_policy(self) -> None: ...
    @property
    def policies(self) -> _List[ScalingPolicy, ScalingPolicyDict]:
        """Rates; selectPolicy chooses among them. Default: 100 % in 15 s up, 10 % a minute down, so that pods come fast and leave
        slowly; none leaves them to the cluster."""
    @policies.setter
    def policies(self, value: Sequence[ScalingPolicy | ScalingPolicyDict] | ScalingPolicy | ScalingPolicyDict | Literal["none"] | None) -> None: ...
    @policies.deleter
    def policies(self) -> None: ...
    def __init__(
        self,
        *,
        stabilization_window_seconds: 'int | Literal["none"] | None' = None,
        select_policy: 'Literal["Max", "Min", "Disabled"] | None' = None,
        policies: 'Sequence[ScalingPolicy | ScalingPolicyDict] | ScalingPolicy | ScalingPolicyDict | Literal["none"] | None' = None,
    ) -> None: ...

class ScalingRulesDict(TypedDict, total=False):
    stabilizationWindowSeconds: int | Literal["none"] | None
    stabilization_window_seconds: int | Literal["none"] | None
    selectPolicy: Literal["Max", "Min", "Disabled"] | None
    select_policy: Literal["Max", "Min", "Disabled"] | None
    policies: Sequence[ScalingPolicy | ScalingPolicyDict] | ScalingPolicy | ScalingPolicyDict | Literal["none"] | None

class Scraping(Model):
    """How Prometheus finds the collector, and services with metrics."""
    @property
    def form(self) -> ScrapingForm | None:
        """serviceMonitor or podMonitor (Prometheus operator), annotations (prometheus.io/scrape), or collector (it scrapes the
        services itself). Default: serviceMonitor, because the Prometheus operator is what most clusters have."""
    @form.setter
    def form(self, value: ScrapingForm | Literal["serviceMonitor", "podMonitor", "annotations", "collector"] | None) -> None: ...
    @form.deleter
    def form(self) -> None: ...
    @property
    def labels(self) -> dict[str, str]:
        """Labels by which the user's Prometheus selects monitors and rules. Default: release: prometheus, because the chart of the
        Prometheus operator selects by it."""
    @labels.setter
    def labels(self, value: Mapping[str, str | int] | None) -> None: ...
    @labels.deleter
    def labels(self) -> None: ...
    @property
    def interval(self) -> str | None:
        """Time between two scrapes, such as 30s. Default: 30s, because it is that of Prometheus' charts."""
    @interval.setter
    def interval(self, value: str | int | None) -> None: ...
    @interval.deleter
    def interval(self) -> None: ...
    @property
    def scrape_timeout(self) -> str | None:
        """Time a scrape may take, not above the interval. Default: 10s, or the interval when that is less, because it is Prometheus'
        own."""
    @scrape_timeout.setter
    def scrape_timeout(self, value: str | int | None) -> None: ...
    @scrape_timeout.deleter
    def scrape_timeout(self) -> None: ...
    def __init__(
        self,
        *,
        form: 'ScrapingForm | Literal["serviceMonitor", "podMonitor", "annotations", "collector"] | None' = None,
        labels: 'Mapping[str, str | int] | None' = None,
        interval: 'str | int | None' = None,
        scrape_timeout: 'str | int | None' = None,
    ) -> None: ...

class ScrapingDict(TypedDict, total=False):
    form: ScrapingForm | Literal["serviceMonitor", "podMonitor", "annotations", "collector"] | None
    labels: Mapping[str, str | int] | None
    interval: str | int | None
    scrapeTimeout: str | int | None
    scrape_timeout: str | int | None

class Secret(Model):
    """A secret that lives outside; its values never stand in the model."""
    @property
    def name(self) -> str | None:
        """Name of the Kubernetes Secret."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def keys(self) -> _List[SecretKey, SecretKeyDict | str]:
        """Entries, brought by an ExternalSecret; for an existing secret only the names of its keys, [url, password]."""
    @keys.setter
    def keys(self, value: Mapping[str, SecretKey | SecretKeyDict | str | int | None] | Sequence[SecretKey | SecretKeyDict | str] | SecretKey | str | None) -> None: ...
    @keys.deleter
    def keys(self) -> None: ...
    @property
    def store(self) -> SecretStore:
        """Store. Default: the application's secretStore."""
    @store.setter
    def store(self, value: SecretStore | SecretStoreDict | str | int | None) -> None: ...
    @store.deleter
    def store(self) -> None: ...
    @property
    def refresh_interval(self) -> str | None:
        """How often the store is asked, a Go duration such as 15m or 1h. Default: 1h, which brings a changed value within the hour
        and asks the store rarely."""
    @refresh_interval.setter
    def refresh_interval(self, value: str | int | None) -> None: ...
    @refresh_interval.deleter
    def refresh_interval(self) -> None: ...
    @property
    def existing(self) -> bool | None:
        """Whether the Secret is created outside of the model; no ExternalSecret is generated then. Default: false, so that nobody
        has to create the Secret by hand."""
    @existing.setter
    def existing(self, value: bool | None) -> None: ...
    @existing.deleter
    def existing(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        keys: 'Mapping[str, SecretKey | SecretKeyDict | str | int | None] | Sequence[SecretKey | SecretKeyDict | str] | SecretKey | str | None' = None,
        store: 'SecretStore | SecretStoreDict | str | int | None' = None,
        refresh_interval: 'str | int | None' = None,
        existing: 'bool | None' = None,
    ) -> None: ...

class SecretDict(TypedDict, total=False):
    name: str | int | None
    keys: Mapping[str, SecretKey | SecretKeyDict | str | int | None] | Sequence[SecretKey | SecretKeyDict | str] | SecretKey | str | None
    store: SecretStore | SecretStoreDict | str | int | None
    refreshInterval: str | int | None
    refresh_interval: str | int | None
    existing: bool | None

class SecretEntry(Model):
    """An entry of a secret."""
    @property
    def name(self) -> str | None:
        """Name of the Secret."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def key(self) -> str | None:
        """Key in it."""
    @key.setter
    def key(self, value: str | int | None) -> None: ...
    @key.deleter
    def key(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        key: 'str | int | None' = None,
    ) -> None: ...

class SecretEntryDict(TypedDict, total=False):
    name: str | int | None
    key: str | int | None

class SecretKey(Model):
    """One entry of a secret."""
    @builtins.property
    def name(self) -> str | None:
        """Key in the Kubernetes Secret."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @builtins.property
    def remote_key(self) -> str | None:
        """Key in the store, such as a Vault path."""
    @remote_key.setter
    def remote_key(self, value: str | int | None) -> None: ...
    @remote_key.deleter
    def remote_key(self) -> None: ...
    @builtins.property
    def property(self) -> str | None:
        """Property below the remote key."""
    @property.setter
    def property(self, value: str | int | None) -> None: ...
    @property.deleter
    def property(self) -> None: ...
    @builtins.property
    def version(self) -> str | None:
        """Version of the remote key. Default: the newest, so that a value that was changed in the store arrives."""
    @version.setter
    def version(self, value: str | int | None) -> None: ...
    @version.deleter
    def version(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        remote_key: 'str | int | None' = None,
        property: 'str | int | None' = None,
        version: 'str | int | None' = None,
    ) -> None: ...

class SecretKeyDict(TypedDict, total=False):
    name: str | int | None
    remoteKey: str | int | None
    remote_key: str | int | None
    property: str | int | None
    version: str | int | None

class SecretStore(Model):
    """A store of the External Secrets Operator, set up by the operators of the cluster (Vault, AWS, GCP, Azure or any other)."""
    @property
    def name(self) -> str | None:
        """Name of the store."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def kind(self) -> StoreKind | None:
        """ClusterSecretStore or SecretStore. Default: ClusterSecretStore, because most clusters have one store for all namespaces."""
    @kind.setter
    def kind(self, value: StoreKind | Literal["ClusterSecretStore", "SecretStore"] | None) -> None: ...
    @kind.deleter
    def kind(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        kind: 'StoreKind | Literal["ClusterSecretStore", "SecretStore"] | None' = None,
    ) -> None: ...

class SecretStoreDict(TypedDict, total=False):
    name: str | int | None
    kind: StoreKind | Literal["ClusterSecretStore", "SecretStore"] | None

class SecurityContext(Model):
    """Rights of one container. Defaults meet the restricted Pod Security Standard."""
    @property
    def allow_privilege_escalation(self) -> bool | None:
        """Whether a process may gain more rights than its parent. Default: false, which is safe because programs without setuid
        files never need it."""
    @allow_privilege_escalation.setter
    def allow_privilege_escalation(self, value: bool | None) -> None: ...
    @allow_privilege_escalation.deleter
    def allow_privilege_escalation(self) -> None: ...
    @property
    def privileged(self) -> bool | None:
        """Whether the container is root on its node. Default: false, which is safe because only what administers its node needs it."""
    @privileged.setter
    def privileged(self, value: bool | None) -> None: ...
    @privileged.deleter
    def privileged(self) -> None: ...
    @property
    def read_only_root_filesystem(self) -> bool | None:
        """Whether the container's own file system is read-only. Default: true. /tmp stays writable, up to 1Gi: a pod that writes
        more is evicted, which is safe for the others on its node. For another size mount a volume there: `volumes: {scratch:
        {mountPath: /tmp, emptyDir: {sizeLimit: 5Gi}}}`."""
    @read_only_root_filesystem.setter
    def read_only_root_filesystem(self, value: bool | None) -> None: ...
    @read_only_root_filesystem.deleter
    def read_only_root_filesystem(self) -> None: ...
    @property
    def run_as_non_root(self) -> bool | None:
        """Whether the kubelet refuses to start it as root. Default: the pod's."""
    @run_as_non_root.setter
    def run_as_non_root(self, value: bool | None) -> None: ...
    @run_as_non_root.deleter
    def run_as_non_root(self) -> None: ...
    @property
    def run_as_user(self) -> int | None:
        """User id, 0 to 2147483647. Default: the pod's."""
    @run_as_user.setter
    def run_as_user(self, value: int | None) -> None: ...
    @run_as_user.deleter
    def run_as_user(self) -> None: ...
    @property
    def run_as_group(self) -> int | None:
        """Group id, 0 to 2147483647. Default: the pod's."""
    @run_as_group.setter
    def run_as_group(self, value: int | None) -> None: ...
    @run_as_group.deleter
    def run_as_group(self) -> None: ...
    @property
    def capabilities(self) -> Capabilities:
        """Linux capabilities to add and to drop, without the CAP_ prefix."""
    @capabilities.setter
    def capabilities(self, value: Capabilities | CapabilitiesDict | None) -> None: ...
    @capabilities.deleter
    def capabilities(self) -> None: ...
    @property
    def seccomp_profile(self) -> Profile:
        """A seccomp or AppArmor profile."""
    @seccomp_profile.setter
    def seccomp_profile(self, value: Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None) -> None: ...
    @seccomp_profile.deleter
    def seccomp_profile(self) -> None: ...
    @property
    def app_armor_profile(self) -> Profile:
        """A seccomp or AppArmor profile."""
    @app_armor_profile.setter
    def app_armor_profile(self, value: Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None) -> None: ...
    @app_armor_profile.deleter
    def app_armor_profile(self) -> None: ...
    @property
    def se_linux_options(self) -> SelinuxOptions:
        """SELinux labels."""
    @se_linux_options.setter
    def se_linux_options(self, value: SelinuxOptions | SelinuxOptionsDict | None) -> None: ...
    @se_linux_options.deleter
    def se_linux_options(self) -> None: ...
    @property
    def proc_mount(self) -> ProcMount | None:
        """Default or Unmasked. Default: Default, which hides parts of /proc."""
    @proc_mount.setter
    def proc_mount(self, value: ProcMount | Literal["Default", "Unmasked"] | None) -> None: ...
    @proc_mount.deleter
    def proc_mount(self) -> None: ...
    def __init__(
        self,
        *,
        allow_privilege_escalation: 'bool | None' = None,
        privileged: 'bool | None' = None,
        read_only_root_filesystem: 'bool | None' = None,
        run_as_non_root: 'bool | None' = None,
        run_as_user: 'int | None' = None,
        run_as_group: 'int | None' = None,
        capabilities: 'Capabilities | CapabilitiesDict | None' = None,
        seccomp_profile: 'Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None' = None,
        app_armor_profile: 'Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None' = None,
        se_linux_options: 'SelinuxOptions | SelinuxOptionsDict | None' = None,
        proc_mount: 'ProcMount | Literal["Default", "Unmasked"] | None' = None,
    ) -> None: ...

class SecurityContextDict(TypedDict, total=False):
    allowPrivilegeEscalation: bool | None
    allow_privilege_escalation: bool | None
    privileged: bool | None
    readOnlyRootFilesystem: bool | None
    read_only_root_filesystem: bool | None
    runAsNonRoot: bool | None
    run_as_non_root: bool | None
    runAsUser: int | None
    run_as_user: int | None
    runAsGroup: int | None
    run_as_group: int | None
    capabilities: Capabilities | CapabilitiesDict | None
    seccompProfile: Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None
    seccomp_profile: Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None
    appArmorProfile: Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None
    app_armor_profile: Profile | ProfileDict | ProfileType | Literal["RuntimeDefault", "Localhost", "Unconfined", "none"] | None
    seLinuxOptions: SelinuxOptions | SelinuxOptionsDict | None
    se_linux_options: SelinuxOptions | SelinuxOptionsDict | None
    procMount: ProcMount | Literal["Default", "Unmasked"] | None
    proc_mount: ProcMount | Literal["Default", "Unmasked"] | None

class SelectorExpression(Model):
    """One expression of a label selector."""
    @property
    def key(self) -> str | None:
        """Label key."""
    @key.setter
    def key(self, value: str | int | None) -> None: ...
    @key.deleter
    def key(self) -> None: ...
    @property
    def operator(self) -> Literal["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"] | None:
        """In, NotIn, Exists or DoesNotExist; node selectors also know Gt and Lt."""
    @operator.setter
    def operator(self, value: Literal["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"] | None) -> None: ...
    @operator.deleter
    def operator(self) -> None: ...
    @property
    def values(self) -> _List[str, str]:
        """Values for In and NotIn (at least one); none for Exists and DoesNotExist."""
    @values.setter
    def values(self, value: str | Sequence[str] | None) -> None: ...
    @values.deleter
    def values(self) -> None: ...
    def __init__(
        self,
        *,
        key: 'str | int | None' = None,
        operator: 'Literal["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"] | None' = None,
        values: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class SelectorExpressionDict(TypedDict, total=False):
    key: str | int | None
    operator: Literal["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"] | None
    values: str | Sequence[str] | None

class SelinuxOptions(Model):
    """SELinux labels."""
    @property
    def user(self) -> str | None:
        """User; the baseline security level forbids it."""
    @user.setter
    def user(self, value: str | int | None) -> None: ...
    @user.deleter
    def user(self) -> None: ...
    @property
    def role(self) -> str | None:
        """Role; the baseline security level forbids it."""
    @role.setter
    def role(self, value: str | int | None) -> None: ...
    @role.deleter
    def role(self) -> None: ...
    @property
    def type(self) -> str | None:
        """Type; the baseline security level allows container_t, container_init_t, container_kvm_t and container_engine_t."""
    @type.setter
    def type(self, value: str | int | None) -> None: ...
    @type.deleter
    def type(self) -> None: ...
    @property
    def level(self) -> str | None:
        """Level, such as s0:c123,c456."""
    @level.setter
    def level(self, value: str | int | None) -> None: ...
    @level.deleter
    def level(self) -> None: ...
    def __init__(
        self,
        *,
        user: 'str | int | None' = None,
        role: 'str | int | None' = None,
        type: 'str | int | None' = None,
        level: 'str | int | None' = None,
    ) -> None: ...

class SelinuxOptionsDict(TypedDict, total=False):
    user: str | int | None
    role: str | int | None
    type: str | int | None
    level: str | int | None

class Service(Model):
    """A service of the application. As an entry of `runtimes` it holds the defaults of the services that name it as their runtime;
    only an entry has `base`, and only a service has `runtime`."""
    @property
    def name(self) -> str | None:
        """Name of the service and its objects; a DNS label that begins with a letter, at most 63 long (a StatefulSet's 52, a
        CronJob's 52)."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def runtime(self) -> str | None:
        """Name of the runtime from which the service takes what it leaves out: `container` (any image: nothing is assumed of the
        program), `cpython` (Python), `condon` (alias `codon`; compiled Python), or an entry of `runtimes`. Default: container for
        a service with a whole `image`, because nothing else is known of the program; without both, cpython's defaults hold, and
        HD2126 says so."""
    @runtime.setter
    def runtime(self, value: str | int | None) -> None: ...
    @runtime.deleter
    def runtime(self) -> None: ...
    @property
    def kind(self) -> Workload | None:
        """Deployment, StatefulSet, DaemonSet, Job or CronJob. Default: CronJob with a schedule, because only it has one; else
        Deployment, because most services keep nothing on disk."""
    @kind.setter
    def kind(self, value: Workload | Literal["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"] | None) -> None: ...
    @kind.deleter
    def kind(self) -> None: ...
    @property
    def replicas(self) -> int | None:
        """Fixed number of pods, from 0; excludes autoscaling. Default: those of the autoscaler; without one 2, so that one pod
        answers while the other is away, but 1 with the runtime container, because not every program bears a second one."""
    @replicas.setter
    def replicas(self, value: int | None) -> None: ...
    @replicas.deleter
    def replicas(self) -> None: ...
    @property
    def image(self) -> Image:
        """A container image. Either a whole reference, or parts; parts left out come from the application."""
    @image.setter
    def image(self, value: Image | ImageDict | str | int | None) -> None: ...
    @image.deleter
    def image(self) -> None: ...
    @property
    def image_pull_policy(self) -> PullPolicy | None:
        """Always, IfNotPresent or Never. Default: IfNotPresent, which is safe because a tag never means another image: latest is
        refused."""
    @image_pull_policy.setter
    def image_pull_policy(self, value: PullPolicy | Literal["Always", "IfNotPresent", "Never"] | None) -> None: ...
    @image_pull_policy.deleter
    def image_pull_policy(self) -> None: ...
    @property
    def command(self) -> _List[str, str]:
        """Replaces the image's entry point."""
    @command.setter
    def command(self, value: str | Sequence[str] | None) -> None: ...
    @command.deleter
    def command(self) -> None: ...
    @property
    def args(self) -> _List[str, str]:
        """Replaces the image's arguments."""
    @args.setter
    def args(self, value: str | Sequence[str] | None) -> None: ...
    @args.deleter
    def args(self) -> None: ...
    @property
    def working_dir(self) -> str | None:
        """Working directory. Default: the image's, because the program was put there."""
    @working_dir.setter
    def working_dir(self, value: str | int | None) -> None: ...
    @working_dir.deleter
    def working_dir(self) -> None: ...
    @property
    def ports(self) -> _List[Port, PortDict | int]:
        """Ports that the container listens on, [] or none for none. Default: the runtime's, http on 8000, which presumes a Python
        server; container listens where the model says."""
    @ports.setter
    def ports(self, value: Sequence[Port | PortDict | int] | Port | PortDict | int | Literal["none"] | None) -> None: ...
    @ports.deleter
    def ports(self) -> None: ...
    @property
    def env(self) -> _List[Env, EnvDict | str]:
        """Environment variables."""
    @env.setter
    def env(self, value: Mapping[str, Env | EnvDict | str | int | None] | Sequence[Env | EnvDict | str] | Env | str | None) -> None: ...
    @env.deleter
    def env(self) -> None: ...
    @property
    def env_from(self) -> _List[EnvFrom, EnvFromDict]:
        """Secrets and ConfigMaps whose entries all become environment variables."""
    @env_from.setter
    def env_from(self, value: Sequence[EnvFrom | EnvFromDict] | EnvFrom | EnvFromDict | None) -> None: ...
    @env_from.deleter
    def env_from(self) -> None: ...
    @property
    def config_files(self) -> _List[ConfigFile, ConfigFileDict | str]:
        """Files of configuration."""
    @config_files.setter
    def config_files(self, value: Mapping[str, ConfigFile | ConfigFileDict | str | int | None] | Sequence[ConfigFile | ConfigFileDict | str] | ConfigFile | str | None) -> None: ...
    @config_files.deleter
    def config_files(self) -> None: ...
    @property
    def resources(self) -> Resources:
        """CPU, memory and other resources of a container."""
    @resources.setter
    def resources(self, value: Resources | ResourcesDict | None) -> None: ...
    @resources.deleter
    def resources(self) -> None: ...
    @property
    def startup_probe(self) -> Probe:
        """Until it succeeds the other probes wait; for slow starters. Default: none, which presumes a program that starts before its
        livenessProbe has failed for good."""
    @startup_probe.setter
    def startup_probe(self, value: Probe | ProbeDict | bool | Literal["none"] | None) -> None: ...
    @startup_probe.deleter
    def startup_probe(self) -> None: ...
    @property
    def readiness_probe(self) -> Probe:
        """While it fails the pod gets no traffic. Default: the runtime's, httpGet /ready, which presumes a Python server that has
        this path; container asks by TCP whether its first port is open."""
    @readiness_probe.setter
    def readiness_probe(self, value: Probe | ProbeDict | bool | Literal["none"] | None) -> None: ...
    @readiness_probe.deleter
    def readiness_probe(self) -> None: ...
    @property
    def liveness_probe(self) -> Probe:
        """When it fails the container is restarted. Default: the runtime's, httpGet /health, which presumes a Python server that has
        this path; container has none, because a wrong one restarts for ever."""
    @liveness_probe.setter
    def liveness_probe(self, value: Probe | ProbeDict | bool | Literal["none"] | None) -> None: ...
    @liveness_probe.deleter
    def liveness_probe(self) -> None: ...
    @property
    def lifecycle(self) -> Lifecycle:
        """Hooks at the container's start and end."""
    @lifecycle.setter
    def lifecycle(self, value: Lifecycle | LifecycleDict | None) -> None: ...
    @lifecycle.deleter
    def lifecycle(self) -> None: ...
    @property
    def termination_message_path(self) -> str | None:
        """File from which the kubelet reads why the container ended, an absolute path. Default: /dev/termination-log, which the
        kubelet puts into every container."""
    @termination_message_path.setter
    def termination_message_path(self, value: str | int | None) -> None: ...
    @termination_message_path.deleter
    def termination_message_path(self) -> None: ...
    @property
    def termination_message_policy(self) -> Literal["File", "FallbackToLogsOnError"] | None:
        """File, or FallbackToLogsOnError: the last lines of the log where a container that failed wrote no such file. Default: File,
        because logs may hold what not everybody who sees the pod's status may read."""
    @termination_message_policy.setter
    def termination_message_policy(self, value: Literal["File", "FallbackToLogsOnError"] | None) -> None: ...
    @termination_message_policy.deleter
    def termination_message_policy(self) -> None: ...
    @property
    def security_context(self) -> SecurityContext:
        """Rights of one container. Defaults meet the restricted Pod Security Standard."""
    @security_context.setter
    def security_context(self, value: SecurityContext | SecurityContextDict | None) -> None: ...
    @security_context.deleter
    def security_context(self) -> None: ...
    @property
    def volume_mounts(self) -> _List[VolumeMount, VolumeMountDict | str]:
        """Volumes of the pod that this container sees."""
    @volume_mounts.setter
    def volume_mounts(self, value: Mapping[str, VolumeMount | VolumeMountDict | str | int | None] | Sequence[VolumeMount | VolumeMountDict | str] | VolumeMount | str | None) -> None: ...
    @volume_mounts.deleter
    def volume_mounts(self) -> None: ...
    @property
    def pod_labels(self) -> dict[str, str]:
        """Labels of the pods alone."""
    @pod_labels.setter
    def pod_labels(self, value: Mapping[str, str | int] | None) -> None: ...
    @pod_labels.deleter
    def pod_labels(self) -> None: ...
    @property
    def pod_annotations(self) -> dict[str, str]:
        """Annotations of the pods alone."""
    @pod_annotations.setter
    def pod_annotations(self, value: Mapping[str, str | int] | None) -> None: ...
    @pod_annotations.deleter
    def pod_annotations(self) -> None: ...
    @property
    def image_pull_secrets(self) -> _List[str, str]:
        """Secrets with registry credentials: of the model, or such as exist in the namespace. One that comes from a store gets the
        type kubernetes.io/dockerconfigjson, because the kubelet uses no other, and so needs the key .dockerconfigjson. Default:
        none, which is safe for images that need no credential or nodes that have it."""
    @image_pull_secrets.setter
    def image_pull_secrets(self, value: str | Sequence[str] | None) -> None: ...
    @image_pull_secrets.deleter
    def image_pull_secrets(self) -> None: ...
    @property
    def init_containers(self) -> _List[NamedContainer, NamedContainerDict]:
        """Containers that run to their end, in this order, before the others start."""
    @init_containers.setter
    def init_containers(self, value: Mapping[str, NamedContainer | NamedContainerDict | None] | Sequence[NamedContainer | NamedContainerDict] | NamedContainer | None) -> None: ...
    @init_containers.deleter
    def init_containers(self) -> None: ...
    @property
    def sidecars(self) -> _List[NamedContainer, NamedContainerDict]:
        """Native sidecars: init containers that keep running, started before and stopped after the service. Kubernetes 1.29 or
        later."""
    @sidecars.setter
    def sidecars(self, value: Mapping[str, NamedContainer | NamedContainerDict | None] | Sequence[NamedContainer | NamedContainerDict] | NamedContainer | None) -> None: ...
    @sidecars.deleter
    def sidecars(self) -> None: ...
    @property
    def extra_containers(self) -> _List[NamedContainer, NamedContainerDict]:
        """Containers that start and stop together with the service's own one, as containers of the pod; sidecars are better for
        helpers that must be there before it and after it. A pod of a Job or CronJob has ended when all of them have."""
    @extra_containers.setter
    def extra_containers(self, value: Mapping[str, NamedContainer | NamedContainerDict | None] | Sequence[NamedContainer | NamedContainerDict] | NamedContainer | None) -> None: ...
    @extra_containers.deleter
    def extra_containers(self) -> None: ...
    @property
    def volumes(self) -> _List[Volume, VolumeDict]:
        """Volumes."""
    @volumes.setter
    def volumes(self, value: Mapping[str, Volume | VolumeDict | None] | Sequence[Volume | VolumeDict] | Volume | None) -> None: ...
    @volumes.deleter
    def volumes(self) -> None: ...
    @property
    def service_account(self) -> ServiceAccount:
        """The identity of the pods."""
    @service_account.setter
    def service_account(self, value: ServiceAccount | ServiceAccountDict | str | int | None) -> None: ...
    @service_account.deleter
    def service_account(self) -> None: ...
    @property
    def pod_security_context(self) -> PodSecurityContext:
        """Rights of all containers of the pod. Defaults meet the restricted Pod Security Standard."""
    @pod_security_context.setter
    def pod_security_context(self, value: PodSecurityContext | PodSecurityContextDict | None) -> None: ...
    @pod_security_context.deleter
    def pod_security_context(self) -> None: ...
    @property
    def node_selector(self) -> dict[str, str]:
        """Labels a node must have."""
    @node_selector.setter
    def node_selector(self, value: Mapping[str, str | int] | None) -> None: ...
    @node_selector.deleter
    def node_selector(self) -> None: ...
    @property
    def tolerations(self) -> _List[Toleration, TolerationDict]:
        """Taints to put up with."""
    @tolerations.setter
    def tolerations(self, value: Sequence[Toleration | TolerationDict] | Toleration | TolerationDict | None) -> None: ...
    @tolerations.deleter
    def tolerations(self) -> None: ...
    @property
    def affinity(self) -> Affinity:
        """All rules on nodes and other pods."""
    @affinity.setter
    def affinity(self, value: Affinity | AffinityDict | None) -> None: ...
    @affinity.deleter
    def affinity(self) -> None: ...
    @property
    def topology_spread_constraints(self) -> _List[TopologySpread, TopologySpreadDict]:
        """How the pods spread over zones and nodes. Default: as evenly as possible, without ever keeping a pod from starting; none
        leaves it to the scheduler. Not for a DaemonSet, which has a pod on every node."""
    @topology_spread_constraints.setter
    def topology_spread_constraints(self, value: Sequence[TopologySpread | TopologySpreadDict] | TopologySpread | TopologySpreadDict | Literal["none"] | None) -> None: ...
    @topology_spread_constraints.deleter
    def topology_spread_constraints(self) -> None: ...
    @property
    def priority_class_name(self) -> str | None:
        """Name of a priority class, of the application's priorityClasses or one that exists."""
    @priority_class_name.setter
    def priority_class_name(self, value: str | int | None) -> None: ...
    @priority_class_name.deleter
    def priority_class_name(self) -> None: ...
    @property
    def runtime_class_name(self) -> str | None:
        """Name of a container runtime class that exists."""
    @runtime_class_name.setter
    def runtime_class_name(self, value: str | int | None) -> None: ...
    @runtime_class_name.deleter
    def runtime_class_name(self) -> None: ...
    @property
    def scheduler_name(self) -> str | None:
        """Name of the scheduler. Default: the cluster's, because few clusters have another."""
    @scheduler_name.setter
    def scheduler_name(self, value: str | int | None) -> None: ...
    @scheduler_name.deleter
    def scheduler_name(self) -> None: ...
    @property
    def termination_grace_period_seconds(self) -> int | None:
        """Seconds between the request to stop and the kill, 1 to 86400. Default: 30, which presumes that the program ends within it
        on SIGTERM."""
    @termination_grace_period_seconds.setter
    def termination_grace_period_seconds(self, value: int | None) -> None: ...
    @termination_grace_period_seconds.deleter
    def termination_grace_period_seconds(self) -> None: ...
    @property
    def dns_policy(self) -> Literal["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"] | None:
        """ClusterFirst, ClusterFirstWithHostNet, Default or None. Default: ClusterFirst, because it is Kubernetes' own, and finds
        Services."""
    @dns_policy.setter
    def dns_policy(self, value: Literal["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"] | None) -> None: ...
    @dns_policy.deleter
    def dns_policy(self) -> None: ...
    @property
    def dns_config(self) -> DnsConfig:
        """The pod's resolver."""
    @dns_config.setter
    def dns_config(self, value: DnsConfig | DnsConfigDict | None) -> None: ...
    @dns_config.deleter
    def dns_config(self) -> None: ...
    @property
    def host_aliases(self) -> _List[HostAlias, HostAliasDict]:
        """Extra lines of /etc/hosts."""
    @host_aliases.setter
    def host_aliases(self, value: Sequence[HostAlias | HostAliasDict] | HostAlias | HostAliasDict | None) -> None: ...
    @host_aliases.deleter
    def host_aliases(self) -> None: ...
    @property
    def host_network(self) -> bool | None:
        """Whether the pod uses its node's network; the baseline security level forbids it."""
    @host_network.setter
    def host_network(self, value: bool | None) -> None: ...
    @host_network.deleter
    def host_network(self) -> None: ...
    @property
    def host_pid(self) -> bool | None:
        """Whether the pod sees its node's processes; the baseline security level forbids it."""
    @host_pid.setter
    def host_pid(self, value: bool | None) -> None: ...
    @host_pid.deleter
    def host_pid(self) -> None: ...
    @property
    def host_ipc(self) -> bool | None:
        """Whether the pod shares its node's IPC; the baseline security level forbids it."""
    @host_ipc.setter
    def host_ipc(self, value: bool | None) -> None: ...
    @host_ipc.deleter
    def host_ipc(self) -> None: ...
    @property
    def share_process_namespace(self) -> bool | None:
        """Whether the containers see each other's processes. Default: false, which is safe because one that was taken over cannot
        look into the others."""
    @share_process_namespace.setter
    def share_process_namespace(self, value: bool | None) -> None: ...
    @share_process_namespace.deleter
    def share_process_namespace(self) -> None: ...
    @property
    def enable_service_links(self) -> bool | None:
        """Whether Services are also given as environment variables. Default: false, because names of strangers would become
        variables of the program."""
    @enable_service_links.setter
    def enable_service_links(self, value: bool | None) -> None: ...
    @enable_service_links.deleter
    def enable_service_links(self) -> None: ...
    @property
    def schedule(self) -> str | None:
        """CronJob: when to run, in cron's five fields or a word such as @daily."""
    @schedule.setter
    def schedule(self, value: str | int | None) -> None: ...
    @schedule.deleter
    def schedule(self) -> None: ...
    @property
    def time_zone(self) -> str | None:
        """CronJob: IANA time zone of the schedule, such as Europe/Vienna. Default: the controller manager's, which presumes that its
        zone, mostly UTC, is meant. Kubernetes 1.25 or later."""
    @time_zone.setter
    def time_zone(self, value: str | int | None) -> None: ...
    @time_zone.deleter
    def time_zone(self) -> None: ...
    @property
    def concurrency_policy(self) -> Literal["Allow", "Forbid", "Replace"] | None:
        """CronJob: Allow, Forbid or Replace. Default: Forbid, which is safe because two runs never meet."""
    @concurrency_policy.setter
    def concurrency_policy(self, value: Literal["Allow", "Forbid", "Replace"] | None) -> None: ...
    @concurrency_policy.deleter
    def concurrency_policy(self) -> None: ...
    @property
    def suspend(self) -> bool | None:
        """Whether it does not run for now. Default: false, because a job is described in order to run."""
    @suspend.setter
    def suspend(self, value: bool | None) -> None: ...
    @suspend.deleter
    def suspend(self) -> None: ...
    @property
    def starting_deadline_seconds(self) -> int | None:
        """CronJob: seconds after which a missed run is skipped, 10 to 31536000."""
    @starting_deadline_seconds.setter
    def starting_deadline_seconds(self, value: int | None) -> None: ...
    @starting_deadline_seconds.deleter
    def starting_deadline_seconds(self) -> None: ...
    @property
    def successful_jobs_history_limit(self) -> int | None:
        """CronJob: finished runs to keep, from 0. Default: 3, because it is Kubernetes' own."""
    @successful_jobs_history_limit.setter
    def successful_jobs_history_limit(self, value: int | None) -> None: ...
    @successful_jobs_history_limit.deleter
    def successful_jobs_history_limit(self) -> None: ...
    @property
    def failed_jobs_history_limit(self) -> int | None:
        """CronJob: failed runs to keep, from 0. Default: 1, because it is Kubernetes' own."""
    @failed_jobs_history_limit.setter
    def failed_jobs_history_limit(self, value: int | None) -> None: ...
    @failed_jobs_history_limit.deleter
    def failed_jobs_history_limit(self) -> None: ...
    @property
    def completions(self) -> int | None:
        """Pods that must succeed, from 1. Default: 1, because it is Kubernetes' own."""
    @completions.setter
    def completions(self, value: int | None) -> None: ...
    @completions.deleter
    def completions(self) -> None: ...
    @property
    def parallelism(self) -> int | None:
        """Pods at the same time, from 0. Default: 1, because it is Kubernetes' own."""
    @parallelism.setter
    def parallelism(self, value: int | None) -> None: ...
    @parallelism.deleter
    def parallelism(self) -> None: ...
    @property
    def completion_mode(self) -> Literal["NonIndexed", "Indexed"] | None:
        """NonIndexed, or Indexed to number the pods. Default: NonIndexed, because it is Kubernetes' own."""
    @completion_mode.setter
    def completion_mode(self, value: Literal["NonIndexed", "Indexed"] | None) -> None: ...
    @completion_mode.deleter
    def completion_mode(self) -> None: ...
    @property
    def backoff_limit(self) -> int | None:
        """Retries before the job has failed, from 0. Default: 6, because it is Kubernetes' own."""
    @backoff_limit.setter
    def backoff_limit(self, value: int | None) -> None: ...
    @backoff_limit.deleter
    def backoff_limit(self) -> None: ...
    @property
    def active_deadline_seconds(self) -> int | None:
        """Seconds the job may take, from 1. Default: without end, which presumes a program that ends by itself."""
    @active_deadline_seconds.setter
    def active_deadline_seconds(self, value: int | None) -> None: ...
    @active_deadline_seconds.deleter
    def active_deadline_seconds(self) -> None: ...
    @property
    def ttl_seconds_after_finished(self) -> int | Literal["none"] | None:
        """Seconds after which a finished job is removed, from 0. Default: 86400 for a Job, so that finished jobs do not pile up. It
        presumes that nobody applies the manifest again: GitOps would run a removed job anew. none keeps it."""
    @ttl_seconds_after_finished.setter
    def ttl_seconds_after_finished(self, value: int | Literal["none"] | None) -> None: ...
    @ttl_seconds_after_finished.deleter
    def ttl_seconds_after_finished(self) -> None: ...
    @property
    def restart_policy(self) -> Literal["OnFailure", "Never"] | None:
        """OnFailure or Never. Default: Never, so that the logs of a failed pod stay."""
    @restart_policy.setter
    def restart_policy(self, value: Literal["OnFailure", "Never"] | None) -> None: ...
    @restart_policy.deleter
    def restart_policy(self) -> None: ...
    @property
    def calls(self) -> _List[Call, CallDict | str | int]:
        """Services and externals that the service calls; the network policy closes all other connections."""
    @calls.setter
    def calls(self, value: Sequence[Call | CallDict | str | int] | Call | CallDict | str | int | None) -> None: ...
    @calls.deleter
    def calls(self) -> None: ...
    @property
    def expose(self) -> _List[Exposure, ExposureDict | str | int]:
        """Under which paths the public gateway reaches the service. Default: not at all, which is safe because nobody outside
        reaches it."""
    @expose.setter
    def expose(self, value: Sequence[Exposure | ExposureDict | str | int] | Exposure | ExposureDict | str | int | None) -> None: ...
    @expose.deleter
    def expose(self) -> None: ...
    @property
    def metrics(self) -> Metrics:
        """Where Prometheus finds metrics."""
    @metrics.setter
    def metrics(self, value: Metrics | MetricsDict | bool | Literal["none"] | None) -> None: ...
    @metrics.deleter
    def metrics(self) -> None: ...
    @property
    def telemetry(self) -> ServiceTelemetry:
        """Telemetry of one service."""
    @telemetry.setter
    def telemetry(self, value: ServiceTelemetry | ServiceTelemetryDict | bool | None) -> None: ...
    @telemetry.deleter
    def telemetry(self) -> None: ...
    @property
    def service(self) -> ServiceObject:
        """The Service object."""
    @service.setter
    def service(self, value: ServiceObject | ServiceObjectDict | Literal["ClusterIP", "NodePort", "LoadBalancer"] | None) -> None: ...
    @service.deleter
    def service(self) -> None: ...
    @property
    def mesh(self) -> ServiceMesh:
        """How one service takes part in the mesh; `mesh: off` keeps it out."""
    @mesh.setter
    def mesh(self, value: ServiceMesh | ServiceMeshDict | bool | None) -> None: ...
    @mesh.deleter
    def mesh(self) -> None: ...
    @property
    def autoscaling(self) -> Autoscaling:
        """A HorizontalPodAutoscaler, KEDA's ScaledObject, or somebody else who scales."""
    @autoscaling.setter
    def autoscaling(self, value: Autoscaling | AutoscalingDict | bool | Literal["none"] | None) -> None: ...
    @autoscaling.deleter
    def autoscaling(self) -> None: ...
    @property
    def disruption_budget(self) -> DisruptionBudget:
        """How many pods a drain or an upgrade may take at once: a PodDisruptionBudget. At most one of the two figures."""
    @disruption_budget.setter
    def disruption_budget(self, value: DisruptionBudget | DisruptionBudgetDict | bool | Literal["none"] | None) -> None: ...
    @disruption_budget.deleter
    def disruption_budget(self) -> None: ...
    @property
    def traffic_policy(self) -> TrafficPolicy:
        """How others treat the service when they call it."""
    @traffic_policy.setter
    def traffic_policy(self, value: TrafficPolicy | TrafficPolicyDict | None) -> None: ...
    @traffic_policy.deleter
    def traffic_policy(self) -> None: ...
    @property
    def delivery(self) -> Delivery:
        """Progressive delivery of a service: canary or blueGreen."""
    @delivery.setter
    def delivery(self, value: Delivery | DeliveryDict | None) -> None: ...
    @delivery.deleter
    def delivery(self) -> None: ...
    @property
    def strategy(self) -> Strategy:
        """Deployment strategy, or update strategy of a StatefulSet or DaemonSet."""
    @strategy.setter
    def strategy(self, value: Strategy | StrategyDict | StrategyType | Literal["RollingUpdate", "Recreate", "OnDelete"] | None) -> None: ...
    @strategy.deleter
    def strategy(self) -> None: ...
    @property
    def min_ready_seconds(self) -> int | None:
        """Seconds a new pod must be ready before it counts, 0 to 86400. Default: 0, because a pod that is ready can answer."""
    @min_ready_seconds.setter
    def min_ready_seconds(self, value: int | None) -> None: ...
    @min_ready_seconds.deleter
    def min_ready_seconds(self) -> None: ...
    @property
    def progress_deadline_seconds(self) -> int | None:
        """Deployment: seconds until an update that makes no progress has failed, from 1; above minReadySeconds. Default: 600,
        because it is Kubernetes' own."""
    @progress_deadline_seconds.setter
    def progress_deadline_seconds(self, value: int | None) -> None: ...
    @progress_deadline_seconds.deleter
    def progress_deadline_seconds(self) -> None: ...
    @property
    def revision_history_limit(self) -> int | None:
        """Old versions to keep, from 0. Default: 10, because it is Kubernetes' own."""
    @revision_history_limit.setter
    def revision_history_limit(self, value: int | None) -> None: ...
    @revision_history_limit.deleter
    def revision_history_limit(self) -> None: ...
    @property
    def pod_management_policy(self) -> Literal["OrderedReady", "Parallel"] | None:
        """StatefulSet: OrderedReady or Parallel. Default: OrderedReady, because it is Kubernetes' own."""
    @pod_management_policy.setter
    def pod_management_policy(self, value: Literal["OrderedReady", "Parallel"] | None) -> None: ...
    @pod_management_policy.deleter
    def pod_management_policy(self) -> None: ...
    @property
    def persistent_volume_claim_retention_policy(self) -> ClaimRetention:
        """Whether the claims of a StatefulSet's pods are kept or deleted."""
    @persistent_volume_claim_retention_policy.setter
    def persistent_volume_claim_retention_policy(self, value: ClaimRetention | ClaimRetentionDict | None) -> None: ...
    @persistent_volume_claim_retention_policy.deleter
    def persistent_volume_claim_retention_policy(self) -> None: ...
    @property
    def build(self) -> Build:
        """Settings of a service's Dockerfile; as a member of a runtime, of all its services."""
    @build.setter
    def build(self, value: Build | BuildDict | bool | None) -> None: ...
    @build.deleter
    def build(self) -> None: ...
    @property
    def labels(self) -> dict[str, str]:
        """Labels of all objects of the service and its pods."""
    @labels.setter
    def labels(self, value: Mapping[str, str | int] | None) -> None: ...
    @labels.deleter
    def labels(self) -> None: ...
    @property
    def annotations(self) -> dict[str, str]:
        """Annotations of all objects of the service, not of its pods."""
    @annotations.setter
    def annotations(self, value: Mapping[str, str | int] | None) -> None: ...
    @annotations.deleter
    def annotations(self) -> None: ...
    @property
    def selector(self) -> dict[str, str]:
        """Labels by which a Deployment, StatefulSet or DaemonSet that runs already selects its pods. A selector cannot change:
        without this the API server refuses to update a workload that has another one. The pods have these labels beside the
        library's own, by which everything else selects them. Default: app.kubernetes.io/name and app.kubernetes.io/instance,
        because no two services of a namespace have both alike."""
    @selector.setter
    def selector(self, value: Mapping[str, str | int] | None) -> None: ...
    @selector.deleter
    def selector(self) -> None: ...
    @property
    def silence(self) -> _List[Silence, SilenceDict | str]:
        """Warnings that are accepted for this service."""
    @silence.setter
    def silence(self, value: Mapping[str, Silence | SilenceDict | str | int | None] | Sequence[Silence | SilenceDict | str] | Silence | str | None) -> None: ...
    @silence.deleter
    def silence(self) -> None: ...
    @property
    def base(self) -> str | None:
        """Only in an entry of `runtimes`: name of the runtime that this one builds on, one of the library's or another entry.
        Default: container, which assumes nothing. Entries named container, cpython or condon have none: they change the library's
        own defaults. In a resolved service: the library's runtime below all entries."""
    @base.setter
    def base(self, value: str | int | None) -> None: ...
    @base.deleter
    def base(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        runtime: 'str | int | None' = None,
        kind: 'Workload | Literal["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"] | None' = None,
        replicas: 'int | None' = None,
        image: 'Image | ImageDict | str | int | None' = None,
        image_pull_policy: 'PullPolicy | Literal["Always", "IfNotPresent", "Never"] | None' = None,
        command: 'str | Sequence[str] | None' = None,
        args: 'str | Sequence[str] | None' = None,
        working_dir: 'str | int | None' = None,
        ports: 'Sequence[Port | PortDict | int] | Port | PortDict | int | Literal["none"] | None' = None,
        port: 'Port | PortDict | int | None' = None,
        env: 'Mapping[str, Env | EnvDict | str | int | None] | Sequence[Env | EnvDict | str] | Env | str | None' = None,
        env_from: 'Sequence[EnvFrom | EnvFromDict] | EnvFrom | EnvFromDict | None' = None,
        config_files: 'Mapping[str, ConfigFile | ConfigFileDict | str | int | None] | Sequence[ConfigFile | ConfigFileDict | str] | ConfigFile | str | None' = None,
        resources: 'Resources | ResourcesDict | None' = None,
        startup_probe: 'Probe | ProbeDict | bool | Literal["none"] | None' = None,
        readiness_probe: 'Probe | ProbeDict | bool | Literal["none"] | None' = None,
        liveness_probe: 'Probe | ProbeDict | bool | Literal["none"] | None' = None,
        lifecycle: 'Lifecycle | LifecycleDict | None' = None,
        termination_message_path: 'str | int | None' = None,
        termination_message_policy: 'Literal["File", "FallbackToLogsOnError"] | None' = None,
        security_context: 'SecurityContext | SecurityContextDict | None' = None,
        volume_mounts: 'Mapping[str, VolumeMount | VolumeMountDict | str | int | None] | Sequence[VolumeMount | VolumeMountDict | str] | VolumeMount | str | None' = None,
        pod_labels: 'Mapping[str, str | int] | None' = None,
        pod_annotations: 'Mapping[str, str | int] | None' = None,
        image_pull_secrets: 'str | Sequence[str] | None' = None,
        init_containers: 'Mapping[str, NamedContainer | NamedContainerDict | None] | Sequence[NamedContainer | NamedContainerDict] | NamedContainer | None' = None,
        sidecars: 'Mapping[str, NamedContainer | NamedContainerDict | None] | Sequence[NamedContainer | NamedContainerDict] | NamedContainer | None' = None,
        extra_containers: 'Mapping[str, NamedContainer | NamedContainerDict | None] | Sequence[NamedContainer | NamedContainerDict] | NamedContainer | None' = None,
        volumes: 'Mapping[str, Volume | VolumeDict | None] | Sequence[Volume | VolumeDict] | Volume | None' = None,
        service_account: 'ServiceAccount | ServiceAccountDict | str | int | None' = None,
        pod_security_context: 'PodSecurityContext | PodSecurityContextDict | None' = None,
        node_selector: 'Mapping[str, str | int] | None' = None,
        tolerations: 'Sequence[Toleration | TolerationDict] | Toleration | TolerationDict | None' = None,
        affinity: 'Affinity | AffinityDict | None' = None,
        topology_spread_constraints: 'Sequence[TopologySpread | TopologySpreadDict] | TopologySpread | TopologySpreadDict | Literal["none"] | None' = None,
        priority_class_name: 'str | int | None' = None,
        runtime_class_name: 'str | int | None' = None,
        scheduler_name: 'str | int | None' = None,
        termination_grace_period_seconds: 'int | None' = None,
        dns_policy: 'Literal["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"] | None' = None,
        dns_config: 'DnsConfig | DnsConfigDict | None' = None,
        host_aliases: 'Sequence[HostAlias | HostAliasDict] | HostAlias | HostAliasDict | None' = None,
        host_network: 'bool | None' = None,
        host_pid: 'bool | None' = None,
        host_ipc: 'bool | None' = None,
        share_process_namespace: 'bool | None' = None,
        enable_service_links: 'bool | None' = None,
        schedule: 'str | int | None' = None,
        time_zone: 'str | int | None' = None,
        concurrency_policy: 'Literal["Allow", "Forbid", "Replace"] | None' = None,
        suspend: 'bool | None' = None,
        starting_deadline_seconds: 'int | None' = None,
        successful_jobs_history_limit: 'int | None' = None,
        failed_jobs_history_limit: 'int | None' = None,
        completions: 'int | None' = None,
        parallelism: 'int | None' = None,
        completion_mode: 'Literal["NonIndexed", "Indexed"] | None' = None,
        backoff_limit: 'int | None' = None,
        active_deadline_seconds: 'int | None' = None,
        ttl_seconds_after_finished: 'int | Literal["none"] | None' = None,
        restart_policy: 'Literal["OnFailure", "Never"] | None' = None,
        calls: 'Sequence[Call | CallDict | str | int] | Call | CallDict | str | int | None' = None,
        expose: 'Sequence[Exposure | ExposureDict | str | int] | Exposure | ExposureDict | str | int | None' = None,
        metrics: 'Metrics | MetricsDict | bool | Literal["none"] | None' = None,
        telemetry: 'ServiceTelemetry | ServiceTelemetryDict | bool | None' = None,
        service: 'ServiceObject | ServiceObjectDict | Literal["ClusterIP", "NodePort", "LoadBalancer"] | None' = None,
        mesh: 'ServiceMesh | ServiceMeshDict | bool | None' = None,
        autoscaling: 'Autoscaling | AutoscalingDict | bool | Literal["none"] | None' = None,
        disruption_budget: 'DisruptionBudget | DisruptionBudgetDict | bool | Literal["none"] | None' = None,
        traffic_policy: 'TrafficPolicy | TrafficPolicyDict | None' = None,
        delivery: 'Delivery | DeliveryDict | None' = None,
        strategy: 'Strategy | StrategyDict | StrategyType | Literal["RollingUpdate", "Recreate", "OnDelete"] | None' = None,
        min_ready_seconds: 'int | None' = None,
        progress_deadline_seconds: 'int | None' = None,
        revision_history_limit: 'int | None' = None,
        pod_management_policy: 'Literal["OrderedReady", "Parallel"] | None' = None,
        persistent_volume_claim_retention_policy: 'ClaimRetention | ClaimRetentionDict | None' = None,
        build: 'Build | BuildDict | bool | None' = None,
        labels: 'Mapping[str, str | int] | None' = None,
        annotations: 'Mapping[str, str | int] | None' = None,
        selector: 'Mapping[str, str | int] | None' = None,
        silence: 'Mapping[str, Silence | SilenceDict | str | int | None] | Sequence[Silence | SilenceDict | str] | Silence | str | None' = None,
        base: 'str | int | None' = None,
    ) -> None: ...

class ServiceDict(TypedDict, total=False):
    name: str | int | None
    runtime: str | int | None
    kind: Workload | Literal["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"] | None
    replicas: int | None
    image: Image | ImageDict | str | int | None
    imagePullPolicy: PullPolicy | Literal["Always", "IfNotPresent", "Never"] | None
    image_pull_policy: PullPolicy | Literal["Always", "IfNotPresent", "Never"] | None
    command: str | Sequence[str] | None
    args: str | Sequence[str] | None
    workingDir: str | int | None
    working_dir: str | int | None
    ports: Sequence[Port | PortDict | int] | Port | PortDict | int | Literal["none"] | None
    port: Port | PortDict | int | None
    env: Mapping[str, Env | EnvDict | str | int | None] | Sequence[Env | EnvDict | str] | Env | str | None
    envFrom: Sequence[EnvFrom | EnvFromDict] | EnvFrom | EnvFromDict | None
    env_from: Sequence[EnvFrom | EnvFromDict] | EnvFrom | EnvFromDict | None
    configFiles: Mapping[str, ConfigFile | ConfigFileDict | str | int | None] | Sequence[ConfigFile | ConfigFileDict | str] | ConfigFile | str | None
    config_files: Mapping[str, ConfigFile | ConfigFileDict | str | int | None] | Sequence[ConfigFile | ConfigFileDict | str] | ConfigFile | str | None
    resources: Resources | ResourcesDict | None
    startupProbe: Probe | ProbeDict | bool | Literal["none"] | None
    startup_probe: Probe | ProbeDict | bool | Literal["none"] | None
    readinessProbe: Probe | ProbeDict | bool | Literal["none"] | None
    readiness_probe: Probe | ProbeDict | bool | Literal["none"] | None
    livenessProbe: Probe | ProbeDict | bool | Literal["none"] | None
    liveness_probe: Probe | ProbeDict | bool | Literal["none"] | None
    lifecycle: Lifecycle | LifecycleDict | None
    terminationMessagePath: str | int | None
    termination_message_path: str | int | None
    terminationMessagePolicy: Literal["File", "FallbackToLogsOnError"] | None
    termination_message_policy: Literal["File", "FallbackToLogsOnError"] | None
    securityContext: SecurityContext | SecurityContextDict | None
    security_context: SecurityContext | SecurityContextDict | None
    volumeMounts: Mapping[str, VolumeMount | VolumeMountDict | str | int | None] | Sequence[VolumeMount | VolumeMountDict | str] | VolumeMount | str | None
    volume_mounts: Mapping[str, VolumeMount | VolumeMountDict | str | int | None] | Sequence[VolumeMount | VolumeMountDict | str] | VolumeMount | str | None
    podLabels: Mapping[str, str | int] | None
    pod_labels: Mapping[str, str | int] | None
    podAnnotations: Mapping[str, str | int] | None
    pod_annotations: Mapping[str, str | int] | None
    imagePullSecrets: str | Sequence[str] | None
    image_pull_secrets: str | Sequence[str] | None
    initContainers: Mapping[str, NamedContainer | NamedContainerDict | None] | Sequence[NamedContainer | NamedContainerDict] | NamedContainer | None
    init_containers: Mapping[str, NamedContainer | NamedContainerDict | None] | Sequence[NamedContainer | NamedContainerDict] | NamedContainer | None
    sidecars: Mapping[str, NamedContainer | NamedContainerDict | None] | Sequence[NamedContainer | NamedContainerDict] | NamedContainer | None
    extraContainers: Mapping[str, NamedContainer | NamedContainerDict | None] | Sequence[NamedContainer | NamedContainerDict] | NamedContainer | None
    extra_containers: Mapping[str, NamedContainer | NamedContainerDict | None] | Sequence[NamedContainer | NamedContainerDict] | NamedContainer | None
    volumes: Mapping[str, Volume | VolumeDict | None] | Sequence[Volume | VolumeDict] | Volume | None
    serviceAccount: ServiceAccount | ServiceAccountDict | str | int | None
    service_account: ServiceAccount | ServiceAccountDict | str | int | None
    podSecurityContext: PodSecurityContext | PodSecurityContextDict | None
    pod_security_context: PodSecurityContext | PodSecurityContextDict | None
    nodeSelector: Mapping[str, str | int] | None
    node_selector: Mapping[str, str | int] | None
    tolerations: Sequence[Toleration | TolerationDict] | Toleration | TolerationDict | None
    affinity: Affinity | AffinityDict | None
    topologySpreadConstraints: Sequence[TopologySpread | TopologySpreadDict] | TopologySpread | TopologySpreadDict | Literal["none"] | None
    topology_spread_constraints: Sequence[TopologySpread | TopologySpreadDict] | TopologySpread | TopologySpreadDict | Literal["none"] | None
    priorityClassName: str | int | None
    priority_class_name: str | int | None
    runtimeClassName: str | int | None
    runtime_class_name: str | int | None
    schedulerName: str | int | None
    scheduler_name: str | int | None
    terminationGracePeriodSeconds: int | None
    termination_grace_period_seconds: int | None
    dnsPolicy: Literal["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"] | None
    dns_policy: Literal["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"] | None
    dnsConfig: DnsConfig | DnsConfigDict | None
    dns_config: DnsConfig | DnsConfigDict | None
    hostAliases: Sequence[HostAlias | HostAliasDict] | HostAlias | HostAliasDict | None
    host_aliases: Sequence[HostAlias | HostAliasDict] | HostAlias | HostAliasDict | None
    hostNetwork: bool | None
    host_network: bool | None
    hostPID: bool | None
    host_pid: bool | None
    hostIPC: bool | None
    host_ipc: bool | None
    shareProcessNamespace: bool | None
    share_process_namespace: bool | None
    enableServiceLinks: bool | None
    enable_service_links: bool | None
    schedule: str | int | None
    timeZone: str | int | None
    time_zone: str | int | None
    concurrencyPolicy: Literal["Allow", "Forbid", "Replace"] | None
    concurrency_policy: Literal["Allow", "Forbid", "Replace"] | None
    suspend: bool | None
    startingDeadlineSeconds: int | None
    starting_deadline_seconds: int | None
    successfulJobsHistoryLimit: int | None
    successful_jobs_history_limit: int | None
    failedJobsHistoryLimit: int | None
    failed_jobs_history_limit: int | None
    completions: int | None
    parallelism: int | None
    completionMode: Literal["NonIndexed", "Indexed"] | None
    completion_mode: Literal["NonIndexed", "Indexed"] | None
    backoffLimit: int | None
    backoff_limit: int | None
    activeDeadlineSeconds: int | None
    active_deadline_seconds: int | None
    ttlSecondsAfterFinished: int | Literal["none"] | None
    ttl_seconds_after_finished: int | Literal["none"] | None
    restartPolicy: Literal["OnFailure", "Never"] | None
    restart_policy: Literal["OnFailure", "Never"] | None
    calls: Sequence[Call | CallDict | str | int] | Call | CallDict | str | int | None
    expose: Sequence[Exposure | ExposureDict | str | int] | Exposure | ExposureDict | str | int | None
    metrics: Metrics | MetricsDict | bool | Literal["none"] | None
    telemetry: ServiceTelemetry | ServiceTelemetryDict | bool | None
    service: ServiceObject | ServiceObjectDict | Literal["ClusterIP", "NodePort", "LoadBalancer"] | None
    mesh: ServiceMesh | ServiceMeshDict | bool | None
    autoscaling: Autoscaling | AutoscalingDict | bool | Literal["none"] | None
    disruptionBudget: DisruptionBudget | DisruptionBudgetDict | bool | Literal["none"] | None
    disruption_budget: DisruptionBudget | DisruptionBudgetDict | bool | Literal["none"] | None
    trafficPolicy: TrafficPolicy | TrafficPolicyDict | None
    traffic_policy: TrafficPolicy | TrafficPolicyDict | None
    delivery: Delivery | DeliveryDict | None
    strategy: Strategy | StrategyDict | StrategyType | Literal["RollingUpdate", "Recreate", "OnDelete"] | None
    minReadySeconds: int | None
    min_ready_seconds: int | None
    progressDeadlineSeconds: int | None
    progress_deadline_seconds: int | None
    revisionHistoryLimit: int | None
    revision_history_limit: int | None
    podManagementPolicy: Literal["OrderedReady", "Parallel"] | None
    pod_management_policy: Literal["OrderedReady", "Parallel"] | None
    persistentVolumeClaimRetentionPolicy: ClaimRetention | ClaimRetentionDict | None
    persistent_volume_claim_retention_policy: ClaimRetention | ClaimRetentionDict | None
    build: Build | BuildDict | bool | None
    labels: Mapping[str, str | int] | None
    annotations: Mapping[str, str | int] | None
    selector: Mapping[str, str | int] | None
    silence: Mapping[str, Silence | SilenceDict | str | int | None] | Sequence[Silence | SilenceDict | str] | Silence | str | None
    base: str | int | None

class ServiceAccount(Model):
    """The identity of the pods."""
    @property
    def name(self) -> str | None:
        """Name of an account that exists. Default: one is generated with the service's name, so that no two services share their
        rights."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def annotations(self) -> dict[str, str]:
        """Annotations of the account that is generated, for example for a cloud's workload identity. Excludes name."""
    @annotations.setter
    def annotations(self, value: Mapping[str, str | int] | None) -> None: ...
    @annotations.deleter
    def annotations(self) -> None: ...
    @property
    def rules(self) -> _List[PolicyRule, PolicyRuleDict]:
        """Rights, as a Role and RoleBinding in the namespace. Default: none, which is safe because most programs never ask the API
        server."""
    @rules.setter
    def rules(self, value: Sequence[PolicyRule | PolicyRuleDict] | PolicyRule | PolicyRuleDict | None) -> None: ...
    @rules.deleter
    def rules(self) -> None: ...
    @property
    def automount_service_account_token(self) -> bool | None:
        """Whether the pods get a token. Default: only with rules, because a token that nobody uses can only be stolen."""
    @automount_service_account_token.setter
    def automount_service_account_token(self, value: bool | None) -> None: ...
    @automount_service_account_token.deleter
    def automount_service_account_token(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        annotations: 'Mapping[str, str | int] | None' = None,
        rules: 'Sequence[PolicyRule | PolicyRuleDict] | PolicyRule | PolicyRuleDict | None' = None,
        automount_service_account_token: 'bool | None' = None,
    ) -> None: ...

class ServiceAccountDict(TypedDict, total=False):
    name: str | int | None
    annotations: Mapping[str, str | int] | None
    rules: Sequence[PolicyRule | PolicyRuleDict] | PolicyRule | PolicyRuleDict | None
    automountServiceAccountToken: bool | None
    automount_service_account_token: bool | None

class ServiceAlerts(Model):
    """Alerts of one service, where they differ from the application's."""
    @property
    def enabled(self) -> bool | None:
        """`false` (in YAML also the word alone, `alerts: off`) leaves the service without. Default: the application's."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def labels(self) -> dict[str, str]:
        """Labels of this service's alerts besides the application's, for routing."""
    @labels.setter
    def labels(self, value: Mapping[str, str | int] | None) -> None: ...
    @labels.deleter
    def labels(self) -> None: ...
    @property
    def availability(self) -> Alert:
        """Share of requests that were answered without a server error, as callers see it. Default: below 99.9% in 1h, for 5m,
        critical, which presumes that one failed request in a thousand needs a person at once."""
    @availability.setter
    def availability(self, value: Alert | AlertDict | bool | None) -> None: ...
    @availability.deleter
    def availability(self) -> None: ...
    @property
    def response_time(self) -> Alert:
        """Average time of a response. Default: above 100ms in 5m, for 10m, warning, which presumes a service that people wait for."""
    @response_time.setter
    def response_time(self, value: Alert | AlertDict | bool | None) -> None: ...
    @response_time.deleter
    def response_time(self) -> None: ...
    @property
    def error_rate(self) -> Alert:
        """Share of requests answered with a server error. Default: above 0.1% in 5m, for 5m, warning, which presumes that one failed
        request in a thousand is too many, and can wait for working hours."""
    @error_rate.setter
    def error_rate(self, value: Alert | AlertDict | bool | None) -> None: ...
    @error_rate.deleter
    def error_rate(self) -> None: ...
    @property
    def resource_use(self) -> Alert:
        """CPU and memory of the fullest pod against its limits. Default: above 80% in 5m, for 15m, warning, so that there is time to
        act before the limit is reached."""
    @resource_use.setter
    def resource_use(self, value: Alert | AlertDict | bool | None) -> None: ...
    @resource_use.deleter
    def resource_use(self) -> None: ...
    @property
    def crash_loop(self) -> Alert:
        """A container that is restarted again and again. Default: for 5m, critical, because such a container rarely recovers by
        itself."""
    @crash_loop.setter
    def crash_loop(self, value: Alert | AlertDict | bool | None) -> None: ...
    @crash_loop.deleter
    def crash_loop(self) -> None: ...
    @property
    def unavailable_replicas(self) -> Alert:
        """Fewer pods are available than are wanted. Default: for 15m, warning, so that an update or a drain does not raise it."""
    @unavailable_replicas.setter
    def unavailable_replicas(self, value: Alert | AlertDict | bool | None) -> None: ...
    @unavailable_replicas.deleter
    def unavailable_replicas(self) -> None: ...
    @property
    def autoscaler_at_max(self) -> Alert:
        """The autoscaler wants as many pods as it may have. Default: for 15m, warning, so that a short peak does not raise it."""
    @autoscaler_at_max.setter
    def autoscaler_at_max(self, value: Alert | AlertDict | bool | None) -> None: ...
    @autoscaler_at_max.deleter
    def autoscaler_at_max(self) -> None: ...
    @property
    def cpu_throttling(self) -> Alert:
        """Share of periods in which the CPU limit held the container back. Default: above 25% in 5m, for 15m, info, because a
        service that is held back now and then may be fast enough."""
    @cpu_throttling.setter
    def cpu_throttling(self, value: Alert | AlertDict | bool | None) -> None: ...
    @cpu_throttling.deleter
    def cpu_throttling(self) -> None: ...
    @property
    def job_failed(self) -> Alert:
        """A run of a Job or CronJob failed. Default: at once, warning, because all retries have failed by then."""
    @job_failed.setter
    def job_failed(self, value: Alert | AlertDict | bool | None) -> None: ...
    @job_failed.deleter
    def job_failed(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        labels: 'Mapping[str, str | int] | None' = None,
        availability: 'Alert | AlertDict | bool | None' = None,
        response_time: 'Alert | AlertDict | bool | None' = None,
        error_rate: 'Alert | AlertDict | bool | None' = None,
        resource_use: 'Alert | AlertDict | bool | None' = None,
        crash_loop: 'Alert | AlertDict | bool | None' = None,
        unavailable_replicas: 'Alert | AlertDict | bool | None' = None,
        autoscaler_at_max: 'Alert | AlertDict | bool | None' = None,
        cpu_throttling: 'Alert | AlertDict | bool | None' = None,
        job_failed: 'Alert | AlertDict | bool | None' = None,
    ) -> None: ...

class ServiceAlertsDict(TypedDict, total=False):
    enabled: bool | None
    labels: Mapping[str, str | int] | None
    availability: Alert | AlertDict | bool | None
    responseTime: Alert | AlertDict | bool | None
    response_time: Alert | AlertDict | bool | None
    errorRate: Alert | AlertDict | bool | None
    error_rate: Alert | AlertDict | bool | None
    resourceUse: Alert | AlertDict | bool | None
    resource_use: Alert | AlertDict | bool | None
    crashLoop: Alert | AlertDict | bool | None
    crash_loop: Alert | AlertDict | bool | None
    unavailableReplicas: Alert | AlertDict | bool | None
    unavailable_replicas: Alert | AlertDict | bool | None
    autoscalerAtMax: Alert | AlertDict | bool | None
    autoscaler_at_max: Alert | AlertDict | bool | None
    cpuThrottling: Alert | AlertDict | bool | None
    cpu_throttling: Alert | AlertDict | bool | None
    jobFailed: Alert | AlertDict | bool | None
    job_failed: Alert | AlertDict | bool | None

class ServiceMesh(Model):
    """How one service takes part in the mesh; `mesh: off` keeps it out."""
    @property
    def enabled(self) -> bool | None:
        """Whether its pods are in the mesh. Default: true where there is a mesh, but false on the node's network, because Istio
        cannot redirect the traffic of such pods."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def mtls(self) -> MtlsMode | None:
        """STRICT or PERMISSIVE. Default: the application's."""
    @mtls.setter
    def mtls(self, value: MtlsMode | Literal["STRICT", "PERMISSIVE"] | None) -> None: ...
    @mtls.deleter
    def mtls(self) -> None: ...
    @property
    def proxy(self) -> MeshProxy:
        """Default: the application's."""
    @proxy.setter
    def proxy(self, value: MeshProxy | MeshProxyDict | None) -> None: ...
    @proxy.deleter
    def proxy(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        mtls: 'MtlsMode | Literal["STRICT", "PERMISSIVE"] | None' = None,
        proxy: 'MeshProxy | MeshProxyDict | None' = None,
    ) -> None: ...

class ServiceMeshDict(TypedDict, total=False):
    enabled: bool | None
    mtls: MtlsMode | Literal["STRICT", "PERMISSIVE"] | None
    proxy: MeshProxy | MeshProxyDict | None

class ServiceObject(Model):
    """The Service object."""
    @property
    def type(self) -> Literal["ClusterIP", "NodePort", "LoadBalancer"] | None:
        """ClusterIP, NodePort or LoadBalancer. Default: ClusterIP, which is safe because nothing outside the cluster reaches it."""
    @type.setter
    def type(self, value: Literal["ClusterIP", "NodePort", "LoadBalancer"] | None) -> None: ...
    @type.deleter
    def type(self) -> None: ...
    @property
    def headless(self) -> bool | None:
        """Whether it is headless (clusterIP: None): DNS gives the pods' addresses. Default: true for a StatefulSet's governing
        Service, so that each pod has a name of its own; else false."""
    @headless.setter
    def headless(self, value: bool | None) -> None: ...
    @headless.deleter
    def headless(self) -> None: ...
    @property
    def annotations(self) -> dict[str, str]:
        """Annotations of the Service alone."""
    @annotations.setter
    def annotations(self, value: Mapping[str, str | int] | None) -> None: ...
    @annotations.deleter
    def annotations(self) -> None: ...
    @property
    def session_affinity(self) -> Literal["None", "ClientIP"] | None:
        """None or ClientIP. Default: None, so that requests spread over all pods."""
    @session_affinity.setter
    def session_affinity(self, value: Literal["None", "ClientIP"] | None) -> None: ...
    @session_affinity.deleter
    def session_affinity(self) -> None: ...
    @property
    def session_affinity_timeout_seconds(self) -> int | None:
        """Seconds of ClientIP affinity, 1 to 86400. Default: 10800, because it is Kubernetes' own."""
    @session_affinity_timeout_seconds.setter
    def session_affinity_timeout_seconds(self, value: int | None) -> None: ...
    @session_affinity_timeout_seconds.deleter
    def session_affinity_timeout_seconds(self) -> None: ...
    @property
    def external_traffic_policy(self) -> Literal["Cluster", "Local"] | None:
        """Cluster or Local; only for NodePort and LoadBalancer. Default: Cluster, so that every node takes requests."""
    @external_traffic_policy.setter
    def external_traffic_policy(self, value: Literal["Cluster", "Local"] | None) -> None: ...
    @external_traffic_policy.deleter
    def external_traffic_policy(self) -> None: ...
    @property
    def internal_traffic_policy(self) -> Literal["Cluster", "Local"] | None:
        """Cluster or Local. Default: Cluster, so that pods of other nodes are found too."""
    @internal_traffic_policy.setter
    def internal_traffic_policy(self, value: Literal["Cluster", "Local"] | None) -> None: ...
    @internal_traffic_policy.deleter
    def internal_traffic_policy(self) -> None: ...
    @property
    def traffic_distribution(self) -> Literal["PreferClose", "PreferSameZone", "PreferSameNode"] | None:
        """PreferClose from Kubernetes 1.31, written as PreferSameZone where that is its name; PreferSameZone and PreferSameNode from
        1.34."""
    @traffic_distribution.setter
    def traffic_distribution(self, value: Literal["PreferClose", "PreferSameZone", "PreferSameNode"] | None) -> None: ...
    @traffic_distribution.deleter
    def traffic_distribution(self) -> None: ...
    @property
    def ip_family_policy(self) -> Literal["SingleStack", "PreferDualStack", "RequireDualStack"] | None:
        """SingleStack, PreferDualStack (addresses of both families where the cluster has both) or RequireDualStack. Default:
        SingleStack, which every cluster has."""
    @ip_family_policy.setter
    def ip_family_policy(self, value: Literal["SingleStack", "PreferDualStack", "RequireDualStack"] | None) -> None: ...
    @ip_family_policy.deleter
    def ip_family_policy(self) -> None: ...
    @property
    def ip_families(self) -> _List[str, str]:
        """IPv4, IPv6 or both; the first is that of the address that programs are given. Default: the cluster's own, because its pods
        have addresses of that family."""
    @ip_families.setter
    def ip_families(self, value: Literal["IPv4", "IPv6"] | Sequence[Literal["IPv4", "IPv6"]] | None) -> None: ...
    @ip_families.deleter
    def ip_families(self) -> None: ...
    @property
    def publish_not_ready_addresses(self) -> bool | None:
        """Whether DNS also gives pods that are not ready. Default: false, so that nobody calls a pod that cannot answer."""
    @publish_not_ready_addresses.setter
    def publish_not_ready_addresses(self, value: bool | None) -> None: ...
    @publish_not_ready_addresses.deleter
    def publish_not_ready_addresses(self) -> None: ...
    @property
    def load_balancer_class(self) -> str | None:
        """Class of load balancer; only for LoadBalancer."""
    @load_balancer_class.setter
    def load_balancer_class(self, value: str | int | None) -> None: ...
    @load_balancer_class.deleter
    def load_balancer_class(self) -> None: ...
    @property
    def load_balancer_source_ranges(self) -> _List[str, str]:
        """Address ranges that may use the load balancer; only for LoadBalancer."""
    @load_balancer_source_ranges.setter
    def load_balancer_source_ranges(self, value: str | Sequence[str] | None) -> None: ...
    @load_balancer_source_ranges.deleter
    def load_balancer_source_ranges(self) -> None: ...
    def __init__(
        self,
        *,
        type: 'Literal["ClusterIP", "NodePort", "LoadBalancer"] | None' = None,
        headless: 'bool | None' = None,
        annotations: 'Mapping[str, str | int] | None' = None,
        session_affinity: 'Literal["None", "ClientIP"] | None' = None,
        session_affinity_timeout_seconds: 'int | None' = None,
        external_traffic_policy: 'Literal["Cluster", "Local"] | None' = None,
        internal_traffic_policy: 'Literal["Cluster", "Local"] | None' = None,
        traffic_distribution: 'Literal["PreferClose", "PreferSameZone", "PreferSameNode"] | None' = None,
        ip_family_policy: 'Literal["SingleStack", "PreferDualStack", "RequireDualStack"] | None' = None,
        ip_families: 'Literal["IPv4", "IPv6"] | Sequence[Literal["IPv4", "IPv6"]] | None' = None,
        publish_not_ready_addresses: 'bool | None' = None,
        load_balancer_class: 'str | int | None' = None,
        load_balancer_source_ranges: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class ServiceObjectDict(TypedDict, total=False):
    type: Literal["ClusterIP", "NodePort", "LoadBalancer"] | None
    headless: bool | None
    annotations: Mapping[str, str | int] | None
    sessionAffinity: Literal["None", "ClientIP"] | None
    session_affinity: Literal["None", "ClientIP"] | None
    sessionAffinityTimeoutSeconds: int | None
    session_affinity_timeout_seconds: int | None
    externalTrafficPolicy: Literal["Cluster", "Local"] | None
    external_traffic_policy: Literal["Cluster", "Local"] | None
    internalTrafficPolicy: Literal["Cluster", "Local"] | None
    internal_traffic_policy: Literal["Cluster", "Local"] | None
    trafficDistribution: Literal["PreferClose", "PreferSameZone", "PreferSameNode"] | None
    traffic_distribution: Literal["PreferClose", "PreferSameZone", "PreferSameNode"] | None
    ipFamilyPolicy: Literal["SingleStack", "PreferDualStack", "RequireDualStack"] | None
    ip_family_policy: Literal["SingleStack", "PreferDualStack", "RequireDualStack"] | None
    ipFamilies: Literal["IPv4", "IPv6"] | Sequence[Literal["IPv4", "IPv6"]] | None
    ip_families: Literal["IPv4", "IPv6"] | Sequence[Literal["IPv4", "IPv6"]] | None
    publishNotReadyAddresses: bool | None
    publish_not_ready_addresses: bool | None
    loadBalancerClass: str | int | None
    load_balancer_class: str | int | None
    loadBalancerSourceRanges: str | Sequence[str] | None
    load_balancer_source_ranges: str | Sequence[str] | None

class ServiceTelemetry(Model):
    """Telemetry of one service."""
    @property
    def enabled(self) -> bool | None:
        """`false` (in YAML also the word alone, `telemetry: off`) leaves the service without. Default: the application's."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def signals(self) -> _List[str, str]:
        """Signals that the service sends: traces, metrics, logs. Default: those that the collector takes, because others would be
        dropped there."""
    @signals.setter
    def signals(self, value: Literal["traces", "metrics", "logs"] | Sequence[Literal["traces", "metrics", "logs"]] | None) -> None: ...
    @signals.deleter
    def signals(self) -> None: ...
    @property
    def protocol(self) -> OtlpProtocol | None:
        """grpc (4317) or http/protobuf (4318). Default: grpc, because every collector takes it; http/protobuf for what the operator
        instruments, because its Python has no other, and where telemetry.collector.external has the port 4318."""
    @protocol.setter
    def protocol(self, value: OtlpProtocol | Literal["grpc", "http/protobuf"] | None) -> None: ...
    @protocol.deleter
    def protocol(self) -> None: ...
    @property
    def sampling(self) -> str | None:
        """Part of the traces that a service begins and keeps, 0 to 1; what a caller decided is kept. Default: 1, so that no trace is
        missing; large applications keep fewer."""
    @sampling.setter
    def sampling(self, value: str | int | None) -> None: ...
    @sampling.deleter
    def sampling(self) -> None: ...
    @property
    def propagators(self) -> _List[str, str]:
        """tracecontext, baggage, b3, b3multi, jaeger, xray. Default: tracecontext and baggage, because they are W3C's and every SDK
        has them."""
    @propagators.setter
    def propagators(self, value: Literal["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray"] | Sequence[Literal["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray"]] | None) -> None: ...
    @propagators.deleter
    def propagators(self) -> None: ...
    @property
    def resource_attributes(self) -> dict[str, str]:
        """Resource attributes besides those that the library gives."""
    @resource_attributes.setter
    def resource_attributes(self, value: Mapping[str, str | int] | None) -> None: ...
    @resource_attributes.deleter
    def resource_attributes(self) -> None: ...
    @property
    def log_level(self) -> Literal["debug", "info", "warn", "error"] | None:
        """debug, info, warn or error. Default: info, which says what happened and not each step."""
    @log_level.setter
    def log_level(self, value: Literal["debug", "info", "warn", "error"] | None) -> None: ...
    @log_level.deleter
    def log_level(self) -> None: ...
    @property
    def instrumentation(self) -> Instrumentation | None:
        """auto (cpython: without a change of the program, by the operator or by opentelemetry-instrument before the command) or code
        (the program calls the SDK). Default: auto for cpython where the operator does it, because it brings the SDK into the
        pods; else code, so that no command is changed."""
    @instrumentation.setter
    def instrumentation(self, value: Instrumentation | Literal["auto", "code"] | None) -> None: ...
    @instrumentation.deleter
    def instrumentation(self) -> None: ...
    @property
    def alerts(self) -> ServiceAlerts:
        """Alerts of one service, where they differ from the application's."""
    @alerts.setter
    def alerts(self, value: ServiceAlerts | ServiceAlertsDict | bool | None) -> None: ...
    @alerts.deleter
    def alerts(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        signals: 'Literal["traces", "metrics", "logs"] | Sequence[Literal["traces", "metrics", "logs"]] | None' = None,
        protocol: 'OtlpProtocol | Literal["grpc", "http/protobuf"] | None' = None,
        sampling: 'str | int | None' = None,
        propagators: 'Literal["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray"] | Sequence[Literal["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray"]] | None' = None,
        resource_attributes: 'Mapping[str, str | int] | None' = None,
        log_level: 'Literal["debug", "info", "warn", "error"] | None' = None,
        instrumentation: 'Instrumentation | Literal["auto", "code"] | None' = None,
        alerts: 'ServiceAlerts | ServiceAlertsDict | bool | None' = None,
    ) -> None: ...

class ServiceTelemetryDict(TypedDict, total=False):
    enabled: bool | None
    signals: Literal["traces", "metrics", "logs"] | Sequence[Literal["traces", "metrics", "logs"]] | None
    protocol: OtlpProtocol | Literal["grpc", "http/protobuf"] | None
    sampling: str | int | None
    propagators: Literal["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray"] | Sequence[Literal["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray"]] | None
    resourceAttributes: Mapping[str, str | int] | None
    resource_attributes: Mapping[str, str | int] | None
    logLevel: Literal["debug", "info", "warn", "error"] | None
    log_level: Literal["debug", "info", "warn", "error"] | None
    instrumentation: Instrumentation | Literal["auto", "code"] | None
    alerts: ServiceAlerts | ServiceAlertsDict | bool | None

class Silence(Model):
    """A warning that is accepted, and why."""
    @property
    def code(self) -> str | None:
        """Code of the warning, such as HD6129. Errors cannot be silenced."""
    @code.setter
    def code(self, value: str | int | None) -> None: ...
    @code.deleter
    def code(self) -> None: ...
    @property
    def reason(self) -> str | None:
        """Why the warning is accepted, in words for readers of the model."""
    @reason.setter
    def reason(self, value: str | int | None) -> None: ...
    @reason.deleter
    def reason(self) -> None: ...
    def __init__(
        self,
        *,
        code: 'str | int | None' = None,
        reason: 'str | int | None' = None,
    ) -> None: ...

class SilenceDict(TypedDict, total=False):
    code: str | int | None
    reason: str | int | None

class SleepAction(Model):
    """A wait."""
    @property
    def seconds(self) -> int | None:
        """Seconds, 1 to 86400, not above terminationGracePeriodSeconds."""
    @seconds.setter
    def seconds(self, value: int | None) -> None: ...
    @seconds.deleter
    def seconds(self) -> None: ...
    def __init__(
        self,
        *,
        seconds: 'int | None' = None,
    ) -> None: ...

class SleepActionDict(TypedDict, total=False):
    seconds: int | None

class Slo(Model):
    """A service level objective. Alerts watch over several windows how fast its error budget is used up; recording rules feed them."""
    @property
    def name(self) -> str | None:
        """Name, unique among objectives; a DNS label."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def service(self) -> str | None:
        """Name of the service."""
    @service.setter
    def service(self, value: str | int | None) -> None: ...
    @service.deleter
    def service(self) -> None: ...
    @property
    def objective(self) -> str | None:
        """Share of requests that must be good, a percentage above 0 and below 100, such as 99.9%."""
    @objective.setter
    def objective(self, value: str | int | None) -> None: ...
    @objective.deleter
    def objective(self) -> None: ...
    @property
    def latency(self) -> str | None:
        """A request is good when it is answered within this time, a duration such as 250ms that is a bound of the source's
        histogram. Default: when it is answered without a server error, because every source counts that."""
    @latency.setter
    def latency(self, value: str | int | None) -> None: ...
    @latency.deleter
    def latency(self) -> None: ...
    @property
    def window(self) -> str | None:
        """Time over which the objective holds, a Prometheus duration of whole days, from 7d. Default: 30d, because a month is what
        people plan by."""
    @window.setter
    def window(self, value: str | int | None) -> None: ...
    @window.deleter
    def window(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        service: 'str | int | None' = None,
        objective: 'str | int | None' = None,
        latency: 'str | int | None' = None,
        window: 'str | int | None' = None,
    ) -> None: ...

class SloDict(TypedDict, total=False):
    name: str | int | None
    service: str | int | None
    objective: str | int | None
    latency: str | int | None
    window: str | int | None

class SpanMetrics(Model):
    """Makes metrics of spans: traces_span_metrics_calls_total and traces_span_metrics_duration_milliseconds."""
    @property
    def enabled(self) -> bool | None:
        """Whether it is there. Default: true where traces are collected and an exporter takes metrics, so that there are figures of
        requests."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def buckets(self) -> _List[str, str]:
        """Upper bounds of the histogram's buckets, durations with their units. Default: 2ms to 10s, among them 100ms, which presumes
        services that answer within ten seconds."""
    @buckets.setter
    def buckets(self, value: str | Sequence[str] | None) -> None: ...
    @buckets.deleter
    def buckets(self) -> None: ...
    @property
    def dimensions(self) -> _List[str, str]:
        """Span attributes that become labels, besides the service, span name, kind and status."""
    @dimensions.setter
    def dimensions(self, value: str | Sequence[str] | None) -> None: ...
    @dimensions.deleter
    def dimensions(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        buckets: 'str | Sequence[str] | None' = None,
        dimensions: 'str | Sequence[str] | None' = None,
    ) -> None: ...

class SpanMetricsDict(TypedDict, total=False):
    enabled: bool | None
    buckets: str | Sequence[str] | None
    dimensions: str | Sequence[str] | None

class Strategy(Model):
    """Deployment strategy, or update strategy of a StatefulSet or DaemonSet."""
    @property
    def type(self) -> StrategyType | None:
        """RollingUpdate; Recreate for a Deployment; OnDelete for a StatefulSet or DaemonSet. Default: RollingUpdate, so that pods
        answer during an update; but Recreate for a Deployment of one pod with a claim that only one node can have, or with an
        existing claim, because two pods that write into one folder may spoil it. RollingUpdate, when it is written, stays."""
    @type.setter
    def type(self, value: StrategyType | Literal["RollingUpdate", "Recreate", "OnDelete"] | None) -> None: ...
    @type.deleter
    def type(self) -> None: ...
    @property
    def max_surge(self) -> int | str | None:
        """Pods above the wanted number during an update, a number or a percentage. Default: 1 for a Deployment, 0 for a DaemonSet,
        so that a new pod is there before an old one leaves."""
    @max_surge.setter
    def max_surge(self, value: int | str | None) -> None: ...
    @max_surge.deleter
    def max_surge(self) -> None: ...
    @property
    def max_unavailable(self) -> int | str | None:
        """Pods that may be missing during an update, a number or a percentage. Default: 0 where pods may surge, else 1, so that
        updates lose no pod that answers."""
    @max_unavailable.setter
    def max_unavailable(self, value: int | str | None) -> None: ...
    @max_unavailable.deleter
    def max_unavailable(self) -> None: ...
    @property
    def partition(self) -> int | None:
        """StatefulSet: pods below this ordinal keep the old version, from 0. Default: 0, so that an update reaches all pods."""
    @partition.setter
    def partition(self, value: int | None) -> None: ...
    @partition.deleter
    def partition(self) -> None: ...
    def __init__(
        self,
        *,
        type: 'StrategyType | Literal["RollingUpdate", "Recreate", "OnDelete"] | None' = None,
        max_surge: 'int | str | None' = None,
        max_unavailable: 'int | str | None' = None,
        partition: 'int | None' = None,
    ) -> None: ...

class StrategyDict(TypedDict, total=False):
    type: StrategyType | Literal["RollingUpdate", "Recreate", "OnDelete"] | None
    maxSurge: int | str | None
    max_surge: int | str | None
    maxUnavailable: int | str | None
    max_unavailable: int | str | None
    partition: int | None

class TailPolicy(Model):
    """One reason to keep a trace; with no figure, every trace is kept."""
    @property
    def name(self) -> str | None:
        """Name, unique among policies."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def threshold_ms(self) -> int | None:
        """Traces that take longer: milliseconds, 1 to 86400000."""
    @threshold_ms.setter
    def threshold_ms(self, value: int | None) -> None: ...
    @threshold_ms.deleter
    def threshold_ms(self) -> None: ...
    @property
    def status_codes(self) -> _List[str, str]:
        """Traces with a span of these: OK, ERROR, UNSET."""
    @status_codes.setter
    def status_codes(self, value: Literal["OK", "ERROR", "UNSET"] | Sequence[Literal["OK", "ERROR", "UNSET"]] | None) -> None: ...
    @status_codes.deleter
    def status_codes(self) -> None: ...
    @property
    def sampling_percentage(self) -> str | None:
        """Percent of traces, 0 to 100."""
    @sampling_percentage.setter
    def sampling_percentage(self, value: str | int | None) -> None: ...
    @sampling_percentage.deleter
    def sampling_percentage(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        threshold_ms: 'int | None' = None,
        status_codes: 'Literal["OK", "ERROR", "UNSET"] | Sequence[Literal["OK", "ERROR", "UNSET"]] | None' = None,
        sampling_percentage: 'str | int | None' = None,
    ) -> None: ...

class TailPolicyDict(TypedDict, total=False):
    name: str | int | None
    thresholdMs: int | None
    threshold_ms: int | None
    statusCodes: Literal["OK", "ERROR", "UNSET"] | Sequence[Literal["OK", "ERROR", "UNSET"]] | None
    status_codes: Literal["OK", "ERROR", "UNSET"] | Sequence[Literal["OK", "ERROR", "UNSET"]] | None
    samplingPercentage: str | int | None
    sampling_percentage: str | int | None

class TailSampling(Model):
    """Keeps or drops whole traces. All spans of a trace reach one pod: a single one, or that which its ID is shared out to."""
    @property
    def decision_wait(self) -> str | None:
        """How long to wait for a trace's spans, a duration with its unit. Default: 10s, because most traces have ended by then."""
    @decision_wait.setter
    def decision_wait(self, value: str | int | None) -> None: ...
    @decision_wait.deleter
    def decision_wait(self) -> None: ...
    @property
    def num_traces(self) -> int | None:
        """Traces kept in memory while waiting, 1 to 100000000. Default: 50000, because it is the collector's own."""
    @num_traces.setter
    def num_traces(self, value: int | None) -> None: ...
    @num_traces.deleter
    def num_traces(self) -> None: ...
    @property
    def policies(self) -> _List[TailPolicy, TailPolicyDict]:
        """Reasons to keep a trace; one is enough."""
    @policies.setter
    def policies(self, value: Mapping[str, TailPolicy | TailPolicyDict | None] | Sequence[TailPolicy | TailPolicyDict] | TailPolicy | None) -> None: ...
    @policies.deleter
    def policies(self) -> None: ...
    def __init__(
        self,
        *,
        decision_wait: 'str | int | None' = None,
        num_traces: 'int | None' = None,
        policies: 'Mapping[str, TailPolicy | TailPolicyDict | None] | Sequence[TailPolicy | TailPolicyDict] | TailPolicy | None' = None,
    ) -> None: ...

class TailSamplingDict(TypedDict, total=False):
    decisionWait: str | int | None
    decision_wait: str | int | None
    numTraces: int | None
    num_traces: int | None
    policies: Mapping[str, TailPolicy | TailPolicyDict | None] | Sequence[TailPolicy | TailPolicyDict] | TailPolicy | None

class TcpKeepalive(Model):
    """Probes that keep idle connections open."""
    @property
    def probes(self) -> int | None:
        """Probes without an answer until the connection is dead, from 1. Default: the system's, because it fits most networks."""
    @probes.setter
    def probes(self, value: int | None) -> None: ...
    @probes.deleter
    def probes(self) -> None: ...
    @property
    def time(self) -> str | None:
        """Idle time before the first probe, a Go duration from 1ms. Default: the system's, 2h, because it fits most networks."""
    @time.setter
    def time(self, value: str | int | None) -> None: ...
    @time.deleter
    def time(self) -> None: ...
    @property
    def interval(self) -> str | None:
        """Time between probes, a Go duration from 1ms. Default: the system's, 75s, because it fits most networks."""
    @interval.setter
    def interval(self, value: str | int | None) -> None: ...
    @interval.deleter
    def interval(self) -> None: ...
    def __init__(
        self,
        *,
        probes: 'int | None' = None,
        time: 'str | int | None' = None,
        interval: 'str | int | None' = None,
    ) -> None: ...

class TcpKeepaliveDict(TypedDict, total=False):
    probes: int | None
    time: str | int | None
    interval: str | int | None

class TcpPool(Model):
    """Limits of connections to a service, for each of its callers' proxies."""
    @property
    def max_connections(self) -> int | None:
        """Connections at most, from 1. Default: no limit, because only the program's makers know what it bears."""
    @max_connections.setter
    def max_connections(self, value: int | None) -> None: ...
    @max_connections.deleter
    def max_connections(self) -> None: ...
    @property
    def connect_timeout(self) -> str | None:
        """Time to connect, a Go duration from 1ms. Default: 10s, because it is Istio's own."""
    @connect_timeout.setter
    def connect_timeout(self, value: str | int | None) -> None: ...
    @connect_timeout.deleter
    def connect_timeout(self) -> None: ...
    @property
    def idle_timeout(self) -> str | None:
        """Time without bytes after which a connection is closed, a Go duration; 0s for never. Default: 1h, because it is Istio's
        own."""
    @idle_timeout.setter
    def idle_timeout(self, value: str | int | None) -> None: ...
    @idle_timeout.deleter
    def idle_timeout(self) -> None: ...
    @property
    def max_connection_duration(self) -> str | None:
        """Time after which a connection is closed, a Go duration from 1ms. Default: none, because a connection that is used is no
        harm."""
    @max_connection_duration.setter
    def max_connection_duration(self, value: str | int | None) -> None: ...
    @max_connection_duration.deleter
    def max_connection_duration(self) -> None: ...
    @property
    def tcp_keepalive(self) -> TcpKeepalive:
        """Probes that keep idle connections open."""
    @tcp_keepalive.setter
    def tcp_keepalive(self, value: TcpKeepalive | TcpKeepaliveDict | None) -> None: ...
    @tcp_keepalive.deleter
    def tcp_keepalive(self) -> None: ...
    def __init__(
        self,
        *,
        max_connections: 'int | None' = None,
        connect_timeout: 'str | int | None' = None,
        idle_timeout: 'str | int | None' = None,
        max_connection_duration: 'str | int | None' = None,
        tcp_keepalive: 'TcpKeepalive | TcpKeepaliveDict | None' = None,
    ) -> None: ...

class TcpPoolDict(TypedDict, total=False):
    maxConnections: int | None
    max_connections: int | None
    connectTimeout: str | int | None
    connect_timeout: str | int | None
    idleTimeout: str | int | None
    idle_timeout: str | int | None
    maxConnectionDuration: str | int | None
    max_connection_duration: str | int | None
    tcpKeepalive: TcpKeepalive | TcpKeepaliveDict | None
    tcp_keepalive: TcpKeepalive | TcpKeepaliveDict | None

class TcpSocketAction(Model):
    """A TCP connection to the container."""
    @property
    def port(self) -> int | str | None:
        """Name or number of a declared port."""
    @port.setter
    def port(self, value: int | str | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    def __init__(
        self,
        *,
        port: 'int | str | None' = None,
    ) -> None: ...

class TcpSocketActionDict(TypedDict, total=False):
    port: int | str | None

class Telemetry(Model):
    """Telemetry of the application; `telemetry: on` means all defaults."""
    @property
    def enabled(self) -> bool | None:
        """Whether there is any. Default: false, because the cluster may have nothing that takes it; true when anything else here is
        given."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def signals(self) -> _List[str, str]:
        """Signals that the service sends: traces, metrics, logs. Default: those that the collector takes, because others would be
        dropped there."""
    @signals.setter
    def signals(self, value: Literal["traces", "metrics", "logs"] | Sequence[Literal["traces", "metrics", "logs"]] | None) -> None: ...
    @signals.deleter
    def signals(self) -> None: ...
    @property
    def protocol(self) -> OtlpProtocol | None:
        """grpc (4317) or http/protobuf (4318). Default: grpc, because every collector takes it; http/protobuf for what the operator
        instruments, because its Python has no other, and where telemetry.collector.external has the port 4318."""
    @protocol.setter
    def protocol(self, value: OtlpProtocol | Literal["grpc", "http/protobuf"] | None) -> None: ...
    @protocol.deleter
    def protocol(self) -> None: ...
    @property
    def sampling(self) -> str | None:
        """Part of the traces that a service begins and keeps, 0 to 1; what a caller decided is kept. Default: 1, so that no trace is
        missing; large applications keep fewer."""
    @sampling.setter
    def sampling(self, value: str | int | None) -> None: ...
    @sampling.deleter
    def sampling(self) -> None: ...
    @property
    def propagators(self) -> _List[str, str]:
        """tracecontext, baggage, b3, b3multi, jaeger, xray. Default: tracecontext and baggage, because they are W3C's and every SDK
        has them."""
    @propagators.setter
    def propagators(self, value: Literal["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray"] | Sequence[Literal["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray"]] | None) -> None: ...
    @propagators.deleter
    def propagators(self) -> None: ...
    @property
    def resource_attributes(self) -> dict[str, str]:
        """Resource attributes besides those that the library gives."""
    @resource_attributes.setter
    def resource_attributes(self, value: Mapping[str, str | int] | None) -> None: ...
    @resource_attributes.deleter
    def resource_attributes(self) -> None: ...
    @property
    def log_level(self) -> Literal["debug", "info", "warn", "error"] | None:
        """debug, info, warn or error. Default: info, which says what happened and not each step."""
    @log_level.setter
    def log_level(self, value: Literal["debug", "info", "warn", "error"] | None) -> None: ...
    @log_level.deleter
    def log_level(self) -> None: ...
    @property
    def instrumentation(self) -> Instrumentation | None:
        """auto (cpython: without a change of the program, by the operator or by opentelemetry-instrument before the command) or code
        (the program calls the SDK). Default: auto for cpython where the operator does it, because it brings the SDK into the
        pods; else code, so that no command is changed."""
    @instrumentation.setter
    def instrumentation(self, value: Instrumentation | Literal["auto", "code"] | None) -> None: ...
    @instrumentation.deleter
    def instrumentation(self) -> None: ...
    @property
    def collector(self) -> Collector:
        """The OpenTelemetry collector of the application."""
    @collector.setter
    def collector(self, value: Collector | CollectorDict | None) -> None: ...
    @collector.deleter
    def collector(self) -> None: ...
    @property
    def scraping(self) -> Scraping:
        """How Prometheus finds the collector, and services with metrics."""
    @scraping.setter
    def scraping(self, value: Scraping | ScrapingDict | ScrapingForm | Literal["serviceMonitor", "podMonitor", "annotations", "collector"] | None) -> None: ...
    @scraping.deleter
    def scraping(self) -> None: ...
    @property
    def mesh(self) -> MeshTelemetry:
        """Telemetry of the mesh's proxies; it needs a mesh."""
    @mesh.setter
    def mesh(self, value: MeshTelemetry | MeshTelemetryDict | bool | None) -> None: ...
    @mesh.deleter
    def mesh(self) -> None: ...
    @property
    def sources(self) -> MetricSources:
        """Metrics that Prometheus has. Alerts, objectives and dashboards use only these."""
    @sources.setter
    def sources(self, value: MetricSources | MetricSourcesDict | RequestSource | Literal["istio", "spanMetrics", "sdk"] | None) -> None: ...
    @sources.deleter
    def sources(self) -> None: ...
    @property
    def alerts(self) -> Alerts:
        """Alerts of the application: a PrometheusRule for each service, and one for what they share."""
    @alerts.setter
    def alerts(self, value: Alerts | AlertsDict | bool | None) -> None: ...
    @alerts.deleter
    def alerts(self) -> None: ...
    @property
    def slos(self) -> _List[Slo, SloDict]:
        """Service level objectives."""
    @slos.setter
    def slos(self, value: Mapping[str, Slo | SloDict | None] | Sequence[Slo | SloDict] | Slo | None) -> None: ...
    @slos.deleter
    def slos(self) -> None: ...
    @property
    def dashboards(self) -> Dashboards:
        """Grafana dashboards: an overview of the application, and one for each service. Who calls whom, and how often, is drawn in a
        mesh: without one no metric has both ends of a call, since the spans of its ends may reach different collectors."""
    @dashboards.setter
    def dashboards(self, value: Dashboards | DashboardsDict | bool | None) -> None: ...
    @dashboards.deleter
    def dashboards(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        signals: 'Literal["traces", "metrics", "logs"] | Sequence[Literal["traces", "metrics", "logs"]] | None' = None,
        protocol: 'OtlpProtocol | Literal["grpc", "http/protobuf"] | None' = None,
        sampling: 'str | int | None' = None,
        propagators: 'Literal["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray"] | Sequence[Literal["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray"]] | None' = None,
        resource_attributes: 'Mapping[str, str | int] | None' = None,
        log_level: 'Literal["debug", "info", "warn", "error"] | None' = None,
        instrumentation: 'Instrumentation | Literal["auto", "code"] | None' = None,
        collector: 'Collector | CollectorDict | None' = None,
        scraping: 'Scraping | ScrapingDict | ScrapingForm | Literal["serviceMonitor", "podMonitor", "annotations", "collector"] | None' = None,
        mesh: 'MeshTelemetry | MeshTelemetryDict | bool | None' = None,
        sources: 'MetricSources | MetricSourcesDict | RequestSource | Literal["istio", "spanMetrics", "sdk"] | None' = None,
        alerts: 'Alerts | AlertsDict | bool | None' = None,
        slos: 'Mapping[str, Slo | SloDict | None] | Sequence[Slo | SloDict] | Slo | None' = None,
        dashboards: 'Dashboards | DashboardsDict | bool | None' = None,
    ) -> None: ...

class TelemetryDict(TypedDict, total=False):
    enabled: bool | None
    signals: Literal["traces", "metrics", "logs"] | Sequence[Literal["traces", "metrics", "logs"]] | None
    protocol: OtlpProtocol | Literal["grpc", "http/protobuf"] | None
    sampling: str | int | None
    propagators: Literal["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray"] | Sequence[Literal["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray"]] | None
    resourceAttributes: Mapping[str, str | int] | None
    resource_attributes: Mapping[str, str | int] | None
    logLevel: Literal["debug", "info", "warn", "error"] | None
    log_level: Literal["debug", "info", "warn", "error"] | None
    instrumentation: Instrumentation | Literal["auto", "code"] | None
    collector: Collector | CollectorDict | None
    scraping: Scraping | ScrapingDict | ScrapingForm | Literal["serviceMonitor", "podMonitor", "annotations", "collector"] | None
    mesh: MeshTelemetry | MeshTelemetryDict | bool | None
    sources: MetricSources | MetricSourcesDict | RequestSource | Literal["istio", "spanMetrics", "sdk"] | None
    alerts: Alerts | AlertsDict | bool | None
    slos: Mapping[str, Slo | SloDict | None] | Sequence[Slo | SloDict] | Slo | None
    dashboards: Dashboards | DashboardsDict | bool | None

class TokenProjection(Model):
    """A service account token as a file."""
    @property
    def path(self) -> str | None:
        """Relative path of the file."""
    @path.setter
    def path(self, value: str | int | None) -> None: ...
    @path.deleter
    def path(self) -> None: ...
    @property
    def audience(self) -> str | None:
        """Audience of the token. Default: the API server, because it is Kubernetes' own."""
    @audience.setter
    def audience(self, value: str | int | None) -> None: ...
    @audience.deleter
    def audience(self) -> None: ...
    @property
    def expiration_seconds(self) -> int | None:
        """Life of the token in seconds, 600 to 4294967296. Default: 3600, which the kubelet renews in time."""
    @expiration_seconds.setter
    def expiration_seconds(self, value: int | None) -> None: ...
    @expiration_seconds.deleter
    def expiration_seconds(self) -> None: ...
    def __init__(
        self,
        *,
        path: 'str | int | None' = None,
        audience: 'str | int | None' = None,
        expiration_seconds: 'int | None' = None,
    ) -> None: ...

class TokenProjectionDict(TypedDict, total=False):
    path: str | int | None
    audience: str | int | None
    expirationSeconds: int | None
    expiration_seconds: int | None

class Toleration(Model):
    """A node taint that the pods put up with."""
    @property
    def key(self) -> str | None:
        """Taint key; empty only with operator Exists, which then tolerates everything."""
    @key.setter
    def key(self, value: str | int | None) -> None: ...
    @key.deleter
    def key(self) -> None: ...
    @property
    def operator(self) -> Literal["Exists", "Equal"] | None:
        """Exists or Equal. Default: Equal, because it is Kubernetes' own."""
    @operator.setter
    def operator(self, value: Literal["Exists", "Equal"] | None) -> None: ...
    @operator.deleter
    def operator(self) -> None: ...
    @property
    def value(self) -> str | None:
        """Taint value; none with Exists."""
    @value.setter
    def value(self, value: str | int | None) -> None: ...
    @value.deleter
    def value(self) -> None: ...
    @property
    def effect(self) -> Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] | None:
        """NoSchedule, PreferNoSchedule or NoExecute. Default: all, because the key alone says which taint is meant."""
    @effect.setter
    def effect(self, value: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] | None) -> None: ...
    @effect.deleter
    def effect(self) -> None: ...
    @property
    def toleration_seconds(self) -> int | None:
        """Seconds to stay after the taint appears, 0 to 31536000, only with NoExecute. Default: for ever, because it is Kubernetes'
        own."""
    @toleration_seconds.setter
    def toleration_seconds(self, value: int | None) -> None: ...
    @toleration_seconds.deleter
    def toleration_seconds(self) -> None: ...
    def __init__(
        self,
        *,
        key: 'str | int | None' = None,
        operator: 'Literal["Exists", "Equal"] | None' = None,
        value: 'str | int | None' = None,
        effect: 'Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] | None' = None,
        toleration_seconds: 'int | None' = None,
    ) -> None: ...

class TolerationDict(TypedDict, total=False):
    key: str | int | None
    operator: Literal["Exists", "Equal"] | None
    value: str | int | None
    effect: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] | None
    tolerationSeconds: int | None
    toleration_seconds: int | None

class TopologySpread(Model):
    """How evenly the pods spread. The selector is the service's own; a list given here replaces the default over zones and nodes."""
    @property
    def topology_key(self) -> str | None:
        """Node label to spread over."""
    @topology_key.setter
    def topology_key(self, value: str | int | None) -> None: ...
    @topology_key.deleter
    def topology_key(self) -> None: ...
    @property
    def max_skew(self) -> int | None:
        """Largest difference in pods between two values of the label, 1 to 1000000. Default: 1, which is as even as pods can be."""
    @max_skew.setter
    def max_skew(self, value: int | None) -> None: ...
    @max_skew.deleter
    def max_skew(self) -> None: ...
    @property
    def when_unsatisfiable(self) -> Literal["DoNotSchedule", "ScheduleAnyway"] | None:
        """DoNotSchedule or ScheduleAnyway. Default: ScheduleAnyway, which is safe because no pod waits for a better place."""
    @when_unsatisfiable.setter
    def when_unsatisfiable(self, value: Literal["DoNotSchedule", "ScheduleAnyway"] | None) -> None: ...
    @when_unsatisfiable.deleter
    def when_unsatisfiable(self) -> None: ...
    @property
    def min_domains(self) -> int | None:
        """Least number of values of the label, 1 to 1000000, only with DoNotSchedule."""
    @min_domains.setter
    def min_domains(self, value: int | None) -> None: ...
    @min_domains.deleter
    def min_domains(self) -> None: ...
    @property
    def match_label_keys(self) -> _List[str, str]:
        """Labels of the pods whose values tell versions apart: only pods with the same values are counted. Default for a Deployment:
        pod-template-hash, so that the pods of an update are spread by themselves; none counts old and new pods together.
        Kubernetes 1.27 or later."""
    @match_label_keys.setter
    def match_label_keys(self, value: str | Sequence[str] | Literal["none"] | None) -> None: ...
    @match_label_keys.deleter
    def match_label_keys(self) -> None: ...
    @property
    def node_affinity_policy(self) -> Literal["Honor", "Ignore"] | None:
        """Honor or Ignore."""
    @node_affinity_policy.setter
    def node_affinity_policy(self, value: Literal["Honor", "Ignore"] | None) -> None: ...
    @node_affinity_policy.deleter
    def node_affinity_policy(self) -> None: ...
    @property
    def node_taints_policy(self) -> Literal["Honor", "Ignore"] | None:
        """Honor or Ignore."""
    @node_taints_policy.setter
    def node_taints_policy(self, value: Literal["Honor", "Ignore"] | None) -> None: ...
    @node_taints_policy.deleter
    def node_taints_policy(self) -> None: ...
    def __init__(
        self,
        *,
        topology_key: 'str | int | None' = None,
        max_skew: 'int | None' = None,
        when_unsatisfiable: 'Literal["DoNotSchedule", "ScheduleAnyway"] | None' = None,
        min_domains: 'int | None' = None,
        match_label_keys: 'str | Sequence[str] | Literal["none"] | None' = None,
        node_affinity_policy: 'Literal["Honor", "Ignore"] | None' = None,
        node_taints_policy: 'Literal["Honor", "Ignore"] | None' = None,
    ) -> None: ...

class TopologySpreadDict(TypedDict, total=False):
    topologyKey: str | int | None
    topology_key: str | int | None
    maxSkew: int | None
    max_skew: int | None
    whenUnsatisfiable: Literal["DoNotSchedule", "ScheduleAnyway"] | None
    when_unsatisfiable: Literal["DoNotSchedule", "ScheduleAnyway"] | None
    minDomains: int | None
    min_domains: int | None
    matchLabelKeys: str | Sequence[str] | Literal["none"] | None
    match_label_keys: str | Sequence[str] | Literal["none"] | None
    nodeAffinityPolicy: Literal["Honor", "Ignore"] | None
    node_affinity_policy: Literal["Honor", "Ignore"] | None
    nodeTaintsPolicy: Literal["Honor", "Ignore"] | None
    node_taints_policy: Literal["Honor", "Ignore"] | None

class TrafficPolicy(Model):
    """How callers treat a service: the settings of an Istio DestinationRule, and of requests within the mesh."""
    @property
    def timeout(self) -> str | None:
        """Time that a request may take, retries included, a Go duration from 1ms; a call may give another. Default: no limit,
        because only the program's makers know how long an answer takes."""
    @timeout.setter
    def timeout(self, value: str | int | None) -> None: ...
    @timeout.deleter
    def timeout(self) -> None: ...
    @property
    def retries(self) -> Retries:
        """Retries of requests that failed; a call may give others."""
    @retries.setter
    def retries(self, value: Retries | RetriesDict | int | None) -> None: ...
    @retries.deleter
    def retries(self) -> None: ...
    @property
    def load_balancer(self) -> LoadBalancer:
        """Which pod takes a request; `loadBalancer: LEAST_REQUEST` is short for {simple: LEAST_REQUEST}."""
    @load_balancer.setter
    def load_balancer(self, value: LoadBalancer | LoadBalancerDict | Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None) -> None: ...
    @load_balancer.deleter
    def load_balancer(self) -> None: ...
    @property
    def connection_pool(self) -> ConnectionPool:
        """Limits that keep a busy service from being overrun."""
    @connection_pool.setter
    def connection_pool(self, value: ConnectionPool | ConnectionPoolDict | None) -> None: ...
    @connection_pool.deleter
    def connection_pool(self) -> None: ...
    @property
    def outlier_detection(self) -> OutlierDetection:
        """Pods that fail get no requests for a while: the circuit breaker of a mesh."""
    @outlier_detection.setter
    def outlier_detection(self, value: OutlierDetection | OutlierDetectionDict | None) -> None: ...
    @outlier_detection.deleter
    def outlier_detection(self) -> None: ...
    @property
    def port_level_settings(self) -> _List[PortPolicy, PortPolicyDict]:
        """Ports that are treated otherwise."""
    @port_level_settings.setter
    def port_level_settings(self, value: Mapping[str, PortPolicy | PortPolicyDict | None] | Sequence[PortPolicy | PortPolicyDict] | PortPolicy | None) -> None: ...
    @port_level_settings.deleter
    def port_level_settings(self) -> None: ...
    def __init__(
        self,
        *,
        timeout: 'str | int | None' = None,
        retries: 'Retries | RetriesDict | int | None' = None,
        load_balancer: 'LoadBalancer | LoadBalancerDict | Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None' = None,
        connection_pool: 'ConnectionPool | ConnectionPoolDict | None' = None,
        outlier_detection: 'OutlierDetection | OutlierDetectionDict | None' = None,
        port_level_settings: 'Mapping[str, PortPolicy | PortPolicyDict | None] | Sequence[PortPolicy | PortPolicyDict] | PortPolicy | None' = None,
    ) -> None: ...

class TrafficPolicyDict(TypedDict, total=False):
    timeout: str | int | None
    retries: Retries | RetriesDict | int | None
    loadBalancer: LoadBalancer | LoadBalancerDict | Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None
    load_balancer: LoadBalancer | LoadBalancerDict | Literal["LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"] | None
    connectionPool: ConnectionPool | ConnectionPoolDict | None
    connection_pool: ConnectionPool | ConnectionPoolDict | None
    outlierDetection: OutlierDetection | OutlierDetectionDict | None
    outlier_detection: OutlierDetection | OutlierDetectionDict | None
    portLevelSettings: Mapping[str, PortPolicy | PortPolicyDict | None] | Sequence[PortPolicy | PortPolicyDict] | PortPolicy | None
    port_level_settings: Mapping[str, PortPolicy | PortPolicyDict | None] | Sequence[PortPolicy | PortPolicyDict] | PortPolicy | None

class Trigger(Model):
    """Something that KEDA asks how much work there is."""
    @property
    def name(self) -> str | None:
        """Name of the trigger, unique within the service."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def type(self) -> str | None:
        """Type of KEDA's scaler, such as rabbitmq, postgresql, kafka, prometheus or cron. (KEDA: scalers)"""
    @type.setter
    def type(self, value: str | int | None) -> None: ...
    @type.deleter
    def type(self) -> None: ...
    @property
    def asks(self) -> str | None:
        """Name of the service or external that KEDA's operator asks. The policies of a service let the operator in; what an external
        lets in is its own affair. Default: nobody of the model, because some triggers, such as cron, ask nobody."""
    @asks.setter
    def asks(self, value: str | int | None) -> None: ...
    @asks.deleter
    def asks(self) -> None: ...
    @property
    def port(self) -> int | str | None:
        """Name or number of its port. Needed when it has several; default: its only one, because no other can be meant."""
    @port.setter
    def port(self, value: int | str | None) -> None: ...
    @port.deleter
    def port(self) -> None: ...
    @property
    def metadata(self) -> dict[str, str]:
        """Parameters of the scaler, by name."""
    @metadata.setter
    def metadata(self, value: Mapping[str, str | int] | None) -> None: ...
    @metadata.deleter
    def metadata(self) -> None: ...
    @property
    def metric_type(self) -> Literal["AverageValue", "Value", "Utilization"] | None:
        """AverageValue, Value or Utilization. Default: KEDA's, AverageValue for most scalers, because it suits work that is shared
        among pods."""
    @metric_type.setter
    def metric_type(self, value: Literal["AverageValue", "Value", "Utilization"] | None) -> None: ...
    @metric_type.deleter
    def metric_type(self) -> None: ...
    @property
    def secrets(self) -> _List[TriggerSecret, TriggerSecretDict]:
        """Parameters that are secret, by name: a TriggerAuthentication."""
    @secrets.setter
    def secrets(self, value: Mapping[str, TriggerSecret | TriggerSecretDict | None] | Sequence[TriggerSecret | TriggerSecretDict] | TriggerSecret | None) -> None: ...
    @secrets.deleter
    def secrets(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        type: 'str | int | None' = None,
        asks: 'str | int | None' = None,
        port: 'int | str | None' = None,
        metadata: 'Mapping[str, str | int] | None' = None,
        metric_type: 'Literal["AverageValue", "Value", "Utilization"] | None' = None,
        secrets: 'Mapping[str, TriggerSecret | TriggerSecretDict | None] | Sequence[TriggerSecret | TriggerSecretDict] | TriggerSecret | None' = None,
    ) -> None: ...

class TriggerDict(TypedDict, total=False):
    name: str | int | None
    type: str | int | None
    asks: str | int | None
    port: int | str | None
    metadata: Mapping[str, str | int] | None
    metricType: Literal["AverageValue", "Value", "Utilization"] | None
    metric_type: Literal["AverageValue", "Value", "Utilization"] | None
    secrets: Mapping[str, TriggerSecret | TriggerSecretDict | None] | Sequence[TriggerSecret | TriggerSecretDict] | TriggerSecret | None

class TriggerSecret(Model):
    """A parameter of a trigger that is kept in a secret."""
    @property
    def parameter(self) -> str | None:
        """Name of KEDA's parameter, such as host or password."""
    @parameter.setter
    def parameter(self, value: str | int | None) -> None: ...
    @parameter.deleter
    def parameter(self) -> None: ...
    @property
    def secret(self) -> str | None:
        """Name of a secret of the application."""
    @secret.setter
    def secret(self, value: str | int | None) -> None: ...
    @secret.deleter
    def secret(self) -> None: ...
    @property
    def key(self) -> str | None:
        """Entry of the secret."""
    @key.setter
    def key(self, value: str | int | None) -> None: ...
    @key.deleter
    def key(self) -> None: ...
    def __init__(
        self,
        *,
        parameter: 'str | int | None' = None,
        secret: 'str | int | None' = None,
        key: 'str | int | None' = None,
    ) -> None: ...

class TriggerSecretDict(TypedDict, total=False):
    parameter: str | int | None
    secret: str | int | None
    key: str | int | None

class Velero(Model):
    """Velero, which backs up the namespace with its volumes."""
    @property
    def enabled(self) -> bool | None:
        """Whether the cluster has it. Default: true when anything else here is given, because nobody describes what is not there."""
    @enabled.setter
    def enabled(self, value: bool | None) -> None: ...
    @enabled.deleter
    def enabled(self) -> None: ...
    @property
    def namespace(self) -> str | None:
        """Namespace in which Velero runs. Default: velero, because Velero installs itself there."""
    @namespace.setter
    def namespace(self, value: str | int | None) -> None: ...
    @namespace.deleter
    def namespace(self) -> None: ...
    @property
    def storage_location(self) -> str | None:
        """Name of the BackupStorageLocation. Default: default, because Velero names its first one so; with a bucket, the
        application's name, and it is generated."""
    @storage_location.setter
    def storage_location(self, value: str | int | None) -> None: ...
    @storage_location.deleter
    def storage_location(self) -> None: ...
    @property
    def provider(self) -> str | None:
        """Object storage: Velero's name of the provider, such as aws, azure or gcp."""
    @provider.setter
    def provider(self, value: str | int | None) -> None: ...
    @provider.deleter
    def provider(self) -> None: ...
    @property
    def bucket(self) -> str | None:
        """Object storage: name of the bucket."""
    @bucket.setter
    def bucket(self, value: str | int | None) -> None: ...
    @bucket.deleter
    def bucket(self) -> None: ...
    @property
    def prefix(self) -> str | None:
        """Object storage: folder in the bucket."""
    @prefix.setter
    def prefix(self, value: str | int | None) -> None: ...
    @prefix.deleter
    def prefix(self) -> None: ...
    @property
    def config(self) -> dict[str, str]:
        """Object storage: the provider's own settings, such as region."""
    @config.setter
    def config(self, value: Mapping[str, str | int] | None) -> None: ...
    @config.deleter
    def config(self) -> None: ...
    @property
    def credential(self) -> SecretEntry:
        """Object storage: entry of a Secret in Velero's namespace with the credentials. Default: those that Velero was installed
        with, which presumes that they may use this bucket."""
    @credential.setter
    def credential(self, value: SecretEntry | SecretEntryDict | None) -> None: ...
    @credential.deleter
    def credential(self) -> None: ...
    @property
    def snapshot_locations(self) -> _List[str, str]:
        """VolumeSnapshotLocations. Default: the provider's only one, because Velero takes it when no other is named."""
    @snapshot_locations.setter
    def snapshot_locations(self, value: str | Sequence[str] | None) -> None: ...
    @snapshot_locations.deleter
    def snapshot_locations(self) -> None: ...
    @property
    def snapshot_move_data(self) -> bool | None:
        """Whether the data of snapshots is moved into the object storage, so that it outlives the volumes' own storage; with
        volumes: snapshot, for volumes whose driver makes CSI snapshots, and with Velero's node agent. Default: what Velero does,
        which is not to move it; safe where the storage keeps snapshots apart from the volumes."""
    @snapshot_move_data.setter
    def snapshot_move_data(self, value: bool | None) -> None: ...
    @snapshot_move_data.deleter
    def snapshot_move_data(self) -> None: ...
    def __init__(
        self,
        *,
        enabled: 'bool | None' = None,
        namespace: 'str | int | None' = None,
        storage_location: 'str | int | None' = None,
        provider: 'str | int | None' = None,
        bucket: 'str | int | None' = None,
        prefix: 'str | int | None' = None,
        config: 'Mapping[str, str | int] | None' = None,
        credential: 'SecretEntry | SecretEntryDict | None' = None,
        snapshot_locations: 'str | Sequence[str] | None' = None,
        snapshot_move_data: 'bool | None' = None,
    ) -> None: ...

class VeleroDict(TypedDict, total=False):
    enabled: bool | None
    namespace: str | int | None
    storageLocation: str | int | None
    storage_location: str | int | None
    provider: str | int | None
    bucket: str | int | None
    prefix: str | int | None
    config: Mapping[str, str | int] | None
    credential: SecretEntry | SecretEntryDict | None
    snapshotLocations: str | Sequence[str] | None
    snapshot_locations: str | Sequence[str] | None
    snapshotMoveData: bool | None
    snapshot_move_data: bool | None

class Volume(Model):
    """A volume of the pod. Exactly one source; mountPath mounts it into the service's own container."""
    @property
    def name(self) -> str | None:
        """Volume name, a DNS label, unique within the service."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def mount_path(self) -> str | None:
        """Absolute path in the service's container. Without it, volumeMounts of a container name the volume."""
    @mount_path.setter
    def mount_path(self, value: str | int | None) -> None: ...
    @mount_path.deleter
    def mount_path(self) -> None: ...
    @property
    def sub_path(self) -> str | None:
        """Path inside the volume for mountPath, relative, without `..`. Default: the whole volume, because a volume mostly has one
        use."""
    @sub_path.setter
    def sub_path(self, value: str | int | None) -> None: ...
    @sub_path.deleter
    def sub_path(self) -> None: ...
    @property
    def read_only(self) -> bool | None:
        """Whether mountPath is read-only. Default: false, because programs mount what they write; true for secrets and ConfigMaps,
        because nobody can write there."""
    @read_only.setter
    def read_only(self, value: bool | None) -> None: ...
    @read_only.deleter
    def read_only(self) -> None: ...
    @property
    def claim(self) -> Claim:
        """A claim to generate: a PersistentVolumeClaim `<service>-<volume>`, shared by all pods."""
    @claim.setter
    def claim(self, value: Claim | ClaimDict | str | int | None) -> None: ...
    @claim.deleter
    def claim(self) -> None: ...
    @property
    def claim_template(self) -> Claim:
        """A claim for each pod of a StatefulSet."""
    @claim_template.setter
    def claim_template(self, value: Claim | ClaimDict | str | int | None) -> None: ...
    @claim_template.deleter
    def claim_template(self) -> None: ...
    @property
    def existing_claim(self) -> str | None:
        """Name of a claim that exists in the namespace. Unless accessModes says more, one pod may have it, as one node has
        ReadWriteOnce."""
    @existing_claim.setter
    def existing_claim(self, value: str | int | None) -> None: ...
    @existing_claim.deleter
    def existing_claim(self) -> None: ...
    @property
    def access_modes(self) -> _List[str, str]:
        """Access modes of existingClaim, as it was made: with ReadWriteMany or ReadOnlyMany several pods may have it. Default:
        ReadWriteOnce, which is safe because a second pod is refused."""
    @access_modes.setter
    def access_modes(self, value: Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"] | Sequence[Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]] | None) -> None: ...
    @access_modes.deleter
    def access_modes(self) -> None: ...
    @property
    def empty_dir(self) -> EmptyDir:
        """Scratch space that lives as long as the pod."""
    @empty_dir.setter
    def empty_dir(self, value: EmptyDir | EmptyDirDict | bool | None) -> None: ...
    @empty_dir.deleter
    def empty_dir(self) -> None: ...
    @property
    def secret(self) -> KeyVolume:
        """A secret or ConfigMap as files."""
    @secret.setter
    def secret(self, value: KeyVolume | KeyVolumeDict | str | int | None) -> None: ...
    @secret.deleter
    def secret(self) -> None: ...
    @property
    def config_map(self) -> KeyVolume:
        """A secret or ConfigMap as files."""
    @config_map.setter
    def config_map(self, value: KeyVolume | KeyVolumeDict | str | int | None) -> None: ...
    @config_map.deleter
    def config_map(self) -> None: ...
    @property
    def projected(self) -> _List[Projection, ProjectionDict]:
        """Several sources in one folder."""
    @projected.setter
    def projected(self, value: Sequence[Projection | ProjectionDict] | Projection | ProjectionDict | None) -> None: ...
    @projected.deleter
    def projected(self) -> None: ...
    @property
    def host_path(self) -> str | None:
        """Path on the node; the baseline security level forbids it."""
    @host_path.setter
    def host_path(self, value: str | int | None) -> None: ...
    @host_path.deleter
    def host_path(self) -> None: ...
    @property
    def host_path_type(self) -> Literal["Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket", "CharDevice", "BlockDevice"] | None:
        """What must be at hostPath, else the pod does not start: Directory, File, Socket, CharDevice or BlockDevice;
        DirectoryOrCreate and FileOrCreate make it. Default: nothing is checked, and a folder is made where nothing is, because it
        is Kubernetes' own."""
    @host_path_type.setter
    def host_path_type(self, value: Literal["Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket", "CharDevice", "BlockDevice"] | None) -> None: ...
    @host_path_type.deleter
    def host_path_type(self) -> None: ...
    def __init__(
        self,
        *,
        name: 'str | int | None' = None,
        mount_path: 'str | int | None' = None,
        sub_path: 'str | int | None' = None,
        read_only: 'bool | None' = None,
        claim: 'Claim | ClaimDict | str | int | None' = None,
        claim_template: 'Claim | ClaimDict | str | int | None' = None,
        existing_claim: 'str | int | None' = None,
        access_modes: 'Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"] | Sequence[Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]] | None' = None,
        empty_dir: 'EmptyDir | EmptyDirDict | bool | None' = None,
        secret: 'KeyVolume | KeyVolumeDict | str | int | None' = None,
        config_map: 'KeyVolume | KeyVolumeDict | str | int | None' = None,
        projected: 'Sequence[Projection | ProjectionDict] | Projection | ProjectionDict | None' = None,
        host_path: 'str | int | None' = None,
        host_path_type: 'Literal["Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket", "CharDevice", "BlockDevice"] | None' = None,
    ) -> None: ...

class VolumeDict(TypedDict, total=False):
    name: str | int | None
    mountPath: str | int | None
    mount_path: str | int | None
    subPath: str | int | None
    sub_path: str | int | None
    readOnly: bool | None
    read_only: bool | None
    claim: Claim | ClaimDict | str | int | None
    claimTemplate: Claim | ClaimDict | str | int | None
    claim_template: Claim | ClaimDict | str | int | None
    existingClaim: str | int | None
    existing_claim: str | int | None
    accessModes: Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"] | Sequence[Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]] | None
    access_modes: Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"] | Sequence[Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]] | None
    emptyDir: EmptyDir | EmptyDirDict | bool | None
    empty_dir: EmptyDir | EmptyDirDict | bool | None
    secret: KeyVolume | KeyVolumeDict | str | int | None
    configMap: KeyVolume | KeyVolumeDict | str | int | None
    config_map: KeyVolume | KeyVolumeDict | str | int | None
    projected: Sequence[Projection | ProjectionDict] | Projection | ProjectionDict | None
    hostPath: str | int | None
    host_path: str | int | None
    hostPathType: Literal["Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket", "CharDevice", "BlockDevice"] | None
    host_path_type: Literal["Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket", "CharDevice", "BlockDevice"] | None

class VolumeMount(Model):
    """A volume of the pod, mounted into this container."""
    @property
    def mount_path(self) -> str | None:
        """Absolute path in the container, unique within it."""
    @mount_path.setter
    def mount_path(self, value: str | int | None) -> None: ...
    @mount_path.deleter
    def mount_path(self) -> None: ...
    @property
    def name(self) -> str | None:
        """Name of a volume of the service."""
    @name.setter
    def name(self, value: str | int | None) -> None: ...
    @name.deleter
    def name(self) -> None: ...
    @property
    def sub_path(self) -> str | None:
        """Relative path inside the volume, with no `..` in it."""
    @sub_path.setter
    def sub_path(self, value: str | int | None) -> None: ...
    @sub_path.deleter
    def sub_path(self) -> None: ...
    @property
    def sub_path_expr(self) -> str | None:
        """As subPath, with $(VARIABLE) expanded. Excludes subPath."""
    @sub_path_expr.setter
    def sub_path_expr(self, value: str | int | None) -> None: ...
    @sub_path_expr.deleter
    def sub_path_expr(self) -> None: ...
    @property
    def read_only(self) -> bool | None:
        """Whether the container sees it read-only. Default: false, because most programs mount what they write."""
    @read_only.setter
    def read_only(self, value: bool | None) -> None: ...
    @read_only.deleter
    def read_only(self) -> None: ...
    @property
    def mount_propagation(self) -> Literal["None", "HostToContainer", "Bidirectional"] | None:
        """Whether file systems that are mounted later are seen: None, HostToContainer (those of the node), or Bidirectional (also
        those of this container, on the node), which needs a privileged container. Default: None, so that containers and their
        node cannot surprise each other."""
    @mount_propagation.setter
    def mount_propagation(self, value: Literal["None", "HostToContainer", "Bidirectional"] | None) -> None: ...
    @mount_propagation.deleter
    def mount_propagation(self) -> None: ...
    @property
    def recursive_read_only(self) -> Literal["Disabled", "IfPossible", "Enabled"] | None:
        """With readOnly: whether what is mounted below is read-only too, Disabled, IfPossible or Enabled; not together with
        mountPropagation. Default: Disabled, because not every node can do it. Kubernetes 1.31 or later."""
    @recursive_read_only.setter
    def recursive_read_only(self, value: Literal["Disabled", "IfPossible", "Enabled"] | None) -> None: ...
    @recursive_read_only.deleter
    def recursive_read_only(self) -> None: ...
    def __init__(
        self,
        *,
        mount_path: 'str | int | None' = None,
        name: 'str | int | None' = None,
        sub_path: 'str | int | None' = None,
        sub_path_expr: 'str | int | None' = None,
        read_only: 'bool | None' = None,
        mount_propagation: 'Literal["None", "HostToContainer", "Bidirectional"] | None' = None,
        recursive_read_only: 'Literal["Disabled", "IfPossible", "Enabled"] | None' = None,
    ) -> None: ...

class VolumeMountDict(TypedDict, total=False):
    mountPath: str | int | None
    mount_path: str | int | None
    name: str | int | None
    subPath: str | int | None
    sub_path: str | int | None
    subPathExpr: str | int | None
    sub_path_expr: str | int | None
    readOnly: bool | None
    read_only: bool | None
    mountPropagation: Literal["None", "HostToContainer", "Bidirectional"] | None
    mount_propagation: Literal["None", "HostToContainer", "Bidirectional"] | None
    recursiveReadOnly: Literal["Disabled", "IfPossible", "Enabled"] | None
    recursive_read_only: Literal["Disabled", "IfPossible", "Enabled"] | None

class Warmup(Model):
    """A new pod gets its full share of requests slowly; with LEAST_REQUEST and ROUND_ROBIN."""
    @property
    def duration(self) -> str | None:
        """How long that takes, a Go duration from 1ms."""
    @duration.setter
    def duration(self, value: str | int | None) -> None: ...
    @duration.deleter
    def duration(self) -> None: ...
    @property
    def minimum_percent(self) -> int | None:
        """Percent of the share to begin with, 0 to 100. Default: 10, because it is Istio's own."""
    @minimum_percent.setter
    def minimum_percent(self, value: int | None) -> None: ...
    @minimum_percent.deleter
    def minimum_percent(self) -> None: ...
    def __init__(
        self,
        *,
        duration: 'str | int | None' = None,
        minimum_percent: 'int | None' = None,
    ) -> None: ...

class WarmupDict(TypedDict, total=False):
    duration: str | int | None
    minimumPercent: int | None
    minimum_percent: int | None
