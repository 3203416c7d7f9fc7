package main

import (
	"context"
	"fmt"
	"regexp"
	"sort"
	"strings"
	"sync"
)

// A problem is one thing that a consumer holds against what was emitted.
type problem struct {
	app    string // which application, and how to get it again
	object string
	where  string // file:line of the manifest, when there is one
	what   string
}

func (p problem) String() string {
	s := p.app
	if p.object != "" {
		s += ": " + p.object
	}
	if p.where != "" {
		s += " (" + p.where + ")"
	}
	return s + ": " + p.what
}

// A tally counts what was judged; many judges write to it at once.
type tally struct {
	mu       sync.Mutex
	apps     int
	objects  int
	refused  int
	mutants  int // changed models asked about, and those that hybridgen took
	taken    int
	kinds    map[string]int    // by server version and kind
	counts   map[string]int    // what others than the servers judged, by whom or what it is
	readers  map[string]string // by "group kind": "" where another program read all of it, else which part
	problems []problem
	bad      map[string]bool // applications with problems
	quiet    bool            // what is found is compared, not told
	over     func() error    // not nil when the run is being stopped: what is found then is found because of that
}

func newTally() *tally {
	return &tally{kinds: map[string]int{}, counts: map[string]int{}, readers: map[string]string{}, bad: map[string]bool{}}
}

func newQuietTally() *tally {
	t := newTally()
	t.quiet = true
	return t
}

func (t *tally) add(p problem) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over != nil && t.over() != nil {
		return
	}
	t.problems = append(t.problems, p)
	t.bad[p.app] = true
	if !t.quiet {
		fmt.Println(p)
	}
}

func (t *tally) application() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.apps++
}

// mutant counts a changed model, which hybridgen took or not.
func (t *tally) mutant(taken bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mutants++
	if taken {
		t.taken++
		t.apps++
	}
}

// read remembers that a program that works with a kind has read a part of it, or all.
func (t *tally) read(kind, part string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if before, there := t.readers[kind]; !there || before != "" {
		t.readers[kind] = part
	}
}

// met tells whether an object of a kind was sent to any server.
func (t *tally) met(kind string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for k := range t.kinds {
		if field := strings.Fields(k); groupOf(field[1])+" "+field[2] == kind {
			return true
		}
	}
	return false
}

func (t *tally) count(what string, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts[what] += n
}

// failed is how many applications and cases something is wrong with.
func (t *tally) failed() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.bad)
}

func (t *tally) isBad(app string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bad[app]
}

// A judgement is one application before one server.
type judgement struct {
	app     string
	server  *api
	tally   *tally
	docs    []document
	model   []byte           // what hybridgen made them from, where it may be changed later
	objects []map[string]any // as the server stored them; nil where it refused
	outside outside
	mutant  bool     // somebody made a mistake in the model
	live    bool     // controllers will make pods: what they need has to be there
	nodes   []string // that were added for it
	same    []bool   // documents that stand in the cluster already; nil: none
	changed bool     // with same: there are others, or some went

	giveBack func() // what it has to itself
}

func (j *judgement) problem(d document, format string, args ...any) {
	j.tally.add(problem{j.app, d.key.String(), d.where, fmt.Sprintf(format, args...)})
}

func (j *judgement) wrong() bool {
	return j.tally.isBad(j.app)
}

// readEverywhere lets every reader of YAML read every document.
func (j *judgement) readEverywhere(r *readers) {
	for _, d := range j.news() {
		for _, f := range r.check(d) {
			j.problem(d, "%s", f)
		}
	}
}

// apply sends the documents in the order emitted, as they stand. Beside them
// it does what an operator in the cluster would do.
func (j *judgement) apply(ctx context.Context) error {
	if j.same == nil {
		j.objects = make([]map[string]any, len(j.docs))
	}
	if err := j.addNamespaces(ctx); err != nil {
		return err
	}
	surrounded := !j.live
	for i, d := range j.news() {
		if !surrounded && d.kind != "Namespace" {
			surrounded = true
			if err := j.surround(ctx); err != nil {
				j.problem(d, "what lies around the application: %v", err)
			}
		}
		if j.server.lacking[d.apiVersion+" "+d.kind] {
			continue
		}
		if d.kind == "Namespace" {
			if err := j.server.freeNamespace(ctx, d.name, j.live); err != nil {
				return err
			}
		}
		a, err := j.server.apply(ctx, d, false)
		if err != nil {
			return err
		}
		j.tally.mu.Lock()
		j.tally.objects++
		j.tally.kinds[j.server.version+" "+d.apiVersion+" "+d.kind]++
		if !a.accepted() {
			j.tally.refused++
		}
		j.tally.mu.Unlock()
		for _, w := range a.warnings {
			j.problem(d, "Kubernetes %s warns: %s", j.server.version, w)
		}
		if !a.accepted() && j.portTakenByChance(a.words()) {
			fmt.Printf("  %s: the server gave this application's node port to another Service: %s\n", d.where, a.words())
			continue
		}
		if !a.accepted() {
			j.problem(d, "Kubernetes %s refuses: %s", j.server.version, a.words())
			continue
		}
		j.objects[i] = a.object
		if d.kind == "CustomResourceDefinition" {
			if err := j.server.await(ctx, definition{document: d}.served()); err != nil {
				return err
			}
		}
		if err := operate(ctx, j.server, a.object); err != nil {
			j.problem(d, "what its operator makes of it: %v", err)
		}
	}
	return nil
}

var takenPort = regexp.MustCompile(`nodePort: Invalid value: (\d+): provided port is already allocated`)

// portTakenByChance tells whether a node port that stands once in the
// application is taken: the server gives any port of its range to Services
// that name none, and may have given this one. A port that stands twice is a
// mistake of ours.
func (j *judgement) portTakenByChance(words string) bool {
	found := takenPort.FindStringSubmatch(words)
	if found == nil {
		return false
	}
	port := regexp.MustCompile(`nodePort: ` + found[1] + `\b`)
	times := 0
	for _, d := range j.docs {
		times += len(port.FindAll(d.text, -1))
	}
	return times == 1
}

// addNamespaces makes those of other programs, such as Velero, in which some
// objects stand.
func (j *judgement) addNamespaces(ctx context.Context) error {
	own := map[string]bool{}
	for _, d := range j.docs {
		if d.kind == "Namespace" {
			own[d.name] = true
		}
	}
	for _, name := range j.namespaces() {
		if own[name] || len(own) == 0 {
			continue
		}
		if err := j.server.put(ctx, map[string]any{"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": name}}); err != nil {
			return err
		}
	}
	return nil
}

// reapply sends the same documents again: nothing may change, not even who
// owns what. A controller may write to an object in between, hence the tries.
func (j *judgement) reapply(ctx context.Context) error {
	for i, d := range j.news() {
		before := j.objects[i]
		for try := 1; before != nil; try++ {
			a, err := j.server.apply(ctx, d, false)
			if err != nil {
				return err
			}
			if !a.accepted() {
				j.problem(d, "Kubernetes %s refuses it the second time: %s", j.server.version, a.words())
				break
			}
			same := str(at(a.object, "metadata", "resourceVersion")) == str(at(before, "metadata", "resourceVersion"))
			mine := ownership(a.object)
			if same && mine == ownership(before) {
				break
			}
			if try == 5 {
				j.problem(d, "applied again without a change it changes: resourceVersion %v to %v, managed fields %s to %s",
					at(before, "metadata", "resourceVersion"), at(a.object, "metadata", "resourceVersion"), ownership(before), mine)
				break
			}
			fresh, err := j.server.get(ctx, d.key)
			if err != nil {
				return err
			}
			before = fresh.object
		}
	}
	return nil
}

// ownership is the managed-fields entry of our field manager, as text.
func ownership(object map[string]any) string {
	for _, e := range sequence(at(object, "metadata", "managedFields")) {
		if str(mapping(e)["manager"]) == manager && str(mapping(e)["subresource"]) == "" {
			return fmt.Sprint(mapping(e)["time"], mapping(e)["fieldsV1"])
		}
	}
	return "none"
}

// readBack compares each field that was emitted with the one that is stored: a
// value that the server writes another way is a drift that never ends. How
// objects are written that are not ours is their author's choice.
func (j *judgement) readBack(ctx context.Context, fresh bool) error {
	for i, d := range j.news() {
		stored := j.objects[i]
		if stored == nil || !d.ours() {
			continue
		}
		if fresh {
			a, err := j.server.get(ctx, d.key)
			if err != nil {
				return err
			}
			if !a.accepted() {
				j.problem(d, "applied, and then not there: %s", a.words())
				continue
			}
			stored = a.object
		}
		for _, f := range append(drift("", d.value, stored), additions("", d.value, stored)...) {
			j.problem(d, "Kubernetes %s: %s", j.server.version, f)
		}
	}
	return nil
}

// drift lists the places where the stored object does not hold what was emitted.
func drift(path string, emitted, stored any) []string {
	switch e := emitted.(type) {
	case map[string]any:
		s, ok := stored.(map[string]any)
		if !ok {
			return []string{path + " emitted, not stored"}
		}
		var found []string
		for _, k := range sortedKeys(e) {
			v, there := s[k]
			p := strings.TrimPrefix(path+"."+k, ".")
			if !there {
				found = append(found, fmt.Sprintf("%s emitted as %s, not stored", p, scalar(e[k])))
			} else {
				found = append(found, drift(p, e[k], v)...)
			}
		}
		return found
	case []any:
		s, ok := stored.([]any)
		if !ok || len(s) != len(e) {
			return []string{fmt.Sprintf("%s emitted as %s, stored as %s", path, scalar(emitted), scalar(stored))}
		}
		var found []string
		for i := range e {
			found = append(found, drift(fmt.Sprintf("%s[%d]", path, i), e[i], s[i])...)
		}
		return found
	default:
		if scalar(emitted) != scalar(stored) {
			return []string{fmt.Sprintf("%s emitted as %s, stored as %s", path, scalar(emitted), scalar(stored))}
		}
		return nil
	}
}

// additions lists what the server has put into elements of lists: what compares
// lists as a whole sees another one for ever.
func additions(path string, emitted, stored any) (found []string) {
	switch e := emitted.(type) {
	case map[string]any:
		s := mapping(stored)
		for _, k := range sortedKeys(s) {
			p := strings.TrimPrefix(path+"."+k, ".")
			if v, there := e[k]; there {
				found = append(found, additions(p, v, s[k])...)
			} else if strings.Contains(path, "]") && !allocated[k] && s[k] != nil {
				found = append(found, fmt.Sprintf("%s is not emitted, and stored as %s", p, scalar(s[k])))
			}
		}
	case []any:
		for i, s := range sequence(stored) {
			if i < len(e) {
				found = append(found, additions(fmt.Sprintf("%s[%d]", path, i), e[i], s)...)
			}
		}
	}
	return found
}

// allocated are members in lists that a server hands out: no default, but one
// of many, which stays.
var allocated = map[string]bool{"nodePort": true}

func (j *judgement) incomplete() bool {
	for _, o := range j.objects {
		if o == nil {
			return true
		}
	}
	return false
}

// resolve checks that what refers to something finds it.
func (j *judgement) resolve() {
	if j.incomplete() {
		return // what was refused is missed everywhere
	}
	w := newWorld(j.objects)
	w.outside = j.outside
	for _, f := range w.unresolved() {
		j.tally.add(problem{j.app, f.object, "", f.what})
	}
	w.noTwins(j.docs, j.problem)
}

// namespaces lists where the application's objects stand.
func (j *judgement) namespaces() []string {
	seen := map[string]bool{}
	for _, d := range j.docs {
		if d.namespace != "" {
			seen[d.namespace] = true
		}
	}
	var names []string
	for n := range seen {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

// leave makes room for others.
func (j *judgement) leave(ctx context.Context) {
	if j != nil {
		j.clear(ctx)
		j.giveBack()
	}
}

// clear takes the objects away again, last first.
func (j *judgement) clear(ctx context.Context) {
	done := map[key]bool{}
	for i := len(j.docs) - 1; i >= 0; i-- {
		k := j.docs[i].key
		if k.namespace != "" {
			k.name = "" // all of the kind in one request
		}
		all := []key{k}
		if k.kind == "Rollout" {
			all = append(all, key{"apps/v1", "Deployment", k.namespace, ""})
		}
		for _, k := range all {
			if !done[k] {
				done[k] = true
				j.server.remove(ctx, k)
			}
		}
	}
	j.removeNodes(ctx)
}
