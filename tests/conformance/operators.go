package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// What operators in the cluster make of custom resources. Secrets and the pods
// of Rollouts are made for real, so that the application can become ready;
// others are only thought of where something selects them.

// operate does what an operator does with an object that was applied.
func operate(ctx context.Context, s *api, object map[string]any) error {
	switch str(object["kind"]) {
	case "ExternalSecret":
		secret, _ := secretOf(object)
		return s.put(ctx, secret)
	case "Rollout":
		spec := map[string]any{}
		for _, member := range []string{"replicas", "selector", "template", "minReadySeconds"} {
			if v := at(object, "spec", member); v != nil {
				spec[member] = v
			}
		}
		return s.put(ctx, map[string]any{
			"apiVersion": "apps/v1", "kind": "Deployment", "spec": spec,
			"metadata": map[string]any{"name": at(object, "metadata", "name"), "namespace": at(object, "metadata", "namespace")},
		})
	case "HorizontalPodAutoscaler":
		return scale(ctx, s, object)
	}
	return nil
}

// scale gives a Rollout's pods, which stand in for it, the number that its
// autoscaler begins with: that the autoscaler's controller would do for the
// Rollout, and a budget that counts on it would stay blocked.
func scale(ctx context.Context, s *api, autoscaler map[string]any) error {
	target := mapping(at(autoscaler, "spec", "scaleTargetRef"))
	if target["kind"] != "Rollout" {
		return nil
	}
	k := key{"apps/v1", "Deployment", str(at(autoscaler, "metadata", "namespace")), str(target["name"])}
	path, err := s.path(k)
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]any{"spec": map[string]any{"replicas": at(autoscaler, "spec", "minReplicas")}})
	if err != nil {
		return err
	}
	a, err := s.object(ctx, "PATCH", path+"/scale", "application/merge-patch+json", body)
	if err == nil && !a.accepted() {
		err = fmt.Errorf("%s: %s", k, a.words())
	}
	return err
}

// canaryPorts are those of the Service that Flagger makes: the one that its
// Canary names, and when it looks for ports the others of the containers.
func canaryPorts(canary map[string]any, objects []map[string]any) []any {
	service := mapping(at(canary, "spec", "service"))
	first := map[string]any{"port": service["port"], "name": service["portName"]}
	if service["appProtocol"] != nil {
		first["appProtocol"] = service["appProtocol"]
	}
	ports := []any{first}
	if service["portDiscovery"] != true {
		return ports
	}
	for _, o := range objects {
		if o == nil || str(o["kind"]) != "Deployment" || at(o, "metadata", "namespace") != at(canary, "metadata", "namespace") ||
			at(o, "metadata", "name") != at(canary, "spec", "targetRef", "name") {
			continue
		}
		for _, c := range sequence(at(o, "spec", "template", "spec", "containers")) {
			for i, p := range sequence(at(c, "ports")) {
				name := str(at(p, "name"))
				if name == "" {
					name = fmt.Sprintf("tcp-%s-%d", str(at(c, "name")), i)
				}
				if name != str(service["targetPort"]) {
					ports = append(ports, map[string]any{"port": at(p, "containerPort"), "name": name})
				}
			}
		}
	}
	return ports
}

// accountOf is the service account that the OpenTelemetry operator makes for a
// collector that names none, or "".
func accountOf(k key, o map[string]any) string {
	if k.kind != "OpenTelemetryCollector" || str(at(o, "spec", "serviceAccount")) != "" || at(o, "spec", "mode") == "sidecar" {
		return ""
	}
	return k.name + "-collector"
}

// podsByOperator is the template of pods that an operator makes, or nil.
func podsByOperator(k key, o map[string]any) map[string]any {
	switch {
	case k.kind == "OpenTelemetryCollector" && at(o, "spec", "mode") != "sidecar":
		return collectorPods(k, o)
	case k.kind == "Gateway" && strings.HasPrefix(k.apiVersion, "gateway.networking.k8s.io/"):
		var ports []any
		for _, l := range sequence(at(o, "spec", "listeners")) {
			ports = append(ports, map[string]any{"containerPort": at(l, "port"), "protocol": "TCP"})
		}
		return podsOf(map[string]any{"gateway.networking.k8s.io/gateway-name": k.name}, ports)
	}
	return nil
}

func collectorPods(k key, o map[string]any) map[string]any {
	ports := []any{map[string]any{"containerPort": 8888, "protocol": "TCP"}}
	add := func(endpoint any) {
		_, port, _ := strings.Cut(str(endpoint), ":")
		ports = append(ports, map[string]any{"containerPort": port, "protocol": "TCP"})
	}
	for _, receiver := range mapping(at(o, "spec", "config", "receivers")) {
		for _, protocol := range mapping(at(receiver, "protocols")) {
			add(at(protocol, "endpoint"))
		}
	}
	for _, exporter := range mapping(at(o, "spec", "config", "exporters")) {
		add(at(exporter, "endpoint"))
	}
	for _, p := range sequence(at(o, "spec", "ports")) {
		ports = append(ports, map[string]any{"containerPort": at(p, "port"), "protocol": "TCP"})
	}
	return podsOf(map[string]any{
		"app.kubernetes.io/component": "opentelemetry-collector", "app.kubernetes.io/managed-by": "opentelemetry-operator",
		"app.kubernetes.io/instance": k.namespace + "." + k.name, "app.kubernetes.io/name": k.name + "-collector",
		"app.kubernetes.io/part-of": "opentelemetry",
	}, ports)
}

func podsOf(labels map[string]any, ports []any) map[string]any {
	return map[string]any{
		"metadata": map[string]any{"labels": labels},
		"spec":     map[string]any{"containers": []any{map[string]any{"name": "container", "ports": ports}}},
	}
}
