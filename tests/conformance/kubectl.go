package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// judgeKubectl does what people do with a generated folder: kubectl apply -k.
// It comes after the objects are applied, so that their namespace is there.
func (s *session) judgeKubectl(ctx context.Context, src source, c *cluster, j *judgement) error {
	dir := src.dir
	if src.model != "" {
		dir = filepath.Join(s.sup.scratch, "folder")
		defer os.RemoveAll(dir)
		cmd := exec.Command(s.hybridgen, "generate", "-f", src.model, "-o", dir+"/", "--kube-version", c.minor())
		cmd.Dir = filepath.Dir(src.model)
		if _, err := s.sup.run(ctx, "hybridgen-folder", cmd); err != nil {
			j.tally.add(problem{j.app, "", "", err.Error()})
			return nil
		}
	}
	if dir == "" || !exists(filepath.Join(dir, "kustomization.yaml")) {
		if src.model != "" {
			j.tally.add(problem{j.app, "", "", "the generated folder has no kustomization.yaml"})
		}
		return nil
	}
	cmd := exec.Command(s.builder.bin(c.tools, "kubectl"), "--kubeconfig="+filepath.Join(c.dir, "admin.kubeconfig"),
		"apply", "--server-side", "--field-manager="+manager, "--dry-run=server", "-k", dir)
	out, err := s.sup.run(ctx, "kubectl", cmd)
	if err != nil {
		if ctx.Err() == nil {
			j.tally.add(problem{j.app, "", "", err.Error()})
		}
		return ctx.Err()
	}
	applied := strings.Count(string(out), " serverside-applied (server dry run)")
	if applied != len(j.docs) {
		j.tally.add(problem{j.app, "", "", fmt.Sprintf("kubectl apply -k applies %d objects, the stream holds %d\n  log: %s",
			applied, len(j.docs), filepath.Join(s.sup.logs, "kubectl.log"))})
	}
	if text, err := os.ReadFile(filepath.Join(s.sup.logs, "kubectl.log")); err == nil && strings.Contains(string(text), "Warning:") {
		j.tally.add(problem{j.app, "", "", "kubectl apply -k warns:\n" + tail(filepath.Join(s.sup.logs, "kubectl.log"), 5)})
	}
	return nil
}
