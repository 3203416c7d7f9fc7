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
// defaults in lists, and what the library itself knows of fields, with what
// Kubernetes and the definitions publish.
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
	if err := s.askFields(ctx, "list_defaults.py", "list_defaults.yaml", "--definitions", definitions); err != nil {
		return err
	}
	// The library's own table, by which it judges patches.
	return s.askTable(ctx, "lib/patch/parts.c", []string{"patch_parts.py", filepath.Join(s.root, "lib/patch/parts.c"), "--published"}, schemas)
}

func (s *session) askFields(ctx context.Context, program, table, option string, files []string) error {
	tests := filepath.Dir(s.source)
	args := []string{program, filepath.Join(tests, "fields", table), filepath.Join(tests, "golden"), filepath.Join(s.root, "examples"), option}
	return s.askTable(ctx, "tests/fields/"+table, args, files)
}

// askTable runs a program of tests/fields, and takes what it says of a table.
func (s *session) askTable(ctx context.Context, table string, args, files []string) error {
	args[0] = filepath.Join(filepath.Dir(s.source), "fields", args[0])
	cmd := exec.CommandContext(ctx, "python3", append(args, files...)...)
	out, err := cmd.Output()
	s.sup.times.account(cmd)
	for line := range strings.Lines(string(out)) {
		s.tally.add(problem{table, "", "", strings.TrimSpace(line)})
	}
	if err != nil && len(out) > 0 {
		err = nil // it has said what is wrong
	}
	s.fields++
	s.tally.count("files of schemas beside tests/fields", len(files))
	return err
}
