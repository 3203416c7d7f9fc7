package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"sigs.k8s.io/yaml"
)

// A key names an object in a cluster.
type key struct{ apiVersion, kind, namespace, name string }

func (k key) String() string {
	if k.namespace == "" {
		return k.kind + " " + k.name
	}
	return k.kind + " " + k.namespace + "/" + k.name
}

func keyOf(object map[string]any) key {
	meta := mapping(object["metadata"])
	return key{str(object["apiVersion"]), str(object["kind"]), str(meta["namespace"]), str(meta["name"])}
}

// groupOf is the group of an API version, "" for the core.
func groupOf(apiVersion string) string {
	group, _, found := strings.Cut(apiVersion, "/")
	if !found {
		return ""
	}
	return group
}

// A document is one emitted object: its text and what Kubernetes reads in it.
type document struct {
	key
	where string // file:line
	text  []byte
	value map[string]any
}

// ours tells whether hybridgen made the document; an object of `manifests` is somebody else's, and comes out as it was given.
func (d document) ours() bool {
	return str(at(d.value, "metadata", "labels", "app.kubernetes.io/managed-by")) == "hybriddeploy"
}

// parse reads a stream of documents, split as kubectl splits it: `---` at the
// start of a line is a marker wherever it stands.
func parse(stream []byte, file string) ([]document, error) {
	var docs []document
	start, startLine := 0, 1
	flush := func(end int) error {
		text := stream[start:end]
		if len(bytes.TrimSpace(withoutComments(text))) == 0 {
			return nil
		}
		d := document{where: fmt.Sprintf("%s:%d", file, startLine), text: text}
		asJSON, err := yaml.YAMLToJSON(text)
		if err == nil {
			err = decodeJSON(asJSON, &d.value)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", d.where, err)
		}
		d.key = keyOf(d.value)
		docs = append(docs, d)
		return nil
	}
	line := 1
	for at := 0; at < len(stream); line++ {
		next := len(stream)
		if i := bytes.IndexByte(stream[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		if l := strings.TrimRight(string(stream[at:next]), " \t\r\n"); l == "---" || l == "..." {
			if err := flush(at); err != nil {
				return nil, err
			}
			start, startLine = next, line+1
		}
		at = next
	}
	return docs, flush(len(stream))
}

func withoutComments(text []byte) []byte {
	var kept [][]byte
	for _, l := range bytes.Split(text, []byte("\n")) {
		if !bytes.HasPrefix(bytes.TrimSpace(l), []byte("#")) {
			kept = append(kept, l)
		}
	}
	return bytes.Join(kept, []byte("\n"))
}

// readFile and readFolder read what was generated before: one stream, or a
// folder in the order of its kustomization (without one, by name).
func readFile(file string) ([]document, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return parse(text, file)
}

func readFolder(dir string) ([]document, error) {
	var files []string
	if text, err := os.ReadFile(filepath.Join(dir, "kustomization.yaml")); err == nil {
		var k struct{ Resources []string }
		if err := yaml.Unmarshal(text, &k); err != nil {
			return nil, fmt.Errorf("%s/kustomization.yaml: %w", dir, err)
		}
		files = k.Resources
	} else {
		found, _ := filepath.Glob(filepath.Join(dir, "*.yaml"))
		for _, f := range found {
			files = append(files, filepath.Base(f))
		}
		sort.Strings(files)
	}
	var docs []document
	for _, f := range files {
		more, err := readFile(filepath.Join(dir, f))
		if err != nil {
			return nil, err
		}
		docs = append(docs, more...)
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("%s: no manifest in it", dir)
	}
	return docs, nil
}

// What JSON decoded to, without a check at each step: what is not there is
// empty.
func mapping(v any) map[string]any { m, _ := v.(map[string]any); return m }
func sequence(v any) []any         { s, _ := v.([]any); return s }
func str(v any) string             { s, _ := v.(string); return s }
func number(v any) string          { return fmt.Sprint(v) }

// at walks down a path of mapping keys.
func at(v any, path ...string) any {
	for _, p := range path {
		v = mapping(v)[p]
	}
	return v
}
