/** Gateways, by which requests from outside come in. */
#ifndef HYBRIDDEPLOY_MODEL_GATEWAY_H
#define HYBRIDDEPLOY_MODEL_GATEWAY_H

#include <hybriddeploy/model/value.h>

/** The API in which routes are written. */
enum hd_routing { HD_ROUTING_UNSET = 0, HD_ROUTING_ISTIO, HD_ROUTING_GATEWAY };

/** An issuer of cert-manager. */
struct hd_certificate_issuer {
    /** Name of the issuer. */
    const char *name;
    /**
     * ClusterIssuer or Issuer, which must stand in the gateway's namespace. Default: ClusterIssuer, because one issuer serves the gateways
     * of all namespaces.
     */
    const char *kind;
    /** API group, for issuers that are none of cert-manager's own. Default: cert-manager.io, because most issuers are its own. */
    const char *group;
    const struct hd_at *at;
};

/** TLS at a gateway; `tls: shop-tls` is short for the credential. */
struct hd_gateway_tls {
    /** Secret with tls.crt and tls.key in the gateway's namespace, which must exist. Excludes issuer. */
    const char *credential_name;
    /** Issuer from which cert-manager gets the certificate. */
    struct hd_certificate_issuer issuer;
    /**
     * SIMPLE, MUTUAL, OPTIONAL_MUTUAL (clients show certificates too), or PASSTHROUGH to ports that speak TLS, which alone may be said of
     * a Gateway that somebody else runs. Default: SIMPLE, because browsers have no certificates.
     */
    const char *mode;
    /** TLSV1_2 or TLSV1_3. Default: TLSV1_2, because older versions are broken and clients of today have it. */
    const char *min_protocol_version;
    const struct hd_at *at;
};

/** A gateway of the mesh, by which requests from outside come in. */
struct hd_gateway {
    /** Name of the object. */
    const char *name;
    /**
     * Labels of the proxies that serve it. Default: the labels of platform.gateway, else `istio: ingress`, or `istio: ingressgateway` in
     * the namespace istio-system, because the charts of Istio set these.
     */
    const struct hd_pair *selector;
    size_t n_selector;
    /** Gateway API: class of the gateway. Default: istio, because Istio installs it. */
    const char *gateway_class_name;
    /** Host names. Default: the hosts of all exposures that no other gateway has, so that each host has its gateway. */
    const char *const *hosts;
    size_t n_hosts;
    /**
     * Port at which requests come in, 1 to 65535: of the gateway's Service, or of its pods where it has none. Default: 443 with TLS, else
     * 80, because clients ask there.
     */
    int64_t port;
    struct hd_gateway_tls tls;
    /**
     * Whether plain HTTP at port 80 is answered with a redirect to HTTPS; false closes port 80. Default: true with TLS, because a request
     * without TLS can be read on its way; but false where the port itself is 80, and where mesh.routing is istio and the port not 443,
     * because Istio's redirect leads to 443.
     */
    enum hd_bool https_redirect;
    const struct hd_at *at;
};

/** A Gateway that somebody else runs, which routes join; its listeners must let in routes of the application's namespace. */
struct hd_parent_gateway {
    /** Name of the Gateway. */
    const char *name;
    /** Its namespace. Default: that of the application, because routes look there too. */
    const char *namespace_name;
    /** The listener that routes join. Default: each that has the route's host, because the owner of the Gateway may change their names. */
    const char *section_name;
    const struct hd_at *at;
};

/**
 * A way in through the Gateway API without a mesh, by any implementation of it: a Gateway of the application's own, which stands in its
 * namespace under its name, or one that somebody else runs. Excludes ingress; in a mesh, mesh.routing and mesh.gateways are the words.
 */
struct hd_app_gateway {
    /**
     * Name of the GatewayClass, which says whose requests the policies let in: they know the usual classes of Envoy Gateway (eg, envoy,
     * envoy-gateway), NGINX Gateway Fabric (nginx), Contour (contour), Cilium (cilium), GKE (gke-l7-...) and Istio without its mesh
     * (istio). For others, platform.gateway says where requests come from.
     */
    const char *class_name;
    /** The Gateway that routes join, in place of one of the application's own. */
    struct hd_parent_gateway parent_ref;
    /** Host names of its listeners. Default: the hosts of all exposures, so that each has a listener. */
    const char *const *hosts;
    size_t n_hosts;
    /** Port at which requests come in, 1 to 65535. Default: 443 with TLS, else 80, because clients ask there. */
    int64_t port;
    struct hd_gateway_tls tls;
    /**
     * Whether plain HTTP at port 80 is answered with a redirect to HTTPS; false closes port 80. Default: true with TLS, because a request
     * without TLS can be read on its way; false at port 80.
     */
    enum hd_bool https_redirect;
    /**
     * Version of the Gateway API whose definitions (standard channel) the cluster has, "1.1" to the newest known. Default: the newest
     * known, which presumes definitions that are kept up to date.
     */
    const char *gateway_api_version;
    const struct hd_at *at;
};

/** An issuer of tokens, and the audiences that its tokens must name. */
struct hd_jwt_issuer {
    /** Name that exposures use. */
    const char *name;
    /** The iss claim of its tokens. */
    const char *issuer;
    /** Where its public keys are, an https URL. Default: found by OpenID discovery at the issuer, because most issuers offer it. */
    const char *jwks_uri;
    /** The aud claim must be one of these. Default: any, which presumes an issuer whose tokens are all meant for this application. */
    const char *const *audiences;
    size_t n_audiences;
    /** Header that the service gets with the claims, as base64 of JSON. */
    const char *output_payload_to_header;
    /** Whether the service gets the token itself. Default: false, which is safe because a service cannot pass on what it does not have. */
    enum hd_bool forward_original_token;
    const struct hd_at *at;
};

#endif
