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

// judgeFields compares the list of Kubernetes' fields, those that a model can
// say and those that it cannot, with what Kubernetes publishes.
func (s *session) judgeFields(ctx context.Context) error {
	tests := filepath.Dir(s.source)
	args := []string{filepath.Join(tests, "fields/kubernetes_fields.py"), filepath.Join(tests, "fields/kubernetes.yaml"),
		filepath.Join(tests, "golden"), filepath.Join(s.root, "examples"), "--published"}
	for _, version := range clientVersions {
		dir, err := s.builder.moduleDir(ctx, "k8s.io/client-go", version)
		if err != nil {
			return err
		}
		args = append(args, filepath.Join(dir, "applyconfigurations/internal/internal.go"))
	}
	cmd := exec.CommandContext(ctx, "python3", args...)
	out, err := cmd.Output()
	s.sup.times.account(cmd)
	for line := range strings.Lines(string(out)) {
		s.tally.add(problem{"tests/fields", "", "", strings.TrimSpace(line)})
	}
	if err != nil && len(out) > 0 {
		err = nil // it has said what is wrong
	}
	s.fields = 1
	s.tally.count("versions of Kubernetes' fields", len(clientVersions))
	return err
}
