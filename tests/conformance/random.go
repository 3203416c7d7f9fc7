package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// judgeRandom judges a seeded stream of random models. Some become ready in the
// cluster; then the controllers stop, and each server takes the next seed as
// soon as it is done with one: with one judge a server, no two applications can
// meet in it.
func (s *session) judgeRandom(ctx context.Context) error {
	if s.models == 0 {
		return nil
	}
	if s.hybridgen == "" {
		return errors.New("random models need hybridgen: --hybridgen PATH")
	}
	dir := filepath.Join(s.sup.scratch, "models")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	full := min(s.full, s.models)
	for i := range full {
		if err := s.judgeSeed(ctx, s.servers[0], s.seed+uint64(i), true); err != nil {
			return err
		}
	}
	progress("%d random models became ready", full)
	s.servers[0].stopControllers()

	next := atomic.Uint64{}
	next.Store(s.seed + uint64(full))
	end := s.seed + uint64(s.models)
	failures := make([]error, len(s.servers))
	var wait sync.WaitGroup
	for i, server := range s.servers {
		wait.Go(func() {
			for seed := next.Add(1) - 1; seed < end && failures[i] == nil; seed = next.Add(1) - 1 {
				failures[i] = s.judgeSeed(ctx, server, seed, false)
			}
		})
	}
	wait.Wait()
	progress("%d random models judged, seeds %d to %d", s.models, s.seed, end-1)
	return errors.Join(failures...)
}

func (s *session) judgeSeed(ctx context.Context, c *cluster, seed uint64, full bool) error {
	minor := c.version[:strings.LastIndex(c.version, ".")]
	// What to type to see it again.
	app := fmt.Sprintf("seed %d (%s %d, --kube-version %s)", seed, filepath.Base(s.random), seed, minor)
	model, err := exec.CommandContext(ctx, s.random, strconv.FormatUint(seed, 10)).Output()
	if err != nil {
		return fmt.Errorf("the generator of random models fails: %w\n  command: %s %d", err, s.random, seed)
	}
	file := filepath.Join(s.sup.scratch, "models", fmt.Sprintf("seed-%d.yaml", seed))
	if err := os.WriteFile(file, model, 0o644); err != nil {
		return err
	}
	defer os.Remove(file)
	docs, err := generate(ctx, s.hybridgen, file, fmt.Sprintf("seed-%d", seed), minor)
	var refused refusal
	if errors.As(err, &refused) {
		s.tally.add(problem{app, "", "", "hybridgen refuses a valid model: " + refused.words})
		return nil
	}
	if err != nil {
		return err
	}
	j := &judgement{app: app, server: c.api, tally: s.tally, docs: docs}
	var behaves *cluster
	if full {
		behaves = c
	}
	if err := s.judge(ctx, j, behaves); err != nil {
		return err
	}
	return s.judgeTypes(ctx, app, file)
}
