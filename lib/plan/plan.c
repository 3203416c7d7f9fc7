#include "plan.h"

#include "core/text/letter.h"
#include "foreign.h"
#include "labels.h"

#include <assert.h>
#include <string.h>

/* Goes over the kinds of all families, from the lowest order up; of the same order, over one family after the other. */
struct kinds_walk {
    size_t next[N_FAMILIES];
};

int plan_order(const struct plan_row *row)
{
    return row->order ? row->order : row->step;
}

/* The next kind, or NULL behind the last. */
static const struct plan_row *next_kind(struct kinds_walk *walk)
{
    const struct plan_row *first = NULL;
    size_t of = 0;

    for (size_t f = 0; f < N_FAMILIES; f++) {
        const struct plan_row *row = walk->next[f] < families[f]->n_kinds ? families[f]->kinds[walk->next[f]] : NULL;

        if (row && (!first || plan_order(row) < plan_order(first))) {
            first = row;
            of = f;
        }
    }
    walk->next[of]++;
    return first;
}

/* `NN-kind-name.yaml`; NN is the step. */
static char *file_name(struct hd_model *model, const struct plan_row *row, const char *name)
{
    size_t n_kind = strlen(row->info.kind), n_name = strlen(name);
    char *text = arena_array(&model->arena, n_kind + n_name + sizeof "00--.yaml", 1), *p = text;

    *p++ = (char)('0' + row->step / 10);
    *p++ = (char)('0' + row->step % 10);
    *p++ = '-';
    for (size_t i = 0; i < n_kind; i++)
        *p++ = letter_lower(row->info.kind[i]);
    *p++ = '-';
    for (size_t i = 0; i < n_name; i++)
        *p++ = name[i] == '/' ? '-' : letter_lower(name[i]);
    memcpy(p, ".yaml", sizeof ".yaml");
    return text;
}

void plan_add(struct hd_model *model, const struct plan_row *row, const char *name, const struct hd_service *service, const void *object)
{
    struct hd_manifest *manifest;

    if (!name)
        return;
    arena_grow(&model->arena, model->manifests, model->n_manifests);
    arena_grow(&model->arena, model->planned, model->n_manifests);
    model->planned[model->n_manifests] = (struct planned){row, service, object};
    manifest = &model->manifests[model->n_manifests++];
    *manifest = (struct hd_manifest){.group = row->info.group,
                                     .version = row->version ? row->version(model) : row->info.version,
                                     .kind = row->info.kind,
                                     .namespace_name = row->cluster_wide ? NULL : model->app->namespace_name,
                                     .name = name,
                                     .file_name = file_name(model, row, name),
                                     .service = service ? service->name : NULL};
}

void plan_add_in(struct hd_model *model, const struct plan_row *row, const char *namespace_name, const char *name, const void *object)
{
    plan_add(model, row, name, NULL, object);
    if (name && namespace_name)
        model->manifests[model->n_manifests - 1].namespace_name = namespace_name;
}

/* A sidecar runs in the services' pods. */
static void plan_collectors(struct hd_model *model, const struct plan_row *row)
{
    for (size_t i = 0; i < model->collectors.n; i++) {
        const struct collector *collector = &model->collectors.all[i];

        if (collector->role != COLLECTOR_SIDECAR)
            row->plan_service(model, row, collector->service);
    }
}

void plan_build(struct hd_model *model)
{
    struct kinds_walk walk = {{0}};
    size_t next_foreign = 0;

    for (const struct plan_row *row = next_kind(&walk); row; row = next_kind(&walk)) {
        plan_foreign(model, &next_foreign, row);
        if (row->plan_app)
            row->plan_app(model, row);
        for (size_t i = 0; row->plan_service && i < model->app->n_services; i++)
            row->plan_service(model, row, &model->app->services[i]);
        if (row->of_collectors)
            plan_collectors(model, row);
    }
    plan_foreign(model, &next_foreign, NULL);
    name_foreign_files(model);
}

/* `group/version`, or the version alone for the core group. */
static void emit_api_version(struct yaml_out *y, const struct hd_manifest *manifest)
{
    size_t n_group = strlen(manifest->group), n_version = strlen(manifest->version);
    char text[128];

    assert(n_group + 1 + n_version < sizeof text);
    memcpy(text, manifest->group, n_group);
    if (n_group)
        text[n_group++] = '/';
    memcpy(text + n_group, manifest->version, n_version);
    y_strn(y, "apiVersion", text, n_group + n_version);
}

static void emit_head(struct yaml_out *y, const struct subject *subject, const struct plan_row *row)
{
    const struct hd_manifest *manifest = subject->manifest;
    const struct pairs none = {NULL, 0};

    emit_api_version(y, manifest);
    y_str(y, "kind", manifest->kind);
    MAP(y, "metadata") {
        y_str(y, "name", manifest->name);
        y_str(y, "namespace", manifest->namespace_name);
        emit_object_labels(y, subject, row->runs_image, row->labels ? row->labels(subject) : none);
        emit_object_annotations(y, subject, row->annotations ? row->annotations(subject) : none);
    }
}

void plan_emit(struct yaml_out *y, const struct hd_model *model, size_t index)
{
    const struct hd_manifest *manifest = &model->manifests[index];
    const struct planned *planned = &model->planned[index];
    struct subject subject = {model, planned->service, planned->object, manifest};
    const struct plan_row *row = planned->row;

    DOC(y) {
        if (!row->is_whole)
            emit_head(y, &subject, row);
        row->emit(y, &subject);
    }
}

const struct hd_kind_info *hd_kind_at(size_t index)
{
    struct kinds_walk walk = {{0}};
    const struct plan_row *row = next_kind(&walk);

    for (; row && index; index--)
        row = next_kind(&walk);
    return row ? &row->info : NULL;
}

size_t hd_manifest_count(const struct hd_model *model)
{
    return model ? model->n_manifests : 0;
}

const struct hd_manifest *hd_manifest_at(const struct hd_model *model, size_t index)
{
    return model && index < model->n_manifests ? &model->manifests[index] : NULL;
}
