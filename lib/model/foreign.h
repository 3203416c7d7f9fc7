/* Objects that the library does not make, as they were read (lib/foreign/). */
#ifndef HD_MODEL_FOREIGN_H
#define HD_MODEL_FOREIGN_H

#include "core/memory/names.h"

#include <hybriddeploy/model.h>

struct node;
struct plan_row;

struct foreign_object {
    /* The entry of the model that it stands in or whose file has it, the entry's path, and its service; NULL for the application's. */
    const struct hd_foreign_manifest *entry;
    const char *path;
    const struct hd_service *service;
    const struct node *root;
    /* Where it begins. */
    const char *file;
    uint32_t line, column;
    /* Its place among all, as they are given. */
    size_t number;
    const char *group, *version, *kind, *name;
    /* As the object gives it; NULL when it does not. */
    const char *namespace_name;
    /* The Secret that it is, or that somebody makes of it; else NULL. */
    const char *secret;
    /* The order in which it is applied, and who writes it. */
    const struct plan_row *row;
};

struct foreign {
    struct foreign_object *objects;
    size_t n;
    /* The Secrets of the namespace that are among them, or that somebody makes of them. */
    struct names secrets;
};

struct hd_model;

/* Whether a namespace is the application's, which NULL means too. */
bool foreign_is_here(const struct hd_model *model, const char *namespace_name);

/* Whether the objects bring a Secret of this name. */
bool foreign_makes_secret(const struct hd_model *model, const char *name);

#endif
