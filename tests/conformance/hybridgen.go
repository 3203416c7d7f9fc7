package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// generate runs hybridgen on a model and reads its stream. A model that it
// refuses is a refusal, not an error of ours.
type refusal struct{ words string }

func (r refusal) Error() string { return r.words }

// ofVersion are errors that a model may have for an old version of Kubernetes alone: it lacks a member, a kind, or native
// sidecars, without which a job never ends in a mesh.
var ofVersion = regexp.MustCompile(`\[HD(1223|3581|9452)\]`)

// tooNew: hybridgen says of nothing but what this version of Kubernetes lacks, which is right to do.
func (r refusal) tooNew() bool {
	var errors, lacking int
	for line := range strings.Lines(r.words) {
		if strings.Contains(line, ": error: ") {
			errors++
			if ofVersion.MatchString(line) {
				lacking++
			}
		}
	}
	return errors > 0 && errors == lacking
}

func (s *session) generate(ctx context.Context, model, namespace, kubeVersion string) ([]document, error) {
	args := []string{"generate", "-f", model, "-o", "-", "-q"}
	if namespace != "" {
		args = append(args, "-n", namespace)
	}
	if kubeVersion != "" {
		args = append(args, "--kube-version", kubeVersion)
	}
	cmd := exec.CommandContext(ctx, s.hybridgen, args...)
	// Files that the model names stand beside it.
	cmd.Dir = filepath.Dir(model)
	var out, said strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	s.sup.times.account(cmd)
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() == 1 {
			return nil, refusal{strings.TrimSpace(said.String())}
		}
		return nil, fmt.Errorf("%w\n  command: %s\n  %s", err, strings.Join(cmd.Args, " "), strings.TrimSpace(said.String()))
	}
	return parse([]byte(out.String()), filepath.Base(model))
}

// A source is an application to judge: a model to generate from, or manifests
// that somebody generated before.
type source struct {
	name  string
	model string // of hybridgen
	file  string // a stream
	dir   string // a folder of manifests

	namespace string // in place of the model's own
}

func newSource(root, path string) (source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return source{}, err
	}
	name := path
	if rel, err := filepath.Rel(root, path); err == nil && !strings.HasPrefix(rel, "..") {
		name = rel
	}
	if !info.IsDir() {
		if strings.HasPrefix(filepath.Base(path), "hybriddeploy.") {
			return source{name: name, model: path}, nil
		}
		return source{name: name, file: path}, nil
	}
	for _, ext := range []string{"yaml", "yml", "json"} {
		if model := filepath.Join(path, "hybriddeploy."+ext); exists(model) {
			return source{name: name, model: model}, nil
		}
	}
	return source{name: name, dir: path}, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// outside is what the application finds in the cluster; manifests without a
// model have to bring along all that they need.
func (s source) outside() outside {
	if s.model == "" {
		return nothing
	}
	text, err := os.ReadFile(s.model)
	if err != nil {
		return nothing
	}
	return meantOutside(text)
}

// documents of the application, for a version of Kubernetes where that can be
// asked for.
func (s *session) documents(ctx context.Context, o source, kubeVersion string) ([]document, error) {
	switch {
	case o.dir != "":
		return readFolder(o.dir)
	case o.file != "":
		return readFile(o.file)
	case s.hybridgen == "":
		return nil, fmt.Errorf("%s is a model: say where hybridgen is (--hybridgen PATH)", o.model)
	}
	return s.generate(ctx, o.model, o.namespace, kubeVersion)
}
