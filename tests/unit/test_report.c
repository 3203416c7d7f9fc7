/* core/report: collecting, sorting, limits, strictness. */
#include "core/reporting/report.h"

#include "cmocka_test.h"

#include <string.h>

static jmp_buf out_of_memory;

static struct hd_diagnostics *new_report(size_t limit, int strict)
{
    struct hd_diagnostics_options options = {.size = sizeof options, .limit = limit, .strict = strict};
    struct hd_diagnostics *report = hd_diagnostics_new(&options);

    assert_non_null(report);
    report->arena.out_of_memory = &out_of_memory;
    return report;
}

static void add(struct hd_diagnostics *report, const char *file, uint32_t line, uint32_t column, const char *message)
{
    finding_in(report, HD_UNKNOWN_KEY, file, line, column, "path", "%s", message);
}

static void sorted_by_place_and_then_by_time(void **state)
{
    static const char *const order[] = {"nowhere", "a 1:9", "a 2:1", "a 2:3 first", "a 2:3 second", "b 1:1"};
    struct hd_diagnostics *report = new_report(0, 0);

    (void)state;
    add(report, "b", 1, 1, "b 1:1");
    add(report, "a", 2, 3, "a 2:3 first");
    add(report, "a", 2, 1, "a 2:1");
    add(report, NULL, 0, 0, "nowhere");
    add(report, "a", 2, 3, "a 2:3 second");
    add(report, "a", 1, 9, "a 1:9");
    report_finish(report);
    assert_int_equal(hd_diagnostics_count(report), LENGTH(order));
    for (size_t i = 0; i < LENGTH(order); i++)
        assert_string_equal(hd_diagnostics_get(report, i)->message, order[i]);
    assert_null(hd_diagnostics_get(report, LENGTH(order)));
    hd_diagnostics_free(report);
}

static void beyond_the_limit_findings_are_counted(void **state)
{
    struct hd_diagnostics *report = new_report(3, 0);

    (void)state;
    for (uint32_t i = 10; i > 0; i--)
        add(report, "a", i, 1, "wrong");
    report_finish(report);
    assert_int_equal(hd_diagnostics_count(report), 3);
    assert_int_equal(hd_diagnostics_get(report, 0)->line, 1);
    assert_int_equal(hd_diagnostics_omitted(report), 7);
    assert_int_equal(hd_diagnostics_errors(report), 10);
    hd_diagnostics_free(report);
}

static void millions_are_counted_in_bounded_memory(void **state)
{
    struct hd_diagnostics *report = new_report(0, 0);

    (void)state;
    for (uint32_t i = 0; i < 200000; i++)
        hint(finding_in(report, HD_UNKNOWN_KEY, "a", i, 1, "path", "wrong"), "right");
    report_finish(report);
    assert_int_equal(hd_diagnostics_count(report), 100);
    assert_int_equal(hd_diagnostics_errors(report), 200000);
    assert_int_equal(hd_diagnostics_count(report) + hd_diagnostics_omitted(report), 200000);
    hd_diagnostics_free(report);
}

static void strict_makes_warnings_count(void **state)
{
    struct hd_diagnostics *lenient = new_report(0, 0), *strict = new_report(0, 1);

    (void)state;
    assert_int_equal(hd_code_info(HD_NO_RUNTIME)->severity, HD_WARNING);
    finding_in(lenient, HD_NO_RUNTIME, "a", 1, 1, NULL, "no runtime");
    finding_in(strict, HD_NO_RUNTIME, "a", 1, 1, NULL, "no runtime");
    report_finish(lenient);
    report_finish(strict);
    assert_int_equal(hd_diagnostics_errors(lenient), 0);
    assert_int_equal(hd_diagnostics_errors(strict), 1);
    assert_int_equal(hd_diagnostics_count(lenient), 1);
    hd_diagnostics_free(lenient);
    hd_diagnostics_free(strict);
}

static void texts_are_copied(void **state)
{
    struct hd_diagnostics *report = new_report(0, 0);
    char file[] = "a.yaml", path[] = "services.web";
    const struct hd_diagnostic *diagnostic;
    struct finding *finding;

    (void)state;
    finding = finding_in(report, HD_DUPLICATE_KEY, file, 2, 3, path, "%s", path);
    hint(finding, "%s", path);
    also_in(finding, file, 1, 3, "%s", path);
    report_finish(report);
    memset(file, 'x', sizeof file - 1);
    memset(path, 'x', sizeof path - 1);
    diagnostic = hd_diagnostics_get(report, 0);
    assert_string_equal(diagnostic->file, "a.yaml");
    assert_string_equal(diagnostic->path, "services.web");
    assert_string_equal(diagnostic->message, "services.web");
    assert_string_equal(diagnostic->hint, "services.web");
    assert_string_equal(diagnostic->related.file, "a.yaml");
    assert_string_equal(diagnostic->related.message, "services.web");
    assert_int_equal(diagnostic->related.line, 1);
    hd_diagnostics_free(report);
}

static void options_without_a_size_are_refused(void **state)
{
    struct hd_diagnostics_options options = {.size = 1};
    struct hd_diagnostics *report = hd_diagnostics_new(NULL);

    (void)state;
    assert_null(hd_diagnostics_new(&options));
    assert_int_equal(hd_diagnostics_count(report), 0);
    assert_int_equal(hd_diagnostics_errors(report), 0);
    assert_null(hd_diagnostics_get(report, 0));
    hd_diagnostics_free(report);
    hd_diagnostics_free(NULL);
}

static void a_collection_is_cleared(void **state)
{
    struct hd_diagnostics_options options = {.size = sizeof options, .strict = 1};
    struct hd_diagnostics *report = hd_diagnostics_new(&options);
    struct hd_model *model;

    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(hd_resolve(NULL, NULL, report, &model), HD_BAD_CALL);
        assert_int_equal(hd_diagnostics_count(report), 1);
        assert_int_equal(hd_diagnostics_get(report, 0)->code, HD_WRONG_CALL);
        hd_diagnostics_clear(report);
        assert_int_equal(hd_diagnostics_count(report), 0);
        assert_int_equal(hd_diagnostics_errors(report), 0);
    }
    hd_diagnostics_clear(NULL);
    hd_diagnostics_free(report);
}

static void statuses_have_words(void **state)
{
    (void)state;
    for (int i = HD_OK; i <= HD_BAD_CALL; i++)
        for (int k = HD_OK; k < i; k++)
            assert_string_not_equal(hd_status_text((enum hd_status)i), hd_status_text((enum hd_status)k));
    assert_string_equal(hd_status_text((enum hd_status)99), "an unknown status");
    assert_true(HD_VERSION_NUMBER == HD_VERSION_MAJOR * 10000 + HD_VERSION_MINOR * 100 + HD_VERSION_PATCH);
}

/* A code is for ever, so the numbers cannot be counted up. */
static void codes(void **state)
{
    size_t n_codes = 0;
    int last = 0;

    (void)state;
    for (; hd_code_at(n_codes); n_codes++) {
        const struct hd_code_info *info = hd_code_at(n_codes);

        assert_true(info->code > last && info->code < 10000);
        last = info->code;
        assert_ptr_equal(hd_code_info(info->code), info);
        assert_true(info->severity == HD_WARNING || info->severity == HD_ERROR);
        assert_true(*info->what && *info->why && *info->wrong && *info->right);
    }
    assert_true(n_codes > 40);
    assert_null(hd_code_info(0));
    assert_null(hd_code_info(9999));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorted_by_place_and_then_by_time),
        cmocka_unit_test(beyond_the_limit_findings_are_counted),
        cmocka_unit_test(millions_are_counted_in_bounded_memory),
        cmocka_unit_test(strict_makes_warnings_count),
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(options_without_a_size_are_refused),
        cmocka_unit_test(a_collection_is_cleared),
        cmocka_unit_test(statuses_have_words),
        cmocka_unit_test(codes),
    };

    if (setjmp(out_of_memory))
        return 1;
    return RUN(tests);
}
