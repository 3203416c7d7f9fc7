/* Rules for objects that the library does not make. */
#include "foreign.h"

#include "core/reading/lay_over.h"

#include <string.h>

/* Members of metadata that only the API server writes; it refuses an object that is applied with them, or takes it for an old one. */
static const char *const server_keys[] = {"managedFields", "resourceVersion", "uid"};

static void check_server_keys(struct checker *checker, const struct foreign_object *object)
{
    const struct node *metadata = tree_value(object->root, "metadata");

    for (size_t i = 0; i < sizeof server_keys / sizeof *server_keys; i++) {
        const struct node *value = tree_value(metadata, server_keys[i]);
        const char *path = arena_printf(&checker->report->arena, "%s.metadata.%s", object->path, server_keys[i]);

        if (value && !node_is_null(value))
            hint(foreign_finding(checker->report, HD_SERVER_FIELD, path, value, "metadata.%s of the %s %s is written by the API server alone",
                                 server_keys[i], object->kind, object->name),
                 "remove it, with the other members that a dump of the cluster has: managedFields, resourceVersion, uid, creationTimestamp, status");
    }
}

static void check_secret_values(struct checker *checker, const struct foreign_object *object)
{
    const struct node *data = tree_value(object->root, "data"), *texts = tree_value(object->root, "stringData");
    const struct node *values = data && data->n_items ? data : texts;
    struct finding *finding;

    if (*object->group || strcmp(object->kind, "Secret") != 0 || !values || !values->n_items)
        return;
    finding = foreign_finding(checker->report, HD_SECRET_IN_MANIFEST, object->path, values,
                              "the values of the Secret %s stand in a file that many can read", object->name);
    finding->where = AT_STRUCT(object->entry);
    finding->service = object->service;
    hint(finding, "keep them in the secret store, and name the Secret under secrets; base64 hides nothing");
}

/* A runtime is for several services. */
static void check_runtimes_without(struct checker *checker)
{
    const struct hd_app *app = checker->model->given;

    for (size_t i = 0; i < app->n_runtimes; i++)
        if (app->runtimes[i].n_manifests)
            hint(found(checker, HD_OBJECT_TWICE, AT(&app->runtimes[i], manifests), "each service of the runtime would have the same objects"),
                 "write manifests at the service, or at the application");
}

void check_foreign(struct checker *checker)
{
    check_runtimes_without(checker);
    for (size_t i = 0; i < checker->model->foreign.n; i++) {
        const struct foreign_object *object = &checker->model->foreign.objects[i];

        check_server_keys(checker, object);
        check_secret_values(checker, object);
    }
    check_foreign_references(checker);
    check_foreign_neighbours(checker);
}
