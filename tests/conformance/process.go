package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// A supervisor starts the servers and stops every one of them, whatever happens
// to us: each child leads a process group of its own, which is killed by its
// id, and the kernel kills the child should we die without a word.
type supervisor struct {
	logs    string // folder of the log files
	scratch string // HOME and TMPDIR of the children
	starts  chan func()
	times   times
	died    func() // called when a server ends that nobody stopped

	mu       sync.Mutex
	children []*child
	stopped  bool
}

type child struct {
	name string
	cmd  *exec.Cmd
	log  string
	done chan struct{} // closed when the process has ended

	stopped atomic.Bool // by us
	ends    bool        // of itself: a command, not a server
}

func newSupervisor(logs, scratch string) *supervisor {
	s := &supervisor{logs: logs, scratch: scratch, starts: make(chan func())}
	// Pdeathsig speaks of the thread that started the child, so one thread
	// starts them all and lives as long as we do.
	go func() {
		runtime.LockOSThread()
		for start := range s.starts {
			start()
		}
	}()
	return s
}

// wasteful is for servers that would spend a quarter of their time on tidying up their memory; there is enough of it.
func (s *supervisor) wasteful() []string {
	return s.environment("GOGC=400", "GOMEMLIMIT=1500MiB")
}

// environment keeps what children write at home inside the build folder.
func (s *supervisor) environment(extra ...string) []string {
	env := append(os.Environ(), "HOME="+s.scratch, "TMPDIR="+s.scratch, "XDG_CACHE_HOME="+s.scratch, "KUBECONFIG=")
	return append(env, extra...)
}

// start runs a server in the background, its output in logs/NAME.log.
func (s *supervisor) start(name string, cmd *exec.Cmd) (*child, error) {
	out, err := s.log(name, cmd)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	return s.startPiped(name, cmd)
}

// log begins a log file with the command.
func (s *supervisor) log(name string, cmd *exec.Cmd) (*os.File, error) {
	out, err := os.Create(filepath.Join(s.logs, name+".log"))
	if err == nil {
		_, err = fmt.Fprintf(out, "%s\n\n", strings.Join(cmd.Args, " "))
	}
	return out, err
}

// startPiped is for a child whose output somebody reads.
func (s *supervisor) startPiped(name string, cmd *exec.Cmd) (*child, error) {
	return s.begin(&child{name: name}, cmd)
}

func (s *supervisor) begin(c *child, cmd *exec.Cmd) (*child, error) {
	name := c.name
	c.cmd, c.log, c.done = cmd, filepath.Join(s.logs, name+".log"), make(chan struct{})
	if cmd.Env == nil {
		cmd.Env = s.environment()
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}

	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return nil, errors.New("stopping")
	}
	result := make(chan error)
	s.starts <- func() { result <- cmd.Start() }
	if err := <-result; err != nil {
		return nil, fmt.Errorf("%s does not start: %w\n  command: %s", name, err, strings.Join(cmd.Args, " "))
	}
	s.children = append(s.children, c)
	go func() {
		cmd.Wait()
		s.times.account(cmd)
		close(c.done)
		if s.died != nil && !c.stopped.Load() && !c.ends {
			s.died()
		}
	}()
	return c, nil
}

// stop kills the child's process group and waits for its end. These servers
// hold nothing that outlives the run, so there is nothing to be gentle about.
func (c *child) stop() {
	c.stopped.Store(true)
	syscall.Kill(-c.cmd.Process.Pid, syscall.SIGKILL)
	<-c.done
}

func (c *child) alive() bool {
	select {
	case <-c.done:
		return false
	default:
		return true
	}
}

// failure says what a reader needs to look further: command, log and its end.
func (c *child) failure(what string) error {
	return fmt.Errorf("%s %s\n  command: %s\n  log: %s\n%s", c.name, what, strings.Join(c.cmd.Args, " "), c.log, tail(c.log, 8))
}

// dead names the servers that ended while they were needed.
func (s *supervisor) dead() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []error
	for _, c := range s.children {
		if !c.alive() && !c.stopped.Load() && !c.ends {
			all = append(all, c.failure("ended"))
		}
	}
	return errors.Join(all...)
}

func (s *supervisor) stopAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = true
	for i := len(s.children) - 1; i >= 0; i-- {
		s.children[i].stop()
	}
}

// await polls until ready says nil, the child dies, or the time is over.
func (c *child) await(ctx context.Context, limit time.Duration, ready func() error) error {
	deadline := time.Now().Add(limit)
	for {
		err := ready()
		if err == nil {
			return nil
		}
		if !c.alive() {
			return c.failure("ended before it was ready")
		}
		if time.Now().After(deadline) {
			return c.failure(fmt.Sprintf("is not ready after %s: %v", limit, err))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// run runs a command to its end, its output in logs/NAME.log, and returns its
// standard output.
func (s *supervisor) run(ctx context.Context, name string, cmd *exec.Cmd) ([]byte, error) {
	var out, all lockedBuffer
	cmd.Stdout, cmd.Stderr = tee{&out, &all}, &all
	c, err := s.begin(&child{name: name, ends: true}, cmd)
	if err != nil {
		return nil, err
	}
	select {
	case <-ctx.Done():
		c.stop()
		return nil, ctx.Err()
	case <-c.done:
	}
	s.forget(c)
	os.WriteFile(c.log, append([]byte(strings.Join(cmd.Args, " ")+"\n\n"), all.Bytes()...), 0o644)
	if !cmd.ProcessState.Success() {
		return out.Bytes(), c.failure("failed: " + cmd.ProcessState.String())
	}
	return out.Bytes(), nil
}

func (s *supervisor) forget(c *child) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, other := range s.children {
		if other == c {
			s.children = append(s.children[:i], s.children[i+1:]...)
			return
		}
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  []byte
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b = append(l.b, p...)
	return len(p), nil
}

func (l *lockedBuffer) Bytes() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b
}

type tee [2]*lockedBuffer

func (t tee) Write(p []byte) (int, error) {
	t[0].Write(p)
	return t[1].Write(p)
}

// lastWords are where a program says why it ends; what Go writes after that is of no use to a reader.
var lastWords = regexp.MustCompile(`"level":"(panic|fatal)"|^panic: |^fatal error: |^[EF][0-9]{4} .*(command failed|panic)|^Error: `)

// tail returns the last lines of a log, or those in which the program says why it ends, indented.
func tail(path string, lines int) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return "  " + err.Error()
	}
	all := strings.Split(strings.TrimRight(string(b), "\n"), "\n")
	from := max(len(all)-lines, 0)
	if i := slices.IndexFunc(all, lastWords.MatchString); i >= 0 {
		from = i
	}
	all = all[from:min(from+lines, len(all))]
	for i, l := range all {
		if len(l) > 400 {
			l = l[:400] + " ..."
		}
		all[i] = "  | " + l
	}
	return strings.Join(all, "\n")
}
