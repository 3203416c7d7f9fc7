package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// A toolset is a folder below tools/: a Go module whose go.mod pins consumers
// and names them in its tool directives, or one with a small main of its own.
type toolset struct {
	folder  string
	module  string // its version in go.mod is the toolset's version
	pkg     string // what to build: "tool" for the directives, "." for the main, or both
	tags    string
	stamped bool // a Kubernetes that isn't told its version calls itself v0.0.0 and refuses features
}

// The first Kubernetes is the one with controllers, scheduler and kwok.
var kubernetes = []toolset{
	{folder: "kubernetes-1.36", module: "k8s.io/kubernetes", pkg: "tool", stamped: true},
	{folder: "kubernetes-1.37", module: "k8s.io/kubernetes", pkg: "tool", stamped: true},
	{folder: "kubernetes-1.34", module: "k8s.io/kubernetes", pkg: "tool", stamped: true},
	{folder: "kubernetes-1.30", module: "k8s.io/kubernetes", pkg: "tool", stamped: true},
}

// What delivers services in the cluster that a command is run in.
var flagger = toolset{folder: "flagger", module: "github.com/fluxcd/flagger", pkg: "tool"}

// A builder makes what the source tree names into what can be run.
type builder struct {
	source string // tests/conformance
	build  string
	sup    *supervisor
}

func (b *builder) bin(t toolset, name string) string {
	return filepath.Join(b.build, "bin", t.folder, name)
}

// lock keeps two runs from building into one folder at a time.
func (b *builder) lock(ctx context.Context) (unlock func(), err error) {
	f, err := os.OpenFile(filepath.Join(b.build, "lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	for try := 0; ; try++ {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { f.Close() }, nil
		}
		if err != syscall.EWOULDBLOCK {
			f.Close()
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		if try == 0 {
			progress("waiting for another run that builds into %s", b.build)
		}
		select {
		case <-ctx.Done():
			f.Close()
			return nil, ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// version reads the pinned version of a module out of the toolset's go.mod.
func (b *builder) version(t toolset, module string) (string, error) {
	file := filepath.Join(b.source, "tools", t.folder, "go.mod")
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	m := regexp.MustCompile(`(?m)^\s*(?:require )?` + regexp.QuoteMeta(module) + ` (v\S+)`).FindSubmatch(text)
	if m == nil {
		return "", fmt.Errorf("%s does not require %s", file, module)
	}
	return string(m[1]), nil
}

// toolsAlone builds sets of tools while nobody else builds.
func (b *builder) toolsAlone(ctx context.Context, all ...toolset) error {
	unlock, err := b.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	for _, t := range all {
		err = errors.Join(err, b.tools(ctx, t))
	}
	return err
}

// tools builds a toolset unless what was built from the same files is there.
func (b *builder) tools(ctx context.Context, t toolset) error {
	dir := filepath.Join(b.source, "tools", t.folder)
	out := filepath.Join(b.build, "bin", t.folder)
	version, err := b.version(t, t.module)
	if err != nil {
		return err
	}
	stamp, err := fingerprint(dir)
	if err != nil {
		return err
	}
	if old, err := os.ReadFile(filepath.Join(out, "stamp")); err == nil && string(old) == stamp {
		return nil
	}
	ldflags := "-s -w"
	if t.stamped {
		part := strings.SplitN(strings.TrimPrefix(version, "v"), ".", 3)
		const pkg = "k8s.io/component-base/version."
		ldflags += fmt.Sprintf(" -X %sgitVersion=%s -X %sgitMajor=%s -X %sgitMinor=%s -X %sgitTreeState=clean",
			pkg, version, pkg, part[0], pkg, part[1], pkg)
	}
	progress("building %s %s (once; minutes on a cold cache)", t.module, version)
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	args := []string{"build", "-trimpath", "-buildvcs=false", "-ldflags", ldflags, "-tags", t.tags, "-o", out + "/"}
	cmd := exec.Command("go", append(args, strings.Fields(t.pkg)...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-mod=readonly", "GOTMPDIR="+b.sup.scratch)
	if _, err := b.sup.run(ctx, "build-"+t.folder, cmd); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "stamp"), []byte(stamp), 0o644)
}

// fingerprint hashes the files that decide what a toolset becomes.
func fingerprint(dir string) (string, error) {
	h := sha256.New()
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %d\n%s", filepath.Base(file), len(text), text)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// moduleDir downloads a module into Go's module cache and says where it stands.
func (b *builder) moduleDir(ctx context.Context, module, version string) (string, error) {
	cmd := exec.Command("go", "mod", "download", "-json", module+"@"+version)
	// Outside of any module, so that nobody's go.sum is written to.
	cmd.Dir = b.build
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := b.sup.run(ctx, "download-"+filepath.Base(module), cmd)
	if err != nil {
		return "", err
	}
	var answer struct{ Dir, Error string }
	if err := json.Unmarshal(out, &answer); err != nil {
		return "", fmt.Errorf("go mod download %s: %w", module, err)
	}
	if answer.Dir == "" {
		return "", fmt.Errorf("go mod download %s@%s: %s", module, version, answer.Error)
	}
	return answer.Dir, nil
}
