"""The functions and structs of the C library through ctypes. Importing this module finds the library and checks its version."""
import ctypes
import os
import sys
from ctypes import POINTER, Structure, c_bool, c_char_p, c_int, c_int64, c_size_t, c_uint8, c_uint16, c_uint32, c_void_p

# Number of the library's binary interface. A library with another number is refused.
ABI = 3

OK, INVALID, UNREADABLE, UNWRITABLE, NO_MEMORY, BAD_CALL = range(6)
WARNING, ERROR = 1, 2
YAML, JSON, LIST = range(3)
(STRING, INTEGER, OPTIONAL_INTEGER, BOOLEAN, ENUMERATION, INT_OR_STRING, STRING_LIST, STRUCT, EMBEDDED, STRUCT_LIST,
 VALUE) = range(1, 12)


class LibraryError(ImportError):
    """The C library cannot be found, or its version does not fit this package."""


class Word(Structure):
    _fields_ = [("name", c_char_p), ("value", c_int)]


class Enum(Structure):
    _fields_ = [("name", c_char_p), ("words", POINTER(Word)), ("n_words", c_size_t)]


class Field(Structure):
    pass


class Struct(Structure):
    _fields_ = [("name", c_char_p), ("doc", c_char_p), ("size", c_size_t), ("at_offset", c_size_t), ("fields", c_void_p),
                ("n_fields", c_size_t), ("field_size", c_size_t), ("scalar", c_char_p), ("map", c_bool), ("keyed_by", c_char_p),
                ("may_be_empty", c_bool), ("parts_are_filled", c_bool), ("word", c_char_p), ("whole", c_char_p)]

    def row(self, index):
        """The row of a member. The size comes from the library, because rows of a newer library may be longer."""
        return Field.from_address(self.fields + index * self.field_size)


Field._fields_ = [
    ("key", c_char_p), ("member", c_char_p), ("kind", c_int), ("offset", c_uint32), ("count_offset", c_uint32), ("doc", c_char_p),
    ("of", POINTER(Struct)), ("words", POINTER(Enum)), ("format", c_void_p), ("key_format", c_void_p), ("min", c_int64), ("max", c_int64),
    ("def_int", c_int64), ("default", c_char_p), ("short_key", c_char_p), ("workloads", c_uint32), ("since", c_uint16), ("mesh", c_uint8),
    ("choice", c_uint8), ("alone", c_bool), ("required", c_bool), ("ours", c_bool), ("omit_zero", c_bool), ("anyway", c_bool),
    ("none", c_bool), ("replaces", c_uint8)]


class Place(Structure):
    _fields_ = [("file", c_char_p), ("line", c_uint32), ("column", c_uint32), ("path", c_char_p), ("message", c_char_p)]


class Edit(Structure):
    _fields_ = [("file", c_char_p), ("line", c_uint32), ("column", c_uint32), ("end_line", c_uint32), ("end_column", c_uint32),
                ("text", c_char_p)]


class Diagnostic(Structure):
    _fields_ = [("code", c_int), ("severity", c_int), ("file", c_char_p), ("line", c_uint32), ("column", c_uint32), ("path", c_char_p),
                ("message", c_char_p), ("hint", c_char_p), ("related", Place), ("end_line", c_uint32), ("end_column", c_uint32),
                ("edits", POINTER(Edit)), ("n_edits", c_size_t), ("paths", POINTER(c_char_p)), ("n_paths", c_size_t),
                ("environments", POINTER(c_char_p)), ("n_environments", c_size_t)]


class DiagnosticsOptions(Structure):
    _fields_ = [("size", c_size_t), ("limit", c_size_t), ("strict", c_int)]


class CodeInfo(Structure):
    _fields_ = [("code", c_int), ("severity", c_int), ("name", c_char_p), ("what", c_char_p), ("why", c_char_p), ("wrong", c_char_p),
                ("right", c_char_p)]


class Source(Structure):
    _fields_ = [("name", c_char_p), ("text", c_char_p), ("length", c_size_t)]


class DiagnosticsStyle(Structure):
    _fields_ = [("size", c_size_t), ("format", c_int), ("color", c_int), ("errors_only", c_int), ("sources", POINTER(Source)),
                ("n_sources", c_size_t), ("strict", c_int), ("omitted", c_size_t)]


class LoadOptions(Structure):
    _fields_ = [("size", c_size_t), ("sets", POINTER(c_char_p)), ("n_sets", c_size_t), ("max_bytes", c_size_t),
                ("environment", c_char_p), ("environment_file", POINTER(Source))]


class ResolveOptions(Structure):
    _fields_ = [("size", c_size_t), ("kubernetes_version", c_char_p), ("namespace_name", c_char_p)]


class GenerateOptions(Structure):
    _fields_ = [("size", c_size_t), ("format", c_int), ("only", POINTER(c_char_p)), ("n_only", c_size_t), ("force", c_int),
                ("with", POINTER(c_char_p)), ("n_with", c_size_t), ("against", c_void_p)]


class Manifest(Structure):
    _fields_ = [("group", c_char_p), ("version", c_char_p), ("kind", c_char_p), ("namespace_name", c_char_p), ("name", c_char_p),
                ("file_name", c_char_p), ("service", c_char_p)]


class File(Structure):
    _fields_ = [("part", c_char_p), ("group", c_char_p), ("path", c_char_p), ("service", c_char_p), ("executable", c_int),
                ("is_default", c_int)]


class PartInfo(Structure):
    _fields_ = [("name", c_char_p), ("group", c_char_p), ("what", c_char_p), ("when", c_char_p)]


class Peer(Structure):
    _fields_ = [("kind", c_int), ("name", c_char_p), ("namespace_name", c_char_p), ("in_mesh", c_bool)]


class EdgePort(Structure):
    _fields_ = [("number", c_int64), ("is_udp", c_bool)]


class Edge(Structure):
    _fields_ = [("from", POINTER(Peer)), ("to", POINTER(Peer)), ("ports", POINTER(EdgePort)), ("n_ports", c_size_t), ("reason", c_char_p),
                ("in_network", c_bool), ("in_mesh", c_bool), ("by", POINTER(Peer)), ("methods", POINTER(c_char_p)), ("n_methods", c_size_t),
                ("paths", POINTER(c_char_p)), ("n_paths", c_size_t)]


class ClusterPlace(Structure):
    _fields_ = [("file", c_char_p), ("line", c_uint32), ("column", c_uint32)]


class ClusterObject(Structure):
    _fields_ = [("group", c_char_p), ("version", c_char_p), ("kind", c_char_p), ("namespace_name", c_char_p), ("name", c_char_p),
                ("place", ClusterPlace), ("takes_part", c_int)]


class ClusterLabel(Structure):
    _fields_ = [("key", c_char_p), ("value", c_char_p)]


class ClusterPort(Structure):
    _fields_ = [("name", c_char_p), ("number", c_uint16), ("transport", c_int)]


class ClusterWorkload(Structure):
    _fields_ = [("object", POINTER(ClusterObject)), ("kind", c_char_p), ("name", c_char_p), ("namespace_name", c_char_p),
                ("labels", POINTER(ClusterLabel)), ("n_labels", c_size_t), ("ports", POINTER(ClusterPort)), ("n_ports", c_size_t),
                ("service_account", c_char_p), ("host_network", c_int)]


class ClusterRange(Structure):
    _fields_ = [("transport", c_int), ("first", c_uint16), ("last", c_uint16)]


class ClusterReason(Structure):
    _fields_ = [("kind", c_int), ("is_egress", c_int), ("policy", POINTER(ClusterObject)), ("place", ClusterPlace), ("in_mesh", c_int)]


class ClusterOptions(Structure):
    _fields_ = [("size", c_size_t), ("max_bytes", c_size_t), ("max_objects", c_size_t), ("keep_content", c_int)]


class DiffSide(Structure):
    _fields_ = [("size", c_size_t), ("model", c_void_p), ("cluster", c_void_p), ("has_own_connections", c_bool)]


class ConnectivityOptions(Structure):
    _fields_ = [("size", c_size_t), ("host_network_as_pods", c_int), ("only_exposed", c_int), ("layers", c_int), ("trust_domain", c_char_p)]


class Value(Structure):
    _fields_ = [("path", c_char_p), ("text", c_char_p), ("kind", c_int), ("origin", c_int), ("from", c_char_p), ("file", c_char_p),
                ("line", c_uint32), ("column", c_uint32), ("environment", c_char_p)]


class KindInfo(Structure):
    _fields_ = [("group", c_char_p), ("version", c_char_p), ("kind", c_char_p), ("family", c_char_p), ("when", c_char_p)]


Loader = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p, POINTER(c_void_p))
Sink = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_size_t)
ReasonVisitor = ctypes.CFUNCTYPE(c_int, c_void_p, POINTER(ClusterReason))
ConnectionVisitor = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)
ValueVisitor = ctypes.CFUNCTYPE(c_int, c_void_p, POINTER(Value))


class WorkspaceOptions(Structure):
    _fields_ = [("size", c_size_t), ("load", Loader), ("user", c_void_p), ("kubernetes_version", c_char_p),
                ("load_in_threads", c_bool), ("max_threads", c_size_t)]


_FUNCTIONS = {
    "hd_version": (c_char_p,),
    "hd_abi": (c_uint32,),
    "hd_diagnostics_new": (c_void_p, POINTER(DiagnosticsOptions)),
    "hd_diagnostics_free": (None, c_void_p),
    "hd_diagnostics_write": (c_int, c_void_p, POINTER(DiagnosticsStyle), Sink, c_void_p),
    "hd_diagnostic_list_write": (c_int, POINTER(POINTER(Diagnostic)), c_size_t, POINTER(DiagnosticsStyle), Sink, c_void_p),
    "hd_diagnostic_write": (c_int, POINTER(Diagnostic), POINTER(DiagnosticsStyle), Sink, c_void_p),
    "hd_diagnostics_clear": (None, c_void_p),
    "hd_status_text": (c_char_p, c_int),
    "hd_diagnostics_count": (c_size_t, c_void_p),
    "hd_diagnostics_get": (POINTER(Diagnostic), c_void_p, c_size_t),
    "hd_diagnostics_errors": (c_size_t, c_void_p),
    "hd_diagnostics_omitted": (c_size_t, c_void_p),
    "hd_code_info": (POINTER(CodeInfo), c_int),
    "hd_code_at": (POINTER(CodeInfo), c_size_t),
    "hd_did_you_mean": (c_char_p, c_char_p, POINTER(c_char_p), c_size_t),
    "hd_document_load": (c_int, POINTER(Source), c_size_t, POINTER(LoadOptions), c_void_p, POINTER(c_void_p)),
    "hd_document_free": (None, c_void_p),
    "hd_document_app_in": (c_void_p, c_void_p, c_void_p),
    "hd_document_environments": (c_int, c_void_p, POINTER(POINTER(c_char_p)), POINTER(c_size_t)),
    "hd_document_sources": (POINTER(Source), c_void_p, POINTER(c_size_t)),
    "hd_document_add": (c_int, c_void_p, c_char_p, c_void_p, c_void_p, c_size_t, c_void_p),
    "hd_document_replace": (c_int, c_void_p, c_char_p, c_void_p, c_void_p, c_size_t, c_void_p),
    "hd_document_remove": (c_int, c_void_p, c_char_p, c_void_p),
    "hd_resolve": (c_int, c_void_p, POINTER(ResolveOptions), c_void_p, POINTER(c_void_p)),
    "hd_document_resolve": (c_int, c_void_p, POINTER(ResolveOptions), c_void_p, POINTER(c_void_p)),
    "hd_model_free": (None, c_void_p),
    "hd_model_app_in": (c_void_p, c_void_p, c_void_p),
    "hd_model_n_edges": (c_size_t, c_void_p),
    "hd_model_edge": (POINTER(Edge), c_void_p, c_size_t),
    "hd_cluster_reads": (c_bool, c_char_p, c_char_p),
    "hd_cluster_read": (c_int, POINTER(Source), c_size_t, POINTER(ClusterOptions), c_void_p, POINTER(c_void_p)),
    "hd_cluster_free": (None, c_void_p),
    "hd_cluster_object_count": (c_size_t, c_void_p),
    "hd_cluster_object_at": (POINTER(ClusterObject), c_void_p, c_size_t),
    "hd_cluster_workload_count": (c_size_t, c_void_p),
    "hd_cluster_workload_at": (POINTER(ClusterWorkload), c_void_p, c_size_t),
    "hd_cluster_compare": (c_int, c_void_p, c_uint16, c_void_p, c_size_t, c_void_p, POINTER(c_int)),
    "hd_cluster_connections": (c_int, c_void_p, POINTER(ConnectivityOptions), c_void_p, ConnectionVisitor, c_void_p),
    "hd_cluster_why": (c_int, c_void_p, POINTER(ConnectivityOptions), c_char_p, c_char_p, POINTER(ClusterRange), c_void_p, ReasonVisitor, c_void_p,
                       POINTER(c_int)),
    "hd_cluster_write_graph": (c_int, c_void_p, POINTER(ConnectivityOptions), c_int, c_void_p, Sink, c_void_p),
    "hd_check": (c_int, c_void_p, c_void_p),
    "hd_kind_at": (POINTER(KindInfo), c_size_t),
    "hd_manifest_count": (c_size_t, c_void_p),
    "hd_manifest_at": (POINTER(Manifest), c_void_p, c_size_t),
    "hd_manifest_is_selected": (c_int, POINTER(Manifest), POINTER(GenerateOptions)),
    "hd_manifest_write": (c_int, c_void_p, c_size_t, c_int, Sink, c_void_p),
    "hd_part_at": (POINTER(PartInfo), c_size_t),
    "hd_file_count": (c_size_t, c_void_p),
    "hd_file_at": (POINTER(File), c_void_p, c_size_t),
    "hd_file_is_selected": (c_int, POINTER(File), POINTER(GenerateOptions)),
    "hd_file_write": (c_int, c_void_p, c_size_t, Sink, c_void_p),
    "hd_generate": (c_int, c_void_p, POINTER(GenerateOptions), c_void_p, Sink, c_void_p),
    "hd_generate_folder": (c_int, c_void_p, POINTER(GenerateOptions), c_void_p, c_char_p),
    "hd_schema_root": (POINTER(Struct),),
    "hd_schema_write": (c_int, Sink, c_void_p),
    "hd_contract_schema_write": (c_int, Sink, c_void_p),
    "hd_contract_write": (c_int, c_void_p, Sink, c_void_p),
    "hd_workspace_check": (c_int, c_void_p, c_void_p),
    "hd_workspace_count": (c_size_t, c_void_p),
    "hd_workspace_document": (c_void_p, c_void_p, c_size_t),
    "hd_workspace_errors": (c_size_t, c_void_p, c_size_t),
    "hd_workspace_file": (c_char_p, c_void_p, c_size_t),
    "hd_workspace_free": (None, c_void_p),
    "hd_workspace_load": (c_int, c_char_p, POINTER(WorkspaceOptions), c_void_p, POINTER(c_void_p)),
    "hd_workspace_model": (c_void_p, c_void_p, c_size_t),
    "hd_workspace_name": (c_char_p, c_void_p, c_size_t),
    "hd_workspace_reload": (c_int, c_void_p, c_size_t, c_void_p, POINTER(c_bool)),
    "hd_explain": (c_int, c_void_p, c_char_p, Sink, c_void_p),
    "hd_explain_values": (c_int, c_void_p, c_char_p, ValueVisitor, c_void_p),
    "hd_explain_json": (c_int, c_void_p, c_char_p, Sink, c_void_p),
    "hd_app_write": (c_int, c_void_p, c_int, Sink, c_void_p),
    "hd_diff": (c_int, c_void_p, c_void_p, c_void_p, POINTER(c_void_p)),
    "hd_diff_sides": (c_int, POINTER(DiffSide), POINTER(DiffSide), c_void_p, POINTER(c_void_p)),
    "hd_diff_free": (None, c_void_p),
    "hd_diff_write": (c_int, c_void_p, c_int, Sink, c_void_p),
    # The package reads a diff as JSON, so it does not use these structs.
    "hd_diff_worst": (c_int, c_void_p),
    "hd_effect_name": (c_char_p, c_int),
    "hd_diff_n_objects": (c_size_t, c_void_p),
    "hd_diff_object": (c_void_p, c_void_p, c_size_t),
    "hd_diff_n_causes": (c_size_t, c_void_p),
    "hd_diff_cause": (c_void_p, c_void_p, c_size_t),
    "hd_diff_n_edges": (c_size_t, c_void_p),
    "hd_diff_edge": (c_void_p, c_void_p, c_size_t),
    "hd_diff_load": (c_void_p, c_void_p, c_bool),
    "hd_diff_n_notes": (c_size_t, c_void_p),
    "hd_diff_note": (c_char_p, c_void_p, c_size_t),
    "hd_diff_missing_kind": (c_char_p, c_void_p, c_size_t),
    "hd_format_words": (c_char_p, c_void_p),
    "hd_format_pattern": (c_char_p, c_void_p),
    "hd_format_is_valid": (c_bool, c_void_p, c_char_p),
}


def _places():
    """The paths to try, in order: only HYBRIDDEPLOY_LIBRARY when it is set; else in the wheel, then in the system."""
    told = os.environ.get("HYBRIDDEPLOY_LIBRARY")
    if told:
        return [told]
    name = f"libhybriddeploy.{ABI}.dylib" if sys.platform == "darwin" else f"libhybriddeploy.so.{ABI}"
    # Beside this package, or in the folder for libraries of this machine's architecture.
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    bundled = [os.path.join(folder, ".hybriddeploy.mesonpy.libs", name) for folder in [here, *sys.path]]
    return [place for place in bundled if os.path.exists(place)][:1] + [name]


def _open():
    tried = []
    for place in _places():
        try:
            return place, ctypes.CDLL(place)
        except OSError as error:
            tried.append(f"  {place}: {error}")
    raise LibraryError("the library libhybriddeploy cannot be loaded. Tried:\n" + "\n".join(tried) +
                       "\nInstall it, or let HYBRIDDEPLOY_LIBRARY name its file.")


def _load():
    place, library = _open()
    for name, (result, *arguments) in _FUNCTIONS.items():
        try:
            function = getattr(library, name)
        except AttributeError:
            raise LibraryError(f"{place} does not fit this package, because it has no {name}()") from None
        function.restype = result
        function.argtypes = arguments
        if name == "hd_abi" and function() != ABI:
            raise LibraryError(f"{place} has ABI {function()}, this package needs ABI {ABI}: "
                               "install a package and a library of one version")
    return place, library


library_path, lib = _load()


def texts(values):
    """An array of strings for C."""
    return (c_char_p * len(values))(*[value.encode() for value in values])


class Collector:
    """Collects the text that the library writes. `sink` is the function for C; it must live as long as the call."""

    def __init__(self):
        self._data = bytearray()
        self._error = None
        self.sink = Sink(self._receive)

    def _receive(self, _user, text, length):
        try:
            self._data += ctypes.string_at(text, length)
        except BaseException as error:  # because exceptions cannot pass through C
            self._error = error
            return 1
        return 0

    def take(self):
        """The collected text; raises an exception that the sink caught."""
        if self._error:
            raise self._error
        return self._data.decode("utf-8")


def rows(at):
    """The rows of a table of the library. `at(index)` returns one row, or NULL past the end."""
    row = at(0)
    i = 0
    while row:
        yield row.contents
        i += 1
        row = at(i)


def did_you_mean(word, candidates):
    candidates = [candidate for candidate in candidates if candidate]
    found = lib.hd_did_you_mean(str(word).encode("utf-8", "replace"), texts(candidates), len(candidates))
    return found.decode() if found else None
