/* core/scalar: what YAML readers take a text without quotes for. */
#include "core/text/scalar.h"

#include "cmocka_test.h"

#include <string.h>

static void check(enum scalar_type type, const char *const *texts, size_t n_texts)
{
    for (size_t i = 0; i < n_texts; i++)
        if (scalar_type(texts[i], strlen(texts[i])) != type)
            fail_msg("'%s' is of type %d, not %d", texts[i], scalar_type(texts[i], strlen(texts[i])), type);
}

#define CHECK(type, ...)                                                                                                                   \
    do {                                                                                                                                   \
        const char *const texts[] = {__VA_ARGS__};                                                                                         \
        check(type, texts, LENGTH(texts));                                                                                                 \
    } while (0)

static void strings(void **state)
{
    (void)state;
    CHECK(SCALAR_STRING, "a", "auth-service", "tru", "trues", "nulls", "nil", "yess", "noo", "offf", "yes no", "-", "--", "+", ".", "..",
          "...", "-a", ".a", "+a", "1a", "1.2.3", "10.0.0.0/8", "0x", "0xg", "0o8", "0b2", "1e", "1e+", "e1", "1:60", "1:", ":1",
          "1:2:", "12:30:99", "2020-1", "2020-01-01x", "100m", "1Gi", "v1", "==", "<", "<<<", ".info", ".nane", "1.2e", "._1", "-._1",
          ".e1", "0.5s");
}

static void plain_numbers(void **state)
{
    (void)state;
    CHECK(SCALAR_NUMBER, "0", "1", "7", "8080", "-3", "-1", "0.5", "1.25", "-0.75", "123456789");
}

/* Each is a number to some reader, and another text, or another number, to the next. */
static void odd_numbers(void **state)
{
    (void)state;
    CHECK(SCALAR_ODD_NUMBER, "1.10", "1.0", "0644", "007", "00", "08", "1_000", "1_0.5", "0x1f", "0X1F", "0o17", "0b101", "-0x1f", "+1",
          "+0", "-0", "1e3", "1E3", "1e+3", "1e-3", "1.5e3", "-1e3", ".5", "-.5", "+.5", "5.", "-5.", ".inf", "-.inf", "+.inf", ".Inf",
          ".INF", ".nan", ".NaN", ".NAN", "0.", "00.5", "1_");
}

static void base_60(void **state)
{
    (void)state;
    CHECK(SCALAR_BASE_60, "12:30", "1:0", "190:20:30", "-1:30", "+1:30", "12:30.5", "0:0", "1_0:30", "22:22");
}

static void dates(void **state)
{
    (void)state;
    CHECK(SCALAR_DATE, "2020-01-01", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43", "2001-12-14T21:59:43Z", "2001-1-2");
}

static void truths(void **state)
{
    (void)state;
    CHECK(SCALAR_BOOL, "true", "True", "TRUE", "false", "False", "FALSE", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off",
          "Off", "OFF", "y", "Y", "n", "N");
    assert_true(scalar_truth("true"));
    assert_true(scalar_truth("Yes"));
    assert_true(scalar_truth("ON"));
    assert_true(scalar_truth("y"));
    assert_false(scalar_truth("false"));
    assert_false(scalar_truth("no"));
    assert_false(scalar_truth("Off"));
    assert_false(scalar_truth("N"));
}

static void nulls_and_specials(void **state)
{
    (void)state;
    CHECK(SCALAR_NULL, "", "~", "null", "Null", "NULL");
    CHECK(SCALAR_SPECIAL, "=", "<<");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings), cmocka_unit_test(plain_numbers), cmocka_unit_test(odd_numbers),        cmocka_unit_test(base_60),
        cmocka_unit_test(dates),   cmocka_unit_test(truths),        cmocka_unit_test(nulls_and_specials),
    };

    return RUN(tests);
}
