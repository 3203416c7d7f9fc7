/* The formats in which a diff is written, and the phrases that they share. */
#ifndef HD_CHANGE_WRITING_H
#define HD_CHANGE_WRITING_H

#include "core/writing/text_out.h"
#include "diff.h"

void write_diff_text(struct text_out *out, const struct hd_diff *diff);
void write_diff_json(struct text_out *out, const struct hd_diff *diff);
void write_diff_markdown(struct text_out *out, const struct hd_diff *diff);

/* Writes a text of the model, escaped so that the current format shows it unchanged. */
typedef void put_function(struct text_out *out, const char *text);

/* "web to orders 8080/TCP, call"; with the layer (network or mesh) when only one of the two allows it. */
void put_edge(struct text_out *out, put_function *put, const struct hd_edge *edge);
/* "services.web.replicas: 2 -> 3"; "services.web.replicas: 3" where OLD is no model. */
void put_cause(struct text_out *out, put_function *put, const struct hd_diff *diff, const struct hd_cause *cause);
/* "hybriddeploy.yaml:12:5"; nothing where that is unknown. */
void put_place(struct text_out *out, put_function *put, const struct hd_cause *cause);
/* "2 pods", "2 to 10 pods", "one pod of each node", and at which pace. */
void put_pods(struct text_out *out, put_function *put, const struct hd_object_change *object);
/* Calls `line` for each sum of the load that differs: "cpu requests: 500m to 2500m -> 1 to 5". */
typedef void line_function(struct text_out *out, const char *text);
void put_load(struct text_out *out, const struct hd_diff *diff, line_function *line);
/* A line with a field and its values before and after, each as JSON cut to fit on one line; "nothing" where there is none. */
void put_field(struct text_out *out, put_function *put, const struct hd_field_change *field);
/* "Deployment/web". */
void put_name(struct text_out *out, put_function *put, const struct hd_object_change *object);

#endif
