package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

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

var twoProtocols = regexp.MustCompile(`\[IST0116\] .* but different protocols: \[(\S+) (\S+)\]$`)

// ofOneService: a conflict of a Service with itself.
func ofOneService(text string) bool {
	m := twoProtocols.FindStringSubmatch(text)
	return m != nil && m[1] == m[2]
}

// ofIstio tells whether istiod reads an object.
func ofIstio(apiVersion string) bool {
	group, _, _ := strings.Cut(apiVersion, "/")
	return strings.HasSuffix(group, ".istio.io") || group == "gateway.networking.k8s.io"
}

// inMesh tells whether an application has objects of Istio's own, as each has
// that is in a mesh.
func inMesh(docs []document) bool {
	return slices.ContainsFunc(docs, func(d document) bool {
		group, _, _ := strings.Cut(d.apiVersion, "/")
		return strings.HasSuffix(group, ".istio.io")
	})
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
		Kinds  map[string]int
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
	j.tally.count("istiod", a.Judged)
	for kind := range a.Kinds {
		j.tally.read(kind, "")
	}
	if a.Error != "" {
		j.tally.add(problem{j.app, "", "", "istiod can't read it: " + a.Error})
	}
	for _, said := range a.Said {
		if strings.Contains(said.Text, "[IST0127]") && !hasPods(j.docs) {
			continue // an application without services: its policies are for whoever comes
		}
		if strings.Contains(said.Text, "[IST0118]") && !emits(j.docs, said.Object) {
			continue // a Service of Flagger's: it has the names that ports have in the pods, and no more; proxies see the protocol in the first bytes
		}
		if strings.Contains(said.Text, "[IST0102]") && !inMesh(j.docs) {
			continue // a Gateway without a mesh: its pods have no proxies beside them
		}
		if ofOneService(said.Text) {
			continue // TCP and UDP on one port, as DNS has them: proxies see the first alone
		}
		if strings.Contains(said.Text, "[IST0137]") {
			continue // a further Service for the same pods, at another port: proxies have one way in for the pods' port, and both Services say the same of it
		}
		word := "warns"
		if said.Refused {
			word = "refuses"
		}
		j.tally.add(problem{j.app, said.Object, "", fmt.Sprintf("istiod %s: %s", word, said.Text)})
	}
	return nil
}

func emits(docs []document, object string) bool {
	return slices.ContainsFunc(docs, func(d document) bool { return d.key.String() == object })
}

func hasPods(docs []document) bool {
	return slices.ContainsFunc(docs, func(d document) bool { return templateOf(d)["spec"] != nil })
}

func templateOf(d document) map[string]any {
	if d.kind == "CronJob" {
		return mapping(at(d.value, "spec", "jobTemplate", "spec", "template"))
	}
	if d.kind == "ScaledJob" {
		return mapping(at(d.value, "spec", "jobTargetRef", "template"))
	}
	return mapping(at(d.value, "spec", "template"))
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
	issued := map[string]bool{} // Secrets that cert-manager makes
	for _, d := range j.docs {
		if d.kind == "Certificate" {
			issued[str(at(d.value, "spec", "secretName"))] = true
		}
	}
	for host := range foreignHosts(j) {
		name, namespace, _ := strings.Cut(strings.TrimSuffix(host, ".svc.cluster.local"), ".")
		add("v1", "Service", namespace, name, map[string]any{"spec": map[string]any{"ports": []any{map[string]any{"name": "tcp-a", "port": 1}}}})
	}
	var emitted []map[string]any
	for _, d := range j.docs {
		emitted = append(emitted, d.value)
	}
	for _, d := range j.docs { // Flagger makes Services of two versions, and puts the service's own in front
		if d.kind != "Canary" {
			continue
		}
		for _, suffix := range []string{"", "-canary", "-primary"} {
			if slices.ContainsFunc(j.docs, func(o document) bool { return o.kind == "Service" && o.name == d.name+suffix }) {
				continue
			}
			add("v1", "Service", d.namespace, d.name+suffix, map[string]any{"spec": map[string]any{"ports": canaryPorts(d.value, emitted)}})
		}
	}
	for _, name := range foreignNamespaces(j) {
		add("v1", "Namespace", "", name, map[string]any{"labels": map[string]any{"istio-injection": "disabled"}})
	}
	for _, d := range j.docs {
		if template := templateOf(d); template["spec"] != nil {
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
			ports = append(ports, map[string]any{"name": fmt.Sprint("tcp-", number), "port": number, "targetPort": number, "protocol": "TCP"})
			name := str(at(server, "tls", "credentialName"))
			if name != "" && (issued[name] || j.outside("Secret", name)) {
				add("v1", "Secret", "istio-ingress", name, map[string]any{"type": "kubernetes.io/tls", "data": certificate()})
			}
		}
		add("v1", "Pod", "istio-ingress", d.name, map[string]any{"labels": selector, "spec": map[string]any{"containers": proxy}})
		add("v1", "Service", "istio-ingress", d.name, map[string]any{"spec": map[string]any{"selector": selector, "ports": ports}})
	}
	return all
}

// certificate is the data of a TLS Secret: analysers look whether it is one.
var certificate = sync.OnceValue(func() map[string]any {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	paper := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now(), NotAfter: time.Now().Add(24 * time.Hour)}
	signed, err := x509.CreateCertificate(rand.Reader, paper, paper, k.Public(), k)
	if err != nil {
		panic(err)
	}
	der, err := x509.MarshalECPrivateKey(k)
	if err != nil {
		panic(err)
	}
	text := func(kind string, bytes []byte) string {
		return base64.StdEncoding.EncodeToString(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes}))
	}
	return map[string]any{"tls.crt": text("CERTIFICATE", signed), "tls.key": text("EC PRIVATE KEY", der)}
})

// foreignHosts are Services of other namespaces that the application has a policy
// for.
func foreignHosts(j *judgement) map[string]bool {
	hosts := map[string]bool{}
	for _, d := range j.docs {
		if d.kind != "DestinationRule" {
			continue
		}
		host := str(at(d.value, "spec", "host"))
		part := strings.Split(host, ".")
		if len(part) == 5 && strings.HasSuffix(host, ".svc.cluster.local") && part[1] != d.namespace && j.outside("Service", part[0]) {
			hosts[host] = true
		}
	}
	return hosts
}

// platformNamespaces are where the platform's programs run unless a model says otherwise.
var platformNamespaces = map[string]bool{"istio-ingress": true, "istio-system": true, "monitoring": true, "observability": true, "ingress-nginx": true}

// foreignNamespaces are those that policies of the application speak of.
func foreignNamespaces(j *judgement) []string {
	seen := map[string]any{}
	for _, d := range j.docs {
		for _, rule := range sequence(at(d.value, "spec", "rules")) {
			for _, from := range sequence(at(rule, "from")) {
				for _, n := range sequence(at(from, "source", "namespaces")) {
					if name := str(n); platformNamespaces[name] || j.outside("Namespace", name) {
						seen[name] = nil
					}
				}
			}
		}
	}
	return sortedKeys(seen)
}

// meant: a gateway as it is installed, or one that the model names.
func meant(selector map[string]any, outside outside) bool {
	for k, v := range selector {
		if !(k == "istio" && (v == "ingress" || v == "ingressgateway")) && !outside("Pod", str(v)) {
			return false
		}
	}
	return true
}
