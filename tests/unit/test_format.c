/* core/format: what strings must look like. That the patterns agree with the functions is seen by patterns.py. */
#include "format_samples.h"

#include "cmocka_test.h"

#include <string.h>

static void good_and_bad(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(format_samples); i++) {
        const struct format_sample *sample = &format_samples[i];

        assert_true(sample->good[0] && sample->bad[0]);
        for (size_t k = 0; k < LENGTH(sample->good) && sample->good[k]; k++)
            if (!format_is_valid(sample->format, sample->good[k]))
                fail_msg("%s refuses \"%s\"", sample->name, sample->good[k]);
        for (size_t k = 0; k < LENGTH(sample->bad) && sample->bad[k]; k++)
            if (format_is_valid(sample->format, sample->bad[k]))
                fail_msg("%s takes \"%s\"", sample->name, sample->bad[k]);
    }
}

static void nothing_longer_than_longest(void **state)
{
    char text[5000];

    (void)state;
    memset(text, '1', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t i = 0; i < LENGTH(format_samples); i++)
        assert_int_equal(format_is_valid(format_samples[i].format, text), format_samples[i].format->longest >= sizeof text);
}

static void words_and_patterns(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(format_samples); i++) {
        assert_true(strlen(hd_format_words(format_samples[i].format)) > 5);
        if (hd_format_pattern(format_samples[i].format))
            assert_int_equal(hd_format_pattern(format_samples[i].format)[0], '^');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_and_bad),
        cmocka_unit_test(nothing_longer_than_longest),
        cmocka_unit_test(words_and_patterns),
    };

    return RUN(tests);
}
