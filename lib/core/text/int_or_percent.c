#include "int_or_percent.h"

#include "format.h"

#include <stdlib.h>
#include <string.h>

bool int_or_percent_of(const char *text, struct int_or_percent *value)
{
    if (!text || !format_is_valid(&format_int_or_percent, text))
        return false;
    *value = (struct int_or_percent){strtoll(text, NULL, 10), strchr(text, '%') != NULL};
    return true;
}

int64_t int_or_percent_up(struct int_or_percent value, int64_t total)
{
    /* More pods than this are refused elsewhere. */
    if (total > INT32_MAX)
        total = INT32_MAX;
    return value.is_percent ? (value.number * total + 99) / 100 : value.number;
}
