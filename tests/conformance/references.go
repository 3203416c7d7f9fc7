package main

import (
	"fmt"
	"strings"
)

// A finding is something that the API server accepts and that then doesn't
// work: a selector that selects nobody, a key that isn't there.
type finding struct{ object, what string }

// A workload is anything that makes pods.
type workload struct {
	key
	object map[string]any
	labels map[string]any
	spec   map[string]any // of its pods
}

// A world is one application as it stands in the cluster, with its ways to be
// looked at. Objects are those the server stored, so defaults are filled in.
type world struct {
	objects   map[string]map[string]any // by "Kind namespace/name"
	order     []string
	workloads []workload
	found     []finding

	// outside says that the application's author means something that is there
	// already; what of that kind is referred to gathers in wanted.
	outside outside
	wanted  []reference
}

type reference struct{ kind, namespace, name, key string }

func newWorld(objects []map[string]any) *world {
	w := &world{objects: map[string]map[string]any{}, outside: nothing}
	for _, o := range objects {
		if o == nil {
			continue
		}
		k := keyOf(o)
		w.put(k, o)
		template := mapping(at(o, "spec", "template"))
		switch k.kind {
		case "CronJob":
			template = mapping(at(o, "spec", "jobTemplate", "spec", "template"))
		case "ScaledJob":
			template = mapping(at(o, "spec", "jobTargetRef", "template"))
		case "Pod":
			template = o
		case "Deployment", "StatefulSet", "DaemonSet", "Job", "ReplicaSet", "Rollout":
		case "Canary": // Flagger makes the Services
			service := key{"v1", "Service", k.namespace, k.name}
			if w.objects[service.String()] == nil {
				w.put(service, map[string]any{
					"apiVersion": "v1", "kind": service.kind, "metadata": map[string]any{"namespace": k.namespace, "name": k.name},
					"spec": map[string]any{"ports": canaryPorts(o, objects)},
				})
			}
			continue
		case "OpenTelemetryCollector", "Gateway":
			if name := accountOf(k, o); name != "" {
				account := key{"v1", "ServiceAccount", k.namespace, name}
				w.put(account, map[string]any{"apiVersion": "v1", "kind": account.kind, "metadata": map[string]any{"namespace": k.namespace, "name": name}})
			}
			if template = podsByOperator(k, o); template == nil {
				continue
			}
		case "ExternalSecret":
			secret, all := secretOf(o)
			if all {
				secret["all"] = true
			}
			w.put(keyOf(secret), secret)
			continue
		default:
			continue
		}
		w.workloads = append(w.workloads, workload{k, o, mapping(at(template, "metadata", "labels")), mapping(template["spec"])})
	}
	return w
}

func (w *world) put(k key, o map[string]any) {
	if w.objects[k.String()] == nil {
		w.order = append(w.order, k.String())
	}
	w.objects[k.String()] = o
}

func (w *world) get(kind, namespace, name string) map[string]any {
	return w.objects[key{"", kind, namespace, name}.String()]
}

func (w *world) say(k key, format string, args ...any) {
	w.found = append(w.found, finding{k.String(), fmt.Sprintf(format, args...)})
}

// lacks: what is referred to isn't part of the application.
func (w *world) lacks(k key, r reference, format string, args ...any) {
	if w.outside(r.kind, r.name) {
		w.wanted = append(w.wanted, r)
		return
	}
	w.say(k, format, args...)
}

// selected lists the workloads of a namespace whose pods a selector matches.
func (w *world) selected(namespace string, matches func(labels map[string]any) bool) []workload {
	var hit []workload
	for _, l := range w.workloads {
		if l.namespace == namespace && matches(l.labels) {
			hit = append(hit, l)
		}
	}
	return hit
}

// matcher reads a label selector; equal is the older form, a plain mapping.
func equal(want map[string]any) func(map[string]any) bool {
	return func(labels map[string]any) bool {
		for k, v := range want {
			if labels[k] != v {
				return false
			}
		}
		return true
	}
}

func matcher(selector map[string]any) func(map[string]any) bool {
	simple := equal(mapping(selector["matchLabels"]))
	return func(labels map[string]any) bool {
		for _, e := range sequence(selector["matchExpressions"]) {
			value, there := labels[str(at(e, "key"))]
			in := false
			for _, v := range sequence(at(e, "values")) {
				in = in || (there && v == value)
			}
			ok := map[string]bool{"In": in, "NotIn": !in, "Exists": there, "DoesNotExist": !there}[str(at(e, "operator"))]
			if !ok {
				return false
			}
		}
		return simple(labels)
	}
}

// ports lists the container ports of a pod, native sidecars included, and
// whether one of them answers to a name or number.
func (l workload) hasPort(port any, protocol string) bool {
	for _, c := range l.containers() {
		for _, p := range sequence(c["ports"]) {
			if protocol != "" && str(at(p, "protocol")) != protocol {
				continue
			}
			if name, isName := port.(string); isName && str(at(p, "name")) == name {
				return true
			}
			if _, isName := port.(string); !isName && number(at(p, "containerPort")) == number(port) {
				return true
			}
		}
	}
	return false
}

// containers are those that run as long as the pod does.
func (l workload) containers() []map[string]any {
	var all []map[string]any
	for _, c := range sequence(l.spec["initContainers"]) {
		if str(at(c, "restartPolicy")) == "Always" {
			all = append(all, mapping(c))
		}
	}
	for _, c := range sequence(l.spec["containers"]) {
		all = append(all, mapping(c))
	}
	return all
}

func (l workload) everyContainer() []map[string]any {
	var all []map[string]any
	for _, list := range []string{"initContainers", "containers"} {
		for _, c := range sequence(l.spec[list]) {
			all = append(all, mapping(c))
		}
	}
	return all
}

// unresolved goes through the application and lists what finds nothing.
func (w *world) unresolved() []finding {
	for _, name := range w.order {
		o := w.objects[name]
		k := keyOf(o)
		spec := mapping(o["spec"])
		switch k.kind {
		case "Service":
			w.service(k, spec)
		case "HorizontalPodAutoscaler":
			w.autoscaler(k, spec)
		case "PodDisruptionBudget":
			if len(w.selected(k.namespace, matcher(mapping(spec["selector"])))) == 0 {
				w.say(k, "its selector matches no workload")
			}
		case "NetworkPolicy":
			w.networkPolicy(k, spec)
		case "RoleBinding", "ClusterRoleBinding":
			w.binding(k, o)
		case "Ingress":
			w.ingress(k, spec)
		case "ExternalSecret":
			w.store(k, spec)
		}
	}
	for _, l := range w.workloads {
		w.pod(l)
	}
	w.budgets()
	return w.found
}

// hasSubsets: routes tell the workloads behind a Service apart, so there may be
// several.
func (w *world) hasSubsets(k key) bool {
	for _, name := range w.order {
		o := w.objects[name]
		if keyOf(o).kind == "DestinationRule" && strings.HasPrefix(str(at(o, "spec", "host"))+".", k.name+".") && at(o, "spec", "subsets") != nil {
			return true
		}
	}
	return false
}

// versionsOf: without a mesh requests spread over the pods of all versions of a service, which select their own by one label more.
func versionsOf(selector map[string]any, behind []workload) bool {
	seen := map[any]bool{}
	for _, l := range behind {
		labels := mapping(at(l.object, "spec", "selector", "matchLabels"))
		if len(labels) != len(selector)+1 || !equal(selector)(labels) || labels["version"] == nil || seen[labels["version"]] {
			return false
		}
		seen[labels["version"]] = true
	}
	return true
}

// meshPorts are listened on by ztunnel and by the proxies that Istio puts beside
// the containers: the tunnel, readiness, metrics.
var meshPorts = map[string]bool{"15008": true, "15020": true, "15021": true, "15090": true}

func (w *world) service(k key, spec map[string]any) {
	selector := mapping(spec["selector"])
	if len(selector) == 0 {
		return
	}
	behind := w.selected(k.namespace, equal(selector))
	if len(behind) == 0 {
		w.say(k, "its selector matches no workload")
	}
	for _, l := range behind {
		if l.kind == "Job" || l.kind == "CronJob" || l.kind == "ScaledJob" {
			w.say(k, "its selector matches the pods of %s, which doesn't serve", l.key)
		}
		for _, p := range sequence(spec["ports"]) {
			if !l.hasPort(at(p, "targetPort"), str(at(p, "protocol"))) {
				w.say(k, "port %v: target port %v is no container port of %s", at(p, "port"), at(p, "targetPort"), l.key)
			}
		}
	}
	if len(behind) > 1 && !w.hasSubsets(k) && !versionsOf(selector, behind) {
		w.say(k, "its selector matches %d workloads: %v and %v", len(behind), behind[0].key, behind[1].key)
	}
}

func (w *world) autoscaler(k key, spec map[string]any) {
	target := mapping(spec["scaleTargetRef"])
	object := w.get(str(target["kind"]), k.namespace, str(target["name"]))
	if object == nil || str(object["apiVersion"]) != str(target["apiVersion"]) {
		w.say(k, "scales %v %v, which isn't there", target["kind"], target["name"])
		return
	}
	for _, l := range w.workloads {
		if l.key != keyOf(object) {
			continue
		}
		for _, m := range sequence(spec["metrics"]) {
			kind, only := "resource", ""
			if str(at(m, "type")) == "ContainerResource" {
				kind = "containerResource"
				only = str(at(m, kind, "container"))
			} else if str(at(m, "type")) != "Resource" {
				continue
			}
			resource := str(at(m, kind, "name"))
			there := only == ""
			for _, c := range l.containers() {
				if only != "" && str(c["name"]) != only {
					continue
				}
				there = true
				if at(m, kind, "target", "averageUtilization") != nil && at(c, "resources", "requests", resource) == nil &&
					at(c, "resources", "limits", resource) == nil { // a limit is a request too
					w.say(k, "measures the use of %s, which container %v doesn't request", resource, c["name"])
				}
			}
			if !there {
				w.say(k, "measures container %s, which %s has not", only, l.key)
			}
		}
	}
	for _, name := range w.order {
		other := w.objects[name]
		o := keyOf(other)
		if o.kind == k.kind && o.namespace == k.namespace && o.name < k.name &&
			fmt.Sprint(at(other, "spec", "scaleTargetRef")) == fmt.Sprint(spec["scaleTargetRef"]) {
			w.say(k, "scales what %s scales too", o.name)
		}
	}
}

func (w *world) networkPolicy(k key, spec map[string]any) {
	selector := mapping(spec["podSelector"])
	mine := w.selected(k.namespace, matcher(selector))
	if len(selector) > 0 && len(mine) == 0 {
		w.say(k, "its selector matches no workload")
	}
	for _, direction := range []string{"ingress", "egress"} {
		end := map[string]string{"ingress": "from", "egress": "to"}[direction]
		for _, rule := range sequence(spec[direction]) {
			var peers []workload
			outside := false // a peer whose pods are none of ours
			for _, peer := range sequence(at(rule, end)) {
				pods := mapping(at(peer, "podSelector"))
				if at(peer, "podSelector") == nil || at(peer, "namespaceSelector") != nil {
					outside = true
					continue
				}
				hit := w.selected(k.namespace, matcher(pods))
				if len(hit) == 0 {
					w.say(k, "%s peer %v matches no workload", direction, pods)
				}
				peers = append(peers, hit...)
			}
			servers := mine
			if direction == "egress" {
				servers = peers
			}
			for _, p := range sequence(at(rule, "ports")) {
				port := at(p, "port")
				if port == nil || at(p, "endPort") != nil || meshPorts[number(port)] || (direction == "egress" && outside) {
					continue
				}
				for _, l := range servers {
					if !l.hasPort(port, str(at(p, "protocol"))) {
						w.say(k, "%s port %v/%v is no container port of %s", direction, port, at(p, "protocol"), l.key)
					}
				}
			}
		}
	}
}

func (w *world) binding(k key, o map[string]any) {
	role := mapping(o["roleRef"])
	namespace := k.namespace
	if str(role["kind"]) == "ClusterRole" {
		namespace = ""
	}
	// Cluster roles that come with Kubernetes are nobody's to bring along.
	builtin := map[string]bool{"view": true, "edit": true, "admin": true, "cluster-admin": true}
	if w.get(str(role["kind"]), namespace, str(role["name"])) == nil && !(namespace == "" && (builtin[str(role["name"])] || strings.HasPrefix(str(role["name"]), "system:"))) {
		w.lacks(k, reference{str(role["kind"]), namespace, str(role["name"]), ""}, "binds %v %v, which isn't there", role["kind"], role["name"])
	}
	for _, s := range sequence(o["subjects"]) {
		if str(at(s, "kind")) == "ServiceAccount" && w.get("ServiceAccount", str(at(s, "namespace")), str(at(s, "name"))) == nil {
			w.lacks(k, reference{"ServiceAccount", str(at(s, "namespace")), str(at(s, "name")), ""},
				"binds the service account %v/%v, which isn't there", at(s, "namespace"), at(s, "name"))
		}
	}
}

func (w *world) ingress(k key, spec map[string]any) {
	check := func(backend any) {
		s := mapping(at(backend, "service"))
		if len(s) == 0 {
			return
		}
		service := w.get("Service", k.namespace, str(s["name"]))
		if service == nil {
			w.say(k, "leads to service %v, which isn't there", s["name"])
			return
		}
		for _, p := range sequence(at(service, "spec", "ports")) {
			if name := str(at(s, "port", "name")); name != "" && name == str(at(p, "name")) {
				return
			}
			if n := at(s, "port", "number"); n != nil && number(n) == number(at(p, "port")) {
				return
			}
		}
		w.say(k, "leads to port %v of service %v, which has no such port", s["port"], s["name"])
	}
	check(spec["defaultBackend"])
	for _, rule := range sequence(spec["rules"]) {
		for _, p := range sequence(at(rule, "http", "paths")) {
			check(at(p, "backend"))
		}
	}
}

func (w *world) store(k key, spec map[string]any) {
	ref := mapping(spec["secretStoreRef"])
	if str(ref["kind"]) == "SecretStore" && w.get("SecretStore", k.namespace, str(ref["name"])) == nil {
		w.lacks(k, reference{"SecretStore", k.namespace, str(ref["name"]), ""}, "reads from the secret store %v, which isn't there", ref["name"])
	}
}

// budgets: the eviction API gives up on a pod that has two of them.
func (w *world) budgets() {
	for _, l := range w.workloads {
		var mine []string
		for _, name := range w.order {
			o := w.objects[name]
			if k := keyOf(o); k.kind == "PodDisruptionBudget" && k.namespace == l.namespace &&
				matcher(mapping(at(o, "spec", "selector")))(l.labels) {
				mine = append(mine, k.name)
			}
		}
		if len(mine) > 1 {
			w.say(l.key, "its pods have more than one disruption budget: %v", mine)
		}
	}
}

// noTwins: the second of two objects of one name silently replaces the first.
func (w *world) noTwins(docs []document, problem func(document, string, ...any)) {
	first := map[key]document{}
	for _, d := range docs {
		if f, twice := first[d.key]; twice {
			problem(d, "emitted before, at %s", f.where)
		}
		first[d.key] = d
	}
}
