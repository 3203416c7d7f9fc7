package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// What Kubernetes' own library and kustomize make of patches.
var patchTools = toolset{folder: "patches", module: "k8s.io/apimachinery", pkg: "."}

// judgePatches compares what hybridgen makes of random patches with what
// Kubernetes' library and kustomize make of them, jsonpatch of operations, and
// kubectl where it is built. It needs no server.
func (s *session) judgePatches(ctx context.Context) error {
	if err := s.builder.toolsAlone(ctx, patchTools); err != nil {
		return err
	}
	models, _ := filepath.Glob(filepath.Join(s.root, "tests/golden/*/hybriddeploy.yaml"))
	kubectl := s.builder.bin(kubernetes[0], "kubectl")
	if !exists(kubectl) {
		progress("kubectl is not built: it is not asked about patches")
		kubectl = ""
	}
	args := []string{filepath.Join(s.source, "patches.py"), s.hybridgen, s.builder.bin(patchTools, "patches"), kubectl,
		strconv.Itoa(s.patches), strconv.FormatUint(s.seed, 10)}
	cmd := exec.CommandContext(ctx, "python3", append(args, models...)...)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	s.sup.times.account(cmd)
	for line := range strings.Lines(string(out)) {
		s.tally.add(problem{"a random patch", "", "", strings.TrimSpace(line)})
	}
	if err != nil && len(out) > 0 {
		err = nil // it has said what is wrong
	}
	if err != nil {
		err = fmt.Errorf("patches.py (needed: python3 with the modules yaml and jsonpatch): %w: %s", err, said.String())
	}
	s.fields++
	s.tally.count("random patches", s.patches)
	progress("%d random patches: %s", s.patches, strings.TrimSpace(said.String()))
	return err
}
