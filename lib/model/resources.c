#include "resources.h"

#include "core/text/quantity.h"

#include <string.h>

bool quantity_is_given(const struct hd_quantity *quantity)
{
    return quantity->name && quantity->amount && quantity_is_valid(quantity->amount);
}

const struct hd_quantity *resource_named(const struct hd_quantity *quantities, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (quantities[i].name && !strcmp(quantities[i].name, name) && quantity_is_given(&quantities[i]))
            return &quantities[i];
    return NULL;
}
