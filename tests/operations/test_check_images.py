#!/usr/bin/env python3
"""check_images.py sees what disagrees."""
import unittest

from check_images import Image, complaints, instructions, unquoted

DOCKERFILE = """\
# A comment.
FROM a AS builder
USER 1:1
FROM b
RUN one \\
    && two
WORKDIR "/with space"
EXPOSE 8000 53/udp
USER 10:20
HEALTHCHECK NONE
ENTRYPOINT ["run"]
CMD ["it"]
"""
POD = {"securityContext": {"runAsUser": 10, "runAsGroup": 20}}
CONTAINER = {"ports": [{"containerPort": 8000}, {"containerPort": 53, "protocol": "UDP"}], "command": ["run"], "args": ["it"],
             "workingDir": "/with space"}


class CheckImages(unittest.TestCase):
    def assert_one(self, word, text=DOCKERFILE, pod=POD, container=CONTAINER):
        found = list(complaints(Image(text), pod, container))
        self.assertEqual(len(found), 1, found)
        self.assertIn(word, found[0])

    def test_agreement(self):
        self.assertEqual(list(complaints(Image(DOCKERFILE), POD, CONTAINER)), [])

    def test_each_disagreement(self):
        self.assert_one("user", DOCKERFILE.replace("10:20", "10:21"))
        self.assert_one("user", pod={})
        self.assert_one("user", container={**CONTAINER, "securityContext": {"runAsUser": 11}})
        self.assert_one("ports", DOCKERFILE.replace("53/udp", "53"))
        self.assert_one("health", DOCKERFILE.replace("HEALTHCHECK NONE\n", ""))
        self.assert_one("entry point", DOCKERFILE.replace('"run"', '"sh"'))
        self.assert_one("arguments", DOCKERFILE.replace('CMD ["it"]\n', ""))
        self.assert_one("folder", DOCKERFILE.replace("/with space", "/app"))
        self.assert_one("stages", DOCKERFILE.replace("FROM a AS builder\n", ""))

    def test_reading(self):
        self.assertIn(("RUN", "one     && two"), instructions(DOCKERFILE))
        self.assertEqual(unquoted(r'"a \"b\" \$c"'), 'a "b" $c')
        for expanded in ('"$a"', '"${a}"', "$a"):
            self.assertRaises(ValueError, unquoted, expanded)


unittest.main()
