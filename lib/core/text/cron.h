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

/*
 * The first step of the minutes or hours that does not divide its field, and by which runs come much earlier than it says when counting
 * begins anew: 45 in the minutes runs at 0 and 45. Returns false when there is none.
 */
bool cron_step_uneven(const char *schedule, unsigned *ret_step, const char **ret_field);

/* Whether a day of the month and a weekday are both given, of which each alone suffices. */
bool cron_has_two_days(const char *schedule);

/* The first day of the month on which it runs, when that is one that some months do not have, from the 29th; else 0. */
unsigned cron_day_of_few_months(const char *schedule);

/* Whether it runs in each minute of single hours. */
bool cron_fills_hours(const char *schedule);

/* Whether on some day all its runs fall into the hour that clocks jump over. */
struct time_gap;
bool cron_in_gap(const char *schedule, const struct time_gap *gap);

/* The longest time between two runs, in microseconds; INT64_MAX when there are none. */
int64_t cron_longest_gap_us(const char *schedule);

#endif
