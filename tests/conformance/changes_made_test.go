package main

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The table of changes is whole: a judge of few changes, or of edits that change nothing, finds nothing.
func TestMadeChanges(t *testing.T) {
	all, err := readMade("changes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, version := range []string{"1.30", "1.36"} {
		counts := map[string]int{}
		for _, c := range all {
			if c.of(version) {
				counts[c.effect]++
			}
		}
		for _, effect := range effectsInOrder {
			if effect != "create" && counts[effect] < 10 {
				t.Errorf("Kubernetes %s: %d changes with the effect %s", version, counts[effect], effect)
			}
		}
	}
	file := filepath.Join(t.TempDir(), "changes.yaml")
	for _, changes := range []string{`{nothing: [{of: a, from: y, to: z}]}`, `{nothing: [{of: a, from: x, to: x}]}`, `{nothing: [{of: b, from: x, to: z}]}`, `{nothing: [{of: a, form: x}]}`} {
		if err := os.WriteFile(file, []byte("bases: {a: x}\nchanges: "+changes), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readMade(file); err == nil {
			t.Errorf("%s is read", changes)
		}
	}
}

func TestExamplesOfChanges(t *testing.T) {
	all, err := readExamples("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 5 {
		t.Errorf("%d changes", len(all))
	}
	for _, c := range all {
		if string(c.before) == string(c.after) {
			t.Errorf("%s changes nothing", c)
		}
	}
	after, err := laidOver([]byte("{a: {b: 1, c: 2}, d: [1, 2]}"), []byte("{a: {b: null, e: {f: 3}}, d: [3]}"))
	if err != nil || string(after) != "a:\n  c: 2\n  e:\n    f: 3\nd:\n- 3\n" {
		t.Errorf("%s, %v", after, err)
	}
}

func TestLostClaims(t *testing.T) {
	claim := func(text string) map[string]any { return one(t, text).value }
	before := &stood{claims: map[string]map[string]any{"a": claim("metadata: {uid: '1'}")}}
	for text, n := range map[string]int{
		"metadata: {uid: '1'}": 0,
		"metadata: {uid: '2'}": 1,
		"metadata: {uid: '1', deletionTimestamp: '2026-01-01T00:00:00Z'}": 1,
		"metadata: {uid: '1', ownerReferences: [{uid: '3'}]}":             1,
	} {
		if found := lost(before, &stood{claims: map[string]map[string]any{"a": claim(text)}}); len(found) != n {
			t.Errorf("%s: %v", text, found)
		}
	}
	if found := lost(before, &stood{}); len(found) != 1 {
		t.Errorf("a claim that is gone: %v", found)
	}
}

func TestPodsThatAreKept(t *testing.T) {
	before := map[string]bool{"a": true, "b": true, "c": true}
	for text, fine := range map[string]bool{
		"spec: {replicas: 3}": false, // b was replaced
		"spec: {replicas: 2}": true,
		"spec: {replicas: 4}": false,
		"spec: {}":            false, // of a DaemonSet
	} {
		now := map[string]bool{"a": true, "c": true, "d": true}
		if found := kept(before, now) >= fewer(one(t, text).value, len(before)); found != fine {
			t.Errorf("%s: %v", text, found)
		}
	}
}

func TestJobsThatHaveNotBegun(t *testing.T) {
	job := func(more, pod string) map[string]any {
		return one(t, "kind: Job\nspec: {"+more+"completions: 1, template: {spec: {containers: [{name: a, "+pod+"}]}}}").value
	}
	before := job("suspend: true, ", "image: a, resources: {limits: {cpu: 1}}")
	for _, c := range []struct {
		before, after map[string]any
		fine          bool
	}{
		{before, job("", "image: a"), true},
		{before, job("", "image: b"), false},
		{job("", "image: a"), job("", "image: a"), false},
	} {
		if found := isNotBegun(c.before, c.after); found != c.fine {
			t.Errorf("%v, %v: %v", c.before, c.after, found)
		}
	}
}

func TestCanFollow(t *testing.T) {
	object := func(name, app, more string) document {
		return one(t, "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: "+name+", labels: {app.kubernetes.io/part-of: "+app+"}}\nspec: {"+more+"}")
	}
	before := &judgement{docs: []document{object("a", "shop", "replicas: 1")}}
	for _, c := range []struct {
		docs []document
		fine bool
	}{
		{[]document{object("a", "shop", "replicas: 1")}, false},
		{[]document{object("a", "shop", "replicas: 2")}, true},
		{[]document{object("a", "shop", "replicas: 13")}, false},
		{[]document{object("a", "other", "replicas: 2")}, false},
		{[]document{object("b", "shop", "replicas: 1")}, true},
		{[]document{object("a", "shop", "replicas: 1"), object("b", "shop", "")}, true},
	} {
		if found := (&judgement{docs: c.docs}).canFollow(before); found != c.fine {
			t.Errorf("%v: %v", c.docs, found)
		}
	}
}

func TestPodMetrics(t *testing.T) {
	found, err := readPodMetrics(bufio.NewScanner(strings.NewReader(`# HELP kube_pod_resource_limit of pods
kube_pod_resource_limit{namespace="shop",node="",pod="web",priority="0",resource="memory",scheduler="default-scheduler",unit="bytes"} 2.68435456e+08
kube_pod_resource_request{namespace="shop",node="",pod="web",priority="0",resource="cpu",scheduler="default-scheduler",unit="cores"} 0.1
kube_pod_resource_request{namespace="shop",node="",pod="web",priority="0",resource="example.com/gpu",scheduler="default-scheduler",unit=""} 1
`)))
	if err != nil || len(found) != 2 || found["limit shop/web"] != (amounts{Memory: 268435456}) || found["request shop/web"] != (amounts{CPU: 100}) {
		t.Errorf("%v, %v", found, err)
	}
}
