package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// A reject is a hand-written mistake: a file named after it whose comment says
// what the cluster answers. Its documents are applied in order; the answer is
// the last one's, all before it must be taken. Headers, one a line:
//
//	# refused: TEXT         the server refuses, its message holds TEXT
//	# warns: TEXT           the server accepts with a warning that holds TEXT
//	# accepted: WHY         the server accepts in silence; what breaks at run time
//	# unresolved: TEXT      with accepted: our own look at the cluster finds it
//	# drifts: TEXT          with accepted: the server stores something else
//	# stuck: TEXT           with accepted or warns: the controllers say this at run time
//	# istiod: TEXT          istiod refuses or warns, where the server needn't say anything
//	# collector: TEXT       the same of the OpenTelemetry Collector
//	# promtool: TEXT        the same of promtool, and of Alertmanager's reader
//	# refused 1.34: TEXT    the answer of that version alone (also warns, accepted)
//	# ours: HDnnnn          what hybridgen says of it, or "by construction", or "none, WHY"
//	# namespace: LEVEL      the Pod Security level of the case's namespace
type reject struct {
	name    string
	file    string
	headers map[string]string
	docs    []document
}

var headerLine = regexp.MustCompile(`^# (refused|warns|accepted|unresolved|drifts|stuck|istiod|collector|promtool|namespace|ours)((?: \d+\.\d+)?): (.+)$`)

func readRejects(dir string) ([]reject, error) {
	files, _ := filepath.Glob(filepath.Join(dir, "*.yaml"))
	var all []reject
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		r := reject{name: strings.TrimSuffix(filepath.Base(file), ".yaml"), file: file, headers: map[string]string{}}
		for _, line := range strings.Split(string(text), "\n") {
			if !strings.HasPrefix(line, "# ") {
				break
			}
			if m := headerLine.FindStringSubmatch(line); m != nil {
				r.headers[m[1]+m[2]] = m[3]
			}
		}
		if r.docs, err = parse(text, file); err != nil {
			return nil, err
		}
		if len(r.docs) == 0 {
			return nil, fmt.Errorf("%s: no document in it", file)
		}
		all = append(all, r)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: no case in it", dir)
	}
	return all, nil
}

// expectation is what the case says about one version of the server.
func (r reject) expectation(version string) (verb, text string) {
	minor := version[:strings.LastIndex(version, ".")]
	for _, suffix := range []string{" " + minor, ""} {
		for _, verb := range []string{"refused", "warns", "accepted"} {
			if text, ok := r.headers[verb+suffix]; ok {
				return verb, text
			}
		}
	}
	for _, verb := range otherConsumers {
		if r.headers[verb] != "" {
			return "taken", ""
		}
	}
	return "", ""
}

// otherConsumers answer beside the servers; where they do, what the server says
// matters only if the case says so.
var otherConsumers = []string{"istiod", "collector", "promtool"}

// askOthers returns what they don't say as the case says.
func (s *session) askOthers(ctx context.Context, r reject) (string, error) {
	j := &judgement{app: r.name, tally: newQuietTally(), outside: nothing, docs: r.docs}
	if err := s.judgeIstio(ctx, j); err != nil {
		return "", err
	}
	var istiod, readers []string
	for _, p := range j.tally.problems {
		istiod = append(istiod, p.what)
	}
	j.tally = newQuietTally()
	if err := s.judgeTelemetry(ctx, j); err != nil {
		return "", err
	}
	for _, p := range j.tally.problems {
		readers = append(readers, p.what)
	}
	for verb, said := range map[string]string{
		"istiod": strings.Join(istiod, "; "), "collector": strings.Join(readers, "; "), "promtool": strings.Join(readers, "; "),
	} {
		if want := r.headers[verb]; want != "" && !strings.Contains(said, want) {
			return fmt.Sprintf("%s says: %q", verb, said), nil
		}
	}
	if len(istiod) > 0 && r.headers["istiod"] == "" {
		return "istiod says: " + strings.Join(istiod, "; "), nil
	}
	if len(readers) > 0 && r.headers["collector"] == "" && r.headers["promtool"] == "" {
		return strings.Join(readers, "; "), nil
	}
	return "", nil
}

// judgeReject returns what is not as the case says, or nothing.
func judgeReject(ctx context.Context, s *api, behaves bool, r reject) (string, error) {
	verb, text := r.expectation(s.version)
	if verb == "" {
		return "its comment says of nobody what the answer is", nil
	}
	namespace := "case-" + r.name
	if len(namespace) > 63 {
		return "the name is too long for a namespace", nil
	}
	labels := map[string]any{}
	if level := r.headers["namespace"]; level != "" {
		labels["pod-security.kubernetes.io/enforce"] = level
	}
	err := s.put(ctx, map[string]any{"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": namespace, "labels": labels}})
	if err != nil {
		return "", err
	}
	j := &judgement{app: r.name, server: s, tally: newTally(), outside: nothing, docs: make([]document, len(r.docs))}
	copy(j.docs, r.docs)
	for i := range j.docs {
		if r, _ := s.resource(j.docs[i].apiVersion + " " + j.docs[i].kind); r.namespaced && j.docs[i].namespace == "" {
			j.docs[i].namespace = namespace
		}
	}
	defer s.turns.take(j.needed())()
	defer j.clear(ctx)
	last := len(j.docs) - 1
	for i, d := range j.docs {
		a, err := s.apply(ctx, d, false)
		if err != nil {
			return "", err
		}
		j.objects = append(j.objects, a.object)
		warned := strings.Join(a.warnings, "; ")
		if i < last {
			if !a.accepted() || warned != "" {
				return fmt.Sprintf("%s before the mistake isn't taken in silence: %s%s", d.key, a.message, warned), nil
			}
			continue
		}
		switch {
		case verb == "refused" && a.accepted():
			return "the server accepts it", nil
		case verb == "refused" && !strings.Contains(a.message, text):
			return "the server says: " + a.message, nil
		case verb != "refused" && !a.accepted():
			return "the server refuses: " + a.message, nil
		case verb == "warns" && !strings.Contains(warned, text):
			return fmt.Sprintf("the server warns: %q", warned), nil
		case verb == "accepted" && warned != "":
			return "the server warns: " + warned, nil
		}
	}
	if want := r.headers["unresolved"]; want != "" {
		w := newWorld(j.objects)
		said := fmt.Sprint(w.unresolved())
		if !strings.Contains(said, want) {
			return "our look at the cluster finds: " + said, nil
		}
	}
	if want := r.headers["drifts"]; want != "" {
		said := strings.Join(drift("", r.docs[last].value, j.objects[last]), "; ")
		if !strings.Contains(said, want) {
			return "what is stored differs in: " + said, nil
		}
	}
	if want := r.headers["stuck"]; want != "" && behaves {
		return j.stuck(ctx, want)
	}
	return "", nil
}

// stuck waits until a controller complains as expected.
func (j *judgement) stuck(ctx context.Context, want string) (string, error) {
	said := ""
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		said = ""
		for _, d := range j.docs {
			said += j.events(ctx, d.key)
			a, err := j.server.get(ctx, d.key)
			if err != nil {
				return "", err
			}
			for _, c := range sequence(at(a.object, "status", "conditions")) {
				said += fmt.Sprintf("\n    %v is %v: %v %v", at(c, "type"), at(c, "status"), at(c, "reason"), at(c, "message"))
			}
		}
		if strings.Contains(said, want) {
			return "", nil
		}
	}
	return "the controllers say: " + said, nil
}
