/* Why traffic is allowed or denied, in words. */
#include "graph.h"

#include "call.h"

#include <stdlib.h>

static const char *const words[] = {
    [HD_CLUSTER_REASON_ALLOWED] = " allows it by this rule",
    [HD_CLUSTER_REASON_DENIED] = " selects these pods, and none of its rules allows it",
    [HD_CLUSTER_REASON_ALLOWED_SOME] = " allows some requests by this rule",
    [HD_CLUSTER_REASON_ALLOWED_PERHAPS] = " may allow it by this rule, which asks for what the manifests do not tell",
    [HD_CLUSTER_REASON_REFUSED] = " refuses it by this rule",
    [HD_CLUSTER_REASON_REFUSED_SOME] = " refuses some requests by this rule",
    [HD_CLUSTER_REASON_REFUSED_PERHAPS] = " may refuse it by this rule, which asks for what the manifests do not tell",
    [HD_CLUSTER_REASON_NO_CERTIFICATE] = " asks for a certificate, which the caller does not show",
    [HD_CLUSTER_REASON_NOT_IN_REGISTRY] = " lets out requests only to the hosts that it lists, and this is none of them",
    [HD_CLUSTER_REASON_WAYPOINT] = " is a waypoint, through which it can go:",
};

char *graph_reason(const struct hd_cluster_reason *reason)
{
    const struct hd_cluster_object *policy = reason->policy;
    const char *layer = reason->in_mesh ? "mesh" : reason->is_egress ? "egress" : "ingress";
    char *place = printed("%s:%u:%u: %s: ", reason->place.file, reason->place.line, reason->place.column, layer);
    char *text;

    if (reason->kind == HD_CLUSTER_REASON_OPEN)
        text =
            printed("%sno %s selects these pods, so that everything is allowed", place, reason->in_mesh ? "AuthorizationPolicy" : "policy");
    else if (reason->kind == HD_CLUSTER_REASON_TUNNEL)
        text = printed("%sztunnel carries it, so that network policies must allow TCP 15008", place);
    else
        text = printed("%s%s %s/%s%s", place, policy->kind, policy->namespace_name, policy->name, words[reason->kind]);
    free(place);
    return text;
}

void graph_write_reason(struct output *output, const struct hd_cluster_reason *reason)
{
    char *text = graph_reason(reason);

    output_text(output, "  ");
    output_text(output, text);
    output_text(output, "\n");
    free(text);
}

static int write_reason(void *output, const struct hd_cluster_reason *reason)
{
    graph_write_reason(output, reason);
    return 0;
}

enum hd_status graph_write_reasons(const struct hd_cluster *cluster, const struct hd_connectivity_options *options, const char *from,
                                   const char *to, const struct hd_cluster_range *port, struct hd_diagnostics *diagnostics,
                                   struct output *output)
{
    int allowed;

    return hd_cluster_why(cluster, options, from, to, port, diagnostics, write_reason, output, &allowed);
}
