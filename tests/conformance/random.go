package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
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

// judgeRandom judges a stream of random models, a few at a time before each
// server. Those that have to become ready come first; then the controllers stop.
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
	if err := s.startGenerator(); err != nil {
		return err
	}
	before := s.tally.failed()
	wrong := func() bool { return s.tally.failed()-before >= s.stopAfter }
	stopped := func() bool {
		return wrong() || (s.minutes > 0 && time.Since(began) > time.Duration(s.minutes)*time.Minute)
	}
	var judged atomic.Int64
	errs := make([]error, len(s.servers))
	var wait sync.WaitGroup
	for i, server := range s.servers {
		seeds := map[bool][]uint64{}
		for k := range uint64(s.models) {
			if who, ready := s.judgeOf(s.seed + k); who == i {
				seeds[ready] = append(seeds[ready], s.seed+k)
			}
		}
		wait.Go(func() {
			for _, ready := range []bool{true, false} {
				const workers = 3
				mine := seeds[ready]
				errs[i] = errors.Join(errs[i], sideBySide(workers, len(mine), func(k int) error {
					if stopped() {
						return nil
					}
					if n := judged.Add(1); n%100 == 0 {
						progress("%d random models", n)
					}
					return s.judgeSeed(ctx, server, mine[k], ready)
				}))
				if ready && len(mine) > 0 {
					progress("%d random models before the controllers too", len(mine))
				}
				server.stopControllers()
			}
		})
	}
	wait.Wait()
	if wrong() {
		progress("stopped: something is wrong with %d random models", s.stopAfter)
	}
	s.judged = int(judged.Load())
	progress("%d random models, of seeds %d to %d", s.judged, s.seed, s.seed+uint64(s.models)-1)
	s.tally.tellChanges()
	return errors.Join(errs...)
}

func (s *session) startGenerator() (err error) {
	if s.generator != nil {
		return nil
	}
	cmd := exec.Command(s.random, "--asked")
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	s.generator, err = startAsker(s.sup, "random-models", cmd)
	return err
}

// randomModel asks the generator for a model that uses nothing newer than a
// version of Kubernetes.
func (s *session) randomModel(ctx context.Context, minor string, seed uint64) ([]byte, error) {
	var model string
	if err := s.generator.ask(fmt.Appendf(nil, "%s %d", minor, seed), &model); err != nil {
		return nil, fmt.Errorf("the generator of random models: %w", err)
	}
	return []byte(model), ctx.Err()
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
	docs, err := s.generate(ctx, file, namespaceOf(seed), c.minor())
	var refused refusal
	if errors.As(err, &refused) {
		s.tally.add(problem{app, "", "", "hybridgen refuses a valid model: " + refused.words})
		return s.keep(fmt.Sprintf("seed-%d.yaml", seed), model)
	}
	if err != nil { // a crash, or output that can't be read
		s.tally.add(problem{app, "", "", err.Error()})
		return s.keep(fmt.Sprintf("seed-%d.yaml", seed), model)
	}
	j := &judgement{app: app, server: c.api, tally: s.tally, docs: docs, model: model, outside: meantOutside(model), live: full}
	if full {
		err = s.judgeAlone(ctx, j, c, func() error { return s.judgeLoad(ctx, j, c, file, namespaceOf(seed)) })
	} else {
		err = s.judgeWithMutants(ctx, j, c, seed, model)
	}
	if err != nil {
		return err
	}
	if j.wrong() {
		return s.keep(fmt.Sprintf("seed-%d.yaml", seed), model)
	}
	if seed%5 == 0 {
		return s.judgeOldSeed(ctx, seed)
	}
	return nil
}

// judgeWithMutants judges a model, and, while it stands, what mistakes make of it.
func (s *session) judgeWithMutants(ctx context.Context, j *judgement, c *cluster, seed uint64, model []byte) (err error) {
	j.giveBack = j.server.turns.take(j.needed())
	standing := j
	defer func() { standing.leave(ctx) }()
	if err := s.judge(ctx, j, nil, nil); err != nil || j.wrong() {
		return err
	}
	for n := range s.mutants {
		if standing, err = s.judgeMutant(ctx, c, "mutant", seed, n, model, standing); err != nil {
			return err
		}
	}
	return nil
}

func namespaceOf(seed uint64) string { return fmt.Sprintf("seed-%d", seed) }

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
