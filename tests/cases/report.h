/* Programs of cases: prints what the library found. */
#ifndef HD_TESTS_CASES_REPORT_H
#define HD_TESTS_CASES_REPORT_H

#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>

static int print(void *user, const char *text, size_t length)
{
    return fwrite(text, 1, length, user) != length;
}

static int report(struct hd_diagnostics *diagnostics, enum hd_status status)
{
    hd_diagnostics_write(diagnostics, NULL, print, stderr);
    hd_diagnostics_free(diagnostics);
    return (int)status;
}

#endif
