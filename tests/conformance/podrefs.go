package main

import "strings"

// pod checks what the pods of a workload refer to, as the kubelet would when
// it is too late.
func (w *world) pod(l workload) {
	if l.kind == "StatefulSet" {
		w.governing(l)
	}
	if name := str(l.spec["serviceAccountName"]); name != "" && name != "default" && w.get("ServiceAccount", l.namespace, name) == nil {
		w.lacks(l.key, reference{"ServiceAccount", l.namespace, name, ""}, "runs as service account %s, which isn't there", name)
	}
	if name := str(l.spec["priorityClassName"]); name != "" && !strings.HasPrefix(name, "system-") && w.get("PriorityClass", "", name) == nil {
		w.lacks(l.key, reference{"PriorityClass", "", name, ""}, "has priority class %s, which isn't there", name)
	}
	if name := str(l.spec["runtimeClassName"]); name != "" {
		w.lacks(l.key, reference{"RuntimeClass", "", name, ""}, "has runtime class %s, which isn't there", name)
	}
	if len(w.selected(l.namespace, equal(l.labels))) > 1 {
		w.say(l.key, "another workload's pods carry all of its pods' labels")
	}
	for _, c := range l.everyContainer() {
		for _, e := range sequence(c["env"]) {
			w.keyRef(l, "Secret", at(e, "valueFrom", "secretKeyRef"))
			w.keyRef(l, "ConfigMap", at(e, "valueFrom", "configMapKeyRef"))
			if name := str(at(e, "valueFrom", "resourceFieldRef", "containerName")); name != "" && !l.hasContainer(name) {
				w.say(l.key, "env %v: no container %s", at(e, "name"), name)
			}
		}
		for _, e := range sequence(c["envFrom"]) {
			w.source(l, "Secret", at(e, "secretRef"), "name", nil)
			w.source(l, "ConfigMap", at(e, "configMapRef"), "name", nil)
		}
		for _, probe := range []string{"startupProbe", "readinessProbe", "livenessProbe"} {
			for _, handler := range []string{"httpGet", "tcpSocket", "grpc"} {
				port := at(c, probe, handler, "port")
				if port == nil {
					continue
				}
				alone := workload{l.key, l.object, l.labels, map[string]any{"containers": []any{c}}}
				if !alone.hasPort(port, "TCP") {
					w.say(l.key, "container %v: the port %v of its %s is not among its ports", c["name"], port, probe)
				}
			}
		}
	}
	for _, v := range sequence(l.spec["volumes"]) {
		w.volume(l, v)
	}
}

func (l workload) hasContainer(name string) bool {
	for _, c := range l.everyContainer() {
		if str(c["name"]) == name {
			return true
		}
	}
	return false
}

func (w *world) volume(l workload, v any) {
	w.source(l, "Secret", at(v, "secret"), "secretName", at(v, "secret", "items"))
	w.source(l, "ConfigMap", at(v, "configMap"), "name", at(v, "configMap", "items"))
	if claim := str(at(v, "persistentVolumeClaim", "claimName")); claim != "" && w.get("PersistentVolumeClaim", l.namespace, claim) == nil {
		w.lacks(l.key, reference{"PersistentVolumeClaim", l.namespace, claim, ""}, "volume %v: no claim %s", at(v, "name"), claim)
	}
	for _, s := range sequence(at(v, "projected", "sources")) {
		w.source(l, "Secret", at(s, "secret"), "name", at(s, "secret", "items"))
		w.source(l, "ConfigMap", at(s, "configMap"), "name", at(s, "configMap", "items"))
	}
}

// source: the named Secret or ConfigMap is there, with the keys wanted of it.
func (w *world) source(l workload, kind string, ref any, nameKey string, items any) {
	if ref == nil || at(ref, "optional") == true {
		return
	}
	name := str(at(ref, nameKey))
	if w.get(kind, l.namespace, name) == nil {
		w.lacks(l.key, reference{kind, l.namespace, name, ""}, "needs %s %s, which isn't there", kind, name)
	}
	for _, i := range sequence(items) {
		w.keyRef(l, kind, map[string]any{"name": name, "key": at(i, "key")})
	}
}

func (w *world) keyRef(l workload, kind string, ref any) {
	if ref == nil || at(ref, "optional") == true {
		return
	}
	name, key := str(at(ref, "name")), str(at(ref, "key"))
	object := w.get(kind, l.namespace, name)
	if object == nil {
		w.lacks(l.key, reference{kind, l.namespace, name, key}, "needs %s %s, which isn't there", kind, name)
		return
	}
	for _, data := range []string{"data", "binaryData", "stringData"} {
		if _, there := mapping(object[data])[key]; there {
			return
		}
	}
	if object["all"] == nil {
		w.say(l.key, "needs key %s of %s %s, which isn't in it", key, kind, name)
	}
}

// governing: the service that gives a StatefulSet's pods their names.
func (w *world) governing(l workload) {
	name := str(at(l.object, "spec", "serviceName"))
	service := w.get("Service", l.namespace, name)
	switch {
	case name == "":
		w.say(l.key, "names no governing service")
	case service == nil:
		w.say(l.key, "its governing service %s isn't there", name)
	case str(at(service, "spec", "clusterIP")) != "None":
		w.say(l.key, "its governing service %s isn't headless", name)
	case !equal(mapping(at(service, "spec", "selector")))(l.labels):
		w.say(l.key, "its governing service %s doesn't select its pods", name)
	}
}
