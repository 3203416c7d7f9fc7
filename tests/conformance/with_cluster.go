package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// withCluster starts one cluster that behaves and runs a command in it: what
// the command finds on its PATH first are kubectl and flagger, and KUBECONFIG
// leads to the cluster's administrator.
func withCluster(ctx context.Context, o options) (status int, err error) {
	scratch := filepath.Join(o.build, fmt.Sprintf("run-%d", os.Getpid()))
	logs := filepath.Join(o.build, "log")
	for _, dir := range []string{logs, scratch} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return 2, err
		}
	}
	sweep(o.build)
	s := &session{options: o, sup: newSupervisor(logs, scratch), tally: newTally()}
	s.builder = &builder{o.source, o.build, s.sup}
	defer os.RemoveAll(scratch)
	defer s.sup.stopAll()

	if err := s.builder.toolsAlone(ctx, kubernetes[0], flagger); err != nil {
		return 2, err
	}
	if err := s.findDefinitions(ctx); err != nil {
		return 2, err
	}
	etcd, err := startEtcd(ctx, s.builder, scratch)
	if err != nil {
		return 2, err
	}
	c, err := s.startServer(ctx, kubernetes[0], etcd, scratch)
	if err != nil {
		return 2, err
	}
	if err := c.startControllers(ctx, s.builder); err != nil {
		return 2, err
	}
	if err := addNodes(ctx, c.api, "node", 9, nil, nil); err != nil {
		return 2, err
	}
	return s.runIn(ctx, c, o.args)
}

// runIn runs the command with the terminal's input and output as they are.
func (s *session) runIn(ctx context.Context, c *cluster, command []string) (status int, err error) {
	cmd := exec.Command(command[0], command[1:]...)
	tools := filepath.Dir(s.builder.bin(c.tools, "kubectl")) + ":" + filepath.Dir(s.builder.bin(flagger, "flagger"))
	cmd.Env = append(os.Environ(), "PATH="+tools+":"+os.Getenv("PATH"), "KUBECONFIG="+filepath.Join(c.dir, "admin.kubeconfig"))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	child, err := s.sup.startPiped(command[0], cmd)
	if err != nil {
		return 2, err
	}
	select {
	case <-ctx.Done():
		child.stop()
		return 130, ctx.Err()
	case <-child.done:
	}
	s.sup.forget(child)
	status = cmd.ProcessState.ExitCode()
	if status < 0 {
		return 2, errors.Join(fmt.Errorf("%s: %s", command[0], cmd.ProcessState), s.sup.dead())
	}
	return status, s.sup.dead()
}
