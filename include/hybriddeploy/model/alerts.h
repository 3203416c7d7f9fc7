/** Alerts, their receivers, and service level objectives. */
#ifndef HYBRIDDEPLOY_MODEL_ALERTS_H
#define HYBRIDDEPLOY_MODEL_ALERTS_H

#include <hybriddeploy/model/value.h>

/** Source of the metrics that count requests. */
enum hd_request_source { HD_REQUESTS_UNSET = 0, HD_REQUESTS_ISTIO, HD_REQUESTS_SPAN_METRICS, HD_REQUESTS_SDK };

/** Kind of receiver that alerts are sent to. */
enum hd_receiver_type { HD_RECEIVER_UNSET = 0, HD_RECEIVER_PAGERDUTY, HD_RECEIVER_SLACK, HD_RECEIVER_EMAIL, HD_RECEIVER_WEBHOOK };

/** Metrics that Prometheus has. Alerts, objectives and dashboards use only these. */
struct hd_metric_sources {
    /**
     * istio (the mesh's proxies), spanMetrics (the collector, from spans) or sdk (http.server.request.duration of the services themselves).
     * Default: the first of them that the model has, because proxies also see requests that never arrive; in ambient mode, where only
     * waypoints count, spanMetrics before istio.
     */
    enum hd_request_source requests;
    /** Whether kube-state-metrics runs in the cluster and is scraped. Default: true, because charts of Prometheus bring it. */
    enum hd_bool kube_state_metrics;
    /** Whether the kubelets' container metrics (cAdvisor) are scraped. Default: true, because every kubelet has it. */
    enum hd_bool cadvisor;
    /** Whether cert-manager runs in the cluster and is scraped. Default: false, because a cluster may have none. */
    enum hd_bool cert_manager;
    const struct hd_at *at;
};

/** One alert. */
struct hd_alert {
    /**
     * `false` (in YAML also the word alone, `crashLoop: off`) removes it. Default: true where its metrics have a source, because without
     * one it could never be raised.
     */
    enum hd_bool enabled;
    /** The bound: a percentage such as 99.9%, or a duration such as 100ms or 14d. Default: the alert's. */
    const char *threshold;
    /** Time over which rates are taken, a Prometheus duration; at least four scrapes. Default: the alert's. */
    const char *window;
    /** Time that the condition must hold before the alert is raised, a Prometheus duration; 0s for at once. Default: the alert's. */
    const char *hold;
    /** critical (needs a person at once, also at night), warning (can wait for working hours) or info. Default: the alert's. */
    const char *severity;
    const struct hd_at *at;
};

/** The alerts of a service; as members of the application's alerts, the defaults of all services. */
struct hd_alert_set {
    /**
     * Share of requests that were answered without a server error, as callers see it. Default: below 99.9% in 1h, for 5m, critical, which
     * presumes that one failed request in a thousand needs a person at once.
     */
    struct hd_alert availability;
    /** Average time of a response. Default: above 100ms in 5m, for 10m, warning, which presumes a service that people wait for. */
    struct hd_alert response_time;
    /**
     * Share of requests answered with a server error. Default: above 0.1% in 5m, for 5m, warning, which presumes that one failed request in
     * a thousand is too many, and can wait for working hours.
     */
    struct hd_alert error_rate;
    /**
     * CPU and memory of the fullest pod against its limits. Default: above 80% in 5m, for 15m, warning, so that there is time to act before
     * the limit is reached.
     */
    struct hd_alert resource_use;
    /** A container that is restarted again and again. Default: for 5m, critical, because such a container rarely recovers by itself. */
    struct hd_alert crash_loop;
    /** Fewer pods are available than are wanted. Default: for 15m, warning, so that an update or a drain does not raise it. */
    struct hd_alert unavailable_replicas;
    /** The autoscaler wants as many pods as it may have. Default: for 15m, warning, so that a short peak does not raise it. */
    struct hd_alert autoscaler_at_max;
    /**
     * Share of periods in which the CPU limit held the container back. Default: above 25% in 5m, for 15m, info, because a service that is
     * held back now and then may be fast enough.
     */
    struct hd_alert cpu_throttling;
    /** A run of a Job or CronJob failed. Default: at once, warning, because all retries have failed by then. */
    struct hd_alert job_failed;
    const struct hd_at *at;
};

/** Alerts of one service, where they differ from the application's. */
struct hd_service_alerts {
    /** `false` (in YAML also the word alone, `alerts: off`) leaves the service without. Default: the application's. */
    enum hd_bool enabled;
    /** Labels of this service's alerts besides the application's, for routing. */
    const struct hd_pair *labels;
    size_t n_labels;
    struct hd_alert_set set;
    const struct hd_at *at;
};

/** A receiver of alerts. Its credentials come from secrets of the application. */
struct hd_receiver {
    /** Name, unique among receivers; a DNS label. */
    const char *name;
    /** pagerduty, slack, email or webhook. */
    enum hd_receiver_type type;
    /** Secret with the credential: PagerDuty's routing key, Slack's webhook URL, the password of email, the URL of a webhook. */
    const char *secret;
    /** Entry of the secret. */
    const char *key;
    /** webhook: URL, when it is no secret. Excludes secret. */
    const char *url;
    /** slack: channel, such as #operations. */
    const char *channel;
    /** email: address of the reader. */
    const char *to;
    /** email: address of the sender. */
    const char *from;
    /** email: host and port of the mail server, such as mail.example.com:587. */
    const char *smarthost;
    /** email: user at the mail server. Default: none, without a password, which presumes a server that asks for neither. */
    const char *username;
    const struct hd_at *at;
};

/** Routing of alerts: an AlertmanagerConfig for the application's namespace. Without it Alertmanager's own configuration decides. */
struct hd_alert_routing {
    /** Receivers of alerts. */
    const struct hd_receiver *receivers;
    size_t n_receivers;
    /** Default receiver, of alerts for which no member below names one. Default: the only receiver, because no other can be meant. */
    const char *receiver;
    /** Receiver of critical alerts. */
    const char *critical;
    /** Receiver of warnings. */
    const char *warning;
    /** Receiver of alerts of severity info. */
    const char *info;
    /**
     * Receiver of the watchdog, such as a webhook of a dead-man switch, notified every minute. Default: no receiver, because not every
     * application has a dead-man switch.
     */
    const char *watchdog;
    /**
     * Labels by which alerts are grouped into one notification. Default: alertname and service, so that the pods of a service do not send
     * one notification each.
     */
    const char *const *group_by;
    size_t n_group_by;
    /** Time to wait for more alerts of a group, a Prometheus duration. Default: 30s, so that alerts of one cause come together. */
    const char *group_wait;
    /** Time between notifications of a group that changed. Default: 5m, so that a change is told soon, and not each of many. */
    const char *group_interval;
    /**
     * Time between notifications of a group that did not change; above groupInterval. Default: 4h, so that nobody forgets it and nobody is
     * drowned.
     */
    const char *repeat_interval;
    /**
     * Labels by which the user's Alertmanager selects configurations. Default: those of telemetry.scraping, which presumes that one label
     * selects everything of Prometheus' operator.
     */
    const struct hd_pair *labels;
    size_t n_labels;
    const struct hd_at *at;
};

/** Alerts of the application: a PrometheusRule for each service, and one for what they share. */
struct hd_alerts {
    /**
     * `false` (in YAML also the word alone, `alerts: off`) leaves all out. Default: true where there is telemetry and a Prometheus, because
     * alerts need both.
     */
    enum hd_bool enabled;
    /** Time between two evaluations, a Prometheus duration. Default: 30s, which is safe because no window of an alert is shorter. */
    const char *interval;
    /**
     * Address of the runbook; each alert's name in lower case is added behind a #. Default: alerts have no link, because only you know
     * where the runbook is published.
     */
    const char *runbook_url;
    /** Labels of all alerts, for routing. */
    const struct hd_pair *labels;
    size_t n_labels;
    struct hd_alert_set set;
    /**
     * A certificate runs out: of cert-manager in this namespace, or the root of the mesh. Default: in 14d, for 1h, warning, so that there
     * is time to find out why it was not renewed.
     */
    struct hd_alert certificate_expiry;
    /**
     * The collector refuses data or cannot send it. Default: in 5m, for 10m, warning, so that a back end that restarts does not raise it.
     */
    struct hd_alert collector_dropping_data;
    /** Always raised, so that silence means that the alarm itself is broken. Severity: none. */
    struct hd_alert watchdog;
    struct hd_alert_routing routing;
    const struct hd_at *at;
};

/** A service level objective. Alerts watch over several windows how fast its error budget is used up; recording rules feed them. */
struct hd_slo {
    /** Name, unique among objectives; a DNS label. */
    const char *name;
    /** Name of the service. */
    const char *service;
    /** Share of requests that must be good, a percentage above 0 and below 100, such as 99.9%. */
    const char *objective;
    /**
     * A request is good when it is answered within this time, a duration such as 250ms that is a bound of the source's histogram. Default:
     * when it is answered without a server error, because every source counts that.
     */
    const char *latency;
    /**
     * Time over which the objective holds, a Prometheus duration of whole days, from 7d. Default: 30d, because a month is what people plan
     * by.
     */
    const char *window;
    const struct hd_at *at;
};

#endif
