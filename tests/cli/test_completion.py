"""Completion scripts, in the shells that are installed."""
import shutil
import subprocess
import unittest

from harness import HYBRIDGEN, MODEL, Case, main

VERBS = {"init", "generate", "graph", "validate", "explain", "diff", "contract", "schema", "list", "version", "completion", "help"}


class Completion(Case):
    def setUp(self):
        super().setUp()
        self.write("hybriddeploy.yaml", MODEL)
        self.write("with space.yaml", MODEL)
        self.environment["H"] = HYBRIDGEN

    def shell(self, *command, **environment):
        done = subprocess.run(command, cwd=self.folder, env={**self.environment, **environment}, capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def bash(self, *words):
        """What bash offers for the last of the words, which are split as bash splits them."""
        script = 'source <("$H" completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hybridgen; printf "%s\\n" "${COMPREPLY[@]}"'
        return set(self.shell("bash", "-uc", script, "bash", "hybridgen", *words).splitlines()) - {""}

    def options(self, verb):
        text = self.product("help", verb).split("Options:\n")[1].split("\n\nExample")[0]
        return {word.rstrip(",") for line in text.splitlines() for word in line.split()[:2] if word.startswith("--")}

    def kinds(self):
        return {line.split()[0] for line in self.product("list", "kinds").splitlines()}

    def parts(self):
        return {line.split()[0] for line in self.product("list", "parts").splitlines()}

    def test_bash(self):
        self.assertEqual(self.bash(""), VERBS)
        self.assertEqual(self.bash("ge"), {"generate"})
        self.assertEqual(self.bash("-"), {"--help", "--version"})
        for verb in VERBS:
            self.assertEqual(self.bash(verb, "-"), self.options(verb))
        self.assertEqual(self.bash("generate", "--form"), {"--format"})
        self.assertEqual(self.bash("generate", "--format", ""), {"yaml", "json", "list"})
        self.assertEqual(self.bash("generate", "--format", "=", "j"), {"json"})
        self.assertEqual(self.bash("explain", "--format", "j"), {"json"})
        self.assertEqual(self.bash("list", "--form"), {"--format"})
        self.assertEqual(self.bash("generate", "--format", "="), {"yaml", "json", "list"})
        self.assertEqual(self.bash("validate", "-q", "--color", "a"), {"auto", "always"})
        self.assertEqual(self.bash("generate", "--only", ""), self.kinds() | self.parts())
        self.assertEqual(self.bash("generate", "--with", ""), self.parts() | {"ops", "none"})
        self.assertEqual(self.bash("generate", "--only", "Cron"), {"CronJob"})
        self.assertEqual(self.bash("generate", "-f", ""), {"hybriddeploy.yaml", "with space.yaml"})
        self.assertEqual(self.bash("generate", "--output", "hyb"), {"hybriddeploy.yaml"})
        self.assertEqual(self.bash("generate", "--set", ""), set())
        self.assertEqual(self.bash("list", ""), {"kinds", "codes", "parts", "applications"})
        self.assertEqual(self.bash("completion", ""), {"bash", "zsh", "fish"})
        self.assertEqual(self.bash("help", "v"), {"validate", "version"})
        self.assertIn("HD6021", self.bash("explain", "HD60"))

    def test_bash_models(self):
        self.assertEqual(self.bash("validate", "hyb"), {"hybriddeploy.yaml"})
        self.assertEqual(self.bash("generate", "-q", "with"), {"with space.yaml"})

    def test_bash_completes_hybridgen(self):
        self.assertIn("_hybridgen hybridgen", self.shell("bash", "-c", 'source <("$H" completion bash); complete -p hybridgen'))

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_zsh(self):
        """zsh's own _arguments needs a line editor; what it is called with is told by one of ours."""
        script = """
            _arguments() { print -rl -- "$@" }; _describe() { print -rl -- $verbs }; _files() { }; compdef() { }
            "$H" completion zsh > script; source ./script
            words=(hybridgen "$@") CURRENT=$(($# + 1)); _hybridgen
            """
        def zsh(*words):
            return self.shell("zsh", "-fc", script, "zsh", *words).splitlines()

        self.assertEqual({line.split(":")[0] for line in zsh("")}, VERBS)
        for verb in VERBS:
            lines = zsh(verb, "")
            found = {part.strip("*").split("[")[0].rstrip("=") for line in lines for part in [line] if part.lstrip("*").startswith("--")}
            self.assertEqual(found, self.options(verb))
            for line in lines[1:]:
                self.assertRegex(line, r"^\*--?[\w-]+[=+]?\[.+\](:.+:(_files|\(.+\))?)?$|^1:.+:\(.+\)$|^\*:model:_files$")
        self.assertIn("1:kinds|codes|parts|applications:(kinds codes parts applications)", zsh("list", ""))
        self.assertTrue(any(line.startswith("*--format=[") and line.endswith(":(yaml json list)") for line in zsh("generate", "")))

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish(self):
        def fish(line):
            text = self.shell("fish", "--no-config", "-c", '$H completion fish > script; source script; complete -C "$argv"', line, HOME=str(self.folder))
            return {entry.split("\t")[0] for entry in text.splitlines()}

        self.assertEqual(fish("hybridgen "), VERBS)
        for verb in VERBS:
            self.assertEqual(fish(f"hybridgen {verb} --"), self.options(verb))
        self.assertEqual(fish("hybridgen generate --format "), {"yaml", "json", "list"})
        self.assertEqual(fish("hybridgen generate --only Cron"), {"CronJob"})
        self.assertEqual(fish("hybridgen list "), {"kinds", "codes", "parts", "applications"})
        self.assertIn("hybriddeploy.yaml", fish("hybridgen generate -f hyb"))
        self.assertIn("hybriddeploy.yaml", fish("hybridgen validate hyb"))


if __name__ == "__main__":
    main()
