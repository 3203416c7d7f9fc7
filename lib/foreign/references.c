/* What objects that the library does not make refer to: other objects of the namespace, which must be there. */
#include "foreign.h"

#include "core/reading/lay_over.h"
#include "core/text/suggest.h"

#include <string.h>

/* The name of another object, behind keys of the pod or of the spec; [] stands for each item of a list. */
struct reference {
    const char *path, *kind;
};

static const struct reference references_of_pods[] = {
    {"serviceAccountName", "ServiceAccount"},
    {"volumes[].configMap.name", "ConfigMap"},
    {"volumes[].secret.secretName", "Secret"},
    {"volumes[].persistentVolumeClaim.claimName", "PersistentVolumeClaim"},
    {"volumes[].projected.sources[].configMap.name", "ConfigMap"},
    {"volumes[].projected.sources[].secret.name", "Secret"},
    {"initContainers[].env[].valueFrom.configMapKeyRef.name", "ConfigMap"},
    {"initContainers[].env[].valueFrom.secretKeyRef.name", "Secret"},
    {"initContainers[].envFrom[].configMapRef.name", "ConfigMap"},
    {"initContainers[].envFrom[].secretRef.name", "Secret"},
    {"containers[].env[].valueFrom.configMapKeyRef.name", "ConfigMap"},
    {"containers[].env[].valueFrom.secretKeyRef.name", "Secret"},
    {"containers[].envFrom[].configMapRef.name", "ConfigMap"},
    {"containers[].envFrom[].secretRef.name", "Secret"},
};

static const struct reference references_of_ingresses[] = {
    {"defaultBackend.service.name", "Service"},
    {"rules[].http.paths[].backend.service.name", "Service"},
    {"tls[].secretName", "Secret"},
};

static const struct reference references_of_stateful_sets[] = {{"serviceName", "Service"}};

struct looking {
    struct checker *checker;
    const struct foreign_object *object;
    /* What is there, as `Kind/name`. */
    struct names there;
    const char *kind;
    /* Where the walk is, for people. */
    const char *path;
};

static void tell_missing(struct looking *looking, const struct node *name)
{
    struct checker *checker = looking->checker;
    struct suggestion suggestion = suggest_for(name->text);
    struct finding *finding =
        foreign_finding(checker->report, HD_FOREIGN_REFERENCE, looking->path, name,
                        "the %s %s names the %s %.80s, which is neither in the model nor in its manifests", looking->object->kind,
                        looking->object->name, looking->kind, name->text);

    for (size_t i = 0; i < checker->model->n_manifests && checker->n_suggestions < MOST_SUGGESTIONS; i++)
        if (!strcmp(checker->model->manifests[i].kind, looking->kind))
            suggest_try(&suggestion, checker->model->manifests[i].name);
    checker->n_suggestions++;
    finding->where = AT_STRUCT(looking->object->entry);
    finding->service = looking->object->service;
    hint_nearest(finding, suggestion.nearest, "add the object to manifests; if it is made elsewhere, say so: silence: {HD2351: why}");
}

static void look_at(struct looking *looking, const struct node *name)
{
    const char *key;

    if (name->kind != NODE_SCALAR || node_is_null(name) || !name->length)
        return;
    key = arena_printf(&looking->checker->scratch, "%s/%s", looking->kind, name->text);
    if (!names_find(&looking->there, key))
        tell_missing(looking, name);
    else if (!strcmp(looking->kind, "Secret"))
        find_secret(looking->checker, name->text, (struct where){0}); /* which counts as used */
}

/* What is optional may be missing. */
static bool is_optional(const struct node *mapping)
{
    const struct node *optional = tree_value(mapping, "optional");

    return optional && optional->kind == NODE_SCALAR && optional->plain && !strcmp(optional->text, "true");
}

static void look_behind(struct looking *looking, const struct node *node, const char *path)
{
    size_t length = strcspn(path, ".[");
    const char *key = arena_strndup(&looking->checker->scratch, path, length), *rest = path + length, *outer = looking->path;
    const struct node *value = is_optional(node) ? NULL : tree_value(node, key);

    if (!value)
        return;
    looking->path = arena_printf(&looking->checker->report->arena, "%s.%s", outer, key);
    if (*rest == '[') {
        const char *list = looking->path;

        for (uint32_t i = 0; value->kind == NODE_SEQUENCE && i < value->n_items; i++) {
            looking->path = arena_printf(&looking->checker->report->arena, "%s[%u]", list, (unsigned)i);
            look_behind(looking, value->items[i], rest + strlen("[]."));
        }
    } else if (*rest == '.') {
        look_behind(looking, value, rest + 1);
    } else {
        look_at(looking, value);
    }
    looking->path = outer;
}

static void look_for(struct looking *looking, const char *in, const struct reference *references, size_t n)
{
    const struct node *root = foreign_value(looking->object->root, in);

    looking->path = arena_printf(&looking->checker->report->arena, "%s.%s", looking->object->path, in);
    for (size_t i = 0; root && i < n; i++) {
        looking->kind = references[i].kind;
        look_behind(looking, root, references[i].path);
    }
}
#define LOOK_FOR(looking, in, references) look_for(looking, in, references, sizeof(references) / sizeof *(references))

static void look_into(struct looking *looking)
{
    const char *kind = looking->object->kind;
    const char *pod = foreign_pod_path(looking->object);

    if (pod)
        LOOK_FOR(looking, pod, references_of_pods);
    if (!strcmp(kind, "Ingress"))
        LOOK_FOR(looking, "spec", references_of_ingresses);
    if (!strcmp(kind, "StatefulSet"))
        LOOK_FOR(looking, "spec", references_of_stateful_sets);
}

static void add(struct looking *looking, const char *kind, const char *name)
{
    names_add(&looking->there, arena_printf(&looking->checker->report->arena, "%s/%s", kind, name), name);
}

/* What there is in the namespace of the application, and the Secrets that somebody makes of other objects. */
static void list_objects(struct looking *looking)
{
    const struct hd_model *model = looking->checker->model;

    names_init(&looking->checker->report->arena, &looking->there, model->n_manifests);
    for (size_t i = 0; i < model->n_manifests; i++)
        if (foreign_is_here(model, model->manifests[i].namespace_name))
            add(looking, model->manifests[i].kind, model->manifests[i].name);
    for (size_t i = 0; i < model->app->n_secrets; i++)
        if (model->app->secrets[i].name)
            add(looking, "Secret", model->app->secrets[i].name);
    for (size_t i = 0; i < model->foreign.n; i++)
        if (model->foreign.objects[i].secret)
            add(looking, "Secret", model->foreign.objects[i].secret);
    add(looking, "ServiceAccount", "default");
}

void check_foreign_references(struct checker *checker)
{
    struct looking looking = {.checker = checker};

    if (!checker->model->foreign.n)
        return;
    list_objects(&looking);
    for (size_t i = 0; i < checker->model->foreign.n; i++) {
        looking.object = &checker->model->foreign.objects[i];
        if (foreign_is_here(checker->model, looking.object->namespace_name))
            look_into(&looking);
        arena_empty(&checker->scratch);
    }
}
