"""Edits of JSON diagnostics: where they stand, and where there are none."""
import json

from harness import MODEL, Case, main


class Edits(Case):
    def edits(self, model, *args):
        self.write("hybriddeploy.yaml", model)
        done = self.run_it("validate", "--diagnostics", "json", *args)
        return [edit for line in done.stderr.splitlines() for edit in json.loads(line)["edits"]]

    def mended(self, model, *args):
        """The model after its edits, each of which stays in one line."""
        lines = model.split("\n")
        for edit in sorted(self.edits(model, *args), key=lambda edit: (edit["line"], -edit["column"])):
            line = lines[edit["line"] - 1]
            self.assertEqual(edit["line"], edit["endLine"])
            lines[edit["line"] - 1] = line[:edit["column"] - 1] + edit["text"] + line[edit["endColumn"] - 1:]
        return "\n".join(lines)

    def test_comments_and_layout_stay(self):
        wrong = MODEL.replace("calls: [catalog]", "calls:   [ catalgo  ]  # all of them")
        self.assertEqual(self.mended(wrong), wrong.replace("catalgo", "catalog"))

    def test_quotes_stay(self):
        for quote in "\"'":
            wrong = MODEL.replace("[catalog]", f"[{quote}catalgo{quote}]")
            self.assertEqual(self.mended(wrong), wrong.replace("catalgo", "catalog"))

    def test_quotes_go_with_what_they_make_wrong(self):
        self.assertEqual(self.mended(MODEL + "    replicas: '2'\n"), MODEL + "    replicas: 2\n")
        self.assertEqual(self.mended(MODEL + '    terminationGracePeriodSeconds: "30s"\n'), MODEL + "    terminationGracePeriodSeconds: 30\n")

    def test_columns_count_characters(self):
        wrong = MODEL + "    podLabels: {a: \u65e5\u672c\U0001f600}\n    env: {\u00c4: x, B: 0644}\n"
        self.assertIn("B: \"0644\"}", self.mended(wrong))

    def test_lists_of_several_lines(self):
        wrong = MODEL.replace("[catalog]", "[\n      catalgo,\n      ]")
        self.assertEqual(self.mended(wrong), wrong.replace("catalgo", "catalog"))

    def test_only_what_is_certain(self):
        for wrong in (MODEL + "    resources: {requests: {memory: 512MB}}\n",          # 512M or 512Mi
                      MODEL + "    replica: 2\n    replicas: 3\n",                      # the key is there
                      MODEL.replace("[catalog]", "[catalog, catalgo]"),                 # the service is called
                      MODEL.replace("imageTag: \"1.0\"", "imageTag: null")):
            self.assertEqual(self.edits(wrong), [], wrong)

    def test_settings_have_no_file(self):
        self.assertEqual(self.edits(MODEL, "--set", "services.web.replica=2"), [])

    def test_standard_input(self):
        done = self.run_it("validate", "-f", "-", "--diagnostics", "json", stdin=MODEL + "    replica: 2\n")
        self.assertEqual(json.loads(done.stderr)["edits"][0]["file"], "<stdin>")

    def test_line_ends_and_byte_order_marks(self):
        model = "\ufeff" + MODEL.replace("\n", "\r\n") + "    replica: 2\r\n"
        self.write("hybriddeploy.yaml", model.encode())
        edit = json.loads(self.run_it("validate", "--diagnostics", "json").stderr)["edits"][0]
        self.assertEqual((edit["line"], edit["column"], edit["endColumn"]), (10, 5, 12))


if __name__ == "__main__":
    main()
