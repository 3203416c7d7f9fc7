package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
)

// A session is one run of the suite: what is running and what came of it.
type session struct {
	options
	sup     *supervisor
	builder *builder
	readers *readers
	servers []*cluster // the first has controllers
	types   []oldTypes

	istio, telemetry *asker
	generator        *asker // of random models
	definitions      []definition

	custom  map[string]bool // kinds that are defined by a CRD
	tally   *tally
	written map[string]bool // kinds that hybridgen can write, by "group kind"

	fields int // lists of fields judged
	cases  int // rejects judged
	judged int // random models

	caseless []string // rules of ours that no reject is about
}

func run(ctx context.Context, o options) (failed bool, err error) {
	logs := filepath.Join(o.build, "log")
	scratch := filepath.Join(o.build, fmt.Sprintf("run-%d", os.Getpid()))
	for _, dir := range []string{logs, scratch} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return false, err
		}
	}
	sweep(o.build)
	s := &session{options: o, sup: newSupervisor(logs, scratch), tally: newTally()}
	s.builder = &builder{o.source, o.build, s.sup}
	// Without one of its servers a run would go on and blame what it judges.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.sup.died, s.tally.over = cancel, ctx.Err
	defer os.RemoveAll(scratch)
	defer s.sup.stopAll()

	sources, err := s.sources()
	if err != nil {
		return false, err
	}
	if o.only == "" || o.only == "fields" {
		if err := s.sup.times.part("fields", func() error { return s.judgeFields(ctx) }); err != nil {
			return false, err
		}
	}
	if o.only == "patches" {
		if err := s.sup.times.part("patches", func() error { return s.judgePatches(ctx) }); err != nil {
			return false, err
		}
	}
	if o.only == "fields" || o.only == "patches" {
		return s.conclude() // which asks no server
	}
	if err := s.buildAll(ctx); err != nil {
		return false, err
	}
	if o.only == "builds" {
		return false, errors.Join(s.builder.tools(ctx, patchTools), s.builder.tools(ctx, flagger))
	}
	if err := s.sup.times.part("start", func() error { return s.startAll(ctx, scratch) }); err != nil {
		return false, cmp.Or(s.sup.dead(), err)
	}
	parts := []struct {
		name string
		run  func() error
	}{
		{"patches", func() error { return s.judgePatches(ctx) }}, // when kubectl is built, if it has to be
		{"patched", func() error { return s.judgePatched(ctx) }},
		{"rejects", func() error { return s.judgeRejects(ctx) }},
		{"changes", func() error { return s.judgeMadeChanges(ctx) }},
		{"pairs", func() error { return s.judgePairs(ctx) }},
		{"applications", func() error { return s.judgeSources(ctx, sources) }},
		{"random", func() error { return s.judgeRandom(ctx) }},
	}
	for _, p := range parts {
		if o.only != "" && o.only != p.name || len(o.args) > 0 && (p.name == "patches" || p.name == "patched") {
			continue
		}
		if err := s.sup.times.part(p.name, p.run); err != nil {
			return false, cmp.Or(s.sup.dead(), err)
		}
	}
	if err := s.sup.dead(); err != nil {
		return false, err
	}
	if o.only == "" && len(o.args) == 0 {
		s.missedKinds()
	}
	s.sup.stopAll() // which tells what they cost
	return s.conclude()
}

// missedKinds reports those that hybridgen can write and no application has, so that nobody was asked about them.
func (s *session) missedKinds() {
	for _, kind := range slices.Sorted(maps.Keys(s.written)) {
		if !s.tally.met(kind) {
			s.tally.add(problem{"hybridgen list kinds", kind, "", "no golden file, example or random model has one: nobody was asked"})
		}
	}
}

// sweep removes what runs that were killed outright left in the build folder.
func sweep(build string) {
	left, _ := filepath.Glob(filepath.Join(build, "run-*"))
	for _, dir := range left {
		pid, err := strconv.Atoi(filepath.Base(dir)[len("run-"):])
		if err == nil && syscall.Kill(pid, 0) == syscall.ESRCH {
			os.RemoveAll(dir)
		}
	}
}

// sources are the applications named, or all that the repository holds.
func (s *session) sources() ([]source, error) {
	paths := s.args
	if len(paths) == 0 {
		for _, pattern := range []string{"examples/*/hybriddeploy.yaml", "tests/golden/*/hybriddeploy.yaml"} {
			found, _ := filepath.Glob(filepath.Join(s.root, pattern))
			for _, f := range found {
				paths = append(paths, filepath.Dir(f))
			}
		}
	}
	var all []source
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		one, err := newSource(s.root, abs)
		if err != nil {
			return nil, err
		}
		if one.model != "" && s.hybridgen == "" && (s.only == "" || s.only == "applications") {
			return nil, fmt.Errorf("%s is a model and there is no hybridgen: --hybridgen PATH, or build it", one.name)
		}
		all = append(all, one)
	}
	return all, nil
}

func (s *session) buildAll(ctx context.Context) error {
	unlock, err := s.builder.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	all := append([]toolset{istioTools, telemetryTools}, kubernetes...)
	for _, t := range typesets {
		all = append(all, t.tools)
	}
	for _, t := range all {
		if err := s.builder.tools(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) startAll(ctx context.Context, scratch string) error {
	var err error
	if s.readers, err = startReaders(s.sup, s.source); err != nil {
		return err
	}
	if err := s.startTypes(); err != nil {
		return err
	}
	if err := s.startIstio(); err != nil {
		return err
	}
	if err := s.startTelemetry(); err != nil {
		return err
	}
	if err := s.findDefinitions(ctx); err != nil {
		return err
	}
	etcd, err := startEtcd(ctx, s.builder, scratch)
	if err != nil {
		return err
	}
	s.servers = make([]*cluster, len(kubernetes))
	failures := make([]error, len(kubernetes))
	var wait sync.WaitGroup
	for i, t := range kubernetes {
		wait.Go(func() { s.servers[i], failures[i] = s.startServer(ctx, t, etcd, scratch) })
	}
	wait.Wait()
	if err := errors.Join(failures...); err != nil {
		return err
	}
	s.custom = s.servers[0].custom
	if err := s.servers[0].startControllers(ctx, s.builder); err != nil {
		return err
	}
	return addNodes(ctx, s.servers[0].api, "node", 9, nil, nil)
}

func (s *session) startServer(ctx context.Context, t toolset, etcd, scratch string) (*cluster, error) {
	c, err := startCluster(ctx, s.builder, t, etcd, scratch)
	if err != nil {
		return nil, err
	}
	if err := s.define(ctx, c); err != nil {
		return nil, err
	}
	progress("Kubernetes %s serves %d kinds", c.version, len(*c.resources.Load()))
	return c, addStorageClass(ctx, c.api, "standard")
}

func (s *session) judgeRejects(ctx context.Context) error {
	all, err := readRejects(filepath.Join(s.source, "rejects"))
	if err != nil {
		return err
	}
	if err := s.compareRules(all); err != nil {
		return err
	}
	// Half of the cases wait for controllers, and the processors for the cases.
	const workers = 4
	errs := make([]error, len(s.servers)+1)
	var wait sync.WaitGroup
	wait.Go(func() {
		errs[len(s.servers)] = sideBySide(1, len(all), func(i int) error {
			wrong, err := s.askOthers(ctx, all[i])
			if wrong != "" {
				s.tally.add(problem{"rejects/" + all[i].name, "", "", wrong})
			}
			return err
		})
	})
	for i, server := range s.servers {
		wait.Go(func() {
			errs[i] = sideBySide(workers, len(all), func(k int) error {
				wrong, err := judgeReject(ctx, server.api, i == 0, all[k])
				if wrong != "" {
					s.tally.add(problem{"rejects/" + all[k].name, "", "", "Kubernetes " + server.version + ": " + wrong})
				}
				return err
			})
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	s.cases = len(all) * len(s.servers)
	progress("%d hand-written mistakes before %d servers", len(all), len(s.servers))
	return nil
}

// judgeAlone judges an application that meets no other, and takes it away.
func (s *session) judgeAlone(ctx context.Context, j *judgement, c *cluster, more func() error) error {
	defer j.server.turns.take(j.needed())()
	defer j.clear(ctx)
	return s.judge(ctx, j, c, more)
}

// judge asks every consumer. With a cluster that behaves the application also
// has to become ready; more is asked while it stands there.
func (s *session) judge(ctx context.Context, j *judgement, c *cluster, more func() error) error {
	if j.same != nil && !j.changed {
		return nil // the mistake makes no difference
	}
	j.readEverywhere(s.readers)
	if err := s.judgeIstio(ctx, j); err != nil {
		return err
	}
	if err := s.judgeTelemetry(ctx, j); err != nil {
		return err
	}
	if err := j.apply(ctx); err != nil {
		return err
	}
	j.resolve()
	if c != nil {
		if err := j.becomeReady(ctx, s.sup); err != nil {
			return err
		}
	}
	if err := j.reapply(ctx); err != nil {
		return err
	}
	if err := j.readBack(ctx, c != nil); err != nil || more == nil {
		return err
	}
	return more()
}

// conclude says what came of it.
func (s *session) conclude() (failed bool, err error) {
	s.sup.times.accountSelf()
	progress("seconds by part: %s", line(s.sup.times.parts))
	progress("seconds of a processor by program: %s", line(s.sup.times.costs()))
	if s.report {
		if err := s.writeReport(filepath.Join(s.source, "report.md")); err != nil {
			return false, err
		}
	}
	bad := s.tally.failed()
	judged := s.fields + s.cases + s.tally.apps
	progress("%d applications, %d objects sent, %d refused, %d problems", s.tally.apps, s.tally.objects, s.tally.refused, len(s.tally.problems))
	fmt.Printf("conformance: %d passed, %d failed\n", judged-bad, bad)
	return bad > 0, nil
}
