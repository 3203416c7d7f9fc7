#include "time_zone.h"

#include "letter.h"
#include "suggest.h"

#include <string.h>

#define ON_LINE_(line) zone_##line
#define ON_LINE(line) ON_LINE_(line)

/* The names one behind the other, and the gap of each: pointers to them would be larger than both. */
static const struct {
#define ZONE(name, start, length, month, first, last, weekday) char ON_LINE(__LINE__)[sizeof name];
#include "time_zones.def"
#undef ZONE
    char end;
} names = {
#define ZONE(name, start, length, month, first, last, weekday) name,
#include "time_zones.def"
    '\0'};
#undef ZONE
#define ZONE(name, start, length, month, first, last, weekday) {start, length, month, first, last, weekday},
static const struct time_gap gaps[] = {
#include "time_zones.def"
};

const struct time_gap *time_zone_gap(const char *name)
{
    const struct time_gap *gap = gaps;

    for (const char *zone = (const char *)&names; *zone; zone += strlen(zone) + 1, gap++)
        if (!strcmp(zone, name))
            return gap;
    return NULL;
}

static const char *place_of(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? slash + 1 : name;
}

const char *nearest_time_zone(const char *name)
{
    struct suggestion suggestion = suggest_for(name);

    for (const char *zone = (const char *)&names; *zone; zone += strlen(zone) + 1) {
        /* europe/vienna, Vienna, Asia/Vienna. */
        if ((strlen(zone) == strlen(name) && letters_same(zone, name, strlen(name))) || !strcmp(place_of(zone), place_of(name)))
            return zone;
        suggest_try(&suggestion, zone);
    }
    return suggestion.nearest;
}
