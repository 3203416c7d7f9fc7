package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A judge that finds nothing must be known to look.

func one(t *testing.T, text string) document {
	t.Helper()
	docs, err := parse([]byte(text), "test")
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	return docs[0]
}

func TestReadersDisagree(t *testing.T) {
	dir := t.TempDir()
	sup := newSupervisor(dir, dir)
	defer sup.stopAll()
	r, err := startReaders(sup, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"a: 0644", "a: 0o644", "a: 1_000", "a: 12:30:45", "a: 2026-01-02", "a: yes", "a: off", "yes: a",
		"a: =", "a: -1e3", "a: &x 1", "a: 0b11", "a: 190:20:30", "a: 1\na: 2", "a: !!binary eA==",
	} {
		if found := r.check(one(t, text)); len(found) == 0 {
			t.Errorf("%q: nobody objects", text)
		}
	}
	for _, text := range []string{
		`a: "0644"`, "a: 1\nb: [x, {c: -1.5}]", "a: |\n  x\n  y\n", "a: .5", "a: 0x1F", `a: "\u00e9\t\"" `, "a: null", "a: {}", "a: true", `"on": "12:30:45"`,
	} {
		if found := r.check(one(t, text)); len(found) != 0 {
			t.Errorf("%q: %v", text, found)
		}
	}
}

func TestDrift(t *testing.T) {
	stored := one(t, "a: {b: 1, c: x, d: [1, 2], e: {f: g}}").value
	for text, want := range map[string]string{
		"a: {b: 1, e: {}}":  "",
		"a: {b: 1.0}":       "",
		"a: {b: '1'}":       `a.b emitted as "1", stored as 1`,
		"a: {c: null}":      `a.c emitted as null, stored as "x"`,
		"a: {z: []}":        "a.z emitted as a list of 0, not stored",
		"a: {d: [1]}":       "a.d emitted as a list of 1, stored as a list of 2",
		"a: {d: [1, 3]}":    "a.d[1] emitted as 3, stored as 2",
		"a: {e: {f: {}}}":   "a.e.f emitted, not stored",
		"a: {e: {h: null}}": "a.e.h emitted as null, not stored",
	} {
		if got := strings.Join(drift("", one(t, text).value, stored), "; "); got != want {
			t.Errorf("%s: %q, not %q", text, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	docs, err := parse([]byte("# a comment\n---\na: |\n  ----\n  x\n---\n# nothing\n---\nb: 1\n...\n"), "f")
	if err != nil || len(docs) != 2 || docs[0].where != "f:3" || docs[1].where != "f:9" {
		t.Errorf("%v %v", docs, err)
	}
	if _, err := parse([]byte("a: b: c\n"), "f"); err == nil {
		t.Error("broken YAML is read")
	}
}

func TestFolderOrder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.yaml", "kind: A\n")
	write("b.yaml", "kind: B\n")
	write("kustomization.yaml", "resources: [b.yaml, a.yaml]\n")
	docs, err := readFolder(dir)
	if err != nil || len(docs) != 2 || docs[0].kind != "B" {
		t.Errorf("%v %v", docs, err)
	}
}

func TestMatcher(t *testing.T) {
	labels := map[string]any{"app": "web", "tier": "front"}
	for text, want := range map[string]bool{
		"{}":                      true,
		"matchLabels: {app: web}": true,
		"matchLabels: {app: wep}": false,
		"matchExpressions: [{key: tier, operator: In, values: [back, front]}]": true,
		"matchExpressions: [{key: tier, operator: NotIn, values: [front]}]":    false,
		"matchExpressions: [{key: zone, operator: NotIn, values: [a]}]":        true,
		"matchExpressions: [{key: zone, operator: Exists}]":                    false,
		"matchExpressions: [{key: zone, operator: DoesNotExist}]":              true,
	} {
		if got := matcher(one(t, text).value)(labels); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestMutateIsSeeded(t *testing.T) {
	model := []byte("name: a\nservices:\n  web:\n    port: 80\n    image: x\n")
	for seed := range uint64(100) {
		a, _, err := mutate(model, rand.New(rand.NewPCG(seed, 2)))
		b, _, _ := mutate(model, rand.New(rand.NewPCG(seed, 2)))
		if err != nil || string(a) != string(b) {
			t.Errorf("%s, then %s, %v", a, b, err)
		}
	}
}

func TestTallyKnowsKinds(t *testing.T) {
	n := newTally()
	n.kinds["1.36.3 v1 Service"] = 1
	n.kinds["1.36.3 networking.istio.io/v1beta1 Gateway"] = 1
	for kind, want := range map[string]bool{
		" Service": true, "networking.istio.io Gateway": true, " Secret": false, "gateway.networking.k8s.io Gateway": false,
	} {
		if n.met(kind) != want {
			t.Errorf("%q met: %v", kind, !want)
		}
	}
	n.read("a B", ".config")
	n.read("a B", "")
	n.read("a B", ".other")
	n.read("a C", ".config")
	if n.readers["a B"] != "" || n.readers["a C"] != ".config" {
		t.Error(n.readers)
	}
}

func TestTailSaysWhy(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	why := "panic: no space left on device"
	for _, text := range []string{"a\nb\nc\n" + why + "\ngoroutine 1\n1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\n6\n" + why + "\n"} {
		if err := os.WriteFile(log, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if said := tail(log, 3); !strings.Contains(said, why) || strings.Contains(said, "| b") || strings.Count(said, "\n") > 2 {
			t.Error(said)
		}
	}
	os.WriteFile(log, []byte("1\n2\n3\n4\n"), 0o644)
	if said := tail(log, 2); said != "  | 3\n  | 4" {
		t.Error(said)
	}
}

func TestVersionsOfOneService(t *testing.T) {
	workloadOf := func(labels string) workload {
		return workload{object: one(t, "{apiVersion: apps/v1, kind: Deployment, metadata: {name: w}, spec: {selector: {matchLabels: "+labels+"}}}").value}
	}
	selector := map[string]any{"name": "web"}
	for _, c := range []struct {
		first, second string
		want          bool
	}{
		{"{name: web, version: v1}", "{name: web, version: v2}", true},
		{"{name: web, version: v1}", "{name: web, version: v1}", false},
		{"{name: web, version: v1}", "{name: web}", false},
		{"{name: other, version: v1}", "{name: web, version: v2}", false},
		{"{name: web, version: v1, tier: a}", "{name: web, version: v2}", false},
	} {
		if got := versionsOf(selector, []workload{workloadOf(c.first), workloadOf(c.second)}); got != c.want {
			t.Errorf("%s and %s: %v", c.first, c.second, got)
		}
	}
}

func TestReasonsOfServers(t *testing.T) {
	for words, want := range map[string]string{
		".spec.replica: field not declared in schema":                                        "an unknown field",
		".spec.replicas: expected numeric (int or float), got []interface {}":                "the type of a value",
		".spec.volumes: element 0: associative list with keys may not have non-map elements": "a key of a list",
		"spec.ports: Required value":                                                         "a field that is missing",
		`spec.type: Unsupported value: "x"`:                                                  "a value",
	} {
		if got := serversReason(words); got != want {
			t.Errorf("%s: %s", words, got)
		}
	}
}

func TestMutantsOfForeignObjects(t *testing.T) {
	for _, p := range places("", one(t, "{kind: x, manifests: [{kind: ConfigMap}], services: {web: {patches: [{target: Service}], env: {A: b}}}}").value) {
		if strings.Contains(p.path, "ConfigMap") || strings.Contains(p.path, "manifests[") || strings.Contains(p.path, "patches[") {
			t.Errorf("%s would be changed", p.path)
		}
	}
}
