"""HTML for notebooks: tables of diagnostics and of connections, and a picture of these."""
import html
import subprocess

from .__main__ import find_hybridgen

# Graphviz is given 30 seconds of computing by the command; who waits in a notebook shall not wait longer.
MOST_SECONDS = 30

# A large application has more connections than a person reads in a notebook.
MOST_ROWS = 200


def table(head, rows):
    """A table of texts, all of them escaped because the model may come from somebody else."""
    def line(cells, tag):
        return "<tr>" + "".join(f'<{tag} style="text-align:left">{html.escape(cell)}</{tag}>' for cell in cells) + "</tr>"

    more = f"<p>and {len(rows) - MOST_ROWS} more</p>" if len(rows) > MOST_ROWS else ""
    return f"<table>{line(head, 'th')}{''.join(line(row, 'td') for row in rows[:MOST_ROWS])}</table>{more}"


def findings(found):
    """Diagnostics, one a row."""
    if not found:
        return "<p>no mistakes</p>"

    def place(one):
        return ":".join(str(part) for part in (one.file, one.line, one.column) if part is not None)

    return table(["", "code", "where", "what is wrong", "hint"],
                 [[one.severity.value, one.code, place(one) or one.path, one.message, one.hint or ""] for one in found])


def connections(edges):
    """The connections that network policies allow, and why."""
    def ports(edge):
        return ", ".join(f"{port.number}{'/UDP' if port.is_udp else ''}" for port in edge.ports[:edge.n_ports]) or "all"

    def peer(pointer):
        return (pointer.contents.name or b"?").decode("utf-8", "replace") if pointer else ""

    return table(["from", "to", "ports", "why"],
                 [[peer(getattr(edge, "from")), peer(edge.to), ports(edge), edge.reason.decode()] for edge in edges if edge.in_network])


def picture(manifests):
    """What `hybridgen graph` draws of manifests; "" where the command or Graphviz is not there, and for more than they can draw."""
    try:
        done = subprocess.run([find_hybridgen(), "graph", "--quiet", "--format", "svg", "-"], input=manifests.encode("utf-8"), capture_output=True,
                              timeout=MOST_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8")
