// Asks those who will read the generated files: BuildKit of Dockerfiles, buildx of docker-bake.hcl.
//
//	consumers FOLDER ...
//
// A folder is one that hybridgen wrote with --with ops. Exits with 1 when somebody complains.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/docker/buildx/bake"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

var asked, complaints int

func complain(file, format string, args ...any) {
	complaints++
	fmt.Printf("%s: %s\n", file, fmt.Sprintf(format, args...))
}

// BuildKit's parser and its own linter.
func askBuildKit(file string) {
	asked++
	text, err := os.Open(file)
	if err != nil {
		complain(file, "%v", err)
		return
	}
	defer text.Close()
	tree, err := parser.Parse(text)
	if err != nil {
		complain(file, "BuildKit: %v", err)
		return
	}
	for _, warning := range tree.Warnings {
		complain(file, "BuildKit: %s", warning.Short)
	}
	lint := linter.New(&linter.Config{Warn: func(rule, _, _, message string, at []parser.Range) {
		complain(file, "BuildKit: %s: %s", rule, message)
	}})
	stages, _, err := instructions.Parse(tree.AST, lint)
	if err != nil {
		complain(file, "BuildKit: %v", err)
		return
	}
	for _, stage := range stages {
		for _, command := range stage.Commands {
			if entry, ok := command.(*instructions.EntrypointCommand); ok && entry.PrependShell {
				complain(file, "BuildKit: the entry point is for a shell: %q", entry.CmdLine)
			}
		}
	}
}

// Every target of the file, as buildx resolves it; its Dockerfile must be one of the folder's.
func askBuildx(folder, file string) {
	asked++
	text, err := os.ReadFile(file)
	if err != nil {
		complain(file, "%v", err)
		return
	}
	targets, _, err := bake.ReadTargets(context.Background(), []bake.File{{Name: file, Data: text}}, []string{"default"}, nil,
		map[string]string{}, nil, &bake.EntitlementConf{})
	if err != nil {
		complain(file, "buildx: %v", err)
		return
	}
	for name, target := range targets {
		dockerfile := filepath.Join(*target.Context, *target.Dockerfile)
		want := filepath.Join("deploy/dockerfiles", name, "Dockerfile")
		if dockerfile != want {
			complain(file, "buildx: the Dockerfile of %s is %s, not %s", name, dockerfile, want)
		}
		if _, err := os.Stat(filepath.Join(folder, "dockerfiles", name, "Dockerfile")); err != nil {
			complain(file, "buildx: %v", err)
		}
		if len(target.Tags) != 1 || len(target.Platforms) == 0 {
			complain(file, "buildx: %s has the tags %v and the platforms %v", name, target.Tags, target.Platforms)
		}
	}
}

func ask(folder string) {
	err := filepath.WalkDir(folder, func(file string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.Name() == "Dockerfile":
			askBuildKit(file)
		case entry.Name() == "docker-bake.hcl":
			askBuildx(folder, file)
		}
		return nil
	})
	if err != nil {
		complain(folder, "%v", err)
	}
}

func main() {
	for _, folder := range os.Args[1:] {
		ask(folder)
	}
	fmt.Printf("%d files, %d complaints\n", asked, complaints)
	if asked == 0 || complaints > 0 {
		os.Exit(1)
	}
}
