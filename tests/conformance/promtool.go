package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// promtool runs one of promtool's commands on a text; it says what is wrong, or
// nothing.
func (s *session) promtool(ctx context.Context, text string, args ...string) (said string, err error) {
	file, err := os.CreateTemp(s.sup.scratch, "promtool-*.yaml")
	if err != nil {
		return "", err
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(text)
	file.Close()
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, s.builder.bin(telemetryTools, "promtool"), append(args, file.Name())...)
	out, err := cmd.CombinedOutput()
	s.sup.times.account(cmd)
	if err == nil || ctx.Err() != nil {
		return "", ctx.Err()
	}
	if cmd.ProcessState == nil {
		return "", err // it doesn't even start
	}
	return strings.ReplaceAll(strings.TrimSpace(string(out)), filepath.Dir(file.Name())+"/", ""), nil
}
