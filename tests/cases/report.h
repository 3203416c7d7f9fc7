/* Programs of cases: prints what the library found, as run_cases.py expects it. */
#ifndef HD_TESTS_CASES_REPORT_H
#define HD_TESTS_CASES_REPORT_H

#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>

static int report(struct hd_diagnostics *diagnostics, enum hd_status status)
{
    for (size_t i = 0; i < hd_diagnostics_count(diagnostics); i++) {
        const struct hd_diagnostic *found = hd_diagnostics_get(diagnostics, i);

        fprintf(stderr, "%s: %s [HD%04d]\n  hint: %s\n", found->path, found->message, found->code, found->hint ? found->hint : "-");
    }
    hd_diagnostics_free(diagnostics);
    return (int)status;
}

#endif
