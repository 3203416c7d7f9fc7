/* What reading a cluster works with; it ends when the cluster has been read. */
#ifndef HD_CLUSTER_READING_H
#define HD_CLUSTER_READING_H

#include "cluster.h"

#include <dirent.h>

/* Folders that may stand in each other. */
enum { DEEPEST_FOLDER = 32 };

struct reading {
    struct hd_cluster *cluster;
    struct hd_diagnostics *report;
    /* The text of one file, the nodes of one document of it, and texts of files that findings speak of. */
    struct arena text, nodes, kept;
    size_t max_bytes, max_objects;
    /* Objects by kind, namespace and name. */
    struct names objects;
    struct hd_source *sources;
    size_t n_sources;
    /* Folders that are open, which unwinding has to close. */
    DIR *open[DEEPEST_FOLDER];
    size_t n_open;
    bool is_full;
    /* Values of all documents, with those behind aliases counted each time, and bytes of all texts. */
    uint64_t n_values, n_bytes;
};

/* Reads the documents of a text. `name` has to live as long as the cluster. */
void read_text(struct reading *reading, const char *name, const char *text, size_t length);

/* Reads one input: a text, a file, or a folder. False when it cannot be read, which is reported. */
bool read_input(struct reading *reading, const struct hd_source *source);

/* Reads the object of a document, or those of a List. */
void read_document(struct reading *reading, const struct node *root);

#endif
