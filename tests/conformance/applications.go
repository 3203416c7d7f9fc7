package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// judgeSources judges each application before every server, and lets it become
// ready where there are controllers. There several are waited for at a time,
// each in a namespace of its own.
func (s *session) judgeSources(ctx context.Context, sources []source) error {
	errs := make([]error, len(s.servers)+1)
	var wait sync.WaitGroup
	for i, server := range s.servers {
		mine, workers := sources, 2
		if i == 0 {
			mine, workers = s.apart(ctx, sources), 4
		}
		wait.Go(func() {
			errs[i] = sideBySide(workers, len(mine), func(k int) error { return s.judgeSource(ctx, mine[k], server, i == 0) })
		})
	}
	wait.Go(func() {
		errs[len(s.servers)] = sideBySide(1, len(sources), func(k int) error { return s.judgeElsewhere(ctx, sources[k]) })
	})
	wait.Wait()
	return errors.Join(errs...)
}

// apart gives applications that would meet namespaces of their own; the first
// of each namespace keeps it.
func (s *session) apart(ctx context.Context, sources []source) []source {
	seen := map[string]int{}
	all := append([]source{}, sources...)
	for i, source := range all {
		docs, err := s.documents(ctx, source, "")
		if err != nil || source.model == "" {
			continue // said later, or not to be had otherwise
		}
		count := map[string]int{}
		name := ""
		for _, d := range docs {
			if d.namespace == "" {
				continue
			}
			if count[d.namespace]++; count[d.namespace] > count[name] {
				name = d.namespace
			}
		}
		if seen[name]++; seen[name] > 1 && name != "" {
			all[i].namespace = fmt.Sprintf("%s-%d", name, seen[name])
		}
	}
	return all
}

func (s *session) judgeSource(ctx context.Context, source source, server *cluster, live bool) error {
	s.tally.application()
	docs, err := s.documents(ctx, source, server.minor())
	var refused refusal
	if errors.As(err, &refused) && refused.tooNew() {
		progress("%s: not for Kubernetes %s", source.name, server.version)
		return nil
	}
	if err != nil {
		s.tally.add(problem{source.name, "", "", err.Error()})
		return ctx.Err()
	}
	j := &judgement{app: source.name, server: server.api, tally: s.tally, docs: docs, outside: source.outside(), live: live}
	var behaves *cluster
	var kubectl func() error
	if live {
		behaves = server
		kubectl = func() error {
			if source.model != "" {
				if err := s.judgeLoad(ctx, j, server, source.model, source.namespace); err != nil {
					return err
				}
			}
			return s.judgeKubectl(ctx, source, server, j)
		}
	}
	if err := s.judgeAlone(ctx, j, behaves, kubectl); err != nil {
		return err
	}
	progress("%s: %d objects before Kubernetes %s", source.name, len(docs), server.version)
	return nil
}

// judgeElsewhere asks about what no server of ours judges: output for versions
// that are too old, and changed models.
func (s *session) judgeElsewhere(ctx context.Context, source source) error {
	if source.model == "" {
		return nil
	}
	for _, t := range s.types {
		if err := s.judgeTypes(ctx, t, source.name, source.model); err != nil {
			return err
		}
	}
	return s.judgeMutants(ctx, source)
}
