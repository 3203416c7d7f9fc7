/** Number of pods: autoscaling and disruption budget. */
#ifndef HYBRIDDEPLOY_MODEL_AUTOSCALING_H
#define HYBRIDDEPLOY_MODEL_AUTOSCALING_H

#include <hybriddeploy/model/value.h>

/** A metric of one container. */
struct hd_container_metric {
    /** Name of the container: the service's name, or a sidecar's. */
    const char *container;
    /** cpu or memory. */
    const char *name;
    /** Percent of the request, 1 to 1000000. */
    int64_t average_utilization;
    /** Amount per pod, a quantity above zero. */
    const char *average_value;
    const struct hd_at *at;
};

/** A metric that every pod reports, through a metrics adapter. */
struct hd_pods_metric {
    /** Metric name. */
    const char *name;
    /** Series to choose from. */
    struct hd_label_selector selector;
    /** Amount per pod, a quantity above zero. */
    const char *average_value;
    const struct hd_at *at;
};

/** A metric from outside the cluster, through a metrics adapter. */
struct hd_external_metric {
    /** Metric name. */
    const char *name;
    /** Series to choose from. */
    struct hd_label_selector selector;
    /** Amount per pod, a quantity above zero. Excludes value. */
    const char *average_value;
    /** Amount in all, a quantity above zero. Excludes averageValue. */
    const char *value;
    const struct hd_at *at;
};

/** A limit on how fast the autoscaler may change the number of pods. */
struct hd_scaling_policy {
    /** Pods or Percent. */
    const char *type;
    /** Pods or percent in one period, from 1. */
    int64_t value;
    /** Seconds of the period, 1 to 1800. */
    int64_t period_seconds;
    const struct hd_at *at;
};

/** Rules for scaling in one direction. */
struct hd_scaling_rules {
    /**
     * Seconds of which the most cautious recommendation is taken, 0 to 3600. Default: 60 up, 300 down, because pods that leave too early
     * come back at once; none leaves it to the cluster.
     */
    struct hd_opt_int stabilization_window_seconds;
    /** Max, Min or Disabled. Default: Max, because it is Kubernetes' own. */
    const char *select_policy;
    /**
     * Rates; selectPolicy chooses among them. Default: 100 % in 15 s up, 10 % a minute down, so that pods come fast and leave slowly; none
     * leaves them to the cluster.
     */
    const struct hd_scaling_policy *policies;
    size_t n_policies;
    const struct hd_at *at;
};

/** Both directions. */
struct hd_scaling_behavior {
    struct hd_scaling_rules scale_up;
    struct hd_scaling_rules scale_down;
    const struct hd_at *at;
};

/** A parameter of a trigger that is kept in a secret. */
struct hd_trigger_secret {
    /** Name of KEDA's parameter, such as host or password. */
    const char *parameter;
    /** Name of a secret of the application. */
    const char *secret;
    /** Entry of the secret. */
    const char *key;
    const struct hd_at *at;
};

/** Something that KEDA asks how much work there is. */
struct hd_trigger {
    /** Name of the trigger, unique within the service. */
    const char *name;
    /** Type of KEDA's scaler, such as rabbitmq, postgresql, kafka, prometheus or cron. (KEDA: scalers) */
    const char *type;
    /**
     * Name of the service or external that KEDA's operator asks. The policies of a service let the operator in; what an external lets in is
     * its own affair. Default: nobody of the model, because some triggers, such as cron, ask nobody.
     */
    const char *asks;
    /** Name or number of its port. Needed when it has several; default: its only one, because no other can be meant. */
    const char *port;
    /** Parameters of the scaler, by name. */
    const struct hd_pair *metadata;
    size_t n_metadata;
    /**
     * AverageValue, Value or Utilization. Default: KEDA's, AverageValue for most scalers, because it suits work that is shared among pods.
     */
    const char *metric_type;
    /** Parameters that are secret, by name: a TriggerAuthentication. */
    const struct hd_trigger_secret *secrets;
    size_t n_secrets;
    const struct hd_at *at;
};

/** The controller that changes the number of pods. */
enum hd_scaler { HD_SCALER_UNSET = 0, HD_SCALER_HORIZONTAL_POD_AUTOSCALER, HD_SCALER_SCALED_OBJECT, HD_SCALER_EXTERNAL };

/** A HorizontalPodAutoscaler, KEDA's ScaledObject, or somebody else who scales. */
struct hd_autoscaling {
    /** `false` (in YAML also a word alone, `autoscaling: off` or none) removes the autoscaler that the runtime would bring. */
    enum hd_bool enabled;
    /**
     * Fewest pods, from 1; of a Job, fewest runs at once. Default: the runtime's, 2, so that one pod answers while the other is away; none
     * of a Job, which runs while there is work.
     */
    int64_t min_replicas;
    /**
     * Most pods, from 1, not below minReplicas; of a Job, most runs at once, each with `parallelism` pods. Default: the runtime's, 6 for
     * condon and 10 for the others, which bounds what a flood of requests can cost.
     */
    int64_t max_replicas;
    /**
     * Target for CPU in percent of the request, 0 to 1000000; 0 (HD_INT(0) in C) turns it off. Default: 70, which leaves room until new
     * pods are there, unless another metric is named: a service then scales only by the metrics that it names.
     */
    struct hd_opt_int cpu;
    /**
     * Target for memory in percent of the request, 0 to 1000000; 0 turns it off. Default: 80 for cpython and condon, unless another
     * metric is named. It presumes that an idle pod stays well below 80 % of its request, because the memory of such programs rarely shrinks: pods
     * that idle above it are scaled to maxReplicas and stay there.
     */
    struct hd_opt_int memory;
    /** CPU or memory of single containers. */
    const struct hd_container_metric *containers;
    size_t n_containers;
    /** Metrics that pods report. */
    const struct hd_pods_metric *pods;
    size_t n_pods;
    /** Metrics from outside. */
    const struct hd_external_metric *external;
    size_t n_external;
    struct hd_scaling_behavior behavior;
    /**
     * HorizontalPodAutoscaler; ScaledObject of KEDA; or external (in YAML also the word alone, `autoscaling: external`): somebody else
     * scales, so that neither an autoscaler nor replicas is written, and minReplicas and maxReplicas are what the rules reckon with.
     * Default: ScaledObject with triggers, because only KEDA knows them; else HorizontalPodAutoscaler, because every cluster has it.
     */
    enum hd_scaler scaler;
    /**
     * The events by which KEDA scales; cpu and memory may be given beside them. A Job that has them is a ScaledJob: KEDA makes Jobs while a
     * trigger has work, and a change of the model stops none that runs.
     */
    const struct hd_trigger *triggers;
    size_t n_triggers;
    /**
     * Whether there is no pod while no trigger has work; only with triggers. Default: false, which is safe: a service without pods answers
     * nobody.
     */
    enum hd_bool scale_to_zero;
    /** Seconds between two questions of KEDA, 1 to 86400; only with triggers. Default: 30, because it is KEDA's own. */
    int64_t polling_interval;
    /** Seconds without work until the last pods go, 0 to 86400; only with scaleToZero. Default: 300, because it is KEDA's own. */
    struct hd_opt_int cooldown_period;
    const struct hd_at *at;
};

/** How many pods a drain or an upgrade may take at once: a PodDisruptionBudget. At most one of the two figures. */
struct hd_disruption_budget {
    /** `false` (in YAML also a word alone, `disruptionBudget: off` or none) leaves the service without a budget. */
    enum hd_bool enabled;
    /** Pods that must stay, a number or a percentage. */
    const char *min_available;
    /** Pods that may go, a number or a percentage. Default: 1, so that a drain always goes on, and takes one pod at a time. */
    const char *max_unavailable;
    /** IfHealthyBudget or AlwaysAllow. Default: AlwaysAllow from Kubernetes 1.27, so that broken pods never block a drain. */
    const char *unhealthy_pod_eviction_policy;
    const struct hd_at *at;
};

#endif
