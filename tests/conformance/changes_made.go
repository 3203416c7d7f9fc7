package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"sigs.k8s.io/yaml"
)

// Changes that people made by hand (changes.yaml): the model before is applied and becomes pods, then the model after. What servers and
// controllers do then is compared with what hybridgen diff predicts of each object.

const madeByHand = "changes made by hand, and what servers and controllers made of each"

// The greatest effect stands last.
var effectsInOrder = []string{"nothing", "create", "update", "restart", "recreate", "delete", "data"}

type madeChange struct {
	effect                     string
	Of, From, To, Since, Until string
	before, after              []byte
}

// readMade reads the table; an edit that does not say what it changes is a mistake in it.
func readMade(file string) ([]madeChange, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var table struct {
		Bases   map[string]string
		Changes map[string][]madeChange
	}
	if err := yaml.UnmarshalStrict(text, &table); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var all []madeChange
	for _, effect := range effectsInOrder {
		for _, c := range table.Changes[effect] {
			base := table.Bases[c.Of]
			if strings.Count(base, c.From) != 1 || c.From == c.To {
				return nil, fmt.Errorf("%s: %q has to stand once in the base %s, and change", file, c.From, c.Of)
			}
			c.effect, c.before, c.after = effect, []byte(base), []byte(strings.Replace(base, c.From, c.To, 1))
			all = append(all, c)
		}
	}
	return all, nil
}

func minorOf(version string) int {
	_, minor, _ := strings.Cut(version, ".")
	n, _ := strconv.Atoi(minor)
	return n
}

// of tells whether the effect is that of a version of Kubernetes.
func (c madeChange) of(version string) bool {
	return (c.Since == "" || minorOf(version) >= minorOf(c.Since)) && (c.Until == "" || minorOf(version) <= minorOf(c.Until))
}

func (c madeChange) String() string {
	if c.effect == "" {
		return c.Of
	}
	return fmt.Sprintf("changes.yaml: %s, %s: %q to %q", c.effect, c.Of, c.From, c.To)
}

// judgeMadeChanges judges all of them before each server, several at a time.
func (s *session) judgeMadeChanges(ctx context.Context) error {
	if s.hybridgen == "" {
		return errors.New("changes need hybridgen: --hybridgen PATH")
	}
	all, err := readMade(filepath.Join(s.source, "changes.yaml"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(s.sup.scratch, "models"), 0o755); err != nil {
		return err
	}
	examples, err := readExamples(filepath.Join(s.root, "examples"))
	if err != nil {
		return err
	}
	all = append(all, examples...)
	errs := make([]error, len(s.servers))
	var wait sync.WaitGroup
	for i, server := range s.servers {
		wait.Go(func() { errs[i] = s.judgeMadeBefore(ctx, server, all, i == 0) })
	}
	wait.Wait()
	progress("%d changes made by hand, before %d servers", len(all), len(s.servers))
	return errors.Join(errs...)
}

func (s *session) judgeMadeBefore(ctx context.Context, c *cluster, all []madeChange, behaves bool) error {
	const workers, fewest = 4, 10
	counts := map[string]int{}
	var mine []madeChange
	for _, one := range all {
		if one.of(c.minor()) {
			mine = append(mine, one)
			counts[one.effect]++
		}
	}
	for _, effect := range effectsInOrder {
		if effect != "create" && counts[effect] < fewest {
			return fmt.Errorf("changes.yaml: %d changes with the effect %s before Kubernetes %s, and %d are needed", counts[effect], effect, c.minor(), fewest)
		}
	}
	if err := addGrowingClass(ctx, c.api); err != nil {
		return err
	}
	return s.withControllers(c, behaves, func() error {
		return sideBySide(workers, len(mine), func(i int) error {
			return s.judgeMade(ctx, c, mine[i], fmt.Sprintf("made-%d", i), behaves)
		})
	})
}

// withControllers does what needs pods of workloads: a server that does not behave has controllers meanwhile.
func (s *session) withControllers(c *cluster, behaves bool, do func() error) error {
	if !behaves {
		controllers, err := c.startWorkloadControllers(s.builder)
		if err != nil {
			return err
		}
		defer controllers.stop()
	}
	return do()
}

// startWorkloadControllers gives an API server the controllers that make pods of workloads, and bind and delete claims. They are those of the
// first version, and ask for nothing that is newer than the oldest.
func (c *cluster) startWorkloadControllers(b *builder) (*child, error) {
	cmd := exec.Command(b.bin(kubernetes[0], "kube-controller-manager"), "--kubeconfig="+filepath.Join(c.dir, "manager.kubeconfig"), "--secure-port=0",
		"--leader-elect=false", "--kube-api-qps=500", "--kube-api-burst=1000", "--pvclaimbinder-sync-period=1s",
		"--service-account-private-key-file="+filepath.Join(c.dir, "accounts.pem"), "--use-service-account-credentials=true",
		"--controllers=deployment-controller,replicaset-controller,statefulset-controller,daemonset-controller,job-controller,cronjob-controller,"+
			"garbage-collector-controller,persistentvolume-binder-controller,serviceaccount-controller,namespace-controller")
	cmd.Env = b.sup.wasteful()
	return b.sup.start("controllers-before-"+c.version, cmd)
}

// addGrowingClass makes a class of storage whose claims may become larger.
func addGrowingClass(ctx context.Context, s *api) error {
	a, err := s.object(ctx, "POST", "/apis/storage.k8s.io/v1/storageclasses?fieldManager=administrator", "application/json",
		[]byte(`{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"growing"},"provisioner":"kubernetes.io/no-provisioner","allowVolumeExpansion":true}`))
	if err == nil && !a.accepted() {
		err = fmt.Errorf("the class of storage \"growing\": %s", a.words())
	}
	return err
}

// A made is one change before one server.
type made struct {
	*judgement // of the model after
	change     madeChange
	hasNodes   bool // so that pods become ready
	before     *judgement
	effects    map[string]effect
	refused    map[key]string
}

func (s *session) judgeMade(ctx context.Context, c *cluster, change madeChange, name string, hasNodes bool) error {
	s.tally.application()
	m := &made{change: change, hasNodes: hasNodes, refused: map[key]string{}}
	name = c.tools.folder[len("kubernetes-"):] + "-" + name // files of several servers stand in one folder
	namespace := strings.ReplaceAll(name, ".", "-")
	for i, text := range [][]byte{change.before, change.after} {
		file := filepath.Join(s.sup.scratch, "models", fmt.Sprintf("%s-%d.yaml", name, i))
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
		defer os.Remove(file)
		docs, err := s.generate(ctx, file, namespace, c.minor())
		if err != nil {
			s.tally.add(problem{change.String(), "", "", err.Error()})
			return ctx.Err()
		}
		m.before = m.judgement
		m.judgement = &judgement{app: change.String(), server: c.api, tally: s.tally, docs: docs, model: text, outside: meantOutside(text), live: true}
	}
	var err error
	if m.effects, err = s.predict(ctx, change.before, change.after, name, namespace, c.minor()); err != nil {
		s.tally.add(problem{change.String(), "", "", err.Error()})
		return ctx.Err()
	}
	needed := m.before.needed()
	delete(needed, "ports of nodes") // nobody names one
	defer c.turns.take(needed)()
	defer m.clear(ctx)
	defer m.before.clear(ctx)
	return m.judgeAll(ctx)
}

func (m *made) judgeAll(ctx context.Context) error {
	m.judgeWorst()
	if len(m.effects) == 0 {
		m.count()
		return nil // nothing would be sent that does not stand
	}
	if err := m.before.apply(ctx); err != nil || m.before.wrong() {
		return err
	}
	standing, err := m.settle(ctx, m.before, nil)
	if err != nil {
		return err
	}
	if err := m.applyAfter(ctx); err != nil {
		return err
	}
	now, err := m.settle(ctx, m.judgement, standing)
	if err != nil {
		return err
	}
	if err := m.judgeRevisions(ctx, standing, now); err != nil {
		return err
	}
	if err := m.judgeClaims(ctx, standing, now); err != nil {
		return err
	}
	m.count()
	return nil
}

func (m *made) count() {
	if m.change.effect != "" {
		m.tally.count(madeByHand, 1)
		return
	}
	m.tally.count(madeByChance, 1)
	for _, e := range m.effects {
		m.tally.count(predictedOf+e.Effect, 1)
	}
}

func (m *made) effectOf(k key) string {
	e, told := m.effects[groupOf(k.apiVersion)+" "+k.kind+" "+k.namespace+" "+k.name]
	if !told {
		return "nothing"
	}
	return e.Effect
}

func (m *made) add(format string, args ...any) {
	m.tally.add(problem{m.app, "", "", "Kubernetes " + m.server.version + ": " + fmt.Sprintf(format, args...)})
}

// judgeWorst compares the greatest effect with the one that the change was made for, and that all objects that differ are named, and no other.
func (m *made) judgeWorst() {
	worst := 0
	for _, e := range m.effects {
		worst = max(worst, slices.Index(effectsInOrder, e.Effect))
	}
	if m.change.effect != "" && effectsInOrder[worst] != m.change.effect {
		m.add("hybridgen diff says %s", effectsInOrder[worst])
	}
	differ := 0
	for _, d := range m.docs {
		was := m.before.find(d.key)
		expected := was == nil || !reflect.DeepEqual(d.value, was.value)
		if expected {
			differ++
		}
		if e := m.effectOf(d.key); expected != (e != "nothing") || (was == nil) != (e == "create") {
			m.problem(d, "hybridgen diff says %s", e)
		}
	}
	for _, d := range m.before.docs {
		if m.find(d.key) == nil {
			differ++
			if e := m.effectOf(d.key); e != "delete" && e != "data" {
				m.problem(d, "it is gone, and hybridgen diff says %s", e)
			}
		}
	}
	if differ != len(m.effects) {
		m.add("%d objects differ, and hybridgen diff names %d", differ, len(m.effects))
	}
}

func (j *judgement) find(k key) *document {
	for i := range j.docs {
		if j.docs[i].key == k {
			return &j.docs[i]
		}
	}
	return nil
}

// applyAfter sends the objects of the model after, and deletes those that it has no more.
func (m *made) applyAfter(ctx context.Context) error {
	for _, d := range m.docs {
		a, err := m.server.apply(ctx, d, false)
		if err != nil {
			return err
		}
		var before map[string]any
		if i := slices.IndexFunc(m.before.docs, func(was document) bool { return was.key == d.key }); i >= 0 {
			before = m.before.objects[i]
		}
		m.judgeAnswer(d, before, a)
		if a.accepted() {
			if err := operate(ctx, m.server, a.object); err != nil {
				return err
			}
		}
	}
	for _, d := range slices.Backward(m.before.docs) {
		if m.find(d.key) == nil {
			if err := m.server.remove(ctx, d.key); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *made) judgeAnswer(d document, before map[string]any, a answer) {
	e := m.effectOf(d.key)
	if a.accepted() {
		if e == "recreate" && !keepsAddress(before, a.object) && !isNotBegun(before, a.object) {
			m.problem(d, "hybridgen diff says recreate, and Kubernetes %s takes the change", m.server.version)
		}
		return
	}
	m.refused[d.key] = a.words()
	if !immutable.MatchString(a.words()) {
		m.problem(d, "Kubernetes %s refuses, and not because a field cannot be changed: %s", m.server.version, a.words())
	} else if e != "recreate" && e != "data" {
		m.problem(d, "hybridgen diff says %s, and Kubernetes %s refuses the change: %s", e, m.server.version, a.words())
	}
}

// The identities that the server gives tell apart what stands.
type stood struct {
	revisions map[key]map[string]bool // of each workload the ReplicaSets, or what its controller keeps of its templates
	pods      map[key]map[string]bool
	claims    map[string]map[string]any
}

// look lists what the controllers have made in the namespace of the application.
func (m *made) look(ctx context.Context) (*stood, error) {
	pods, revisions, err := m.server.madeByWorkloads(ctx, m.namespaces())
	if err != nil {
		return nil, err
	}
	now := &stood{revisions, map[key]map[string]bool{}, map[string]map[string]any{}}
	for maker, all := range pods {
		now.pods[maker] = map[string]bool{}
		for _, p := range all {
			now.pods[maker][str(at(p, "metadata", "uid"))] = true
		}
	}
	for _, namespace := range m.namespaces() {
		claims, err := m.server.list(ctx, "v1", "PersistentVolumeClaim", namespace)
		if err != nil {
			return nil, err
		}
		for _, c := range claims {
			now.claims[str(at(c, "metadata", "name"))] = c
		}
	}
	return now, nil
}

// settle waits until the controllers have seen all workloads, made the pods that they want, and a new revision where one has to come. After a
// change it waits a little longer for what should not come.
func (m *made) settle(ctx context.Context, j *judgement, before *stood) (*stood, error) {
	const patience, grace = 30 * time.Second, time.Second
	for deadline := time.Now().Add(patience); ; {
		missing, err := m.unsettled(ctx, j, before)
		if err != nil {
			return nil, err
		}
		if missing == "" {
			break
		}
		if time.Now().After(deadline) {
			m.add("waited in vain: %s", missing)
			break
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return nil, err
		}
	}
	if before != nil {
		if err := pause(ctx, grace); err != nil {
			return nil, err
		}
	}
	return m.look(ctx)
}

func pause(ctx context.Context, duration time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(duration):
		return nil
	}
}

func (m *made) unsettled(ctx context.Context, j *judgement, before *stood) (string, error) {
	for _, namespace := range j.namespaces() {
		if err := provision(ctx, m.server, namespace); err != nil {
			return "", err
		}
	}
	now, err := m.look(ctx)
	if err != nil {
		return "", err
	}
	for name, claim := range now.claims {
		if str(at(claim, "status", "phase")) != "Bound" && at(claim, "metadata", "deletionTimestamp") == nil && before == nil {
			return "the claim " + name + " is not bound", nil
		}
	}
	for _, d := range j.docs {
		if keptBy[d.kind] == "" {
			continue
		}
		a, err := m.server.get(ctx, d.key)
		if err != nil {
			return "", err
		}
		if what := m.unsettledWorkload(d, a.object, now, before); what != "" {
			return d.key.String() + " " + what, nil
		}
	}
	return "", nil
}

func (m *made) unsettledWorkload(d document, o map[string]any, now, before *stood) string {
	if number(at(o, "status", "observedGeneration")) != number(at(o, "metadata", "generation")) {
		return "is not seen by its controller"
	}
	if len(now.revisions[d.key]) == 0 {
		return "has no revision"
	}
	// While pods are replaced there may be more, and before servers without nodes they never become ready.
	if before == nil && d.kind != "DaemonSet" && !m.hasPods(d, o, len(now.pods[d.key])) {
		return fmt.Sprintf("has %d pods", len(now.pods[d.key]))
	}
	if before != nil && m.effectOf(d.key) == "restart" && !more(before.revisions[d.key], now.revisions[d.key]) {
		return "has no new revision, and hybridgen diff says restart"
	}
	return ""
}

// hasPods tells whether a workload has the pods that it wants. Those of a StatefulSet come one after the other, each when the one before it has been
// ready for a while: where that takes long, or never happens, the first is enough.
func (m *made) hasPods(d document, o map[string]any, n int) bool {
	wanted := number(at(o, "spec", "replicas"))
	waits := !m.hasNodes || at(o, "spec", "minReadySeconds") != nil
	if d.kind == "StatefulSet" && waits && at(o, "spec", "podManagementPolicy") != "Parallel" {
		return n > 0 || wanted == "0"
	}
	return wanted == fmt.Sprint(n)
}

// more tells whether there are some that were not there before.
func more(before, now map[string]bool) bool {
	for name := range now {
		if !before[name] {
			return true
		}
	}
	return false
}

// judgeRevisions compares: only what is to restart has a new revision, and what is not keeps each of its pods that is still wanted.
func (m *made) judgeRevisions(ctx context.Context, before, now *stood) error {
	for _, d := range m.docs {
		was, there := before.revisions[d.key]
		e := m.effectOf(d.key)
		if !there || m.before.find(d.key) == nil { // what stood in for a Rollout may have had this name
			continue
		}
		_, refused := m.refused[d.key]
		if isNew := more(was, now.revisions[d.key]); isNew && (refused || (e != "restart" && e != "data")) {
			m.problem(d, "hybridgen diff says %s, and Kubernetes %s makes a new revision", e, m.server.version)
		}
		if (!refused && e != "nothing" && e != "update") || !more(now.pods[d.key], before.pods[d.key]) {
			continue
		}
		a, err := m.server.get(ctx, d.key)
		if err != nil {
			return err
		}
		least := fewer(a.object, len(before.pods[d.key]))
		if was := m.before.find(d.key); was != nil && at(was.value, "spec", "replicas") != nil && at(d.value, "spec", "replicas") == nil {
			least = min(least, 1) // a plain apply leaves one, as hybridgen diff says, until the autoscaler has the number
		}
		if kept(before.pods[d.key], now.pods[d.key]) < least {
			m.problem(d, "hybridgen diff says %s, and a pod of Kubernetes %s went", e, m.server.version)
		}
	}
	return nil
}

func kept(before, now map[string]bool) (n int) {
	for uid := range before {
		if now[uid] {
			n++
		}
	}
	return n
}

// fewer is how many of n pods are left when a workload becomes as small as it is now.
func fewer(o map[string]any, n int) int {
	if replicas, err := strconv.Atoi(number(at(o, "spec", "replicas"))); err == nil {
		return min(n, replicas)
	}
	return n
}

// lost lists the claims that are gone, or go with their owner.
func lost(before, now *stood) (names []string) {
	for name, was := range before.claims {
		is := now.claims[name]
		if is == nil || at(is, "metadata", "deletionTimestamp") != nil || at(is, "metadata", "uid") != at(was, "metadata", "uid") ||
			(ownerOf(is) != ownerOf(was)) {
			names = append(names, name)
		}
	}
	return names
}

// judgeClaims compares whether claims are lost: only where data is what the change is about, and there without being refused, at once or when
// the pods go that the StatefulSet has now.
func (m *made) judgeClaims(ctx context.Context, before, now *stood) error {
	loses := false
	var scaled []key
	for _, d := range append(slices.Clone(m.docs), m.before.docs...) {
		_, refused := m.refused[d.key]
		if m.effectOf(d.key) != "data" || refused || d.kind == "ExternalSecret" {
			continue
		}
		loses = true
		if d.kind == "StatefulSet" && m.find(d.key) != nil {
			scaled = append(scaled, d.key)
		}
	}
	if !loses {
		if names := lost(before, now); len(names) > 0 {
			m.add("nothing was said of data, and these claims go: %s", strings.Join(names, ", "))
		}
		return nil
	}
	for _, k := range scaled {
		path, err := m.server.path(k)
		if err != nil {
			return err
		}
		if _, err := m.server.object(ctx, "PATCH", path+"/scale", "application/merge-patch+json", []byte(`{"spec":{"replicas":0}}`)); err != nil {
			return err
		}
	}
	for deadline := time.Now().Add(30 * time.Second); ; {
		now, err := m.look(ctx)
		if err != nil || len(lost(before, now)) > 0 {
			return err
		}
		if time.Now().After(deadline) {
			m.add("hybridgen diff says data, and no claim goes")
			return nil
		}
		if err := pause(ctx, 200*time.Millisecond); err != nil {
			return err
		}
	}
}
