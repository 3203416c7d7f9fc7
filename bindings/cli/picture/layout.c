#define _POSIX_C_SOURCE 200809L
/* Has Graphviz place boxes and arrows. Its graph has numbers in the place of names. */
#include "picture.h"

#include "../call.h"
#include "graphviz.h"
#include "shape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS_PER_INCH = 72 };

static void take_width(double *width, char *text, int size)
{
    double own = text_width(text, size) + 2 * PADDING;

    *width = *width < own ? own : *width;
    free(text);
}

static void size_boxes(struct picture *picture)
{
    for (size_t i = 0; i < picture->n_boxes; i++) {
        struct box *box = &picture->boxes[i];

        box->width = 96;
        box->height = PADDING + TITLE_HEIGHT + LINE_HEIGHT + (double)box->n_lines * LINE_HEIGHT + PADDING;
        take_width(&box->width, box_title(box), TITLE_SIZE + 1);
        take_width(&box->width, text_cut(box->end->what, MOST_OF_NAME), TEXT_SIZE);
        for (size_t k = 0; k < box->n_lines; k++)
            take_width(&box->width, printed("%s", box->lines[k]), TEXT_SIZE);
        box->width += box->end->kind == HD_CLUSTER_END_WAY_IN ? 16 : 0;
    }
    for (size_t i = 0; i < picture->n_arrows; i++) {
        const struct arrow *arrow = &picture->arrows[i];

        if (arrow->in_box == NO_BOX)
            continue;
        picture->boxes[arrow->in_box].height += LINE_HEIGHT;
        take_width(&picture->boxes[arrow->in_box].width, arrow_line(picture, arrow), TEXT_SIZE);
    }
}

/* Room of this size, which needs no fonts. */
static void write_room(FILE *dot, double width, double height)
{
    fprintf(dot,
            "label=<<TABLE BORDER=\"0\" CELLPADDING=\"0\" CELLSPACING=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"%d\" "
            "HEIGHT=\"%d\"><TR><TD></TD></TR></TABLE>>",
            (int)width, (int)height);
}

static void write_boxes(const struct picture *picture, size_t group, FILE *dot)
{
    for (size_t i = 0; i < picture->n_boxes; i++)
        if (picture->boxes[i].group == group)
            fprintf(dot, "n%zu [comment=%zu width=%.3f height=%.3f];\n", i, i, picture->boxes[i].width / POINTS_PER_INCH,
                    picture->boxes[i].height / POINTS_PER_INCH);
}

static void write_arrow(const struct arrow *arrow, size_t number, FILE *dot)
{
    char *ports = arrow_ports(arrow);
    double width = text_width(ports, LABEL_SIZE), mesh = text_width(arrow_mesh(arrow), LABEL_SIZE);

    fprintf(dot, "n%zu -> n%zu [comment=%zu dir=%s ", arrow->from, arrow->to, number, arrow->goes_back ? "both" : "forward");
    write_room(dot, (width < mesh ? mesh : width) + 4, (*arrow_mesh(arrow) ? 2 * LABEL_HEIGHT : LABEL_HEIGHT) + 4);
    fprintf(dot, "];\n");
    free(ports);
}

static void write_dot(const struct picture *picture, FILE *dot)
{
    fprintf(dot,
            "digraph g {\ngraph [comment=0 rankdir=LR nodesep=0.22 ranksep=0.45 pad=0.1];\nnode [shape=box fixedsize=true label=\"\"];\n");
    for (size_t i = 0; i < picture->n_groups; i++) {
        char *title = group_title(picture, &picture->groups[i]);

        fprintf(dot, "subgraph cluster_%zu {\ngraph [comment=%zu margin=12 ", i, i);
        write_room(dot, text_width(title, TITLE_SIZE + 1), TITLE_HEIGHT + 4);
        fprintf(dot, "];\n");
        write_boxes(picture, i, dot);
        fprintf(dot, "}\n");
        free(title);
    }
    write_boxes(picture, NO_GROUP, dot);
    for (size_t i = 0; i < picture->n_arrows; i++)
        if (picture->arrows[i].in_box == NO_BOX)
            write_arrow(&picture->arrows[i], i, dot);
    fprintf(dot, "}\n");
}

/* Takes a pair of numbers with `sign` before it. SVG counts from above, Graphviz from below. */
static bool take_point(const struct picture *picture, const char *sign, const char **text, double *x, double *y)
{
    const char *at = *text + strspn(*text, " ");
    size_t n = strlen(sign);
    int length = 0;

    if (strncmp(at, sign, n) != 0 || sscanf(at + n, "%lf,%lf%n", x, y, &length) != 2)
        return false;
    *y = picture->height - *y;
    *text = at + n + length;
    return true;
}

/* The line of an arrow: "s,x,y e,x,y x,y x,y ...", where s is the tip of what goes back, and e the tip. */
static bool take_line(const struct picture *picture, struct arrow *arrow, const char *text)
{
    bool has_tips = (!arrow->goes_back || take_point(picture, "s,", &text, &arrow->back.x, &arrow->back.y)) &&
                    take_point(picture, "e,", &text, &arrow->tip.x, &arrow->tip.y) &&
                    take_point(picture, "", &text, &arrow->back.base_x, &arrow->back.base_y);
    size_t size, n = 0;
    FILE *path = has_tips ? open_memstream(&arrow->path, &size) : NULL;
    double x, y;

    if (!path)
        return false;
    fprintf(path, "M%.1f %.1fC", arrow->back.base_x, arrow->back.base_y);
    for (; take_point(picture, "", &text, &x, &y); n++)
        fprintf(path, " %.1f %.1f", x, y);
    arrow->tip.base_x = x;
    arrow->tip.base_y = y;
    return !fclose(path) && n >= 3;
}

static bool take_group(struct group *group, const char *place)
{
    return sscanf(place, "%lf,%lf,%lf,%lf", &group->left, &group->bottom, &group->right, &group->top) == 4;
}

static bool take_arrow(const struct picture *picture, struct arrow *arrow, const char *line, const char *label)
{
    return arrow->in_box == NO_BOX && !arrow->path && sscanf(label, "%lf,%lf", &arrow->label_x, &arrow->label_y) == 2 &&
           take_line(picture, arrow, line);
}

/* Takes one line of what Graphviz says: what it is about, its number, and one or two places. */
static bool take_place(struct picture *picture, char *line)
{
    char *number = strchr(line, '|'), *place = number ? strchr(number + 1, '|') : NULL, *label = place ? strchr(place + 1, '|') : NULL;
    size_t i = number ? strtoul(number + 1, NULL, 10) : 0;

    if (!place)
        return false;
    *number = '\0';
    if (label)
        *label = '\0';
    if (!strcmp(line, "graph"))
        return sscanf(place + 1, "%*f,%*f,%lf,%lf", &picture->width, &picture->height) == 2;
    if (!strcmp(line, "cluster"))
        return i < picture->n_groups && take_group(&picture->groups[i], place + 1);
    if (!strcmp(line, "node"))
        return i < picture->n_boxes && sscanf(place + 1, "%lf,%lf", &picture->boxes[i].x, &picture->boxes[i].y) == 2;
    return label && i < picture->n_arrows && take_arrow(picture, &picture->arrows[i], place + 1, label + 1);
}

static void turn_over(struct picture *picture)
{
    for (size_t i = 0; i < picture->n_boxes; i++)
        picture->boxes[i].y = picture->height - picture->boxes[i].y;
    for (size_t i = 0; i < picture->n_arrows; i++)
        picture->arrows[i].label_y = picture->height - picture->arrows[i].label_y;
    for (size_t i = 0; i < picture->n_groups; i++) {
        picture->groups[i].top = picture->height - picture->groups[i].top;
        picture->groups[i].bottom = picture->height - picture->groups[i].bottom;
    }
}

/* Everything must have been placed: the graph itself, groups, boxes and arrows. */
static int take_places(struct picture *picture, char *places)
{
    size_t n_missing = 1 + picture->n_groups + picture->n_boxes + picture->n_drawn;

    for (char *line = places, *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        if (!n_missing-- || !take_place(picture, line))
            return complain(EXIT_UNWRITTEN, "Graphviz places the picture in a way that hybridgen does not understand\n--format dot and "
                                            "--format mermaid work without it");
    }
    if (n_missing)
        return complain(EXIT_UNWRITTEN,
                        "Graphviz has placed only a part of the picture\n--format dot and --format mermaid work without it");
    turn_over(picture);
    return EXIT_FINE;
}

int picture_layout(struct picture *picture)
{
    char *dot = NULL, *places = NULL;
    size_t size;
    FILE *stream = open_memstream(&dot, &size);
    int status;

    size_boxes(picture);
    if (stream)
        write_dot(picture, stream);
    if (!stream || fclose(stream))
        status = complain(EXIT_UNREADABLE, "out of memory");
    else
        status = graphviz_place(dot, &places);
    if (!status)
        status = take_places(picture, places);
    free(places);
    free(dot);
    return status;
}
