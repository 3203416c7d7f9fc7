#include "time_zone.h"

#include "letter.h"
#include "suggest.h"

#include <string.h>

#define JOINED(name, line) name##line
#define ON_LINE(name, line) JOINED(name, line)

/* The names one behind the other, each with the number of its gap: pointers to them would be larger than both. */
static const struct {
#define GAP(start, length, month, first, last, weekday)
#define ZONE(name, gap) char ON_LINE(name_, __LINE__)[sizeof name]; unsigned char ON_LINE(gap_, __LINE__);
#include "time_zones.def"
#undef ZONE
    char end;
} zones = {
#define ZONE(name, gap) name, gap,
#include "time_zones.def"
    '\0'};
#undef ZONE
#undef GAP
#define ZONE(name, gap)
#define GAP(start, length, month, first, last, weekday) {start, length, month, first, last, weekday},
static const struct time_gap gaps[] = {
#include "time_zones.def"
};

static const char *first_zone(void)
{
    return (const char *)&zones;
}

/* The number of a zone's gap stands behind its name. */
static const char *gap_of(const char *zone)
{
    return zone + strlen(zone) + 1;
}

const struct time_gap *time_zone_gap(const char *name)
{
    for (const char *zone = first_zone(); *zone; zone = gap_of(zone) + 1)
        if (!strcmp(zone, name))
            return &gaps[(unsigned char)*gap_of(zone)];
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

    for (const char *zone = first_zone(); *zone; zone = gap_of(zone) + 1) {
        /* europe/vienna, Vienna, Asia/Vienna. */
        if ((strlen(zone) == strlen(name) && letters_same(zone, name, strlen(name))) || !strcmp(place_of(zone), place_of(name)))
            return zone;
        suggest_try(&suggestion, zone);
    }
    return suggestion.nearest;
}
