/** Resolving and checking a model. */
#ifndef HYBRIDDEPLOY_CHECK_H
#define HYBRIDDEPLOY_CHECK_H

#include <hybriddeploy/diagnostic.h>
#include <hybriddeploy/model.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A model with every default filled in, its call graph, and the manifests that follow from it. */
struct hd_model;

/** Options for resolving; zeroes are the defaults. Set size to sizeof. */
struct hd_resolve_options {
    /** sizeof(struct hd_resolve_options). */
    size_t size;
    /** Replaces the application's kubernetesVersion. */
    const char *kubernetes_version;
    /** Replaces the application's namespace. */
    const char *namespace_name;
};

/**
 * Fills in on a copy what `app` leaves out: from the service's runtime, then from the library's defaults. `options` may
 * be NULL. On HD_OK `*ret_model` is the caller's; free it with hd_model_free(). `app` must live as long as the model.
 *
 * HD_BAD_CALL, with a diagnostic that says where, when `app->abi` is not HD_ABI, an enum has a value that it does not have, a list has
 * a count but no array, a list of strings holds NULL, an optional number has a value but is not set, or the program sets a member that
 * only newer versions of the library know.
 */
HD_API enum hd_status hd_resolve(const struct hd_app *app, const struct hd_resolve_options *options, struct hd_diagnostics *diagnostics,
                                 struct hd_model **ret_model);

struct hd_document;

/**
 * hd_resolve() for the model of a document, in about half the memory: the model's services become complete where they stand, instead of
 * in a copy. From then on, whatever the status but HD_BAD_CALL, hd_document_app() gives NULL for this document, and its entries can
 * no longer be changed. `document` stays the caller's, and must live as long as the model. HD_BAD_CALL, with a diagnostic, when it was
 * called for this document before.
 */
HD_API enum hd_status hd_document_resolve(struct hd_document *document, const struct hd_resolve_options *options,
                                          struct hd_diagnostics *diagnostics, struct hd_model **ret_model);

/** Frees the model. NULL is allowed. */
HD_API void hd_model_free(struct hd_model *model);

/**
 * The complete application as a program of this layout reads it; NULL is the library's own layout. Borrowed from the model. NULL when
 * `model` is NULL, or memory ran out while a copy was made for a layout that is not the library's, or that layout cannot be read.
 */
HD_API const struct hd_app *hd_model_app_in(const struct hd_model *model, const struct hd_layout *layout);

/** The complete application. Borrowed from the model. NULL as with hd_model_app_in(). */
static inline const struct hd_app *hd_model_app(const struct hd_model *model)
{
    return hd_model_app_in(model, HD_ABI);
}

/** The kinds of peers at an end of a connection. */
enum hd_peer_kind {
    HD_PEER_UNSET = 0,
    /** A service of the application. */
    HD_PEER_SERVICE,
    /** An entry of externals. */
    HD_PEER_EXTERNAL,
    /** A part of the cluster, such as dns, gateway or prometheus; or "outside", addresses for which a service is open. */
    HD_PEER_PLATFORM,
    /** Pods that the library generates beside the services, such as a collector or a waypoint. */
    HD_PEER_OWN,
    /** An entry of a service's callers. */
    HD_PEER_CALLER
};

/** One end of a connection. Borrowed from its model. */
struct hd_peer {
    enum hd_peer_kind kind;
    /**
     * Name of the service, external or other pods; of a caller what its entry says: billing/invoice, a namespace, a namespace and an account,
     * or addresses. NULL where the model lacks it, which hd_check() reports.
     */
    const char *name;
    /** Namespace of its pods; NULL when it has addresses alone. */
    const char *namespace_name;
    /** Whether its pods take part in the mesh, and so show a certificate to others of the mesh. */
    bool in_mesh;
};

/** A port of the pods that are called. */
struct hd_edge_port {
    int64_t number;
    /** Whether it is UDP; else TCP. */
    bool is_udp;
};

/** A connection that the manifests allow, and why. Borrowed from its model. */
struct hd_edge {
    const struct hd_peer *from, *to;
    /** Ports at `to`; none means all ports. */
    const struct hd_edge_port *ports;
    size_t n_ports;
    /** call, gateway, metrics, dns, telemetry, discovery, probe, hostPort and the like, or the type of a Service open to the outside. */
    const char *reason;
    /**
     * Whether NetworkPolicies allow it (or those of Cilium, where no others can), and whether AuthorizationPolicies do, which only a mesh
     * has. In an ambient mesh they are edges of their own, because the network sees the port of the tunnel, 15008, in the place of the port
     * that is called.
     */
    bool in_network, in_mesh;
    /** The waypoint that decides in the place of `to`; NULL when there is none between them. */
    const struct hd_peer *by;
    /** The only requests that the mesh allows, as the call or the caller gives them; none means all. A star at one end is a wildcard. */
    const char *const *methods;
    size_t n_methods;
    const char *const *paths;
    size_t n_paths;
};

/** Number of connections. 0 when `model` is NULL. */
HD_API size_t hd_model_n_edges(const struct hd_model *model);

/** Connection `index`; those that a service needs stand together. Several threads may ask at the same time. NULL past the
 * end, and when memory ran out.
 */
HD_API const struct hd_edge *hd_model_edge(const struct hd_model *model, size_t index);

/** Checks every rule, collects all findings. HD_INVALID when `diagnostics` then has errors, also from earlier stages. */
HD_API enum hd_status hd_check(const struct hd_model *model, struct hd_diagnostics *diagnostics);

/** hd_resolve() and hd_check() in one, for callers that want only the findings. HD_INVALID when `diagnostics` then has errors. */
HD_API enum hd_status hd_validate(const struct hd_app *app, const struct hd_resolve_options *options, struct hd_diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif

#endif
