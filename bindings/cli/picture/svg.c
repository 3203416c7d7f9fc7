/* Writes the picture as SVG. */
#include "picture.h"

#include "../call.h"
#include "../characters.h"
#include "page_text.h"
#include "shape.h"

#include <stdlib.h>
#include <string.h>

enum { MARGIN = 12, MOST_HOVERS = 6, LEGEND_WIDTH = 420, POINT = 16 };

/* A text whose baseline is at y. */
static void write_text(struct output *output, const char *class, double x, double y, const char *text)
{
    output_print(output, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", class, x, y);
    output_html_text(output, text);
    output_text(output, "</text>\n");
}

/* The same with a text that is freed. */
static void write_own(struct output *output, const char *class, double x, double y, char *text)
{
    write_text(output, class, x, y, text);
    free(text);
}

static void write_groups(const struct picture *picture, struct output *output)
{
    for (size_t i = 0; i < picture->n_groups; i++) {
        const struct group *group = &picture->groups[i];

        output_print(output, "<g class=\"group\"><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"6\"/>\n", group->left,
                     group->top, group->right - group->left, group->bottom - group->top);
        write_own(output, "group-title", group->left + PADDING, group->top + TITLE_HEIGHT, group_title(picture, group));
        output_text(output, "</g>\n");
    }
}

/* Writes the text that is shown on hover: the connections of the arrow, with the lines that allow them. */
static void write_hover(const struct picture *picture, const struct arrow *arrow, struct output *output)
{
    size_t n_told = 0;

    output_text(output, "<title>");
    for (size_t i = 0; i < arrow->n_links && i < MOST_HOVERS; i++) {
        const struct link *link = arrow->links[i];

        if (!link->n_told)
            continue;
        n_told++;
        output_html_text(output, picture->ends[link->from].name);
        output_text(output, " \xE2\x86\x92 ");
        output_html_text(output, picture->ends[link->to].name);
        output_text(output, "\n");
        output_html_text(output, link->ports);
        output_print(output, " (%s)\n", link_layer(link));
        for (size_t k = 0; k < link->n_reasons; k++) {
            output_html_text(output, link->reasons[k]);
            output_text(output, "\n");
        }
    }
    if (arrow->n_links > n_told)
        output_print(output, "and %zu more\n", arrow->n_links - n_told);
    output_text(output, "</title>\n");
}

/* Opens the element of an arrow. On a page it can be clicked, and reached by keyboard. */
static void begin_arrow(const struct picture *picture, size_t index, bool is_page, struct output *output)
{
    const struct arrow *arrow = &picture->arrows[index];
    const struct link *link = arrow->links[0];

    output_print(output, "<g class=\"arrow%s%s%s\" id=\"arrow-%zu\" data-from=\"%zu\" data-to=\"%zu\"", link->in_mesh ? " mesh" : "",
                 link->has_some      ? " some"
                 : link->has_unknown ? " unknown"
                                     : "",
                 arrow->in_box == NO_BOX ? "" : " line", index, arrow->from, arrow->to);
    if (is_page) {
        output_text(output, " tabindex=\"0\" role=\"button\" aria-label=\"");
        output_html_text(output, picture->ends[link->from].name);
        output_text(output, " to ");
        output_html_text(output, picture->ends[link->to].name);
        output_text(output, arrow->goes_back ? " and back, " : ", ");
        output_html_text(output, link->ports);
        output_print(output, ", %s\"", link_layer(link));
    }
    output_text(output, ">");
    write_hover(picture, arrow, output);
}

static void write_tip(const struct tip *tip, struct output *output)
{
    double x = tip->x - tip->base_x, y = tip->y - tip->base_y;

    output_print(output, "<polygon class=\"head\" points=\"%.1f,%.1f %.1f,%.1f %.1f,%.1f\"/>\n", tip->x, tip->y, tip->base_x - y * 0.4,
                 tip->base_y + x * 0.4, tip->base_x + y * 0.4, tip->base_y - x * 0.4);
}

static void write_arrow(const struct picture *picture, size_t index, bool is_page, struct output *output)
{
    const struct arrow *arrow = &picture->arrows[index];
    char *ports = arrow_ports(arrow);
    const char *mesh = arrow_mesh(arrow);
    double first = arrow->label_y + (*mesh ? -4 : 2);

    begin_arrow(picture, index, is_page, output);
    for (int i = 0; i < 2; i++) {
        output_text(output, i ? "<path class=\"stroke\" d=\"" : "<path class=\"hit\" d=\"");
        output_text(output, arrow->path);
        output_text(output, "\"/>\n");
    }
    write_tip(&arrow->tip, output);
    if (arrow->goes_back)
        write_tip(&arrow->back, output);
    write_text(output, "label", arrow->label_x, first, ports);
    if (*mesh)
        write_text(output, "label", arrow->label_x, first + LABEL_HEIGHT, mesh);
    output_text(output, "</g>\n");
    free(ports);
}

/* An arrow that is a line within a box. */
static void write_line(const struct picture *picture, size_t index, double x, double y, double width, bool is_page, struct output *output)
{
    begin_arrow(picture, index, is_page, output);
    output_print(output, "<rect class=\"hit\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>\n", x - PADDING / 2, y - LINE_HEIGHT + 4,
                 width - PADDING, (int)LINE_HEIGHT);
    write_own(output, "small", x, y, arrow_line(picture, &picture->arrows[index]));
    output_text(output, "</g>\n");
}

static void write_outline(const struct box *box, double left, double top, struct output *output)
{
    if (box->end->kind == HD_CLUSTER_END_WAY_IN)
        output_print(output, "<path class=\"outline\" d=\"M%.1f %.1fH%.1fL%.1f %.1fL%.1f %.1fH%.1fZ\"/>\n", left, top,
                     left + box->width - POINT, left + box->width, top + box->height / 2, left + box->width - POINT, top + box->height,
                     left);
    else
        output_print(output, "<rect class=\"outline\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%d\"/>\n", left, top,
                     box->width, box->height, box->end->kind == HD_CLUSTER_END_ADDRESSES ? 14 : 3);
}

static void write_place(const struct hd_cluster_object *object, struct output *output)
{
    if (!object)
        return;
    output_text(output, "\n");
    output_html_text(output, object->place.file);
    output_print(output, ":%u:%u", object->place.line, object->place.column);
}

/* On hover, all that a box stands for. */
static void write_members(const struct picture *picture, size_t index, struct output *output)
{
    size_t n = 0;

    output_text(output, "<title>");
    for (size_t i = 0; i < picture->n_ends && n <= MOST_HOVERS * 4; i++) {
        const struct end *end = &picture->ends[i];

        if (end->box != index)
            continue;
        output_text(output, n++ ? "\n" : "");
        if (n <= MOST_HOVERS * 4) {
            output_html_text(output, end->name);
            write_place(end->object, output);
        }
    }
    output_text(output, n > MOST_HOVERS * 4 ? "and more</title>" : "</title>");
}

static void write_box(const struct picture *picture, size_t index, const size_t *lines, size_t n_lines, bool is_page, struct output *output)
{
    static const char *const classes[] = {
        [HD_CLUSTER_END_WORKLOAD] = "workload", [HD_CLUSTER_END_ADDRESSES] = "addresses", [HD_CLUSTER_END_WAY_IN] = "way-in"};
    const struct box *box = &picture->boxes[index];
    double left = box->x - box->width / 2, top = box->y - box->height / 2, x = left + PADDING, y = top + PADDING + 11;

    output_print(output, "<g class=\"box %s\" id=\"box-%zu\">", classes[box->end->kind], index);
    write_members(picture, index, output);
    write_outline(box, left, top, output);
    write_own(output, "title", x, y, box_title(box));
    write_own(output, "small kind", x, y += LINE_HEIGHT + 1, text_cut(box->end->what, MOST_OF_NAME));
    for (size_t i = 0; i < box->n_lines; i++)
        write_text(output, "small", x, y += LINE_HEIGHT, box->lines[i]);
    for (size_t i = 0; i < n_lines; i++)
        write_line(picture, lines[i], x, y += LINE_HEIGHT, box->width, is_page, output);
    output_text(output, "</g>\n");
}

/* The arrows that are lines in a box, box for box: those of box i stand at [starts[i], starts[i + 1]). */
static void write_boxes(const struct picture *picture, bool is_page, struct output *output)
{
    size_t *starts = grow(NULL, (picture->n_boxes + 2) * sizeof *starts), *lines = grow(NULL, (picture->n_arrows + 1) * sizeof *lines);

    memset(starts, 0, (picture->n_boxes + 2) * sizeof *starts);
    for (size_t i = 0; i < picture->n_arrows; i++)
        if (picture->arrows[i].in_box != NO_BOX)
            starts[picture->arrows[i].in_box + 2]++;
    for (size_t i = 1; i < picture->n_boxes + 2; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < picture->n_arrows; i++)
        if (picture->arrows[i].in_box != NO_BOX)
            lines[starts[picture->arrows[i].in_box + 1]++] = i;
    for (size_t i = 0; i < picture->n_boxes; i++)
        write_box(picture, i, lines + starts[i], starts[i + 1] - starts[i], is_page, output);
    free(lines);
    free(starts);
}

/* A row of the legend: a look of arrows, its meaning, and whether the picture has such an arrow. */
struct meaning {
    const char *class, *text;
    bool in_mesh, has_some, has_unknown;
};

static bool occurs(const struct picture *picture, const struct meaning *meaning)
{
    for (size_t i = 0; i < picture->n_arrows; i++) {
        const struct link *link = picture->arrows[i].links[0];

        if (link->in_mesh == meaning->in_mesh && link->has_some == meaning->has_some &&
            (meaning->has_some || link->has_unknown == meaning->has_unknown))
            return true;
    }
    return false;
}

static const struct meaning meanings[] = {
    {"arrow", "network policies decide", false, false, false},
    {"arrow mesh", "network policies and the mesh decide", true, false, false},
    {"arrow mesh some", "the mesh lets in some requests only", true, true, false},
    {"arrow mesh unknown", "the manifests do not tell what the mesh lets in", true, false, true},
};
enum { N_MEANINGS = sizeof meanings / sizeof *meanings };

static double legend_height(const struct picture *picture)
{
    double height = 0;

    for (size_t i = 0; i < N_MEANINGS; i++)
        height += occurs(picture, &meanings[i]) ? LINE_HEIGHT : 0;
    return height;
}

static void write_legend(const struct picture *picture, double y, struct output *output)
{
    output_text(output, "<g class=\"legend\">\n");
    for (size_t i = 0; i < N_MEANINGS; i++) {
        if (!occurs(picture, &meanings[i]))
            continue;
        y += LINE_HEIGHT;
        output_print(
            output,
            "<g class=\"%s\"><path class=\"stroke\" d=\"M4 %.1fH44\"/><polygon class=\"head\" points=\"54,%.1f 44,%.1f 44,%.1f\"/></g>\n",
            meanings[i].class, y - 4, y - 4, y, y - 8);
        write_text(output, "small", 62, y, meanings[i].text);
    }
    output_text(output, "</g>\n");
}

void picture_svg(const struct picture *picture, bool is_page, struct output *output)
{
    double width = (picture->width < LEGEND_WIDTH ? LEGEND_WIDTH : picture->width) + 2 * MARGIN,
           height = picture->height + legend_height(picture) + 2 * MARGIN + LINE_HEIGHT;

    output_print(output,
                 "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"connections\" width=\"%.0f\" height=\"%.0f\" viewBox=\"%d %d %.0f "
                 "%.0f\" role=\"%s\" ",
                 width, height, -MARGIN, -MARGIN, width, height, is_page ? "group" : "img");
    output_text(output, "aria-label=\"who can talk to whom\">\n");
    if (!is_page) {
        output_text(output, "<style>\n");
        output_sink(output, picture_css, sizeof picture_css);
        output_text(output, "</style>\n");
        output_print(output, "<rect class=\"ground\" x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"%.0f\"/>\n", -MARGIN, -MARGIN, width,
                     height);
    }
    write_groups(picture, output);
    for (size_t i = 0; i < picture->n_arrows; i++)
        if (picture->arrows[i].in_box == NO_BOX)
            write_arrow(picture, i, is_page, output);
    write_boxes(picture, is_page, output);
    if (!picture->n_boxes)
        write_text(output, "title", 0, LINE_HEIGHT, "there are no workloads");
    write_legend(picture, picture->height + LINE_HEIGHT / 2, output);
    output_text(output, "</svg>\n");
}
