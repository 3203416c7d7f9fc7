/* Prints the field tables, as any program sees them: a line for each struct, below it one for each member. */
#include <hybriddeploy/schema.h>
#include <stdio.h>
#include <string.h>

enum { MOST_STRUCTS = 500 };

static const struct hd_struct *structs[MOST_STRUCTS];
static size_t n_structs;

static void add(const struct hd_struct *type)
{
    for (size_t i = 0; i < n_structs; i++)
        if (structs[i] == type)
            return;
    structs[n_structs++] = type;
    for (size_t i = 0; i < type->n_fields; i++)
        if (hd_struct_field(type, i)->of)
            add(hd_struct_field(type, i)->of);
}

int main(void)
{
    add(hd_schema_root());
    for (size_t i = 0; i < n_structs; i++) {
        printf("%s\n", structs[i]->name);
        for (size_t k = 0; k < structs[i]->n_fields; k++) {
            const struct hd_field *field = hd_struct_field(structs[i], k);

            printf("\t%s\t%d\t%lld\t%lld\n", field->member, field->kind, (long long)field->min, (long long)field->max);
        }
    }
    return 0;
}
