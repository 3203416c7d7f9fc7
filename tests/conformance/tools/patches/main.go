// Patches answers with what Kubernetes' own library, or kustomize, makes of patches: a line of JSON in, a line of JSON out.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"k8s.io/client-go/kubernetes/scheme"
)

type question struct {
	Object    json.RawMessage `json:"object"`
	Patch     json.RawMessage `json:"patch"`
	Kustomize bool            `json:"kustomize"`
}

type answer struct {
	Object json.RawMessage `json:"object,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// patched merges as the kind of the object wants it: strategically where the API server knows the type.
func patched(q question) ([]byte, error) {
	if q.Kustomize {
		return kustomized(q)
	}
	var head struct{ APIVersion, Kind string }
	if err := json.Unmarshal(q.Object, &head); err != nil {
		return nil, err
	}
	typed, err := scheme.Scheme.New(schema.FromAPIVersionAndKind(head.APIVersion, head.Kind))
	if err != nil {
		return jsonpatch.MergePatch(q.Object, q.Patch)
	}
	return strategicpatch.StrategicMergePatch(q.Object, q.Patch, typed)
}

func main() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var q question
		var a answer
		if err := json.Unmarshal(line, &q); err != nil {
			a.Error = err.Error()
		} else if a.Object, err = patched(q); err != nil {
			a = answer{Error: err.Error()}
		}
		out, _ := json.Marshal(a)
		fmt.Println(string(out))
	}
}
