/*
 * Decides what is drawn, so that sixty services can be read like three:
 * - Addresses with the same connections are one box, and so are three or more workloads of a group that talk to each other and to all
 *   others in the same way, as pods do that no policy selects.
 * - A box that many others talk to, such as the resolver, gets no arrows. Each of the others names it in a line.
 * Nothing is left out by this, and nothing is rounded.
 */
#include "picture.h"

#include "../call.h"
#include "shape.h"

#include <stdlib.h>
#include <string.h>

enum { MANY_ARROWS = 5, MANY_ARROWS_OUTSIDE = 4, FEWEST_TWINS = 3, MOST_NAMES = 6 };

static const char *application_of(const struct hd_cluster_workload *workload)
{
    for (size_t i = 0; i < workload->n_labels; i++)
        if (!strcmp(workload->labels[i].key, "app.kubernetes.io/part-of"))
            return workload->labels[i].value;
    return "";
}

static size_t add_group(struct picture *picture, const char *namespace_name, const char *application)
{
    for (size_t i = 0; i < picture->n_groups; i++)
        if (!strcmp(picture->groups[i].namespace_name, namespace_name) && !strcmp(picture->groups[i].application, application))
            return i;
    picture->groups = room(picture->groups, picture->n_groups, sizeof *picture->groups);
    picture->groups[picture->n_groups] = (struct group){.namespace_name = namespace_name, .application = application};
    return picture->n_groups++;
}

/* Each application of a namespace is a group; what leads requests in, and addresses, stand outside of all. */
static size_t group_of(struct picture *picture, const struct end *end)
{
    return end->workload ? add_group(picture, end->workload->namespace_name, application_of(end->workload)) : NO_GROUP;
}

/* A connection as one of its ends sees it, as a text for comparing. */
struct view {
    size_t end;
    char *text;
};

static int by_end(const void *left, const void *right)
{
    const struct view *a = left, *b = right;

    return a->end != b->end ? (a->end < b->end ? -1 : 1) : strcmp(a->text, b->text);
}

/* All connections of each end in one text, `*ret_views` with one element for each end. The text of an end that stays alone is its own. */
static struct view *views_of(struct picture *picture)
{
    struct view *views = grow(NULL, (picture->n_links * 2 + 1) * sizeof *views), *whole = grow(NULL, (picture->n_ends + 1) * sizeof *whole);
    size_t n = picture->n_links * 2, next = 0;

    for (size_t i = 0; i < picture->n_links; i++) {
        const struct link *link = &picture->links[i];

        views[2 * i] = (struct view){link->from, printed(">%zu %s %s|", link->to, link->ports, link_layer(link))};
        views[2 * i + 1] = (struct view){link->to, printed("<%zu %s %s|", link->from, link->ports, link_layer(link))};
        picture->ends[link->from].has_self = picture->ends[link->from].has_self || link->from == link->to;
    }
    if (n)
        qsort(views, n, sizeof *views, by_end);
    for (size_t i = 0; i < picture->n_ends; i++) {
        const struct end *end = &picture->ends[i];
        bool is_alone = end->kind == HD_CLUSTER_END_WAY_IN || (end->workload && !end->has_self);
        size_t begin = next, length = 0;
        char *text;

        for (; next < n && views[next].end == i; next++)
            length += strlen(views[next].text);
        text = printed("%d %zu %zu ", (int)end->kind, group_of(picture, end), is_alone ? i + 1 : 0);
        whole[i] = (struct view){i, grow(text, strlen(text) + length + 1)};
        text = whole[i].text + strlen(whole[i].text);
        for (; begin < next; begin++) {
            size_t part = strlen(views[begin].text);

            memcpy(text, views[begin].text, part + 1);
            text += part;
            free(views[begin].text);
        }
    }
    free(views);
    return whole;
}

static int by_text(const void *left, const void *right)
{
    const struct view *a = left, *b = right;
    int order = strcmp(a->text, b->text);

    return order ? order : a->end < b->end ? -1 : a->end > b->end;
}

/* Sets `box` of each end to the first end of those that are drawn together. */
static void find_twins(struct picture *picture)
{
    struct view *views = views_of(picture);

    if (picture->n_ends)
        qsort(views, picture->n_ends, sizeof *views, by_text);
    for (size_t i = 0, behind; i < picture->n_ends; i = behind) {
        for (behind = i + 1; behind < picture->n_ends && !strcmp(views[i].text, views[behind].text); behind++)
            continue;
        for (size_t k = i; k < behind; k++) {
            bool is_one = picture->ends[views[k].end].workload && behind - i < FEWEST_TWINS;

            picture->ends[views[k].end].box = views[is_one ? k : i].end;
        }
    }
    for (size_t i = 0; i < picture->n_ends; i++)
        free(views[i].text);
    free(views);
}

static void add_line(struct box *box, char *text)
{
    box->lines = room(box->lines, box->n_lines, sizeof *box->lines);
    box->lines[box->n_lines++] = text;
}

/* A box of several ends lists them, as far as there is room; all of them are shown on hover and in the tables of the page. */
static void add_names(struct picture *picture)
{
    for (size_t i = 0; i < picture->n_ends; i++) {
        struct box *box = &picture->boxes[picture->ends[i].box];

        if (box->n_ends > 1 && box->n_lines < MOST_NAMES)
            add_line(box, text_cut(picture->ends[i].title, MOST_OF_NAME));
    }
    for (size_t i = 0; i < picture->n_boxes; i++)
        if (picture->boxes[i].n_ends > MOST_NAMES)
            add_line(&picture->boxes[i], printed("and %zu more", picture->boxes[i].n_ends - MOST_NAMES));
}

/* Boxes stand in the order of their first ends. */
static void add_boxes(struct picture *picture)
{
    for (size_t i = 0; i < picture->n_ends; i++) {
        struct end *end = &picture->ends[i];
        struct box *box;

        if (end->box == i) {
            picture->boxes = room(picture->boxes, picture->n_boxes, sizeof *picture->boxes);
            picture->boxes[picture->n_boxes] = (struct box){.end = end, .group = group_of(picture, end)};
            end->box = picture->n_boxes++;
        } else {
            end->box = picture->ends[end->box].box;
        }
        box = &picture->boxes[end->box];
        box->n_ends++;
    }
    add_names(picture);
}

/* A connection by its boxes, of which `from` is the one that stands first. */
struct way {
    size_t from, to;
    bool is_back;
    struct link *link;
};

/* Whether two are one arrow, and else their order. */
static int compare(const struct way *a, const struct way *b)
{
    int order;

    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    order = strcmp(a->link->ports, b->link->ports);
    return order ? order : strcmp(link_layer(a->link), link_layer(b->link));
}

static int by_boxes(const void *left, const void *right)
{
    const struct way *a = left, *b = right;
    int order = compare(a, b);

    if (!order && a->is_back != b->is_back)
        return a->is_back ? 1 : -1;
    return order ? order : a->link < b->link ? -1 : a->link > b->link;
}

static void add_arrow(struct picture *picture, const struct way *ways, size_t n)
{
    struct arrow arrow = {.from = ways->is_back ? ways->to : ways->from,
                          .to = ways->is_back ? ways->from : ways->to,
                          .n_links = n,
                          .in_box = NO_BOX,
                          .goes_back = ways[0].is_back != ways[n - 1].is_back};
    size_t n_back = 0;

    arrow.links = grow(NULL, n * sizeof *arrow.links);
    for (size_t i = 0; i < n; i++) {
        arrow.links[i] = ways[i].link;
        ways[i].link->arrow = picture->n_arrows;
        ways[i].link->is_back = ways[i].is_back != ways->is_back;
        ways[i].link->n_told = n <= MOST_ROWS;
        n_back += ways[i].link->is_back;
    }
    if (n > MOST_ROWS) {
        ways[0].link->n_told = n - n_back;
        ways[n - 1].link->n_told = n_back ? n_back : ways[n - 1].link->n_told;
    }
    if (arrow.from == arrow.to) {
        arrow.in_box = arrow.from;
    } else {
        picture->boxes[arrow.from].n_out++;
        picture->boxes[arrow.to].n_in++;
        picture->boxes[arrow.to].n_out += arrow.goes_back;
        picture->boxes[arrow.from].n_in += arrow.goes_back;
    }
    picture->arrows = room(picture->arrows, picture->n_arrows, sizeof *picture->arrows);
    picture->arrows[picture->n_arrows++] = arrow;
}

static void add_arrows(struct picture *picture)
{
    struct way *ways = grow(NULL, (picture->n_links + 1) * sizeof *ways);

    for (size_t i = 0; i < picture->n_links; i++) {
        struct link *link = &picture->links[i];
        size_t from = picture->ends[link->from].box, to = picture->ends[link->to].box;

        ways[i] = from <= to ? (struct way){from, to, false, link} : (struct way){to, from, true, link};
    }
    if (picture->n_links)
        qsort(ways, picture->n_links, sizeof *ways, by_boxes);
    for (size_t i = 0, behind; i < picture->n_links; i = behind) {
        for (behind = i + 1; behind < picture->n_links && !compare(&ways[i], &ways[behind]); behind++)
            continue;
        add_arrow(picture, &ways[i], behind - i);
    }
    free(ways);
}

static bool is_shared(const struct box *box, size_t n_arrows)
{
    return n_arrows > (box->end->workload ? MANY_ARROWS : MANY_ARROWS_OUTSIDE);
}

/* Makes the arrows of boxes that have many a line in the box at the other end. A workload that calls many keeps its arrows: it is the
 * story. */
static void share_boxes(struct picture *picture)
{
    for (size_t i = 0; i < picture->n_arrows; i++) {
        struct arrow *arrow = &picture->arrows[i];
        const struct box *from = &picture->boxes[arrow->from], *to = &picture->boxes[arrow->to];

        if (arrow->in_box == NO_BOX && is_shared(to, to->n_in))
            arrow->in_box = arrow->from;
        else if (arrow->in_box == NO_BOX &&
                 ((arrow->goes_back && is_shared(from, from->n_in)) || (!from->end->workload && is_shared(from, from->n_out))))
            arrow->in_box = arrow->to;
        picture->n_drawn += arrow->in_box == NO_BOX;
    }
    for (size_t i = 0; i < picture->n_boxes; i++) {
        struct box *box = &picture->boxes[i];

        if (is_shared(box, box->n_in))
            add_line(box, printed("reached from %zu boxes, which name it", box->n_in));
        if (!box->end->workload && is_shared(box, box->n_out))
            add_line(box, printed("reaches %zu boxes, which name it", box->n_out));
    }
}

void picture_fold(struct picture *picture)
{
    for (size_t i = 0; i < picture->n_ends; i++)
        group_of(picture, &picture->ends[i]);
    find_twins(picture);
    add_boxes(picture);
    add_arrows(picture);
    share_boxes(picture);
}
