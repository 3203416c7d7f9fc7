package main

import (
	"bytes"
	"context"
	"iter"
)

// A changed model is mostly the model that it was made from. Where that one
// still stands in the cluster, only what differs is taken away and sent: of
// the rest the consumers have seen every byte, in the same surroundings.

// surroundings decide what else is let in, or outlive their deletion where no
// controller ends them: with another one of these all is asked anew.
var surroundings = map[string]bool{
	"Namespace": true, "ResourceQuota": true, "LimitRange": true, "PriorityClass": true, "PersistentVolumeClaim": true,
}

// standOn tells whether j can be judged as a change to what stands there, and
// if so takes away what j doesn't have.
func (j *judgement) standOn(ctx context.Context, before *judgement) bool {
	if before.incomplete() || !covers(before.needed(), j.needed()) {
		return false
	}
	index := map[key]int{}
	for i, d := range before.docs {
		index[d.key] = i
	}
	same := make([]bool, len(j.docs))
	objects := make([]map[string]any, len(j.docs))
	kept := map[key]bool{}
	for i, d := range j.docs {
		if b, there := index[d.key]; there && bytes.Equal(d.text, before.docs[b].text) {
			same[i], objects[i], kept[d.key] = true, before.objects[b], true
		} else if surroundings[d.kind] {
			return false
		}
	}
	if len(index) != len(before.docs) {
		return false // two of one name, which is a mistake to see whole
	}
	for _, d := range before.docs {
		if !kept[d.key] && surroundings[d.kind] {
			return false
		}
	}
	for i := len(before.docs) - 1; i >= 0; i-- {
		if k := before.docs[i].key; !kept[k] {
			j.changed = true
			before.server.remove(ctx, k)
			if k.kind == "Rollout" {
				before.server.remove(ctx, key{"apps/v1", "Deployment", k.namespace, k.name})
			}
		}
	}
	for i := range same {
		j.changed = j.changed || !same[i]
	}
	j.same, j.objects, j.giveBack = same, objects, before.giveBack
	return true
}

func covers(all, some map[string]bool) bool {
	for what := range some {
		if !all[what] {
			return false
		}
	}
	return true
}

// news are the documents that nobody has seen yet.
func (j *judgement) news() iter.Seq2[int, document] {
	return func(yield func(int, document) bool) {
		for i, d := range j.docs {
			if (j.same == nil || !j.same[i]) && !yield(i, d) {
				return
			}
		}
	}
}
