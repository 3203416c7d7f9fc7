/* core/quantity: Kubernetes quantities and their canonical form. */
#include "core/text/quantity.h"

#include "cmocka_test.h"

#include <stdio.h>
#include <string.h>

static void canonical_form(void **state)
{
    static const struct {
        const char *text, *canonical;
    } table[] = {
        {"0", "0"},
        {"0m", "0"},
        {"-0", "0"},
        {"0Gi", "0"},
        {"1", "1"},
        {"+1", "1"},
        {"01", "1"},
        {"1.", "1"},
        {"-1", "-1"},
        {"1000m", "1"},
        {"1500m", "1500m"},
        {"250m", "250m"},
        {"0.25", "250m"},
        {".5", "500m"},
        {"0.5", "500m"},
        {"0.0001", "100u"},
        {"100u", "100u"},
        {"1n", "1n"},
        {"0.0000000001", "1n"}, /* rounded up to a billionth */
        {"1000", "1k"},
        {"1500", "1500"},
        {"0.5k", "500"},
        {"1.5k", "1500"},
        {"1000000", "1M"},
        {"128974848", "128974848"},
        {"129M", "129M"},
        {"123Mi", "123Mi"},
        {"1.5Gi", "1536Mi"},
        {"1024Mi", "1Gi"},
        {"1024Ki", "1Mi"},
        {"1000Mi", "1000Mi"},
        {"0.5Gi", "512Mi"},
        {"0.5Ki", "512"}, /* below 1024 there are no binary suffixes */
        {"1Ki", "1Ki"},
        {"1.5Ki", "1536"},
        {"0.3Gi", "322122547200m"}, /* no whole number of bytes */
        {"-1Gi", "-1Gi"},
        {"1Ti", "1Ti"},
        {"1Ei", "1Ei"},
        {"1E", "1E"},
        {"1e3", "1e3"},
        {"1E3", "1e3"},
        {"1e+3", "1e3"},
        {"12e6", "12e6"},
        {"129e6", "129e6"},
        {"1e2", "100"},
        {"1e4", "10e3"},
        {"1000e3", "1e6"},
        {"1e-3", "1e-3"},
        {"1e0", "1"},
        {"100E", "9223372036854775807"}, /* the API server's greatest amount */
        {"-100E", "-9223372036854775807"},
        {"999999999999999999", "999999999999999999"},
        {"9223372036854775807", "9223372036854775807"},
        {"99999999999999999999", "9223372036854775807"},
        {"1e20", "9223372036854775807"},
        {"1e-20", "1e-9"},
        {"12345678901234567891n", "12345678901234567891n"},
        {"0.00000000000000000000001Ki", "1n"},
        {"000000000000000000000000001", "1"},
        {"1.000000000000000000000000000000000000000", "1"},
        {"1.000000000000000000000000000000000000001", "1000000001n"},
        {"8Ei", "9223372036854775807"},
        {"7.999999999999999999Ei", "9223372036854775806847078496n"},
        {"9223372036854775806.999999999", "9223372036854775806999999999n"},
        {"9223372036854775807.000000001", "9223372036854775807"},
        {"-9223372036854775807.5", "-9223372036854775807"},
        {"9007199254740991Ki", "9007199254740991Ki"},
        {"9007199254740992Ki", "9223372036854775807"},
        {"4611686018427387904000m", "4611686018427387904"},
        {"0e99", "0"},
        {"-0.0000000001", "-1n"},
        {"1000000000000000000000e-99", "1e-9"},
        {"0.000000000000000001Ei", "1152921505n"}, /* 2^60 / 10^18, rounded up */
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(table); i++) {
        char canonical[QUANTITY_LONGEST];

        if (!quantity_is_valid(table[i].text))
            fail_msg("%s is refused", table[i].text);
        quantity_canonical(canonical, table[i].text);
        if (strcmp(canonical, table[i].canonical))
            fail_msg("%s is written as %s, not %s", table[i].text, canonical, table[i].canonical);
    }
}

/* Reading the canonical form gives the same amount, and writing that the same text. */
static void canonical_form_is_stable(void **state)
{
    static const char *const suffixes[] = {"n",  "u",  "m",  "",   "k",  "M",  "G",   "T",  "P",
                                           "Ki", "Mi", "Gi", "Ti", "Pi", "e3", "e-3", "e6", "E-9"};
    uint64_t random = 42;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        char text[64], once[QUANTITY_LONGEST], twice[QUANTITY_LONGEST];

        random = random * 6364136223846793005u + 1442695040888963407u;
        snprintf(text, sizeof text, "%s%u%s%s", random >> 63 ? "-" : "", (unsigned)(random >> 20 & 0xfffff),
                 random >> 62 & 1 ? ".5" : ".125", suffixes[(random >> 40) % LENGTH(suffixes)]);
        assert_true(quantity_is_valid(text));
        quantity_canonical(once, text);
        if (!quantity_is_valid(once) || quantity_compare(text, once))
            fail_msg("%s and its canonical form %s are different amounts", text, once);
        quantity_canonical(twice, once);
        /* Of a binary amount without a binary suffix nothing tells the form. */
        if (quantity_of(once).suffix == quantity_of(text).suffix)
            assert_string_equal(once, twice);
    }
}

static void invalid(void **state)
{
    static const char *const texts[] = {"",     ".",   "-",    "+",    "m",   "Gi",    "1 Gi",  " 1",       "1 ",  "1gi", "1GI",
                                        "1K",   "1kB", "1MB",  "1Mib", "1e",  "1e+",   "1e3m",  "1.2.3",    "1,5", "--1", "+-1",
                                        "0x10", "one", "1e 3", "1mm",  "1mi", "1_000", "1e3.5", "infinity", "nan"};

    (void)state;
    for (size_t i = 0; i < LENGTH(texts); i++)
        if (quantity_is_valid(texts[i]))
            fail_msg("'%s' is taken for a quantity", texts[i]);
}

static void comparison(void **state)
{
    (void)state;
    assert_int_equal(quantity_compare("1", "1000m"), 0);
    assert_int_equal(quantity_compare("1Gi", "1024Mi"), 0);
    assert_int_equal(quantity_compare("1G", "1Gi"), -1);
    assert_int_equal(quantity_compare("64m", "64Mi"), -1);
    assert_int_equal(quantity_compare("1e3", "999"), 1);
    assert_int_equal(quantity_compare("-1", "0"), -1);
    assert_int_equal(quantity_compare("0.1", "100m"), 0);
}

static void thousandths(void **state)
{
    (void)state;
    assert_int_equal(quantity_milli("64u"), 1);
    assert_int_equal(quantity_milli("1001u"), 2);
    assert_int_equal(quantity_milli("1Ki"), 1024000);
    assert_int_equal(quantity_milli("-1500u"), -1);
    assert_int_equal(quantity_milli("1"), 1000);
    assert_int_equal(quantity_milli("0.1"), 100);
    assert_int_equal(quantity_milli("100u"), 1);
    assert_int_equal(quantity_milli("9E"), INT64_MAX);
    assert_int_equal(quantity_milli("-9E"), INT64_MIN);
    assert_int_equal(quantity_milli("9223372036854775.807"), INT64_MAX);
    assert_int_equal(quantity_milli("9223372036854775.806"), INT64_MAX - 1);
    assert_int_equal(quantity_milli("9223372036854775.8061"), INT64_MAX);
    assert_int_equal(quantity_milli("-9223372036854775.808"), INT64_MIN);
    assert_int_equal(quantity_milli("-0.0001"), 0);
}

static void sums(void **state)
{
    const struct amount most = {INT64_MAX, 0}, half = {0, 500000000}, none = {0, 0};

    (void)state;
    assert_int_equal(amount_compare(amount_sum(half, half), (struct amount){1, 0}), 0);
    assert_int_equal(amount_compare(amount_sum(most, most), most), 0);
    assert_int_equal(amount_compare(amount_sum(most, half), most), 0);
    assert_int_equal(amount_compare(amount_sum((struct amount){INT64_MAX - 1, 999999999}, (struct amount){0, 1}), most), 0);
    assert_int_equal(amount_compare(amount_times(half, 3), (struct amount){1, 500000000}), 0);
    assert_int_equal(amount_compare(amount_times(half, INT32_MAX), (struct amount){INT32_MAX / 2, 500000000}), 0);
    assert_int_equal(amount_compare(amount_times((struct amount){INT64_MAX / 2, 999999999}, 2), most), 0);
    assert_int_equal(amount_compare(amount_times(most, 0), none), 0);
    assert_int_equal(amount_compare(amount_times(most, UINT32_MAX), most), 0);
    assert_int_equal(amount_sign(quantity_of("-1n").amount), -1);
    assert_int_equal(amount_sign(none), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_form), cmocka_unit_test(canonical_form_is_stable),
        cmocka_unit_test(invalid),        cmocka_unit_test(comparison),
        cmocka_unit_test(thousandths),
        cmocka_unit_test(sums),
    };

    return RUN(tests);
}
