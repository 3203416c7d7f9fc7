package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Pairs of successive random models: a random model, and what a few edits make of it, where hybridgen takes both. The first is applied and becomes
// pods, then the second, and what hybridgen diff predicts is compared as that of changes that people made (changes_made.go).

const (
	madeByChance   = "pairs of successive random models, and what servers and controllers made of each"
	predictedOf    = "of their objects with the effect "
	mostEdits      = 3
	mostTries      = 60
	mostOfReplicas = 12
)

// ofOthers are the parts of a model that say what others want to have written: hybridgen takes more there than servers do.
var ofOthers = regexp.MustCompile(`^(\S*\.)?(patches|manifests)\b`)

func (s *session) judgePairs(ctx context.Context) error {
	if s.pairs == 0 {
		return nil
	}
	if s.hybridgen == "" {
		return errors.New("pairs of models need hybridgen: --hybridgen PATH")
	}
	if err := os.MkdirAll(filepath.Join(s.sup.scratch, "models"), 0o755); err != nil {
		return err
	}
	if err := s.startGenerator(); err != nil {
		return err
	}
	before := s.tally.failed()
	errs := make([]error, len(s.servers))
	var wait sync.WaitGroup
	for i, server := range s.servers {
		wait.Go(func() {
			const workers = 4
			var mine []uint64
			for k := range uint64(s.pairs) {
				if (s.seed+k)%uint64(len(s.servers)) == uint64(i) {
					mine = append(mine, s.seed+k)
				}
			}
			errs[i] = s.withControllers(server, i == 0, func() error {
				return sideBySide(workers, len(mine), func(k int) error {
					if s.tally.failed()-before >= s.stopAfter {
						return nil
					}
					return s.judgePair(ctx, server, mine[k], i == 0)
				})
			})
		})
	}
	wait.Wait()
	progress("%d pairs of successive random models, of seeds %d to %d, %s", s.pairs, s.seed, s.seed+uint64(s.pairs)-1, s.tally.predictions())
	return errors.Join(errs...)
}

// predictions tells how many objects had each effect: a judge of changes that do nothing finds nothing.
func (t *tally) predictions() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []string
	for _, effect := range effectsInOrder {
		all = append(all, fmt.Sprintf("%s %d", effect, t.counts[predictedOf+effect]))
	}
	return "predicted: " + strings.Join(all, ", ")
}

// judgePair judges one. Its seed decides all about it, also before which of the servers, so that --only pairs --seed N --pairs 1 repeats it.
func (s *session) judgePair(ctx context.Context, c *cluster, seed uint64, hasNodes bool) error {
	model, err := s.randomModel(ctx, c.minor(), seed)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("pair-%d", seed)
	after, edits, err := s.successor(ctx, c, seed, model)
	if err != nil {
		s.tally.add(problem{name, "", "", err.Error()})
		return ctx.Err()
	}
	if edits == nil {
		progress("%s: hybridgen takes no edit of it", name)
		return nil
	}
	change := madeChange{Of: fmt.Sprintf("%s (%s)", name, strings.Join(edits, "; ")), before: model, after: after}
	if err := s.judgeMade(ctx, c, change, name, hasNodes); err != nil {
		return err
	}
	if !s.tally.isBad(change.String()) {
		return nil
	}
	return errors.Join(s.keep(name+"-before.yaml", model), s.keep(name+"-after.json", after))
}

// successor edits a random model until hybridgen has taken a few edits that make a difference; no edits when it takes none.
func (s *session) successor(ctx context.Context, c *cluster, seed uint64, model []byte) (text []byte, edits []string, err error) {
	file := filepath.Join(s.sup.scratch, "models", fmt.Sprintf("successor-%s-%d.json", c.minor(), seed))
	defer os.Remove(file)
	generated := func(text []byte) (*judgement, error) {
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return nil, err
		}
		docs, err := s.generate(ctx, file, namespaceOf(seed), c.minor())
		return &judgement{server: c.api, docs: docs, live: true}, err
	}
	text = model
	first, err := generated(model)
	if err != nil {
		return nil, nil, err
	}
	standing := first
	for n := 0; n < mostTries && len(edits) < mostEdits; n++ {
		next, what, err := mutate(text, rand.New(rand.NewPCG(seed, uint64(n))))
		if err != nil {
			break // in a form of YAML that Go's reader doesn't have
		}
		j, err := generated(next)
		var refused refusal
		if errors.As(err, &refused) {
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", what, err)
		}
		if !ofOthers.MatchString(what) && j.canFollow(standing) && covers(first.needed(), j.needed()) {
			text, standing, edits = next, j, append(edits, what)
		}
	}
	return text, edits, nil
}

// canFollow tells whether a model differs from the one before, is of the same application, and has no more pods than a test can wait for.
func (j *judgement) canFollow(before *judgement) bool {
	if applicationOf(j.docs) != applicationOf(before.docs) {
		return false
	}
	differs := len(j.docs) != len(before.docs)
	for _, d := range j.docs {
		was := before.find(d.key)
		differs = differs || was == nil || !reflect.DeepEqual(d.value, was.value)
		for _, member := range []string{"replicas", "minReplicas", "minReplicaCount", "parallelism", "completions"} {
			if n, err := strconv.Atoi(number(at(d.value, "spec", member))); err == nil && n > mostOfReplicas {
				return false
			}
		}
	}
	return differs
}
