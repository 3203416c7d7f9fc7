/* The mesh. */
#include "../core/field.h"
#include "resolve.h"
#include "tables.h"

#include <stdlib.h>

WORDS(hd_mesh_mode, {"off", HD_MESH_OFF}, {"sidecar", HD_MESH_SIDECAR}, {"ambient", HD_MESH_AMBIENT});

#define T hd_mesh
static const struct hd_field mesh_fields[] = {
    ENUM("mode", mode, hd_mesh_mode, .def_int = HD_MESH_OFF),
    STR("istioVersion", istio_version, .format = &format_version),
};
const struct hd_struct hd_mesh_struct = STRUCT(mesh_fields, .scalar = "mode");
#undef T

void resolve_mesh(struct hd_model *model)
{
    struct hd_mesh *mesh = &model->app->mesh;

    model->istio_minor = ISTIO_NEWEST;
    if (mesh->mode == HD_MESH_OFF)
        return;
    if (!mesh->istio_version)
        mesh->istio_version = arena_printf(&model->arena, "1.%d", ISTIO_NEWEST);
    if (format_is_valid(&format_version, mesh->istio_version))
        model->istio_minor = atoi(mesh->istio_version + 2);
}
