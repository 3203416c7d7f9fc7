/*
 * The picture of who can talk to whom, as SVG or as a page.
 *
 * gather.c copies the connections, and causes.c asks for the reasons of each; fold.c decides what becomes a box, an arrow, or a line within
 * a box; layout.c has Graphviz place them; svg.c and page.c write. No name from a manifest reaches Graphviz: it places boxes that have
 * numbers alone.
 */
#ifndef HYBRIDGEN_PICTURE_H
#define HYBRIDGEN_PICTURE_H

#include "../output.h"

#include <hybriddeploy/hybriddeploy.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Of more ends, connections, arrows, or arrows and lines within boxes, nobody sees anything. An arrow of more than MOST_ROWS connections
 * has one row in the table of the page in each direction, because all of them are alike.
 */
enum { MOST_ENDS = 5000, MOST_LINKS = 100000, MOST_ARROWS = 700, MOST_ARROWS_AND_LINES = 4000, MOST_ROWS = 20 };

/* One end of connections, as hd_cluster_end has it. */
struct end {
    enum hd_cluster_end_kind kind;
    char *name, *title;
    const char *what; /* the kind of its object */
    const struct hd_cluster_workload *workload;
    /* NULL for addresses. */
    const struct hd_cluster_object *object;
    char *first; /* of addresses */
    size_t box;
    bool has_self; /* its pods talk to each other */
};

/* A connection, and what is known about it. */
struct link {
    size_t from, to;
    char *ports;
    bool in_mesh, has_some, has_unknown;
    struct hd_cluster_range *ranges;
    size_t n_ranges;
    /* The lines of the model and of the manifests behind it, in words. */
    char **reasons;
    size_t n_reasons;
    size_t arrow; /* that shows it */
    bool is_back; /* of that arrow */
    /* Connections of the arrow that its row tells of: 0 for one that has no row, and whose reasons nobody asks for. */
    size_t n_told;
};

/* Ends that are drawn as one box because their connections are the same. */
struct box {
    const struct end *end; /* the first of them */
    size_t n_ends, group;  /* NO_GROUP when it is none of an application's */
    char **lines;          /* the addresses or names of further ends, cut */
    size_t n_lines;
    size_t n_in, n_out; /* arrows */
    double x, y, width, height;
};

/* The tip of an arrow, and where its line ends. */
struct tip {
    double x, y, base_x, base_y;
};

/* Connections between two boxes. All of them have the same ports and limits, and where some go back, it has a tip at both ends. */
struct arrow {
    size_t from, to, n_links;
    bool goes_back;
    const struct link **links;
    /* The box in which it is a line, so that boxes with many arrows need none; NO_BOX for one that is drawn. */
    size_t in_box;
    char *path; /* of the SVG */
    double label_x, label_y;
    struct tip tip, back;
};
#define NO_BOX ((size_t)-1)
#define NO_GROUP ((size_t)-1)

/* Workloads of one application. */
struct group {
    const char *namespace_name, *application; /* "" for workloads without one */
    double left, top, right, bottom;
};

struct picture {
    const struct hd_cluster *cluster;
    const struct hd_connectivity_options *options;
    const struct hd_model *model; /* may be NULL */
    struct hd_diagnostics *diagnostics;
    struct end *ends;
    struct link *links;
    struct box *boxes;
    struct arrow *arrows;
    struct group *groups;
    size_t n_ends, n_links, n_boxes, n_arrows, n_drawn, n_groups;
    bool has_too_many; /* more than MOST_ENDS or MOST_LINKS */
    double width, height;
};

/* Makes all that is written, with cluster, options, model and diagnostics given. Complains, and returns an exit status; `*ret_status` is
 * the library's. */
int picture_make(struct picture *picture, enum hd_status *ret_status);
void picture_free(struct picture *picture);

enum hd_status picture_gather(struct picture *picture);
enum hd_status picture_find_causes(struct picture *picture);
void picture_fold(struct picture *picture);
int picture_layout(struct picture *picture);
void picture_svg(const struct picture *picture, bool is_page, struct output *output);
void picture_page(const struct picture *picture, struct output *output);

void link_free_reasons(struct link *link);
/* The layers that decide about a connection, as text. */
const char *link_layer(const struct link *link);
/* Room for one more element behind the `n` of an array. */
void *room(void *array, size_t n, size_t size);
#endif
