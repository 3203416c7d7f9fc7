/* The state of reading a cluster; it is freed when the cluster has been read. */
#ifndef HD_CLUSTER_READING_H
#define HD_CLUSTER_READING_H

#include "cluster.h"

#include <dirent.h>

/* The greatest number of folders inside each other. */
enum { DEEPEST_FOLDER = 32 };

struct reading {
    struct hd_cluster *cluster;
    struct hd_diagnostics *report;
    /* text: that of the current file. nodes: those of the current document. kept: texts of files with findings. */
    struct arena text, nodes, kept;
    size_t max_bytes, max_objects;
    bool keeps_content;
    /* Objects by kind, namespace and name. */
    struct names objects;
    struct hd_source *sources;
    size_t n_sources;
    /* The open folders: reading closes them when memory runs out and it is unwound. */
    DIR *open[DEEPEST_FOLDER];
    size_t n_open;
    bool is_full;
    /* Values of all documents, where a value counts again for each alias of it, and bytes of all texts. */
    uint64_t n_values, n_bytes;
};

/* Reads the documents of a text. `name` has to live as long as the cluster. */
void read_text(struct reading *reading, const char *name, const char *text, size_t length);

/* Reads one input: a text, a file, or a folder. False when it cannot be read, which is reported. */
bool read_input(struct reading *reading, const struct hd_source *source);

/* Reads the object of a document, or those of a List. */
void read_document(struct reading *reading, const struct node *root);

#endif
