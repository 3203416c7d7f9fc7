// Types reads documents strictly by the published API types of one old version
// of Kubernetes, for which no server can be built any more: what it doesn't
// know there, that version doesn't have.
//
// Input: for each document its length in bytes on a line, then the document.
// Output: a line of JSON each.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	"k8s.io/apimachinery/pkg/runtime"
	serializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
)

type answer struct {
	Error   string `json:"error,omitempty"`
	Unknown bool   `json:"unknown,omitempty"` // no such kind among Kubernetes' own
}

func main() {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		appsv1.AddToScheme, autoscalingv2.AddToScheme, batchv1.AddToScheme, corev1.AddToScheme,
		networkingv1.AddToScheme, policyv1.AddToScheme, rbacv1.AddToScheme, schedulingv1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			panic(err)
		}
	}
	strict := serializer.NewSerializerWithOptions(serializer.DefaultMetaFactory, scheme, scheme,
		serializer.SerializerOptions{Yaml: true, Strict: true})
	in := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	out.Encode("ready")
	for {
		var length int
		if _, err := fmt.Fscanf(in, "%d\n", &length); err != nil {
			return
		}
		text := make([]byte, length)
		if _, err := io.ReadFull(in, text); err != nil {
			return
		}
		var a answer
		if _, _, err := strict.Decode(text, nil, nil); err != nil {
			a = answer{err.Error(), runtime.IsNotRegisteredError(err)}
		}
		out.Encode(a)
	}
}
