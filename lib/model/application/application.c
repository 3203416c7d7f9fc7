/* The application. */
#include "model/checks.h"
#include "core/tables/check_fields.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/suggest.h"
#include "model/tables.h"

#include <stdlib.h>
#include <string.h>

WORDS(hd_pod_security, {"restricted", HD_POD_SECURITY_RESTRICTED}, {"baseline", HD_POD_SECURITY_BASELINE},
      {"privileged", HD_POD_SECURITY_PRIVILEGED});

#define T hd_app
static const struct hd_field app_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("namespace", namespace_name, .format = &format_dns_label),
    STR("environment", environment, .format = &format_label_value),
    STR("host", host, .choice = 1, .format = &format_any_host),
    STRS("hosts", hosts, .choice = 1, .format = &format_any_host),
    STR("kubernetesVersion", kubernetes_version, .format = &format_version),
    STR("imageRegistry", image_registry, .format = &format_registry),
    STR("imageTag", image_tag, .format = &format_tag),
    LIST("labels", labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    LIST("annotations", annotations, hd_pair, .key_format = &format_annotation_key, .format = &format_text),
    ENUM("podSecurity", pod_security, hd_pod_security, .def_int = HD_POD_SECURITY_RESTRICTED),
    LIST("runtimes", runtimes, hd_service),
    OBJ("secretStore", secret_store, hd_secret_store),
    LIST("secrets", secrets, hd_secret),
    LIST("externals", externals, hd_external),
    OBJ("platform", platform, hd_platform),
    OBJ("ingress", ingress, hd_ingress),
    OBJ("gateway", gateway, hd_app_gateway),
    OBJ("mesh", mesh, hd_mesh),
    OBJ("telemetry", telemetry, hd_telemetry),
    OBJ("operations", operations, hd_operations),
    LIST("resourceQuotas", resource_quotas, hd_resource_quota),
    LIST("limitRanges", limit_ranges, hd_limit_range),
    LIST("priorityClasses", priority_classes, hd_priority_class),
    LIST("patches", patches, hd_patch),
    LIST("manifests", manifests, hd_foreign_manifest),
    LIST("silence", silence, hd_silence),
    LIST("services", services, hd_service, .required = true),
};
const struct hd_struct hd_app_struct = STRUCT(app_fields);
#undef T

const struct hd_struct *hd_schema_root(void)
{
    return &hd_app_struct;
}

/* Namespaces that hold the cluster's own pods. */
static const char *const system_namespaces[] = {"kube-system", "kube-public", "kube-node-lease"};

static void check_namespace(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    const char *name = text_or(app->namespace_name, "");
    struct where where = checker->model->given->namespace_name ? AT(app, namespace_name) : AT(app, name);

    for (size_t i = 0; i < sizeof system_namespaces / sizeof *system_namespaces; i++)
        if (!strcmp(name, system_namespaces[i]))
            hint(found(checker, HD_SYSTEM_NAMESPACE, where, "the namespace %s is reserved for the cluster itself", name),
                 "use a namespace of the application's own, such as shop, because its default deny and security level would apply to the "
                 "cluster's pods too");
    if (!strcmp(name, "default"))
        hint(found(checker, HD_DEFAULT_NAMESPACE, where, "the namespace default is shared with everybody"),
             "use a namespace of the application's own, because its network policies, quotas and security level would apply to all "
             "other pods there");
}

static void check_kube_version(struct checker *checker)
{
    const struct hd_app *app = checker->app;

    if (!app->kubernetes_version || !format_is_valid(&format_version, app->kubernetes_version))
        return;
    if (checker->kube_minor < KUBE_OLDEST)
        hint(found(checker, HD_KUBE_TOO_OLD, AT(app, kubernetes_version), "Kubernetes %s is older than the oldest supported version",
                   app->kubernetes_version),
             "manifests are written for 1.%d to 1.%d; upgrade the cluster, or give the version that it really has", KUBE_OLDEST,
             KUBE_NEWEST);
    if (checker->kube_minor > KUBE_NEWEST)
        hint(found(checker, HD_KUBE_UNKNOWN, AT(app, kubernetes_version),
                   "Kubernetes %s is newer than the newest version that is known here", app->kubernetes_version),
             "the manifests are those for 1.%d, which later versions usually accept", KUBE_NEWEST);
}

/* A name that calls use means one thing. Each list was looked through on its own. */
static void check_externals_apart(struct checker *checker)
{
    const struct hd_app *app = checker->app;

    for (size_t i = 0; i < app->n_externals; i++) {
        const struct hd_external *external = &app->externals[i];
        const struct hd_service *service = external->name ? graph_callee(checker->model, external->name).service : NULL;
        struct finding *finding;

        if (!service)
            continue;
        finding =
            found(checker, HD_NAME_TAKEN, AT(external, name), "\"%.63s\" is the name of an external and of a service", external->name);
        also_at(finding, AT(service, name), "the service of this name");
        hint(finding, "rename the external, because a call could mean either");
    }
}

static void check_silence(struct checker *checker, const struct hd_silence *silence, size_t n_silence)
{
    for (size_t i = 0; i < n_silence; i++) {
        const char *code = silence[i].code;
        const struct hd_code_info *info;

        if (!code || !format_is_valid(&format_code, code))
            continue;
        info = hd_code_info(atoi(code + 2));
        if (!info)
            hint(found(checker, HD_SILENCE_UNKNOWN, AT(&silence[i], code), "there is no code %s", code),
                 "copy the code from the warning, where it stands in brackets");
        else if (info->severity == HD_ERROR)
            hint(found(checker, HD_SILENCED_ERROR, AT(&silence[i], code), "%s is an error, and errors cannot be silenced", code),
                 "remove it, and correct the model; %s means: %s", code, info->what);
    }
}

void check_application(struct checker *checker)
{
    const struct hd_app *app = checker->app;

    check_namespace(checker);
    check_kube_version(checker);
    check_runtimes(checker);
    check_externals_apart(checker);
    check_silence(checker, app->silence, app->n_silence);
    for (size_t i = 0; i < app->n_services; i++) {
        check_silence(checker, app->services[i].silence, app->services[i].n_silence);
    }
}
