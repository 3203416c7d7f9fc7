package main

import (
	"fmt"
	"testing"
)

func TestFlaggerFindsPorts(t *testing.T) {
	deployment := map[string]any{
		"kind": "Deployment", "metadata": map[string]any{"namespace": "shop", "name": "web"},
		"spec": map[string]any{"template": map[string]any{"spec": map[string]any{"containers": []any{
			map[string]any{"name": "web", "ports": []any{
				map[string]any{"name": "http", "containerPort": 8000}, map[string]any{"name": "http-admin", "containerPort": 9000}, map[string]any{"containerPort": 9100},
			}},
		}}}},
	}
	canary := func(discovery bool) map[string]any {
		return map[string]any{
			"metadata": map[string]any{"namespace": "shop", "name": "web"},
			"spec": map[string]any{
				"targetRef": map[string]any{"name": "web"},
				"service":   map[string]any{"port": 80, "portName": "http", "targetPort": "http", "portDiscovery": discovery},
			},
		}
	}
	one := "[map[name:http port:80]]"
	if got := fmt.Sprint(canaryPorts(canary(false), []map[string]any{nil, deployment})); got != one {
		t.Errorf("without looking for ports: %s", got)
	}
	all := "[map[name:http port:80] map[name:http-admin port:9000] map[name:tcp-web-2 port:9100]]"
	if got := fmt.Sprint(canaryPorts(canary(true), []map[string]any{nil, deployment})); got != all {
		t.Errorf("looking for ports: %s", got)
	}
}
