/* The times of cron schedules. */
#ifndef HD_CORE_TEXT_CRON_H
#define HD_CORE_TEXT_CRON_H

#include <stdbool.h>
#include <stdint.h>

/* All take a schedule of the right form. */

/* Whether no month of the schedule has one of its days: the 31st of April, the 30th of February. */
bool cron_never_runs(const char *schedule);

/* The longest time between two runs, in microseconds; INT64_MAX when there are none. */
int64_t cron_longest_gap_us(const char *schedule);

#endif
