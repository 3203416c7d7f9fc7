package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The load that hybridgen diff says of an application is compared with what the scheduler counts of its pods, which it serves as metrics.

const loads = "applications whose load is what the scheduler counts"

type amounts struct{ CPU, Memory, EphemeralStorage int64 }

func (a amounts) plus(b amounts, times int64) amounts {
	return amounts{a.CPU + b.CPU*times, a.Memory + b.Memory*times, a.EphemeralStorage + b.EphemeralStorage*times}
}

// A load is that of an application at the smallest and the greatest number of its replicas.
type load struct{ LeastRequests, MostRequests, LeastLimits, MostLimits amounts }

func (l load) plus(requests, limits amounts, least, most int64) load {
	return load{l.LeastRequests.plus(requests, least), l.MostRequests.plus(requests, most),
		l.LeastLimits.plus(limits, least), l.MostLimits.plus(limits, most)}
}

// foretold is the load that hybridgen diff says.
func (s *session) foretold(ctx context.Context, model, namespace, kubeVersion string) (load, error) {
	args := []string{"diff", model, model, "--kube-version", kubeVersion, "--format", "json", "-q"}
	if namespace != "" {
		args = append(args, "-n", namespace)
	}
	cmd := exec.CommandContext(ctx, s.hybridgen, args...)
	cmd.Dir = filepath.Dir(model)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	s.sup.times.account(cmd)
	if err != nil {
		return load{}, fmt.Errorf("%w\n  command: %s\n  %s", err, strings.Join(cmd.Args, " "), said.String())
	}
	var diff struct{ Load struct{ After load } }
	err = json.Unmarshal(out, &diff)
	return diff.Load.After, err
}

var podMetric = regexp.MustCompile(`^kube_pod_resource_(request|limit)\{(.*)\} (\S+)$`)
var labelOf = regexp.MustCompile(`(\w+)="([^"]*)"`)

// scheduled is what the scheduler counts of each pod, by "request|limit namespace/name".
func (c *cluster) scheduled(ctx context.Context) (map[string]amounts, error) {
	req, err := http.NewRequestWithContext(ctx, "GET", c.schedulerURL+"/metrics/resources", nil)
	if err != nil {
		return nil, err
	}
	res, err := c.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("the scheduler does not answer: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the scheduler gives no metrics: %s", res.Status)
	}
	return readPodMetrics(bufio.NewScanner(res.Body))
}

func readPodMetrics(lines *bufio.Scanner) (map[string]amounts, error) {
	found := map[string]amounts{}
	for lines.Scan() {
		match := podMetric.FindStringSubmatch(lines.Text())
		if match == nil {
			continue
		}
		value, err := strconv.ParseFloat(match[3], 64)
		if err != nil {
			return nil, err
		}
		labels := map[string]string{}
		for _, l := range labelOf.FindAllStringSubmatch(match[2], -1) {
			labels[l[1]] = l[2]
		}
		k := match[1] + " " + labels["namespace"] + "/" + labels["pod"]
		a := found[k]
		switch labels["resource"] {
		case "cpu":
			a.CPU = int64(math.Round(value * 1000))
		case "memory":
			a.Memory = int64(math.Ceil(value))
		case "ephemeral-storage":
			a.EphemeralStorage = int64(math.Ceil(value))
		}
		found[k] = a
	}
	return found, lines.Err()
}

// judgeLoad compares the two for an application that has become ready. Pods of Jobs come and go, so that with them only the smallest load is
// compared; an application of which others say how many pods it has is left out.
func (s *session) judgeLoad(ctx context.Context, j *judgement, c *cluster, model, namespace string) error {
	if j.incomplete() || j.wrong() || j.isScaledByOthers() {
		return nil
	}
	said, err := s.foretold(ctx, model, namespace, c.minor())
	if err != nil {
		j.tally.add(problem{j.app, "", "", "hybridgen diff of the model and itself: " + err.Error()})
		return ctx.Err()
	}
	// The scheduler hears of a pod a moment after others do.
	var counted load
	for deadline := time.Now().Add(10 * time.Second); ; {
		var runs bool
		if counted, runs, err = j.countLoad(ctx, c); err != nil {
			return err
		}
		if runs {
			said.MostRequests, said.MostLimits = counted.MostRequests, counted.MostLimits
		}
		if counted == said || time.Now().After(deadline) {
			break
		}
		if err := pause(ctx, 200*time.Millisecond); err != nil {
			return err
		}
	}
	if counted != said {
		j.tally.add(problem{j.app, "", "", fmt.Sprintf("hybridgen diff says a load of %+v, and the scheduler counts %+v", said, counted)})
		return nil
	}
	j.tally.count(loads, 1)
	return nil
}

// isScaledByOthers tells whether a workload has neither a number of pods nor an autoscaler: others set the number, and there are none here. So it
// is where KEDA makes Jobs.
func (j *judgement) isScaledByOthers() bool {
	for _, d := range j.docs {
		scales := d.kind == "Deployment" || d.kind == "StatefulSet" || d.kind == "Rollout"
		if least, _ := j.scaled(d, -1, -1); d.kind == "ScaledJob" || scales && least < 0 && at(d.value, "spec", "replicas") == nil {
			return true
		}
	}
	return false
}

// countLoad sums up what the scheduler counts; runs tells that there are Jobs, whose pods at most nobody sees here.
func (j *judgement) countLoad(ctx context.Context, c *cluster) (sum load, runs bool, err error) {
	pods, _, err := j.server.madeByWorkloads(ctx, j.namespaces())
	if err != nil {
		return sum, false, err
	}
	counted, err := c.scheduled(ctx)
	if err != nil {
		return sum, false, err
	}
	for _, d := range j.docs {
		runs = runs || d.kind == "Job" || d.kind == "CronJob"
		maker := d.key
		if d.kind == "Rollout" {
			maker = key{"apps/v1", "Deployment", d.namespace, d.name}
		}
		if keptBy[maker.kind] == "" {
			continue
		}
		least, most := int64(len(pods[maker])), int64(len(pods[maker]))
		if d.kind == "DaemonSet" {
			least, most = 1, 1
		}
		least, most = j.scaled(d, least, most)
		if most == 0 {
			continue
		}
		if len(pods[maker]) == 0 {
			return sum, runs, nil // they come
		}
		name := maker.namespace + "/" + str(at(pods[maker][0], "metadata", "name"))
		sum = sum.plus(counted["request "+name], counted["limit "+name], least, most)
	}
	return sum, runs, nil
}

// scaled are the numbers of an autoscaler. Nobody is there who scales by KEDA.
func (j *judgement) scaled(d document, least, most int64) (int64, int64) {
	for _, o := range j.docs {
		if o.namespace != d.namespace || str(at(o.value, "spec", "scaleTargetRef", "name")) != d.name {
			continue
		}
		if kind := str(at(o.value, "spec", "scaleTargetRef", "kind")); kind != "" && kind != d.kind {
			continue
		}
		n := func(member string, otherwise int64) int64 {
			if v := at(o.value, "spec", member); v != nil {
				fmt.Sscan(number(v), &otherwise)
			}
			return otherwise
		}
		switch o.kind {
		case "HorizontalPodAutoscaler":
			least, most = max(least, 0), n("maxReplicas", 1)
		case "ScaledObject":
			least, most = n("idleReplicaCount", n("minReplicaCount", 0)), n("maxReplicaCount", 100)
		}
	}
	return least, most
}

var keptBy = map[string]string{"Deployment": "ReplicaSet", "StatefulSet": "ControllerRevision", "DaemonSet": "ControllerRevision"}

// madeByWorkloads lists, by workload, its pods that nobody deletes, and its ReplicaSets, or what its controller keeps of its templates.
func (s *api) madeByWorkloads(ctx context.Context, namespaces []string) (pods map[key][]map[string]any, revisions map[key]map[string]bool, err error) {
	pods, revisions = map[key][]map[string]any{}, map[key]map[string]bool{}
	makers := map[string]key{}
	for _, namespace := range namespaces {
		for _, kind := range []string{"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ControllerRevision"} {
			objects, err := s.list(ctx, "apps/v1", kind, namespace)
			if err != nil {
				return nil, nil, err
			}
			for _, o := range objects {
				k := key{"apps/v1", kind, namespace, str(at(o, "metadata", "name"))}
				if keptBy[kind] != "" {
					makers[str(at(o, "metadata", "uid"))] = k
					revisions[k] = map[string]bool{}
				} else if maker, known := makers[ownerOf(o)]; known {
					makers[str(at(o, "metadata", "uid"))] = maker
					revisions[maker][k.name] = true
				}
			}
		}
		all, err := s.list(ctx, "v1", "Pod", namespace)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range all {
			if maker, known := makers[ownerOf(p)]; known && at(p, "metadata", "deletionTimestamp") == nil {
				pods[maker] = append(pods[maker], p)
			}
		}
	}
	return pods, revisions, nil
}

func ownerOf(o map[string]any) string {
	for _, owner := range sequence(at(o, "metadata", "ownerReferences")) {
		return str(at(owner, "uid"))
	}
	return ""
}
