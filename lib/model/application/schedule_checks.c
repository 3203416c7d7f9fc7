/* Rules for cron schedules, of jobs and of backups. */
#include "core/text/cron.h"
#include "core/text/format.h"
#include "model/checks.h"

void check_schedule_steps(struct checker *checker, struct where where, const char *schedule)
{
    const char *field;
    unsigned step;

    if (schedule && format_is_valid(&format_schedule, schedule) && cron_step_too_long(schedule, &step, &field))
        hint(found(checker, HD_SCHEDULE_STEP, where, "the step %u is longer than the field %s, so only the first %s counts",
                   step, field, field),
             "write the times one by one, or a step that fits the field; every 90 minutes, for example, needs two schedules: "
             "0 */3 * * * and 30 1-22/3 * * *");
}
