package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A cluster is one API server over the shared etcd; with controllers it also
// has a controller manager, a scheduler and kwok's pretended nodes.
type cluster struct {
	*api
	tools       toolset
	dir         string
	custom      map[string]bool // kinds that are defined by a CRD, by "apiVersion kind"
	controllers []*child

	schedulerURL string
}

// minor is the version as --kube-version wants it.
func (c *cluster) minor() string { return c.version[:strings.LastIndex(c.version, ".")] }

// freePort asks the kernel for a port that nobody listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// startEtcd starts the one store; each API server has a prefix of its own in it.
func startEtcd(ctx context.Context, b *builder, dir string) (url string, err error) {
	client, err := freePort()
	if err != nil {
		return "", err
	}
	peer, err := freePort()
	if err != nil {
		return "", err
	}
	url = fmt.Sprintf("http://127.0.0.1:%d", client)
	peerURL := fmt.Sprintf("http://127.0.0.1:%d", peer)
	cmd := exec.Command(b.bin(kubernetes[0], "server"),
		"--name=conformance", "--data-dir="+filepath.Join(dir, "etcd"), "--unsafe-no-fsync", "--backend-batch-interval=1s", "--log-level=warn",
		"--listen-client-urls="+url, "--advertise-client-urls="+url,
		"--listen-peer-urls="+peerURL, "--initial-advertise-peer-urls="+peerURL,
		"--initial-cluster=conformance="+peerURL, "--quota-backend-bytes=8589934592")
	cmd.Env = b.sup.wasteful()
	c, err := b.sup.start("etcd", cmd)
	if err != nil {
		return "", err
	}
	return url, c.await(ctx, 30*time.Second, func() error {
		conn, err := net.DialTimeout("tcp", strings.TrimPrefix(url, "http://"), time.Second)
		if err == nil {
			conn.Close()
		}
		return err
	})
}

// startCluster starts an API server with RBAC, quota, limit ranges and Pod
// Security admission, all as a cluster has them.
func startCluster(ctx context.Context, b *builder, t toolset, etcd, dir string) (*cluster, error) {
	dir = filepath.Join(dir, t.folder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	version, err := b.version(t, t.module)
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	c := &cluster{tools: t, dir: dir, custom: map[string]bool{}}
	tokens := ""
	token := func(user, uid, groups string) string {
		secret := make([]byte, 16)
		rand.Read(secret)
		tokens += fmt.Sprintf("%s,%s,%s,%q\n", hex.EncodeToString(secret), user, uid, groups)
		return hex.EncodeToString(secret)
	}
	c.api = newAPI(port, token("admin", "1", "system:masters"))
	c.version = strings.TrimPrefix(version, "v")
	users := map[string]string{
		"admin":     c.token,
		"kwok":      c.token,
		"manager":   token("system:kube-controller-manager", "2", ""),
		"scheduler": token("system:kube-scheduler", "3", ""),
	}
	for user, secret := range users {
		if err := c.kubeconfig(user, secret); err != nil {
			return nil, err
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "tokens.csv"), []byte(tokens), 0o600); err != nil {
		return nil, err
	}
	if err := signingKey(filepath.Join(dir, "accounts.pem")); err != nil {
		return nil, err
	}
	accounts := filepath.Join(dir, "accounts.pem")
	cmd := exec.Command(b.bin(t, "kube-apiserver"),
		"--etcd-servers="+etcd, "--etcd-prefix=/"+t.folder, "--bind-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", port), "--cert-dir="+filepath.Join(dir, "certs"),
		"--token-auth-file="+filepath.Join(dir, "tokens.csv"), "--authorization-mode=RBAC", "--allow-privileged=true",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file="+accounts, "--service-account-signing-key-file="+accounts,
		"--service-cluster-ip-range=10.96.0.0/12,fd00:10:96::/112", "--enable-priority-and-fairness=false",
		"--max-requests-inflight=0", "--max-mutating-requests-inflight=0", "--profiling=false",
		"--endpoint-reconciler-type=none")
	cmd.Env = b.sup.wasteful()
	server, err := b.sup.start("kube-apiserver-"+c.version, cmd)
	if err != nil {
		return nil, err
	}
	if err := server.await(ctx, 90*time.Second, func() error { return c.healthy(ctx) }); err != nil {
		return nil, err
	}
	return c, c.discover(ctx)
}

// startControllers turns the API server into a cluster that behaves.
func (c *cluster) startControllers(ctx context.Context, b *builder) error {
	stages, err := kwokStages(ctx, b, c.tools)
	if err != nil {
		return err
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	c.schedulerURL = fmt.Sprintf("https://127.0.0.1:%d", port)
	kubeconfig := func(user string) string { return "--kubeconfig=" + filepath.Join(c.dir, user+".kubeconfig") }
	kwok := []string{kubeconfig("kwok"), "--manage-all-nodes=true", "--server-address=", "--node-ip=10.0.0.1"}
	for _, s := range stages {
		kwok = append(kwok, "--config="+s)
	}
	for _, one := range []struct {
		program string
		args    []string
	}{
		{"kube-controller-manager", []string{kubeconfig("manager"), "--secure-port=0", "--leader-elect=false",
			"--use-service-account-credentials=true",
			"--service-account-private-key-file=" + filepath.Join(c.dir, "accounts.pem"),
			"--horizontal-pod-autoscaler-sync-period=1s", "--pvclaimbinder-sync-period=1s", "--kube-api-qps=500", "--kube-api-burst=1000"}},
		{"kube-scheduler", []string{kubeconfig("scheduler"), "--bind-address=127.0.0.1", fmt.Sprintf("--secure-port=%d", port),
			"--cert-dir=" + filepath.Join(c.dir, "scheduler"), "--authorization-always-allow-paths=/metrics/resources", "--leader-elect=false",
			"--kube-api-qps=500", "--kube-api-burst=1000"}},
		{"kwok", kwok},
	} {
		cmd := exec.Command(b.bin(c.tools, one.program), one.args...)
		cmd.Env = b.sup.wasteful()
		p, err := b.sup.start(one.program, cmd)
		if err != nil {
			return err
		}
		c.controllers = append(c.controllers, p)
	}
	return nil
}

func (c *cluster) stopControllers() {
	for _, p := range c.controllers {
		p.stop()
	}
	c.controllers = nil
}

func kwokStages(ctx context.Context, b *builder, t toolset) ([]string, error) {
	version, err := b.version(t, "sigs.k8s.io/kwok")
	if err != nil {
		return nil, err
	}
	dir, err := b.moduleDir(ctx, "sigs.k8s.io/kwok", version)
	if err != nil {
		return nil, err
	}
	var stages []string
	for _, folder := range []string{"node/fast", "node/heartbeat", "pod/fast"} {
		files, _ := filepath.Glob(filepath.Join(dir, "kustomize/stage", folder, "*.yaml"))
		for _, f := range files {
			if filepath.Base(f) != "kustomization.yaml" {
				stages = append(stages, f)
			}
		}
	}
	if len(stages) == 0 {
		return nil, fmt.Errorf("kwok %s: no stages in %s", version, dir)
	}
	return stages, nil
}

func (c *cluster) kubeconfig(user, token string) error {
	text := fmt.Sprintf(`apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: %q, insecure-skip-tls-verify: true}}]
users: [{name: u, user: {token: %q}}]
contexts: [{name: c, context: {cluster: c, user: u}}]
current-context: c
`, c.url, token)
	return os.WriteFile(filepath.Join(c.dir, user+".kubeconfig"), []byte(text), 0o600)
}

func signingKey(file string) error {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalECPrivateKey(k)
	if err != nil {
		return err
	}
	return os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), 0o600)
}
