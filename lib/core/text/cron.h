/* The times of cron schedules. */
#ifndef HD_CORE_TEXT_CRON_H
#define HD_CORE_TEXT_CRON_H

#include <stdbool.h>
#include <stdint.h>

/* All take a schedule of the right form. */

/* Whether no month of the schedule has one of its days: the 31st of April, the 30th of February. */
bool cron_never_runs(const char *schedule);

/*
 * The first step that is longer than its field, such as 90 in the minutes: counting begins anew with each hour, so that nothing but the
 * first number is left. Returns false when there is none.
 */
bool cron_step_too_long(const char *schedule, unsigned *ret_step, const char **ret_field);

/* The longest time between two runs, in microseconds; INT64_MAX when there are none. */
int64_t cron_longest_gap_us(const char *schedule);

#endif
