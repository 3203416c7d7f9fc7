package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Mutants are valid models with one mistake (or none: not every change is one).
// hybridgen may refuse them or take them; what it takes, the cluster must take
// too, and nothing may be left unresolved or drift.

var scalarLine = regexp.MustCompile(`^(\s*(?:- )?[A-Za-z][\w./-]*: )(\S.*)$`)

// nasty values are wrong in most places, and each is right somewhere.
var nasty = []string{
	`""`, `-1`, `0`, `1`, `65536`, `9999999999`, `1.10`, `0644`, `yes`, `null`, `"1"`, `{}`, `[]`, `[a, a]`,
	`Web`, `a b`, `a_b`, `-a`, `a.b`, `*`, `é`, `"a\nb"`, `http`, `HTTP`, `tcp`, `64m`, `0.5m`, `1000m`, `1Gi`, `1024Mi`, `1.5Gi`, `1e3`,
	`64mb`, `0%`, `100%`, `101%`, `5`, `30s`, `1d`, `10.0.0.1/8`, `10.0.0.0/33`, `::/0`, `example.com:80`, `https://example.com`,
	`kubernetes.io/x`, `default`, `a/b/c`, strings.Repeat("a", 53), strings.Repeat("a", 64), strings.Repeat("a", 254),
}

// mutate changes one line: another value, another line's value, the line
// twice, or without it.
func mutate(model string, r *rand.Rand) string {
	lines := strings.Split(strings.TrimRight(model, "\n"), "\n")
	var with []int // lines that hold a key and a value
	for i, l := range lines {
		if scalarLine.MatchString(l) {
			with = append(with, i)
		}
	}
	if len(with) == 0 {
		return model
	}
	i := with[r.IntN(len(with))]
	part := scalarLine.FindStringSubmatch(lines[i])
	switch r.IntN(8) {
	case 0:
		lines = append(lines[:i], lines[i+1:]...)
	case 1, 2, 3:
		other := scalarLine.FindStringSubmatch(lines[with[r.IntN(len(with))]])
		lines[i] = part[1] + other[2]
	default:
		lines[i] = part[1] + nasty[r.IntN(len(nasty))]
	}
	return strings.Join(lines, "\n") + "\n"
}

func (s *session) judgeMutant(ctx context.Context, c *cluster, seed uint64, n int, model []byte) error {
	text := mutate(string(model), rand.New(rand.NewPCG(seed, uint64(n))))
	if text == string(model) {
		return nil
	}
	name := fmt.Sprintf("mutant-%d-%d", seed, n)
	file := filepath.Join(s.sup.scratch, "models", name+".yaml")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		return err
	}
	defer os.Remove(file)
	docs, err := generate(ctx, s.hybridgen, file, name, c.minor())
	var refused refusal
	taken := err == nil
	if err != nil && !errors.As(err, &refused) {
		s.tally.add(problem{name, "", "", err.Error()})
		return s.keep(name, text)
	}
	s.tally.mu.Lock()
	s.tally.mutants++
	if taken {
		s.tally.taken++
	}
	s.tally.mu.Unlock()
	if !taken {
		return nil
	}
	before := s.tally.failed()
	j := &judgement{app: name, server: c.api, tally: s.tally, docs: docs}
	if err := s.judge(ctx, j, nil, nil); err != nil {
		return err
	}
	if s.tally.failed() > before {
		return s.keep(name, text)
	}
	return nil
}

// keep puts a model that something is wrong with where it can be looked at.
func (s *session) keep(name, model string) error {
	file := filepath.Join(s.build, "failed", name+".yaml")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	fmt.Printf("  kept: %s\n", file)
	return os.WriteFile(file, []byte(model), 0o644)
}
