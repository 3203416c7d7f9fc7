/* Objects that the library does not make: read, ordered, written and checked. */
#ifndef HD_FOREIGN_FOREIGN_H
#define HD_FOREIGN_FOREIGN_H

#include "core/reading/tree.h"
#include "model/checks.h"
#include "plan/plan.h"

/* Reads the objects of the application and of its services, which are complete. */
void foreign_read(struct hd_model *model, struct hd_diagnostics *report);

/* Decides who writes an object and when it is applied. All objects have been read. */
void foreign_settle(struct hd_model *model);

/*
 * Makes externals of the Services that calls name, unless services and externals have these names. All externals move, so names are to be indexed
 * again.
 */
void foreign_callees(struct hd_model *model);

/* Where the pod of an object of this kind stands in it, as a path with dots; NULL when it runs none. */
const char *foreign_pod_path(const struct foreign_object *object);

/* The value behind keys with dots between them; NULL when it is absent. */
const struct node *foreign_value(const struct node *node, const char *path);

void check_foreign(struct checker *checker);
void check_foreign_references(struct checker *checker);
void check_foreign_neighbours(struct checker *checker);

/* Reports a finding at a place in an object. */
struct finding *foreign_finding(struct hd_diagnostics *report, enum hd_code code, const char *path, const struct node *node,
                                const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
