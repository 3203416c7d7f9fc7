#include "shape.h"

#include "../call.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_OF_GROUP = 80, MOST_OF_LABEL = 34 };

double text_width(const char *text, int size)
{
    static const char narrow[] = "ijltfrI.,:;'|![]()/ -", wide[] = "mwMW@%";
    double width = 0;

    for (; *text; text++) {
        if ((*text & 0xC0) == 0x80)
            continue; /* not the first byte of a character */
        width += strchr(narrow, *text) ? 0.38 : strchr(wide, *text) ? 0.92 : *text >= 'A' && *text <= 'Z' ? 0.72 : 0.62;
    }
    return width * size;
}

char *text_cut(const char *text, size_t most)
{
    size_t length = strlen(text), half = most / 2;

    return length <= most ? printed("%s", text) : printed("%.*s...%s", (int)half, text, text + length - (most - half - 3));
}

char *arrow_ports(const struct arrow *arrow)
{
    const char *ports = arrow->links[0]->ports;

    return strlen(ports) <= MOST_OF_LABEL ? printed("%s", ports) : printed("%.*s...", MOST_OF_LABEL - 3, ports);
}

const char *arrow_mesh(const struct arrow *arrow)
{
    const struct link *link = arrow->links[0];

    return !link->in_mesh ? "" : link->has_some ? "mesh: some requests" : link->has_unknown ? "mesh: not known" : "mesh";
}

char *box_title(const struct box *box)
{
    if (box->n_ends > 1)
        return printed(box->end->workload ? "%zu workloads alike" : "%zu ranges of addresses", box->n_ends);
    return text_cut(box->end->title, MOST_OF_NAME);
}

char *group_title(const struct picture *picture, const struct group *group)
{
    bool has_others = false;
    char *title, *cut;

    for (size_t i = 0; i < picture->n_groups; i++)
        has_others = has_others || (&picture->groups[i] != group && !strcmp(picture->groups[i].namespace_name, group->namespace_name));
    if (*group->application && (has_others || strcmp(group->application, group->namespace_name) != 0))
        title = printed("%s in namespace %s", group->application, group->namespace_name);
    else
        title = printed("namespace %s", group->namespace_name);
    cut = text_cut(title, MOST_OF_GROUP);
    free(title);
    return cut;
}

char *arrow_line(const struct picture *picture, const struct arrow *arrow)
{
    bool is_self = arrow->from == arrow->to, is_out = arrow->in_box == arrow->from;
    const struct box *other = &picture->boxes[is_out ? arrow->to : arrow->from];
    char *name = is_self             ? printed("%s", other->n_ends > 1 ? "each other" : "its own pods")
                 : other->n_ends > 1 ? box_title(other)
                                     : text_cut(other->end->title, MOST_OF_NAME);
    const char *sign = arrow->goes_back ? "\xE2\x86\x94" : is_self || is_out ? "\xE2\x86\x92" : "\xE2\x86\x90";
    char *ports = arrow_ports(arrow), *line;

    line = printed("%s %s: %s%s%s", sign, name, ports, *arrow_mesh(arrow) ? ", " : "", arrow_mesh(arrow));
    free(name);
    free(ports);
    return line;
}
