/* The connections that the manifests of one side allow, and how those of two sides differ. */
#ifndef HYBRIDGEN_CHANGES_ALLOWED_H
#define HYBRIDGEN_CHANGES_ALLOWED_H

#include "changes.h"

/* Manifests without policies allow every pair of workloads: beyond so many nobody reads them, and they cost much memory. */
enum { MOST_ALLOWED = 200000 };

struct allowed;

/* The connections of one side. */
struct allowed_list {
    /* The namespace that is meant by manifests without one, and whether others occur. */
    const char *home;
    bool has_several_namespaces;
    /* The workloads that are compared, as allowed_end_name() names them whole; in order, which strcmp() makes. */
    char *const *compared;
    size_t n_compared;
    struct allowed *items;
    size_t n;
};

/* An end for people, or whole, with its namespace and kind, for comparing; the caller frees it. */
char *allowed_end_name(const struct allowed_list *list, const struct hd_cluster_end *end, bool is_whole);

/* For qsort() and bsearch() of texts. */
int compare_texts(const void *left, const void *right);

/* Takes what a cluster allows between the workloads that are compared, and with addresses. HD_UNWRITABLE when that is more than MOST_ALLOWED. */
enum hd_status allowed_take(struct allowed_list *list, const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                            struct hd_diagnostics *diagnostics);

/* Adds what only one of the sides allows to the changes, and frees both lists. */
void allowed_compare(struct changes *changes, struct allowed_list *before, struct allowed_list *after);

void allowed_free(struct allowed_list *list);

#endif
