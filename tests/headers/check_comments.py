#!/usr/bin/env python3
"""Another word in a header's comment compiles nothing again but the documentation: check_comments.py NINJA BUILD_FOLDER

So no object may depend on a header that has its comments.
"""
import re
import subprocess
import sys


def main(ninja, build):
    deps = subprocess.run([ninja, "-C", build, "-t", "deps"], capture_output=True, text=True, check=True).stdout
    with_comments = sorted(set(re.findall(r"^ +(\S*\.\./include/hybriddeploy/\S+\.h)$", deps, re.M)))
    copies = set(re.findall(r"^ +(include/hybriddeploy/\S+\.h)$", deps, re.M))
    for header in with_comments:
        print(f"an object depends on {header}, and not on its copy without comments")
    if "include/hybriddeploy/model/container.h" not in copies:
        print("no object depends on the copies")
    return bool(with_comments) or not copies


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
