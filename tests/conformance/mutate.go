package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/yaml"
)

// Mutants are valid models with one mistake (or none: not every change is one).
// hybridgen may refuse them or take them; what it takes, the cluster must take
// too, and nothing may be left unresolved or drift.

// nasty values are wrong in most places, and each is right somewhere.
var nasty = []any{
	"", -1, 0, 1, 65536, 9999999999, 1.1, "0644", true, false, nil, "1", map[string]any{}, []any{}, []any{"a", "a"},
	"Web", "a b", "a_b", "-a", "a.b", "*", "\u00e9", "a\nb", "http", "HTTP", "tcp", "64m", "0.5m", "1000m", "1Gi", "1024Mi", "1.5Gi", "1e3",
	"64mb", "0%", "100%", "101%", 5, "30s", "1d", "10.0.0.1/8", "10.0.0.0/33", "::/0", "example.com:80", "https://example.com",
	"kubernetes.io/x", "default", "a/b/c", "..", "a..b", " a", strings.Repeat("a", 53), strings.Repeat("a", 64), strings.Repeat("a", 254),
}

// A place is one value of a model, by what holds it.
type place struct {
	path     string
	mapping  map[string]any
	key      string
	sequence []any
	index    int
}

func (p place) value() any {
	if p.mapping != nil {
		return p.mapping[p.key]
	}
	return p.sequence[p.index]
}

func (p place) set(v any) {
	if p.mapping != nil {
		p.mapping[p.key] = v
	} else {
		p.sequence[p.index] = v
	}
}

// places lists every value below one, in an order that doesn't change. What stands below manifests and patches is in the
// words of Kubernetes, whose types hybridgen doesn't know: patched.go counts what comes of mistakes there.
func places(path string, v any) []place {
	var all []place
	if m, ok := v.(map[string]any); ok {
		for _, k := range sortedKeys(m) {
			p := place{path: strings.TrimPrefix(path+"."+k, "."), mapping: m, key: k}
			all = append(all, p)
			if k != "manifests" && k != "patches" {
				all = append(all, places(p.path, m[k])...)
			}
		}
	}
	if s, ok := v.([]any); ok {
		for i := range s {
			p := place{path: fmt.Sprintf("%s[%d]", path, i), sequence: s, index: i}
			all = append(append(all, p), places(p.path, s[i])...)
		}
	}
	return all
}

// mutate makes one mistake: another value, the value of another place, or a
// member less; and says what it did. JSON is YAML enough.
func mutate(model []byte, r *rand.Rand) (text []byte, what string, err error) {
	text, err = yaml.YAMLToJSON(plain(model))
	if err != nil {
		return nil, "", err
	}
	var tree any
	if err := decodeJSON(text, &tree); err != nil {
		return nil, "", err
	}
	all := places("", tree)
	if len(all) == 0 {
		return nil, "", errors.New("an empty model")
	}
	p := all[r.IntN(len(all))]
	what = p.path + " " + brief(p.value()) + " is "
	switch n := r.IntN(8); {
	case n == 0 && p.mapping != nil:
		delete(p.mapping, p.key)
		text, err = json.MarshalIndent(tree, "", " ")
		return text, what + "left out", err
	case n < 4:
		other := all[r.IntN(len(all))].value()
		if copied, err := json.Marshal(other); err == nil {
			decodeJSON(copied, &other)
		}
		p.set(other)
	default:
		p.set(nasty[r.IntN(len(nasty))])
	}
	text, err = json.MarshalIndent(tree, "", " ")
	return text, what + "now " + brief(p.value()), err
}

func brief(v any) string {
	text, _ := json.Marshal(v)
	if len(text) > 60 {
		text = append(text[:60], "..."...)
	}
	return string(text)
}

// judgeMutants changes a model n times, before one server after the other.
func (s *session) judgeMutants(ctx context.Context, source source) error {
	if s.variants == 0 || source.model == "" {
		return nil
	}
	model, err := os.ReadFile(source.model)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(s.sup.scratch, "models"), 0o755); err != nil {
		return err
	}
	name := strings.Trim(strings.ReplaceAll(filepath.Base(source.name), ".", "-"), "-")
	for n := range s.variants {
		server := s.servers[n%len(s.servers)]
		if _, err := s.judgeMutant(ctx, server, "mutant-"+name, s.seed, n, model, nil); err != nil {
			return err
		}
	}
	progress("%s: %d changed models", source.name, s.variants)
	return nil
}

// judgeMutant makes a mistake in a model and judges what hybridgen takes of it: as a change to the model that stands in
// the cluster if it can be, else alone. It returns what stands there then, or nil.
func (s *session) judgeMutant(ctx context.Context, c *cluster, name string, seed uint64, n int, model []byte, standing *judgement) (*judgement, error) {
	name = fmt.Sprintf("%s-%d-%d", name, seed, n)
	text, what, err := mutate(model, rand.New(rand.NewPCG(seed, uint64(n))))
	if err != nil {
		return standing, nil // in a form of YAML that Go's reader doesn't have
	}
	file := filepath.Join(s.sup.scratch, "models", name+".json")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return standing, err
	}
	defer os.Remove(file)
	app := name + " (" + what + ")"
	judgementIn := func(namespace string) (*judgement, error) {
		docs, err := s.generate(ctx, file, namespace, c.minor())
		return &judgement{app: app, server: c.api, tally: s.tally, docs: docs, model: text, outside: meantOutside(text), mutant: true}, err
	}
	namespace := name
	if standing != nil {
		namespace = namespaceOf(seed)
	}
	j, err := judgementIn(namespace)
	var refused refusal
	if err != nil && !errors.As(err, &refused) {
		s.tally.add(problem{app, "", "", err.Error()})
		return standing, s.keep(name+".json", text)
	}
	s.tally.mutant(err == nil)
	if err != nil {
		return standing, nil
	}
	if standing != nil && !standing.incomplete() {
		if err := s.judgeChange(ctx, j, standing, name, namespace, c.minor()); err != nil {
			return standing, err
		}
	}
	if standing != nil && j.standOn(ctx, standing) {
		standing = j
		err = s.judge(ctx, j, nil, nil)
	} else {
		standing.leave(ctx)
		standing = nil
		if namespace != name {
			if j, err = judgementIn(name); err != nil {
				return nil, err
			}
		}
		err = s.judgeAlone(ctx, j, nil, nil)
	}
	if err == nil && j.wrong() {
		err = s.keep(name+".json", text)
	}
	return standing, err
}

// keep puts a model that something is wrong with where it can be looked at.
func (s *session) keep(name string, model []byte) error {
	file := filepath.Join(s.build, "failed", name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	fmt.Printf("  kept: %s\n", file)
	return os.WriteFile(file, model, 0o644)
}
