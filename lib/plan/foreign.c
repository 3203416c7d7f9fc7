#include "foreign.h"

#include "core/text/letter.h"

#include <string.h>

void plan_foreign(struct hd_model *model, size_t *next, const struct plan_row *row)
{
    for (; *next < model->foreign.n; ++*next) {
        const struct foreign_object *object = &model->foreign.objects[*next];

        if (row && plan_order(object->row) >= plan_order(row))
            return;
        plan_add(model, object->row, object->name, object->service, object);
        if (object->namespace_name && !object->row->cluster_wide)
            model->manifests[model->n_manifests - 1].namespace_name = object->namespace_name;
    }
}

static bool is_plain(char c)
{
    return letter_is_lower(c) || letter_is_digit(c) || c == '.';
}

/* Objects of other groups and namespaces may have the same kind and name, and names of rights other letters than files should have. */
static const char *file_name(struct hd_model *model, const struct names *taken, const char *planned)
{
    size_t stem = strlen(planned) - strlen(".yaml");
    char *name = arena_strndup(&model->arena, planned, stem);

    for (char *p = name; *p; p++)
        *p = is_plain(*p) ? *p : '-';
    planned = arena_printf(&model->arena, "%s.yaml", name);
    for (size_t n = 2; names_find(taken, planned); n++)
        planned = arena_printf(&model->arena, "%s-%zu.yaml", name, n);
    return planned;
}

void name_foreign_files(struct hd_model *model)
{
    struct names taken;

    if (!model->foreign.n)
        return;
    names_init(&model->arena, &taken, model->n_manifests);
    for (size_t i = 0; i < model->n_manifests; i++)
        if (!model->planned[i].row->is_whole)
            names_add(&taken, model->manifests[i].file_name, model);
    for (size_t i = 0; i < model->n_manifests; i++)
        if (model->planned[i].row->is_whole) {
            model->manifests[i].file_name = file_name(model, &taken, model->manifests[i].file_name);
            names_add(&taken, model->manifests[i].file_name, model);
        }
}
