package main

import "sync"

// sideBySide runs jobs 0 to n-1 on some workers, and returns the first error;
// after one no job is begun.
func sideBySide(workers, n int, job func(i int) error) error {
	var mu sync.Mutex
	var first error
	next := 0
	take := func() int {
		mu.Lock()
		defer mu.Unlock()
		if first != nil || next == n {
			return -1
		}
		next++
		return next - 1
	}
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for i := take(); i >= 0; i = take() {
				if err := job(i); err != nil {
					mu.Lock()
					if first == nil {
						first = err
					}
					mu.Unlock()
				}
			}
		})
	}
	wait.Wait()
	return first
}

// turns keep applications apart that would meet in a cluster: each takes what
// it needs for itself, all at once, and gives it back.
type turns struct {
	mu    sync.Mutex
	freed *sync.Cond
	taken map[string]bool
}

func newTurns() *turns {
	t := &turns{taken: map[string]bool{}}
	t.freed = sync.NewCond(&t.mu)
	return t
}

func (t *turns) take(needed map[string]bool) (giveBack func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.busy(needed) {
		t.freed.Wait()
	}
	for what := range needed {
		t.taken[what] = true
	}
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		for what := range needed {
			delete(t.taken, what)
		}
		t.freed.Broadcast()
	}
}

func (t *turns) busy(needed map[string]bool) bool {
	for what := range needed {
		if t.taken[what] {
			return true
		}
	}
	return false
}

// needed is what an application must have to itself: its namespaces; the kinds
// without one; the ports of nodes; and, where pods are made, the nodes that are
// added for it, on which daemons of another would run as well.
func (j *judgement) needed() map[string]bool {
	all := map[string]bool{}
	for _, d := range j.docs {
		switch {
		case d.namespace != "":
			all["namespace "+d.namespace] = true
		case d.kind == "Namespace":
			all["namespace "+d.name] = true
		default:
			if r, _ := j.server.resource(d.apiVersion + " " + d.kind); !r.namespaced {
				all["no namespace"] = true
			}
		}
		if kind := at(d.value, "spec", "type"); d.kind == "Service" && (kind == "NodePort" || kind == "LoadBalancer") {
			all["ports of nodes"] = true
		}
		spec := mapping(templateOf(d)["spec"])
		if j.live && (d.kind == "DaemonSet" || len(mapping(spec["nodeSelector"])) > 0 || len(workload{spec: spec}.devices()) > 0) {
			all["nodes"] = true
		}
	}
	return all
}
