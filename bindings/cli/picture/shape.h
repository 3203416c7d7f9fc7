/* How large texts and boxes are, which is needed to place them and to draw them. Pixels. */
#ifndef HYBRIDGEN_SHAPE_H
#define HYBRIDGEN_SHAPE_H

#include "picture.h"

enum { TITLE_SIZE = 13, TEXT_SIZE = 11, LABEL_SIZE = 10, TITLE_HEIGHT = 18, LINE_HEIGHT = 15, LABEL_HEIGHT = 12, PADDING = 8 };

/* Longer names are cut: so many characters stay. */
enum { MOST_OF_NAME = 44 };

/* The same on every machine, whatever fonts it has: a little more than the usual ones need. */
double text_width(const char *text, int size);

/* A text of at most `most` characters; a longer one keeps its begin and its end. The caller frees it. */
char *text_cut(const char *text, size_t most);

/* The label of an arrow: its ports, and what the mesh has to do with it, "" for nothing. */
char *arrow_ports(const struct arrow *arrow);
const char *arrow_mesh(const struct arrow *arrow);

/* The line for an arrow within a box. */
char *arrow_line(const struct picture *picture, const struct arrow *arrow);

/* The titles of a box and of a group. */
char *box_title(const struct box *box);
char *group_title(const struct picture *picture, const struct group *group);

#endif
