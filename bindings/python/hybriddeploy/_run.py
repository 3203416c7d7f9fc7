"""One run of a model through the library: load, resolve, check, write."""
import ctypes
import json
import re

from . import _raw
from ._errors import InvalidModelError, UnreadableError, UnwritableError

# Characters that JSON allows in a string, and that YAML reads as line breaks or refuses.
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_FORMATS = {"yaml": _raw.YAML, "json": _raw.JSON, "list": _raw.LIST}


def to_json(data):
    """The JSON text of plain data, written so that YAML readers read the same values."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    try:
        return _ODD.sub(lambda match: f"\\u{ord(match[0]):04x}", text).encode("utf-8")
    except UnicodeEncodeError as error:
        around = text[max(error.start - 20, 0):error.end + 20]
        raise ValueError(f"a text of the model is not valid Unicode: it contains half of a surrogate pair, near {around!r}") from None


def format_number(name, *, single=False):
    known = [word for word in _FORMATS if not (single and word == "list")]
    if name not in known:
        raise ValueError(f"there is no format {name!r}; formats are {', '.join(known)}")
    return _FORMATS[name]


def _options(kind, **values):
    return kind(ctypes.sizeof(kind), **values)


def _encoded(text):
    return text.encode("utf-8") if text is not None else None


def _option(name, value, example):
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{name} must be a text, such as \"{example}\", not {value!r}")
    return _encoded(value)


def _words(words):
    return [words] if isinstance(words, str) else list(words or ())


def _refuse(what, word, candidates):
    near = _raw.did_you_mean(word, candidates)
    raise ValueError(f"there is no {what} {word!r}; " + (f"did you mean {near!r}?" if near else f"{what}s() lists all of them"))


def _check_words(only, parts):
    """Refuses kinds and parts that the library does not have in any model."""
    kinds = [row.kind.decode() for row in _raw.rows(_raw.lib.hd_kind_at)]
    rows = list(_raw.rows(_raw.lib.hd_part_at))
    names = [row.name.decode() for row in rows]
    groups = sorted({row.group.decode() for row in rows if row.group})
    for word in only:
        head = word.partition("/")[0]
        if head not in names and head.lower() not in [kind.lower() for kind in kinds]:
            _refuse("kind", head, kinds + names)
    for word in parts:
        if word not in [*names, *groups, "none"]:
            _refuse("part", word, names + groups)


def _sources(sources):
    """The array of sources for C. `sources` are pairs of a name and its text, or None to read the file of that name."""
    return (_raw.Source * len(sources))(*[
        (name.encode("utf-8", "surrogateescape"), text, len(text) if text is not None else 0) for name, text in sources])


class Run:
    """Owns the C objects of one run and frees them. An object that borrows from them keeps a reference to the run."""

    def __init__(self, locate, *, limit=None, strict=False):
        self._document = ctypes.c_void_p()
        self._model = ctypes.c_void_p()
        self._resolve_options = None
        self._locate = locate
        self.name = None  # the name of the text, when the model was made in Python
        self._strict = strict
        options = _options(_raw.DiagnosticsOptions, limit=limit or 0, strict=strict)
        self._diagnostics = _raw.lib.hd_diagnostics_new(options)
        if not self._diagnostics:
            raise MemoryError

    def __del__(self, lib=_raw.lib):
        lib.hd_model_free(self._model)
        lib.hd_document_free(self._document)
        lib.hd_diagnostics_free(getattr(self, "_diagnostics", None))

    def _must(self, status):
        """Raises the exception for a status that is not OK."""
        if status == _raw.OK:
            return
        if status == _raw.NO_MEMORY:
            raise MemoryError
        errors = {_raw.INVALID: InvalidModelError, _raw.UNREADABLE: UnreadableError, _raw.UNWRITABLE: UnwritableError}
        if status not in errors:
            why = "; ".join(one.message for one in self.findings()) or _raw.lib.hd_status_text(status).decode()
            raise RuntimeError(f"the library refuses the call: {why}")
        raise errors[status](self.findings(), self.omitted(), self._strict)

    def _written(self, status, out):
        text = out.take()  # raises an exception that the sink caught
        self._must(status)
        return text

    def load(self, sources, sets=(), environment=None):
        """Loads a model. `sources` are pairs of a name and its text, or None to read the file of that name."""
        raw, sets = _sources(sources), list(sets)
        options = _options(_raw.LoadOptions, sets=_raw.texts(sets), n_sets=len(sets), environment=_option("environment", environment, "production"))
        self._must(_raw.lib.hd_document_load(raw, len(sources), options, self._diagnostics, self._document))
        return self

    def read_cluster(self, sources, keep_content):
        """Reads a cluster, which the caller must free."""
        cluster = ctypes.c_void_p()
        options = _options(_raw.ClusterOptions, keep_content=keep_content)
        self._must(_raw.lib.hd_cluster_read(_sources(sources), len(sources), options, self._diagnostics, cluster))
        return cluster

    def write_graph(self, cluster, format_, host_network_as_pods):
        out = _raw.Collector()
        options = _options(_raw.ConnectivityOptions, host_network_as_pods=host_network_as_pods)
        return self._written(_raw.lib.hd_cluster_write_graph(cluster, options, format_, self._diagnostics, out.sink, None), out)

    def environments(self):
        """The names of the model's environments."""
        names, n = ctypes.POINTER(ctypes.c_char_p)(), ctypes.c_size_t()
        self._must(_raw.lib.hd_document_environments(self._document, names, n))
        return [name.decode() for name in names[:n.value]]

    def app(self):
        """The address of the model as it was loaded."""
        return _raw.lib.hd_document_app_in(self._document, None)  # in the library's own layout

    def resolve(self, kubernetes_version=None, namespace=None):
        # The model borrows the strings.
        self._resolve_options = _options(_raw.ResolveOptions, kubernetes_version=_option("kubernetes_version", kubernetes_version, "1.30"),
                                         namespace_name=_option("namespace", namespace, "shop"))
        self._must(_raw.lib.hd_resolve(self.app(), self._resolve_options, self._diagnostics, self._model))
        return self

    def check(self):
        """Checks the model. Mistakes do not raise; n_errors() and findings() have them."""
        status = _raw.lib.hd_check(self._model, self._diagnostics)
        if status != _raw.INVALID:
            self._must(status)
        return self

    def n_errors(self):
        return _raw.lib.hd_diagnostics_errors(self._diagnostics)

    def must_be_valid(self):
        if self.n_errors():
            self._must(_raw.INVALID)
        return self

    def findings(self):
        from . import _diagnostic
        return _diagnostic.read(self._diagnostics, self._locate)

    def omitted(self):
        return _raw.lib.hd_diagnostics_omitted(self._diagnostics)

    def given(self, format_):
        """The model as it was given, without defaults."""
        out = _raw.Collector()
        return self._written(_raw.lib.hd_app_write(self.app(), format_, out.sink, None), out)

    def options(self, format_=_raw.YAML, only=None, parts=None, force=False, against=None):
        """The options for generating. A kind without objects selects nothing; an object or file without match is a ValueError."""
        only, parts = _words(only), _words(parts)
        if only or parts:
            _check_words(only, parts)
        for word in only:
            one = _options(_raw.GenerateOptions, only=_raw.texts([word]), n_only=1)
            if "/" in word and not self._selected_manifests(one) and not self._selected_files(one):
                raise ValueError(f"the model generates no {word!r}")
        return _options(_raw.GenerateOptions, format=format_, only=_raw.texts(only), n_only=len(only), force=force, n_with=len(parts),
                        against=against._cluster if against else None,
                        **{"with": _raw.texts(parts)})

    def _selected_manifests(self, options):
        every = ((i, _raw.lib.hd_manifest_at(self._model, i)) for i in range(_raw.lib.hd_manifest_count(self._model)))
        return [(i, raw.contents) for i, raw in every if not options.n_only or _raw.lib.hd_manifest_is_selected(raw, options)]

    def _selected_files(self, options):
        every = ((i, _raw.lib.hd_file_at(self._model, i)) for i in range(_raw.lib.hd_file_count(self._model)))
        return [(i, raw.contents) for i, raw in every if _raw.lib.hd_file_is_selected(raw, options)]

    def manifests(self, only):
        """The selected manifests, as pairs of index and manifest."""
        return self._selected_manifests(self.options(only=only))

    def files(self, only, parts):
        """The selected files, as pairs of index and file."""
        return self._selected_files(self.options(only=only, parts=parts))

    def file(self, index):
        out = _raw.Collector()
        return self._written(_raw.lib.hd_file_write(self._model, index, out.sink, None), out)

    def manifest(self, index, format_):
        out = _raw.Collector()
        return self._written(_raw.lib.hd_manifest_write(self._model, index, format_, out.sink, None), out)

    def edges(self):
        """The connections that the manifests allow."""
        return [_raw.lib.hd_model_edge(self._model, i).contents for i in range(_raw.lib.hd_model_n_edges(self._model))]

    def stream(self, format_, only, against=None):
        out = _raw.Collector()
        return self._written(_raw.lib.hd_generate(self._model, self.options(format_, only, against=against), self._diagnostics, out.sink, None), out)

    def folder(self, folder, format_, only, parts, force, against):
        options = self.options(format_, only, parts, force, against)
        self._must(_raw.lib.hd_generate_folder(self._model, options, self._diagnostics, folder))

    def contract(self):
        out = _raw.Collector()
        return self._written(_raw.lib.hd_contract_write(self._model, out.sink, None), out)

    def side(self, cluster=None):
        """This checked model, or a cluster that was read here, as a side of a comparison."""
        return _options(_raw.DiffSide, model=None if cluster else self._model, cluster=cluster)

    def diff(self, before, after):
        """Compares two sides. The caller must free the C object."""
        found = ctypes.c_void_p()
        self._must(_raw.lib.hd_diff_sides(before, after, self._diagnostics, found))
        return found

    def write_diff(self, diff, form):
        out = _raw.Collector()
        return self._written(_raw.lib.hd_diff_write(diff, form, out.sink, None), out)

    def explain(self, path, name=None):
        """The complete model, or a part of it. `name`: that of a text made in Python, whose places become lines of Python."""
        out = _raw.Collector()
        status = _raw.lib.hd_explain(self._model, _encoded(path), out.sink, None)
        if status == _raw.BAD_CALL:
            raise KeyError(f"the complete model has nothing at {path}")
        text = self._written(status, out)
        return self._in_place(text, path, name) if name else text

    def _in_place(self, text, path, name):
        """Replaces the places in the text `name` by those of self._locate(), which come in the order of the values."""
        places, error = [], []

        def visit(_user, raw):
            try:
                value = raw.contents
                if value.file is not None and value.file.decode() == name:
                    places.append(self._locate(name, value.line, value.column, value.path.decode())[:2])
            except BaseException as caught:  # because exceptions cannot pass through C
                error.append(caught)
            return len(error)

        status = _raw.lib.hd_explain_values(self._model, _encoded(path), _raw.ValueVisitor(visit), None)
        if error:
            raise error[0]
        self._must(status)
        there = iter(places)

        def place(match):
            file, line = next(there)
            if file is None:
                return " # given" if match[1] == " # " else ""
            return f"{match[1]}{file}:{line}" if line else match[1] + file

        return re.sub(rf"( # |, ){re.escape(name)}:\d+$", place, text, flags=re.M)
