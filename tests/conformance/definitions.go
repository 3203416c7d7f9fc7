package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A crdSource is where the definitions of a family of custom resources stand:
// a folder (or one file) in the zip of a published Go module, or here.
type crdSource struct{ name, module, version, path string }

var crdSources = []crdSource{
	{"External Secrets", "github.com/external-secrets/external-secrets", "v1.3.2", "config/crds/bases"},
	{"Istio", "istio.io/api", "v1.31.4", "kubernetes/customresourcedefinitions.gen.yaml"},
	{"Gateway API", "sigs.k8s.io/gateway-api", "v1.6.3", "config/crd/standard"},
	{"Prometheus operator", "github.com/prometheus-operator/prometheus-operator", "v0.85.0", "example/prometheus-operator-crd"},
	{"Argo Rollouts", "github.com/argoproj/argo-rollouts", "v1.10.0", "manifests/crds"},
	{"Flagger", "github.com/fluxcd/flagger", "v1.36.1", "artifacts/flagger"},
	{"cert-manager", "github.com/cert-manager/cert-manager", "v1.21.2", "deploy/crds"},
	{"Velero", "github.com/vmware-tanzu/velero", "v1.18.3", "config/crd/v1/bases"},
	{"KEDA", "github.com/kedacore/keda/v2", "v2.21.0", "config/crd/bases"},
}

// crdFiles lists the files of a source that hold definitions, in a fixed order.
func (b *builder) crdFiles(ctx context.Context, c crdSource) ([]string, error) {
	path := c.path
	if c.module != "" {
		dir, err := b.moduleDir(ctx, c.module, c.version)
		if err != nil {
			return nil, err
		}
		path = filepath.Join(dir, c.path)
	}
	if info, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("CRDs of %s: %w", c.name, err)
	} else if !info.IsDir() {
		return []string{path}, nil
	}
	files, _ := filepath.Glob(filepath.Join(path, "*.yaml"))
	if len(files) == 0 {
		return nil, fmt.Errorf("CRDs of %s: no YAML file in %s", c.name, path)
	}
	return files, nil
}

// A definition makes one custom kind known.
type definition struct {
	document
	of crdSource
}

// served lists the kinds that it stands for, by "apiVersion kind".
func (d definition) served() (kinds []string) {
	for _, v := range sequence(at(d.value, "spec", "versions")) {
		if at(v, "served") == true {
			kinds = append(kinds, fmt.Sprintf("%v/%v %v", at(d.value, "spec", "group"), at(v, "name"), at(d.value, "spec", "names", "kind")))
		}
	}
	return kinds
}

// kinds are those that hybridgen can write and those of the hand-written
// mistakes, by "group kind"; without a hybridgen nobody knows, and all
// definitions count.
func (s *session) kinds(ctx context.Context) (map[string]bool, error) {
	if s.hybridgen == "" {
		return nil, nil
	}
	out, err := s.sup.run(ctx, "list-kinds", exec.Command(s.hybridgen, "list", "kinds"))
	if err != nil {
		return nil, err
	}
	kinds := map[string]bool{}
	s.written = map[string]bool{}
	for line := range strings.Lines(string(out)) {
		if field := strings.Fields(line); len(field) > 1 {
			group := groupOf(field[1])
			kinds[group+" "+field[0]] = true
			s.written[group+" "+field[0]] = true
		}
	}
	kinds["flagger.app AlertProvider"] = true // Flagger does not start without it
	cases, err := readRejects(filepath.Join(s.source, "rejects"))
	for _, r := range cases {
		for _, d := range r.docs {
			kinds[groupOf(d.apiVersion)+" "+d.kind] = true
		}
	}
	return kinds, err
}

// findDefinitions collects those of the kinds that somebody is asked about.
func (s *session) findDefinitions(ctx context.Context) error {
	kinds, err := s.kinds(ctx)
	if err != nil {
		return err
	}
	sources := append([]crdSource{{name: "operators of OpenTelemetry, Grafana and Cilium, as we understand them", path: filepath.Join(s.source, "definitions")}}, crdSources...)
	if s.crds != "" {
		sources = append(sources, crdSource{name: s.crds, path: s.crds})
	}
	for _, source := range sources {
		files, err := s.builder.crdFiles(ctx, source)
		if err != nil {
			return err
		}
		for _, f := range files {
			docs, err := readFile(f)
			if err != nil {
				return err
			}
			for _, d := range docs {
				kind := fmt.Sprintf("%v %v", at(d.value, "spec", "group"), at(d.value, "spec", "names", "kind"))
				if d.kind == "CustomResourceDefinition" && (kinds == nil || kinds[kind]) {
					s.definitions = append(s.definitions, definition{d, source})
				}
			}
		}
	}
	return nil
}

// define makes the custom kinds known and waits until they are served.
func (s *session) define(ctx context.Context, c *cluster) error {
	var want []string
	for _, d := range s.definitions {
		a, err := c.apply(ctx, d.document, false)
		if err != nil {
			return err
		}
		if !a.accepted() && c.tools != kubernetes[0] && strings.Contains(a.message, "undeclared reference") {
			progress("Kubernetes %s is too old for the definition %s", c.version, d.name)
			for _, kind := range d.served() {
				c.lacking[kind] = true
			}
			continue
		}
		if !a.accepted() {
			return fmt.Errorf("Kubernetes %s refuses the definition %s of %s: %s", c.version, d.name, d.of.name, a.words())
		}
		want = append(want, d.served()...)
	}
	for _, kind := range want {
		c.custom[kind] = true
	}
	return c.await(ctx, want)
}

// await returns when the server serves these kinds.
func (s *api) await(ctx context.Context, want []string) error {
	for deadline := time.Now().Add(60 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		if err := s.discover(ctx); err != nil {
			return err
		}
		i := slices.IndexFunc(want, func(kind string) bool { _, served := s.resource(kind); return !served })
		if i < 0 {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("Kubernetes %s doesn't serve the custom kind %s", s.version, want[i])
		}
	}
}
