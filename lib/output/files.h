/* An output folder while it is written: its indexes, and the files that go to its staging folder. */
#ifndef HD_OUTPUT_FILES_H
#define HD_OUTPUT_FILES_H

#include "staging.h"

#include <hybriddeploy/generate.h>

#define KUSTOMIZATION "kustomization.yaml"

struct output {
    const struct hd_model *model;
    const struct hd_generate_options *options;
    struct hd_diagnostics *report;
    struct arena arena;
    struct staging staging;
    /* The folder's name as it was given. */
    const char *folder;
    /* The folder's present index, and the new one. */
    struct file_index old, new;
    /* Files that an earlier run generated, and this one does not. */
    struct file_index gone;
    /* The first of these of `new` are written now; the others stay as they are, when only some manifests are asked for. */
    size_t n_written;
    /* Entries of others that have to be moved. */
    const char **movers;
    size_t n_movers;
    /* Files that are there with the content that they will have, and files that may not be replaced. */
    size_t n_intact, n_refused;
    enum hd_status status;
};

/* Reports that `doing` failed, with errno's words, or with those in the staging folder's `why`; returns false. */
bool output_failed(struct output *output, const char *doing, const char *name);
bool output_failed_as_said(struct output *output);

/* Each writes to the staging folder, and notes in the new index what was written. False after reporting, or with a status. */
bool write_manifests(struct output *output);
bool write_files(struct output *output);
bool write_kustomization(struct output *output);
bool write_index(struct output *output);
/* Likewise the index for the time in which files change one by one. */
bool write_half_index(struct output *output);

#endif
