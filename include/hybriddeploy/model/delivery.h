/** How a new version takes over from the old one, a little at a time. */
#ifndef HYBRIDDEPLOY_MODEL_DELIVERY_H
#define HYBRIDDEPLOY_MODEL_DELIVERY_H

#include <hybriddeploy/model/value.h>

/** Controller that moves the traffic to a new version. */
enum hd_executor { HD_EXECUTOR_UNSET = 0, HD_EXECUTOR_ARGO_ROLLOUTS, HD_EXECUTOR_FLAGGER, HD_EXECUTOR_PLAIN };

/** One step of a canary; `25` is short for the weight. */
struct hd_canary_step {
    /** Percent of the requests that the new version gets, 0 to 100. */
    struct hd_opt_int set_weight;
    /**
     * How long to stay there, a Go duration of whole seconds, or `manual` to wait until a person continues it. Default: no wait, which
     * presumes that nobody has to look before the next step.
     */
    const char *pause;
    const struct hd_at *at;
};

/** A figure of the new version that must hold; at least one of min and max. */
struct hd_delivery_metric {
    /** Name of the metric. */
    const char *name;
    /** PromQL that yields one number. */
    const char *query;
    /** Least that is good. */
    const char *min;
    /** Most that is good. */
    const char *max;
    const struct hd_at *at;
};

/** How the new version is judged; when it fails, the old one gets all requests back. */
struct hd_analysis {
    /** Time between measurements, a Go duration of whole seconds. Default: 1m, because a rate needs some scrapes to change. */
    const char *interval;
    /**
     * Failed measurements of one metric that are tolerated, 0 to 1000; one more, and the new version has failed. Default: 1, so that one
     * bad measurement does not end a release.
     */
    struct hd_opt_int failure_limit;
    /**
     * Least percent of requests that must not end in a status from 500 on, for gRPC in UNKNOWN, DEADLINE_EXCEEDED, INTERNAL,
     * UNAVAILABLE or DATA_LOSS, as the mesh counts them, such as 99.5.
     */
    const char *success_rate;
    /** Most time that 99 of 100 requests may take, as the mesh measures it, a Go duration from 1ms. */
    const char *latency;
    /** Further metrics, by their queries. */
    const struct hd_delivery_metric *metrics;
    size_t n_metrics;
    /**
     * Address of Prometheus. Default: http://prometheus-operated.<namespace>.svc:9090, which presumes the Prometheus operator.
     */
    const char *prometheus;
    const struct hd_at *at;
};

/** A new version gets a part of the requests, and more and more as long as it does well. */
struct hd_canary {
    /** Weights and pauses, rising; the rest comes by itself. For argoRollouts and flagger. */
    const struct hd_canary_step *steps;
    size_t n_steps;
    struct hd_analysis analysis;
    /**
     * Percent of the requests that the new version gets, 0 to 100. For plain, where nobody else moves it. Default: 0, which is safe because
     * no request reaches the new version until you say so.
     */
    struct hd_opt_int weight;
    /** Tag of the new version's image. For plain. */
    const char *image_tag;
    /**
     * Pods of the new version, from 1. For plain. Default: the part of the pods that follows from the weight, at least 1, so that the pods
     * of both versions have the same load.
     */
    int64_t replicas;
    const struct hd_at *at;
};

/** A new version runs beside the old one, and takes all requests at once. For argoRollouts. */
struct hd_blue_green {
    /**
     * Host name under which the new version can be tried before. Default: none, so that nobody outside sees it before; within the mesh it
     * is <service>-preview.
     */
    const char *preview_host;
    /** Whether it takes over by itself once it is ready. Default: true, which is safe because only pods that are ready take over. */
    enum hd_bool auto_promotion_enabled;
    /** Seconds to wait before it takes over by itself, from 1. Default: none, because its pods are ready by then. */
    int64_t auto_promotion_seconds;
    /**
     * Pods of the new version before it takes over, from 1. Default: as many as the old one has, so that they can take all requests at
     * once.
     */
    int64_t preview_replica_count;
    /**
     * Seconds that the old version stays after it was replaced, so that going back is quick, from 0. Default: 30, so that requests
     * that have begun can end.
     */
    struct hd_opt_int scale_down_delay_seconds;
    /** How it is judged once it has taken over, since before nobody asks it. */
    struct hd_analysis analysis;
    const struct hd_at *at;
};

/** Progressive delivery of a service: canary or blueGreen. */
struct hd_delivery {
    /**
     * argoRollouts or flagger, controllers of the cluster; or plain, two Deployments between which you move the weight yourself. A
     * Deployment's selector differs with flagger and plain: delete a running one (kubectl delete --cascade=orphan) before the change.
     */
    enum hd_executor executor;
    struct hd_canary canary;
    struct hd_blue_green blue_green;
    const struct hd_at *at;
};

#endif
