#include "codes.h"

#include <hybriddeploy/diagnostic.h>

#define HD_CODE(number, id, severity_, what_, why_, wrong_, right_) \
    {.code = (number), .severity = HD_##severity_, .name = #id, .what = (what_), .why = (why_), .wrong = (wrong_), .right = (right_)},
static const struct hd_code_info codes[] = {
#include "../diagnostic_codes.def"
};

const struct hd_code_info *hd_code_info(int code)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].code == code)
            return &codes[i];
    return NULL;
}

const struct hd_code_info *hd_code_at(size_t index)
{
    return index < sizeof codes / sizeof *codes ? &codes[index] : NULL;
}
