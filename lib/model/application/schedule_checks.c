/* Rules for cron schedules, of jobs and of backups. */
#include "core/text/cron.h"
#include "core/text/format.h"
#include "core/text/time_zone.h"
#include "model/checks.h"

static void check_steps(struct checker *checker, struct where where, const char *schedule)
{
    const char *field;
    unsigned step;

    if (cron_step_too_long(schedule, &step, &field))
        hint(found(checker, HD_SCHEDULE_STEP, where, "the step %u is longer than the field %s, so only the first %s counts", step, field,
                   field),
             "write the times one by one, or a step that fits the field; every 90 minutes, for example, needs two schedules: "
             "0 */3 * * * and 30 1-22/3 * * *");
    else if (cron_step_uneven(schedule, &step, &field))
        hint(found(checker, HD_SCHEDULE_UNEVEN, where, "*/%u does not run every %u %ss, because counting begins anew at %s 0", step, step,
                   field, field),
             "use a step that divides %s; or write the times one by one, and accept this with silence if the shorter time between two runs "
             "is meant",
             *field == 'm' ? "60" : "24");
}

static void check_days(struct checker *checker, struct where where, const char *schedule)
{
    unsigned day = cron_day_of_few_months(schedule);

    if (cron_has_two_days(schedule))
        hint(found(checker, HD_SCHEDULE_EITHER_DAY, where,
                   "this schedule runs on the days of the month and also on the weekdays, not only where both fall together"),
             "write * for one of the two; if both are meant, accept this with silence");
    if (day && !cron_never_runs(schedule))
        hint(found(checker, HD_SCHEDULE_FEW_MONTHS, where, "this schedule does not run in months without a day %u", day),
             "use a day that every month has, 1 to 28; or accept this with silence");
}

void check_schedule_times(struct checker *checker, struct where where, const char *schedule)
{
    if (!schedule || !format_is_valid(&format_schedule, schedule))
        return;
    check_steps(checker, where, schedule);
    check_days(checker, where, schedule);
    if (cron_fills_hours(schedule))
        hint(found(checker, HD_SCHEDULE_EVERY_MINUTE, where,
                   "this schedule starts a run in each minute of the hour, because the minute is *"),
             "write the minute, such as 0; if 60 runs an hour are meant, accept this with silence");
}

void check_time_zone(struct checker *checker, struct where where, const char *zone, const char *schedule, struct where schedule_where)
{
    const struct time_gap *gap;
    struct finding *finding;

    if (!zone || !format_is_valid(&format_time_zone, zone))
        return;
    gap = time_zone_gap(zone);
    if (!gap) {
        finding = found(checker, HD_UNKNOWN_TIME_ZONE, where, "there is no time zone \"%.64s\"", zone);
        hint_nearest(finding, nearest_time_zone(&checker->report->arena, zone),
                     "use a name of the IANA's list, such as Europe/Vienna or Etc/UTC");
        return;
    }
    if (!schedule || !format_is_valid(&format_schedule, schedule) || !cron_in_gap(schedule, gap))
        return;
    finding = found(checker, HD_SCHEDULE_IN_GAP, schedule_where,
                    "once a year the job does not run, because clocks of %s jump from %d:%02d to %d:%02d when daylight saving begins", zone,
                    gap->start / 60, gap->start % 60, (gap->start + gap->length) / 60, (gap->start + gap->length) % 60);
    also_at(finding, where, "the time zone");
    hint(finding, "use another hour, or timeZone: Etc/UTC; if one run less a year does no harm, accept this with silence");
}
