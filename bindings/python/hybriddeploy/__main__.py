"""python -m hybriddeploy, and the command hybriddeploy for `uvx hybriddeploy` and `pipx run hybriddeploy`, which look for a command with the
name of the package: they run the command hybridgen that was installed with this package."""
import os
import sys
import sysconfig


def find_hybridgen():
    """The path of the command. Looks in this environment, in the user's installations, beside `pip install --target`, then on the PATH."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    folders = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", f"{os.name}_user"), os.path.join(here, "bin"),
               *os.environ.get("PATH", os.defpath).split(os.pathsep)]
    for folder in folders:
        path = os.path.join(folder, "hybridgen")
        if os.access(path, os.X_OK):
            return path
    raise FileNotFoundError(f"the command hybridgen is in none of {', '.join(folders)}")


def main():
    command = find_hybridgen()
    os.execv(command, [command, *sys.argv[1:]])


if __name__ == "__main__":
    main()
