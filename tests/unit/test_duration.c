/* core/duration: Go's durations as numbers, and back as the shortest text. */
#include "core/text/duration.h"

#include "cmocka_test.h"

#include <inttypes.h>
#include <string.h>

static void microseconds(void **state)
{
    static const struct {
        const char *text;
        int64_t us;
    } table[] = {
        {"1us", 1},
        {"999ns", 0},
        {"1500ns", 1},
        {"1ms", 1000},
        {"1.5ms", 1500},
        {"1s", 1000000},
        {"0.001s", 1000},
        {"1.000001s", 1000001},
        {"1m", 60000000},
        {"1h30m", 5400000000},
        {"1h1m1s1ms1us", 3661001001},
        {"0.5h", 1800000000},
        {"0s", 0},
        {"1.s", 1000000},
        {"", -1},
        {"1", -1},
        {"s", -1},
        {"1d", -1},
        {"-1s", -1},
        {"1 s", -1},
        {".5s", -1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_int_equal(duration_us(table[i].text), table[i].us);
    assert_int_equal(duration_us(NULL), -1);
}

/* What is too long for a number is very long, and stays so when it is added to. */
static void longest(void **state)
{
    int64_t most = duration_us("99999999999999999999h");

    (void)state;
    assert_true(most > duration_us("1000000h"));
    assert_int_equal(duration_us("99999999999999999999h99999999999999999999h"), most);
    assert_int_equal(duration_us("99999999999999999999999999999999999999ns"), duration_us("99999999999999999999999999999999999999ns"));
    assert_true(most <= INT64_MAX / 1000);
}

static void shortest_text(void **state)
{
    static const struct {
        int64_t us;
        const char *text;
    } table[] = {
        {0, "0ms"},        {1, "1us"},        {1500, "1500us"},      {250000, "250ms"}, {1000000, "1s"},
        {1500000, "1.5s"}, {60000000, "1m"},  {90000000, "1m30s"},   {3600000000, "1h"}, {3661500000, "1h1m1.5s"},
    };
    char text[DURATION_LONGEST];

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        duration_text(text, table[i].us);
        assert_string_equal(text, table[i].text);
        assert_int_equal(duration_us(text), table[i].us);
    }
    duration_text(text, INT64_MAX / 1000);
    assert_true(strlen(text) < sizeof text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(microseconds), cmocka_unit_test(longest), cmocka_unit_test(shortest_text)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
