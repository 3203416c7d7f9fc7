/* Why a packet or a request is allowed. */
#ifndef HD_CLUSTER_QUESTION_H
#define HD_CLUSTER_QUESTION_H

#include "passing.h"

/* One end of the packet in question: a class of pods, a way in, or an address. */
struct point {
    const struct workload *workload;
    uint32_t class;
    const struct way *way;
    struct ip_range address;
};

struct question {
    struct arena arena;
    struct decision decision;
    const struct hd_cluster *cluster;
    struct hd_diagnostics *report;
    struct point from, to;
    /* For what a way in leads to. */
    struct row row;
    struct hd_cluster_range port;
    hd_cluster_reason_visitor *visitor;
    void *user;
    bool is_stopped;
};

/* Visits the reasons of network policies at both ends. Returns whether they allow the packet. */
bool question_network(struct question *question, const struct point *from, const struct point *to, const struct hd_cluster_range *port);

/* Visits the reasons of both layers, or, with is_alone, of Istio's. Returns whether both allow it, at least perhaps or for some requests. */
bool question_mesh(struct question *question, bool is_alone);

#endif
