package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"time"
)

// An asker is a child that judges one document at a time: it reads a length on
// a line and then so many bytes, and answers with a line of JSON. Its first
// line is a greeting.
type asker struct {
	mu       sync.Mutex // one question at a time
	child    *child
	in       io.Writer
	out      *bufio.Reader
	said     lockedBuffer
	cmd      *exec.Cmd
	greeting string
}

func startAsker(sup *supervisor, name string, cmd *exec.Cmd) (*asker, error) {
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	a := &asker{in: in, out: bufio.NewReaderSize(out, 1<<20), cmd: cmd}
	log, err := sup.log(name, cmd)
	if err != nil {
		return nil, err
	}
	cmd.Stderr = io.MultiWriter(&a.said, log)
	if a.child, err = sup.startPiped(name, cmd); err != nil {
		return nil, err
	}
	line, err := a.out.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &a.greeting)
	}
	if err != nil {
		return nil, a.failure(err)
	}
	return a, nil
}

func (a *asker) failure(err error) error {
	select { // its last words come when it has ended
	case <-a.child.done:
	case <-time.After(time.Second):
	}
	return fmt.Errorf("no answer: %w\n  command: %v\n%s", err, a.cmd.Args, a.said.Bytes())
}

// ask reads the answer into what the pointer points to.
func (a *asker) ask(text []byte, answer any) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, err := fmt.Fprintf(a.in, "%d\n%s", len(text), text); err != nil {
		return a.failure(err)
	}
	line, err := a.out.ReadBytes('\n')
	if err != nil {
		return a.failure(err)
	}
	return decodeJSON(line, answer)
}
