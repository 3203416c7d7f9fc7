package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"

	"sigs.k8s.io/yaml"
)

// istiod judges objects of Istio and of the Gateway API: its webhook one by
// one, beyond what their definitions say, and its analysers all of an
// application together.
var istioTools = toolset{folder: "istio", module: "istio.io/istio", pkg: "."}

func (s *session) startIstio() (err error) {
	s.istio, err = startAsker(s.sup, "istio", exec.Command(s.builder.bin(istioTools, "istio")))
	return err
}

// ofIstio tells whether istiod reads an object.
func ofIstio(apiVersion string) bool {
	group, _, _ := strings.Cut(apiVersion, "/")
	return strings.HasSuffix(group, ".istio.io") || group == "gateway.networking.k8s.io"
}

// judgeIstio reports all that istiod refuses, warns of or finds amiss.
func (s *session) judgeIstio(ctx context.Context, j *judgement) error {
	var stream bytes.Buffer
	meshed := false
	for _, d := range j.docs {
		meshed = meshed || ofIstio(d.apiVersion)
		stream.WriteString("---\n")
		stream.Write(d.text)
		if len(d.text) > 0 && d.text[len(d.text)-1] != '\n' {
			stream.WriteByte('\n')
		}
	}
	if !meshed {
		return nil
	}
	for _, object := range istioOutside(j) {
		text, err := yaml.Marshal(object)
		if err != nil {
			return err
		}
		stream.WriteString("---\n")
		stream.Write(text)
	}
	var a struct {
		Judged int
		Error  string
		Said   []struct {
			Object, Text string
			Refused      bool
		}
	}
	if err := s.istio.ask(stream.Bytes(), &a); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.tally.count("istiod", a.Judged)
	if a.Error != "" {
		j.tally.add(problem{j.app, "", "", "istiod can't read it: " + a.Error})
	}
	for _, said := range a.Said {
		word := "warns"
		if said.Refused {
			word = "refuses"
		}
		j.tally.add(problem{j.app, said.Object, "", fmt.Sprintf("istiod %s: %s", word, said.Text)})
	}
	return nil
}

// istioOutside is what analysers look for that isn't emitted: pods, which the
// controllers and Istio's injector make, and what the model's author means to
// be in the cluster.
func istioOutside(j *judgement) (all []map[string]any) {
	add := func(apiVersion, kind, namespace, name string, rest map[string]any) {
		labels := rest["labels"]
		delete(rest, "labels")
		rest["apiVersion"], rest["kind"] = apiVersion, kind
		rest["metadata"] = map[string]any{"namespace": namespace, "name": name, "labels": labels}
		all = append(all, rest)
	}
	proxy := []any{map[string]any{"name": "istio-proxy", "image": "registry.example.com/proxyv2:1.31"}}
	for _, d := range j.docs {
		if template := mapping(at(d.value, "spec", "template")); template["spec"] != nil {
			containers := append(append([]any{}, sequence(at(template, "spec", "containers"))...), proxy...)
			add("v1", "Pod", d.namespace, d.name, map[string]any{
				"labels": at(template, "metadata", "labels"), "spec": map[string]any{"containers": containers},
			})
		}
		if d.kind != "Gateway" || !strings.HasPrefix(d.apiVersion, "networking.istio.io/") {
			continue
		}
		selector := mapping(at(d.value, "spec", "selector"))
		if !meant(selector, j.outside) {
			continue
		}
		var ports []any
		for _, server := range sequence(at(d.value, "spec", "servers")) {
			number := at(server, "port", "number")
			ports = append(ports, map[string]any{"name": fmt.Sprint("p", number), "port": number, "targetPort": number})
			name := str(at(server, "tls", "credentialName"))
			if name != "" && j.outside("Secret", name) {
				add("v1", "Secret", "istio-system", name, map[string]any{"type": "kubernetes.io/tls"})
			}
		}
		add("v1", "Pod", "istio-system", d.name, map[string]any{"labels": selector, "spec": map[string]any{"containers": proxy}})
		add("v1", "Service", "istio-system", d.name, map[string]any{"spec": map[string]any{"selector": selector, "ports": ports}})
	}
	return all
}

// meant: a gateway as it is installed, or one that the model names.
func meant(selector map[string]any, outside outside) bool {
	for k, v := range selector {
		if !(k == "istio" && v == "ingressgateway") && !outside("Pod", str(v)) {
			return false
		}
	}
	return true
}
