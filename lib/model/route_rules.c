/* Rules for what happens to requests on their way in. */
#include "../core/field.h"
#include "route.h"
#include "rules.h"

static struct where at_member(const struct hd_exposure *exposure, const struct hd_field *field)
{
    return (struct where){exposure, sizeof *exposure, field->offset, 0};
}

/* What has no effect without a mesh was refused by the fields' rules; here the mesh is not the way in. */
static void ingress_lacks(struct checker *checker, struct where where, const char *what)
{
    const struct hd_app *app = checker->app;
    struct finding *finding = finding_at(checker->report, HD_INGRESS_LACKS, where, "an Ingress has no word for %s", what);

    if (app->ingress.enabled == HD_TRUE)
        also_at(checker->report, finding, AT(app, ingress), "by it requests come in");
    hint(checker->report, finding, app->ingress.enabled != HD_TRUE ? "write mesh: sidecar, whose gateway understands it, or leave it out"
                                   : app->mesh.mode == HD_MESH_OFF ? "take a mesh (mesh: sidecar) in its place, or leave it out"
                                                                   : "remove ingress, and the mesh's gateway is the way in");
}

static void check_ingress_members(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_expose; i++) {
        const struct hd_exposure *exposure = &service->expose[i];

        for (size_t k = 0; checker->app->mesh.mode != HD_MESH_OFF && k < hd_exposure_struct.n_fields; k++) {
            const struct hd_field *field = &hd_exposure_struct.fields[k];

            if (field->mesh && field_is_set(field, exposure))
                ingress_lacks(checker, at_member(exposure, field), field->key);
        }
        if (exposure->path_type == HD_PATH_REGULAR_EXPRESSION)
            ingress_lacks(checker, AT(exposure, path_type), "regular expressions");
    }
}

void check_routes_of(struct checker *checker, const struct hd_service *service)
{
    if (!mesh_routes(checker->app)) {
        check_ingress_members(checker, service);
        return;
    }
}
