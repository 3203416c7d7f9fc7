/* Decides about single requests by AuthorizationPolicies. */
#ifndef HD_CLUSTER_GATE_H
#define HD_CLUSTER_GATE_H

#include "mesh.h"
#include "ways.h"

/* What is allowed of a connection. The order matters: of two layers the least holds, of two ways the greatest. */
enum access { ACCESS_NONE, ACCESS_UNKNOWN, ACCESS_SOME, ACCESS_ALL };

/* The policies that one proxy follows: that of pods, ztunnel before pods, or a waypoint for a Service. */
struct gate {
    const struct authorization **policies;
    size_t n;
    /* ztunnel reads no requests. */
    bool is_ztunnel;
    bool has_http;
    /* Texts by which all requests can be judged; without has_words there would be too many. */
    bool has_words;
    struct words methods, paths, hosts;
};

enum caller_kind {
    /* No certificate. */
    CALLER_PLAIN,
    CALLER_KNOWN,
    /* Pods that were not read: with a certificate, or perhaps with one. */
    CALLER_SOMEBODY,
    CALLER_ANYBODY
};

struct caller {
    enum caller_kind kind;
    /* Of CALLER_KNOWN: "trust domain/ns/namespace/sa/account", "namespace/account". own_principal: with the trust domain that is given. */
    const char *principal, *own_principal, *namespace, *account;
    /* Its address, when it is one of outside. */
    const struct ip_range *address;
};

struct request {
    const struct caller *caller;
    uint16_t port;
    /* NULL when no proxy reads the request. */
    const char *method, *path, *host;
    /* Whether it stands for all requests, so that nothing is known of method, path and host. */
    bool is_any;
};

/* Adds the policies' patterns of an attribute. */
struct patterns gate_patterns(struct arena *arena, const struct gate *gate, enum attribute attribute, struct patterns with);

/* To be called when all policies are known. */
void gate_settle(struct gate *gate, struct arena *arena);

enum truth gate_passes(const struct gate *gate, const struct request *request);
enum truth rule_matches(const struct gate *gate, const struct authorization *policy, const struct auth_rule *rule,
                        const struct request *request);

/* What is allowed of all requests at a port. */
enum access gate_access(const struct gate *gate, const struct caller *caller, uint16_t port, enum protocol protocol);

#endif
