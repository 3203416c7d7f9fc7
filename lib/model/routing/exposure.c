/* Exposures of services, and changes to their requests. */
#include "core/tables/field.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/route.h"
#include "model/tables.h"

#include <string.h>

WORDS(hd_path_type, {"Prefix", HD_PATH_PREFIX}, {"Exact", HD_PATH_EXACT}, {"RegularExpression", HD_PATH_REGULAR_EXPRESSION});

CHOICES(url_scheme, WORD("http"), WORD("https"));
CHOICES(grpc_status, WORD("OK"), WORD("CANCELLED"), WORD("UNKNOWN"), WORD("INVALID_ARGUMENT"), WORD("DEADLINE_EXCEEDED"), WORD("NOT_FOUND"),
        WORD("ALREADY_EXISTS"), WORD("PERMISSION_DENIED"), WORD("RESOURCE_EXHAUSTED"), WORD("FAILED_PRECONDITION"), WORD("ABORTED"),
        WORD("OUT_OF_RANGE"), WORD("UNIMPLEMENTED"), WORD("INTERNAL"), WORD("UNAVAILABLE"), WORD("DATA_LOSS"), WORD("UNAUTHENTICATED"));

#define T hd_header_match
static const struct hd_field header_match_fields[] = {
    STR("name", name, .required = true, .format = &format_matched_header),
    STR("exact", exact, .choice = 1, .format = &format_line),
    STR("prefix", prefix, .choice = 1, .format = &format_line),
    STR("regex", regex, .choice = 1, .format = &format_regex),
};
const struct hd_struct hd_header_match_struct = STRUCT(header_match_fields, .scalar = "exact", .keyed_by = "name");
#undef T

#define T hd_query_match
static const struct hd_field query_match_fields[] = {
    STR("name", name, .required = true, .format = &format_line),
    STR("exact", exact, .choice = 1, .format = &format_line),
    STR("regex", regex, .choice = 1, .format = &format_regex),
};
const struct hd_struct hd_query_match_struct = STRUCT(query_match_fields, .scalar = "exact", .keyed_by = "name");
#undef T

#define T hd_rewrite
static const struct hd_field rewrite_fields[] = {
    STR("uri", uri, .format = &format_url_path),
    STR("authority", authority, .format = &format_authority),
};
const struct hd_struct hd_rewrite_struct = STRUCT(rewrite_fields, .scalar = "uri");
#undef T

#define T hd_redirect
static const struct hd_field redirect_fields[] = {
    STR("uri", uri, .format = &format_url_path),
    STR("authority", authority, .format = &format_subdomain),
    STR("scheme", scheme, .words = &url_scheme),
    INT("port", port, .min = 1, .max = 65535),
    INT("redirectCode", redirect_code, .min = 301, .max = 308, .def_int = 301),
};
const struct hd_struct hd_redirect_struct = STRUCT(redirect_fields, .scalar = "uri");
#undef T

#define T hd_direct_response
static const struct hd_field direct_response_fields[] = {
    INT("status", status, .required = true, .min = 200, .max = 599),
    STR("body", body, .format = &format_text),
};
const struct hd_struct hd_direct_response_struct = STRUCT(direct_response_fields, .scalar = "status");
#undef T

#define T hd_fault_delay
static const struct hd_field fault_delay_fields[] = {
    STR("fixedDelay", fixed_delay, .required = true, .format = &format_mesh_duration),
    INT("percentage", percentage, .min = 1, .max = 100, .def_int = 100),
};
const struct hd_struct hd_fault_delay_struct = STRUCT(fault_delay_fields, .scalar = "fixedDelay");
#undef T

#define T hd_fault_abort
static const struct hd_field fault_abort_fields[] = {
    INT("httpStatus", http_status, .choice = 1, .min = 200, .max = 599),
    STR("grpcStatus", grpc_status, .choice = 1, .words = &grpc_status),
    INT("percentage", percentage, .min = 1, .max = 100, .def_int = 100),
};
const struct hd_struct hd_fault_abort_struct = STRUCT(fault_abort_fields, .scalar = "httpStatus");
#undef T

#define T hd_fault
static const struct hd_field fault_fields[] = {
    OBJ("delay", delay, hd_fault_delay),
    OBJ("abort", abort, hd_fault_abort),
};
const struct hd_struct hd_fault_struct = STRUCT(fault_fields, .parts_are_filled = true);
#undef T

#define T hd_mirror
static const struct hd_field mirror_fields[] = {
    STR("to", to, .required = true),
    IOS("port", port, .format = &format_port_ref),
    INT("percentage", percentage, .min = 1, .max = 100, .def_int = 100),
};
const struct hd_struct hd_mirror_struct = STRUCT(mirror_fields, .scalar = "to");
#undef T

#define T hd_origin
static const struct hd_field origin_fields[] = {
    STR("exact", exact, .choice = 1, .format = &format_origin),
    STR("prefix", prefix, .choice = 1, .format = &format_line),
    STR("regex", regex, .choice = 1, .format = &format_regex),
};
const struct hd_struct hd_origin_struct = STRUCT(origin_fields, .scalar = "exact");
#undef T

#define T hd_cors_policy
static const struct hd_field cors_policy_fields[] = {
    LIST("allowOrigins", allow_origins, hd_origin, .required = true),
    STRS("allowMethods", allow_methods, .format = &format_cors_method),
    STRS("allowHeaders", allow_headers, .format = &format_http_header),
    STRS("exposeHeaders", expose_headers, .format = &format_http_header),
    STR("maxAge", max_age, .format = &format_age),
    BOOL("allowCredentials", allow_credentials),
};
const struct hd_struct hd_cors_policy_struct = STRUCT(cors_policy_fields);
#undef T

#define T hd_header_changes
static const struct hd_field header_changes_fields[] = {
    LIST("set", set, hd_pair, .key_format = &format_http_header, .format = &format_header_value),
    LIST("add", add, hd_pair, .key_format = &format_http_header, .format = &format_header_value),
    STRS("remove", remove, .format = &format_http_header),
};
const struct hd_struct hd_header_changes_struct = STRUCT(header_changes_fields);
#undef T

#define T hd_destination
static const struct hd_field destination_fields[] = {
    STR("to", to, .required = true),
    IOS("port", port, .format = &format_port_ref),
    INT("weight", weight, .required = true, .min = 1, .max = 100),
};
const struct hd_struct hd_destination_struct = STRUCT(destination_fields, .scalar = "weight", .keyed_by = "to");
#undef T

#define T hd_claim_match
static const struct hd_field claim_match_fields[] = {
    STR("name", name, .required = true, .format = &format_line),
    STRS("values", values, .required = true, .format = &format_line),
};
const struct hd_struct hd_claim_match_struct = STRUCT(claim_match_fields, .keyed_by = "name");
#undef T

#define T hd_jwt
static const struct hd_field jwt_fields[] = {
    STR("issuer", issuer, .format = &format_line),
    LIST("claims", claims, hd_claim_match),
    STRS("publicPaths", public_paths, .format = &format_call_path),
};
const struct hd_struct hd_jwt_struct = STRUCT(jwt_fields, .scalar = "issuer");
#undef T

#define T hd_exposure
static const struct hd_field exposure_fields[] = {
    STR("path", path, .format = &format_url_path, .def = "/"),
    STR("host", host, .choice = 1, .format = &format_any_host),
    STRS("hosts", hosts, .choice = 1, .format = &format_any_host),
    ENUM("pathType", path_type, hd_path_type, .def_int = HD_PATH_PREFIX),
    IOS("port", port, .format = &format_port_ref),
    STR("gateway", gateway, .mesh = IN_MESH),
    STRS("methods", methods, .format = &format_method, .mesh = BY_GATEWAY),
    LIST("headers", headers, hd_header_match, .mesh = BY_GATEWAY),
    LIST("queryParams", query_params, hd_query_match, .mesh = BY_GATEWAY),
    STR("version", version, .format = &format_dns_label, .choice = 2, .mesh = BY_GATEWAY),
    OBJ("rewrite", rewrite, hd_rewrite, .mesh = BY_GATEWAY),
    OBJ("redirect", redirect, hd_redirect, .choice = 2, .mesh = BY_GATEWAY),
    OBJ("directResponse", direct_response, hd_direct_response, .choice = 2, .mesh = IN_MESH),
    LIST("destinations", destinations, hd_destination, .choice = 2, .mesh = BY_GATEWAY),
    STR("timeout", timeout, .format = &format_mesh_duration, .mesh = BY_GATEWAY),
    OBJ("retries", retries, hd_retries, .mesh = IN_MESH),
    OBJ("fault", fault, hd_fault, .mesh = IN_MESH),
    OBJ("mirror", mirror, hd_mirror, .mesh = BY_GATEWAY),
    OBJ("corsPolicy", cors_policy, hd_cors_policy, .mesh = BY_GATEWAY),
    OBJ("requestHeaders", request_headers, hd_header_changes, .mesh = BY_GATEWAY),
    OBJ("responseHeaders", response_headers, hd_header_changes, .mesh = BY_GATEWAY),
    OBJ("jwt", jwt, hd_jwt, .mesh = WITH_SIDECARS),
    OBJ("backendTLS", backend_tls, hd_backend_tls, .mesh = BY_GATEWAY),
};
const struct hd_struct hd_exposure_struct = STRUCT(exposure_fields, .scalar = "path", .parts_are_filled = true);
#undef T

size_t exposure_n_hosts(const struct hd_exposure *exposure)
{
    return exposure->n_hosts ? exposure->n_hosts : 1;
}

const char *exposure_host(const struct hd_exposure *exposure, size_t index)
{
    const char *host = exposure->n_hosts ? exposure->hosts[index] : exposure->host;

    return host && !strcmp(host, "*") ? NULL : host;
}

void resolve_expose(struct hd_model *model, struct hd_service *service)
{
    /* layer_defaults() made sure that they are the service's own. */
    struct hd_exposure *expose = (struct hd_exposure *)(uintptr_t)service->expose;
    const struct hd_port *port = service_port(service, NULL);

    for (size_t i = 0; i < service->n_expose; i++) {
        if (!expose[i].host && !expose[i].n_hosts) {
            expose[i].host = model->app->host;
            expose[i].hosts = model->app->hosts;
            expose[i].n_hosts = model->app->n_hosts;
        }
        if (!expose[i].port && port)
            expose[i].port = port->name;
    }
}
