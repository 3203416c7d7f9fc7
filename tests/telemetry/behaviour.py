"""When each alert must be raised and when not: series as their sources write them, apart from the expressions of the rules.

A scene is some hours of series; at a time in it the alert is raised with exactly these labels and words, or is not raised.
"""
import copy

TEAM = {"namespace": "store", "application": "shop", "team": "core"}
RUNBOOK = "https://runbooks.example.com/shop#"


def steady(rate, minutes=240, first=0):
    """A counter that grows by so much a minute."""
    return f"{first}+{rate}x{minutes}"


def level(value, minutes=240):
    return f"{value}x{minutes}"


def served(source, service, code, rate, minutes=240):
    """Requests that a service answers with an HTTP status, as this source counts them."""
    if source == "istio":
        labels = f'destination_workload_namespace="store",destination_canonical_service="{service}",destination_service_name="{service}",' \
                 f'destination_service_namespace="store",response_code="{code}"'
        return {f'istio_requests_total{{reporter="destination",{labels}}}': steady(rate, minutes),
                f'istio_requests_total{{reporter="source",{labels}}}': steady(rate, minutes)}
    if source == "ambient":
        labels = f'destination_service_name="{service}",destination_service_namespace="store",response_code="{code}"'
        return {f'istio_requests_total{{reporter="waypoint",{labels}}}': steady(rate, minutes)}
    if source == "spanMetrics":
        status = "STATUS_CODE_ERROR" if code >= 500 else "STATUS_CODE_UNSET"
        labels = f'service_namespace="shop",service_name="{service}",span_kind="SPAN_KIND_SERVER",span_name="GET /{code}",status_code="{status}"'
        return {f"traces_span_metrics_calls_total{{{labels}}}": steady(rate, minutes)}
    labels = f'service_namespace="shop",service_name="{service}",http_response_status_code="{code}"'
    return {f"http_server_request_duration_seconds_count{{{labels}}}": steady(rate, minutes)}


def took(source, service, each_ms, rate, minutes=240, within=None):
    """Requests that take so long each."""
    if source in ("istio", "ambient"):
        reporter = "destination" if source == "istio" else "waypoint"
        name = "istio_request_duration_milliseconds"
        labels = f'reporter="{reporter}",destination_workload_namespace="store",destination_canonical_service="{service}",' \
                 f'destination_service_name="{service}",destination_service_namespace="store",response_code="200"'
    elif source == "spanMetrics":
        name = "traces_span_metrics_duration_milliseconds"
        labels = f'service_namespace="shop",service_name="{service}",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"'
    else:
        name, each_ms = "http_server_request_duration_seconds", each_ms / 1000
        labels = f'service_namespace="shop",service_name="{service}",http_response_status_code="200"'
    series = {f"{name}_sum{{{labels}}}": steady(rate * each_ms, minutes), f"{name}_count{{{labels}}}": steady(rate, minutes)}
    for bound, share in (within or {}).items():
        series[f'{name}_bucket{{{labels},le="{bound}"}}'] = steady(rate * share, minutes)
    return series


def raised(alert, severity, words, service="web", **labels):
    """What is told: labels, and the two annotations."""
    own = {**TEAM, "severity": severity, **labels}
    if service:
        own["service"] = service
    return {"exp_labels": own, "exp_annotations": {"summary": words[0], "description": words[1], "runbook_url": RUNBOOK + alert.lower()}}


class Scene:
    def __init__(self, name, alert, series, at, expected=()):
        self.name, self.alert, self.at = name, alert, at
        self.series = {}
        for some in series if isinstance(series, (list, tuple)) else [series]:
            self.series.update(some)
        self.expected = [expected] if isinstance(expected, dict) else list(expected)

    def test(self):
        return {"name": f"{self.alert}: {self.name}", "interval": "1m",
                "input_series": [{"series": name, "values": values} for name, values in self.series.items()],
                "alert_rule_test": [{"eval_time": self.at, "alertname": self.alert, "exp_alerts": copy.deepcopy(self.expected)}]}


def of_requests(source):
    """Alerts on requests, for one source of their metrics."""
    low, slow, errors = "ServiceAvailabilityLow", "ServiceResponseTimeHigh", "ServiceErrorRateHigh"
    fine = served(source, "web", 200, 9990)
    bad = served(source, "web", 503, 20)
    says_low = ("web answers too few of its requests",
                "99.8% of the requests to web in the last 1h were answered without a server error; at least 99.9% should be.")
    says_errors = ("web answers with errors",
                   "0.2% of the requests to web in the last 5m were answered with a server error; at most 0.1% is meant.")
    unit = "120ms"
    says_slow = ("web answers slowly", f"A response of web took {unit} on average over the last 5m; at most 100ms is meant.")
    scenes = [
        Scene("one in 500 fails", low, [served(source, "web", 200, 9980), bad], "2h", raised(low, "critical", says_low)),
        Scene("not at once", low, [served(source, "web", 200, 9980), bad], "4m"),
        Scene("one in 2000 fails", low, [fine, served(source, "web", 500, 5)], "2h"),
        Scene("clients' errors are theirs", low, [fine, served(source, "web", 404, 5000)], "2h"),
        Scene("nothing fails", low, [fine], "2h"),
        Scene("no requests", low, [served(source, "web", 200, 0), served(source, "web", 503, 0)], "2h"),
        Scene("no series", low, {}, "2h"),
        Scene("another service fails", low, [fine, served(source, "ledger", 200, 1)], "2h"),
        Scene("one in 500 fails", errors, [served(source, "web", 200, 9980), bad], "30m", raised(errors, "warning", says_errors)),
        Scene("one in 2000 fails", errors, [fine, served(source, "web", 500, 5)], "30m"),
        Scene("nothing fails", errors, [fine], "30m"),
        Scene("no requests", errors, [served(source, "web", 200, 0), served(source, "web", 503, 0)], "30m"),
        Scene("no series", errors, {}, "30m"),
        Scene("120 ms", slow, took(source, "web", 120, 600), "30m", raised(slow, "warning", says_slow)),
        Scene("80 ms", slow, took(source, "web", 80, 600), "30m"),
        Scene("not at once", slow, took(source, "web", 120, 600), "9m"),
        Scene("no requests", slow, took(source, "web", 120, 0), "30m"),
        Scene("no series", slow, {}, "30m"),
    ]
    return scenes + objectives(source)


def burning(slo, window, severity, service="web", share="2%", times="14.4", objective="99.9%"):
    return raised("SloBurningFast", severity,
                  (f"{service} uses up what may fail of {slo}",
                   f"{share} of the requests to {service} in the last {window} were bad, {times} times what the objective of {objective} over 30d "
                   "allows."), service, slo=slo, window=window)


def objectives(source):
    """Fast and slow burns, one that is over, and answers that come too late."""
    alert = "SloBurningFast"
    long = 60 * 10
    good = [served(source, "web", 200, 9800, long), served(source, "web", 503, 200, long)]
    slow = [served(source, "web", 200, 9980, long), served(source, "web", 503, 20, long)]
    within = {"250": 0.7, "+Inf": 1} if source != "sdk" else {"0.25": 0.7, "+Inf": 1}
    enough = {"250": 0.999, "+Inf": 1} if source != "sdk" else {"0.25": 0.999, "+Inf": 1}
    past = {name: f"0+200x60 12000x{long}" for name in served(source, "web", 503, 0)}
    return [
        Scene("one in 50 fails", alert, good, "2h",
              [burning("front", "1h", "critical", times="14.4"), burning("front", "6h", "critical", times="6"),
               burning("front", "1d", "warning", times="3")]),
        Scene("one in 500 fails", alert, slow, "5h",
              [burning("front", "3d", "warning", share="0.2%", times="1")]),
        Scene("it is over for half an hour", alert, [served(source, "web", 200, 9800, long), past], "95m",
              burning("front", "1d", "warning", share="1.273%", times="3")),
        Scene("nothing fails", alert, served(source, "web", 200, 9800, long), "2h"),
        Scene("no series", alert, {}, "2h"),
        Scene("a third comes late", alert, took(source, "web", 300, 600, long, within), "2h",
              [burning("quick", window, severity, share="30%", times=times, objective="99%")
               for window, severity, times in (("1h", "critical", "14.4"), ("6h", "critical", "6"), ("1d", "warning", "3"))]),
        Scene("a thousandth comes late", alert, took(source, "web", 20, 600, long, enough), "2h"),
    ]


def of_istio():
    """What only a mesh tells: requests that never arrived, and errors of gRPC."""
    low, errors = "ServiceAvailabilityLow", "ServiceErrorRateHigh"
    unreached = {'istio_requests_total{reporter="source",destination_workload="unknown",destination_service_name="web",'
                 'destination_service_namespace="store",response_code="503",response_flags="UH"}': steady(20)}
    grpc = {f'istio_requests_total{{reporter="{reporter}",destination_workload_namespace="store",destination_canonical_service="orders",'
            f'destination_service_name="orders",destination_service_namespace="store",response_code="200",grpc_response_status="{status}"}}':
            steady(rate) for reporter in ("source", "destination") for status, rate in (("0", 980), ("5", 500), ("14", 15))}
    return [
        Scene("callers find nobody", low, [served("istio", "web", 200, 9980), unreached], "2h",
              raised(low, "critical", ("web answers too few of its requests", "99.8% of the requests to web in the last 1h were answered "
                                       "without a server error; at least 99.9% should be."))),
        Scene("gRPC calls are unavailable", low, grpc, "2h",
              raised(low, "critical", ("orders answers too few of its requests", "99% of the requests to orders in the last 1h were "
                                       "answered without a server error; at least 99.5% should be."), "orders", team="orders")),
        Scene("gRPC calls are unavailable", errors, grpc, "30m",
              raised(errors, "warning", ("orders answers with errors", "1.003% of the requests to orders in the last 5m were answered with "
                                         "a server error; at most 0.1% is meant."), "orders", team="orders")),
    ]


def pod(service, name):
    return f'namespace="store",pod="{name}",container="{service}"'


def use(service, cpu, memory, cpu_limit=0.5, memory_limit=512):
    """Two pods, of which the second uses so many cores and MiB, and the first nearly nothing."""
    series = {}
    for name, cores, mib in ((f"{service}-a", 0.01, 20), (f"{service}-b", cpu, memory)):
        series.update({
            f"container_cpu_usage_seconds_total{{{pod(service, name)}}}": steady(60 * cores),
            f"container_memory_working_set_bytes{{{pod(service, name)}}}": level(mib * 1024 * 1024),
            f'kube_pod_container_resource_limits{{{pod(service, name)},resource="cpu",unit="core"}}': level(cpu_limit),
            f'kube_pod_container_resource_limits{{{pod(service, name)},resource="memory",unit="byte"}}': level(memory_limit * 1024 * 1024)})
    return series


def of_pods():
    full, crash, missing, most, held, failed = ("ServiceResourceUseHigh", "ServiceCrashLooping", "ServiceReplicasUnavailable",
                                                "ServiceAutoscalerAtMaximum", "ServiceCpuThrottled", "JobFailed")
    waiting = "kube_pod_container_status_waiting_reason"
    scaler = 'namespace="store",horizontalpodautoscaler="web"'

    def near(resource, share):
        return raised(full, "warning", (f"web is near its limit of {resource}", f"The fullest pod of web uses {share} of its limit of {resource}; "
                                        "at most 80% is meant."), resource=resource)

    def replicas(kind, service, wanted, available):
        names = {"deployment": ("kube_deployment_spec_replicas", "kube_deployment_status_replicas_available"),
                 "statefulset": ("kube_statefulset_replicas", "kube_statefulset_status_replicas_ready"),
                 "daemonset": ("kube_daemonset_status_desired_number_scheduled", "kube_daemonset_status_number_available")}[kind]
        labels = f'namespace="store",{kind}="{service}"'
        return {f"{names[0]}{{{labels}}}": level(wanted), f"{names[1]}{{{labels}}}": level(available)}

    def bounds(desired, most_pods):
        return {f"kube_horizontalpodautoscaler_status_desired_replicas{{{scaler}}}": level(desired),
                f"kube_horizontalpodautoscaler_spec_max_replicas{{{scaler}}}": level(most_pods)}

    def periods(service, throttled):
        labels = pod(service, f"{service}-a")
        return {f"container_cpu_cfs_periods_total{{{labels}}}": steady(600), f"container_cpu_cfs_throttled_periods_total{{{labels}}}": steady(throttled)}

    def job(name, failed_now):
        return {f'kube_job_failed{{namespace="store",job_name="{name}",condition="true"}}': level(failed_now)}

    def short(service, wanted):
        return raised(missing, "warning", (f"{service} has fewer pods than it wants", f"{service} wants {wanted} pods, and fewer are available."),
                      service)

    return [
        Scene("CPU is used up", full, use("web", 0.45, 100), "1h", near("cpu", "90%")),
        Scene("memory is used up", full, use("web", 0.1, 461), "1h", near("memory", "90.04%")),
        Scene("there is room", full, use("web", 0.3, 300), "1h"),
        Scene("not at once", full, use("web", 0.45, 100), "14m"),
        Scene("limits are not known", full, {name: values for name, values in use("web", 0.45, 461).items() if "limits" not in name}, "1h"),
        Scene("no series", full, {}, "1h"),
        Scene("it waits to be restarted", crash, {f'{waiting}{{{pod("web", "web-a")},reason="CrashLoopBackOff"}}': level(1)}, "30m",
              raised(crash, "critical", ("A pod of web ends again and again", "The container web of pod web-a is in CrashLoopBackOff."), pod="web-a")),
        Scene("it waits between two ends", crash, {f'{waiting}{{{pod("web", "web-a")},reason="CrashLoopBackOff"}}': "1 0 0 1 0 0 1 1 0 0 1 0 0 1 1"},
              "14m", raised(crash, "critical", ("A pod of web ends again and again", "The container web of pod web-a is in CrashLoopBackOff."),
                            pod="web-a")),
        Scene("it waits for its image", crash, {f'{waiting}{{{pod("web", "web-a")},reason="ContainerCreating"}}': level(1)}, "30m"),
        Scene("no series", crash, {}, "30m"),
        Scene("a pod is missing", missing, replicas("deployment", "web", 3, 2), "30m", short("web", 3)),
        Scene("a pod of a StatefulSet is missing", missing, replicas("statefulset", "ledger", 2, 0), "30m", short("ledger", 2)),
        Scene("a pod of a DaemonSet is missing", missing, replicas("daemonset", "agent", 5, 4), "30m", short("agent", 5)),
        Scene("all are there", missing, [replicas("deployment", "web", 3, 3), replicas("statefulset", "ledger", 2, 2),
                                         replicas("daemonset", "agent", 5, 5)], "30m"),
        Scene("an update is under way", missing, replicas("deployment", "web", 3, 4), "30m"),
        Scene("not at once", missing, replicas("deployment", "web", 3, 2), "14m"),
        Scene("no series", missing, {}, "30m"),
        Scene("it wants all it may have", most, bounds(10, 10), "30m",
              raised(most, "warning", ("web cannot scale up any further", "The autoscaler of web wants 10 pods, the most that it may have."))),
        Scene("it wants less", most, bounds(9, 10), "30m"),
        Scene("no series", most, {}, "30m"),
        Scene("half the periods", held, periods("web", 300), "30m",
              raised(held, "info", ("The CPU limit holds web back", "In 50% of the last 5m the pods of web had to wait for CPU; at most 25% is meant."))),
        Scene("a tenth of the periods", held, periods("web", 60), "30m"),
        Scene("no series", held, {}, "30m"),
        Scene("a job failed", failed, job("import", 1), "1m",
              raised(failed, "warning", ("A run of import failed", "The job import has failed, and is not tried again."), "import", job_name="import")),
        Scene("a run failed", failed, job("report-29301120", 1), "1m",
              raised(failed, "warning", ("A run of report failed", "The job report-29301120 has failed, and is not tried again."), "report",
                     job_name="report-29301120")),
        Scene("all went well", failed, [job("import", 0), job("report-29301120", 0)], "1m"),
        Scene("somebody else's failed", failed, job("report-by-hand", 1), "1m"),
        Scene("no series", failed, {}, "1m"),
    ]


def of_versions():
    """Pods and requests of a service are those of all its versions."""
    missing, most, low = "ServiceReplicasUnavailable", "ServiceAutoscalerAtMaximum", "ServiceAvailabilityLow"

    def rollout(sets):
        series = {}
        for name, (wanted, ready) in sets.items():
            labels = f'namespace="store",replicaset="{name}"'
            series.update({f"kube_replicaset_spec_replicas{{{labels}}}": level(wanted), f"kube_replicaset_status_ready_replicas{{{labels}}}": level(ready),
                           f'kube_replicaset_owner{{{labels},owner_kind="Rollout",owner_name="{name.rpartition("-")[0]}"}}': level(1)})
        return series

    def deployments(pods):
        series = {}
        for name, (wanted, available) in pods.items():
            labels = f'namespace="store",deployment="{name}"'
            series.update({f"kube_deployment_spec_replicas{{{labels}}}": level(wanted),
                           f"kube_deployment_status_replicas_available{{{labels}}}": level(available)})
        return series

    def short(service, wanted):
        return raised(missing, "warning", (f"{service} has fewer pods than it wants", f"{service} wants {wanted} pods, and fewer are available."),
                      service)

    def to(service, code, rate):
        return {f'istio_requests_total{{reporter="source",destination_service_namespace="store",destination_service_name="{service}",'
                f'response_code="{code}"}}': steady(rate)}

    return [
        Scene("a pod of the new version is missing", missing, rollout({"web-1a": (3, 3), "web-2b": (2, 1)}), "30m", short("web", 5)),
        Scene("an old version is gone", missing, rollout({"web-1a": (0, 0), "web-2b": (3, 3), "website-3c": (9, 0)}), "30m"),
        Scene("the primary lacks a pod", missing, deployments({"feeds": (0, 0), "feeds-primary": (3, 2)}), "30m", short("feeds", 3)),
        Scene("the canary lacks a pod", missing, deployments({"search": (2, 2), "search-canary": (2, 1)}), "30m", short("search", 4)),
        Scene("all are there", missing, deployments({"search": (2, 2), "search-canary": (2, 2), "feeds": (0, 0), "feeds-primary": (3, 3),
                                                     "search-engine": (9, 0)}), "30m"),
        Scene("the primary's autoscaler is at its maximum", most, {
            f'kube_horizontalpodautoscaler_{name}{{namespace="store",horizontalpodautoscaler="feeds-primary"}}': level(10)
            for name in ("status_desired_replicas", "spec_max_replicas")}, "30m",
            raised(most, "warning", ("feeds cannot scale up any further", "The autoscaler of feeds wants 10 pods, the most that it may have."), "feeds")),
        Scene("the new version fails", low, [to("web-stable", 200, 990), to("web-canary", 503, 10)], "2h",
              raised(low, "critical", ("web answers too few of its requests", "99% of the requests to web in the last 1h were answered without a "
                                       "server error; at least 99.9% should be."))),
        Scene("another service of a longer name fails", low, [to("web", 200, 990), to("web-site", 503, 10)], "2h"),
    ]


def of_the_application():
    expiring, dropping, watchdog = "CertificateExpiring", "CollectorDroppingData", "Watchdog"
    day = 86400
    certificate = "certmanager_certificate_expiration_timestamp_seconds"
    root = "citadel_server_root_cert_expiry_timestamp"

    def expires(issuer, certificate_name, words, **labels):
        return raised(expiring, "warning", ("A certificate runs out", f"A certificate of {issuer}{certificate_name} is valid for {words} more; it should "
                                            "have been renewed 14d before its end."), None, issuer=issuer, **labels)

    def drops(signal, rate):
        return raised(dropping, "warning", (f"The collector loses {signal}", f"The collector of shop refuses or cannot send {rate} items of {signal} "
                                            "a second."), None, signal=signal)

    def lost(name, rate, **labels):
        words = "".join(f',{key}="{value}"' for key, value in labels.items())
        return {f'otelcol_{name}{{namespace="store"{words}}}': steady(rate)}

    return [
        Scene("ten days are left", expiring, {f'{certificate}{{exported_namespace="store",namespace="cert-manager",name="edge"}}': level(10 * day)}, "2h",
              expires("cert-manager", " (edge)", "9d 22h 0m 0s", name="edge")),
        Scene("ten days are left, and labels are kept", expiring, {f'{certificate}{{namespace="store",name="edge"}}': level(10 * day)}, "2h",
              expires("cert-manager", " (edge)", "9d 22h 0m 0s", name="edge")),
        Scene("twenty days are left", expiring, {f'{certificate}{{exported_namespace="store",namespace="cert-manager",name="edge"}}': level(20 * day)}, "2h"),
        Scene("somebody else's", expiring, {f'{certificate}{{exported_namespace="other",namespace="cert-manager",name="edge"}}': level(day)}, "2h"),
        Scene("the mesh's root", expiring, {f"{root}{{pod=\"istiod-a\"}}": level(day)}, "2h", expires("mesh", "", "22h 0m 0s")),
        Scene("the mesh's root is young", expiring, {f"{root}{{pod=\"istiod-a\"}}": level(300 * day)}, "2h"),
        Scene("no series", expiring, {}, "2h"),
        Scene("memory is short", dropping, lost("receiver_refused_spans", 120, receiver="otlp", transport="grpc"), "30m", drops("traces", 2)),
        Scene("a back end is down", dropping, lost("exporter_send_failed_metric_points_total", 60, exporter="otlp_grpc/mimir"), "30m", drops("metrics", 1)),
        Scene("a queue is full", dropping, lost("exporter_enqueue_failed_log_records", 60, exporter="otlp_grpc/loki"), "30m", drops("logs", 1)),
        Scene("nothing is lost", dropping, [lost("receiver_refused_spans", 0), lost("exporter_send_failed_spans", 0)], "30m"),
        Scene("it was lost long ago", dropping, {'otelcol_receiver_refused_spans{namespace="store"}': "5x240"}, "30m"),
        Scene("no series", dropping, {}, "30m"),
        Scene("nothing else is there", watchdog, {}, "1m",
              raised(watchdog, "none", ("The alarm works", "This alert is always raised. When it stops arriving, Prometheus, Alertmanager or the way "
                                        "from them is broken."), None)),
    ]
