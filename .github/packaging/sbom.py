#!/usr/bin/env python3
"""sbom.py VERSION FOLDER: what the files of a release are made of, as SPDX 2.3 in JSON. The same for the same files and SOURCE_DATE_EPOCH."""
import configparser
import datetime
import hashlib
import json
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPDX = "SPDXRef-"


def package(name, version, licence, location, checksum=None):
    made = {"SPDXID": f"{SPDX}Package-{name}", "name": name, "versionInfo": version, "licenseConcluded": licence, "licenseDeclared": licence,
            "downloadLocation": location, "copyrightText": "NOASSERTION", "filesAnalyzed": False}
    if checksum:
        made["checksums"] = [{"algorithm": "SHA256", "checksumValue": checksum}]
    return made


def publisher():
    words = configparser.ConfigParser()
    words.read_string("[publisher]\n" + (ROOT / ".github/packaging/publisher").read_text())
    return {key: value.strip('"') for key, value in words["publisher"].items()}


def libfyaml():
    wrap = configparser.ConfigParser()
    wrap.read(ROOT / "lib/subprojects/libfyaml.wrap")
    wrap = wrap["wrap-file"]
    return package("libfyaml", wrap["directory"].split("-")[1], "MIT AND BSD-2-Clause", wrap["source_url"], wrap["source_hash"])


def file_of(path):
    content = path.read_bytes()
    return {"SPDXID": SPDX + "File-" + "".join(c if c.isalnum() or c in ".-" else "-" for c in path.name), "fileName": "./" + path.name,
            "checksums": [{"algorithm": "SHA1", "checksumValue": hashlib.sha1(content, usedforsecurity=False).hexdigest()},
                          {"algorithm": "SHA256", "checksumValue": hashlib.sha256(content).hexdigest()}],
            "licenseConcluded": "NOASSERTION", "copyrightText": "NOASSERTION"}


def relation(one, kind, other):
    return {"spdxElementId": one["SPDXID"], "relationshipType": kind, "relatedSpdxElement": other["SPDXID"]}


def main(version, folder):
    by = publisher()
    own = package("hybriddeploy", version, "MIT", by["url"])
    yaml, musl, wasi = libfyaml(), package("musl", "NOASSERTION", "MIT", "https://musl.libc.org"), package("wasi-libc", "NOASSERTION", "MIT", "NOASSERTION")
    files = {path: file_of(path) for path in sorted(pathlib.Path(folder).iterdir()) if path.is_file()}
    relations = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own["SPDXID"]}]
    for path, made in files.items():
        relations.append(relation(made, "GENERATED_FROM", own))
        is_static = path.name.startswith(("hybridgen-x86_64", "hybridgen-aarch64", "image-"))
        is_sdist = path.name.startswith("hybriddeploy-") and path.suffix == ".gz"
        # Debian's packages use the system's.
        if path.suffix in (".whl", ".wasm") or is_sdist or is_static:
            relations.append(relation(made, "CONTAINS" if is_sdist else "STATIC_LINK", yaml))
        if is_static or "musllinux" in path.name:
            relations.append(relation(made, "STATIC_LINK", musl))
        if path.suffix == ".wasm":
            relations.append(relation(made, "STATIC_LINK", wasi))
    created = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    content = hashlib.sha256("".join(made["checksums"][1]["checksumValue"] for made in files.values()).encode()).hexdigest()
    json.dump({"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"hybriddeploy-{version}",
               "documentNamespace": f"{by['url']}/sbom/{version}/{content}",
               "creationInfo": {"created": created.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": [f"Organization: {by['name']}"]},
               "packages": [own, yaml, musl, wasi], "files": list(files.values()), "relationships": relations}, sys.stdout, indent=1)
    print()


main(*sys.argv[1:])
