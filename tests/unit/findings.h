/* Findings as text, to be compared: "line:column NAME path" a line, with "(line:column)" behind it for a second place. */
#ifndef HD_TESTS_UNIT_FINDINGS_H
#define HD_TESTS_UNIT_FINDINGS_H

#include "cmocka_test.h"

#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Free it. */
static inline char *findings_text(const struct hd_diagnostics *report)
{
    size_t size = 1;
    char *text = calloc(1, size);

    for (size_t i = 0; i < hd_diagnostics_count(report); i++) {
        const struct hd_diagnostic *d = hd_diagnostics_get(report, i);
        char line[1024], second[64] = "";

        if (d->related.message)
            snprintf(second, sizeof second, " (%u:%u)", d->related.line, d->related.column);
        snprintf(line, sizeof line, "%u:%u %s %s%s\n", d->line, d->column, hd_code_info(d->code)->name, d->path, second);
        text = realloc(text, size + strlen(line));
        strcpy(text + size - 1, line);
        size += strlen(line);
    }
    return text;
}

#define assert_findings(report, expected)                                                                                                  \
    do {                                                                                                                                   \
        char *findings_ = findings_text(report);                                                                                           \
        assert_string_equal(findings_, expected);                                                                                          \
        free(findings_);                                                                                                                   \
    } while (0)

#endif
