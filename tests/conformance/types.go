package main

import (
	"context"
	"errors"
	"os/exec"
)

// Versions too old to be served here are asked through the Go types that they
// published: output for such a version may hold no field that they don't know.
type oldTypes struct {
	minor string
	*asker
}

var typesets = []struct {
	minor string
	tools toolset
}{
	{"1.24", toolset{folder: "types-1.24", module: "k8s.io/api", pkg: "."}},
}

func (s *session) startTypes() error {
	for _, t := range typesets {
		a, err := startAsker(s.sup, t.tools.folder, exec.Command(s.builder.bin(t.tools, t.tools.folder)))
		if err != nil {
			return err
		}
		s.types = append(s.types, oldTypes{t.minor, a})
	}
	return nil
}

// judgeTypes generates a model for an old version and reads what comes.
func (s *session) judgeTypes(ctx context.Context, t oldTypes, app, model string) error {
	docs, err := s.generate(ctx, model, "", t.minor)
	var refused refusal
	if errors.As(err, &refused) && refused.tooNew() {
		return nil
	}
	if errors.As(err, &refused) {
		s.tally.add(problem{app, "", "", "hybridgen refuses it for Kubernetes " + t.minor + ": " + refused.words})
		return nil
	}
	if err != nil {
		s.tally.add(problem{app, "", "", err.Error()})
		return ctx.Err()
	}
	s.tally.count("the types of Kubernetes "+t.minor, len(docs))
	for _, d := range docs {
		var a struct {
			Error   string
			Unknown bool
		}
		if err := t.ask(d.text, &a); err != nil {
			return err
		}
		// What is not ours may be of a kind that k8s.io/api does not have.
		if a.Error != "" && !(a.Unknown && (s.custom[d.apiVersion+" "+d.kind] || !d.ours())) {
			s.tally.add(problem{app, d.key.String(), d.where, "the types of Kubernetes " + t.minor + ": " + a.Error})
		}
	}
	return nil
}
