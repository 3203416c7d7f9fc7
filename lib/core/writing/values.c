/* Values of the model that are written with more than one call, or not always. */
#include "core/text/quantity.h"
#include "writer.h"

#include <stdlib.h>
#include <string.h>

void y_opt(struct yaml_out *y, const char *key, struct hd_opt_int value)
{
    if (hd_opt_int_has_number(value))
        y_int(y, key, value.value);
}

void y_tri(struct yaml_out *y, const char *key, enum hd_bool value)
{
    if (value != HD_BOOL_UNSET)
        y_bool(y, key, value == HD_TRUE);
}

void y_int_or_str(struct yaml_out *y, const char *key, const char *value)
{
    if (value && *value && strspn(value, "0123456789") == strlen(value) && strlen(value) < 18)
        y_int(y, key, strtoll(value, NULL, 10));
    else
        y_str(y, key, value);
}

void y_quantity(struct yaml_out *y, const char *key, const char *value)
{
    char text[QUANTITY_LONGEST];

    if (!value)
        return;
    quantity_canonical(text, value);
    y_str(y, key, text);
}

void y_pairs(struct yaml_out *y, const char *key, const struct hd_pair *pairs, size_t n_pairs)
{
    MAP(y, key)
        for (size_t i = 0; i < n_pairs; i++)
            y_str(y, pairs[i].name, pairs[i].value);
}

void y_pair_list(struct yaml_out *y, const char *key, const struct hd_pair *pairs, size_t n_pairs)
{
    SEQ(y, key)
        for (size_t i = 0; i < n_pairs; i++)
            ITEM(y) {
                y_str(y, "name", pairs[i].name);
                y_str(y, "value", pairs[i].value);
            }
}

void y_strs(struct yaml_out *y, const char *key, const char *const *values, size_t n_values)
{
    SEQ(y, key)
        for (size_t i = 0; i < n_values; i++)
            y_str(y, NULL, values[i]);
}
