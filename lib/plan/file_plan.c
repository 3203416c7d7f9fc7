#include "file_plan.h"

#include <string.h>

void file_add(struct hd_model *model, const struct file_row *row, const char *path, const struct hd_service *service, const void *object)
{
    struct hd_file *file;

    if (!path)
        return;
    arena_grow(&model->arena, model->files, model->n_files);
    arena_grow(&model->arena, model->planned_files, model->n_files);
    model->planned_files[model->n_files] = (struct planned_file){row, service, object};
    file = &model->files[model->n_files++];
    *file = (struct hd_file){.part = row->part->info.name,
                             .group = row->part->info.group,
                             .path = path,
                             .service = service ? service->name : NULL,
                             .executable = row->executable,
                             .is_default = row->part->is_default(model->app)};
}

static void plan_files(struct hd_model *model, const struct file_row *row)
{
    if (row->plan_app)
        row->plan_app(model, row);
    for (size_t i = 0; row->plan_service && i < model->app->n_services; i++)
        if (model->app->services[i].name)
            row->plan_service(model, row, &model->app->services[i]);
}

void file_plan_build(struct hd_model *model)
{
    for (const struct family_files *const *of = families_files; *of; of++)
        for (size_t r = 0; r < (*of)->n_rows; r++)
            plan_files(model, (*of)->rows[r]);
}

const struct hd_part_info *hd_part_at(size_t index)
{
    for (const struct family_files *const *of = families_files; *of; of++) {
        if (index < (*of)->n_parts)
            return &(*of)->parts[index]->info;
        index -= (*of)->n_parts;
    }
    return NULL;
}

size_t hd_file_count(const struct hd_model *model)
{
    return model ? model->n_files : 0;
}

const struct hd_file *hd_file_at(const struct hd_model *model, size_t index)
{
    return model && index < model->n_files ? &model->files[index] : NULL;
}

static bool write_text(const struct file_row *row, const struct file_subject *subject, hd_sink *sink, void *user)
{
    struct text_out t;

    text_init(&t, sink, user);
    row->text(&t, subject);
    text_flush(&t);
    return !t.failed;
}

static bool write_yaml(const struct file_row *row, const struct file_subject *subject, struct yaml_out *y)
{
    row->yaml(y, subject);
    writer_flush(y);
    return !y->failed;
}

enum hd_status hd_file_write(const struct hd_model *model, size_t index, hd_sink *sink, void *user)
{
    const struct planned_file *planned;
    struct file_subject subject;
    struct arena arena;
    struct yaml_out y;
    jmp_buf out_of_memory;
    enum hd_status status;

    if (!model || !model->is_valid || !sink || index >= model->n_files)
        return HD_BAD_CALL;
    planned = &model->planned_files[index];
    subject = (struct file_subject){model, planned->service, planned->object, &model->files[index], &arena};
    arena_init(&arena, &out_of_memory);
    writer_init(&y, HD_FORMAT_YAML, sink, user, &out_of_memory);
    if (setjmp(out_of_memory))
        status = HD_NO_MEMORY;
    else if (planned->row->text)
        status = write_text(planned->row, &subject, sink, user) ? HD_OK : HD_UNWRITABLE;
    else
        status = write_yaml(planned->row, &subject, &y) ? HD_OK : HD_UNWRITABLE;
    writer_free(&y);
    arena_free(&arena);
    return status;
}
