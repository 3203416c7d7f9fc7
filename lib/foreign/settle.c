/* When each object is applied, and who writes it. */
#include "foreign.h"

#include "core/reading/lay_over.h"
#include "core/reading/value.h"

#include <stdlib.h>
#include <string.h>

/* A kind that the library does not make. */
struct known_kind {
    const char *group, *kind;
    signed char step;
    bool is_cluster_wide;
};

/*
 * Objects that no kind of the library stands beside are applied before all that runs pods: an operator makes of them what programs need,
 * such as a database or a queue.
 */
enum { STEP_OF_UNKNOWN = 48 };

static const struct known_kind known_kinds[] = {
    {"", "Endpoints", 46, false},
    {"", "Node", 6, true},
    {"", "PersistentVolume", 34, true},
    {"", "Pod", 50, false},
    {"", "ReplicationController", 50, false},
    {"", "Secret", 25, false},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicy", 90, true},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding", 91, true},
    {"admissionregistration.k8s.io", "MutatingWebhookConfiguration", 91, true},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicy", 90, true},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding", 91, true},
    {"admissionregistration.k8s.io", "ValidatingWebhookConfiguration", 91, true},
    {"apiextensions.k8s.io", "CustomResourceDefinition", 1, true},
    {"apiregistration.k8s.io", "APIService", 80, true},
    {"apps", "ReplicaSet", 50, false},
    {"cert-manager.io", "ClusterIssuer", 24, true},
    {"cert-manager.io", "Issuer", 24, false},
    {"certificates.k8s.io", "CertificateSigningRequest", 48, true},
    {"certificates.k8s.io", "ClusterTrustBundle", 24, true},
    {"cilium.io", "CiliumClusterwideNetworkPolicy", 40, true},
    {"crd.projectcalico.org", "GlobalNetworkPolicy", 40, true},
    {"discovery.k8s.io", "EndpointSlice", 46, false},
    {"external-secrets.io", "ClusterExternalSecret", 25, true},
    {"external-secrets.io", "ClusterSecretStore", 24, true},
    {"external-secrets.io", "SecretStore", 24, false},
    {"flowcontrol.apiserver.k8s.io", "FlowSchema", 6, true},
    {"flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration", 6, true},
    {"gateway.networking.k8s.io", "GatewayClass", 6, true},
    {"keda.sh", "ClusterTriggerAuthentication", 49, true},
    {"kyverno.io", "ClusterPolicy", 90, true},
    {"networking.k8s.io", "IngressClass", 6, true},
    {"node.k8s.io", "RuntimeClass", 6, true},
    {"policy.networking.k8s.io", "AdminNetworkPolicy", 40, true},
    {"policy.networking.k8s.io", "BaselineAdminNetworkPolicy", 40, true},
    {"projectcalico.org", "GlobalNetworkPolicy", 40, true},
    {"projectcalico.org", "NetworkPolicy", 40, false},
    {"resource.k8s.io", "DeviceClass", 6, true},
    {"snapshot.storage.k8s.io", "VolumeSnapshotClass", 6, true},
    {"snapshot.storage.k8s.io", "VolumeSnapshotContent", 34, true},
    {"storage.k8s.io", "CSIDriver", 6, true},
    {"storage.k8s.io", "StorageClass", 6, true},
    {"storage.k8s.io", "VolumeAttributesClass", 6, true},
};

static int compare_kinds(const void *key, const void *row)
{
    const struct foreign_object *object = key;
    const struct known_kind *kind = row;
    int order = strcmp(object->group, kind->group);

    return order ? order : strcmp(object->kind, kind->kind);
}

/* The row of a kind that the library makes too. */
static const struct plan_row *own_row(const struct foreign_object *object)
{
    for (size_t f = 0; f < N_FAMILIES; f++)
        for (size_t i = 0; i < families[f]->n_kinds; i++) {
            const struct hd_kind_info *info = &families[f]->kinds[i]->info;

            if (!strcmp(info->kind, object->kind) && !strcmp(info->group, object->group))
                return families[f]->kinds[i];
        }
    return NULL;
}

const struct node *foreign_value(const struct node *node, const char *path)
{
    char key[32];

    while (node && *path) {
        size_t length = strcspn(path, ".");

        memcpy(key, path, length);
        key[length] = '\0';
        node = tree_value(node, key);
        path += length + (path[length] == '.');
    }
    return node;
}

static const char *text_in(const struct node *node, const char *path)
{
    const struct node *value = foreign_value(node, path);

    return value && value->kind == NODE_SCALAR ? value->text : "";
}

const char *foreign_pod_path(const struct foreign_object *object)
{
    static const struct {
        const char *group, *kind, *path;
    } kinds[] = {
        {"", "Pod", "spec"},
        {"", "ReplicationController", "spec.template.spec"},
        {"apps", "DaemonSet", "spec.template.spec"},
        {"apps", "Deployment", "spec.template.spec"},
        {"apps", "ReplicaSet", "spec.template.spec"},
        {"apps", "StatefulSet", "spec.template.spec"},
        {"batch", "CronJob", "spec.jobTemplate.spec.template.spec"},
        {"batch", "Job", "spec.template.spec"},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i].kind, object->kind) && !strcmp(kinds[i].group, object->group))
            return kinds[i].path;
    return NULL;
}

/* The Secret of an object: the Secret itself, or the one that an operator makes of it. */
static const char *secret_of(const struct foreign_object *object)
{
    static const struct {
        const char *kind, *path;
    } kinds[] = {
        {"Secret", "metadata.name"},
        {"SealedSecret", "metadata.name"},
        {"ExternalSecret", "spec.target.name"},
        {"Certificate", "spec.secretName"},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i].kind, object->kind)) {
            const char *name = text_in(object->root, kinds[i].path);

            return *name ? name : object->name;
        }
    return NULL;
}

/* Kinds that a CustomResourceDefinition of the model defines for the whole cluster, as `group/kind`. */
static void find_cluster_wide(struct hd_model *model, struct names *names)
{
    names_init(&model->arena, names, 0);
    for (size_t i = 0; i < model->foreign.n; i++) {
        const struct node *spec = tree_value(model->foreign.objects[i].root, "spec");

        if (strcmp(model->foreign.objects[i].kind, "CustomResourceDefinition") != 0 || strcmp(text_in(spec, "scope"), "Cluster") != 0)
            continue;
        names_add(names, arena_printf(&model->arena, "%s/%s", text_in(spec, "group"), text_in(tree_value(spec, "names"), "kind")), spec);
    }
}

static void write_metadata(struct yaml_out *y, const struct node *metadata, const char *added_namespace)
{
    for (uint32_t i = 0; i < metadata->n_items; i += 2) {
        const char *key = metadata->items[i]->text;

        if (!added_namespace || strcmp(key, "namespace") != 0)
            y_node(y, key, metadata->items[i + 1]);
        if (!strcmp(key, "name"))
            y_str(y, "namespace", added_namespace);
    }
}

static void emit_foreign(struct yaml_out *y, const struct subject *subject)
{
    const struct foreign_object *object = subject->object;

    for (uint32_t i = 0; i < object->root->n_items; i += 2) {
        const char *key = object->root->items[i]->text;

        if (strcmp(key, "metadata") != 0)
            y_node(y, key, object->root->items[i + 1]);
        else
            MAP(y, key)
                write_metadata(y, object->root->items[i + 1], object->namespace_name ? NULL : subject->manifest->namespace_name);
    }
}

static struct plan_row *row_of(struct hd_model *model, const struct names *cluster_wide, const struct foreign_object *object)
{
    const struct known_kind *known =
        bsearch(object, known_kinds, sizeof known_kinds / sizeof *known_kinds, sizeof *known_kinds, compare_kinds);
    const struct plan_row *own = own_row(object);
    struct plan_row *row = arena_new(&model->arena, struct plan_row);

    row->info = (struct hd_kind_info){.group = object->group, .version = object->version, .kind = object->kind};
    row->is_whole = true;
    row->emit = emit_foreign;
    row->step = own ? own->step : known ? known->step : STEP_OF_UNKNOWN;
    row->order = own ? own->order : 0;
    row->cluster_wide = own     ? own->cluster_wide
                        : known ? known->is_cluster_wide
                                : names_find(cluster_wide, arena_printf(&model->arena, "%s/%s", object->group, object->kind)) != NULL;
    return row;
}

static int by_order(const void *a, const void *b)
{
    const struct foreign_object *x = a, *y = b;
    int x_order = plan_order(x->row), y_order = plan_order(y->row);

    return x_order != y_order ? x_order - y_order : x->number < y->number ? -1 : 1;
}

void foreign_settle(struct hd_model *model)
{
    struct foreign *foreign = &model->foreign;
    struct names cluster_wide;

    find_cluster_wide(model, &cluster_wide);
    names_init(&model->arena, &foreign->secrets, 0);
    for (size_t i = 0; i < foreign->n; i++) {
        struct foreign_object *object = &foreign->objects[i];

        object->row = row_of(model, &cluster_wide, object);
        object->secret = foreign_is_here(model, object->namespace_name) ? secret_of(object) : NULL;
        if (object->secret)
            names_add(&foreign->secrets, object->secret, object->secret);
    }
    qsort(foreign->objects, foreign->n, sizeof *foreign->objects, by_order);
}
