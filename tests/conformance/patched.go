package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A patched answer is one random patch of a random model: what is wrong with it
// by intention, what hybridgen says, and the object that comes of it.
type patched struct {
	Intention string
	Target    string
	Patch     string
	Codes     []string
	Taken     bool
	Object    json.RawMessage
}

const patchedNamespace = "patched"

const aloneRefused = "refused by the server alone"

// ofEffect are errors about what no server looks at: a patch that changes
// nothing, and a selector of a Service or policy that selects nothing.
var ofEffect = map[string]bool{"HD2022": true, "HD2092": true}

// ofValue are errors about a value, in the words of Kubernetes' own validation.
var ofValue = map[string]bool{"HD1157": true, "HD1182": true, "HD1195": true, "HD1204": true}

// provable are intentions of which hybridgen knows enough to refuse what a
// server refuses: right patches, labels, selectors, and values of other types.
// It doesn't know the fields of every part, nor all rules of their values: such
// disagreements are counted, and at most one patch in mostUnproven may be one.
var provable = map[string]bool{"": true, "label": true, "selector": true, "type of a value": true, "type of a field": true}

const mostUnproven = 25

// serversReasons sorts what a server refuses by how much somebody has to know to
// refuse it too.
var serversReasons = []struct {
	name    string
	pattern *regexp.Regexp
}{
	{"an unknown field", regexp.MustCompile(`field not declared in schema|unknown field`)},
	{"the type of a value", regexp.MustCompile(`expected (string|numeric|bool|boolean|list|map|object|integer|scalar)|must be of type|cannot unmarshal|cannot be handled as|quantities must match`)},
	{"a key of a list", regexp.MustCompile(`duplicate entries|associative list|omitted required|Duplicate value|keys must`)},
	{"a field that is missing", regexp.MustCompile(`Required value|missing required`)},
	{"a value", regexp.MustCompile(`.`)},
}

// disagreements has a line for each patch that one side takes and the other
// refuses, also for those that are no problem.
type disagreements struct {
	mu    sync.Mutex
	lines []string
}

func (d *disagreements) say(seed uint64, version string, p patched, words string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	who := "hybridgen"
	if p.Taken {
		who = "server"
	}
	d.lines = append(d.lines, fmt.Sprintf("%d\t%s\t%s alone refuses\t%s\t%s\t%s\t%v %s\n", seed, version, who, p.Intention, p.Target, p.Patch, p.Codes,
		strings.ReplaceAll(words, "\n", " ")))
}

func (d *disagreements) write(path string) error {
	slices.Sort(d.lines)
	return os.WriteFile(path, []byte(strings.Join(d.lines, "")), 0o644)
}

func serversReason(words string) string {
	for _, r := range serversReasons {
		if r.pattern.MatchString(words) {
			return r.name
		}
	}
	return "nothing"
}

// judgePatched patches random models, and compares who takes the result.
func (s *session) judgePatched(ctx context.Context) error {
	if err := s.builder.toolsAlone(ctx, patchTools); err != nil {
		return err
	}
	for _, c := range s.servers {
		object := map[string]any{"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": patchedNamespace}}
		if err := c.api.put(ctx, object); err != nil {
			return err
		}
	}
	const workers = 2
	var mu sync.Mutex
	var askers []*asker
	for range workers {
		cmd := exec.Command("python3", filepath.Join(s.source, "patched.py"), s.hybridgen, s.builder.bin(patchTools, "patches"))
		a, err := startAsker(s.sup, "random-patches", cmd)
		if err != nil {
			return fmt.Errorf("patched.py (needed: python3 with the modules yaml and jsonpatch): %w", err)
		}
		askers = append(askers, a)
	}
	counts, disagreed := map[string]int{}, &disagreements{}
	err := sideBySide(workers, s.patches, func(i int) error {
		mu.Lock()
		a := askers[len(askers)-1]
		askers = askers[:len(askers)-1]
		mu.Unlock()
		defer func() { mu.Lock(); askers = append(askers, a); mu.Unlock() }()
		word, err := s.judgePatch(ctx, a, s.servers[i%len(s.servers)], s.seed+uint64(i), disagreed)
		mu.Lock()
		defer mu.Unlock()
		counts[word]++
		return err
	})
	s.cases++
	if err == nil {
		err = disagreed.write(filepath.Join(s.build, "log", "patched-disagreements.log"))
	}
	s.tally.count("random patches of random models", s.patches)
	// Patches that all are taken, or none, show nothing.
	if both := min(counts["taken by both"], counts["refused by both"]); err == nil && both < s.patches/8 {
		s.tally.add(problem{"random patches of random models", "", "", fmt.Sprintf("too few are taken or refused by both: %v", counts)})
	}
	unproven := 0
	for _, word := range slices.Sorted(maps.Keys(counts)) {
		if strings.HasPrefix(word, aloneRefused) {
			unproven += counts[word]
		}
		progress("%4d random patches of random models are %s", counts[word], word)
	}
	if unproven > max(s.patches/mostUnproven, 10) {
		s.tally.add(problem{"random patches of random models", "", "", fmt.Sprintf("too many are refused by the server alone: %d", unproven)})
	}
	return err
}

func (s *session) judgePatch(ctx context.Context, a *asker, c *cluster, seed uint64, disagreed *disagreements) (string, error) {
	var p patched
	if err := a.ask(fmt.Appendf(nil, "%s %s %d", c.minor(), patchedNamespace, seed), &p); err != nil {
		return "", err
	}
	words, taken := "it cannot be merged", false
	if len(p.Object) > 0 && string(p.Object) != "null" {
		d := document{text: p.Object}
		if err := decodeJSON(p.Object, &d.value); err != nil {
			return "", err
		}
		d.key = keyOf(d.value)
		answer, err := c.api.apply(ctx, d, true)
		if err != nil {
			return "", err
		}
		taken, words = answer.accepted(), answer.words()
		if taken && strings.HasSuffix(groupOf(d.apiVersion), "istio.io") {
			if taken, words, err = s.takenByIstio(p.Object); err != nil {
				return "", err
			}
		}
	}
	word, wrong := "", false
	if p.Taken != taken {
		disagreed.say(seed, c.minor(), p, words)
	}
	switch {
	case p.Taken && taken:
		word = "taken by both"
	case !p.Taken && !taken:
		word = "refused by both"
	case p.Taken:
		word = aloneRefused + ", for " + serversReason(words)
		wrong = provable[p.Intention] || len(p.Object) == 0
	default:
		word = "refused by hybridgen alone, for its effect"
		for _, code := range p.Codes {
			// An empty text is no text to the server; hybridgen's reader of Services and policies knows no such protocol.
			empty := code == "HD2132" && strings.HasSuffix(p.Patch, `/protocol", "value": ""}]`)
			// To Istio it is one label more that no pod has.
			nobody := code == "HD2132" && strings.Contains(p.Target, ".istio.io/") && strings.Contains(p.Patch, "/spec/selector/matchLabels/")
			// Of a number of more than 32 bits the server takes the lower ones: 0.
			cut := code == "HD1182" && strings.HasSuffix(p.Patch, `"value": 1099511627776}]`)
			// Old servers look at the pods of a StatefulSet only when its controller makes them.
			late := ofValue[code] && strings.HasPrefix(p.Target, "StatefulSet.") && strings.Contains(p.Patch, "/spec/template/spec/")
			wrong = wrong || !ofEffect[code] && !empty && !nobody && !cut && !late
		}
	}
	if wrong {
		s.tally.add(problem{fmt.Sprintf("patch %d of Kubernetes %s", seed, c.minor()), p.Target, "",
			fmt.Sprintf("%s %v: %s: %s", word, p.Codes, p.Patch, words)})
	}
	return word, nil
}

// takenByIstio asks the webhook that stands beside the API server.
func (s *session) takenByIstio(object []byte) (bool, string, error) {
	var a struct {
		Error string
		Said  []struct {
			Text    string
			Refused bool
		}
	}
	if err := s.istio.ask(object, &a); err != nil || a.Error != "" {
		return false, a.Error, err
	}
	for _, said := range a.Said {
		if said.Refused {
			return false, said.Text, nil
		}
	}
	return true, "", nil
}
