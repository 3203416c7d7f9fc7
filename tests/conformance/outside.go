package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"net/http"
	"strings"

	"sigs.k8s.io/yaml"
)

// What an application finds in a cluster but does not bring along: nodes in
// several zones, storage, the operator that turns ExternalSecrets into Secrets.

// addNodes makes nodes in three zones; kwok keeps them alive. labels
// and devices are what the application's pods ask of a node.
func addNodes(ctx context.Context, s *api, prefix string, count int, labels map[string]any, devices []string) error {
	for i := range count {
		zone := string("abc"[i%3])
		name := fmt.Sprintf("%s-%s%d", prefix, zone, i/3)
		all := map[string]any{
			"kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
			"topology.kubernetes.io/zone": "zone-" + zone, "topology.kubernetes.io/region": "here",
		}
		for k, v := range labels {
			all[k] = v
		}
		room := map[string]any{"cpu": "1000", "memory": "4Ti", "ephemeral-storage": "10Ti", "pods": "10000"}
		for _, d := range devices {
			room[d] = "1000"
			if strings.HasPrefix(d, "hugepages-") {
				room[d] = "100Gi"
			}
		}
		// Created, not applied: only a create takes the status along.
		text, err := json.Marshal(map[string]any{
			"apiVersion": "v1", "kind": "Node",
			"metadata": map[string]any{"name": name, "labels": all},
			"status": map[string]any{"capacity": room, "allocatable": room, "addresses": []any{
				map[string]any{"type": "InternalIP", "address": address(name)},
				map[string]any{"type": "Hostname", "address": name},
			}},
		})
		if err != nil {
			return err
		}
		a, err := s.object(ctx, "POST", "/api/v1/nodes", "application/json", text)
		if err != nil {
			return err
		}
		if !a.accepted() && a.status != http.StatusConflict {
			return fmt.Errorf("node %s: %s", name, a.words())
		}
	}
	return nil
}

// removeNodes: a DaemonSet of the next application would run on them as well.
func (j *judgement) removeNodes(ctx context.Context) {
	for _, prefix := range j.nodes {
		for i := range 9 {
			j.server.remove(ctx, key{"v1", "Node", "", fmt.Sprintf("%s-%c%d", prefix, "abc"[i%3], i/3)})
		}
	}
}

// address is the same for the same node, and no other's.
func address(name string) string {
	n := crc32.ChecksumIEEE([]byte(name))
	return fmt.Sprintf("10.%d.%d.%d", 128+n>>16&63, n>>8&255, n&255)
}

// secretOf is the Secret that an ExternalSecret becomes; all says that it holds
// every key that the store has, so that which ones nobody here can know.
func secretOf(object map[string]any) (secret map[string]any, all bool) {
	target := mapping(at(object, "spec", "target"))
	name := str(target["name"])
	if name == "" {
		name = str(at(object, "metadata", "name"))
	}
	data := map[string]any{}
	value := base64.StdEncoding.EncodeToString([]byte("{}"))
	for _, d := range sequence(at(object, "spec", "data")) {
		data[str(mapping(d)["secretKey"])] = value
	}
	all = len(sequence(at(object, "spec", "dataFrom"))) > 0
	if made := mapping(at(target, "template", "data")); len(made) > 0 {
		data, all = map[string]any{}, false
		for k := range made {
			data[k] = value
		}
	}
	secret = map[string]any{
		"apiVersion": "v1", "kind": "Secret",
		"metadata": map[string]any{"name": name, "namespace": at(object, "metadata", "namespace")},
		"data":     data,
	}
	if kind := str(at(target, "template", "type")); kind != "" {
		secret["type"] = kind
	}
	return secret, all
}

// outside tells what of a kind is in the cluster before the application comes.
type outside func(kind, name string) bool

// plain is a model without the directive %YAML 1.2, which Go's readers refuse.
func plain(model []byte) []byte {
	if bytes.HasPrefix(model, []byte("%YAML")) {
		_, model, _ = bytes.Cut(model, []byte("\n"))
	}
	return model
}

func nothing(kind, name string) bool { return false }

// meantOutside tells which names a model's author means to be in the cluster
// already: those that stand in the model letter for letter and that it doesn't
// describe itself. A name that hybridgen made up is never one of them.
func meantOutside(model []byte) outside {
	var described struct {
		Secrets         map[string]struct{ Existing bool }
		PriorityClasses map[string]any
	}
	yaml.Unmarshal(plain(model), &described) // hybridgen has read it before us
	return func(kind, name string) bool {
		secret, isSecret := described.Secrets[name]
		_, isClass := described.PriorityClasses[name]
		switch {
		case kind == "Secret" && isSecret:
			return secret.Existing
		case kind == "PriorityClass" && isClass:
			return false
		}
		return bytes.Contains(model, []byte(name))
	}
}

// surround makes what the application's author means to be there.
func (j *judgement) surround(ctx context.Context) error {
	var emitted []map[string]any
	for _, d := range j.docs {
		emitted = append(emitted, d.value)
	}
	w := newWorld(emitted)
	w.outside = j.outside
	w.unresolved()
	objects := map[string]map[string]any{}
	for _, r := range w.wanted {
		o := map[string]any{"kind": r.kind, "metadata": map[string]any{"name": r.name, "namespace": r.namespace}}
		switch r.kind {
		case "Secret", "ConfigMap":
			o["apiVersion"] = "v1"
			name := key{"", r.kind, r.namespace, r.name}.String()
			if before := objects[name]; before != nil {
				o = before
			}
			data := mapping(o["data"])
			if data == nil {
				data = map[string]any{}
			}
			if r.key != "" {
				data[r.key] = "e30=" // text as good as any, in base64 too
			}
			o["data"] = data
		case "ServiceAccount":
			o["apiVersion"] = "v1"
		case "PersistentVolumeClaim":
			o["apiVersion"] = "v1"
			o["spec"] = map[string]any{"accessModes": []any{"ReadWriteMany"}, "resources": map[string]any{"requests": map[string]any{"storage": "1Gi"}}}
		case "PriorityClass":
			o["apiVersion"], o["value"] = "scheduling.k8s.io/v1", 1000
		case "RuntimeClass":
			o["apiVersion"], o["handler"] = "node.k8s.io/v1", "any"
		default:
			continue
		}
		objects[keyOf(o).String()] = o
	}
	for _, name := range sortedKeys(asAny(objects)) {
		if err := j.server.put(ctx, objects[name]); err != nil {
			return err
		}
	}
	for _, l := range w.workloads {
		labels, devices := mapping(l.spec["nodeSelector"]), l.devices()
		if len(labels) == 0 && len(devices) == 0 {
			continue
		}
		prefix := fmt.Sprintf("node-%x", crc32.ChecksumIEEE([]byte(fmt.Sprint(labels, devices))))
		// As many as pods that each want a node's network for themselves may need.
		if err := addNodes(ctx, j.server, prefix, 9, labels, devices); err != nil {
			return err
		}
		j.nodes = append(j.nodes, prefix)
	}
	return nil
}

func asAny[T any](m map[string]T) map[string]any {
	all := map[string]any{}
	for k, v := range m {
		all[k] = v
	}
	return all
}

// devices lists the resources of a workload's pods that no node has by nature.
func (l workload) devices() []string {
	seen := map[string]any{}
	for _, c := range l.everyContainer() {
		for _, part := range []string{"requests", "limits"} {
			for name := range mapping(at(c, "resources", part)) {
				if strings.ContainsAny(name, "/") || strings.HasPrefix(name, "hugepages-") {
					seen[name] = nil
				}
			}
		}
	}
	return sortedKeys(seen)
}

// provision gives each claim of a namespace the volume that it waits for.
func provision(ctx context.Context, s *api, namespace string) error {
	claims, err := s.list(ctx, "v1", "PersistentVolumeClaim", namespace)
	if err != nil {
		return err
	}
	for _, claim := range claims {
		if str(at(claim, "status", "phase")) == "Bound" {
			continue
		}
		name := str(at(claim, "metadata", "name"))
		class := str(at(claim, "spec", "storageClassName"))
		if class != "" {
			if err := addStorageClass(ctx, s, class); err != nil {
				return err
			}
		}
		wanted := str(at(claim, "spec", "volumeName"))
		if wanted == "" {
			wanted = namespace + "-" + name
		}
		volume := map[string]any{
			"apiVersion": "v1", "kind": "PersistentVolume",
			"metadata": map[string]any{"name": wanted},
			"spec": map[string]any{
				"accessModes":      at(claim, "spec", "accessModes"),
				"capacity":         map[string]any{"storage": at(claim, "spec", "resources", "requests", "storage")},
				"storageClassName": class,
				"hostPath":         map[string]any{"path": "/nowhere"},
				"claimRef":         map[string]any{"apiVersion": "v1", "kind": "PersistentVolumeClaim", "namespace": namespace, "name": name},
			},
		}
		if mode := at(claim, "spec", "volumeMode"); mode != nil {
			mapping(volume["spec"])["volumeMode"] = mode
		}
		if err := s.put(ctx, volume); err != nil {
			return err
		}
	}
	return nil
}

func addStorageClass(ctx context.Context, s *api, name string) error {
	return s.put(ctx, map[string]any{
		"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
		"metadata": map[string]any{"name": name, "annotations": map[string]any{
			"storageclass.kubernetes.io/is-default-class": fmt.Sprint(name == "standard"),
		}},
		"provisioner": "kubernetes.io/no-provisioner",
	})
}
