/* The rules that stand in the tables' rows. */
#ifndef HD_CORE_TABLES_CHECK_FIELDS_H
#define HD_CORE_TABLES_CHECK_FIELDS_H

#include "core/reporting/report.h"

#include "field.h"

/* A member for which another member stands where its struct is turned off. */
struct stand_in {
    const struct hd_struct *type;
    const char *key;
    /* Words that end the hint. */
    const char *hint;
};

struct field_rules {
    struct hd_diagnostics *report;
    int kube_minor;
    /* Mode of the mesh, or 0 where it cannot be told. */
    unsigned mesh;
    /* Kind of the service that the struct belongs to, or 0. */
    unsigned workload;
    /* Words for that kind in messages. */
    const char *workload_name;
    /* Whether members may be missing: the struct holds defaults for others. */
    bool partial;
    /* The words for kinds of services; and which of them' structs are left to the caller where they stand in a list. */
    const struct hd_enum *workloads;
    const struct hd_struct *apart;
    /* A container that keeps running beside the service, and so may have the members of other kinds of services. */
    const struct hd_struct *beside;
    /* Ends with an entry without words. */
    const struct stand_in *stand_ins;
};

/* Checks an object and everything in it, except lists of what stands apart. */
void check_fields(const struct field_rules *rules, const struct hd_struct *type, const void *object);

/* Whether the loader saw a member that is unset, and so refused its value; that was said. */
bool field_was_refused(const struct hd_struct *type, const struct hd_field *field, const void *object);

#endif
