package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"

	"sigs.k8s.io/yaml"
)

// Readers of our YAML that share no code: Kubernetes' own (strict: it sees
// duplicate keys), one of YAML 1.2, and one that keeps to YAML 1.1. All of them
// must find the same values of the same types.
type readers struct{ python *asker }

func startReaders(sup *supervisor, source string) (*readers, error) {
	cmd := exec.Command("python3", filepath.Join(source, "pyyaml.py"))
	// HOME stays: a PyYAML installed for the user is found there.
	cmd.Env = cmd.Environ()
	python, err := startAsker(sup, "pyyaml", cmd)
	if err != nil {
		return nil, fmt.Errorf("PyYAML does not run (needed: python3 with the module yaml): %w", err)
	}
	return &readers{python}, nil
}

// check returns what the readers disagree about in one document.
func (r *readers) check(d document) []string {
	strict, err := yaml.YAMLToJSONStrict(d.text)
	if err != nil {
		return []string{"sigs.k8s.io/yaml: " + err.Error()}
	}
	var meant, got any
	if err := decodeJSON(strict, &meant); err != nil {
		return []string{"sigs.k8s.io/yaml: " + err.Error()}
	}
	var found []string
	if got, err = yaml12(d.text); err != nil {
		found = append(found, "YAML 1.2: "+err.Error())
	} else {
		found = append(found, differences("", meant, got, "YAML 1.2")...)
	}
	got, err = r.pyyaml(d.text)
	if err != nil {
		found = append(found, "PyYAML (YAML 1.1): "+err.Error())
	} else {
		found = append(found, differences("", meant, got, "PyYAML (YAML 1.1)")...)
	}
	return found
}

func (r *readers) pyyaml(text []byte) (any, error) {
	var a struct {
		Value any
		Error string
	}
	if err := r.python.ask(text, &a); err != nil {
		return nil, err
	}
	if a.Error != "" {
		return nil, errors.New(a.Error)
	}
	return a.Value, nil
}

// differences compares value and type at every place.
func differences(path string, meant, got any, reader string) []string {
	if m, ok := meant.(map[string]any); ok {
		g, ok := got.(map[string]any)
		if !ok {
			return []string{mismatch(path, meant, got, reader)}
		}
		var found []string
		for _, k := range sortedKeys(m, g) {
			a, inMeant := m[k]
			b, inGot := g[k]
			if inMeant != inGot {
				found = append(found, mismatch(path+"."+k, a, b, reader))
			} else {
				found = append(found, differences(path+"."+k, a, b, reader)...)
			}
		}
		return found
	}
	if m, ok := meant.([]any); ok {
		g, ok := got.([]any)
		if !ok || len(g) != len(m) {
			return []string{mismatch(path, meant, got, reader)}
		}
		var found []string
		for i := range m {
			found = append(found, differences(fmt.Sprintf("%s[%d]", path, i), m[i], g[i], reader)...)
		}
		return found
	}
	if scalar(meant) != scalar(got) {
		return []string{mismatch(path, meant, got, reader)}
	}
	return nil
}

func mismatch(path string, meant, got any, reader string) string {
	return fmt.Sprintf("%s: sigs.k8s.io/yaml reads %s, %s reads %s", path, scalar(meant), reader, scalar(got))
}

// scalar writes a value so that type and value can be compared as text.
func scalar(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return strconv.Quote(v)
	case bool:
		return strconv.FormatBool(v)
	case map[string]any:
		return fmt.Sprintf("a mapping of %d", len(v))
	case []any:
		return fmt.Sprintf("a list of %d", len(v))
	case json.Number:
		if f, err := v.Float64(); err == nil {
			return strconv.FormatFloat(f, 'g', -1, 64)
		}
		return v.String()
	case uint64:
		return strconv.FormatFloat(float64(v), 'g', -1, 64)
	case int64:
		return strconv.FormatFloat(float64(v), 'g', -1, 64)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	default:
		return fmt.Sprintf("%T %v", v, v)
	}
}

func sortedKeys(maps ...map[string]any) []string {
	seen := map[string]bool{}
	for _, m := range maps {
		for k := range m {
			seen[k] = true
		}
	}
	keys := make([]string, 0, len(seen))
	for k := range seen {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
