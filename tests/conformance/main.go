// Conformance asks the programs that read hybridgen's output what they think
// of it. README.md says how to run it and how to add a consumer.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"
)

// options is what the command line says.
type options struct {
	source, root, build string
	hybridgen, random   string
	models, pairs       int
	mutants, variants   int
	stopAfter, minutes  int
	patches             int
	seed                uint64
	report              bool
	only, crds          string
	cluster             bool
	args                []string
}

var began = time.Now()

// progress tells a waiting person what happens; results go to stdout.
func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "conformance: %4.0fs  %s\n", time.Since(began).Seconds(), fmt.Sprintf(format, args...))
}

// choose leaves the versions of Kubernetes that are listed, and the first.
func choose(list string) error {
	if list == "" {
		return nil
	}
	chosen := kubernetes[:1:1]
	for _, version := range strings.Split(list, ",") {
		i := slices.IndexFunc(kubernetes, func(t toolset) bool { return t.folder == "kubernetes-"+version })
		if i < 0 {
			return fmt.Errorf("--kubernetes %s: no tools/kubernetes-%s", list, version)
		}
		if !slices.Contains(chosen, kubernetes[i]) {
			chosen = append(chosen, kubernetes[i])
		}
	}
	kubernetes = chosen
	return nil
}

func parseOptions() (options, error) {
	var o options
	flag.StringVar(&o.source, "source", "", "")
	flag.StringVar(&o.root, "root", "", "")
	flag.StringVar(&o.build, "build", "", "")
	flag.StringVar(&o.hybridgen, "hybridgen", os.Getenv("HYBRIDGEN"), "")
	flag.StringVar(&o.random, "random", "", "")
	flag.IntVar(&o.models, "models", -1, "")
	flag.IntVar(&o.pairs, "pairs", -1, "")
	flag.IntVar(&o.mutants, "mutants", 2, "")
	flag.IntVar(&o.variants, "variants", 0, "")
	flag.IntVar(&o.patches, "patches", 300, "")
	flag.IntVar(&o.stopAfter, "stop-after", 25, "")
	flag.IntVar(&o.minutes, "minutes", 0, "")
	flag.Uint64Var(&o.seed, "seed", 1, "")
	flag.BoolVar(&o.report, "report", false, "")
	flag.StringVar(&o.only, "only", "", "")
	flag.StringVar(&o.crds, "crds", "", "")
	versions := flag.String("kubernetes", "", "")
	flag.BoolVar(&o.cluster, "with-cluster", false, "")
	flag.Usage = func() {
		fmt.Fprint(os.Stderr, `usage: tests/conformance/run [OPTION...] [FOLDER|FILE...]
       tests/conformance/run --with-cluster COMMAND [ARGUMENT...]

Judges applications with the real consumers. A FOLDER holds a model
(hybriddeploy.yaml) or manifests, a FILE is a model or a stream of manifests.
Without any: all of examples/*/ and tests/golden/*/ that hold a model, and 500
random models.

  --hybridgen PATH  the program to judge (or $HYBRIDGEN; else build/bindings/cli/hybridgen)
  --models N        how many random models to judge (default 500, with FOLDER none)
  --random PATH     makes random valid models, asked as tests/random/generate.py is with
                    --asked (which is the default)
  --pairs N         how many pairs of random models, one the other edited, to apply one after
                    the other before controllers (default 40, with FOLDER none)
  --mutants N       mistakes to try on each of them (default 2): what hybridgen takes
                    all the same, the cluster must take too
  --variants N      the same for each application that isn't random (default 0)
  --patches N       random patches to merge, and random patches of random models to send
                    (default 300)
  --stop-after N    stop when something is wrong with so many models (default 25)
  --minutes N       begin no random model when the run is so old (default: no limit)
  --seed S          the first seed (default 1)
  --only PART       fields, patches, patched, rejects, changes, pairs, applications or random alone; builds
                    makes the programs, for a run to come, and asks none
  --kubernetes LIST only these versions, such as 1.37,1.30, beside the one with controllers
  --crds FOLDER     load these definitions of custom resources too
  --report          write report.md beside the sources
  --with-cluster    judge nothing: run COMMAND beside a cluster with controllers and
                    pretended nodes, with its kubectl on the PATH and KUBECONFIG set
`)
	}
	flag.Parse()
	o.args = flag.Args()
	if err := choose(*versions); err != nil {
		return o, err
	}
	if o.source == "" || o.root == "" || o.build == "" {
		return o, errors.New("start it as tests/conformance/run")
	}
	switch o.only {
	case "", "builds", "fields", "patches", "patched", "rejects", "changes", "pairs", "applications", "random":
	default:
		return o, fmt.Errorf("--only %s: no such part (builds, fields, patches, patched, rejects, changes, pairs, applications, random)", o.only)
	}
	if o.cluster && len(o.args) == 0 {
		return o, errors.New("--with-cluster: name the command to run")
	}
	if o.random == "" {
		o.random = filepath.Join(o.root, "tests/random/generate.py")
	}
	if o.models < 0 {
		o.models = 500
		if len(o.args) > 0 {
			o.models = 0
		}
	}
	if o.pairs < 0 {
		o.pairs = 40
		if len(o.args) > 0 {
			o.pairs = 0
		}
	}
	if o.hybridgen == "" {
		if built := filepath.Join(o.root, "build/bindings/cli/hybridgen"); exists(built) {
			o.hybridgen = built
		}
	}
	for _, p := range []*string{&o.hybridgen, &o.random} {
		if *p == "" || (p == &o.random && o.models == 0 && o.pairs == 0) {
			continue
		}
		if !exists(*p) {
			return o, fmt.Errorf("%s: no such program", *p)
		}
		*p, _ = filepath.Abs(*p)
	}
	return o, nil
}

func main() {
	o, err := parseOptions()
	if err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(2)
	}
	debug.SetGCPercent(400) // mostly what was decoded a moment ago
	// Interrupted or told to end, the run stops where it is and cleans up.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if o.cluster {
		status, err := withCluster(ctx, o)
		if err != nil {
			fmt.Fprintln(os.Stderr, "conformance:", err)
		}
		os.Exit(status)
	}
	failed, err := run(ctx, o)
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "conformance: interrupted; everything it started is stopped")
		os.Exit(130)
	case err != nil:
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(2)
	case failed:
		os.Exit(1)
	}
}
