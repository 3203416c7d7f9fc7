/* Conditions and statements of the OpenTelemetry Transformation Language, read as far as a typing mistake goes. */
#ifndef HD_CORE_TEXT_OTTL_READ_H
#define HD_CORE_TEXT_OTTL_READ_H

#include <stdbool.h>

struct ottl_fault {
    char words[160];
};

/* Whether the collector takes a condition, or a statement such as set(...) where ...; else `*ret_fault` says why not. */
bool ottl_condition_is_valid(const char *text, struct ottl_fault *ret_fault);
bool ottl_statement_is_valid(const char *text, struct ottl_fault *ret_fault);

#endif
