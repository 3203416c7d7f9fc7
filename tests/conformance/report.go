package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// writeReport writes what was asked, whom, and what they said. It holds no
// date, so that it changes only when the answers do.
func (s *session) writeReport(file string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# What the consumers say\n\nWritten by `tests/conformance/run --report`.\n\n## Consumers\n\n| consumer | version |\n|---|---|\n")
	for i, c := range s.servers {
		what := "Kubernetes API server"
		if i == 0 {
			what += ", controller manager, scheduler, kubectl"
		}
		fmt.Fprintf(&b, "| %s | %s |\n", what, c.version)
	}
	for _, other := range []struct{ name, module string }{
		{"etcd", "go.etcd.io/etcd/server/v3"}, {"kwok", "sigs.k8s.io/kwok"},
	} {
		version, err := s.builder.version(kubernetes[0], other.module)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "| %s | %s |\n", other.name, strings.TrimPrefix(version, "v"))
	}
	for _, t := range []struct{ name, module string }{
		{"istiod's validation and the analysers of istioctl", "istio.io/istio"},
	} {
		version, err := s.builder.version(istioTools, t.module)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "| %s | %s |\n", t.name, strings.TrimPrefix(version, "v"))
	}
	for _, t := range []struct{ name, module string }{
		{"OpenTelemetry Collector", "go.opentelemetry.io/collector/otelcol"},
		{"promtool", "github.com/prometheus/prometheus"},
		{"Alertmanager's reader of configurations", "github.com/prometheus/alertmanager"},
	} {
		version, err := s.builder.version(telemetryTools, t.module)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "| %s | %s |\n", t.name, strings.TrimPrefix(version, "v"))
	}
	seen := map[string]bool{}
	for _, d := range s.definitions {
		c := d.of
		if seen[c.name] {
			continue
		}
		seen[c.name] = true
		fmt.Fprintf(&b, "| %s, by its CRDs alone | %s |\n", c.name, strings.TrimPrefix(c.version, "v"))
	}
	for _, t := range s.types {
		fmt.Fprintf(&b, "| Kubernetes API types, strictly decoded | %s |\n", t.minor)
	}
	fmt.Fprintf(&b, "| readers of YAML | %s, sigs.k8s.io/yaml, goccy/go-yaml with the core schema of 1.2 |\n", s.readers.python.greeting)

	fmt.Fprintf(&b, "\n## Judged\n\n| what | number |\n|---|---|\n")
	fmt.Fprintf(&b, "| applications, each version counted | %d |\n", s.tally.apps)
	if s.models > 0 {
		fmt.Fprintf(&b, "| of them random, of seeds %d to %d | %d |\n", s.seed, s.seed+uint64(s.models)-1, s.judged)
	}
	if s.tally.mutants > 0 {
		fmt.Fprintf(&b, "| models with a mistake, and those that hybridgen took | %d, %d |\n", s.tally.mutants, s.tally.taken)
	}
	fmt.Fprintf(&b, "| objects sent | %d |\n| refused | %d |\n", s.tally.objects, s.tally.refused)
	for _, what := range sortedKeys(asAny(s.tally.counts)) {
		fmt.Fprintf(&b, "| %s | %d |\n", what, s.tally.counts[what])
	}
	fmt.Fprintf(&b, "| hand-written mistakes, each version counted | %d |\n", s.cases)
	fmt.Fprintf(&b, "| problems of any kind | %d |\n", len(s.tally.problems))
	fmt.Fprintf(&b, "| time, minutes | %.1f |\n", time.Since(began).Minutes())
	fmt.Fprintf(&b, "| of it, seconds by part | %s |\n", line(s.sup.times.parts))
	fmt.Fprintf(&b, "| seconds of a processor by program | %s |\n", line(s.sup.times.costs()))

	fmt.Fprintf(&b, "\n## Kinds\n\n| kind |")
	for _, c := range s.servers {
		fmt.Fprintf(&b, " %s |", c.version)
	}
	fmt.Fprintf(&b, "\n|---|%s\n", strings.Repeat("---|", len(s.servers)))
	kinds := map[string]any{}
	for k := range s.tally.kinds {
		_, kind, _ := strings.Cut(k, " ")
		kinds[kind] = nil
	}
	for _, kind := range sortedKeys(kinds) {
		fmt.Fprintf(&b, "| %s |", kind)
		for _, c := range s.servers {
			fmt.Fprintf(&b, " %d |", s.tally.kinds[c.version+" "+kind])
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "\n## Unproven\n\nKinds that no program here reads beyond their definition: what it says was asked, what an operator makes of them was not.\n\n")
	for _, d := range s.definitions {
		kind := fmt.Sprintf("%v %v", at(d.value, "spec", "group"), at(d.value, "spec", "names", "kind"))
		part, read := s.tally.readers[kind]
		if (read && part == "") || (s.written != nil && !s.written[kind]) {
			continue
		}
		how := "by its published definition"
		if d.of.module == "" {
			how = "by a definition written by hand"
		}
		if read {
			how += "; what stands in its " + strings.TrimPrefix(part, ".") + ", by the program that reads that"
		}
		if !s.tally.met(kind) {
			how += "; no application of this run had one"
		}
		fmt.Fprintf(&b, "- %s, %s\n", kind, how)
	}
	if len(s.caseless) > 0 {
		fmt.Fprintf(&b, "\n## Errors of ours that no case in rejects/ is about\n\nMost speak of the model alone (names, references, practice).\n\n")
		for _, rule := range s.caseless {
			fmt.Fprintf(&b, "- %s\n", rule)
		}
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}
