package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
)

// The versions of client-go whose schemas are asked, one for each version of
// Kubernetes that is supported.
var clientVersions = []string{"v0.30.14", "v0.31.14", "v0.32.13", "v0.33.13", "v0.34.13", "v0.35.10", "v0.36.3", "v0.37.2"}

// judgeFields compares what tests/fields says of Kubernetes' fields and of
// defaults in lists with what Kubernetes and the definitions publish.
func (s *session) judgeFields(ctx context.Context) error {
	var schemas, definitions []string
	for _, version := range clientVersions {
		dir, err := s.builder.moduleDir(ctx, "k8s.io/client-go", version)
		if err != nil {
			return err
		}
		schemas = append(schemas, filepath.Join(dir, "applyconfigurations/internal/internal.go"))
	}
	for _, source := range crdSources {
		files, err := s.builder.crdFiles(ctx, source)
		if err != nil {
			return err
		}
		definitions = append(definitions, files...)
	}
	if err := s.askFields(ctx, "kubernetes_fields.py", "kubernetes.yaml", "--published", schemas); err != nil {
		return err
	}
	return s.askFields(ctx, "list_defaults.py", "list_defaults.yaml", "--definitions", definitions)
}

func (s *session) askFields(ctx context.Context, program, table, option string, files []string) error {
	tests := filepath.Dir(s.source)
	folder := filepath.Join(tests, "fields")
	args := []string{filepath.Join(folder, program), filepath.Join(folder, table), filepath.Join(tests, "golden"), filepath.Join(s.root, "examples"), option}
	cmd := exec.CommandContext(ctx, "python3", append(args, files...)...)
	out, err := cmd.Output()
	s.sup.times.account(cmd)
	for line := range strings.Lines(string(out)) {
		s.tally.add(problem{"tests/fields/" + table, "", "", strings.TrimSpace(line)})
	}
	if err != nil && len(out) > 0 {
		err = nil // it has said what is wrong
	}
	s.fields++
	s.tally.count("files of schemas beside tests/fields", len(files))
	return err
}
