#include "picture.h"

#include "../call.h"

#include <stdlib.h>

void link_free_reasons(struct link *link)
{
    while (link->n_reasons)
        free(link->reasons[--link->n_reasons]);
    free(link->reasons);
    link->reasons = NULL;
}

static int complain_of_size(const char *what, int n)
{
    return complain(EXIT_UNWRITTEN,
                    "the picture would have more than %d %s, which nobody could read\n"
                    "ask for less, with --exposed or fewer manifests, or for all of it as a list, with --format csv",
                    n, what);
}

int picture_make(struct picture *picture, enum hd_status *ret_status)
{
    *ret_status = picture_gather(picture);
    if (*ret_status != HD_OK)
        return EXIT_FINE;
    if (picture->n_ends > MOST_ENDS)
        return complain_of_size("workloads and ranges of addresses", MOST_ENDS);
    if (picture->has_too_many)
        return complain_of_size("connections", MOST_LINKS);
    picture_fold(picture);
    if (picture->n_drawn > MOST_ARROWS)
        return complain_of_size("arrows", MOST_ARROWS);
    if (picture->n_arrows > MOST_ARROWS_AND_LINES)
        return complain_of_size("arrows and lines", MOST_ARROWS_AND_LINES);
    *ret_status = picture_find_causes(picture);
    return *ret_status == HD_OK ? picture_layout(picture) : EXIT_FINE;
}

void picture_free(struct picture *picture)
{
    for (size_t i = 0; i < picture->n_ends; i++) {
        free(picture->ends[i].name);
        free(picture->ends[i].title);
        free(picture->ends[i].first);
    }
    for (size_t i = 0; i < picture->n_links; i++) {
        link_free_reasons(&picture->links[i]);
        free(picture->links[i].ports);
        free(picture->links[i].ranges);
    }
    for (size_t i = 0; i < picture->n_boxes; i++) {
        while (picture->boxes[i].n_lines)
            free(picture->boxes[i].lines[--picture->boxes[i].n_lines]);
        free(picture->boxes[i].lines);
    }
    for (size_t i = 0; i < picture->n_arrows; i++) {
        free(picture->arrows[i].links);
        free(picture->arrows[i].path);
    }
    free(picture->ends);
    free(picture->links);
    free(picture->boxes);
    free(picture->arrows);
    free(picture->groups);
}
