package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"sigs.k8s.io/yaml"
)

// The changes that stand as pull requests in examples/changes: what their comments say is what the servers and controllers then do.

var (
	rowOfExample = regexp.MustCompile(`(?m)^\| \[([\w-]+)\]\([\w-]+\) \| (\w+) \|`)
	worstSaid    = regexp.MustCompile(`(?m)^The worst effect is \*\*(\w+)\*\*\.$`)
)

// readExamples reads them: each folder's change is laid over the example that the list in README.md names, and its comment says the greatest effect.
func readExamples(examples string) (all []madeChange, err error) {
	list, err := os.ReadFile(filepath.Join(examples, "changes/README.md"))
	if err != nil {
		return nil, err
	}
	for _, row := range rowOfExample.FindAllSubmatch(list, -1) {
		name := string(row[1])
		texts := make([][]byte, 3)
		for i, file := range []string{string(row[2]) + "/hybriddeploy.yaml", "changes/" + name + "/change.yaml", "changes/" + name + "/change.md"} {
			if texts[i], err = os.ReadFile(filepath.Join(examples, file)); err != nil {
				return nil, err
			}
		}
		worst := worstSaid.FindSubmatch(texts[2])
		if worst == nil {
			return nil, fmt.Errorf("examples/changes/%s/change.md says no worst effect", name)
		}
		// Both are written anew, because mappings lose their order, which that of variables follows.
		before, err := laidOver(texts[0], nil)
		if err != nil {
			return nil, fmt.Errorf("examples/%s: %w", row[2], err)
		}
		after, err := laidOver(texts[0], texts[1])
		if err != nil {
			return nil, fmt.Errorf("examples/changes/%s: %w", name, err)
		}
		all = append(all, madeChange{effect: string(worst[1]), Of: string(row[2]), From: "examples/changes", To: name, before: before, after: after})
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s/changes/README.md lists no change", examples)
	}
	return all, nil
}

// laidOver lays a change over a model, as hybridgen does: mappings one in the other, and null takes an entry out.
func laidOver(model, change []byte) ([]byte, error) {
	var below, above map[string]any
	if err := yaml.Unmarshal(model, &below); err != nil {
		return nil, err
	}
	if err := yaml.Unmarshal(change, &above); err != nil {
		return nil, err
	}
	lay(below, above)
	return yaml.Marshal(below)
}

func lay(below, above map[string]any) {
	for name, value := range above {
		more, isMapping := value.(map[string]any)
		if its, there := below[name].(map[string]any); isMapping && there {
			lay(its, more)
		} else if value == nil {
			delete(below, name)
		} else {
			below[name] = value
		}
	}
}
