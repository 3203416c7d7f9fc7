/* The list of files beside the manifests: Dockerfiles, scripts, and the files that these need. */
#ifndef HD_PLAN_FILE_PLAN_H
#define HD_PLAN_FILE_PLAN_H

#include "core/writing/text_out.h"
#include "core/writing/writer.h"
#include "model/family.h"

/* A part: what `--with` and `--only` name. Its files are called as the part is, or stand in a folder called so. */
struct file_part {
    struct hd_part_info info;
    /* Whether a folder gets the part when nobody says which are wanted. */
    bool (*is_default)(const struct hd_app *app);
};

/* The source of a file. */
struct file_subject {
    const struct hd_model *model;
    const struct hd_service *service;
    const void *object;
    const struct hd_file *file;
    /* For what is made while writing; it ends with the file. */
    struct arena *arena;
};

/* One kind of file. */
struct file_row {
    const struct file_part *part;
    bool executable;
    /* Adds the files of this kind through file_add(): those of the application, and those of one service. */
    void (*plan_app)(struct hd_model *model, const struct file_row *row);
    void (*plan_service)(struct hd_model *model, const struct file_row *row, const struct hd_service *service);
    /* Writes the file: as text, or as one YAML document. One of the two. */
    void (*text)(struct text_out *t, const struct file_subject *subject);
    void (*yaml)(struct yaml_out *y, const struct file_subject *subject);
};

struct planned_file {
    const struct file_row *row;
    const struct hd_service *service;
    const void *object;
};

void file_plan_build(struct hd_model *model);
/* `path` is unique, has at most DEEPEST_FOLDER slashes, and a .yaml or .json stands in a sub-folder. */
void file_add(struct hd_model *model, const struct file_row *row, const char *path, const struct hd_service *service, const void *object);

#endif
