package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// becomeReady waits until the controllers have made of the application what it
// is meant to be: pods created under admission, scheduled, ready; each service
// with an address behind it; each budget with room; each autoscaler in charge.
// It gives up when nothing has moved for a while: on a busy machine all of it
// takes its time.
func (j *judgement) becomeReady(ctx context.Context, sup *supervisor) error {
	const patience = 60 * time.Second
	if j.incomplete() {
		return nil // what was refused is waited for everywhere
	}
	state, moved := "", time.Now()
	var pending []int // those that were not there the last time; once all are, all are asked again
	for {
		if err := sup.dead(); err != nil {
			return err
		}
		for _, namespace := range j.namespaces() {
			if err := provision(ctx, j.server, namespace); err != nil {
				return err
			}
		}
		all := len(pending) == 0
		waiting := map[int]string{}
		for i, d := range j.docs {
			if !all && !slices.Contains(pending, i) {
				continue
			}
			a, err := j.server.get(ctx, d.key)
			if err != nil {
				return err
			}
			if !a.accepted() {
				waiting[i] = a.words()
				continue
			}
			if what := j.waitsFor(ctx, a.object); what != "" {
				waiting[i] = what
			}
		}
		if len(waiting) == 0 && all {
			return nil
		}
		pending = slices.Sorted(maps.Keys(waiting))
		if len(waiting) == 0 {
			continue
		}
		if now := fmt.Sprint(waiting); now != state {
			state, moved = now, time.Now()
		}
		if time.Since(moved) > patience {
			for i, what := range waiting {
				j.problem(j.docs[i], "doesn't become ready: %s%s", what, j.events(ctx, j.docs[i].key))
			}
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// waitsFor says what an object still lacks, or nothing.
func (j *judgement) waitsFor(ctx context.Context, o map[string]any) string {
	n := func(path ...string) int {
		var i int
		fmt.Sscan(number(at(o, path...)), &i)
		return i
	}
	counts := func(want int, fields ...string) string {
		for _, f := range fields {
			if have := n("status", f); have < want {
				return fmt.Sprintf("%s is %d of %d", f, have, want)
			}
		}
		return ""
	}
	k := keyOf(o)
	switch k.kind {
	case "Deployment", "StatefulSet", "DaemonSet":
		if n("status", "observedGeneration") < n("metadata", "generation") {
			return "its controller hasn't seen it"
		}
	}
	switch k.kind {
	case "Deployment":
		if n("spec", "minReadySeconds") > 0 {
			return counts(n("spec", "replicas"), "updatedReplicas", "readyReplicas")
		}
		return counts(n("spec", "replicas"), "updatedReplicas", "readyReplicas", "availableReplicas")
	case "StatefulSet":
		return counts(n("spec", "replicas"), "updatedReplicas", "readyReplicas")
	case "DaemonSet":
		if n("status", "desiredNumberScheduled") == 0 {
			return "no node wants it"
		}
		want := n("status", "desiredNumberScheduled")
		if w := newWorld([]map[string]any{o}); len(w.workloads[0].devices()) > 0 {
			want = 1 // most nodes don't have what its pods need
		}
		return counts(want, "updatedNumberScheduled", "numberReady")
	case "Job":
		if at(o, "spec", "suspend") != true {
			return condition(o, "Complete")
		}
	case "PodDisruptionBudget":
		if j.rests(str(at(o, "metadata", "name"))) {
			return "" // it has no pods
		}
		return counts(1, "expectedPods", "disruptionsAllowed")
	case "HorizontalPodAutoscaler":
		if kind := at(o, "spec", "scaleTargetRef", "kind"); kind == "Rollout" {
			return "" // what its controller would say of its size nobody says
		}
		if n("status", "currentReplicas") < n("spec", "minReplicas") {
			return fmt.Sprintf("currentReplicas is %d, minReplicas %d", n("status", "currentReplicas"), n("spec", "minReplicas"))
		}
		return condition(o, "AbleToScale")
	case "PersistentVolumeClaim":
		if phase := str(at(o, "status", "phase")); phase != "Bound" {
			return "phase is " + phase
		}
	case "Service":
		return j.addresses(ctx, o)
	}
	return ""
}

func condition(o map[string]any, kind string) string {
	for _, c := range sequence(at(o, "status", "conditions")) {
		if str(at(c, "type")) == kind {
			if str(at(c, "status")) == "True" {
				return ""
			}
			return fmt.Sprintf("condition %s is %v: %v", kind, at(c, "status"), at(c, "message"))
		}
	}
	return "no condition " + kind
}

// addresses: a service with a selector has a ready address for every port.
func (j *judgement) addresses(ctx context.Context, o map[string]any) string {
	k := keyOf(o)
	pods := 0
	for _, l := range newWorld(j.objects).selected(k.namespace, equal(mapping(at(o, "spec", "selector")))) {
		if number(at(l.object, "spec", "replicas")) != "0" {
			pods++
		}
	}
	if len(mapping(at(o, "spec", "selector"))) == 0 || pods == 0 {
		return "" // it means no pods, or they are asked to be none
	}
	slices, err := j.server.list(ctx, "discovery.k8s.io/v1", "EndpointSlice", k.namespace)
	if err != nil {
		return err.Error()
	}
	for _, s := range slices {
		if str(at(s, "metadata", "labels", "kubernetes.io/service-name")) != k.name {
			continue
		}
		if len(sequence(s["ports"])) < len(sequence(at(o, "spec", "ports"))) {
			continue
		}
		for _, e := range sequence(s["endpoints"]) {
			if at(e, "conditions", "ready") == true {
				return ""
			}
		}
	}
	return "no ready address behind it"
}

// events collects what the cluster complained about around an object, its
// replica sets and pods included (their names begin with its own).
func (j *judgement) events(ctx context.Context, k key) string {
	list, err := j.server.list(ctx, "v1", "Event", k.namespace)
	if err != nil {
		return ""
	}
	var said []string
	pods, err := j.server.list(ctx, "v1", "Pod", k.namespace)
	if err != nil {
		return ""
	}
	for _, p := range pods {
		name := str(at(p, "metadata", "name"))
		if what := condition(p, "PodScheduled"); strings.HasPrefix(name, k.name) && what != "" {
			said = append(said, "\n    Pod "+name+": "+what)
			break
		}
	}
	seen := map[string]bool{}
	for _, e := range list {
		text := fmt.Sprintf("%v %v: %v", at(e, "involvedObject", "kind"), at(e, "involvedObject", "name"), e["message"])
		if k := str(at(e, "involvedObject", "kind")); k == "HorizontalPodAutoscaler" {
			continue // nobody measures anything here
		}
		if str(e["reason"]) == "FailedScheduling" {
			continue // the pod itself says what is left of it
		}
		if str(e["type"]) == "Warning" && strings.HasPrefix(str(at(e, "involvedObject", "name")), k.name) && !seen[str(e["reason"])] {
			seen[str(e["reason"])] = true
			said = append(said, "\n    "+text)
		}
	}
	return strings.Join(said, "")
}

// rests tells whether the workload of this name, or each version of it, is meant to have no pods.
func (j *judgement) rests(name string) bool {
	found := false
	for _, d := range j.docs {
		pods := at(d.value, "spec", "template", "metadata", "labels")
		if d.name != name && str(at(pods, "app.kubernetes.io/name")) != name || pods == nil {
			continue
		}
		if replicas := at(d.value, "spec", "replicas"); replicas == nil || fmt.Sprint(replicas) != "0" {
			return false
		}
		found = true
	}
	return found
}
