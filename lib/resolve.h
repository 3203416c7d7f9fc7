/* Resolving, for those who know what becomes of the model. */
#ifndef HD_RESOLVE_H
#define HD_RESOLVE_H

#include <hybriddeploy/check.h>
#include <stdbool.h>

/* hd_resolve(); what only stands in manifests is left empty unless the model is to be written. */
enum hd_status resolve(const struct hd_app *app, const struct hd_resolve_options *options, struct hd_diagnostics *report,
                       struct hd_model **ret_model, bool to_write);

struct neighbours;

/* options_take() for those of a resolution; a version that is none is refused. */
enum hd_status resolve_options_take(struct hd_diagnostics *report, struct hd_resolve_options *own, const struct hd_resolve_options *options);

/* The first part of hd_document_resolve(), for an application that knows the services of others: all that it tells by itself. */
enum hd_status resolve_alone(struct hd_document *document, const struct hd_resolve_options *options, struct hd_diagnostics *report,
                             struct hd_model **ret_model);
/* The second part. The collection is the one of the first part, and of this model alone. */
enum hd_status resolve_among(struct hd_model *model, const struct neighbours *neighbours, struct hd_diagnostics *report);

#endif
