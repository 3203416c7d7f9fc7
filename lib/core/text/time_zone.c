#include "time_zone.h"

#include "letter.h"
#include "suggest.h"

#include <string.h>

#define GAP(start, length, month, first, last, weekday)
#define REGION(word, beginning)
#define ZONE(region, name, gap)
#define JOINED(name, line) name##line
#define ON_LINE(name, line) JOINED(name, line)

#undef REGION
#define REGION(word, beginning) word,
enum region {
    NOWHERE,
#include "time_zones.def"
};

#undef REGION
#define REGION(word, beginning) beginning,
static const char regions[][sizeof "Australia/"] = {"",
#include "time_zones.def"
};
#undef REGION
#define REGION(word, beginning)

#undef GAP
#define GAP(start, length, month, first, last, weekday) {start, length, month, first, last, weekday},
static const struct time_gap gaps[] = {
#include "time_zones.def"
};
#undef GAP
#define GAP(start, length, month, first, last, weekday)

/* The names without their regions, one behind the other, each with a byte for region and gap: pointers to them would be larger. */
static const struct {
#undef ZONE
#define ZONE(region, name, gap) char ON_LINE(name_, __LINE__)[sizeof name]; unsigned char ON_LINE(mark_, __LINE__);
#include "time_zones.def"
    char end;
} zones = {
#undef ZONE
#define ZONE(region, name, gap) name, (region) << 5 | (gap),
#include "time_zones.def"
    '\0'};

enum { LONGEST_NAME = 40 };

static const char *first_zone(void)
{
    return (const char *)&zones;
}

static const char *mark_of(const char *zone)
{
    return zone + strlen(zone) + 1;
}

static const char *region_of(const char *zone)
{
    return regions[(unsigned char)*mark_of(zone) >> 5];
}

const struct time_gap *time_zone_gap(const char *name)
{
    for (const char *zone = first_zone(); *zone; zone = mark_of(zone) + 1) {
        size_t length = strlen(region_of(zone));

        if (!strncmp(name, region_of(zone), length) && !strcmp(name + length, zone))
            return &gaps[*mark_of(zone) & 31];
    }
    return NULL;
}

static const char *place_of(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? slash + 1 : name;
}

/* europe/vienna, Vienna, Asia/Vienna. */
static bool is_meant(const char *zone, const char *name)
{
    return (strlen(zone) == strlen(name) && letters_same(zone, name, strlen(name))) || !strcmp(place_of(zone), place_of(name));
}

const char *nearest_time_zone(struct arena *arena, const char *name)
{
    struct suggestion suggestion = suggest_for(name);
    char whole[LONGEST_NAME];

    for (const char *zone = first_zone(); *zone; zone = mark_of(zone) + 1) {
        strcat(strcpy(whole, region_of(zone)), zone);
        if (is_meant(whole, name))
            return arena_copy(arena, whole, sizeof whole);
        suggest_try(&suggestion, whole);
        if (suggestion.nearest == whole)
            suggestion.nearest = arena_copy(arena, whole, sizeof whole);
    }
    return suggestion.nearest;
}
