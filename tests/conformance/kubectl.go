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
	name := "kubectl-" + filepath.Base(src.name)
	log := filepath.Join(s.sup.logs, name+".log")
	if src.model != "" {
		temporary, err := os.MkdirTemp(s.sup.scratch, "folder-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temporary)
		dir = filepath.Join(temporary, "manifests")
		cmd := exec.Command(s.hybridgen, "generate", "-f", src.model, "-o", dir+"/", "--kube-version", c.minor())
		if src.namespace != "" {
			cmd.Args = append(cmd.Args, "-n", src.namespace)
		}
		cmd.Dir = filepath.Dir(src.model)
		if _, err := s.sup.run(ctx, "hybridgen-"+filepath.Base(src.name), cmd); err != nil {
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
	out, err := s.sup.run(ctx, name, cmd)
	if err != nil {
		if ctx.Err() == nil {
			j.tally.add(problem{j.app, "", "", err.Error()})
		}
		return ctx.Err()
	}
	applied := strings.Count(string(out), " serverside-applied (server dry run)")
	if applied != len(j.docs) {
		j.tally.add(problem{j.app, "", "", fmt.Sprintf("kubectl apply -k applies %d objects, the stream holds %d\n  log: %s",
			applied, len(j.docs), log)})
	}
	if text, err := os.ReadFile(log); err == nil && strings.Contains(string(text), "Warning:") {
		j.tally.add(problem{j.app, "", "", "kubectl apply -k warns:\n" + tail(log, 5)})
	}
	return nil
}
