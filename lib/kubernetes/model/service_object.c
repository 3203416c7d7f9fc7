/* The Service object. */
#include "core/tables/field.h"
#include "model/tables.h"

CHOICES(service_type, WORD("ClusterIP"), WORD("NodePort"), WORD("LoadBalancer"));
CHOICES(affinity, WORD("None"), WORD("ClientIP"));
CHOICES(traffic_policy, WORD("Cluster"), WORD("Local"));
CHOICES(family_policy, WORD("SingleStack"), WORD("PreferDualStack"), WORD("RequireDualStack"));
CHOICES(family, WORD("IPv4"), WORD("IPv6"));
CHOICES(distribution, WORD("PreferClose"), WORD("PreferSameZone"), WORD("PreferSameNode"));

#define T hd_service_object
static const struct hd_field service_object_fields[] = {
    STR("type", type, .def = "ClusterIP", .words = &service_type),
    BOOL("headless", headless, .ours = true),
    LIST("annotations", annotations, hd_pair, .key_format = &format_annotation_key, .format = &format_text, .ours = true),
    STR("sessionAffinity", session_affinity, .words = &affinity),
    INT("sessionAffinityTimeoutSeconds", session_affinity_timeout_seconds, .ours = true, .min = 1, .max = 86400),
    STR("externalTrafficPolicy", external_traffic_policy, .words = &traffic_policy),
    STR("internalTrafficPolicy", internal_traffic_policy, .words = &traffic_policy),
    STR("trafficDistribution", traffic_distribution, .ours = true, .words = &distribution, .since = 31),
    STR("ipFamilyPolicy", ip_family_policy, .words = &family_policy),
    STRS("ipFamilies", ip_families, .words = &family),
    BOOL("publishNotReadyAddresses", publish_not_ready_addresses, .omit_zero = true),
    STR("loadBalancerClass", load_balancer_class, .format = &format_label_key),
    STRS("loadBalancerSourceRanges", load_balancer_source_ranges, .format = &format_cidr),
};
const struct hd_struct hd_service_object_struct = STRUCT(service_object_fields, .scalar = "type");
#undef T
