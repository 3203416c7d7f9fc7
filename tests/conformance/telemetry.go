package main

import (
	"context"
	"os/exec"
	"regexp"
	"sort"
	"strings"

	"sigs.k8s.io/yaml"
)

// The OpenTelemetry Collector judges its configurations; Prometheus' and
// Alertmanager's own parsers judge expressions and routing.
var telemetryTools = toolset{
	folder: "telemetry", module: "go.opentelemetry.io/collector/otelcol", pkg: ". tool",
	// Prometheus without the discovery of twenty clouds: most of its code.
	tags: "remove_all_sd,enable_kubernetes_sd,enable_dns_sd",
}

func (s *session) startTelemetry() (err error) {
	cmd := exec.Command(s.builder.bin(telemetryTools, "telemetry"))
	// Some components look whether the pod has told them where they are.
	cmd.Env = s.sup.environment("K8S_NODE_NAME=node", "K8S_POD_NAME=pod", "K8S_POD_IP=10.0.0.1", "K8S_NAMESPACE_NAME=namespace")
	s.telemetry, err = startAsker(s.sup, "telemetry", cmd)
	return err
}

// A part is a text inside a manifest that some program reads.
type part struct{ about, where, text string }

// parts finds them: the configuration in a custom resource, and what in a
// ConfigMap has the shape of one.
func parts(d document) (all []part) {
	add := func(about, where string, value any) {
		if text, err := yaml.Marshal(value); err == nil {
			all = append(all, part{about, where, string(text)})
		}
	}
	switch d.kind {
	case "OpenTelemetryCollector":
		// In v1alpha1 a text, since then an object.
		if text, is := at(d.value, "spec", "config").(string); is {
			all = append(all, part{"collector", "spec.config", text})
		} else {
			add("collector", "spec.config", at(d.value, "spec", "config"))
		}
	case "GrafanaDashboard":
		for _, e := range expressions(str(at(d.value, "spec", "json"))) {
			all = append(all, part{"expression", "spec.json", e})
		}
	case "PrometheusRule":
		add("rules", "spec", mapping(at(d.value, "spec")))
	case "ConfigMap":
		data := mapping(d.value["data"])
		for _, name := range sortedKeys(data) {
			text := str(data[name])
			if about := shape(text); about != "" {
				all = append(all, part{about, "data." + name, text})
			}
			for _, e := range expressions(text) {
				all = append(all, part{"expression", "data." + name, e})
			}
		}
	}
	return all
}

// shape tells what a text is by its members.
func shape(text string) string {
	var m map[string]any
	if yaml.Unmarshal([]byte(text), &m) != nil {
		return ""
	}
	has := func(names ...string) bool {
		for _, n := range names {
			if _, there := m[n]; !there {
				return false
			}
		}
		return true
	}
	switch {
	case at(m, "service", "pipelines") != nil:
		return "collector"
	case has("groups") && len(sequence(m["groups"])) > 0 && at(sequence(m["groups"])[0], "rules") != nil:
		return "rules"
	case has("route", "receivers"):
		return "alertmanager"
	case has("scrape_configs"):
		return "prometheus"
	}
	return ""
}

// expressions lists those of a dashboard's panels. Grafana puts its variables
// in before Prometheus sees them.
func expressions(text string) (all []string) {
	var m map[string]any
	if yaml.Unmarshal([]byte(text), &m) != nil || m["panels"] == nil {
		return nil
	}
	seen := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		for _, e := range sequence(v) {
			walk(e)
		}
		for k, e := range mapping(v) {
			if k == "expr" {
				seen[withoutVariables(str(e))] = true
			}
			walk(e)
		}
	}
	walk(m["panels"])
	for e := range seen {
		all = append(all, e)
	}
	sort.Strings(all)
	return all
}

var (
	variableTime = regexp.MustCompile(`\$(?:__\w+|\{__\w+\})`)
	variable     = regexp.MustCompile(`\$(?:\w+|\{\w+(?::\w+)?\})`)
)

func withoutVariables(e string) string {
	return variable.ReplaceAllLiteralString(variableTime.ReplaceAllLiteralString(e, "5m"), "x")
}

// carried are complaints about words of languages that hybridgen only passes on:
// a mistake in them is the author's to find.
var carried = regexp.MustCompile(`OTTL|(statement|condition) has invalid syntax|could not parse expression|undefined function`)

// judgeTelemetry asks the program that each part is for.
func (s *session) judgeTelemetry(ctx context.Context, j *judgement) error {
	for _, d := range j.news() {
		for _, p := range parts(d) {
			said, err := s.askTelemetry(ctx, p)
			if err != nil {
				return err
			}
			j.tally.count(p.about, 1)
			j.tally.read(groupOf(d.apiVersion)+" "+d.kind, strings.TrimPrefix(p.where, "spec"))
			if said != "" && !(j.mutant && carried.MatchString(said)) {
				j.problem(d, "%s, by the reader of a %s: %s", p.where, p.about, said)
			}
		}
	}
	return ctx.Err()
}

func (s *session) askTelemetry(ctx context.Context, p part) (said string, err error) {
	switch p.about {
	case "rules":
		return s.promtool(ctx, p.text, "check", "rules", "--lint=all", "--lint-fatal")
	case "prometheus":
		return s.promtool(ctx, p.text, "check", "config", "--syntax-only")
	}
	if p.about == "collector" {
		p.text = s.withFolders(p.text)
	}
	var a struct{ Error string }
	err = s.telemetry.ask([]byte(p.about+"\n"+p.text), &a)
	return a.Error, err
}

// withFolders lets storage be where it can be: the Collector looks whether its
// folder is there, which in a cluster a volume sees to.
func (s *session) withFolders(config string) string {
	var m map[string]any
	if yaml.Unmarshal([]byte(config), &m) != nil {
		return config
	}
	for name, extension := range mapping(m["extensions"]) {
		if kind, _, _ := strings.Cut(name, "/"); kind == "file_storage" && mapping(extension)["directory"] != nil {
			mapping(extension)["directory"] = s.sup.scratch
		}
	}
	text, err := yaml.Marshal(m)
	if err != nil {
		return config
	}
	return string(text)
}
