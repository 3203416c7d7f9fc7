"""What packages say of the library agrees with the library: names, numbers, versions."""
import pathlib
import re

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
