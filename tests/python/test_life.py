"""Lifetimes, leaks and threads; and libraries of another version, which the package refuses."""
import concurrent.futures
import gc
import os
import pathlib
import shutil
import subprocess
import sys
import textwrap
import threading
import time

import pytest

import hybriddeploy as hd
import hybriddeploy._run
from hybriddeploy import _raw
from test_model import shop


def rss():
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_what_is_held_outlives_what_it_came_from():
    held = []
    for i in range(50):
        app = shop(calls=["nobody"] if i % 2 else [])
        if i % 2:
            held += app.check()
        else:
            held.append(app.generate()[i % 8])
        del app
        gc.collect()
    texts = [one.text for one in held if isinstance(one, hd.Manifest)]
    assert len(texts) == 25 and all(text.startswith("---\n") for text in texts)
    assert {one.message for one in held if isinstance(one, hd.Diagnostic)} == {'there is no service or external "nobody"'}


def test_parts_are_of_no_parent():
    part = shop(ports=[8000]).services["web"].ports[0]
    gc.collect()
    assert part == hd.Port(port=8000)


def leak(n_models):
    def one(i):
        app = shop(replicas=i % 5, autoscaling=False, calls=["nobody"] if i % 10 == 0 else [])
        try:
            app.generate()[0].text
        except hd.InvalidModelError as error:
            str(error)
        app.to_yaml()

    for i in range(500):
        one(i)
    gc.collect()
    before = rss()
    for i in range(n_models):
        one(i)
    gc.collect()
    return rss() - before


def test_memory_stays_flat():
    assert leak(3000) < 4 * 1024 * 1024


@pytest.mark.skipif("HYBRIDDEPLOY_SLOW_TESTS" not in os.environ, reason="takes minutes; HYBRIDDEPLOY_SLOW_TESTS=1 runs it")
def test_memory_stays_flat_over_100000_models():
    assert leak(100000) < 4 * 1024 * 1024


def fleet(n_services):
    return hd.App(name="fleet", image_registry="registry.example.com", image_tag="1",
                  services=[hd.Service(name=f"s{i}", runtime="condon", calls=[f"s{i // 2}"] if i else None) for i in range(n_services)])


def test_threads_get_the_same():
    app = fleet(40)
    expected = app.to_stream()
    manifests = app.generate()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: fleet(40).to_stream(), range(32))) == {expected}
        assert "".join(pool.map(lambda one: one.text, manifests)) == expected


def test_other_threads_run_meanwhile():
    """During a call of the library other threads run: a thread that counts goes on."""
    app = fleet(1500)
    data = hd._run.to_json(app.to_dict())
    counted = [0]
    done = threading.Event()

    def count():
        while not done.is_set():
            counted[0] += 1
            time.sleep(0)

    interval = sys.getswitchinterval()
    counter = threading.Thread(target=count)
    # The interpreter does not switch threads for an hour, so the counter runs only when a call releases the interpreter.
    sys.setswitchinterval(3600)
    try:
        counter.start()
        before = after = counted[0]
        # A busy machine may give the counter no processor during one call.
        for _ in range(50):
            hd._run.Run(lambda *place: (*place[:3], None, None)).load([("fleet", data)])
            after = counted[0]
            if after > before:
                break
    finally:
        done.set()
        sys.setswitchinterval(interval)
        counter.join()
    assert after > before


def python(script, **environment):
    return run_python(script, {**os.environ, **environment})


def run_python(script, environment):
    return subprocess.run([sys.executable, "-c", textwrap.dedent(script)], env=environment, text=True, capture_output=True, timeout=60,
                          check=False)


def test_a_library_that_is_not_there():
    done = python("import hybriddeploy", HYBRIDDEPLOY_LIBRARY="/nowhere/libhybriddeploy.so")
    assert done.returncode == 1
    assert "LibraryError: the library libhybriddeploy cannot be loaded. Tried:\n  /nowhere/libhybriddeploy.so: " in done.stderr
    assert "let HYBRIDDEPLOY_LIBRARY name its file" in done.stderr
    environment = {name: value for name, value in os.environ.items() if name not in ("HYBRIDDEPLOY_LIBRARY", "LD_LIBRARY_PATH")}
    done = run_python("import hybriddeploy", environment)
    assert done.returncode == 0 or "Tried:\n  libhybriddeploy.so." in done.stderr


@pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")
def test_a_library_of_another_abi(tmp_path):
    (tmp_path / "other.c").write_text('const char *hd_version(void) { return "9.0"; }\nunsigned hd_abi(void) { return 99; }\n')
    subprocess.run(["cc", "-shared", "-fPIC", "other.c", "-o", "other.so"], cwd=tmp_path, check=True)
    done = python("import hybriddeploy", HYBRIDDEPLOY_LIBRARY=str(tmp_path / "other.so"))
    assert f"other.so has ABI 99, this package needs ABI {_raw.ABI}" in done.stderr


def test_some_other_library():
    import ctypes.util
    done = python("import hybriddeploy", HYBRIDDEPLOY_LIBRARY=ctypes.util.find_library("c"))
    assert "does not fit this package, because it has no hd_version()" in done.stderr


def test_import_loads_little():
    done = python("""
        import sys, ctypes, enum, dataclasses
        before = set(sys.modules)
        import hybriddeploy
        print(*sorted(set(sys.modules) - before))
    """)
    # From Python 3.14 on, ctypes loads these modules for its first struct.
    loaded = [name for name in done.stdout.split() if name not in ("_py_warnings", "ctypes._layout", "warnings")]
    assert loaded == ["hybriddeploy", "hybriddeploy._errors", "hybriddeploy._raw"], done.stderr


def test_subinterpreters_do_not_crash():
    done = python("""
        try:
            import _interpreters as interpreters
        except ImportError:
            import _xxsubinterpreters as interpreters
        for _ in range(3):
            one = interpreters.create()
            try:
                failed = interpreters.run_string(one, '''if True:
                    import hybriddeploy as hd
                    app = hd.App(name="shop", image_registry="registry.example.com", image_tag="1", services={"web": {}})
                    assert len(app.generate()) > 5
                ''')
                print("refused" if failed else "worked", failed or "")
            except Exception as error:
                print("refused", error)
            interpreters.destroy(one)
    """)
    assert done.returncode == 0, done.stderr
    outcomes = [line.split()[0] for line in done.stdout.splitlines() if line.startswith(("refused", "worked"))]
    assert len(outcomes) == 3 and len(set(outcomes)) == 1, done.stdout


def test_an_error_in_a_callback_comes_out(monkeypatch):
    def broken(_address, _length):
        raise KeyboardInterrupt

    app = shop()
    monkeypatch.setattr(_raw.ctypes, "string_at", broken)
    with pytest.raises(KeyboardInterrupt):
        app.to_stream()
