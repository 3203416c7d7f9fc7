/* Which manifests and files the options of a call mean. */
#ifndef HD_SELECTION_H
#define HD_SELECTION_H

#include <hybriddeploy/generate.h>
#include <stdbool.h>

bool manifest_is_selected(const struct hd_manifest *manifest, const struct hd_generate_options *options);
bool file_is_selected(const struct hd_file *file, const struct hd_generate_options *options);

/*
 * Copies the options of a call, see options_take(), and refuses a format that does not exist, lists without an array and words that mean
 * nothing: a kind may be absent from a model, an object or a file that is named must be there. HD_OK, or what the call returns.
 */
enum hd_status take_generate_options(const struct hd_model *model, struct hd_diagnostics *report, struct hd_generate_options *own,
                                     const struct hd_generate_options *options);

#endif
