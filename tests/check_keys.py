#!/usr/bin/env python3
"""Each key that an emitter writes stands in a golden manifest or file: check_keys.py LIB GOLDEN EXAMPLES

Every byte of these is compared, so that a key that is misspelled or lost is noticed where one of them has it. Keys are the texts that the
functions of the writer take first.
"""
import re
import sys
from pathlib import Path

KEY = re.compile(r'\b(?:y_[a-z]+|MAP|SEQ|DOC)\((?:y|out|board->y|[a-z]+->y), "((?:\\.|[^"\\])+)"')
# Write diagnostics, patches' trees and what is not for manifests.
OTHERS = {"core", "output", "explain", "subprojects", "cluster", "change", "diagnostics", "workspace", "foreign"}


def keys_of(lib):
    for path in sorted(lib.rglob("*.c")):
        parts = path.relative_to(lib).parts
        if len(parts) > 1 and parts[0] not in OTHERS:
            for match in KEY.finditer(path.read_text()):
                yield path.relative_to(lib), match[1]


def shown(folders):
    """The keys of all expectations."""
    texts = (path.read_text(errors="replace") for folder in folders for path in folder.rglob("*")
             if path.is_file() and (path.name.startswith("expected") or "files" in path.parts))
    return {key for text in texts for key in re.findall(r'([^\s"{,]+)"?:', text)}


def main():
    lib, *folders = map(Path, sys.argv[1:])
    known = shown(folders)
    found = list(keys_of(lib))
    missing = [(path, key) for path, key in found if key not in known]
    for path, key in missing:
        print(f"FAIL {path}: no golden model has {key}")
    print(f"{len(found)} keys, {len(missing)} in no golden model")
    return bool(missing) or not found


if __name__ == "__main__":
    sys.exit(main())
