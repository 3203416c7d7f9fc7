/* Graphviz, which places boxes and arrows. It is no part of the build: it is loaded when a picture is asked for. */
#ifndef HYBRIDGEN_GRAPHVIZ_H
#define HYBRIDGEN_GRAPHVIZ_H

/*
 * Places a graph in the language dot whose nodes, edges and clusters have numbers in the attribute `comment`. `*ret_places` is a line for
 * each of them that the caller frees: graph|node|edge|cluster, its number, and what Graphviz says of its place, with | between them.
 * Complains, and returns an exit status.
 */
int graphviz_place(const char *dot, char **ret_places);

#endif
