/* Finds the object that a call names. */
#ifndef HYBRIDGEN_BACKWARD_OBJECT_H
#define HYBRIDGEN_BACKWARD_OBJECT_H

#include "../input.h"

/* An object that is asked for. All but `named` may be NULL. */
struct wanted {
    /* Kind and name as they were given, behind the application of a workspace where one was given. */
    const char *named;
    /* Its namespace, and the file in which it stands. */
    const char *namespace_name, *file;
};

/* A manifest of a model, which is the only one, or that of an application of a workspace. */
struct found_manifest {
    const struct hd_model *model;
    size_t application, index;
};

/* Whether a text is KIND/NAME, or with an application before it; no path of a model is. */
bool object_is_named(const char *text);
bool object_is_named_of(const char *text);

/* Finds the manifest; complains when there is none, or when several applications have one. */
int object_find(const struct input *input, const struct wanted *wanted, struct found_manifest *ret_found);

#endif
