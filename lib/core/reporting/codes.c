#include "codes.h"

#include <hybriddeploy/diagnostic.h>

#ifdef HD_WITHOUT_EXPLANATIONS
#define EXPLANATION(text) ""
#else
#define EXPLANATION(text) (text)
#endif
#define HD_CODE(number, id, severity_, what_, why_, wrong_, right_) \
    {.code = (number), .severity = HD_##severity_, .name = #id, .what = (what_), .why = EXPLANATION(why_), \
     .wrong = EXPLANATION(wrong_), .right = EXPLANATION(right_)},
static const struct hd_code_info codes[] = {
#include "diagnostic_codes.def"
};

const struct hd_code_info *hd_code_info(int code)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].code == code)
            return &codes[i];
    return NULL;
}

/* How many codes have a number up to this one. */
static size_t count_up_to(int number)
{
    size_t count = 0;

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        count += codes[i].code <= number;
    return count;
}

/* The list stands in the order in which it grew; the number with `index` smaller ones is found by halving. */
const struct hd_code_info *hd_code_at(size_t index)
{
    int low = 1000, high = 9999;

    if (index >= sizeof codes / sizeof *codes)
        return NULL;
    while (low < high) {
        int middle = low + (high - low) / 2;

        if (count_up_to(middle) > index)
            high = middle;
        else
            low = middle + 1;
    }
    return hd_code_info(low);
}
