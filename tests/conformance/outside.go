package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
)

// What an application finds in a cluster but does not bring along: nodes in
// several zones, storage, the operator that turns ExternalSecrets into Secrets.

// addNodes makes one node a zone; kwok keeps them alive. labels are what the
// application's pods ask of a node.
func addNodes(ctx context.Context, s *api, prefix string, labels map[string]any) error {
	for _, zone := range []string{"a", "b", "c"} {
		name := prefix + "-" + zone
		all := map[string]any{
			"kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
			"topology.kubernetes.io/zone": "zone-" + zone, "topology.kubernetes.io/region": "here",
		}
		for k, v := range labels {
			all[k] = v
		}
		room := map[string]any{"cpu": "1000", "memory": "4Ti", "ephemeral-storage": "10Ti", "pods": "10000", "nvidia.com/gpu": "64"}
		// Created, not applied: only a create takes the status along.
		text, err := json.Marshal(map[string]any{
			"apiVersion": "v1", "kind": "Node",
			"metadata": map[string]any{"name": name, "labels": all},
			"status":   map[string]any{"capacity": room, "allocatable": room},
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

// externalSecret does the operator's work: the target Secret with its keys.
func externalSecret(ctx context.Context, s *api, object map[string]any) error {
	secret, _ := secretOf(object)
	return s.put(ctx, secret)
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
		volume := map[string]any{
			"apiVersion": "v1", "kind": "PersistentVolume",
			"metadata": map[string]any{"name": namespace + "-" + name},
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
