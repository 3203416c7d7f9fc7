/* core/cron: the longest time between two runs. */
#include "core/text/cron.h"

#include "cmocka_test.h"
#include "core/text/format.h"

static const int64_t MINUTE = 60000000;

static void longest_gaps(void **state)
{
    static const struct {
        const char *schedule;
        int64_t minutes;
    } table[] = {
        {"* * * * *", 1},
        {"*/5 * * * *", 5},
        {"0,50 * * * *", 50},
        {"0 * * * *", 60},
        {"0 */6 * * *", 360},
        {"0 3,9,21 * * *", 720},
        {"30 22 * * *", 1440},
        {"0 3 * * sun", 7 * 1440},
        {"0 8 * * mon-fri", 3 * 1440},
        {"0 8,20 * * MON-FRI", 60 * 60},
        {"0 0 1 * *", 31 * 1440},
        {"0 0 1,15 * *", 17 * 1440},
        {"0 0 13 * fri", 7 * 1440},
        {"0 0 1 jan *", 366 * 1440},
        /* Eight years without one: 2096 to 2104. */
        {"0 0 29 2 *", 2921 * 1440},
        {"0 0 ? 2 1", 350 * 1440},
        {"@hourly", 60},
        {"@daily", 1440},
        {"@midnight", 1440},
        {"@weekly", 7 * 1440},
        {"@monthly", 31 * 1440},
        {"@yearly", 366 * 1440},
        {"@annually", 366 * 1440},
        {"@every 90m", 90},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(table); i++) {
        assert_true(format_is_valid(&format_schedule, table[i].schedule));
        if (cron_longest_gap_us(table[i].schedule) != table[i].minutes * MINUTE)
            fail_msg("%s: %lld minutes", table[i].schedule, (long long)(cron_longest_gap_us(table[i].schedule) / MINUTE));
    }
}

static void no_run_at_all(void **state)
{
    (void)state;
    assert_true(cron_longest_gap_us("0 3 31 2 *") == INT64_MAX);
    assert_true(cron_longest_gap_us("0 3 31 apr,jun *") == INT64_MAX);
    assert_true(cron_never_runs("0 3 30 2 *"));
    assert_false(cron_never_runs("0 3 30 2 mon"));
    assert_false(cron_never_runs("0 3 29 2 *"));
    assert_false(cron_never_runs("@daily"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(longest_gaps), cmocka_unit_test(no_run_at_all)};

    return RUN(tests);
}
