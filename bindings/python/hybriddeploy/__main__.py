"""python -m hybriddeploy: the command hybridgen that was installed along with this package."""
import os
import sys
import sysconfig


def find_hybridgen():
    """The path of the command: of this environment, of the user's own installations, of `pip install --target`, or on the PATH."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    folders = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", f"{os.name}_user"), os.path.join(here, "bin"),
               *os.environ.get("PATH", os.defpath).split(os.pathsep)]
    for folder in folders:
        path = os.path.join(folder, "hybridgen")
        if os.access(path, os.X_OK):
            return path
    raise FileNotFoundError(f"the command hybridgen is in none of {', '.join(folders)}")


if __name__ == "__main__":
    command = find_hybridgen()
    os.execv(command, [command, *sys.argv[1:]])
