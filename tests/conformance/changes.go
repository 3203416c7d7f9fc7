package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
)

// immutable are the words in which servers refuse to change a field that has a value.
var immutable = regexp.MustCompile(`immutable|updates to statefulset spec|is forbidden after creation|may not (be )?change|cannot change|must be unset when|` +
	`can not be less than (status\.capacity|previous value)|can only be modified in tandem|to release the secondary cluster IP|as indicated by .ipFamilies|may not be set to 'None'`)

// What is counted of changes, for the report.
const (
	predicted        = "objects that a changed model changes, each with the effect that was predicted"
	refusedPredicted = "of them refused as predicted, because a field cannot be changed"
	restarted        = "of them with another template of pods, as predicted"
)

func (t *tally) tellChanges() {
	t.mu.Lock()
	defer t.mu.Unlock()
	progress("%d objects were changed, %d of them refused as predicted", t.counts[predicted], t.counts[refusedPredicted])
}

// An effect is what hybridgen diff says of an object.
type effect struct {
	Effect, Why, Group, Version, Kind, Namespace, Name string
}

// predict asks hybridgen what a change of a model does, by the keys of the objects.
func (s *session) predict(ctx context.Context, before, after []byte, name, namespace, kubeVersion string) (map[string]effect, error) {
	files := []string{}
	for i, text := range [][]byte{before, after} {
		file := filepath.Join(s.sup.scratch, "models", fmt.Sprintf("%s-side%d.yaml", name, i))
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return nil, err
		}
		defer os.Remove(file)
		files = append(files, file)
	}
	cmd := exec.CommandContext(ctx, s.hybridgen, "diff", files[0], files[1], "-n", namespace, "--kube-version", kubeVersion, "--format", "json")
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	s.sup.times.account(cmd)
	if err != nil {
		return nil, fmt.Errorf("%w\n  command: %s\n  %s", err, strings.Join(cmd.Args, " "), said.String())
	}
	var diff struct{ Objects []effect }
	if err := json.Unmarshal(out, &diff); err != nil {
		return nil, fmt.Errorf("hybridgen diff writes no JSON: %w", err)
	}
	found := map[string]effect{}
	for _, e := range diff.Objects {
		found[e.Group+" "+e.Kind+" "+e.Namespace+" "+e.Name] = e
	}
	return found, nil
}

// judgeChange compares what hybridgen predicts of a change with what the server says of it, without making it: an object that has to be made
// again is refused because a field cannot be changed, no other is, and every object that differs is named.
func (s *session) judgeChange(ctx context.Context, j, before *judgement, name, namespace, kubeVersion string) error {
	if applicationOf(j.docs) != applicationOf(before.docs) {
		return nil // two applications have no difference
	}
	effects, err := s.predict(ctx, before.model, j.model, name, namespace, kubeVersion)
	if err != nil {
		s.tally.add(problem{j.app, "", "", err.Error()})
		return ctx.Err()
	}
	standing := map[key]int{}
	for i, d := range before.docs {
		standing[d.key] = i
	}
	for _, d := range j.docs {
		i, there := standing[d.key]
		// The order in which a mapping is written is no difference.
		if !there || before.objects[i] == nil || reflect.DeepEqual(d.value, before.docs[i].value) {
			continue
		}
		e, told := effects[groupOf(d.apiVersion)+" "+d.kind+" "+d.namespace+" "+d.name]
		if !told {
			j.problem(d, "the change of this object is not told by hybridgen diff")
			continue
		}
		a, err := j.server.apply(ctx, d, true)
		if err != nil {
			return err
		}
		j.tally.count(predicted, 1)
		// A claim that no volume was found for cannot grow either; of that the model knows nothing.
		if e.Effect == "update" && strings.Contains(a.words(), "for bound claims") {
			continue
		}
		j.judgePods(d, e, before.objects[i], a)
		refused := !a.accepted() && immutable.MatchString(a.words())
		switch {
		case refused && e.Effect != "recreate" && e.Effect != "data":
			j.problem(d, "hybridgen diff says %s, and Kubernetes %s refuses the change: %s", e.Effect, j.server.version, a.words())
		case e.Effect == "recreate" && a.accepted() && (keepsAddress(before.objects[i], a.object) || isNotBegun(before.objects[i], a.object)):
			// What is no longer written stays as it is until the Service is made again, and of a Job no model knows whether it has begun.
		case e.Effect == "recreate" && a.accepted():
			j.problem(d, "hybridgen diff says recreate (%s), and Kubernetes %s takes the change", e.Why, j.server.version)
		case e.Effect == "recreate":
			j.tally.count(refusedPredicted, 1)
		}
	}
	return nil
}

// judgePods compares whether the pods of what was applied are replaced: a controller does so when the template, as the server keeps it, differs.
func (j *judgement) judgePods(d document, e effect, before map[string]any, a answer) {
	if groupOf(d.apiVersion) != "apps" || !a.accepted() {
		return
	}
	differs := !reflect.DeepEqual(at(before, "spec", "template"), at(a.object, "spec", "template"))
	if differs && (e.Effect == "nothing" || e.Effect == "update") {
		j.problem(d, "hybridgen diff says %s, and Kubernetes %s has another template of pods", e.Effect, j.server.version)
	}
	if !differs && e.Effect == "restart" {
		j.problem(d, "hybridgen diff says restart (%s), and Kubernetes %s has the same template of pods", e.Why, j.server.version)
	}
	if differs {
		j.tally.count(restarted, 1)
	}
}

// applicationOf is the application's name, as its objects have it.
func applicationOf(docs []document) string {
	for _, d := range docs {
		if name := str(at(d.value, "metadata", "labels", "app.kubernetes.io/part-of")); name != "" {
			return name
		}
	}
	return ""
}

// isNotBegun tells whether a Job has been suspended since it was made, and only that of its pods changes which servers still take then.
func isNotBegun(before, after map[string]any) bool {
	return str(before["kind"]) == "Job" && at(before, "spec", "suspend") == true && at(before, "spec", "completions") == at(after, "spec", "completions") &&
		reflect.DeepEqual(fixedOfJob(before), fixedOfJob(after))
}

// fixedOfJob is what no server lets change of the pods of a Job: since Kubernetes 1.36 the resources may, too.
func fixedOfJob(job map[string]any) map[string]any {
	pod := maps.Clone(mapping(at(job, "spec", "template", "spec")))
	for _, member := range []string{"nodeSelector", "affinity", "tolerations", "schedulingGates"} {
		delete(pod, member)
	}
	for _, list := range []string{"containers", "initContainers"} {
		var containers []any
		for _, c := range sequence(pod[list]) {
			container := maps.Clone(mapping(c))
			delete(container, "resources")
			containers = append(containers, container)
		}
		pod[list] = containers
	}
	return pod
}

// keepsAddress tells whether a Service would have the address that it had.
func keepsAddress(before, after map[string]any) bool {
	address := str(at(after, "spec", "clusterIP"))
	return str(after["kind"]) == "Service" && address != "" && address == str(at(before, "spec", "clusterIP"))
}
