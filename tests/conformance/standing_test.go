package main

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// standing is a judgement of which every document was taken, before a server that notes what is deleted.
func standing(t *testing.T, text string, deleted *[]string) *judgement {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "DELETE" {
			*deleted = append(*deleted, r.URL.Path)
		}
		w.Write([]byte("{}"))
	}))
	t.Cleanup(server.Close)
	a := newAPI(0, "")
	a.url = server.URL
	known := map[string]resource{}
	for kind, plural := range map[string]string{"ConfigMap": "configmaps", "Secret": "secrets", "ResourceQuota": "resourcequotas"} {
		known["v1 "+kind] = resource{plural, true}
	}
	a.resources.Store(&known)
	j := &judgement{server: a, docs: stream(t, text)}
	for _, d := range j.docs {
		j.objects = append(j.objects, d.value)
	}
	return j
}

func stream(t *testing.T, text string) []document {
	t.Helper()
	docs, err := parse([]byte(text), "test")
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func of(kind, name, more string) string {
	return "apiVersion: v1\nkind: " + kind + "\nmetadata: {namespace: a, name: " + name + "}\n" + more + "\n---\n"
}

func TestStandOn(t *testing.T) {
	base := of("ConfigMap", "x", "data: {a: b}") + of("Secret", "s", "") + of("ResourceQuota", "q", "spec: {}")
	for _, c := range []struct {
		text, news, deleted string
		stands              bool
	}{
		{base, "", "", true},
		{strings.Replace(base, "a: b", "a: c", 1), "x", "/api/v1/namespaces/a/configmaps/x", true},
		{strings.Replace(base, of("Secret", "s", ""), "", 1), "", "/api/v1/namespaces/a/secrets/s", true},
		{base + of("Secret", "z", ""), "z", "", true},
		{strings.Replace(base, "spec: {}", "spec: {scopes: [BestEffort]}", 1), "", "", false},
		{strings.Replace(base, of("ResourceQuota", "q", "spec: {}"), "", 1), "", "", false},
		{strings.ReplaceAll(base, "namespace: a", "namespace: b"), "", "", false},
	} {
		var deleted []string
		before := standing(t, base, &deleted)
		j := &judgement{server: before.server, docs: stream(t, c.text)}
		if stands := j.standOn(context.Background(), before); stands != c.stands {
			t.Errorf("%s stands: %v", c.text, stands)
		}
		var news []string
		for _, d := range j.news() {
			news = append(news, d.name)
		}
		if got := strings.Join(news, " "); c.stands && got != c.news {
			t.Errorf("%s: new is %q", c.text, got)
		}
		if got := strings.Join(deleted, " "); got != c.deleted {
			t.Errorf("%s: deleted %q", c.text, got)
		}
		if c.stands && j.changed != (c.news != "" || c.deleted != "") {
			t.Errorf("%s: changed is %v", c.text, j.changed)
		}
	}
}

func TestStandOnNothingRefused(t *testing.T) {
	var deleted []string
	before := standing(t, of("ConfigMap", "x", ""), &deleted)
	before.objects[0] = nil
	if (&judgement{server: before.server, docs: before.docs}).standOn(context.Background(), before) {
		t.Error("what was refused stands")
	}
}

func TestTurns(t *testing.T) {
	turns := newTurns()
	var inside, most, runs atomic.Int32
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			defer turns.take(map[string]bool{"namespace a": true, "nodes": true})()
			if n := inside.Add(1); n > most.Load() {
				most.Store(n)
			}
			runs.Add(1)
			inside.Add(-1)
		})
	}
	giveBack := turns.take(map[string]bool{"namespace b": true}) // nobody has it
	wait.Wait()
	giveBack()
	if most.Load() != 1 || runs.Load() != 20 || len(turns.taken) != 0 {
		t.Errorf("%d at once, %d runs, %d taken", most.Load(), runs.Load(), len(turns.taken))
	}
}

func TestSideBySide(t *testing.T) {
	var begun atomic.Int32
	err := sideBySide(1, 10, func(i int) error {
		begun.Add(1)
		if i == 3 {
			return errors.New("third")
		}
		return nil
	})
	if err == nil || begun.Load() != 4 {
		t.Errorf("%v after %d jobs", err, begun.Load())
	}
	begun.Store(0)
	if err := sideBySide(3, 10, func(int) error { begun.Add(1); return nil }); err != nil || begun.Load() != 10 {
		t.Errorf("%v after %d jobs", err, begun.Load())
	}
}
