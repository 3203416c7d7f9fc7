/* The application. */
#include "../core/field.h"
#include "rules.h"
#include "tables.h"

WORDS(hd_pod_security, {"restricted", HD_POD_SECURITY_RESTRICTED}, {"baseline", HD_POD_SECURITY_BASELINE},
      {"privileged", HD_POD_SECURITY_PRIVILEGED});

#define T hd_app
static const struct hd_field app_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("namespace", namespace_name, .format = &format_dns_label),
    STR("environment", environment, .format = &format_label_value),
    STR("host", host, .format = &format_host),
    STR("kubernetesVersion", kubernetes_version, .format = &format_version),
    STR("imageRegistry", image_registry, .format = &format_registry),
    STR("imageTag", image_tag, .format = &format_tag),
    LIST("labels", labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    LIST("annotations", annotations, hd_pair, .key_format = &format_annotation_key),
    ENUM("podSecurity", pod_security, hd_pod_security, .def_int = HD_POD_SECURITY_RESTRICTED),
    LIST("runtimes", runtimes, hd_service),
    OBJ("secretStore", secret_store, hd_secret_store),
    LIST("secrets", secrets, hd_secret),
    LIST("externals", externals, hd_external),
    OBJ("platform", platform, hd_platform),
    OBJ("ingress", ingress, hd_ingress),
    LIST("resourceQuotas", resource_quotas, hd_resource_quota),
    LIST("limitRanges", limit_ranges, hd_limit_range),
    LIST("priorityClasses", priority_classes, hd_priority_class),
    LIST("silence", silence, hd_silence),
    LIST("services", services, hd_service, .required = true),
};
const struct hd_struct hd_app_struct = STRUCT(app_fields);
#undef T

const struct hd_struct *hd_schema_root(void)
{
    return &hd_app_struct;
}

void check_application(struct checker *checker)
{
    (void)checker;
}
