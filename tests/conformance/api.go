package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// An api speaks HTTPS to one API server. kubectl would say the same things, at
// half a second each; here an answer takes milliseconds.
type api struct {
	url, token string
	version    string
	client     *http.Client
	resources  atomic.Pointer[map[string]resource] // by "apiVersion kind"; a definition among the objects adds to it
	lacking    map[string]bool                     // kinds whose definition the version is too old for, by the same
	turns      *turns
}

type resource struct {
	plural     string
	namespaced bool
}

// An answer is what the server says to one request.
type answer struct {
	status   int
	warnings []string
	object   map[string]any // the object as stored, when accepted
	message  string         // the server's own words, when refused
}

func (a answer) accepted() bool { return a.status == http.StatusOK || a.status == http.StatusCreated }

// words shows an answer in a report, kubectl's way.
func (a answer) words() string {
	if a.message != "" {
		return a.message
	}
	return http.StatusText(a.status)
}

func newAPI(port int, token string) *api {
	return &api{
		url:   fmt.Sprintf("https://127.0.0.1:%d", port),
		token: token,
		client: &http.Client{Timeout: 60 * time.Second, Transport: &http.Transport{
			// The server on our loopback made its certificate a second ago.
			TLSClientConfig:     &tls.Config{InsecureSkipVerify: true},
			MaxIdleConnsPerHost: 32,
		}},
		lacking: map[string]bool{},
		turns:   newTurns(),
	}
}

func (s *api) do(ctx context.Context, method, path, contentType string, body []byte) (answer, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, s.url+path, bytes.NewReader(body))
	if err != nil {
		return answer{}, nil, err
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	req.Header.Set("Accept", "application/json")
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if strings.HasPrefix(path, "/api?") || strings.HasPrefix(path, "/apis?") {
		req.Header.Set("Accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
	}
	res, err := s.client.Do(req)
	if err != nil {
		return answer{}, nil, fmt.Errorf("API server %s does not answer: %w", s.version, err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return answer{}, nil, err
	}
	a := answer{status: res.StatusCode}
	for _, w := range res.Header.Values("Warning") {
		// 299 - "text", the text with quotes and backslashes escaped
		if i := strings.IndexByte(w, '"'); i >= 0 {
			w = strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(strings.TrimSuffix(w[i+1:], `"`))
		}
		a.warnings = append(a.warnings, w)
	}
	return a, text, nil
}

// object makes a request whose answer is an object or a Status. A server that
// can't reach its store in time on a busy machine has said nothing of the
// object: it is asked again.
func (s *api) object(ctx context.Context, method, path, contentType string, body []byte) (answer, error) {
	for try := 1; ; try++ {
		a, text, err := s.do(ctx, method, path, contentType, body)
		if err != nil {
			return a, err
		}
		if err := decodeJSON(text, &a.object); err != nil {
			a.message = strings.TrimSpace(string(text))
			a.object = nil
		} else if !a.accepted() {
			a.message, _ = a.object["message"].(string)
			a.object = nil
		}
		if !a.busy() {
			return a, nil
		}
		if try == 10 {
			return a, fmt.Errorf("API server %s can't do its work: %s", s.version, a.words())
		}
		select {
		case <-ctx.Done():
			return a, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// busy: the answer is about the server's store, not about the object.
func (a answer) busy() bool {
	return a.status >= http.StatusInternalServerError && (strings.HasPrefix(a.message, "etcdserver: ") ||
		strings.HasPrefix(a.message, "rpc error: ") || strings.Contains(a.message, "context deadline exceeded") ||
		a.status == http.StatusGatewayTimeout)
}

// decodeJSON keeps numbers as they are written.
func decodeJSON(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return d.Decode(into)
}

func (s *api) healthy(ctx context.Context) error {
	a, text, err := s.do(ctx, "GET", "/readyz", "", nil)
	if err != nil {
		return err
	}
	if a.status != http.StatusOK {
		return fmt.Errorf("/readyz says %d %.200s", a.status, text)
	}
	return nil
}

// discover asks the server which kinds it serves.
func (s *api) discover(ctx context.Context) error {
	found := map[string]resource{}
	for _, root := range []string{"/api?", "/apis?"} {
		_, text, err := s.do(ctx, "GET", root, "", nil)
		if err != nil {
			return err
		}
		var list struct {
			Items []struct {
				Metadata struct{ Name string }
				Versions []struct {
					Version   string
					Resources []struct {
						Resource, Scope string
						ResponseKind    struct{ Kind string }
					}
				}
			}
		}
		if err := json.Unmarshal(text, &list); err != nil {
			return fmt.Errorf("discovery: %w", err)
		}
		for _, group := range list.Items {
			for _, v := range group.Versions {
				apiVersion := strings.TrimPrefix(group.Metadata.Name+"/"+v.Version, "/")
				for _, r := range v.Resources {
					found[apiVersion+" "+r.ResponseKind.Kind] = resource{r.Resource, r.Scope == "Namespaced"}
				}
			}
		}
	}
	s.resources.Store(&found)
	return nil
}

// resource is what the server serves as a kind, by "apiVersion kind".
func (s *api) resource(kind string) (resource, bool) {
	known := s.resources.Load()
	if known == nil {
		return resource{}, false
	}
	r, served := (*known)[kind]
	return r, served
}

// path is where an object stands; an unknown kind is the server's word too.
func (s *api) path(k key) (string, error) {
	r, ok := s.resource(k.apiVersion + " " + k.kind)
	if !ok {
		return "", fmt.Errorf("no matches for kind %q in version %q", k.kind, k.apiVersion)
	}
	root := "/api/"
	if strings.Contains(k.apiVersion, "/") {
		root = "/apis/"
	}
	p := root + k.apiVersion
	if r.namespaced {
		if k.namespace == "" {
			return "", fmt.Errorf("%s %s: no namespace given", k.kind, k.name)
		}
		p += "/namespaces/" + url.PathEscape(k.namespace)
	}
	return p + "/" + r.plural + "/" + url.PathEscape(k.name), nil
}

const manager = "hybriddeploy"

// apply sends a document as it stands, byte for byte, the way kubectl apply
// --server-side does, with the strictest reading that the server offers.
func (s *api) apply(ctx context.Context, d document, dryRun bool) (answer, error) {
	path, err := s.path(d.key)
	if err != nil {
		return answer{status: http.StatusNotFound, message: err.Error()}, nil
	}
	query := "?fieldManager=" + manager + "&fieldValidation=Strict&force=true"
	if dryRun {
		query += "&dryRun=All"
	}
	return s.object(ctx, "PATCH", path+query, "application/apply-patch+yaml", d.text)
}

func (s *api) get(ctx context.Context, k key) (answer, error) {
	path, err := s.path(k)
	if err != nil {
		return answer{status: http.StatusNotFound, message: err.Error()}, nil
	}
	return s.object(ctx, "GET", path, "", nil)
}

// list returns the objects of a kind in a namespace.
func (s *api) list(ctx context.Context, apiVersion, kind, namespace string) ([]map[string]any, error) {
	path, err := s.path(key{apiVersion, kind, namespace, "x"})
	if err != nil {
		return nil, err
	}
	a, err := s.object(ctx, "GET", strings.TrimSuffix(path, "/x"), "", nil)
	if err != nil {
		return nil, err
	}
	var items []map[string]any
	for _, item := range sequence(a.object["items"]) {
		items = append(items, mapping(item))
	}
	return items, nil
}

// remove deletes an object, or, without a name, all of its kind in its namespace.
func (s *api) remove(ctx context.Context, k key) error {
	path, err := s.path(k)
	if err != nil {
		return nil
	}
	_, err = s.object(ctx, "DELETE", strings.TrimSuffix(path, "/")+"?propagationPolicy=Background", "", nil)
	return err
}

// freeNamespace waits for the end of a namespace that an application before had
// too. Where no controller ends it, its finalizer is taken away here.
func (s *api) freeNamespace(ctx context.Context, name string, controllers bool) error {
	k := key{"v1", "Namespace", "", name}
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		a, err := s.get(ctx, k)
		if err != nil || !a.accepted() || at(a.object, "metadata", "deletionTimestamp") == nil {
			return err
		}
		if controllers {
			continue
		}
		mapping(a.object["spec"])["finalizers"] = []any{}
		text, err := json.Marshal(a.object)
		if err != nil {
			return err
		}
		if _, err := s.object(ctx, "PUT", "/api/v1/namespaces/"+name+"/finalize", "application/json", text); err != nil {
			return err
		}
	}
	return fmt.Errorf("Kubernetes %s: the namespace %s does not end", s.version, name)
}

// put writes an object of the world around the application under another
// manager's name.
func (s *api) put(ctx context.Context, object map[string]any) error {
	text, err := json.Marshal(object)
	if err != nil {
		return err
	}
	k := keyOf(object)
	path, err := s.path(k)
	if err != nil {
		return err
	}
	a, err := s.object(ctx, "PATCH", path+"?fieldManager=surroundings&force=true", "application/apply-patch+yaml", text)
	if err == nil && !a.accepted() {
		err = fmt.Errorf("%s: %s", k, a.words())
	}
	return err
}
