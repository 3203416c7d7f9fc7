/* What other applications may rely on. */
#ifndef HD_WORKSPACE_CONTRACT_H
#define HD_WORKSPACE_CONTRACT_H

#include "core/memory/arena.h"
#include "model/tables.h"

/** A port of a service of another application. */
struct hd_contract_port {
    /** Name of the port. */
    const char *name;
    /** Port of the pods, which network policies see. */
    int64_t port;
    /** Port of the Service, which callers name. */
    int64_t service_port;
    /** What is spoken there. */
    enum hd_protocol protocol;
    /** Whether only callers of the mesh are taken. */
    enum hd_bool strict;
    const struct hd_at *at;
};

/** A service of another application, and who may call it. */
struct hd_contract_service {
    /** Name of the service and its Service object. */
    const char *name;
    /** Labels by which its pods are selected. */
    const struct hd_pair *pod_labels;
    size_t n_pod_labels;
    /** Service account of its pods. */
    const char *service_account;
    /** Whether its pods are in the mesh. */
    enum hd_bool mesh;
    /** Whether callers of an ambient mesh reach it through the waypoint of its namespace. */
    enum hd_bool waypoint;
    /** Name of the port that a call without a port means; without it a call must name one. */
    const char *port;
    /** Ports on which it listens. */
    const struct hd_contract_port *ports;
    size_t n_ports;
    /** Who is let in from outside of its application. */
    const struct hd_caller *callers;
    size_t n_callers;
    /** Services of other applications that it calls. */
    const struct hd_call *calls;
    size_t n_calls;
    const struct hd_at *at;
};

/** What other applications may rely on of one: its services, where they are, and who is let in. */
struct hd_contract {
    /** Version of this form: 1. */
    int64_t contract;
    /** Name of the application. */
    const char *name;
    /** Namespace of its objects. */
    const char *namespace_name;
    /** Mode of its mesh. */
    enum hd_mesh_mode mesh;
    /** Trust domain of the mesh, which identities begin with. */
    const char *trust_domain;
    /** Hosts and paths at which its gateway takes requests, each as host/path. */
    const char *const *hosts;
    size_t n_hosts;
    /** Its services. */
    const struct hd_contract_service *services;
    size_t n_services;
    const struct hd_at *at;
};

extern const struct hd_struct hd_contract_struct;

enum { CONTRACT_VERSION = 1 };

struct hd_model;
struct neighbour;
struct neighbours;

/* The contract of a model. It borrows from the model, also the places at which things were written. */
struct hd_contract *contract_of(struct arena *arena, const struct hd_model *model);
/* Makes the services of a contract known to the models of other applications. Returns one neighbour for each. */
struct neighbour *contract_add_neighbours(struct arena *arena, struct neighbours *neighbours, const struct hd_contract *contract);

#endif
