package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
)

// A seed decides all about its model: what it is, which server judges it and
// whether it has to become ready there, so that --seed N --models 1 repeats it.
func (s *session) judgeOf(seed uint64) (server int, ready bool) {
	if seed%25 == 0 {
		return 0, true
	}
	// Half a share for the server that also lets some become ready, which is
	// mostly waiting.
	return int(seed%uint64(2*len(s.servers)-1)+1) / 2, false
}

// judgeRandom judges a stream of random models, one at a time before each
// server: no two applications can meet in it. Those that have to become ready
// come first; then the controllers stop.
func (s *session) judgeRandom(ctx context.Context) error {
	if s.models == 0 {
		return nil
	}
	if s.hybridgen == "" {
		return errors.New("random models need hybridgen: --hybridgen PATH")
	}
	if err := os.MkdirAll(filepath.Join(s.sup.scratch, "models"), 0o755); err != nil {
		return err
	}
	before := s.tally.failed()
	stopped := func() bool { return s.tally.failed()-before >= s.stopAfter }
	failures := make([]error, len(s.servers))
	var wait sync.WaitGroup
	for i, server := range s.servers {
		wait.Go(func() {
			for _, ready := range []bool{true, false} {
				n := 0
				for k := range uint64(s.models) {
					who, r := s.judgeOf(s.seed + k)
					if who != i || r != ready || failures[i] != nil || stopped() {
						continue
					}
					failures[i] = s.judgeSeed(ctx, server, s.seed+k, ready)
					n++
				}
				if ready && n > 0 {
					progress("%d random models before the controllers too", n)
				}
				server.stopControllers()
			}
		})
	}
	wait.Wait()
	if stopped() {
		progress("stopped: something is wrong with %d random models", s.stopAfter)
	}
	progress("random models, seeds %d to %d", s.seed, s.seed+uint64(s.models)-1)
	return errors.Join(failures...)
}

// randomModel asks the generator for a model that uses nothing newer than a
// version of Kubernetes.
func (s *session) randomModel(ctx context.Context, minor string, seed uint64) ([]byte, error) {
	cmd := exec.CommandContext(ctx, s.random, "--kube-version", minor, strconv.FormatUint(seed, 10))
	model, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("the generator of random models fails: %w\n  command: %v", err, cmd.Args)
	}
	return model, nil
}

func (s *session) judgeSeed(ctx context.Context, c *cluster, seed uint64, full bool) error {
	// What to type to see it again.
	app := fmt.Sprintf("seed %d (%s --kube-version %s %d)", seed, filepath.Base(s.random), c.minor(), seed)
	model, err := s.randomModel(ctx, c.minor(), seed)
	if err != nil {
		return err
	}
	s.tally.application()
	file := filepath.Join(s.sup.scratch, "models", fmt.Sprintf("seed-%d.yaml", seed))
	if err := os.WriteFile(file, model, 0o644); err != nil {
		return err
	}
	defer os.Remove(file)
	docs, err := generate(ctx, s.hybridgen, file, fmt.Sprintf("seed-%d", seed), c.minor())
	var refused refusal
	if errors.As(err, &refused) {
		s.tally.add(problem{app, "", "", "hybridgen refuses a valid model: " + refused.words})
		return s.keep(fmt.Sprintf("seed-%d.yaml", seed), model)
	}
	if err != nil { // a crash, or output that can't be read
		s.tally.add(problem{app, "", "", err.Error()})
		return s.keep(fmt.Sprintf("seed-%d.yaml", seed), model)
	}
	j := &judgement{app: app, server: c.api, tally: s.tally, docs: docs, outside: meantOutside(model), live: full}
	var behaves *cluster
	if full {
		behaves = c
	}
	if err := s.judge(ctx, j, behaves, nil); err != nil {
		return err
	}
	if j.wrong() {
		return s.keep(fmt.Sprintf("seed-%d.yaml", seed), model)
	}
	if seed%5 == 0 {
		if err := s.judgeOldSeed(ctx, seed); err != nil {
			return err
		}
	}
	for n := 0; n < s.mutants && !full; n++ {
		if err := s.judgeMutant(ctx, c, "mutant", seed, n, model); err != nil {
			return err
		}
	}
	return nil
}

// judgeOldSeed reads a model of the same seed by the types of old versions.
func (s *session) judgeOldSeed(ctx context.Context, seed uint64) error {
	for _, t := range s.types {
		model, err := s.randomModel(ctx, t.minor, seed)
		if err != nil {
			return err
		}
		file := filepath.Join(s.sup.scratch, "models", fmt.Sprintf("old-%d.yaml", seed))
		if err := os.WriteFile(file, model, 0o644); err != nil {
			return err
		}
		defer os.Remove(file)
		if err := s.judgeTypes(ctx, t, fmt.Sprintf("seed %d (%s --kube-version %s %d)", seed, filepath.Base(s.random), t.minor, seed), file); err != nil {
			return err
		}
	}
	return nil
}
