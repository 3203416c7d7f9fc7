// Istio says what istiod says of an application: what its admission webhook
// refuses and warns of, one object at a time, and what its analysers (those of
// `istioctl analyze`) find in all of the objects together.
//
// Called with files, it prints what is said of each. Without, it is asked.
// Input: for each application the length of its stream in bytes on a line, then
// the stream. Output: a line of JSON each.
package main

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/hashicorp/go-multierror"
	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/local"
	"istio.io/istio/pkg/config/analysis/msg"
	"istio.io/istio/pkg/config/resource"
	"istio.io/istio/pkg/config/schema/collections"
	schema "istio.io/istio/pkg/config/schema/resource"
	"istio.io/istio/pkg/log"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
)

// mesh is what an installed mesh brings along.
//
//go:embed mesh.yaml
var mesh string

type said struct {
	Object  string `json:"object"`
	Refused bool   `json:"refused,omitempty"`
	Text    string `json:"text"`
}

type answer struct {
	Said   []said         `json:"said"`
	Judged int            `json:"judged"` // objects of Istio and of the Gateway API
	Kinds  map[string]int `json:"kinds"`  // the same by "group kind"
	Error  string         `json:"error,omitempty"`
}

// strictly refuses fields that there aren't, as the API server does.
func strictly(s schema.Schema, text string) (config.Spec, error) {
	spec, err := s.NewInstance()
	if err != nil {
		return nil, err
	}
	return spec, config.ApplyJSONStrict(spec, text)
}

// validate does what the webhook does.
func validate(stream []byte, a *answer) error {
	documents := kubeyaml.NewYAMLOrJSONDecoder(strings.NewReader(string(stream)), 512*1024)
	for {
		var raw json.RawMessage
		if err := documents.Decode(&raw); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		var object crd.IstioKind
		if len(raw) == 0 || string(raw) == "null" {
			continue
		}
		if err := json.Unmarshal(raw, &object); err != nil {
			return err
		}
		gvk := object.GroupVersionKind()
		s, known := collections.PilotGatewayAPI().FindByGroupKind(schema.FromKubernetesGVK(&gvk))
		if !known {
			continue
		}
		a.Judged++
		a.Kinds[gvk.Group+" "+gvk.Kind]++
		name := fmt.Sprintf("%s %s/%s", object.Kind, object.Namespace, object.Name)
		refuse := func(err error) { a.Said = append(a.Said, said{name, true, err.Error()}) }
		one, err := crd.ConvertObjectInternal(s, &object, "cluster.local", strictly)
		if err != nil {
			refuse(err)
			continue
		}
		warning, err := s.ValidateConfig(*one)
		if err != nil {
			refuse(err)
		}
		var several *multierror.Error
		if errors.As(warning, &several) {
			for _, w := range several.Errors {
				a.Said = append(a.Said, said{name, false, w.Error()})
			}
		} else if warning != nil {
			a.Said = append(a.Said, said{name, false, warning.Error()})
		}
	}
}

// analyze does what `istioctl analyze` does in a cluster: with a file alone it
// leaves out every analyser that wants to see Services or Pods.
func analyze(stream []byte, a *answer) error {
	analyzer := local.NewSourceAnalyzer(analyzers.AllCombined(), resource.Namespace(""), resource.Namespace("istio-system"), nil)
	err := analyzer.AddTestReaderKubeSource([]local.ReaderSource{
		{Name: "mesh", Reader: strings.NewReader(mesh)},
		{Name: "application", Reader: strings.NewReader(string(stream))},
	})
	if err != nil {
		return err
	}
	cancel := make(chan struct{})
	defer close(cancel)
	result, err := analyzer.Analyze(cancel)
	if err != nil {
		return err
	}
	for _, m := range result.Messages {
		if m.Type == msg.SchemaWarning { // the webhook's own
			continue
		}
		object := ""
		if m.Resource != nil {
			object = fmt.Sprintf("%s %s", m.Resource.Metadata.Schema.Kind(), m.Resource.Metadata.FullName)
		}
		text := fmt.Sprintf("%s [%s] %s", m.Type.Level(), m.Type.Code(), fmt.Sprintf(m.Type.Template(), m.Parameters...))
		a.Said = append(a.Said, said{object, false, text})
	}
	return nil
}

func judge(stream []byte) (a answer) {
	a.Said, a.Kinds = []said{}, map[string]int{}
	err := validate(stream, &a)
	refused := slices.ContainsFunc(a.Said, func(s said) bool { return s.Refused })
	if err == nil && !refused { // the analysers see only what was let in
		err = analyze(stream, &a)
	}
	if err != nil {
		a.Error = err.Error()
	}
	return a
}

func main() {
	quiet := log.DefaultOptions()
	quiet.SetDefaultOutputLevel(log.DefaultScopeName, log.NoneLevel)
	for _, scope := range log.Scopes() {
		quiet.SetDefaultOutputLevel(scope.Name(), log.NoneLevel)
	}
	if err := log.Configure(quiet); err != nil {
		panic(err)
	}
	if len(os.Args) > 1 {
		os.Exit(judgeFiles(os.Args[1:]))
	}
	in := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	out.Encode("ready")
	for {
		var length int
		if _, err := fmt.Fscanf(in, "%d\n", &length); err != nil {
			return
		}
		stream := make([]byte, length)
		if _, err := io.ReadFull(in, stream); err != nil {
			return
		}
		out.Encode(judge(stream))
	}
}

func judgeFiles(files []string) (status int) {
	for _, file := range files {
		stream, err := os.ReadFile(file)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 2
		}
		a := judge(stream)
		for _, s := range a.Said {
			word := "warns"
			if s.Refused {
				word = "refuses"
			}
			fmt.Printf("%s: %s: %s: %s\n", file, s.Object, word, s.Text)
			status = 1
		}
		if a.Error != "" {
			fmt.Printf("%s: error: %s\n", file, a.Error)
			status = 1
		}
		fmt.Printf("%s: %d objects of Istio and the Gateway API judged\n", file, a.Judged)
	}
	return status
}
