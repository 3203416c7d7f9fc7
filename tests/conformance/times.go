package main

import (
	"cmp"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// times says where a run's time goes: how long each part took, and what each
// program cost of the processors.
type times struct {
	mu    sync.Mutex
	parts []amount
	spent map[string]time.Duration
}

type amount struct {
	name string
	time time.Duration
}

// part runs a part of the run and remembers how long it took.
func (t *times) part(name string, run func() error) error {
	start := time.Now()
	err := run()
	t.parts = append(t.parts, amount{name, time.Since(start)})
	return err
}

// accountSelf adds what the runner cost.
func (t *times) accountSelf() {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) == nil {
		t.add("the runner", time.Duration(usage.Utime.Nano()+usage.Stime.Nano()))
	}
}

// account adds what a program cost that has ended.
func (t *times) account(cmd *exec.Cmd) {
	if cmd.ProcessState == nil {
		return
	}
	name := filepath.Base(cmd.Path)
	if version, of := strings.CutPrefix(filepath.Base(filepath.Dir(cmd.Path)), "kubernetes-"); of && name == "kube-apiserver" {
		name += " " + version
	}
	if name == "server" {
		name = "etcd"
	}
	t.add(name, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
}

func (t *times) add(name string, spent time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.spent == nil {
		t.spent = map[string]time.Duration{}
	}
	t.spent[name] += spent
}

// costs lists the programs, the dearest first.
func (t *times) costs() []amount {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []amount
	for name, spent := range t.spent {
		all = append(all, amount{name, spent})
	}
	slices.SortFunc(all, func(a, b amount) int { return cmp.Or(cmp.Compare(b.time, a.time), cmp.Compare(a.name, b.name)) })
	return all
}

// line shows amounts in seconds.
func line(all []amount) string {
	var b strings.Builder
	for i, a := range all {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s %.0f", a.name, a.time.Seconds())
	}
	return b.String()
}
