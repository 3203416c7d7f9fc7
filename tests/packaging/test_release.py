"""What packages say of the library agrees with the library: names, numbers, versions."""
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).parents[2]
DEBIAN = ROOT / ".github/packaging/debian"
VERSION = re.search(r"^  version: '(.*)',", (ROOT / "meson.build").read_text(), re.M)[1]
INTERFACE = re.search(r"^abi = '(\d+)'", (ROOT / "include/hybriddeploy/meson.build").read_text(), re.M)[1]


def test_symbols_are_those_of_the_version_script():
    listed = re.findall(rf"^ (hd_\w+)@HYBRIDDEPLOY_{INTERFACE} ", (DEBIAN / f"libhybriddeploy{INTERFACE}.symbols").read_text(), re.M)
    assert listed == sorted(re.findall(r"^    (hd_\w+);", (ROOT / "lib/libhybriddeploy.map.in").read_text(), re.M))


def test_packages_have_the_number_of_the_interface():
    control = (DEBIAN / "control").read_text()
    assert set(re.findall(r"\blibhybriddeploy(\d+)\b", control)) == {INTERFACE}


def test_the_version_is_told_of():
    assert re.match(rf"hybriddeploy \({re.escape(VERSION)}-", (DEBIAN / "changelog").read_text())
    assert re.search(rf"^## {re.escape(VERSION)}$", (ROOT / ".github/CHANGELOG.md").read_text(), re.M)


def test_the_publisher_is_the_same_everywhere():
    by = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', (ROOT / ".github/packaging/publisher").read_text(), re.M))
    person = f"{by['name']} <{by['email']}>"
    project, control, copyrights = ((ROOT / path).read_text() for path in ("pyproject.toml", DEBIAN / "control", DEBIAN / "copyright"))
    assert f'authors = [{{name = "{by["name"]}"}}]' in project
    assert set(re.findall(r'"(https://[^"/]*/[^"/]*/[^"/]*)', project)) == {by["url"]}
    assert f"Maintainer: {person}\n" in control and f"Homepage: {by['url']}\n" in control
    assert f"Source: {by['url']}\n" in copyrights and f"Copyright: 2026 {by['name']}\n" in copyrights
    assert (DEBIAN / "changelog").read_text().count(f" -- {person}  ") == (DEBIAN / "changelog").read_text().count("\n -- ")
    assert f"2026 {by['name']}\n" in (ROOT / "LICENSE").read_text()


def test_placeholders_are_not_released(tmp_path):
    if "\nplaceholder=no\n" in (ROOT / ".github/packaging/publisher").read_text():
        return  # it would build
    done = subprocess.run([ROOT / ".github/packaging/release", tmp_path / "out"], text=True, capture_output=True, timeout=60, check=False)
    assert done.returncode == 1 and "publisher holds placeholders" in done.stderr and not list((tmp_path / "out").iterdir())
