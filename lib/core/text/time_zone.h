/* Time zones of the IANA. */
#ifndef HD_CORE_TEXT_TIME_ZONE_H
#define HD_CORE_TEXT_TIME_ZONE_H

#include "core/memory/arena.h"

/* The hour that clocks jump over when daylight saving begins. Without one the length is 0. */
struct time_gap {
    int16_t start, length; /* minutes of the day */
    int8_t month, first_day, last_day, weekday;
};

/* The gap of a zone; NULL when there is no zone of this name. */
const struct time_gap *time_zone_gap(const char *name);

/* The zone whose name is nearest to a misspelled one, or NULL. */
const char *nearest_time_zone(struct arena *arena, const char *name);

#endif
