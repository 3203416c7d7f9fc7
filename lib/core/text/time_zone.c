#include "time_zone.h"

#include "letter.h"
#include "suggest.h"

#include <stdlib.h>
#include <string.h>

#define ZONE(name, start, length, month, first, last, weekday) {name, {start, length, month, first, last, weekday}},
/* Sorted by name. */
static const struct zone {
    const char *name;
    struct time_gap gap;
} zones[] = {
#include "time_zones.def"
};

enum { N_ZONES = sizeof zones / sizeof *zones };

static int compare_zone(const void *name, const void *zone)
{
    return strcmp(name, ((const struct zone *)zone)->name);
}

const struct time_gap *time_zone_gap(const char *name)
{
    const struct zone *zone = bsearch(name, zones, N_ZONES, sizeof *zones, compare_zone);

    return zone ? &zone->gap : NULL;
}

static const char *place_of(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? slash + 1 : name;
}

const char *nearest_time_zone(const char *name)
{
    struct suggestion suggestion = suggest_for(name);

    for (size_t i = 0; i < N_ZONES; i++) {
        const char *zone = zones[i].name;

        /* europe/vienna, Vienna, Asia/Vienna. */
        if ((strlen(zone) == strlen(name) && letters_same(zone, name, strlen(name))) || !strcmp(place_of(zone), place_of(name)))
            return zone;
        suggest_try(&suggestion, zone);
    }
    return suggestion.nearest;
}
