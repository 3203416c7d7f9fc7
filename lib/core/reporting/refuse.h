/* Calls that the library refuses. */
#ifndef HD_CORE_REPORTING_REFUSE_H
#define HD_CORE_REPORTING_REFUSE_H

#include <hybriddeploy/diagnostic.h>
#include <stdbool.h>

/* Reports what is wrong with a call, where there is a report. HD_BAD_CALL, or HD_NO_MEMORY when that cannot even be said. */
enum hd_status refuse_call(struct hd_diagnostics *report, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Copies the options of a call, those of an older or a newer program too: what the program does not have stays zero, what the library
 * does not have must be zero. `size` is the library's, `name` the struct's. HD_OK, or what the call returns.
 */
enum hd_status options_take(struct hd_diagnostics *report, void *own, size_t size, const void *options, const char *name);

/* Whether a list of words that a call is given has an array and no NULL in it; `member` is its name. HD_OK, or what the call returns. */
enum hd_status check_words(struct hd_diagnostics *report, const char *const *words, size_t count, const char *member);

#endif
