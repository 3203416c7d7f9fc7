#include "duration.h"

#include "format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Longer than anything that runs, and short enough to be multiplied by a thousand. */
#define LONGEST_US (INT64_MAX / 1024)

struct unit {
    const char *name;
    int64_t us; /* 0 for nanoseconds */
};

static struct unit unit_of(const char *text)
{
    static const struct unit units[] = {{"ns", 0}, {"us", 1}, {"ms", 1000}, {"s", 1000000}, {"m", 60000000}, {"h", 3600000000}};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strncmp(text, units[i].name, strlen(units[i].name)))
            return units[i];
    return units[0];
}

/* One number with its unit; moves `*text` behind it. In parts of a billionth, which is exact enough for microseconds of hours. */
static int64_t read_part(const char **text)
{
    uint64_t whole = 0, fraction = 0, scale = 1000000000;
    struct unit unit;

    for (; **text >= '0' && **text <= '9'; ++*text)
        whole = whole < (uint64_t)LONGEST_US ? whole * 10 + (uint64_t)(**text - '0') : whole;
    if (**text == '.')
        for (++*text; **text >= '0' && **text <= '9'; ++*text)
            if (scale > 1) {
                scale /= 10;
                fraction += (uint64_t)(**text - '0') * scale;
            }
    unit = unit_of(*text);
    *text += strlen(unit.name);
    if (!unit.us)
        return (int64_t)(whole / 1000);
    if (whole > (uint64_t)(LONGEST_US / unit.us))
        return LONGEST_US;
    return (int64_t)whole * unit.us + (int64_t)((double)fraction * (double)unit.us / 1e9 + 1e-6);
}

int64_t duration_us(const char *text)
{
    int64_t us = 0;

    if (!text || !format_is_valid(&format_duration, text))
        return -1;
    while (*text) {
        us += read_part(&text);
        us = us < LONGEST_US ? us : LONGEST_US;
    }
    return us;
}

void duration_text(char text[DURATION_LONGEST], int64_t us)
{
    int64_t minutes = us / 60000000, rest = us % 60000000;
    int n = 0;

    if (us < 1000000) {
        snprintf(text, DURATION_LONGEST, us % 1000 ? "%" PRId64 "us" : "%" PRId64 "ms", us % 1000 ? us : us / 1000);
        return;
    }
    if (minutes >= 60)
        n = snprintf(text, DURATION_LONGEST, "%" PRId64 "h", minutes / 60);
    if (minutes % 60)
        n += snprintf(text + n, (size_t)(DURATION_LONGEST - n), "%" PRId64 "m", minutes % 60);
    if (rest % 1000000)
        snprintf(text + n, (size_t)(DURATION_LONGEST - n), "%gs", (double)rest / 1e6);
    else if (rest || !n)
        snprintf(text + n, (size_t)(DURATION_LONGEST - n), "%" PRId64 "s", rest / 1000000);
}
